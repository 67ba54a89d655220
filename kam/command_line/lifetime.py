"""`scorecard`, `initiative` and `scenario`: what people state of an account's future, and what if its terms were different."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from typing import Any

from kam import ledgers, value
from kam.command_line.options import acting_person, add_as_of, as_of_date, day, today
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Store
from kam.units import UNKNOWN, money, share
from kam.units import day as day_shown
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    _register_scorecard(commands)
    _register_initiative(commands)
    _register_scenario(commands)


def _register_scorecard(commands: argparse._SubParsersAction) -> None:
    card = commands.add_parser("scorecard", help=_("the relationship-risk scorecard of an account"))
    actions = card.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help=_("the factors, the score, and the yearly chance to keep the account"))
    show.add_argument("account_id", metavar="ACCOUNT")
    add_as_of(show)
    show.set_defaults(run=show_scorecard)
    rate = actions.add_parser("rate", help=_("judge one factor, 0 riskiest to 4 safest"))
    rate.add_argument("account_id", metavar="ACCOUNT")
    rate.add_argument("factor", choices=list(value.RISK_FACTORS))
    rate.add_argument("rating", type=int, choices=range(5))
    rate.add_argument("--evidence", required=True, metavar="TEXT")
    rate.add_argument("--on", type=day, metavar="DATE", help=_("the day of the judgement (else the ledger's last day)"))
    rate.set_defaults(run=rate_scorecard, as_of=None)


def _register_initiative(commands: argparse._SubParsersAction) -> None:
    initiative = commands.add_parser("initiative", help=_("initiatives of an account, valued in profit"))
    actions = initiative.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help=_("what is planned for an account"))
    show.add_argument("account_id", metavar="ACCOUNT")
    add_as_of(show)
    show.set_defaults(run=show_initiatives)
    plan = actions.add_parser("plan", help=_("write down an initiative; it enters the account's forecast"))
    plan.add_argument("account_id", metavar="ACCOUNT")
    plan.add_argument("title", metavar="TITLE")
    plan.add_argument(
        "--profit", type=_amount, nargs=3, required=True, metavar=("LOW", "LIKELY", "HIGH"), help=_("yearly effect")
    )
    plan.add_argument("--from", dest="starts_on", type=day, metavar="DATE")
    plan.add_argument("--to", dest="ends_on", type=day, metavar="DATE")
    plan.add_argument("--probability", type=_share, required=True, metavar="SHARE")
    plan.add_argument("--owner", required=True, metavar="NAME")
    plan.add_argument("--source", required=True, metavar="TEXT", help=_("what the estimate rests on"))
    plan.add_argument("--on", type=day, metavar="DATE", help=_("the day from which it counts (else the ledger's last)"))
    plan.set_defaults(run=plan_initiative, as_of=None)
    withdraw = actions.add_parser("withdraw", help=_("take an initiative out of the forecasts"))
    withdraw.add_argument("initiative_id", type=int, metavar="NUMBER")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    withdraw.add_argument("--on", type=day, metavar="DATE")
    withdraw.set_defaults(run=withdraw_initiative, as_of=None)


def _register_scenario(commands: argparse._SubParsersAction) -> None:
    scenario = commands.add_parser("scenario", help=_("what if price, drop size, rush fee or payment terms differed"))
    actions = scenario.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help=_("the scenarios kept, or one with what was seen"))
    show.add_argument("scenario_id", type=int, nargs="?", metavar="NUMBER")
    show.add_argument("--account", metavar="ID", help=_("of this account alone"))
    show.set_defaults(run=show_scenarios)
    attempt = actions.add_parser("try", help=_("before and after, without keeping it"))
    keep = actions.add_parser("keep", help=_("the same, kept under a name"))
    for parser in (attempt, keep):
        parser.add_argument("account_id", metavar="ACCOUNT")
        for name, told in (
            ("price", _("change of the net price, 0.02 or 2 %%")),
            ("volume", _("change of the volume in answer to it")),
            ("drop-size", _("change of the units per order")),
            ("rush-lines", _("change of the number of rush lines")),
            ("growth", _("growth of the margin a year")),
        ):
            parser.add_argument(f"--{name}", type=_share, default=0.0, metavar="SHARE", help=told)
        parser.add_argument("--rush-fee", type=_amount, default=Decimal(0), metavar="AMOUNT", help=_("per rush line"))
        parser.add_argument("--payment-days", type=_amount, metavar="DAYS")
        parser.add_argument("--retention", type=_share, metavar="SHARE")
        parser.add_argument(
            "--follows", action="append", default=[], metavar="CODE", help=_("recorded activity that comes with orders")
        )
        add_as_of(parser)
    attempt.set_defaults(run=try_scenario)
    keep.add_argument("--name", required=True, metavar="TEXT")
    keep.add_argument("--note", default="", metavar="TEXT")
    keep.set_defaults(run=keep_scenario)


def show_scorecard(arguments: argparse.Namespace, store: Store) -> int:
    """`scorecard show`."""
    as_of = as_of_date(arguments, store)
    person = acting_person(arguments, store)
    value.account_value(store, as_of, arguments.account_id, for_whom=person)  # refuses an unknown account
    card = value.scorecards(store, as_of, [arguments.account_id], for_whom=person)[arguments.account_id]
    score = UNKNOWN if card.score is None else f"{card.score:.0f}"
    lines = [
        _("Risk score {score} of 100, {known} of {all} factors known; kept a year: {chance}").format(
            score=score, known=card.known, all=len(card.factors), chance=share(card.retention)
        ),
        *([card.missing] if card.missing else []),
        *(
            f"  {UNKNOWN if one.rating is None else format(one.rating, '.1f'):>4}  {one.name}: {one.evidence}"
            for one in card.factors
        ),
    ]
    report(arguments, {"as_of": as_of, **asdict(card)}, lines)
    return 0


def rate_scorecard(arguments: argparse.Namespace, store: Store) -> int:
    """`scorecard rate`."""
    rated_on = arguments.on or as_of_date(arguments, store)
    value.rate_risk(
        store,
        arguments.account_id,
        arguments.factor,
        arguments.rating,
        evidence=arguments.evidence,
        rated_on=rated_on,
        who=acting_person(arguments, store),
    )
    done = {
        "account_id": arguments.account_id,
        "factor": arguments.factor,
        "rating": arguments.rating,
        "rated_on": rated_on,
    }
    told = _("{factor} of {account} is judged {rating} of 4.")
    name = value.RISK_FACTORS[arguments.factor].name
    report(arguments, done, [told.format(factor=name, account=arguments.account_id, rating=arguments.rating)])
    return 0


def show_initiatives(arguments: argparse.Namespace, store: Store) -> int:
    """`initiative show`."""
    as_of = as_of_date(arguments, store)
    rows = value.initiatives_of(store, as_of, arguments.account_id)
    lines = [
        _("{number}  {title}: {profit} a year, chance {chance}, {start} to {end}, {owner}").format(
            number=row["initiative_id"],
            title=row["title"],
            profit=money(row["profit_likely_amount"], store.setting("currency") or ""),
            chance=share(row["probability"]),
            start=day_shown(row["starts_on"]),
            end=day_shown(row["ends_on"]),
            owner=row["owner"],
        )
        for row in rows
    ]
    report(
        arguments,
        {"as_of": as_of, "account_id": arguments.account_id, "initiatives": rows},
        lines or [_("No initiative is planned for this account.")],
    )
    return 0


def plan_initiative(arguments: argparse.Namespace, store: Store) -> int:
    """`initiative plan`."""
    number = value.plan_initiative(
        store,
        arguments.account_id,
        value.Initiative(
            arguments.title,
            *arguments.profit,
            arguments.starts_on,
            arguments.ends_on,
            arguments.probability,
            arguments.owner,
            arguments.source,
        ),
        stated_on=arguments.on or as_of_date(arguments, store),
        who=acting_person(arguments, store),
    )
    told = _("Initiative {number} of {account} is in the forecast.")
    report(
        arguments,
        {"initiative_id": number, "account_id": arguments.account_id},
        [told.format(number=number, account=arguments.account_id)],
    )
    return 0


def withdraw_initiative(arguments: argparse.Namespace, store: Store) -> int:
    """`initiative withdraw`."""
    value.withdraw_initiative(
        store,
        arguments.initiative_id,
        reason=arguments.reason,
        expected_revision=value.revision_of(store, arguments.initiative_id),
        stated_on=arguments.on or as_of_date(arguments, store),
        who=acting_person(arguments, store),
    )
    told = _("Initiative {number} is out of the forecast.").format(number=arguments.initiative_id)
    report(arguments, {"initiative_id": arguments.initiative_id, "is_withdrawn": True}, [told])
    return 0


def try_scenario(arguments: argparse.Namespace, store: Store) -> int:
    """`scenario try`."""
    effect = _effect(arguments, store)
    report(arguments, asdict(effect), _statement(asdict(effect), store.setting("currency") or ""))
    return 0


def keep_scenario(arguments: argparse.Namespace, store: Store) -> int:
    """`scenario keep`."""
    effect = _effect(arguments, store)
    number = value.keep_scenario(
        store, arguments.name, effect, note=arguments.note, who=acting_person(arguments, store)
    )
    told = _("Scenario {number} “{name}” is kept.").format(number=number, name=arguments.name.strip())
    lines = [told, *_statement(asdict(effect), store.setting("currency") or "")]
    report(arguments, {"scenario_id": number, **asdict(effect)}, lines)
    return 0


def show_scenarios(arguments: argparse.Namespace, store: Store) -> int:
    """`scenario show`."""
    if arguments.scenario_id is not None:
        kept = value.scenario_of(store, arguments.scenario_id)
        head = f"{kept.scenario_id}  {kept.name} · {kept.result['name']}, {day_shown(kept.as_of)}, {kept.kept_by}"
        report(arguments, asdict(kept), [head, *_statement(kept.result, store.setting("currency") or "")])
        return 0
    found = value.scenarios(store, account_id=arguments.account)
    lines = [f"{one.scenario_id}  {one.name} · {one.result['name']}, {day_shown(one.as_of)}" for one in found]
    report(arguments, {"scenarios": [asdict(one) for one in found]}, lines or [_("No scenario is kept yet.")])
    return 0


def _effect(arguments: argparse.Namespace, store: Store) -> value.Effect:
    as_of = arguments.as_of or ledgers.default_as_of(store, today())
    ledgers.check_as_of(store, as_of)
    keys = store.read("programme.roster", {"as_of": as_of}, order_by=[("account_id", False)]).column("account_id")
    change = value.WhatIf(
        arguments.price,
        arguments.volume,
        arguments.drop_size,
        float(arguments.rush_fee),
        arguments.rush_lines,
        None if arguments.payment_days is None else float(arguments.payment_days),
        arguments.growth,
        arguments.retention,
        tuple(arguments.follows),
    )
    person = acting_person(arguments, store)
    return value.what_if(store, as_of, arguments.account_id, change, key_accounts=keys, for_whom=person)


def _statement(result: dict[str, Any], currency: str) -> list[str]:
    return [
        f"  {label:36} {money(result['before'][line], currency):>22} → {money(result['after'][line], currency):>22}"
        for line, label in value.LINES.items()
    ]


def _share(text: str) -> float:
    """0.02 or 2 %. Raises BadInput for anything else."""
    typed = text.strip()
    try:
        number = float(typed.removesuffix("%"))
    except ValueError:
        raise BadInput(
            _("{text} is no share: write 0.02 or 2 %.").format(text=text), reason="bad_number", field="share"
        ) from None
    return number / 100 if typed.endswith("%") else number


def _amount(text: str) -> Decimal:
    """An amount. Raises BadInput for anything else."""
    try:
        return Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise BadInput(
            _("{text} is no amount: write it with a decimal point.").format(text=text), reason="bad_number"
        ) from None
