"""What the staging of one file needs: an expression for every column, what makes a row suspect, and how to tell why."""

from __future__ import annotations

from dataclasses import dataclass, field

from kam.ledgers.styles import Styles
from kam.store.expressions import Bound, Expression


@dataclass(frozen=True)
class Check:
    """A test of the rows that are looked at again. text: what is shown; reason: null where nothing is wrong."""

    column: str
    text: Expression
    reason: Expression


@dataclass
class FilePlan:
    """Everything the staging of one file needs. column_of: target -> the heading(s) shown in a problem.

    helpers: what the values, suspects and checks read beside the cells, worked out once; the second layer may name the first.
    Without them an expression would stand again wherever it is named, and planning a statement would take seconds.
    """

    values: dict[str, tuple[Expression | None, str]] = field(default_factory=dict)
    helpers: tuple[dict[str, Expression], dict[str, Expression]] = field(default_factory=lambda: ({}, {}))
    suspects: list[Expression] = field(default_factory=list)
    left_out: Expression = field(default_factory=lambda: Bound(False))
    checks: list[Check] = field(default_factory=list)
    column_of: dict[str, str] = field(default_factory=dict)
    mapped: list[str] = field(default_factory=list)
    required: tuple[str, ...] = ()
    styles: Styles = field(default_factory=Styles)

    def reads_as(self, other: FilePlan) -> bool:
        """Whether rows get the same values by either plan, whatever is suspected of them."""
        return self.helpers == other.helpers and all(
            each == other.values[name] for name, each in self.values.items() if name != "suspect"
        )
