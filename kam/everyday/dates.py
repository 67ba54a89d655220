"""Dates to remember: the customer's own events, holidays, anniversaries; written down by people, once or every year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.everyday import rules
from kam.store import Store, Transaction
from kam.words import _, several

DATE_KINDS = {
    "customer_event": _("the customer's event"),
    "holiday": _("holiday"),
    "anniversary": _("anniversary"),
    "contract": _("contract"),
    "other": _("other"),
}
MOST_REMIND_DAYS = 365


def remember_date(
    store: Store,
    account_id: str,
    what: str,
    *,
    kind: str,
    falls_on: date,
    is_yearly: bool,
    remind_days: int,
    note: str = "",
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write down a date to remember; returns its id (None where op_id was done already). remind_days: 0 to 365 before.

    Raises BadInput for nothing said, an unknown kind, no day, a day before as_of that does not come back, or days to remind out
    of range; NotFound for an unknown account.
    """
    what = rules.stated(what, _("Say what is to be remembered."), field="what")
    rules.one_of(kind, DATE_KINDS, _("The kind"), field="kind")
    if falls_on is None:
        raise BadInput(_("Choose a day."), reason="missing", field="falls_on")
    if falls_on < as_of and not is_yearly:
        raise BadInput(
            _("{day} is past: choose a later day, or let it come back every year.").format(day=units.day(falls_on)),
            reason="past",
            field="falls_on",
        )
    if not (isinstance(remind_days, int) and 0 <= remind_days <= MOST_REMIND_DAYS):
        raise BadInput(
            _("It can be called to mind 0 to {most} days before.").format(most=MOST_REMIND_DAYS),
            reason="out_of_range",
            field="remind_days",
        )
    facts: dict[str, Any] = {
        "kind": kind,
        "what": what,
        "falls_on": falls_on,
        "is_yearly": is_yearly,
        "remind_days": remind_days,
        "note": note.strip(),
    }

    def change(tx: Transaction) -> int:
        rules.account_name(tx, account_id)
        date_id = tx.next_number("everyday.dates", "date_id")
        tx.insert(
            "everyday.dates",
            date_id=date_id,
            account_id=account_id,
            **facts,
            recorded_on=as_of,
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )
        return date_id

    return store.write(
        change,
        who=who,
        action="remember date",
        subject=("account", account_id),
        op_id=op_id,
        details=facts,
    )


def forget_date(
    store: Store, date_id: int, *, as_of: date, expected_version: int, who: Person, op_id: str | None = None
) -> None:
    """End a date that is no longer to be remembered; it stays on file. Raises NotFound for an unknown one, RuleBroken for one
    that is ended, StaleWrite where somebody changed it since expected_version."""

    def change(tx: Transaction) -> None:
        held = tx.one("everyday.dates", {"date_id": date_id})
        if held is None:
            raise NotFound(_("This record is no longer there: reload the page."), reason="unknown_date")
        if held["ended_on"] is not None:
            raise RuleBroken(
                _("It was ended on {day} already: reload the page.").format(day=units.day(held["ended_on"])),
                reason="ended",
            )
        tx.update(
            "everyday.dates",
            {"date_id": date_id},
            {"ended_on": as_of, "ended_by": tx.who.name},
            expected_version=expected_version,
        )
        tx.note(account_id=held["account_id"], what=held["what"])

    store.write(change, who=who, action="forget date", subject=("date", str(date_id)), op_id=op_id)


def date_told(row: Mapping[str, Any]) -> str:
    """What is to be remembered, in words, of a row of everyday.coming_dates."""
    if row["source"] == "contract_end":
        return _("{contract} ends").format(contract=row["what"])
    if row["source"] == "notice":
        return _("Last day for notice of {contract}").format(contract=row["what"])
    if row["source"] == "customer_since":
        return several("Customer for {count} year", "Customer for {count} years", row["years"])
    if row["kind"] == "anniversary" and row["years"]:
        return _("{what} ({years})").format(
            what=row["what"], years=several("{count} year", "{count} years", row["years"])
        )
    return row["what"]
