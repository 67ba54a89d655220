"""Comparison of a round: last year, other programmes of the company, norms of one's own; a summary is brought in here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from kam import benchmarking, units
from kam.ui.cells import Column
from kam.ui.file_forms import bring_in_file
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.point_charts import dots
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.words import _, several

_TEMPLATE = "programme,year,measure,value,n,source\n"


def round_comparison(frame: Frame, found: benchmarking.Results, before: benchmarking.Results | None) -> None:
    """Our scores and measures beside last year's and beside other programmes, with where their figures stand."""
    names = score_names(found)
    others = list(dict.fromkeys(s.programme for s in found.summaries))
    theirs = {(s.programme, s.measure): s.value for s in found.summaries}
    scores = _scores(found, before, names, theirs, others)
    st.markdown(f"**{escaped(_answer(scores, before, others), longest=600)}**")
    dots(
        [row for row in scores if row["measure"] not in ("overall", "core")],
        name="name",
        value="ours",
        before="before" if before else None,
        reference="others" if others else None,
        value_name=str(found.year),
        before_name=str(before.year) if before else "",
        reference_name=_("mean of other programmes"),
        key="comparison",
        title=_("Beside last year and other programmes of the company"),
        subtitle=_("Score of 100 by dimension"),
        empty=_("No dimension has a score yet."),
    )
    columns = [
        Column("name", _("Dimension")),
        Column("ours", str(found.year), "number", decimals=0),
        Column("before", str(before.year) if before else _("Year before"), "number", decimals=0),
        Column("change", _("Change"), "number", decimals=0),
        *(Column(f"other_{at}", name, "number", decimals=0) for at, name in enumerate(others)),
    ]
    title = _("Scores beside last year and other programmes")
    record_table(scores, columns, key="compared_scores", title=title, empty="")
    record_downloads(frame, scores, columns, key="compared_scores", title=title, ids=("measure",))
    _measures(frame, found, before, theirs, others)
    _norms(frame, found, names)
    _sources(frame, found, names, others)


def score_names(found: benchmarking.Results) -> dict[str, str]:
    """id → name of the dimensions, overall and the core."""
    return {d.dimension_id: d.name for d in found.scores.dimensions} | {
        "overall": _("Overall"),
        "core": _("Effectiveness core"),
    }


def score_values(found: benchmarking.Results | None) -> dict[str, float | None]:
    """id → score of the dimensions, overall and the core; empty without a round."""
    if found is None:
        return {}
    own = {d.dimension_id: d.score for d in found.scores.dimensions}
    return own | {"overall": found.scores.overall, "core": found.scores.core}


def _scores(found, before, names: Mapping[str, str], theirs, others: Sequence[str]) -> list[dict[str, Any]]:
    ours, earlier = score_values(found), score_values(before)
    rows = []
    for measure, name in names.items():
        now, then = ours.get(measure), earlier.get(measure)
        known = [theirs[other, measure] for other in others if (other, measure) in theirs]
        rows.append(
            {
                "measure": measure,
                "name": name,
                "ours": now,
                "before": then,
                "change": None if now is None or then is None else now - then,
                "others": sum(known) / len(known) if known else None,
            }
            | {f"other_{at}": theirs.get((other, measure)) for at, other in enumerate(others)}
        )
    return rows


def _measures(frame: Frame, found, before, theirs, others: Sequence[str]) -> None:
    earlier = {fact.fact_id: fact.value for fact in before.facts} if before else {}
    rows = [
        {
            "measure": fact.fact_id,
            "name": fact.name,
            "unit": fact.unit,
            "ours": fact.value,
            "before": earlier.get(fact.fact_id),
        }
        | {f"other_{at}": theirs.get((other, fact.fact_id)) for at, other in enumerate(others)}
        for fact in found.facts
        if any((other, fact.fact_id) in theirs for other in others)
    ]
    if not rows:
        return
    columns = [
        Column("name", _("Measure")),
        Column("ours", str(found.year), "number", unit_by="unit"),
        Column("before", str(before.year) if before else _("Year before"), "number", unit_by="unit"),
        *(Column(f"other_{at}", name, "number", unit_by="unit") for at, name in enumerate(others)),
    ]
    title = _("Measures that other programmes gave too")
    st.subheader(title, anchor=False)
    record_table(rows, columns, key="compared_measures", title=title, empty="")


def _norms(frame: Frame, found, names: Mapping[str, str]) -> None:
    """Norms of the company's own, where there are values enough; else how many are there."""
    if not found.summaries:
        return
    earlier = [score_values(one) for one in benchmarking.trend(frame.store, found, for_whom=frame.person)[:-1]]
    norms = benchmarking.own_norms(frame.store, found.as_of, score_values(found), earlier, found.summaries)
    known = [n for n in norms if n.mean is not None]
    if not known:
        most = max((n.count for n in norms), default=0)
        st.caption(
            several(
                "No norm of the company's own yet: at most {count} value of other programmes and earlier rounds stands "
                "for one dimension.",
                "No norm of the company's own yet: at most {count} values of other programmes and earlier rounds stand "
                "for one dimension.",
                most,
            )
        )
        return
    title = _("Norms of the company's own")
    st.subheader(title, anchor=False)
    record_table(
        [vars(n) | {"name": names[n.measure]} for n in known],
        [
            Column("name", _("Dimension")),
            Column("mean", _("Mean"), "number", decimals=0),
            Column("sd", _("Standard deviation"), "number", decimals=1),
            Column("count", _("Values"), "count"),
            Column("z", _("z"), "number", decimals=2, help=_("(our score − mean) / standard deviation")),
        ],
        key="own_norms",
        title=title,
        empty="",
    )


def _sources(frame: Frame, found, names: Mapping[str, str], others: Sequence[str]) -> None:
    known = names | {fact.fact_id: fact.name for fact in found.facts}
    unit = {fact.fact_id: fact.unit for fact in found.facts}
    rows = [s.model_dump() | {"name": known.get(s.measure, s.measure)} for s in found.summaries]
    for row in rows:
        row["year"] = str(row["year"])
        row["shown"] = units.shown(row["value"], unit.get(row["measure"], "points"), "")
    columns = [
        Column("programme", _("Programme")),
        Column("year", _("Year")),
        Column("name", _("Dimension or measure")),
        Column("shown", _("Value")),
        Column("sample_size", _("n"), "count"),
        Column("source", _("Source")),
    ]
    title = _("Figures of other programmes")
    st.subheader(title, anchor=False)
    record_table(
        rows,
        columns,
        key="other_programmes",
        title=title,
        empty=_("No other programme has been brought in: a CSV file with a source in every row does it."),
    )
    if rows:
        record_downloads(
            frame, rows, [*columns, Column("value", _("As given"), "number")], key="other_programmes", title=title,
            ids=("measure",),
        )  # fmt: skip
    if found.is_closed:
        st.caption(_("A closed round keeps the programmes that it was compared with."))
    left, right = st.columns(2, gap="large")
    with left:
        _bring_in(frame)
    with right:
        _take_out(frame)


def _bring_in(frame: Frame) -> None:
    bring_in_file(
        "programmes",
        _("Bring in the programmes"),
        _("CSV of other programmes, with a source in every row"),
        _TEMPLATE,
        partial(benchmarking.import_summaries, frame.store, who=frame.person),
        _("{inserted} figures are new, {updated} replaced, {unchanged} unchanged."),
        explained=_(
            "Columns: programme, year, measure (a dimension, overall, core, or a measure's id), value (0–100 for "
            "scores, 0.85 for 85 %), n, source."
        ),
    )


def _take_out(frame: Frame) -> None:
    held = list(dict.fromkeys(s.programme for s in benchmarking.summaries(frame.store)))
    if not held:
        return
    with form("take_out_programme", _("Take this programme out"), is_primary=False) as taking:
        programme = st.selectbox(_("Programme"), held)
    if taking.sent:
        with refusals_shown(taking):
            benchmarking.remove_programme(frame.store, programme, who=frame.person, op_id=taking.op_id)
            taking.done(_("The programme is taken out."))


def _answer(rows: Sequence[Mapping[str, Any]], before, others: Sequence[str]) -> str:
    dimensions = [row for row in rows if row["measure"] not in ("overall", "core")]
    said = []
    changed = [row["change"] for row in dimensions if row["change"] is not None]
    if before is None:
        said.append(_("There is no closed round before this one"))
    elif not changed:
        said.append(_("No dimension can be held beside {year} yet").format(year=before.year))
    else:
        said.append(
            _("Better than {year} in {better} of {all} dimensions, worse in {worse}").format(
                year=before.year,
                better=sum(c > 0 for c in changed),
                worse=sum(c < 0 for c in changed),
                all=len(changed),
            )
        )
    both = [row for row in dimensions if row["ours"] is not None and row["others"] is not None]
    if both:
        said.append(
            _("behind the mean of other programmes in {behind} of {all}").format(
                behind=sum(row["ours"] < row["others"] for row in both), all=len(both)
            )
        )
    elif not others:
        said.append(_("no other programme has been brought in"))
    return "; ".join(said) + "."
