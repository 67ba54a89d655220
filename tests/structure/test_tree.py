"""The tree: documents that are current, files of a readable length, nothing of this machine."""

from __future__ import annotations

import re
import subprocess

import pytest

from kam.command_line import documentation
from tests.structure.source import ROOT, files, imports, shown, texts

LONGEST_PAGE = 140
LONGEST_FILE = 400
LONGEST_TEST = 450  # a corpus is a list, and reads as one


@pytest.mark.parametrize("name", documentation.documents())
def test_a_generated_document_is_current(name):
    kept = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert kept == documentation.documents()[name], "run `python -m kam docs`"


@pytest.mark.parametrize("path", files("pages/*.py"), ids=shown)
def test_a_page_is_short_and_its_docstring_asks_its_question(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_PAGE
    assert re.match(r'"""[^"]+\?', text), "the docstring is the page's question"


@pytest.mark.parametrize("path", files("kam/**/*.py", "tests/**/*.py", "benchmarks/**/*.py", "*.py"), ids=shown)
def test_a_file_can_be_read_in_one_sitting(path):
    longest = LONGEST_TEST if shown(path).startswith("tests/") else LONGEST_FILE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


@pytest.mark.parametrize("path", files("kam/**/*.py"), ids=shown)
def test_no_reading_asks_the_clock_for_the_day(path):
    if shown(path).startswith(("kam/command_line/", "kam/ui/")):
        return
    assert "date.today" not in path.read_text(encoding="utf-8")


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_in_the_tree_names_a_machine():
    if not (names := tracked()):
        pytest.skip("not a git checkout: there is no list of tracked files")
    machine = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w|[A-Z]:\\Users\\|index-url\s*=|--index-url\s+http")
    found = []
    for name in names:
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if name != shown(ROOT / "tests/structure/test_tree.py") and machine.search(text):
            found.append(name)
    assert not found


def test_the_pins_install_with_plain_pip():
    for name in ("requirements.txt", "requirements-test.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line and not line.lstrip().startswith("#"):
                assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[\w.]+( ; .+)?$", line), f"{name}: {line}"


@pytest.mark.parametrize("path", files("pages/*.py", "kam/ui/*.py"), ids=shown)
def test_no_html_of_a_users_text_is_let_through_a_page(path):
    if path.parent.name == "pages":
        assert "unsafe_allow_html" not in path.read_text(encoding="utf-8")
    assert "streamlit.components" not in set(imports(path))


@pytest.mark.parametrize("path", files("pages/*.py"), ids=shown)
def test_words_on_a_page_go_through_gettext(path):
    """A string of several words that starts with a capital letter is for the reader, so it stands inside _()."""
    source = path.read_text(encoding="utf-8")
    for line, text in texts(path):
        if re.match(r"[A-Z][a-z]+ [a-z]+ ", text):
            around = "\n".join(source.splitlines()[max(0, line - 6) : line])
            assert "_(" in around or "several(" in around, f"{shown(path)}:{line} {text!r}"


def test_the_glossary_names_each_word_once_and_in_the_order_of_the_alphabet():
    rows = [row.split("|")[1] for row in (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines() if row.startswith("| ")]
    words = [re.sub(r"[^a-z0-9 ]", "", row.strip().casefold()) for row in rows[1:] if "---" not in row]
    assert len(words) > 100
    assert words == sorted(set(words))
