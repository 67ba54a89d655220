"""A figure of the programme with its definition, as a round freezes it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kam.benchmarking.scoring import Frozen


class Fact(Frozen):
    """A figure of the programme on a day. value: in unit, None where unknown (unknown_because says why).

    numerator, denominator: of a share, as they are shown. within: whether the programme's own rule is met, None
    where there is none. why, numerator_says, denominator_says, owner, next_review: the definition as it was then
    (kam.benchmarking.definitions); empty in rounds closed before there was one.
    """

    fact_id: str
    name: str
    meaning: str
    value: float | None
    unit: Literal["share", "accounts", "reviews", "requests", "days", "times"]
    numerator: float | None
    denominator: float | None
    better: Literal["higher", "lower", "neither"]
    within: bool | None
    unknown_because: str
    as_of: date
    why: str = ""
    numerator_says: str = ""
    denominator_says: str = ""
    owner: str = ""
    next_review: date | None = None


def share_fact(fact_id: str, name: str, meaning: str, part: int, whole: int, unknown_because: str, as_of: date) -> Fact:
    """A share of counts; unknown_because: where nothing is there to divide by."""
    return Fact(
        fact_id=fact_id,
        name=name,
        meaning=meaning,
        value=part / whole if whole else None,
        unit="share",
        numerator=part,
        denominator=whole,
        better="higher",
        within=None,
        unknown_because="" if whole else unknown_because,
        as_of=as_of,
    )
