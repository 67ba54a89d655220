"""The proposals of a cycle, the meeting's decisions, and putting them in force."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import programme, selection
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_downloads, record_table
from kam.units import day
from kam.words import _


def proposals(frame: Frame, cycle: selection.Cycle) -> list[dict[str, Any]]:
    """The accounts with something to decide, as frozen; returns them with those that pass and could be taken in."""
    accounts = selection.cycle_accounts(frame.store, cycle.cycle_id, with_evidence=False, for_whom=frame.person)
    accounts.sort(key=_what_changes_first)
    shown = [_told(account) for account in accounts if account["proposal"] or account["decision"]]
    columns = [Column("name", _("Account")), Column("proposal", _("Proposed"), "status")]
    if any(account["decision"] for account in shown):
        columns += [Column("decision", _("Decided"), "status"), Column("decided_because", _("Reason"))]
    columns += [
        Column("why", _("Because")),
        Column("state_before", _("Was"), "status"),
        Column("verdict", _("Verdict"), "status"),
        Column("rank", _("Rank"), "count"),
        Column("attractiveness_low", _("Attractiveness"), "points", decimals=1),
        Column(
            "acceptability",
            _("Among the best"),
            "share",
            decimals=0,
            help=_("Share of random weights under which it is."),
        ),
        Column("category", _("Category"), "status"),
    ]
    if any(account["waits"] for account in shown):
        columns.append(Column("waits", _("Leaving waits for")))
    title = _("Decisions") if cycle.state in ("decided", "in_force") else _("Proposals")
    shown = frame.those_shown(shown)
    record_table(
        shown,
        columns,
        key="cycle.proposals",
        title=title,
        opens=("cycles", {"account": "account_id", "cycle": "cycle_id"}),
        empty=_("There is nothing to decide: nobody qualifies, and nobody is in the programme."),
    )
    if shown:
        record_downloads(frame, shown, columns, key="cycle.proposals", title=title, ids=("cycle_id", "account_id"))
    return [_told(a) for a in accounts if a["proposal"] or (a["verdict"] == "pass" and not a["is_key_account"])]


def decide(frame: Frame, cycle: selection.Cycle) -> None:
    """The proposals, a table to decide otherwise, and the meeting's form."""
    accounts = proposals(frame, cycle)
    with form(f"cycle.decide.{cycle.cycle_id}", _("Decide the cycle")) as deciding:
        otherwise = _otherwise(accounts, f"cycle.otherwise.{cycle.cycle_id}.{cycle.version}")
        present = st.text_input(_("Present"), max_chars=1000, placeholder=_("Names of those who decide"))
        decided_on = st.date_input(
            _("Decided on"),
            max(frame.as_of, cycle.as_of),
            format="YYYY-MM-DD",
            key=f"cycle.decide.{deciding.op_id}.on",
        )
        conclusions = st.text_area(
            _("Conclusions"), max_chars=5000, placeholder=_("What the meeting concluded, if anything")
        )
    if deciding.sent:
        with refusals_shown(deciding):
            selection.decide_cycle(
                frame.store,
                cycle.cycle_id,
                otherwise,
                present=present,
                decided_on=decided_on,
                conclusions=conclusions,
                expected_version=deciding.version(cycle.version),
                who=frame.person,
                op_id=deciding.op_id,
            )
            deciding.done(_("{name} is decided: put it in force next.").format(name=cycle.name))


def put_in_force(frame: Frame, cycle: selection.Cycle) -> None:
    """The decisions, and the day from which they hold."""
    proposals(frame, cycle)
    with form(f"cycle.force.{cycle.cycle_id}", _("Put in force")) as enacting:
        on = st.date_input(
            _("In force from"),
            max(frame.as_of, cycle.decided_on),
            format="YYYY-MM-DD",
            key=f"cycle.force.{enacting.op_id}.on",
        )
        st.caption(_("All accounts move together or none does; each admission goes through the programme's one door."))
    if enacting.sent:
        with refusals_shown(enacting):
            selection.put_in_force(
                frame.store,
                cycle.cycle_id,
                on=on,
                expected_version=cycle.version,
                who=frame.person,
                op_id=enacting.op_id,
            )
            enacting.done(
                _("{name} is in force from {day} on.").format(name=cycle.name, day=day(on)),
                page="roster",
                label=_("See the roster"),
            )


def _otherwise(accounts: list[dict[str, Any]], key: str) -> dict[str, selection.Decided]:
    """What is decided otherwise than proposed, by account, from the editor."""
    import pandas as pd

    words = {code: state(code).word for code in selection.DECIDABLE}
    st.caption(
        _("To decide otherwise than proposed, choose a decision and give its reason; empty lines follow the proposal.")
    )
    frame = pd.DataFrame(
        [
            {
                "name": account["name"],
                "proposal": words.get(account["proposal"], "–"),
                "decision": None,
                "reason": None,
            }
            for account in accounts
        ],
        columns=["name", "proposal", "decision", "reason"],
        dtype=object,
    )
    edited = st.data_editor(
        frame,
        column_config={
            "name": st.column_config.TextColumn(_("Account"), disabled=True),
            "proposal": st.column_config.TextColumn(_("Proposed"), disabled=True, width="small"),
            "decision": st.column_config.SelectboxColumn(
                _("Decision"), options=list(words), format_func=words.__getitem__, width="small"
            ),
            "reason": st.column_config.TextColumn(_("Reason"), width="large"),
        },
        hide_index=True,
        placeholder="",
        key=key,
    )
    return {
        account["account_id"]: selection.Decided(
            row["decision"] if isinstance(row["decision"], str) else account["proposal"],
            row["reason"] if isinstance(row["reason"], str) else "",
        )
        for account, row in zip(accounts, edited.to_dict("records"), strict=True)
        if isinstance(row["decision"], str) or (isinstance(row["reason"], str) and account["proposal"])
    }


def _what_changes_first(account: dict[str, Any]) -> tuple[int, bool]:
    """What is to be talked about stands above those that stay as they are; within, the order of the ranking."""
    order = ("leave", "enter", "decline", "wait", "stay")
    proposal = account["proposal"]
    return order.index(proposal) if proposal in order else len(order), account["cause"] is None


def _told(account: dict[str, Any]) -> dict[str, Any]:
    waits = (account["proposed"] or {}).get("waits_for", ())
    return account | {
        "why": programme.CAUSES.get(account["cause"], ""),
        "waits": ", ".join(programme.WAITS_FOR[code] for code in waits),
    }
