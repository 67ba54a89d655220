"""What heads an account's page on every tab: who it is, who stands behind it, how it stands; and a note in two clicks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import relationships
from kam.store import Condition
from kam.ui.account_capture import quick_capture
from kam.ui.account_labels import edit_labels, label_facts, read_labels
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.states import State, state
from kam.units import day, share, short_money
from kam.words import _


def account_header(frame: Frame) -> dict[str, Any]:
    """Draw the header of the account of the address; returns its record for the tabs.

    The record is its row of programme.account_list with member_count (accounts of its group), group_name, and what the
    header has read already: course (health now and a step before), people and standing of kam.relationships.
    """
    account = _record(frame)
    with st.container(key="account-header", gap="small"):
        facts(_standing_facts(frame, account))
        facts(_plain_facts(frame, account))
        facts(label_facts(frame, account))
        with st.container(horizontal=True):
            quick_capture(frame, account)
            edit_labels(frame, account)
    return account


def _record(frame: Frame) -> dict[str, Any]:
    store, account_id = frame.store, frame.account_id
    lists = {"as_of": frame.as_of, "level": "account"}
    this = [Condition("account_id", "=", account_id)]
    account = store.page("programme.account_list", lists, where=this, limit=1).records()[0]
    group = [Condition("group_id", "=", account["group_id"])]
    top = store.one("ledgers.accounts", where=[Condition("account_id", "=", account["group_id"])])
    # Who manages a key account is decided here; of any other people's word stands over the master's.
    held = store.one("managers.holdings", {"as_of": frame.as_of}, where=this)
    owner = store.one("portfolio.owners", {"as_of": frame.as_of}, where=this)
    people = relationships.stakeholders(store, account_id, frame.as_of)
    return account | {
        "member_count": store.page("programme.account_list", lists, where=group, limit=2).total,
        "group_name": top["name"],
        "manager": held["manager_name"] if held else owner["owner"],
        **read_labels(frame, account_id),
        "sponsor": store.one("sponsorship.roster_sponsors", {"as_of": frame.as_of}, where=this) or {},
        "course": relationships.course(store, account_id, frame.as_of, steps=2),
        "people": people,
        "standing": relationships.standing(store, people, account_id, frame.as_of),
    }


def health_state(course: relationships.Course) -> State:
    """Health as a badge: its points and change, in the tone of its state."""
    now, tones = course.now, {"healthy": "good", "watch": "soon", "poor": "bad", "thin": "none"}
    if now.index is None:
        return State(_("unknown"), "none")
    change = course.change
    moved = "" if change is None or round(change) == 0 else f" ({change:+.0f})".replace("-", "\N{MINUS SIGN}")
    thin = _(", thin evidence") if now.state == "thin" else ""
    return State(f"{now.index:.0f}{moved}{thin}", tones[now.state])


def _standing_facts(frame: Frame, account: Mapping[str, Any]) -> list[tuple[str, State | str | None]]:
    standing = account["standing"]
    stage = relationships.STAGES[standing.stage][0] if standing.stage else None
    is_rated = "ours" in standing.rated or "customers" in standing.rated
    return [
        ("", state(account["category"] or "key_account") if account["is_key_account"] else None),
        (_("Health"), health_state(account["course"])),
        (_("Buying"), state(account["activity_state"])),
        (_("Stage"), None if stage is None else stage if is_rated else _("{stage} by the records").format(stage=stage)),
        (_("Lifetime value"), _money(account["lifetime_value"], account, frame.currency)),
        (_("Contribution, 12 months"), _money(account["contribution_12m"], account, frame.currency)),
    ]


def _money(amount: Any, account: Mapping[str, Any], currency: str) -> str:
    if amount is None:
        return _("unknown")
    return ("≈\N{NO-BREAK SPACE}" if account["is_margin_estimated"] else "") + short_money(amount, currency)


def _plain_facts(frame: Frame, account: Mapping[str, Any]) -> list[tuple[str, State | str | None]]:
    sponsor = account["sponsor"]
    due = relationships.due_dates(frame.store, account["account_id"], frame.as_of)
    coming = next((row for row in due if not row["is_late"]), None)
    late = sum(row["is_late"] for row in due)
    return [
        (_("Our executive sponsor"), sponsor.get("executive_name") or (state("vacant") if sponsor else None)),
        (_("Overdue"), State(str(late), "bad") if late else None),
        (_("Account manager"), account["manager"]),
        (_("Group"), account["group_name"] if account["member_count"] > 1 else None),
        (_("Industry"), account["industry"]),
        (_("Region"), account["region"]),
        (_("Next date"), f"{day(coming['due_on'])}, {relationships.due_told(coming)}" if coming else None),
        (_("Last purchase"), day(account["last_order_on"])),
        (_("Confidence of health"), share(account["course"].now.confidence, decimals=0)),
    ]
