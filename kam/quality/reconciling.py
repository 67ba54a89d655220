"""Figures that a person types from another system, held against the ledger; and rejected rows called settled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Store, Transaction
from kam.store.writing import Actor
from kam.words import _


def note_figure(
    store: Store,
    *,
    from_on: date,
    to_on: date,
    amount: Decimal,
    currency: str,
    source: str,
    who: Actor,
    op_id: str | None = None,
) -> int | None:
    """Keep a control total of net revenue; returns its number. from_on, to_on: first and last day, inclusive.

    Raises BadInput for days the wrong way round, no source, or a currency that no line is in.
    """
    if to_on < from_on:
        raise BadInput(_("The last day lies before the first: exchange them."), reason="bad_date", field="to_on")
    if not source.strip():
        raise BadInput(_("Say where the figure is from, such as a report's name."), reason="missing", field="source")
    known = store.choices("ledgers.order_lines", None, "currency")
    currency = currency.strip().upper()
    if currency not in known:
        raise BadInput(
            _("No order line is in {currency}: the ledger holds {known}.").format(
                currency=currency or "–", known=", ".join(known) or _("none yet")
            ),
            reason="bad_currency",
            field="currency",
        )

    def change(tx: Transaction) -> int:
        figure_id = tx.next_number("quality.control_figures", "figure_id")
        tx.insert(
            "quality.control_figures",
            figure_id=figure_id,
            from_on=from_on,
            to_on=to_on,
            currency=currency,
            amount=amount,
            source=source.strip(),
            noted_by=who.name,
            noted_at=tx.now,
        )
        return figure_id

    return store.write(
        change,
        who=who,
        action="note control figure",
        subject=("ledger", f"{from_on} {to_on} {currency}"),
        op_id=op_id,
        details={"amount": amount, "source": source.strip()},
    )


def withdraw_figure(store: Store, figure_id: int, *, who: Actor, op_id: str | None = None) -> None:
    """Take a figure out of the reconciliation. Raises NotFound, RuleBroken where that was done."""

    def change(tx: Transaction) -> None:
        held = tx.one("quality.control_figures", {"figure_id": figure_id})
        if held is None:
            raise NotFound(_("There is no control figure {number}.").format(number=figure_id))
        if held["withdrawn_at"] is not None:
            raise RuleBroken(_("This figure is withdrawn already."), reason="undone")
        tx.update(
            "quality.control_figures",
            {"figure_id": figure_id},
            {"withdrawn_by": who.name, "withdrawn_at": tx.now},
        )

    store.write(change, who=who, action="withdraw control figure", subject=("ledger", str(figure_id)), op_id=op_id)


def settle_rejects(store: Store, import_id: int, *, reason: str, who: Actor, op_id: str | None = None) -> None:
    """Call the rejected rows of an import settled: corrected and brought in, or not wanted.

    Raises BadInput for an empty reason, NotFound for an import without open rejects.
    """
    if not reason.strip():
        raise BadInput(
            _("Say what became of the rejected rows: corrected and imported, or not wanted, and why."),
            reason="missing",
            field="reason",
        )

    def change(tx: Transaction) -> None:
        held = tx.one("quality.open_rejects", {"import_id": import_id})
        if held is None:
            raise NotFound(_("Import {number} has no open rejected rows.").format(number=import_id))
        tx.insert(
            "quality.settled_rejects",
            import_id=import_id,
            reason=reason.strip(),
            settled_by=who.name,
            settled_at=tx.now,
        )

    store.write(change, who=who, action="settle rejects", subject=("import", str(import_id)), op_id=op_id)
