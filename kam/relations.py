"""Every SQL file of the workbench, in reading order.

A file `kam/value/account_margin.sql` defines the relation `value.account_margin`: a typed table macro,
or a view where it takes no parameter; a few define a function that relations share (a typed scalar macro). Its header states the grain, the window, every column and the
identity that must hold; `docs/relations.md` is generated from it.

Steps (`kam/*/steps/*.sql`) are statements that an import or a refresh runs; migrations belong to the store.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent

_DEFINITION = re.compile(
    r"create\s+or\s+replace\s+(?P<kind>macro|view)\s+(?P<name>[a-z_]+\.[a-z_0-9]+)\s*(?:\((?P<parameters>[^)]*)\))?",
    re.IGNORECASE,
)
_TABLE = re.compile(r"\s*as\s+table\b", re.IGNORECASE)
# A comment, a text, a call with the day (and level) of the macro that it stands in, a word that may be a parameter.
_TOKEN = re.compile(
    r"--[^\n]*|'[^']*'|(?<![\w.])(?P<called>[a-z_]+\.[a-z_0-9]+)\((?P<passed>as_of(?:, level := level)?)\)"
    r"|(?<![\w.$])(?P<word>[a-z_][a-z_0-9]*)(?![\w.])(?!\s*:=)"
)
_PARAMETER = re.compile(r"(?:^|, )(\w+)")
_REFERENCE = re.compile(r"\b([a-z_]+)\.([a-z_0-9]+)\b")


@dataclass(frozen=True)
class Relation:
    """One SQL file. name: `schema.relation`; kind: `macro`, `view` or `function`; parameters: (name, type) pairs.

    defaults: parameter name to the text that it has where a call leaves it out.
    """

    name: str
    kind: str
    parameters: tuple[tuple[str, str], ...]
    header: str
    text: str
    path: Path
    defaults: Mapping[str, str] = field(default_factory=dict)

    @property
    def schema(self) -> str:
        return self.name.split(".")[0]

    @property
    def references(self) -> frozenset[str]:
        """Every `schema.name` the body mentions (tables and relations alike)."""
        body = "\n".join(line.split("--")[0] for line in self.text.splitlines())
        return frozenset(f"{schema}.{name}" for schema, name in _REFERENCE.findall(body)) - {self.name}

    @property
    def is_shared(self) -> bool:
        """Whether a reading of it is kept for the kept readings that build on it (a header line that begins with `Shared:`)."""
        return "\nShared:" in self.header

    @property
    def query(self) -> str:
        """What a table macro selects, its parameters standing in it by name."""
        after = self.text[_DEFINITION.search(self.text).end() :]
        return after[_TABLE.match(after).end() :].strip().rstrip(";")

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Its column names, in order."""
        return tuple(self.described_columns)

    @property
    def described_columns(self) -> dict[str, str]:
        """Column name to its description, as the header's `Columns:` block states them."""
        columns: dict[str, str] = {}
        inside = False
        for line in self.header.splitlines():
            if line.startswith("Columns:"):
                inside = True
            elif inside and (match := re.match(r"  ([a-z_0-9]+)\s{2,}(\S.*)", line)):
                columns[match[1]] = match[2]
            elif inside and line.startswith("      ") and columns:
                columns[next(reversed(columns))] += " " + line.strip()
            elif inside and line and not line.startswith(" "):
                inside = False
        return columns


def _read(path: Path) -> Relation:
    text = path.read_text(encoding="utf-8")
    name = f"{path.parent.name}.{path.stem}"
    found = _DEFINITION.search(text)
    if not found or found["name"].lower() != name:
        raise ValueError(f"{path.relative_to(ROOT.parent)} does not define {name}")
    parameters, defaults = [], {}
    for part in filter(None, (p.strip() for p in (found["parameters"] or "").split(","))):
        stated, _given, default = part.partition(":=")
        words = stated.split()
        parameters.append((words[0], words[1].upper()))
        if default:
            defaults[words[0]] = default.strip()
    kind = found["kind"].lower()
    if kind == "macro" and not _TABLE.match(text, found.end()):
        kind = "function"
    header = "\n".join(line[3:] if line.startswith("-- ") else "" for line in text[: found.start()].splitlines())
    return Relation(name, kind, tuple(parameters), header.strip(), text, path, defaults)


@cache
def catalogue() -> dict[str, Relation]:
    """All relations by name, each after those that it builds on."""
    found = {}
    for path in sorted(ROOT.glob("*/*.sql")):
        relation = _read(path)
        found[relation.name] = relation
    # Sorted, so that the order is the same in every process whatever the hashes of the names.
    order = TopologicalSorter({name: sorted(relation.references & found.keys()) for name, relation in found.items()})
    return {name: found[name] for name in order.static_order()}


@cache
def schemas_behind(name: str) -> frozenset[str]:
    """The schemas whose tables a relation reads, through every relation beneath it."""
    relations = catalogue()
    if name not in relations:
        return frozenset({name.split(".", maxsplit=1)[0]})
    behind: set[str] = set()
    for reference in relations[name].references:
        behind |= schemas_behind(reference)
    return frozenset(behind)


@cache
def tables_behind(name: str) -> frozenset[str]:
    """The tables that a relation reads, through every relation beneath it; a table is behind itself."""
    relations = catalogue()
    if name not in relations:
        return frozenset({name})
    return frozenset().union(*map(tables_behind, relations[name].references))


@cache
def stands_on_shared(name: str) -> bool:
    """Whether a table macro reads a shared relation, itself or through those beneath it."""
    relations = catalogue()
    if name not in relations or relations[name].kind != "macro":
        return False
    return any(
        reference in relations and (relations[reference].is_shared or stands_on_shared(reference))
        for reference in relations[name].references
    )


def query_over(name: str, given: Mapping[str, str], kept: Callable[[str, Mapping[str, str]], str]) -> str:
    """What a table macro selects, with tables in place of the shared relations that it or those beneath it read.

    given: parameter to the text that stands for it. kept(shared relation, given) names the table. Only what is read with
    the macro's own day and level is replaced; other calls stay as they are.
    """
    relation = catalogue()[name]
    given = {**relation.defaults, **given}

    def replaced(found: re.Match[str]) -> str:
        called, word = found["called"], found["word"]
        if word:
            return given.get(word, word)
        if not called:
            return found[0]
        passed = {parameter: given[parameter] for parameter in _PARAMETER.findall(found["passed"])}
        beneath = catalogue().get(called)
        if beneath and beneath.is_shared:
            return kept(called, passed)
        if beneath and stands_on_shared(called):
            return f"({query_over(called, passed, kept)})"
        return f"{called}({', '.join(text if n == 'as_of' else f'{n} := {text}' for n, text in passed.items())})"

    return _TOKEN.sub(replaced, relation.query)


@cache
def fingerprint() -> str:
    """A hash of all definitions: the store installs them again when it changes."""
    digest = hashlib.sha256()
    for relation in catalogue().values():
        digest.update(relation.text.encode())
    return digest.hexdigest()


@cache
def step(name: str) -> str:
    """The text of `kam/<capability>/steps/<step>.sql`, named `capability.step`."""
    capability, stem = name.split(".")
    return (ROOT / capability / "steps" / f"{stem}.sql").read_text(encoding="utf-8")
