"""One account's lifetime value, opened: figures, years, tornado, bridge, sensitivity."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.store import Condition
from kam.ui.bar_charts import waterfall
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.initiatives import initiatives
from kam.ui.links import link
from kam.ui.outlook import INPUT_NAMES, MONEY, PLAN_SOURCE, key_accounts, waiting
from kam.ui.range_charts import tornado
from kam.ui.relational import relational
from kam.ui.risk_scorecard import scorecard
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import UNKNOWN, count, day, money, share, short_money
from kam.words import _, several


def lifetime_of_account(frame: Frame) -> None:
    """Everything that makes the lifetime value of the frame's account, with the forms that state more."""
    keys = key_accounts(frame)
    common = {"for_whom": frame.person}
    if value.is_checked(frame.store, frame.as_of, key_accounts=keys):
        found = value.account_outlook(frame.store, frame.as_of, frame.account_id, keys, **common)
    else:
        among = Condition("account_id", "=", frame.account_id)
        with waiting(frame, among, _("this account")) as tell:
            found = value.account_outlook(frame.store, frame.as_of, frame.account_id, keys, tell=tell, **common)
    account_outlook(frame, found)
    scorecard(frame, frame.account_id, found.retention)
    initiatives(frame, frame.account_id)
    relational(frame, frame.account_id)


def account_outlook(frame: Frame, found: value.Outlook) -> None:
    """Figures that open to their rules, the forecast year by year, tornado, bridge and sensitivity."""
    if found.range is None:
        st.info(escaped(_("The lifetime value is unknown. {why}").format(why=" ".join(found.missing)), longest=800))
        return
    _figures(frame, found)
    for note in found.notes:
        st.caption(escaped(note))
    left, right = st.columns(2, gap="large")
    with left:
        _tornado(frame, found)
    with right:
        _bridge(frame, found)
    _years(frame, found)
    with st.expander(_("Sensitivity to discount rate, horizon and retention")):
        sensitivity_table(frame, found.sensitivity, key=f"sensitivity-{found.account_id}")


def _figures(frame: Frame, found: value.Outlook) -> None:
    held = found.range
    ahead = _("{years} years from {day}").format(years=len(found.years), day=day(frame.as_of))
    common = {"unit": MONEY, "currency": frame.currency}
    inputs = [
        (_("Revenue of the first year"), money(found.years[0]["revenue"], frame.currency)),
        (_("Of which weighted pipeline, all years"), money(found.pipeline, frame.currency)),
        (_("Under contract a year"), money(found.contracted, frame.currency)),
        (_("Initiatives"), count(len(found.initiatives))),
        (_("Chance to keep it"), found.retention.told if found.retention else UNKNOWN),
        (_("Mean of the draws"), money(held.mean, frame.currency)),
    ]
    figures(
        common
        | {
            "label": several("Value of {count} year", "Value of {count} years", len(found.years)),
            "value": held.p50,
            "is_estimated": found.is_estimated,
            "period": _("P10 {low} to P90 {high}").format(
                low=short_money(held.p10, frame.currency), high=short_money(held.p90, frame.currency)
            ),
            "rule": Rule(
                _(
                    "Median of 10,000 seeded draws of Σ chance kept × (revenue × margin rate − cost to serve + initiatives − "
                    "capital × rate) / (1 + rate)^t, flows at the end of each year."
                ),
                ahead,
                inputs,
                PLAN_SOURCE,
            ),
            "key": "outlook-value",
        },
        common
        | {
            "label": _("By statistics alone"),
            "value": found.bridge.statistical,
            "is_estimated": found.is_estimated,
            "period": _("P10 {low} to P90 {high}").format(
                low=short_money(found.band[0], frame.currency), high=short_money(found.band[1], frame.currency)
            ),
            "rule": Rule(
                _(
                    "The same years and rates with the forecast that the holdout chose for the largest accounts, last year's "
                    "margin rate and cost to serve, and the retention of the whole base; without contracts, pipeline, "
                    "initiatives and capital."
                ),
                ahead,
            ),
            "key": "outlook-statistics",
        },
        {
            "label": _("Kept through the first year"),
            "value": found.years[0]["retention"],
            "unit": "share",
            "period": value.BASES[found.retention.basis],
            "rule": Rule(found.retention.told, ahead, source=PLAN_SOURCE),
            "key": "outlook-kept",
        },
        common
        | {
            "label": _("Weighted pipeline"),
            "value": found.pipeline,
            "period": ahead,
            "rule": Rule(
                _("Σ amount × probability of the open opportunities whose expected close lies in these years."),
                ahead,
                source=_("Opportunities on record"),
            ),
            "key": "outlook-pipeline",
        },
    )


def _tornado(frame: Frame, found: value.Outlook) -> None:
    first = found.tornado[0] if found.tornado else None
    tornado(
        [
            {"input": INPUT_NAMES[swing.input], "low": swing.value_low, "high": swing.value_high}
            for swing in found.tornado
        ],
        name="input",
        low="low",
        high="high",
        middle=found.bridge.plan,
        key=f"tornado-{found.account_id}",
        title=_("{input} moves it most").format(input=INPUT_NAMES[first.input]) if first else _("Nothing is uncertain"),
        subtitle=_("Value with each input at its P10 and its P90, the others at P50"),
        empty=_("Every input is certain."),
        currency=frame.currency,
    )


def _bridge(frame: Frame, found: value.Outlook) -> None:
    waterfall(
        [
            (_("Statistics"), found.bridge.statistical, True),
            *((INPUT_NAMES[s.input], s.change, False) for s in found.bridge.steps if round(s.change)),
            (_("Plan"), found.bridge.plan, True),
        ],
        key=f"bridge-{found.account_id}",
        title=_("The forecast lies outside the statistics' range")
        if found.bridge.is_outside_band
        else _("The forecast lies within the statistics' range"),
        subtitle=_("From statistics alone to the plan, at medians; range P10 {low} to P90 {high}").format(
            low=short_money(found.band[0], frame.currency), high=short_money(found.band[1], frame.currency)
        ),
        empty="",
        currency=frame.currency,
    )


def _years(frame: Frame, found: value.Outlook) -> None:
    record_table(
        found.years,
        [
            Column("until", _("Year to"), "date"),
            Column("revenue", _("Revenue"), MONEY),
            Column("margin", _("Margin"), MONEY),
            Column("cost_to_serve", _("Cost to serve"), MONEY),
            Column("initiatives", _("Initiatives"), MONEY),
            Column("capital", _("Capital tied up"), MONEY),
            Column("capital_charge", _("Capital charge"), MONEY),
            Column("flow", _("Left"), MONEY, help=_("Margin − cost to serve + initiatives − capital charge.")),
            Column("retention", _("Kept this year"), "share"),
            Column("kept", _("Kept so far"), "share"),
        ],
        key=f"years-{found.account_id}",
        title=_("The forecast year by year, at medians"),
        empty="",
        currency=frame.currency,
    )


def sensitivity_table(frame: Frame, cases: list, *, key: str) -> None:
    """Values by discount rate, one column each, for every horizon and shift of retention."""
    rates = sorted({case.discount for case in cases})
    rows: dict[tuple[int, float], dict] = {}
    for case in cases:
        row = rows.setdefault(
            (case.horizon, case.retention_shift),
            {"horizon": several("{count} year", "{count} years", case.horizon), "shift": case.retention_shift},
        )
        row[f"at_{case.discount:.6f}"] = case.value
    record_table(
        [rows[at] for at in sorted(rows)],
        [
            Column("horizon", _("Horizon")),
            Column("shift", _("Retention shifted by"), "share"),
            *(Column(f"at_{rate:.6f}", _("At {rate}").format(rate=share(rate)), MONEY) for rate in rates),
        ],
        key=key,
        title=_("Sensitivity to discount, horizon and retention"),
        empty=_("No value is known."),
        currency=frame.currency,
    )


def one_outlook(frame: Frame, found: value.Outlooks) -> None:
    """One key account of the page: chosen from the list, opened, with the way to its own page."""
    offered = {one.account_id: one for one in found.accounts}
    if not offered:
        st.caption(_("There is no key account on this day: admit accounts first."))
        return
    chosen = st.selectbox(_("Account"), list(offered), format_func=lambda one: offered[one].name, key="outlook.account")
    account_outlook(frame, offered[chosen])
    link(
        "account", _("Scorecard, initiatives and relational value on its page"), account=chosen, tab=_("Lifetime value")
    )
