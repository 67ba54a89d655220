"""The one-page brief for a sponsor, and planned contacts as calendar entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from kam import units
from kam.documents.calendar import Entry
from kam.documents.page import Page
from kam.sponsorship import KINDS, OCCASIONS, Brief
from kam.words import _

_SHORT = 160


def brief_page(brief: Brief) -> Page:
    """One page A4: three things to know, figures, who is who, promises, contracts, the last contacts."""
    account, sponsor = brief.account, brief.sponsor
    page = Page(
        account["name"],
        _("Brief for {executive}, as of {day}").format(
            executive=sponsor["executive_name"] or sponsor["executive_id"] or _("whoever takes it over"),
            day=units.day(brief.as_of),
        ),
    )
    _next(page, brief)
    page.section(_("Three things to know"))
    page.lines([thing.sentence for thing in brief.things] or [_("No rule has anything to say.")], is_numbered=True)
    page.facts(
        [
            (_("Revenue, 12 months"), units.short_money(account["revenue_12m"], brief.currency)),
            (_("Against the year before"), units.share(account["revenue_growth_12m"])),
            (_("Contribution after cost to serve"), units.short_money(account["contribution_12m"], brief.currency)),
            (_("Lifetime value"), units.short_money(account["lifetime_value"], brief.currency)),
            (_("Account manager"), account["owner"] or units.UNKNOWN),
            (_("Deputy"), sponsor["deputy_name"] or _("none")),
        ]
    )
    if brief.people:
        page.section(_("Who is who"))
        page.table(
            [_("Name"), _("Title"), _("Role"), _("Attitude")],
            [[p["name"], p["title"] or "", p["role"] or "", attitude_told(p["attitude"])] for p in brief.people],
        )
    page.section(_("What we promised"))
    if brief.promises:
        page.table(
            [_("Promise"), _("Who of us"), _("Due")],
            [[p["promise"], p["owner"], _due(p)] for p in brief.promises],
        )
    else:
        page.words(_("No promise of ours is open."))
    if brief.contracts:
        page.section(_("Contracts"))
        page.lines(
            [_("{name}, until {end}").format(name=c["name"], end=units.day(c["end_date"])) for c in brief.contracts]
        )
    if brief.contacts:
        page.section(_("The last contacts of our executives"))
        page.table(
            [_("Day"), _("Who"), _("What came of it")],
            [[_whole(units.day(c["day"])), c["who"], _cut(c["what"])] for c in brief.contacts],
        )
    return page.foot(
        _("From the KAM Workbench, as of {day}. Promise nothing that the account manager does not know of.").format(
            day=units.day(brief.as_of)
        )
    )


def visit_entries(appointments: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """Rows of sponsorship.appointment_list as calendar entries."""
    return [
        Entry(
            uid=f"sponsor-contact-{row['appointment_id']}@kam-workbench",
            day=row["planned_on"],
            summary=f"{KINDS[row['kind']]}: {row['account_name']}",
            begins=time.fromisoformat(row["begins"]) if row["begins"] else None,
            minutes=row["minutes"],
            place=row["place"],
            description="\n".join(
                [
                    f"{OCCASIONS[row['occasion']]} · {row['executive_name']}",
                    *([_("People: {people}").format(people=", ".join(row["people"]))] if row["people"] else []),
                    row["brief"],
                ]
            ),
            sequence=row["version"],
            is_cancelled=row["state"] == "cancelled",
        )
        for row in appointments
    ]


def attitude_told(attitude: int | None) -> str:
    """An attitude of −2 to 2 in a word."""
    words = {-2: _("hostile"), -1: _("critical"), 0: _("neutral"), 1: _("supportive"), 2: _("advocate")}
    return words.get(attitude, _("unknown"))


def _next(page: Page, brief: Brief) -> None:
    planned = brief.next_contact
    if planned is None:
        page.words(_("No contact is planned."))
        return
    said = _("{kind} on {day}").format(kind=KINDS[planned["kind"]], day=units.day(planned["planned_on"]))
    page.words(" · ".join([said, *filter(None, [planned["begins"], planned["place"], ", ".join(planned["people"])])]))
    if planned["brief"]:
        page.section(_("The account manager's brief"))
        page.words(planned["brief"])


def _whole(text: str) -> str:
    """Text that stays on one line."""
    return text.replace(" ", units.GAP)


def _due(promise: Mapping[str, Any]) -> str:
    due = _whole(units.day(promise["due_on"]))
    return _("{due}, late").format(due=due) if promise["promise_state"] == "overdue" else due


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
