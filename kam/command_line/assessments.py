"""`assessments list|gaps|record|factors|plan`: what the ledger does not say of an account."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kam import selection
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report
from kam.errors import BadInput, NotFound
from kam.store import Condition, Store
from kam.units import UNKNOWN, shown
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    assessments = commands.add_parser("assessments", help=_("what the ledger does not say of an account"))
    actions = assessments.add_subparsers(dest="action", metavar="ACTION", required=True)

    listing = actions.add_parser("list", help=_("what is assessed of an account, with evidence, and what is stale"))
    listing.add_argument("account_id", metavar="ACCOUNT")
    add_as_of(listing)
    listing.set_defaults(run=list_assessments)

    gaps = actions.add_parser("gaps", help=_("what is stale or missing among key accounts and candidates"))
    add_as_of(gaps)
    gaps.set_defaults(run=list_gaps)

    record = actions.add_parser("record", help=_("record an assessment with its evidence"))
    record.add_argument("account_id", metavar="ACCOUNT")
    record.add_argument("measure", metavar="MEASURE", help=", ".join(selection.ENTERED))
    record.add_argument("value", type=_number, metavar="VALUE", help=_("points 0 to 10, a share 0 to 1, or money"))
    _add_evidence(record)
    add_as_of(record)
    record.set_defaults(run=record_assessment)

    factors = actions.add_parser("factors", help=_("record a customer's success factors from a CSV file"))
    factors.add_argument("account_id", metavar="ACCOUNT")
    factors.add_argument(
        "file", type=Path, metavar="FILE.csv", help=_("columns factor, customer_weight, own_score, competitor_score")
    )
    factors.add_argument("--competitor", required=True, metavar="NAME", help=_("our best competitor there"))
    factors.add_argument("--said-by", required=True, metavar="NAME", help=_("who at the customer said it"))
    _add_evidence(factors)
    add_as_of(factors)
    factors.set_defaults(run=record_factors)

    plan = actions.add_parser("plan", help=_("plan where an account is to be in the matrix, and by when"))
    plan.add_argument("account_id", metavar="ACCOUNT")
    plan.add_argument("attractiveness", type=_number, metavar="ATTRACTIVENESS")
    plan.add_argument("strength", type=_number, metavar="STRENGTH")
    plan.add_argument("--due", type=day, required=True, metavar="DATE")
    plan.add_argument("--reason", required=True, metavar="TEXT", help=_("what is to move it"))
    add_as_of(plan)
    plan.set_defaults(run=plan_position)


def list_assessments(arguments: argparse.Namespace, store: Store) -> int:
    """`assessments list`."""
    as_of = as_of_date(arguments, store)
    _check_account(store, arguments.account_id)
    known = selection.evidence_of(store, arguments.account_id, as_of)
    strength = selection.strength_assessment(store, arguments.account_id, as_of)
    plan = selection.planned_positions(store, as_of, [arguments.account_id]).get(arguments.account_id)
    document = {
        "as_of": as_of,
        "account_id": arguments.account_id,
        "assessments": [asdict(evidence) for evidence in known],
        "success_factors": asdict(strength) if strength else None,
        "planned_position": asdict(plan) if plan else None,
    }
    currency = store.setting("currency")
    lines = []
    for evidence in known:
        measure = selection.MEASURES[evidence.measure]
        told = UNKNOWN if evidence.value is None else shown(evidence.value, measure.unit, currency)
        lines.append(f"  {measure.name:32} {told:>18}  {evidence.told}")
    report(arguments, document, lines)
    return 0


def list_gaps(arguments: argparse.Namespace, store: Store) -> int:
    """`assessments gaps`."""
    as_of = as_of_date(arguments, store)
    accounts, wanted = selection.assessed_accounts(store, as_of, for_whom=acting_person(arguments, store))
    complete = sum(account.is_complete for account in accounts)
    rows = [
        {
            "account_id": account.account_id,
            "name": account.name,
            "is_key_account": account.is_key_account,
            "known": account.in_state("known"),
            "stale": account.in_state("stale"),
            "missing": account.in_state("missing", "later", "incomplete"),
        }
        for account in accounts
    ]
    lines = [
        _("{complete} of {all} key accounts and candidates are known in all that is asked for.").format(
            complete=complete, all=len(accounts)
        ),
        *(_gap_line(row) for row in rows if row["stale"] or row["missing"]),
    ]
    report(arguments, {"as_of": as_of, "wanted": wanted, "accounts": rows}, lines)
    return 0


def record_assessment(arguments: argparse.Namespace, store: Store) -> int:
    """`assessments record`."""
    number = selection.record_assessment(
        store,
        arguments.account_id,
        arguments.measure,
        arguments.value,
        evidence=arguments.evidence,
        assessed_on=as_of_date(arguments, store),
        stale_on=arguments.stale_on,
        assessor=arguments.assessor,
        who=acting_person(arguments, store),
    )
    name = selection.MEASURES[arguments.measure].name
    report(
        arguments,
        {"assessment_id": number},
        [_("{measure} of {account} was recorded.").format(measure=name, account=arguments.account_id)],
    )
    return 0


def record_factors(arguments: argparse.Namespace, store: Store) -> int:
    """`assessments factors`."""
    factors = _factors_from(arguments.file)
    number = selection.record_strength(
        store,
        arguments.account_id,
        factors,
        competitor=arguments.competitor,
        said_by=arguments.said_by,
        evidence=arguments.evidence,
        assessed_on=as_of_date(arguments, store),
        stale_on=arguments.stale_on,
        assessor=arguments.assessor,
        who=acting_person(arguments, store),
    )
    strength = selection.strength_of(factors)
    points = UNKNOWN if strength.points is None else f"{strength.points:.2f}"
    report(
        arguments,
        {"strength_id": number, "strength": asdict(strength)},
        [_("Relative strength at {account}: {points} of 10.").format(account=arguments.account_id, points=points)],
    )
    return 0


def plan_position(arguments: argparse.Namespace, store: Store) -> int:
    """`assessments plan`."""
    number = selection.plan_position(
        store,
        arguments.account_id,
        attractiveness=arguments.attractiveness,
        strength=arguments.strength,
        due_on=arguments.due,
        reason=arguments.reason,
        planned_on=as_of_date(arguments, store),
        who=acting_person(arguments, store),
    )
    report(
        arguments, {"position_id": number}, [_("The position of {account} is planned.").format(account=arguments.account_id)]
    )  # fmt: skip
    return 0


def _check_account(store: Store, account_id: str) -> None:
    if store.one("ledgers.accounts", where=[Condition("account_id", "=", account_id)]) is None:
        raise NotFound(
            _("There is no account {account_id}: check the id.").format(account_id=account_id),
            reason="unknown_account",
            field="account_id",
        )


def _add_evidence(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--evidence", required=True, metavar="TEXT", help=_("what it rests on"))
    parser.add_argument("--assessor", metavar="NAME", help=_("who judged (else the one who acts)"))
    parser.add_argument("--stale-on", type=day, metavar="DATE", help=_("the last day it counts"))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadInput(
            _("{text} is not a number: write it with a decimal point, such as 7.5.").format(text=text),
            reason="bad_number",
        ) from None


def _gap_line(row: dict[str, Any]) -> str:
    mark = "★" if row["is_key_account"] else " "
    parts = [
        f"{word}: {', '.join(row[part])}" for part, word in (("stale", _("stale")), ("missing", _("missing"))) if row[part]
    ]  # fmt: skip
    return f"{mark} {row['account_id']:12} {row['name']:34.34} {'; '.join(parts)}"


def _factors_from(path: Path) -> list[selection.SuccessFactor]:
    """The success factors of a CSV file. Raises BadInput with the line where one cannot be read."""
    import csv

    names = ("factor", "customer_weight", "own_score", "competitor_score")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadInput(
            _("{file} cannot be read: name a CSV file in UTF-8.").format(file=path.name), reason="unreadable"
        ) from None
    found = []
    for line, row in enumerate(rows, 2):
        if missing := [name for name in names if name not in row]:
            raise BadInput(
                _("{file} lacks the column {column}.").format(file=path.name, column=missing[0]),
                reason="missing_column",
                column=missing[0],
            )
        figures = []
        for name in names[1:]:
            text = (row[name] or "").strip()
            try:
                figures.append(float(text) if text else None)
            except ValueError:
                raise BadInput(
                    _("{file}, line {line}, {column}: {text} is not a number.").format(
                        file=path.name, line=line, column=name, text=text
                    ),
                    reason="bad_number",
                    line=line,
                    column=name,
                ) from None
        found.append(selection.SuccessFactor(row["factor"] or "", figures[0] or 0.0, figures[1], figures[2]))
    return found
