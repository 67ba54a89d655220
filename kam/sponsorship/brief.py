"""What an executive has to know before the next contact with an account: three things by rule, and the brief around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kam import parameters, selection, units, value
from kam.access import Person
from kam.errors import NotFound, Refusal
from kam.store import Condition, Store
from kam.words import _, several

MOST_THINGS = 3
_LAST_CONTACTS = 4
_MOST_PEOPLE = 6


@dataclass(frozen=True)
class Thing:
    """One thing to know. code: the rule that said so; tone: bad, soon, good or none."""

    code: str
    tone: str
    sentence: str


@dataclass(frozen=True)
class Limits:
    """From when on something is named. contract_days, silence_days: days; fall: share."""

    contract_days: int
    silence_days: int
    fall: float


@dataclass(frozen=True)
class Brief:
    """One page about an account for its sponsor. account: the row of programme.account_list; sponsor: of
    sponsorship.roster_sponsors; things: most material first; cadence, people, promises, contacts, contracts: rows as their
    relations give them; next_contact: the next planned contact, None without one.
    """

    as_of: date
    currency: str
    account: Mapping[str, Any]
    sponsor: Mapping[str, Any]
    things: list[Thing]
    cadence: list[Mapping[str, Any]]
    people: list[Mapping[str, Any]]
    promises: list[Mapping[str, Any]]
    contacts: list[Mapping[str, Any]]
    contracts: list[Mapping[str, Any]]
    next_contact: Mapping[str, Any] | None


def things_to_know(
    account: Mapping[str, Any], news: Mapping[str, Any], sponsor: Mapping[str, Any], failing: list[str],
    limits: Limits, as_of: date, currency: str = "",
) -> list[Thing]:  # fmt: skip
    """Everything that a rule names, the most material first; the first three are what a sponsor must know.

    account: a row of programme.account_list; news: of sponsorship.account_news; sponsor: of sponsorship.roster_sponsors;
    failing: names of the gates that fail now. The order is fixed: what we owe, what may end the standing, what may
    end the business, what it is worth, what is silent, then what is well.
    """
    named = [
        *_owed(news, limits, as_of),
        *_standing(failing),
        *_contract(news, limits, as_of),
        *_buying(account),
        *_complaints(news),
        *_worth(account, limits),
        *_silence(news, sponsor, limits, as_of),
        *_background(account, sponsor, currency),
    ]
    tones = ("bad", "soon", "none", "good")
    return sorted(named, key=lambda thing: tones.index(thing.tone))


def three_things(store: Store, account_ids: list[str], as_of: date, *, for_whom: Person) -> dict[str, list[Thing]]:
    """Account to the three things to know before the next contact with it (fewer where the rules name fewer)."""
    limits = _limits(store, as_of)
    among = [Condition("account_id", "one_of", account_ids)]
    accounts = store.page("programme.account_list", {"as_of": as_of, "level": "account"}, where=among)
    news = {row["account_id"]: row for row in store.read("sponsorship.account_news", {"as_of": as_of}, where=among)}
    sponsors = {r["account_id"]: r for r in store.read("sponsorship.roster_sponsors", {"as_of": as_of}, where=among)}
    failing = _failing(store, as_of, for_whom)
    currency = store.setting("currency") or ""
    return {
        row["account_id"]: things_to_know(
            row,
            news[row["account_id"]],
            sponsors[row["account_id"]],
            failing.get(row["account_id"], []),
            limits,
            as_of,
            currency,
        )[:MOST_THINGS]
        for row in accounts.records()
        if row["account_id"] in news and row["account_id"] in sponsors
    }


def brief(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> Brief:
    """The one-page brief of a key account. Raises NotFound for one that is no key account on as_of."""
    on_day, this = {"as_of": as_of}, [Condition("account_id", "=", account_id)]
    sponsor = store.one("sponsorship.roster_sponsors", on_day, where=this)
    if sponsor is None:
        raise NotFound(
            _("{account} is not a key account on {day}: there is no sponsor to brief.").format(
                account=account_id, day=units.day(as_of)
            ),
            reason="not_key_account",
            field="account_id",
        )
    account = store.page("programme.account_list", {"as_of": as_of, "level": "account"}, where=this, limit=1).records()[
        0
    ]
    contacts = store.read(
        "sponsorship.appointment_list", on_day, where=this, order_by=[("planned_on", False), ("appointment_id", False)]
    ).records()
    coming = [row for row in contacts if row["state"] == "planned" and row["planned_on"] >= as_of]
    running = [*this, Condition("start_date", "<=", as_of), Condition("end_date", ">=", as_of)]
    return Brief(
        as_of=as_of,
        currency=store.setting("currency") or "",
        account=account,
        sponsor=sponsor,
        things=three_things(store, [account_id], as_of, for_whom=for_whom).get(account_id, []),
        cadence=store.read("sponsorship.cadence", on_day, where=this).records(),
        people=store.read(
            "ledgers.contacts", where=this, order_by=[("influence", True), ("name", False)], limit=_MOST_PEOPLE
        ).records(),
        promises=store.read(
            "sponsorship.promise_list",
            on_day,
            where=[*this, Condition("closed_on", "is_missing")],
            order_by=[("due_on", False), ("promise_id", False)],
        ).records(),
        contacts=_past(store, account_id, as_of),
        contracts=store.read("ledgers.contracts", where=running, order_by=[("end_date", False)]).records(),
        next_contact=coming[0] if coming else None,
    )


def _past(store: Store, account_id: str, as_of: date) -> list[dict[str, Any]]:
    """The latest contacts of our executives: day, who, what came of it."""
    this = [Condition("account_id", "=", account_id)]
    held = store.read(
        "sponsorship.appointment_list", {"as_of": as_of}, where=[*this, Condition("held_on", "<=", as_of)]
    )
    visits = store.read(
        "ledgers.interactions",
        where=[*this, Condition("kind", "=", "executive_visit"), Condition("occurred_on", "<=", as_of)],
        order_by=[("occurred_on", True)],
        limit=_LAST_CONTACTS,
    )
    found = [{"day": r["held_on"], "who": r["executive_name"], "what": r["outcome"]} for r in held]
    known = {row["day"] for row in found}
    found += [
        {"day": r["occurred_on"], "who": r["by"] or units.UNKNOWN, "what": r["summary"]}
        for r in visits
        if r["occurred_on"] not in known
    ]
    return sorted(found, key=lambda row: row["day"], reverse=True)[:_LAST_CONTACTS]


def _failing(store: Store, as_of: date, for_whom: Person) -> dict[str, list[str]]:
    """Account to the names of the gates that fail now; nothing where no criteria hold or the day is not judged."""
    try:
        standing = selection.standing(store, as_of, for_whom=for_whom)
    except Refusal:
        return {}
    return {
        account.account_id: [value.MEASURES[g.measure].name for g in account.now.gates if g.verdict == "fail"]
        for account in standing
        if account.needs_decision and account.now
    }


def _limits(store: Store, as_of: date) -> Limits:
    def held_value(name: str, otherwise: float) -> float:
        held = parameters.value_at(store, f"sponsorship.brief_{name}", as_of).value
        return otherwise if held is None else held

    return Limits(
        int(held_value("contract_days", 0)), int(held_value("silence_days", 0)), held_value("revenue_fall_share", 1.0)
    )


def _owed(news: Mapping[str, Any], limits: Limits, as_of: date) -> list[Thing]:
    if news["late_promise_count"]:
        said = several(
            "{count} promise of ours is late: {{promise}}, due {{due}}.",
            "{count} promises of ours are late, first: {{promise}}, due {{due}}.",
            news["late_promise_count"],
        ).format(promise=news["next_promise"], due=units.day(news["next_promise_due_on"]))
        return [Thing("promise_late", "bad", said)]
    if news["open_promise_count"]:
        said = _("We promised: {promise}, due {due}.").format(
            promise=news["next_promise"], due=units.day(news["next_promise_due_on"])
        )
        return [Thing("promise_open", "soon", said)]
    return []


def _standing(failing: list[str]) -> list[Thing]:
    if not failing:
        return []
    return [
        Thing("gate_fails", "bad", _("It fails a gate of the programme now: {gates}.").format(gates=", ".join(failing)))
    ]


def _contract(news: Mapping[str, Any], limits: Limits, as_of: date) -> list[Thing]:
    end, notice = news["contract_end_on"], news["notice_by_on"]
    if end is None:
        return []
    told = {"contract": news["contract_name"], "end": units.day(end), "notice": units.day(notice)}
    if notice - timedelta(days=limits.contract_days) > as_of:
        return [Thing("contract_runs", "none", _("{contract} runs until {end}.").format(**told))]
    if notice < as_of and news["auto_renews"]:
        return [Thing("contract_runs", "none", _("{contract} renews by itself after {end}.").format(**told))]
    if notice < as_of:
        said = _("{contract} ends on {end}; the day to give notice, {notice}, is past.").format(**told)
    elif news["auto_renews"]:
        said = _("{contract} renews by itself unless notice is given by {notice}.").format(**told)
    else:
        said = _("{contract} ends on {end}; notice is due by {notice}.").format(**told)
    return [Thing("contract_ends", "soon", said)]


def _buying(account: Mapping[str, Any]) -> list[Thing]:
    if account["activity_state"] == "dormant":
        said = _("It has stopped buying: the last purchase was on {day}, longer ago than its own rhythm explains.")
        return [Thing("dormant", "bad", said.format(day=units.day(account["last_order_on"])))]
    if account["activity_state"] == "slowing":
        said = _("It buys more slowly than its own rhythm: the last purchase was on {day}.")
        return [Thing("slowing", "soon", said.format(day=units.day(account["last_order_on"])))]
    return []


def _complaints(news: Mapping[str, Any]) -> list[Thing]:
    if not news["complaint_count"]:
        return []
    said = several(
        "{count} complaint lately, on {{day}}: {{about}}",
        "{count} complaints lately, the last on {{day}}: {{about}}",
        news["complaint_count"],
    ).format(day=units.day(news["last_complaint_on"]), about=news["last_complaint"])
    return [Thing("complaints", "bad" if news["complaint_count"] > 1 else "soon", said)]


def _worth(account: Mapping[str, Any], limits: Limits) -> list[Thing]:
    found = []
    if account["contribution_12m"] is not None and account["contribution_12m"] < 0:
        found.append(
            Thing(
                "loses_money", "bad", _("It costs more than it brings: contribution after cost to serve is negative.")
            )
        )
    growth = account["revenue_growth_12m"]
    if growth is not None:
        change = units.share(abs(growth), decimals=0)
        if growth <= -limits.fall:
            found.append(
                Thing(
                    "revenue_falls",
                    "soon",
                    _("Revenue fell by {change} against the year before.").format(change=change),
                )
            )
        elif growth > 0:
            found.append(
                Thing(
                    "revenue_grows",
                    "good",
                    _("Revenue grew by {change} against the year before.").format(change=change),
                )
            )
        else:
            found.append(
                Thing("revenue_steady", "none", _("Revenue is {change} below the year before.").format(change=change))
            )
    return found


def _silence(news: Mapping[str, Any], sponsor: Mapping[str, Any], limits: Limits, as_of: date) -> list[Thing]:
    found = []
    if sponsor["contact_state"] == "overdue":
        said = _("Our sponsor's visit has been due since {day}.").format(day=units.day(sponsor["contact_due_on"]))
        found.append(Thing("visit_overdue", "soon", said))
    last = news["last_dealing_on"]
    if last is not None and (as_of - last).days > limits.silence_days:
        said = several(
            "No dealing is on record for {count} day.", "No dealing is on record for {count} days.", (as_of - last).days
        )
        found.append(Thing("silence", "soon", said))
    return found


def _background(account: Mapping[str, Any], sponsor: Mapping[str, Any], currency: str) -> list[Thing]:
    """What is worth saying where nothing presses."""
    found = []
    if account["contribution_12m"] is not None and account["contribution_12m"] >= 0:
        said = _("It contributes {amount} a year after cost to serve.").format(
            amount=units.short_money(account["contribution_12m"], currency)
        )
        found.append(Thing("contributes", "good", said))
    if sponsor["last_contact_on"] is not None and sponsor["contact_state"] != "overdue":
        said = _("The last visit of our executives was on {day}.").format(day=units.day(sponsor["last_contact_on"]))
        found.append(Thing("last_visit", "good", said))
    elif sponsor["last_contact_on"] is None:
        found.append(Thing("no_visit_yet", "none", _("None of our executives has visited it yet.")))
    return found
