"""Finding one account: a search cut by the database instead of a list of thousands."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kam.store import Condition
from kam.ui.frame import Frame
from kam.words import _

MOST_OFFERED = 50


def choose_account(
    frame: Frame,
    *,
    key: str,
    label: str | None = None,
    among: Sequence[tuple[str, str]] | None = None,
    chosen: str | None = None,
) -> str | None:
    """The account_id picked, or None. among: (account_id, name) pairs to choose from instead of searching.

    chosen: the one that is picked at first (of the address, say).
    """
    label = label or _("Account")
    if among is None:
        sought = st.text_input(_("Find an account by name or id"), key=f"{key}.sought", type="search", max_chars=100)
        found = frame.store.read(
            "ledgers.accounts",
            columns=("account_id", "name"),
            search=(sought, ("name", "account_id")) if sought else None,
            order_by=[("name", False), ("account_id", False)],
            limit=MOST_OFFERED,
        )
        offered = dict(found.rows)
        if chosen and not sought and chosen not in offered:
            here = frame.store.one("ledgers.accounts", where=[Condition("account_id", "=", chosen)])
            offered |= {here["account_id"]: here["name"]} if here else {}
        if found.total > len(found):
            st.caption(
                _("{shown} of {total} accounts are offered: type a part of the name to narrow them.").format(
                    shown=len(found), total=f"{found.total:,}"
                )
            )
    else:
        offered = dict(among)
    ids = list(offered)
    return st.selectbox(
        label,
        ids,
        index=ids.index(chosen) if chosen in ids else None,
        format_func=lambda account_id: f"{offered[account_id]} ({account_id})",
        placeholder=_("Choose an account"),
        key=f"{key}.account",
    )
