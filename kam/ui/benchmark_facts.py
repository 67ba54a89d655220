"""The programme's measures on screen: figures beside last year's, their reviewed definitions, and what was restated."""

from __future__ import annotations

import streamlit as st

from kam import benchmarking, units
from kam.ui.benchmark_round import at_told
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.words import _, several

_BETTER = {"higher": _("higher"), "lower": _("lower"), "neither": _("neither")}
_MONEY = (
    "key_contribution_share",
    "key_lifetime_share",
    "key_contribution_ratio",
    "key_lifetime_ratio",
    "forecast_missed",
)


def round_facts(frame: Frame, found: benchmarking.Results, before: benchmarking.Results | None) -> None:
    """What the records say, beside the ratings, with last year's; then the definitions and restatements."""
    earlier = {fact.fact_id: fact.value for fact in before.facts} if before else {}
    record_table(
        [
            {
                "name": fact.name,
                "value": fact.value,
                "unit": fact.unit,
                "of": _parts(fact, frame.currency),
                "before": earlier.get(fact.fact_id),
                "meaning": fact.meaning,
            }
            for fact in found.facts
        ],
        [
            Column("name", _("Figure")),
            Column("value", _("Now"), "number", unit_by="unit"),
            Column("before", str(before.year) if before else _("Year before"), "number", unit_by="unit"),
            Column("of", _("From")),
            Column("meaning", _("What it is")),
        ],
        key="facts",
        title=_("What the records say, {at}").format(at=at_told(found)),
        empty=_("There are no records yet."),
        currency=frame.currency,
    )
    st.caption(_("Figures of the workbench's own records, not of the raters. Closing the round freezes them with it."))
    _restated(frame, found if found.is_closed else before)
    _definitions(frame, found)


def _restated(frame: Frame, closed: benchmarking.Results | None) -> None:
    """Where today's records give another figure for the day that a closed round froze."""
    if closed is None:
        return
    now = benchmarking.restatements(frame.store, closed.facts, for_whom=frame.person)
    if not now:
        st.caption(_("The records of today give the frozen figures of {year} again.").format(year=closed.year))
        return
    st.subheader(
        several("{count} figure of {{year}} is restated", "{count} figures of {{year}} are restated", len(now)).format(
            year=closed.year
        ),
        anchor=False,
    )
    st.caption(
        _(
            "Records or parameters up to {day} were changed after the round was closed. The round keeps what was seen; "
            "beside it stands what the records say of the same day now."
        ).format(day=units.day(closed.as_of))
    )
    record_table(
        [
            {"name": fact.name, "unit": fact.unit, "then": fact.value, "now": now[fact.fact_id].value}
            for fact in closed.facts
            if fact.fact_id in now
        ],
        [
            Column("name", _("Figure")),
            Column("then", _("As frozen"), "number", unit_by="unit"),
            Column("now", _("Restated"), "number", unit_by="unit"),
        ],
        key="restated",
        title=_("Restatements"),
        empty="",
        currency=frame.currency,
    )


def _definitions(frame: Frame, found: benchmarking.Results) -> None:
    defined = [fact for fact in found.facts if fact.why]
    if not defined:
        st.caption(_("The round was closed before measures had reviewed definitions."))
        return
    late = [fact.name for fact in defined if fact.next_review and fact.next_review < frame.as_of]
    with st.expander(_("How each figure is defined, and when the definition is reviewed next")):
        if late:
            st.warning(_("The review of these definitions is overdue: {names}.").format(names=", ".join(late)))
        record_table(
            [fact.model_dump() | {"better_word": _BETTER[fact.better]} for fact in defined],
            [
                Column("name", _("Figure")),
                Column("why", _("Why it matters")),
                Column("numerator_says", _("What is counted")),
                Column("denominator_says", _("Of what")),
                Column("better_word", _("Better when")),
                Column("owner", _("Owner")),
                Column("next_review", _("Next review"), "date"),
            ],
            key="definitions",
            title=_("Definitions"),
            empty="",
        )


def _parts(fact: benchmarking.Fact, currency: str) -> str:
    if fact.unknown_because:
        return fact.unknown_because
    if fact.denominator is None:
        return {True: _("within the rule"), False: _("outside the rule"), None: ""}[fact.within]
    if fact.fact_id in _MONEY:
        part, whole = units.short_money(fact.numerator, currency), units.short_money(fact.denominator, currency)
    else:
        part, whole = f"{fact.numerator:g}", f"{fact.denominator:g}"
    said = {"days": _("{part} days over {whole}"), "times": _("{part} against {whole}")}.get(
        fact.unit, _("{part} of {whole}")
    )
    return said.format(part=part, whole=whole)
