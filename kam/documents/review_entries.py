"""Reviews as calendar entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kam.documents.calendar import Entry
from kam.words import _


def review_entries(rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Rows of reviews.review_list as entries of a whole day: a review has a day, and no hour before people agree on one.

    A review that moved replaces its entry, and a cancelled one takes it out of calendars. Participants stand in the description: they are words,
    and a calendar takes none but mail addresses as attendees.
    """
    return [
        Entry(
            uid=f"review-{row['review_id']}@kam-workbench",
            day=row["held_on"] or row["planned_on"],
            summary=_("Review of {account}").format(account=row["name"]),
            description=_("Participants: {names}").format(names=row["participants"]) if row["participants"] else "",
            sequence=row["version"],
            is_cancelled=row["state"] == "cancelled",
        )
        for row in rows
    ]
