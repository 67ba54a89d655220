"""Whose account it is: a dated word of people over the account master's, until the master names a third."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import RuleBroken
from kam.portfolio.tags import accounts_given, check_accounts, name_of
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

_NAMED = 3


def change_owner(
    store: Store,
    account_ids: Sequence[str],
    owner: str,
    *,
    reason: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Make somebody the owner of accounts from as_of on; returns how many changed (None where op_id was done already).

    The account master is not touched. Raises BadInput for an empty owner or reason, NotFound for an unknown account,
    RuleBroken where a key account is among them (its manager is appointed with grounds) and for a day before the last
    change.
    """
    chosen = accounts_given(account_ids)
    owner = name_of(owner, _("Name the account manager who takes the accounts."), field="owner")
    reason = rules.stated(reason, _("Say why the accounts change hands: the reason is kept."), field="reason")

    def change(tx: Transaction) -> int:
        check_accounts(tx, chosen)
        held = tx.read(
            "portfolio.owners", arguments={"as_of": as_of}, where=[Condition("account_id", "one_of", chosen)]
        ).records()
        _refuse_key_accounts([row["name"] for row in held if row["is_key_account"]])
        _check_days(tx, chosen, as_of)
        changed = [row for row in held if row["owner"] != owner]
        first = tx.next_number("portfolio.owner_changes", "change_id")
        tx.insert_many(
            "portfolio.owner_changes",
            ["change_id", "account_id", "owner", "master_owner", "reason", "changed_on", "changed_by", "changed_at"],
            [
                (number, row["account_id"], owner, row["master_owner"], reason, as_of, who.name, tx.now)
                for number, row in enumerate(changed, first)
            ],
        )
        tx.note(accounts=[row["account_id"] for row in changed])
        return len(changed)

    return store.write(
        change,
        who=who,
        action="change owner",
        subject=("account", chosen[0]) if len(chosen) == 1 else ("accounts", f"{len(chosen)}"),
        op_id=op_id,
        details={"owner": owner, "reason": reason, "as_of": as_of},
    )


def _refuse_key_accounts(names: Sequence[str]) -> None:
    if not names:
        return
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    raise RuleBroken(
        _(
            "The manager of a key account is appointed with grounds on the page Account managers: leave out {names}."
        ).format(names=shown),
        reason="key_account",
        field="account_ids",
    )


def _check_days(tx: Transaction, account_ids: Sequence[str], as_of: date) -> None:
    later = tx.read(
        "portfolio.owner_changes",
        where=[Condition("account_id", "one_of", list(account_ids)), Condition("changed_on", ">", as_of)],
        order_by=[("changed_on", True)],
        limit=1,
    )
    for row in later:
        raise RuleBroken(
            _("{account} changed hands on {day} last: choose that day or a later one.").format(
                account=rules.account_name(tx, row["account_id"]), day=units.day(row["changed_on"])
            ),
            reason="before_last_change",
            field="as_of",
        )
