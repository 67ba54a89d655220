"""`costs trace|actions`: costs traced to accounts, and what is done about accounts that lose money."""

from __future__ import annotations

import argparse
from pathlib import Path

from kam import value
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Store
from kam.units import day, money
from kam.words import _, several

_MOST_BYTES = 1_000_000


def register(actions: argparse._SubParsersAction) -> None:
    """Add the commands beneath `costs`."""
    trace = actions.add_parser("trace", help=_("record direct costs of accounts from a CSV file, all or none"))
    trace.add_argument("file", type=Path, metavar="FILE.csv")
    trace.add_argument("--reason", metavar="TEXT", required=True, help=_("why they belong to these accounts alone"))
    trace.set_defaults(run=trace_costs)
    direct = actions.add_parser("direct", help=_("the costs traced to accounts in the 12 months"))
    add_as_of(direct)
    direct.set_defaults(run=show_direct)
    followed = actions.add_parser("actions", help=_("what is done about accounts, expected against seen"))
    add_as_of(followed)
    followed.set_defaults(run=show_actions)


def trace_costs(arguments: argparse.Namespace, store: Store) -> int:
    """`costs trace`."""
    try:
        if arguments.file.stat().st_size > _MOST_BYTES:
            raise BadInput(_("{file} is too large for a list of direct costs.").format(file=arguments.file.name))
        content = arguments.file.read_bytes()
    except OSError:
        raise BadInput(
            _("{file} cannot be read: check the name and that you may open it.").format(file=arguments.file.name),
            reason="unreadable",
        ) from None
    costs = value.read_direct_costs(content)
    numbers = value.record_direct_costs(store, costs, reason=arguments.reason, who=acting_person(arguments, store))
    line = several("{count} direct cost is recorded.", "{count} direct costs are recorded.", len(costs))
    report(arguments, {"cost_ids": numbers}, [line])
    return 0


def show_direct(arguments: argparse.Namespace, store: Store) -> int:
    """`costs direct`."""
    as_of, currency = as_of_date(arguments, store), store.setting("currency")
    rows = store.read(
        "value.direct_costs_in_window", {"as_of": as_of}, order_by=[("account_id", False), ("cost_id", False)]
    ).records()
    lines = [
        f"{row['account_id']}  {row['name']}: {value.DIRECT_KINDS.get(row['kind'], row['kind'])}, {row['description']}: "
        f"{money(row['window_amount'], currency, decimals=2)}"
        for row in rows
    ]
    report(arguments, {"as_of": as_of, "direct_costs": rows}, lines or [_("Nothing is traced to an account.")])
    return 0


def show_actions(arguments: argparse.Namespace, store: Store) -> int:
    """`costs actions`."""
    as_of, currency = as_of_date(arguments, store), store.setting("currency")
    rows = store.read(
        "value.action_list", {"as_of": as_of}, order_by=[("is_open", True), ("due_on", False), ("action_id", False)]
    ).records()
    lines = [
        _("{name}: {kind}, {state}, due {due}; expected so far {expected}, seen {seen}").format(
            name=row["name"],
            kind=value.ACTION_KINDS.get(row["kind"], row["kind"]),
            state=row["action_state"].replace("_", " "),
            due=day(row["due_on"]),
            expected=money(row["expected_so_far_amount"], currency),
            seen=money(row["seen_amount"] if row["is_open"] else row["closed_amount"], currency),
        )
        for row in rows
    ]
    report(arguments, {"as_of": as_of, "actions": rows}, lines or [_("No action has been decided.")])
    return 0
