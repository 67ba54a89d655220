"""Who carries the programme in the story: champion, top team, roadshow, and the account managers with their handovers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kam import managers, programme
from kam.access import Person
from kam.demonstration import inputs
from kam.store import Store


def carry(store: Store, until: date, *, who: Person) -> None:
    """Appoint the champion, record agenda and roadshow, and tell the account managers' part of the story."""
    story = inputs.carriers()
    _champion(store, story, until, who)
    for told in story["agenda"]:
        programme.put_on_agenda(
            store,
            body=told["body"],
            held_on=_before(until, told["days"]),
            subject=told["subject"],
            outcome=told.get("outcome", ""),
            decision=told.get("decision", ""),
            as_of=until,
            who=who,
        )
    for told in story["roadshow"]:
        programme.log_roadshow(
            store,
            held_on=_before(until, told["days"]),
            place=told["place"],
            function=told["function"],
            held_by=told["by"],
            people_count=told.get("people"),
            questions=told["questions"],
            as_of=until,
            who=who,
        )
    for told in story["function_training"]:
        managers.record_function_training(
            store,
            function=told["function"],
            topic=told["topic"],
            trained_on=_before(until, told["days"]),
            trained_count=told["count"],
            people=told.get("people", ""),
            method=told["method"],
            as_of=until,
            who=who,
        )
    scheme = story["scheme"]
    managers.adopt_scheme(
        store,
        name=scheme["name"],
        measures=[managers.SchemeMeasure(*line) for line in scheme["measures"]],
        period_months=scheme["months"],
        valid_from=_before(until, scheme["from_days"]),
        who=who,
    )
    _managers(store, story, until, who)


def _champion(store: Store, story: dict[str, Any], until: date, who: Person) -> None:
    told = story["champion"]
    begin = _before(until, told["from_days"])
    term = programme.Term(
        who.name,
        told["reports_to"],
        told["level"],
        told["time_share"],
        begin,
        _before(until, told["until_days"]),
    )
    programme.appoint_champion(store, term, reason=told["reason"], as_of=begin, who=who)


def _managers(store: Store, story: dict[str, Any], until: date, who: Person) -> None:
    """Those with the most key accounts are rated; one account of the first changed hands long ago, one just now."""
    load = store.read(
        "managers.load", {"as_of": until}, order_by=[("hours_needed", True), ("manager_id", False)]
    ).records()
    for person, told in zip(load, story["ratings"], strict=False):
        _rate(store, person, told, story["evidence"], until, who)
    first = load[0]
    for told in story["training"]:
        _train(store, first["manager_id"], told, until, who)
    free = [person for person in reversed(load) if person["account_count"] == 0 or person["load_state"] == "free"]
    for person, told in ((first, story["closed_handover"]), (load[1], story["open_handover"])):
        _hand_over(store, person, free, told, until, who)
    _give_hours(store, story["hours"], until, who)


def _give_hours(store: Store, told: dict[str, Any], until: date, who: Person) -> None:
    """Who manages one or two key accounts gives them a part of the year, and works for other accounts in the rest."""
    for person in store.read("managers.load", {"as_of": until}, order_by=[("manager_id", False)]):
        hours = next((most for most in told["steps"] if person["hours_needed"] <= most), None)
        if person["account_count"] and hours is not None:
            managers.give_hours(
                store,
                person["manager_id"],
                hours_a_year=hours,
                from_on=_before(until, told["days"]),
                reason=told["reason"],
                who=who,
            )


def _rate(store: Store, person: dict[str, Any], told: dict[str, Any], evidence: dict, until: date, who: Person) -> None:
    raters = {
        "own": "",
        "manager": "Dieter Kampmann-Roth",
        "customer": "Customer's purchasing lead",
        "peer": "Account team",
    }
    for number, (part, levels) in enumerate(told.items()):
        kind = "self" if part == "own" else part
        managers.rate(
            store,
            person["manager_id"],
            {competency: managers.Seen(level, evidence[kind]) for competency, level in levels.items()},
            rater_kind=kind,
            rater=raters[part],
            rated_on=_before(until, 60 + 5 * number),
            as_of=until,
            who=who,
        )


def _train(store: Store, manager_id: str, told: dict[str, Any], until: date, who: Person) -> None:
    number = managers.plan_training(
        store,
        manager_id,
        told["competency"],
        method=told["method"],
        evidence_expected=told["evidence_expected"],
        due_on=_before(until, told["due_days"]),
        rerate_on=_before(until, told["rerate_days"]),
        as_of=_before(until, told["planned_days"]),
        who=who,
    )
    if "evidence" in told:
        managers.close_training(
            store,
            number,
            state="done",
            evidence=told["evidence"],
            closed_on=_before(until, told["closed_days"]),
            expected_version=1,
            who=who,
        )


def _hand_over(
    store: Store, person: dict[str, Any], free: list[dict[str, Any]], told: dict[str, Any], until: date, who: Person
) -> None:
    """One account of a manager passes to somebody with room, of the same region where there is one."""
    day = _before(until, told["days"])
    held = store.read("managers.holdings", {"as_of": day}, order_by=[("hours", False), ("account_id", False)]).records()
    account = next((row for row in held if row["manager_id"] == person["manager_id"]), None)
    others = sorted(
        (other for other in free if other["manager_id"] != person["manager_id"]),
        key=lambda other: (other["region"] != person["region"], other["hours_needed"], other["manager_id"]),
    )
    if account is None or not others:
        return
    appointed = managers.appoint(
        store,
        account["account_id"],
        others[0]["manager_id"],
        grounds=told["grounds"],
        reason=told["reason"],
        as_of=day,
        who=who,
    )
    free.remove(others[0])
    source = f"appointment:{appointed.appointment_id}"
    items = list(managers.handover_of(store, source, day, for_whom=who).items)
    closed_on = day + timedelta(days=told.get("taken_days", 5))
    for number, item in enumerate(items):
        if item["item_id"] in told.get("settled", [item["item_id"]]):
            on = min(closed_on, day + timedelta(days=3 * (number + 1)))
            managers.mark(store, source, item["item_id"], state="done", as_of=on, who=who)
    if "lessons" in told:
        managers.close_handover(store, source, lessons=told["lessons"], as_of=closed_on, who=who)


def _before(until: date, days: int) -> date:
    return until - timedelta(days=days)
