"""Direct costs: traced before anything is allocated, counted once, and what leaves the invoice price."""

from datetime import date
from decimal import Decimal

import pytest

from kam import store as stores
from kam import value
from kam.errors import BadInput, NotFound, RuleBroken
from tests.drawn import given
from tests.value.test_cost_to_serve import AS_OF, department
from tests.value.test_profit_and_loss import amounts, sold  # noqa: F401

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def cost(account_id="A", kind="dedicated_staff", amount="366.00", period=YEAR, **changes):
    return value.DirectCost(
        account_id, kind, changes.pop("description", "Clerk"), *period, Decimal(amount), "Payroll", **changes
    )


def record(store, who, *costs):
    return value.record_direct_costs(store, costs, reason="theirs alone", who=who)


def tied_to_the_cent(store, who, as_of=AS_OF):
    tied = value.reconciliation(store, as_of, for_whom=who)
    assert (
        tied.allocated_amount + tied.direct_amount + tied.unused_amount + tied.unallocated_amount == tied.ledger_amount
    )
    document = tied.document()
    assert document["allocated"] + document["unused"] + document["unallocated"] == document["ledger"]
    return tied


def test_a_direct_cost_is_a_line_of_its_own_and_lowers_the_contribution(sold, champion):  # noqa: F811
    before = tied_to_the_cent(sold, champion)
    record(sold, champion, cost())
    lines = amounts(value.profit_and_loss(sold, AS_OF, "A", for_whom=champion))
    assert lines["Dedicated staff"] == Decimal("-366.00")
    assert (lines["visit"], lines["call"]) == (Decimal("-180.00"), Decimal("-60.00"))
    assert lines["Contribution"] == Decimal("1394.00")
    after = tied_to_the_cent(sold, champion)
    assert after.direct_amount == Decimal("366.00")
    assert after.ledger_amount == before.ledger_amount + Decimal("366.00")
    assert after.allocated_amount == before.allocated_amount
    measures = sold.one("value.account_measures", {"as_of": AS_OF, "level": "group"})
    assert measures["account_id"] == "A"
    assert measures["cost_to_serve_12m"] == Decimal("606.00")


def test_a_period_counts_by_its_days_in_the_window(sold, champion):  # noqa: F811
    # 400 days, 366 of them in 2024.
    record(sold, champion, cost(period=(date(2023, 11, 28), date(2024, 12, 31)), amount="1000.00"))
    (row,) = sold.read("value.direct_costs_in_window", {"as_of": AS_OF})
    assert row["window_amount"] == Decimal("915.00")
    assert sold.read("value.direct_costs_in_window", {"as_of": date(2023, 11, 27)}).rows == []
    # Two windows that meet share it to the cent.
    (early,) = sold.read("value.direct_costs_in_window", {"as_of": date(2023, 12, 31)})
    assert early["window_amount"] + row["window_amount"] == Decimal("1000.00")


def test_a_cost_within_a_pool_is_taken_out_of_it_and_counts_once(sold, champion):  # noqa: F811
    before = tied_to_the_cent(sold, champion)
    record(sold, champion, cost(amount="600.00", within_pool="desk"))
    after = tied_to_the_cent(sold, champion)
    assert after.ledger_amount == before.ledger_amount == Decimal("6000.00")
    # 5,400 remain for 6,000 minutes: 0.90 instead of 1.00 a minute.
    assert after.allocated_amount == before.allocated_amount * Decimal("0.9")
    lines = amounts(value.profit_and_loss(sold, AS_OF, "A", for_whom=champion))
    assert (lines["Dedicated staff"], lines["visit"]) == (Decimal("-600.00"), Decimal("-162.00"))
    with pytest.raises(BadInput, match=r"would be taken out of it") as refused:
        record(sold, champion, cost(amount="5400.01", within_pool="desk", description="More"))
    assert refused.value.field == "within_pool"
    record(sold, champion, cost(amount="5400.00", within_pool="desk", description="All the rest"))
    assert tied_to_the_cent(sold, champion).allocated_amount == 0


def test_the_pocket_price_is_the_published_one_times_a_thousand(store, champion, oracle):
    example = oracle("CTS-10")
    listed, off = example["inputs"]["list"], example["inputs"]["off_invoice"]
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    invoice = listed - sum(example["inputs"]["on_invoice"].values())
    given(
        store,
        champion,
        "order_lines",
        f"""
        order_id | account_id | order_date | net_revenue      | cogs    | list_revenue
        1        | A          | 2024-05-01 | {1000 * invoice} | 2000.00 | {1000 * listed}
        """,
    )
    kinds = {
        "payment_terms": "cash_discount",
        "annual_volume_bonus": "annual_bonus",
        "off_invoice_promotion": "promotion",
        "coop_advertising": "co_op",
        "freight": "freight_allowance",
    }
    value.adopt_cost_model(store, department(6000, 6000, {"visit": 60}), reason="Budget", who=champion)
    record(store, champion, *(cost(kind=kinds[name], amount=f"{1000 * amount:.2f}") for name, amount in off.items()))
    lines = amounts(value.profit_and_loss(store, AS_OF, "A", for_whom=champion))
    assert float(lines["Invoice price"]) == pytest.approx(1000 * example["expected"]["invoice"])
    assert float(lines["Pocket price"]) == pytest.approx(1000 * example["expected"]["pocket"])
    leak = 100 * float(lines["Invoice price"] - lines["Pocket price"]) / (1000 * listed)
    assert leak == pytest.approx(example["expected"]["leakage_below_invoice_pct_of_list"], abs=0.005)
    assert lines["Margin"] == lines["Pocket price"] - 2000
    # Off-invoice items are no part of the cost of serving.
    assert tied_to_the_cent(store, champion).direct_amount == 0


def test_nothing_recorded_is_unknown_and_a_recorded_nothing_is_known(sold, champion):  # noqa: F811
    statement = value.profit_and_loss(sold, AS_OF, "A", for_whom=champion)
    assert amounts(statement)["Pocket price"] is None
    assert any("pocket price is unknown" in sentence for sentence in statement.missing)
    record(sold, champion, cost(kind="annual_bonus", amount="0.00", description="None agreed"))
    known = value.profit_and_loss(sold, AS_OF, "A", for_whom=champion)
    assert amounts(known)["Pocket price"] == amounts(known)["Invoice price"]
    assert known.missing == []
    assert known.economic_profit == statement.economic_profit


def test_a_rebate_after_the_last_order_still_counts(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\n1 | A | 2022-05-01 | 900.00 | 100.00",
    )
    value.adopt_cost_model(store, department(6000, 6000, {"visit": 60}), reason="Budget", who=champion)
    record(store, champion, cost(kind="annual_bonus", amount="50.00"), cost(amount="7.00"))
    row = store.one("value.account_measures", {"as_of": AS_OF})
    assert (row["margin_12m"], row["cost_to_serve_12m"]) == (Decimal("-50.00"), Decimal("7.00"))
    assert row["contribution_12m"] == Decimal("-57.00")


def test_a_withdrawn_cost_counts_no_more_and_stays_on_record(sold, champion):  # noqa: F811
    (number,) = record(sold, champion, cost())
    with pytest.raises(RuleBroken, match="recorded already"):
        record(sold, champion, cost())
    value.withdraw_direct_cost(sold, number, reason="belongs to B", who=champion)
    assert tied_to_the_cent(sold, champion).direct_amount == 0
    assert len(sold.read("value.direct_costs")) == 1
    with pytest.raises(RuleBroken, match="withdrawn already"):
        value.withdraw_direct_cost(sold, number, reason="again", who=champion)
    with pytest.raises(NotFound):
        value.withdraw_direct_cost(sold, 99, reason="again", who=champion)
    with pytest.raises(BadInput):
        value.withdraw_direct_cost(sold, number, reason=" ", who=champion)
    record(sold, champion, cost())
    actions = [event.action for event in stores.events(sold, subject_kind="account", subject_id="A")]
    assert actions.count("record direct costs") == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"account_id": "Z"}, "account_id"),
        ({"kind": "rent"}, "kind"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "1.001"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"period": (date(2024, 2, 1), date(2024, 1, 31))}, "period_to"),
        ({"description": " "}, "description"),
        ({"within_pool": "attic"}, "within_pool"),
        ({"kind": "annual_bonus", "within_pool": "desk"}, "within_pool"),
    ],
)
def test_what_is_no_direct_cost_is_refused_with_its_field_and_nothing_is_recorded(sold, champion, changes, field):  # noqa: F811
    with pytest.raises((BadInput, NotFound)) as refused:
        record(sold, champion, cost(description="Fine", amount="1.00"), cost(**changes))
    assert refused.value.field == field
    assert sold.read("value.direct_costs").rows == []


FILE = """account_id;kind;description;period_from;period_to;amount;source
A;dedicated_staff;Clerk;2024-01-01;2024-12-31;1200,50;Payroll
B;annual_bonus;Bonus;2024-01-01;2024-12-31;0;Contract
"""


def test_a_file_gives_its_costs_and_is_recorded_as_a_whole(sold, champion):  # noqa: F811
    costs = value.read_direct_costs(FILE.encode("utf-8-sig"))
    assert [(one.account_id, one.amount, one.within_pool) for one in costs] == [
        ("A", Decimal("1200.50"), None),
        ("B", Decimal(0), None),
    ]
    assert value.record_direct_costs(sold, costs, reason="Year end", who=champion) == [1, 2]


@pytest.mark.parametrize(
    ("change", "line", "column", "reason"),
    [
        (("1200,50", "much"), 2, "amount", "bad_number"),
        (("2024-12-31;1200,50", "31.12.2024;1200,50"), 2, "period_to", "bad_date"),
        ((";Contract", ";"), 3, "source", "missing"),
        (("B;annual_bonus", "B;x;annual_bonus"), 3, None, "ragged"),
        ((";amount;", ";price;"), 1, "amount", "header_row"),
        (("Clerk", '"Clerk'), 3, None, "quote"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(change, line, column, reason):
    with pytest.raises(BadInput) as refused:
        value.read_direct_costs(FILE.replace(*change).encode())
    assert (refused.value.line, refused.value.column, refused.value.reason) == (line, column, reason)


def test_an_empty_file_and_one_in_another_encoding_are_refused():
    for content in (b"", FILE.splitlines()[0].encode(), "ä".encode("utf-16")):
        with pytest.raises(BadInput):
            value.read_direct_costs(content)
