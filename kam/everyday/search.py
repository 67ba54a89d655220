"""Finding an account, a contact, an order, an action or what was learned from anywhere, by a part of its name."""

from __future__ import annotations

from datetime import date

from kam.errors import BadInput
from kam.store import Rows, Store
from kam.words import _

SHORTEST = 2
LONGEST = 100
_SHOWN = 5
# kind: relation, whether it asks for the day, and what brings the nearest to the top
_KINDS = {
    "accounts": ("everyday.found_accounts", False, [("name", False), ("account_id", False)]),
    "contacts": ("everyday.found_contacts", True, [("name", False), ("contact_id", False)]),
    "orders": ("everyday.found_orders", True, [("ordered_on", True), ("order_id", False), ("account_id", False)]),
    "actions": ("everyday.found_actions", True, [("due_on", False), ("source", False), ("action_id", False)]),
    "knowledge": ("everyday.found_entries", True, [("title", False), ("entry_id", False)]),
}


def search(store: Store, sought: str, as_of: date, *, most: int = _SHOWN) -> dict[str, Rows]:
    """accounts, contacts, orders, actions, knowledge → the `most` nearest rows of everyday.found_… and how many there are in all.

    A part of the name or number is enough; case and accents do not matter. Raises BadInput for fewer than two characters,
    or more than a hundred.
    """
    sought = " ".join(sought.split())
    if not SHORTEST <= len(sought) <= LONGEST:
        raise BadInput(
            _("Type {least} to {most} characters of a name or number.").format(least=SHORTEST, most=LONGEST),
            reason="out_of_range",
            field="sought",
        )
    return {
        kind: store.read(
            relation,
            {"sought": sought} | ({"as_of": as_of} if asks_day else {}),
            order_by=[("nearness", False), *order],
            limit=most,
        )
        for kind, (relation, asks_day, order) in _KINDS.items()
    }
