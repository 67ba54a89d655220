"""Imports point down only; each library is known in its own room."""

from __future__ import annotations

import ast

import pytest

from tests.structure.source import files, imports, shown, tree

# A room may import from rooms of a lower number, and from itself.
FLOORS = {
    "errors": 0,
    "words": 0,
    "units": 1,
    "relations": 1,
    "store": 2,
    "access": 3,
    "parameters": 3,
    "workbench": 4,
    "ledgers": 4,
    "segments": 5,
    "value": 6,
    "programme": 7,
    "selection": 8,
    "sponsorship": 9,
    "managers": 9,
    "plans": 9,
    "change": 9,
    "relationships": 9,
    "everyday": 10,
    "reviews": 10,
    "benchmarking": 10,
    "portfolio": 10,
    "documents": 11,
    "knowledge": 11,
    "plays": 11,
    "packs": 12,
    "privacy": 11,
    "quality": 11,
    "verification": 11,
    "demonstration": 12,
    "ui": 13,
    "command_line": 14,
    "__main__": 15,
}
CODE = files("kam/**/*.py", "pages/*.py", "app.py")


def room(module: str) -> str | None:
    """The room of a module of ours: `kam.store.audit` is in `store`."""
    parts = module.split(".")
    return parts[1] if parts[0] == "kam" and len(parts) > 1 else None


def test_every_room_has_a_floor():
    rooms = {path.parent.name for path in files("kam/*/*.py")} | {path.stem for path in files("kam/*.py")}
    assert rooms - {"kam", "__init__"} <= FLOORS.keys()


@pytest.mark.parametrize("path", files("kam/**/*.py"), ids=shown)
def test_imports_point_down(path):
    own = shown(path).split("/")[1].removesuffix(".py")
    upwards = [
        module
        for module in imports(path)
        if (there := room(module)) in FLOORS and there != own and FLOORS[there] >= FLOORS.get(own, 99)
    ]
    assert not upwards, f"{shown(path)} looks up to {upwards}"


@pytest.mark.parametrize("path", files("pages/*.py", "app.py"), ids=shown)
def test_a_page_knows_capabilities_and_the_kit_and_nothing_beneath_them(path):
    below = [
        module
        for module in imports(path)
        if module.split(".")[0] in {"duckdb", "pandas", "numpy", "plotly", "scipy"}
        or (module.startswith("kam.") and module.count(".") > 1)
    ]
    assert not below, f"{shown(path)} reaches below: {below}"


ONLY_IN = {
    "duckdb": ("kam/store/",),
    "streamlit": ("kam/ui/", "pages/", "app.py"),
    "plotly": ("kam/ui/",),
}


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_in_its_own_room_only(library):
    elsewhere = [
        shown(path)
        for path in CODE
        if not shown(path).startswith(ONLY_IN[library])
        and any(module.split(".")[0] == library for module in imports(path))
    ]
    assert not elsewhere


DEAR = {
    "pandas",
    "numpy",
    "scipy",
    "plotly",
    "xlsxwriter",
    "python_calamine",
    "streamlit",
    "pyarrow",
    "openpyxl",
    "pptx",
}


def test_importing_the_command_line_brings_in_no_dear_library():
    """What a command does not use is not imported at its start: each costs up to a second."""
    import subprocess
    import sys

    script = "import sys; from kam.command_line.frame import parser; parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not DEAR & {module.split(".")[0] for module in done.stdout.split()}


@pytest.mark.parametrize("path", files("kam/*/__init__.py"), ids=shown)
def test_no_public_name_of_a_room_is_hidden_by_one_of_its_files(path):
    """`from kam import value; value.x` has to be the function x, not the file x.py that was imported after it."""
    import importlib
    from types import ModuleType

    package = importlib.import_module(f"kam.{path.parent.name}")
    offered = getattr(package, "__all__", None) or [
        name.asname or name.name
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for name in node.names
    ]
    hidden = [name for name in offered if isinstance(getattr(package, name), ModuleType)]
    assert not hidden
