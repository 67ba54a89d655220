"""The frame of every page: title and question, as-of date, account filter, and what stops a page early.

Date and filter hold across pages and live in the address (`?as_of=&accounts=&account=`): what the address
asks for is taken when it changes (a link, a bookmark, the browser's back), else what was picked last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from kam import access, ledgers, portfolio
from kam.access import Person
from kam.store import Among, Condition, Store
from kam.ui import session, style
from kam.ui.empty import empty
from kam.ui.forms import form, show_message
from kam.ui.links import HELD, go, places
from kam.ui.refusals import refusals_shown
from kam.ui.text import escaped
from kam.units import day
from kam.words import _

# A month and a half: last month's lines should have come in by then.
STALE_AFTER_DAYS = 45
ALL, KEY, MINE, SEGMENT = "all", "key", "mine", "segment:"
_HOME = "home"  # the first page's name within Streamlit, which wants one of its own; nobody sees it
_PICKED = "ui.picked"
_OPENED = "ui.opened"  # session state: true once a page has been shown


@dataclass(frozen=True)
class Frame:
    """What a page needs to ask its question.

    accounts: `all`, `key`, `mine` or `segment:` and the name of a saved one; account_id: of the address, where it names one; is_empty: no order
    line is in the ledger up to today.
    """

    store: Store
    person: Person
    as_of: date
    accounts: str
    account_id: str | None
    currency: str
    is_empty: bool
    segment: tuple[Condition, ...] = ()

    def narrowing(self, *, key_column: str = "is_key_account") -> list[Condition]:
        """The account filter as conditions for a relation that has account_id and, for key accounts, key_column."""
        return [Condition(key_column, "=", True)] if self.accounts == KEY else self.narrowing_within()

    def narrowing_within(self) -> list[Condition]:
        """The same for a relation of key accounts only, which needs no more than account_id."""
        if self.accounts == MINE:
            return [_owned_by(self.person, self.as_of)]
        return list(self.segment)

    def narrowing_by_account(self) -> list[Condition]:
        """The same for any relation with account_id, whether it knows key accounts or not."""
        if self.accounts != KEY:
            return self.narrowing_within()
        among = Among(
            "portfolio.owners", (("as_of", self.as_of),), (Condition("is_key_account", "=", True),), label=KEY
        )
        return [Condition("account_id", "among", among)]

    def those_shown(self, things: Sequence[Any]) -> list[Any]:
        """Those of a list in memory (records or objects with account_id) that the filter shows.

        What is about no account (account_id None) stays.
        """
        where = self.narrowing()
        if not where or not things:
            return list(things)
        found = self.store.page("portfolio.owners", {"as_of": self.as_of}, where=where, columns=("account_id",))
        shown = {None, *found.column("account_id")}
        return [thing for thing in things if _account_of(thing) in shown]

    @property
    def keys_shown(self) -> str:
        """The filter of a link to a list, from a page that speaks of key accounts only: what is chosen, else all of them."""
        return KEY if self.accounts == ALL else self.accounts

    def says_whole(self) -> None:
        """Beneath figures that speak of the whole programme while the lists are narrowed: say so."""
        if self.accounts != ALL:
            st.caption(_("Figures and findings are of the whole programme; the lists show the accounts chosen."))


def _account_of(thing: Any) -> str | None:
    return thing["account_id"] if isinstance(thing, Mapping) else thing.account_id


def _owned_by(person: Person, as_of: date) -> Condition:
    """The accounts that a person owns on a day: as people decided it, else as the account master says."""
    owns = Condition("owner", "=", person.name)
    return Condition("account_id", "among", Among("portfolio.owners", (("as_of", as_of),), (owns,), label=person.name))


def navigation() -> None:
    """Configure, choose the page by its address, and run it. All of app.py."""
    st.set_page_config(page_title="KAM Workbench", layout="wide", page_icon=style.ICON)
    st.logo(style.LOGO, icon_image=style.ICON, size="large")
    groups: dict[str, list] = {}
    for number, place in enumerate(places()):
        shown = st.Page(place.file, title=place.title, url_path=place.name if number else _HOME, default=number == 0)
        groups.setdefault(place.group, []).append(shown)
    (first, *_others), *_groups = groups.values()
    # What opens first stands at the root alone: its own name is an address too, that leads there.
    by_name = st.Page(places()[0].file, title=first.title, url_path=places()[0].name, visibility="hidden")
    chosen = st.navigation(groups | {"": [by_name]}, expanded=True)
    # One click opens the menu again, as it closes on any other page.
    is_focused = chosen.url_path in {place.name for place in places() if place.is_focused}
    st.set_page_config(initial_sidebar_state="collapsed" if is_focused else "auto")
    with refusals_shown():
        if chosen.url_path == by_name.url_path:
            st.session_state[_OPENED] = True
            st.switch_page(first, query_params=st.query_params.to_dict())
        _open_own_page(chosen.url_path)
        chosen.run()


def _open_own_page(asked: str) -> None:
    """The first page of a visit, where none was asked for: an executive's own accounts instead of the programme."""
    if asked or st.session_state.setdefault(_OPENED, False):
        st.session_state[_OPENED] = True
        return
    person = session.person()
    st.session_state[_OPENED] = person is not None
    if person is not None and person.role == "executive":
        go("my_accounts")


def page(title: str, question: str, *, needs_ledger: bool = True, of_account: bool = False) -> Frame:
    """The page's frame; stops the page where the store, the person or (needs_ledger) the ledger is missing.

    title: in the menu's words. question: the one question that the page answers. of_account: the page is about
    the account of the address, whose name heads it; without one, or an unknown one, it asks which.
    """
    _leave_the_old_menu()
    style.apply()
    store = _store_or_stop()
    person = session.person() or _choose_person(store)
    facts = ledgers.extent(store)
    is_empty = not facts["line_count"]
    at_hand = st.sidebar.container()
    as_of, accounts = _pickers(store, person)
    account_id = st.query_params.get("account")
    account = _account(store, account_id) if of_account else None
    st.title(escaped(account["name"]) if account else title, anchor=False)
    scope = {ALL: "", KEY: _("key accounts"), MINE: _("my accounts")}.get(accounts) or accounts.removeprefix(SEGMENT)
    segment = _segment(store, accounts, as_of)
    st.caption(
        " · ".join(
            [
                question,
                *_freshness(as_of, facts["last_order_on"]),
                *([] if accounts == ALL or account else [escaped(scope)]),
            ]
        )
    )
    show_message()
    if needs_ledger and is_empty:
        empty(
            _("There is no ledger yet."),
            _("Import accounts and order lines first; this page fills from them."),
            page="import",
            label=_("Import a ledger"),
        )
        st.stop()
    if needs_ledger:
        _stop_before_the_ledger(store, as_of)
    frame = Frame(
        store=store,
        person=person,
        as_of=as_of,
        accounts=accounts,
        account_id=account_id,
        currency=store.setting("currency") or "",
        is_empty=is_empty,
        segment=segment,
    )
    if not is_empty:
        _draw_at_hand(frame, at_hand)
    if of_account and account is None:
        _ask_for_account(frame)
    return frame


def _segment(store: Store, accounts: str, as_of: date) -> tuple[Condition, ...]:
    """The conditions of the saved segment that is the filter. A segment that asks for what is gone stops the page."""
    if not accounts.startswith(SEGMENT):
        return ()
    with refusals_shown():
        saved = portfolio.segment_named(store, accounts.removeprefix(SEGMENT))
        return tuple(portfolio.conditions_of(store, saved.conditions, as_of))
    st.stop()


def _draw_at_hand(frame: Frame, place: Any) -> None:
    """Search and the menu of new records, in the place kept for them."""
    # Here, because the forms of the menu know the frame.
    from kam.ui.finding import at_hand

    with place:
        at_hand(frame)


def _account(store: Store, account_id: str | None) -> dict | None:
    if account_id is None:
        return None
    return store.one(
        "ledgers.accounts", where=[Condition("account_id", "=", account_id)], columns=("account_id", "name")
    )


def _ask_for_account(frame: Frame) -> None:
    """Ask which account the page is about; never returns."""
    from kam.ui.accounts import choose_account

    if frame.account_id is not None:
        st.error(
            escaped(
                _("There is no account {account_id} in this workbench: find it by name, or import it.").format(
                    account_id=frame.account_id
                )
            )
        )
    chosen = choose_account(frame, key="which")
    if chosen is not None:
        st.query_params["account"] = chosen
        st.rerun()
    st.stop()


def _freshness(as_of: date, last_order_on: date | None) -> list[str]:
    """The as-of date, and how far the ledger reaches where that is another day; stale data looks it."""
    said = [_("as of {day}").format(day=day(as_of))]
    if last_order_on is not None and last_order_on < as_of:
        until = _("ledger up to {day}").format(day=day(last_order_on))
        said.append(f":orange[▲ {until}]" if (as_of - last_order_on).days > STALE_AFTER_DAYS else until)
    return said


def _leave_the_old_menu() -> None:
    """Let app.py run first even for the very first visitor who opens a page's address.

    Until st.navigation has been called once in the process, Streamlit takes a folder named `pages` for its
    older kind of menu and runs the page's file alone.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def _store_or_stop() -> Store:
    with refusals_shown():
        return session.store()
    st.stop()


def _stop_before_the_ledger(store: Store, as_of: date) -> None:
    with refusals_shown():
        ledgers.check_as_of(store, as_of)
        return
    st.stop()


def _choose_person(store: Store) -> Person:
    """The first start: who works here. Stops the page until someone is chosen."""
    st.title(_("Welcome to the KAM Workbench"), anchor=False)
    st.write(_("Decisions are recorded with the name of the person who makes them. Who are you?"))
    known = access.people(store)
    if known:
        with form("choose_known", _("Start as this person"), width=560) as offered:
            names = {p.person_id: f"{p.name} ({access.ROLES[p.role]})" for p in known}
            person_id = st.radio(_("People of this workbench"), list(names), format_func=names.__getitem__)
        if offered.sent:
            with refusals_shown(offered):
                access.choose(store, next(p for p in known if p.person_id == person_id), op_id=offered.op_id)
                offered.done(_("Welcome. The programme as it stands today is below."))
    with form("choose_new", _("Start"), is_primary=not known, width=560) as new:
        name = st.text_input(_("Name"), max_chars=120, placeholder=_("First and last name"))
        role = st.selectbox(_("Role"), list(access.ROLES), format_func=access.ROLES.__getitem__)
    if new.sent:
        with refusals_shown(new):
            access.choose(store, access.person_named(name, role), op_id=new.op_id)
            new.done(_("Welcome. The programme as it stands today is below."))
    st.stop()


def _pickers(store: Store, person: Person) -> tuple[date, str]:
    """The as-of date and account filter in force; drawn in the sidebar, held in session and address."""
    held = _held(person, store)
    st.session_state["pick.as_of"] = held[0]
    st.session_state["pick.accounts"] = held[1]
    names = {ALL: _("All"), KEY: _("Key accounts")}
    if _owns_accounts(store, person, held[0]):
        names[MINE] = _("Mine")
    for segment in portfolio.saved_segments(store):
        names[SEGMENT + segment.name] = segment.name
    if held[1] not in names:
        names[held[1]] = held[1].removeprefix(SEGMENT)
    with st.sidebar:
        st.date_input(
            _("As of"),
            key="pick.as_of",
            format="YYYY-MM-DD",
            min_value=date(1970, 1, 1),
            max_value=date(2100, 1, 1),
            on_change=_picked,
            help=_("Every figure is what was known on this day."),
        )
        st.selectbox(
            _("Accounts shown"),
            list(names),
            format_func=names.__getitem__,
            key="pick.accounts",
            on_change=_picked,
        )
        st.caption(escaped(f"{person.name}, {access.ROLES[person.role]}"))
    _write_address(*held)
    return held


def _picked() -> None:
    as_of = st.session_state["pick.as_of"]
    if as_of is not None:
        st.session_state[_PICKED] = {"as_of": as_of.isoformat(), "accounts": st.session_state["pick.accounts"]}


def _held(person: Person, store: Store) -> tuple[date, str]:
    """In force: what a changed address asks for, else what was picked, else the ledger's last day and all."""
    asked = {name: st.query_params[name] for name in ("as_of", "accounts") if name in st.query_params}
    picked = st.session_state.setdefault(_PICKED, {})
    if asked and asked != st.session_state.get(HELD):
        if _day(asked.get("as_of", "")) is None:
            asked.pop("as_of", None)
        picked |= asked
    as_of = _day(picked.get("as_of", "")) or session.default_as_of()
    return as_of, _filter(picked.get("accounts", ALL), store, person, as_of)


def _write_address(as_of: date, accounts: str) -> None:
    wanted = {"as_of": as_of.isoformat(), "accounts": accounts}
    for name, value in wanted.items():
        if st.query_params.get(name) != value:
            st.query_params[name] = value
    st.session_state[HELD] = wanted


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _filter(text: str, store: Store, person: Person, as_of: date) -> str:
    if text.startswith(SEGMENT) or (text == MINE and _owns_accounts(store, person, as_of)):
        return text
    return KEY if text == KEY else ALL


def _owns_accounts(store: Store, person: Person, as_of: date) -> bool:
    if person.role != "account_manager":
        return False
    where = [Condition("owner", "=", person.name)]
    return bool(store.page("portfolio.owners", {"as_of": as_of}, where=where, columns=("account_id",), limit=1).rows)
