"""A criteria set: gates that every key account must pass, and scores on two axes.

Gates are conjunctive and non-compensatory: one failed gate is enough, whatever the scores (METHOD 1.2).
Scores are points against fixed anchors, weighted on two axes (METHOD 1.3). The shapes here are those of a
criteria file; `kam.selection.criteria_file` reads one, `kam.selection.rules` says what it may state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Quantity = Number | date
# TOML has lists where these have tuples.
Anchor = Annotated[tuple[Quantity, Number], Strict(False)]
Anchors = Annotated[tuple[Anchor, ...], Strict(False)]
Gates = Annotated[tuple["Gate", ...], Strict(False)]
Scores = Annotated[tuple["Score", ...], Strict(False)]
AXES = ("attractiveness", "strength")


class _Stated(BaseModel):
    """Strict and closed: a key that nobody reads is a mistake, and text is no number."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Gate(_Stated):
    """A bound on one measure, in its unit; exactly one of at_least and at_most.

    suspends: a legal or credit gate; a key account that fails it is suspended at once, without a minimum stay.
    """

    measure: Text
    at_least: Quantity | None = None
    at_most: Quantity | None = None
    suspends: bool = False
    unit: Text
    source: Text

    @property
    def threshold(self) -> float | date:
        """The bound, whichever side it is on."""
        return self.at_least if self.at_least is not None else self.at_most

    @property
    def bound(self) -> Literal["at_least", "at_most"]:
        return "at_least" if self.at_least is not None else "at_most"


class Score(_Stated):
    """Points 0..10 for one measure on one axis. weight: its share of the axis. anchors: (value, points)."""

    measure: Text
    axis: Literal["attractiveness", "strength"]
    weight: Number
    anchors: Anchors
    unit: Text
    source: Text


class Head(_Stated):
    """The [set] table. level: whether accounts or groups are judged."""

    name: Text
    valid_from: date = Field(alias="from")
    source: Text
    level: Literal["account", "group"] = "account"


class Document(_Stated):
    """A criteria file as it is written."""

    head: Head = Field(alias="set")
    gates: Gates = Field(default=(), alias="gate")
    scores: Scores = Field(default=(), alias="score")


@dataclass(frozen=True)
class CriteriaSet:
    """Written criteria. text: the file as it was written, which is what gets adopted."""

    name: str
    valid_from: date
    source: str
    level: str
    gates: tuple[Gate, ...]
    scores: tuple[Score, ...]
    text: str

    @property
    def measures(self) -> tuple[str, ...]:
        """Every measure that a gate or a score uses, once, in the order of the file."""
        return tuple(dict.fromkeys(item.measure for item in (*self.gates, *self.scores)))

    def scores_of(self, axis: str) -> tuple[Score, ...]:
        """The scores of one axis, in the order of the file."""
        return tuple(score for score in self.scores if score.axis == axis)


def criteria_set(document: Document, text: str) -> CriteriaSet:
    """The set that a file states."""
    head = document.head
    return CriteriaSet(head.name, head.valid_from, head.source, head.level, document.gates, document.scores, text)
