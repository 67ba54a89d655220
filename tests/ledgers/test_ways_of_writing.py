"""The quick readings of numbers, days and words: the same as the slow ones wherever they answer at all."""

from __future__ import annotations

import random
import re
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest

from kam import relations

_SEED = 20260


@pytest.fixture(scope="module")
def read():
    """`read(expression, values)`: a conversion over x for each of the values."""
    with duckdb.connect() as opened:
        opened.execute(relations.step("ledgers.conversions"))

        def over(expression: str, values: list[str | None]) -> list:
            found = opened.execute(
                f"select {expression} from (select unnest($values) as x, generate_subscripts($values, 1) as n) order by n",
                {"values": values},
            )
            return [value for (value,) in found.fetchall()]

        yield over


def _drawn(pieces: list[str], count: int, longest: int) -> list[str]:
    chosen = random.Random(_SEED)
    return sorted({"".join(chosen.choices(pieces, k=chosen.randint(1, longest))) for _each in range(count)})


_PIECES = [
    "1",
    "12",
    "123",
    "1234",
    "0",
    ".",
    ",",
    "'",
    " ",
    "\u00a0",
    "-",
    "+",
    "(",
    ")",
    "€",
    "$",
    "EUR",
    "E+3",
    "e5",
    "−",
    "x",
]


@pytest.mark.parametrize("mark", [".", ","])
def test_a_number_is_the_same_read_quickly_and_by_its_parts(read, mark):
    values = [
        *_drawn(_PIECES, 40_000, 6),
        "1.234,56",
        "-1,234.56",
        "€ 1.234",
        "$1,234,567.8",
        "-$12.5",
        "1234,5 €",
        "+7",
    ]
    quick = read(f"number_text(x, '{mark}')", values)
    slow = read(f"number_of_parts(number_parts(x), '{mark}')", values)
    both = [(value, one, other) for value, one, other in zip(values, quick, slow, strict=True) if other is not None]
    assert len(both) > 1_000
    # The parts know no plus sign; what is written with one keeps it, and is the same number.
    assert [each for each in both if Decimal(each[1]) != Decimal(each[2])] == []
    # What has no parts of a number is one only in the notation with an exponent.
    alone = [value for value, one, other in zip(values, quick, slow, strict=True) if one is not None and other is None]
    assert all(re.fullmatch(r"[-+]?\d+([.,]\d+)?[eE][-+]?\d{1,3}", value) for value in alone)
    assert any("E+3" in value for value in alone)


def _by_the_calendar(value: str, pattern: str, form: str) -> date | None:
    if not re.fullmatch(form, value):
        return None
    try:
        return datetime.strptime(value, pattern).date()
    except ValueError:
        return None


@pytest.mark.parametrize(
    "quick, pattern, form",
    [
        ("dotted_day", "%d.%m.%Y", r"\d{1,2}\.\d{1,2}\.\d{4}"),
        ("compact_day", "%Y%m%d", r"(1[89]|2[01]|99)\d{6}"),
        ("iso_day", "%Y-%m-%d", r"\d{4}-\d{1,2}-\d{1,2}"),
    ],
)
def test_a_day_is_the_one_of_the_calendar(read, quick, pattern, form):
    years, months, days = (
        (1799, 1800, 1999, 2000, 2024, 2100, 9999),
        (0, 1, 2, 9, 12, 13),
        (0, 1, 9, 28, 29, 30, 31, 32),
    )
    forms = ["{d:02}.{m:02}.{y}", "{d}.{m}.{y}", "{y}{m:02}{d:02}", "{y}-{m:02}-{d:02}", "{y}-{m}-{d}", "{d}.{m}.{y} "]
    values = [each.format(y=y, m=m, d=d) for each in forms for y in years for m in months for d in days]
    values += ["1.2.24", "2024115", "20240105x", "01.01.2024 10:15", "2024-01-05 (BC)", "-2024-01-05", "00000000", ""]
    found = read(f"{quick}(x)", values)
    assert found == [_by_the_calendar(value, pattern, form) for value in values]
    general = read("day_of(x, 'dmy', '')", values)
    assert [v for v, one, other in zip(values, found, general, strict=True) if one is not None and one != other] == []


def test_words_for_yes_and_no_are_known_in_any_case_and_behind_the_mark_of_a_typed_cell(read):
    yes = [
        "true",
        "TRUE",
        "t",
        "Yes",
        "y",
        "Y",
        "1",
        "1.0",
        "x",
        "X",
        "ja",
        "J",
        "Wahr",
        "oui",
        "SI",
        "sí",
        "是",
        "\x01true",
    ]
    no = ["false", "False", "f", "no", "N", "0", "0.0", "Nein", "falsch", "NON", "否", "\x01false"]
    assert read("yes_or_no(x)", [*yes, *no, "maybe", "", None]) == [True] * len(yes) + [False] * len(no) + [None] * 3


@pytest.mark.parametrize("expression", ["cell(x)", "case when is_plain_text(x) then x else cell(x) end"])
def test_a_cell_is_trimmed_of_blanks_of_every_kind_and_of_nothing_else(read, expression):
    blanks = " \t\n\r\u00a0\u3000\ufeff"
    values = ["", *_drawn([*blanks, "a", "7", "-", ".", "é", "~", "%", "+", "#", "\x01"], 5_000, 5)]
    assert read(expression, values) == [value.strip(blanks) or None for value in values]


def test_text_that_is_plain_needs_no_second_look(read):
    values = _drawn(
        [" ", "\t", "a", "Z", "7", "-", "_", ".", "~", "é", "+", "E+", "#", "\x01", "\x7f", "'", "'="], 5_000, 4
    )
    for value, is_plain in zip(values, read("is_plain_text(x)", values), strict=True):
        if is_plain:
            assert value == value.strip()
            assert not set(value) & set("\x01\x7f\t")
            assert "+" not in value[:-1]
            assert value[0] not in "#'"
    assert sum(read("is_plain_text(x)", values)) > 300
