"""Tags, grades, saved segments and a field of the story."""

from __future__ import annotations

from datetime import date, timedelta

from kam import portfolio
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Store

_MADE = 200  # days before the ledger's end on which tags and the field were made


def label(store: Store, facts: Facts, *, who: Person) -> None:
    """Everything that people said of accounts of the portfolio, whether in the programme or not."""
    words, until = inputs.portfolio(), facts.until
    begun = until - timedelta(days=_MADE)
    for entry in words["tag"]:
        tag = (entry["dimension"], entry["tag"])
        portfolio.make_tag(store, *tag, as_of=begun, who=who)
        portfolio.tag_accounts(store, _at(facts, entry["at"]), *tag, as_of=begun, who=who)
    for entry in words["grade"]:
        portfolio.grade_accounts(
            store,
            _at(facts, entry["at"]),
            entry["grade"],
            reason=entry["reason"],
            classes={name: entry[name] for name in portfolio.CLASSES if name in entry},
            as_of=until - timedelta(days=entry["days"]),
            who=who,
        )
    _field(store, facts, words["field"], begun, who)
    for entry in words["segment"]:
        portfolio.save_segment(store, entry["name"], entry["conditions"], as_of=until, who=who)


def _field(store: Store, facts: Facts, field: dict, begun: date, who: Person) -> None:
    portfolio.define_field(store, field["name"], field["kind"], choices=field["choices"], as_of=begun, who=who)
    lines = [f"{_at(facts, [int(at)])[0]},{field['name']},{value}" for at, value in field["values"].items()]
    text = "\n".join(["account_id,field,value", *lines])
    portfolio.import_values(store, text, file_name="supplier-ratings.csv", as_of=begun, who=who)


def _at(facts: Facts, places: list[int]) -> list[str]:
    return [str(facts.base.account_id[at]) for at in places if at < len(facts.base)]
