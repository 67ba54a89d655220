"""Lines that are taken as they stand are the rows that parting them gives, and those of nothing else."""

from __future__ import annotations

import random

import pytest

from kam.ledgers.reading.records import PlainLine, checked, records
from tests.ledgers.files import LINES

_PIECES = ["a", "7", " ", "\t", ",", ",", ",", ";", "\n", "\r\n", "\r", '"', "\x01", "\u00a0", "é", "\udc81", "\u3000"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_line_taken_as_it_stands_is_the_row_that_parting_it_gives(delimiter):
    drawn, plain = random.Random(delimiter), 0
    for _each in range(6_000):
        text = "".join(drawn.choices([delimiter, *_PIECES], k=drawn.randint(1, 25)))
        lines = text.splitlines(keepends=True)
        parted = list(checked(records(lines, delimiter, width=3), 3))
        for row, record in zip(checked(records(lines, delimiter, width=3, keeps_plain=True), 3), parted, strict=True):
            if isinstance(row, PlainLine):
                plain += 1
                assert (row.line, row.text.split(delimiter), None) == (record.line, record.cells, record.fault)
            else:
                assert row == record
    assert plain > 150


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_one_ragged_line_leaves_the_others_as_they_stand(stocked, delimiter):
    text = LINES + "1,1,A,2025-01-05,P 'x',2,20.00\n1,2,A\n,,,,,,\n1,3, A ,2025-01-05,#P,2,30.00\n"
    result = stocked.take("order_lines", text.replace(",", delimiter))
    assert [(problem.line, problem.reason) for problem in result.problems] == [(3, "ragged")]
    assert stocked.rows("order_lines", "line_no", "account_id", "product_id") == [(1, "A", "P 'x'"), (3, "A", "#P")]
