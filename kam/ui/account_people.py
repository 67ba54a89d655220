"""The people of an account, on its page: the finding, the pictures, the list, and writing down what was observed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import relationships
from kam.ui.account_contacts import add_contact, change_contact
from kam.ui.cells import Column
from kam.ui.empty import empty
from kam.ui.figures import Rule, figures, months_to
from kam.ui.frame import Frame
from kam.ui.people_charts import attitude_map, contact_matrix, org_chart
from kam.ui.states import status
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import day, share
from kam.words import _, several

_COLUMNS = [
    Column("name", _("Contact")),
    Column("state", _("State"), "status"),
    Column("role", _("Role")),
    Column("influence", _("Influence, 1 to 5"), "count"),
    Column("attitude", _("Attitude, −2 to 2"), "count"),
    Column("strength", _("Contact strength"), "status"),
    Column("last_contact_on", _("Last contact"), "date"),
    Column("our_owner", _("Our owner")),
    Column("title", _("Title")),
    Column("influence_status", _("Influence is"), "status"),
    Column("attitude_status", _("Attitude is"), "status"),
]
# In the file, and in the list of facts; an address takes more room than a table has.
_MORE = [Column("email", _("Email")), Column("phone", _("Phone"))]


def account_people(frame: Frame, account: Mapping[str, Any]) -> None:
    """Coverage, support and threads with their warnings; org chart, map and matrix; the contacts and what is known."""
    people: relationships.Stakeholders = account["people"]
    here = [row for row in people.contacts if row["is_here"]]
    if people.contacts:
        _figures(frame, people)
        _warnings(frame, people)
        left, right = st.columns(2, gap="large")
        with left:
            org_chart(
                here,
                title=_("Who reports to whom"),
                subtitle=_("Thick: influence of 4 or more"),
                empty=_("No reporting line is on record: say below who reports to whom."),
            )
        with right:
            attitude_map(
                here,
                key="attitudes",
                title=_attitude_told(people),
                subtitle=_("Influence and attitude, as of {day}; rings: not in touch").format(day=day(frame.as_of)),
                empty=_("Nobody's influence and attitude are both known: write them down below."),
            )
        contact_matrix(
            here,
            people.threads,
            key="matrix",
            title=_threads_told(people),
            subtitle=_("Strength of contact, and interactions, {months}").format(months=months_to(frame.as_of)),
            empty=_("No interaction names a contact and a person of ours: import interactions, or note them above."),
        )
        _contacts(frame, people)
    else:
        empty(
            _("No contact is on record."),
            _("Import contacts, or add the first person below."),
            page="import",
            label=_("Import contacts"),
        )
    left, right = st.columns(2, gap="large")
    with left, st.expander(_("Write down what is known of a contact")):
        change_contact(frame, account)
    with right, st.expander(_("Add a contact"), expanded=not people.contacts):
        add_contact(frame, account)


def _figures(frame: Frame, people: relationships.Stakeholders) -> None:
    on_day = _("as of {day}").format(day=day(frame.as_of))
    missing = (
        several(
            "{count} contact without an influence", "{count} contacts without an influence", people.without_influence
        )
        if people.without_influence
        else ""
    )
    figures(
        {
            "label": _("Coverage"),
            "value": people.coverage,
            "unit": "share",
            "period": on_day,
            "unknown_because": _("unknown: nobody's influence is on record"),
            "rule": Rule(
                _("Influence of the contacts who are in touch, over that of all who are there."), missing=missing
            ),
        },
        {
            "label": _("Support"),
            "value": None if people.support is None else f"{people.support:+.2f}".replace("-", "\N{MINUS SIGN}"),
            "period": _("from −1 hostile to 1 advocates"),
            "unknown_because": _("unknown: needs influence and attitude"),
            "rule": Rule(_("Σ influence × attitude / (2 Σ influence), over contacts whose both are known.")),
        },
        {
            "label": _("Effective threads"),
            "value": None if people.threads_count is None else f"{people.threads_count:.2f}",
            "period": months_to(frame.as_of),
            "unknown_because": _("unknown: no contact strength"),
            "rule": Rule(
                _(
                    "1 / Σ share², shares of our people in all contact strength (brief 1, several 2, in depth 3): "
                    "as if that many of ours held the account in equal parts."
                )
            ),
        },
    )


def _warnings(frame: Frame, people: relationships.Stakeholders) -> None:
    for row in people.contacts:
        if row["left_on"] is not None:
            said = _("{name} left on {day}: say who follows.").format(name=row["name"], day=day(row["left_on"]))
            st.markdown(f"{status('left')} {escaped(said)}")
    if people.is_single_thread:
        said = _("{person} alone holds {share} of all contact: bring a second person of ours in.").format(
            person=people.holder, share=share(people.largest_share, decimals=0)
        )
        st.markdown(f":orange-badge[▲ {_('single thread')}] {escaped(said)}")
    if people.blind_spots:
        said = _("Influential and not in touch: {names}.").format(names=", ".join(people.blind_spots))
        st.markdown(f"{status('blind_spot')} {escaped(said, longest=600)}")


def _attitude_told(people: relationships.Stakeholders) -> str:
    if people.support is None:
        return _("Where they stand is not known")
    if people.support > 0.25:
        return _("The influential are for us")
    return _("The influential are against us") if people.support < -0.25 else _("The influential are divided")


def _threads_told(people: relationships.Stakeholders) -> str:
    if people.holder is None:
        return _("Who of ours knows whom is not on record")
    return _("{person} holds {share} of the contact").format(
        person=people.holder, share=share(people.largest_share, decimals=0)
    )


def _contacts(frame: Frame, people: relationships.Stakeholders) -> None:
    rows = [
        row
        | {"state": _state(row)}
        | {column: _known(row[column]) for column in ("influence_status", "attitude_status")}
        for row in people.contacts
    ]
    record_table(rows, _COLUMNS, key="contacts", title=_("Contacts"), empty="", currency=frame.currency)
    record_downloads(
        frame,
        rows,
        [*_COLUMNS, *_MORE],
        key="contacts",
        title=_("Contacts"),
        ids=("contact_id", "account_id", "reports_to"),
    )
    with st.expander(_("Each fact with its day and source")):
        facts = frame.store.read(
            "relationships.contact_facts",
            {"as_of": frame.as_of, "of_account": people.contacts[0]["account_id"]},
            order_by=[("contact_id", False), ("attribute", False)],
        )
        names = {row["contact_id"]: row["name"] for row in people.contacts}
        record_table(
            [
                row
                | {
                    "name": names.get(row["contact_id"]),
                    "fact": relationships.FACTS[row["attribute"]],
                    "status": _known(row["status"]),
                    "value": names.get(row["value"], row["value"])
                    if row["attribute"] == "reports_to"
                    else row["value"],
                }
                for row in facts
            ],
            [
                Column("name", _("Contact")),
                Column("fact", _("Fact")),
                Column("value", _("Value")),
                Column("status", _("Known"), "status"),
                Column("observed_on", _("Day"), "date"),
                Column("source", _("How it is known")),
                Column("recorded_by", _("By")),
            ],
            key="facts",
            title=_("Facts about contacts"),
            empty=_("Nothing is known."),
        )


def _known(status: str | None) -> str | None:
    """How a fact is known, as a code of status words: what only an import says is neither good nor bad."""
    return "by_import" if status == "imported" else status


def _state(row: Mapping[str, Any]) -> str:
    if not row["is_here"]:
        return "left"
    return "in_touch" if row["is_active"] else "blind_spot" if row["is_blind_spot"] else "not_in_touch"
