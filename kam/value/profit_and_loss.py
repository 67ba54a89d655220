"""One account's profit and loss: list, invoice and pocket price, margin, cost to serve, capital charge (METHOD 4.3, 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from kam.access import Person
from kam.parameters import Parameter
from kam.store import Condition, Store
from kam.units import day
from kam.value.account_value import account_value
from kam.value.direct_costs import DIRECT_KINDS
from kam.words import _

DEAREST = 6


@dataclass(frozen=True)
class Line:
    """A line of the statement. amount: what it adds (costs below 0) or, of a total, what is reached; None unknown.

    kind: total, step (a change from one total to the next), or open (not recorded: the statement goes on without it).
    """

    label: str
    amount: Decimal | None
    kind: Literal["total", "step", "open"]


@dataclass(frozen=True)
class ProfitAndLoss:
    """Amounts: reporting currency, 12 months up to as_of.

    lines: from list price (from invoice price, where lines without a list price leave the first unknown) down to
    economic profit. payment_days: days to pay, really taken where days_basis is "paid", the agreed terms where it is
    "terms", of a group perhaps both ("mixed"). discount: the yearly rate of the capital charge. missing: what is
    unknown and what to do, a sentence each.
    """

    as_of: date
    account_id: str
    lines: list[Line]
    payment_days: float | None
    days_basis: str | None
    discount: Parameter
    is_margin_estimated: bool
    missing: list[str]

    @property
    def economic_profit(self) -> Decimal | None:
        """What remains after all of it, reporting currency."""
        return self.lines[-1].amount if self.lines else None

    @property
    def known(self) -> list[Line]:
        """The lines down to the last total that is known: what can be drawn."""
        reached = 0
        recorded = [line for line in self.lines if line.kind != "open"]
        for at, line in enumerate(recorded):
            if line.amount is None:
                break
            if line.kind == "total":
                reached = at + 1
        return recorded[:reached]


def profit_and_loss(
    store: Store, as_of: date, account_id: str, *, level: str = "account", for_whom: Person
) -> ProfitAndLoss:
    """The statement of one account (or group). Raises NotFound where the master has no such account."""
    worth = account_value(store, as_of, account_id, level=level, for_whom=for_whom)
    found = store.page(
        "value.profit_and_loss",
        {"as_of": as_of, "level": level},
        where=[Condition("account_id", "=", account_id)],
        limit=1,
    ).records()
    row = found[0] if found else None
    missing = list(worth.missing)
    if row is not None and row["list_amount"] is None:
        missing.append(
            _("Some order lines have no list price, so the discount is unknown: import list_revenue with the lines.")
        )
    if row is not None and row["off_invoice_amount"] is None:
        missing.append(
            _(
                "No off-invoice item is recorded (bonus, cash discount, allowance), so the pocket price is unknown and "
                "the rest is before such items: record them as direct costs, or 0 where there are none."
            )
        )
    if row is not None and row["capital_charge_amount"] is None:
        missing.append(
            _(
                "The capital charge is unknown: import payments, or payment_terms_days with the accounts, and adopt a "
                "discount rate."
            )
        )
    return ProfitAndLoss(
        as_of=as_of,
        account_id=account_id,
        lines=[] if row is None else _lines(row, worth.activities, worth.direct),
        payment_days=None if row is None else row["payment_days"],
        days_basis=None if row is None else row["days_basis"],
        discount=worth.rates["value.annual_discount_rate"],
        is_margin_estimated=worth.measures["is_margin_estimated"],
        missing=missing,
    )


_DAYS = {
    "paid": _("The days are those really taken, by the payments of the 12 months."),
    "terms": _("The days are the agreed terms: no payment of these 12 months is matched."),
    "mixed": _("The days are those really taken where payments are known, else the agreed terms."),
}


def capital_rule(statement: ProfitAndLoss) -> str:
    """How the capital charge came about, saying whose days it rests on."""
    if statement.payment_days is None:
        return _("Capital charge: unknown without payments or payment terms.")
    return _(
        "Capital charge: invoice price × {days:.0f} days / 365 × {rate:.1%} a year (from {since}). "
        "{whose} Tax is left out, as in the ledger."
    ).format(
        days=statement.payment_days,
        rate=statement.discount.value or 0,
        since=day(statement.discount.valid_from),
        whose=_DAYS[statement.days_basis],
    )


def _lines(row: dict, activities: list[dict], direct: list[dict]) -> list[Line]:
    lines = []
    if row["list_amount"] is not None:
        lines = [
            Line(_("List price"), row["list_amount"], "total"),
            Line(_("Discounts"), row["invoice_amount"] - row["list_amount"], "step"),
        ]
    return [
        *lines,
        Line(_("Invoice price"), row["invoice_amount"], "total"),
        *_off_invoice(row, direct),
        Line(_("Product cost"), _less(row["product_cost_amount"]), "step"),
        Line(_("Margin"), row["margin_amount"], "total"),
        *_traced(direct, is_off_invoice=False),
        *_serving(row, activities),
        Line(_("Contribution"), row["contribution_amount"], "total"),
        Line(_("Capital charge"), _less(row["capital_charge_amount"]), "step"),
        Line(_("Economic profit"), row["economic_profit_amount"], "total"),
    ]


def _off_invoice(row: dict, direct: list[dict]) -> list[Line]:
    if row["off_invoice_amount"] is None:
        return [Line(_("Off-invoice items"), None, "open"), Line(_("Pocket price"), None, "open")]
    return [*_traced(direct, is_off_invoice=True), Line(_("Pocket price"), row["pocket_amount"], "total")]


def _traced(direct: list[dict], *, is_off_invoice: bool) -> list[Line]:
    return [
        Line(DIRECT_KINDS.get(one["kind"], one["kind"]), -one["cost_amount"], "step")
        for one in direct
        if one["is_off_invoice"] == is_off_invoice
    ]


def _serving(row: dict, activities: list[dict]) -> list[Line]:
    """A step for each of the dearest activities, and one for the rest; one unknown step where a cost is unknown."""
    if row["activity_cost_amount"] is None:
        return [Line(_("Cost to serve"), None, "step")]
    if not activities:
        return [Line(_("Cost to serve"), -row["activity_cost_amount"], "step")]
    steps = [Line(one["activity_name"], -one["cost_amount"], "step") for one in activities[:DEAREST]]
    if rest := activities[DEAREST:]:
        steps.append(Line(_("Other activities"), -sum(one["cost_amount"] for one in rest), "step"))
    return steps


def _less(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount
