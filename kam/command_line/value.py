"""`facts` and `value`: every account's measures and worth; `costs …`: the cost model behind it."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path
from typing import Any

from kam import ledgers, value
from kam.command_line import cost_actions
from kam.command_line.options import acting_person, add_as_of, as_of_date, today
from kam.command_line.output import report, save_csv
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Store
from kam.units import UNKNOWN, count, day, money, shown
from kam.words import _, several

# A cost model file is a few pages of text.
MOST_BYTES = 1_000_000
# How many accounts a terminal gets; --json and --csv give all of them.
MOST_LINES = 25
# Field of the `value` document: the measure behind it.
_VALUE_FIELDS = {
    "revenue": "revenue_12m",
    "margin": "margin_12m",
    "cost_to_serve": "cost_to_serve_12m",
    "contribution": "contribution_12m",
    "lifetime_value": "lifetime_value",
}

# Accounts outside the programme have no forecast of their own, so their range is unknown.
_NO_RANGE = {"p10": None, "p50": None, "p90": None}
_RESTS_ON_MARGIN = ("margin_12m", "contribution_12m", "lifetime_value")


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    facts = commands.add_parser("facts", help=_("the account metrics, one row per account"))
    _add_selection(facts)
    facts.set_defaults(run=show_facts)

    worth = commands.add_parser("value", help=_("lifetime value and cost to serve of every account"))
    _add_selection(worth)
    worth.set_defaults(run=show_value)

    costs = commands.add_parser("costs", help=_("the cost model behind cost to serve"))
    actions = costs.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help=_("the cost model in force, as a file that can be adapted"))
    add_as_of(show)
    show.set_defaults(run=show_costs)
    check = actions.add_parser("check", help=_("whether a cost model file could be adopted"))
    check.add_argument("file", type=Path, metavar="FILE.toml")
    check.set_defaults(run=check_costs)
    adopt = actions.add_parser("adopt", help=_("adopt a cost model file from its own date on"))
    adopt.add_argument("file", type=Path, metavar="FILE.toml")
    adopt.add_argument("--reason", metavar="TEXT", help=_("why it is adopted (else the source that the file names)"))
    adopt.set_defaults(run=adopt_costs)
    cost_actions.register(actions)


def show_facts(arguments: argparse.Namespace, store: Store) -> int:
    """`facts`."""
    as_of, rows = _selected(arguments, store)
    columns = ("account_id", "name", *value.MEASURES)
    accounts = [{name: row[name] for name in columns} for row in rows]
    if arguments.csv:
        save_csv(arguments.csv, columns, ([row[name] for name in columns] for row in accounts))
    currency = store.setting("currency")
    lines = [_heading(as_of, len(accounts), arguments)]
    if arguments.account:
        lines += [
            f"{measure.name}: {shown(rows[0][name], measure.unit, currency)}"
            for name, measure in value.MEASURES.items()
        ]
    else:
        few = ("revenue_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value", "orders_12m", "last_order_on")
        lines += _table(rows, few, currency)
    report(arguments, {"as_of": as_of, "accounts": accounts}, lines)
    return 0


def show_value(arguments: argparse.Namespace, store: Store) -> int:
    """`value`."""
    as_of, rows = _selected(arguments, store)
    ranges = _ranges(store, as_of, arguments)
    accounts = [
        {"account_id": row["account_id"], "name": row["name"]}
        | {field: row[measure] for field, measure in _VALUE_FIELDS.items()}
        | ranges.get(row["account_id"], _NO_RANGE)
        | {"is_margin_estimated": row["is_margin_estimated"]}
        for row in rows
    ]
    person, currency = acting_person(arguments, store), store.setting("currency")
    tied = value.reconciliation(store, as_of, for_whom=person)
    if arguments.csv:
        columns = ("account_id", "name", *_VALUE_FIELDS, *_NO_RANGE, "is_margin_estimated")
        save_csv(arguments.csv, columns, ([row[name] for name in columns] for row in accounts))
    lines = [_heading(as_of, len(accounts), arguments)]
    if arguments.account:
        lines += _opened(store, as_of, arguments, currency)
    else:
        lines += [*_table(rows, tuple(_VALUE_FIELDS.values()), currency), "", *_reconciled(tied, currency)]
    document = {"as_of": as_of, "accounts": accounts, "reconciliation": tied.document()}
    if arguments.account:
        statement = value.profit_and_loss(store, as_of, arguments.account, level=arguments.level, for_whom=person)
        document["profit_and_loss"] = [{"line": line.label, "amount": line.amount} for line in statement.lines]
        lines += ["", *_stated_profit(statement, currency)]
    report(arguments, document, lines)
    return 0


def show_costs(arguments: argparse.Namespace, store: Store) -> int:
    """`costs show`."""
    as_of = arguments.as_of or ledgers.default_as_of(store, today())
    adopted = value.adopted_cost_model(store, as_of)
    if adopted is None:
        raise RuleBroken(
            _("No cost model holds on {day}: adopt one with `costs adopt FILE.toml`.").format(day=day(as_of)),
            reason="no_cost_model",
        )
    text = value.cost_model_text(adopted.model)
    document = _stated(adopted.model) | {
        "model_id": adopted.model_id,
        "reason": adopted.reason,
        "adopted_by": adopted.adopted_by,
        "document": text,
    }
    said = _("# Adopted by {name}: {reason}").format(name=adopted.adopted_by, reason=" ".join(adopted.reason.split()))
    report(arguments, document, [said, *text.splitlines()])
    return 0


def check_costs(arguments: argparse.Namespace, store: Store) -> int:
    """`costs check`."""
    model = cost_model_from(arguments.file)
    lines = [_("{name} can be adopted: {contents}.").format(name=model.name, contents=_contents(model))]
    report(arguments, {"ok": True, **_stated(model)}, lines)
    return 0


def adopt_costs(arguments: argparse.Namespace, store: Store) -> int:
    """`costs adopt`."""
    model = cost_model_from(arguments.file)
    number = value.adopt_cost_model(
        store,
        model,
        reason=model.source if arguments.reason is None else arguments.reason,
        who=acting_person(arguments, store),
    )
    line = _("{name} holds from {day} on: {contents}.").format(
        name=model.name, day=day(model.valid_from), contents=_contents(model)
    )
    report(arguments, {"model_id": number, **_stated(model)}, [line])
    return 0


def cost_model_from(path: Path) -> value.CostModel:
    """The cost model of a file. Raises BadInput where it cannot be opened, and as `value.read_cost_model`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(_("{file} is too large for a cost model: name another file.").format(file=path.name))
        written = path.read_bytes()
    except OSError:
        raise BadInput(
            _("{file} cannot be read: check the name and that you may open it.").format(file=path.name),
            reason="unreadable",
        ) from None
    return value.read_cost_model(written, path.name)


def _add_selection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--account", metavar="ID", help=_("this account alone"))
    parser.add_argument(
        "--level", choices=["account", "group"], default="account", help=_("accounts, or groups by their top account")
    )
    parser.add_argument("--csv", type=Path, metavar="OUT", help=_("save one row per account"))
    add_as_of(parser)


def _selected(arguments: argparse.Namespace, store: Store) -> tuple[Any, list[dict]]:
    as_of = as_of_date(arguments, store)
    where = [Condition("account_id", "=", arguments.account)] if arguments.account else []
    rows = value.account_values(
        store,
        as_of,
        level=arguments.level,
        for_whom=acting_person(arguments, store),
        where=where,
        order_by=[("revenue_12m", True), ("account_id", False)],
    ).records()
    if arguments.account and not rows:
        raise NotFound(
            _("There is no account {account}: see `facts` for those there are.").format(account=arguments.account),
            reason="unknown_account",
        )
    return as_of, rows


def _heading(as_of: Any, number: int, arguments: argparse.Namespace) -> str:
    what = (
        several("{count} group", "{count} groups", number)
        if arguments.level == "group"
        else several("{count} account", "{count} accounts", number)
    )
    return _("{what}, as of {day}").format(what=what, day=day(as_of))


def _table(rows: list[dict], measures: tuple[str, ...], currency: str) -> list[str]:
    headings = [_("Account"), *(value.MEASURES[name].name for name in measures)]
    cells = [
        [f"{row['account_id']}  {row['name']}"[:40], *(_cell(row, name, currency) for name in measures)]
        for row in rows[:MOST_LINES]
    ]
    widths = [max(len(line[at]) for line in [headings, *cells]) for at in range(len(headings))]
    lines = [
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in [headings, *cells]
    ]
    if len(rows) > MOST_LINES:
        more = _("… and {count} more: --csv OUT or --json gives all of them.")
        lines.append(more.format(count=len(rows) - MOST_LINES))
    return lines


def _cell(row: dict, name: str, currency: str) -> str:
    unit, known = value.MEASURES[name].unit, row[name]
    if known is None:
        return UNKNOWN
    if unit != "reporting currency":
        return count(known) if isinstance(known, int) else shown(known, unit, currency)
    return ("≈ " if row["is_margin_estimated"] and name in _RESTS_ON_MARGIN else "") + money(known, "").strip()


def _reconciled(tied: value.Reconciliation, currency: str) -> list[str]:
    if tied.ledger_amount is None:
        return [_("No cost model is in force: cost to serve is unknown. Adopt one with `costs adopt FILE.toml`.")]

    def exact(amount: Decimal | None) -> str:
        return money(amount, currency, decimals=2)

    lines = [
        _(
            "Cost of serving: allocated {allocated} + unused {unused} + unallocated {unallocated} + direct {direct} = "
            "{ledger}"
        ).format(
            allocated=exact(tied.allocated_amount),
            direct=exact(tied.direct_amount),
            unused=exact(tied.unused_amount),
            unallocated=exact(tied.unallocated_amount),
            ledger=exact(tied.ledger_amount),
        )
    ]
    lines += [
        _("Over its capacity: {pool}, {share:.0%} used.").format(pool=pool.pool_name, share=pool.utilisation_share)
        for pool in tied.overused
    ]
    lines += [
        _("Without a rate: {activity}, no period of the pool {pool} holds {day}.").format(
            activity=row["activity_code"], pool=row["pool_id"], day=day(row["first_on"])
        )
        for row in tied.uncovered
    ]
    lines += [
        _("Not charged: {code}, {rows}; the cost model does not name it.").format(
            code=row["activity_code"], rows=several("{count} activity", "{count} activities", row["event_count"])
        )
        for row in tied.unmodelled
    ]
    return lines


def _opened(store: Store, as_of: Any, arguments: argparse.Namespace, currency: str) -> list[str]:
    worth = value.account_value(
        store, as_of, arguments.account, level=arguments.level, for_whom=acting_person(arguments, store)
    )
    lines = []
    for name in _VALUE_FIELDS.values():
        rule = value.explained(worth, name, currency)
        figure = _cell(worth.measures, name, currency)
        lines += ["", f"{value.MEASURES[name].name}: {figure}", f"  {rule.says}"]
        lines += [f"  {what}: {known}" for what, known in rule.inputs]
        lines += [f"  {rule.source}"]
    return [*lines, "", *worth.missing] if worth.missing else lines


def _ranges(store: Store, as_of: Any, arguments: argparse.Namespace) -> dict[str, dict[str, Decimal]]:
    """Key account's id to the percentiles of its value; empty for groups, which have no forecast."""
    if arguments.level == "group":
        return {}
    keys = store.read("programme.roster", {"as_of": as_of}, order_by=[("account_id", False)]).column("account_id")
    if not keys:
        return {}
    found = value.outlooks(store, as_of, keys, for_whom=acting_person(arguments, store))
    cent = Decimal("0.01")
    return {
        one.account_id: {name: Decimal(getattr(one.range, name)).quantize(cent) for name in _NO_RANGE}
        for one in found.accounts
        if one.range
    }


def _stated_profit(statement: value.ProfitAndLoss, currency: str) -> list[str]:
    return [
        _("Profit and loss of 12 months:"),
        *(f"  {line.label}: {money(line.amount, currency, decimals=2)}" for line in statement.lines),
        f"  {value.capital_rule(statement)}",
        *(f"  {sentence}" for sentence in statement.missing),
    ]


def _stated(model: value.CostModel) -> dict[str, Any]:
    head, pools, activities = value.cost_model_rows(model)
    cent = Decimal("0.01")
    return {
        **head,
        "pools": [row | {"cost": row["cost"].quantize(cent)} for row in pools],
        "activities": activities,
        "terms": value.cost_model_terms(model),
    }


def _contents(model: value.CostModel) -> str:
    return _("{pools}, {activities}").format(
        pools=several("{count} pool", "{count} pools", len(model.pools)),
        activities=several("{count} activity", "{count} activities", len(model.activities)),
    )
