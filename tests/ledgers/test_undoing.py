"""An import is taken back as a whole, until something rests on it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import ledgers
from kam.errors import NotFound, RuleBroken
from kam.store import Transaction
from tests.ledgers.files import LINES

FACTS = ("accounts", "products", "order_lines", "contacts", "executives", "account_month", "spanning_orders")


def facts(desk) -> dict:
    """Every row of the fact tables, to compare."""
    return {table: sorted(desk.store.read(f"ledgers.{table}").rows, key=repr) for table in FACTS}


def undo(desk, result):
    return ledgers.undo_import(desk.store, result.import_id, who=desk.who)


def test_new_rows_go_and_changed_rows_get_their_values_back(stocked):
    stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,20.00\n1,2,A,2025-02-05,Q,1,5.00\n")
    before = facts(stocked)
    result = stocked.take(
        "order_lines", LINES + "1,1,B,2025-03-05,P,2,21.00\n2,1,A,2025-01-09,P,1,9.00\n1,2,A,2025-02-05,Q,1,5.00\n"
    )
    assert facts(stocked) != before
    undone = undo(stocked, result)
    assert (undone.removed, undone.restored) == (1, 1)
    assert facts(stocked) == before


def test_accounts_made_from_a_ledger_go_with_it(desk):
    before = facts(desk)
    result = desk.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,20.00\n", create_accounts=True)
    assert undo(desk, result).accounts_removed == 1
    assert facts(desk) == before


def test_every_type_of_column_returns_exactly(desk):
    header = "executive_id,name,title,level,region,industries,languages,max_accounts,email\n"
    desk.take("executives", header + 'e1,"O\'Neil, ""Pat""",CEO,board,,Retail;Cars,en;de,3,p@x.example\n')
    desk.take("products", "product_id,name,standard_cost\nP,Pump,1234567890.1234\n")
    before = facts(desk)
    first = desk.take("executives", header + "e1,Pat,CFO,c_level,EMEA,,,,\n")
    second = desk.take("products", "product_id,name,standard_cost\nP,Pumpe,\n")
    undo(desk, first)
    undo(desk, second)
    assert facts(desk) == before


def test_an_undone_import_can_be_done_again(stocked):
    text = LINES + "1,1,A,2025-01-05,P,2,20.00\n"
    undo(stocked, stocked.take("order_lines", text))
    assert stocked.take("order_lines", text).rows.inserted == 1
    activities = "account_id,activity_code,occurred_on,quantity\nA,drop,2025-01-05,3\n"
    undo(stocked, stocked.take("activities", activities))
    assert stocked.take("activities", activities).rows.inserted == 1


def test_a_later_import_of_the_same_rows_has_to_go_first(stocked):
    first = stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,20.00\n")
    second = stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,30.00\n")
    before = facts(stocked)
    with pytest.raises(RuleBroken) as refused:
        undo(stocked, first)
    assert refused.value.reason == "later_import"
    assert f"import {second.import_id} first" in refused.value.message
    assert facts(stocked) == before
    undo(stocked, second)
    undo(stocked, first)
    assert stocked.rows("order_lines", "order_id") == []


def test_a_later_import_that_changed_nothing_does_not_stand_in_the_way(stocked):
    text = LINES + "1,1,A,2025-01-05,P,2,20.00\n"
    first = stocked.take("order_lines", text)
    stocked.take("order_lines", text)
    assert undo(stocked, first).removed == 1


def test_accounts_that_are_in_use_stay(desk):
    accounts = desk.take("accounts", "account_id,name\nA,Alpha\nB,Beta\n")
    desk.take("contacts", "contact_id,account_id,name\nc1,A,Ann\n")
    before = facts(desk)
    with pytest.raises(RuleBroken) as refused:
        undo(desk, accounts)
    assert refused.value.reason == "in_use"
    assert "Account A" in refused.value.message and "contacts" in refused.value.message
    assert facts(desk) == before


def test_an_account_that_a_decision_names_stays(desk):
    accounts = desk.take("accounts", "account_id,name\nA,Alpha\nB,Beta\n")

    def admit(tx: Transaction) -> None:
        tx.insert("programme.members", account_id="B", decision_id=1, admitted_on=date(2025, 1, 1))

    desk.store.write(admit, who=desk.who, action="test", subject=("account", "B"))
    with pytest.raises(RuleBroken) as refused:
        undo(desk, accounts)
    assert "Account B" in refused.value.message


def test_a_parent_of_accounts_that_came_later_stays(desk):
    parents = desk.take("accounts", "account_id,name\nA,Alpha\n")
    desk.take("accounts", "account_id,name,parent_account_id\nB,Beta,A\n")
    with pytest.raises(RuleBroken):
        undo(desk, parents)


def test_product_costs_come_back_into_the_account_months(stocked):
    stocked.take("products", "product_id,name,standard_cost\nP,Pump,2.00\n")
    stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,3,20.00\n")
    assert stocked.rows("account_month", "cogs") == [(Decimal("6.00"),)]
    dearer = stocked.take("products", "product_id,name,standard_cost\nP,Pump,4.00\n")
    assert stocked.rows("account_month", "cogs") == [(Decimal("12.00"),)]
    undo(stocked, dearer)
    assert stocked.rows("account_month", "cogs") == [(Decimal("6.00"),)]


def test_what_is_undone_or_unknown_cannot_be_undone(stocked):
    result = stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,3,20.00\n")
    undo(stocked, result)
    with pytest.raises(RuleBroken):
        undo(stocked, result)
    with pytest.raises(NotFound):
        ledgers.undo_import(stocked.store, 99, who=stocked.who)
