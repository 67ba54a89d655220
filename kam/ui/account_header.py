"""What heads an account's page on every tab: who it is, who stands behind it, where it stands."""

from __future__ import annotations

from typing import Any

from kam.store import Condition
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.states import state
from kam.units import day
from kam.words import _


def account_header(frame: Frame) -> dict[str, Any]:
    """Draw the header of the account of the address; returns its record for the tabs.

    The record is its row of programme.account_list with member_count (accounts of its group) and group_name.
    """
    store, on_day = frame.store, {"as_of": frame.as_of}
    this = [Condition("account_id", "=", frame.account_id)]
    lists = on_day | {"level": "account"}
    account = store.page("programme.account_list", lists, where=this, limit=1).records()[0]
    group = [Condition("group_id", "=", account["group_id"])]
    account["member_count"] = store.page("programme.account_list", lists, where=group, limit=2).total
    account["group_name"] = store.one("ledgers.accounts", where=[Condition("account_id", "=", account["group_id"])])[
        "name"
    ]
    sponsor = store.one("sponsorship.roster_sponsors", on_day, where=this) or {}
    facts(
        [
            ("", state(account["category"] or "key_account") if account["is_key_account"] else None),
            (_("Buying"), state(account["activity_state"])),
            (_("Our executive sponsor"), sponsor.get("executive_name") or (state("vacant") if sponsor else None)),
            (_("Account manager"), account["owner"]),
            (_("Group"), account["group_name"] if account["member_count"] > 1 else None),
            (_("Industry"), account["industry"]),
            (_("Region"), account["region"]),
            (_("Last purchase"), day(account["last_order_on"])),
        ]
    )
    return account
