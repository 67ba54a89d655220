"""Referrals: the moments to ask, asking, giving, winning; what they bring."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kam import everyday, plans, programme, relationships
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition
from kam.value.models.referral import Referral, equal_attribution, referral_value
from tests.drawn import given

AS_OF = date(2025, 12, 31)


@pytest.fixture
def ledger(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | Beta\nC | Gamma\nW | Won Ltd")
    # 60 days before 31 Dec is 1 Nov, which the window leaves out. A's median is 100; B has one order, C orders all alike.
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        A1       | A          | 2025-01-10 | 100.00
        A2       | A          | 2025-02-10 | 100.00
        A3       | A          | 2025-11-01 | 900.00
        A4       | A          | 2025-11-02 | 450.00
        A4       | A          | 2025-11-02 | 50.00
        A5       | A          | 2025-12-31 | 90.00
        B1       | B          | 2025-12-31 | 9000.00
        C1       | C          | 2025-12-01 | 50.00
        C2       | C          | 2025-12-02 | 50.00
        """,
    )
    return store


def moments(store, as_of=AS_OF, **where):
    rows = store.read(
        "everyday.referral_moments", {"as_of": as_of}, order_by=[("account_id", False), ("moment", False)]
    )
    return [row for row in rows if all(row[k] == v for k, v in where.items())]


def test_a_purchase_is_large_for_the_account_itself_and_recent(ledger):
    # B's only order is its own median, however much it is; A3 is a day too old; A4 is exactly five times the median of five orders.
    assert [(r["account_id"], r["moment"], r["evidence"], r["amount"]) for r in moments(ledger)] == [
        ("A", "purchase", "A4", Decimal("500.00"))
    ]


def test_a_day_earlier_the_older_order_was_the_latest_large_one_too(ledger):
    (row,) = moments(ledger, as_of=date(2025, 11, 1))
    assert (row["evidence"], row["happened_on"]) == ("A3", date(2025, 11, 1))


def test_thanks_are_a_greeting_or_a_survey_at_the_top(ledger, champion):
    given(
        ledger,
        champion,
        "survey_responses",
        """
        account_id | answered_on | attribute | importance | performance | scale_points
        B          | 2025-12-01  | delivery  | 5          | 5           | 5
        B          | 2025-12-01  | quality   | 5          | 4           | 5
        C          | 2025-12-01  | delivery  | 5          | 5           | 5
        C          | 2025-12-01  | quality   | 5          | 5           | 5
        C          | 2025-12-01  | price     |            | 4           | 5
        """,
    )
    # C comes to 91.7 points, B to 87.5.
    assert [(r["account_id"], r["what"]) for r in moments(ledger, moment="thanks")] == [("C", "survey")]
    relationships.capture(
        ledger, "B", kind="greeting", occurred_on=date(2025, 12, 2), summary="Thanked us for the rescue", who=champion
    )
    assert [(r["account_id"], r["evidence"]) for r in moments(ledger, moment="thanks")] == [
        ("B", "Thanked us for the rescue"),
        ("C", None),
    ]


def test_a_promise_kept_and_a_complaint_closed_in_time_are_successes(ledger, champion):
    note = relationships.capture(
        ledger, "C", kind="visit", occurred_on=date(2025, 12, 1), summary="s", next_step="Send drawings",
        next_step_due=date(2025, 12, 10), who=champion,
    )  # fmt: skip
    assert moments(ledger, moment="success") == []
    relationships.settle(ledger, note, outcome="kept", settled_on=date(2025, 12, 5), note="sent", who=champion)
    assert [(r["account_id"], r["what"], r["evidence"]) for r in moments(ledger, moment="success")] == [
        ("C", "promise", "Send drawings")
    ]
    assert moments(ledger, as_of=date(2025, 12, 4), moment="success") == []


def complain(store, who, account_id, on=date(2025, 12, 1)):
    return plans.receive(
        store, account_id, {"complaint": "Late", "function": next(iter(plans.functions())), "severity": "minor", "received_on": on},
        received_by="Ole Berg", as_of=on, who=who,
    )  # fmt: skip


def test_a_complaint_that_is_open_holds_asking_back_and_refuses_it(ledger, champion):
    complain(ledger, champion, "A")
    assert [r["held_back_by"] for r in moments(ledger)] == ["open_complaint"]
    with pytest.raises(RuleBroken, match="A complaint of Alpha is open"):
        ask(ledger, champion, "A")
    assert ledger.read("everyday.referral_asks").rows == []


def ask(store, who, account_id, **changed):
    facts = {"moment": "purchase", "asked_on": AS_OF, "answer": "open", "note": "Asked Mara", "as_of": AS_OF} | changed
    return everyday.ask_for_referral(store, account_id, facts.pop("moment"), who=who, **facts)


def test_who_was_asked_rests_for_half_a_year(ledger, champion):
    ask(ledger, champion, "A", asked_on=AS_OF - timedelta(days=180), answer="declined")
    assert [r["held_back_by"] for r in moments(ledger)] == [None]
    ask(ledger, champion, "A", asked_on=AS_OF - timedelta(days=179), answer="declined")
    assert [r["held_back_by"] for r in moments(ledger)] == ["declined"]
    ask(ledger, champion, "A")
    assert [r["held_back_by"] for r in moments(ledger)] == ["asked_lately"]


@pytest.mark.parametrize(
    ("changed", "kind", "said"),
    [
        ({"moment": "birthday"}, BadInput, "The moment must be one of"),
        ({"answer": ""}, BadInput, "The answer must be one of"),
        ({"note": "  "}, BadInput, "Write down who was asked"),
        ({"asked_on": AS_OF + timedelta(days=1)}, RuleBroken, "cannot have happened after 31 Dec 2025"),
        ({"asked_on": None}, BadInput, "Choose a day"),
    ],
)
def test_bad_asking_is_refused_in_a_sentence(ledger, champion, changed, kind, said):
    with pytest.raises(kind, match=said):
        ask(ledger, champion, "A", **changed)
    with pytest.raises(NotFound):
        ask(ledger, champion, "Z")


def give(store, who, account_id="A", prospect="Won Ltd", **changed):
    facts = {"given_on": AS_OF, "as_of": AS_OF} | changed
    return everyday.give_referral(store, account_id, prospect, who=who, **facts)


def test_a_referral_answers_an_asking_of_the_same_account_and_is_given_once(ledger, champion):
    asked = ask(ledger, champion, "A", asked_on=date(2025, 12, 1), answer="named")
    with pytest.raises(NotFound, match="Beta was not asked on that occasion"):
        give(ledger, champion, "B", ask_id=asked)
    with pytest.raises(BadInput, match="asked for on 1 Dec 2025"):
        give(ledger, champion, ask_id=asked, given_on=date(2025, 11, 30))
    with pytest.raises(BadInput, match="Name the company"):
        give(ledger, champion, prospect=" ")
    give(ledger, champion, ask_id=asked)
    with pytest.raises(RuleBroken, match="Alpha has named won ltd already"):
        give(ledger, champion, prospect="won ltd")
    (row,) = ledger.read("everyday.referral_list", {"as_of": AS_OF}).records()
    assert (row["asked_on"], row["referral_state"], row["value_amount"]) == (date(2025, 12, 1), "open", None)


def win(store, who, referral_id, **changed):
    facts = {
        "happened_on": AS_OF, "evidence": "Their first order", "won_account_id": "W", "would_have_come": False,
        "gross_margin": 300.0, "incentive": 20.0, "marketing": 10.0, "acquisition_saved": 40.0, "as_of": AS_OF,
    } | changed  # fmt: skip
    return everyday.end_referral(store, referral_id, facts.pop("outcome", "won"), who=who, **facts)


@pytest.mark.parametrize("would_have_come", [True, False])
@pytest.mark.parametrize("stated", [None, 0.0, 0.25, 1.0])
def test_the_value_is_that_of_the_published_form(ledger, champion, would_have_come, stated):
    """The relation in SQL beside the tested function of METHOD 9."""
    first, second = give(ledger, champion, "A"), give(ledger, champion, "B")
    win(ledger, champion, first, would_have_come=would_have_come, stated_share=stated)
    win(ledger, champion, second, would_have_come=would_have_come)
    rows = {r["account_id"]: r for r in ledger.read("everyday.referral_list", {"as_of": AS_OF})}
    own = equal_attribution(2, stated)
    expected = {"A": own, "B": 1 - own}
    for account_id, attributed in expected.items():
        told = Referral(0, would_have_come, 40, 300, 20, 10, attributed)
        assert rows[account_id]["credited_share"] == pytest.approx(attributed)
        assert float(rows[account_id]["value_amount"]) == pytest.approx(referral_value([told], 0.1), abs=0.005)
    assert sum(r["credited_share"] for r in rows.values()) <= 1 + 1e-9


def test_shares_of_one_win_never_come_to_more_than_the_win(ledger, champion):
    first, second = give(ledger, champion, "A"), give(ledger, champion, "B")
    win(ledger, champion, first, stated_share=0.7)
    with pytest.raises(RuleBroken, match="Others were credited with 70 % of this win".replace(" %", ".%")):
        win(ledger, champion, second, stated_share=0.4)
    win(ledger, champion, second, stated_share=0.3)
    # Said again for the first, the later word counts and its own earlier one is not held against it.
    win(ledger, champion, first, stated_share=0.6)


def test_what_is_unknown_stays_unknown_and_is_counted(ledger, champion):
    win(ledger, champion, give(ledger, champion), acquisition_saved=None)
    win(ledger, champion, give(ledger, champion, prospect="Gamma"), won_account_id="C")
    (row,) = ledger.read(
        "everyday.referral_values", {"as_of": AS_OF}, where=[Condition("account_id", "=", "A")]
    ).records()
    assert (row["given_count"], row["won_count"], row["unvalued_count"], row["referral_value"]) == (
        2, 2, 1, Decimal("310.00"),
    )  # fmt: skip


def test_nothing_of_a_later_day_is_read_on_an_earlier_one(ledger, champion):
    win(ledger, champion, give(ledger, champion, given_on=date(2025, 12, 1)))
    day = date(2025, 12, 30)
    assert [r["referral_state"] for r in ledger.read("everyday.referral_list", {"as_of": day})] == ["open"]
    assert ledger.read("everyday.referral_list", {"as_of": date(2025, 11, 30)}).rows == []


@pytest.mark.parametrize(
    ("changed", "kind", "said"),
    [
        ({"outcome": "maybe"}, BadInput, "The outcome must be one of won, lost"),
        ({"evidence": ""}, BadInput, "Say how you know it"),
        ({"would_have_come": None}, BadInput, "would have come anyway"),
        ({"won_account_id": "A"}, RuleBroken, "cannot have referred itself"),
        ({"won_account_id": "Z"}, NotFound, "There is no account Z"),
        ({"incentive": -1.0}, BadInput, "no amount"),
        ({"gross_margin": float("nan")}, BadInput, "no amount"),
        ({"stated_share": 1.01}, BadInput, "between 0 and 100"),
        ({"happened_on": date(2025, 11, 30)}, BadInput, "given on 31 Dec 2025"),
    ],
)
def test_a_bad_outcome_is_refused_and_changes_nothing(ledger, champion, changed, kind, said):
    referral = give(ledger, champion)
    with pytest.raises(kind, match=said):
        win(ledger, champion, referral, **changed)
    assert ledger.read("everyday.referral_outcomes").rows == []


def test_a_lost_referral_holds_no_money(ledger, champion):
    everyday.end_referral(
        ledger,
        give(ledger, champion),
        "lost",
        happened_on=AS_OF,
        evidence="They chose another",
        as_of=AS_OF,
        who=champion,
    )
    (row,) = ledger.read("everyday.referral_values", {"as_of": AS_OF}).records()
    assert (row["lost_count"], row["referral_value"]) == (1, None)


def test_a_key_account_is_marked(ledger, champion):
    programme.admit(
        ledger, "A", programme.SeenVerdict("pass"), as_of=AS_OF, reason="drawn", category="star", who=champion
    )
    assert [r["is_key_account"] for r in moments(ledger)] == [True]
