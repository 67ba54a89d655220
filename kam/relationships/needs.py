"""The guided profile of what a customer needs: sections with their question, and how much of it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.access import Person
from kam.relationships import rules
from kam.relationships.contacts import STATUSES
from kam.store import Condition, Store, Transaction
from kam.words import _

# section: (its title, the question that guides)
SECTIONS = {
    "objectives": (
        _("The customer's objectives"),
        _("What do they want to achieve in the next three years, and how do they measure it?"),
    ),
    "business": (
        _("Business situation"),
        _("How is their business going: markets, growth, cost pressure, owners, plans?"),
    ),
    "technology": (
        _("Technology situation"),
        _("What do they run today, what is ageing, what are they going to change, and when?"),
    ),
    "products": (_("Products in use"), _("Which products and services do they use, of ours and of others, and where?")),
    "decision": (
        _("Decision process"),
        _("How is a purchase decided: who asks, who judges, who signs, by what rules, in what time?"),
    ),
    "demand": (
        _("Potential demand"),
        _("What will they need in three years, how much of it, and who could supply it?"),
    ),
    "competitors": (
        _("Competitors"),
        _("Who else supplies or courts them, what are they good at, and where are they weak?"),
    ),
}


@dataclass(frozen=True)
class Section:
    """A section of the profile. text None: nothing is known yet; version: the number of its latest note, else 0."""

    section: str
    title: str
    question: str
    text: str | None
    source: str | None
    status: str | None
    noted_on: date | None
    noted_by: str | None
    version: int


@dataclass(frozen=True)
class Profile:
    """The sections in their order. completeness: share of the sections that say something; confirmed: of all, confirmed."""

    sections: tuple[Section, ...]

    @property
    def known_count(self) -> int:
        """Sections that say something."""
        return sum(section.text is not None for section in self.sections)

    @property
    def confirmed_count(self) -> int:
        """Sections that were confirmed by the customer."""
        return sum(section.status == "confirmed" for section in self.sections)

    @property
    def completeness(self) -> float:
        """Share of the sections that say something, 0 to 1."""
        return self.known_count / len(self.sections)


def profile(store: Store, account_id: str, as_of: date) -> Profile:
    """The account's profile as written up to a day."""
    held = {
        row["section"]: row
        for row in store.read(
            "relationships.needs_profile", {"as_of": as_of}, where=[Condition("account_id", "=", account_id)]
        )
    }
    empty: dict[str, Any] = dict.fromkeys(("text", "source", "status", "noted_on", "noted_by"))
    return Profile(
        tuple(
            Section(
                section=section,
                title=title,
                question=question,
                **{name: held.get(section, empty)[name] for name in empty},
                version=held.get(section, {}).get("version", 0),
            )
            for section, (title, question) in SECTIONS.items()
        )
    )


def note_need(
    store: Store,
    account_id: str,
    section: str,
    text: str,
    *,
    source: str,
    status: str,
    noted_on: date,
    expected_version: int | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write a section of the profile anew; the older text stays on file. Returns the note's number.

    Raises BadInput for an unknown section, no text or no source, NotFound for an unknown account, StaleWrite with
    both versions where somebody wrote the section since expected_version.
    """
    rules.one_of(section, tuple(SECTIONS), _("The section"), field="section")
    text = rules.stated(text, _("Write what is known, or leave the section as it is."), field="text")
    source = rules.stated(source, _("Say how you know it: the source is kept with the text."), field="source")
    rules.one_of(status, STATUSES, _("The status"), field="status")

    def change(tx: Transaction) -> int:
        rules.account_name(tx, account_id)
        notes = tx.read(
            "relationships.need_notes",
            where=[Condition("account_id", "=", account_id), Condition("section", "=", section)],
            order_by=[("note_id", True)],
            limit=1,
        )
        latest = next(iter(notes), {"note_id": 0, "text": None, "source": None, "status": None})
        mine = {"text": text, "source": source, "status": status}
        rules.seen_is_current(latest | {"version": latest["note_id"]}, mine, expected_version)
        note_id = tx.next_number("relationships.need_notes", "note_id")
        tx.insert(
            "relationships.need_notes",
            note_id=note_id,
            account_id=account_id,
            section=section,
            **mine,
            noted_on=noted_on,
            noted_by=tx.who.name,
            recorded_at=tx.now,
        )
        return note_id

    return store.write(
        change,
        who=who,
        action="note need",
        subject=("account", account_id),
        op_id=op_id,
        details={"section": section, "text": text, "source": source, "status": status, "noted_on": noted_on},
    )
