"""Where a row stands in its file: kept through reading side by side, several files, blank rows and corrections."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kam import ledgers
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
