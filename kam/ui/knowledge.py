"""The knowledge base on screen: the list by kind, mark and words; one entry with its text and history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import knowledge
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.empty import empty
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.knowledge_form import change_entry
from kam.ui.links import link
from kam.ui.prose import prose
from kam.ui.states import state
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped, plain
from kam.units import day
from kam.words import _, several

ENTRY = ("knowledge", {"entry": "entry_id"})


def knowledge_answer(frame: Frame) -> None:
    """How many entries are in use and how many are past their review, in a sentence."""
    rows = frame.store.read("knowledge.entry_list", {"as_of": frame.as_of}, columns=("entry_state",))
    if not rows.rows:
        empty(
            _("Nothing is written down yet."),
            _(
                "Write the first entry: how something is done (playbook), how it went with one customer (case), or what to do otherwise next "
                "time (lesson). Marked with tags, category, need, stage or industry it shows beside the accounts that it fits."
            ),
        )
        return
    states = rows.column("entry_state")
    stale = states.count("stale")
    said = several("{count} entry is in use", "{count} entries are in use", stale + states.count("current"))
    said += "; " + several("{count} is past its review", "{count} are past their review", stale)
    st.markdown(f"**{escaped(said)}.**")


def knowledge_list(frame: Frame) -> None:
    """The entries: searched in title, text and source, narrowed by kind, state and what they fit."""
    marks = frame.store.read("knowledge.entry_list", {"as_of": frame.as_of}, columns=("marks",)).column("marks")
    known = sorted({mark for of_entry in marks for mark in of_entry})
    picked = st.selectbox(
        _("Fits"), known, index=None, placeholder=_("Anything"), key="knowledge.mark", format_func=plain, width=320
    ) if known else None  # fmt: skip
    fits = _with_mark(frame, picked) if picked else None
    relation_table(
        frame,
        "knowledge.entry_list",
        {"as_of": frame.as_of},
        [
            Column("title", _("Title")),
            Column("kind", _("Kind"), "words"),
            Column("entry_state", _("State"), "status"),
            Column("marks_text", _("Fits")),
            Column("owner", _("Kept current by")),
            Column("review_by", _("Review by"), "date"),
        ],
        more=[
            Column("account_name", _("About")),
            Column("author", _("Written by")),
            Column("source", _("Source")),
            Column("written_on", _("Written"), "date"),
        ],
        key="knowledge",
        title=_("Knowledge"),
        where=[] if fits is None else [Condition("entry_id", "one_of", fits)],
        search=("title", "text", "source", "marks_text", "account_name"),
        filters={"kind": _("Kind"), "entry_state": _("State")},
        order_by=("title", False),
        opens=ENTRY,
        ids=("entry_id",),
        empty=_("Nothing is written down yet: write the first entry."),
    )


def _with_mark(frame: Frame, mark: str) -> list[int]:
    rows = frame.store.read("knowledge.entry_list", {"as_of": frame.as_of}, columns=("entry_id", "marks")).rows
    return [entry_id for entry_id, marks in rows if mark in marks]


def opened_entry(frame: Frame) -> bool:
    """The entry of ?entry=; False where the address names none."""
    asked = st.query_params.get("entry")
    if asked is None:
        return False
    link("knowledge", _("All entries"))
    number = int(asked) if asked.isdecimal() else 0
    entry = frame.store.one("knowledge.entry_list", {"as_of": frame.as_of}, where=[Condition("entry_id", "=", number)])
    if entry is None:
        st.error(
            escaped(
                _("There is no entry {number} on {day}: choose a later day, or another entry.").format(
                    number=plain(asked, longest=20), day=day(frame.as_of)
                )
            )
        )
        return True
    _shown(frame, entry)
    change_entry(frame, entry)
    _history(frame, number)
    return True


def _shown(frame: Frame, entry: Mapping[str, Any]) -> None:
    st.subheader(escaped(entry["title"]), anchor=False)
    facts(
        [
            ("", state(entry["entry_state"])),
            (_("Kind"), knowledge.KINDS[entry["kind"]]),
            (_("Written"), f"{day(entry['written_on'])}, {entry['author']}"),
            (_("Kept current by"), entry["owner"]),
            (_("Review by"), day(entry["review_by"])),
        ]
    )
    if entry["entry_state"] == "stale":
        st.warning(
            escaped(
                _("It was to be looked at again by {day}: check that it still holds before you use it.").format(
                    day=day(entry["review_by"])
                )
            )
        )
    with st.container(border=True, width=820):
        st.markdown(prose(entry["text"]))
    st.caption(
        escaped(
            _("Source: {source} · Fits: {marks}").format(
                source=entry["source"], marks=entry["marks_text"] or _("nothing said")
            ),
            longest=2000,
        )
    )
    if entry["account_id"] is not None:
        link(
            "account", escaped(_("About {account}").format(account=entry["account_name"])), account=entry["account_id"]
        )
    used = frame.store.read(
        "plays.play_list", {"as_of": frame.as_of}, where=[Condition("playbook_id", "=", entry["entry_id"])]
    ).records()
    if used:
        record_table(
            used,
            [
                Column("name", _("Play that comes from it")),
                Column("play_state", _("State"), "status"),
                Column("last_run_on", _("Last run"), "date"),
            ],
            key="entry.plays",
            title=_("Plays that come from it"),
            opens=("plays", {"play": "play_id"}),
            empty="",
        )


def _history(frame: Frame, entry_id: int) -> None:
    rows = frame.store.read(
        "knowledge.versions",
        where=[Condition("entry_id", "=", entry_id), Condition("decided_on", "<=", frame.as_of)],
        order_by=[("version", True)],
    ).records()
    with st.expander(_("Its versions")):
        record_table(
            [row | {"entry_state": "retired" if row["is_retired"] else "current"} for row in rows],
            [
                Column("decided_on", _("On"), "date"),
                Column("entry_state", _("State"), "status"),
                Column("reason", _("What changed, and why")),
                Column("decided_by", _("By")),
                Column("title", _("Title")),
                Column("text", _("Text")),
            ],
            key="entry.versions",
            title=_("Versions"),
            empty="",
        )
