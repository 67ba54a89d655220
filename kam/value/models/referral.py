"""What an account's references and referrals bring (Kumar, Petersen & Leone 2007; METHOD 3.4 and 9).

Shown beside lifetime value, never added to it: the won customer's own lifetime value holds the same money.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kam.value.models import bounds

Quadrant = Literal["champion", "affluent", "advocate", "miser"]


@dataclass(frozen=True)
class Referral:
    """One won customer of one period.

    period t: 0 is now. would_have_come: True for type two (would have come anyway; only the saved acquisition cost
    counts). gross_margin A, incentive a, marketing_cost M, acquisition_cost_saved ACQ: money of that period.
    attributed: the share of the win this account is credited with, 0..1.
    """

    period: float
    would_have_come: bool
    acquisition_cost_saved: float
    gross_margin: float = 0.0
    incentive: float = 0.0
    marketing_cost: float = 0.0
    attributed: float = 1.0


@dataclass(frozen=True)
class ReferenceDeal:
    """A deal in which the account was named. win_with, win_without: chances 0..1; margin: money if won."""

    win_with: float
    win_without: float
    margin: float


def referral_value(referrals: Iterable[Referral], discount: float) -> float:
    """Σ_t Σ_{type 1} (A − a − M + ACQ)/(1+d)^t + Σ_t Σ_{type 2} ACQ/(1+d)^t, in money at t = 0.

    discount d: per period, above −1. Raises BadInput when a period is negative or an attributed share leaves 0..1.
    """
    step = 1 + bounds.rate(discount, "discount")
    total = 0.0
    for one in referrals:
        earned = bounds.number(one.acquisition_cost_saved, "acquisition cost saved")
        if not one.would_have_come:
            earned += (
                bounds.number(one.gross_margin, "gross margin")
                - bounds.number(one.incentive, "incentive")
                - bounds.number(one.marketing_cost, "marketing cost")
            )
        total += (
            bounds.share(one.attributed, "attributed") * earned / step ** bounds.at_least_zero(one.period, "period")
        )
    return total


def reference_value(deals: Iterable[ReferenceDeal]) -> float:
    """Σ (p(win | reference) − p(win)) · margin, in money (business reference value: Kumar, Petersen & Leone 2013)."""
    return sum(
        (bounds.share(deal.win_with, "win with") - bounds.share(deal.win_without, "win without"))
        * bounds.number(deal.margin, "margin")
        for deal in deals
    )


def equal_attribution(references: int, stated: float | None = None) -> float:
    """The share of a win that one of several references gets: what the won customer states, else 1/references."""
    count = bounds.whole(references, "references", lowest=1)
    return 1 / count if stated is None else bounds.share(stated, "stated share")


def quadrant(
    lifetime_value: float | None, referral: float | None, *, lifetime_cut: float, referral_cut: float
) -> Quadrant | None:
    """The cell of the lifetime value × referral value matrix; a value on a cut belongs to the higher side.

    The cuts are usually the medians of the base; None where either value is unknown.
    """
    if lifetime_value is None or referral is None:
        return None
    high_lifetime = lifetime_value >= bounds.number(lifetime_cut, "lifetime cut")
    high_referral = referral >= bounds.number(referral_cut, "referral cut")
    if high_lifetime:
        return "champion" if high_referral else "affluent"
    return "advocate" if high_referral else "miser"
