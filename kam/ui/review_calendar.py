"""Reviews as calendar files, from the page."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from kam import documents, reviews
from kam.ui.frame import Frame
from kam.words import _, several


def review_calendar_file(frame: Frame, review_id: int) -> None:
    """One review as a calendar file."""
    rows = reviews.for_calendars(frame.store, frame.as_of, review_id=review_id)
    _download(_("For the calendar"), rows, f"review-{review_id}.ics", key="review.calendar")


def planned_calendar_files(frame: Frame) -> None:
    """The planned reviews of the round, and all of them, as calendar files."""
    of_round = reviews.for_calendars(frame.store, frame.as_of, is_round=True)
    every = reviews.for_calendars(frame.store, frame.as_of)
    with st.container(horizontal=True, vertical_alignment="center"):
        if of_round and len(of_round) < len(every):
            said = several(
                "{count} of this round for your calendar", "{count} of this round for your calendar", len(of_round)
            )
            _download(said, of_round, f"reviews-{frame.as_of.isoformat()}-round.ics", key="reviews.calendar.round")
        if every:
            said = several("{count} review for your calendar", "{count} reviews for your calendar", len(every))
            _download(said, every, f"reviews-{frame.as_of.isoformat()}.ics", key="reviews.calendar.all")


def _download(label: str, rows: list[dict], name: str, *, key: str) -> None:
    st.download_button(
        label,
        data=lambda: documents.calendar(
            documents.review_entries(rows), stamped_at=datetime.now(UTC).replace(tzinfo=None)
        ),
        file_name=name,
        mime=documents.CALENDAR_MIME,
        on_click="ignore",
        icon=":material/event:",
        key=key,
        help=_("A calendar file (.ics). Opening it again moves what moved and takes out what was cancelled."),
    )
