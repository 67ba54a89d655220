"""What became of the cost of serving: traced or charged to accounts, unused, or business-sustaining. Nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam.access import Person
from kam.store import Store

_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class PoolUse:
    """One pool in the window. Amounts: reporting currency. utilisation_share above 1: overtime, or an error in the data."""

    pool_id: str
    pool_name: str
    is_business_sustaining: bool
    cost_amount: Decimal
    allocated_amount: Decimal
    unused_amount: Decimal
    unallocated_amount: Decimal
    capacity_minutes: Decimal | None
    used_minutes: Decimal
    utilisation_share: float | None


@dataclass(frozen=True)
class Reconciliation:
    """allocated + direct + unused + unallocated = ledger, to the cent; all None where no cost model is in force.

    Amounts: reporting currency, 12 months up to as_of. direct_amount: traced to accounts before anything is allocated;
    the ledger is the pools' cost and this. off_invoice_amount: what is taken off invoices, no part of it. unmodelled: activity codes in the facts that the model does
    not name (activity_code, event_count, quantity, account_count). uncovered: activities on days that no period of
    their pool holds (activity_code, pool_id, minutes, account_count, first_on); the accounts' cost to serve is unknown.
    """

    as_of: date
    allocated_amount: Decimal | None
    direct_amount: Decimal | None
    unused_amount: Decimal | None
    unallocated_amount: Decimal | None
    ledger_amount: Decimal | None
    off_invoice_amount: Decimal
    pools: list[PoolUse]
    unmodelled: list[dict]
    uncovered: list[dict]

    @property
    def overused(self) -> list[PoolUse]:
        """Pools of which more was used than they supply."""
        return [pool for pool in self.pools if pool.utilisation_share is not None and pool.utilisation_share > 1]

    def document(self) -> dict[str, Decimal | None]:
        """The shape of the data contract: allocated is all that accounts bear, what was traced to them included."""
        borne = None if self.allocated_amount is None else self.allocated_amount + self.direct_amount
        return {
            "allocated": borne,
            "unused": self.unused_amount,
            "unallocated": self.unallocated_amount,
            "ledger": self.ledger_amount,
        }


def reconciliation(store: Store, as_of: date, *, for_whom: Person) -> Reconciliation:
    """The cost of every pool in the 12 months up to as_of, and what became of it."""
    window = {"as_of": as_of}
    pools = [PoolUse(**row) for row in store.page("value.pool_use", window, order_by=[("pool_name", False)])]
    has_model = store.one("value.cost_model_in_force", window) is not None

    def total(amount: str) -> Decimal | None:
        return sum((getattr(pool, amount) for pool in pools), _NOTHING) if has_model else None

    traced = store.page("value.direct_cost_amounts", window | {"level": "account"}).records()
    direct = sum((row["cost_amount"] for row in traced if not row["is_off_invoice"]), _NOTHING)
    of_pools = total("cost_amount")
    return Reconciliation(
        as_of=as_of,
        allocated_amount=total("allocated_amount"),
        direct_amount=direct if has_model else None,
        unused_amount=total("unused_amount"),
        unallocated_amount=total("unallocated_amount"),
        ledger_amount=None if of_pools is None else of_pools + direct,
        off_invoice_amount=sum((row["cost_amount"] for row in traced if row["is_off_invoice"]), _NOTHING),
        pools=pools,
        unmodelled=store.page(
            "value.unmodelled_activities", window, order_by=[("event_count", True), ("activity_code", False)]
        ).records(),
        uncovered=store.page("value.uncovered_activities", window, order_by=[("activity_code", False)]).records(),
    )
