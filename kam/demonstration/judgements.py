"""What people know of the accounts: assessments, the customers' success factors and planned positions.

Recorded by the functions of the pages, with the days of the story; one account was never looked at again, so that its
assessments are stale.
"""

from __future__ import annotations

from datetime import timedelta

from kam import selection
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Store


def judge(store: Store, facts: Facts, *, who: Person) -> None:
    """Record everything of data/demonstration/assessments.toml."""
    told = inputs.assessments()
    ids = {str(name): str(account_id) for name, account_id in zip(facts.base.name, facts.base.account_id, strict=True)}
    for entry in told["assessment"]:
        for measure, value in entry["values"].items():
            selection.record_assessment(
                store,
                ids[entry["account"]],
                measure,
                value,
                evidence=entry["evidence"],
                assessor=entry["assessor"],
                assessed_on=facts.until - timedelta(days=entry["days_ago"]),
                who=who,
            )
    for entry in told["strength"]:
        selection.record_strength(
            store,
            ids[entry["account"]],
            [selection.SuccessFactor(*factor) for factor in entry["factors"]],
            competitor=entry["competitor"],
            said_by=entry["said_by"],
            evidence=entry["evidence"],
            assessed_on=facts.until - timedelta(days=entry["days_ago"]),
            who=who,
        )
    for entry in told["position"]:
        selection.plan_position(
            store,
            ids[entry["account"]],
            attractiveness=entry["attractiveness"],
            strength=entry["strength"],
            due_on=facts.until + timedelta(days=30 * entry["months_ahead"]),
            reason=entry["reason"],
            planned_on=facts.until - timedelta(days=20),
            who=who,
        )
