"""Merging two accounts that are one customer, and taking that back. Only a person does either.

The facts follow: every imported row of the merged account moves to the other one and remembers the name it came
under, and so does every row that a later import brings under that name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kam import relations
from kam.errors import BadInput, NotFound, RuleBroken
from kam.ledgers import rollup
from kam.store import Condition, Rows, Store, Transaction
from kam.store.merging import followers, rename, rename_back, users
from kam.store.writing import Actor, as_json
from kam.words import _

_TABLE = "ledgers.account_merges"


@dataclass(frozen=True)
class Merged:
    """A merge or its undoing. moved: rows that changed account, by table."""

    merge_id: int
    account_id: str
    into_account_id: str
    moved: dict[str, int]

    @property
    def count(self) -> int:
        """Rows that moved, over all tables."""
        return sum(self.moved.values())


def merges(store: Store) -> Rows:
    """Every merge, newest first; undone_at is null where it stands."""
    return store.read(_TABLE, order_by=[("merge_id", True)])


def merge_accounts(
    store: Store, account_id: str, into_account_id: str, *, reason: str, who: Actor, op_id: str | None = None
) -> Merged | None:
    """Merge one account into another; returns what moved (None where op_id was done already).

    The merged account leaves the master; its facts, and accounts beneath it, follow. Raises BadInput for an empty
    reason or an account merged into itself, NotFound for an unknown one, and RuleBroken where a decision names the
    account that would go (merge the other way round) or the other lies beneath it.
    """
    reason = _stated(reason)
    if account_id == into_account_id:
        raise BadInput(_("An account cannot be merged into itself: choose another."), field="into_account_id")

    def change(tx: Transaction) -> Merged:
        gone, stays = _held(tx, account_id), _held(tx, into_account_id)
        _refuse_where_decided(tx, gone)
        if stays["parent_account_id"] == account_id:
            # The other lay directly beneath: it takes the place of the one that goes.
            above = {"parent_account_id": gone["parent_account_id"]}
            tx.update("ledgers.accounts", {"account_id": into_account_id}, above)
        elif account_id in _ancestors(tx, stays):
            raise RuleBroken(
                _("{other} lies further beneath {account}: merge {other} into {account} instead.").format(
                    other=stays["name"], account=gone["name"]
                ),
                reason="cycle",
                field="into_account_id",
            )
        _touch(tx, account_id, into_account_id)
        moved = {relation: rename(tx, relation, account_id, into_account_id) for relation in followers(tx.store)}
        children = [
            row["account_id"]
            for row in tx.read("ledgers.accounts", where=[Condition("parent_account_id", "=", account_id)])
            if row["account_id"] != into_account_id
        ]
        for child in children:
            tx.update("ledgers.accounts", {"account_id": child}, {"parent_account_id": into_account_id})
        tx.delete("ledgers.accounts", {"account_id": account_id})
        merge_id = tx.next_number(_TABLE, "merge_id")
        tx.insert(
            _TABLE,
            merge_id=merge_id,
            account_id=account_id,
            into_account_id=into_account_id,
            import_id=gone["import_id"],
            row_image=as_json({"master": gone, "parent_of_other": stays["parent_account_id"]}),
            child_ids=json.dumps(children),
            reason=reason,
            merged_by=who.name,
            merged_at=tx.now,
        )
        _touch(tx, account_id, into_account_id)
        rollup.bring_up_to_date(tx)
        tx.note(rows=sum(moved.values()))
        return Merged(merge_id, account_id, into_account_id, moved)

    return store.write(
        change,
        who=who,
        action="merge accounts",
        subject=("account", into_account_id),
        op_id=op_id,
        details={"account_id": account_id, "into_account_id": into_account_id, "reason": reason},
    )


def undo_merge(store: Store, merge_id: int, *, reason: str, who: Actor, op_id: str | None = None) -> Merged | None:
    """Take a merge back: the account returns with every row that came under its name, before the merge and since.

    Raises BadInput for an empty reason, NotFound for an unknown merge, RuleBroken where it is undone already or the
    account it went into is itself merged away.
    """
    reason = _stated(reason)

    def change(tx: Transaction) -> Merged:
        merge = tx.one(_TABLE, {"merge_id": merge_id})
        if merge is None:
            raise NotFound(_("There is no merge {number}: see the list of merges.").format(number=merge_id))
        if merge["undone_at"] is not None:
            raise RuleBroken(_("Merge {number} is undone already.").format(number=merge_id), reason="undone")
        account_id, into = merge["account_id"], merge["into_account_id"]
        if tx.one("ledgers.accounts", {"account_id": into}) is None:
            raise RuleBroken(
                _("{account} is itself merged into another account: undo that merge first.").format(account=into),
                reason="later_merge",
            )
        image = json.loads(merge["row_image"])
        _touch(tx, account_id, into)
        tx.insert("ledgers.accounts", **image["master"])
        tx.update(
            _TABLE,
            {"merge_id": merge_id},
            {"undone_by": who.name, "undone_at": tx.now, "undo_reason": reason},
        )
        # Every name that was ever merged: earlier merges may lead through this one.
        names = sorted({row["account_id"] for row in tx.read(_TABLE, columns=("account_id",))})
        moved = {relation: rename_back(tx, relation, names) for relation in followers(tx.store)}
        for child in json.loads(merge["child_ids"]):
            row = tx.one("ledgers.accounts", {"account_id": child})
            if row and row["parent_account_id"] == into:
                tx.update("ledgers.accounts", {"account_id": child}, {"parent_account_id": account_id})
        if image["parent_of_other"] == account_id:
            tx.update("ledgers.accounts", {"account_id": into}, {"parent_account_id": account_id})
        _touch(tx, account_id, into)
        rollup.bring_up_to_date(tx)
        tx.note(rows=sum(moved.values()))
        return Merged(merge_id, account_id, into, moved)

    return store.write(
        change,
        who=who,
        action="undo merge",
        subject=("merge", str(merge_id)),
        op_id=op_id,
        details={"reason": reason},
    )


def _stated(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Say why: the reason is kept with the merge."), reason="missing", field="reason")
    return reason


def _held(tx: Transaction, account_id: str) -> dict[str, Any]:
    row = tx.one("ledgers.accounts", {"account_id": account_id})
    if row is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or see whether it is merged already.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    return row


def _ancestors(tx: Transaction, account: dict[str, Any]) -> list[str]:
    found: list[str] = []
    parent = account["parent_account_id"]
    while parent is not None and parent not in found:
        found.append(parent)
        row = tx.one("ledgers.accounts", {"account_id": parent})
        parent = row["parent_account_id"] if row else None
    return found


def _refuse_where_decided(tx: Transaction, account: dict[str, Any]) -> None:
    found = users(tx, account["account_id"])
    if found:
        raise RuleBroken(
            _(
                "Decisions name {account} ({where}): merge the other account into it, so that they keep their account."
            ).format(account=account["name"], where=found[0].split(".")[1].replace("_", " ")),
            reason="in_use",
            field="account_id",
        )


def _touch(tx: Transaction, *account_ids: str) -> None:
    tx.run(
        relations.step("ledgers.touch_lines_of_accounts"),
        {"account_ids": list(account_ids)},
        touches=["ledgers.touched_months"],
    )
