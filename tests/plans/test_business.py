"""Opportunities of both kinds in one reading, stages by adopted definitions, ageing, and notice of contracts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kam import plans
from kam.errors import BadInput, RuleBroken, StaleWrite
from kam.store import Condition
from tests.drawn import given
from tests.plans.conftest import AS_OF

OWN = {"name": "New line", "stage": "proposal", "amount": 1000, "owner": "Bo"}


@pytest.fixture
def business(ledger, champion):
    """Three imported opportunities of A and B, and the starter stages."""
    given(
        ledger,
        champion,
        "opportunities",
        """
        opportunity_id | account_id | name   | stage       | amount | probability | expected_close | product_id
        OP1            | A          | Valves | Prospecting | 400.00 |             | 2025-06-29     | P1
        OP2            | A          | Seals  | negotiation | 200.00 | 0.9         | 2025-06-30     |
        OP3            | B          | Third  | dreaming    | 100.00 |             |                |
        """,
    )
    plans.adopt_stages(ledger, plans.read_stages(plans.starter_stages()), reason="Begin", who=champion)
    return ledger


def listed(store, as_of=AS_OF):
    return {row["opportunity_id"]: row for row in store.read("plans.opportunity_list", {"as_of": as_of})}


def test_imported_and_own_stand_in_one_reading_and_no_undo_loses_the_own(business, champion):
    number = plans.make_opportunity(business, "A", OWN, as_of=AS_OF, who=champion)
    assert number == "W-1"
    assert set(listed(business)) == {"OP1", "OP2", "OP3", "W-1"}
    business.write(
        lambda tx: [tx.delete("ledgers.opportunities", {"account_id": a}) for a in ("A", "B")],
        who=champion,
        action="undo",
        subject=("test", "1"),
    )
    assert set(listed(business)) == {"W-1"}


def test_the_stage_gives_the_probability_unless_the_opportunity_has_its_own(business, champion):
    plans.make_opportunity(business, "A", OWN, as_of=AS_OF, who=champion)
    rows = listed(business)
    assert (rows["OP1"]["stage_name"], rows["OP1"]["probability"], rows["OP1"]["weighted_amount"]) == (
        "Identified",
        0.05,
        20,
    )
    assert (rows["OP2"]["probability"], rows["OP2"]["weighted_amount"]) == (0.9, 180)
    assert (rows["OP3"]["stage_name"], rows["OP3"]["opportunity_state"], rows["OP3"]["weighted_amount"]) == (
        None,
        None,
        None,
    )
    assert rows["W-1"]["weighted_amount"] == 450
    assert (rows["OP1"]["is_past_close"], rows["OP2"]["is_past_close"]) == (True, False)
    assert rows["OP1"]["category"] == "Valves"


def test_the_funnel_adds_up_to_the_open_opportunities(business, champion):
    plans.make_opportunity(business, "A", OWN, as_of=AS_OF, who=champion)
    plans.make_opportunity(business, "A", OWN | {"amount": None}, as_of=AS_OF, who=champion)
    for account in (None, "A"):
        funnel = business.read("plans.funnel", {"as_of": AS_OF, "of_account": account}, order_by=[("position", False)])
        assert funnel.column("stage_name") == ["Identified", "Qualified", "Proposal", "Negotiation"]
        assert sum(funnel.column("weighted_amount")) == Decimal(650)
        assert sum(funnel.column("opportunity_count")) == 4
        assert funnel.column("unvalued_count") == [0, 0, 1, 0]
        assert "Potential a year" in funnel.records()[0]["exit_criteria"]


def test_a_stage_whose_amounts_are_unknown_is_not_worth_nothing(business, champion):
    plans.make_opportunity(business, "B", OWN | {"amount": None}, as_of=AS_OF, who=champion)
    funnel = business.read("plans.funnel", {"as_of": AS_OF, "of_account": "B"}, order_by=[("position", False)])
    assert funnel.column("amount") == [0, 0, None, 0]
    assert funnel.column("weighted_amount") == [0, 0, None, 0]


def test_ageing_counts_from_the_change_of_stage(business, champion):
    made = plans.make_opportunity(business, "A", OWN, as_of=date(2025, 1, 1), who=champion)
    assert listed(business)[made]["days_in_stage"] == 180
    assert listed(business)[made]["is_stuck"]
    plans.change_opportunity(
        business, made, {"stage": "Negotiation"}, as_of=date(2025, 4, 1), expected_version=1, who=champion
    )
    rows = listed(business)
    assert (rows[made]["days_in_stage"], rows[made]["is_stuck"]) == (90, False)  # on the threshold: not yet
    assert listed(business, AS_OF + timedelta(days=1))[made]["is_stuck"]
    with pytest.raises(RuleBroken, match="Negotiation"):
        plans.change_opportunity(
            business, made, {"stage": "Qualified"}, as_of=date(2025, 3, 1), expected_version=None, who=champion
        )
    assert listed(business)[made]["stage"] == "Negotiation"


def test_stock_is_taken_of_imported_stages_once_per_stage(business, champion):
    assert listed(business)["OP1"]["days_in_stage"] is None
    assert plans.take_stock(business, date(2025, 6, 1), who=champion) == 3
    assert plans.take_stock(business, date(2025, 6, 15), who=champion) == 0
    assert listed(business)["OP1"]["days_in_stage"] == 29
    business.write(
        lambda tx: tx.update("ledgers.opportunities", {"opportunity_id": "OP1"}, {"stage": "quote"}),
        who=champion,
        action="import",
        subject=("test", "1"),
    )
    assert listed(business)["OP1"]["stage_since"] is None  # in another stage, nobody wrote since when
    assert plans.take_stock(business, date(2025, 6, 20), who=champion) == 1
    assert listed(business)["OP1"]["days_in_stage"] == 10


def test_an_opportunity_ends_with_an_outcome(business, champion):
    made = plans.make_opportunity(business, "A", OWN, as_of=AS_OF, who=champion)
    with pytest.raises(BadInput) as refused:
        plans.change_opportunity(business, made, {"stage": "won"}, as_of=AS_OF, expected_version=1, who=champion)
    assert refused.value.field == "outcome"
    won = {"stage": "closed won", "outcome": "Signed"}
    plans.change_opportunity(business, made, won, as_of=AS_OF, expected_version=1, who=champion)
    row = listed(business)[made]
    assert (row["stage"], row["opportunity_state"], row["is_open"]) == ("Won", "won", False)
    with pytest.raises(StaleWrite):
        plans.change_opportunity(business, made, {"amount": 2}, as_of=AS_OF, expected_version=1, who=champion)


def test_an_opportunity_begins_in_a_stage_that_is_defined_and_open(business, champion):
    for stage in ("dreaming", "lost"):
        with pytest.raises(BadInput) as refused:
            plans.make_opportunity(business, "A", OWN | {"stage": stage}, as_of=AS_OF, who=champion)
        assert refused.value.field == "stage"


def test_before_stages_are_adopted_nothing_is_made_up(ledger, champion):
    made = plans.make_opportunity(ledger, "A", OWN | {"stage": "hot"}, as_of=AS_OF, who=champion)
    row = listed(ledger)[made]
    assert (row["probability"], row["weighted_amount"], row["opportunity_state"]) == (None, None, "open")
    assert not len(ledger.read("plans.funnel", {"as_of": AS_OF, "of_account": None}))
    lost = {"state": "lost", "outcome": "Too dear"}
    plans.change_opportunity(ledger, made, lost, as_of=AS_OF, expected_version=1, who=champion)
    assert listed(ledger)[made]["opportunity_state"] == "lost"


STARTER = plans.starter_stages()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[", "bad_toml"),
        (STARTER.replace('name = "Starter stages"', ""), "missing"),
        (STARTER.replace("probability = 0.7", "probability = 70"), "out_of_range"),
        (STARTER.replace("probability = 0.7", "probability = true"), "out_of_range"),
        (STARTER.replace('kind = "won"', 'kind = "open"'), "missing"),
        (STARTER.replace('kind = "lost"', 'kind = "gone"'), "unknown_kind"),
        (STARTER.replace('"contracting"', '"lead"'), "repeated"),
        (STARTER.replace('["contracting"]', "[1]"), "bad_list"),
    ],
)
def test_stages_that_cannot_be_are_refused(text, reason):
    with pytest.raises(BadInput) as refused:
        plans.read_stages(text)
    assert refused.value.reason == reason


def test_stages_hold_from_their_day_and_are_never_changed_backwards(business, champion):
    text = STARTER.replace("1990-01-01", "2025-06-01").replace("probability = 0.05", "probability = 0.5")
    plans.adopt_stages(business, plans.read_stages(text), reason="Our win rates", who=champion)
    assert listed(business)["OP1"]["probability"] == 0.5
    assert listed(business, date(2025, 5, 31))["OP1"]["probability"] == 0.05
    with pytest.raises(RuleBroken):
        plans.adopt_stages(business, plans.read_stages(STARTER), reason="Back", who=champion)
    with pytest.raises(RuleBroken, match="word for word"):
        plans.adopt_stages(business, plans.read_stages(text), reason="Again", who=champion)
    with pytest.raises(BadInput):
        plans.adopt_stages(business, plans.read_stages(text + "\n# x"), reason=" ", who=champion)


def test_the_last_day_of_notice_and_what_stands_when(ledger, champion):
    given(
        ledger,
        champion,
        "contracts",
        """
        contract_id | account_id | name | start_date | end_date   | notice_days | auto_renews
        K1          | A          | a    | 2024-01-01 | 2025-09-28 | 90          | true
        K2          | A          | b    | 2024-01-01 | 2025-09-27 | 90          | true
        K3          | A          | c    | 2024-01-01 | 2025-11-27 | 90          | false
        K4          | A          | d    | 2024-01-01 | 2025-11-28 | 90          | false
        K5          | A          | e    | 2024-01-01 | 2025-06-29 | 30          | true
        K6          | A          | f    | 2024-01-01 | 2025-06-29 | 30          | false
        K7          | A          | g    | 2024-01-01 |            | 30          |
        K8          | A          | h    | 2024-01-01 | 2025-09-28 |             |
        K9          | A          | i    | 2025-07-01 | 2026-09-28 | 30          |
        """,
    )
    rows = {r["contract_id"]: r for r in ledger.read("plans.contract_notices", {"as_of": AS_OF})}
    assert {name: row["notice_state"] for name, row in rows.items()} == {
        "K1": "soon",  # the last day is today
        "K2": "passed",
        "K3": "soon",  # 60 days ahead
        "K4": "current",  # 61
        "K5": "renewed",
        "K6": "ended",
        "K7": "open_ended",
        "K8": "unknown",
    }
    assert (rows["K1"]["notice_on"], rows["K1"]["days_to_notice"]) == (AS_OF, 0)


def test_the_ids_of_own_opportunities_go_on_past_nine(business, champion):
    made = [plans.make_opportunity(business, "A", OWN, as_of=AS_OF, who=champion) for _time in range(11)]
    assert made[-1] == "W-11"
    where = [Condition("opportunity_id", "=", "W-11")]
    assert business.one("plans.opportunity_list", {"as_of": AS_OF}, where=where)["is_own"]
