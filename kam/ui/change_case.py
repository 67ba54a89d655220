"""The case for the programme on screen: value against cost of a year as ranges, by account, with the rates it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kam import change, parameters, units
from kam.ui.cells import Column
from kam.ui.empty import empty
from kam.ui.figures import Rule, figures, months_to
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.range_charts import ranges
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import short_money
from kam.words import _, several

_YEARS = 3
_PARTS = {
    "value": _("What the treatment adds"),
    "managers": _("Account managers' time"),
    "sponsors": _("Our executives' time"),
    "serving": _("Extra cost to serve"),
    "cost": _("Cost together"),
    "net": _("Value less cost"),
}
_ENDS = (_("low"), _("likely"), _("high"))
_SAID = {
    "value": _("Expected uplift × the contribution of the key accounts; over their lifetime, uplift × lifetime value."),
    "cost": _(
        "Hours that the managers of key accounts give × cost of an hour, hours that sponsored accounts ask of our "
        "executives × cost of an hour, and the share of cost to serve that only key accounts get. Time of managers that "
        "no account takes is in it."
    ),
    "net": _("Value less cost; low is the low value less the high cost, high the other way round."),
    "pays": _("Cost / contribution of the key accounts: with an uplift of this share, value and cost are equal."),
}


def change_case(frame: Frame) -> None:
    """The answer, its figures and ranges, the years behind it, the accounts, and the rates."""
    found = change.programme_case(frame.store, frame.as_of, years=_YEARS, for_whom=frame.person)
    if not found:
        empty(
            _("There is no key account on this day, so there is nothing to weigh."),
            _("Admit the first accounts; the case then sets what their treatment adds against what it costs."),
            page="candidates",
        )
        return
    now = found[0]
    st.markdown(f"**{escaped(_answer(now, frame.currency), longest=600)}**")
    if now.missing:
        st.warning(
            escaped(_("Not known: {what}.").format(what="; ".join(now.missing)), longest=3000),
        )
        link("settings", _("State the rates on the page Settings"))
    _figures(frame, now)
    ranges(
        [{"name": name, **_ends_of(now, part)} for part, name in _PARTS.items()],
        name="name",
        low="low",
        middle="likely",
        high="high",
        key="case",
        title=_finding(now, frame.currency),
        subtitle=_("Line: low to high. Dot: likely. {period}").format(period=months_to(frame.as_of)),
        empty=_("Nothing of it is known: see above what is missing."),
        currency=frame.currency,
        ends=_ENDS,
    )
    _years(frame, found)
    _accounts(frame, now)
    _rates(frame, now)


def _figures(frame: Frame, now: change.CaseYear) -> None:
    common = {"unit": "reporting currency", "currency": frame.currency, "is_estimated": True}
    because = _("see what is missing above")
    shown = [
        {
            "label": _PARTS[part],
            "value": getattr(now, part) and getattr(now, part).likely,
            "period": _range_told(getattr(now, part), frame.currency),
            "unknown_because": because,
            "rule": Rule(_SAID[part], period=months_to(now.as_of), inputs=_inputs(now), missing="; ".join(now.missing)),
        }
        | common
        for part in ("value", "cost", "net")
    ]
    pays = {
        "label": _("Pays from an uplift of"),
        "value": now.pays_from,
        "unit": "share",
        "is_estimated": True,
        "period": _("expected: {share}").format(share=units.share(_rate(now, "selection.expected_uplift"))),
        "unknown_because": because if now.cost is None else _("the key accounts leave no contribution"),
        "rule": Rule(_SAID["pays"], period=months_to(now.as_of)),
    }
    figures(*shown, pays)


def _years(frame: Frame, found: Sequence[change.CaseYear]) -> None:
    rows = [
        {"year": months_to(year.as_of), "accounts": year.account_count}
        | {
            f"{part}_{end}": getattr(getattr(year, part), end, None)
            for part in ("value", "cost", "net")
            for end in ("low", "likely", "high")
        }
        | {part: getattr(getattr(year, part), "likely", None) for part in (*change.COSTS,)}
        | {
            "pays_from": year.pays_from,
            "lifetime_net": year.lifetime_net and year.lifetime_net.likely,
            "missing": len(year.missing) or None,
        }
        for year in found
    ]
    money = "reporting currency"
    columns = [
        Column("year", _("Year")),
        Column("accounts", _("Key accounts"), "count"),
        Column("value_likely", _PARTS["value"], money, help=_("likely")),
        Column("managers", _PARTS["managers"], money),
        Column("sponsors", _PARTS["sponsors"], money),
        Column("serving", _PARTS["serving"], money),
        Column("net_low", _("Net, low"), money),
        Column("net_likely", _("Net, likely"), money),
        Column("net_high", _("Net, high"), money),
        Column("pays_from", _("Pays from"), "share"),
        Column("lifetime_net", _("Net over their lifetime"), money, help=_("The year's net × r / (1 + i − r).")),
        Column("missing", _("Not known"), "count", help=_("Rates and readings that are missing.")),
    ]
    more = [
        Column(f"{part}_{end}", f"{_PARTS[part]}, {word}", money)
        for part in ("value", "cost")
        for end, word in zip(("low", "likely", "high"), _ENDS, strict=True)
    ]
    title = _("The case by year")
    st.subheader(title, anchor=False)
    st.caption(_("Each year by the roster, the records and the rates of its last day."))
    record_table(rows, columns, key="case_years", title=title, empty="", currency=frame.currency)
    record_downloads(frame, rows, [*columns, *more], key="case_years", title=title, ids=())


def _accounts(frame: Frame, now: change.CaseYear) -> None:
    rows = sorted((a.model_dump() for a in now.accounts), key=lambda a: (a["net"] is None, a["net"] or 0))
    money = "reporting currency"
    columns = [
        Column("name", _("Account"), "account"),
        Column("category", _("Category"), "status"),
        Column("lifetime_value", _("Lifetime value"), money),
        Column("value", _PARTS["value"], money),
        Column("managers", _PARTS["managers"], money, help=_("Hours that its category takes.")),
        Column("sponsors", _PARTS["sponsors"], money, help=_("0 without a sponsor.")),
        Column("serving", _PARTS["serving"], money),
        Column("net", _PARTS["net"], money),
    ]
    known = [row["net"] for row in rows if row["net"] is not None]
    title = several(
        "{count} key account costs more than its treatment is expected to add",
        "{count} key accounts cost more than their treatment is expected to add",
        sum(net < 0 for net in known),
    )
    if not known:
        title = _("What each key account adds; whether that is more than it costs is not known yet")
    st.subheader(title, anchor=False)
    record_table(rows, columns, key="case_accounts", title=title, empty="", currency=frame.currency)
    record_downloads(frame, rows, columns, key="case_accounts", title=_("The case by account"))
    if now.free is not None:
        said = (
            _("Beside the accounts stand {amount} of managers' time that no key account takes.")
            if now.free >= 0
            else _("The accounts ask for {amount} more of managers' time than managers give.")
        )
        st.caption(escaped(said.format(amount=short_money(abs(now.free), frame.currency))))


def _rates(frame: Frame, now: change.CaseYear) -> None:
    columns = [
        Column("meaning", _("What it is")),
        Column("value", _("Value"), "number", decimals=2),
        Column("unit", _("Unit")),
        Column("valid_from", _("From"), "date"),
        Column("source", _("Source")),
        Column("rate_id", _("Name on the page Settings")),
    ]
    known = parameters.defaults()
    rows = [r.model_dump() | {"meaning": _capital(known[r.rate_id].meaning)} for r in now.rates]
    title = _("What it rests on, as of {day}").format(day=units.day(now.as_of))
    st.subheader(title, anchor=False)
    record_table(rows, columns, key="case_rates", title=title, empty="")
    st.caption(
        _(
            "Uplift, spread and shares are judgement until the programme adopts what it has achieved. Not in the cost: the "
            "champion, training and systems."
        )
    )
    link("settings", _("Adopt another value"))


def _answer(now: change.CaseYear, currency: str) -> str:
    if now.net is None:
        return _("Whether the programme pays is not known yet.")
    low, likely, high = (short_money(getattr(now.net, end), currency) for end in ("low", "likely", "high"))
    if now.net.low >= 0:
        said = _("The programme pays in every case: {likely} a year more than it costs, from {low} to {high}.")
    elif now.net.high <= 0:
        said = _("The programme does not pay in any case: {likely} a year, from {low} to {high}.")
    else:
        said = _("Whether the programme pays depends on the uplift: likely {likely} a year, from {low} to {high}.")
    return said.format(likely=likely, low=low, high=high)


def _finding(now: change.CaseYear, currency: str) -> str:
    if now.value is None or now.cost is None:
        return _("Value and cost of the programme, as far as they are known")
    if now.cost.likely <= 0:
        return _("The programme costs nothing by the rates stated")
    return _("The treatment is expected to add {times:.2f} {currency} for each {currency} that it costs").format(
        times=now.value.likely / now.cost.likely, currency=currency
    )


def _ends_of(now: change.CaseYear, part: str) -> dict[str, Any]:
    span = getattr(now, part)
    return span.model_dump() if span else {"low": None, "likely": None, "high": None}


def _range_told(span: change.Span | None, currency: str) -> str:
    if span is None:
        return ""
    return _("{low} to {high}").format(low=short_money(span.low, currency), high=short_money(span.high, currency))


def _inputs(now: change.CaseYear) -> list[tuple[str, str]]:
    return [
        (r.rate_id, _("undecided") if r.value is None else f"{r.value:g} {r.unit}, {units.day(r.valid_from)}")
        for r in now.rates
    ]


def _rate(now: change.CaseYear, rate_id: str) -> float | None:
    return next((r.value for r in now.rates if r.rate_id == rate_id), None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
