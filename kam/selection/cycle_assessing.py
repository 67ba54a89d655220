"""Assessing a cycle: everything it rests on is judged once and frozen, with the proposals that follow.

Written in one transaction; later readings of the cycle come from these rows and never from the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import ledgers, parameters, programme
from kam.access import Person
from kam.errors import RuleBroken
from kam.selection.assessment import Judging, judging
from kam.selection.criteria import CriteriaSet
from kam.selection.cycle_list import TABLE, Cycle, check_state, cycle_of
from kam.selection.cycle_record import ACCOUNTS, frozen_hash
from kam.selection.firmness import SEED, field, preference
from kam.selection.measures import CATALOGUE
from kam.selection.suspension import AXIS, groups_of, reading
from kam.selection.verdicts import AccountVerdict, account_verdict, gate_document, plain
from kam.store import Store, Transaction
from kam.store.writing import as_json
from kam.words import _

_KNOWN = "order"
_SCOPES = ("ledgers", "parameters", "programme", "selection", "value")


@dataclass(frozen=True)
class _Seen:
    """What was judged, before it is written. judged: by account, the verdict that holds for it."""

    bound: Judging
    judged: dict[str, tuple[str, AccountVerdict | None]]
    names: dict[str, str]
    states: dict[str, dict[str, Any]]
    held: dict[str, programme.Membership]
    reviewed: programme.Reviewed
    firm: dict[str, float]
    draws: dict[str, Any] | None


def assess_cycle(
    store: Store, cycle_id: int, *, expected_version: int, who: Person, op_id: str | None = None
) -> str | None:
    """Judge every account on the cycle's day and freeze it; returns the record's hash (None where done already).

    An assessed cycle may be assessed again until it is decided. Frozen: the criteria's text, every account's gates,
    scores, category and rank, its acceptability among the best K (K: the programme's limit; SMAA with the order of
    the weights known; seed and draws kept), the ledger's state, the limits and the rules, and the proposal of
    `programme.reviewed`. Raises RuleBroken for a cycle that is decided, without criteria or a limit, and where the
    ledger changed in between; StaleWrite where somebody else moved the cycle on.
    """
    cycle = cycle_of(store, cycle_id)
    before = store.version(*_SCOPES)
    seen = _look(store, cycle, who)
    header = _header(store, cycle, seen)
    columns = _columns(cycle, seen)

    def change(tx: Transaction) -> str:
        check_state(tx, cycle_id, "open", "assessed")
        if store.version(*_SCOPES) != before:
            raise RuleBroken(
                _("The ledger or the rules changed while the accounts were judged: assess the cycle again."),
                reason="changed_meanwhile",
            )
        tx.delete(ACCOUNTS, {"cycle_id": cycle_id})
        if columns["account_id"].size:
            tx.insert_columns(ACCOUNTS, columns)
        frozen = as_json(header)
        changes = {
            "state": "assessed",
            "criteria_set_id": seen.bound.criteria_set_id,
            "frozen": frozen,
            "assessed_by": who.name,
            "assessed_at": tx.now,
        }
        tx.update(TABLE, {"cycle_id": cycle_id}, changes, expected_version=expected_version)
        digest = frozen_hash(frozen, tx.read(ACCOUNTS, **_of(cycle_id)).rows)
        tx.update(TABLE, {"cycle_id": cycle_id}, {"frozen_hash": digest})
        tx.note(frozen_hash=digest, criteria_set_id=seen.bound.criteria_set_id, ledger=header["ledger"])
        return digest

    return store.write(
        change,
        who=who,
        action="assess cycle",
        subject=("cycle", str(cycle_id)),
        op_id=op_id,
        details={"as_of": cycle.as_of},
    )


def _of(cycle_id: int) -> dict[str, Any]:
    from kam.store import Condition

    return {"where": [Condition("cycle_id", "=", cycle_id)], "order_by": [("account_id", False)]}


def _look(store: Store, cycle: Cycle, who: Person) -> _Seen:
    ledgers.check_as_of(store, cycle.as_of)
    bound = judging(store, cycle.as_of)
    rows = store.page("selection.verdicts", bound.arguments, order_by=[("account_id", False)])
    verdicts = {row["account_id"]: account_verdict(bound.criteria, row) for row in rows}
    states = {row["account_id"]: row for row in store.read("programme.states", {"as_of": cycle.as_of})}
    held = programme.memberships(store, cycle.as_of)
    inside = [account_id for account_id, membership in held.items() if membership.state != "outside"]
    judged_as = groups_of(store, bound.criteria.level, inside)
    judged: dict[str, tuple[str, AccountVerdict | None]] = {a: (a, verdict) for a, verdict in verdicts.items()}
    judged |= {a: (judged_as[a], verdicts.get(judged_as[a])) for a in inside}
    names = {a: verdict.name for a, verdict in verdicts.items()} | {a: states[a]["name"] for a in inside}
    readings = {
        account_id: reading(bound.criteria, verdict, states.get(account_id))
        for account_id, (_root, verdict) in judged.items()
        # A group of which an account is in already is no candidate of its own.
        if verdict is not None and (account_id in inside or (verdict.verdict == "pass" and not verdict.is_key_account))
    }
    rules = programme.rules(store, cycle.as_of)
    reviewed = programme.reviewed(
        {a: membership for a, membership in held.items() if a in readings}, readings, rules, on=cycle.as_of
    )
    firm, draws = _firmness(store, bound.criteria, cycle.as_of, rules.places, verdicts, who)
    return _Seen(bound, judged, names, states, held, reviewed, firm, draws)


def _firmness(
    store: Store,
    criteria: CriteriaSet,
    as_of: date,
    places: int,
    verdicts: dict[str, AccountVerdict],
    who: Person,
) -> tuple[dict[str, float], dict[str, Any] | None]:
    """The share of draws in which each passing account is among the best K, and what the draws were."""
    if not criteria.scores_of(AXIS) or places < 1 or not any(v.verdict == "pass" for v in verdicts.values()):
        return {}, None
    from kam.selection import robustness

    whole = field(store, as_of, for_whom=who)
    passing = whole.of(whole.passing())
    noise = parameters.value_at(store, "selection.score_noise", as_of).value or 0.0
    chosen, count = preference(passing.weights, _KNOWN), len(passing.weights)
    weights = robustness.draw_weights(chosen, count, draws=robustness.DRAWS, seed=SEED)
    found = robustness.acceptability(
        robustness.uncertain(passing.points, deviation=noise),
        weights,
        places=places,
        seed=SEED,
        extremes=robustness.extreme_weights(chosen, count),
    )
    draws = {
        "seed": SEED,
        "draws": robustness.DRAWS,
        "places": places,
        "weights_known": _KNOWN,
        "score_noise": noise,
        "passing": len(passing.account_ids),
    }
    return dict(zip(passing.account_ids, found.top.tolist(), strict=True)), draws


def _header(store: Store, cycle: Cycle, seen: _Seen) -> dict[str, Any]:
    criteria, limits = seen.bound.criteria, programme.limits(store, cycle.as_of)
    first = parameters.value_at(store, "programme.first_cycle_accounts", cycle.as_of)
    verdicts = [
        verdict.verdict for account_id, (root, verdict) in seen.judged.items() if verdict and root == account_id
    ]
    near = sum(v.is_near_miss for a, (root, v) in seen.judged.items() if v and root == a)
    return {
        "as_of": cycle.as_of,
        "criteria": {
            "criteria_set_id": seen.bound.criteria_set_id,
            "name": criteria.name,
            "valid_from": criteria.valid_from,
            "source": criteria.source,
            "level": criteria.level,
            "document": criteria.text,
        },
        "ledger": store.one("selection.ledger_state") | {"data_version": store.version("ledgers")},
        "limits": vars(limits),
        "rules": vars(programme.rules(store, cycle.as_of)),
        "draws": seen.draws,
        "counts": {name: verdicts.count(name) for name in ("pass", "unknown", "fail")} | {"near_misses": near},
        "key_accounts": programme.size(store, cycle.as_of),
        # Advice for a programme that has admitted nobody yet.
        "start_small": None if seen.held else {"accounts": first.value, "source": first.source},
    }


def _columns(cycle: Cycle, seen: _Seen) -> dict[str, Any]:
    """The rows of the cycle's accounts as columns, ordered by account_id."""
    import numpy as np

    ranked = sorted(
        (-verdict.attractiveness, account_id)
        for account_id, (root, verdict) in seen.judged.items()
        if verdict and root == account_id and verdict.verdict == "pass" and verdict.attractiveness is not None
    )
    rank_of = {account_id: rank for rank, (_score, account_id) in enumerate(ranked, 1)}
    causes = {move.account_id: move.cause for move in seen.reviewed.moves}
    rows = [_row(cycle, seen, account_id, rank_of, causes) for account_id in sorted(seen.judged)]
    names = list(rows[0]) if rows else ["account_id"]
    return {name: np.array([row[name] for row in rows], dtype=object) for name in names}


def _row(cycle: Cycle, seen: _Seen, account_id: str, rank_of: dict[str, int], causes: dict[str, str]) -> dict[str, Any]:
    root, verdict = seen.judged[account_id]
    before = seen.held.get(account_id, programme.Membership())
    after = seen.reviewed.memberships.get(account_id)
    proposal, cause = _proposal(before, after, causes.get(account_id))
    attractiveness = (verdict and verdict.attractiveness_range) or (None, None)
    strength = (verdict and verdict.strength_range) or (None, None)
    return {
        "cycle_id": cycle.cycle_id,
        "account_id": account_id,
        "judged_as": root,
        "name": seen.names[account_id],
        "is_key_account": before.state in programme.HOLDING_A_PLACE,
        "state_before": before.state,
        "verdict": verdict.verdict if verdict else "unknown",
        "is_near_miss": bool(verdict and verdict.is_near_miss),
        "rank": rank_of.get(root),
        "attractiveness_low": attractiveness[0],
        "attractiveness_high": attractiveness[1],
        "strength_low": strength[0],
        "strength_high": strength[1],
        "category": verdict.category if verdict else None,
        "acceptability": seen.firm.get(root),
        "gates": as_json(_gates(seen.bound.criteria, verdict)),
        "scores": as_json(_scores(verdict)),
        "proposal": proposal,
        "cause": cause,
        "proposed": None if proposal is None else as_json(vars(after or before)),
    }


def _proposal(
    before: programme.Membership, after: programme.Membership | None, cause: str | None
) -> tuple[str | None, str | None]:
    """(proposal, cause) from where a review leaves the account; (None, None) where there is nothing to decide."""
    if before.state in ("member", "at_risk"):
        if after is None:
            return "stay", None
        counted = "counted" if after.times_below > before.times_below or after.waits_for else None
        return ("leave" if after.state == "exiting" else "stay"), cause or counted
    if after is None or before.state == "exiting" or after.state == before.state == "outside":
        return ("wait", None) if before.state == "nominated" else (None, None)
    if after.state == "member":
        return "enter", cause
    if after.state == "outside":
        return "decline", cause
    return "wait", cause


def _gates(criteria: CriteriaSet, verdict: AccountVerdict | None) -> list[dict[str, Any]]:
    if verdict is None:
        return []
    return [
        gate_document(seen) | {"suspends": gate.suspends}
        for gate, seen in zip(criteria.gates, verdict.gates, strict=True)
    ]


def _scores(verdict: AccountVerdict | None) -> list[dict[str, Any]]:
    return [
        {
            "measure": score.measure,
            "axis": score.axis,
            "weight": score.weight,
            "value": plain(score.value, CATALOGUE[score.measure].unit),
            "points": score.points,
        }
        for score in (verdict.scores if verdict else ())
    ]
