"""The knowledge base: playbooks, cases and lessons, versioned and retired, never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from kam import parameters, portfolio, units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.relationships import STAGES, rules
from kam.store import Store, Transaction
from kam.store.reading import Condition
from kam.words import _

KINDS = {"playbook": _("playbook"), "case": _("case"), "lesson": _("lesson")}
ABOUT = {
    "tag": _("tag"),
    "category": _("category"),
    "need": _("need"),
    "stage": _("stage"),
    "industry": _("industry"),
}
CATEGORIES = ("strategic", "star", "status", "streamline")
_LONGEST_TITLE = 200
_MOST_MARKS = 30
_TABLE = "knowledge.versions"


@dataclass(frozen=True)
class Entry:
    """What an entry says.

    text: Markdown (headings, lists, emphasis). owner: who keeps it current. review_by: None takes knowledge.review_after_days
    from the day on. marks: (about, value) pairs that an account may carry. account_id: whom a case or lesson is about.
    """

    kind: str
    title: str
    text: str
    author: str
    owner: str
    source: str
    written_on: date
    review_by: date | None = None
    marks: tuple[tuple[str, str], ...] = ()
    account_id: str | None = None


def write_entry(store: Store, entry: Entry, *, as_of: date, who: Person, op_id: str | None = None) -> int | None:
    """Write an entry down; returns its id (None where op_id was done already).

    Raises BadInput for what is missing, too long or written after as_of, a review before as_of, an account of a playbook, an
    unknown mark; NotFound for an unknown account or tag; RuleBroken for a title that another entry in use has.
    """
    values = _checked(store, entry, as_of)

    def change(tx: Transaction) -> int:
        entry_id = tx.next_number(_TABLE, "entry_id")
        _title_is_free(tx, values["title"], entry_id)
        return _insert(tx, entry_id, 1, values, entry.marks, is_retired=False, reason="", as_of=as_of)

    return store.write(change, who=who, action="write knowledge", subject=("knowledge", values["title"]), op_id=op_id)


def change_entry(
    store: Store,
    entry_id: int,
    entry: Entry,
    *,
    reason: str,
    as_of: date,
    expected_version: int | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Add a new version of an entry, also of a retired one; returns the entry's id.

    Raises as `write_entry`; BadInput without a reason, NotFound for an unknown entry, StaleWrite where somebody else changed it
    since expected_version.
    """
    values = _checked(store, entry, as_of)
    reason = rules.stated(reason, _("Say what changed and why: the reason is kept."), field="reason")

    def change(tx: Transaction) -> int:
        held = _latest(tx, entry_id, as_of)
        rules.seen_is_current(held, values, expected_version)
        _title_is_free(tx, values["title"], entry_id)
        return _insert(
            tx, entry_id, held["version"] + 1, values, entry.marks, is_retired=False, reason=reason, as_of=as_of
        )

    return store.write(
        change,
        who=who,
        action="change knowledge",
        subject=("knowledge", values["title"]),
        op_id=op_id,
        details={"reason": reason},
    )


def retire_entry(
    store: Store, entry_id: int, *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Take an entry out of use; it stays on file. Returns its id.

    Raises BadInput without a reason, NotFound for an unknown entry, RuleBroken where it is out of use already.
    """
    reason = rules.stated(reason, _("Say why it is retired: the reason is kept."), field="reason")

    def change(tx: Transaction) -> int:
        held = _latest(tx, entry_id, as_of)
        if held["is_retired"]:
            raise RuleBroken(_("{title} is out of use already.").format(title=held["title"]), reason="retired")
        rows = tx.read("knowledge.marks", where=[Condition("version_id", "=", held["version_id"])])
        marks = [(row["about"], row["value"]) for row in rows]
        values = {name: held[name] for name in Entry.__dataclass_fields__ if name != "marks"}
        return _insert(tx, entry_id, held["version"] + 1, values, marks, is_retired=True, reason=reason, as_of=as_of)

    return store.write(
        change,
        who=who,
        action="retire knowledge",
        subject=("knowledge", str(entry_id)),
        op_id=op_id,
        details={"reason": reason},
    )


def offered_marks(store: Store, as_of: date) -> dict[tuple[str, str], str]:
    """(about, value) → words of everything that an entry can be marked with on a day."""
    tags = store.read("portfolio.tags", order_by=[("dimension", False), ("tag", False)])
    offered = [("tag", f"{row['dimension']}: {row['tag']}") for row in tags if row["made_on"] <= as_of]
    offered += [("category", category) for category in CATEGORIES]
    offered += [("need", need) for need in portfolio.CLASSES["need"][1]]
    offered += [("stage", stage) for stage in STAGES]
    offered += [("industry", industry) for industry in store.choices("ledgers.accounts", None, "industry")]
    return {mark: mark_told(*mark) for mark in offered}


def mark_told(about: str, value: str) -> str:
    """A mark in words: as entry_list.marks spells it."""
    return value if about == "tag" else f"{about}: {value.replace('_', ' ')}"


def marks_of(store: Store, version_id: int) -> list[tuple[str, str]]:
    """The marks of a version, in order."""
    where = [Condition("version_id", "=", version_id)]
    rows = store.read("knowledge.marks", where=where, order_by=[("about", False), ("value", False)])
    return [(row["about"], row["value"]) for row in rows]


def carried_marks(store: Store, account_id: str, as_of: date) -> list[tuple[str, str]]:
    """What an account is on a day that an entry can be marked with."""
    where = [Condition("account_id", "=", account_id)]
    rows = store.read("knowledge.carried", {"as_of": as_of}, where=where, order_by=[("about", False), ("value", False)])
    return [(row["about"], row["value"]) for row in rows]


def _checked(store: Store, entry: Entry, as_of: date) -> dict[str, Any]:
    values = asdict(entry)
    del values["marks"]
    rules.one_of(entry.kind, KINDS, _("The kind"), field="kind")
    for name, sentence in (
        ("title", _("Say in a line what it is about.")),
        ("text", _("Write what others can use: the text is missing.")),
        ("author", _("Name who wrote it.")),
        ("owner", _("Name who keeps it current.")),
        ("source", _("Say where it comes from: without a source nobody can judge it.")),
    ):
        values[name] = rules.stated(values[name], sentence, field=name)
    if len(values["title"]) > _LONGEST_TITLE:
        raise BadInput(
            _("A title has at most {most} characters: shorten it.").format(most=_LONGEST_TITLE),
            reason="too_long",
            field="title",
        )
    if entry.written_on > as_of:
        raise BadInput(
            _("It was written on {day}, which is still ahead.").format(day=units.day(entry.written_on)),
            reason="future_date",
            field="written_on",
        )
    if entry.review_by is None:
        days = parameters.all_at(store, as_of)["knowledge.review_after_days"].value
        values["review_by"] = as_of + timedelta(days=int(days))
    rules.not_before(
        values["review_by"],
        as_of,
        _("It is to be looked at again on {day}, before this day ({earliest}): choose a later one."),
        field="review_by",
    )
    if entry.account_id is not None:
        _check_account(store, entry)
    _check_marks(store, entry.marks, as_of)
    return values


def _check_account(store: Store, entry: Entry) -> None:
    if entry.kind == "playbook":
        raise BadInput(
            _("A playbook is for many accounts: record what is about one account as a case or a lesson."),
            reason="account_of_a_playbook",
            field="account_id",
        )
    if store.one("ledgers.accounts", where=[Condition("account_id", "=", entry.account_id)]) is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=entry.account_id
            ),
            reason="unknown_account",
            field="account_id",
        )


def _check_marks(store: Store, marks: Sequence[tuple[str, str]], as_of: date) -> None:
    if len(marks) > _MOST_MARKS:
        raise BadInput(
            _("An entry has at most {most} marks: what is good for everything fits nothing.").format(most=_MOST_MARKS),
            reason="out_of_range",
            field="marks",
        )
    known = offered_marks(store, as_of) if marks else {}
    for about, value in marks:
        if (about, value) not in known:
            raise NotFound(
                _(
                    "An entry cannot be marked with {mark}: choose a tag, category, need, stage or industry there is."
                ).format(mark=f"{about}: {value}"),
                reason="unknown_mark",
                field="marks",
            )


def _latest(tx: Transaction, entry_id: int, as_of: date) -> dict[str, Any]:
    where = [Condition("entry_id", "=", entry_id)]
    found = tx.read(_TABLE, where=where, order_by=[("version", True)], limit=1).records()
    if not found:
        raise NotFound(_("There is no such entry: reload the page."), reason="unknown_entry", field="entry")
    rules.not_before(
        as_of,
        found[0]["decided_on"],
        _("It was changed on {earliest} last: choose that day or a later one, not {day}."),
        field="as_of",
    )
    return found[0]


def _title_is_free(tx: Transaction, title: str, entry_id: int) -> None:
    latest: dict[int, Mapping[str, Any]] = {}
    for row in tx.read(_TABLE, columns=("entry_id", "title", "is_retired"), order_by=[("version_id", False)]):
        latest[row["entry_id"]] = row
    for other, row in latest.items():
        if other != entry_id and not row["is_retired"] and row["title"].casefold() == title.casefold():
            raise RuleBroken(
                _("There is an entry {title} already: change that one, or choose another title.").format(title=title),
                reason="exists",
                field="title",
            )


def _insert(
    tx: Transaction,
    entry_id: int,
    version: int,
    values: Mapping[str, Any],
    marks: Sequence[tuple[str, str]],
    *,
    is_retired: bool,
    reason: str,
    as_of: date,
) -> int:
    version_id = tx.next_number(_TABLE, "version_id")
    tx.insert(
        _TABLE,
        version_id=version_id,
        entry_id=entry_id,
        version=version,
        **values,
        is_retired=is_retired,
        reason=reason,
        decided_on=as_of,
        decided_by=tx.who.name,
        decided_at=tx.now,
    )
    tx.insert_many(
        "knowledge.marks", ["version_id", "about", "value"], [(version_id, *mark) for mark in dict.fromkeys(marks)]
    )
    tx.note(entry_id=entry_id, version=version)
    return entry_id
