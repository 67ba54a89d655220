"""What breaks the rules of sponsorship on a day, each finding with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kam import units
from kam.access import Person
from kam.sponsorship.checks import VETOES
from kam.sponsorship.matching import Matching, match
from kam.store import Condition, Store
from kam.words import _, several


@dataclass(frozen=True)
class Finding:
    """A rule that is broken. rule: vacant, executive_gone, vetoed, not_a_key_account, contact_overdue, over_cap,
    over_hard_cap, over_hours, uncovered; account_id or executive_id: None where it is about the other alone.
    """

    rule: str
    account_id: str | None
    executive_id: str | None
    message: str


@dataclass(frozen=True)
class Checked:
    """Today's assignment and what is wrong with it. roster: rows of sponsorship.roster_sponsors."""

    as_of: date
    roster: list[dict]
    matching: Matching
    findings: list[Finding]

    @property
    def covered_count(self) -> int:
        """Key accounts with a sponsor who is on record."""
        return sum(row["is_covered"] for row in self.roster)

    def count(self, rule: str) -> int:
        """How many findings there are of a rule."""
        return sum(finding.rule == rule for finding in self.findings)


def check(store: Store, as_of: date, *, for_whom: Person) -> Checked:
    """Every key account's sponsor on as_of, and every broken rule: accounts first, by id, then executives."""
    roster = store.read("sponsorship.roster_sponsors", {"as_of": as_of}, order_by=[("account_id", False)]).records()
    load = store.read("sponsorship.executive_load", {"as_of": as_of}, order_by=[("executive_id", False)]).records()
    executives = {row["executive_id"]: row for row in load}
    matching = match(store, [row["account_id"] for row in roster], as_of, for_whom=for_whom)
    vetoed = store.read("sponsorship.vetoed_pairs", {"as_of": as_of}, order_by=[("veto_id", False)])
    vetoes = {(row["account_id"], row["executive_id"]): row for row in vetoed}
    findings = [finding for row in roster for finding in _of_account(row, vetoes)]
    findings += _outside_the_programme(store, as_of, {row["account_id"] for row in roster}, executives)
    findings += [finding for row in load for finding in _of_executive(row)]
    return Checked(as_of, roster, matching, findings)


def _of_account(row: dict, vetoes: Mapping[tuple[str, str], Mapping]) -> list[Finding]:
    found = []
    account_id, executive_id = row["account_id"], row["executive_id"]
    if executive_id is None:
        found.append(
            Finding(
                "vacant",
                account_id,
                None,
                several(
                    "{{account}} has no executive sponsor, for {count} day now.",
                    "{{account}} has no executive sponsor, for {count} days now.",
                    row["days_vacant"],
                ).format(account=row["name"]),
            )
        )
        return found
    if row["sponsor_left_on"] is not None:
        found.append(
            Finding(
                "executive_gone",
                account_id,
                executive_id,
                _("The sponsor of {account}, {executive}, left on {day}: relieve and assign anew.").format(
                    account=row["name"],
                    executive=row["executive_name"] or executive_id,
                    day=units.day(row["sponsor_left_on"]),
                ),
            )
        )
    elif not row["is_covered"]:
        found.append(
            Finding(
                "executive_gone",
                account_id,
                executive_id,
                _(
                    "The sponsor of {account}, {executive}, is no longer among our executives: relieve and assign anew."
                ).format(account=row["name"], executive=executive_id),
            )
        )
    if veto := vetoes.get((account_id, executive_id)):
        found.append(
            Finding(
                "vetoed",
                account_id,
                executive_id,
                _("{executive} sponsors {account} against a veto. {kind}: {reason}").format(
                    executive=row["executive_name"] or executive_id,
                    account=row["name"],
                    kind=VETOES[veto["kind"]],
                    reason=veto["reason"],
                ),
            )
        )
    if row["contact_state"] == "overdue":
        found.append(Finding("contact_overdue", account_id, executive_id, _overdue(row)))
    return found


def _overdue(row: dict) -> str:
    if row["last_contact_on"] is None:
        return _("{account}: no executive visit on record, and one was due on {due}.").format(
            account=row["name"], due=units.day(row["contact_due_on"])
        )
    return _("{account}: the last executive visit was on {last}, the next was due on {due}.").format(
        account=row["name"], last=units.day(row["last_contact_on"]), due=units.day(row["contact_due_on"])
    )


def _outside_the_programme(store: Store, as_of: date, inside: set[str], executives: dict[str, dict]) -> list[Finding]:
    active = store.read(
        "sponsorship.standing",
        {"as_of": as_of},
        where=[Condition("is_active", "=", True)],
        order_by=[("account_id", False)],
    ).records()
    outside = [row for row in active if row["account_id"] not in inside]
    known = store.read(
        "ledgers.accounts",
        columns=("account_id", "name"),
        where=[Condition("account_id", "one_of", [row["account_id"] for row in outside])],
    )
    names = dict(known.rows)
    return [
        Finding(
            "not_a_key_account",
            row["account_id"],
            row["executive_id"],
            _("{account} is no longer a key account, and {executive} still sponsors it: relieve the sponsor.").format(
                account=names.get(row["account_id"], row["account_id"]),
                executive=executives[row["executive_id"]]["name"],
            ),
        )
        for row in outside
    ]


def _of_executive(row: dict) -> list[Finding]:
    found = []
    if row["load_state"] in ("over_cap", "over_hard_cap"):
        most = row["hard_cap"] if row["load_state"] == "over_hard_cap" else row["cap"]
        found.append(
            Finding(
                row["load_state"],
                None,
                row["executive_id"],
                _("{executive} sponsors {count} accounts, {over} more than the {most} that the rule allows.").format(
                    executive=row["name"], count=row["account_count"], over=row["account_count"] - most, most=most
                ),
            )
        )
    if row["hours_state"] == "over_hours":
        found.append(
            Finding(
                "over_hours",
                None,
                row["executive_id"],
                _("The accounts of {executive} ask {needed:.0f} hours a year, and {given:.0f} are given.").format(
                    executive=row["name"], needed=row["hours_needed"], given=row["hours_given"]
                ),
            )
        )
    return found
