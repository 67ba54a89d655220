"""The yearly chance to keep an account: by its contract's renewals, its scorecard, or the retention of the whole base.

Risk stands in these chances and nowhere else; the discount rate stays the cost of capital (METHOD 3.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from kam import parameters
from kam.access import Person
from kam.errors import BadInput
from kam.store import Store
from kam.units import day, share
from kam.value.risk_scorecard import Scorecard, scorecards
from kam.words import _, several

if TYPE_CHECKING:
    from kam.value.models.estimates import Estimate
    from kam.value.models.renewal import RenewalFit

Basis = Literal["renewal", "scorecard", "base"]
# basis: where the chances of an account come from
BASES: dict[Basis, str] = {
    "renewal": _("contract renewals"),
    "scorecard": _("risk scorecard"),
    "base": _("retention of the whole base"),
}


@dataclass(frozen=True)
class Renewals:
    """What the contracts on record say. histories: accounts with a decision; losses: of these ended by a loss; needed: the
    evidence for a fit. fit: None below it, or where nobody left or nobody renewed. missing: why there is no fit.
    """

    histories: int
    losses: int
    needed: int
    fit: RenewalFit | None
    missing: str


@dataclass(frozen=True)
class YearlyRetention:
    """An account's chances. by_year: chance to be kept through each year, given that it was kept so far, 0..1; an
    estimate where it is uncertain. told: where it comes from, in a sentence. None in by_year: not decided.
    """

    basis: Basis
    by_year: list[Estimate | float] | None
    told: str
    scorecard: Scorecard | None


def renewals(store: Store, as_of: date) -> Renewals:
    """The shifted beta-geometric fit of the contracts on record, where there is evidence enough (Fader & Hardie 2007)."""
    from kam.value.models.renewal import fit_renewal

    needed = int(parameters.value_at(store, "value.renewal_histories_at_least", as_of).value or 30)
    rows = [row for row in store.page("value.renewal_histories", {"as_of": as_of}) if row["decision_count"] > 0]
    losses = sum(row["is_lost"] for row in rows)
    if len(rows) < needed:
        missing = _("{count} accounts have a renewal decision on record; {needed} are needed for a fit.").format(
            count=len(rows), needed=needed
        )
        return Renewals(len(rows), losses, needed, None, missing)
    try:
        fit = fit_renewal([row["decision_count"] for row in rows], [row["is_lost"] for row in rows])
    except BadInput as refusal:
        return Renewals(len(rows), losses, needed, None, refusal.message)
    return Renewals(len(rows), losses, needed, fit, "")


def yearly_retention(
    store: Store, as_of: date, account_ids: Sequence[str], ends: Sequence[date], *, for_whom: Person
) -> dict[str, YearlyRetention]:
    """Chances of each account for the years that end on `ends`, the first beginning on as_of.

    A contract account's chances come from renewals where these are fitted: 1 in a year without a decision, the
    chance of each decision in the others. Else the scorecard's, with its range; else the base's, as a certain number.
    Raises BadInput where the adopted retention table falls.
    """
    base = parameters.value_at(store, "value.annual_retention_rate", as_of).value
    cards = scorecards(store, as_of, account_ids, for_whom=for_whom)
    seen = renewals(store, as_of)
    contracts = {}
    if seen.fit is not None:
        contracts = {row["account_id"]: row for row in store.page("value.renewal_histories", {"as_of": as_of})}
    return {one: _chances(cards.get(one), contracts.get(one), seen, base, as_of, ends) for one in account_ids}


def _chances(card, contract, seen: Renewals, base: float | None, as_of: date, ends: Sequence[date]) -> YearlyRetention:
    from kam.value.models import estimates

    if contract is not None and contract["ends_on"] is not None and not contract["is_lost"]:
        by_year = _by_renewal(contract, seen.fit, as_of, ends)
        told = _(
            "The contract ends on {end}; the chance of its renewal comes from {histories} by the shifted beta-geometric "
            "model."
        ).format(
            end=day(contract["ends_on"]),
            histories=several("{count} contract history", "{count} contract histories", seen.histories),
        )
        return YearlyRetention("renewal", by_year, told, card)
    if card is not None and card.retention is not None:
        low, likely, high = card.retention_low, card.retention, card.retention_high
        chance = likely if low == high else estimates.triangular(low, likely, high, "retention")
        told = _("Score {score:.0f} of 100 from {known} of {all} factors: {share} a year.").format(
            score=card.score, known=card.known, all=len(card.factors), share=share(likely)
        )
        return YearlyRetention("scorecard", [chance] * len(ends), told, card)
    told = _("The retention of the whole base: {share} a year. {missing}").format(
        share=share(base), missing=card.missing if card else ""
    )
    return YearlyRetention("base", None if base is None else [base] * len(ends), told.strip(), card)


def _by_renewal(contract: dict, fit: RenewalFit, as_of: date, ends: Sequence[date]) -> list[float]:
    """The product of the renewal chances of the decisions that fall into each year."""
    from kam.value.models.renewal import retention

    decision, due = contract["decision_count"] + 1, contract["ends_on"]
    by_year = []
    for end in ends:
        chance = 1.0
        while due <= end:
            chance *= fit.constant_retention if fit.is_degenerate else float(retention(fit.parameters, [decision])[0])
            decision += 1
            due = years_later(due, contract["term_years"])
        by_year.append(chance)
    return by_year


def years_later(day_: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the 28th."""
    try:
        return day_.replace(year=day_.year + years)
    except ValueError:
        return day_.replace(year=day_.year + years, day=28)
