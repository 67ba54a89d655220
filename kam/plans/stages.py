"""Stage definitions of opportunities: read from TOML, adopted whole with a date, never edited."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.words import _

STARTER = Path(__file__).resolve().parents[2] / "data" / "stages.toml"
STAGE_KINDS = ("open", "won", "lost")
_TABLE = "plans.stage_sets"
_LATEST_FIRST = [("valid_from", True), ("stage_set_id", True)]


@dataclass(frozen=True)
class Stage:
    """One stage. probability: 0..1; also_called: the words a ledger uses for it, in small letters."""

    stage_id: str
    name: str
    kind: str
    probability: float
    exit_criteria: tuple[str, ...]
    also_called: tuple[str, ...]


@dataclass(frozen=True)
class StageSet:
    """Stages in their order, with the date from which they hold and where they come from. text: the file."""

    name: str
    valid_from: date
    source: str
    stages: tuple[Stage, ...]
    text: str


def starter_stages() -> str:
    """The text of a set to begin with."""
    return STARTER.read_text(encoding="utf-8")


def read_stages(text: str) -> StageSet:
    """A set from its TOML text. Raises BadInput that names the stage and what is wrong with it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_("This is not TOML: {problem}.").format(problem=error), reason="bad_toml") from None
    for key, kind in (("name", str), ("from", date), ("source", str), ("stage", list)):
        if not isinstance(document.get(key), kind) or not document[key]:
            raise BadInput(_("A set of stages needs `{key}`.").format(key=key), reason="missing", field=key)
    stages = tuple(_stage(entry) for entry in document["stage"])
    words: dict[str, str] = {}
    for stage in stages:
        for word in stage.also_called:
            if word in words:
                raise BadInput(
                    _("{word} stands for two stages, {first} and {second}: it can mean one only.").format(
                        word=word, first=words[word], second=stage.name
                    ),
                    reason="repeated",
                )
            words[word] = stage.name
    if {s.kind for s in stages} != set(STAGE_KINDS):
        raise BadInput(_("A set needs stages of all three kinds: open, won and lost."), reason="missing")
    return StageSet(document["name"].strip(), document["from"], document["source"].strip(), stages, text)


def stages_in_force(store: Store, as_of: date) -> StageSet | None:
    """The set that holds on a day; None where none has been adopted for it."""
    row = store.one(_TABLE, where=[Condition("valid_from", "<=", as_of)], order_by=_LATEST_FIRST)
    return read_stages(row["document"]) if row else None


def adopt_stages(store: Store, stages: StageSet, *, reason: str, who: Person, op_id: str | None = None) -> int | None:
    """Adopt a set from its own date on; returns its number (None where op_id was done already).

    Raises BadInput for an empty reason, RuleBroken for a date before the last adopted set's or a set in force already.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput(
            _("Say why these stages are adopted: the reason is kept with the set."), reason="missing", field="reason"
        )

    def change(tx: Transaction) -> int:
        last = next(iter(tx.read(_TABLE, order_by=_LATEST_FIRST, limit=1)), None)
        if last and stages.valid_from < last["valid_from"]:
            raise RuleBroken(
                _("The set adopted last holds from {day}: date this one on or after that day.").format(
                    day=units.day(last["valid_from"])
                ),
                reason="before_last_adoption",
                field="from",
            )
        if last and last["document"].strip() == stages.text.strip():
            raise RuleBroken(_("These stages are adopted already, word for word."), reason="unchanged")
        number = tx.next_number(_TABLE, "stage_set_id")
        tx.insert(
            _TABLE,
            stage_set_id=number,
            name=stages.name,
            valid_from=stages.valid_from,
            source=stages.source,
            document=stages.text,
            reason=reason,
            adopted_by=who.name,
            adopted_at=tx.now,
        )
        for position, stage in enumerate(stages.stages, 1):
            tx.insert(
                "plans.stages",
                stage_set_id=number,
                stage_id=stage.stage_id,
                position=position,
                name=stage.name,
                kind=stage.kind,
                probability=stage.probability,
                exit_criteria=list(stage.exit_criteria),
                also_called=list(stage.also_called),
            )
        return number

    return store.write(
        change,
        who=who,
        action="adopt stages",
        subject=("stages", stages.name),
        op_id=op_id,
        details={"valid_from": stages.valid_from, "source": stages.source, "reason": reason},
    )


def _stage(entry: object) -> Stage:
    given = entry if isinstance(entry, dict) else {}
    stage_id, name = given.get("id"), given.get("name")
    if not isinstance(stage_id, str) or not isinstance(name, str) or not stage_id.strip() or not name.strip():
        raise BadInput(_("Each [[stage]] needs an `id` and a `name`."), reason="missing", field="stage")
    kind, probability = given.get("kind"), given.get("probability")
    if kind not in STAGE_KINDS:
        raise BadInput(
            _("{stage}: `kind` is one of open, won, lost.").format(stage=name), reason="unknown_kind", field="kind"
        )
    is_number = isinstance(probability, int | float) and not isinstance(probability, bool)
    if not is_number or not 0 <= probability <= 1:
        raise BadInput(
            _("{stage}: `probability` is a number from 0 to 1.").format(stage=name),
            reason="out_of_range",
            field="probability",
        )
    lists = [given.get(key, []) for key in ("exit_criteria", "also_called")]
    if not all(isinstance(found, list) and all(isinstance(word, str) for word in found) for found in lists):
        raise BadInput(
            _("{stage}: `exit_criteria` and `also_called` are lists of texts.").format(stage=name), reason="bad_list"
        )
    words = dict.fromkeys(word.strip().casefold() for word in [stage_id, name, *lists[1]])
    return Stage(stage_id.strip(), name.strip(), kind, float(probability), tuple(lists[0]), tuple(words))
