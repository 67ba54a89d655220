"""Assessments count from their day until they go stale, the latest one alone; what is unknown says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import parameters, programme, selection
from kam.errors import BadInput, NotFound
from tests.drawn import given
from tests.selection.conftest import AS_OF, HEAD, gate, score

DAY = timedelta(days=1)
FIT = HEAD + gate("strategic_fit", "points", at_least=6) + gate("orders_12m", "orders", at_least=0)


@pytest.fixture
def accounts(store, champion):
    """A with its member B, and C, each with one order."""
    given(store, champion, "accounts", "account_id | name | parent_account_id\nA | Alpha |\nB | Beta | A\nC | Gamma |")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue\n"
        + "\n".join(f"{a} | {a} | {AS_OF - 800 * DAY} | 10" for a in "ABC"),
    )
    return store


@pytest.fixture
def record(accounts, champion):
    """record(7) assesses the strategic fit of A on AS_OF; anything may be said otherwise."""

    def recording(value=7.0, account_id="A", measure="strategic_fit", **said):
        said = {"evidence": "Strategy day, minutes", "assessed_on": AS_OF, "who": champion} | said
        return selection.record_assessment(accounts, account_id, measure, value, **said)

    return recording


def judged(store, champion, as_of=AS_OF, text=FIT, account_id="A"):
    return selection.assess_account(store, account_id, as_of, selection.read_criteria(text), for_whom=champion)


def first_gate(store, champion, as_of=AS_OF, **said):
    return judged(store, champion, as_of, **said).gates[0]


def test_an_assessment_counts_from_its_day_to_its_last_and_not_a_day_before_or_after(accounts, record, champion):
    record(7, stale_on=AS_OF + 10 * DAY)
    seen = {n: first_gate(accounts, champion, AS_OF + n * DAY) for n in (-1, 0, 10, 11)}
    assert {n: (gate.value, gate.verdict) for n, gate in seen.items()} == {
        -1: (None, "unknown"),
        0: (7.0, "pass"),
        10: (7.0, "pass"),
        11: (None, "unknown"),
    }
    assert [seen[n].evidence.state for n in (-1, 0, 11)] == ["later", "known", "stale"]


def test_what_is_unknown_says_why_and_what_is_known_says_who_when_and_on_what(accounts, record, champion):
    record(7, stale_on=AS_OF + 10 * DAY)
    assert first_gate(accounts, champion, account_id="C").evidence.told == "Never assessed."
    assert first_gate(accounts, champion, AS_OF - DAY).evidence.told == "First assessed later, on 31 Dec 2025."
    assert first_gate(accounts, champion).evidence.told == "Ines Brandt, 31 Dec 2025: Strategy day, minutes"
    stale = judged(accounts, champion, AS_OF + 11 * DAY)
    assert stale.gates[0].evidence.told.startswith("Stale after 10 Jan 2026. Ines Brandt")
    assert selection.because(stale, "EUR") == (
        "Strategic fit: unknown (the assessment of 31 Dec 2025 is stale), where at least 6\N{NO-BREAK SPACE}points is needed",
    )
    assert selection.gate_document(stale.gates[0])["evidence"] == stale.gates[0].evidence.told
    assert "evidence" not in selection.gate_document(stale.gates[1])


def test_the_latest_assessment_counts_and_a_correction_of_the_same_day_replaces_it(accounts, record, champion):
    record(9, assessed_on=AS_OF - 10 * DAY)
    record(3)
    record(4)
    assert first_gate(accounts, champion).value == 4
    assert first_gate(accounts, champion, AS_OF - DAY).value == 9
    assert len(selection.assessments(accounts)) == 3, "nothing is overwritten"


def test_a_stale_later_assessment_does_not_bring_an_earlier_one_back(accounts, record, champion):
    record(9, assessed_on=AS_OF - 10 * DAY, stale_on=AS_OF + 300 * DAY)
    record(3, assessed_on=AS_OF - 5 * DAY, stale_on=AS_OF - DAY)
    assert first_gate(accounts, champion).value is None


def test_without_a_day_it_goes_stale_after_the_months_that_the_programme_decided(accounts, record, champion):
    record(7, assessed_on=date(2024, 2, 29))
    parameters.adopt(
        accounts,
        "selection.assessment_stale_after_months",
        6,
        valid_from=date(2025, 1, 1),
        source="Committee",
        who=champion,
    )
    record(7, assessed_on=date(2025, 8, 31))
    assert selection.assessments(accounts).column("stale_on") == [date(2026, 2, 28), date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"value": 10.5}, "out_of_range"),
        ({"value": -0.1}, "out_of_range"),
        ({"value": float("nan")}, "out_of_range"),
        ({"measure": "share_of_wallet", "value": 46}, "out_of_range"),
        ({"measure": "addressable_spend_3y", "value": -1}, "out_of_range"),
        ({"measure": "revenue_12m"}, "unknown_measure"),
        ({"measure": "relative_strength"}, "unknown_measure"),
        ({"evidence": "  "}, "missing"),
        ({"evidence": "x" * 2001}, "too_long"),
        ({"stale_on": AS_OF}, "stale_before"),
        ({"account_id": "Z"}, "unknown_account"),
    ],
)
def test_what_is_no_assessment_is_refused_and_nothing_is_recorded(accounts, record, said, reason):
    with pytest.raises((BadInput, NotFound)) as refused:
        record(**said)
    assert refused.value.reason == reason
    assert refused.value.message.endswith(".")
    assert len(selection.assessments(accounts)) == 0


def test_a_double_click_records_once_with_one_event(accounts, record):
    first = record(7, op_id="press")
    assert record(7, op_id="press") is None
    assert selection.assessments(accounts).column("assessment_id") == [first]
    events = [e for e in accounts.read("store.audit_events").column("action") if e == "record assessment"]
    assert len(events) == 1


def test_a_group_is_assessed_by_its_topmost_account(accounts, record, champion):
    record(8, "B")
    text = FIT.replace('source = "Steering committee"', 'source = "Steering committee"\nlevel = "group"')
    assert first_gate(accounts, champion, text=text).value is None
    record(7, "A")
    assert first_gate(accounts, champion, text=text).value == 7


def test_an_unknown_assessment_keeps_out_who_is_outside_and_a_decision_keeps_the_evidence(accounts, record, champion):
    selection.adopt(accounts, selection.read_criteria(FIT), reason="decided", who=champion)
    with pytest.raises(Exception, match="not assessed"):
        selection.admit(accounts, "C", as_of=AS_OF, reason="try", who=champion)
    record(7)
    selection.admit(accounts, "A", as_of=AS_OF, reason="fits", who=champion)
    (decision,) = programme.decisions(accounts)
    assert decision.seen["gates"][0]["evidence"] == "Ines Brandt, 31 Dec 2025: Strategy day, minutes"


def test_who_is_looked_at_for_gaps_and_what_is_asked_for(accounts, record, champion):
    text = FIT + score("reference_value", "attractiveness", 1, "[[0, 0], [10, 10]]", "points")
    selection.adopt(accounts, selection.read_criteria(text), reason="decided", who=champion)
    record(7)
    record(7, "C", stale_on=AS_OF + DAY)
    record(2, "C", "reference_value")
    found, wanted = selection.assessed_accounts(accounts, AS_OF + 2 * DAY, for_whom=champion)
    assert wanted == ("strategic_fit", "reference_value")
    gaps = {a.account_id: (a.in_state("stale"), a.in_state("missing"), a.is_complete) for a in found}
    assert gaps == {"A": ((), ("reference_value",), False), "C": (("strategic_fit",), (), False)}


# -- success factors -------------------------------------------------------------------------------


def factors(*rows):
    return [selection.SuccessFactor(*row) for row in rows]


SERVICE = factors(("Delivery", 30, 6, 7.5), ("Advice", 25, 9, 6), ("Quality", 25, 8.5, 8), ("Cost", 20, 6, 7))


@pytest.fixture
def ask(accounts, champion):
    def asking(rows=SERVICE, **said):
        said = {
            "competitor": "Rival",
            "said_by": "Their buyer",
            "evidence": "Scorecard",
            "assessed_on": AS_OF,
            "who": champion,
        } | said
        return selection.record_strength(accounts, "A", rows, **said)

    return asking


def test_strength_is_a_measure_like_any_other_and_equals_the_formula_of_the_method(accounts, ask, champion):
    ask()
    expected = 5 + (0.3 * (6 - 7.5) + 0.25 * 3 + 0.25 * 0.5 + 0.2 * -1) / 2
    text = HEAD + gate("orders_12m", "orders", at_least=0)
    text += score("relative_strength", "strength", 1, "[[0, 0], [10, 10]]", "points")
    verdict = judged(accounts, champion, text=text)
    assert verdict.scores[0].value == pytest.approx(expected, abs=1e-9)
    assert verdict.strength == pytest.approx(expected, abs=1e-8)
    held = selection.strength_assessment(accounts, "A", AS_OF)
    assert held.strength.points == verdict.scores[0].value
    assert held.strength.ratio == pytest.approx(held.strength.own / held.strength.competitor)
    assert held.factors == tuple(SERVICE)


def test_a_weighted_factor_without_score_leaves_strength_unknown_and_one_without_weight_does_not(
    accounts, ask, champion
):
    ask(factors(("Delivery", 1, 8, None), ("Advice", 1, 9, 6)), assessed_on=AS_OF - DAY)
    gate_text = HEAD + gate("relative_strength", "points", at_least=5) + gate("orders_12m", "orders", at_least=0)
    unknown = first_gate(accounts, champion, AS_OF - DAY, text=gate_text)
    assert (unknown.verdict, unknown.evidence.state) == ("unknown", "incomplete")
    ask(factors(("Delivery", 0, 8, None), ("Advice", 1, 9, 6)))
    assert first_gate(accounts, champion, text=gate_text).value == 6.5


def test_strength_goes_stale_as_every_assessment_does(accounts, ask, champion):
    ask(stale_on=AS_OF + DAY)
    text = HEAD + gate("relative_strength", "points", at_least=5) + gate("orders_12m", "orders", at_least=0)
    assert first_gate(accounts, champion, AS_OF + DAY, text=text).verdict == "pass"
    assert first_gate(accounts, champion, AS_OF + 2 * DAY, text=text).verdict == "unknown"
    assert selection.strength_assessment(accounts, "A", AS_OF + 2 * DAY).is_stale


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], {}),
        (factors((" ", 1, 5, 5)), {}),
        (factors(("Price", 1, 5, 5), ("price", 1, 5, 5)), {}),
        (factors(("Price", -1, 5, 5)), {}),
        (factors(("Price", 0, 5, 5)), {}),
        (factors(("Price", 1, 11, 5)), {}),
        (factors(("Price", 1, 5, -1)), {}),
        (factors(*((f"F{n}", 1, 5, 5) for n in range(21))), {}),
        (SERVICE, {"competitor": " "}),
        (SERVICE, {"said_by": ""}),
        (SERVICE, {"evidence": ""}),
        (SERVICE, {"stale_on": AS_OF}),
    ],
)
def test_factors_that_are_none_are_refused_and_nothing_is_recorded(accounts, ask, rows, said):
    with pytest.raises(BadInput):
        ask(rows, **said)
    assert len(accounts.read("selection.strength_assessments")) == 0
    assert len(accounts.read("selection.success_factors")) == 0


# -- planned positions -----------------------------------------------------------------------------


@pytest.fixture
def plan(accounts, champion):
    def planning(**said):
        said = {
            "attractiveness": 7,
            "strength": 6,
            "due_on": AS_OF + 365 * DAY,
            "reason": "Service point",
            "planned_on": AS_OF,
            "who": champion,
        } | said
        return selection.plan_position(accounts, said.pop("account_id", "A"), **said)

    return planning


def test_the_latest_plan_holds_until_its_day_is_past(accounts, plan):
    plan()
    plan(strength=8, planned_on=AS_OF + DAY)
    positions = {n: selection.planned_positions(accounts, AS_OF + n * DAY).get("A") for n in (-1, 0, 1, 365, 366)}
    assert {n: plan and plan.strength for n, plan in positions.items()} == {-1: None, 0: 6, 1: 8, 365: 8, 366: None}


@pytest.mark.parametrize(
    "said",
    [{"strength": 10.1}, {"attractiveness": -1}, {"due_on": AS_OF}, {"reason": " "}, {"account_id": "Z"}],
)
def test_a_plan_that_is_none_is_refused(accounts, plan, said):
    with pytest.raises((BadInput, NotFound)):
        plan(**said)
    assert selection.planned_positions(accounts, AS_OF) == {}
