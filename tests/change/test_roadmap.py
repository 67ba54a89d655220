"""The roadmap: what is refused, what waits for what, and what a day before says."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from kam import change
from kam.change import Milestone
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import events

DAY = date(2025, 6, 30)


def plan(store, who, name, due_on=date(2026, 6, 30), **more):
    return change.plan_milestone(
        store,
        Milestone(**({"step": "support", "milestone": name, "owner": "Ada", "due_on": due_on} | more)),
        as_of=DAY,
        who=who,
    )


def listed(store, as_of=DAY):
    return {row["milestone"]: row for row in store.read("change.milestone_list", {"as_of": as_of})}


def refused(store, kind, message, action):
    def state():
        return [store.read(f"change.{t}").rows for t in ("milestones", "milestone_needs")], len(
            events(store, limit=1000)
        )

    before = state()
    with pytest.raises(kind, match=message):
        action()
    assert state() == before


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"owner": " "}, "has an owner"),
        ({"milestone": ""}, "Say what is reached"),
        ({"step": "luck"}, "which of the seven steps"),
        ({"starts_on": date(2027, 1, 1)}, "lies before the start"),
        ({"due_on": None}, "until when"),
        ({"origin": "rumour"}, "no origin"),
    ],
)
def test_what_is_no_milestone_is_refused(store, champion, more, message):
    refused(store, BadInput, message, lambda: plan(store, champion, **({"name": "Charter"} | more_named(more))))


def more_named(more):
    return {("name" if key == "milestone" else key): value for key, value in more.items()}


def test_a_circle_of_needs_is_refused_however_long(store, champion):
    first = plan(store, champion, "A")
    second = plan(store, champion, "B", needs=(first,))
    third = plan(store, champion, "C", needs=(second,))
    anew = Milestone("support", "A", "Ada", date(2026, 6, 30), needs=(third,))
    refused(
        store,
        RuleBroken,
        "in a circle",
        lambda: change.change_milestone(store, first, anew, expected_version=1, who=champion),
    )
    itself = Milestone("support", "A", "Ada", date(2026, 6, 30), needs=(first,))
    refused(
        store,
        RuleBroken,
        "wait for itself",
        lambda: change.change_milestone(store, first, itself, expected_version=1, who=champion),
    )


def test_a_circle_is_found_where_a_plain_walk_finds_one():
    for seed in range(300):
        rng = Random(seed)
        needs = {a: {b for b in range(5) if b != a and rng.random() < 0.2} for a in range(5)}
        assert bool(change.first_circle(needs)) == any(_reaches(needs, a, a) for a in needs), needs


def _reaches(needs, start, goal):
    seen, ahead = set(), list(needs[start])
    while ahead:
        at = ahead.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            ahead += needs[at]
    return False


def test_what_waits_is_not_due_before_what_it_waits_for_from_either_side(store, champion):
    first = plan(store, champion, "A", date(2026, 3, 1))
    refused(
        store,
        RuleBroken,
        "before “A”, which it needs",
        lambda: plan(store, champion, "B", date(2026, 2, 28), needs=(first,)),
    )
    plan(store, champion, "B", date(2026, 3, 1), needs=(first,))
    later = Milestone("support", "A", "Ada", date(2026, 3, 2))
    refused(
        store,
        RuleBroken,
        "“B” waits for it",
        lambda: change.change_milestone(store, first, later, expected_version=1, who=champion),
    )
    refused(store, NotFound, "no milestone 99", lambda: plan(store, champion, "C", needs=(99,)))


def test_it_waits_until_what_it_needs_is_reached_and_then_can_be_closed(store, champion):
    first = plan(store, champion, "A")
    second = plan(store, champion, "B", needs=(first,))
    assert (listed(store)["B"]["milestone_state"], listed(store)["B"]["waits_for"]) == ("waiting", "A")

    def close(number, state="done", outcome="Signed", version=1, on=DAY + timedelta(days=10)):
        change.close_milestone(
            store, number, state=state, outcome=outcome, closed_on=on, expected_version=version, who=champion
        )

    refused(store, RuleBroken, "It needs “A”", lambda: close(second))
    refused(store, BadInput, "Say what came of it", lambda: close(first, outcome=" "))
    refused(store, BadInput, "done or dropped", lambda: close(first, state="open"))
    refused(store, StaleWrite, "Someone else", lambda: close(first, version=7))
    refused(store, RuleBroken, "recorded on 30 Jun 2025", lambda: close(first, on=DAY - timedelta(days=1)))
    close(first)
    refused(store, RuleBroken, "was closed on 10 Jul 2025", lambda: close(first, version=2))

    on_the_day = DAY + timedelta(days=10)
    assert listed(store, on_the_day)["A"]["milestone_state"] == "done"
    assert listed(store, on_the_day)["B"]["milestone_state"] == "open"
    # The day before, nothing of it is known.
    before = listed(store, on_the_day - timedelta(days=1))
    assert (before["A"]["milestone_state"], before["A"]["outcome"], before["B"]["milestone_state"]) == (
        "open",
        "",
        "waiting",
    )
    assert listed(store, DAY - timedelta(days=1)) == {}


def test_a_day_after_its_due_day_it_is_overdue_and_on_the_day_it_is_not(store, champion):
    plan(store, champion, "A", date(2025, 7, 1))
    assert listed(store, date(2025, 7, 1))["A"]["milestone_state"] == "open"
    assert listed(store, date(2025, 7, 2))["A"]["milestone_state"] == "overdue"


def test_one_operation_plans_one_milestone(store, champion):
    given = Milestone("support", "A", "Ada", date(2026, 6, 30))
    assert change.plan_milestone(store, given, as_of=DAY, who=champion, op_id="once") == 1
    assert change.plan_milestone(store, given, as_of=DAY, who=champion, op_id="once") is None
    assert len(listed(store)) == 1
