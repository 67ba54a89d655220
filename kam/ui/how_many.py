"""How many key accounts: the best set within the limits beside the plain ranking."""

from __future__ import annotations

import streamlit as st

from kam import selection
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.units import count, day, short_money
from kam.words import _, several


def best_set(frame: Frame) -> None:
    """Limits, both sets, their difference, the worth of one more and one fewer, and what it rests on."""
    slots, _known = frame.store.sums("sponsorship.executive_load", {"as_of": frame.as_of}, ["cap"])["cap"]
    with st.container(horizontal=True):
        hours = st.number_input(
            _("Manager hours a year"), 0.0, value=None, step=100.0, key="how_many.hours", placeholder=_("as adopted")
        )
        places = st.number_input(
            _("Sponsor slots"), 0, value=None if slots is None else int(slots), key="how_many.slots"
        )
    with refusals_shown():
        found = selection.how_many(frame.store, frame.as_of, hours=hours, sponsor_slots=places, for_whom=frame.person)
        _drawn(frame, found)


def _drawn(frame: Frame, found: selection.HowMany) -> None:
    compared = found.comparison
    rule = Rule(
        _(
            "Expected uplift × lifetime value, summed; the best set is proven optimal (HiGHS), the ranking goes down by "
            "attractiveness until a limit is reached."
        ),
        inputs=[(name, _told(p)) for name, p in found.parameters.items()],
        source=_("METHOD 1.5: a knapsack with side limits; hours and uplift are judgement until adopted"),
    )
    common = {"unit": "reporting currency", "currency": frame.currency, "rule": rule, "is_estimated": True}
    figures(
        {"label": _("Best set"), "value": compared.best.worth_amount} | common,
        {"label": _("Plain ranking"), "value": compared.ranking.worth_amount} | common,
        {"label": _("Difference"), "value": compared.difference_amount} | common,
    )
    limits = found.limits
    st.markdown(
        _("Limits: {least} to {most} accounts, manager hours {hours}, sponsor slots {slots}.").format(
            least=limits.at_least,
            most=limits.at_most,
            hours=_("not decided, so no limit") if limits.hours is None else f"{limits.hours:,.0f}",
            slots=_("not known, so no limit") if limits.sponsor_slots is None else limits.sponsor_slots,
        )
    )
    st.markdown(
        " · ".join(
            _("{count} accounts: {worth}").format(
                count=count(k), worth=_("not possible") if worth is None else short_money(worth, frame.currency)
            )
            for k, worth in compared.worth_at.items()
        )
    )
    if compared.unknown:
        st.warning(
            several(
                "{count} account takes no part: its lifetime value is unknown (product cost or a cost model is missing).",
                "{count} accounts take no part: their lifetime value is unknown (product cost or a cost model is missing).",
                len(compared.unknown),
            )
        )
    best, ranking = set(compared.best.account_ids), set(compared.ranking.account_ids)
    order = sorted(found.accounts.values(), key=lambda a: (-(a.worth_amount or 0), a.account_id))
    records = [vars(a) | {"best": a.account_id in best, "ranking": a.account_id in ranking} for a in order]
    columns = [
        Column("name", _("Account"), "account"),
        Column("is_key_account", _("Key"), "flag"),
        Column("best", _("In the best set")),
        Column("ranking", _("By ranking")),
        Column("worth_amount", _("Expected to add"), "reporting currency"),
        Column("hours", _("Hours a year"), "hours"),
        Column("category", _("Category"), "status"),
        Column("attractiveness", _("Attractiveness"), "points"),
        Column("lifetime_value", _("Lifetime value"), "reporting currency"),
    ]
    title = _("Who would be in")
    record_table(records, columns, key="how_many.rows", title=title, empty="", currency=frame.currency)
    record_downloads(frame, records, columns, key="how_many", title=title)


def _told(parameter) -> str:
    value = _("undecided") if parameter.value is None else f"{parameter.value:g} {parameter.unit}"
    return f"{value}, {day(parameter.valid_from)} · {parameter.source}"
