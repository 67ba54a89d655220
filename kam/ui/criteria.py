"""A criteria set as people read it, and what no criterion may be."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kam import selection, value
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.ui.verdicts import bound_told
from kam.units import UNITS, shown
from kam.words import _


def criteria_tables(frame: Frame, criteria: selection.CriteriaSet, *, key: str) -> None:
    """The gates and scores of a set with thresholds, anchors, weights and sources, and its file to download."""
    _listed(
        frame,
        criteria,
        [_gate(frame, gate) for gate in criteria.gates],
        [
            Column("name", _("Gate")),
            Column("threshold", _("Must be")),
            Column(
                "suspends", _("Suspends"), help=_("A legal or credit gate: failing it suspends a key account at once.")
            ),
            Column("source", _("Source")),
            Column("meaning", _("What it measures")),
        ],
        key=f"{key}.gates",
        title=_("Gates: all of them have to be passed"),
        empty=_("The set holds no gate."),
    )
    _listed(
        frame,
        criteria,
        [_score(frame, score) for score in criteria.scores],
        [
            Column("axis", _("Axis")),
            Column("name", _("Score")),
            Column("weight", _("Weight"), "number", decimals=2),
            Column("anchors", _("Points")),
            Column("source", _("Source")),
        ],
        key=f"{key}.scores",
        title=_("Scores: points of 10 on two axes"),
        empty=_("The set scores nothing: it admits by its gates alone, and gives no category."),
    )
    st.download_button(
        "TOML",
        data=criteria.text.encode(),
        file_name="criteria.toml",
        mime="application/toml",
        key=f"{key}.toml",
        help=_("Download this set as a criteria file"),
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def measure_catalogue(frame: Frame) -> None:
    """Every measure that a gate or a score may use: definition, unit, origin, direction, which records count when."""
    records = [_catalogued(measure) for measure in selection.MEASURES.values()]
    assessed = [record for record in records if record["measure"] in selection.ASSESSED]
    st.write(
        _("{count} measures, {assessed} of them assessed by people. A gate or a score names one of these.").format(
            count=len(records), assessed=len(assessed)
        )
    )
    first = [Column("name", _("Measure")), Column("meaning", _("Definition")), Column("unit", _("Unit, direction"))]
    last = [Column("as_of_rule", _("What counts on a day")), Column("measure", _("Id in a file"))]
    origin = Column("comes_from", _("Comes from"))
    anchors = Column("anchors", _("What 0, 5 and 10 points mean"))
    st.subheader(_("From the records"), anchor=False)
    record_table(
        [record for record in records if record not in assessed],
        [*first, origin, *last],
        key="catalogue.records",
        title=_("Measures from the records"),
        empty="",
    )
    st.subheader(_("Assessed by people"), anchor=False)
    record_table(assessed, [*first, anchors, *last], key="catalogue.assessed", title=_("Assessed measures"), empty="")
    record_downloads(
        frame,
        records,
        [*first, origin, anchors, *last],
        key="catalogue",
        title=_("Catalogue of measures"),
        ids=("measure",),
    )


def _catalogued(measure: value.Measure) -> dict:
    better = {"higher": _("{unit}, more is better"), "lower": _("{unit}, less is better"), "neither": "{unit}"}
    return {
        "measure": measure.measure_id,
        "name": measure.name,
        "meaning": measure.meaning,
        "unit": better[measure.better].format(unit=UNITS[measure.unit]),
        "comes_from": measure.comes_from,
        "as_of_rule": measure.as_of_rule or value.LEDGER_RULE,
        "anchors": " · ".join(f"{points}: {words}" for points, words in measure.anchors) or None,
    }


def _listed(
    frame: Frame,
    criteria: selection.CriteriaSet,
    rows: list[dict],
    columns: list[Column],
    *,
    key: str,
    title: str,
    empty: str,
) -> None:
    """A table of the set with its CSV and XLSX, which name the set."""
    record_table(rows, columns, key=key, title=title, empty=empty)
    if rows:
        notes = [(_("Criteria"), criteria.name), (_("Source"), criteria.source)]
        record_downloads(frame, rows, columns, key=key, title=title, ids=(), notes=notes)


def forbidden_grounds() -> None:
    """The registry of grounds that no gate and no score may rest on."""
    record_table(
        [vars(ground) for ground in (*selection.GROUNDS, selection.REVENUE_ALONE)],
        [Column("name", _("Ground")), Column("sentence", _("Why not")), Column("source", _("Source"))],
        key="grounds",
        title=_("Forbidden grounds"),
        empty="",
    )


def adopted_told(held: selection.AdoptedCriteria) -> str:
    """Who adopted the set and why, as Markdown."""
    return escaped(
        _("Adopted by {name}: {reason} Source: {source}").format(
            name=held.adopted_by, reason=_sentence(held.reason), source=held.criteria.source
        ),
        longest=1000,
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _gate(frame: Frame, gate: selection.Gate) -> dict:
    measure = selection.MEASURES[gate.measure]
    return {
        "name": measure.name,
        "threshold": bound_told(gate.bound, shown(gate.threshold, measure.unit, frame.currency)),
        "suspends": _("at once") if gate.suspends else "",
        "source": gate.source,
        "meaning": measure.meaning,
    }


def _score(frame: Frame, score: selection.Score) -> dict:
    measure = selection.MEASURES[score.measure]
    axes = {"attractiveness": _("Attractiveness"), "strength": _("Strength")}

    def told(quantity: float | date) -> str:
        return shown(quantity, measure.unit, frame.currency)

    return {
        "axis": axes[score.axis],
        "name": measure.name,
        "weight": score.weight,
        "anchors": "; ".join(f"{told(quantity)} → {points:g}" for quantity, points in score.anchors),
        "source": score.source,
    }
