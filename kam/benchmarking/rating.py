"""Rating items of an open round: 0–4 by a rater, with evidence and its date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.benchmarking.committee import check_still_rating
from kam.benchmarking.instrument import instrument
from kam.benchmarking.record import held_round, still_open
from kam.errors import BadInput, RuleBroken
from kam.store import Condition, Rows, Store, Transaction
from kam.words import _

LONGEST_TEXT = 20_000


@dataclass(frozen=True)
class Rating:
    """A rating to save. score: 0–4; evidence: in words, evidence_on: its date, both None without evidence.

    seen_version: of the rater's rating that is being changed; None for a first rating.
    """

    item_id: str
    score: int
    evidence: str | None = None
    evidence_on: date | None = None
    seen_version: int | None = None


def ratings(store: Store, year: int, rater: str | None = None) -> Rows:
    """The ratings of a round, of one rater or of all, by item and rater. Raises NotFound."""
    where = [Condition("round_id", "=", held_round(store, year).round_id)]
    if rater is not None:
        where.append(Condition("rater", "=", rater))
    return store.read("benchmarking.ratings", where=where, order_by=[("item_id", False), ("rater", False)])


def rate(
    store: Store,
    year: int,
    given: Sequence[Rating],
    *,
    rater: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Save one rater's ratings, all or none; returns how many (None where op_id was done already).

    Raises NotFound for a year without a round, RuleBroken for a closed round and for an item that the rater has
    rated already (change it with seen_version), BadInput for a score outside the scale, an unknown item, or evidence
    of a day after as_of; StaleWrite where a rating was changed since seen_version.
    """
    rater = " ".join(rater.split())
    if not rater:
        raise BadInput(_("Say who rates."), reason="missing", field="rater")
    if not given:
        raise BadInput(_("There is nothing to save: rate at least one item."), reason="missing")
    checked = [_checked(rating, as_of) for rating in given]
    if len({rating.item_id for rating in checked}) < len(checked):
        raise BadInput(_("An item is rated twice in one go: keep one rating of it."), reason="duplicate_key")

    def change(tx: Transaction) -> int:
        held = still_open(tx, year)
        check_still_rating(tx, held)
        for rating in checked:
            _save(tx, held, rating, rater)
        return len(checked)

    return store.write(
        change,
        who=who,
        action="rate benchmark items",
        subject=("benchmark", str(year)),
        op_id=op_id,
        details={"rater": rater, "ratings": [vars(rating) for rating in checked]},
    )


def _checked(rating: Rating, as_of: date) -> Rating:
    item = instrument().item(rating.item_id)
    if item is None:
        raise BadInput(
            _("{item} is not an item of the instrument.").format(item=rating.item_id),
            reason="unknown_item",
            field="item_id",
        )
    highest = instrument().scale.points - 1
    if isinstance(rating.score, bool) or not isinstance(rating.score, int) or not 0 <= rating.score <= highest:
        raise BadInput(
            _("A rating is a whole number from 0 to {highest}; {given} is not.").format(
                highest=highest, given=rating.score
            ),
            reason="out_of_range",
            field="score",
        )
    evidence = (rating.evidence or "").strip() or None
    if rating.evidence_on is not None and evidence is None:
        raise BadInput(
            _("Say what the evidence of {day} is: “{item}”").format(
                day=units.day(rating.evidence_on), item=item.statement
            ),
            reason="missing",
            field="evidence",
        )
    if rating.evidence_on is not None and rating.evidence_on > as_of:
        raise BadInput(
            _("The evidence is dated {day}, after {as_of}: “{item}”").format(
                day=units.day(rating.evidence_on), as_of=units.day(as_of), item=item.statement
            ),
            reason="future_date",
            field="evidence_on",
        )
    if evidence is not None and len(evidence) > LONGEST_TEXT:
        raise BadInput(
            _("The evidence is longer than {most} characters: shorten it.").format(most=LONGEST_TEXT),
            reason="too_long",
            field="evidence",
        )
    return Rating(rating.item_id, rating.score, evidence, rating.evidence_on, rating.seen_version)


def _save(tx: Transaction, held: dict[str, Any], rating: Rating, rater: str) -> None:
    key = {"round_id": held["round_id"], "item_id": rating.item_id, "rater": rater}
    values = {"score": rating.score, "evidence": rating.evidence, "evidence_on": rating.evidence_on}
    if rating.seen_version is not None:
        tx.update("benchmarking.ratings", key, values, expected_version=rating.seen_version)
        return
    if tx.one("benchmarking.ratings", key):
        raise RuleBroken(
            _("{rater} has rated this item already: “{item}” Change that rating instead.").format(
                rater=rater, item=instrument().item(rating.item_id).statement
            ),
            reason="rated_twice",
            field="item_id",
        )
    tx.insert("benchmarking.ratings", **key, **values, rated_at=tx.now)
