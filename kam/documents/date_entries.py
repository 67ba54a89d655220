"""Dates to remember as calendar entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kam import everyday
from kam.documents.calendar import Entry


def date_entries(rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Rows of everyday.coming_dates as entries of a whole day, each with its reminder; yearly ones come back."""
    return [
        Entry(
            uid=f"date-{row['source']}-{row['record_id']}@kam-workbench",
            day=row["falls_on"],
            summary=f"{row['name']}: {row['what'] if row['is_yearly'] and row['what'] else everyday.date_told(row)}",
            description="\n".join(filter(None, [everyday.DATE_KINDS[row["kind"]], row["note"]])),
            sequence=row["version"] or 0,
            is_yearly=row["is_yearly"] and row["source"] == "written",
            remind_days=row["remind_days"],
        )
        for row in rows
    ]
