"""`criteria show|check|adopt` and `select`: the eligibility criteria, and every account judged by them."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from kam import ledgers, selection
from kam.command_line.options import acting_person, add_as_of, as_of_date, today
from kam.command_line.output import report, save_csv
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Store
from kam.units import UNKNOWN, day, shown
from kam.words import _, several

# A criteria file is a page or two of text.
MOST_BYTES = 1_000_000


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    criteria = commands.add_parser("criteria", help=_("the eligibility criteria"))
    actions = criteria.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("the criteria in force, and every set adopted so far"))
    show.add_argument("--set", type=int, dest="criteria_set_id", metavar="NUMBER", help=_("this set instead"))
    add_as_of(show)
    show.set_defaults(run=show_criteria)

    check = actions.add_parser("check", help=_("whether a criteria file could be adopted, and what it would change"))
    check.add_argument("file", type=Path, metavar="FILE.toml")
    add_as_of(check)
    check.set_defaults(run=check_criteria)

    adopt = actions.add_parser("adopt", help=_("adopt a criteria file from its own date on"))
    adopt.add_argument("file", type=Path, metavar="FILE.toml")
    adopt.add_argument("--reason", metavar="TEXT", help=_("why it is adopted (else the source that the file names)"))
    adopt.set_defaults(run=adopt_criteria)

    select = commands.add_parser("select", help=_("judge every account by the criteria; changes nothing"))
    select.add_argument(
        "--criteria", type=Path, metavar="FILE.toml", help=_("these criteria instead of those in force")
    )
    select.add_argument("--csv", type=Path, metavar="OUT", help=_("save one row per account"))
    add_as_of(select)
    select.set_defaults(run=select_accounts)


def criteria_from(path: Path) -> selection.CriteriaSet:
    """The criteria set of a file. Raises BadInput where it cannot be opened, and as `selection.read_criteria`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(_("{file} is too large for a criteria file: name another.").format(file=path.name))
        written = path.read_bytes()
    except OSError:
        raise BadInput(
            _("{file} cannot be read: check the name and that you may open it.").format(file=path.name),
            reason="unreadable",
        ) from None
    return selection.read_criteria(written, path.name)


def show_criteria(arguments: argparse.Namespace, store: Store) -> int:
    """`criteria show`."""
    as_of = arguments.as_of or ledgers.default_as_of(store, today())
    number = arguments.criteria_set_id
    held = selection.adopted(store, as_of) if number is None else selection.adopted_set(store, number)
    if held is None and number is not None:
        raise NotFound(_("There is no criteria set {number}: see `criteria show`.").format(number=number))
    if held is None:
        raise RuleBroken(
            _("No criteria hold on {day}: adopt a criteria file with `criteria adopt FILE.toml`.").format(
                day=day(as_of)
            ),
            reason="no_criteria",
        )
    sets = selection.adoptions(store).records()
    document = {
        "criteria_set_id": held.criteria_set_id,
        **_stated(held.criteria),
        "reason": held.reason,
        "adopted_by": held.adopted_by,
        "document": held.criteria.text,
        "sets": [
            {"criteria_set_id": s["criteria_set_id"], "name": s["name"], "from": s["valid_from"], "source": s["source"]}
            for s in sets
        ],
    }
    lines = [*_criteria_lines(held.criteria, store), ""]
    lines += [_("Adopted sets:"), *(f"{s['criteria_set_id']:4}  {s['valid_from']}  {s['name']}" for s in sets)]
    report(arguments, document, lines)
    return 0


def check_criteria(arguments: argparse.Namespace, store: Store) -> int:
    """`criteria check`."""
    criteria = criteria_from(arguments.file)
    selection.check_adoptable(store, criteria)
    lines = [_("{name} can be adopted.").format(name=criteria.name), *_criteria_lines(criteria, store)]
    document = {"ok": True, **_stated(criteria), "changes": None}
    if ledgers.extent(store)["line_count"]:
        as_of = as_of_date(arguments, store)
        changes = selection.compare(store, as_of, criteria, for_whom=acting_person(arguments, store))
        document["as_of"] = as_of
        document["changes"] = {
            "enters": changes.enters,
            "leaves": changes.leaves,
            "flips": changes.flips,
            "accounts": changes.rows.records(),
        }
        lines.append(
            _(
                "Against the criteria in force on {day}: {enters} enter, {leaves} leave, {flips} change otherwise."
            ).format(day=day(as_of), enters=changes.enters, leaves=changes.leaves, flips=changes.flips)
        )
    report(arguments, document, lines)
    return 0


def adopt_criteria(arguments: argparse.Namespace, store: Store) -> int:
    """`criteria adopt`."""
    criteria = criteria_from(arguments.file)
    number = selection.adopt(
        store,
        criteria,
        reason=criteria.source if arguments.reason is None else arguments.reason,
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"criteria_set_id": number, **_stated(criteria)},
        [
            _("{name} holds from {day} on (set {number}).").format(
                name=criteria.name, day=day(criteria.valid_from), number=number
            )
        ],
    )
    return 0


def select_accounts(arguments: argparse.Namespace, store: Store) -> int:
    """`select`."""
    as_of = as_of_date(arguments, store)
    draft = criteria_from(arguments.criteria) if arguments.criteria else None
    assessment = selection.assess(store, as_of, draft, for_whom=acting_person(arguments, store))
    counts = Counter(account.verdict for account in assessment.accounts)
    near = [account for account in assessment.accounts if account.is_near_miss]
    lines = [
        several("{count} account passes", "{count} accounts pass", counts["pass"])
        + ", "
        + several("{count} is unknown", "{count} are unknown", counts["unknown"])
        + ", "
        + several("{count} fails", "{count} fail", counts["fail"])
        + " "
        + _("by {criteria} on {day}.").format(criteria=assessment.criteria.name, day=day(as_of)),
        *(_account_line(account) for account in assessment.accounts if account.verdict == "pass"),
    ]
    if near:
        lines += [_("Near misses:"), *(_account_line(account) for account in near)]
    if arguments.csv:
        written = save_csv(arguments.csv, *_as_table(assessment))
        lines.append(several("{count} row was written.", "{count} rows were written.", written))
    report(
        arguments,
        {
            "as_of": as_of,
            "criteria": assessment.criteria.name,
            "criteria_set_id": assessment.criteria_set_id,
            "level": assessment.criteria.level,
            "counts": {verdict: counts[verdict] for verdict in ("pass", "unknown", "fail")},
            "accounts": [_account(account) for account in assessment.accounts],
        },
        lines,
    )
    return 0


def _stated(criteria: selection.CriteriaSet) -> dict[str, Any]:
    return {
        "criteria": criteria.name,
        "from": criteria.valid_from,
        "source": criteria.source,
        "level": criteria.level,
        "gates": [gate.model_dump(exclude_none=True) for gate in criteria.gates],
        "scores": [score.model_dump() for score in criteria.scores],
    }


def _criteria_lines(criteria: selection.CriteriaSet, store: Store) -> list[str]:
    currency = store.setting("currency")
    bounds = {"at_least": _("at least"), "at_most": _("at most")}
    lines = [
        _("{name}, from {day} on. Source: {source}").format(
            name=criteria.name, day=day(criteria.valid_from), source=criteria.source
        )
    ]
    for gate in criteria.gates:
        measure = selection.MEASURES[gate.measure]
        lines.append(
            f"  {measure.name:24} {bounds[gate.bound]:8} {shown(gate.threshold, measure.unit, currency):>20}  {gate.source}"
        )
    for score in criteria.scores:
        measure = selection.MEASURES[score.measure]
        lines.append(f"  {measure.name:24} {score.axis:14} {score.weight:>6.2f}        {score.source}")
    return lines


def _account(account: selection.AccountVerdict) -> dict[str, Any]:
    return {
        "account_id": account.account_id,
        "name": account.name,
        "verdict": account.verdict,
        "gates": [selection.gate_document(gate) for gate in account.gates],
        "attractiveness": account.attractiveness,
        "attractiveness_range": account.attractiveness_range,
        "strength": account.strength,
        "strength_range": account.strength_range,
        "category": account.category,
        "is_key_account": account.is_key_account,
        "is_near_miss": account.is_near_miss,
    }


def _account_line(account: selection.AccountVerdict) -> str:
    def points(axis: tuple[float, float] | None) -> str:
        if axis is None:
            return UNKNOWN
        return f"{axis[0]:.1f}" if axis[0] == axis[1] else f"{axis[0]:.1f}–{axis[1]:.1f}"

    mark = "★" if account.is_key_account else " "
    return (
        f"{mark} {account.account_id:12} {account.name:34.34} {points(account.attractiveness_range):>9} "
        f"{points(account.strength_range):>9} {account.category or UNKNOWN}"
    )


def _as_table(assessment: selection.Assessment) -> tuple[list[str], list[list[Any]]]:
    gates = [f"{gate.measure} {gate.bound}" for gate in assessment.criteria.gates]
    columns = ["account_id", "name", "verdict", "is_key_account", "is_near_miss", "attractiveness", "strength"]
    columns += ["attractiveness_low", "attractiveness_high", "strength_low", "strength_high", "category"]
    columns += [f"{gate} {part}" for gate in gates for part in ("value", "threshold", "verdict")]
    rows = []
    for account in assessment.accounts:
        documents = [selection.gate_document(gate) for gate in account.gates]
        rows.append(
            [
                account.account_id,
                account.name,
                account.verdict,
                account.is_key_account,
                account.is_near_miss,
                account.attractiveness,
                account.strength,
                *(account.attractiveness_range or (None, None)),
                *(account.strength_range or (None, None)),
                account.category,
                *(gate[part] for gate in documents for part in ("value", "threshold", "verdict")),
            ]
        )
    return columns, rows
