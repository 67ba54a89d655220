"""`benchmark [show]|open|rate|close|import`: the yearly benchmark round."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kam import benchmarking
from kam.command_line.options import acting_person, as_of_date, day
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Store
from kam.units import UNKNOWN, share
from kam.units import day as day_shown
from kam.words import _, several


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands; without an action, `benchmark` shows the round."""
    benchmark = commands.add_parser("benchmark", help=_("the yearly benchmark round"))
    _which(benchmark)
    benchmark.set_defaults(run=show_round, year=None, as_of=None)
    actions = benchmark.add_subparsers(dest="action", metavar="ACTION")

    show = actions.add_parser("show", help=_("the scores, last year's beside them, and the programme's own figures"))
    _which(show)
    show.set_defaults(run=show_round)

    opening = actions.add_parser("open", help=_("open the round of a year"))
    _which(opening)
    opening.set_defaults(run=open_round)

    rate = actions.add_parser(
        "rate", help=_("rate one item, or all of a CSV file (item, score, evidence, evidence_on)")
    )
    _which(rate)
    rate.add_argument("item", nargs="?", metavar="ITEM")
    rate.add_argument("score", nargs="?", type=int, metavar="SCORE")
    rate.add_argument("--evidence", metavar="TEXT")
    rate.add_argument("--evidence-on", type=day, metavar="DATE")
    rate.add_argument("--file", type=Path, metavar="FILE.csv")
    rate.add_argument("--rater", metavar="NAME", help=_("who rates (else the person who acts)"))
    rate.add_argument("--change", action="store_true", help=_("change ratings that this rater gave before"))
    rate.set_defaults(run=rate_items)

    close = actions.add_parser("close", help=_("close the round: its figures are frozen"))
    _which(close)
    close.add_argument("--conclusions", default="", metavar="TEXT")
    close.set_defaults(run=close_round)

    references = actions.add_parser("import", help=_("take in outside references or other programmes"))
    kinds = references.add_subparsers(dest="what", metavar="WHAT", required=True)
    file = kinds.add_parser("references", help=_("CSV: dimension, mean, sd, n, population, year, citation"))
    file.add_argument("file", type=Path, metavar="FILE.csv")
    file.set_defaults(run=import_references)
    others = kinds.add_parser("programmes", help=_("CSV: programme, year, measure, value, n, source"))
    others.add_argument("file", type=Path, metavar="FILE.csv")
    others.set_defaults(run=import_programmes)


def show_round(arguments: argparse.Namespace, store: Store) -> int:
    """`benchmark` and `benchmark show`."""
    as_of = as_of_date(arguments, store)
    person = acting_person(arguments, store)
    year = arguments.year or benchmarking.latest_year(store, as_of)
    found = benchmarking.results(store, year, as_of, for_whom=person)
    before = benchmarking.year_before(store, year, for_whom=person)
    report(arguments, _document(found, before), _lines(found, before))
    return 0


def open_round(arguments: argparse.Namespace, store: Store) -> int:
    """`benchmark open`."""
    as_of = as_of_date(arguments, store)
    year = arguments.year or as_of.year
    round_id = benchmarking.open_round(store, year, opened_on=as_of, who=acting_person(arguments, store))
    report(
        arguments,
        {"round_id": round_id, "year": year, "opened_on": as_of},
        [_("The round of {year} is open.").format(year=year)],
    )
    return 0


def rate_items(arguments: argparse.Namespace, store: Store) -> int:
    """`benchmark rate`."""
    as_of, person = as_of_date(arguments, store), acting_person(arguments, store)
    year, rater = arguments.year or as_of.year, arguments.rater or person.name
    given = _given(arguments)
    if arguments.change:
        seen = {row["item_id"]: row["version"] for row in benchmarking.ratings(store, year, rater)}
        given = [benchmarking.Rating(r.item_id, r.score, r.evidence, r.evidence_on, seen.get(r.item_id)) for r in given]
    count = benchmarking.rate(store, year, given, rater=rater, as_of=as_of, who=person)
    report(
        arguments,
        {"year": year, "rater": rater, "saved": count},
        [
            several(
                "{count} rating of {{rater}} is saved in the round of {{year}}.",
                "{count} ratings of {{rater}} are saved in the round of {{year}}.",
                count or 0,
            ).format(rater=rater, year=year)
        ],
    )
    return 0


def close_round(arguments: argparse.Namespace, store: Store) -> int:
    """`benchmark close`."""
    as_of, person = as_of_date(arguments, store), acting_person(arguments, store)
    year = arguments.year or as_of.year
    held = benchmarking.round_of(store, year)
    found = benchmarking.close_round(
        store,
        year,
        closed_on=as_of,
        conclusions=arguments.conclusions,
        expected_version=held.version if held else 0,
        who=person,
    )
    before = benchmarking.year_before(store, year, for_whom=person)
    report(arguments, _document(found, before), _lines(found, before))
    return 0


def import_references(arguments: argparse.Namespace, store: Store) -> int:
    """`benchmark import references`."""
    done = benchmarking.import_references(store, _content(arguments.file), who=acting_person(arguments, store))
    report(
        arguments,
        vars(done),
        [
            _("{read} reference values read: {inserted} new, {updated} replaced, {unchanged} unchanged.").format(
                **vars(done)
            )
        ],
    )
    return 0


def import_programmes(arguments: argparse.Namespace, store: Store) -> int:
    """`benchmark import programmes`."""
    done = benchmarking.import_summaries(store, _content(arguments.file), who=acting_person(arguments, store))
    said = _("{read} figures of other programmes read: {inserted} new, {updated} replaced, {unchanged} unchanged.")
    report(arguments, vars(done), [said.format(**vars(done))])
    return 0


def _which(parser: argparse.ArgumentParser) -> None:
    """--year and --as-of, before or after the action alike: an action's unused default must not hide the other."""
    parser.add_argument(
        "--year", type=int, default=argparse.SUPPRESS, metavar="Y", help=_("the round's year (else that of the day)")
    )
    parser.add_argument(
        "--as-of", type=day, default=argparse.SUPPRESS, metavar="DATE", help=_("the day (else the ledger's last day)")
    )


def _given(arguments: argparse.Namespace) -> list[benchmarking.Rating]:
    if (arguments.file is None) == (arguments.item is None or arguments.score is None):
        raise BadInput(_("Give either ITEM and SCORE, or --file."), reason="usage")
    if arguments.file is not None:
        return benchmarking.read_ratings(_content(arguments.file))
    return [benchmarking.Rating(arguments.item, arguments.score, arguments.evidence, arguments.evidence_on)]


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise BadInput(
            _("{file} cannot be read: check that it is there.").format(file=file), reason="unreadable"
        ) from None


def _document(found: benchmarking.Results, before: benchmarking.Results | None) -> dict[str, Any]:
    document = found.model_dump(mode="json")
    minimum = found.scores.minimum
    document["scores"]["minimum"] = minimum and {"dimension_id": minimum.dimension_id, "score": minimum.score}
    document["year_before"] = before and {
        "year": before.year,
        "instrument_version": before.scores.instrument_version,
        "overall": before.scores.overall,
        "stage": before.scores.stage,
        "dimensions": {d.dimension_id: d.score for d in before.scores.dimensions},
    }
    return document


def _lines(found: benchmarking.Results, before: benchmarking.Results | None) -> list[str]:
    scores = found.scores
    earlier = {d.dimension_id: d.score for d in before.scores.dimensions} if before else {}
    head = _("Round of {year}, {state}, as of {day}: overall {overall}, stage {stage}").format(
        year=found.year,
        state=_("closed") if found.is_closed else _("open"),
        day=day_shown(found.as_of),
        overall=_points(scores.overall),
        stage=scores.stage or UNKNOWN,
    )
    lines = [head, f"{'':36} {found.year:>6} {before.year if before else '':>6}"]
    lines += [
        f"{d.name:36.36} {_points(d.score):>6} {_points(earlier.get(d.dimension_id)) if before else '':>6}".rstrip()
        for d in scores.dimensions
    ]
    lines.append(f"{_('Effectiveness core'):36.36} {_points(scores.core):>6}")
    if scores.minimum:
        lines.append(
            _("Weakest: {dimension}, {score}").format(
                dimension=scores.minimum.name, score=_points(scores.minimum.score)
            )
        )
    lines += [f"{fact.name:36.36} {_fact(fact)}" for fact in found.facts]
    lines += [
        f"{c.reference.dimension}: z {UNKNOWN if c.z is None else format(c.z, '+.2f')} ({c.reference.citation})"
        for c in found.comparisons
    ]
    lines += [f"{s.programme}, {s.year}, {s.measure}: {s.value:g} ({s.source})" for s in found.summaries]
    lines.append(_("There are no published norms for key account programmes; references are those that were imported."))
    return lines


def _points(score: float | None) -> str:
    return UNKNOWN if score is None else f"{score:.1f}"


def _fact(fact: benchmarking.Fact) -> str:
    if fact.value is None:
        return f"{UNKNOWN} ({fact.unknown_because})"
    return share(fact.value) if fact.unit == "share" else f"{fact.value:g}"
