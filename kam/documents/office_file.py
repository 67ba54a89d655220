"""What an office file says about itself, and that the clock has no part in it: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

AUTHOR = "KAM Workbench"
# The oldest moment that a zip can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")
_PROPERTIES = "docProps/core.xml"


def moment(as_of: date) -> datetime:
    """When a file made for a day says it was made: that day, so that it tells the same whenever it is made."""
    return datetime(as_of.year, as_of.month, as_of.day)


def timeless(content: bytes, as_of: date) -> bytes:
    """The file with no entry dated by the clock; the workbooks behind its charts say that they are of the day."""
    stamp = moment(as_of).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in made.infolist():
            part = made.read(entry)
            if entry.filename.endswith(".xlsx"):
                part = timeless(part, as_of)
            elif entry.filename == _PROPERTIES:
                part = _STAMPS.sub(rb"\g<1>" + stamp, part)
            kept = zipfile.ZipInfo(entry.filename, date_time=_NO_TIME)
            kept.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(kept, part)
    return out.getvalue()
