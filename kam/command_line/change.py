"""`change [steps]|judge|functions|state|roadmap|plan|end|case`: the programme as a change of how the company works."""

from __future__ import annotations

import argparse

from kam import change
from kam.command_line.options import acting_person, add_as_of, day, programme_day
from kam.command_line.output import report
from kam.store import Store
from kam.units import UNKNOWN, money, share
from kam.units import day as day_shown
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    programme = commands.add_parser("change", help=_("the seven steps, functions, roadmap and case of the programme"))
    actions = programme.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add(actions, "steps", _("the seven steps with their state from the records"), show_steps)

    judge = _add(actions, "judge", _("judge a step by dated evidence"), judge_step)
    judge.add_argument("step", choices=list(change.STEPS))
    judge.add_argument("verdict", choices=list(change.STATES))
    judge.add_argument("--evidence", required=True, metavar="TEXT")
    judge.add_argument("--evidence-on", type=day, required=True, metavar="DATE")

    _add(actions, "functions", _("what each function was asked and promised, and what its records say"), show_functions)
    state = _add(actions, "state", _("record what holds for a function"), state_function)
    state.add_argument("function", choices=list(change.FUNCTIONS))
    state.add_argument("--asked", required=True, metavar="TEXT")
    for name, kind in (("promised", str), ("promised-by", str), ("kpi", str)):
        state.add_argument(f"--{name}", type=kind, default="", metavar="TEXT")
    for name in ("kpi-target", "kpi-value", "hours-needed", "hours-given"):
        state.add_argument(f"--{name}", type=float, metavar="N")
    state.add_argument("--kpi-better", choices=["higher", "lower"], default="higher")

    _add(actions, "roadmap", _("milestones with owner, day, state and what they wait for"), show_roadmap)
    plan = _add(actions, "plan", _("put a milestone on the roadmap"), plan_milestone)
    plan.add_argument("milestone", metavar="MILESTONE")
    plan.add_argument("--step", required=True, choices=list(change.STEPS))
    plan.add_argument("--owner", required=True, metavar="NAME")
    plan.add_argument("--due", type=day, required=True, metavar="DATE")
    plan.add_argument("--begins", type=day, metavar="DATE")
    plan.add_argument("--needs", type=int, action="append", default=[], metavar="ID", help=_("a milestone before it"))

    end = _add(actions, "end", _("say that a milestone was reached or given up, and what came of it"), end_milestone)
    end.add_argument("milestone_id", type=int, metavar="ID")
    end.add_argument("state", choices=["done", "dropped"])
    end.add_argument("--outcome", required=True, metavar="TEXT")

    case = _add(actions, "case", _("what the programme adds in a year against what it costs, as a range"), show_case)
    case.add_argument("--years", type=int, default=1, metavar="N", help=_("years back to show (else 1)"))


def show_steps(arguments: argparse.Namespace, store: Store) -> int:
    """`change steps`."""
    found = change.step_states(store, as_of := programme_day(arguments, store))
    document = {
        "as_of": as_of,
        "steps": [
            {
                "step": s.step,
                "state": s.state,
                "basis": s.basis,
                "checks": [{"what": c.what, "is_met": c.is_met, "found": c.found} for c in s.checks],
                "judgement": s.judgement and dict(s.judgement),
            }
            for s in found
        ],
    }
    report(arguments, document, [f"{s.name:32.32} {s.state or UNKNOWN:9} ({s.basis})" for s in found])
    return 0


def judge_step(arguments: argparse.Namespace, store: Store) -> int:
    """`change judge`."""
    number = change.judge_step(
        store,
        arguments.step,
        verdict=arguments.verdict,
        evidence=arguments.evidence,
        evidence_on=arguments.evidence_on,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    said = _("The judgement of “{step}” is recorded.").format(step=change.STEPS[arguments.step])
    report(arguments, {"judgement_id": number, "step": arguments.step, "verdict": arguments.verdict}, [said])
    return 0


def show_functions(arguments: argparse.Namespace, store: Store) -> int:
    """`change functions`."""
    rows = change.function_readiness(store, as_of := programme_day(arguments, store))
    lines = [f"{row['name']:24.24} {row['asked'] or UNKNOWN} → {row['promised'] or UNKNOWN}" for row in rows]
    report(arguments, {"as_of": as_of, "functions": rows}, lines)
    return 0


def state_function(arguments: argparse.Namespace, store: Store) -> int:
    """`change state`."""
    given = {name: getattr(arguments, name) for name in change.Statement.__dataclass_fields__}
    number = change.state_function(
        store, change.Statement(**given), as_of=programme_day(arguments, store), who=acting_person(arguments, store)
    )
    said = _("What holds for {function} is recorded.").format(function=change.FUNCTIONS[arguments.function])
    report(arguments, {"statement_id": number, "function": arguments.function}, [said])
    return 0


def show_roadmap(arguments: argparse.Namespace, store: Store) -> int:
    """`change roadmap`."""
    as_of = programme_day(arguments, store)
    rows = store.read(
        "change.milestone_list", {"as_of": as_of}, order_by=[("due_on", False), ("milestone_id", False)]
    ).records()
    lines = [
        f"{row['milestone_id']:>4} {day_shown(row['due_on']):>11} {row['milestone_state']:8} {row['milestone']} "
        f"({row['owner']})" + (_(", waits for {what}").format(what=row["waits_for"]) if row["waits_for"] else "")
        for row in rows
    ]
    report(arguments, {"as_of": as_of, "milestones": rows}, lines or [_("No milestone is on the roadmap.")])
    return 0


def plan_milestone(arguments: argparse.Namespace, store: Store) -> int:
    """`change plan`."""
    planned = change.Milestone(
        arguments.step,
        arguments.milestone,
        arguments.owner,
        arguments.due,
        arguments.begins,
        tuple(arguments.needs),
    )
    number = change.plan_milestone(
        store, planned, as_of=programme_day(arguments, store), who=acting_person(arguments, store)
    )
    said = _("“{name}” stands on the roadmap as {number}.").format(name=planned.milestone, number=number)
    report(arguments, {"milestone_id": number}, [said])
    return 0


def end_milestone(arguments: argparse.Namespace, store: Store) -> int:
    """`change end`."""
    held = {r["milestone_id"]: r["version"] for r in store.read("change.milestones")}
    change.close_milestone(
        store,
        arguments.milestone_id,
        state=arguments.state,
        outcome=arguments.outcome,
        closed_on=programme_day(arguments, store),
        expected_version=held.get(arguments.milestone_id, 0),
        who=acting_person(arguments, store),
    )
    said = _("Milestone {number} is closed.").format(number=arguments.milestone_id)
    report(arguments, {"milestone_id": arguments.milestone_id, "state": arguments.state}, [said])
    return 0


def show_case(arguments: argparse.Namespace, store: Store) -> int:
    """`change case`."""
    found = change.programme_case(
        store,
        as_of := programme_day(arguments, store),
        years=max(1, arguments.years),
        for_whom=acting_person(arguments, store),
    )
    currency = store.setting("currency") or ""
    lines = [line for year in found for line in _year_lines(year, currency)]
    document = {"as_of": as_of, "currency": currency, "years": [year.model_dump(mode="json") for year in found]}
    report(arguments, document, lines or [_("There is no key account on this day.")])
    return 0


def _year_lines(year: change.CaseYear, currency: str) -> list[str]:
    def told(span: change.Span | None) -> str:
        if span is None:
            return UNKNOWN
        return " … ".join(money(amount, currency) for amount in (span.low, span.likely, span.high))

    parts = {
        _("value"): year.value,
        _("managers"): year.managers,
        _("sponsors"): year.sponsors,
        _("extra cost to serve"): year.serving,
        _("cost"): year.cost,
        _("net"): year.net,
    }
    head = _("12 months to {day}, {count} key accounts (low … likely … high)").format(
        day=day_shown(year.as_of), count=year.account_count
    )
    pays = _("pays from an uplift of {share}").format(share=share(year.pays_from))
    lines = [head, *(f"  {name:20} {told(span)}" for name, span in parts.items()), f"  {pays}"]
    return lines + [_("  not known: {what}").format(what=what) for what in year.missing]


def _add(actions: argparse._SubParsersAction, name: str, text: str, run) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    add_as_of(parser)
    parser.set_defaults(run=run)
    return parser
