"""Whitespace, opportunities, promises, complaints and concessions of the story."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from kam import plans
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Condition, Store

_STREAM = 300
_FIRST_STOCK, _GRIDS, _PROMISED = 120, 2, 4


def serve(store: Store, facts: Facts, members: list[tuple[str, dict]], *, who: Person) -> None:
    """Everything around the plans, in the order of the story."""
    until, words = facts.until, inputs.plans()
    ids = [account_id for account_id, _member in members]
    owners = dict(zip(map(str, facts.base.account_id), map(str, facts.base.owner), strict=True))
    plans.adopt_stages(
        store, plans.read_stages(plans.starter_stages()), reason="Sales meeting: one language for stages", who=who
    )
    plans.take_stock(store, until - timedelta(days=_FIRST_STOCK), who=who)
    _whitespace(store, members, until, who)
    for at, entry in enumerate(words["opportunity"]):
        made = {"name": entry["name"], "stage": entry["stage"], "amount": entry["amount"], "owner": owners[ids[at]],
                "expected_close_on": until + timedelta(days=entry["ahead"])}  # fmt: skip
        plans.make_opportunity(store, ids[at], made, as_of=until + timedelta(days=entry["since"]), who=who)
    for at, account_id in enumerate(ids[:_PROMISED]):
        for number in range(3):
            _promise(store, account_id, words["promise"][(at + number) % len(words["promise"])], until, who)
    for entry in words["complaint"]:
        if entry["at"] < len(ids):
            _complaint(store, ids[entry["at"]], owners[ids[entry["at"]]], entry, until, who)
    for entry in words["concession"]:
        if entry["at"] < len(ids):
            _concession(store, ids[entry["at"]], entry, until, who)


def _whitespace(store: Store, members: list[tuple[str, dict]], until: date, who: Person) -> None:
    """What people know of the cells of the larger groups; two thirds, the rest is unknown."""
    words = inputs.plans()["whitespace"]
    groups = [account_id for account_id, member in members if member.get("sites")][:_GRIDS]
    rng = np.random.default_rng([len(groups), _STREAM])
    for account_id in groups:
        grid = plans.grid(store, account_id, until)
        notes = []
        for (unit, category), cell in grid.cells.items():
            if rng.random() > 0.66:
                continue
            ours = float(cell["revenue_12m"] or 0)
            holder = "us" if ours > 0 else str(rng.choice(["competitor", "competitor", "in_house", "none", "unknown"]))
            potential = (
                round(ours * float(rng.uniform(1.05, 2.5)), -3) if ours > 0 else float(rng.integers(10, 400)) * 1000
            )
            notes.append(
                {
                    "unit": unit,
                    "category": category,
                    "holder": holder,
                    "competitor": str(rng.choice(words["competitors"])) if holder == "competitor" else "",
                    "potential_amount": None if holder in ("unknown", "none") else potential,
                    "source": str(rng.choice(words["sources"])),
                    "noted_on": until - timedelta(days=int(rng.integers(10, 300))),
                }
            )
        if notes:
            plans.note_cells(store, account_id, notes, who=who)


def _promise(store: Store, account_id: str, entry: dict, until: date, who: Person) -> None:
    practice = plans.practices()[entry["practice"]]
    begun = until - timedelta(days=250)
    number = plans.record(
        store,
        "commitment",
        account_id,
        {
            "commitment": practice.name,
            "practice_id": practice.practice_id,
            "function": practice.function,
            "owner": entry["owner"],
            "begins_on": begun,
            "due_on": until + timedelta(days=entry["due"]) if "due" in entry else None,
            "kpi": practice.kpi,
            "unit": practice.unit,
            "target_value": practice.target,
            "is_shown": entry["practice"] != "fast_information",
        },
        as_of=begun,
        who=who,
    )
    for before, is_kept, reached, evidence in entry["seen"]:
        plans.observe_commitment(
            store,
            number,
            observed_on=until + timedelta(days=before),
            is_kept=is_kept,
            value=reached,
            evidence=evidence,
            who=who,
        )


def _complaint(store: Store, account_id: str, owner: str, entry: dict, until: date, who: Person) -> None:
    received = until + timedelta(days=entry["received"])
    values = {k: entry[k] for k in ("complaint", "function", "severity")} | {"received_on": received}
    number = plans.receive(store, account_id, values, received_by=owner, as_of=received, who=who)
    given = {"expected_version": None, "who": who}
    if "answer" in entry:
        day = until + timedelta(days=entry["answer"])
        plans.answer(store, number, answered_on=day, first_answer="We look into it and call tomorrow", **given)
    if "offer" in entry:
        plans.offer(
            store, number, to=entry["offer"], reason="Their function", as_of=received + timedelta(days=1), **given
        )
    if "accepted" in entry:
        plans.decide_offer(store, number, is_accepted=True, as_of=until + timedelta(days=entry["accepted"]), **given)
    if "close" in entry:
        plans.close_complaint(
            store,
            number,
            outcome=entry["outcome"],
            cause=entry["cause"],
            as_of=until + timedelta(days=entry["close"]),
            **given,
        )


def _concession(store: Store, account_id: str, entry: dict, until: date, who: Person) -> None:
    among = [Condition("account_id", "=", account_id)]
    day = {"as_of": until, "level": "account"}
    revenue = store.page("programme.account_list", day, where=among).records()[0]["revenue_12m"] or 0
    begins = until + timedelta(days=entry["since"])
    plans.record(
        store,
        "concession",
        account_id,
        {
            "kind": entry["kind"],
            "concession": entry["concession"],
            "begins_on": begins,
            "cost_amount": round(float(revenue) * entry["share"], -2),
            "reason": entry["reason"],
            "given_by": who.name,
        },
        as_of=begins,
        who=who,
    )
