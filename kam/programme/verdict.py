"""What the programme is told about a candidate: the verdict of the criteria, and what it rests on.

The programme does not judge; it stands above the criteria only as the door: what does not pass does not
come in, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

CATEGORIES = ("strategic", "star", "status", "streamline")


@dataclass(frozen=True)
class SeenVerdict:
    """A verdict as it was seen when deciding.

    verdict: of all gates together. because: the clauses that keep the account out, ready for a sentence
    (empty where it passes). seen: plain values (gates with value, threshold and verdict, scores, the as-of
    date, the ledger's state), kept with the decision as JSON.
    """

    verdict: Literal["pass", "fail", "unknown"]
    because: tuple[str, ...] = ()
    criteria_set_id: int | None = None
    seen: dict[str, Any] = field(default_factory=dict)
