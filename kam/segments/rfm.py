"""Recency, frequency and money as scores 1 to 5, and the segments that follow (METHOD 5).

Quintiles sort a whole base. For 5 to 25 accounts they are noise: score the base, then read the key accounts off it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.words import _

BINS = 5
OTHER = _("Other")


@dataclass(frozen=True)
class Scores:
    """score: 1 (worst) to bins, one per account, 0 where the value is unknown. cuts: upper ends of all bins but the
    last, in the value's unit. bins: fewer than asked for where there are fewer different values: say so."""

    score: NDArray[np.int64]
    cuts: tuple[float, ...]
    bins: int


@dataclass(frozen=True)
class Segment:
    """A rectangle of scores with a name; ends included."""

    name: str
    recency: tuple[int, int]
    frequency: tuple[int, int]
    money: tuple[int, int]


# The segments of the R package rfm (Hebbali), in its order: the first that holds an account names it (RFM-02).
SEGMENTS = (
    Segment(_("Champions"), (5, 5), (5, 5), (5, 5)),
    Segment(_("Potential Loyalist"), (3, 5), (3, 5), (2, 5)),
    Segment(_("Loyal Customers"), (2, 4), (2, 4), (2, 4)),
    Segment(_("Promising"), (3, 4), (1, 3), (3, 5)),
    Segment(_("New Customers"), (4, 5), (1, 3), (1, 5)),
    Segment(_("Can't Lose Them"), (1, 2), (3, 4), (4, 5)),
    Segment(_("At Risk"), (1, 2), (2, 5), (4, 5)),
    Segment(_("Need Attention"), (1, 3), (3, 5), (3, 5)),
    Segment(_("About To Sleep"), (2, 3), (1, 3), (1, 4)),
    Segment(_("Lost"), (1, 1), (1, 5), (1, 5)),
)


def quantile_scores(values: ArrayLike, *, lower_is_better: bool = False, bins: int = BINS) -> Scores:
    """Scores by quantiles of the base, right-closed: value ≤ q20 scores 1. Equal values always share a score.

    values: one per account, not a number where unknown (scored 0). lower_is_better: for recency in days. bins: at
    least 2. Quantiles by linear interpolation (type 7). With fewer different values than bins each value is its own
    bin. Ties can leave a score empty: where 40 % bought once, nobody scores 2. Raises BadInput when no value is known.
    """
    read = np.asarray(values, dtype=float)
    known = read[~np.isnan(read)]
    if bins < 2 or known.size == 0 or np.isinf(known).any():
        raise BadInput(
            _("Scores need at least two bins and one known, finite value."), reason="no_values", field="values"
        )
    levels = np.unique(known)
    used = min(bins, len(levels))
    cuts = levels[:-1] if len(levels) < bins else np.quantile(known, np.arange(1, bins) / bins)
    return scores_between(read, cuts, lower_is_better=lower_is_better, bins=used)


def scores_between(
    values: ArrayLike,
    cuts: ArrayLike,
    *,
    lower_is_better: bool = False,
    closed: Literal["right", "left"] = "right",
    bins: int | None = None,
) -> Scores:
    """Scores by given cuts, which must not fall.

    closed "right": a value on a cut belongs to the bin below it. "left": to the bin above, the rule of the R package
    rfm, whose cuts are type-7 quantiles plus 1: right for whole numbers only (RFM-01). Values as in `quantile_scores`.
    """
    read, ends = np.asarray(values, dtype=float), np.asarray(cuts, dtype=float)
    if not np.isfinite(ends).all() or (np.diff(ends) < 0).any():
        raise BadInput(_("cuts has to be finite numbers that do not fall."), reason="cuts", field="cuts")
    top = len(ends) + 1 if bins is None else bins
    below = np.searchsorted(ends, read, side="left" if closed == "right" else "right")
    score = top - below if lower_is_better else below + 1
    return Scores(np.where(np.isnan(read), 0, score).astype(np.int64), tuple(ends.tolist()), top)


def segment(recency: int, frequency: int, money: int, segments: Sequence[Segment] = SEGMENTS) -> str | None:
    """The first segment that holds the three scores (1..5), `OTHER` where none does, None where one is unknown (0)."""
    scored: Mapping[str, int] = {"recency": recency, "frequency": frequency, "money": money}
    if 0 in scored.values():
        return None
    for candidate in segments:
        if all(low <= scored[field] <= high for field, (low, high) in _intervals(candidate).items()):
            return candidate.name
    return OTHER


def segments_of(
    recency: ArrayLike, frequency: ArrayLike, money: ArrayLike, segments: Sequence[Segment] = SEGMENTS
) -> list[str | None]:
    """`segment` for arrays of scores; a base has at most 125 different triples, so each is looked up once."""
    triples, place = np.unique(np.stack((recency, frequency, money), axis=1), axis=0, return_inverse=True)
    names = [segment(*map(int, triple), segments) for triple in triples]
    return [names[at] for at in place.ravel()]


def _intervals(candidate: Segment) -> dict[str, tuple[int, int]]:
    return {"recency": candidate.recency, "frequency": candidate.frequency, "money": candidate.money}
