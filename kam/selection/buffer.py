"""Entering and leaving by rank: the buffer rule of the FTSE indices.

For programmes that hold a fixed number of accounts. An account enters only well inside the places and leaves only
well outside them, so that neighbours in the ranking do not change places at every review.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kam.errors import BadInput
from kam.words import _


@dataclass(frozen=True)
class BufferRanks:
    """Ranks counted from 1: enters at this rank or better, leaves at this rank or worse."""

    enters_at: int
    leaves_at: int


@dataclass(frozen=True)
class Buffered:
    """Members after the review, best rank first, and who entered and left, in order of rank."""

    members: tuple[str, ...]
    entered: tuple[str, ...]
    left: tuple[str, ...]


def buffer_ranks(places: int) -> BufferRanks:
    """The buffer around K places: enter at floor(0.9 K), leave at ceil(1.1 K) + 1, in whole numbers.

    9·K // 10 and (11·K + 9) // 10 + 1 (FTSE UK Index Series ground rules: for 100 places 90 and 111; METHOD
    1.7; in binary fractions 1.1·100 exceeds 110). Raises BadInput for fewer than 1 place.
    """
    if places < 1:
        raise BadInput(_("A programme has at least one place."), reason="out_of_range", field="places")
    return BufferRanks(9 * places // 10, (11 * places + 9) // 10 + 1)


def buffer_review(ranking: Sequence[str], members: Iterable[str], places: int) -> Buffered:
    """One review by rank, keeping the number of places filled.

    ranking: account ids, best first, those that may be members (gates passed). members: ids before the review; one
    that is no longer in the ranking leaves. First everyone at or above the entering rank comes in and everyone at or
    below the leaving rank goes; then the worst-ranked members go while there are too many, or the best-ranked others
    come while there are too few. Raises BadInput for fewer than 1 place and an id that stands twice.
    """
    ranks = buffer_ranks(places)
    rank_of = {account_id: rank for rank, account_id in enumerate(ranking, 1)}
    if len(rank_of) < len(ranking):
        raise BadInput(_("An account stands twice in the ranking; name each account once."), reason="duplicate_key")
    before = set(members)
    after = {
        account_id
        for account_id, rank in rank_of.items()
        if rank <= ranks.enters_at or (account_id in before and rank < ranks.leaves_at)
    }
    by_rank = [account_id for account_id in ranking if account_id in after][:places]
    others = [account_id for account_id in ranking if account_id not in after][: places - len(by_rank)]
    after = {*by_rank, *others}
    return Buffered(
        members=tuple(account_id for account_id in ranking if account_id in after),
        entered=tuple(account_id for account_id in ranking if account_id in after - before),
        left=tuple(
            sorted(before - after, key=lambda account_id: (rank_of.get(account_id, len(ranking) + 1), account_id))
        ),
    )
