"""Where a row stands in its file: kept through reading side by side, several files, blank rows and corrections."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import ledgers
from kam.store import staging
from kam.store.staging import Staging
from tests.ledgers.files import LINES, TODAY

# More than two of the blocks that the database reads side by side (32 MB each).
_MANY = 700_000
_NOTE = "x" * 60


def test_lines_keep_their_numbers_in_a_file_that_is_read_side_by_side(stocked):
    faulty = {2: "no day", 350_000: "2025-13-01", 555_555: "31.02.2025", _MANY + 1: "neither"}
    path = stocked.folder / "long.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("order_id,line_no,account_id,order_date,product_id,quantity,net_revenue\n")
        for line in range(2, _MANY + 2):
            file.write(f"{line},1,A,{faulty.get(line, '2025-01-05')},{_NOTE}{line},1,10.00\n")
    result = stocked.take("order_lines", path, dry_run=True)
    assert (result.rows.read, result.rows.inserted, result.rows.rejected) == (_MANY, _MANY - len(faulty), len(faulty))
    assert {problem.line: problem.text for problem in result.problems} == faulty
    # The first rows that would be new are the first of the file.
    assert [row["order_id"] for row in result.samples["inserted"]] == ["3", "4", "5"]


def test_blank_rows_of_one_file_leave_the_places_of_all_others(stocked):
    first = LINES + ",,,,,,\n1,1,A,2025-01-05,P,2,20.00\n,,,,,,\n1,2,A,never,P,2,20.00\n,,,,,,\n"
    second = LINES + "2,1,A,2025-01-05,P,2,20.00\n,,,,,,\n,,,,,,\n2,2,nobody,2025-01-05,P,2,20.00\n"
    paths = [stocked.file(first, "first.csv"), stocked.file(second, "second.csv")]
    result = ledgers.import_files(stocked.store, "order_lines", paths, who=stocked.who, today=TODAY)
    assert result.rows.document() == {
        "read": 4,
        "inserted": 2,
        "updated": 0,
        "unchanged": 0,
        "rejected": 2,
        "left_out": 0,
    }
    assert [(problem.line, problem.reason) for problem in result.problems] == [(5, "bad_date"), (5, "unknown_account")]


@pytest.fixture
def stagings(monkeypatch):
    """The files that were staged, one entry each time."""
    seen, stage = [], Staging.stage

    def noted(self, scan, number, columns, helpers):
        seen.append(number)
        return stage(self, scan, number, columns, helpers)

    monkeypatch.setattr(Staging, "stage", noted)
    return seen


def _lines(count: int, day: str = "2025-01-05", amount: str = "10.00") -> str:
    return "".join(f"{n},1,A,{day},P,1,{amount}\n" for n in range(1, count + 1))


@pytest.mark.parametrize("few", [0, 50_000])
def test_a_row_that_does_not_fit_is_no_reason_to_read_the_file_again(stocked, stagings, monkeypatch, few):
    monkeypatch.setattr(staging, "FEW", few)
    monkeypatch.setattr("kam.ledgers.staged.FEW", few)
    result = stocked.take("order_lines", LINES + _lines(6_000) + "x,1,A,never,P,1,1.00\nx,2,A,2025-01-05,P,1,2.00\n")
    assert [(problem.line, problem.text, problem.reason) for problem in result.problems] == [
        (6_002, "never", "bad_date")
    ]
    assert (result.rows.inserted, stagings) == (6_001, [0])


@pytest.mark.parametrize("few", [0, 50_000])
@pytest.mark.parametrize(
    "late, revenue, day",
    [
        ('x,1,A,2025-01-05,P,1,"1.234,50"', Decimal("1234.50"), date(2025, 1, 5)),
        ("x,1,A,5.1.2025 10:15,P,1,3", Decimal(3), date(2025, 1, 5)),
        ("x,1,A,25/12/2025,P,1,3", Decimal(3), date(2025, 12, 25)),
    ],
)
def test_a_late_row_that_is_written_otherwise_has_the_file_read_in_its_way_too(
    stocked, stagings, monkeypatch, few, late, revenue, day
):
    monkeypatch.setattr(staging, "FEW", few)
    monkeypatch.setattr("kam.ledgers.staged.FEW", few)
    result = stocked.take("order_lines", LINES + _lines(6_000, amount="10") + late + "\n")
    assert (result.rows.rejected, stagings) == (0, [0, 0])
    found = stocked.rows("order_lines", "order_id", "net_revenue", "order_date")
    assert ("x", revenue, day) in found
    assert ("6000", Decimal(10), date(2025, 1, 5)) in found


@pytest.mark.parametrize(
    "day, never",
    [
        ("05.01.2025", "31.02.2025"),
        ("2025-01-05", "2025-02-31"),
        ("20250105", "20250231"),
        ("13/01/2025", "13/13/2025"),
    ],
)
def test_a_day_that_no_calendar_has_is_no_other_way_of_writing(stocked, stagings, day, never):
    result = stocked.take("order_lines", LINES + _lines(6_000, day) + f"x,1,A,{never},P,1,1.00\n")
    assert [(problem.line, problem.text, problem.reason) for problem in result.problems] == [(6_002, never, "bad_date")]
    assert (result.rows.inserted, stagings) == (6_000, [0])


def test_only_marks_that_a_value_shows_are_told(stocked):
    text = LINES.replace(",", ";") + "1;1;A;05.01.2025;P;2;20,50\n1;2;A;never;P;2;20,50\n"
    assert stocked.take("order_lines", text).ways_told == "order_date: day before month · net_revenue: decimal comma"


def test_days_whose_order_the_first_rows_do_not_tell_are_looked_at_to_the_last(stocked, stagings):
    result = stocked.take("order_lines", LINES + _lines(6_000, "05/05/2025") + "x,1,A,25/12/2025,P,1,1.00\n")
    assert (result.rows.rejected, stagings) == (0, [0])


@pytest.mark.parametrize("numbers", [[1, 65], [*range(1, 130)], [-1, 63], [0, 64, 128]])
def test_line_numbers_that_share_a_bit_are_not_taken_for_one_another(stocked, numbers):
    text = LINES + "".join(f"1,{number},A,2025-01-05,P,1,1.00\n" for number in numbers)
    kept = [number for number in numbers if number >= 0]
    assert stocked.take("order_lines", text).rows.inserted == len(kept)
    assert [row[0] for row in stocked.rows("order_lines", "line_no")] == kept


def test_a_line_that_stands_twice_in_a_long_order_is_found_with_its_place(stocked):
    numbers = [*range(1, 201), 77, 1]
    text = LINES + "".join(f"1,{number},A,2025-01-05,P,1,1.00\n" for number in numbers) + "2,77,A,2025-01-05,P,1,1.00\n"
    result = stocked.take("order_lines", text)
    assert [(problem.line, problem.text, problem.reason) for problem in result.problems] == [
        (202, "1 77", "duplicate_key"),
        (203, "1 1", "duplicate_key"),
    ]
    assert result.control_totals["EUR"].inserted == Decimal("201.00")
