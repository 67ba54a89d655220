"""The sponsorship overview for the executive committee: who stands behind what, what it takes of them, and where it gapes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.sponsorship.findings import Finding, check
from kam.sponsorship.patterns import Pattern, patterns
from kam.store import Store
from kam.words import _, several


@dataclass(frozen=True)
class Overview:
    """The state of sponsorship on a day. roster: rows of sponsorship.roster_sponsors by category and name; load: of
    sponsorship.executive_load, the busiest first, those who have left and hold nothing left out; promises: the open
    ones; findings: rules that are broken; patterns: worth a conversation.
    """

    as_of: date
    roster: list[dict[str, Any]]
    load: list[dict[str, Any]]
    promises: list[dict[str, Any]]
    findings: list[Finding]
    patterns: list[Pattern]

    def count(self, *rules: str) -> int:
        """How many findings there are of these rules."""
        return sum(finding.rule in rules for finding in self.findings)

    @property
    def covered_count(self) -> int:
        """Key accounts with a sponsor who is with us."""
        return sum(row["is_covered"] for row in self.roster)

    @property
    def finding(self) -> str:
        """The overview in a sentence."""
        over = len({f.executive_id for f in self.findings if f.rule in ("over_cap", "over_hard_cap", "over_hours")})
        return " ".join(
            [
                _("{covered} of {all} key accounts have one of our executives behind them;").format(
                    covered=self.covered_count, all=len(self.roster)
                ),
                several("{count} executive carries too much,", "{count} executives carry too much,", over),
                several("{count} visit is overdue.", "{count} visits are overdue.", self.count("contact_overdue")),
            ]
        )

    @property
    def matrix(self) -> list[dict[str, Any]]:
        """A row per key account: account_id, name, category, and per executive_id `sponsor`, `deputy` or None."""
        return [
            {"account_id": row["account_id"], "name": row["name"], "category": row["category"]}
            | {
                held["executive_id"]: "sponsor"
                if held["executive_id"] == row["executive_id"]
                else "deputy"
                if held["executive_id"] == row["deputy_id"]
                else None
                for held in self.load
            }
            for row in self.roster
        ]

    @property
    def gaps(self) -> list[str]:
        """What is wrong, each in a sentence."""
        return [finding.message for finding in self.findings]


def overview(store: Store, as_of: date, *, for_whom: Person) -> Overview:
    """Gather the overview of a day."""
    checked = check(store, as_of, for_whom=for_whom)
    order = {name: place for place, name in enumerate(("strategic", "star", "status", "streamline"))}
    load = store.read("sponsorship.executive_load", {"as_of": as_of}).records()
    open_promises = store.read("sponsorship.promise_list", {"as_of": as_of}, order_by=[("due_on", False)])
    return Overview(
        as_of=as_of,
        roster=sorted(checked.roster, key=lambda r: (order.get(r["category"], 9), r["name"], r["account_id"])),
        load=sorted(
            (row for row in load if row["left_on"] is None or row["account_count"]),
            key=lambda r: (-r["account_count"], -(r["hours_share"] or 0), r["name"], r["executive_id"]),
        ),
        promises=[row for row in open_promises if row["closed_on"] is None],
        findings=checked.findings,
        patterns=patterns(store, as_of, for_whom=for_whom),
    )


def cover_told(row: dict[str, Any]) -> str:
    """A sponsor in words for a slide: the name, since when, or how long it has been vacant."""
    if row["executive_id"] is None:
        return several("vacant for {count} day", "vacant for {count} days", row["days_vacant"])
    return _("{name}, since {day}").format(
        name=row["executive_name"] or row["executive_id"], day=units.day(row["assigned_on"])
    )
