"""The yearly round: opened, rated by people with evidence, closed with its figures frozen."""

from __future__ import annotations

from datetime import date

from kam import change, parameters, units
from kam.access import Person
from kam.benchmarking.committee import check_decided
from kam.benchmarking.facts import Fact, programme_facts
from kam.benchmarking.instrument import instrument
from kam.benchmarking.rating import LONGEST_TEXT, ratings
from kam.benchmarking.record import held_round, rounds, still_open
from kam.benchmarking.references import Comparison, compare
from kam.benchmarking.scoring import Frozen, Rated, Rules, Scores, score
from kam.benchmarking.summaries import Summary, latest, summaries
from kam.errors import BadInput, RuleBroken
from kam.store import Condition, Rows, Store, Transaction
from kam.words import _, several

_FIRST_YEAR = 1990


class Results(Frozen):
    """A round's figures: computed while it is open, frozen once it is closed.

    as_of: the day of the facts and of the rules that were applied. case: the programme's value against its cost in the
    year up to it, None without a key account and in rounds closed before there was one. summaries: other programmes.
    """

    year: int
    as_of: date
    is_closed: bool
    scores: Scores
    rules: Rules
    facts: tuple[Fact, ...]
    comparisons: tuple[Comparison, ...]
    case: change.CaseYear | None = None
    summaries: tuple[Summary, ...] = ()


def open_round(store: Store, year: int, *, opened_on: date, who: Person, op_id: str | None = None) -> int | None:
    """Open the round of a year; returns its id (None where op_id was done already).

    Raises RuleBroken where the year has a round, BadInput for a year that is not near opened_on.
    """
    if not _FIRST_YEAR <= year <= opened_on.year + 1:
        raise BadInput(
            _("A round is opened for a year from {first} to {last}, not for {year}.").format(
                first=_FIRST_YEAR, last=opened_on.year + 1, year=year
            ),
            reason="out_of_range",
            field="year",
        )

    def opening(tx: Transaction) -> int:
        held = next(iter(tx.read("benchmarking.rounds", where=[Condition("year", "=", year)])), None)
        if held:
            sentence = (
                _("The round of {year} is open already: rate its items, there is one round a year.")
                if held["state"] == "open"
                else _("The round of {year} is closed and its figures are frozen: open the next year's.")
            )
            raise RuleBroken(sentence.format(year=year), reason="one_round_a_year", field="year")
        round_id = tx.next_number("benchmarking.rounds", "round_id")
        tx.insert(
            "benchmarking.rounds",
            round_id=round_id,
            year=year,
            instrument_version=instrument().version,
            state="open",
            opened_on=opened_on,
            opened_by=who.name,
        )
        return round_id

    return store.write(
        opening,
        who=who,
        action="open benchmark round",
        subject=("benchmark", str(year)),
        op_id=op_id,
        details={"opened_on": opened_on, "instrument_version": instrument().version},
    )


def close_round(
    store: Store,
    year: int,
    *,
    closed_on: date,
    conclusions: str,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> Results | None:
    """Close a round: its scores, the programme's figures and the comparison as of closed_on are frozen with it.

    Returns the frozen results (None where op_id was done already). Raises NotFound, RuleBroken for a closed round, a
    day before it was opened, one that the committee has not rated, compared and decided, or fewer raters than
    benchmarking.raters_at_least; StaleWrite.
    """
    conclusions = conclusions.strip()
    if len(conclusions) > LONGEST_TEXT:
        raise BadInput(
            _("The conclusions are longer than {most} characters: shorten them.").format(most=LONGEST_TEXT),
            reason="too_long",
            field="conclusions",
        )
    held = held_round(store, year)
    if closed_on < held.opened_on:
        raise RuleBroken(
            _("The round of {year} was opened on {day}: close it on or after that day.").format(
                year=year, day=units.day(held.opened_on)
            ),
            reason="before_opening",
            field="closed_on",
        )
    facts = programme_facts(store, closed_on, for_whom=who)
    case = _case(store, closed_on, who)

    def closing(tx: Transaction) -> Results:
        standing = still_open(tx, year)
        check_decided(tx, standing, closed_on)
        rated = tx.read("benchmarking.ratings", where=[Condition("round_id", "=", standing["round_id"])])
        _check_raters(tx.store, {row["rater"] for row in rated}, closed_on)
        frozen = _computed(tx.store, year, rated, facts, case, closed_on, is_closed=True)
        tx.update(
            "benchmarking.rounds",
            {"round_id": standing["round_id"]},
            {"state": "closed", "closed_on": closed_on, "conclusions": conclusions},
            expected_version=expected_version,
        )
        tx.update(
            "benchmarking.rounds",
            {"round_id": standing["round_id"]},
            {"closed_by": who.name, "results": frozen.model_dump_json()},
        )
        tx.note(overall=frozen.scores.overall, stage=frozen.scores.stage)
        return frozen

    return store.write(
        closing,
        who=who,
        action="close benchmark round",
        subject=("benchmark", str(year)),
        op_id=op_id,
        details={"closed_on": closed_on, "conclusions": conclusions},
    )


def results(store: Store, year: int, as_of: date, *, for_whom: Person) -> Results:
    """The figures of a round: as frozen where it is closed, else computed as of as_of. Raises NotFound."""
    held = held_round(store, year)
    if held.state == "closed":
        row = store.one("benchmarking.rounds", where=[Condition("year", "=", year)], columns=("results",))
        return Results.model_validate_json(row["results"])
    facts = programme_facts(store, as_of, for_whom=for_whom)
    case = _case(store, as_of, for_whom)
    return _computed(store, year, ratings(store, year), facts, case, as_of, is_closed=False)


def year_before(store: Store, year: int, *, for_whom: Person) -> Results | None:
    """The latest closed round before this year, or None: what this year is held beside."""
    earlier = next((held for held in rounds(store) if held.year < year and held.state == "closed"), None)
    return results(store, earlier.year, earlier.closed_on, for_whom=for_whom) if earlier else None


def trend(store: Store, found: Results, *, for_whom: Person) -> tuple[Results, ...]:
    """The closed rounds before the one that is looked at, and that one, the earliest year first."""
    earlier = [held for held in rounds(store) if held.year < found.year and held.state == "closed"]
    return (*(results(store, held.year, held.closed_on, for_whom=for_whom) for held in reversed(earlier)), found)


def rules_at(store: Store, as_of: date) -> Rules:
    """The parameters of scoring on a day."""
    held = {name: p.value for name, p in parameters.all_at(store, as_of).items()}
    return Rules(
        agreement_at_least=held.get("benchmarking.agreement_at_least"),
        introducing_from=held.get("benchmarking.stage_introducing_from"),
        embedding_from=held.get("benchmarking.stage_embedding_from"),
        optimising_from=held.get("benchmarking.stage_optimising_from"),
        optimising_dimension_at_least=held.get("benchmarking.optimising_dimension_at_least"),
    )


def _case(store: Store, as_of: date, for_whom: Person) -> change.CaseYear | None:
    return next(iter(change.programme_case(store, as_of, for_whom=for_whom)), None)


def _computed(
    store: Store,
    year: int,
    rated: Rows,
    facts: tuple[Fact, ...],
    case: change.CaseYear | None,
    as_of: date,
    *,
    is_closed: bool,
) -> Results:
    rules = rules_at(store, as_of)
    scores = score(
        instrument(),
        [
            Rated(
                item_id=row["item_id"],
                rater=row["rater"],
                score=row["score"],
                has_evidence=bool(row["evidence"]) and row["evidence_on"] is not None,
            )
            for row in rated
        ],
        rules,
    )
    return Results(
        year=year,
        as_of=as_of,
        is_closed=is_closed,
        scores=scores,
        rules=rules,
        facts=facts,
        comparisons=compare(store, scores, as_of),
        case=case,
        summaries=latest(summaries(store), year),
    )


def _check_raters(store: Store, raters: set[str], closed_on: date) -> None:
    least = parameters.value_at(store, "benchmarking.raters_at_least", closed_on)
    needed = max(1, int(least.value or 1))
    if len(raters) < needed:
        raise RuleBroken(
            several(
                "{count} rater took part and {{needed}} are needed ({{source}}): ask for more ratings before you close.",
                "{count} raters took part and {{needed}} are needed ({{source}}): ask for more ratings before you close.",
                len(raters),
            ).format(needed=needed, source=least.source),
            reason="too_few_raters",
        )
