"""What a text takes on a slide, and how it is cut where it takes more."""

from __future__ import annotations

import pytest

from kam.documents import measuring

_SIZE, _WIDE = 28.0, 9.0
_ONE_LINE = measuring.height(1, _SIZE)


@pytest.mark.parametrize("words", ["A short title", "", "試験" * 3])
def test_what_fits_is_left_alone(words):
    assert measuring.fitted(words, _SIZE, _WIDE, _ONE_LINE) == words


def test_a_text_is_cut_between_words_and_without_a_loose_comma():
    title = "Application engineering, per hour costs 836 k EUR a year more than at the median of its peers"
    for wide in (6, 7, 8, 9):
        cut = measuring.fitted(title, _SIZE, wide, _ONE_LINE)
        assert cut.endswith("…") and not cut.endswith((",…", " …"))
        kept = cut[:-1]
        assert title.startswith(kept) and title[len(kept)] in " ,"


@pytest.mark.parametrize("words", ["試験" * 40, "x" * 200])
def test_what_has_no_words_is_cut_where_the_room_ends(words):
    cut = measuring.fitted(words, _SIZE, _WIDE, _ONE_LINE)
    assert words.startswith(cut[:-1]) and measuring.lines_taken(cut, _SIZE, _WIDE) == 1
    assert measuring.lines_taken(words[: len(cut)] + "…", _SIZE, _WIDE) > 1
