"""What-if of an account: what is changed, before and after; scenarios that were kept, and two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import value
from kam.store import Condition
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.outlook import key_accounts, waiting
from kam.ui.range_charts import ranges
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import UNKNOWN, count, day, money, share, short_money
from kam.words import _

MONEY = "reporting currency"
_FREED = _(
    "Cost to serve falls by the minutes that are freed: the money is saved only where they are used otherwise or given up."
)
_RULES = {
    "contribution": _(
        "Revenue × (1 + price) × (1 + volume) + rush fee × rush lines − product cost × (1 + volume) − cost to serve, whose orders "
        "change by (1 + volume) / (1 + drop size)."
    ),
    "economic_profit": _("Contribution − revenue × payment days / 365 × discount rate."),
    "lifetime_value": _("Contribution × r / (1 + i − r (1 + g)), as on the account's page."),
    "lifetime_value_after_capital": _("Economic profit × r / (1 + i − r (1 + g)): payment terms show here."),
}


def try_scenario(frame: Frame) -> None:
    """Choose an account, change its terms, see before and after, and keep it."""
    keys = key_accounts(frame)
    account_id = choose_account(frame, key="scenario", chosen=frame.account_id or (keys[0] if keys else None))
    if account_id is None:
        st.info(_("Choose an account: its price, drop size, rush fee and payment terms can then be changed."))
        return
    with refusals_shown():
        worth = value.account_value(frame.store, frame.as_of, account_id, for_whom=frame.person)
        change = _change(frame, worth)
        common = {"key_accounts": keys, "for_whom": frame.person}
        if value.is_checked(frame.store, frame.as_of, key_accounts=keys):
            effect = value.what_if(frame.store, frame.as_of, account_id, change, **common)
        else:
            with waiting(frame, Condition("account_id", "=", account_id), worth.name) as tell:
                effect = value.what_if(frame.store, frame.as_of, account_id, change, tell=tell, **common)
        _shown(frame, effect)
        _keep(frame, effect)


def _change(frame: Frame, worth: value.AccountValue) -> value.WhatIf:
    """The fields. Keys hold the account: another account starts from no change."""
    key = f"what_if.{worth.account_id}"

    def percent(label: str, name: str, about: str = "", start: float | None = 0.0) -> float | None:
        typed = st.number_input(label, value=start, step=1.0, key=f"{key}.{name}", help=about or None)
        return None if typed is None else typed / 100

    left, middle, right = st.columns(3, gap="large")
    with left:
        price = percent(_("Price, %"), "price", _("Change of the net price."))
        volume = percent(_("Volume, %"), "volume", _("The customer's answer in units."))
        drop = percent(_("Drop size, %"), "drop", _("Units per order: 100 % more halves the orders."))
    with middle:
        fee = st.number_input(
            _("Rush fee per line, {currency}").format(currency=frame.currency), value=0.0, step=5.0, key=f"{key}.fee"
        )
        rush = percent(_("Rush lines, %"), "rush", _("Change of their number, in answer to the fee."))
        days = st.number_input(
            _("Payment terms, days"), value=None, step=5.0, key=f"{key}.days", placeholder=_("as agreed")
        )
    with right:
        growth = percent(_("Growth a year, %"), "growth", _("Of the margin, for good."))
        retention = percent(_("Retention a year, %"), "retention", _("Empty: as decided."), None)
        recorded = {
            row["activity_code"]: row["activity_name"] for row in worth.activities if row["driver"] == "activities"
        }
        follows = st.multiselect(
            _("Work that comes with each order"),
            list(recorded),
            format_func=recorded.__getitem__,
            key=f"{key}.follows",
            help=_(
                "The ledger's orders follow the drop size by themselves; recorded work only where it is named here."
            ),
        )
    return value.WhatIf(price, volume, drop, fee, rush, days, growth, retention, tuple(follows))


def _shown(frame: Frame, effect: value.Effect) -> None:
    gain = _difference(effect.before["contribution"], effect.after["contribution"])
    if gain is None:
        st.warning(escaped(_("The contribution is unknown. {why}").format(why=" ".join(effect.missing)), longest=1000))
    elif effect.what_if == value.WhatIf(follows_orders=effect.what_if.follows_orders):
        st.markdown(f"**{escaped(_('Change a field to see what it would bring.'))}**")
    else:
        told = _("{account} would bring {gain} contribution a year more.") if gain >= 0 else _(
            "{account} would bring {gain} contribution a year less."
        )  # fmt: skip
        st.markdown(f"**{escaped(told.format(account=effect.name, gain=short_money(abs(gain), frame.currency)))}**")
    inputs = [
        (_("Orders of 12 months"), count(effect.orders)),
        (_("Rush lines of 12 months"), count(effect.rush_lines)),
        (_("Payment days, before and after"), " → ".join(UNKNOWN if d is None else f"{d:g}" for d in effect.days)),
        (_("Retention r, after"), share(effect.rates["retention"])),
        (_("Discount rate i"), share(effect.rates["discount"])),
        (_("Growth g, after"), share(effect.rates["growth"])),
        (_("Multiple, before and after"), " → ".join(_multiple(effect, side) for side in ("before", "after"))),
    ]
    figures(
        *(
            {
                "label": value.LINES[line],
                "value": effect.after[line],
                "is_estimated": effect.is_estimated,
                "unit": MONEY,
                "currency": frame.currency,
                "period": _("before: {amount}").format(amount=short_money(effect.before[line], frame.currency)),
                "unknown_because": " ".join(effect.missing),
                "rule": Rule(f"{rule} {_FREED}", inputs=inputs, missing=" ".join(effect.missing)),
                "key": f"after-{line}",
            }
            for line, rule in _RULES.items()
        )
    )
    _statement(frame, effect.before, effect.after, key="what-if")
    st.caption(escaped(_FREED, longest=400))
    if effect.before["p50"] is not None:
        ranges(
            [
                {"name": _("Before"), **{p: effect.before[p] for p in ("p10", "p50", "p90")}},
                {"name": _("After"), **{p: effect.after[p] for p in ("p10", "p50", "p90")}},
            ],
            name="name",
            low="p10",
            middle="p50",
            high="p90",
            key="what-if-ranges",
            title=_("The forecast of three years, before and after"),
            subtitle=_("P10, P50, P90; the same draws on both sides, as of {day}").format(day=day(effect.as_of)),
            empty="",
            currency=frame.currency,
        )
    with st.expander(_("Cost to serve by activity, before and after")):
        record_table(
            effect.activities,
            [
                Column("activity_name", _("Activity")),
                Column("before", _("Before"), MONEY),
                Column("after", _("After"), MONEY),
                Column("factor", _("Times as much work"), "number", decimals=2),
            ],
            key="what-if-activities",
            title=_("Cost to serve by activity, before and after"),
            empty=_("No activity of this account has a cost: adopt a cost model on the Settings page."),
            currency=frame.currency,
        )


def _keep(frame: Frame, effect: value.Effect) -> None:
    with form(f"scenario.{effect.account_id}", _("Keep the scenario")) as keeping:
        name = st.text_input(_("Name of the scenario"), max_chars=200)
        note = st.text_input(_("Note"), max_chars=1000, placeholder=_("What it is for"))
    if keeping.sent:
        with refusals_shown(keeping):
            value.keep_scenario(frame.store, name, effect, note=note, who=frame.person, op_id=keeping.op_id)
            keeping.done(
                _("“{name}” is kept with what was seen.").format(name=name.strip()),
                page="scenarios",
                label=_("See what is kept"),
                tab=_("Kept"),
            )


def kept_scenarios(frame: Frame) -> None:
    """All scenarios with what they change; one of them opened, frozen as it was seen."""
    kept = frame.those_shown(value.scenarios(frame.store))
    rows = [
        {
            "scenario_id": one.scenario_id,
            "name": one.name,
            "account_id": one.account_id,
            "account": one.result["name"],
            "as_of": one.as_of,
            "changed": told_inputs(one.inputs, frame.currency),
            "contribution": _difference(one.result["before"]["contribution"], one.result["after"]["contribution"]),
            "lifetime": _difference(
                one.result["before"]["lifetime_value_after_capital"],
                one.result["after"]["lifetime_value_after_capital"],
            ),
            "note": one.note,
            "kept_by": one.kept_by,
            "kept_at": one.kept_at,
        }
        for one in kept
    ]
    columns = [
        Column("name", _("Scenario")),
        Column("account", _("Account"), "account"),
        Column("changed", _("Changed")),
        Column("contribution", _("Contribution, change"), MONEY),
        Column("lifetime", _("Lifetime value, change"), MONEY),
        Column("as_of", _("As of"), "date"),
        Column("note", _("Note")),
        Column("kept_by", _("Kept by")),
    ]
    record_table(
        rows,
        columns,
        key="scenarios",
        title=_("Kept scenarios"),
        empty=_("No scenario is kept yet: try one, and keep it under a name."),
        currency=frame.currency,
    )
    if not kept:
        return
    record_downloads(
        frame, rows, columns, key="scenarios", title=_("Kept scenarios"), ids=("scenario_id", "account_id")
    )
    numbers = {one.scenario_id: one for one in kept}
    chosen = numbers[
        st.selectbox(_("Open a scenario"), list(numbers), format_func=lambda n: _named(numbers[n]), key="scenario.open")
    ]
    st.caption(
        escaped(
            _("Frozen as {person} saw it on {day}, as of {as_of}: {changed}").format(
                person=chosen.kept_by,
                day=day(chosen.kept_at.date()),
                as_of=day(chosen.as_of),
                changed=told_inputs(chosen.inputs, frame.currency),
            ),
            longest=600,
        )
    )
    _statement(frame, chosen.result["before"], chosen.result["after"], key="kept")


def compared_scenarios(frame: Frame) -> None:
    """Two kept scenarios side by side."""
    kept = {one.scenario_id: one for one in value.scenarios(frame.store)}
    if len(kept) < 2:
        st.info(_("Two scenarios are compared: keep a second one first."))
        return
    left, right = st.columns(2)
    ids = list(kept)
    with left:
        one = kept[st.selectbox(_("First"), ids, format_func=lambda n: _named(kept[n]), key="compare.first")]
    with right:
        two = kept[st.selectbox(_("Second"), ids, index=1, format_func=lambda n: _named(kept[n]), key="compare.second")]
    for scenario in (one, two):
        st.caption(
            escaped(
                f"{_named(scenario)}, {day(scenario.as_of)}: {told_inputs(scenario.inputs, frame.currency)}",
                longest=600,
            )
        )
    rows = [
        {
            "line": label,
            "first_before": one.result["before"][line],
            "first_after": one.result["after"][line],
            "first": _difference(one.result["before"][line], one.result["after"][line]),
            "second_before": two.result["before"][line],
            "second_after": two.result["after"][line],
            "second": _difference(two.result["before"][line], two.result["after"][line]),
        }
        for line, label in value.LINES.items()
    ]
    columns = [
        Column("line", _("Line")),
        Column("first_before", _("First, before"), MONEY),
        Column("first_after", _("First, after"), MONEY),
        Column("first", _("First, change"), MONEY),
        Column("second_before", _("Second, before"), MONEY),
        Column("second_after", _("Second, after"), MONEY),
        Column("second", _("Second, change"), MONEY),
    ]
    record_table(
        rows, columns, key="compared", title=_("Two scenarios side by side"), empty="", currency=frame.currency
    )
    record_downloads(frame, rows, columns, key="compared", title=_("Two scenarios side by side"), ids=())


def told_inputs(inputs: Mapping[str, Any], currency: str) -> str:
    """What a scenario changes, in a line; what is left as it is stays out."""
    shares = {
        "price_share": _("price {change}"),
        "volume_share": _("volume {change}"),
        "drop_size_share": _("drop size {change}"),
        "rush_share": _("rush lines {change}"),
        "growth_share": _("growth {change} a year"),
    }
    said = [
        text.format(change=f"{'+' if inputs[name] > 0 else ''}{share(inputs[name])}")
        for name, text in shares.items()
        if inputs[name]
    ]
    if inputs["rush_fee_amount"]:
        said.append(_("rush fee {fee} a line").format(fee=money(inputs["rush_fee_amount"], currency, decimals=2)))
    if inputs["payment_days"] is not None:
        said.append(_("payment in {days:g} days").format(days=inputs["payment_days"]))
    if inputs["retention_rate"] is not None:
        said.append(_("retention {rate}").format(rate=share(inputs["retention_rate"])))
    return ", ".join(said) or _("nothing changed")


def _named(scenario: value.Scenario) -> str:
    return f"{scenario.name} · {scenario.result['name']}"


def _statement(frame: Frame, before: Mapping[str, Any], after: Mapping[str, Any], *, key: str) -> None:
    record_table(
        [
            {
                "line": label,
                "before": before[line],
                "after": after[line],
                "change": _difference(before[line], after[line]),
            }
            for line, label in value.LINES.items()
        ],
        [
            Column("line", _("Line")),
            Column("before", _("Before"), MONEY),
            Column("after", _("After"), MONEY),
            Column("change", _("Change"), MONEY),
        ],
        key=f"{key}-statement",
        title=_("Before and after, a year and over the lifetime"),
        empty="",
        currency=frame.currency,
    )


def _difference(before: float | None, after: float | None) -> float | None:
    # To the cent, and no −0 where the draws differ in the last digit.
    return None if before is None or after is None else round(after - before, 2) or 0.0


def _multiple(effect: value.Effect, side: str) -> str:
    known = effect.rates[f"multiple_{side}"]
    return UNKNOWN if known is None else f"{known:.4f}"
