"""Text from data is shown as text, whatever Markdown would make of it."""

import pytest

from kam.ui.text import escaped, plain
from tests.pages.conftest import read

HOSTILE = [
    "![x](http://192.0.2.1/x.png)",
    "<img src=http://192.0.2.1/x.png onerror=alert(1)>",
    "[Alpha](javascript:alert(1))",
    "=1+1",
    ":red[Alpha] :smile: :material/home:",
    "http://192.0.2.1 www.example.org a@example.org",
    "# Alpha * _b_ `c` $x$ | ~~d~~ &lt; -> --",
    "1. Alpha",
    "back\\slash",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_reads_as_it_was_given(text):
    assert read(escaped(text)) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_mark_of_markdown_stands_unescaped(text):
    shown = escaped(text)
    for mark in "`*_[]()<>#$|~&!":
        assert shown.count(mark) == shown.count("\\" + mark), mark


@pytest.mark.parametrize("link", ["http://example.org", "HTTPS://example.org", "www.example.org", "a@example.org"])
def test_an_address_is_broken_where_markdown_would_link_it(link):
    # Links are found in the text after escapes are taken away, so escaping alone does not help.
    after_markdown = escaped(link).replace("\\", "")
    assert "://" not in after_markdown
    assert "www." not in after_markdown.lower()
    assert "@e" not in after_markdown


def test_control_and_direction_characters_are_dropped_and_lines_joined():
    assert plain("Al\u202epha\n\tLtd\x07\ufeff") == "Alpha Ltd"


def test_long_text_is_cut_and_says_so():
    assert plain("x" * 400, longest=10) == "xxxxxxxxx…"
