"""The relationship-risk scorecard: ten factors of an account, rated by records or by people, to a yearly chance to keep it.

Score = mean of the known factors' ratings, 0..4, × 25: equal weights, because unit weights predict about as well as
fitted ones and cannot be tuned per account (Dawes 1979, The robust beauty of improper linear models). The chance comes
from one monotone table for all accounts (METHOD 3.2; Ryals & Knox 2005, 2007): never from a judgement about one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any, Literal

from kam import parameters
from kam.access import Person
from kam.errors import BadInput
from kam.store import Condition, Store, Transaction
from kam.units import count, share
from kam.value.stating import account_name, rating_of, said
from kam.words import _, several

SCORES = (0, 25, 50, 75, 100)
TABLE = tuple(f"value.retention_at_score_{score}" for score in SCORES)
FEWEST = "value.risk_factors_at_least"


@dataclass(frozen=True)
class RiskFactor:
    """A factor. record: its column of value.risk_records; best: the parameter with the reading that counts as 4 (as 0,
    where is_falling); both empty where only people can judge it. anchors: what 0 and 4 mean.
    """

    factor: str
    name: str
    anchors: tuple[str, str]
    record: str = ""
    best: str = ""
    is_falling: bool = False


RISK_FACTORS: dict[str, RiskFactor] = {
    one.factor: one
    for one in (
        RiskFactor(
            "length", _("Length of the relationship"), (_("new"), _("long")), "relationship_years", "value.risk_years_for_best"
        ),
        RiskFactor("contacts", _("Number of contacts"), (_("one"), _("many")), "contact_count", "value.risk_contacts_for_best"),
        RiskFactor(
            "levels", _("Contacts at several levels"), (_("one role"), _("all levels")), "role_count", "value.risk_roles_for_best"
        ),
        RiskFactor(
            "breadth", _("Breadth of products"), (_("one"), _("broad")), "category_count_12m", "value.risk_categories_for_best"
        ),
        RiskFactor(
            "service", _("Service record"), (_("many complaints"), _("none")), "complaint_count_12m",
            "value.risk_complaints_for_worst", True,
        ),
        RiskFactor("satisfaction", _("Satisfaction"), (_("dissatisfied"), _("delighted")), "satisfaction_share"),
        RiskFactor(
            "contract", _("Contract status"), (_("none, or out to tender"), _("runs for years")), "contract_months",
            "value.risk_contract_months_for_best",
        ),
        RiskFactor("competition", _("Competitive threat"), (_("being displaced"), _("no rival in sight"))),
        RiskFactor("buyer", _("Change of buyer"), (_("our people left"), _("stable"))),
        RiskFactor("finances", _("Customer's financial health"), (_("insolvent soon"), _("sound"))),
    )
}  # fmt: skip


@dataclass(frozen=True)
class RatedFactor:
    """A factor of an account. rating: 0..4, None unknown. origin: judged (by a person), records, or unknown.

    evidence: what it rests on. rated_on, assessor: of a judgement. by_records: what the records alone would give.
    """

    factor: str
    name: str
    anchors: tuple[str, str]
    rating: float | None
    origin: Literal["judged", "records", "unknown"]
    evidence: str
    rated_on: date | None
    assessor: str
    by_records: float | None


@dataclass(frozen=True)
class Scorecard:
    """An account's scorecard. score: 0 (riskiest) to 100, None below the evidence. retention: yearly chance to keep it,
    with low and high from the spread of the ratings; None where the score is. missing: why, in a sentence.
    """

    account_id: str
    factors: list[RatedFactor]
    score: float | None
    retention: float | None
    retention_low: float | None
    retention_high: float | None
    table: list[tuple[float, float]]
    missing: str

    @property
    def known(self) -> int:
        """How many factors are known."""
        return sum(one.rating is not None for one in self.factors)


def scorecards(store: Store, as_of: date, account_ids: Sequence[str], *, for_whom: Person) -> dict[str, Scorecard]:
    """The scorecards of these accounts on as_of. Raises BadInput where the adopted table falls."""
    if not account_ids:
        return {}
    among = [Condition("account_id", "one_of", list(account_ids))]
    judged: dict[str, dict[str, dict]] = {}
    for row in store.read("value.risk_judgements", {"as_of": as_of}, where=among):
        judged.setdefault(row["account_id"], {})[row["factor"]] = row
    records = {row["account_id"]: row for row in store.page("value.risk_records", {"as_of": as_of}, where=among)}
    best, table, fewest = _bests(store, as_of), retention_table(store, as_of), fewest_factors(store, as_of)
    return {
        one: _scorecard(one, judged.get(one, {}), records[one], best, table, fewest)
        for one in account_ids
        if one in records
    }


def retention_table(store: Store, as_of: date) -> list[tuple[float, float]]:
    """(score, yearly chance to keep the account) as adopted; empty where a point is undecided. Raises BadInput where it
    falls.
    """
    from kam.value.models.scorecard import checked_table

    held = parameters.all_at(store, as_of)
    points = [(score, held[name].value if name in held else None) for score, name in zip(SCORES, TABLE, strict=True)]
    return [] if any(chance is None for _score, chance in points) else checked_table(points)


def fewest_factors(store: Store, as_of: date) -> int:
    """How many factors have to be known for a score."""
    return int(parameters.value_at(store, FEWEST, as_of).value or len(RISK_FACTORS))


def rate_risk(
    store: Store,
    account_id: str,
    factor: str,
    rating: int | None,
    *,
    evidence: str,
    rated_on: date,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Judge one factor 0 (riskiest) to 4 (safest); rating None takes a judgement back, and the records speak again.

    Raises NotFound for an unknown account, BadInput for another factor or rating or without evidence.
    """
    if factor not in RISK_FACTORS:
        raise BadInput(
            _("{factor} is no factor of the scorecard: choose one of {factors}.").format(
                factor=factor, factors=", ".join(RISK_FACTORS)
            ),
            reason="unknown_factor",
            field="factor",
        )
    name = RISK_FACTORS[factor].name
    fields = {
        "factor": factor,
        "rating": None if rating is None else rating_of(rating, name, account_id),
        "evidence": said(evidence, _("Evidence for {factor}").format(factor=name), account_id, "evidence"),
        "rated_on": rated_on,
    }

    def change(tx: Transaction) -> None:
        account_name(tx, account_id)
        tx.insert(
            "value.risk_ratings",
            rating_id=tx.next_number("value.risk_ratings", "rating_id"),
            account_id=account_id,
            **fields,
            assessor=who.name,
            recorded_at=tx.now,
        )

    store.write(
        change, who=who, action="rate relationship risk", subject=("account", account_id), op_id=op_id, details=fields
    )


def score_of(ratings: Sequence[float]) -> tuple[float, float]:
    """(score 0..100, its standard error): mean rating × 25, and the ratings' spread over the root of their number."""
    number = len(ratings)
    mean = sum(ratings) / number
    spread = sqrt(sum((rating - mean) ** 2 for rating in ratings) / (number - 1)) if number > 1 else 0.0
    return 25 * mean, 25 * spread / sqrt(number)


def _scorecard(account_id, judged, record, best, table, fewest) -> Scorecard:
    from kam.value.models.scorecard import retention_probability

    factors = [_rated(one, judged.get(one.factor), record, best) for one in RISK_FACTORS.values()]
    ratings = [one.rating for one in factors if one.rating is not None]
    if len(ratings) < fewest:
        missing = _("{known} of {all} factors are known; {fewest} are needed for a score: rate some.").format(
            known=len(ratings), all=len(factors), fewest=fewest
        )
        return Scorecard(account_id, factors, None, None, None, None, table, missing)
    if not table:
        undecided = _("The retention table is not decided: adopt its five points on the Settings page.")
        return Scorecard(account_id, factors, None, None, None, None, table, undecided)
    score, error = score_of(ratings)
    # A triangle's standard deviation is its arm over √6.
    arm = sqrt(6) * error
    low, likely, high = (
        retention_probability(min(100.0, max(0.0, at)), table) for at in (score - arm, score, score + arm)
    )
    return Scorecard(account_id, factors, score, likely, low, high, table, "")


def _rated(factor: RiskFactor, judgement: dict | None, record: dict[str, Any], best: dict[str, float]) -> RatedFactor:
    by_records, told = _by_records(factor, record, best)
    known = (factor.factor, factor.name, factor.anchors)
    if judgement is not None and judgement["rating"] is not None:
        return RatedFactor(
            *known, judgement["rating"], "judged", judgement["evidence"], judgement["rated_on"], judgement["assessor"],
            by_records,
        )  # fmt: skip
    if by_records is not None:
        return RatedFactor(*known, by_records, "records", told, None, "", by_records)
    return RatedFactor(*known, None, "unknown", told, None, "", None)


def _by_records(factor: RiskFactor, record: dict[str, Any], best: dict[str, float]) -> tuple[float | None, str]:
    if not factor.record:
        return None, _("The records do not hold it: rate it.")
    reading = record[factor.record]
    if reading is None:
        return None, _("Nothing on record: rate it, or import the records.")
    if factor.factor == "satisfaction":
        return 4 * reading, _("Mean of {answers}: {share} of the scale").format(
            answers=several("{count} answer", "{count} answers", record["answer_count"]), share=share(reading)
        )
    reached = min(1.0, float(reading) / best[factor.best])
    rating = 4 * (1 - reached if factor.is_falling else reached)
    return rating, _("{reading} on record; from {best} on it counts as: {end}").format(
        reading=count(reading) if isinstance(reading, int) else f"{reading:.1f}",
        best=f"{best[factor.best]:g} {parameters.defaults()[factor.best].unit}",
        end=factor.anchors[0] if factor.is_falling else factor.anchors[1],
    )


def _bests(store: Store, as_of: date) -> dict[str, float]:
    held, shipped = parameters.all_at(store, as_of), parameters.defaults()
    names = [one.best for one in RISK_FACTORS.values() if one.best]
    # An anchor that somebody set to unknown falls back to the shipped one: the records are there to be read.
    return {
        name: shipped[name].value if held.get(name) is None or held[name].value is None else held[name].value
        for name in names
    }
