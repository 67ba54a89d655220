"""The annual report of the programme: the same sections as a presentation and as a page to print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kam import units
from kam.benchmarking import AnnualReport
from kam.documents.page import Page
from kam.documents.presentation import Deck
from kam.words import _, several

_STATES = {None: _("unknown"), "absent": _("absent"), "begun": _("begun"), "in_place": _("in place")}
_STAGES = {
    "scoping": _("scoping"),
    "introducing": _("introducing"),
    "embedding": _("embedding"),
    "optimising": _("optimising"),
}
_DECIDED = {"admitted": _("admitted"), "released": _("released")}
_VERDICTS = {None: _("undecided"), "adopt": _("adopt"), "try": _("try"), "reject": _("reject")}


@dataclass(frozen=True)
class _Section:
    """A finding with its table. empty: said where there are no rows."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    empty: str


def annual_deck(report: AnnualReport) -> bytes:
    """The report as PPTX, one finding a slide."""
    deck = Deck(_title(report), _finding(report), foot=_foot(report))
    deck.statement(_("Conclusions"), _lines(report.held.conclusions), empty=_("None were written yet."))
    for section in _sections(report):
        deck.table(section.title, section.headings, section.rows, widths=section.widths, empty=section.empty)
    return deck.content()


def annual_page(report: AnnualReport) -> bytes:
    """The report as an HTML page to print or send."""
    page = Page(_title(report), _finding(report))
    page.section(_("Conclusions")).words(report.held.conclusions or _("None were written yet."))
    for section in _sections(report):
        page.section(section.title)
        if section.rows:
            page.table(section.headings, section.rows)
        else:
            page.words(section.empty)
    return page.foot(_foot(report)).content()


def _sections(report: AnnualReport) -> list[_Section]:
    return [
        _dimensions(report),
        _measures(report),
        _Section(
            _("Where the seven steps stand"),
            [_("Step"), _("State")],
            [[step.name, _STATES[step.state]] for step in report.steps],
            [3, 1],
            "",
        ),
        _Section(
            several("{count} decision of the committee", "{count} decisions of the committee", len(report.decisions)),
            [_("Decision"), _("Owner"), _("Due")],
            [[row["milestone"], row["owner"], units.day(row["due_on"])] for row in report.decisions],
            [5, 2, 1.3],
            _("Nothing was decided in this round."),
        ),
        _Section(
            _("Who entered and who left the programme in 12 months"),
            [_("Account"), _("Decision"), _("Day"), _("Reason")],
            [
                [row["name"], _DECIDED[row["decision"]], units.day(row["decided_on"]), row["reason"]]
                for row in report.roster
            ],
            [3, 1.2, 1.3, 5],
            _("The roster did not change."),
        ),
        _Section(
            _("Best practices"),
            [_("Practice"), _("Decision"), _("Why")],
            [[row["practice"], _VERDICTS[row["verdict"]], row["reason"] or ""] for row in report.practices],
            [4, 1, 4],
            _("No practice is on record."),
        ),
        _Section(
            _("Minutes"),
            [_("Day"), _("Present"), _("Minutes")],
            [[units.day(row["entered_on"]), row["present"], row["minutes"]] for row in report.minutes],
            [1.3, 2.5, 6],
            _("No minutes were written."),
        ),
    ]


def _dimensions(report: AnnualReport) -> _Section:
    scores, before = report.found.scores, report.before
    earlier = {d.dimension_id: d.score for d in before.scores.dimensions} if before else {}
    weakest = scores.minimum
    return _Section(
        _("Weakest dimension: {name}").format(name=weakest.name) if weakest else _("No dimension has a score yet"),
        [_("Dimension"), str(report.found.year), str(before.year) if before else _("Year before"), _("Core")],
        [
            [d.name, _points(d.score), _points(earlier.get(d.dimension_id)), _("core") if d.is_core else ""]
            for d in scores.dimensions
        ],
        [5, 1, 1, 1],
        "",
    )


def _measures(report: AnnualReport) -> _Section:
    earlier = {fact.fact_id: fact for fact in report.before.facts} if report.before else {}
    return _Section(
        _("What the records say"),
        [_("Measure"), str(report.found.year), str(report.before.year) if report.before else _("Year before")],
        [
            [
                fact.name,
                units.shown(fact.value, fact.unit, ""),
                units.shown(earlier[fact.fact_id].value, fact.unit, "") if fact.fact_id in earlier else units.UNKNOWN,
            ]
            for fact in report.found.facts
        ],
        [5, 1.5, 1.5],
        "",
    )


def _title(report: AnnualReport) -> str:
    return _("Key account management {year}: annual report").format(year=report.held.year)


def _finding(report: AnnualReport) -> str:
    scores = report.found.scores
    if scores.overall is None:
        said = _("The overall score is unknown: a dimension lacks its ratings.")
    else:
        said = _("Overall {points} of 100, stage {stage}.").format(
            points=_points(scores.overall), stage=_STAGES.get(scores.stage, _("unknown"))
        )
    if report.before and report.before.scores.overall is not None:
        said += " " + _("{year}: {points}.").format(
            year=report.before.year, points=_points(report.before.scores.overall)
        )
    state = _("Frozen on {day}.") if report.found.is_closed else _("Still open, as of {day}.")
    return f"{said} {state.format(day=units.day(report.as_of))}"


def _foot(report: AnnualReport) -> str:
    return _(
        "KAM Workbench · as of {day} · a score says which practices are in place; no published norms exist"
    ).format(day=units.day(report.as_of))


def _points(score: float | None) -> str:
    return units.UNKNOWN if score is None else f"{score:.0f}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
