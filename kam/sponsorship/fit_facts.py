"""What the fit reads beyond the masters: functions on a customer's agenda, and what a pairing would develop."""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date

from kam.access import Person
from kam.errors import BadInput
from kam.sponsorship.checks import account_name, executive_name, stated
from kam.sponsorship.fit import FULL, FUNCTIONS
from kam.store import Store, Transaction
from kam.words import _


def note_agenda(
    store: Store,
    account_id: str,
    functions: Collection[str],
    *,
    as_of: date,
    source: str,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Note which of our functions a customer's agenda calls for (keys of FUNCTIONS; none takes the note back).

    Raises BadInput for an unknown function or no source, NotFound for an unknown account.
    """
    source = stated(source, _("Say where this stands, or who at the customer said so."), field="source")
    unknown = sorted(set(functions) - FUNCTIONS.keys())
    if unknown:
        raise BadInput(
            _("{function} is no function here: choose from {known}.").format(
                function=unknown[0], known=", ".join(FUNCTIONS)
            ),
            reason="unknown_function",
            field="functions",
        )

    def change(tx: Transaction) -> None:
        account_name(tx, account_id)
        _write(tx, "agenda", account_id, as_of, source, functions=sorted(set(functions)))

    store.write(
        change,
        who=who,
        action="note agenda",
        subject=("account", account_id),
        op_id=op_id,
        details={"functions": sorted(set(functions)), "noted_on": as_of, "source": source},
    )


def note_development(
    store: Store,
    account_id: str,
    executive_id: str,
    points: float | None,
    *,
    as_of: date,
    source: str,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Note what the executive or the account would gain from the pairing, 0–10 (None takes the note back).

    Raises BadInput for points out of range or no source, NotFound for an unknown account or executive.
    """
    source = stated(source, _("Say whose judgement this is, and why."), field="source")
    if points is not None and not (math.isfinite(points) and 0 <= points <= FULL):
        raise BadInput(_("Points must lie between 0 and 10."), reason="out_of_range", field="points")

    def change(tx: Transaction) -> None:
        account_name(tx, account_id)
        executive_name(tx, executive_id)
        _write(tx, "development", account_id, as_of, source, executive_id=executive_id, points=points)

    store.write(
        change,
        who=who,
        action="note development",
        subject=("account", account_id),
        op_id=op_id,
        details={"executive_id": executive_id, "points": points, "noted_on": as_of, "source": source},
    )


def _write(tx: Transaction, kind: str, account_id: str, as_of: date, source: str, **noted) -> None:
    tx.insert(
        "sponsorship.fit_facts",
        fact_id=tx.next_number("sponsorship.fit_facts", "fact_id"),
        kind=kind,
        account_id=account_id,
        noted_on=as_of,
        source=source,
        recorded_by=tx.who.name,
        recorded_at=tx.now,
        **noted,
    )
