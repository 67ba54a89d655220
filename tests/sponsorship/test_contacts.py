"""Contacts of our executives: planned, briefed, held with an outcome; promises; what habits are worth a conversation."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import parameters, sponsorship
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.sponsorship import Planned, Promise
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.sponsorship.conftest import ASSIGNED, DAY

SOON = DAY + timedelta(days=7)


def _plan(store, who, account_id="A", day=SOON, kind="visit", **more):
    executive_id = more.pop("executive_id", None)
    return sponsorship.plan_contact(store, account_id, Planned(kind, day, **more), executive_id=executive_id, who=who)


def _held(store, who, day, **more):
    number = _plan(store, who, day=day, **more)
    sponsorship.hold_contact(store, number, held_on=day, outcome="talked", expected_version=1, who=who)
    return number


def _row(store, number, day=DAY):
    rows = store.read("sponsorship.appointment_list", {"as_of": day}).records()
    return next(row for row in rows if row["appointment_id"] == number)


def _patterns(store, who, day=DAY):
    return {p.kind: p.message for p in sponsorship.patterns(store, day, for_whom=who) if p.account_id == "A"}


def test_a_contact_goes_from_planned_over_briefed_to_held_with_promises(people, champion):
    number = _plan(people, champion, begins="09:30", minutes=90, place="Their plant", person_ids=("P1", "P2"))
    row = _row(people, number)
    assert (row["appointment_state"], row["people"], row["executive_id"]) == (
        "needs_brief", ["Eva Klein", "Finn Moor"], "E1",
    )  # fmt: skip
    sponsorship.write_brief(people, number, "Ask after the line.", expected_version=1, who=champion)
    assert _row(people, number)["appointment_state"] == "planned"
    assert _row(people, number, SOON + timedelta(days=1))["appointment_state"] == "needs_outcome"

    sponsorship.hold_contact(
        people,
        number,
        held_on=SOON,
        outcome="They decide in May.",
        promises=[Promise("A price list", "Kim", SOON + timedelta(days=30))],
        person_ids=["P2"],
        expected_version=2,
        who=champion,
    )
    row = _row(people, number)
    assert (row["appointment_state"], row["people"], row["outcome"]) == ("held", ["Finn Moor"], "They decide in May.")
    (promise,) = people.read("sponsorship.promise_list", {"as_of": SOON}).records()
    assert (promise["executive_id"], promise["appointment_id"], promise["promise_state"]) == ("E1", number, "due_soon")


def test_a_contact_before_the_assignment_is_refused_when_planned_and_when_noted(people, champion):
    before = ASSIGNED - timedelta(days=1)
    with pytest.raises(RuleBroken) as refused:
        _plan(people, champion, day=before)
    assert refused.value.message == ("Ada Nagel sponsors A Ltd since 1 Feb 2025: a contact cannot lie before that day.")
    number = _plan(people, champion, day=ASSIGNED)
    with pytest.raises(RuleBroken) as refused:
        sponsorship.hold_contact(people, number, held_on=before, outcome="x", expected_version=1, who=champion)
    assert refused.value.reason == "before_assignment"


def test_who_goes_is_the_sponsor_or_the_deputy(people, champion):
    with pytest.raises(RuleBroken) as refused:
        _plan(people, champion, executive_id="E2")
    assert refused.value.reason == "not_the_sponsor"
    with pytest.raises(RuleBroken):
        _plan(people, champion, "B")
    sponsorship.name_deputy(people, "A", "E2", as_of=DAY, reason="x", who=champion)
    assert _row(people, _plan(people, champion, executive_id="E2"))["executive_id"] == "E2"
    sponsorship.record_leaving(people, "E1", as_of=DAY, reason="x", who=champion)
    with pytest.raises(RuleBroken) as refused:
        _plan(people, champion, kind="call")
    assert refused.value.reason == "has_left"


@pytest.mark.parametrize(
    ("change", "error", "reason"),
    [
        ({"kind": "golf"}, BadInput, "unknown_kind"),
        ({"occasion": "fun"}, BadInput, "unknown_occasion"),
        ({"begins": "9:30"}, BadInput, "bad_time"),
        ({"begins": "24:00"}, BadInput, "bad_time"),
        ({"minutes": 30}, BadInput, "bad_length"),
        ({"begins": "09:30", "minutes": 0}, BadInput, "bad_length"),
        ({"person_ids": ("P9",)}, NotFound, "unknown_contact"),
        ({"brief": "x" * 20_001}, BadInput, "too_long"),
    ],
)
def test_what_cannot_be_planned_is_refused(people, champion, change, error, reason):
    with pytest.raises(error) as refused:
        _plan(people, champion, **change)
    assert refused.value.reason == reason
    assert not len(people.read("sponsorship.appointments"))


def test_the_same_contact_is_planned_once_a_day_and_over_once(people, champion):
    number = _plan(people, champion)
    with pytest.raises(RuleBroken) as refused:
        _plan(people, champion)
    assert refused.value.reason == "planned_already"
    _plan(people, champion, kind="call")
    sponsorship.cancel_contact(people, number, reason="they moved it", expected_version=1, who=champion)
    assert _row(people, number)["appointment_state"] == "cancelled"
    for again in (
        lambda: sponsorship.write_brief(people, number, "x", expected_version=2, who=champion),
        lambda: sponsorship.hold_contact(people, number, held_on=SOON, outcome="x", expected_version=2, who=champion),
    ):
        with pytest.raises(RuleBroken) as refused:
            again()
        assert refused.value.reason == "not_planned"
    _plan(people, champion)


def test_a_contact_without_an_outcome_and_a_stale_one_are_refused(people, champion):
    number = _plan(people, champion)
    with pytest.raises(BadInput, match="calendar theatre"):
        sponsorship.hold_contact(people, number, held_on=SOON, outcome=" ", expected_version=1, who=champion)
    sponsorship.write_brief(people, number, "x", expected_version=1, who=champion)
    with pytest.raises(StaleWrite):
        sponsorship.hold_contact(people, number, held_on=SOON, outcome="x", expected_version=1, who=champion)
    assert _row(people, number)["state"] == "planned"


@pytest.mark.parametrize(
    ("promise", "reason"),
    [
        (Promise(" ", "Kim", SOON), "missing"),
        (Promise("x", "", SOON), "missing"),
        (Promise("x", "Kim", None), "missing"),
        (Promise("x", "Kim", DAY - timedelta(days=1)), "due_before_made"),
    ],
)
def test_a_promise_needs_words_an_owner_and_a_day(people, champion, promise, reason):
    with pytest.raises(BadInput) as refused:
        sponsorship.make_promise(people, "A", promise, as_of=DAY, who=champion)
    assert refused.value.reason == reason


def test_a_promise_is_open_then_due_then_late_and_kept_late(people, champion):
    due = DAY + timedelta(days=60)
    number = sponsorship.make_promise(people, "A", Promise("x", "Kim", due), as_of=DAY, who=champion)
    closed = due + timedelta(days=3)
    sponsorship.close_promise(people, number, is_kept=True, as_of=closed, expected_version=1, who=champion)

    def state(days):
        rows = people.read("sponsorship.promise_list", {"as_of": due + timedelta(days=days)}).records()
        return (rows[0]["promise_state"], rows[0]["days_late"]) if rows else None

    assert [state(d) for d in (-61, -31, -30, 0, 1, 3)] == [
        None, ("open", None), ("due_soon", None), ("due_soon", None), ("overdue", 1), ("kept_late", 3),
    ]  # fmt: skip
    with pytest.raises(RuleBroken):
        sponsorship.close_promise(people, number, is_kept=True, as_of=closed, expected_version=2, who=champion)


def test_a_promise_is_dropped_with_a_reason_only(people, champion):
    number = sponsorship.make_promise(people, "A", Promise("x", "Kim", SOON), as_of=DAY, who=champion)
    with pytest.raises(BadInput):
        sponsorship.close_promise(people, number, is_kept=False, as_of=DAY, expected_version=1, who=champion)
    with pytest.raises(RuleBroken):
        before = DAY - timedelta(days=1)
        sponsorship.close_promise(people, number, is_kept=True, as_of=before, expected_version=1, who=champion)
    sponsorship.close_promise(
        people, number, is_kept=False, as_of=DAY, note="they agreed", expected_version=1, who=champion
    )
    assert people.one("sponsorship.promise_list", {"as_of": DAY})["promise_state"] == "dropped"


def test_habits_are_named_from_enough_contacts_on(people, champion):
    for days in (50, 40):
        _held(people, champion, DAY - timedelta(days=days), occasion="escalation", person_ids=("P2",))
    assert "unbriefed" not in _patterns(people, champion)
    _held(people, champion, DAY - timedelta(days=30), person_ids=("P2",), brief="known")

    found = _patterns(people, champion)

    assert found["unbriefed"] == "A Ltd: 2 of 3 contacts of Ada Nagel were held without a brief."
    assert "2 of 3 contacts of Ada Nagel were escalations" in found["escalations_only"]
    assert found["wrong_altitude"].endswith("below decision level (Finn Moor).")
    assert found["none_planned"] == "A Ltd: no contact of Ada Nagel is planned."
    _plan(people, champion)
    assert "none_planned" not in _patterns(people, champion)
    _held(people, champion, DAY - timedelta(days=20), person_ids=("P3",), brief="known")
    assert "wrong_altitude" not in _patterns(people, champion)  # an unknown title proves nothing


def test_a_past_contact_without_an_outcome_and_changes_of_sponsor_are_named(people, champion):
    _plan(people, champion, day=DAY - timedelta(days=1))
    assert "what came of 1 of 1 contacts" in _patterns(people, champion)["no_outcome"]

    sponsorship.relieve(people, "A", as_of=DAY, reason="x", who=champion)
    sponsorship.assign(people, "A", "E2", as_of=DAY, reason="x", who=champion)
    assert "changed 1 time within 24 months" in _patterns(people, champion)["sponsor_changes"]
    assert "sponsor_changes" not in _patterns(people, champion, date(2027, 7, 1))


@pytest.mark.parametrize(
    ("category", "kind", "every"),
    [("strategic", "visit", 183), ("star", "call", 91), ("status", "plan_review", 730), ("streamline", "visit", None)],
)
def test_each_category_has_its_cadence_from_overdue_back_to_current(store, champion, category, kind, every):
    key_accounts(store, champion, "K", category=category)
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")
    sponsorship.assign(store, "K", "E1", as_of=ASSIGNED, reason="x", who=champion)
    number = sponsorship.plan_contact(store, "K", Planned(kind, ASSIGNED), who=champion)
    sponsorship.hold_contact(store, number, held_on=ASSIGNED, outcome="x", expected_version=1, who=champion)

    def state(days):
        rows = store.read("sponsorship.cadence", {"as_of": ASSIGNED + timedelta(days=days)}).records()
        return next(row for row in rows if row["kind"] == kind)["cadence_state"]

    if every is None:
        assert state(1000) == "none"
        return
    assert [state(every + d) for d in (-31, -30, 0, 1)] == ["current", "due_soon", "due_soon", "overdue"]


@pytest.mark.parametrize(
    ("category", "visits", "calls", "reviews"),
    [("strategic", 2, 4, 1), ("star", 2, 4, 1), ("status", 1, 2, 0.5), ("streamline", 0, 0, 0)],
)
def test_the_hours_of_an_account_add_up_from_its_contacts(store, champion, category, visits, calls, reviews):
    key_accounts(store, champion, "K", category=category)

    row = store.one("sponsorship.account_hours", {"as_of": DAY})

    assert row["hours"] == pytest.approx(visits * (3 + 6 + 3 + 2) + calls * 1 + reviews * 3 + 6)
    parameters.adopt(store, "sponsorship.visit_travel_hours", None, valid_from=DAY, source="under review", who=champion)
    assert store.one("sponsorship.account_hours", {"as_of": DAY})["hours"] is None
    assert store.one("sponsorship.account_hours", {"as_of": DAY - timedelta(days=1)})["hours"] is not None


def test_a_visit_that_stands_in_both_records_counts_once(people, champion):
    day = DAY - timedelta(days=3)
    given(
        people,
        champion,
        "interactions",
        f"""
        interaction_id | account_id | occurred_on | kind            | summary | by
        I1             | A          | {day}       | executive_visit | x       | ada nagel
        I2             | A          | {day}       | call            | x       | Ada Nagel
        I3             | A          | {day}       | call            | x       | someone else
        """,
    )
    _held(people, champion, day)

    touches = people.read("sponsorship.touches", {"as_of": DAY}, order_by=[("kind", True)]).records()

    assert [(t["kind"], t["touched_on"], t["executive_id"]) for t in touches] == [
        ("visit", day, "E1"), ("call", day, "E1"),
    ]  # fmt: skip
    assert people.one("sponsorship.roster_sponsors", {"as_of": DAY})["contact_count_12m"] == 1
