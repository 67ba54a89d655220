"""Pictures of a printed page: what stands beside what."""

from __future__ import annotations

import re

import pytest

from kam.documents.drawing import bars_svg
from kam.units import short_money

_NAMES_END = 182  # where names of bars end, in the picture's units
_LETTER = 6.5


@pytest.mark.parametrize("values", [[-1_246_751, -856_151, -481_351], [5_000, -29_528], [1, 2, 3], [-1, 10_000_000]])
def test_amounts_of_bars_never_run_into_the_names_or_out_of_the_picture(values):
    names = [f"Case {at}" for at in range(len(values))]
    drawn = bars_svg(names, {"Value": values}, told=lambda value: short_money(value, "EUR"))
    told = re.findall(r"<text x='([\d.]+)' [^>]*text-anchor='(\w+)'[^>]*>([^<]+)</text>", drawn)
    amounts = [(float(x), anchor, words) for x, anchor, words in told if words not in names]
    assert len(amounts) == len(values)
    for x, anchor, words in amounts:
        wide = _LETTER * len(words)
        left, right = (x - wide, x) if anchor == "end" else (x, x + wide)
        assert left > _NAMES_END and right <= 680
