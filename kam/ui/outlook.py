"""Lifetime value on the page: the answer, key accounts as ranges, one account opened, and which forecast to believe."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.ui.bar_charts import bars, waterfall
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day, share, short_money
from kam.words import _, several

INPUT_NAMES = {
    "revenue": _("Revenue"),
    "margin_rate": _("Margin rate"),
    "cost_to_serve": _("Cost to serve"),
    "capital": _("Capital"),
    "retention": _("Retention"),
}
MONEY = "reporting currency"


def outlook_figures(frame: Frame, found: value.Outlooks) -> None:
    """Customer equity, its two parts, and the range of the key accounts together."""
    equity, total = found.equity, found.total
    inputs = [
        (_("Horizon"), several("{count} year", "{count} years", found.years)),
        (_("Discount rate"), share(found.discount)),
        (_("Retention a year"), share(found.retention)),
        (_("Seed of the draws"), str(found.seed)),
    ]
    unknown = len(equity.unknown) if equity else 0
    missing = (
        several(
            "{count} account has an unknown value and is in no sum.",
            "{count} accounts have an unknown value and are in no sum.",
            unknown,
        )
        if unknown
        else ""
    )
    figures(
        {
            "label": _("Customer equity"),
            "value": equity and equity.total,
            "unit": MONEY,
            "currency": frame.currency,
            "period": _("{years} years from {day}").format(years=found.years, day=day(found.as_of)),
            "rule": Rule(
                _("Key accounts by their forecast and everyone else by statistics, each counted once."),
                inputs=inputs,
                missing=missing,
            ),
        },
        {
            "label": _("Key accounts"),
            "value": equity and equity.by_plan,
            "unit": MONEY,
            "currency": frame.currency,
            "period": ""
            if total is None
            else _("P10 {low} to P90 {high}").format(
                low=short_money(total.p10, frame.currency), high=short_money(total.p90, frame.currency)
            ),
            "rule": Rule(
                _("Mean of 10,000 seeded draws. The range of the sum comes from the draws of the sum."),
                inputs=inputs,
                source=_("Ryals & Knox (2005, 2007): risk-adjusted account forecast; P10 is the low case"),
            ),
        },
        {
            "label": _("Everyone else"),
            "value": equity and equity.by_statistics,
            "unit": MONEY,
            "currency": frame.currency,
            "rule": Rule(
                _("Contribution of 12 months × Σ (retention / (1 + discount))^t over the horizon."), inputs=inputs
            ),
        },
    )


def outlook_table(frame: Frame, found: value.Outlooks) -> None:
    """Every key account with its range, the bridge's ends and what moves it most."""
    record_table(
        [
            {
                "account_id": one.account_id,
                "name": one.name,
                "revenue_rank": one.revenue_rank,
                "p10": one.range and one.range.p10,
                "p50": one.range and one.range.p50,
                "p90": one.range and one.range.p90,
                "statistical": one.bridge and one.bridge.statistical,
                "pipeline": one.pipeline if one.range else None,
                "is_outside": bool(one.bridge and one.bridge.is_outside_band),
                "driver": INPUT_NAMES[one.tornado[0].input] if one.tornado else None,
                "missing": " ".join([*one.missing, *one.notes]),
            }
            for one in sorted(found.accounts, key=lambda o: -(o.range.p50 if o.range else float("-inf")))
        ],
        [
            Column("name", _("Account"), "account"),
            Column("p10", _("P10"), MONEY, help=_("Low case: one draw in ten is below it.")),
            Column("p50", _("P50"), MONEY),
            Column("p90", _("P90"), MONEY),
            Column("statistical", _("By run-rate alone"), MONEY),
            Column("pipeline", _("Weighted pipeline"), MONEY),
            Column(
                "is_outside", _("Outside the band"), "flag", help=_("The forecast lies outside run-rate's P10–P90.")
            ),
            Column("revenue_rank", _("Rank by revenue"), "count"),
            Column("driver", _("Moved most by")),
            Column("missing", _("Missing")),
        ],
        key="outlooks",
        title=_("Key accounts by lifetime value"),
        empty=_("There is no key account on this day: admit accounts first."),
        currency=frame.currency,
    )


def account_outlook(frame: Frame, found: value.Outlooks) -> None:
    """One key account: tornado, bridge and sensitivity."""
    known = {one.account_id: one for one in found.accounts if one.range}
    if not known:
        st.caption(escaped(" ".join(s for one in found.accounts for s in one.missing) or _("No value is known.")))
        return
    chosen = known[
        st.selectbox(_("Account"), list(known), format_func=lambda one: known[one].name, key="outlook.account")
    ]
    bars(
        [{"input": INPUT_NAMES[s.input], "swing": abs(s.swing)} for s in chosen.tornado],
        name="input",
        value="swing",
        key="tornado",
        title=_("{input} moves it most").format(input=INPUT_NAMES[chosen.tornado[0].input])
        if chosen.tornado
        else _("Nothing is uncertain"),
        subtitle=_("Change of value from each input's P10 to its P90, the others at P50"),
        empty=_("Every input is certain."),
        currency=frame.currency,
    )
    waterfall(
        [
            (_("Run-rate"), chosen.bridge.statistical, True),
            *((INPUT_NAMES[s.input], s.change, False) for s in chosen.bridge.steps if round(s.change)),
            (_("Forecast"), chosen.bridge.plan, True),
        ],
        key="bridge",
        title=_("The forecast lies outside the run-rate's range")
        if chosen.bridge.is_outside_band
        else _("The forecast lies within the run-rate's range"),
        subtitle=_("From run-rate alone to the forecast with contracts, pipeline and capital, at medians"),
        empty="",
        currency=frame.currency,
    )
    record_table(
        [vars(case) for case in chosen.sensitivity],
        [
            Column("discount", _("Discount rate"), "share"),
            Column("horizon", _("Years"), "count"),
            Column("retention_shift", _("Retention shifted by"), "share"),
            Column("value", _("Value"), MONEY),
        ],
        key="sensitivity",
        title=_("Sensitivity to discount, horizon and retention"),
        empty="",
        currency=frame.currency,
    )


def forecast_verdict(found: value.Outlooks) -> None:
    """Which forecast to believe on this ledger, in sentences, and the share of revenue that each one missed."""
    if found.check is None:
        st.info(escaped(found.check_missing))
        return
    for sentence in found.check.verdict:
        st.write(escaped(sentence, longest=600))
    record_table(
        [
            {"group": group, "method": method, "missed": missed}
            for group, errors in (
                (_("Whole base"), found.check.error["base"]),
                (_("Largest 25"), found.check.error["top"]),
            )
            for method, missed in (
                (_("Run-rate"), errors["run_rate"]),
                (_("Run-rate × season"), errors["season"]),
                (_("Purchase model (BG/NBD, Gamma–Gamma)"), errors["model"]),
            )
        ],
        [
            Column("group", _("Accounts")),
            Column("method", _("Forecast")),
            Column("missed", _("Revenue missed"), "share"),
        ],
        key="holdout",
        title=_("Each forecast against what came"),
        empty="",
    )
