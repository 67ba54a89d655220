"""The annual report of the programme as a pack: a round with last year's, its measures, the case, decisions and roster.

The same rules as the pack of an account: native charts and tables, the company's own deck, a workbook with ids.
"""

from __future__ import annotations

from typing import Any

from kam import units
from kam.benchmarking import AnnualReport, Results
from kam.packs.document import MONEY, Bars, Figure, Pack, Section, Table
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
_PHASES = {"rated": _("rated"), "compared": _("compared"), "decided": _("decided")}
_PARTS = {
    "value": _("What the treatment adds"),
    "managers": _("Account managers' time"),
    "sponsors": _("Our executives' time"),
    "serving": _("Extra cost to serve"),
    "cost": _("Cost together"),
    "net": _("Value less cost"),
    "lifetime_net": _("Value less cost, over their lifetime"),
}


def annual_pack(report: AnnualReport) -> Pack:
    """The report as a document, on the day of its figures."""
    return Pack(
        account_id=None,
        title=_("Key accounts {year}: annual report").format(year=report.held.year),
        subtitle=_finding(report),
        as_of=report.as_of,
        currency=report.currency,
        sections=[
            _summary(report),
            _dimensions(report),
            _measures(report),
            _case(report),
            _comparison(report),
            _steps(report),
            _decisions(report),
            _roster(report),
            _practices(report),
            _minutes(report),
        ],
    )


def _summary(report: AnnualReport) -> Section:
    scores, weakest = report.found.scores, report.found.scores.minimum
    conclusions = [line.strip() for line in report.held.conclusions.splitlines() if line.strip()]
    return Section(
        "summary",
        _("Summary"),
        _("Conclusions"),
        figures=[
            Figure(_("Overall, of 100"), _rounded(scores.overall)),
            Figure(_("Stage"), scores.stage and _STAGES[scores.stage]),
            Figure(_("Weakest dimension"), weakest and f"{weakest.score:.0f}, {weakest.name}"),
            Figure(_("Effectiveness core"), _rounded(scores.core)),
        ],
        lines=[
            *(conclusions or [_("No conclusions were written yet.")]),
            _("A score says which practices are in place; no published norms exist."),
        ],
    )


def _dimensions(report: AnnualReport) -> Section:
    scores, before = report.found.scores, report.before
    earlier = _scores(before)
    this, last = str(report.found.year), str(before.year) if before else _("Year before")
    weakest = scores.minimum
    series: dict[str, list[float | None]] = {this: [d.score for d in scores.dimensions]}
    if before:
        series[last] = [earlier.get(d.dimension_id) for d in scores.dimensions]
    return Section(
        "dimensions",
        _("Dimensions"),
        _("Weakest dimension: {name}").format(name=weakest.name) if weakest else _("No dimension has a score yet"),
        pictures=[
            Bars(
                _("Score of 100 by dimension"),
                [d.name for d in scores.dimensions],
                series,
                "points",
                _("No dimension has a score yet."),
            )
        ]
        if weakest
        else [],
        tables=[
            Table(
                _("Dimensions"),
                _("Score of 100 by dimension, last year's beside it"),
                [("dimension_id", "text"), (_("Dimension"), "text"), (this, "points"), (last, "points"), (_("Core"), "text")],
                [
                    (d.dimension_id, d.name, d.score, earlier.get(d.dimension_id), _("core") if d.is_core else "")
                    for d in scores.dimensions
                ],
                empty="",
                ids=1,
                widths=[5, 1, 1.4, 1],
            )
        ],
    )  # fmt: skip


def _measures(report: AnnualReport) -> Section:
    earlier = {fact.fact_id: fact for fact in report.before.facts} if report.before else {}
    this = str(report.found.year)
    last = str(report.before.year) if report.before else _("Year before")

    def told(fact) -> str:
        return units.shown(fact.value, fact.unit, "") if fact else units.UNKNOWN

    known = sum(fact.value is not None for fact in report.found.facts)
    return Section(
        "measures",
        _("Measures"),
        _("What the records say: {known} of {all} measures are known").format(known=known, all=len(report.found.facts)),
        tables=[
            Table(
                _("Measures"),
                _("The programme's measures by its own records, last year's beside them"),
                [("measure_id", "text"), (_("Measure"), "text"), (this, "text"), (last, "text"), (_("What it is"), "text")],
                [
                    (fact.fact_id, fact.name, told(fact), told(earlier.get(fact.fact_id)), fact.unknown_because or fact.meaning)
                    for fact in report.found.facts
                ],
                empty="",
                ids=1,
                widths=[3, 1.4, 1.4, 6],
            ),
            Table(
                _("Measures in numbers"),
                _("The measures with what they are made of, as frozen"),
                [
                    ("measure_id", "text"), (_("Unit"), "text"), (this, "number"), (_("Numerator"), "number"),
                    (_("Denominator"), "number"), (last, "number"), (_("Better"), "text"), (_("Owner"), "text"),
                    (_("Next review"), "date"),
                ],
                [
                    (
                        fact.fact_id, fact.unit, fact.value, fact.numerator, fact.denominator,
                        earlier[fact.fact_id].value if fact.fact_id in earlier else None, fact.better, fact.owner,
                        fact.next_review,
                    )
                    for fact in report.found.facts
                ],
                empty="",
                ids=1,
                is_file_only=True,
            ),
        ],
    )  # fmt: skip


def _case(report: AnnualReport) -> Section:
    case = report.found.case
    heading = _("The case for the programme")
    if case is None:
        return Section("case", heading, heading, lines=[_("There was no key account to weigh, or the round is older.")])
    spans = {part: getattr(case, part) for part in _PARTS}
    if case.net is None:
        title = _("Whether the programme pays is not known yet")
    else:
        low, likely, high = (
            units.short_money(getattr(case.net, e), report.currency) for e in ("low", "likely", "high")
        )
        title = _("Value less cost: likely {likely} a year, from {low} to {high}").format(
            likely=likely, low=low, high=high
        )
    return Section(
        "case",
        heading,
        title,
        figures=[
            Figure(_PARTS["value"], case.value and case.value.likely, MONEY, True),
            Figure(_PARTS["cost"], case.cost and case.cost.likely, MONEY, True),
            Figure(_PARTS["net"], case.net and case.net.likely, MONEY, True),
            Figure(_("Pays from an uplift of"), case.pays_from, "share", True),
        ],
        lines=[_("Not known: {what}").format(what=what) for what in case.missing],
        tables=[
            Table(
                _("Case"),
                _("Value and cost of the 12 months to {day}").format(day=units.day(case.as_of)),
                [("part", "text"), ("", "text"), (_("Low"), MONEY), (_("Likely"), MONEY), (_("High"), MONEY)],
                [
                    (part, name, *((span.low, span.likely, span.high) if (span := spans[part]) else (None, None, None)))
                    for part, name in _PARTS.items()
                ],
                empty="",
                ids=1,
                widths=[4, 2, 2, 2],
            ),
            Table(
                _("Rates of the case"),
                _("The rates that it rests on"),
                [("rate_id", "text"), (_("Rate"), "text"), (_("Value"), "number"), (_("Unit"), "text"), (_("From"), "date"), (_("Source"), "text")],
                [(r.rate_id, r.rate_id, r.value, r.unit, r.valid_from, r.source) for r in case.rates],
                empty="",
                ids=1,
                widths=[3, 1, 2.6, 1.5, 5],
            ),
            Table(
                _("Case by account"),
                _("The likely year of each key account"),
                [
                    ("account_id", "text"), (_("Account"), "text"), (_("Lifetime value"), MONEY), (_PARTS["value"], MONEY),
                    (_PARTS["managers"], MONEY), (_PARTS["sponsors"], MONEY), (_PARTS["serving"], MONEY), (_PARTS["net"], MONEY),
                ],
                [
                    (a.account_id, a.name, a.lifetime_value, a.value, a.managers, a.sponsors, a.serving, a.net)
                    for a in case.accounts
                ],
                empty="",
                ids=1,
                is_file_only=True,
            ),
        ],
    )  # fmt: skip


def _comparison(report: AnnualReport) -> Section:
    found, scores = report.found, _scores(report.found)
    names = {d.dimension_id: d.name for d in found.scores.dimensions}
    names |= {"overall": _("Overall"), "core": _("Effectiveness core")}
    facts = {fact.fact_id: fact for fact in found.facts}

    def ours(measure: str, value: float | None = None) -> str:
        if measure in names:
            shown = scores.get(measure) if value is None else value
            return units.UNKNOWN if shown is None else f"{shown:.0f}"
        fact = facts.get(measure)
        if fact is None:
            return units.UNKNOWN
        return units.shown(fact.value if value is None else value, fact.unit, "")

    return Section(
        "comparison",
        _("Comparison"),
        several("Beside {count} figure of other programmes", "Beside {count} figures of other programmes", len(found.summaries)),
        tables=[
            Table(
                _("Other programmes"),
                _("Other programmes of the company"),
                [
                    ("measure_id", "text"), (_("Programme"), "text"), (_("Year"), "text"), (_("What"), "text"),
                    (_("Theirs"), "text"), (_("Ours"), "text"), (_("Source"), "text"),
                ],
                [
                    (
                        s.measure, s.programme, str(s.year),
                        names.get(s.measure) or (facts[s.measure].name if s.measure in facts else s.measure),
                        ours(s.measure, s.value), ours(s.measure), s.source,
                    )
                    for s in found.summaries
                ],
                empty=_("No other programme was brought in."),
                ids=1,
                widths=[2.5, 0.9, 3, 1.2, 1.2, 4],
            ),
            Table(
                _("References"),
                _("Outside references"),
                [
                    ("dimension_id", "text"), (_("Dimension"), "text"), (_("Ours"), "points"), (_("Mean"), "points"),
                    (_("z"), "number"), (_("Percentile"), "points"), (_("Population"), "text"), (_("Citation"), "text"),
                ],
                [
                    (
                        c.reference.dimension, names.get(c.reference.dimension), c.score, c.reference.mean, c.z, c.percentile,
                        f"{c.reference.population}, {c.reference.year}", c.reference.citation,
                    )
                    for c in found.comparisons
                ],
                empty=_("No outside reference was brought in; no published norms exist."),
                ids=1,
                widths=[3, 0.9, 0.9, 0.9, 1.2, 2.5, 4],
            ),
        ],
    )  # fmt: skip


def _steps(report: AnnualReport) -> Section:
    in_place = sum(step.state == "in_place" for step in report.steps)
    return _listed(
        "steps",
        _("The seven steps"),
        _("{count} of {all} steps are in place").format(count=in_place, all=len(report.steps)),
        [("step_id", "text"), (_("Step"), "text"), (_("State"), "text")],
        [(step.step, step.name, _STATES[step.state]) for step in report.steps],
        [4, 2],
    )


def _decisions(report: AnnualReport) -> Section:
    return _listed(
        "decisions",
        _("Decisions"),
        several("{count} decision of the committee", "{count} decisions of the committee", len(report.decisions)),
        [("milestone_id", "count"), (_("Decision"), "text"), (_("Owner"), "text"), (_("Due"), "date")],
        [(row["milestone_id"], row["milestone"], row["owner"], row["due_on"]) for row in report.decisions],
        [5, 2, 1.5],
        empty=_("Nothing was decided in this round."),
    )


def _roster(report: AnnualReport) -> Section:
    return _listed(
        "roster",
        _("Renewal of the roster"),
        _("Who entered and who left the programme in 12 months"),
        [("account_id", "text"), (_("Account"), "text"), (_("Decision"), "text"), (_("Day"), "date"), (_("Reason"), "text")],
        [
            (row["account_id"], row["name"], _DECIDED[row["decision"]], row["decided_on"], row["reason"])
            for row in report.roster
        ],
        [3, 1.2, 1.5, 5],
        empty=_("The roster did not change."),
    )  # fmt: skip


def _practices(report: AnnualReport) -> Section:
    return _listed(
        "practices",
        _("Best practices"),
        several("{count} best practice on record", "{count} best practices on record", len(report.practices)),
        [("practice_id", "count"), (_("Practice"), "text"), (_("Decision"), "text"), (_("Why"), "text")],
        [(row["practice_id"], row["practice"], _VERDICTS[row["verdict"]], row["reason"]) for row in report.practices],
        [4, 1.2, 4],
        empty=_("No practice is on record."),
    )


def _minutes(report: AnnualReport) -> Section:
    return _listed(
        "minutes",
        _("Minutes"),
        _("Minutes of the committee"),
        [("phase", "text"), (_("Step"), "text"), (_("Day"), "date"), (_("Present"), "text"), (_("Minutes"), "text")],
        [
            (row["phase"], _PHASES.get(row["phase"], row["phase"]), row["entered_on"], row["present"], row["minutes"])
            for row in report.minutes
        ],
        [1.2, 1.5, 2.5, 6],
        empty=_("No minutes were written."),
    )


def _listed(key: str, heading: str, title: str, columns, rows: list[tuple], widths, *, empty: str = "") -> Section:
    table = Table(heading, heading, columns, rows, empty=empty, ids=1, widths=widths)
    return Section(key, heading, title, tables=[table])


def _scores(found: Results | None) -> dict[str, Any]:
    if found is None:
        return {}
    own = {d.dimension_id: d.score for d in found.scores.dimensions}
    return own | {"overall": found.scores.overall, "core": found.scores.core}


def _rounded(score: float | None) -> str | None:
    return None if score is None else f"{score:.0f}"


def _finding(report: AnnualReport) -> str:
    scores = report.found.scores
    if scores.overall is None:
        said = _("The overall score is unknown: a dimension lacks its ratings.")
    else:
        said = _("Overall {points} of 100, stage {stage}.").format(
            points=_rounded(scores.overall), stage=_STAGES.get(scores.stage, _("unknown"))
        )
    if report.before and report.before.scores.overall is not None:
        said += " " + _("{year}: {points}.").format(
            year=report.before.year, points=_rounded(report.before.scores.overall)
        )
    state = _("Frozen on {day}.") if report.found.is_closed else _("Still open, as of {day}.")
    return f"{said} {state.format(day=units.day(report.as_of))}"
