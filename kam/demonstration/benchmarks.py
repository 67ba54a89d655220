"""The benchmark rounds of the story: last year's closed, this year's open and half rated."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from kam import benchmarking, change
from kam.access import Person
from kam.demonstration import inputs
from kam.store import Store

_STREAM = 200
_HALF_WAY = 0.4


def hold_last_year(store: Store, until: date, *, who: Person) -> None:
    """Open, rate by several people, and close the round of the year before the ledger's last."""
    year = until.year - 1
    closed_on = date(year, 11, 28)
    opened_on = closed_on - timedelta(days=30)
    story = inputs.benchmark()
    rng = np.random.default_rng([year, _STREAM])
    benchmarking.open_round(store, year, opened_on=opened_on, who=who)
    for rater in story["raters"][:2]:
        _rate(store, year, rater, story["last_year"], opened_on + timedelta(days=10), 1.0, rng, who)
    benchmarking.import_summaries(store, story["other_programmes"].encode(), who=who)
    conclusions = " ".join(story["conclusions"].split())
    _carry(store, year, closed_on, who)
    benchmarking.close_round(store, year, closed_on=closed_on, conclusions=conclusions, expected_version=1, who=who)


def _carry(store: Store, year: int, day: date, who: Person) -> None:
    """The committee's steps of a round, with its minutes and what it decided."""
    story = inputs.benchmark()["committee"]
    for phase, minutes in story["minutes"].items():
        if phase == "decided":
            due_on = day + timedelta(days=story["due_in_days"])
            step, decision, owner = story["step"], story["decision"], story["owner"]
            benchmarking.decide_in_round(
                store, year, step=step, decision=decision, owner=owner, due_on=due_on, as_of=day, who=who
            )
        benchmarking.enter_phase(store, year, phase, minutes=minutes, present=story["present"], as_of=day, who=who)


def open_this_year(store: Store, until: date, *, who: Person) -> None:
    """Open this year's round; the first rater is through, the second half-way."""
    year = until.year
    story = inputs.benchmark()
    rng = np.random.default_rng([year, _STREAM])
    now = {name: mean + story["progress"][name] for name, mean in story["last_year"].items()}
    opened_on = until - timedelta(days=20)
    benchmarking.open_round(store, year, opened_on=opened_on, who=who)
    _rate(store, year, story["raters"][0], now, until - timedelta(days=6), 1.0, rng, who)
    _rate(store, year, story["raters"][2], now, until - timedelta(days=2), _HALF_WAY, rng, who)


def change_the_company(store: Store, until: date, *, who: Person) -> None:
    """The roadmap, what operations and supply chain promised, and practices that were seen, tried and refused."""
    story = inputs.benchmark()
    begun = until - timedelta(days=300)
    made: list[int] = []
    for entry in story["milestone"]:
        planned = change.Milestone(
            entry["step"],
            entry["milestone"],
            entry["owner"],
            until + timedelta(days=entry["due_in_days"]),
            begun if entry["is_begun"] else None,
            tuple(made[at] for at in entry["needs"]),
        )
        made.append(change.plan_milestone(store, planned, as_of=begun, who=who))
    change.close_milestone(
        store,
        made[0],
        state="done",
        outcome=story["first_outcome"],
        closed_on=until - timedelta(days=150),
        expected_version=1,
        who=who,
    )
    for entry in story["function"]:
        change.state_function(store, change.Statement(**entry), as_of=until - timedelta(days=120), who=who)
    seen_on = until - timedelta(days=200)
    for entry in story["practice"]:
        words = {name: entry[name] for name in ("practice", "kind", "source", "context", "evidence", "users")}
        number = benchmarking.record_practice(
            store, benchmarking.Practice(**words, seen_on=seen_on), as_of=seen_on, who=who
        )
        if "verdict" in entry:
            decided_on = until - timedelta(days=160)
            verdict = benchmarking.PracticeVerdict(
                entry["verdict"],
                entry["reason"],
                entry["owner"],
                until + timedelta(days=60),
                until + timedelta(days=entry["again_in_days"]),
            )
            benchmarking.decide_practice(store, number, verdict, as_of=decided_on, who=who)


def _rate(
    store: Store, year: int, rater: str, means: dict[str, float], day: date, share: float, rng, who: Person
) -> None:
    """One rater's marks around each dimension's mean; the higher ones come with dated evidence."""
    evidence = inputs.benchmark()["evidence"]
    given = []
    for dimension in benchmarking.instrument().dimensions:
        for item in dimension.items:
            if rng.random() > share:
                continue
            mark = int(np.clip(np.round(means[dimension.dimension_id] + rng.normal(0, 0.5)), 0, 4))
            has_evidence = mark >= 2 and rng.random() < 0.85
            given.append(
                benchmarking.Rating(
                    item.item_id,
                    mark,
                    str(rng.choice(evidence)) if has_evidence else None,
                    day - timedelta(days=int(rng.integers(5, 150))) if has_evidence else None,
                )
            )
    benchmarking.rate(store, year, given, rater=rater, as_of=day, who=who)
