"""The account above an account, said by a person: the account master does not always know who belongs to whom.

The link is the master's own column, so every reading follows it. A later account file that has a parent column says it
anew, and its preview shows the row as one that changes; a file without that column leaves the link as it is.
"""

from __future__ import annotations

from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Store, Transaction
from kam.store.writing import Actor
from kam.words import _

_ACCOUNTS = "ledgers.accounts"


def link_parent(
    store: Store, account_id: str, parent_account_id: str | None, *, reason: str, who: Actor, op_id: str | None = None
) -> bool | None:
    """Put an account beneath another, or (None) at the head of its own group; None where op_id was done already.

    What stood before, the reason and the person are kept in the audit chain. Raises BadInput for an empty reason or
    where it stands so already, NotFound for an unknown account, RuleBroken (`cycle`) where the other is the account
    itself or lies beneath it.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Say why: the reason is kept with the link."), reason="missing", field="reason")

    def change(tx: Transaction) -> bool:
        held = _held(tx, account_id, "account_id")
        if held["parent_account_id"] == parent_account_id:
            raise BadInput(
                _("{account} stands so already: nothing was changed.").format(account=held["name"]),
                reason="unchanged",
                field="parent_account_id",
            )
        above = parent_account_id
        seen: set[str] = set()
        while above is not None and above not in seen:
            if above == account_id:
                raise RuleBroken(
                    _("{parent} is {account} itself or lies beneath it: a group has one head.").format(
                        parent=parent_account_id, account=account_id
                    ),
                    reason="cycle",
                    field="parent_account_id",
                )
            seen.add(above)
            above = _held(tx, above, "parent_account_id")["parent_account_id"]
        tx.update(_ACCOUNTS, {"account_id": account_id}, {"parent_account_id": parent_account_id})
        tx.note(before=held["parent_account_id"])
        return True

    return store.write(
        change,
        who=who,
        action="link parent",
        subject=("account", account_id),
        op_id=op_id,
        details={"parent_account_id": parent_account_id, "reason": reason},
    )


def _held(tx: Transaction, account_id: str, field: str) -> dict:
    row = tx.one(_ACCOUNTS, {"account_id": account_id})
    if row is None:
        raise NotFound(
            _("There is no account {account_id}: check the id in the list of accounts.").format(account_id=account_id),
            reason="unknown_account",
            field=field,
        )
    return row
