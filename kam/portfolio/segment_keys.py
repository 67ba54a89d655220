"""What a saved segment may ask of an account: a fixed catalogue, and the fields that people defined.

A segment is data: keys of this catalogue, a comparison and a value. Nothing of it becomes SQL text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.errors import BadInput
from kam.portfolio.grades import CLASSES, GRADES
from kam.store import Among, Condition, Store
from kam.value import MEASURES
from kam.words import _

OF_FIELD = "field:"
COMPARISONS = {
    "one_of": _("is one of"),
    "none_of": _("is none of"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "known": _("is known"),
    "unknown": _("is unknown"),
}
_OF_KIND = {
    "choice": ("one_of", "none_of", "known", "unknown"),
    "number": ("at_least", "at_most", "known", "unknown"),
    "date": ("at_least", "at_most", "known", "unknown"),
    "text": ("one_of", "none_of", "known", "unknown"),
}
_LIST = "programme.account_list"


@dataclass(frozen=True)
class Key:
    """Something that a segment may ask. kind: choice, number or date; relation and column: where it stands.

    words: what a code of a choice is called. within: a condition that every row of the relation has to meet. unit: of a
    number, as kam.units.
    """

    key: str
    label: str
    kind: str
    relation: str
    column: str
    words: Mapping[str, str] | None = None
    within: tuple[Condition, ...] = ()
    unit: str = ""

    @property
    def comparisons(self) -> tuple[str, ...]:
        """The comparisons that this key knows, keys of COMPARISONS."""
        return _OF_KIND[self.kind]


def _measures() -> list[Key]:
    return [
        Key(name, measure.name, "date" if measure.unit == "date" else "number", _LIST, name, unit=measure.unit)
        for name, measure in MEASURES.items()
    ]


def catalogue(store: Store) -> dict[str, Key]:
    """Every key by its name, with the fields that people defined."""
    listed = set(store.columns(_LIST))
    keys = [
        Key("tag", _("Tag"), "choice", "portfolio.tags_held", "label"),
        Key("rfm_segment", _("Recency, frequency, money"), "choice", "programme.buying_list", "segment"),
        Key("grade", _("Grade"), "choice", "portfolio.grades_held", "grade", GRADES),
        *(Key(name, label, "choice", "portfolio.grades_held", name, words) for name, (label, words) in CLASSES.items()),
        Key("activity_state", _("Buying"), "choice", _LIST, "activity_state"),
        Key("channel", _("Channel"), "choice", _LIST, "channel"),
        Key("industry", _("Industry"), "choice", _LIST, "industry"),
        Key("region", _("Region"), "choice", _LIST, "region"),
        Key("country", _("Country"), "choice", _LIST, "country"),
        Key("owner", _("Account manager"), "choice", "portfolio.owners", "owner"),
        Key("is_key_account", _("Key account"), "choice", _LIST, "is_key_account", {"yes": _("yes"), "no": _("no")}),
        Key("category", _("Category"), "choice", _LIST, "category"),
        *(key for key in _measures() if key.column in listed),
        *map(_of_field, store.read("portfolio.fields", order_by=[("field", False)])),
    ]
    return {key.key: key for key in keys}


def _of_field(row: Mapping[str, Any]) -> Key:
    kind = row["kind"] if row["kind"] in ("number", "date") else "choice"
    column = {"number": "number_value", "date": "date_value"}.get(kind, "value")
    return Key(
        OF_FIELD + row["field"],
        row["field"],
        kind,
        "portfolio.custom_values",
        column,
        within=(Condition("field", "=", row["field"]),),
    )


def condition_of(key: Key, comparison: str, value: Any, as_of: date) -> Condition:
    """One condition of a segment as a condition on account_id of any relation. Raises BadInput for a value of another kind."""
    if comparison not in key.comparisons:
        raise BadInput(
            _("{key} can be asked with {known} only, not with {comparison}.").format(
                key=key.label, known=", ".join(key.comparisons), comparison=comparison
            ),
            reason="unknown_comparison",
            field="is",
        )
    arguments = (("as_of", as_of), ("level", "account")) if key.relation == _LIST else (("as_of", as_of),)
    if comparison in ("known", "unknown"):
        tests, is_negated = (Condition(key.column, "is_known"),), comparison == "unknown"
    elif comparison in ("one_of", "none_of"):
        tests, is_negated = (_choice(key, value),), comparison == "none_of"
    else:
        tests, is_negated = (
            (Condition(key.column, ">=" if comparison == "at_least" else "<=", _bound(key, value)),),
            False,
        )
    among = Among(key.relation, arguments, (*key.within, *tests), label=told(key, comparison, value))
    return Condition("account_id", "not_among" if is_negated else "among", among)


def offered_values(store: Store, key: Key, as_of: date) -> list[Any]:
    """The values of a choice that accounts have on a day, in order."""
    arguments = {"as_of": as_of} | ({"level": "account"} if key.relation == _LIST else {})
    if key.key == "tag":
        made = store.read("portfolio.tags", order_by=[("dimension", False), ("tag", False)])
        return [f"{row['dimension']}: {row['tag']}" for row in made]
    return store.choices(key.relation, arguments, key.column, where=key.within)


def _choice(key: Key, value: Any) -> Condition:
    chosen = value if isinstance(value, list) else [value]
    if not chosen or not all(isinstance(v, str) and v for v in chosen):
        raise BadInput(_("Choose at least one value for {key}.").format(key=key.label), reason="missing", field="value")
    if key.words is not None and (unknown := [v for v in chosen if v not in key.words]):
        raise BadInput(
            _("{key} cannot be {value}: it is one of {known}.").format(
                key=key.label, value=", ".join(unknown), known=", ".join(key.words)
            ),
            reason="unknown_value",
            field="value",
        )
    if key.key == "is_key_account":
        return Condition(key.column, "one_of", [v == "yes" for v in chosen])
    return Condition(key.column, "one_of", chosen)


def _bound(key: Key, value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15
    if key.kind == "number" and is_number:
        return float(value)
    if key.kind == "date" and isinstance(value, str | date):
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            pass
    wanted = _("a number") if key.kind == "number" else _("a date, as 2026-01-31")
    raise BadInput(
        _("{key} takes {wanted}, not {value}.").format(key=key.label, wanted=wanted, value=value),
        reason="bad_value",
        field="value",
    )


def told(key: Key, comparison: str, value: Any) -> str:
    """A condition in words."""
    if comparison in ("known", "unknown"):
        return f"{key.label} {COMPARISONS[comparison]}"
    values = value if isinstance(value, list) else [value]
    shown = ", ".join(f"{v:,}" if isinstance(v, int | float) else str(v).replace("_", " ") for v in values)
    return f"{key.label} {COMPARISONS[comparison]} {shown}"
