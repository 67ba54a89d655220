"""Every sentence of a page can be translated: it goes through `_` or `several`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from kam.units import UNITS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("pages/*.py"), *ROOT.glob("kam/ui/*.py")])
TRANSLATED = {"_", "several"}
# Names of things that are the same in every language.
NAMES = {"CSV", "XLSX", "TOML", "KAM Workbench", "YYYY-MM-DD", "EUR"} | set(UNITS)


def words(node: ast.AST):
    """Texts within a call's arguments that a visitor would read, and that nothing translates."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATED:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_prose(node.value):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from words(child)


def is_prose(text: str) -> bool:
    """A text with a capital word or with several words; ids, keys and formats are neither."""
    bare = text.strip()
    if bare in NAMES or not any(c.isalpha() for c in bare):
        return False
    has_words = len([w for w in bare.split() if w.isalpha()]) > 1
    return has_words or (bare[0].isupper() and bare.isalpha())


def calls(tree: ast.Module):
    for node in ast.walk(tree):
        of = node.func.value if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
        if isinstance(of, ast.Name) and of.id in ("st", "ui"):
            yield node


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_text_shown_by_a_page_can_be_translated(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {found for call in calls(tree) for argument in ast.iter_child_nodes(call) for found in words(argument)}
    assert not bare, f"{path.name}: not through _(): {sorted(bare)}"


def test_the_check_sees_a_bare_sentence_wherever_it_stands():
    tree = ast.parse(
        'st.write("Hello there")\nui.form("key", _("Save"))\nst.radio("x", [f"Some {n} words"])\nst.error("No")'
    )
    assert {text for call in calls(tree) for argument in call.args for _line, text in words(argument)} == {
        "Hello there",
        "Some ",
        "No",
    }


@pytest.mark.parametrize("path", sorted(ROOT.glob("pages/*.py")), ids=lambda path: path.name)
def test_a_page_asks_its_question_and_holds_no_except(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert (ast.get_docstring(tree) or "").rstrip().endswith("?"), "a page's docstring is its question"
    assert not any(isinstance(node, ast.Try) for node in ast.walk(tree)), (
        "refusals_shown is the only except near a page"
    )
