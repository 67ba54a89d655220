"""Postage, fees and credit notes: classified by rule, kept for reconciliation, in or out of revenue as the rule says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import ledgers, relations, verification
from kam.errors import BadInput
from tests.ledgers.files import LINES

BASE = """table = "order_lines"
[columns]
order_id = "order_id"
line_no = "line_no"
account_id = "account_id"
order_date = "order_date"
product_id = "product_id"
quantity = "quantity"
net_revenue = "net_revenue"
"""
KINDS = (
    BASE
    + """
[[classify]]
column = "product_id"
one_of = ["POST", "DOT"]
kind = "postage"
in_revenue = false

[[classify]]
column = "product_id"
starts_with = "FEE"
kind = "fee"
in_revenue = true
"""
)
FILE = (
    LINES
    + "1,1,A,2025-01-05,P,1,100.00\n1,2,A,2025-01-05,POST,1,7.50\n"
    + "2,1,B,2025-02-05,DOT,1,9.00\n3,1,A,2025-02-06,FEE-1,1,20.00\n"
)
# What may read all lines: control totals, references and keys, currencies and payments are about the whole ledger.
_READ_ALL = {
    "ledgers.extent",
    "ledgers.revenue_lines",
    "quality.freshness",
    "quality.reconciliation",
    "value.days_to_pay",
    "verification.duplicate_order_lines",
    "verification.import_differences",
    "verification.orphans",
}


def months(desk) -> list[tuple]:
    return desk.rows("account_month", "account_id", "month", "net_revenue", "line_count")


def test_lines_out_of_revenue_are_kept_and_counted_but_are_no_revenue(stocked):
    result = stocked.take("order_lines", FILE, mapping=KINDS)
    totals = result.control_totals["EUR"]
    assert (totals.read, totals.inserted) == (Decimal("136.50"), Decimal("136.50"))
    assert [(k.kind, k.in_revenue, k.rows, k.amount) for k in result.line_kinds] == [
        ("", True, 1, Decimal("100.00")),
        ("fee", True, 1, Decimal("20.00")),
        ("postage", False, 2, Decimal("16.50")),
    ]
    assert "2 lines are kept out of revenue." in result.message
    assert months(stocked) == [
        ("A", date(2025, 1, 1), Decimal("100.00"), 1),
        ("A", date(2025, 2, 1), Decimal("20.00"), 1),
    ]
    assert len(stocked.rows("order_lines", "order_id")) == 4
    assert all(check.is_ok for check in verification.verify(stocked.store))


def test_account_facts_of_whole_and_broken_months_leave_them_out(stocked):
    stocked.take("order_lines", FILE, mapping=KINDS)
    for as_of in (date(2025, 2, 28), date(2025, 2, 6)):
        found = stocked.store.read("ledgers.account_facts", {"as_of": as_of, "level": "account"})
        revenue = {row["account_id"]: (row["revenue_12m"], row["orders_12m"]) for row in found}
        assert revenue["A"] == (Decimal("120.00"), 2)
        assert revenue["B"][0] in (None, Decimal("0.00"))


def test_the_first_rule_that_a_line_meets_decides(stocked):
    both = KINDS.replace('starts_with = "FEE"', 'starts_with = "PO"')
    result = stocked.take("order_lines", FILE, mapping=both)
    assert {k.kind for k in result.line_kinds} == {"", "postage"}


def test_another_rule_moves_a_line_into_revenue_and_undoing_moves_it_back(stocked):
    stocked.take("order_lines", FILE, mapping=KINDS)
    before = months(stocked)
    second = stocked.take("order_lines", FILE, mapping=KINDS.replace("in_revenue = false", "in_revenue = true"))
    assert (second.rows.updated, second.rows.unchanged) == (2, 2)
    assert months(stocked)[0] == ("A", date(2025, 1, 1), Decimal("107.50"), 2)
    assert ("B", date(2025, 2, 1), Decimal("9.00"), 1) in months(stocked)
    ledgers.undo_import(stocked.store, second.import_id, who=stocked.who)
    assert months(stocked) == before
    assert all(check.is_ok for check in verification.verify(stocked.store))


def test_undoing_the_import_leaves_nothing(stocked):
    result = stocked.take("order_lines", FILE, mapping=KINDS)
    ledgers.undo_import(stocked.store, result.import_id, who=stocked.who)
    assert months(stocked) == [] and stocked.rows("order_lines", "order_id") == []


def test_the_record_and_a_known_repeat_say_the_kinds(stocked):
    first = stocked.take("order_lines", FILE, mapping=KINDS)
    again = stocked.take("order_lines", FILE, mapping=KINDS)
    assert again.line_kinds == first.line_kinds and again.rows.unchanged == 4
    record = ledgers.import_record(stocked.store, first.import_id)
    assert '"kind": "postage"' in record["line_kinds"]


def test_classified_lines_come_back_unchanged_from_an_export(stocked, tmp_path):
    stocked.take("order_lines", FILE, mapping=KINDS)
    path = tmp_path / "lines.csv"
    assert ledgers.export(stocked.store, "order_lines", path) == 4
    again = stocked.take("order_lines", path)
    assert (again.rows.unchanged, again.rows.rejected) == (4, 0)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('column = "order_id"\nstarts_with = "C"', [("1", "1", "10.00"), ("C2", "-2", "-5.00"), ("C3", "-1", "-4.00")]),
        ('column = "kind"\nequals = "G2"', [("1", "1", "10.00"), ("C2", "-2", "-5.00"), ("C3", "1", "-4.00")]),
        ('column = "kind"\none_of = ["G2", "RE"]', [("1", "1", "10.00"), ("C2", "-2", "-5.00"), ("C3", "-1", "-4.00")]),
    ],
)
def test_credit_notes_by_document_type_or_number_prefix_are_negative(stocked, rule, expected):
    text = (
        "order_id,account_id,order_date,quantity,net_revenue,kind\n"
        "1,A,2025-01-05,1,10.00,F2\nC2,A,2025-01-06,2,5.00,G2\nC3,A,2025-01-06,1,-4.00,RE\n"
    )
    mapping = BASE.replace('line_no = "line_no"\n', "").replace('product_id = "product_id"\n', "")
    result = stocked.take("order_lines", text, mapping=f"{mapping}\n[[negate]]\n{rule}\n")
    found = stocked.rows("order_lines", "order_id", "quantity", "net_revenue")
    assert found == [(o, Decimal(q), Decimal(n)) for o, q, n in expected]
    assert result.control_totals["EUR"].inserted == sum(Decimal(n) for _o, _q, n in expected)


def test_a_credit_note_by_price_has_its_amount_worked_out_once(stocked):
    text = "order_id,account_id,order_date,quantity,price\nC1,A,2025-01-05,3,2.50\n"
    mapping = """table = "order_lines"
[columns]
order_id = "order_id"
account_id = "account_id"
order_date = "order_date"
quantity = "quantity"
unit_price = "price"
[[negate]]
column = "order_id"
starts_with = "C"
"""
    stocked.take("order_lines", text, mapping=mapping)
    assert stocked.rows("order_lines", "quantity", "net_revenue") == [(Decimal(-3), Decimal("-7.50"))]


@pytest.mark.parametrize("rule", ["negate", "classify"])
def test_rules_about_lines_are_for_order_lines_only(rule):
    more = '\nkind = "x"\nin_revenue = true' if rule == "classify" else ""
    text = f'table = "payments"\n[[{rule}]]\ncolumn = "a"\nequals = "b"{more}\n'
    with pytest.raises(BadInput, match="is for order_lines"):
        ledgers.mapping_from(text)


def test_a_mapping_with_rules_is_the_same_after_writing_it_down():
    mapping = ledgers.mapping_from(KINDS + '\n[[negate]]\ncolumn = "order_id"\nstarts_with = "C"\n')
    assert ledgers.mapping_from(mapping.as_toml()) == mapping


def test_readings_of_revenue_read_no_line_that_is_none():
    readers = {name for name, relation in relations.catalogue().items() if "ledgers.order_lines" in relation.text}
    assert readers <= _READ_ALL, "read ledgers.revenue_lines instead, or say here why all lines are meant"
