"""The pages, their places in the menu and their addresses, and links between them.

An address holds the as-of date and the account filter, so that a link shows what its sender saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from kam.words import _

ROOT = Path(__file__).resolve().parents[2]
WANTED_TAB = "ui.wanted_tab"  # session state: the tab that a link asked for
HELD = "ui.held"  # session state: the as-of date and account filter in force, as address text


@dataclass(frozen=True)
class Place:
    """A page of the workbench. name: its address and its file's stem; is_focused: people work on it together, without the menu."""

    name: str
    title: str
    group: str
    is_focused: bool = False

    @property
    def file(self) -> str:
        """The page's file, relative to app.py."""
        return f"pages/{self.name}.py"


PLACES = (
    Place("today", _("Today"), _("Programme")),
    Place("roster", _("Roster"), _("Programme")),
    Place("champion", _("Champion"), _("Programme")),
    Place("change", _("Programme change"), _("Programme")),
    Place("criteria", _("Criteria"), _("Programme")),
    Place("assessments", _("Assessments"), _("Programme")),
    Place("candidates", _("Candidates"), _("Programme")),
    Place("matrix", _("Matrix"), _("Programme")),
    Place("robustness", _("Robustness"), _("Programme")),
    Place("how_many", _("How many"), _("Programme")),
    Place("cycles", _("Cycle and decisions"), _("Programme")),
    Place("reviews", _("Reviews"), _("Programme")),
    Place("review", _("Review"), _("Programme"), is_focused=True),
    Place("programme_review", _("Programme review"), _("Programme")),
    Place("benchmarking", _("Benchmarking"), _("Programme")),
    Place("practices", _("Best practices"), _("Programme")),
    Place("customer_priorities", _("What customers say matters"), _("Programme")),
    Place("accounts", _("Accounts"), _("Accounts")),
    Place("account", _("Account"), _("Accounts")),
    Place("follow_ups", _("Follow-ups"), _("Accounts")),
    Place("segments", _("Segments"), _("Accounts")),
    Place("plays", _("Plays"), _("Accounts")),
    Place("knowledge", _("Knowledge"), _("Accounts")),
    Place("plans", _("Plans"), _("Accounts")),
    Place("service", _("Service"), _("Accounts")),
    Place("rhythm", _("Rhythm"), _("Accounts")),
    Place("dates", _("Dates to remember"), _("Accounts")),
    Place("referrals", _("Referrals"), _("Accounts")),
    Place("value", _("Value"), _("Value")),
    Place("cost_to_serve", _("Cost to serve"), _("Value")),
    Place("lifetime_value", _("Lifetime value"), _("Value")),
    Place("my_accounts", _("My accounts"), _("People")),
    Place("scenarios", _("Scenarios"), _("Value")),
    Place("sponsors", _("Our sponsors"), _("People")),
    Place("sponsorship", _("Sponsorship overview"), _("People")),
    Place("managers", _("Account managers"), _("People")),
    Place("handovers", _("Handovers"), _("People")),
    Place("import", _("Import"), _("Data")),
    Place("quality", _("Data quality"), _("Data")),
    Place("settings", _("Settings"), _("Data")),
)


def places() -> list[Place]:
    """The pages that exist, in the order of the menu."""
    return [place for place in PLACES if (ROOT / place.file).is_file()]


def place(name: str) -> Place | None:
    """The page of this name, or None where it does not exist."""
    return next((p for p in places() if p.name == name), None)


def query(**more: str | None) -> dict[str, str]:
    """The query of an address: the as-of date and account filter in force, and `more`."""
    held = st.session_state.get(HELD, {})
    return {k: str(v) for k, v in (held | more).items() if v is not None}


def address(page: str, **more: str | None) -> str:
    """`account?as_of=…&account=…`: an address relative to any page."""
    return f"{page}?{urlencode(query(**more))}"


def link(page: str, label: str | None = None, **more: str | None) -> None:
    """A link to a page in the same tab, keeping date and filter. label: its title without; escape text from data."""
    label = label or next(p.title for p in PLACES if p.name == page)
    target = place(page)
    if target is None:
        st.caption(label)
    else:
        st.page_link(target.file, label=label, query_params=query(**more))


def asked(name: str) -> str:
    """What the address asks of the open page by this name, or an empty text.

    A link to the page that is open already leaves the browser's address as it was, and the next click would open what
    was open before: where the value has changed, the address is written anew.
    """
    slot, value = f"ui.asked.{name}", st.query_params.get(name, "")
    if st.session_state.get(slot, value) != value:
        if value:
            st.query_params[name] = value
        else:
            st.query_params["accounts"] = query().get("accounts", "all")
    st.session_state[slot] = value
    return value


def go(page: str, **more: str | None) -> None:
    """Open a page now, keeping date and filter. tab: the label of the tab to open there."""
    target = place(page)
    if target is None:
        return
    # The address may not be given a value that tabs of the page we leave are bound to: the next page's tabs take it.
    st.session_state[WANTED_TAB] = more.pop("tab", None)
    st.switch_page(target.file, query_params=query(**more))
