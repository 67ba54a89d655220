"""What people type while a review runs: notes, decisions, actions, participants, rating; each is kept while it is typed.

It runs by itself (a fragment), so that what is kept is there in a moment and the rest of the page stands still beneath the hands.
Every button of the review belongs to it, those that arrange the agenda and the one that closes: Streamlit sends a field that
is left and the button that is pressed then as one run of the field's fragment (1.67), and a button outside would be pressed in
vain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from kam import reviews
from kam.errors import Refusal
from kam.ui.frame import Frame
from kam.ui.kept_typing import PAUSE, text_areas_are_kept
from kam.ui.states import state
from kam.ui.text import escaped
from kam.words import _

_ACTIONS = 6
_SHOWN_AT_FIRST = 2
_REFUSED = "review.refused"
_PLACE = "review-typing"


@st.fragment
def review_typing(
    frame: Frame, review: reviews.Review, agenda: Callable[[dict[str, Any]], None], close: Callable[[], None]
) -> None:
    """`agenda`, given what is kept; beneath it the fields, with who typed last, and `close`. They follow what is kept: what
    somebody else typed meanwhile shows at the next change."""
    draft = reviews.draft_of(frame.store, review.review_id)
    review_id, content = review.review_id, draft.content
    agenda(content)
    with st.container(key=_PLACE):
        if refused := st.session_state.pop(_REFUSED, None):
            st.error(escaped(refused))
        notes = _field(frame, review_id, "notes", content["notes"])
        st.text_area(_("Notes"), max_chars=20_000, height=160, **notes)
        decisions = _field(frame, review_id, "decisions", content["decisions"])
        st.text_area(_("Decisions, one a line"), max_chars=10_000, height=100, **decisions)
        _actions(frame, review_id, content["actions"])
        at_first = content["participants"] if content["participants"] is not None else review.participants
        participants = _field(frame, review_id, "participants", at_first)
        st.text_input(_("Participants"), max_chars=500, live=PAUSE, **participants)
        st.radio(
            _("Rating"),
            [None, *reviews.RATINGS],
            format_func=lambda code: _("not rated") if code is None else state(code).word,
            horizontal=True,
            **_field(frame, review_id, "rating", content["rating"]),
        )
        # It stands there from the beginning: a line that appeared would move the button away from beneath a finger.
        said = _("What is typed here is kept at once.")
        if draft.saved_at:
            said = _("Kept as typed, last by {who} at {time} UTC").format(
                who=draft.saved_by, time=draft.saved_at.strftime("%H:%M")
            )
        st.caption(escaped(said))
        text_areas_are_kept(_PLACE)
        close()


def keep(frame: Frame, review_id: int, **changed: Any) -> bool:
    """Keep what was typed; whether it was. A refusal is shown in the run that follows."""
    try:
        reviews.save_draft(frame.store, review_id, changed, who=frame.person)
    except Refusal as refusal:
        st.session_state[_REFUSED] = refusal.message
        return False
    return True


def _field(frame: Frame, review_id: int, name: str, kept: Any) -> dict[str, Any]:
    key = f"room.{review_id}.{name}"
    _follow(key, kept)

    def typed() -> None:
        if keep(frame, review_id, **{name: st.session_state[key]}):
            st.session_state[_seen(key)] = st.session_state[key]

    return {"key": key, "on_change": typed}


def _actions(frame: Frame, review_id: int, kept: Sequence[dict[str, Any]]) -> None:
    """A line for each action and an empty one after them."""
    keys = [tuple(f"room.{review_id}.{name}.{at}" for name in ("action", "owner", "due")) for at in range(_ACTIONS)]

    def typed() -> None:
        lines = [[st.session_state.get(key) for key in line] for line in keys]
        agreed = [{"action": what or "", "owner": who or "", "due_on": until} for what, who, until in lines]
        if keep(frame, review_id, actions=agreed):
            st.session_state.update(
                {_seen(key): st.session_state[key] for line in keys for key in line if key in st.session_state}
            )

    filled = [at for at, line in enumerate(kept) if line["action"] or line["owner"] or line["due_on"]]
    st.markdown(f"**{_('Actions agreed')}**")
    for at in range(min(_ACTIONS, max(_SHOWN_AT_FIRST, max(filled, default=-1) + 2))):
        held = kept[at] if at < len(kept) else {"action": "", "owner": "", "due_on": None}
        due = date.fromisoformat(held["due_on"]) if held["due_on"] else None
        for key, value in zip(keys[at], (held["action"], held["owner"], due), strict=True):
            _follow(key, value)
        place = st.columns([5, 3, 3], vertical_alignment="bottom")
        what, who, until = keys[at]
        number = {"number": at + 1}
        label = _("Action {number}").format(**number)
        place[0].text_input(label, max_chars=500, key=what, on_change=typed, live=PAUSE)
        label = _("Owner of action {number}").format(**number)
        place[1].text_input(label, max_chars=120, key=who, on_change=typed, live=PAUSE)
        label = _("Due date of action {number}").format(**number)
        place[2].date_input(label, key=until, on_change=typed, format="YYYY-MM-DD")


def _follow(key: str, kept: Any) -> None:
    """The field shows what is kept: at first, and again where somebody else has changed it since it was shown."""
    if key not in st.session_state or st.session_state.get(_seen(key)) != kept:
        st.session_state[key] = st.session_state[_seen(key)] = kept


def _seen(key: str) -> str:
    return f"{key}.seen"
