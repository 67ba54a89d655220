"""The pack of a handover: everything the company knows of an account, collected from the records that exist.

A part is a line in PARTS: its title, a relation, and the columns that are shown. Another room adds its part by a line
here; nothing else has to change. The account page and the pack read the same relations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kam import relations
from kam.access import Person
from kam.errors import NotFound
from kam.store import Condition, Store
from kam.words import _

AS_OF, OF_ACCOUNT = "as_of", "of_account"
MOST_ROWS = 200


@dataclass(frozen=True)
class Part:
    """A part of the pack.

    title; relation: a table, view or table macro; columns: (name, label, unit) as `ui.Column` takes them; takes: which
    of AS_OF and OF_ACCOUNT the relation has as parameters; arguments: further ones; is_dear: the reading is kept in
    memory; is_facts: one row, shown as a list of facts; until: a date column that must not
    lie after as_of; known: a column that must be known; order_by: (column, descending); empty: what is missing.
    """

    title: str
    relation: str
    columns: Sequence[tuple[str, str, str]]
    empty: str
    takes: Sequence[str] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    until: str | None = None
    known: str | None = None
    order_by: tuple[str, bool] | None = None
    is_facts: bool = False
    is_dear: bool = False


PARTS: tuple[Part, ...] = (
    Part(
        _("The account and its value"),
        "programme.account_list",
        [
            ("name", _("Account"), "text"),
            ("category", _("Category"), "status"),
            ("admitted_on", _("Key account since"), "date"),
            ("customer_since", _("Customer since"), "date"),
            ("industry", _("Industry"), "text"),
            ("region", _("Region"), "text"),
            ("country", _("Country"), "text"),
            ("activity_state", _("Buying"), "status"),
            ("last_order_on", _("Last purchase"), "date"),
            ("lifetime_value", _("Lifetime value"), "reporting currency"),
            ("contribution_12m", _("Contribution, 12 months"), "reporting currency"),
            ("cost_to_serve_12m", _("Cost to serve, 12 months"), "reporting currency"),
            ("revenue_12m", _("Revenue, 12 months"), "reporting currency"),
            ("revenue_growth_12m", _("Revenue growth, 12 months"), "share"),
        ],
        _("The account is not in the account master."),
        takes=(AS_OF,),
        arguments={"level": "account"},
        is_facts=True,
        is_dear=True,
    ),
    Part(
        _("Who stands behind it"),
        "sponsorship.roster_sponsors",
        [
            ("executive_name", _("Our executive sponsor"), "text"),
            ("executive_title", _("Title"), "text"),
            ("assigned_on", _("Since"), "date"),
            ("last_contact_on", _("Last executive visit"), "date"),
            ("contact_state", _("Contact"), "status"),
        ],
        _("The account is not in the programme on this day."),
        takes=(AS_OF,),
        is_facts=True,
    ),
    Part(
        _("People and their attitudes"),
        "ledgers.contacts",
        [
            ("name", _("Contact"), "text"),
            ("title", _("Title"), "text"),
            ("role", _("Role"), "text"),
            ("influence", _("Influence, 1 to 5"), "count"),
            ("attitude", _("Attitude, −2 to 2"), "count"),
            ("email", _("Email"), "text"),
        ],
        _("No contact is on record: import contacts."),
        order_by=("influence", True),
    ),
    Part(
        _("Promises and next steps"),
        "ledgers.interactions",
        [
            ("next_step_due", _("Due"), "date"),
            ("next_step", _("Next step"), "text"),
            ("by", _("By"), "text"),
            ("occurred_on", _("Agreed"), "date"),
        ],
        _("No interaction on record names a next step."),
        until="occurred_on",
        known="next_step",
        order_by=("next_step_due", True),
    ),
    Part(
        _("Actions of the reviews"),
        "reviews.action_list",
        [
            ("action", _("Action"), "text"),
            ("owner", _("Owner"), "text"),
            ("due_on", _("Due"), "date"),
            ("action_state", _("State"), "status"),
            ("agreed_on", _("Agreed"), "date"),
        ],
        _("No action has been agreed in a review."),
        takes=(AS_OF,),
        order_by=("due_on", True),
    ),
    Part(
        _("Contracts"),
        "ledgers.contracts",
        [
            ("name", _("Contract"), "text"),
            ("start_date", _("From"), "date"),
            ("end_date", _("Until"), "date"),
            ("annual_value", _("Value a year"), "reporting currency"),
            ("notice_days", _("Notice, days"), "days"),
            ("auto_renews", _("Renews itself"), "text"),
        ],
        _("No contract is on record: import contracts."),
        order_by=("end_date", False),
    ),
    Part(
        _("Opportunities"),
        "ledgers.opportunities",
        [
            ("name", _("Opportunity"), "text"),
            ("stage", _("Stage"), "text"),
            ("amount", _("Amount"), "reporting currency"),
            ("probability", _("Probability"), "share"),
            ("expected_close", _("Expected close"), "date"),
            ("owner", _("Owner"), "text"),
        ],
        _("No opportunity is on record: import opportunities."),
        order_by=("expected_close", True),
    ),
    Part(
        _("History of decisions and reviews"),
        "reviews.account_history",
        [
            ("happened_on", _("Day"), "date"),
            ("decision", _("Decision"), "status"),
            ("outcome", _("Outcome"), "words"),
            ("reason", _("Reason or notes"), "text"),
            ("decided_by", _("By"), "text"),
        ],
        _("Nothing has been decided about this account yet."),
        takes=(AS_OF, OF_ACCOUNT),
        order_by=("happened_on", True),
    ),
    Part(
        _("Lessons of earlier handovers"),
        "managers.lesson_list",
        [
            ("closed_on", _("Day"), "date"),
            ("from_name", _("From"), "text"),
            ("to_name", _("To"), "text"),
            ("lessons", _("What was learned"), "text"),
        ],
        _("No handover of this account has been closed before."),
        takes=(AS_OF,),
        order_by=("closed_on", True),
    ),
    Part(
        _("Dealings"),
        "ledgers.interactions",
        [
            ("occurred_on", _("Day"), "date"),
            ("kind", _("Kind"), "words"),
            ("summary", _("Summary"), "text"),
            ("by", _("By"), "text"),
            ("next_step", _("Next step"), "text"),
            ("next_step_due", _("Due"), "date"),
        ],
        _("No interaction is on record up to this day: import interactions."),
        until="occurred_on",
        order_by=("occurred_on", True),
    ),
)


@dataclass(frozen=True)
class Filled:
    """A part with its rows; total: how many there are where more than MOST_ROWS."""

    part: Part
    rows: list[dict[str, Any]]
    total: int


@dataclass(frozen=True)
class Pack:
    """The pack of an account on a day."""

    account_id: str
    name: str
    as_of: date
    parts: tuple[Filled, ...]


def pack(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> Pack:
    """Collect the pack of an account. Raises NotFound for an unknown account."""
    account = store.one("ledgers.accounts", where=[Condition("account_id", "=", account_id)])
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
        )
    known = relations.catalogue()
    present = [part for part in PARTS if part.relation in known or part.relation.startswith("ledgers.")]
    return Pack(account_id, account["name"], as_of, tuple(_filled(store, part, account_id, as_of) for part in present))


def _filled(store: Store, part: Part, account_id: str, as_of: date) -> Filled:
    given = {AS_OF: as_of, OF_ACCOUNT: account_id}
    where = [] if OF_ACCOUNT in part.takes else [Condition("account_id", "=", account_id)]
    where += [Condition(part.until, "<=", as_of)] if part.until else []
    where += [Condition(part.known, "is_known")] if part.known else []
    read = store.page if part.is_dear else store.read
    found = read(
        part.relation,
        {name: given[name] for name in part.takes} | dict(part.arguments),
        columns=[name for name, _label, _unit in part.columns],
        where=where,
        order_by=[part.order_by] if part.order_by else [],
        limit=MOST_ROWS,
    )
    return Filled(part, found.records(), found.total)
