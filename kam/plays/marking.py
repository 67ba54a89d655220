"""Writing down what was done with the accounts of a list; said again, the later word counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

OUTCOMES = {
    "done": _("done, no answer yet"),
    "interested": _("interested"),
    "won": _("bought or agreed"),
    "no_interest": _("not interested"),
    "not_reached": _("tried, not reached"),
    "not_done": _("not done"),
}
_TABLE = "plays.marks"


def mark(
    store: Store,
    run_id: int,
    account_ids: Sequence[str],
    outcome: str,
    *,
    note: str = "",
    done_on: date,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write down what was done with accounts of a run's list; returns how many (None where op_id was done already).

    Raises BadInput for no account, an unknown outcome, a day outside (the run … as_of), or `not_done` without saying why;
    NotFound for an unknown run or an account that it was not meant for, RuleBroken for one that was left out.
    """
    chosen = list(dict.fromkeys(account_ids))
    if not chosen:
        raise BadInput(_("Choose at least one account of the list."), reason="missing", field="account_ids")
    rules.one_of(outcome, OUTCOMES, _("What was done"), field="outcome")
    note = rules.within((note or "").strip(), field="note")
    if outcome == "not_done" and not note:
        raise BadInput(_("Say why it was not done: the next run will ask."), reason="missing", field="note")

    def change(tx: Transaction) -> int:
        run = tx.one("plays.runs", {"run_id": run_id})
        if run is None:
            raise NotFound(_("There is no such run: reload the page."), reason="unknown_run", field="run")
        if not run["as_of"] <= done_on <= as_of:
            raise BadInput(
                _("It was done between {first}, the day of the list, and {last}: choose a day of these.").format(
                    first=units.day(run["as_of"]), last=units.day(as_of)
                ),
                reason="out_of_range",
                field="done_on",
            )
        _check_listed(tx, run_id, chosen)
        first = tx.next_number(_TABLE, "mark_id")
        tx.insert_many(
            _TABLE,
            ["mark_id", "run_id", "account_id", "outcome", "note", "done_on", "marked_by", "marked_at"],
            [
                (number, run_id, account_id, outcome, note, done_on, who.name, tx.now)
                for number, account_id in enumerate(chosen, first)
            ],
        )
        tx.note(accounts=chosen)
        return len(chosen)

    return store.write(
        change,
        who=who,
        action="mark play",
        subject=("run", str(run_id)),
        op_id=op_id,
        details={"outcome": outcome, "done_on": done_on},
    )


def _check_listed(tx: Transaction, run_id: int, chosen: list[str]) -> None:
    where = [Condition("run_id", "=", run_id), Condition("account_id", "one_of", chosen)]
    held = {row["account_id"]: row for row in tx.read("plays.run_accounts", where=where)}
    for account_id in chosen:
        if account_id not in held:
            raise NotFound(
                _("{account} is not on this list: choose accounts of the list.").format(account=account_id),
                reason="not_on_list",
                field="account_ids",
            )
        if not held[account_id]["is_listed"]:
            raise RuleBroken(
                _("{account} was left out of this list: run the play again once nothing speaks against it.").format(
                    account=held[account_id]["name"]
                ),
                reason="left_out",
                field="account_ids",
            )
