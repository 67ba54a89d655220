"""Moves of accounts between the programme's states, written down inside a transaction.

The last move of an account says where it stands; a move into or out of the programme goes through
`kam.programme.door` only, with its roster decision.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kam import units
from kam.errors import BadInput, NotFound, RuleBroken
from kam.programme.lifecycle import OUTSIDE, Membership
from kam.store import Condition, Store, Transaction
from kam.words import _

TABLE = "programme.moves"
LONGEST = 2000


def membership_of(row: dict[str, Any]) -> Membership:
    """Where a move (a row of programme.moves or programme.states) left the account."""
    state = row["state_after"] if "state_after" in row else row["state"]
    # Outside is outside: nobody is counted or suspended there, and the day is that of the last move.
    if state == OUTSIDE:
        return Membership(OUTSIDE, since=row["since"])
    return Membership(
        state=state,
        since=row["since"],
        member_since=row["member_since"],
        times_below=row["times_below"],
        last_below=row["last_below"],
        is_suspended=row["is_suspended"],
        waits_for=tuple(row["waits_for"]),
    )


def memberships(store: Store, as_of: date) -> dict[str, Membership]:
    """Where every account that ever moved stands on as_of, by id; accounts that are not named are outside."""
    return {row["account_id"]: membership_of(row) for row in store.read("programme.states", {"as_of": as_of})}


def held(tx: Transaction, account_id: str) -> Membership:
    """Where an account stands after its last move, whatever its date."""
    row = _last(tx, account_id)
    return Membership() if row is None else membership_of(row)


def write_move(
    tx: Transaction,
    account_id: str,
    after: Membership,
    *,
    on: date,
    cause: str,
    reason: str = "",
    cycle_id: int | None = None,
    decision_id: int | None = None,
) -> Membership:
    """Append a move from where the account stands; returns the membership that it leads to.

    Raises RuleBroken for a day before the account's last move.
    """
    last = _last(tx, account_id)
    if last is not None and on < last["moved_on"]:
        raise RuleBroken(
            _("The last decision about {name} is of {last}: date this one on or after that day.").format(
                name=name_of(tx, account_id), last=units.day(last["moved_on"])
            ),
            reason="before_last_decision",
            field="as_of",
        )
    before = Membership() if last is None else membership_of(last)
    after = replace(after, since=before.since if after.state == before.state and before.since else on)
    tx.insert(
        TABLE,
        move_id=tx.next_number(TABLE, "move_id"),
        account_id=account_id,
        moved_on=on,
        state_before=before.state,
        state_after=after.state,
        cause=cause,
        reason=reason,
        cycle_id=cycle_id,
        decision_id=decision_id,
        since=after.since,
        member_since=after.member_since,
        times_below=after.times_below,
        last_below=after.last_below,
        is_suspended=after.is_suspended,
        waits_for=list(after.waits_for),
        moved_by=tx.who.name,
        moved_at=tx.now,
    )
    return after


def moves(store: Store, account_id: str | None = None) -> list[dict[str, Any]]:
    """The moves of one account, or of all, newest first."""
    where = [] if account_id is None else [Condition("account_id", "=", account_id)]
    return store.read(TABLE, where=where, order_by=[("move_id", True)]).records()


def name_of(tx: Transaction, account_id: str) -> str:
    """The account's name; its id where an undone import has taken the record."""
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    return account["name"] if account else account_id


def known_name(tx: Transaction, account_id: str) -> str:
    """The account's name. Raises NotFound where the account master lacks it."""
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    return account["name"]


def stated(text: str, sentence: str, field: str = "reason") -> str:
    """The text without blanks at its ends. Raises BadInput with the sentence where nothing is left, or too much."""
    text = text.strip()
    if not text:
        raise BadInput(sentence, reason="missing", field=field)
    if len(text) > LONGEST:
        raise BadInput(
            _("The text is longer than {longest} characters: shorten it.").format(longest=LONGEST),
            reason="too_long",
            field=field,
        )
    return text


def _last(tx: Transaction, account_id: str) -> dict[str, Any] | None:
    found = tx.read(TABLE, where=[Condition("account_id", "=", account_id)], order_by=[("move_id", True)], limit=1)
    return next(iter(found), None)
