"""Handovers on screen: which are open and for how long, one with its checklist, and the pack as a page and a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kam import managers, units
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.words import _, several

KINDS = {"manager": _("Account manager"), "sponsor": _("Executive sponsor")}


def opened_handover(frame: Frame) -> managers.Handover | None:
    """The handover of ?handover=, or None; says so where there is none of that name."""
    asked = st.query_params.get("handover")
    if asked is None:
        return None
    with refusals_shown():
        return managers.handover_of(frame.store, asked, frame.as_of, for_whom=frame.person)
    return None


def handover_figures(frame: Frame) -> int:
    """How many handovers are open, the longest, and how long closed ones took; returns how many there are at all."""
    rows = frame.those_shown(frame.store.read("managers.handover_list", {"as_of": frame.as_of}).records())
    waiting = [row for row in rows if row["handover_state"] != "closed"]
    closed = sorted(row["days_taken"] for row in rows if row["handover_state"] == "closed")
    on_day = _("as of {day}").format(day=units.day(frame.as_of))
    opens = Rule(_("Open from the day the manager or sponsor changed until every item of the checklist is settled."))
    figures(
        {
            "label": _("Open handovers"),
            "value": len(waiting),
            "unit": "count",
            "period": on_day,
            "rule": opens,
        },
        {
            "label": _("Of those, nobody takes over"),
            "value": sum(row["handover_state"] == "vacant" for row in waiting),
            "unit": "count",
            "period": on_day,
            "rule": opens,
        },
        {
            "label": _("Longest open"),
            "value": max((row["days_taken"] for row in waiting), default=None),
            "unit": "days",
            "period": on_day,
            "unknown_because": _("none is open"),
            "rule": Rule(_("Days from the change to the day."), inputs=_longest(waiting)),
        },
        {
            "label": _("Days taken, median of closed"),
            "value": _middle(closed),
            "unit": "days",
            "period": several("{count} closed", "{count} closed", len(closed)),
            "unknown_because": _("none is closed yet"),
            "rule": Rule(_("Days from the change to the closing; the middle one of all that are closed.")),
        },
    )
    return len(rows)


def handover_table(frame: Frame) -> None:
    """Every handover, the open ones first; an account's name opens one."""
    relation_table(
        frame,
        "managers.handover_list",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account")),
            Column("kind", _("Of"), "words"),
            Column("from_name", _("From")),
            Column("to_name", _("To")),
            Column("handover_state", _("State"), "status"),
            Column("changed_on", _("Changed"), "date"),
            Column("days_taken", _("Days"), "days", help=_("From the change to the closing, or to the day.")),
            Column("settled_count", _("Settled"), "count", help=_("Items done or not needed; unknown until one is.")),
            Column("item_count", _("Items"), "count"),
            Column("closed_on", _("Closed"), "date"),
        ],
        key="handovers",
        title=_("Handovers"),
        where=frame.narrowing_by_account(),
        search=("name", "from_name", "to_name"),
        filters={"handover_state": _("State"), "kind": _("Of")},
        order_by=("handover_state", True),
        opens=("handovers", {"handover": "source"}),
        ids=("source", "account_id"),
    )


def handover_head(frame: Frame, handover: managers.Handover) -> None:
    """Which account, from whom to whom, since when, and the way back to all."""
    row = handover.row
    link("handovers", _("All handovers"))
    st.subheader(escaped(row["name"]), anchor=False)
    facts(
        [
            ("", state(row["handover_state"])),
            (_("Of"), KINDS[row["kind"]]),
            (_("From"), row["from_name"]),
            (_("To"), row["to_name"] or _("nobody yet")),
            (_("Changed"), units.day(row["changed_on"])),
            (_("Days"), units.count(row["days_taken"])),
        ]
    )
    link("account", _("Open the account"), account=row["account_id"])


def handover_checklist(frame: Frame, handover: managers.Handover) -> None:
    """The checklist, settling its items one after the other, and closing with what was learned."""
    row = handover.row
    left = handover.open_count
    st.markdown(
        f"**{escaped(several('{count} item is open', '{count} items are open', left) if left else _('Every item is settled'))}**"
    )
    record_table(
        handover.items,
        [
            Column("text", _("What is handed over")),
            Column("state", _("State"), "status"),
            Column("note", _("Note")),
            Column("marked_on", _("Day"), "date"),
            Column("marked_by", _("By")),
        ],
        key="checklist",
        title=_("Checklist"),
        empty="",
    )
    if row["handover_state"] == "closed":
        st.markdown(f"**{_('What was learned')}**")
        st.text(row["lessons"])
        return
    settle, close = st.columns(2, gap="large")
    with settle:
        st.subheader(_("Settle an item"), anchor=False)
        _settle(frame, handover)
    with close:
        st.subheader(_("Close the handover"), anchor=False)
        _close(frame, handover)


def _settle(frame: Frame, handover: managers.Handover) -> None:
    texts = {item["item_id"]: item["text"] for item in handover.items}
    first = next((at for at, item in enumerate(handover.items) if item["state"] == "open"), 0)
    # The key names how far it has come, so that the next open item is offered after each.
    source = handover.row["source"]
    with form(f"settle.{source}.{handover.open_count}", _("Settle it")) as settling:
        item_id = st.selectbox(_("Item"), list(texts), index=first, format_func=texts.__getitem__)
        outcome = st.radio(_("It is"), list(managers.MARKS), format_func=lambda code: state(code).word, horizontal=True)
        note = st.text_area(_("Note"), max_chars=2000, placeholder=_("Where it is not needed: why"))
    if settling.sent:
        with refusals_shown(settling):
            managers.mark(
                frame.store,
                source,
                item_id,
                state=outcome,
                note=note,
                as_of=frame.as_of,
                who=frame.person,
                op_id=settling.op_id,
            )
            settling.done(_("It is noted: {item}").format(item=texts[item_id]))


def _close(frame: Frame, handover: managers.Handover) -> None:
    with form(f"close_handover.{handover.row['source']}", _("Close it"), is_primary=False) as closing:
        lessons = st.text_area(
            _("Lessons"),
            max_chars=20_000,
            height=160,
            placeholder=_("What the next one will look for: what works with this customer, what never to do again"),
        )
    if closing.sent:
        with refusals_shown(closing):
            days = managers.close_handover(
                frame.store,
                handover.row["source"],
                lessons=lessons,
                as_of=frame.as_of,
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(
                several(
                    "The handover is closed after {count} day.", "The handover is closed after {count} days.", days or 0
                )
            )


def handover_pack(frame: Frame, account_id: str, handover: managers.Handover | None = None) -> None:
    """The pack of an account as a page, and the same as one HTML file."""
    found = managers.pack(frame.store, account_id, frame.as_of, for_whom=frame.person)
    st.download_button(
        _("Download the pack (HTML)"),
        lambda: managers.pack_html(
            found, currency=frame.currency, word=lambda code: state(code).word, handover=handover
        ),
        file_name=f"handover-{account_id}-{frame.as_of}.html",
        mime="text/html",
        on_click="ignore",
    )
    st.caption(_("Everything on record of this account; it holds personal data, so give it only to who takes over."))
    for filled in found.parts:
        _part(frame, filled)


def _part(frame: Frame, filled: managers.Filled) -> None:
    part = filled.part
    st.subheader(part.title, anchor=False)
    columns = [Column(name, label, unit) for name, label, unit in part.columns]
    rows: Sequence[dict[str, Any]] = filled.rows
    if part.is_facts and rows:
        rows = [
            {
                "what": label,
                "value": managers.shown_value(rows[0][name], unit, frame.currency, lambda code: state(code).word),
            }
            for name, label, unit in part.columns
        ]
        columns = [Column("what", _("What")), Column("value", _("On record"))]
    record_table(
        rows,
        columns,
        key=f"pack.{part.title}",
        title=part.title,
        empty=part.empty,
        currency=frame.currency,
    )
    if filled.total > len(filled.rows):
        st.caption(_("The first {shown} of {all} are shown.").format(shown=len(filled.rows), all=f"{filled.total:,}"))


def pack_of_account(frame: Frame) -> None:
    """The pack of any key account, without a change: to read before a visit, or to be ready."""
    from kam.ui.accounts import choose_account

    held = frame.store.read(
        "managers.holdings", {"as_of": frame.as_of}, columns=("account_id", "name"), order_by=[("name", False)]
    ).rows
    if not held:
        st.info(_("There is no key account on this day: packs are made of key accounts."))
        return
    account_id = choose_account(frame, key="pack", label=_("Key account"), among=held, chosen=frame.account_id)
    if account_id is not None:
        handover_pack(frame, account_id)


def _longest(waiting: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    latest = sorted(waiting, key=lambda row: -row["days_taken"])[:5]
    return [(row["name"], _("{days} days").format(days=row["days_taken"])) for row in latest]


def _middle(days: Sequence[int]) -> float | None:
    if not days:
        return None
    half = len(days) // 2
    return float(days[half]) if len(days) % 2 else (days[half - 1] + days[half]) / 2
