"""`parameters show|adopt`: every threshold and rate, with its date, unit and source."""

from __future__ import annotations

import argparse

from kam import ledgers, parameters
from kam.command_line.options import acting_person, add_as_of, day, today
from kam.command_line.output import report
from kam.store import Store
from kam.units import UNKNOWN
from kam.units import day as day_shown
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    command = commands.add_parser("parameters", help=_("every threshold and rate"))
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    show = actions.add_parser("show", help=_("the values that hold on a day"))
    add_as_of(show)
    show.set_defaults(run=show_parameters)
    adopt = actions.add_parser("adopt", help=_("adopt a value from a date on"))
    adopt.add_argument("name", metavar="NAME", help=_("as `parameters show` lists it"))
    adopt.add_argument("value", metavar="VALUE", help=_("a number in the parameter's unit (0.08, or 8%%), or: unknown"))
    adopt.add_argument("--from", dest="valid_from", type=day, required=True, metavar="DATE", help=_("first day"))
    adopt.add_argument("--source", required=True, metavar="TEXT", help=_("who or what says so"))
    adopt.set_defaults(run=adopt_parameter)


def show_parameters(arguments: argparse.Namespace, store: Store) -> int:
    """`parameters show`."""
    as_of = arguments.as_of or ledgers.default_as_of(store, today())
    held = parameters.listed(store, as_of)
    document = {
        "as_of": as_of,
        "parameters": [
            {
                "parameter_id": one.parameter_id,
                "meaning": one.meaning,
                "value": one.value,
                "unit": one.unit,
                "from": one.valid_from,
                "source": one.source,
                "is_adopted": one.is_adopted,
            }
            for one in held
        ],
    }
    lines = [_("Parameters, as of {day}").format(day=day_shown(as_of))]
    for one in held:
        known = UNKNOWN if one.value is None else f"{one.value:g}"
        lines += [
            "",
            f"{one.parameter_id} = {known} ({one.unit})",
            f"  {one.meaning}",
            "  " + _("from {day}: {source}").format(day=day_shown(one.valid_from), source=one.source),
        ]
    report(arguments, document, lines)
    return 0


def adopt_parameter(arguments: argparse.Namespace, store: Store) -> int:
    """`parameters adopt`."""
    number = parameters.typed_value(arguments.value)
    parameters.adopt(
        store,
        arguments.name,
        number,
        valid_from=arguments.valid_from,
        source=arguments.source,
        who=acting_person(arguments, store),
    )
    unit = parameters.defaults()[arguments.name].unit
    document = {
        "parameter_id": arguments.name,
        "value": number,
        "unit": unit,
        "from": arguments.valid_from,
        "source": arguments.source,
    }
    line = _("{name} is {value} ({unit}) from {day} on.").format(
        name=arguments.name,
        value=_("unknown") if number is None else f"{number:g}",
        unit=unit,
        day=day_shown(arguments.valid_from),
    )
    report(arguments, document, [line])
    return 0
