"""How often an account belongs to the best K when weights and points are not certain (SMAA-2).

Lahdelma & Salminen 2001, SMAA-2, Operations Research 49(3):444-454: in each draw the weights (and the points
that vary) are taken at random and the accounts ranked; the share of draws in which an account has rank r is its
rank acceptability. For a programme of K accounts the figure that counts is the sum over the ranks up to K
(METHOD 1.6). Accounts that tie share the places between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam.errors import BadInput
from kam.selection.robustness.skyband import possible_members
from kam.selection.robustness.uncertainty import UncertainPoints
from kam.selection.scoring import DECIMALS
from kam.words import _

Floats = NDArray[np.float64]

# Two scores count as tied within this (points 0..10): far above rounding error, far below any real difference.
TIE = 1e-9
ROBUST, CONTESTED, ROBUST_NON_MEMBER = "robust", "contested", "robust non-member"
ROBUST_FROM, NON_MEMBER_UP_TO = 0.9, 0.1

# The draws that a share is read from where nobody asks for more: ±0.01 with 95 % confidence (`draws_needed`).
DRAWS = 10_000

# Draws are worked through in pieces that stay in the processor's cache.
_PIECE = 250_000
# Below this many accounts, looking for those that cannot enter costs more than it saves.
PRUNE_FROM = 300


@dataclass(frozen=True)
class Acceptability:
    """What the draws say of each account; arrays in the order of the accounts.

    places: K. draws: N, with the seed that gives them again. top: share of draws among the best K, (accounts,). first: share of draws ranked
    first. central_weights: mean weights of the draws in which the account is first, (accounts, criteria), nan
    (not 0) where it never is. low, high: the acceptability if the account's own missing points turn out worst
    and everyone else's best, and the other way round; equal to `top` where nothing is missing.
    """

    places: int
    draws: int
    seed: int
    top: Floats
    first: Floats
    central_weights: Floats
    low: Floats
    high: Floats

    @property
    def classes(self) -> list[str]:
        """Robust, contested or robust non-member, for each account (see `classify`)."""
        return classify(self.top, self.low, self.high)


def acceptability(
    points: UncertainPoints,
    weights: Floats,
    *,
    places: int,
    seed: int,
    extremes: Floats | None = None,
) -> Acceptability:
    """Top-K acceptability of every account, with first ranks and central weights.

    B_a^K = share of draws with a among the best K = sum_{r<=K} b_a^r; w_a^c = E[w | a is first]. Ties share.
    weights: (draws, criteria) from `draw_weights`; seed: of the points' noise. extremes: `extreme_weights`
    of the preference the weights were drawn with, which lets more accounts be set aside; the result is the
    same without. Accounts that cannot be among the best K in any draw are not ranked (see `skyband`).
    Standard error of a share p: sqrt(p (1 - p) / draws). Raises BadInput for places or shapes that do not fit.
    """
    accounts, criteria = points.points.shape
    draws = _check(points, weights, places)
    kept = np.arange(accounts)
    if accounts >= PRUNE_FROM:
        kept = np.flatnonzero(possible_members(points, weights, places=places, margin=2 * TIE, extremes=extremes))
    some = points.of(kept)
    has_missing = bool(np.isnan(some.points).any())
    members, winners, won_weights = np.zeros(len(kept)), np.zeros(len(kept)), np.zeros((len(kept), criteria))
    low, high = np.zeros(len(kept)), np.zeros(len(kept))
    for piece in _scored(some, weights, seed, with_range=has_missing):
        draw, account, score, share = _leaders(piece.scores, places)
        members += np.bincount(account, weights=share, minlength=len(kept))
        draw, account, share = _winners(draw, account, score)
        winners += np.bincount(account, weights=share, minlength=len(kept))
        for k in range(criteria):
            won_weights[:, k] += np.bincount(account, share * piece.weights[draw, k], minlength=len(kept))
        if has_missing:
            low += _against(piece.lowest, piece.highest, places)
            high += _against(piece.highest, piece.lowest, places)

    def spread(found: Floats, shape: tuple[int, ...]) -> Floats:
        whole = np.zeros(shape)
        whole[kept] = found
        return whole

    with np.errstate(invalid="ignore"):
        central = np.where(winners[:, None] > 0, won_weights / winners[:, None], np.nan)
    central_weights = np.full((accounts, criteria), np.nan)
    central_weights[kept] = central
    top = spread(members / draws, (accounts,))
    return Acceptability(
        places=places,
        draws=draws,
        seed=seed,
        top=top,
        first=spread(winners / draws, (accounts,)),
        central_weights=central_weights,
        low=spread(low / draws, (accounts,)) if has_missing else top,
        high=spread(high / draws, (accounts,)) if has_missing else top,
    )


def classify(top: Floats, low: Floats | None = None, high: Floats | None = None) -> list[str]:
    """Robust member from 0.9, robust non-member up to 0.1, contested between (METHOD 1.6).

    low, high: the acceptability at the worst and the best of what is missing; an account is only robust when it
    is so however its missing points turn out.
    """
    worst = top if low is None else np.minimum(top, low)
    best = top if high is None else np.maximum(top, high)
    return [
        ROBUST if w >= ROBUST_FROM else ROBUST_NON_MEMBER if b <= NON_MEMBER_UP_TO else CONTESTED
        for w, b in zip(worst.tolist(), best.tolist(), strict=True)
    ]


def rank_acceptability(points: UncertainPoints, weights: Floats, *, seed: int, ranks: int | None = None) -> Floats:
    """b_a^r: share of draws in which account a has rank r, shape (accounts, ranks).

    t tied accounts take 1/t of each of the t ranks they cover. Every row and, with all ranks, every column
    sums to 1. ranks: only the first so many (default all; memory is accounts × ranks).
    Raises BadInput for shapes that do not fit.
    """
    accounts = len(points.points)
    ranks = accounts if ranks is None else min(ranks, accounts)
    draws = _check(points, weights, max(ranks, 1))
    counts = np.zeros(accounts * accounts if ranks == accounts else accounts * (ranks + 1))
    width = ranks if ranks == accounts else ranks + 1
    for piece in _scored(points, weights, seed):
        order = np.argsort(-piece.scores, axis=1, kind="stable")
        ordered = np.take_along_axis(piece.scores, order, axis=1)
        # A run of ties starts where the score falls; every member of a run of t takes 1/t of its t ranks.
        starts = np.concatenate(
            [np.ones((len(ordered), 1), dtype=bool), ordered[:, :-1] - ordered[:, 1:] > TIE], axis=1
        ).ravel()
        start_at = np.flatnonzero(starts)
        length = np.diff(np.append(start_at, starts.size))
        run_length = np.repeat(length, length)
        first_rank = np.repeat(start_at % accounts, length)
        account = np.repeat(order.ravel(), run_length)
        nth = np.arange(len(account)) - np.repeat(np.cumsum(run_length) - run_length, run_length)
        rank = np.repeat(first_rank, run_length) + nth
        counts += np.bincount(
            account * width + np.minimum(rank, width - 1),
            weights=np.repeat(1 / run_length, run_length),
            minlength=len(counts),
        )
    return counts.reshape(accounts, width)[:, :ranks] / draws


def confidence_factors(
    points: UncertainPoints, central_weights: Floats, *, places: int = 1, draws: int, seed: int
) -> Floats:
    """p_a^c: probability that account a is among the best `places` under its own central weights, (accounts,).

    Only the points vary. Low: even the weights that favour the account do not make it sure, so better points are
    needed. Exact points give 0, 1 or a share of a tie. nan where there are no central weights.
    Source: Lahdelma & Salminen 2001 (confidence factor, places = 1).
    """
    accounts, criteria = points.points.shape
    found = np.full(accounts, np.nan)
    rows = np.flatnonzero(~np.isnan(central_weights).any(axis=1))
    _check(points, central_weights[rows], places)
    if not len(rows):
        return found
    count = draws if points.is_uncertain.any() else 1
    generators = _generators(seed, criteria)
    step = max(1, _PIECE // (accounts * max(criteria, len(rows))))
    total = np.zeros(len(rows))
    for start in range(0, count, step):
        size = min(step, count - start)
        drawn = np.stack([points.drawn(generators[k], k, np.arange(accounts), size) for k in range(criteria)], axis=2)
        scores = drawn @ central_weights[rows].T
        own = scores[:, rows, np.arange(len(rows))]
        better = np.count_nonzero(scores > own[:, None, :] + TIE, axis=1)
        level = np.count_nonzero(np.abs(scores - own[:, None, :]) <= TIE, axis=1)
        total += np.clip((places - better) / level, 0, 1).sum(axis=0)
    found[rows] = total / count
    return found


def ranking_entropy(points: UncertainPoints, weights: Floats, *, seed: int, places: int | None = None) -> float:
    """Bits of uncertainty about the outcome: -sum p log2 p over the distinct outcomes of the draws.

    The outcome is the whole ranking, or with `places` the set of the best so many (ties by row order). 0: every
    draw gives the same; at most log2(draws), so with many accounts it measures the draws more than the
    ranking: compare it only between sets of equal size. Source: R package smaa (worked example SEL-03).
    """
    _check(points, weights, places or 1)
    outcomes: dict[bytes, int] = {}
    for piece in _scored(points, weights, seed):
        # Ties are settled by row order, so that a tie does not look like uncertainty.
        order = np.argsort(-piece.scores.round(DECIMALS), axis=1, kind="stable")
        if places is not None:
            order = np.sort(order[:, :places], axis=1)
        for row in order.astype(np.int32):
            key = row.tobytes()
            outcomes[key] = outcomes.get(key, 0) + 1
    return float(entropy_bits(np.array(list(outcomes.values())) / sum(outcomes.values())))


def entropy_bits(shares: Floats) -> Floats:
    """-sum p log2 p over the last axis, in bits; p = 0 adds nothing. shares: probabilities that make 1."""
    p = np.asarray(shares, dtype=float)
    return -np.sum(np.where(p > 0, p * np.log2(np.where(p > 0, p, 1)), 0.0), axis=-1) + 0.0


def weighted_draws(points: UncertainPoints, weights: Floats, *, seed: int) -> Floats:
    """The score 0..10 of every account in every draw, shape (draws, accounts).

    weights: (draws, criteria). For few accounts (the matrix is kept whole).
    """
    _check(points, weights, 1)
    return np.concatenate([piece.scores for piece in _scored(points, weights, seed)])


@dataclass(frozen=True)
class _Piece:
    """Some draws: their weights and scores; and the scores at the worst and best of the missing points."""

    weights: Floats
    scores: Floats
    lowest: Floats
    highest: Floats


def _generators(seed: int, criteria: int) -> list[np.random.Generator]:
    # One stream for each criterion (stream 0 draws weights), so the pieces' size does not change the numbers.
    return [np.random.default_rng([seed, 1 + k]) for k in range(criteria)]


def _scored(points: UncertainPoints, weights: Floats, seed: int, *, with_range: bool = False) -> Iterator[_Piece]:
    accounts, criteria = points.points.shape
    varies = points.is_uncertain
    missing = np.isnan(points.points) & varies
    exact = np.ascontiguousarray(np.where(varies, 0.0, points.centre).T)
    worst = np.ascontiguousarray(np.where(missing, points.low, 0.0).T)
    best = np.ascontiguousarray(np.where(missing, points.high, 0.0).T)
    varying = [np.flatnonzero(varies[:, k]) for k in range(criteria)]
    generators = _generators(seed, criteria)
    step = max(1, _PIECE // max(accounts, 1))
    for start in range(0, len(weights), step):
        some = weights[start : start + step]
        scores = some @ exact
        known = scores.copy() if with_range else scores
        for k, rows in enumerate(varying):
            if len(rows):
                added = some[:, k, None] * points.drawn(generators[k], k, rows, len(some))
                scores[:, rows] += added
                if with_range:
                    known[:, rows] += np.where(missing[rows, k], 0.0, added)
        lowest, highest = (known + some @ worst, known + some @ best) if with_range else (scores, scores)
        yield _Piece(some, scores, lowest, highest)


def _leaders(scores: Floats, places: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats, Floats]:
    """The accounts at or above the last place of each draw: draw, account, score, and share of a place.

    The share is 1 above the last place; accounts tied at it divide the places that are left between them.
    """
    accounts = scores.shape[1]
    if places >= accounts:
        last = scores.min(axis=1)
    else:
        last = np.partition(scores, accounts - places, axis=1)[:, accounts - places]
    flat = np.flatnonzero(scores >= (last - TIE)[:, None])
    draw, account = np.divmod(flat, accounts)
    score = scores.ravel()[flat]
    share = np.ones(len(flat))
    count = np.bincount(draw, minlength=len(scores))
    if places < accounts and (count > places).any():
        tied = score <= last[draw] + TIE
        tied_count = np.bincount(draw, weights=tied, minlength=len(scores))
        share = np.where(tied, ((places - count + tied_count) / tied_count)[draw], 1.0)
    return draw, account, score, share


def _winners(
    draw: NDArray[np.intp], account: NDArray[np.intp], score: Floats
) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Of the leaders, those that are first in their draw: draw, account, share of the first place."""
    starts = np.flatnonzero(np.diff(draw, prepend=-1))
    best = np.maximum.reduceat(score, starts)
    is_first = score >= best[draw] - TIE
    draw, account = draw[is_first], account[is_first]
    return draw, account, 1 / np.bincount(draw)[draw]


def _against(own: Floats, others: Floats, places: int) -> Floats:
    """Draws in which each account, at its own figure, is among the best `places` with the others at theirs."""
    draws, accounts = own.shape
    if places >= accounts:
        return np.full(accounts, float(draws))
    ordered = np.partition(others, [accounts - places - 1, accounts - places], axis=1)
    last, next_ = ordered[:, accounts - places, None], ordered[:, accounts - places - 1, None]
    # Without the account itself, the last of K others is one rank lower where it held one of the K places.
    holds = others >= last - TIE
    bar = np.where(holds, next_, last)
    taken = np.count_nonzero(own > bar + TIE, axis=0).astype(float)
    draw, account = np.nonzero(np.abs(own - bar) <= TIE)
    if len(draw):
        at = bar[draw, account]
        # The account's own entry among `others` is not a rival of its own.
        above = np.count_nonzero(others > last + TIE, axis=1), np.count_nonzero(others > next_ + TIE, axis=1)
        level = (
            np.count_nonzero(np.abs(others - last) <= TIE, axis=1),
            np.count_nonzero(np.abs(others - next_) <= TIE, axis=1),
        )
        itself = others[draw, account]
        better = np.where(holds[draw, account], above[1][draw], above[0][draw]) - (itself > at + TIE)
        tied = np.where(holds[draw, account], level[1][draw], level[0][draw]) - (np.abs(itself - at) <= TIE) + 1
        taken += np.bincount(account, weights=np.clip((places - better) / tied, 0, 1), minlength=accounts)
    return taken


def _check(points: UncertainPoints, weights: Floats, places: int) -> int:
    if weights.ndim != 2 or weights.shape[1] != points.points.shape[1]:
        raise BadInput(
            _("The drawn weights do not fit the {count} criteria; draw one weight for each criterion.").format(
                count=points.points.shape[1]
            ),
            reason="bad_weights",
        )
    if not len(points.points) or not len(weights):
        raise BadInput(_("There is nothing to rank; ask with at least one account and one draw."), reason="empty")
    if places < 1:
        raise BadInput(_("A selection has at least one place."), reason="out_of_range", field="places")
    return len(weights)
