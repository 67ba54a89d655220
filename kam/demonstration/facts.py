"""All fact tables of the demonstration, and their insertion as imports that add up."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from kam.access import Person
from kam.demonstration import dealings, inputs, ledger, payments
from kam.demonstration.base import Base, draw
from kam.demonstration.ledger import Lines
from kam.store import Store, Transaction

# Each part of the company draws from its own stream, so that a change of one leaves the others as they were.
_STREAMS = (
    "base",
    "products",
    "rates",
    "lines",
    "activities",
    "contacts",
    "opportunities",
    "contracts",
    "interactions",
    "surveys",
    "payments",
)


# Table → the amounts of its control totals, in the currency of the file.
_CONTROLLED = {"order_lines": "original_net_revenue", "payments": "amount"}


@dataclass(frozen=True)
class Facts:
    """The drawn company. tables: (table, label of the file, columns) in the order of their import."""

    base: Base
    lines: Lines
    first: date
    until: date
    tables: list[tuple[str, str, dict[str, np.ndarray]]]


def draw_facts(*, accounts: int, order_lines: int, seed: int, until: date) -> Facts:
    """Draw everything; the same arguments give the same facts."""
    streams = {name: np.random.default_rng([seed, number]) for number, name in enumerate(_STREAMS)}
    first = _three_years_before(until)
    base = draw(accounts, (until - first).days + 1, until, streams["base"])
    products = ledger.draw_products(streams["products"])
    rates = ledger.draw_rates(first, until, streams["rates"])
    lines = ledger.draw_lines(base, products, rates, count=order_lines, first=first, until=until, rng=streams["lines"])
    people = dealings.contacts(base, streams["contacts"])
    tables = [
        (
            "exchange_rates",
            "rates",
            {"currency": rates.currency, "valid_from": _us(rates.valid_from), "rate": rates.rate},
        ),
        ("accounts", "customer master", _accounts(base)),
        ("products", "article master", _products(products)),
        ("executives", "executives", _executives()),
        ("account_managers", "account managers", _managers()),
        *_yearly_lines(base, products, lines),
        ("payments", "bank statements", payments.payments(base, lines, until, streams["payments"])),
        ("activities", "service log", dealings.activities(base, lines, first, until, streams["activities"])),
        ("contacts", "contacts", people),
        (
            "opportunities",
            "pipeline",
            dealings.opportunities(base, products.product_id, until, streams["opportunities"]),
        ),
        ("contracts", "contracts", dealings.contracts(base, until, streams["contracts"])),
        ("interactions", "visit reports", dealings.interactions(base, people, first, until, streams["interactions"])),
        ("survey_responses", "surveys", dealings.survey_responses(base, people, until, streams["surveys"])),
    ]
    return Facts(base, lines, first, until, tables)


def load(store: Store, facts: Facts, *, who: Person) -> None:
    """Insert the facts in one transaction, each table with its import record, and bring the account months up to date."""
    from kam.ledgers import rollup

    def change(tx: Transaction) -> None:
        for number, (table, label, columns) in enumerate(facts.tables, 1):
            count = tx.insert_columns(f"ledgers.{table}", columns | {"import_id": np.full(_length(columns), number)})
            tx.insert("ledgers.imports", **_record(number, table, label, columns, count, who, tx.now))
        rollup.bring_up_to_date(tx, full=True)
        tx.note(order_lines=len(facts.lines), accounts=len(facts.base))

    store.write(change, who=who, action="draw demonstration", subject=("import", "demonstration"))


def _record(number: int, table: str, label: str, columns: dict, count: int, who: Person, now) -> dict:
    return {
        "import_id": number,
        "table_name": table,
        "file_name": f"demonstration: {label}",
        "file_hash": _hash(columns),
        "started_at": now,
        "finished_at": now,
        "person_id": who.person_id,
        "read_count": count,
        "inserted_count": count,
        "updated_count": 0,
        "unchanged_count": 0,
        "rejected_count": 0,
        "left_out_count": 0,
        "control_totals": json.dumps(_control_totals(columns, _CONTROLLED[table]) if table in _CONTROLLED else {}),
    }


def _control_totals(columns: dict[str, np.ndarray], controlled: str) -> dict[str, dict[str, str]]:
    """Per currency the sum of the controlled amount in it: all of it was read and inserted."""
    cents = np.round(columns[controlled] * 100).astype(np.int64)
    totals = {}
    for currency in sorted(set(columns["currency"])):
        total = f"{Decimal(int(cents[columns['currency'] == currency].sum())) / 100:.2f}"
        nothing = dict.fromkeys(("updated", "unchanged", "rejected", "left_out"), "0.00")
        totals[str(currency)] = {"read": total, "inserted": total, **nothing}
    return totals


def _yearly_lines(base: Base, products: ledger.Products, lines: Lines) -> list[tuple[str, str, dict[str, np.ndarray]]]:
    """The order lines as the yearly files that such a company would import."""
    years = lines.order_date.astype("datetime64[Y]")
    return [
        ("order_lines", f"order lines {year}", _order_lines(base, products, lines, years == year))
        for year in np.unique(years)
    ]


def _order_lines(base: Base, products: ledger.Products, lines: Lines, chosen: np.ndarray) -> dict[str, np.ndarray]:
    rate = lines.rate[chosen]
    net, listed, cogs = lines.net[chosen], lines.list[chosen], lines.cogs[chosen]
    return {
        "order_id": lines.order_id[chosen],
        "line_no": lines.line_no[chosen],
        "account_id": base.account_id[lines.account[chosen]],
        "order_date": _us(lines.order_date[chosen]),
        "product_id": products.product_id[lines.product[chosen]],
        "quantity": lines.quantity[chosen],
        "net_revenue": np.round(net * rate, 2),
        "list_revenue": np.round(listed * rate, 2),
        "cogs": np.ma.round(cogs * rate, 2),
        "currency": base.currency[lines.account[chosen]],
        "is_rush": lines.is_rush[chosen],
        "original_net_revenue": net,
        "original_list_revenue": listed,
        "original_cogs": cogs,
    }


def _accounts(base: Base) -> dict[str, np.ndarray]:
    has_parent = base.parent >= 0
    return {
        "account_id": base.account_id,
        "name": base.name,
        "parent_account_id": np.where(has_parent, base.account_id[np.maximum(base.parent, 0)], None),
        "industry": base.industry,
        "region": base.region,
        "country": base.country,
        "channel": base.channel,
        "owner": base.owner,
        "customer_since": _us(base.customer_since),
        "payment_terms_days": base.payment_terms_days,
        "website": base.website,
    }


def _products(products: ledger.Products) -> dict[str, np.ndarray]:
    return {
        "product_id": products.product_id,
        "name": products.name,
        "category": products.category,
        "business_unit": products.business_unit,
        "standard_cost": np.ma.masked_array(products.unit_cost, mask=products.is_costed_on_the_line),
    }


def _executives() -> dict[str, np.ndarray]:
    names = ("executive_id", "name", "title", "level", "region", "industries", "languages", "max_accounts")
    return _people("executive", names)


def _managers() -> dict[str, np.ndarray]:
    return _people("manager", ("manager_id", "name", "background", "region", "languages"))


def _people(kind: str, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    entries = inputs.people()[kind]
    columns = {}
    for name in names:
        columns[name] = np.empty(len(entries), dtype=object)
        columns[name][:] = [entry[name] for entry in entries]
    return columns


def _three_years_before(until: date) -> date:
    """The first day of the thirty-six months that end with the month of `until`."""
    months = until.year * 12 + until.month - 36
    return date(months // 12, months % 12 + 1, 1)


def _length(columns: dict[str, np.ndarray]) -> int:
    return len(next(iter(columns.values())))


def _hash(columns: dict[str, np.ndarray]) -> str:
    digest = hashlib.sha256()
    for name, values in columns.items():
        digest.update(name.encode())
        digest.update("\n".join(map(str, values.tolist())).encode() if values.dtype == object else values.tobytes())
    return digest.hexdigest()


def _us(days: np.ndarray) -> np.ndarray:
    # The store takes dates as timestamps at midnight.
    return days.astype("datetime64[us]")
