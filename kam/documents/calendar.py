"""Calendar files (.ics): RFC 5545, written here because four rules make all of it.

Lines end with CR LF and are folded before 75 octets (3.1); commas, semicolons, backslashes and breaks in text are
escaped (3.3.11); an entry without a time of day is a DATE that ends on the day after (3.6.1); a time stands as
local time without a zone, which a calendar shows as it is written wherever it is opened (3.3.5, form 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kam.documents import clean

CALENDAR_MIME = "text/calendar"
_LONGEST_LINE = 75
_USUAL_MINUTES = 60


@dataclass(frozen=True)
class Entry:
    """An entry. uid: names it for ever, so that a second file replaces the first; begins: None for all day.

    sequence: counts changes; a calendar keeps the higher one. is_cancelled: takes it out of calendars. is_yearly: it comes back
    every year (3.3.10; a 29 February in leap years only). remind_days: days before on which the calendar calls it to mind (3.6.6).
    """

    uid: str
    day: date
    summary: str
    begins: time | None = None
    minutes: int | None = None
    place: str = ""
    description: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    is_yearly: bool = False
    remind_days: int | None = None


def calendar(entries: Iterable[Entry], *, stamped_at: datetime) -> bytes:
    """The file's content. stamped_at: when it was written, UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//KAM Workbench//KAM Workbench//EN", "METHOD:PUBLISH"]
    for entry in entries:
        lines += _entry(entry, stamped_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode("utf-8")


def _entry(entry: Entry, stamped_at: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{stamped_at:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{entry.sequence}",
        *_when(entry),
        *(["RRULE:FREQ=YEARLY"] if entry.is_yearly else []),
        f"SUMMARY:{_escaped(clean.line(entry.summary))}",
    ]
    if entry.place:
        lines.append(f"LOCATION:{_escaped(clean.line(entry.place))}")
    if words := clean.paragraphs(entry.description):
        lines.append("DESCRIPTION:" + "\\n".join(map(_escaped, words)))
    lines.append(f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}")
    if entry.remind_days is not None:
        lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{entry.remind_days}D"]
        lines += [f"DESCRIPTION:{_escaped(clean.line(entry.summary))}", "END:VALARM"]
    lines.append("END:VEVENT")
    return lines


def _when(entry: Entry) -> list[str]:
    if entry.begins is None:
        after = entry.day + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    begins = datetime.combine(entry.day, entry.begins)
    ends = begins + timedelta(minutes=entry.minutes or _USUAL_MINUTES)
    return [f"DTSTART:{begins:%Y%m%dT%H%M%S}", f"DTEND:{ends:%Y%m%dT%H%M%S}"]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Broken before 75 octets, never inside a character; what follows begins with a space."""
    parts, current, size = [], "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > _LONGEST_LINE:
            parts.append(current)
            current, size = " ", 1
        current += character
        size += width
    return "\r\n".join([*parts, current])
