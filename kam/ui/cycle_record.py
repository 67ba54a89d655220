"""What a cycle saw and decided, as frozen, beside what the ledger says now."""

from __future__ import annotations

import streamlit as st

from kam import selection
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.cycles import frozen_facts
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table, relation_table
from kam.ui.text import escaped
from kam.ui.verdicts import bound_told
from kam.units import day, shown
from kam.words import _, several

_SAME_DAY, _TODAY = "same_day", "today"


def cycle_record(frame: Frame, cycle: selection.Cycle | None) -> None:
    """The frozen record: what it rested on, and every account."""
    if cycle is None or cycle.frozen is None:
        st.info(_("Nothing is frozen yet: a cycle keeps its record from the moment it is assessed."))
        return
    record_table(
        frozen_facts(frame, cycle),
        [Column("what", _("What")), Column("value", _("As frozen")), Column("source", _("Source"))],
        key="cycle.frozen",
        title=_("What the cycle rests on"),
        empty="",
    )
    st.download_button(
        "TOML",
        data=cycle.frozen["criteria"]["document"].encode(),
        file_name="criteria-of-the-cycle.toml",
        mime="application/toml",
        key="cycle.criteria",
        help=_("Download the criteria as they were"),
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    relation_table(
        frame,
        "selection.cycle_outcomes",
        {"of_cycle": cycle.cycle_id},
        [
            Column("name", _("Account")),
            Column("rank", _("Rank"), "count"),
            Column("verdict", _("Verdict"), "status"),
            Column("attractiveness_low", _("Attractiveness"), "points", decimals=1),
            Column("strength_low", _("Strength"), "points", decimals=1),
            Column("category", _("Category"), "status"),
            Column("acceptability", _("Among the best"), "share", decimals=0),
            Column("state_before", _("Was"), "status"),
            Column("proposal", _("Proposed"), "status"),
            Column("decision", _("Decided"), "status"),
            Column("reason", _("Reason")),
        ],
        more=[
            Column("attractiveness_high", _("Attractiveness, at most"), "points", decimals=1),
            Column("strength_high", _("Strength, at most"), "points", decimals=1),
            Column("is_near_miss", _("Near miss")),
            Column("cause", _("Because"), "words"),
        ],
        key=f"cycle.accounts.{cycle.cycle_id}",
        title=_("Every account as frozen"),
        where=frame.narrowing_by_account(),
        search=("name", "account_id"),
        filters={"verdict": _("Verdict"), "category": _("Category")},
        order_by=("rank", False),
        opens=("cycles", {"account": "account_id", "cycle": "cycle_id"}),
        ids=("cycle_id", "account_id"),
    )


def cycle_now(frame: Frame, cycle: selection.Cycle | None) -> None:
    """As decided beside what the ledger says now: what changed, first."""
    if cycle is None or cycle.frozen is None:
        st.info(_("Nothing is frozen yet: a cycle keeps its record from the moment it is assessed."))
        return
    as_of = _compared_with(frame, cycle)
    with refusals_shown():
        found = selection.decided_and_now(frame.store, cycle, as_of=as_of, for_whom=frame.person)
        changed = sum(row["has_changed"] for row in found)
        st.markdown(
            "**"
            + (
                several(
                    "{count} account reads differently now; the record stands as it was decided.",
                    "{count} accounts read differently now; the record stands as it was decided.",
                    changed,
                )
                if changed
                else _("Nothing reads differently now.")
            )
            + "**"
        )
        columns = [
            Column("name", _("Account")),
            Column("decision", _("Decided"), "status"),
            Column("verdict", _("Verdict as decided"), "status"),
            Column("verdict_now", _("Verdict now"), "status"),
            Column("attractiveness_low", _("Attractiveness as decided"), "points", decimals=2),
            Column("attractiveness_low_now", _("Attractiveness now"), "points", decimals=2),
            Column("category", _("Category as decided"), "status"),
            Column("category_now", _("Category now"), "status"),
            Column("has_changed", _("Differs")),
        ]
        title = _("As decided, and as the ledger says now")
        found = frame.those_shown(found)
        record_table(
            found,
            columns,
            key="cycle.now",
            title=title,
            opens=("cycles", {"account": "account_id", "cycle": "cycle_id"}),
            empty=_("Nobody was decided on, and nobody passed."),
        )
        if found:
            record_downloads(frame, found, columns, key="cycle.now", title=title, ids=("cycle_id", "account_id"))


def cycle_account(frame: Frame, cycle: selection.Cycle | None) -> None:
    """One account of the cycle (of ?account=): its gates as frozen beside the same gates on the ledger now."""
    if cycle is None or cycle.frozen is None or not frame.account_id:
        return
    accounts = selection.cycle_accounts(
        frame.store,
        cycle.cycle_id,
        where=[Condition("account_id", "=", frame.account_id)],
        for_whom=frame.person,
    )
    account = next(iter(accounts), None)
    if account is None:
        return
    with st.container(border=True), refusals_shown():
        st.subheader(escaped(account["name"]), anchor=False)
        record_table(
            [
                gate
                | {
                    "name": selection.MEASURES[gate["measure"]].name,
                    "then": _quantity(frame, gate, "value_then"),
                    "now": _quantity(frame, gate, "value_now"),
                    "must": bound_told(gate["bound"], _quantity(frame, gate, "threshold_then")),
                }
                for gate in selection.gates_then_and_now(frame.store, cycle, account)
                if gate["measure"] in selection.MEASURES
            ],
            [
                Column("name", _("Gate")),
                Column("must", _("Must be")),
                Column("then", _("Value as decided")),
                Column("verdict_then", _("As decided"), "status"),
                Column("now", _("Value now")),
                Column("verdict_now", _("Now"), "status"),
            ],
            key="cycle.gates",
            title=_("Gates as decided, and as the ledger says now"),
            empty=_("Nothing judged this account."),
        )
        with st.container(horizontal=True):
            link("account", _("Open the account"), account=account["account_id"])
            link("cycles", _("Close"), cycle=str(cycle.cycle_id))


def _compared_with(frame: Frame, cycle: selection.Cycle):
    words = {
        _SAME_DAY: _("The cycle's own day and criteria"),
        _TODAY: _("{day} by the criteria in force").format(day=day(frame.as_of)),
    }
    chosen = st.segmented_control(
        _("Now means"),
        list(words),
        default=_SAME_DAY,
        required=True,
        format_func=words.__getitem__,
        key=f"cycle.now.{cycle.cycle_id}",
        help=_("The first shows what corrections of the ledger do; the second what time and new criteria do."),
    )
    return frame.as_of if chosen == _TODAY else None


def _quantity(frame: Frame, gate: dict, which: str) -> str:
    value = gate[which]
    if value is None:
        return _("unknown")
    if gate["unit"] == "date":
        return str(value)
    return shown(float(value) if isinstance(value, str) else value, gate["unit"], frame.currency)
