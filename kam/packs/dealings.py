"""The sections about what we owe: commitments and complaints, contacts of our executives, what is late and what comes next."""

from __future__ import annotations

from kam import relationships
from kam.packs.document import Section, Table
from kam.packs.gathering import Given
from kam.packs.words import told
from kam.store import Condition
from kam.words import _, several

_MOST_CONTACTS = 10


def service(given: Given) -> Section:
    """What we committed to and whether we keep it; complaints with their owner."""
    commitments = given.rows(
        "plans.commitment_list",
        Condition("is_open", "=", True),
        order_by=[("urgency", False), ("commitment_id", False)],
    )
    complaints = given.rows(
        "plans.complaint_list", order_by=[("is_open", True), ("received_on", True), ("complaint_id", False)]
    )
    bad = sum(row["commitment_state"] in ("overdue", "broken") for row in commitments)
    still = sum(row["is_open"] for row in complaints)
    return Section(
        "service",
        _("Commitments and complaints"),
        _("{commitments}; {complaints}").format(
            commitments=_kept(len(commitments), bad),
            complaints=several("{count} complaint is open", "{count} complaints are open", still)
            if still
            else _("no complaint is open"),
        ),
        tables=[
            Table(
                _("Commitments"),
                _("What we committed to"),
                [
                    ("commitment_id", "text"), (_("Commitment"), "text"), (_("Function"), "text"), (_("Owner"), "text"),
                    (_("Due"), "date"), (_("Kept, 12 months"), "share"), (_("State"), "text"),
                ],
                [
                    (
                        row["commitment_id"], row["commitment"], told(row["function"]), row["owner"], row["due_on"],
                        row["kept_share_12m"], told(row["commitment_state"]),
                    )
                    for row in commitments
                ],
                empty=_("No commitment is on record."),
                ids=1,
                widths=[4, 1.6, 2, 1.4, 1.2, 1.5],
                warned=[(at, 5) for at, r in enumerate(commitments) if r["commitment_state"] in ("overdue", "broken")],
            ),
            Table(
                _("Complaints"),
                _("Complaints, the open ones first"),
                [
                    ("complaint_id", "text"), (_("Complaint"), "text"), (_("Severity"), "text"), (_("Received"), "date"),
                    (_("Owner"), "text"), (_("State"), "text"), (_("Outcome"), "text"),
                ],
                [
                    (
                        row["complaint_id"], row["complaint"], told(row["severity"]), row["received_on"], row["owner"],
                        told(row["complaint_state"]), row["outcome"],
                    )
                    for row in complaints
                ],
                empty=_("No complaint is on record."),
                ids=1,
                widths=[4, 1.2, 1.4, 2, 1.3, 3],
                warned=[(at, 4) for at, row in enumerate(complaints) if row["complaint_state"] == "overdue"],
            ),
        ],
    )  # fmt: skip


def _kept(all_count: int, bad_count: int) -> str:
    if bad_count:
        return several("{count} commitment is not kept", "{count} commitments are not kept", bad_count)
    return _("No commitment is late or broken") if all_count else _("No commitment is on record")


def sponsor(given: Given) -> Section:
    """Contacts of our executives: what is due, what was held, what they promised."""
    cadence = given.rows("sponsorship.cadence", order_by=[("kind", True)])
    late = [row for row in cadence if row["cadence_state"] == "overdue"]
    touches = given.rows(
        "sponsorship.touches", order_by=[("touched_on", True), ("kind", False), ("executive_id", False)], limit=20
    )
    names = {
        row["executive_id"]: row["name"]
        for row in given.store.read("ledgers.executives", columns=("executive_id", "name"))
    }
    promises = given.rows("sponsorship.promise_list", order_by=[("due_on", True), ("promise_id", False)])
    held = (given.rows("sponsorship.roster_sponsors", is_dear=True) or [{}])[0]
    who = held.get("executive_name") or _("Nobody")
    title = _("{who} stands behind the account; {late}").format(
        who=who,
        late=several("{count} contact is overdue", "{count} contacts are overdue", len(late))
        if late
        else _("no contact is overdue"),
    )
    return Section(
        "sponsor",
        _("Contacts of our executives"),
        title,
        tables=[
            Table(
                _("Executive cadence"),
                _("What is due"),
                [(_("Contact"), "text"), (_("Last"), "date"), (_("Due"), "date"), (_("Next planned"), "date"), (_("State"), "text")],
                [
                    (told(r["kind"]), r["last_on"], r["due_on"], r["next_planned_on"], told(r["cadence_state"]))
                    for r in cadence
                ],
                empty=_("The account is not in the programme on this day."),
                warned=[(at, 4) for at, row in enumerate(cadence) if row["cadence_state"] == "overdue"],
            ),
            Table(
                _("Executive contacts"),
                _("The last contacts"),
                [("executive_id", "text"), (_("Day"), "date"), (_("Contact"), "text"), (_("Who of us"), "text")],
                [
                    (r["executive_id"], r["touched_on"], told(r["kind"]), names.get(r["executive_id"], r["executive_id"]))
                    for r in touches
                ],
                empty=_("No contact of our executives is on record."),
                ids=1,
                most=_MOST_CONTACTS,
            ),
            Table(
                _("Executive promises"),
                _("What they promised"),
                [
                    ("promise_id", "text"), (_("Promise"), "text"), (_("Made by"), "text"), (_("Owner"), "text"),
                    (_("Due"), "date"), (_("State"), "text"),
                ],
                [
                    (r["promise_id"], r["promise"], r["executive_name"], r["owner"], r["due_on"], told(r["promise_state"]))
                    for r in promises
                ],
                empty=_("No promise of our executives is on record."),
                ids=1,
                widths=[4, 2, 2, 1.4, 1.3],
                warned=[(at, 4) for at, row in enumerate(promises) if row["promise_state"] == "overdue"],
            ),
        ],
    )  # fmt: skip


def next_steps(given: Given) -> Section:
    """What is late and what comes next, by day."""
    due = relationships.due_dates(given.store, given.account_id, given.as_of)
    late = sum(row["is_late"] for row in due)
    return Section(
        "next",
        _("Next steps"),
        several("{count} thing is late", "{count} things are late", late)
        if late
        else _("Nothing is late")
        if due
        else _("Nothing is due"),
        tables=[
            Table(
                _("Next steps"),
                _("Late and to come"),
                [(_("Day"), "date"), (_("What"), "text"), (_("Who"), "text"), (_("State"), "text")],
                [
                    (r["due_on"], relationships.due_told(r), r["who"], _("late") if r["is_late"] else _("to come"))
                    for r in due
                ],
                empty=_("Nothing is due on this account."),
                widths=[1.4, 6, 2.2, 1.2],
                warned=[(at, 3) for at, row in enumerate(due) if row["is_late"]],
            )
        ],
    )
