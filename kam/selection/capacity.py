"""The set of key accounts worth most within what the programme can really serve.

How many key accounts there can be is a question of hours and sponsors, not of a percentage (METHOD 1.5). Going
down the ranking until the places are taken gives the best set only where worth follows the score and every
account takes the same hours; `compare` shows both sets and what the difference is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kam.errors import BadInput, RuleBroken
from kam.words import _

# Hours count in hundredths, as whole numbers: the solver's tolerance then cannot slip past a limit.
_HOUR = 100
# Counts of accounts, from the chosen one, for which the worth is shown.
_NEIGHBOURS = (-1, 0, 1)


@dataclass(frozen=True)
class Candidate:
    """An account that might be a key account.

    worth_amount: expected incremental value of treating it as one, after the cost of doing so, reporting currency;
    None where unknown (then nothing can choose it). hours: of account managers, a year. score: its
    place in the plain ranking, 0..10, None where unknown. passes_gates: False keeps it out. sponsors: executive
    sponsor slots it takes. must_stay: within its minimum stay, so it is in whatever it is worth.
    """

    account_id: str
    worth_amount: float | None
    hours: float
    score: float | None
    passes_gates: bool = True
    sponsors: int = 1
    must_stay: bool = False


@dataclass(frozen=True)
class Limits:
    """What the programme can serve. None: that limit is not set.

    hours: of account managers, a year. at_least, at_most: number of key accounts. sponsor_slots: accounts that the
    executives can sponsor together.
    """

    at_least: int
    at_most: int
    hours: float | None = None
    sponsor_slots: int | None = None


@dataclass(frozen=True)
class AccountSet:
    """Accounts taken together, ids in order. is_allowed: within every limit, the least number included."""

    account_ids: tuple[str, ...]
    worth_amount: float
    hours: float
    sponsors: int
    is_allowed: bool

    @property
    def count(self) -> int:
        """How many accounts."""
        return len(self.account_ids)


@dataclass(frozen=True)
class Comparison:
    """The best set beside the plain ranking.

    worth_at: for one account fewer, the chosen number, and one more, the most that exactly so many accounts can be
    worth within hours and sponsors; None where no such set exists. waiting: accounts that pass the gates and are
    not in the best set, by score. unknown: accounts left out because their worth is unknown.
    """

    best: AccountSet
    ranking: AccountSet
    only_in_best: tuple[str, ...]
    only_in_ranking: tuple[str, ...]
    worth_at: dict[int, float | None]
    waiting: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def difference_amount(self) -> float:
        """What the best set is worth more than the plain ranking, reporting currency."""
        return self.best.worth_amount - self.ranking.worth_amount


def best_set(candidates: Iterable[Candidate], limits: Limits) -> AccountSet:
    """The allowed set of greatest worth, proven optimal.

    max sum D_a z_a  subject to  sum h_a z_a <= H, Kmin <= sum z_a <= Kmax, sum s_a z_a <= S, z_a = 0 where a gate
    fails or the worth is unknown, z_a = 1 where the account must stay; z binary. A knapsack with side
    constraints, solved to a zero gap by branch and bound (HiGHS). Accounts go in by id, so the same candidates
    give the same set in whatever order they come. Exact to about a millionth of the total worth.
    Raises BadInput for figures that mean nothing; RuleBroken, with the smallest relaxation, where no set is allowed.
    """
    eligible = _eligible(candidates, limits)
    chosen = _solve(eligible, limits)
    if chosen is None:
        raise RuleBroken(_why_none(eligible, limits), reason="no_allowed_set")
    found = _as_set([eligible[row] for row in chosen], limits)
    if not found.is_allowed:
        raise RuntimeError("the solver's set breaks a limit it was given")
    return found


def by_ranking(candidates: Iterable[Candidate], limits: Limits) -> AccountSet:
    """The set that the plain ranking gives: from the best score down, until the next would break a limit.

    Accounts that must stay are in first; ties by account_id; accounts without a score, without a known worth or
    failing a gate are passed over. Its is_allowed is False where it stops short of the least number.
    """
    eligible = _eligible(candidates, limits)
    taken = [candidate for candidate in eligible if candidate.must_stay]
    for candidate in _ranked(eligible):
        if candidate.must_stay:
            continue
        if not _fits([*taken, candidate], limits):
            break
        taken.append(candidate)
    return _as_set(sorted(taken, key=lambda candidate: candidate.account_id), limits)


def compare(candidates: Iterable[Candidate], limits: Limits) -> Comparison:
    """The best set, the plain ranking, where they differ, the waiting list, and the worth of one account more or fewer.

    Raises as `best_set`.
    """
    given = list(candidates)
    eligible = _eligible(given, limits)
    best, ranking = best_set(given, limits), by_ranking(given, limits)
    worth_at: dict[int, float | None] = {}
    for step in _NEIGHBOURS:
        count = best.count + step
        if count < 0:
            continue
        exactly = Limits(count, count, limits.hours, limits.sponsor_slots)
        chosen = _solve(eligible, exactly)
        worth_at[count] = None if chosen is None else _as_set([eligible[row] for row in chosen], exactly).worth_amount
    inside = set(best.account_ids)
    return Comparison(
        best=best,
        ranking=ranking,
        only_in_best=tuple(sorted(inside - set(ranking.account_ids))),
        only_in_ranking=tuple(sorted(set(ranking.account_ids) - inside)),
        worth_at=worth_at,
        waiting=tuple(c.account_id for c in _ranked(eligible) if c.account_id not in inside),
        unknown=tuple(sorted(c.account_id for c in given if c.passes_gates and c.worth_amount is None)),
    )


def _eligible(candidates: Iterable[Candidate], limits: Limits) -> list[Candidate]:
    """Candidates that may be chosen, by id, after checking that the figures mean something."""
    given = sorted(candidates, key=lambda candidate: candidate.account_id)
    if limits.at_least < 0 or limits.at_most < limits.at_least:
        raise BadInput(
            _("The programme cannot have at least {least} and at most {most} key accounts.").format(
                least=limits.at_least, most=limits.at_most
            ),
            reason="bad_limits",
        )
    for limit in (limits.hours, limits.sponsor_slots):
        if limit is not None and not (math.isfinite(limit) and limit >= 0):
            raise BadInput(_("Hours and sponsor slots must be 0 or more."), reason="bad_limits")
    for before, candidate in zip([None, *given], given, strict=False):
        if before is not None and before.account_id == candidate.account_id:
            raise BadInput(
                _("{account_id} stands twice among the candidates; name each account once.").format(
                    account_id=candidate.account_id
                ),
                reason="duplicate_key",
            )
        worth = candidate.worth_amount
        if not (math.isfinite(candidate.hours) and candidate.hours >= 0 and candidate.sponsors >= 0) or (
            worth is not None and not math.isfinite(worth)
        ):
            raise BadInput(
                _(
                    "The hours, sponsors or worth of {account_id} are not usable figures; "
                    "give hours and sponsors of 0 or more, and a finite worth."
                ).format(account_id=candidate.account_id),
                reason="bad_number",
            )
        if candidate.must_stay and (worth is None or not candidate.passes_gates):
            raise BadInput(
                _(
                    "{account_id} cannot be kept: it fails a gate or its worth is unknown; "
                    "settle that before choosing the best set."
                ).format(account_id=candidate.account_id),
                reason="bad_number",
            )
    return [c for c in given if c.passes_gates and c.worth_amount is not None]


def _ranked(eligible: Sequence[Candidate]) -> list[Candidate]:
    scored = [candidate for candidate in eligible if candidate.score is not None]
    return sorted(scored, key=lambda candidate: (-candidate.score, candidate.account_id))


def _hundredths(hours: float) -> int:
    return round(hours * _HOUR)


def _fits(taken: Sequence[Candidate], limits: Limits) -> bool:
    """Within the upper limits (the least number is not asked for)."""
    return (
        len(taken) <= limits.at_most
        and (limits.hours is None or sum(_hundredths(c.hours) for c in taken) <= _hundredths(limits.hours))
        and (limits.sponsor_slots is None or sum(c.sponsors for c in taken) <= limits.sponsor_slots)
    )


def _as_set(taken: Sequence[Candidate], limits: Limits) -> AccountSet:
    return AccountSet(
        account_ids=tuple(candidate.account_id for candidate in taken),
        worth_amount=math.fsum(candidate.worth_amount or 0.0 for candidate in taken),
        hours=sum(_hundredths(candidate.hours) for candidate in taken) / _HOUR,
        sponsors=sum(candidate.sponsors for candidate in taken),
        is_allowed=len(taken) >= limits.at_least and _fits(taken, limits),
    )


def _solve(eligible: Sequence[Candidate], limits: Limits, *, most_accounts: bool = False) -> list[int] | None:
    """Rows of the best allowed set (or, with most_accounts, of the largest); None where no set is allowed."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not eligible:
        return [] if limits.at_least == 0 else None
    worth = np.array([candidate.worth_amount for candidate in eligible], dtype=float)
    gain = np.ones(len(eligible)) if most_accounts else worth / max(1.0, float(np.abs(worth).max())) * 1e4
    rows = [np.ones(len(eligible))]
    lowest, highest = [float(limits.at_least)], [float(limits.at_most)]
    if limits.hours is not None:
        rows.append(np.array([_hundredths(candidate.hours) for candidate in eligible], dtype=float))
        lowest.append(0.0)
        highest.append(float(_hundredths(limits.hours)))
    if limits.sponsor_slots is not None:
        rows.append(np.array([candidate.sponsors for candidate in eligible], dtype=float))
        lowest.append(0.0)
        highest.append(float(limits.sponsor_slots))
    found = milp(
        -gain,
        integrality=np.ones(len(eligible)),
        bounds=Bounds(np.array([float(candidate.must_stay) for candidate in eligible]), np.ones(len(eligible))),
        constraints=LinearConstraint(np.stack(rows), lowest, highest),
        options={"mip_rel_gap": 0.0},
    )
    if found.status == 2:
        return None
    if found.status != 0:
        raise RuntimeError(f"the solver stopped without a proof: {found.message}")
    return np.flatnonzero(found.x > 0.5).tolist()


def _why_none(eligible: Sequence[Candidate], limits: Limits) -> str:
    """One sentence: which limit leaves no set, and the smallest relaxation that would."""
    least = limits.at_least
    if len(eligible) < least:
        return _(
            "Accounts that pass the gates with a known worth: {count}, fewer than the {least} the programme needs; "
            "lower the least number of key accounts or work on the near misses."
        ).format(count=len(eligible), least=least)
    kept = [candidate for candidate in eligible if candidate.must_stay]
    if not _fits(kept, limits):
        return _(
            "Those within their minimum stay (accounts: {count}, hours: {hours:g}, sponsor slots: {sponsors}) already "
            "exceed the limits; raise the limits before choosing the best set."
        ).format(
            count=len(kept),
            hours=sum(_hundredths(candidate.hours) for candidate in kept) / _HOUR,
            sponsors=sum(candidate.sponsors for candidate in kept),
        )
    largest = _solve(eligible, Limits(0, limits.at_most, limits.hours, limits.sponsor_slots), most_accounts=True) or []
    hours = _least_hours(eligible, limits)
    if hours is not None:
        return _(
            "The {given:g} hours hold {count} of the accounts, fewer than the {least} the programme needs; "
            "{hours:g} hours would do, or lower the least number of key accounts."
        ).format(count=len(largest), given=limits.hours, least=least, hours=hours)
    return _(
        "The {slots} sponsor slots hold {count} of the accounts, fewer than the {least} the programme needs; "
        "win more sponsors or lower the least number of key accounts."
    ).format(count=len(largest), slots=limits.sponsor_slots, least=least)


def _least_hours(eligible: Sequence[Candidate], limits: Limits) -> float | None:
    """The fewest hours with which the least number of accounts fits; None where more hours would not help."""
    frugal = [
        Candidate(c.account_id, -float(_hundredths(c.hours)), 0.0, None, sponsors=c.sponsors, must_stay=c.must_stay)
        for c in eligible
    ]
    chosen = _solve(frugal, Limits(limits.at_least, limits.at_most, None, limits.sponsor_slots))
    if chosen is None or limits.hours is None:
        return None
    return sum(_hundredths(eligible[row].hours) for row in chosen) / _HOUR
