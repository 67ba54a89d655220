"""Direct costs: what is traced to one account before anything is allocated, and what is taken off its invoices.

Recorded with source and reason, never changed: a mistake is withdrawn and recorded anew. A cost that a pool's stated
cost contains names that pool and is taken out of it, so that nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.units import day, money
from kam.value.cost_models import adopted_cost_model
from kam.words import _

SERVING_KINDS = {
    "dedicated_staff": _("Dedicated staff"),
    "consignment_stock": _("Consignment or dedicated stock"),
    "customer_it": _("Customer-specific IT"),
    "packaging": _("Customer-specific packaging and labels"),
    "freight": _("Freight and special deliveries"),
    "other_direct": _("Other cost of this account alone"),
}
# Marn & Rosiello (1992), METHOD 4.3: what leaves the invoice price on the way to the pocket price.
OFF_INVOICE_KINDS = {
    "cash_discount": _("Cash discount"),
    "annual_bonus": _("Annual bonus"),
    "promotion": _("Promotion off the invoice"),
    "co_op": _("Co-operative advertising"),
    "freight_allowance": _("Freight allowance"),
}
DIRECT_KINDS = SERVING_KINDS | OFF_INVOICE_KINDS

_LONGEST = 500
_MOST = Decimal(10) ** 14


@dataclass(frozen=True)
class DirectCost:
    """A cost of one account. kind: a key of DIRECT_KINDS. amount: of the whole period, reporting currency, 0 or more
    (0 says that somebody looked and found nothing). within_pool: the pool whose cost contains it, or None.
    """

    account_id: str
    kind: str
    description: str
    period_from: date
    period_to: date
    amount: Decimal
    source: str
    within_pool: str | None = None

    @property
    def is_off_invoice(self) -> bool:
        """Whether it lies between invoice price and pocket price."""
        return self.kind in OFF_INVOICE_KINDS


def record_direct_costs(
    store: Store, costs: Sequence[DirectCost], *, reason: str, who: Person, op_id: str | None = None
) -> list[int] | None:
    """Record costs, all or none; returns their numbers (None where op_id was done already).

    Raises BadInput for a missing text, an unknown kind or pool, a period that ends before it begins, an amount below 0
    or beyond what the pool costs; NotFound for an account that the master lacks; RuleBroken for one recorded already.
    """
    reason = reason.strip()[:2000]
    if not costs:
        raise BadInput(_("There is no direct cost to record."), reason="missing", field="costs")
    if not reason:
        raise BadInput(_("Say why these costs are traced to the account."), reason="missing", field="reason")
    for cost in costs:
        _check(cost)

    def change(tx: Transaction) -> list[int]:
        numbers = []
        for cost in costs:
            _check_against_the_store(tx, cost)
            number = tx.next_number("value.direct_costs", "cost_id")
            tx.insert(
                "value.direct_costs",
                cost_id=number,
                account_id=cost.account_id,
                kind=cost.kind,
                is_off_invoice=cost.is_off_invoice,
                description=cost.description.strip(),
                period_from=cost.period_from,
                period_to=cost.period_to,
                amount=cost.amount,
                within_pool=cost.within_pool,
                source=cost.source.strip(),
                reason=reason,
                recorded_by=who.name,
                recorded_at=tx.now,
            )
            numbers.append(number)
        tx.note(cost_ids=numbers)
        return numbers

    for pool_id in {cost.within_pool for cost in costs} - {None}:
        _check_pool(store, pool_id, [cost for cost in costs if cost.within_pool == pool_id])
    return store.write(
        change,
        who=who,
        action="record direct costs",
        subject=("account", costs[0].account_id)
        if len({cost.account_id for cost in costs}) == 1
        else ("direct costs", f"{len(costs)}"),
        op_id=op_id,
        details={
            "reason": reason,
            "costs": [
                [cost.account_id, cost.kind, cost.period_from, cost.period_to, cost.amount, cost.source]
                for cost in costs[:200]
            ],
        },
    )


def withdraw_direct_cost(store: Store, cost_id: int, *, reason: str, who: Person, op_id: str | None = None) -> None:
    """Take a recorded cost back; it stays on record as withdrawn. Raises NotFound, BadInput without a reason,
    RuleBroken where it is withdrawn already."""
    if not reason.strip():
        raise BadInput(_("Say why the cost is withdrawn."), reason="missing", field="reason")

    def change(tx: Transaction) -> None:
        held = tx.one("value.direct_costs", {"cost_id": cost_id})
        if held is None:
            raise NotFound(_("There is no direct cost {number}.").format(number=cost_id), reason="no_direct_cost")
        if tx.one("value.direct_cost_withdrawals", {"cost_id": cost_id}):
            raise RuleBroken(_("This cost was withdrawn already."), reason="withdrawn")
        tx.insert(
            "value.direct_cost_withdrawals",
            cost_id=cost_id,
            reason=reason.strip()[:2000],
            withdrawn_by=who.name,
            withdrawn_at=tx.now,
        )
        tx.note(account_id=held["account_id"], kind=held["kind"], amount=held["amount"])

    store.write(
        change,
        who=who,
        action="withdraw direct cost",
        subject=("direct cost", str(cost_id)),
        op_id=op_id,
        details={"reason": reason.strip()[:2000]},
    )


def _check(cost: DirectCost) -> None:
    """What can be said of the cost by itself."""
    if cost.kind not in DIRECT_KINDS:
        raise BadInput(
            _("{kind} is no kind of direct cost: write one of {kinds}.").format(
                kind=cost.kind or _("Nothing"), kinds=", ".join(DIRECT_KINDS)
            ),
            reason="unknown_kind",
            field="kind",
        )
    for field, text, sentence in (
        ("description", cost.description, _("Say what the cost is.")),
        ("source", cost.source, _("Say where the amount comes from.")),
    ):
        if not text.strip():
            raise BadInput(sentence, reason="missing", field=field)
        if len(text) > _LONGEST:
            raise BadInput(
                _("{field} is longer than {longest} characters.").format(field=field, longest=_LONGEST),
                reason="too_long",
                field=field,
            )
    if cost.period_to < cost.period_from:
        raise BadInput(
            _("The period of {account} ends on {end}, before it begins on {start}.").format(
                account=cost.account_id, end=day(cost.period_to), start=day(cost.period_from)
            ),
            reason="out_of_range",
            field="period_to",
        )
    amount = cost.amount
    if not amount.is_finite() or not 0 <= amount < _MOST or amount != amount.quantize(Decimal("0.01")):
        raise BadInput(
            _("The amount of {account} is {amount}: give 0 or more, with at most two decimals.").format(
                account=cost.account_id, amount=amount
            ),
            reason="out_of_range",
            field="amount",
        )
    if cost.within_pool is not None and cost.is_off_invoice:
        raise BadInput(
            _("What is taken off the invoice is no pool's cost: leave the pool empty."),
            reason="not_charged",
            field="within_pool",
        )


def _check_against_the_store(tx: Transaction, cost: DirectCost) -> None:
    if tx.one("ledgers.accounts", {"account_id": cost.account_id}) is None:
        raise NotFound(
            _("There is no account {account}: choose one from the list.").format(account=cost.account_id),
            reason="unknown_account",
            field="account_id",
        )
    same = {
        "account_id": cost.account_id,
        "kind": cost.kind,
        "period_from": cost.period_from,
        "period_to": cost.period_to,
        "amount": cost.amount,
        "description": cost.description.strip(),
    }
    for held in tx.read("value.direct_costs", where=[Condition(name, "=", known) for name, known in same.items()]):
        if tx.one("value.direct_cost_withdrawals", {"cost_id": held["cost_id"]}) is None:
            raise RuleBroken(
                _("“{what}” of {account} for these days is recorded already (number {number}).").format(
                    what=cost.description.strip(), account=cost.account_id, number=held["cost_id"]
                ),
                reason="recorded_already",
                field="description",
            )


def _check_pool(store: Store, pool_id: str, costs: list[DirectCost]) -> None:
    """The pool must be one of the model in force, and cost at least what is taken out of it."""
    latest = max(cost.period_to for cost in costs)
    adopted = adopted_cost_model(store, latest)
    pool = next((one for one in adopted.model.pools if one.pool_id == pool_id), None) if adopted else None
    if pool is None:
        raise BadInput(
            _("The cost model in force on {day} has no pool {pool}: leave it empty, or name one of {pools}.").format(
                day=day(latest),
                pool=pool_id,
                pools=", ".join(one.pool_id for one in adopted.model.pools) if adopted else "–",
            ),
            reason="unknown_pool",
            field="within_pool",
        )
    held = store.read("value.direct_costs", where=[Condition("within_pool", "=", pool_id)]).records()
    gone = set(store.read("value.direct_cost_withdrawals", columns=["cost_id"]).column("cost_id"))
    spread = [
        *((row["period_from"], row["period_to"], row["amount"]) for row in held if row["cost_id"] not in gone),
        *((cost.period_from, cost.period_to, cost.amount) for cost in costs),
    ]
    for period in pool.periods:
        taken = sum(
            (
                amount
                * max(0, (min(end, period.period_to) - max(start, period.period_from)).days + 1)
                / ((end - start).days + 1)
                for start, end, amount in spread
            ),
            Decimal(0),
        )
        if taken > period.cost:
            currency = store.setting("currency") or ""
            raise BadInput(
                _("The pool {pool} costs {cost} from {start}, and {taken} would be taken out of it.").format(
                    pool=pool.name,
                    cost=money(period.cost, currency, decimals=2),
                    start=day(period.period_from),
                    taken=money(taken, currency, decimals=2),
                ),
                reason="out_of_range",
                field="within_pool",
            )
