"""What a review looks at, as plain values: the account's figures, people, plan, promises, commitments and complaints."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from kam import ledgers, value
from kam.access import Person
from kam.errors import NotFound
from kam.store import Condition, Store
from kam.store.writing import as_json
from kam.words import _

_WHO = ("executive_id", "executive_name", "assigned_on", "last_contact_on", "contact_state")
_PEOPLE = ("contact_id", "name", "title", "role", "influence", "attitude", "is_here")
_ACTIONS = ("action_id", "action", "owner", "due_on", "action_state", "progress_share")
_COMMITMENTS = ("commitment_id", "commitment", "owner", "due_on", "commitment_state")
_COMPLAINTS = ("complaint_id", "complaint", "severity", "owner", "received_on", "complaint_state")


def what_is_seen(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> dict[str, Any]:
    """What a review looks at: as_of, measures of the ledger, sponsor, open actions of reviews; people, plan (actions of its
    plans), promises (open ones), commitments (not ended), complaints (open). Dates as ISO text, money as text.

    Raises NotFound for an unknown account, Refusal for a day before the ledger.
    """
    ledgers.check_as_of(store, as_of)
    among, day = [Condition("account_id", "=", account_id)], {"as_of": as_of}
    account = next(iter(store.page("programme.account_list", day | {"level": "account"}, where=among)), None)
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
        )
    # Kept in memory: a round sees many accounts on the same day.
    sponsor = next(iter(store.page("sponsorship.roster_sponsors", day, where=among)), {})

    def rows(relation: str, columns: tuple[str, ...], *, is_open: bool | None = True, **more: Any) -> list[dict]:
        where = among if is_open is None else [*among, Condition("is_open", "=", is_open)]
        return store.read(relation, day, columns=columns, where=where, order_by=[(columns[0], False)], **more).records()

    seen = {
        "as_of": as_of,
        "name": account["name"],
        "category": account["category"],
        "owner": account["owner"],
        "activity_state": account["activity_state"],
        "is_margin_estimated": account["is_margin_estimated"],
        "measures": {measure_id: account[measure_id] for measure_id in value.MEASURES},
        "sponsor": {name: sponsor.get(name) for name in _WHO},
        "open_actions": store.read(
            "reviews.action_list",
            day,
            columns=("action", "owner", "due_on", "action_state"),
            where=[*among, Condition("is_open", "=", True)],
            order_by=[("due_on", False), ("action_id", False)],
        ).records(),
        "people": store.read(
            "relationships.contacts",
            day | {"of_account": account_id},
            columns=_PEOPLE,
            order_by=[("influence", True), ("contact_id", False)],
        ).records(),
        "plan": rows("plans.action_list", _ACTIONS, is_open=None),
        "promises": _promises(store, account_id, as_of),
        "commitments": rows("plans.commitment_list", _COMMITMENTS),
        "complaints": rows("plans.complaint_list", _COMPLAINTS),
    }
    return json.loads(as_json(seen))


def _promises(store: Store, account_id: str, as_of: date) -> list[dict[str, Any]]:
    """Open promises, those of account managers and those of our executives: what, who, due_on, is_late."""
    of_managers = [
        {"what": row["promise"], "who": row["who"], "due_on": row["due_on"], "is_late": row["due_on"] < as_of}
        for row in store.read(
            "relationships.open_promises",
            {"as_of": as_of, "of_account": account_id},
            where=[Condition("due_on", "is_known")],
            order_by=[("due_on", False), ("promise", False)],
        )
    ]
    of_executives = [
        {
            "what": row["promise"],
            "who": row["owner"],
            "due_on": row["due_on"],
            "is_late": row["promise_state"] == "overdue",
        }
        for row in store.read(
            "sponsorship.promise_list",
            {"as_of": as_of},
            where=[
                Condition("account_id", "=", account_id),
                Condition("promise_state", "one_of", ["open", "due_soon", "overdue"]),
            ],
            order_by=[("due_on", False), ("promise_id", False)],
        )
    ]
    return of_managers + of_executives
