"""Freshness, gaps, reconciliation and open rejects, on small ledgers drawn in the test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import ledgers, quality
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition
from tests.ledgers.files import LINES

AS_OF = date(2025, 6, 30)


def freshness(desk, table: str, as_of: date = AS_OF) -> dict:
    return desk.store.one("quality.freshness", {"as_of": as_of}, where=[Condition("table_name", "=", table)])


def gaps(desk, account_id: str) -> dict | None:
    return desk.store.one("quality.account_gaps", {"as_of": AS_OF}, where=[Condition("account_id", "=", account_id)])


def test_freshness_names_every_table_of_the_contract(desk):
    found = desk.store.read("quality.freshness", {"as_of": AS_OF})
    assert set(found.column("table_name")) == set(ledgers.TABLES)
    assert all(row["row_count"] == 0 and row["age_days"] is None for row in found)


def test_freshness_is_the_latest_fact_up_to_the_day_and_its_standing_import(desk):
    desk.accounts("A")
    first = desk.take("order_lines", LINES + "1,1,A,2025-06-01,P,1,10\n", "may.csv")
    later = desk.take("order_lines", LINES + "2,1,A,2025-07-01,P,1,10\n", "june.csv")
    row = freshness(desk, "order_lines")
    assert (row["last_fact_on"], row["age_days"], row["last_file"]) == (date(2025, 6, 1), 29, "june.csv")
    ledgers.undo_import(desk.store, later.import_id, who=desk.who)
    assert freshness(desk, "order_lines", date(2025, 8, 1))["last_import_id"] == first.import_id


def test_the_edges_of_the_window_decide_what_an_account_lacks(desk):
    desk.accounts("A", "B", "C")
    desk.take("products", "product_id,name,standard_cost\nP,Pump,1\nQ,Quiet,\n")
    desk.take(
        "order_lines",
        LINES + "1,1,A,2024-06-30,Q,1,10\n2,1,A,2024-07-01,P,1,30\n3,1,A,2025-06-30,Q,1,10\n4,1,B,2024-06-30,P,1,10\n",
    )
    desk.take("activities", "account_id,activity_code,occurred_on,quantity\nA,visit,2024-06-30,1\n")
    row = gaps(desk, "A")
    assert (row["lacks_cost"], row["revenue_12m"]) == (True, Decimal("40.00"))
    assert row["uncosted_share"] == pytest.approx(0.25)
    assert row["lacks_activities"] and row["lacks_contacts"] and row["lacks_manager"]
    assert row["gap_count"] == 7
    assert gaps(desk, "B") is None and gaps(desk, "C") is None


def test_a_complete_account_lacks_nothing(desk):
    desk.take("accounts", "account_id,name,industry,region,owner,payment_terms_days\nA,A,Food,North,Ines Brandt,30\n")
    desk.take("products", "product_id,name,standard_cost\nP,Pump,1\n")
    desk.take("order_lines", LINES + "1,1,A,2025-06-01,P,1,10\n")
    desk.take("activities", "account_id,activity_code,occurred_on,quantity\nA,visit,2025-06-30,1\n")
    desk.take("contacts", "contact_id,account_id,name\nk,A,Ann\n")
    desk.take("interactions", "account_id,occurred_on,kind,summary\nA,2025-06-30,call,hello\n")
    assert gaps(desk, "A")["gap_count"] == 0


def test_a_typed_figure_stands_beside_the_ledger_to_the_cent(desk):
    desk.accounts("A")
    desk.take(
        "order_lines", LINES + "1,1,A,2025-05-31,P,1,10.10\n2,1,A,2025-06-01,P,1,20.20\n3,1,A,2025-06-30,P,-1,-5.05\n"
    )
    said = {"from_on": date(2025, 6, 1), "to_on": date(2025, 6, 30), "source": "ERP report", "who": desk.who}
    number = quality.note_figure(desk.store, amount=Decimal("15.14"), currency="eur", **said)
    row = desk.store.one("quality.reconciliation")
    assert (row["held_amount"], row["difference_amount"], row["line_count"]) == (Decimal("15.15"), Decimal("0.01"), 2)
    quality.withdraw_figure(desk.store, number, who=desk.who)
    assert desk.store.one("quality.reconciliation") is None
    with pytest.raises(RuleBroken):
        quality.withdraw_figure(desk.store, number, who=desk.who)


def test_a_figure_that_means_nothing_is_refused(desk):
    desk.accounts("A")
    desk.take("order_lines", LINES + "1,1,A,2025-05-31,P,1,10\n")
    good = {"from_on": AS_OF, "to_on": AS_OF, "amount": Decimal(1), "currency": "EUR", "source": "ERP", "who": desk.who}
    for bad in ({"to_on": date(2025, 6, 29)}, {"source": " "}, {"currency": "USD"}):
        with pytest.raises(BadInput):
            quality.note_figure(desk.store, **(good | bad))
    with pytest.raises(NotFound):
        quality.withdraw_figure(desk.store, 9, who=desk.who)


def test_rejected_rows_stay_open_until_somebody_settles_them(desk):
    desk.accounts("A")
    taken = desk.take("order_lines", LINES + "1,1,A,2025-05-31,P,1,10\n2,1,Z,2025-05-31,P,1,x\n")
    (open_import,) = desk.store.read("quality.open_rejects").records()
    assert (open_import["import_id"], open_import["rejected_count"]) == (taken.import_id, 1)
    assert "unknown_account 1" in open_import["reasons"] and "bad_number 1" in open_import["reasons"]
    assert freshness(desk, "order_lines")["open_reject_count"] == 1
    with pytest.raises(BadInput):
        quality.settle_rejects(desk.store, taken.import_id, reason="", who=desk.who)
    quality.settle_rejects(desk.store, taken.import_id, reason="a test order", who=desk.who)
    assert desk.store.read("quality.open_rejects").total == 0
    assert freshness(desk, "order_lines")["open_reject_count"] == 0
    with pytest.raises(NotFound):
        quality.settle_rejects(desk.store, taken.import_id, reason="again", who=desk.who)


def test_products_that_the_master_lacks_are_named(desk):
    desk.accounts("A")
    desk.take("products", "product_id,name\nP,Pump\n")
    desk.take("order_lines", LINES + "1,1,A,2025-05-31,P,1,10\n2,1,A,2025-05-31,POST,1,5\n")
    (row,) = desk.store.read("quality.unlisted_products").records()
    assert (row["product_id"], row["line_count"], row["is_uncosted"]) == ("POST", 1, True)
