"""Products, rates and order lines: three years of invoicing with seasons, returns and rush orders.

Everything is drawn in arrays, so a million lines take seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from kam.demonstration import inputs
from kam.demonstration.base import Base

YEARLY_PRICE_RISE = 0.03
_LINES_PER_ORDER = 3.4
_MOST_LINES = 14
_RETURNS = 0.022
_ARTICLES_PER_ACCOUNT = 36
# The last day on which goods that come back were bought, so that the credit note still falls into the ledger.
_LONGEST_RETURN_DAYS = 45


@dataclass(frozen=True)
class Products:
    """One position per product; money in reporting currency at the start of the ledger."""

    product_id: np.ndarray
    name: np.ndarray
    category: np.ndarray
    business_unit: np.ndarray
    list_price: np.ndarray
    unit_cost: np.ndarray
    lot: np.ndarray
    is_costed_on_the_line: np.ndarray


@dataclass(frozen=True)
class Rates:
    """Reporting currency per unit: one row per currency and first of a month."""

    currency: np.ndarray
    valid_from: np.ndarray
    rate: np.ndarray

    def on(self, currency: np.ndarray, day: np.ndarray) -> np.ndarray:
        """The rate of each line on its day; 1 for the reporting currency."""
        found = np.ones(len(day))
        for code in np.unique(self.currency):
            own = self.currency == code
            at = np.searchsorted(self.valid_from[own], day, side="right") - 1
            mine = currency == code
            found[mine] = self.rate[own][at[mine]]
        return found


@dataclass(frozen=True)
class Lines:
    """Order lines in the order of the ledger (by date). account and product are positions."""

    order_id: np.ndarray
    line_no: np.ndarray
    account: np.ndarray
    order_date: np.ndarray
    product: np.ndarray
    quantity: np.ndarray
    net: np.ndarray
    list: np.ndarray
    cogs: np.ma.MaskedArray
    rate: np.ndarray
    is_rush: np.ndarray

    def __len__(self) -> int:
        return len(self.line_no)


def draw_products(rng: np.random.Generator) -> Products:
    """The catalogue: every form in every variant, dearer in the larger sizes."""
    rows = []
    for category in inputs.company()["category"]:
        for form in category["forms"]:
            form_factor = rng.lognormal(0, 0.25)
            for size, variant in enumerate(category["variants"]):
                price = category["list_price"] * form_factor * (0.55 + 0.28 * size)
                cost = price * np.clip(category["cost_share"] + rng.normal(0, 0.03), 0.3, 0.8)
                lot = max(1, round(category["lot"] / (0.7 + 0.2 * size)))
                rows.append(
                    (f"{form} {variant}", category["name"], category["business_unit"], round(price, 2), round(cost, 4),
                     lot, category.get("costed_on_the_line", False))
                )  # fmt: skip
    name, category, unit, price, cost, lot, costed = zip(*rows, strict=True)
    return Products(
        product_id=np.array([f"NW-{1001 + number}" for number in range(len(rows))], dtype=object),
        name=np.array(name, dtype=object),
        category=np.array(category, dtype=object),
        business_unit=np.array(unit, dtype=object),
        list_price=np.array(price),
        unit_cost=np.array(cost),
        lot=np.array(lot, dtype=float),
        is_costed_on_the_line=np.array(costed),
    )


def draw_rates(first: date, until: date, rng: np.random.Generator) -> Rates:
    """Monthly rates as a gentle random walk."""
    months = np.arange(np.datetime64(first, "M"), np.datetime64(until, "M") + 1).astype("datetime64[D]")
    currency, rate = [], []
    for code, (start, drift) in inputs.company()["rates"].items():
        steps = rng.normal(drift / 12, 0.011, len(months))
        rate.append(np.round(start * np.exp(np.cumsum(steps)), 5))
        currency += [code] * len(months)
    return Rates(
        np.array(currency, dtype=object), np.tile(months, len(inputs.company()["rates"])), np.concatenate(rate)
    )


def draw_lines(base: Base, products: Products, rates: Rates, *, count: int, first: date, until: date, rng) -> Lines:
    """`count` order lines over (first … until), credit notes included."""
    returned = round(count * _RETURNS)
    account, order, day, line_no = _orders(base, count - returned, first, until, rng)
    product = _articles(base, products, account, rng)
    is_rush = rng.random(len(account)) < base.rush[account]
    years = (day - np.datetime64(first)).astype(float) / 365.25
    rate = rates.on(base.currency[account], day)
    price = products.list_price[product] * (1 + YEARLY_PRICE_RISE) ** np.floor(years) / rate
    quantity = products.lot[product] * rng.lognormal(0, 0.55, len(account))
    discount = np.clip(base.discount[account] + rng.normal(0, 0.015, len(account)), 0, 0.6) - 0.04 * is_rush
    quantity, price = _to_scale(base, account, day, quantity, price, discount, rate, until)
    cost = products.unit_cost[product] * 1.02 ** np.floor(years) / rate
    costed = products.is_costed_on_the_line[product]

    back = _returns(base, account, day, quantity, returned, until, rng)
    quantity = np.concatenate([quantity, -np.maximum(1, np.round(quantity[back.line] * back.part))])
    account, product = np.concatenate([account, account[back.line]]), np.concatenate([product, product[back.line]])
    price, discount = np.concatenate([price, price[back.line]]), np.concatenate([discount, discount[back.line]])
    cost, costed = np.concatenate([cost, cost[back.line]]), np.concatenate([costed, costed[back.line]])
    day = np.concatenate([day, back.day])
    rate = rates.on(base.currency[account], day)
    is_rush = np.concatenate([is_rush, np.zeros(returned, dtype=bool)])
    order_id = np.concatenate(
        [_numbered("SO", order, day[: len(order)]), _numbered("CN", np.arange(returned), back.day)]
    )
    line_no = np.concatenate([line_no, np.ones(returned, dtype=int)])

    by_day = np.lexsort((line_no, order_id.astype(str), day))
    return Lines(
        order_id=order_id[by_day],
        line_no=line_no[by_day],
        account=account[by_day],
        order_date=day[by_day],
        product=product[by_day],
        quantity=quantity[by_day],
        net=np.round(quantity * price * (1 - discount), 2)[by_day],
        list=np.round(quantity * price, 2)[by_day],
        cogs=np.ma.masked_array(np.round(quantity * cost, 2), mask=~costed)[by_day],
        rate=rate[by_day],
        is_rush=is_rush[by_day],
    )


def _orders(base: Base, lines: int, first: date, until: date, rng):
    """(account, order number, day, line number) of each line; orders are numbered by date."""
    window = base.end - base.begin
    wanted = np.where(base.end > 0, base.yearly_orders * np.maximum(window, 0), 0)
    wanted = wanted / wanted.sum() * max(1, round(lines / _LINES_PER_ORDER))
    per_account = np.where(wanted > 0, np.maximum(1, np.round(wanted)), 0).astype(int)
    account = np.repeat(np.arange(len(base)), per_account)
    lengths = np.clip(rng.geometric(1 / _LINES_PER_ORDER, len(account)), 1, _MOST_LINES)
    lengths = _summing_to(lines, lengths, rng)
    account, lengths = account[lengths > 0], lengths[lengths > 0]

    # Buyers are regular: within an account, each order falls near its own share of the time.
    rank = np.arange(len(account)) - np.repeat(
        np.searchsorted(account, np.unique(account)), np.unique(account, return_counts=True)[1]
    )
    share = (rank + rng.uniform(0.1, 0.9, len(account))) / np.bincount(account, minlength=len(base))[account]
    trend = np.clip(1 + 1.4 * base.growth[account], 0.6, 1.9)
    share = base.begin[account] + share ** (1 / trend) * (base.end - base.begin)[account]
    days, cumulated = _calendar(first, until)
    day = days[np.minimum(np.searchsorted(cumulated, share, side="right"), len(days) - 1)]

    by_day = np.lexsort((account, day))
    account, day, lengths = account[by_day], day[by_day], lengths[by_day]
    order = np.repeat(np.arange(len(account)), lengths)
    line_no = np.arange(len(order)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + 1
    return account[order], order, day[order], line_no


def _summing_to(total: int, lengths: np.ndarray, rng) -> np.ndarray:
    """Order lengths changed one by one until they sum to the total (orders may lose their last line)."""
    while (missing := total - int(lengths.sum())) != 0:
        if missing > 0:
            lengths = lengths + np.bincount(rng.integers(len(lengths), size=missing), minlength=len(lengths))
        else:
            open_to = np.flatnonzero(lengths > (1 if lengths.max() > 1 else 0))
            lengths[rng.permutation(open_to)[:-missing]] -= 1
    return lengths


def _calendar(first: date, until: date) -> tuple[np.ndarray, np.ndarray]:
    """(days, their cumulated share of the orders): working days under the season's weights."""
    days = np.arange(np.datetime64(first), np.datetime64(until) + 1)
    season = np.array(inputs.company()["months"]["weights"])[days.astype("datetime64[M]").astype(int) % 12]
    weight = np.where(np.is_busday(days), season, 0.0)
    return days, np.cumsum(weight) / weight.sum()


def _articles(base: Base, products: Products, account: np.ndarray, rng) -> np.ndarray:
    """Each account buys from a range of its own, the first articles of it most."""
    engineered = products.is_costed_on_the_line
    chance = np.where(engineered, 0.08, 1.0)
    ranges = rng.choice(len(products.name), (len(base), _ARTICLES_PER_ACCOUNT), p=chance / chance.sum())
    habit = rng.lognormal(0, 0.4, len(base))
    breadth = np.clip(9 + base.yearly_orders / 9 * habit, 9, _ARTICLES_PER_ACCOUNT).astype(int)
    return ranges[account, (breadth[account] * rng.random(len(account)) ** 1.7).astype(int)]


def _to_scale(base: Base, account, day, quantity, price, discount, rate, until: date):
    """Quantities and prices scaled so that each account's last active year comes to its yearly revenue."""
    last_year = day > np.datetime64(until) - 365
    for attempt in range(2):
        quantity = np.maximum(1, np.round(quantity)) if attempt else quantity
        value = quantity * price * (1 - discount) * rate
        recent = np.bincount(account[last_year], value[last_year], len(base))
        # Who bought nothing in the last year is scaled by the mean year of its own window instead.
        whole = np.bincount(account, value, len(base)) / np.maximum(0.3, 3 * (base.end - base.begin))
        is_cast = np.arange(len(base)) < len(base.cast)
        measured = np.where((recent > 0) & (is_cast | (base.end >= 1)), recent, whole)
        factor = np.where(measured > 0, base.yearly_revenue / np.maximum(measured, 1e-9), 1.0)
        if attempt:
            # What rounding to whole pieces moved is put right in the cast's prices: their figures are part of the story.
            price = price * np.where(is_cast, factor, 1.0)[account]
        else:
            quantity = np.maximum(1, quantity * factor[account])
    return quantity, price


@dataclass(frozen=True)
class _Returns:
    line: np.ndarray
    day: np.ndarray
    part: np.ndarray


def _returns(base: Base, account, day, quantity, count: int, until: date, rng) -> _Returns:
    """Which lines come back, when, and which part of them."""
    early = day <= np.datetime64(until) - _LONGEST_RETURN_DAYS
    weight = np.where(early, base.returns[account], 0.0)
    line = rng.choice(len(account), count, replace=False, p=weight / weight.sum())
    later = day[line] + rng.integers(4, _LONGEST_RETURN_DAYS, count)
    return _Returns(line, later, rng.uniform(0.15, 1.0, count))


def _numbered(prefix: str, number: np.ndarray, day: np.ndarray) -> np.ndarray:
    year = day.astype("datetime64[Y]").astype(int) - 30
    return np.array(
        [f"{prefix}{y:02d}-{n + 1:06d}" for y, n in zip(year.tolist(), number.tolist(), strict=True)], dtype=object
    )
