"""The customer base: who buys, where, how much, with what habits."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kam.demonstration import inputs

# Shares of the base outside the cast, judged to look like a real one.
_MEMBERS_OF_GROUPS = 0.30
_NEVER_BOUGHT = 0.05
_WENT_QUIET = 0.09
_STARTED_LATER = 0.12
_FIRST_TALKS_DAYS = 75


@dataclass(frozen=True)
class Base:
    """One position per account in every array; cast accounts come first, in the order of cast.toml.

    yearly_revenue in reporting currency; growth per year; discount, rush, returns as shares; engineering in
    hours a year; begin and end are fractions of the ledger's period in which the account buys (end 0: never).
    """

    account_id: np.ndarray
    name: np.ndarray
    parent: np.ndarray
    industry: np.ndarray
    country: np.ndarray
    region: np.ndarray
    currency: np.ndarray
    channel: np.ndarray
    owner: np.ndarray
    customer_since: np.ndarray
    payment_terms_days: np.ndarray
    website: np.ndarray
    yearly_revenue: np.ndarray
    yearly_orders: np.ndarray
    growth: np.ndarray
    discount: np.ndarray
    rush: np.ndarray
    returns: np.ndarray
    engineering: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    cast: list[dict[str, Any]]

    def __len__(self) -> int:
        return len(self.account_id)

    def position_of(self, name: str) -> int:
        """Where a cast account stands."""
        return next(at for at, member in enumerate(self.cast) if member["name"] == name)


def draw(count: int, days: int, until: date, rng: np.random.Generator) -> Base:
    """A base of `count` accounts (never fewer than the cast with its sites) over a ledger of `days` days."""
    company = inputs.company()
    cast = inputs.cast()
    sites = [at for at, member in enumerate(cast) for _site in range(member.get("sites", 0))]
    count = max(count, len(cast) + len(sites) + 20)
    drawn = count - len(cast)

    industries = [entry["name"] for entry in company["industry"]]
    countries = {entry["code"]: entry for entry in company["country"]}
    codes = list(countries)
    industry = rng.choice(industries, drawn, p=_shares(company["industry"])).astype(object)
    country = rng.choice(codes, drawn, p=_shares(company["country"])).astype(object)
    parent = np.full(count, -1)
    # Sites of the cast first, then groups of the others: each member follows a root drawn before it.
    parent[len(cast) : len(cast) + len(sites)] = sites
    first_free = len(cast) + len(sites)
    roots = rng.integers(first_free, count, max(1, count // 9))
    for at in np.flatnonzero(rng.random(count) < _MEMBERS_OF_GROUPS):
        root = int(roots[rng.integers(len(roots))])
        if at >= first_free and at not in roots and root != at:
            parent[at] = root
    for at in range(len(cast), count):
        if parent[at] >= 0:
            top = parent[at]
            industry[at - len(cast)] = cast[top]["industry"] if top < len(cast) else industry[top - len(cast)]

    industry = np.concatenate([np.array([member["industry"] for member in cast], dtype=object), industry])
    country = np.concatenate([np.array([member["country"] for member in cast], dtype=object), country])
    name = _names(industry, country, parent, rng)

    size = rng.lognormal(0, 1.2, drawn)
    revenue = size / size.mean() * company["revenue_per_account"]
    # Only the cast decides who is near the top: a drawn account never outgrows it.
    revenue = np.minimum(revenue, 2_400_000)
    orders = np.maximum(2, 62 * (revenue / 400_000) ** 0.55 * rng.lognormal(0, 0.35, drawn))
    begin = np.where(rng.random(drawn) < _STARTED_LATER, rng.uniform(0.2, 0.85, drawn), 0.0)
    end = np.where(rng.random(drawn) < _WENT_QUIET, rng.uniform(0.25, 0.8, drawn), 1.0)
    end = np.where(end <= begin + 0.05, 1.0, end)
    end[np.flatnonzero(rng.random(drawn) < _NEVER_BOUGHT)] = 0.0
    wave = _join_the_wave(industry, country, name, parent, begin, end, len(cast))
    _enter_one_twice(industry, country, name, parent, len(cast))
    channel = _channels(revenue, len(cast), rng)
    channel[wave] = company["wave"]["channel"]
    revenue[wave - len(cast)] = np.linspace(*company["wave"]["revenue"], len(wave))
    cast_end = [1 - member.get("stopped_days", 0) / days for member in cast]

    def told(key: str, default: float, others: np.ndarray) -> np.ndarray:
        return np.concatenate([[float(member.get(key, default)) for member in cast], others])

    return Base(
        account_id=np.array([f"C{10001 + number}" for number in range(count)], dtype=object),
        name=name,
        parent=parent,
        industry=industry,
        country=np.array([countries[code]["name"] for code in country], dtype=object),
        region=np.array([countries[code]["region"] for code in country], dtype=object),
        currency=np.array([countries[code]["currency"] for code in country], dtype=object),
        channel=channel,
        owner=_owners(country, countries, np.concatenate([[m["revenue"] for m in cast], revenue]), rng),
        customer_since=_since(count, begin, len(cast), days, until, rng),
        payment_terms_days=np.concatenate(
            [rng.choice([30, 45, 60, 90], len(cast)), rng.choice([14, 30, 30, 30, 45, 60], drawn)]
        ),
        website=np.array([f"https://www.{_plain(text)}.example" for text in name], dtype=object),
        yearly_revenue=told("revenue", 0, revenue),
        yearly_orders=told("orders", 12, orders),
        growth=told("growth", 0, np.clip(rng.normal(0.03, 0.16, drawn), -0.5, 0.6)),
        discount=told(
            "discount", 0.1, np.clip(0.05 + 0.022 * np.log(1 + revenue / 20_000) + rng.normal(0, 0.06, drawn), 0, 0.34)
        ),
        rush=told("rush", 0.05, np.clip(rng.beta(1.2, 18, drawn), 0, 0.4)),
        returns=told("returns", 0.015, np.clip(rng.beta(1.2, 55, drawn), 0, 0.15)),
        engineering=told("engineering", 0, np.minimum(revenue / 4_000 * rng.lognormal(0, 1.8, drawn), revenue / 120)),
        begin=np.concatenate([np.zeros(len(cast)), begin]),
        end=np.concatenate([cast_end, end]),
        cast=cast,
    )


def _join_the_wave(
    industry: np.ndarray,
    country: np.ndarray,
    name: np.ndarray,
    parent: np.ndarray,
    begin: np.ndarray,
    end: np.ndarray,
    cast: int,
) -> np.ndarray:
    """Positions of those who were won one after another in one trade and country, so that the last can be compared with the others.

    They are taken from who started later anyway; trade, country and the name's trade become the wave's.
    """
    told = inputs.company()["wave"]
    trades = {entry["name"]: entry["suffixes"] for entry in inputs.company()["industry"]}
    alone = (parent[cast:] < 0) & ~np.isin(np.arange(cast, len(parent)), parent) & (begin > 0) & (end >= 1)
    started = np.flatnonzero(alone)[np.argsort(begin[alone])]
    first, later = started[: told["accounts"]], started[told["accounts"] :]
    wave = cast + np.concatenate([first, later[begin[later] >= told["new_from"]][:1]])
    for number, at in enumerate(wave):
        trade = next(suffix for suffix in trades[industry[at]] if suffix in name[at])
        name[at] = f"{name[at].split(f' {trade}')[0]} {told['words'][number % len(told['words'])]}"
    industry[wave], country[wave] = told["industry"], told["country"]
    return wave


def _enter_one_twice(
    industry: np.ndarray, country: np.ndarray, name: np.ndarray, parent: np.ndarray, cast: int
) -> None:
    """Give a late account the name of an earlier one with its legal form behind: one customer, entered by two people.

    The last two of one trade and country that stand alone, so that Data quality has a pair to suggest.
    """
    alone = [at for at in range(len(parent) - 1, cast, -1) if parent[at] < 0 and at not in parent]
    pairs = ((late, early) for late in alone for early in alone if early < late)
    late, early = next(
        (late, early) for late, early in pairs if country[late] == country[early] and industry[late] == industry[early]
    )
    forms = {entry["code"]: entry["legal_form"] for entry in inputs.company()["country"]}
    name[late] = f"{name[early]} {forms[country[late]]}"


def _shares(entries: list[dict[str, Any]]) -> np.ndarray:
    shares = np.array([entry["share"] for entry in entries])
    return shares / shares.sum()


def _names(industry: np.ndarray, country: np.ndarray, parent: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Unique company names: a made-up word and the trade's; members of a group carry its name and their town."""
    company = inputs.company()
    suffixes = {entry["name"]: entry["suffixes"] for entry in company["industry"]}
    cities = {entry["code"]: entry["cities"] for entry in company["country"]}
    prefixes = rng.permutation(company["words"]["prefixes"])
    names = np.empty(len(parent), dtype=object)
    for at, member in enumerate(inputs.cast()):
        names[at] = member["name"]
    taken = set(names[: len(inputs.cast())])
    # Roots first, so that members find their group's name.
    order = [at for at in range(len(inputs.cast()), len(parent)) if parent[at] < 0]
    order += [at for at in range(len(inputs.cast()), len(parent)) if parent[at] >= 0]
    for number, at in enumerate(order):
        towns = cities[country[at]]
        town = towns[int(rng.integers(len(towns)))]
        if parent[at] >= 0:
            base = f"{names[parent[at]]} {town}"
        else:
            trade = suffixes[industry[at]]
            base = f"{prefixes[number % len(prefixes)]} {trade[int(rng.integers(len(trade)))]}"
        name, turn = base, 1
        while name in taken:
            turn += 1
            name = f"{base} {town}" if turn == 2 and parent[at] < 0 else f"{base} {turn}"
        taken.add(name)
        names[at] = name
    return names


def _channels(revenue: np.ndarray, cast: int, rng: np.random.Generator) -> np.ndarray:
    chance = rng.random(len(revenue))
    drawn = np.where(
        revenue > 300_000,
        "direct",
        np.where(chance < 0.45, "direct", np.where(chance < 0.75, "distributor", "web shop")),
    )
    return np.concatenate([np.full(cast, "direct"), drawn]).astype(object)


def _owners(country: np.ndarray, countries: dict, revenue: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Larger accounts belong to an account manager of their region, the rest to inside sales."""
    managers = inputs.people()["manager"]
    by_region: dict[str, list[str]] = {}
    for manager in managers:
        by_region.setdefault(manager["region"], []).append(manager["name"])
    everyone = [manager["name"] for manager in managers]
    pick = rng.integers(0, 1 << 30, len(country))
    return np.array(
        [
            "Inside sales"
            if revenue[at] < 180_000
            else (local := by_region.get(countries[code]["region"], everyone))[pick[at] % len(local)]
            for at, code in enumerate(country)
        ],
        dtype=object,
    )


def _since(count: int, begin: np.ndarray, cast: int, days: int, until: date, rng: np.random.Generator) -> np.ndarray:
    """Customers from before the ledger have a date before it; late starters one some weeks before their first order."""
    first = np.datetime64(until) - days + 1
    earlier = first - rng.integers(120, 9_000, count)
    started = first + (np.concatenate([np.zeros(cast), begin]) * days).astype(int) - _FIRST_TALKS_DAYS
    return np.where(np.concatenate([np.zeros(cast), begin]) > 0, started, earlier)


def _plain(name: str) -> str:
    """A name as a host name: letters, digits, hyphens."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in ascii_name.lower()).split())
