"""An executive's own page: the accounts that they stand behind, and what they do next. Made for a phone first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from kam import documents, sponsorship, units
from kam.store import Condition
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.states import TONES, State, status
from kam.ui.text import escaped, plain
from kam.words import _, several

_KINDS = {"visit": _("Visit"), "call": _("Call"), "plan_review": _("Plan review")}


def choose_executive(frame: Frame) -> Mapping[str, Any] | None:
    """The executive whose page it is: of the address, else the one who is at work here; a row of executive_load.

    None where none of our executives is on record.
    """
    load = frame.store.read(
        "sponsorship.executive_load",
        {"as_of": frame.as_of},
        where=[Condition("is_on_record", "=", True)],
        order_by=[("name", False), ("executive_id", False)],
    ).records()
    rows = {row["executive_id"]: row for row in load}
    if not rows:
        return None
    asked = st.query_params.get("executive")
    own = next((e for e, row in rows.items() if row["name"].casefold() == frame.person.name.casefold()), None)
    first = asked if asked in rows else own or max(rows, key=lambda e: rows[e]["account_count"])
    ids = list(rows)
    chosen = st.selectbox(
        _("Executive"),
        ids,
        index=ids.index(first),
        format_func=lambda e: f"{rows[e]['name']}, {rows[e]['title']}",
        key="my.executive",
        width=420,
    )
    st.query_params["executive"] = chosen
    return rows[chosen]


def my_answer(frame: Frame, executive: Mapping[str, Any], roster: Sequence[Mapping[str, Any]]) -> None:
    """Where the executive stands, in a sentence."""
    mine = [Condition("executive_id", "=", executive["executive_id"]), *frame.narrowing_by_account()]
    late = frame.store.read(
        "sponsorship.promise_list", {"as_of": frame.as_of}, where=[*mine, Condition("promise_state", "=", "overdue")]
    ).total
    overdue = sum(row["contact_state"] == "overdue" for row in roster)
    said = [
        several("You stand behind {count} key account:", "You stand behind {count} key accounts:", len(roster)),
        several("{count} visit is overdue,", "{count} visits are overdue,", overdue),
        several("{count} promise is late.", "{count} promises are late.", late),
    ]
    planned = [row["next_contact_on"] for row in roster if row["next_contact_on"] is not None]
    said.append(
        _("Your next contact is on {day}.").format(day=units.day(min(planned)))
        if planned
        else _("No contact of yours is planned.")
    )
    st.markdown(f"**{escaped(' '.join(said))}**")
    if executive["left_on"] is not None:
        st.warning(escaped(_("Recorded as having left on {day}.").format(day=units.day(executive["left_on"]))))
    if executive["hours_given"] is not None and executive["hours_needed"] is not None:
        st.caption(
            escaped(
                _("They ask {asked:,.0f} of the {given:,.0f} hours a year that you give.").format(
                    asked=executive["hours_needed"], given=executive["hours_given"]
                )
            )
        )


def my_sponsorships(frame: Frame, roster: Sequence[Mapping[str, Any]]) -> None:
    """Each account with its contacts and three things to know before the next one."""
    ids = [row["account_id"] for row in roster]
    with refusals_shown():
        things = sponsorship.three_things(frame.store, ids, frame.as_of, for_whom=frame.person)
        among = [Condition("account_id", "one_of", ids)]
        cadence: dict[str, list[dict]] = {}
        for row in frame.store.read("sponsorship.cadence", {"as_of": frame.as_of}, where=among):
            cadence.setdefault(row["account_id"], []).append(row)
        for row in roster:
            _sponsorship(frame, row, cadence.get(row["account_id"], []), things.get(row["account_id"], []))


def _sponsorship(
    frame: Frame, row: Mapping[str, Any], cadence: Sequence[Mapping[str, Any]], things: Sequence[sponsorship.Thing]
) -> None:
    st.subheader(escaped(row["name"]), anchor=False)
    category = status(row["category"]) if row["category"] else ""
    due = [
        f"{_KINDS[kind['kind']]} {status(kind['cadence_state'])}"
        for kind in sorted(cadence, key=lambda kind: list(_KINDS).index(kind["kind"]))
        if kind["cadence_state"] != "none" or kind["kind"] == "visit"
    ]
    st.markdown(" ".join([category, *due]))
    st.caption(
        escaped(
            _("Last visit {last} · next contact {planned} · account manager {owner}").format(
                last=units.day(row["last_contact_on"]),
                planned=units.day(row["next_contact_on"]) if row["next_contact_on"] else _("not planned"),
                owner=row["owner"] or _("unknown"),
            )
        )
    )
    # The shape says the tone beside the colour.
    st.markdown(
        "\n".join(
            f"{place}. :{TONES[thing.tone][1]}[{State('', thing.tone).shape}] {escaped(thing.sentence)}"
            for place, thing in enumerate(things, 1)
        )
        or escaped(_("No rule has anything to say."))
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            _("Brief"),
            data=lambda: _printed(frame, row["account_id"]).content(),
            file_name=_file_name(frame, row["account_id"]),
            mime=documents.PAGE_MIME,
            on_click="ignore",
            icon=":material/download:",
            key=f"my.brief.{row['account_id']}",
            help=_("One page A4. Opens in any browser, which prints it or saves it as PDF."),
        )
        link("account", _("Open the account"), account=row["account_id"])


def _printed(frame: Frame, account_id: str) -> documents.Page:
    return documents.brief_page(sponsorship.brief(frame.store, account_id, frame.as_of, for_whom=frame.person))


def _file_name(frame: Frame, account_id: str) -> str:
    return f"brief-{plain(account_id)}-{frame.as_of.isoformat()}.html"


def my_brief(frame: Frame, roster: Sequence[Mapping[str, Any]]) -> None:
    """The one-page brief of an account: to read here, to print, or to send as a file."""
    ids = [row["account_id"] for row in roster]
    names = {row["account_id"]: row["name"] for row in roster}
    account_id = st.selectbox(
        _("Brief about"),
        ids,
        index=ids.index(frame.account_id) if frame.account_id in ids else 0,
        format_func=names.__getitem__,
        key="my.brief",
        width=420,
    )
    with refusals_shown():
        printed = _printed(frame, account_id)
        st.download_button(
            _("Brief to print or send"),
            data=printed.content(),
            file_name=_file_name(frame, account_id),
            mime=documents.PAGE_MIME,
            on_click="ignore",
            type="primary",
            icon=":material/download:",
            key="my.brief.file",
            help=_("One page A4. Opens in any browser, which prints it or saves it as PDF."),
        )
        st.html(f"<style>{documents.page_style()}</style>{printed.body()}")


def my_calendar(frame: Frame, where: Sequence[Condition]) -> None:
    """The planned contacts as a calendar file."""
    planned = frame.store.read(
        "sponsorship.appointment_list",
        {"as_of": frame.as_of},
        where=[*where, Condition("state", "=", "planned"), Condition("planned_on", ">=", frame.as_of)],
        order_by=[("planned_on", False), ("appointment_id", False)],
    ).records()
    if not planned:
        return
    st.download_button(
        several("{count} contact for your calendar", "{count} contacts for your calendar", len(planned)),
        data=lambda: documents.calendar(
            documents.visit_entries(planned), stamped_at=datetime.now(UTC).replace(tzinfo=None)
        ),
        file_name="sponsor-contacts.ics",
        mime=documents.CALENDAR_MIME,
        on_click="ignore",
        icon=":material/event:",
        key="my.calendar",
        help=_("A calendar file (.ics). Opening it again brings changed contacts up to date."),
    )
