"""Relational value: references, referrals, learning, innovation. Beside lifetime value, never added to it (METHOD 3.4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kam.access import Person
from kam.errors import BadInput
from kam.store import Condition, Store, Transaction
from kam.value.stating import account_name, amount_of, rating_of, said, share_of
from kam.words import _

# kind: what it is called and what it means
RELATIONAL_KINDS = {
    "reference": (_("Reference"), _("Deals that are likelier because the account vouches for us")),
    "referral": (_("Referral"), _("Customers that the account sends us")),
    "learning": (_("Learning"), _("What we learn there and use elsewhere: cost avoided, improvements rolled out")),
    "innovation": (_("Innovation"), _("New products or services developed together")),
}


def rate_relational(
    store: Store,
    account_id: str,
    kind: str,
    rating: int,
    *,
    evidence: str,
    rated_on: date,
    amount: Decimal | float | None = None,
    probability: float | None = None,
    causal_line: str = "",
    who: Person,
    op_id: str | None = None,
) -> None:
    """Rate one kind 0 (none) to 4 (outstanding), with money only where a causal line and a probability stand behind it.

    Raises NotFound for an unknown account, BadInput naming account and field.
    """
    if kind not in RELATIONAL_KINDS:
        raise BadInput(
            _("{kind} is no relational value: choose one of {kinds}.").format(
                kind=kind, kinds=", ".join(RELATIONAL_KINDS)
            ),
            reason="unknown_kind",
            field="kind",
        )
    what = RELATIONAL_KINDS[kind][0]
    fields: dict[str, Any] = {
        "kind": kind,
        "rating": rating_of(rating, what, account_id),
        "evidence": said(evidence, _("Evidence"), account_id, "evidence"),
        "rated_on": rated_on,
    }
    if amount is not None:
        if probability is None or not causal_line.strip():
            raise BadInput(
                _(
                    "{what} of account {account}: money needs a causal line and a probability; without them leave it a "
                    "rating."
                ).format(what=what, account=account_id),
                reason="no_causal_line",
                field="probability" if causal_line.strip() else "causal_line",
            )
        fields |= {
            "amount": amount_of(amount, what, account_id, "amount"),
            "probability": share_of(probability, _("Probability"), account_id, "probability"),
            "causal_line": said(causal_line, _("Causal line"), account_id, "causal_line"),
        }

    def change(tx: Transaction) -> None:
        account_name(tx, account_id)
        tx.insert(
            "value.relational_ratings",
            rating_id=tx.next_number("value.relational_ratings", "rating_id"),
            account_id=account_id,
            **fields,
            assessor=who.name,
            recorded_at=tx.now,
        )

    store.write(
        change, who=who, action="rate relational value", subject=("account", account_id), op_id=op_id, details=fields
    )


def relational_of(store: Store, as_of: date, account_ids: list[str]) -> list[dict[str, Any]]:
    """The latest ratings of these accounts on as_of, by account and kind."""
    return store.read(
        "value.relational_value",
        {"as_of": as_of},
        where=[Condition("account_id", "one_of", account_ids)],
        order_by=[("account_id", False), ("kind", False)],
    ).records()
