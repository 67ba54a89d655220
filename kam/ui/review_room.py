"""A review in the room: its agenda with the evidence, what changed, notes and actions kept as typed, and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from kam import reviews, units
from kam.errors import Refusal
from kam.store import Condition
from kam.ui import table_view
from kam.ui.account_summary import TABS
from kam.ui.forms import press
from kam.ui.frame import Frame
from kam.ui.links import address, link
from kam.ui.pack_files import pack_downloads
from kam.ui.refusals import refusals_shown
from kam.ui.review_changes import changes_since, compare_reviews
from kam.ui.review_cycle import choose_review, planned_reviews
from kam.ui.review_holding import frozen_review, what_was_seen
from kam.ui.states import State, state
from kam.ui.text import escaped, plain
from kam.words import _

_ACTIONS = 6
_REFUSED = "review.refused"
_CODES = {"needs": _("Needs"), "plan": _("Plan"), "whitespace": _("Whitespace"), "service": _("Service")}


def opened_review(frame: Frame) -> reviews.Review | None:
    """The review of ?review=, or one chosen from those planned; None where none is."""
    asked = st.query_params.get("review")
    if asked is None:
        chosen = choose_review(
            planned_reviews(frame), _("Planned review"), key="room", empty=_("No review is planned: plan one first.")
        )
        if chosen is None:
            link("reviews", _("Plan a review"), tab=_("Plan"))
            return None
        st.query_params["review"] = asked = str(chosen)
    with refusals_shown():
        return reviews.review_of(frame.store, int(asked) if asked.isdecimal() else 0, for_whom=frame.person)
    return None


def review_room(frame: Frame, review: reviews.Review) -> None:
    """The review: as it is prepared and held while it is planned, as it was frozen once it is held."""
    name = _name(frame, review)
    day = units.day(review.held_on or review.planned_on)
    said = {"planned": _("planned for {day}"), "held": _("held on {day}"), "cancelled": _("cancelled, was for {day}")}
    st.subheader(f"{escaped(name)}, {said[review.state].format(day=day)}", anchor=False)
    with st.container(horizontal=True):
        pack_downloads(frame, {"account_id": review.account_id, "name": name}, key="room.pack")
        link("account", _("Open the account"), account=review.account_id)
        link("reviews", _("All reviews"))
    if review.state == "planned":
        _room(frame, review, name)
    elif review.state == "held":
        _agenda_table([(line, False) for line in _frozen_agenda(review)], account_id=review.account_id, key="frozen")
        frozen_review(frame, review)
        compare_reviews(frame, review)
    else:
        st.text(review.notes)


def _room(frame: Frame, review: reviews.Review, name: str) -> None:
    draft = reviews.draft_of(frame.store, review.review_id)
    if refused := st.session_state.pop(_REFUSED, None):
        st.error(escaped(refused))
    with refusals_shown():
        points = reviews.agenda(frame.store, review.account_id, frame.as_of, for_whom=frame.person)
        arranged = reviews.arranged(points, draft.content["agenda"])
        left, right = st.columns([3, 2], gap="large")
        with left:
            _agenda_table([line for line in arranged if not line[1]], account_id=review.account_id, key="agenda")
            _arrange(frame, review.review_id, arranged)
            _typing(frame, review, draft)
            _close(frame, review, name, arranged)
        with right:
            changes_since(frame, review.account_id)
        seen = reviews.what_is_seen(frame.store, review.account_id, frame.as_of, for_whom=frame.person)
        what_was_seen(seen, currency=frame.currency, key="now")


def _agenda_table(lines: Sequence[tuple[reviews.Point, bool]], *, account_id: str, key: str) -> None:
    if not lines:
        st.caption(_("The readings have nothing to say: add what the room should talk about."))
        return
    targets = [_evidence(point, account_id) for point, _dropped in lines]
    table_view.draw(
        key=f"room.{key}",
        label=_("Agenda"),
        columns=[{"k": "topic", "l": _("Topic"), "n": False}, {"k": "line", "l": _("Agenda"), "n": False}],
        rows=[
            [
                {"t": reviews.TOPICS[point.topic]},
                {
                    "t": plain(point.text, longest=500),
                    "s": point.tone,
                    "g": State("", point.tone).shape,
                    "a": address(page, **query),
                    "r": at,
                },
            ]
            for at, ((point, _dropped), (page, query)) in enumerate(zip(lines, targets, strict=True))
        ],
        targets=targets,
    )


def _evidence(point: reviews.Point, account_id: str) -> tuple[str, dict[str, str]]:
    query = {"account": account_id} if point.page == "account" else {}
    if point.tab:
        query["tab"] = (TABS | _CODES).get(point.tab, point.tab)
    return point.page, query


def _arrange(frame: Frame, review_id: int, arranged: Sequence[tuple[reviews.Point, bool]]) -> None:
    """The chair's order: up, dropped or back, and lines of their own."""

    def keep(lines: Sequence[tuple[reviews.Point, bool]]) -> None:
        _keep(frame, review_id, agenda=[_kept(point, dropped) for point, dropped in lines])

    def up(at: int) -> None:
        lines = list(arranged)
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
        keep(lines)

    def drop(at: int) -> None:
        keep([(point, dropped != (place == at)) for place, (point, dropped) in enumerate(arranged)])

    def add() -> None:
        words = (st.session_state.get("room.add") or "").strip()
        if words:
            own = reviews.Point(f"own:{len(arranged)}:{words[:40]}", "own", words, "open", "account", None)
            keep([*arranged, (own, False)])
            st.session_state["room.add"] = ""

    with st.expander(_("Arrange the agenda")):
        for at, (point, dropped) in enumerate(arranged):
            words, rise, leave = st.columns([8, 1, 2], vertical_alignment="center")
            shown = escaped(point.text, longest=160)
            words.markdown(f":gray[~~{shown}~~]" if dropped else shown)
            rise.button(
                "↑", key=f"room.up.{at}", on_click=up, args=(at,), disabled=at == 0, help=_("Move this line up")
            )
            label = _("Take back") if dropped else _("Drop")
            leave.button(label, key=f"room.drop.{at}", on_click=drop, args=(at,))
        st.text_input(_("Add to the agenda"), key="room.add", max_chars=300, on_change=add)


def _kept(point: reviews.Point, dropped: bool) -> dict[str, Any]:
    own = {"text": point.text} if point.topic == "own" else {}
    return {"key": point.key, "is_dropped": dropped} | own


def _typing(frame: Frame, review: reviews.Review, draft: reviews.Draft) -> None:
    """Notes, decisions, actions, participants and rating: each change is kept at once."""
    review_id, content = review.review_id, draft.content

    def field(name: str, first: Any) -> dict[str, Any]:
        key = f"room.{review_id}.{name}"
        st.session_state.setdefault(key, first)
        return {"key": key, "on_change": lambda: _keep(frame, review_id, **{name: st.session_state[key]})}

    st.text_area(_("Notes"), max_chars=20_000, height=160, **field("notes", content["notes"]))
    st.text_area(_("Decisions, one a line"), max_chars=10_000, height=100, **field("decisions", content["decisions"]))
    _actions(frame, review_id, content["actions"])
    participants = content["participants"] if content["participants"] is not None else review.participants
    st.text_input(_("Participants"), max_chars=500, **field("participants", participants))
    st.radio(
        _("Rating"),
        [None, *reviews.RATINGS],
        format_func=lambda code: _("not rated") if code is None else state(code).word,
        horizontal=True,
        **field("rating", content["rating"]),
    )
    if draft.saved_at:
        said = _("Kept as typed, last by {who} at {time} UTC").format(
            who=draft.saved_by, time=draft.saved_at.strftime("%H:%M")
        )
        st.caption(escaped(said))


def _actions(frame: Frame, review_id: int, kept: Sequence[dict[str, Any]]) -> None:
    def keys(at: int) -> tuple[str, str, str]:
        return tuple(f"room.{review_id}.{name}.{at}" for name in ("action", "owner", "due"))

    def keep() -> None:
        lines = [[st.session_state.get(key) for key in keys(at)] for at in range(_ACTIONS)]
        _keep(
            frame,
            review_id,
            actions=[{"action": what or "", "owner": who or "", "due_on": until} for what, who, until in lines],
        )

    st.markdown(f"**{_('Actions agreed')}**")
    for at in range(_ACTIONS):
        held = kept[at] if at < len(kept) else {"action": "", "owner": "", "due_on": None}
        due = date.fromisoformat(held["due_on"]) if held["due_on"] else None
        for key, first in zip(keys(at), (held["action"], held["owner"], due), strict=True):
            st.session_state.setdefault(key, first)
        place = st.columns([5, 3, 2], vertical_alignment="bottom")
        what, who, until = keys(at)
        number = {"number": at + 1}
        place[0].text_input(_("Action {number}").format(**number), max_chars=500, key=what, on_change=keep)
        place[1].text_input(_("Owner of action {number}").format(**number), max_chars=120, key=who, on_change=keep)
        place[2].date_input(
            _("Due date of action {number}").format(**number), key=until, on_change=keep, format="YYYY-MM-DD"
        )


def _close(frame: Frame, review: reviews.Review, name: str, arranged: Sequence[tuple[reviews.Point, bool]]) -> None:
    st.caption(
        _("Closing freezes the figures as of {day}; a closed review is not changed any more.").format(
            day=units.day(frame.as_of)
        )
    )
    closing = press(f"room.close.{review.review_id}", _("Hold and close the review"), is_primary=True)
    if not closing.sent:
        return
    with refusals_shown(closing):
        content = reviews.draft_of(frame.store, review.review_id).content
        lines = [line for line in content["actions"] if line["action"].strip() or line["owner"].strip()]
        reviews.hold(
            frame.store,
            review.review_id,
            held_on=frame.as_of,
            notes=content["notes"],
            rating=content["rating"],
            actions=[
                reviews.Action(
                    line["action"], line["owner"], date.fromisoformat(line["due_on"]) if line["due_on"] else None
                )
                for line in lines
            ],
            decisions=content["decisions"].splitlines(),
            agenda=[
                {"key": p.key, "text": p.text, "topic": p.topic, "tone": p.tone, "page": p.page, "tab": p.tab}
                for p, dropped in arranged
                if not dropped
            ],
            participants=content["participants"],
            expected_version=closing.version(review.version),
            who=frame.person,
            op_id=closing.op_id,
        )
        closing.done(_("The review of {account} is held and closed.").format(account=name))


def _frozen_agenda(review: reviews.Review) -> list[reviews.Point]:
    return [
        reviews.Point(line["key"], line["topic"], line["text"], line["tone"], line["page"], line["tab"])
        for line in (review.seen or {}).get("agenda", [])
    ]


def _keep(frame: Frame, review_id: int, **changed: Any) -> None:
    """Keep what was typed; a refusal is shown in the run that follows."""
    try:
        reviews.save_draft(frame.store, review_id, changed, who=frame.person)
    except Refusal as refusal:
        st.session_state[_REFUSED] = refusal.message


def _name(frame: Frame, review: reviews.Review) -> str:
    account = frame.store.one("ledgers.accounts", where=[Condition("account_id", "=", review.account_id)])
    return account["name"] if account else review.account_id
