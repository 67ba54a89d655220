"""Forms about contacts: what is known of one, and a new person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import relationships
from kam.ui.forms import Form, form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.words import _, several


def change_contact(frame: Frame, account: Mapping[str, Any]) -> None:
    """Write down what is known of a contact: only what was changed, or is named as still true, becomes an observation."""
    contacts = {row["contact_id"]: row for row in account["people"].contacts}
    if not contacts:
        st.caption(_("No contact is on record: add the first person."))
        return
    chosen = st.selectbox(
        _("Contact"),
        list(contacts),
        format_func=lambda at: contacts[at]["name"],
        index=None,
        placeholder=_("Choose a contact"),
        key="contact.chosen",
    )
    if chosen is None:
        return
    held = contacts[chosen]
    with form(f"contact.{chosen}", _("Save what is known")) as changing:
        typed = _fields(frame, account, changing, held)
        still_true = st.multiselect(
            _("Still true, though unchanged"),
            [name for name in typed if typed[name] not in (None, "")],
            format_func=relationships.FACTS.__getitem__,
            key=f"contact.{changing.op_id}.true",
        )
        known, source = _evidence(changing)
        version = changing.version(held["version"])
    if changing.sent:
        with refusals_shown(changing):
            facts = relationships.changed(held, typed) | {name: typed[name] for name in still_true}
            count = relationships.observe(
                frame.store,
                account["account_id"],
                chosen,
                facts,
                status=known,
                source=source,
                observed_on=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=changing.op_id,
            )
            facts_told = several("{count} fact", "{count} facts", count or 0)
            changing.done(_("Written down about {name}: {facts}.").format(name=held["name"], facts=facts_told))


def add_contact(frame: Frame, account: Mapping[str, Any], *, slot: str = "") -> None:
    """Add a person whom no import has brought. slot: tells the form from another on the page."""
    with form(f"contact.new{slot}", _("Add the contact"), is_primary=False) as adding:
        typed = _fields(frame, account, adding, {})
        known, source = _evidence(adding)
    if adding.sent:
        with refusals_shown(adding):
            relationships.add_contact(
                frame.store,
                account["account_id"],
                typed.pop("name"),
                typed,
                status=known,
                source=source,
                added_on=frame.as_of,
                who=frame.person,
                op_id=adding.op_id,
            )
            adding.done(_("The contact is added."))


def _evidence(saving: Form) -> tuple[str, str]:
    known = st.radio(
        _("It is"),
        list(relationships.STATUSES),
        format_func=relationships.STATUSES.__getitem__,
        horizontal=True,
        key=f"contact.{saving.op_id}.status",
    )
    source = st.text_input(_("How we know it"), max_chars=500, key=f"contact.{saving.op_id}.source")
    return known, source


def _fields(frame: Frame, account: Mapping[str, Any], saving: Form, held: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as typed, in the names of kam.relationships.FACTS, filled with what is held."""
    key = f"contact.{saving.op_id}"
    is_new = not held
    bosses = {
        row["contact_id"]: row["name"]
        for row in account["people"].contacts
        if row["is_here"] and row["contact_id"] != held.get("contact_id")
    }
    if held.get("reports_to"):
        bosses.setdefault(held["reports_to"], held["reports_to"])
    left, right = st.columns(2)
    typed: dict[str, Any] = {
        "name": left.text_input(_("Name"), value=held.get("name") or "", max_chars=200, key=f"{key}.name"),
        "title": right.text_input(_("Title"), value=held.get("title") or "", max_chars=200, key=f"{key}.title"),
        "role": _choice(left, _("Role"), relationships.ROLES, held.get("role"), f"{key}.role"),
        "reports_to": _choice(right, _("Reports to"), bosses, held.get("reports_to"), f"{key}.boss"),
        "influence": _choice(
            left,
            _("Influence"),
            {at: str(at) for at in range(1, 6)},
            held.get("influence"),
            f"{key}.influence",
        ),
        "attitude": _choice(right, _("Attitude"), relationships.ATTITUDES, held.get("attitude"), f"{key}.attitude"),
        "our_owner": left.text_input(
            _("Our owner"), value=held.get("our_owner") or "", max_chars=120, key=f"{key}.owner"
        ),
        "strength": _choice(
            right, _("Contact strength"), relationships.STRENGTHS, held.get("strength"), f"{key}.strength"
        ),
        "last_contact": left.date_input(
            _("Last contact"), value=held.get("last_contact_on"), format="YYYY-MM-DD", key=f"{key}.last"
        ),
    }
    if not is_new:
        typed["left"] = right.date_input(
            _("Left on"), value=held.get("left_on"), format="YYYY-MM-DD", key=f"{key}.left"
        )
    typed["email"] = left.text_input(_("Email"), value=held.get("email") or "", max_chars=200, key=f"{key}.email")
    typed["phone"] = right.text_input(_("Phone"), value=held.get("phone") or "", max_chars=80, key=f"{key}.phone")
    return typed


def _choice(place: Any, label: str, named: Mapping[Any, str], held: Any, key: str) -> Any:
    """One of the named, or None for unknown; what is held and has no name here stands as itself."""
    options = [None, *named, *([held] if held is not None and held not in named else [])]
    return place.selectbox(
        label,
        options,
        index=options.index(held),
        format_func=lambda value: _("unknown") if value is None else named.get(value, str(value)),
        key=key,
    )
