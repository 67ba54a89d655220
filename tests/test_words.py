"""Counts in sentences."""

from __future__ import annotations

import pytest

from kam.words import several


@pytest.mark.parametrize("count, said", [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (299_997, "299,997 rows")])
def test_a_count_stands_in_its_sentence_as_people_write_it(count, said):
    assert several("{count} row", "{count} rows", count) == said
