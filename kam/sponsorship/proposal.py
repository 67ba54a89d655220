"""The proposed assignment of our executives to key accounts, beside today's, and accepting it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kam import parameters, units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.sponsorship.assignment import Instance, Relaxation, Solution, best_assignment, smallest_relaxation
from kam.sponsorship.checks import first, stated
from kam.sponsorship.decisions import put_in_place, take_out
from kam.sponsorship.findings import Finding
from kam.sponsorship.matching import Matching, match
from kam.store import Store, Transaction
from kam.words import _, several

_CATEGORIES = ("strategic", "star", "status", "streamline")


@dataclass(frozen=True)
class Proposed:
    """One account in a proposal. fit: points 0–10, None where unknown; parts: what the fit is made of.

    executive_id: None where nobody could be proposed; today_id: today's sponsor, None where vacant.
    change: `keep`, `assign`, `replace` or `uncovered` (no one can be proposed).
    """

    account_id: str
    name: str
    category: str | None
    executive_id: str | None
    executive_name: str | None
    fit: float | None
    parts: dict[str, float | None]
    today_id: str | None
    today_name: str | None
    today_fit: float | None

    @property
    def change(self) -> str:
        """What accepting this line would do."""
        if self.executive_id is None:
            return "uncovered"
        if self.today_id is None:
            return "assign"
        return "keep" if self.today_id == self.executive_id else "replace"


@dataclass(frozen=True)
class Proposal:
    """A proposal on a day. total_fit: sum of the known fits; heaviest_load: share of the busiest executive's cap.

    changes: accounts that have a sponsor today and would have another; relaxation: a sentence where not every key
    account can be covered within the caps, else None; problems: the uncovered accounts; version: of the records that it
    was made from.
    """

    as_of: date
    lines: list[Proposed]
    total_fit: float
    heaviest_load: float
    changes: int
    relaxation: str | None
    problems: list[Finding]
    version: int

    @property
    def moves(self) -> list[Proposed]:
        """The lines that accepting would change."""
        return [line for line in self.lines if line.change in ("assign", "replace")]

    @property
    def sentence(self) -> str:
        """What the proposal would do, in a sentence."""
        if not self.moves:
            return _("Nothing would change: today's assignment is the best there is.")
        filled = sum(line.change == "assign" for line in self.moves)
        return " ".join(
            [
                several("{count} vacancy would be filled,", "{count} vacancies would be filled,", filled),
                several(
                    "{count} account would change its sponsor.",
                    "{count} accounts would change their sponsor.",
                    self.changes,
                ),
                _("The busiest executive would carry {load} of what they take.").format(
                    load=units.share(self.heaviest_load, decimals=0)
                ),
            ]
        )


def propose(
    store: Store,
    as_of: date,
    *,
    for_whom: Person,
    vetoes: Collection[tuple[str, str]] = (),
    locks: Mapping[str, str] | None = None,
) -> Proposal:
    """The best assignment on as_of: coverage, fit, lowest maximum load, fewest changes, ties by id. Changes nothing.

    Keeps to the caps, the hours given, the vetoes and the locks on record; who has left is not proposed. vetoes, locks:
    more of them, to try out: (account_id, executive_id) pairs that must not be, account_id to the executive that must.
    Raises NotFound for a lock on an account that is no key account, RuleBroken where the locks contradict the
    caps or vetoes.
    """
    version = store.version("sponsorship", "programme", "ledgers", "parameters")
    roster = store.read("sponsorship.roster_sponsors", {"as_of": as_of}, order_by=[("account_id", False)]).records()
    load = store.read("sponsorship.executive_load", {"as_of": as_of}).records()
    executives = {row["executive_id"]: row for row in load if row["is_on_record"] and row["left_on"] is None}
    for account_id in sorted((locks or {}).keys() - {row["account_id"] for row in roster}):
        raise NotFound(
            _("{account} is not a key account on this day: release its lock.").format(account=account_id),
            reason="not_key_account",
        )
    matching = match(store, [row["account_id"] for row in roster], as_of, for_whom=for_whom)
    caps = _free_caps(store, as_of, executives, roster)
    vetoed = store.read("sponsorship.vetoed_pairs", {"as_of": as_of}, columns=("account_id", "executive_id"))
    # A lock on who has left, or is vetoed since, holds no longer: the account needs another sponsor.
    barred = frozenset(vetoes) | frozenset(vetoed.rows)
    locked = {
        row["account_id"]: row["executive_id"]
        for row in roster
        if row["is_locked"]
        and row["executive_id"] in executives
        and (row["account_id"], row["executive_id"]) not in barred
    }
    asked = store.read("sponsorship.account_hours", {"as_of": as_of}, columns=("account_id", "hours"))
    instance = Instance(
        accounts=[row["account_id"] for row in roster],
        caps=caps,
        fit={pair: found.points or 0.0 for pair, found in matching.fits.items()},
        weights=_coverage_weights(store, as_of, roster),
        today={row["account_id"]: row["executive_id"] for row in roster if row["is_covered"]},
        vetoes=barred,
        locks=locked | dict(locks or {}),
        room=_room(executives, caps),
        hours={account_id: hours for account_id, hours in asked.rows if hours is not None},
        names={row["account_id"]: row["name"] for row in roster} | {e: row["name"] for e, row in executives.items()},
        available={e: row["hours_given"] for e, row in executives.items() if row["hours_given"] is not None},
    )
    solution = best_assignment(instance)
    names = {executive_id: row["name"] for executive_id, row in executives.items()}
    return _as_proposal(as_of, version, roster, names, matching, instance, solution)


def accept(
    store: Store,
    lines: Collection[tuple[str, str | None, str]],
    *,
    as_of: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> list[str] | None:
    """Put lines of a proposal in place, all or none; returns the warnings (None where op_id was done already).

    lines: (account_id, today's executive_id as seen or None, proposed executive_id). An account whose sponsor is
    another than the one seen refuses the whole. Raises as `assign` and `relieve`.
    """
    reason = stated(reason, _("Say why the proposal is accepted: the reason is kept with each decision."))
    lines = [line for line in lines if line[1] != line[2]]
    if not lines:
        raise BadInput(_("There is nothing to accept: the proposal is today's assignment."), reason="missing")
    matching = match(store, [account_id for account_id, _today, _new in lines], as_of, for_whom=who)

    def change(tx: Transaction) -> list[str]:
        for account_id, seen_id, _new in lines:
            held = tx.one("sponsorship.active_sponsors", {"account_id": account_id})
            if (held["executive_id"] if held else None) != seen_id:
                raise RuleBroken(
                    _("The sponsor of {account} has changed since the proposal was made: propose again.").format(
                        account=account_id
                    ),
                    reason="proposal_outdated",
                )
            if first(tx, "sponsorship.locks", as_of, account_id=account_id):
                raise RuleBroken(
                    _("The sponsor of {account} was locked since the proposal was made: propose again.").format(
                        account=account_id
                    ),
                    reason="locked",
                )
            if held:
                take_out(tx, account_id, as_of=as_of, reason=reason)
        warnings = []
        for account_id, _seen, executive_id in lines:
            fit = matching.points(account_id, executive_id)
            put = put_in_place(tx, account_id, executive_id, as_of=as_of, reason=reason, fit=fit)
            warnings += [put.warning] if put.warning else []
        return list(dict.fromkeys(warnings))

    return store.write(
        change,
        who=who,
        action="accept sponsor proposal",
        subject=("sponsors", as_of.isoformat()),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason, "lines": [list(line) for line in lines]},
    )


def _free_caps(store: Store, as_of: date, executives: Mapping[str, dict], roster: list[dict]) -> dict[str, int]:
    """What each executive takes, less the sponsored accounts that are no longer in the programme."""
    inside = {row["account_id"] for row in roster}
    elsewhere: dict[str, int] = {}
    for row in store.read("sponsorship.standing", {"as_of": as_of}):
        if row["is_active"] and row["account_id"] not in inside:
            elsewhere[row["executive_id"]] = elsewhere.get(row["executive_id"], 0) + 1
    return {
        executive_id: max(0, _cap(row, "cap", len(roster)) - elsewhere.get(executive_id, 0))
        for executive_id, row in executives.items()
    }


def _room(executives: Mapping[str, dict], caps: Mapping[str, int]) -> dict[str, int]:
    return {e: max(0, _cap(row, "hard_cap", 0) - max(caps[e], 0)) for e, row in executives.items()}


def _cap(row: Mapping[str, int | None], name: str, otherwise: int) -> int:
    return otherwise if row[name] is None else row[name]


def _coverage_weights(store: Store, as_of: date, roster: list[dict]) -> dict[str, int]:
    """Whole hundredths of the category's coverage weight; an account without a category counts as a status account."""
    held = {
        category: parameters.value_at(store, f"sponsorship.coverage_weight_{category}", as_of).value or 1.0
        for category in _CATEGORIES
    }
    return {row["account_id"]: round(100 * held[row["category"] or "status"]) for row in roster}


def _as_proposal(
    as_of: date,
    version: int,
    roster: list[dict],
    names: Mapping[str, str],
    matching: Matching,
    instance: Instance,
    solution: Solution,
) -> Proposal:
    lines = []
    for row in roster:
        chosen = solution.assigned.get(row["account_id"])
        found = matching.fits.get((row["account_id"], chosen)) if chosen else None
        lines.append(
            Proposed(
                account_id=row["account_id"],
                name=row["name"],
                category=row["category"],
                executive_id=chosen,
                executive_name=names.get(chosen) if chosen else None,
                fit=found.points if found else None,
                parts=found.parts if found else {},
                today_id=row["executive_id"],
                today_name=row["executive_name"] or row["executive_id"],
                today_fit=matching.points(row["account_id"], row["executive_id"]) if row["executive_id"] else None,
            )
        )
    uncovered = [line for line in lines if line.executive_id is None]
    return Proposal(
        as_of=as_of,
        lines=lines,
        total_fit=sum(line.fit for line in lines if line.fit is not None),
        heaviest_load=solution.heaviest_load,
        changes=solution.changes,
        relaxation=_relaxation(instance, len(uncovered), names) if uncovered else None,
        problems=[
            Finding(
                "uncovered",
                line.account_id,
                None,
                _("Nobody can be proposed for {account} within the caps.").format(account=line.name),
            )
            for line in uncovered
        ],
        version=version,
    )


def _relaxation(instance: Instance, uncovered: int, names: Mapping[str, str]) -> str:
    """The smallest relaxation that covers the accounts, in a sentence."""
    lead = several(
        "{count} key account cannot be covered within the caps.",
        "{count} key accounts cannot be covered within the caps.",
        uncovered,
    )
    parts = [lead]
    needed = smallest_relaxation(instance) if instance.caps else Relaxation({}, {}, 0)
    raised = [
        several("{{name}} sponsor {count} account more", "{{name}} sponsor {count} accounts more", more).format(
            name=names[executive_id]
        )
        for executive_id, more in sorted(needed.accounts.items())
    ]
    raised += [
        _("{name} give {hours:g} hours a year more").format(name=names[executive_id], hours=math.ceil(hours))
        for executive_id, hours in sorted(needed.hours.items())
    ]
    if raised:
        parts.append(_("The smallest relaxation: let {raised}, above what they take.").format(raised=", ".join(raised)))
    still = len(instance.accounts) - needed.covered
    if still:
        parts.append(
            several(
                "For {count} of them nobody is left even then: bring in another executive, or release an account.",
                "For {count} of them nobody is left even then: bring in more executives, or release accounts.",
                still,
            )
        )
    return " ".join(parts)
