"""The watched folder: monthly exports are taken in by rule, each by a kept mapping, and put aside with a report.

The folder lies beside the database (data/inbox). A file that a rule names is imported as if a person had done it with that
mapping; then it is moved to `done`, or to `refused`, with its report (the JSON of an import) and its rejected rows
beside it. What is interrupted half-way through is simply taken again: importing the same file twice changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from kam.errors import BadInput, NotFound, Refusal
from kam.ledgers.importing import import_files
from kam.ledgers.saved_mappings import SavedMapping, saved_mapping
from kam.store import Condition, Rows, Store, Transaction
from kam.store.writing import Actor, as_json
from kam.words import _

FOLDER = "inbox"
DONE, REFUSED = "done", "refused"
_RULES, _FILES = "ledgers.inbox_rules", "ledgers.inbox_files"
# A file that grew this recently may still be being written.
SETTLED_SECONDS = 10.0


@dataclass(frozen=True)
class Taken:
    """What came of a file. outcome: `imported`, `refused` or `unmatched`. report: the JSON of an import or a refusal."""

    file_name: str
    outcome: str
    import_id: int | None
    report: dict[str, Any]

    @property
    def message(self) -> str:
        """The sentence of the report."""
        return self.report["error"]["message"] if "error" in self.report else self.report["message"]


def inbox_folder(store: Store) -> Path:
    """Where the store's watched folder lies."""
    return store.path.parent / FOLDER


def inbox_rules(store: Store) -> Rows:
    """The rules that hold, in the order in which they are tried."""
    return store.read(_RULES, where=[Condition("retired_at", "is_missing")], order_by=[("rule_id", False)])


def taken_files(store: Store, *, limit: int | None = None) -> Rows:
    """What came of the files so far, newest first."""
    return store.read(_FILES, order_by=[("file_id", True)], limit=limit)


def add_inbox_rule(
    store: Store, pattern: str, mapping_name: str, *, who: Actor, op_id: str | None = None
) -> int | None:
    """Take in files of the watched folder whose name fits a pattern (* and ?) by a kept mapping; returns the rule's id.

    Raises BadInput for an empty pattern or one that is a path, NotFound for an unknown mapping.
    """
    pattern = pattern.strip()
    if not pattern or "/" in pattern or "\\" in pattern:
        raise BadInput(
            _("Say which file names are meant, such as invoices-*.csv; a path does not fit."),
            reason="bad_value",
            field="pattern",
        )
    saved_mapping(store, mapping_name)

    def change(tx: Transaction) -> int:
        rule_id = tx.next_number(_RULES, "rule_id")
        tx.insert(
            _RULES, rule_id=rule_id, pattern=pattern, mapping_name=mapping_name, added_by=who.name, added_at=tx.now
        )
        return rule_id

    return store.write(
        change,
        who=who,
        action="add inbox rule",
        subject=("inbox", pattern),
        op_id=op_id,
        details={"mapping": mapping_name},
    )


def end_inbox_rule(store: Store, rule_id: int, *, who: Actor, op_id: str | None = None) -> None:
    """End a rule; what it took in stays. Raises NotFound."""

    def change(tx: Transaction) -> None:
        held = tx.one(_RULES, {"rule_id": rule_id})
        if held is None or held["retired_at"] is not None:
            raise NotFound(_("There is no rule {number} of the watched folder.").format(number=rule_id))
        tx.update(_RULES, {"rule_id": rule_id}, {"retired_by": who.name, "retired_at": tx.now})

    store.write(change, who=who, action="end inbox rule", subject=("inbox", str(rule_id)), op_id=op_id)


def waiting_files(store: Store) -> list[Path]:
    """The files that lie in the watched folder, by name."""
    folder = inbox_folder(store)
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))


def take_in(store: Store, *, who: Actor, today: date, settled_seconds: float = 0.0) -> list[Taken]:
    """Take in every waiting file that a rule names; returns what came of each.

    settled_seconds: leave a file alone that was written to more recently. A file that no rule names stays where it is and
    is recorded once.
    """
    held = [(row["rule_id"], row["pattern"], row["mapping_name"]) for row in inbox_rules(store)]
    files = [path for path in waiting_files(store) if time.time() - path.stat().st_mtime >= settled_seconds]
    # The headers file of a ledger in two files goes with its lines.
    joined = {kept.mapping.join.file for _id, _p, name in held if (kept := _kept(store, name)) and kept.mapping.join}
    return [
        taken
        for path in files
        if path.name not in joined and path.exists()
        for taken in _taken(store, path, held, who, today)
    ]


def _kept(store: Store, name: str) -> SavedMapping | None:
    try:
        return saved_mapping(store, name)
    except NotFound:
        return None


def _taken(store: Store, path: Path, held: list[tuple], who: Actor, today: date) -> Iterator[Taken]:
    fitting = next((rule for rule in held if fnmatchcase(path.name.casefold(), rule[1].casefold())), None)
    digest = _digest(path)
    if fitting is None:
        seen = [Condition("file_hash", "=", digest), Condition("file_name", "=", path.name)]
        if not len(store.read(_FILES, where=[*seen, Condition("outcome", "=", "unmatched")], limit=1)):
            sentence = _(
                "No rule of the watched folder names {file}: add one, or import it on the Import page."
            ).format(file=path.name)
            yield _recorded(store, path.name, digest, None, "unmatched", None, _error(sentence, "unmatched"), who)
        return
    rule_id, _pattern, mapping_name = fitting
    rejects = path.with_name(path.name + ".rejects.csv")
    try:
        kept = saved_mapping(store, mapping_name)
        join = kept.mapping.join
        result = import_files(
            store,
            kept.mapping.table,
            path,
            mapping=kept.mapping,
            create_accounts=kept.creates_accounts,
            who=who,
            today=today,
            rejects_to=rejects,
            join_path=inbox_folder(store) / Path(join.file).name if join else None,
        )
    except Refusal as refusal:
        report = _error(refusal.message, refusal.reason, refusal.line, refusal.column)
        taken = _recorded(store, path.name, digest, rule_id, "refused", None, report, who)
        _put_aside(path, REFUSED, report)
        yield taken
        return
    report = json.loads(as_json(result.document()))
    taken = _recorded(store, path.name, digest, rule_id, "imported", result.import_id, report, who)
    headers = [(inbox_folder(store) / Path(join.file).name, Path(join.file).name)] if join else []
    _put_aside(path, DONE, report, (rejects, None), *headers)
    yield taken


def _recorded(
    store: Store,
    name: str,
    digest: str,
    rule_id: int | None,
    outcome: str,
    import_id: int | None,
    report: dict[str, Any],
    who: Actor,
) -> Taken:
    def change(tx: Transaction) -> None:
        tx.insert(
            _FILES,
            file_id=tx.next_number(_FILES, "file_id"),
            file_name=name,
            file_hash=digest,
            rule_id=rule_id,
            import_id=import_id,
            outcome=outcome,
            report=as_json(report),
            taken_at=tx.now,
        )

    store.write(change, who=who, action="take in file", subject=("inbox", name), details={"outcome": outcome})
    return Taken(name, outcome, import_id, report)


def _put_aside(path: Path, place: str, report: dict[str, Any], *beside: tuple[Path, str | None]) -> None:
    """Move a file out of the way under a name that is free, with its report and what lies beside it.

    beside: (file, its name there; None: that of the rejected rows).
    """
    folder = path.parent / place
    folder.mkdir(exist_ok=True)
    number, target = 1, folder / path.name
    while target.exists():
        number += 1
        target = folder / f"{path.stem} ({number}){path.suffix}"
    for other, name in beside:
        if other.is_file():
            shutil.move(other, folder / (name or f"{target.name}.rejects.csv"))
    target.with_name(target.name + ".report.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    shutil.move(path, target)


def _error(message: str, reason: str, line: int | None = None, column: str | None = None) -> dict[str, Any]:
    return {"error": {"reason": reason, "message": message, "line": line, "column": column}}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
