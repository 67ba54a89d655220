"""What the proposed assignment is made from and what comes out, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Fit in points 0–10 becomes whole hundredths, load thousandths.
FIT_STEPS = 100
LOAD_STEPS = 1000
# Hours become whole quarters: an account's rounded up, an executive's rounded down.
HOUR_STEPS = 4


@dataclass(frozen=True)
class Instance:
    """What has to be assigned. fit: points 0–10 per (account, executive); a missing pair counts 0 points.

    caps: accounts that an executive takes; room: how many more are possible at the very most (used only by
    `smallest_relaxation`); weights: whole-number worth of covering an account (1 where not named);
    today: the present sponsors; vetoes: pairs that must not be; locks: pairs that must be. hours: what each account asks
    a year (0 where not named); available: the hours that an executive gives (no bound where not named). names: what ids
    are called in refusals.
    """

    accounts: Sequence[str]
    caps: Mapping[str, int]
    fit: Mapping[tuple[str, str], float]
    weights: Mapping[str, int] = field(default_factory=dict)
    today: Mapping[str, str] = field(default_factory=dict)
    vetoes: frozenset[tuple[str, str]] = frozenset()
    locks: Mapping[str, str] = field(default_factory=dict)
    room: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[str, float] = field(default_factory=dict)
    available: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Relaxation:
    """What executives would have to take beyond their caps. accounts, hours: executive to how many more; those who need
    none are missing. covered: accounts that would have a sponsor then.
    """

    accounts: dict[str, int]
    hours: dict[str, float]
    covered: int


@dataclass(frozen=True)
class Solution:
    """An optimal assignment. assigned: account to executive; an account that is missing is not covered.

    total_fit: points; heaviest_load: share of what the busiest executive takes; changes: accounts with a
    sponsor today whose sponsor would be another.
    """

    assigned: dict[str, str]
    total_fit: float
    heaviest_load: float
    changes: int
