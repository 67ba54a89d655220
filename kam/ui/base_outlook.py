"""The whole base on the page: everyone else by statistics, and how key accounts and base make one sum."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.ui.account_forecast import sensitivity_table
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.outlook import METHOD_NAMES, MONEY, rate_inputs
from kam.ui.relational import relational_table
from kam.ui.risk_scorecard import retention_basis
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import money, share, short_money
from kam.words import _, several


def everyone_else(frame: Frame, found: value.Outlooks) -> None:
    """Next year's revenue of the accounts outside the programme by each forecast, what the fit is worth, and the list."""
    base = found.base
    if base is None:
        st.info(escaped(found.check_missing))
        return
    rows = _rows(found)
    used = value.method_used(found.check, "base")
    period = _("12 months after {day}, accounts outside the programme").format(day=f"{found.as_of:%-d %b %Y}")
    figures(
        *(
            {
                "label": METHOD_NAMES[method],
                "value": _sum(rows, method),
                "unit": MONEY,
                "currency": frame.currency,
                "period": _("used")
                if method == used
                else _("beside it, not to be believed")
                if method == "model" and base.weaknesses
                else _("beside it"),
                "unknown_because": _MISSING[method],
                "rule": Rule(_RULES[method], period, rate_inputs(found), _SOURCES[method]),
                "key": f"base-{method}",
            }
            for method in METHOD_NAMES
        )
    )
    _fit(base)
    columns = [
        Column("name", _("Account"), "account"),
        Column("run_rate", _("Run-rate"), MONEY),
        Column("season", _("× season"), MONEY),
        Column("model", _("Purchase model"), MONEY),
        Column("p10", _("Its P10"), MONEY, help=_("Widened to the measured coverage; the 200 largest accounts.")),
        Column("p90", _("Its P90"), MONEY),
        Column(
            "purchases", _("Expected purchases"), "number", decimals=1, help=_("Purchase days in the next 12 months.")
        ),
        Column(
            "worth",
            _("Lifetime value"),
            MONEY,
            help=_("Over the horizon, by the forecast in use."),
            estimated_by="is_estimated",
        ),
        Column("is_negative", _("Returns exceed purchases"), "flag"),
    ]
    rows = frame.those_shown(rows)
    record_table(
        rows,
        columns,
        key="everyone-else",
        title=_("Everyone else by statistics"),
        empty=_("Every account with revenue is a key account."),
        currency=frame.currency,
    )
    record_downloads(frame, rows, columns, key="everyone-else", title=_("Everyone else by statistics"))
    _negative(frame, found)


_MISSING = {
    "run_rate": "",
    "season": _("unknown: needs 24 complete months"),
    "model": _("unknown: no fit exists"),
}
_RULES = {
    "run_rate": _("What was sold in the last 12 months is sold again: a window as long as the horizon."),
    "season": _(
        "The run-rate × the season of the coming 12 months over that of the last, by ratio to a moving average; over whole "
        "years a season evens out."
    ),
    "model": _(
        "Expected purchases by BG/NBD × expected spend by Gamma–Gamma, fitted on the base without the key accounts by maximum "
        "likelihood. It never serves as an alarm: who bought once counts as alive for ever."
    ),
}
_SOURCES = {
    "run_rate": _("Order lines of the ledger"),
    "season": _("Order lines of the ledger; classical decomposition"),
    "model": _("Fader, Hardie & Lee (2005); Fader & Hardie (2013)"),
}


def _rows(found: value.Outlooks) -> list[dict]:
    ids = [one for one in found.others if one in found.base.accounts]
    ranges = found.base.ranges
    rows = [
        found.base.accounts[one]
        | dict(zip(("p10", "p90"), ranges.get(one, (None, None)), strict=True))
        | {
            "account_id": one,
            "name": found.names[one],
            "worth": found.others[one],
            "is_negative": one in found.negative,
            "is_estimated": one in found.estimated,
        }
        for one in ids
    ]
    return sorted(rows, key=lambda row: (-row["run_rate"], row["account_id"]))


def _sum(rows: list[dict], method: str) -> float | None:
    known = [row[method] for row in rows if row[method] is not None]
    return sum(known) if known else None


def _fit(base: value.BaseOutlook) -> None:
    """What the purchase model's fit is worth, in sentences."""
    said = []
    # The parameters of a fit that ran to an edge say nothing.
    if base.fit is not None and not base.weaknesses:
        p, q = base.fit.purchases.parameters, base.fit.spend.parameters
        said.append(
            _(
                "Fitted on {count:,.0f} accounts without the {left} key accounts: r {r:.3f}, α {alpha:.2f} weeks, a {a:.3f}, "
                "b {b:.3f}; p {p:.2f}, q {q:.2f}, γ {gamma:.1f}."
            ).format(
                count=base.fit.purchases.accounts, left=base.fit.left_out, r=p.r, alpha=p.alpha, a=p.a, b=p.b,
                p=q.p, q=q.q, gamma=q.gamma,
            )
        )  # fmt: skip
    if base.correlation is not None:
        said.append(
            _("Spend and frequency correlate by {correlation:.2f}; the model takes them for independent.").format(
                correlation=base.correlation
            )
        )
    if base.measured is not None:
        said.append(
            _("Its P10–P90 held {measured} of what came, where 80 % was promised{widened}.").format(
                measured=share(base.measured, decimals=0),
                widened=_(": no factor would do, so none is shown")
                if base.widening is None
                else _(": the arms are lengthened {factor:.2f} times").format(factor=base.widening),
            )
        )
    if base.weaknesses:
        said.append(_("The fit is not to be believed: {why}").format(why=" ".join(base.weaknesses)))
    st.caption(escaped(" ".join(said), longest=1500))


def _negative(frame: Frame, found: value.Outlooks) -> None:
    if not found.negative:
        return
    st.markdown(
        f"**{escaped(several('{count} account returned more than it bought in the 12 months; it counts with what it brings, below 0 or not.', '{count} accounts returned more than they bought in the 12 months; they count with what they bring, below 0 or not.', len(found.negative)))}**"
    )
    record_table(
        frame.those_shown(
            [
                {
                    "account_id": one,
                    "name": found.names[one],
                    "revenue": found.base.accounts[one]["run_rate"],
                    "worth": found.others.get(one),
                }
                for one in found.negative
            ]
        ),
        [
            Column("name", _("Account"), "account"),
            Column("revenue", _("Net revenue, 12 months"), MONEY),
            Column("worth", _("Lifetime value"), MONEY),
        ],
        key="negative",
        title=_("Returns exceed purchases"),
        empty="",
        currency=frame.currency,
    )


def value_reconciliation(frame: Frame, found: value.Outlooks) -> None:
    """Total = key accounts by plan + everyone else by statistics; each key account's way from one to the other."""
    equity = found.equity
    if equity is None:
        st.info(_("The discount rate or the retention rate is not decided: adopt them on the Settings page."))
        return
    if not found.is_plan_known:
        st.info(
            escaped(
                _("No key account's value is known, so there is no sum. {why}").format(why=found.check_missing),
                longest=400,
            )
        )
        return
    st.markdown(
        "**"
        + escaped(
            _("Key accounts by plan {plan} + everyone else by statistics {rest} = customer equity {total}").format(
                plan=money(equity.by_plan, frame.currency),
                rest=money(equity.by_statistics, frame.currency),
                total=money(equity.total, frame.currency),
            ),
            longest=400,
        )
        + "**"
    )
    if found.total is not None:
        st.caption(
            escaped(
                _(
                    "The key accounts' sum has its P10 at {drawn}, drawn together; the sum of their P10s would be {added}, "
                    "because not all have a bad future at once."
                ).format(
                    drawn=short_money(found.total.p10, frame.currency),
                    added=short_money(found.sum_of_lows, frame.currency),
                ),
                longest=400,
            )
        )
    outside = [one for one in found.accounts if one.bridge and one.bridge.is_outside_band]
    st.markdown(
        escaped(
            several(
                "{count} plan lies outside its account's statistical range: ask what it rests on.",
                "{count} plans lie outside their accounts' statistical ranges: ask what they rest on.",
                len(outside),
            )
            if outside
            else _("Every plan lies within its account's statistical range.")
        )
    )
    rows = frame.those_shown([_bridged(one) for one in found.accounts if one.bridge])
    columns = [
        Column("name", _("Account"), "account"),
        Column("statistical", _("By statistics"), MONEY),
        Column("revenue", _("Contracts, pipeline"), MONEY),
        Column("margin_rate", _("Margin rate"), MONEY),
        Column("initiatives", _("Initiatives"), MONEY),
        Column("cost_to_serve", _("Cost to serve"), MONEY),
        Column("capital", _("Capital"), MONEY),
        Column("retention", _("Chance to keep it"), MONEY),
        Column("plan", _("By plan"), MONEY),
        Column("p10", _("Statistical P10"), MONEY),
        Column("p90", _("Statistical P90"), MONEY),
        Column("is_outside", _("Outside"), "flag", help=_("The plan lies outside the statistical P10–P90.")),
    ]
    record_table(
        rows,
        columns,
        key="bridges",
        title=_("From statistics to plan, same years and rates, at medians"),
        empty=_("No key account has a value that is known."),
        currency=frame.currency,
    )
    if rows:
        record_downloads(frame, rows, columns, key="bridges", title=_("From statistics to plan"))
    unknown = [found.names.get(one, one) for one in equity.unknown]
    if unknown:
        more = "" if len(unknown) <= 20 else " …"
        st.caption(
            escaped(_("Unknown and in no sum: {names}").format(names=", ".join(unknown[:20])) + more, longest=1500)
        )
    st.subheader(_("Beside it, never added"), anchor=False)
    relational_table(
        frame,
        [row | {"name": found.names[row["account_id"]]} for row in frame.those_shown(found.relational)],
        key="relational-all",
    )


def _bridged(one: value.Outlook) -> dict:
    return {
        "account_id": one.account_id,
        "name": one.name,
        "statistical": one.bridge.statistical,
        **{step.input: step.change for step in one.bridge.steps},
        "plan": one.bridge.plan,
        "p10": one.band[0],
        "p90": one.band[1],
        "is_outside": bool(one.bridge.is_outside_band),
    }


def _finding(frame: Frame, found: value.Outlooks) -> None:
    """What five points of retention and a dearer rate cost, over the whole horizon."""
    at = {
        (case.discount, case.retention_shift): case.value for case in found.sensitivity if case.horizon == found.years
    }
    used = at.get((found.discount, 0.0))
    dearer = max((rate for rate, _shift in at), default=None)
    if used is None:
        return
    told = _("Five points less retention a year cost {kept}; a rate of {rate} instead of {used} costs {dear}").format(
        kept=short_money(used - at[found.discount, -0.05], frame.currency),
        rate=share(dearer, decimals=0),
        used=share(found.discount),
        dear=short_money(used - at[dearer, 0.0], frame.currency),
    )
    st.markdown(f"**{escaped(told)}.**")


def rates_and_risk(frame: Frame, found: value.Outlooks) -> None:
    """How the key accounts' value moves with discount, horizon and retention; where the yearly chances come from."""
    _finding(frame, found)
    sensitivity_table(frame, found.sensitivity, key="sensitivity")
    st.caption(
        escaped(
            _("Sum of the key accounts at medians. In use: {rate} over {years} years.").format(
                rate=share(found.discount), years=found.years
            )
        )
    )
    retention_basis(frame)
