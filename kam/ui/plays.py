"""The page of plays: which there are; one of them with whom it turns to on the day, whom it leaves out, and running it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import plays
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.empty import empty
from kam.ui.figures import figures
from kam.ui.forms import form
from kam.ui.frame import ALL, Frame
from kam.ui.headers import facts
from kam.ui.links import link
from kam.ui.play_form import change_play
from kam.ui.prose import prose
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import day
from kam.words import _, several

_RUN = ("plays", {"run": "run_id"})


def plays_answer(frame: Frame) -> int:
    """How many plays are in use and what of their lists waits, in a sentence; returns how many plays there are."""
    found = frame.store.read("plays.play_list", {"as_of": frame.as_of})
    lists = frame.store.read("plays.run_list", {"as_of": frame.as_of})
    if not found.rows:
        empty(
            _("No play is made yet."),
            _(
                "A play says who (a saved segment), what, by which channel and when not. Save a segment, then make the play here: it lists "
                "the accounts that get it, and those that do not with the reasons."
            ),
            page="segments",
            label=_("Put a segment together"),
        )
        return 0
    waiting, late = sum(lists.column("open_count")), sum(lists.column("overdue_count"))
    said = several(
        "{count} play is in use", "{count} plays are in use", sum(s == "in_use" for s in found.column("play_state"))
    )
    said += "; " + several("{count} account waits on a list", "{count} accounts wait on lists", waiting)
    if late:
        said += ", " + several("{count} of them past its day", "{count} of them past their day", late)
    st.markdown(f"**{escaped(said)}.**")
    return len(found)


def play_register(frame: Frame) -> None:
    """Every play with its latest run; each opens."""
    rows = frame.store.read(
        "plays.play_list", {"as_of": frame.as_of}, order_by=[("is_retired", False), ("name", False)]
    ).records()
    columns = [
        Column("name", _("Play")),
        Column("play_state", _("State"), "status"),
        Column("kind", _("What it is"), "words"),
        Column("channel", _("By"), "words"),
        Column("target", _("Who")),
        Column("last_run_on", _("Last run"), "date"),
        Column("open_count", _("Waiting"), "count"),
        Column("decided_by", _("Decided by")),
    ]
    shown = [row | {"target": row["segment"] or _("every account")} for row in rows]
    record_table(
        shown,
        columns,
        key="plays",
        title=_("Plays"),
        opens=("plays", {"play": "play_id"}),
        empty=_("No play is made yet: make the first under Make a play."),
    )
    if shown:
        record_downloads(frame, shown, columns, key="plays", title=_("Plays"), ids=("play_id",))


def opened_play(frame: Frame) -> bool:
    """The play of ?play=: what it is, whom it turns to on the day; False where the address names none."""
    asked = st.query_params.get("play")
    if asked is None:
        return False
    link("plays", _("All plays"))
    with refusals_shown():
        seen = plays.look(frame.store, int(asked) if asked.isdecimal() else 0, frame.as_of)
        _head(frame, seen)
        _who(frame, seen)
        _run(frame, seen)
        _lists(frame, seen.play["play_id"])
        change_play(frame, seen.play)
        _versions(frame, seen.play["play_id"])
    return True


def _head(frame: Frame, seen: plays.Look) -> None:
    play = seen.play
    st.subheader(escaped(play["name"]), anchor=False)
    facts(
        [
            ("", state(play["play_state"])),
            (_("What it is"), plays.KINDS[play["kind"]]),
            (_("By"), plays.CHANNELS[play["channel"]]),
            (_("Done within"), several("{count} day", "{count} days", play["due_days"])),
            (_("Decided"), f"{day(play['decided_on'])}, {play['decided_by']}"),
        ]
    )
    st.markdown(prose(play["message"]))
    st.markdown(
        f"**{_('Who:')}** {escaped(seen.target_told, longest=1000)}  \n"
        + f"**{_('When not:')}** {escaped('; '.join(seen.rules_told), longest=2000)}"
    )
    if play["playbook_id"] is not None:
        link("knowledge", _("The playbook that it comes from"), entry=str(play["playbook_id"]))


def _who(frame: Frame, seen: plays.Look) -> None:
    on_day = _("as of {day}").format(day=day(frame.as_of))
    figures(
        {"label": _("Meant for"), "value": len(seen.targeted), "unit": "count", "period": on_day, "key": "play-target"},
        {
            "label": _("Would get it"),
            "value": len(seen.listed),
            "unit": "count",
            "period": on_day,
            "key": "play-listed",
        },
        {"label": _("Left out"), "value": len(seen.left_out), "unit": "count", "period": on_day, "key": "play-out"},
    )
    reason_table(seen.counts, key="play.reasons")
    if frame.accounts != ALL:
        st.caption(_("The figures are of the whole play; the lists below show the accounts of the filter."))
    shown = set(
        frame.store.page(
            "portfolio.owners", {"as_of": frame.as_of}, where=frame.narrowing(), columns=("account_id",)
        ).column("account_id")
    )
    with st.expander(_("Who would get it")):
        _rows(frame, [row for row in seen.listed if row["account_id"] in shown], [], "play.listed", _("Would get it"))
    with st.expander(_("Who is left out, and why")):
        why = [Column("reasons", _("Left out because"))]
        _rows(frame, [row for row in seen.left_out if row["account_id"] in shown], why, "play.out", _("Left out"))


def _rows(frame: Frame, rows: list[Mapping[str, Any]], more: list[Column], key: str, title: str) -> None:
    columns = [Column("name", _("Account"), "account"), *more, Column("owner", _("Account manager"))]
    record_table(rows, columns, key=key, title=title, empty=_("No account."))
    if rows:
        record_downloads(frame, rows, columns, key=key, title=title)


def reason_table(counts: list[Mapping[str, Any]], *, key: str) -> None:
    """The reasons with how many accounts each leaves out (rows of plays.reason_counts)."""
    record_table(
        [
            row | {"told": plays.REASONS[row["reason"]] + (f": {row['label']}" if row["label"] else "")}
            for row in counts
        ],
        [
            Column("told", _("Left out because")),
            Column("account_count", _("Accounts"), "count"),
            Column("alone_count", _("For nothing else"), "count"),
        ],
        key=key,
        title=_("Why accounts are left out"),
        empty=_("Nobody is left out."),
    )


def _run(frame: Frame, seen: plays.Look) -> None:
    if seen.play["is_retired"]:
        return
    with form("play.run", _("Run it: freeze this list"), border=False) as running:
        version = running.version(seen.play["version"])
        st.caption(
            _(
                "A run keeps the list as it stands on {day}, with everybody left out and why. It cannot be changed later."
            ).format(day=day(frame.as_of))
        )
    if running.sent:
        with refusals_shown(running):
            run_id = plays.run_play(
                frame.store,
                seen.play["play_id"],
                as_of=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=running.op_id,
            )
            running.done(
                several(
                    "The list is frozen: {count} account gets it.",
                    "The list is frozen: {count} accounts get it.",
                    len(seen.listed),
                ),
                page="plays",
                label=_("Open the list"),
                run=str(run_id),
            )


def _lists(frame: Frame, play_id: int) -> None:
    rows = frame.store.read(
        "plays.run_list",
        {"as_of": frame.as_of},
        where=[Condition("play_id", "=", play_id)],
        order_by=[("run_on", True), ("run_id", True)],
    ).records()
    if rows:
        st.subheader(_("Its lists"), anchor=False)
        record_table(rows, RUN_COLUMNS, key="play.runs", title=_("Lists of the play"), opens=_RUN, empty="")


RUN_COLUMNS = [
    Column("run_on", _("List of"), "date"),
    Column("run_state", _("State"), "status"),
    Column("due_on", _("Due"), "date"),
    Column("targeted_count", _("Meant for"), "count"),
    Column("listed_count", _("On the list"), "count"),
    Column("left_out_count", _("Left out"), "count"),
    Column("done_count", _("Done"), "count"),
    Column("won_count", _("Bought or agreed"), "count"),
    Column("not_done_count", _("Not done"), "count"),
    Column("open_count", _("Waiting"), "count"),
]


def _versions(frame: Frame, play_id: int) -> None:
    rows = frame.store.read(
        "plays.versions",
        where=[Condition("play_id", "=", play_id), Condition("decided_on", "<=", frame.as_of)],
        order_by=[("version", True)],
    ).records()
    with st.expander(_("What was decided about it")):
        record_table(
            [row | {"play_state": "retired" if row["is_retired"] else "in_use"} for row in rows],
            [
                Column("decided_on", _("On"), "date"),
                Column("play_state", _("State"), "status"),
                Column("reason", _("Why")),
                Column("decided_by", _("By")),
                Column("name", _("Name")),
                Column("segment", _("Segment")),
                Column("message", _("What")),
            ],
            key="play.versions",
            title=_("Decisions about the play"),
            empty="",
        )
