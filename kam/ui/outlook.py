"""Lifetime value on the page: the answer, key accounts as ranges, and how they are read while the check still runs."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.measures import measure_totals
from kam.ui.range_charts import ranges
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import day, share, short_money
from kam.words import _, several

INPUT_NAMES = {
    "revenue": _("Revenue"),
    "margin_rate": _("Margin rate"),
    "cost_to_serve": _("Cost to serve"),
    "initiatives": _("Initiatives"),
    "capital": _("Capital"),
    "retention": _("Retention"),
}
MONEY = "reporting currency"
PLAN_SOURCE = _("Ryals & Knox (2005, 2007): risk-adjusted account forecast; P10 is the low case")
_PLAN = _(
    "Run-rate, contracts, weighted pipeline and initiatives make the forecast; 10,000 seeded draws make its range, as wide as "
    "the holdout on this ledger says."
)


def key_accounts(frame: Frame) -> list[str]:
    """The key accounts on the frame's day, by id."""
    rows = frame.store.read("programme.roster", {"as_of": frame.as_of}, order_by=[("account_id", False)])
    return rows.column("account_id")


def read_outlooks(frame: Frame, *, years: int = 3, risk: value.Risk | None = None) -> value.Outlooks:
    """The outlooks; while the forecasts are still being checked on past years, what is known already stands here."""
    keys = key_accounts(frame)
    common = {"years": years, "risk": risk or value.Risk(), "for_whom": frame.person}
    if value.is_checked(frame.store, frame.as_of, key_accounts=keys):
        return value.outlooks(frame.store, frame.as_of, keys, **common)
    with waiting(frame, Condition("is_key_account", "=", True), _("key accounts")) as tell:
        return value.outlooks(frame.store, frame.as_of, keys, tell=tell, **common)


class waiting:
    """Context: shows the value at a constant rate and a bar of progress until the range is there; gives `tell`."""

    def __init__(self, frame: Frame, among: Condition, of: str) -> None:
        self._frame, self._among, self._of = frame, among, of

    def __enter__(self):
        self._place = st.empty()
        with self._place.container():
            measure_totals(self._frame, ["contribution_12m", "lifetime_value"], where=[self._among], of=self._of)
            st.caption(
                _(
                    "The value at a constant rate, for now. The ranges follow as soon as the forecasts have been tried on past "
                    "years of this ledger: once after each import, some seconds."
                )
            )
            bar = st.progress(0.0, text=_("Trying the forecasts on past years"))

        def tell(done: int, all_: int) -> None:
            bar.progress(
                done / all_,
                text=_("Trying the forecasts on past years: {number} of {all}").format(number=done + 1, all=all_),
            )

        return tell

    def __exit__(self, *_error: object) -> None:
        self._place.empty()


def risk_choice() -> value.Risk:
    """Where risk stands: in the yearly chances or as a premium on the rate. Raises nothing; `outlooks` refuses both."""
    with st.popover(_("Where risk stands"), type="tertiary"):
        st.caption(
            _(
                "Risk is counted once: in the yearly chances to keep an account, with the cost of capital as rate. Switch the "
                "chances off to try a premium on the rate instead."
            )
        )
        has_chances = st.toggle(_("Yearly chances to keep the account"), value=True, key="outlook.chances")
        premium = st.number_input(
            _("Risk premium on the rate, %"), min_value=0.0, max_value=99.0, value=0.0, step=0.5, key="outlook.premium"
        )
    return value.Risk(has_chances, premium / 100)


def rate_inputs(found: value.Outlooks) -> list[tuple[str, str]]:
    """What every value of the page rests on, for its rule."""
    return [
        (_("Horizon"), several("{count} year", "{count} years", found.years)),
        (_("Discount rate"), share(found.discount)),
        (_("Of which risk premium"), share(found.risk.premium)),
        (
            _("Yearly chances"),
            _("of each account's scorecard or contract") if found.risk.has_chances else _("switched off"),
        ),
        (_("Retention of the whole base"), share(found.retention)),
        (_("Seed of the draws"), str(found.seed)),
    ]


def outlook_figures(frame: Frame, found: value.Outlooks) -> None:
    """Customer equity, its two parts, and the range of the key accounts together."""
    equity, total = found.equity, found.total
    inputs = rate_inputs(found)
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
    method = value.method_used(found.check, "base")
    common = {"unit": MONEY, "currency": frame.currency}
    figures(
        common
        | {
            "label": _("Customer equity"),
            "value": equity and equity.total if found.is_plan_known else None,
            "unknown_because": _("unknown: no key account's value is known"),
            "is_estimated": bool(found.estimated),
            "period": _spread(found.equity_range, frame.currency)
            or _("{years} years from {day}").format(years=found.years, day=day(found.as_of)),
            "rule": Rule(
                _("Key accounts by their forecast and everyone else by statistics, each counted once."),
                period=_("{years} years from {day}").format(years=found.years, day=day(found.as_of)),
                inputs=[*inputs, *_counted(equity)],
                missing=missing,
                source=_("The range is drawn: key accounts beside the base, whose error the holdout measured."),
            ),
        },
        common
        | {
            "label": _("Key accounts"),
            "value": equity and equity.by_plan if found.is_plan_known else None,
            "unknown_because": _("unknown: no key account's value is known"),
            "is_estimated": any(one.is_estimated for one in found.accounts),
            "period": _spread(total, frame.currency),
            "rule": Rule(
                _("Mean of 10,000 seeded draws. The range of the sum comes from the draws of the sum."),
                inputs=[
                    *inputs,
                    (
                        _("Sum of the accounts' P10s, which is not the sum's P10"),
                        short_money(found.sum_of_lows, frame.currency),
                    ),
                ],
                source=PLAN_SOURCE,
            ),
        },
        common
        | {
            "label": _("Everyone else"),
            "value": equity and equity.by_statistics,
            "is_estimated": bool(found.estimated.intersection(found.others)),
            "rule": Rule(
                _("Contribution of 12 months × Σ (retention / (1 + discount))^t over the horizon.")
                if method != "model"
                else _("Contribution per unit of revenue × the purchase model's expected revenue, discounted."),
                inputs=[*inputs, (_("Method, chosen by the holdout"), METHOD_NAMES[method])],
            ),
        },
    )


METHOD_NAMES = {
    "run_rate": _("Run-rate"),
    "season": _("Run-rate × season"),
    "model": _("Purchase model (BG/NBD, Gamma–Gamma)"),
}


def _counted(equity) -> list[tuple[str, str]]:
    if equity is None:
        return []
    return [
        (_("Key accounts counted"), str(equity.plan_accounts)),
        (_("Other accounts counted"), f"{equity.statistics_accounts:,}"),
    ]


def _spread(found, currency: str) -> str:
    if found is None:
        return ""
    return _("P10 {low} to P90 {high}").format(
        low=short_money(found.p10, currency), high=short_money(found.p90, currency)
    )


def outlook_table(frame: Frame, found: value.Outlooks) -> None:
    """Every key account with its range, where its chances come from, what it holds, and what moves it most."""
    ordered = sorted(found.accounts, key=lambda o: -(o.range.p50 if o.range else float("-inf")))
    records = [
        {
            "account_id": one.account_id,
            "name": one.name,
            "revenue_rank": one.revenue_rank,
            "p10": one.range and one.range.p10,
            "p50": one.range and one.range.p50,
            "p90": one.range and one.range.p90,
            "chance": one.years[0]["retention"] if one.years else None,
            "basis": value.BASES[one.retention.basis] if one.retention else None,
            "contracted": one.contracted if one.range else None,
            "pipeline": one.pipeline if one.range else None,
            "initiatives": len(one.initiatives),
            "driver": INPUT_NAMES[one.tornado[0].input] if one.tornado else None,
            "missing": " ".join([*one.missing, *one.notes]),
            "is_estimated": one.is_estimated,
        }
        for one in frame.those_shown(ordered)
    ]
    if found.check is None:
        st.info(escaped(_("Ranges are unknown. {why}").format(why=found.check_missing), longest=400))
    best = next((record for record in records if record["p50"] is not None), None)
    if best is not None:
        ranges(
            records,
            name="name",
            low="p10",
            middle="p50",
            high="p90",
            key="outlook-ranges",
            title=_("{name} is worth most of the key accounts").format(name=best["name"]),
            subtitle=_("P10, P50 and P90 of {years} years from {day}").format(years=found.years, day=day(found.as_of)),
            empty="",
            currency=frame.currency,
        )
    columns = [
        Column("name", _("Account"), "account"),
        Column("p10", _("P10"), MONEY, help=_("Low case: one draw in ten is below it."), estimated_by="is_estimated"),
        Column("p50", _("P50"), MONEY, estimated_by="is_estimated"),
        Column("p90", _("P90"), MONEY, estimated_by="is_estimated"),
        Column("chance", _("Kept a year"), "share", help=_("Chance to keep the account through the first year.")),
        Column("basis", _("Chance from")),
        Column("contracted", _("Under contract a year"), MONEY),
        Column("pipeline", _("Weighted pipeline"), MONEY),
        Column("initiatives", _("Initiatives"), "count"),
        Column("revenue_rank", _("Rank by revenue"), "count"),
        Column("driver", _("Moved most by")),
        Column("missing", _("Missing")),
    ]
    record_table(
        records,
        columns,
        key="outlooks",
        title=_("Key accounts by lifetime value"),
        empty=_("No key account is in this selection; where there is none at all, admit accounts first."),
        currency=frame.currency,
    )
    if records:
        st.caption(escaped(_PLAN, longest=400))
        record_downloads(frame, records, columns, key="outlooks", title=_("Key accounts by lifetime value"))


def forecast_verdict(frame: Frame, found: value.Outlooks) -> None:
    """Which forecast to believe on this ledger, in sentences, and the share of revenue that each one missed."""
    if found.check is None:
        st.info(escaped(found.check_missing))
        return
    for sentence in found.check.verdict:
        st.write(escaped(sentence, longest=600))
    record_table(
        [
            {
                "group": group,
                "method": METHOD_NAMES[method],
                "missed": missed,
                "is_used": found.check.chosen[code] == method,
            }
            for code, group in (("base", _("Whole base")), ("top", _("Largest 25")))
            for method, missed in found.check.error[code].items()
        ],
        [
            Column("group", _("Accounts")),
            Column("method", _("Forecast")),
            Column("missed", _("Revenue missed"), "share"),
            Column("is_used", _("Used"), "flag"),
        ],
        key="holdout",
        title=_("Each forecast against what came"),
        empty="",
    )
    record_table(
        [
            {
                "origin": score.origin.item(),
                "group": _("Whole base") if score.group == "base" else _("Largest 25"),
                "method": METHOD_NAMES[score.method],
                "accounts": score.accounts,
                "forecast": score.forecast,
                "actual": score.actual,
                "bias": score.bias,
            }
            for score in found.check.scores
        ],
        [
            Column("origin", _("Forecast made on"), "date"),
            Column("group", _("Accounts")),
            Column("method", _("Forecast")),
            Column("accounts", _("How many"), "count"),
            Column("forecast", _("Forecast of the 12 months"), MONEY),
            Column("actual", _("What came"), MONEY),
            Column("bias", _("Too high by"), "share"),
        ],
        key="origins",
        title=_("Each try on a past year"),
        empty="",
        currency=frame.currency,
    )
    st.caption(
        _(
            "At each of these days every forecast saw the ledger up to that day alone. A dearer method is used only where it "
            "missed at least 5 % less; one that could not be made at every try (the season needs 24 complete months before it) "
            "is not compared."
        )
    )
