"""A review in the room: its agenda with the evidence, what changed, notes and actions kept as typed, and closing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from kam import reviews, units
from kam.store import Condition
from kam.ui import table_view
from kam.ui.account_summary import TABS
from kam.ui.forms import press
from kam.ui.frame import Frame
from kam.ui.links import address, link
from kam.ui.pack_files import pack_downloads
from kam.ui.refusals import refusals_shown
from kam.ui.review_calendar import review_calendar_file
from kam.ui.review_changes import changes_since, compare_reviews
from kam.ui.review_cycle import choose_review, planned_reviews
from kam.ui.review_holding import frozen_review, what_was_seen
from kam.ui.review_typing import keep, review_typing
from kam.ui.states import State
from kam.ui.text import escaped, plain
from kam.words import _

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
    with st.container(horizontal=True, vertical_alignment="center"):
        pack_downloads(frame, {"account_id": review.account_id, "name": name}, key="room.pack")
        review_calendar_file(frame, review.review_id)
        link("account", _("Open the account"), account=review.account_id)
        link("reviews", _("All reviews"))
    if review.state == "planned":
        _room(frame, review, name)
    elif review.state == "held":
        lines = _frozen_agenda(review)
        if lines:
            st.markdown(f"**{_('Agenda as it was gone through')}**")
            _agenda_table(frame, [(line, False) for line in lines], account_id=review.account_id, key="frozen")
        frozen_review(frame, review)
        compare_reviews(frame, review)
    else:
        st.text(review.notes)


def _room(frame: Frame, review: reviews.Review, name: str) -> None:
    with refusals_shown():
        points = reviews.agenda(frame.store, review.account_id, frame.as_of, for_whom=frame.person)

        def agenda(content: dict[str, Any]) -> None:
            arranged = reviews.arranged(points, content["agenda"])
            st.markdown(f"**{_('Agenda')}**")
            _agenda_table(frame, [line for line in arranged if not line[1]], account_id=review.account_id, key="agenda")
            _arrange(frame, review.review_id, arranged)

        # What is done here on one side, what it rests on beside it.
        work, evidence = st.columns([3, 2], gap="large")
        with work:
            review_typing(frame, review, agenda, lambda: _close(frame, review, name, points))
        with evidence:
            changes_since(frame, review.account_id)
            seen = reviews.what_is_seen(frame.store, review.account_id, frame.as_of, for_whom=frame.person)
            what_was_seen(seen, currency=frame.currency, key="now", is_narrow=True)


def _agenda_table(frame: Frame, lines: Sequence[tuple[reviews.Point, bool]], *, account_id: str, key: str) -> None:
    if not lines:
        st.caption(_("The readings have nothing to say: add what the room should talk about."))
        return
    targets = [_evidence(point, account_id) for point, _dropped in lines]
    # Where no line has money at stake, the column would be a row of dashes.
    has_stakes = any(point.amount is not None for point, _dropped in lines)
    stake = {"k": "stake", "l": _("At stake a year, {currency}").format(currency=frame.currency), "n": True}
    table_view.draw(
        key=f"room.{key}",
        label=_("Agenda"),
        columns=[
            {"k": "topic", "l": _("Topic"), "n": False},
            {"k": "line", "l": _("Agenda"), "n": False},
            *([stake] if has_stakes else []),
        ],
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
                *([{"t": units.money(point.amount, "").strip()}] if has_stakes else []),
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

    def order(lines: Sequence[tuple[reviews.Point, bool]]) -> None:
        keep(frame, review_id, agenda=[_kept(point, dropped) for point, dropped in lines])

    def up(at: int) -> None:
        lines = list(arranged)
        lines[at - 1], lines[at] = lines[at], lines[at - 1]
        order(lines)

    def drop(at: int) -> None:
        order([(point, dropped != (place == at)) for place, (point, dropped) in enumerate(arranged)])

    def add() -> None:
        words = (st.session_state.get("room.add") or "").strip()
        if words:
            own = reviews.Point(f"own:{len(arranged)}:{words[:40]}", "own", words, "open", "account", None)
            order([*arranged, (own, False)])
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


def _close(frame: Frame, review: reviews.Review, name: str, points: Sequence[reviews.Point]) -> None:
    st.caption(
        _("Closing freezes the figures as of {day}; a closed review is not changed any more.").format(
            day=units.day(frame.as_of)
        )
    )
    closing = press(f"room.close.{review.review_id}", _("Hold and close the review"), is_primary=True)
    version = closing.version(review.version)
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
                {name: getattr(p, name) for name in ("key", "text", "topic", "tone", "page", "tab", "amount")}
                for p, dropped in reviews.arranged(points, content["agenda"])
                if not dropped
            ],
            participants=content["participants"],
            expected_version=version,
            who=frame.person,
            op_id=closing.op_id,
        )
        closing.done(_("The review of {account} is held and closed.").format(account=name))


def _frozen_agenda(review: reviews.Review) -> list[reviews.Point]:
    return [
        reviews.Point(
            line["key"],
            line["topic"],
            line["text"],
            line["tone"],
            line["page"],
            line["tab"],
            None if line.get("amount") is None else Decimal(str(line["amount"])),
        )
        for line in (review.seen or {}).get("agenda", [])
    ]


def _name(frame: Frame, review: reviews.Review) -> str:
    account = frame.store.one("ledgers.accounts", where=[Condition("account_id", "=", review.account_id)])
    return account["name"] if account else review.account_id
