"""Making, changing and retiring a play."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import parameters, plays, portfolio
from kam.store import Condition
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.text import plain
from kam.words import _


def make_play(frame: Frame) -> None:
    """The form of a new play; the segments it can be meant for are those that are saved."""
    st.caption(
        _(
            "A play is meant for a saved segment, and leaves out whoever meets one of its rules. Segments are put together on the page Segments; "
            "a field of your own, such as consent to be written to, can be part of one."
        )
    )
    with form("play.make", _("Make the play")) as making:
        play = _inputs(frame, {}, f"play.{making.op_id}")
        reason = st.text_input(_("Why this play"), max_chars=500, key=f"play.{making.op_id}.reason")
    if making.sent:
        with refusals_shown(making):
            made = plays.make_play(
                frame.store, play, reason=reason, as_of=frame.as_of, who=frame.person, op_id=making.op_id
            )
            making.done(
                _("The play {name} is made: look at whom it turns to, then run it.").format(name=play.name.strip()),
                page="plays",
                label=_("Open it"),
                play=str(made),
            )


def change_play(frame: Frame, held: Mapping[str, Any]) -> None:
    """The form that changes a play (a row of plays.play_list), or takes a retired one into use again."""
    label = _("Take it into use again") if held["is_retired"] else _("Save the change")
    with st.expander(_("Change the play")), form(f"play.{held['play_id']}", label, is_primary=False) as changing:
        version, seen = changing.version(held["version"]), changing.seen(held)
        play = _inputs(frame, seen, f"play.{changing.op_id}")
        reason = st.text_input(_("What changes, and why"), max_chars=500, key=f"play.{changing.op_id}.reason")
    if changing.sent:
        with refusals_shown(changing):
            plays.change_play(
                frame.store,
                held["play_id"],
                play,
                reason=reason,
                as_of=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=changing.op_id,
            )
            changing.done(_("The play is changed; earlier lists stay as they were."))
    if held["is_retired"]:
        return
    with st.expander(_("Retire the play")), form("play.retire", _("Take it out of use"), is_primary=False) as leaving:
        reason = st.text_input(_("Why it is retired"), max_chars=500, key=f"play.{leaving.op_id}.retired")
    if leaving.sent:
        with refusals_shown(leaving):
            plays.retire_play(
                frame.store,
                held["play_id"],
                reason=reason,
                as_of=frame.as_of,
                who=frame.person,
                op_id=leaving.op_id,
            )
            leaving.done(_("The play is out of use; its lists stay."))


def _inputs(frame: Frame, held: Mapping[str, Any], key: str) -> plays.Play:
    """The fields of a play, filled with what is held."""
    name = st.text_input(_("Name of the play"), value=held.get("name", ""), max_chars=80, key=f"{key}.name")
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        kind = _choice(_("What it is"), plays.KINDS, held.get("kind"), f"{key}.kind")
    with right:
        channel = _choice(_("By"), plays.CHANNELS, held.get("channel"), f"{key}.channel")
    message = st.text_area(
        _("What is said, sent or done"), value=held.get("message", ""), height=100, max_chars=5000, key=f"{key}.message"
    )
    segments = [segment.name for segment in portfolio.saved_segments(frame.store)]
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        every = {None: _("Every account")} | {
            s: s for s in [*segments, *([held["segment"]] if held.get("segment") else [])]
        }
        segment = _choice(_("Who: a saved segment"), every, held.get("segment"), f"{key}.segment")
    with right:
        unless = st.multiselect(
            _("Not to accounts of these segments"),
            list(dict.fromkeys([*segments, *held.get("unless", [])])),
            default=held.get("unless", []),
            key=f"{key}.unless",
            placeholder=_("None"),
        )
    values = _buying(frame, held, key) | _rests(frame, held, key)
    return plays.Play(name, kind, message, channel, segment=segment, unless=tuple(unless), **values)


def _buying(frame: Frame, held: Mapping[str, Any], key: str) -> dict[str, Any]:
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    with left:
        audience = _choice(_("For"), plays.AUDIENCES, held.get("audience"), f"{key}.audience")
    with middle:
        known = frame.store.choices("ledgers.products", None, "category")
        categories = {None: _("anything at all")} | {category: category for category in known}
        category = _choice(_("Buyers of"), categories, held.get("category"), f"{key}.category")
    with right:
        months = st.number_input(
            _("Within months"),
            min_value=1,
            max_value=120,
            value=held.get("audience_months") or 12,
            key=f"{key}.months",
            help=_("Counts where the play is for buyers, or for non-buyers, only."),
        )
    return {"audience": audience, "category": category, "audience_months": months}


def _rests(frame: Frame, held: Mapping[str, Any], key: str) -> dict[str, Any]:
    offered = parameters.all_at(frame.store, frame.as_of)
    first, second, third = st.columns(3, vertical_alignment="bottom")

    def days(place: Any, label: str, name: str, value: int | None, lowest: int) -> int | None:
        return place.number_input(
            label,
            min_value=lowest,
            max_value=plays.MOST_DAYS,
            value=value,
            key=f"{key}.{name}",
            placeholder=_("no such rule"),
        )

    rest = held["act_rest_days"] if held else int(offered["plays.act_rest_days"].value)
    values = {
        "due_days": days(
            first, _("To be done within days"), "due", held.get("due_days", int(offered["plays.due_days"].value)), 0
        ),
        "act_rest_days": days(second, _("Not within days of another play"), "acted", rest, 1),
        "contact_rest_days": days(
            third, _("Not within days of a contact"), "contacted", held.get("contact_rest_days"), 1
        ),
    }
    books = frame.store.read(
        "knowledge.entry_list",
        {"as_of": frame.as_of},
        where=[Condition("kind", "=", "playbook"), Condition("entry_state", "!=", "retired")],
        order_by=[("title", False)],
    )
    told = {None: _("None")} | dict(zip(books.column("entry_id"), books.column("title"), strict=True))
    if held.get("playbook_id") is not None:
        told.setdefault(held["playbook_id"], _("Playbook {number}").format(number=held["playbook_id"]))
    return values | {
        "despite_trouble": st.checkbox(
            _("Also to accounts with an open complaint or red line"),
            value=held.get("despite_trouble", False),
            key=f"{key}.trouble",
        ),
        "playbook_id": _choice(_("Playbook that it comes from"), told, held.get("playbook_id"), f"{key}.book"),
    }


def _choice(label: str, words: Mapping[Any, str], chosen: Any, key: str) -> Any:
    codes = list(words)
    return st.selectbox(
        label,
        codes,
        index=codes.index(chosen) if chosen in codes else 0,
        format_func=lambda code: plain(words[code]),
        key=key,
    )
