"""The project's own source, as trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*patterns: str) -> list[Path]:
    """The project's files under these patterns."""
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if "__pycache__" not in path.parts)


def shown(path: Path) -> str:
    """A file's path within the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), shown(path))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at the top or inside a function, type checking aside.

    `from kam import value` gives `kam.value`; `from kam.store import Store` gives `kam.store`.
    """
    for node in _running_code(tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{shown(path)}:{node.lineno} imports relatively"
            if node.module == "kam":
                yield from (f"kam.{name.name}" for name in node.names)
            else:
                yield node.module


def _running_code(module: ast.Module) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [module]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string in a file but the docstrings; of f-strings their constant parts, joined."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    hidden = docstrings | {
        id(part) for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "…".join(p.value for p in node.values if isinstance(p, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
            yield node.lineno, node.value
