"""Measures that compare: key accounts with the rest, what was expected with what came, gaps now with those a year ago."""

from __future__ import annotations

from datetime import date
from typing import Any

from kam import managers, programme
from kam.benchmarking.fact import Fact
from kam.store import Condition, Store
from kam.words import _, several


def against_the_rest(worth: programme.Worth, account_count: int, no_accounts: str, as_of: date) -> tuple[Fact, Fact]:
    """Contribution and lifetime value per key account over those per other account, times."""
    contribution_unknown, lifetime_unknown = worth.all_contribution_unknown, worth.key_lifetime_unknown
    return (
        _ratio(
            "key_contribution_ratio",
            _("Contribution against the rest"),
            _("Contribution after cost to serve per key account, over that per other account, 12 months to the day."),
            (worth.key_contribution, account_count),
            (worth.all_contribution, worth.all_contribution_known),
            no_accounts
            or (
                several(
                    "the contribution of {count} account is unknown",
                    "the contribution of {count} accounts is unknown",
                    contribution_unknown,
                )
                if contribution_unknown
                else ""
            ),
            as_of,
        ),
        _ratio(
            "key_lifetime_ratio",
            _("Lifetime value against the rest"),
            _("Lifetime value per key account, over that per other account where it is known."),
            (worth.key_lifetime, account_count),
            (worth.all_lifetime, worth.all_lifetime_known),
            no_accounts
            or (
                several(
                    "the lifetime value of {count} key account is unknown",
                    "the lifetime value of {count} key accounts is unknown",
                    lifetime_unknown,
                )
                if lifetime_unknown
                else ""
            ),
            as_of,
        ),
    )


def forecast_missed(store: Store, no_accounts: str, as_of: date) -> Fact:
    """Σ |run rate of a year before − what came| / Σ |what came| over the key accounts that bought 24 months ago.

    The run rate of a year before is the revenue of the 12 months until then: the forecast that every other has to beat
    in the holdout of lifetime value (kam.value.forecast_check).
    """
    rows = store.page(
        "programme.account_list",
        {"as_of": as_of, "level": "account"},
        columns=("revenue_12m", "revenue_24m"),
        where=[
            Condition("is_key_account", "=", True),
            Condition("revenue_12m", "is_known"),
            Condition("first_order_on", "<=", _two_years_before(as_of)),
        ],
    )
    actual = float(sum(abs(row["revenue_12m"]) for row in rows))
    missed = float(sum(abs(2 * row["revenue_12m"] - row["revenue_24m"]) for row in rows))
    because = no_accounts
    if not because and not len(rows):
        because = _("no key account has bought for 24 months")
    if not because and not actual:
        because = _("nothing came in 12 months")
    return Fact(
        fact_id="forecast_missed",
        name=_("Forecast error"),
        meaning=_(
            "How accurate the forecast was: share of key accounts' revenue that the run rate of a year before missed, by account."
        ),
        value=None if because else missed / actual,
        unit="share",
        numerator=missed,
        denominator=actual,
        better="lower",
        within=None,
        unknown_because=because,
        as_of=as_of,
    )


def gap_closed(store: Store, as_of: date) -> Fact:
    """Levels by which gaps of competency are smaller than a year before, of those gaps (managers.gap_change)."""
    found = managers.gap_change(store, as_of)
    because = ""
    if not found.compared_count:
        because = _("no manager of a key account was rated by enough others both now and a year before")
    elif not found.levels_before:
        because = _("no gap was known a year before")
    return Fact(
        fact_id="competency_gap_closed",
        name=_("Competency gap closed"),
        meaning=_(
            "Levels by which managers' gaps against their key accounts are smaller than a year before, of those gaps."
        ),
        value=None if because else found.levels_closed / found.levels_before,
        unit="share",
        numerator=found.levels_closed,
        denominator=found.levels_before,
        better="higher",
        within=None,
        unknown_because=because,
        as_of=as_of,
    )


def _ratio(
    fact_id: str,
    name: str,
    meaning: str,
    key: tuple[Any, int],
    everyone: tuple[Any, int],
    unknown_because: str,
    as_of: date,
) -> Fact:
    """(amount, accounts) of the key accounts and of all: per account, the first over the rest."""
    because, mine, theirs = unknown_because, None, None
    rest = everyone[1] - key[1]
    if not because and not rest:
        because = _("there is no other account to compare with")
    if not because:
        mine = float(key[0]) / key[1]
        theirs = (float(everyone[0]) - float(key[0])) / rest
        if theirs <= 0:
            because = _("the other accounts together leave nothing")
    return Fact(
        fact_id=fact_id,
        name=name,
        meaning=meaning,
        value=None if because else mine / theirs,
        unit="times",
        numerator=mine,
        denominator=theirs,
        better="higher",
        within=None,
        unknown_because=because,
        as_of=as_of,
    )


def _two_years_before(day: date) -> date:
    return day.replace(year=day.year - 2, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 2)
