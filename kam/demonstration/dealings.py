"""What happens around the orders: activities, contacts, opportunities, contracts, interactions, surveys.

Each function returns the columns of one fact table, named as the table names them, as equally long arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np

from kam.demonstration import inputs
from kam.demonstration.base import Base
from kam.demonstration.ledger import Lines

Columns = dict[str, np.ndarray]


def activities(base: Base, lines: Lines, first: date, until: date, rng: np.random.Generator) -> Columns:
    """Driver volumes per account, month and activity; some technical cases carry measured minutes."""
    start = np.datetime64(first, "M")
    months = int((np.datetime64(until, "M") - start).astype(int)) + 1
    month = (lines.order_date.astype("datetime64[M]") - start).astype(int)
    counted = np.bincount(
        lines.account * months + month, (lines.line_no == 1) & (lines.quantity > 0), len(base) * months
    )
    orders = counted.reshape(len(base), months)
    active = orders > 0
    lines_back = np.bincount(lines.account * months + month, lines.quantity < 0, len(base) * months).reshape(
        orders.shape
    )
    larger = np.clip(base.yearly_revenue / 1_500_000, 0, 1)[:, None]
    engineering = active * base.engineering[:, None] / np.maximum(active[:, -12:].sum(1), 1)[:, None]
    quantities = {
        "delivery_drop": rng.poisson(orders * 1.1),
        "technical_case": rng.poisson(orders * 0.12 + lines_back * 0.5),
        "quotation": rng.poisson(orders * 0.22 + active * 0.1),
        "sales_visit": rng.poisson(active * (0.05 + 0.9 * larger)),
        "credit_check": rng.poisson(active * 0.08),
        "engineering_hour": np.round(
            engineering * rng.gamma(8, 1 / 8, orders.shape) * (rng.random(orders.shape) < 0.9), 1
        ),
    }
    account, code, day, quantity = [], [], [], []
    for activity, volume in quantities.items():
        at, when = np.nonzero(volume)
        account.append(at)
        code.append(np.full(len(at), activity, dtype=object))
        day.append(
            np.minimum((start + when).astype("datetime64[D]") + rng.integers(0, 28, len(at)), np.datetime64(until))
        )
        quantity.append(volume[at, when].astype(float))
    codes, quantity = np.concatenate(code), np.concatenate(quantity)
    measured = (codes == "technical_case") & (rng.random(len(codes)) < 0.15)
    return {
        "account_id": base.account_id[np.concatenate(account)],
        "activity_code": codes,
        "occurred_on": _days(np.concatenate(day)),
        "quantity": quantity,
        "minutes": np.ma.masked_array(np.round(quantity * rng.gamma(20, 4, len(codes)), 0), mask=~measured),
    }


def contacts(base: Base, rng: np.random.Generator) -> Columns:
    """People at the accounts: a decision unit at those of the cast, one to three elsewhere."""
    countries = {entry["name"]: entry for entry in inputs.company()["country"]}
    titles = inputs.dealings()["titles"]
    rows = []
    for at in range(len(base)):
        is_cast = at < len(base.cast)
        chosen = titles["key"][: int(rng.integers(5, 10))] if is_cast else titles["other"][: int(rng.integers(1, 4))]
        country = countries[base.country[at]]
        # Ids run in order: whom a title reports to is known before the person is drawn.
        ids = {told[0]: f"P{len(rows) + number:05d}" for number, told in enumerate(chosen, 1)}
        for title, role, influence, *above in chosen:
            given = country["given"][int(rng.integers(len(country["given"])))]
            family = country["family"][int(rng.integers(len(country["family"])))]
            contact_id = ids[title]
            boss = ids.get(above[0]) if above else next(iter(ids.values()))
            attitude = int(np.clip(np.round(rng.normal(0.5, 1.0)), -2, 2))
            host = base.website[at].removeprefix("https://www.")
            rows.append(
                (contact_id, base.account_id[at], f"{given} {family}", title, f"contact{len(rows) + 1}@{host}", None,
                 None if boss == contact_id else boss, role, influence, attitude)
            )  # fmt: skip
    return _columns(
        rows,
        ("contact_id", "account_id", "name", "title", "email", "phone", "reports_to", "role", "influence", "attitude"),
    )


def opportunities(base: Base, products: Sequence[str], until: date, rng: np.random.Generator) -> Columns:
    """Open and decided deals; the open ones close within the next nine months."""
    names = inputs.dealings()["opportunity_names"]["names"]
    stages = [("qualified", 0.2), ("proposal", 0.45), ("negotiation", 0.7), ("won", 1.0), ("lost", 0.0)]
    rows = []
    for at in _by_size(base, 1.0, rng):
        for _turn in range(int(rng.integers(2, 6)) if at < len(base.cast) else int(rng.integers(1, 3))):
            stage, probability = stages[int(rng.choice(5, p=[0.22, 0.2, 0.13, 0.25, 0.2]))]
            decided = stage in ("won", "lost")
            ahead = -int(rng.integers(5, 700)) if decided else int(rng.integers(10, 270))
            rows.append(
                (f"OP{len(rows) + 1:05d}", base.account_id[at], names[int(rng.integers(len(names)))], stage,
                 float(np.round(base.yearly_revenue[at] * rng.uniform(0.02, 0.25), -2)), probability,
                 np.datetime64(until) + ahead, products[int(rng.integers(len(products)))], base.owner[at])
            )  # fmt: skip
    return _columns(
        rows,
        (
            "opportunity_id",
            "account_id",
            "name",
            "stage",
            "amount",
            "probability",
            "expected_close",
            "product_id",
            "owner",
        ),
    )


def contracts(base: Base, until: date, rng: np.random.Generator) -> Columns:
    """Framework agreements with most of the cast and some larger accounts; a few end soon."""
    rows = []
    for at in _by_size(base, 0.12, rng):
        # Who went quiet has no agreement any more: one that ran would make the account active.
        if base.end[at] < 1 or (at < len(base.cast) and rng.random() < 0.25):
            continue
        years = int(rng.integers(1, 4))
        begun = np.datetime64(until) - int(rng.integers(30, 365 * years + 60))
        rows.append(
            (f"K{len(rows) + 1:04d}", base.account_id[at], f"Framework agreement {years} years", begun, begun + 365 * years,
             float(np.round(base.yearly_revenue[at] * rng.uniform(0.4, 0.8), -3)), int(rng.choice([30, 60, 90, 180])),
             bool(rng.random() < 0.4))
        )  # fmt: skip
    return _columns(
        rows,
        ("contract_id", "account_id", "name", "start_date", "end_date", "annual_value", "notice_days", "auto_renews"),
    )


def interactions(base: Base, people: Columns, first: date, until: date, rng: np.random.Generator) -> Columns:
    """Visits, calls and meetings; executives visit the accounts that they sponsor, busy ones rarely."""
    summaries = inputs.dealings()["summaries"]
    contact_of: dict[str, list[str]] = {}
    for contact_id, account_id in zip(people["contact_id"], people["account_id"], strict=True):
        contact_of.setdefault(account_id, []).append(contact_id)
    executives = {entry["executive_id"]: entry["name"] for entry in inputs.people()["executive"]}
    burden = [member.get("sponsor") for member in base.cast if not member.get("released")]
    days = (until - first).days
    rows: list[tuple] = []

    def record(
        at: int, day: np.datetime64, kind: str, by: str, text: str | None = None, next_step: str | None = None, due=None
    ):
        known = contact_of[base.account_id[at]]
        said = text or summaries[kind][int(rng.integers(len(summaries[kind])))]
        rows.append((base.account_id[at], day, kind, said, by, known[int(rng.integers(len(known)))], next_step, due))

    for at in _by_size(base, 0.6, rng):
        is_cast = at < len(base.cast)
        for _turn in range(int(rng.poisson(44 if is_cast else 14))):
            kind = str(
                rng.choice(
                    ["visit", "call", "email", "meeting", "complaint", "training"], p=[0.3, 0.3, 0.2, 0.12, 0.06, 0.02]
                )
            )
            day = np.datetime64(first) + int(rng.integers(days))
            follow_up = "Send the offer" if kind in ("visit", "meeting") and rng.random() < 0.3 else None
            record(
                at,
                day,
                kind,
                str(base.owner[at]),
                None,
                follow_up,
                day + int(rng.integers(7, 40)) if follow_up else None,
            )
    for at, member in enumerate(base.cast):
        sponsor = member.get("sponsor")
        if sponsor is None:
            continue
        # An executive with many accounts sees each of them less than twice a year.
        yearly = 2.4 / max(1.0, burden.count(sponsor) / 2)
        last = days - (int(rng.integers(150, 400)) if member.get("vacant") else 12)
        for _visit in range(1 + int(rng.poisson(yearly * 2.6))):
            record(at, np.datetime64(first) + int(rng.integers(200, last)), "executive_visit", executives[sponsor])
    _pressure(base, executives, until, record)
    rows += _sponsor_calls(base, contact_of, executives, until)
    rows.sort(key=lambda row: (row[1], row[0], row[2], row[3]))
    return _columns(
        [(f"I{number:06d}", *row) for number, row in enumerate(rows, 1)],
        (
            "interaction_id",
            "account_id",
            "occurred_on",
            "kind",
            "summary",
            "by",
            "contact_id",
            "next_step",
            "next_step_due",
        ),
    )


def _sponsor_calls(
    base: Base, contact_of: dict[str, list[str]], executives: dict[str, str], until: date
) -> list[tuple]:
    """Quarterly calls by sponsors who are not too busy for them."""
    said = inputs.dealings()["summaries"]["executive_call"]
    burden = [member.get("sponsor") for member in base.cast if not member.get("released")]
    calls = []
    for at, member in enumerate(base.cast):
        sponsor = member.get("sponsor")
        if sponsor is None or member.get("vacant") or burden.count(sponsor) > 3:
            continue
        for turn in range(6):
            day = np.datetime64(until) - (20 + 7 * (at % 8) + 88 * turn)
            words = said[(at + turn) % len(said)]
            calls.append(
                (
                    base.account_id[at],
                    day,
                    "call",
                    words,
                    executives[sponsor],
                    contact_of[base.account_id[at]][0],
                    None,
                    None,
                )
            )
    return calls


def _pressure(base: Base, executives: dict[str, str], until: date, record) -> None:
    """The golf friend: many visits by an executive, little business, and a wish that the charter refuses."""
    for at, member in enumerate(base.cast):
        if friend := member.get("friend_of"):
            for ago in (690, 520, 410, 300, 215, 120, 40):
                record(
                    at,
                    np.datetime64(until) - ago,
                    "executive_visit",
                    executives[friend],
                    "A round of golf and dinner with the owner.",
                )
            record(
                at,
                np.datetime64(until) - 110,
                "meeting",
                executives[friend],
                "Asked that this account become a key account. Declined: it fails the revenue gate of the charter, "
                "and friendship is no ground for admission.",
            )


def survey_responses(base: Base, people: Columns, until: date, rng: np.random.Generator) -> Columns:
    """Importance and performance on a five-point scale, asked once a year."""
    survey = inputs.dealings()["survey"]
    contact_of: dict[str, list[str]] = {}
    for contact_id, account_id in zip(people["contact_id"], people["account_id"], strict=True):
        contact_of.setdefault(account_id, []).append(contact_id)
    asked = _by_size(base, 0.12, rng)
    rows = []
    for years_ago in (2, 1, 0):
        for at in asked:
            mood = rng.normal(0, 0.25)
            answered = np.datetime64(until) - 365 * years_ago - int(rng.integers(20, 80))
            for contact in contact_of[base.account_id[at]][: 3 if at < len(base.cast) else 1]:
                for attribute, importance, performance in zip(*survey.values(), strict=True):
                    rows.append(
                        (
                            base.account_id[at],
                            answered,
                            attribute,
                            _mark(importance, rng),
                            _mark(performance + mood, rng),
                            5,
                            contact,
                        )
                    )
    return _columns(
        rows, ("account_id", "answered_on", "attribute", "importance", "performance", "scale_points", "contact_id")
    )


def _mark(mean: float, rng: np.random.Generator) -> float:
    return float(np.clip(np.round(mean + rng.normal(0, 0.7)), 1, 5))


def _by_size(base: Base, share: float, rng: np.random.Generator) -> list[int]:
    """The cast, and those of the others that a draw by size picks."""
    chance = np.clip(base.yearly_revenue / 400_000, 0.1, 1) * share
    chance[: len(base.cast)] = 1
    return np.flatnonzero((rng.random(len(base)) < chance) & (base.end > 0)).tolist()


def _columns(rows: Iterable[tuple], names: Sequence[str]) -> Columns:
    """Rows as named arrays; a column of days as days, everything else as objects."""
    found = {}
    for name, values in zip(names, zip(*rows, strict=True), strict=True):
        is_day = any(isinstance(value, np.datetime64) for value in values)
        if is_day:
            missing = np.array([value is None for value in values])
            days = np.array([np.datetime64("1970-01-01") if value is None else value for value in values])
            found[name] = np.ma.masked_array(_days(days), mask=missing) if missing.any() else _days(days)
        else:
            found[name] = np.array(values, dtype=object)
    return found


def _days(values: np.ndarray) -> np.ndarray:
    # The store takes dates as timestamps at midnight.
    return values.astype("datetime64[us]")
