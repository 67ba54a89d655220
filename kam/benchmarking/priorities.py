"""What customers say matters, over all or of one account, and the concerns of it that become somebody's action."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import change, parameters, plans
from kam.access import Person
from kam.benchmarking.derived_importance import OVERALL, Derived, derived_importance
from kam.benchmarking.importance_performance import CROSSHAIRS, Answer, Picture, Placed, picture
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Rows, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Choice:
    """Where the lines lie. chosen_on: None while nobody chose, and the grand means stand."""

    crosshair: str
    reason: str
    chosen_on: date | None
    chosen_by: str


@dataclass(frozen=True)
class Priorities:
    """What customers said up to a day. is_small: too few answered for a mean to be placed; their marks are shown.

    respondent_count: people, those without a name by the most that answered one attribute of an account. derived: of
    named people; keys are attributes in lower case. Overall satisfaction is no attribute of the picture.
    """

    picture: Picture
    choice: Choice
    answers: Rows
    account_count: int
    respondent_count: int
    respondents_needed: int | None
    is_small: bool
    derived: Derived


def priorities(
    store: Store, as_of: date, *, account_id: str | None = None, where: Sequence[Condition] = (), for_whom: Person
) -> Priorities:
    """Of one account, or over all that `where` leaves (columns of benchmarking.survey_answers)."""
    narrowed = [Condition("account_id", "=", account_id)] if account_id else list(where)
    answers = store.read(
        "benchmarking.survey_answers",
        {"as_of": as_of},
        where=narrowed,
        order_by=[("attribute", False), ("name", False), ("respondent", False)],
    )
    choice = crosshair_at(store, as_of)
    needed = parameters.value_at(store, "benchmarking.priorities_respondents_at_least", as_of).value
    count = _respondents(answers)
    return Priorities(
        picture=picture(
            [
                Answer(a["attribute"], a["importance"], a["performance"], a["scale_points"])
                for a in answers
                if a["attribute"].casefold() not in OVERALL
            ],
            choice.crosshair,
        ),
        choice=choice,
        answers=answers,
        account_count=len({answer["account_id"] for answer in answers}),
        respondent_count=count,
        respondents_needed=None if needed is None else int(needed),
        is_small=needed is not None and count < needed,
        derived=_derived(store, answers, as_of),
    )


def crosshair_at(store: Store, as_of: date) -> Choice:
    """The latest choice up to as_of; the grand means where nobody chose (Martilla & James 1977)."""
    row = store.one(
        "benchmarking.crosshairs",
        where=[Condition("chosen_on", "<=", as_of)],
        order_by=[("chosen_on", True), ("choice_id", True)],
    )
    if row is None:
        return Choice("means", _("the usual choice, Martilla & James 1977"), None, "")
    return Choice(row["crosshair"], row["reason"], row["chosen_on"], row["chosen_by"])


def choose_crosshair(
    store: Store, crosshair: str, *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Record where the lines lie from as_of on; earlier choices are kept. Raises BadInput."""
    if crosshair not in CROSSHAIRS:
        raise BadInput(
            _("The lines lie at the means, the medians or the middle of the scale."),
            reason="bad_value",
            field="crosshair",
        )
    reason = (reason or "").strip()
    if not reason:
        raise BadInput(
            _("Say why: moving the lines moves what customers seem to ask for."), reason="missing", field="reason"
        )
    if len(reason) > LONGEST_REASON:
        raise BadInput(
            _("The reason is longer than {most} characters: shorten it.").format(most=LONGEST_REASON),
            reason="too_long",
            field="reason",
        )

    def choosing(tx: Transaction) -> int:
        number = tx.next_number("benchmarking.crosshairs", "choice_id")
        tx.insert(
            "benchmarking.crosshairs",
            choice_id=number,
            crosshair=crosshair,
            reason=reason,
            chosen_on=as_of,
            chosen_by=who.name,
            chosen_at=tx.now,
        )
        return number

    return store.write(
        choosing,
        who=who,
        action="choose crosshair",
        subject=("benchmark", "priorities"),
        op_id=op_id,
        details={"crosshair": crosshair, "reason": reason},
    )


def act_on_priority(
    store: Store,
    attribute: str,
    *,
    action: str,
    owner: str,
    due_on: date,
    account_id: str | None = None,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Make a concern of customers somebody's action: of the account's open plan, else a milestone of the roadmap.

    Returns its id. What was seen (means, intervals, lines) is kept with it. Raises NotFound for an attribute that nobody
    answered, RuleBroken where an attribute of the whole is no concern ("concentrate here") or the account has no open
    plan, and as plans.record and change.plan_milestone.
    """
    found = priorities(store, as_of, account_id=account_id, for_whom=who)
    placed = next((a for a in found.picture.attributes if a.attribute == attribute), None)
    if placed is None:
        raise NotFound(
            _("No customer answered about {attribute}: choose one from the list.").format(attribute=attribute),
            field="attribute",
        )
    seen = _seen(found, placed, as_of)
    if account_id is None:
        if placed.quadrant != "concentrate":
            raise RuleBroken(
                _("{attribute} is not where customers ask us to concentrate: choose one that is.").format(
                    attribute=attribute
                ),
                reason="no_concern",
                field="attribute",
            )
        planned = change.Milestone(
            step="measures",
            milestone=action,
            owner=owner,
            starts_on=as_of,
            due_on=due_on,
            origin="priorities",
            origin_key=attribute,
            seen=seen,
        )
        return change.plan_milestone(store, planned, as_of=as_of, who=who, op_id=op_id)
    plan = store.one("plans.plans", where=[Condition("account_id", "=", account_id), Condition("state", "=", "open")])
    if plan is None:
        raise RuleBroken(
            _("The account has no open plan to put the action into: open one on the account's page first."),
            reason="no_plan",
        )

    def acting(tx: Transaction) -> int:
        values = {"action": action, "owner": owner, "starts_on": as_of, "due_on": due_on}
        action_id = plans.record_within(tx, "action", plan["plan_id"], values, as_of)
        tx.insert(
            "benchmarking.acted_priorities",
            action_id=action_id,
            attribute=placed.attribute,
            seen=as_json(seen),
            decided_on=as_of,
            decided_by=who.name,
            decided_at=tx.now,
        )
        return action_id

    return store.write(
        acting,
        who=who,
        action="act on priority",
        subject=("plan", str(plan["plan_id"])),
        op_id=op_id,
        details={"attribute": placed.attribute, "action": action, "owner": owner, "due_on": due_on, "seen": seen},
    )


def acted(store: Store, as_of: date, *, account_id: str | None = None) -> list[dict[str, Any]]:
    """Rows of benchmarking.priority_actions, the latest first, of an account's plan or of the roadmap; `seen` as a dict."""
    of_whom = Condition("account_id", "is_missing") if account_id is None else Condition("account_id", "=", account_id)
    rows = store.read(
        "benchmarking.priority_actions",
        {"as_of": as_of},
        where=[of_whom],
        order_by=[("decided_on", True), ("action_id", True)],
    ).records()
    return [row | {"seen": json.loads(row["seen"])} for row in rows]


def _seen(found: Priorities, placed: Placed, as_of: date) -> dict[str, Any]:
    return {
        "as_of": as_of,
        "crosshair": found.picture.crosshair,
        "importance": vars(placed.importance),
        "performance": vars(placed.performance),
        "importance_line": found.picture.importance_line,
        "performance_line": found.picture.performance_line,
        "is_undecided": placed.is_undecided,
    }


def _derived(store: Store, answers: Rows, as_of: date) -> Derived:
    """Marks of performance by person, brought to 0–1, as derived importance takes them."""
    needed = parameters.value_at(store, "benchmarking.derived_answers_at_least", as_of).value
    people: dict[tuple[str, str], dict[str, float]] = {}
    for answer in answers:
        if answer["contact_id"] is not None and answer["performance"] is not None:
            marks = people.setdefault((answer["account_id"], answer["contact_id"]), {})
            marks[answer["attribute"].casefold()] = (answer["performance"] - 1) / (answer["scale_points"] - 1)
    return derived_importance(list(people.values()), None if needed is None else int(needed))


def _respondents(answers: Rows) -> int:
    named = {(a["account_id"], a["contact_id"]) for a in answers if a["contact_id"] is not None}
    unnamed: dict[tuple[str, str], int] = {}
    for answer in answers:
        if answer["contact_id"] is None:
            key = (answer["account_id"], answer["attribute"].casefold())
            unnamed[key] = unnamed.get(key, 0) + 1
    most: dict[str, int] = {}
    for (account_id, _attribute), count in unnamed.items():
        most[account_id] = max(most.get(account_id, 0), count)
    return len(named) + sum(most.values())
