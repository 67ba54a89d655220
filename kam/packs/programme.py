"""The programme review for the top team: every key account in one row, and what needs a decision of theirs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kam import ledgers, reviews, selection, units
from kam.access import Person
from kam.packs.document import MONEY, Bars, Figure, Pack, Section, Table
from kam.packs.words import told
from kam.store import Condition, Store
from kam.words import _, several

_TOP_ESCALATION = 3


@dataclass(frozen=True)
class Standing:
    """A key account as the top team sees it. Amounts: reporting currency; None unknown. late_count: promises of executives,
    commitments, complaints and review actions that are late or broken. decisions: what needs one, in sentences."""

    account_id: str
    name: str
    category: str | None
    owner: str | None
    sponsor: str | None
    revenue_12m: Any
    revenue_growth_12m: float | None
    contribution_12m: Any
    lifetime_value: Any
    is_margin_estimated: bool
    rating: str | None
    review_state: str
    contact_state: str | None
    late_count: int
    decisions: list[str] = field(default_factory=list)


def programme_review(store: Store, as_of: date, *, for_whom: Person) -> list[Standing]:
    """Every key account on a day, those that need most decisions first. Raises Refusal for a day before the ledger."""
    ledgers.check_as_of(store, as_of)
    day = {"as_of": as_of}
    accounts = store.page(
        "programme.account_list",
        day | {"level": "account"},
        where=[Condition("is_key_account", "=", True)],
        order_by=[("name", False), ("account_id", False)],
    ).records()
    currency = store.setting("currency") or ""
    calendar = _by_account(store.read("reviews.calendar", day).records())
    sponsors = _by_account(store.read("sponsorship.roster_sponsors", day).records())
    news = _by_account(store.read("sponsorship.account_news", day).records())
    gates = {row.account_id: row for row in selection.standing(store, as_of, for_whom=for_whom)}
    complaints = _lists(store, "plans.complaint_list", day, Condition("is_open", "=", True))
    broken = _lists(store, "plans.commitment_list", day, Condition("commitment_state", "one_of", ["overdue", "broken"]))
    notices = _lists(store, "plans.contract_notices", day, Condition("notice_state", "=", "soon"))
    found = []
    for row in accounts:
        account_id = row["account_id"]
        review, sponsor = calendar.get(account_id, {}), sponsors.get(account_id, {})
        late = sum(c["complaint_state"] == "overdue" for c in complaints[account_id]) + len(broken[account_id])
        late += news.get(account_id, {}).get("late_promise_count") or 0
        late += review.get("overdue_action_count") or 0
        found.append(
            Standing(
                account_id=account_id,
                name=row["name"],
                category=row["category"],
                owner=row["owner"],
                sponsor=sponsor.get("executive_name"),
                revenue_12m=row["revenue_12m"],
                revenue_growth_12m=row["revenue_growth_12m"],
                contribution_12m=row["contribution_12m"],
                lifetime_value=row["lifetime_value"],
                is_margin_estimated=row["is_margin_estimated"],
                rating=review.get("last_rating"),
                review_state=review.get("review_state", "none"),
                contact_state=sponsor.get("contact_state"),
                late_count=late,
                decisions=_decisions(
                    row, review, sponsor, gates.get(account_id), complaints[account_id], notices[account_id], currency
                ),
            )
        )
    return sorted(found, key=lambda one: (-len(one.decisions), -one.late_count, one.name, one.account_id))


def programme_pack(store: Store, as_of: date, *, for_whom: Person) -> Pack:
    """The executive overview of the programme. Raises Refusal for a day before the ledger."""
    rows = programme_review(store, as_of, for_whom=for_whom)
    currency = store.setting("currency") or ""
    return Pack(
        account_id=None,
        title=_("Programme review of our key accounts"),
        subtitle=_("{finding} As of {day}.").format(finding=finding(rows), day=units.day(as_of)),
        as_of=as_of,
        currency=currency,
        sections=[_overview(rows, store, as_of), _to_decide(rows), _accounts(rows), _contribution(rows)],
    )


def finding(rows: list[Standing]) -> str:
    """The programme in a sentence."""
    if not rows:
        return _("There is no key account on this day.")
    asked = [row for row in rows if row.decisions]
    if not asked:
        return _("None of the {all} key accounts needs a decision of the top team.").format(all=len(rows))
    needing = several("{count} key account needs", "{count} key accounts need", len(asked))
    return _("{needing} a decision of the top team, of {all} in the programme.").format(needing=needing, all=len(rows))


def _overview(rows: list[Standing], store: Store, as_of: date) -> Section:
    def total(name: str) -> Any:
        known = [getattr(row, name) for row in rows if getattr(row, name) is not None]
        return sum(known) if known else None

    estimated = any(row.is_margin_estimated for row in rows)
    unknown = sum(row.contribution_12m is None for row in rows)
    lines = [reviews.round_of(store, as_of).told]
    lines.append(
        several(
            "{count} review is overdue", "{count} reviews are overdue", sum(r.review_state == "overdue" for r in rows)
        )
    )
    lines.append(
        several(
            "{count} account has no executive sponsor of ours",
            "{count} accounts have no executive sponsor of ours",
            sum(row.sponsor is None for row in rows),
        )
    )
    if unknown:
        lines.append(
            several(
                "The contribution of {count} account is unknown and left out",
                "The contribution of {count} accounts is unknown and left out",
                unknown,
            )
        )
    return Section(
        "overview",
        _("The programme"),
        finding(rows),
        figures=[
            Figure(_("Key accounts"), len(rows), "count"),
            Figure(_("Revenue, 12 months"), total("revenue_12m"), MONEY),
            Figure(_("Contribution, 12 months"), total("contribution_12m"), MONEY, estimated),
            Figure(_("Lifetime value"), total("lifetime_value"), MONEY, estimated),
        ],
        lines=lines,
    )


def _to_decide(rows: list[Standing]) -> Section:
    lines = [(row.account_id, row.name, said, row.sponsor) for row in rows for said in row.decisions]
    return Section(
        "decide",
        _("What needs a decision"),
        several("{count} decision is asked for", "{count} decisions are asked for", len(lines)),
        tables=[
            Table(
                _("Decisions"),
                _("What needs a decision"),
                [
                    ("account_id", "text"), (_("Account"), "text"), (_("Decision"), "text"),
                    (_("Our executive sponsor"), "text"),
                ],
                lines,
                empty=_("Nothing needs a decision of the top team."),
                ids=1,
                widths=[2.4, 6, 2],
            )
        ],
    )  # fmt: skip


def _accounts(rows: list[Standing]) -> Section:
    return Section(
        "accounts",
        _("All key accounts"),
        several("{count} key account", "{count} key accounts", len(rows)),
        tables=[
            Table(
                _("Key accounts"),
                _("All key accounts, what needs most decisions first"),
                [
                    ("account_id", "text"), (_("Account"), "text"), (_("Category"), "text"), (_("Our sponsor"), "text"),
                    (_("Revenue"), MONEY), (_("Growth"), "share"), (_("Contribution"), MONEY), (_("Lifetime value"), MONEY),
                    (_("Rating"), "text"), (_("Late"), "count"), (_("To decide"), "count"),
                ],
                [
                    (
                        row.account_id, row.name, told(row.category), row.sponsor, row.revenue_12m, row.revenue_growth_12m,
                        row.contribution_12m, row.lifetime_value, told(row.rating), row.late_count, len(row.decisions),
                    )
                    for row in rows
                ],
                empty=_("There is no key account on this day."),
                ids=1,
                widths=[2.5, 1.5, 2, 1.5, 1.25, 1.95, 1.6, 1.3, 0.85, 1.15],
                warned=[(at, 5) for at, row in enumerate(rows) if (row.contribution_12m or 0) < 0]
                + [(at, 9) for at, row in enumerate(rows) if row.decisions],
            )
        ],
    )  # fmt: skip


def _contribution(rows: list[Standing]) -> Section:
    known = sorted(
        (row for row in rows if row.contribution_12m is not None), key=lambda r: (-r.contribution_12m, r.account_id)
    )
    losing = [at for at, row in enumerate(known) if row.contribution_12m < 0]
    return Section(
        "contribution",
        _("Contribution"),
        several("{count} key account loses money", "{count} key accounts lose money", len(losing)),
        pictures=[
            Bars(
                _("Contribution after cost to serve, 12 months"),
                [row.name for row in known[:_MOST_BARS]],
                {_("Contribution, 12 months"): [float(row.contribution_12m) for row in known[:_MOST_BARS]]},
                MONEY,
                _("No contribution is known: import product costs and adopt a cost model."),
                highlight=[at for at in losing if at < _MOST_BARS],
            )
        ],
    )


# What one slide shows legibly; the table holds them all.
_MOST_BARS = 24


def _decisions(row, review, sponsor, gate, complaints, notices, currency: str) -> list[str]:
    found = []
    if gate is not None and gate.needs_decision:
        because = "; ".join(selection.because(gate.now, currency))
        found.append(_("Decide whether it stays: it fails a gate ({because})").format(because=because))
    if row["contribution_12m"] is not None and row["contribution_12m"] < 0:
        loss = units.short_money(-row["contribution_12m"], currency)
        found.append(_("Decide on terms: it loses {amount} a year after cost to serve").format(amount=loss))
    if review.get("last_rating") == "off_track":
        found.append(_("Decide what changes: rated off track on {day}").format(day=units.day(review["last_held_on"])))
    if sponsor and sponsor.get("executive_id") is None:
        found.append(_("Name one of our executives as its sponsor"))
    found += [
        _("Decide on {contract} by {day}").format(contract=notice["contract"], day=units.day(notice["notice_on"]))
        for notice in notices
    ]
    found += [
        _("Solve the complaint that has reached our executive sponsor: {what}").format(what=complaint["complaint"])
        for complaint in complaints
        if (complaint["escalation_level"] or 0) >= _TOP_ESCALATION
    ]
    return found


def _by_account(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["account_id"]: row for row in rows}


def _lists(store: Store, relation: str, day: dict, *where: Condition) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in store.read(relation, day, where=list(where)):
        found[row["account_id"]].append(row)
    return found
