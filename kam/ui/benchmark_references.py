"""Outside references of a round: beside the own scores, brought in from a file, taken out again."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kam import benchmarking
from kam.ui.cells import Column
from kam.ui.file_forms import bring_in_file
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.words import _

_TEMPLATE = "dimension,mean,sd,n,population,year,citation\n"


def round_references(frame: Frame, found: benchmarking.Results) -> None:
    """z and percentile against each reference, and the file that brings references in."""
    st.write(
        _(
            "No published norms for key account programmes were found, so none are shipped. Here stand only "
            "references that were brought in, each with its citation; a percentile is given from a large enough sample on."
        )
    )
    names = {d.dimension_id: d.name for d in found.scores.dimensions}
    names |= {"overall": _("Overall"), "core": _("Effectiveness core")}
    record_table(
        [
            vars(c.reference)
            | {
                "year": str(c.reference.year),
                "name": names.get(c.reference.dimension),
                "score": c.score,
                "z": c.z,
                "percentile": c.percentile,
            }
            for c in found.comparisons
        ],
        [
            Column("name", _("Dimension")),
            Column("score", _("Our score"), "number", decimals=0),
            Column("mean", _("Reference mean"), "number", decimals=0),
            Column("sd", _("Standard deviation"), "number", decimals=1),
            Column("sample_size", _("Programmes"), "count"),
            Column("z", _("z"), "number", decimals=2, help=_("(our score − mean) / standard deviation")),
            Column("percentile", _("Percentile"), "number", decimals=0, help=_("100 Φ(z); unknown for small samples")),
            Column("population", _("Population")),
            Column("year", _("Year")),
            Column("citation", _("Citation")),
        ],
        key="references",
        title=_("References beside our scores"),
        empty=_("No reference value has been brought in."),
    )
    if found.is_closed:
        st.caption(_("A closed round keeps the references that it was compared with."))
    st.subheader(_("Yardsticks, as context and no norm"), anchor=False)
    record_table(
        [vars(yardstick) for yardstick in benchmarking.yardsticks()],
        [
            Column("about", _("About")),
            Column("says", _("What is published")),
            Column("strength", _("How much it carries")),
            Column("because", _("Because it is")),
            Column("citation", _("Source")),
        ],
        key="yardsticks",
        title=_("Yardsticks, as context and no norm"),
        empty="",
    )
    left, right = st.columns(2, gap="large")
    with left:
        _bring_in(frame)
    with right:
        _take_out(frame, names)


def _bring_in(frame: Frame) -> None:
    bring_in_file(
        "references",
        _("Bring in the references"),
        _("CSV with a citation in every row"),
        _TEMPLATE,
        partial(benchmarking.import_references, frame.store, who=frame.person),
        _("{inserted} references are new, {updated} replaced, {unchanged} unchanged."),
    )


def _take_out(frame: Frame, names: dict[str, str]) -> None:
    held = {r.reference_id: r for r in benchmarking.references(frame.store)}
    if not held:
        return
    with form("take_out", _("Take this reference out"), is_primary=False) as taking:
        reference_id = st.selectbox(
            _("Reference"),
            list(held),
            format_func=lambda at: f"{names.get(held[at].dimension)}, {held[at].population}, {held[at].year}",
        )
    if taking.sent:
        with refusals_shown(taking):
            benchmarking.remove_reference(frame.store, reference_id, who=frame.person, op_id=taking.op_id)
            taking.done(_("The reference is taken out."))
