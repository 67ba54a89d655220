"""The lists that plays made: all of them; one of them with what was done, and writing that down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import plays
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.figures import figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.links import link
from kam.ui.plays import RUN_COLUMNS, reason_table
from kam.ui.prose import prose
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import relation_table
from kam.ui.text import escaped, plain
from kam.units import day
from kam.words import _, several

_RUN = ("plays", {"run": "run_id"})
_MOST = 2000


def play_lists(frame: Frame) -> None:
    """Every list, the latest first; each opens."""
    relation_table(
        frame,
        "plays.run_list",
        {"as_of": frame.as_of},
        [Column("play", _("Play")), *RUN_COLUMNS],
        more=[Column("run_by", _("Run by"))],
        key="play.lists",
        title=_("Lists"),
        filters={"play": _("Play"), "run_state": _("State")},
        order_by=("run_on", True),
        opens=_RUN,
        ids=("run_id", "play_id"),
        empty=_("No play has been run: open one, look at whom it turns to, and run it."),
    )


def opened_list(frame: Frame) -> bool:
    """The list of ?run=, with what was done; False where the address names none."""
    asked = st.query_params.get("run")
    if asked is None:
        return False
    number = int(asked) if asked.isdecimal() else 0
    link("plays", _("All plays"))
    run = frame.store.one("plays.run_list", {"as_of": frame.as_of}, where=[Condition("run_id", "=", number)])
    if run is None:
        st.error(
            escaped(
                _("There is no list {number} on {day}: choose a later day, or another list.").format(
                    number=plain(asked, longest=20), day=day(frame.as_of)
                )
            )
        )
        return True
    _head(frame, run)
    _listed(frame, run)
    _mark(frame, run)
    _left_out(frame, run)
    return True


def _head(frame: Frame, run: Mapping[str, Any]) -> None:
    st.subheader(escaped(_("{play}: the list of {day}").format(play=run["play"], day=day(run["run_on"]))), anchor=False)
    facts([("", state(run["run_state"])), (_("Due"), day(run["due_on"])), (_("Run by"), run["run_by"])])
    message = frame.store.one(
        "plays.versions",
        where=[Condition("play_id", "=", run["play_id"]), Condition("version", "=", run["version"])],
    )["message"]
    st.markdown(prose(message))
    figures(
        {"label": _("Meant for"), "value": run["targeted_count"], "unit": "count", "key": "run-target"},
        {
            "label": _("On the list"),
            "value": run["listed_count"],
            "unit": "count",
            "period": several("{count} waits", "{count} wait", run["open_count"]),
            "key": "run-listed",
        },
        {
            "label": _("Done"),
            "value": run["done_count"],
            "unit": "count",
            "period": _("{won} bought or agreed; {not_done} not done").format(
                won=run["won_count"], not_done=run["not_done_count"]
            ),
            "key": "run-done",
        },
        {"label": _("Left out"), "value": run["left_out_count"], "unit": "count", "key": "run-out"},
    )
    link("plays", _("The play as it stands now"), play=str(run["play_id"]))


def _listed(frame: Frame, run: Mapping[str, Any]) -> None:
    relation_table(
        frame,
        "plays.addressed",
        {"as_of": frame.as_of, "of_run": run["run_id"]},
        [
            Column("name", _("Account"), "account"),
            Column("row_state", _("State"), "status"),
            Column("owner", _("Account manager")),
            Column("contact_name", _("Contact")),
            Column("contact_email", _("E-mail")),
            Column("note", _("What came of it")),
            Column("done_on", _("On"), "date"),
        ],
        more=[
            Column("contact_title", _("Title")),
            Column("contact_phone", _("Phone")),
            Column("marked_by", _("Written down by")),
            Column("is_key_account", _("Key"), "flag"),
        ],
        key="run.listed",
        title=_("On the list"),
        where=[*frame.narrowing(), Condition("is_listed", "=", True)],
        search=("name", "account_id", "contact_name"),
        filters={"row_state": _("State"), "owner": _("Account manager")},
        order_by=("name", False),
        ids=("account_id", "contact_id"),
        empty=_("Nobody is on this list: everybody it was meant for was left out, for the reasons below."),
    )


def _mark(frame: Frame, run: Mapping[str, Any]) -> None:
    rows = frame.store.read(
        "plays.run_rows",
        {"as_of": frame.as_of},
        columns=("account_id", "name", "is_open"),
        where=[Condition("run_id", "=", run["run_id"]), Condition("is_listed", "=", True)],
        order_by=[("is_open", True), ("name", False), ("account_id", False)],
        limit=_MOST,
    ).records()
    if not rows:
        return
    st.subheader(_("Write down what was done"), anchor=False)
    names = {row["account_id"]: f"{row['name']} ({row['account_id']})" for row in rows}
    with form(f"play.mark.{run['run_id']}", _("Write it down")) as marking:
        key = f"mark.{marking.op_id}"
        chosen = st.multiselect(
            _("Accounts of the list"),
            list(names),
            format_func=lambda at: plain(names[at], longest=80),
            key=f"{key}.accounts",
            placeholder=_("Choose; those that wait come first"),
        )
        every = st.checkbox(_("All that wait"), key=f"{key}.all")
        values = mark_inputs(frame, key)
    if marking.sent:
        with refusals_shown(marking):
            waiting = [row["account_id"] for row in rows if row["is_open"]] if every else []
            count = plays.mark(
                frame.store,
                run["run_id"],
                [*chosen, *waiting],
                **values,
                as_of=frame.as_of,
                who=frame.person,
                op_id=marking.op_id,
            )
            marking.done(
                several(
                    "Written down for {count} account; it stands on its timeline.",
                    "Written down for {count} accounts; it stands on their timelines.",
                    count or 0,
                )
            )


def mark_inputs(frame: Frame, key: str) -> dict[str, Any]:
    """Outcome, day and note of what was done."""
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    outcome = left.selectbox(
        _("What was done"), list(plays.OUTCOMES), format_func=plays.OUTCOMES.__getitem__, key=f"{key}.outcome"
    )
    done_on = right.date_input(_("Done on"), value=frame.as_of, format="YYYY-MM-DD", key=f"{key}.day")
    note = st.text_input(
        _("What came of it"), max_chars=1000, key=f"{key}.note", help=_("Needed where it was not done: say why.")
    )
    return {"outcome": outcome, "done_on": done_on, "note": note}


def _left_out(frame: Frame, run: Mapping[str, Any]) -> None:
    st.subheader(
        several("{count} account was left out", "{count} accounts were left out", run["left_out_count"]), anchor=False
    )
    st.caption(
        escaped(
            _("Meant for {target}; {rules}").format(target=run["target_told"], rules="; ".join(run["rules_told"])),
            longest=3000,
        )
    )
    counts = frame.store.read(
        "plays.reason_counts", {"of_run": run["run_id"]}, order_by=[("account_count", True), ("reason", False)]
    ).records()
    reason_table(counts, key="run.reasons")
    if run["left_out_count"]:
        relation_table(
            frame,
            "plays.addressed",
            {"as_of": frame.as_of, "of_run": run["run_id"]},
            [
                Column("name", _("Account"), "account"),
                Column("reasons", _("Left out because")),
                Column("owner", _("Account manager")),
            ],
            key="run.out",
            title=_("Left out"),
            where=[*frame.narrowing(), Condition("is_listed", "=", False)],
            search=("name", "account_id", "reasons"),
            order_by=("name", False),
            empty=_("Nobody of the filter was left out."),
        )
