"""The right person for one account on screen: who suits it by gap, room, language and region, and the appointment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import managers, units
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.managers import BACKGROUNDS
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _


def right_person(frame: Frame) -> None:
    """Choose a key account, see who suits it, appoint with grounds."""
    held = frame.store.read("managers.holdings", {"as_of": frame.as_of}, order_by=[("name", False)]).records()
    if not held:
        st.info(_("There is no key account on this day: a manager is matched to one account."))
        return
    account_id = choose_account(
        frame,
        key="match",
        label=_("Key account"),
        among=[(row["account_id"], row["name"]) for row in held],
        chosen=frame.account_id,
    )
    if account_id is None:
        return
    account = next(row for row in held if row["account_id"] == account_id)
    facts(
        [
            ("", state(account["category"]) if account["category"] else state(None)),
            (_("Today's manager"), account["manager_name"] or _("nobody")),
            (_("Hours a year"), units.count(None if account["hours"] is None else int(account["hours"]))),
            (_("Region"), account["region"]),
            (_("Country"), account["country"]),
        ]
    )
    _demand(account["category"])
    offered = managers.candidates(frame.store, account_id, frame.as_of, for_whom=frame.person)
    record_table(
        [row | {"background": BACKGROUNDS.get(row["background"], row["background"])} | _told(row) for row in offered],
        [
            Column("name", _("Account manager")),
            Column("background", _("Background")),
            Column("weighted_gap", _("Gap"), "number", decimals=2, help=_gap_told()),
            Column("known", _("Known")),
            Column("gap_names", _("Below what is required")),
            Column("room", _("Room"), "status"),
            Column("speaks", _("Speaks the language")),
            Column("is_near", _("In the region")),
            Column("account_count", _("Key accounts"), "count"),
            Column("presence", _("Presence"), "status"),
        ],
        key="match_table",
        title=_("Who suits this account"),
        empty=_("No account manager is on record: import account managers."),
    )
    st.caption(
        _(
            "A match for this account alone, from every background: it ranks nobody in general, and an unknown level is "
            "no weakness but something to be rated."
        )
    )
    _appoint(frame, account, {row["manager_id"]: row for row in offered if not row["is_manager"]})


def _appoint(frame: Frame, account: Mapping[str, Any], offered: Mapping[str, Mapping[str, Any]]) -> None:
    if not offered:
        return
    # The key names the manager that was on the screen.
    with form(f"appoint.{account['account_id']}.{account['manager_id']}", _("Appoint")) as appointing:
        manager_id = st.selectbox(
            _("Account manager"), list(offered), format_func=lambda at: offered[at]["name"], index=None
        )
        grounds = st.multiselect(_("Grounds"), list(managers.GROUNDS), format_func=managers.GROUNDS.__getitem__)
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Why this person for this account"))
    if appointing.sent:
        with refusals_shown(appointing):
            done = managers.appoint(
                frame.store,
                account["account_id"],
                manager_id or "",
                grounds=grounds,
                reason=reason,
                as_of=frame.as_of,
                who=frame.person,
                op_id=appointing.op_id,
            )
            said = _("{name} manages {account} from {day} on; a handover is open.").format(
                name=offered[manager_id]["name"], account=account["name"], day=units.day(frame.as_of)
            )
            appointing.done(
                f"{said} {done.warning}" if done and done.warning else said,
                page="handovers",
                label=_("See the handovers"),
            )


def _demand(category: str | None) -> None:
    demand = managers.competency_model().demand([category])
    if not demand:
        st.info(_("The category of this account is unknown, and so is what it requires of its manager."))
        return
    said = ", ".join(
        _("{name} {level}").format(name=c.name, level=f"{demand[c.competency_id].level:g}")
        for c in managers.competency_model().competencies
    )
    st.markdown(escaped(_("It requires: {levels} (of 5).").format(levels=said)))


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    room = {True: "free", False: "no_room", None: None}[row["has_room"]]
    known = _("{known} of {all}").format(known=row["known_count"], all=row["required_count"])
    return {"room": room, "known": known}


def _gap_told() -> str:
    return _(
        "Sum of weight × levels missing, 0 at best; unknown until at least two others have rated every competency."
    )
