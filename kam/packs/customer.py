"""The customer's copy of an account's pack: only what was marked for the customer, never profit, value, attitude or health.

It is built from what may be shown (`kam.plans.customer_items`), not by taking away what may not.
"""

from __future__ import annotations

from datetime import date

from kam import ledgers, plans, units
from kam.access import Person
from kam.errors import NotFound
from kam.packs.document import Pack, Section, Table
from kam.store import Condition, Store
from kam.words import _

# What something is takes more room than who, when and how far.
_FIRST_COLUMN = 3.0


def customer_pack(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> Pack:
    """The customer's copy on a day: the open plan's marked items, and the commitments that were marked.

    Raises NotFound for an unknown account and for one without an open plan, Refusal for a day before the ledger.
    """
    ledgers.check_as_of(store, as_of)
    account = store.one("ledgers.accounts", where=[Condition("account_id", "=", account_id)])
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account",
        )
    plan = store.one(
        "plans.progress",
        {"as_of": as_of},
        columns=("plan_id",),
        where=[Condition("account_id", "=", account_id), Condition("is_open", "=", True)],
        order_by=[("begins_on", True), ("plan_id", True)],
    )
    if plan is None:
        raise NotFound(
            _("{account} has no open plan, so there is no copy for the customer: open a plan first.").format(
                account=account["name"]
            ),
            reason="no_plan",
        )
    items = plans.customer_items(store, plan["plan_id"], as_of)
    nothing = _("Nothing of the plan is marked for the customer yet.")
    section = Section(
        "plan",
        _("Our joint plan"),
        _("Our joint plan"),
        lines=[items.joint_aim] if items.joint_aim else [] if items.tables else [nothing],
        tables=[
            Table(
                title,
                title if headings else "",
                [(heading, "text") for heading in headings or (title,)],
                [tuple(row) for row in rows],
                empty="",
                widths=[_FIRST_COLUMN, *[1.0] * (len(headings) - 1)] if headings else None,
            )
            for title, headings, rows in items.tables
        ],
    )
    return Pack(
        account_id=account_id,
        title=items.title,
        subtitle=_("As of {day}").format(day=units.day(as_of)),
        as_of=as_of,
        currency=store.setting("currency") or "",
        sections=[section],
        for_customer=True,
    )
