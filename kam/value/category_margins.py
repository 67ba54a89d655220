"""The margin that is assumed, by product category and date, where the ledger has no product cost."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from kam.access import Person
from kam.errors import BadInput, NotFound
from kam.store import Condition, Rows, Store, Transaction
from kam.words import _


def assume_category_margin(
    store: Store,
    category: str,
    margin_rate: float | None,
    *,
    valid_from: date,
    source: str,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Adopt a category's margin rate from a date on. margin_rate: share of revenue 0..1; None: unknown from then on.

    Raises NotFound for a category that no product has, BadInput for a rate out of range or a missing source.
    """
    if margin_rate is not None and not (math.isfinite(margin_rate) and 0 <= margin_rate <= 1):
        raise BadInput(
            _("The margin rate of {category} must lie between 0 and 1; {rate:g} does not.").format(
                category=category, rate=margin_rate
            ),
            reason="out_of_range",
            field="margin_rate",
        )
    if not source.strip():
        raise BadInput(
            _("Say where the margin rate of {category} comes from.").format(category=category),
            reason="missing",
            field="source",
        )
    if not store.read("ledgers.products", where=[Condition("category", "=", category)], limit=1).rows:
        raise NotFound(
            _("No product has the category {category}: it comes from the product master.").format(category=category),
            reason="unknown_category",
            field="category",
        )

    def change(tx: Transaction) -> None:
        tx.insert(
            "value.category_margins",
            adoption_id=tx.next_number("value.category_margins", "adoption_id"),
            category=category,
            valid_from=valid_from,
            margin_rate=None if margin_rate is None else Decimal(f"{margin_rate:.8f}"),
            source=source.strip()[:500],
            adopted_by=who.name,
            adopted_at=tx.now,
        )

    store.write(
        change,
        who=who,
        action="assume category margin",
        subject=("category", category),
        op_id=op_id,
        details={"margin_rate": margin_rate, "valid_from": valid_from, "source": source.strip()[:500]},
    )


def category_margins(store: Store, as_of: date) -> Rows:
    """The rates in force on a day, by category."""
    return store.read("value.category_margins_in_force", {"as_of": as_of}, order_by=[("category", False)])


def product_categories(store: Store) -> list[str]:
    """The categories that the product master names."""
    return store.choices("ledgers.products", None, "category")
