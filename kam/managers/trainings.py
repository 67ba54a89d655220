"""Training: plans of account managers by competency, and what the functions that serve key accounts were trained in."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.managers.competencies import competency_model
from kam.managers.record import LONGEST_NAME, manager_there, not_after, short, words
from kam.store import Store, Transaction
from kam.words import _


def plan_training(
    store: Store,
    manager_id: str,
    competency: str,
    *,
    method: str,
    evidence_expected: str,
    due_on: date,
    rerate_on: date,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Plan a training: how, what will show that it worked, until when, and the day of re-rating; returns its id.

    Raises NotFound, BadInput for an unknown competency, missing words or days in the wrong order, RuleBroken for a
    manager who has left.
    """
    if competency_model().competency(competency) is None:
        raise BadInput(
            _("{competency} is not a competency of the model.").format(competency=competency),
            reason="unknown_competency",
            field="competency",
        )
    method = words(method, _("Say by which method: course, mentor, project, job rotation …"), "method")
    evidence_expected = words(
        evidence_expected, _("Say what will show that it worked: what somebody else can see."), "evidence_expected"
    )
    if due_on is None or due_on < as_of:
        raise BadInput(
            _("The training is due on {day} or later: it is planned on that day.").format(day=units.day(as_of)),
            reason="out_of_range",
            field="due_on",
        )
    if rerate_on is None or rerate_on < due_on:
        raise BadInput(
            _("The competency is rated again once the training is over: on {day} or later.").format(
                day=units.day(due_on)
            ),
            reason="out_of_range",
            field="rerate_on",
        )

    def change(tx: Transaction) -> int:
        manager_there(tx, manager_id, as_of)
        training_id = tx.next_number("managers.trainings", "training_id")
        tx.insert(
            "managers.trainings",
            training_id=training_id,
            manager_id=manager_id,
            competency=competency,
            method=method,
            evidence_expected=evidence_expected,
            planned_on=as_of,
            due_on=due_on,
            rerate_on=rerate_on,
            planned_by=who.name,
            planned_at=tx.now,
        )
        return training_id

    return store.write(
        change,
        who=who,
        action="plan training",
        subject=("manager", manager_id),
        op_id=op_id,
        details={"competency": competency, "method": method, "due_on": due_on, "rerate_on": rerate_on},
    )


def close_training(
    store: Store,
    training_id: int,
    *,
    state: str,
    evidence: str,
    closed_on: date,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Say that a training is done, with its evidence, or dropped, with the reason.

    Raises BadInput for another state or without words, NotFound, RuleBroken where it is closed already or for a day
    before it was planned, StaleWrite where someone else changed it.
    """
    if state not in ("done", "dropped"):
        raise BadInput(_("A training is closed as done or dropped, not as {state}.").format(state=state), field="state")
    evidence = words(
        evidence,
        _("Say what was shown in the end.") if state == "done" else _("Say why the training is dropped."),
        "evidence",
    )

    def change(tx: Transaction) -> None:
        training = tx.one("managers.trainings", {"training_id": training_id})
        if training is None:
            raise NotFound(_("There is no training {number}: reload the page.").format(number=training_id))
        if training["state"] != "open":
            raise RuleBroken(
                _("This training was closed on {day} already.").format(day=units.day(training["closed_on"])),
                reason="closed_already",
                field="training_id",
            )
        if closed_on < training["planned_on"]:
            raise RuleBroken(
                _("This training was planned on {day}: close it on or after that day.").format(
                    day=units.day(training["planned_on"])
                ),
                reason="before_planned",
                field="closed_on",
            )
        tx.update(
            "managers.trainings",
            {"training_id": training_id},
            {"state": state, "evidence": evidence, "closed_on": closed_on},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action="close training",
        subject=("training", str(training_id)),
        op_id=op_id,
        details={"state": state, "evidence": evidence, "closed_on": closed_on},
    )


def record_function_training(
    store: Store,
    *,
    function: str,
    topic: str,
    trained_on: date,
    trained_count: int,
    people: str = "",
    method: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record that people of a function that serves key accounts were trained; returns the record's id.

    Raises BadInput for missing words, a day after as_of, or nobody trained.
    """
    function = words(function, _("Say which function was trained."), "function", longest=LONGEST_NAME)
    topic = words(topic, _("Say in what it was trained."), "topic")
    method = words(method, _("Say by which method: course, mentor, project, job rotation …"), "method")
    not_after(trained_on, as_of, _("Say on which day."), "trained_on")
    if trained_count is None or trained_count < 1:
        raise BadInput(
            _("Say how many people were trained, at least one."), reason="out_of_range", field="trained_count"
        )
    people = short(people, "people")

    def change(tx: Transaction) -> int:
        number = tx.next_number("managers.function_trainings", "function_training_id")
        tx.insert(
            "managers.function_trainings",
            function_training_id=number,
            function=function,
            topic=topic,
            trained_on=trained_on,
            trained_count=trained_count,
            people=people,
            method=method,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        return number

    return store.write(
        change,
        who=who,
        action="record function training",
        subject=("function", function),
        op_id=op_id,
        details={"topic": topic, "trained_on": trained_on, "trained_count": trained_count},
    )
