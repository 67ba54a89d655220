"""What the workbench says when it will not do something.

A `Refusal` is the programme's or the reader's "no": one sentence that names the cause and what to do.
A `Problem` is a fault in one row of an imported file: a value, collected, never raised.
Anything else that is raised is our own mistake.
"""

from __future__ import annotations

from dataclasses import dataclass


class Refusal(Exception):
    """A refused action. Nothing was changed.

    message: one sentence for the user. reason: a stable code for scripts (`unknown_measure`).
    line, column: where in the user's file, if there is such a place.
    field: the form field or key the sentence is about, if there is one.
    """

    reason = "refused"

    def __init__(
        self,
        message: str,
        *,
        reason: str | None = None,
        line: int | None = None,
        column: str | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason or type(self).reason
        self.line = line
        self.column = column
        self.field = field


class BadInput(Refusal):
    """A file or a value that cannot be read as what it should be."""

    reason = "bad_input"


class NotFound(Refusal):
    """A named thing that the workbench does not hold."""

    reason = "not_found"


class RuleBroken(Refusal):
    """The programme's own rules say no (a failed gate, a 26th account, a second sponsor)."""

    reason = "rule"


class StaleWrite(Refusal):
    """Someone else changed the record since it was read; carries both versions.

    theirs: the record as it stands now; mine: the change that was not made.
    """

    reason = "stale"

    def __init__(self, message: str, *, theirs: dict, mine: dict) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.mine = mine


class NotAllowed(Refusal):
    """The person's role does not allow this."""

    reason = "not_allowed"


class StoreUnavailable(Refusal):
    """The database file cannot be used: held by another process, not ours, newer, or damaged."""

    reason = "store"


@dataclass(frozen=True)
class Problem:
    """A fault in one row of a file: where it is, what stands there, which rule it breaks.

    reason is one of the codes of the data contract (`missing`, `bad_date`, `unknown_account` …).
    """

    line: int | None
    column: str | None
    text: str | None
    reason: str
    message: str
