"""A file that was taken in before: the same counts and totals as reading it again, and read again where it matters."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kam import ledgers
from kam.ledgers import importing
from tests.ledgers.files import LINES

TWO = LINES + "1,1,A,2025-01-05,P,1,10.00\n2,1,B,2025-02-05,P,2,20.50\n"
FRANCS = LINES.replace("net_revenue", "net_revenue,currency") + "1,1,A,2025-01-05,P,1,10.00,CHF\n"
LEAVING = """table = "order_lines"
[columns]
order_id = "order_id"
account_id = "account_id"
order_date = "order_date"
quantity = "quantity"
net_revenue = "net_revenue"
[[leave_out]]
column = "order_id"
equals = "2"
"""


@pytest.fixture
def readings(monkeypatch):
    """How often a file was read to its end."""
    found = []
    real = importing.stage_file

    def counted(*arguments, **said):
        found.append(1)
        return real(*arguments, **said)

    monkeypatch.setattr(importing, "stage_file", counted)
    return found


def test_the_same_file_again_is_known_without_reading_it(stocked, readings):
    first = stocked.take("order_lines", TWO)
    again = stocked.take("order_lines", TWO)
    assert len(readings) == 1
    assert (again.rows.read, again.rows.unchanged, again.rows.inserted) == (2, 2, 0)
    assert again.rows.adds_up() and again.control_totals["EUR"].adds_up()
    assert again.control_totals["EUR"].unchanged == first.control_totals["EUR"].inserted == Decimal("30.50")
    assert again.import_id == first.import_id + 1


def test_a_known_file_says_what_reading_it_says(stocked, readings, monkeypatch):
    stocked.take("order_lines", TWO, mapping=LEAVING)
    known = stocked.take("order_lines", TWO, mapping=LEAVING, dry_run=True)
    monkeypatch.setattr(importing, "taken_before", lambda *_said: None)
    read = stocked.take("order_lines", TWO, mapping=LEAVING, dry_run=True)
    assert len(readings) == 2
    assert known.document() == read.document()
    assert (known.rows.unchanged, known.rows.left_out) == (1, 1)


def test_another_mapping_reads_the_file_again(stocked, readings):
    stocked.take("order_lines", TWO)
    again = stocked.take("order_lines", TWO, mapping=LEAVING)
    assert len(readings) == 2
    assert again.rows.left_out == 1


def test_a_line_changed_by_another_file_is_read_and_set_back(stocked, readings):
    stocked.take("order_lines", TWO)
    stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,99.00\n")
    again = stocked.take("order_lines", TWO)
    assert len(readings) == 3
    assert (again.rows.updated, again.rows.unchanged) == (1, 1)
    assert stocked.rows("order_lines", "order_id", "net_revenue")[0] == ("1", Decimal("10.00"))


def test_a_file_of_an_undone_import_comes_in_again(stocked, readings):
    first = stocked.take("order_lines", TWO)
    ledgers.undo_import(stocked.store, first.import_id, who=stocked.who)
    assert stocked.take("order_lines", TWO).rows.inserted == 2
    assert len(readings) == 2


def test_undoing_a_known_repeat_leaves_the_lines(stocked, readings):
    stocked.take("order_lines", TWO)
    again = stocked.take("order_lines", TWO)
    ledgers.undo_import(stocked.store, again.import_id, who=stocked.who)
    assert len(stocked.rows("order_lines", "order_id")) == 2
    # Whatever was undone since, the file is looked at.
    assert stocked.take("order_lines", TWO).rows.unchanged == 2
    assert len(readings) == 2


def test_a_new_exchange_rate_has_the_file_read_again(stocked, readings):
    stocked.take("exchange_rates", "currency,valid_from,rate\nCHF,2025-01-01,1.0\n")
    readings.clear()
    stocked.take("order_lines", FRANCS)
    stocked.take("exchange_rates", "currency,valid_from,rate\nCHF,2025-01-02,1.1\n")
    assert stocked.take("order_lines", FRANCS).rows.unchanged == 1
    assert len(readings) == 3


def test_a_file_with_rejected_rows_is_read_again(stocked, readings):
    bad = TWO + "3,1,Z,2025-01-05,P,1,1.00\n"
    stocked.take("order_lines", bad)
    stocked.accounts("Z")
    readings.clear()
    assert stocked.take("order_lines", bad).rows.inserted == 1
    assert len(readings) == 1


def test_a_merge_has_the_file_read_again(stocked, readings):
    stocked.take("order_lines", TWO)
    ledgers.merge_accounts(stocked.store, "B", "A", reason="the same firm", who=stocked.who)
    assert stocked.take("order_lines", TWO).rows.unchanged == 2
    assert len(readings) == 2
