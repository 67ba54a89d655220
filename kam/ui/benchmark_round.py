"""A benchmark round on screen: choosing and opening, scores beside last year, the records, closing."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import benchmarking, units
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.forms import form, press
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.point_charts import dots
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _, several


def choose_round(frame: Frame) -> benchmarking.Round | None:
    """The round that is looked at, the latest at first; opening this year's where there is none yet."""
    held = {r.year: r for r in benchmarking.rounds(frame.store) if r.opened_on <= frame.as_of}
    year = None
    if held:
        year = st.segmented_control(
            _("Round"),
            list(held),
            default=next(iter(held)),
            required=True,
            format_func=lambda y: f"{y}, {state(held[y].state).word}",
            key="benchmark.year",
            label_visibility="collapsed",
        )
    this_year = frame.as_of.year
    if this_year not in held:
        opening = press(f"open.{this_year}", _("Open the round of {year}").format(year=this_year), is_primary=not held)
        if opening.sent:
            with refusals_shown(opening):
                benchmarking.open_round(
                    frame.store, this_year, opened_on=frame.as_of, who=frame.person, op_id=opening.op_id
                )
                opening.done(_("The round of {year} is open: raters can begin.").format(year=this_year))
    return held.get(year)


def round_figures(frame: Frame, found: benchmarking.Results, before: benchmarking.Results | None) -> None:
    """Overall, stage, the weakest dimension and the effectiveness core, last year's beneath."""
    scores = found.scores
    known = sum(d.score is not None for d in scores.dimensions)
    missing = _("{known} of {all} dimensions have a score").format(known=known, all=len(scores.dimensions))
    weakest = scores.minimum
    figures(
        {
            "label": _("Overall"),
            "value": _points(scores.overall),
            "period": _beneath(found, before and before.scores.overall, before),
            "unknown_because": missing,
            "rule": Rule(
                _("Mean of all dimensions, 0–100, each weighing the same; unknown while one is unknown."),
                inputs=[(d.name, _points(d.score) or units.UNKNOWN) for d in scores.dimensions],
                missing="" if scores.overall is not None else missing,
            ),
        },
        {
            "label": _("Stage"),
            "value": scores.stage and state(scores.stage).word,
            "period": at_told(found),
            "unknown_because": missing,
            "rule": Rule(
                _("Scoping, introducing, embedding, optimising by the overall score; the last needs every dimension."),
                inputs=_bounds(found.rules),
                source=_("Stages after Davies & Ryals 2009; the bounds are this programme's own judgement"),
            ),
        },
        {
            "label": _("Weakest dimension"),
            "value": weakest and _points(weakest.score),
            "period": weakest.name if weakest else "",
            "unknown_because": missing,
            "rule": Rule(_("The lowest known dimension. A programme is as strong as it is.")),
        },
        {
            "label": _("Effectiveness core"),
            "value": _points(scores.core),
            "period": _beneath(found, before and before.scores.core, before),
            "unknown_because": _("a core dimension has no score"),
            "rule": Rule(
                _("Mean of {names}.").format(names=", ".join(d.name for d in scores.dimensions if d.is_core)),
                source=_("Formalisation alone did not predict effectiveness: Workman, Homburg & Jensen, JAMS 2003"),
            ),
        },
    )


def round_results(held: benchmarking.Round, found: benchmarking.Results, before: benchmarking.Results | None) -> None:
    """Dimensions as dots with last year behind, then item by item with the raters' agreement."""
    scores = found.scores
    earlier = {d.dimension_id: d.score for d in before.scores.dimensions} if before else {}
    outside: dict[str, float] = {}
    for comparison in found.comparisons:
        outside.setdefault(comparison.reference.dimension, comparison.reference.mean)
    weakest = scores.minimum
    dots(
        [
            {
                "name": d.name,
                "score": d.score,
                "before": earlier.get(d.dimension_id),
                "reference": outside.get(d.dimension_id),
            }
            for d in scores.dimensions
        ],
        name="name",
        value="score",
        before="before" if before else None,
        reference="reference" if outside else None,
        value_name=str(found.year),
        before_name=str(before.year) if before else "",
        reference_name=_("newest reference"),
        key="dimensions",
        title=_("Weakest: {name}").format(name=weakest.name) if weakest else _("No dimension has a score yet"),
        subtitle=_("Score of 100 by dimension, {at}").format(at=at_told(found)),
        empty=_("A dimension has a score once three of its four items are rated without disagreement."),
    )
    st.caption(
        _(
            "A score says which practices are in place; it is no rank among companies. "
            "No published norms for key account programmes were found, and none are shown."
        )
    )
    if before and before.scores.instrument_version != scores.instrument_version:
        st.caption(_("The rounds were rated with different versions of the instrument: compare with care."))
    if held.conclusions:
        st.subheader(_("Conclusions"), anchor=False)
        st.text(held.conclusions)
    st.subheader(_("Item by item"), anchor=False)
    record_table(
        [_item_row(d, item) for d in scores.dimensions for item in d.items],
        [
            Column("dimension", _("Dimension")),
            Column("statement", _("Practice")),
            Column(
                "mean",
                _("Mean"),
                "number",
                decimals=1,
                help=_("Of the counted ratings, 0–4; unknown where the raters disagree."),
            ),
            Column("range", _("Rated")),
            Column("agreement", _("Agreement"), "number", decimals=2, help=_("r_wg, 1 is full agreement")),
            Column("state", _("State"), "status"),
            Column("capped", _("Without evidence"), "count", help=_("3 and 4 without dated evidence count 2.")),
        ],
        key="items",
        title=_("Item by item"),
        empty=_("The instrument has no items."),
    )


def close_round(frame: Frame, held: benchmarking.Round, found: benchmarking.Results) -> None:
    """Close the round: conclusions, and everything frozen."""
    raters = several("{count} rater so far", "{count} raters so far", len(found.scores.raters))
    st.markdown(f"**{raters}** {escaped(', '.join(found.scores.raters), longest=1000)}")
    phase = benchmarking.phase_of(frame.store, held)
    if phase != "decided":
        st.info(
            _("The round is closed once it was rated, compared and decided; it is {phase}.").format(
                phase=state(phase).word
            )
        )
        link("benchmarking", _("The committee's steps"), tab=_("Committee"))
        return
    with form(f"close.{held.year}", _("Close the round of {year}").format(year=held.year)) as closing:
        version = closing.version(held.version)
        conclusions = st.text_area(
            _("Conclusions"),
            max_chars=20_000,
            height=160,
            placeholder=_("What the committee decided, by whom, until when"),
        )
        st.caption(
            _("Scores, records and comparison are frozen as of {day}; ratings cannot be changed any more.").format(
                day=units.day(frame.as_of)
            )
        )
    if closing.sent:
        with refusals_shown(closing):
            benchmarking.close_round(
                frame.store,
                held.year,
                closed_on=frame.as_of,
                conclusions=conclusions,
                expected_version=version,
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(_("The round of {year} is closed; its figures are frozen.").format(year=held.year))


def _item_row(dimension: benchmarking.DimensionScore, item: benchmarking.ItemScore) -> dict[str, Any]:
    if item.rating_count == 0:
        told, code = units.UNKNOWN, "unknown"
    else:
        spread = f"{item.lowest}" if item.lowest == item.highest else f"{item.lowest}–{item.highest}"
        told = several("{{spread}}, {count} rater", "{{spread}}, {count} raters", item.rating_count).format(
            spread=spread
        )
        code = "disputed" if item.is_disputed else "rated"
    return {
        "dimension": dimension.name,
        "statement": item.statement,
        "mean": item.mean,
        "range": told,
        "agreement": item.agreement,
        "state": code,
        "capped": item.capped or None,
    }


def _bounds(rules: benchmarking.Rules) -> list[tuple[str, str]]:
    bounds = {
        state("introducing").word: rules.introducing_from,
        state("embedding").word: rules.embedding_from,
        state("optimising").word: rules.optimising_from,
        _("every dimension, for the last"): rules.optimising_dimension_at_least,
    }
    return [
        (what, _("undecided") if bound is None else _("from {points:g}").format(points=bound))
        for what, bound in bounds.items()
    ]


def _points(score: float | None) -> str | None:
    return None if score is None else f"{score:.0f}"


def at_told(found: benchmarking.Results) -> str:
    """When a round's figures were frozen, or as of when they are computed."""
    said = _("frozen on {day}") if found.is_closed else _("as of {day}")
    return said.format(day=units.day(found.as_of))


def _beneath(found: benchmarking.Results, earlier: float | None, before: benchmarking.Results | None) -> str:
    if before is None or earlier is None:
        return at_told(found)
    return _("{year}: {points}").format(year=before.year, points=_points(earlier))
