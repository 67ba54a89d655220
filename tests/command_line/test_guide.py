"""Every command that the documents show can be typed as it stands."""

from __future__ import annotations

import re
import shlex

import pytest

from kam.command_line.frame import parser
from tests.structure.source import ROOT, files, shown

# At the beginning of a line (of a comment, in a mapping), continued behind a backslash.
_COMMAND = re.compile(r"^(?:# +)?(?:\.venv/bin/)?python -m kam( (?:[^\n#`\\]|\\\n)*)", re.MULTILINE)


def commands():
    for path in [*files("*.md", "docs/*.md", "data/mappings/*.toml")]:
        for found in _COMMAND.finditer(path.read_text(encoding="utf-8").replace("\\\n#", "\\\n")):
            words = found[1].replace("\\\n", " ")
            if words.strip():
                yield pytest.param(words, id=f"{shown(path)}:{words.strip()[:50]}")


def test_there_are_commands_to_try():
    assert len(list(commands())) > 20
    assert (ROOT / "docs" / "user-guide.md").is_file()


@pytest.mark.parametrize("words", commands())
def test_a_command_of_the_documents_is_understood(words):
    parsed = parser().parse_args(shlex.split(words))
    assert callable(parsed.run)
