"""Red-line events: what no average may hide. While one is open, health stays at or below the cap."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.errors import NotFound, RuleBroken
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

KINDS = {
    "sponsor_lost": _("the customer's sponsor is lost"),
    "tender": _("a tender is announced"),
    "service_failure": _("a severe service failure"),
    "merger": _("a merger or a new owner"),
}


def raise_red_line(
    store: Store, account_id: str, kind: str, *, happened_on: date, evidence: str, who: Person, op_id: str | None = None
) -> int | None:
    """Record an event; returns its id (None where op_id was done already).

    Raises BadInput for an unknown kind or no evidence, NotFound for an unknown account, RuleBroken where one of the
    kind is open.
    """
    rules.one_of(kind, KINDS, _("The kind"), field="kind")
    evidence = rules.stated(evidence, _("Say how you know it: the evidence is kept."), field="evidence")

    def change(tx: Transaction) -> int:
        name = rules.account_name(tx, account_id)
        is_open = tx.read(
            "relationships.red_lines",
            where=[
                Condition("account_id", "=", account_id),
                Condition("kind", "=", kind),
                Condition("closed_on", "is_missing"),
            ],
        )
        for row in is_open:
            raise RuleBroken(
                _("At {account} this is open already since {day}: close that one first.").format(
                    account=name, day=units.day(row["happened_on"])
                ),
                reason="open",
                field="kind",
            )
        red_line_id = tx.next_number("relationships.red_lines", "red_line_id")
        tx.insert(
            "relationships.red_lines",
            red_line_id=red_line_id,
            account_id=account_id,
            kind=kind,
            happened_on=happened_on,
            evidence=evidence,
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )
        return red_line_id

    return store.write(
        change,
        who=who,
        action="raise red line",
        subject=("account", account_id),
        op_id=op_id,
        details={"kind": kind, "happened_on": happened_on, "evidence": evidence},
    )


def close_red_line(
    store: Store,
    red_line_id: int,
    *,
    closed_on: date,
    closing: str,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Close an event with what ended it. Raises BadInput for no reason or a day before it, NotFound for an unknown one,
    RuleBroken for one that is closed, StaleWrite where somebody changed it since expected_version."""
    closing = rules.stated(closing, _("Say what ended it: the reason is kept."), field="closing")

    def change(tx: Transaction) -> None:
        held = tx.one("relationships.red_lines", {"red_line_id": red_line_id})
        if held is None:
            raise NotFound(_("This record is no longer there: reload the page."), reason="unknown_red_line")
        if held["closed_on"] is not None:
            raise RuleBroken(
                _("It was closed on {day} already: reload the page.").format(day=units.day(held["closed_on"])),
                reason="closed",
            )
        rules.not_before(
            closed_on,
            held["happened_on"],
            _("It happened on {earliest}: it cannot be closed on {day}."),
            field="closed_on",
        )
        tx.update(
            "relationships.red_lines",
            {"red_line_id": red_line_id},
            {"closed_on": closed_on, "closing": closing, "closed_by": tx.who.name, "closed_at": tx.now},
            expected_version=expected_version,
        )
        tx.note(account_id=held["account_id"], kind=held["kind"])

    store.write(
        change,
        who=who,
        action="close red line",
        subject=("red_line", str(red_line_id)),
        op_id=op_id,
        details={"closed_on": closed_on, "closing": closing},
    )


def open_of(store: Store, account_id: str, as_of: date) -> list[dict]:
    """The open events of an account, the oldest first (rows of relationships.open_red_lines)."""
    return store.read(
        "relationships.open_red_lines",
        {"as_of": as_of},
        where=[Condition("account_id", "=", account_id)],
        order_by=[("happened_on", False), ("red_line_id", False)],
    ).records()
