"""What an outlook holds: one account's, all of them together, and where risk stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kam.errors import BadInput
from kam.value.base_outlook import BaseOutlook
from kam.value.retention import YearlyRetention
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.customer_equity import Bridge, CustomerEquity
    from kam.value.models.holdout import Holdout
    from kam.value.models.sensitivity import Case
    from kam.value.models.simulation import AccountForecast, Swing, ValueRange

HIGHEST_PREMIUM = 0.5


@dataclass(frozen=True)
class Risk:
    """Where risk stands. has_chances: in the yearly chances to keep the account; premium: on the discount rate, 0..0.5.

    Both at once would count it twice, so `checked` refuses that.
    """

    has_chances: bool = True
    premium: float = 0.0

    def checked(self) -> Risk:
        """Itself. Raises BadInput for risk in both places, and for a premium out of range."""
        if not 0 <= self.premium <= HIGHEST_PREMIUM:
            raise BadInput(
                _("The risk premium is {premium:.1%}; it has to lie between 0 and {most:.0%}.").format(
                    premium=self.premium, most=HIGHEST_PREMIUM
                ),
                reason="out_of_range",
                field="premium",
            )
        if self.has_chances and self.premium > 0:
            raise BadInput(
                _(
                    "A risk premium of {premium:.1%} would count risk twice, because the yearly chances hold it already: "
                    "set the premium to 0, or switch the chances off."
                ).format(premium=self.premium),
                reason="risk_twice",
                field="premium",
            )
        return self


IN_CHANCES = Risk()


@dataclass(frozen=True)
class Outlook:
    """One account, reporting currency. range: P10 (low case), P50, P90 and mean of its value; None unknown.

    tornado: what moves it, largest first. bridge: from statistics alone to the plan on the same basis, flagged where the
    plan lies outside band, the statistics' P10 and P90. sensitivity: value by discount rate, horizon and shift of
    retention. pipeline: weighted value of open opportunities over the horizon; contracted: yearly value under contract.
    years: the forecast at medians, one dict a year. retention: where the chances come from. missing: why the value is
    unknown; notes: what was left out of it. forecast: what was drawn. is_estimated: it rests on an assumed margin rate.
    """

    account_id: str
    name: str
    revenue_rank: int | None
    range: ValueRange | None
    tornado: list[Swing]
    bridge: Bridge | None
    sensitivity: list[Case]
    pipeline: float
    missing: list[str]
    notes: list[str]
    band: tuple[float, float] | None = None
    contracted: float = 0.0
    years: list[dict[str, Any]] = field(default_factory=list)
    initiatives: list[dict[str, Any]] = field(default_factory=list)
    retention: YearlyRetention | None = None
    forecast: AccountForecast | None = None
    is_estimated: bool = False


@dataclass(frozen=True)
class Outlooks:
    """All key accounts and the base beside them. total: range of the key accounts' sum, which is no sum of ranges.

    equity: key accounts by plan and everyone else by statistics, each counted once; equity_range: its range, drawn.
    discount: the rate in use, the cost of capital and the premium together. check: the holdout, None where the ledger is
    too short; check_missing says so. base: everyone by statistics, None where the ledger is empty. others: the lifetime
    value of each account outside the programme, money, None unknown. negative: accounts whose returns exceed their purchases
    in the 12 months; they count with what they bring, below 0 or not. relational: ratings beside, never added. estimated: accounts whose
    margin rests on an assumed rate.
    """

    as_of: date
    years: int
    discount: float | None
    retention: float | None
    seed: int
    accounts: list[Outlook]
    total: ValueRange | None
    equity: CustomerEquity | None
    check: Holdout | None
    check_missing: str
    risk: Risk = IN_CHANCES
    base: BaseOutlook | None = None
    others: dict[str, float | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    negative: list[str] = field(default_factory=list)
    equity_range: ValueRange | None = None
    relational: list[dict[str, Any]] = field(default_factory=list)
    estimated: frozenset[str] = frozenset()

    @property
    def is_plan_known(self) -> bool:
        """False where there are key accounts and the value of none of them is known: then no sum with them is."""
        return not self.accounts or any(one.range for one in self.accounts)

    @property
    def sensitivity(self) -> list[Case]:
        """The sum over the accounts at medians by discount rate, horizon and shift of retention."""
        from kam.value.models.sensitivity import Case

        sums: dict[tuple[float, int, float], float] = {}
        for one in self.accounts:
            for case in one.sensitivity:
                at = (case.discount, case.horizon, case.retention_shift)
                sums[at] = sums.get(at, 0.0) + case.value
        return [Case(*at, worth) for at, worth in sums.items()]

    @property
    def sum_of_lows(self) -> float | None:
        """The sum of the accounts' P10s, to show that it is not the sum's P10."""
        lows = [one.range.p10 for one in self.accounts if one.range]
        return sum(lows) if lows else None
