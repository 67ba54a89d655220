"""Rating the items of a round, one dimension at a time, with evidence and its date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import benchmarking, units
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.text import escaped
from kam.words import _, several


def rate_round(frame: Frame, held: benchmarking.Round, found: benchmarking.Results) -> None:
    """Who rates, which dimension, and its four items."""
    instrument = benchmarking.instrument()
    rater = st.text_input(
        _("Rater"), value=frame.person.name, max_chars=120, key="benchmark.rater", persist_state="session"
    )
    rater = " ".join(rater.split())
    if not rater:
        st.info(_("Say who rates: agreement is measured between raters."))
        return
    given = {row["item_id"]: row for row in benchmarking.ratings(frame.store, held.year, rater)}
    st.progress(
        len(given) / sum(len(d.items) for d in instrument.dimensions),
        text=escaped(
            several("{{rater}} has rated {count} item", "{{rater}} has rated {count} items", len(given)).format(
                rater=rater
            )
        ),
    )
    names = {d.dimension_id: f"{d.name} ({_told(d, given)})" for d in instrument.dimensions}
    chosen = st.selectbox(_("Dimension"), list(names), format_func=names.__getitem__, key="benchmark.dimension")
    dimension = next(d for d in instrument.dimensions if d.dimension_id == chosen)
    with st.expander(_("What the marks mean")):
        st.markdown(
            "\n".join(f"- **{mark}** {escaped(anchor)}" for mark, anchor in enumerate(instrument.scale.anchors))
        )
        st.write(_("3 and 4 need evidence with its date; without it they count 2."))
    measured = {fact.fact_id: fact for fact in found.facts}
    # The key names the state of this rater's marks: what is changed is what was on the screen.
    seen = sum(row["version"] for row in given.values())
    with form(f"rate.{held.year}.{chosen}.{rater}.{seen}", _("Save these ratings")) as rating:
        marks = [
            _item_inputs(item, given.get(item.item_id), rating.op_id, _by_the_records(item, measured), frame)
            for item in dimension.items
        ]
    if rating.sent:
        with refusals_shown(rating):
            count = benchmarking.rate(
                frame.store,
                held.year,
                [mark for mark in marks if mark is not None],
                rater=rater,
                as_of=frame.as_of,
                who=frame.person,
                op_id=rating.op_id,
            )
            rating.done(
                several("{count} rating is saved.", "{count} ratings are saved.", count or 0)
                + " "
                + _("Choose the next dimension.")
            )


def _told(dimension: benchmarking.Dimension, given: dict[str, Any]) -> str:
    rated = sum(item.item_id in given for item in dimension.items)
    return _("{rated} of {all} rated").format(rated=rated, all=len(dimension.items))


def _by_the_records(item: benchmarking.Item, measured: Mapping[str, benchmarking.Fact]) -> str:
    """What the records say about an item, as evidence: the measures with what they are counted from; empty: nothing."""
    known = [measured[name] for name in item.measured_by if measured[name].value is not None]
    return "; ".join(f"{f.name}: {units.shown(f.value, f.unit, '')}{_counted(f)}" for f in known)


def _counted(fact: benchmarking.Fact) -> str:
    if fact.denominator is None or fact.unit == "days" or fact.fact_id.startswith("key_"):
        return ""
    return " (" + _("{part} of {whole}").format(part=f"{fact.numerator:g}", whole=f"{fact.denominator:g}") + ")"


def _item_inputs(
    item: benchmarking.Item, before: dict[str, Any] | None, op_id: str, records: str, frame: Frame
) -> benchmarking.Rating | None:
    """The inputs of one item; None where it is not rated or stays as it is. records: fills the evidence of a first rating."""
    key = f"{op_id}.{item.item_id}"
    before = before or {"score": None, "evidence": None, "evidence_on": None, "version": None}
    marks = list(range(benchmarking.instrument().scale.points))
    score = st.radio(
        escaped(item.statement, longest=500),
        marks,
        index=before["score"],
        horizontal=True,
        key=f"{key}.score",
    )
    is_new = before["version"] is None and bool(records)
    if records:
        st.caption(escaped(_("By the records: {records}").format(records=records), longest=500))
    what, when = st.columns([4, 1], vertical_alignment="bottom")
    evidence = what.text_input(
        _("Evidence"),
        value=records if is_new else before["evidence"] or "",
        max_chars=2000,
        key=f"{key}.evidence",
        placeholder=_("What shows it: minutes, a plan, a measure"),
    )
    evidence_on = when.date_input(
        _("Its date"), value=frame.as_of if is_new else before["evidence_on"], format="YYYY-MM-DD", key=f"{key}.on"
    )
    stated = (score, evidence.strip() or None, evidence_on)
    if score is None or stated == (before["score"], before["evidence"], before["evidence_on"]):
        return None
    return benchmarking.Rating(item.item_id, *stated, seen_version=before["version"])
