"""Grades A to E with the four classifications of an account, written down with date, who and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import RuleBroken
from kam.portfolio.tags import accounts_given, check_accounts
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

GRADES = {
    "A": _("expected to close within a month"),
    "B": _("within three months"),
    "C": _("within half a year"),
    "D": _("later, or the need is latent"),
    "E": _("no deal in sight"),
}
CLASSES: dict[str, tuple[str, dict[str, str]]] = {
    "deal_state": (
        _("Deal state"),
        {
            "none": _("no deal so far"),
            "prospect": _("deal in negotiation"),
            "customer": _("customer"),
            "former": _("former customer"),
        },
    ),
    "importance": (_("Importance"), {"high": _("high"), "medium": _("medium"), "low": _("low")}),
    "urgency": (_("Urgency"), {"urgent": _("urgent"), "normal": _("normal"), "can_wait": _("can wait")}),
    "need": (_("Need"), {"recognised": _("recognised"), "latent": _("latent"), "none": _("none")}),
}


def grade_accounts(
    store: Store,
    account_ids: Sequence[str],
    grade: str,
    *,
    reason: str,
    classes: Mapping[str, str | None] | None = None,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Give accounts a grade from as_of on; returns how many records were written (None where op_id was done already).

    classes: of CLASSES, what is to change; the rest stays as it was. An account for which nothing changes gets no
    record. Raises BadInput for an unknown grade or class or an empty reason, NotFound for an unknown account, RuleBroken
    for a day before the account's last record.
    """
    chosen = accounts_given(account_ids)
    given = checked_grade(grade, classes)
    reason = rules.stated(reason, _("Say why this grade: the reason is kept with it."), field="reason")

    def change(tx: Transaction) -> int:
        check_accounts(tx, chosen)
        return write_grades(tx, chosen, given, reason=reason, as_of=as_of)

    return store.write(
        change,
        who=who,
        action="grade accounts",
        subject=("account", chosen[0]) if len(chosen) == 1 else ("accounts", f"{len(chosen)}"),
        op_id=op_id,
        details={"accounts": chosen, "reason": reason, "as_of": as_of, **given},
    )


def regrade(
    store: Store, grades: Mapping[str, str], *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Give each account its own grade (account_id → grade) in one go, as `grade_accounts` does; the classes stay."""
    chosen = accounts_given(list(grades))
    given = {grade: checked_grade(grade, None) for grade in sorted(set(grades.values()))}
    reason = rules.stated(reason, _("Say why this grade: the reason is kept with it."), field="reason")

    def change(tx: Transaction) -> int:
        check_accounts(tx, chosen)
        return sum(
            write_grades(tx, [a for a in chosen if grades[a] == grade], told, reason=reason, as_of=as_of)
            for grade, told in given.items()
        )

    return store.write(
        change,
        who=who,
        action="regrade accounts",
        subject=("accounts", f"{len(chosen)}"),
        op_id=op_id,
        details={"grades": dict(grades), "reason": reason, "as_of": as_of},
    )


def checked_grade(grade: str, classes: Mapping[str, str | None] | None) -> dict[str, str]:
    """{"grade": …} and the classes that are given. Raises BadInput that names what is possible."""
    rules.one_of(grade, GRADES, _("The grade"), field="grade")
    given = {"grade": grade}
    for name, value in (classes or {}).items():
        rules.one_of(name, dict(CLASSES), _("A classification"), field="classes")
        if value is not None:
            label, words = CLASSES[name]
            given[name] = rules.one_of(value, words, label, field=name)
    return given


def write_grades(
    tx: Transaction, account_ids: Sequence[str], given: Mapping[str, str], *, reason: str, as_of: date
) -> int:
    """Write the records inside the caller's transaction; returns how many. given: of `checked_grade`. Raises RuleBroken."""
    among = [Condition("account_id", "one_of", list(account_ids))]
    held = {
        row["account_id"]: row for row in tx.read("portfolio.grades_held", arguments={"as_of": date.max}, where=among)
    }
    number = tx.next_number("portfolio.grades", "grade_id")
    rows = []
    for account_id in account_ids:
        before = held.get(account_id)
        if before and as_of < before["graded_on"]:
            raise RuleBroken(
                _("{account} was graded on {day} last: choose that day or a later one.").format(
                    account=rules.account_name(tx, account_id), day=units.day(before["graded_on"])
                ),
                reason="before_last_grade",
                field="as_of",
            )
        row = {name: (before or {}).get(name) for name in ("grade", *CLASSES)} | dict(given)
        if before and all(before[name] == value for name, value in row.items()):
            continue
        rows.append((number + len(rows), account_id, *row.values(), reason, as_of, tx.who.name, tx.now))
    tx.insert_many(
        "portfolio.grades",
        ["grade_id", "account_id", "grade", *CLASSES, "reason", "graded_on", "graded_by", "graded_at"],
        rows,
    )
    return len(rows)
