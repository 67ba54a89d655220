"""What a benchmark reports: our time beside a peer's in the same run. Ratios carry over between machines; seconds do not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """ours, peer: seconds of processor time, best of several. goal: the ratio to reach, as in the design."""

    path: str
    ours: float
    peer_name: str
    peer: float
    goal: str = ""

    @property
    def ratio(self) -> float:
        """Ours over the peer's: below 1 is faster than the peer."""
        return self.ours / self.peer


def seconds(work: Callable[[], Any], *, times: int = 5) -> float:
    """Processor time of the quickest of several runs (other work on the machine adds nothing to it)."""
    best = float("inf")
    for _run in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def show(figures: Iterable[Figure]) -> None:
    """One line a figure: path, ours, peer, ratio, goal."""
    for figure in figures:
        print(
            f"{figure.path:<58} {figure.ours:8.3f} s   {figure.peer_name:<42} {figure.peer:8.3f} s   "
            f"ratio {figure.ratio:7.2f}   {figure.goal}"
        )
