"""The case for the programme: what treating accounts as key accounts adds in a year, against what it costs.

METHOD 1.5: incremental value minus incremental cost, here of the programme as it stands and not of a set to choose.

    value    = uplift × Σ contribution of the key accounts; over their lifetime, uplift × Σ lifetime value
    managers = (hours that the managers of key accounts give + hours of key accounts whose manager is not on record)
               × cost of an hour: time that no account takes is paid for all the same
    sponsors = hours that the sponsored key accounts ask of our executives × cost of an hour
    serving  = share of cost to serve that is there for key accounts alone × Σ their cost to serve
    cost     = managers + sponsors + serving
    net      = value − cost;  low = value at its low − cost at its high, high the other way round
    pays from an uplift of cost / Σ contribution

A year and a lifetime differ by the one factor of lifetime value, r / (1 + i − r), on both sides (kam.selection.how_many).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from kam import parameters
from kam.access import Person
from kam.store import Condition, Store
from kam.words import _, several

RATES = (
    "change.uplift_low",
    "selection.expected_uplift",
    "change.uplift_high",
    "selection.manager_hour_cost",
    "change.sponsor_hour_cost",
    "change.extra_serving_share",
    "change.cost_spread",
)
COSTS = ("managers", "sponsors", "serving")


class _Frozen(BaseModel):
    """A plain value that a closed round keeps as JSON."""

    model_config = ConfigDict(frozen=True)


class Span(_Frozen):
    """A range of money, reporting currency: low ≤ likely ≤ high."""

    low: float
    likely: float
    high: float


class Rate(_Frozen):
    """A rate as it held. value: in unit, None where nobody has decided."""

    rate_id: str
    value: float | None
    unit: str
    valid_from: date
    source: str


class AccountCase(_Frozen):
    """A key account's likely part of a year, reporting currency, None where unknown. cost: its own hours and serving,
    without managers' time that no account takes; net: value − cost.
    """

    account_id: str
    name: str
    category: str | None
    lifetime_value: float | None
    value: float | None
    managers: float | None
    sponsors: float | None
    serving: float | None
    cost: float | None
    net: float | None


class CaseYear(_Frozen):
    """Twelve months up to a day. Spans are None where unknown, and `missing` says why, in sentences without a stop.

    free: cost of managers' time that no key account takes (below 0: they are asked for more than they give), within
    managers. pays_from: uplift at which value and cost are equal, share; None where the accounts leave nothing.
    lifetime_years: r / (1 + i − r); lifetime_net: the net over the accounts' expected lifetime.
    """

    as_of: date
    account_count: int
    contribution: float | None
    value: Span | None
    managers: Span | None
    sponsors: Span | None
    serving: Span | None
    cost: Span | None
    net: Span | None
    free: float | None
    pays_from: float | None
    lifetime_years: float | None
    lifetime_net: Span | None
    accounts: tuple[AccountCase, ...]
    rates: tuple[Rate, ...]
    missing: tuple[str, ...]


def programme_case(store: Store, as_of: date, *, years: int = 1, for_whom: Person) -> tuple[CaseYear, ...]:
    """The case of the 12 months up to as_of, and of the years before it while there was a key account; latest first.

    Each year by the roster, the records and the rates of its own last day. Empty where there is no key account.
    """
    found: list[CaseYear] = []
    for back in range(years):
        day = _years_before(as_of, back)
        accounts = _accounts(store, day)
        if not accounts:
            break
        people = store.page("managers.load", {"as_of": day}, where=[Condition("has_left", "=", False)]).records()
        held = {name: parameters.value_at(store, name, day) for name in RATES}
        multiple = store.one("value.rates", {"as_of": day})["margin_multiple"]
        found.append(weigh(day, accounts, people, held, None if multiple is None else float(multiple)))
    return tuple(found)


def weigh(
    as_of: date,
    accounts: Sequence[Mapping[str, Any]],
    people: Iterable[Mapping[str, Any]],
    held: Mapping[str, parameters.Parameter],
    lifetime_years: float | None,
) -> CaseYear:
    """The case from rows of change.case_accounts (with what each account leaves) and managers.load and the rates; pure."""
    rate = {name: None if held[name].value is None else float(held[name].value) for name in RATES}
    uplift = [rate["change.uplift_low"], rate["selection.expected_uplift"], rate["change.uplift_high"]]
    spread = rate["change.cost_spread"]
    carrying = [p for p in people if p["account_count"] or p["covered_count"]]
    given = _total(p["hours_given"] for p in carrying)
    alone = _total(a["manager_hours"] for a in accounts if not a["has_manager"])
    asked = _total(a["manager_hours"] for a in accounts)
    hours = None if given is None or alone is None else given + alone
    contribution = _total(a["contribution_12m"] for a in accounts)
    costs = {
        "managers": _times(hours, rate["selection.manager_hour_cost"]),
        "sponsors": _times(_total(a["sponsor_hours"] for a in accounts), rate["change.sponsor_hour_cost"]),
        "serving": _times(_total(a["cost_to_serve_12m"] for a in accounts), rate["change.extra_serving_share"]),
    }
    spans = {name: _spread(amount, spread) for name, amount in costs.items()}
    value = None if contribution is None or None in uplift else _span([u * contribution for u in uplift])
    cost = _added(spans.values())
    net = None
    if value is not None and cost is not None:
        net = Span(low=value.low - cost.high, likely=value.likely - cost.likely, high=value.high - cost.low)
    return CaseYear(
        as_of=as_of,
        account_count=len(accounts),
        contribution=contribution,
        value=value,
        **spans,
        cost=cost,
        net=net,
        free=None if asked is None else _times(None if hours is None else hours - asked, rate[RATES[3]]),
        pays_from=cost.likely / contribution if cost is not None and contribution and contribution > 0 else None,
        lifetime_years=lifetime_years,
        lifetime_net=None
        if net is None or lifetime_years is None
        else Span(**{end: amount * lifetime_years for end, amount in net.model_dump().items()}),
        accounts=tuple(_of_account(row, rate) for row in accounts),
        rates=tuple(
            Rate(rate_id=name, value=rate[name], unit=p.unit, valid_from=p.valid_from, source=p.source)
            for name, p in held.items()
        ),
        missing=tuple(_missing(accounts, carrying, rate)),
    )


def _accounts(store: Store, day: date) -> list[dict[str, Any]]:
    """Rows of change.case_accounts with the account's contribution_12m, cost_to_serve_12m and lifetime_value.

    From the account list that the pages keep in memory (as programme.worth does): it is dear to read.
    """
    amounts = ("contribution_12m", "cost_to_serve_12m", "lifetime_value")
    worth = {
        row["account_id"]: row
        for row in store.page(
            "programme.account_list",
            {"as_of": day, "level": "account"},
            columns=("account_id", *amounts),
            where=[Condition("is_key_account", "=", True)],
        )
    }
    times = store.page("change.case_accounts", {"as_of": day}, order_by=[("name", False)])
    return [row | {name: worth.get(row["account_id"], {}).get(name) for name in amounts} for row in times]


def _of_account(row: Mapping[str, Any], rate: Mapping[str, float | None]) -> AccountCase:
    parts = {
        "managers": _times(row["manager_hours"], rate["selection.manager_hour_cost"]),
        "sponsors": _times(row["sponsor_hours"], rate["change.sponsor_hour_cost"]),
        "serving": _times(row["cost_to_serve_12m"], rate["change.extra_serving_share"]),
    }
    value = _times(row["contribution_12m"], rate["selection.expected_uplift"])
    cost = _total(parts.values())
    return AccountCase(
        account_id=row["account_id"],
        name=row["name"],
        category=row["category"],
        lifetime_value=None if row["lifetime_value"] is None else float(row["lifetime_value"]),
        value=value,
        **parts,
        cost=cost,
        net=None if value is None or cost is None else value - cost,
    )


def _missing(accounts, carrying, rate: Mapping[str, float | None]) -> list[str]:
    """What keeps the case from being known: rates that nobody stated, and readings that records do not give."""
    found = [parameters.defaults()[name].meaning for name, value in rate.items() if value is None]
    unknown = {
        name: sum(row[name] is None for row in accounts)
        for name in ("contribution_12m", "cost_to_serve_12m", "manager_hours", "sponsor_hours")
    }
    told = {
        "contribution_12m": lambda n: several(
            "the contribution of {count} key account", "the contribution of {count} key accounts", n
        ),
        "cost_to_serve_12m": lambda n: several(
            "the cost to serve of {count} key account", "the cost to serve of {count} key accounts", n
        ),
        "manager_hours": lambda n: several(
            "managers' hours for {count} key account", "managers' hours for {count} key accounts", n
        ),
        "sponsor_hours": lambda n: several(
            "our sponsor's hours for {count} key account", "our sponsors' hours for {count} key accounts", n
        ),
    }
    found += [told[name](count) for name, count in unknown.items() if count]
    if any(person["hours_given"] is None for person in carrying):
        found.append(_("the hours that an account manager gives"))
    return found


def _total(amounts: Iterable[Any]) -> float | None:
    """The sum; unknown where one is."""
    every = list(amounts)
    return None if any(amount is None for amount in every) else float(sum(every))


def _times(amount: Any, rate: float | None) -> float | None:
    return None if amount is None or rate is None else float(amount) * rate


def _spread(amount: float | None, spread: float | None) -> Span | None:
    if amount is None or spread is None:
        return None
    return _span([amount * (1 - spread), amount, amount * (1 + spread)])


def _span(ends: Sequence[float]) -> Span:
    """Three cases, the likely one in the middle: ordered where a case below 0, or a low above the likely, turns them."""
    return Span(low=min(ends), likely=ends[1], high=max(ends))


def _added(spans: Iterable[Span | None]) -> Span | None:
    every = list(spans)
    if None in every:
        return None
    return Span(**{end: sum(getattr(span, end) for span in every) for end in ("low", "likely", "high")})


def _years_before(day: date, years: int) -> date:
    at_end = (day.month, day.day) == (2, 29) and years
    return day.replace(year=day.year - years, day=28 if at_end else day.day)
