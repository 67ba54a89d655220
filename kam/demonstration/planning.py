"""The account plans of the story: one period finished and continued, some late, some thin, one account without a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kam import plans
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Condition, Store


def make_plans(store: Store, facts: Facts, members: list[tuple[str, dict]], *, who: Person) -> None:
    """Plans of all key accounts but the last; the first one's of the year before is closed and continued."""
    owners = dict(zip(map(str, facts.base.account_id), map(str, facts.base.owner), strict=True))
    since = {row["account_id"]: row["admitted_on"] for row in store.read("programme.roster", {"as_of": facts.until})}
    for at, (account_id, member) in enumerate(members[:-1]):
        opened_on = max(date(facts.until.year, 1, 10), since[account_id] + timedelta(days=20))
        if opened_on >= facts.until - timedelta(days=60):
            opened_on = max(since[account_id], facts.until - timedelta(days=90))
        if at == 0 and since[account_id].year < facts.until.year:
            plan_id = _continued(store, account_id, member, owners[account_id], opened_on, who)
        else:
            plan_id = _open(store, account_id, member, opened_on.year, opened_on, who)
            _fill(store, plan_id, account_id, owners[account_id], opened_on, facts.until, _maturity(at), who)
        if at == 0:
            _fill(store, plan_id, account_id, owners[account_id], opened_on, facts.until, "full", who)


def _maturity(at: int) -> str:
    """Two in five plans are worked with; the others hold little more than their aim."""
    return ("full", "late", "thin", "full", "late")[at] if at < 5 else "thin"


def _open(store: Store, account_id: str, member: dict, year: int, opened_on: date, who: Person) -> int:
    return plans.open_plan(store, account_id, _period(member, year), as_of=opened_on, who=who)


def _period(member: dict, year: int) -> dict[str, Any]:
    words = inputs.plans()
    return {
        "title": words["title"].format(year=year),
        "begins_on": date(year, 1, 1),
        "ends_on": date(year, 12, 31),
        "joint_aim": words["joint_aim"].format(name=member["name"]),
        "three_year_view": words["three_year_view"].format(name=member["name"]),
    }


def _continued(store: Store, account_id: str, member: dict, owner: str, opened_on: date, who: Person) -> int:
    """Last year's plan, closed with what was seen, and this year's that takes over what was open."""
    before = date(opened_on.year - 1, 2, 1)
    plan_id = _open(store, account_id, member, before.year, before, who)
    given = {"as_of": before, "who": who}
    done = plans.record(
        store,
        "action",
        plan_id,
        {
            "action": "Renew the framework agreement",
            "owner": owner,
            "starts_on": before,
            "due_on": date(before.year, 9, 30),
        },
        **given,
    )
    closed_on = date(before.year, 12, 18)
    plans.change(
        store,
        "action",
        done,
        {"state": "done", "outcome": "Signed for three years"},
        as_of=date(before.year, 9, 20),
        expected_version=1,
        who=who,
    )
    plans.record(
        store,
        "action",
        plan_id,
        {"action": "Trial of the filtration skid", "owner": owner, "due_on": date(before.year, 11, 30)},
        **given,
    )
    plans.close_plan(store, plan_id, as_of=closed_on, outcome=inputs.plans()["closed"], expected_version=1, who=who)
    return plans.continue_plan(store, plan_id, _period(member, opened_on.year), as_of=opened_on, who=who)


def _fill(
    store: Store, plan_id: int, account_id: str, owner: str, opened_on: date, until: date, maturity: str, who: Person
) -> None:
    """What the plan holds: all of the story's items, those that end up late, or hardly any."""
    words = inputs.plans()
    day = {"as_of": until, "level": "account"}
    among = [Condition("account_id", "=", account_id)]
    measured = store.page("programme.account_list", day, where=among).records()[0]
    end = date(opened_on.year, 12, 31)
    aims = words["objective"][: 1 if maturity == "thin" else None]
    items = [("objective", _objective(entry, measured, end, plan_id)) for entry in aims]
    swot = words["swot"] if maturity != "thin" else []
    items += [("swot", {k: entry[k] for k in ("kind", "item", "is_shown")}) for entry in swot]
    risks = words["risk"][: {"full": None, "late": 1, "thin": 0}[maturity]]
    items += [
        ("risk", {k: entry[k] for k in ("risk", "likelihood", "severity", "mitigation")} | {"owner": owner})
        for entry in risks
    ]
    chosen = words["action"][{"full": slice(None), "late": slice(1, 5), "thin": slice(3, 4)}[maturity]]
    items += [("action", _action(entry, owner, len(aims), len(swot), until, maturity)) for entry in chosen]
    made = plans.record_all(store, plan_id, items, as_of=opened_on, who=who)
    if maturity != "full":
        return
    for entry, number in zip(aims, made, strict=False):
        _values(store, number, entry, opened_on, until, who)
    for entry, number in zip(risks, made[len(aims) + len(swot) :], strict=False):
        if "state" in entry:
            plans.change(store, "risk", number, {"state": entry["state"]}, as_of=until, expected_version=1, who=who)
    for entry, number in zip(chosen, made[len(aims) + len(swot) + len(risks) :], strict=True):
        done_on = until + timedelta(days=entry.get("done", 0))
        if "done" in entry and done_on > opened_on:
            done = {"state": "done", "outcome": entry["outcome"], "progress_share": 1.0}
            plans.change(store, "action", number, done, as_of=done_on, expected_version=1, who=who)


def _objective(entry: dict, measured: dict, end: date, plan_id: int) -> dict[str, Any]:
    values = {"objective": entry["objective"], "due_on": end, "is_shown": entry["is_shown"]}
    if "measure_id" not in entry:
        return values | {"unit": entry["unit"], "baseline_value": entry["baseline"], "target_value": entry["target"]}
    now = measured[entry["measure_id"]]
    # The plan began a tenth lower, or somewhat higher: two in three are on their course.
    baseline = None if now is None else round(float(now) * (0.9 if plan_id % 3 else 1.08), -3)
    target = round(max(baseline or 0, 0) * entry["factor"], -3) or 100_000
    return values | {"measure_id": entry["measure_id"], "baseline_value": baseline, "target_value": float(target)}


def _values(store: Store, number: int, entry: dict, opened_on: date, until: date, who: Person) -> None:
    for before, reached in entry.get("values", []):
        day = until + timedelta(days=before)
        if day > opened_on:
            plans.note_value(
                store, number, observed_on=day, value=reached, evidence="Minutes of the site meeting", who=who
            )


def _action(entry: dict, owner: str, aims: int, swot: int, until: date, maturity: str) -> dict[str, Any]:
    shift = 45 if maturity == "full" and "done" not in entry and entry["due"] < 0 else 0
    is_milestone = entry.get("is_milestone", False)
    return {
        "action": entry["action"],
        "owner": owner,
        "starts_on": None if is_milestone else until + timedelta(days=entry["start"]),
        "due_on": until + timedelta(days=entry["due"] + shift),
        "progress_share": entry.get("progress", 0.0),
        "is_milestone": is_milestone,
        "is_shown": entry.get("is_shown", False),
        "objective_id": ("item", entry["objective"]) if entry.get("objective", aims) < aims else None,
        "swot_id": ("item", aims + entry["swot"]) if entry.get("swot", swot) < swot else None,
    }
