"""The pack of a handover: everything the company knows of an account, collected from the records that exist.

What belongs to it stands in `kam.managers.pack_parts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import relations
from kam.access import Person
from kam.errors import NotFound
from kam.managers.pack_parts import AS_OF, OF_ACCOUNT, PARTS, Part
from kam.store import Condition, Store
from kam.words import _

MOST_ROWS = 200


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
    present = [
        part
        for part in PARTS
        if (part.relation in known or part.relation.startswith("ledgers.")) and part.unless not in known
    ]
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
