"""From ratings to scores: items, dimensions, overall, the effectiveness core, the stage.

Scores are criterion-referenced: they say which practices are in place. Nothing here compares with others.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, variance

from pydantic import BaseModel, ConfigDict

from kam.benchmarking.instrument import Dimension, Instrument, Item, Scale

HIGHEST = 100.0
STAGES = ("scoping", "introducing", "embedding", "optimising")


class Frozen(BaseModel):
    """A plain value that goes into a closed round as JSON and comes out the same."""

    model_config = ConfigDict(frozen=True)


class Rated(Frozen):
    """One rater's rating of an item. has_evidence: evidence in words and with its date."""

    item_id: str
    rater: str
    score: int
    has_evidence: bool


class Rules(Frozen):
    """The parameters of scoring on a day; None where the programme adopted them as unknown.

    agreement_at_least: share; the stage's bounds: points of 100.
    """

    agreement_at_least: float | None
    introducing_from: float | None
    embedding_from: float | None
    optimising_from: float | None
    optimising_dimension_at_least: float | None


class ItemScore(Frozen):
    """An item's score. mean: of the counted ratings, 0–4, None where nobody rated or the raters disagree.

    agreement: r_wg, None for fewer than two raters. is_disputed: rated, but agreement is below the rule.
    capped: ratings that count less because dated evidence is missing.
    """

    item_id: str
    statement: str
    mean: float | None
    agreement: float | None
    is_disputed: bool
    rating_count: int
    capped: int
    lowest: int | None
    highest: int | None


class DimensionScore(Frozen):
    """A dimension's score, 0–100; None where fewer items are answered (rated and not disputed) than needed."""

    dimension_id: str
    name: str
    is_core: bool
    score: float | None
    answered: int
    items: tuple[ItemScore, ...]


class Scores(Frozen):
    """A round's scores. overall: equal-weighted mean of all dimensions, None while one is unknown; core: of the
    core dimensions likewise; minimum: the lowest known dimension, always shown; stage: one of STAGES or None.
    """

    instrument_version: str
    raters: tuple[str, ...]
    dimensions: tuple[DimensionScore, ...]
    overall: float | None
    core: float | None
    minimum: DimensionScore | None
    stage: str | None


def score(instrument: Instrument, ratings: Sequence[Rated], rules: Rules) -> Scores:
    """All scores of a round."""
    by_item: dict[str, list[Rated]] = {}
    for rating in ratings:
        by_item.setdefault(rating.item_id, []).append(rating)
    dimensions = tuple(_dimension(d, by_item, instrument.scale, rules) for d in instrument.dimensions)
    known = [d for d in dimensions if d.score is not None]
    overall = _mean_if_all([d.score for d in dimensions])
    return Scores(
        instrument_version=instrument.version,
        raters=tuple(sorted({rating.rater for rating in ratings})),
        dimensions=dimensions,
        overall=overall,
        core=_mean_if_all([d.score for d in dimensions if d.is_core]),
        minimum=min(known, key=lambda d: d.score, default=None),
        stage=stage(overall, [d.score for d in dimensions], rules),
    )


def counted(given: int, has_evidence: bool, scale: Scale) -> int:
    """What a rating counts: 3 and 4 without dated evidence count 2."""
    if given >= scale.evidence_needed_from and not has_evidence:
        return scale.without_evidence_counts
    return given


def agreement(ratings: Sequence[int], points: int) -> float | None:
    """r_wg = 1 − s² / ((A² − 1) / 12), below 0 taken as 0; s² the sample variance, A the points of the scale.

    James, Demaree & Wolf 1984, Journal of Applied Psychology 69(1). None for fewer than two ratings. It is taken
    over the ratings as given: whether evidence is attached says nothing about whether raters agree.
    """
    if len(ratings) < 2:
        return None
    return max(0.0, 1 - variance(ratings) / ((points**2 - 1) / 12))


def stage(overall: float | None, dimensions: Sequence[float | None], rules: Rules) -> str | None:
    """scoping, introducing, embedding, optimising; the last needs every dimension at its bound. None while unknown."""
    bounds = (rules.introducing_from, rules.embedding_from, rules.optimising_from, rules.optimising_dimension_at_least)
    if overall is None or None in bounds or None in dimensions:
        return None
    if overall >= rules.optimising_from and min(dimensions) >= rules.optimising_dimension_at_least:
        return "optimising"
    if overall >= rules.embedding_from:
        return "embedding"
    return "introducing" if overall >= rules.introducing_from else "scoping"


def _item(item: Item, ratings: Sequence[Rated], scale: Scale, rules: Rules) -> ItemScore:
    given = [rating.score for rating in ratings]
    counts = [counted(rating.score, rating.has_evidence, scale) for rating in ratings]
    agreed = agreement(given, scale.points)
    is_disputed = agreed is not None and rules.agreement_at_least is not None and agreed < rules.agreement_at_least
    return ItemScore(
        item_id=item.item_id,
        statement=item.statement,
        mean=fmean(counts) if counts and not is_disputed else None,
        agreement=agreed,
        is_disputed=is_disputed,
        rating_count=len(given),
        capped=sum(1 for rated, counts_as in zip(given, counts, strict=True) if rated != counts_as),
        lowest=min(given, default=None),
        highest=max(given, default=None),
    )


def _dimension(dimension: Dimension, by_item: dict[str, list[Rated]], scale: Scale, rules: Rules) -> DimensionScore:
    items = tuple(_item(item, by_item.get(item.item_id, ()), scale, rules) for item in dimension.items)
    means = [item.mean for item in items if item.mean is not None]
    enough = len(means) >= scale.items_needed
    return DimensionScore(
        dimension_id=dimension.dimension_id,
        name=dimension.name,
        is_core=dimension.is_core,
        score=HIGHEST / (scale.points - 1) * fmean(means) if enough else None,
        answered=len(means),
        items=items,
    )


def _mean_if_all(scores: Sequence[float | None]) -> float | None:
    return None if not scores or None in scores else fmean(scores)
