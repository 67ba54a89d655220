"""Text in Markdown: headings, lists, quotes and emphasis show; nothing else does anything."""

from __future__ import annotations

import re

import pytest

from kam.ui.prose import prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Why", "#### Why"),
        ("### Deep", "###### Deep"),
        ("- one\n  - two", "- one\n    - two"),
        ("* star item", "- star item"),
        ("3) third", "3. third"),
        ("> said", "> said"),
        ("a **b** c *d* e", "a **b** c *d* e"),
        ("para\n\nnext", "para\n\nnext"),
    ],
)
def test_what_is_kept(text, shown):
    assert prose(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://192.0.2.1/x.png)",
        "[a](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "https://example.org www.example.org",
        "$x^2$ :red[now] :material/home: -> <-",
        "**[a](http://192.0.2.1)**",
        "- <script>1</script>",
        "# ![h](http://192.0.2.1/h.png)",
        "| a | b |\n|---|---|",
        "    indented code",
        "`code`",
        "a * b ** c",
    ],
)
def test_everything_else_stands_for_itself(text):
    shown = prose(text)
    # Every character that Markdown or Streamlit would act on is escaped, but for our own marks of lists, headings and emphasis.
    bare = re.sub(r"\\.|\u2060", "", shown)
    assert not re.search(r"[\[\]<>$:`|!_]|https?:|www\.", re.sub(r"(?m)^> ", "", bare))
    assert not re.search(r"(?m)^ {4}", shown)


def test_no_word_of_the_text_is_lost():
    text = "# One two\n\nthree **four** five *six*\n- seven\n1. eight"
    words = re.findall(r"[a-z]+", text)
    assert re.findall(r"[a-z]+", prose(text)) == words
