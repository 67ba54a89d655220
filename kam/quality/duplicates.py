"""Accounts that may be one and the same, by their names. A suggestion only: a person merges, or says they are two."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kam.errors import BadInput
from kam.store import Store, Transaction
from kam.store.writing import Actor
from kam.words import _

# What a company's name carries beside the name; compared without.
_LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aktiengesellschaft",
        "as",
        "asa",
        "bv",
        "bvba",
        "co",
        "company",
        "corp",
        "corporation",
        "doo",
        "e",
        "ev",
        "gesellschaft",
        "gmbh",
        "holding",
        "inc",
        "incorporated",
        "kft",
        "kg",
        "kgaa",
        "limited",
        "llc",
        "llp",
        "ltd",
        "mbh",
        "nv",
        "ou",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "sa",
        "sab",
        "sae",
        "sarl",
        "sas",
        "se",
        "sl",
        "sp",
        "spa",
        "spol",
        "srl",
        "sro",
        "the",
        "und",
        "and",
        "zoo",
        "z",
        "o",
    ]
)
# Of 100: at this likeness two names differ by a letter or two, a plural, or the order of words.
LIKENESS_AT_LEAST = 90.0
# Names that begin alike are compared; a block of more is cut to those that share a longer beginning.
_BLOCK_LETTERS = 3
_LARGEST_BLOCK = 1_500


@dataclass(frozen=True)
class LikelyPair:
    """Two accounts with names alike. likeness: 0..100, 100 where they are the same but for legal form and spelling."""

    account_id: str
    name: str
    country: str | None
    other_account_id: str
    other_name: str
    other_country: str | None
    likeness: float


def plain_name(name: str) -> str:
    """A name for comparing: without accents, case, punctuation and legal form; words in order."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("&", " and ")
    # Abbreviations such as S.p.A. and B.V. are one word.
    text = re.sub(r"\b(?:\w\.){2,}(?:\w\b)?|\b\w\.\w\b", lambda m: m[0].replace(".", ""), text)
    words = re.findall(r"\w+", text)
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return " ".join(kept or words)


def likely_duplicates(store: Store, *, at_least: float = LIKENESS_AT_LEAST, limit: int = 200) -> list[LikelyPair]:
    """Pairs of accounts whose names are alike, the likest first; pairs that a person called two are left out.

    Accounts of different known countries are never paired: subsidiaries share a name. at_least: 0..100, the
    normalised similarity of RapidFuzz (`ratio` of the plain names, words sorted).
    """
    columns = ("account_id", "name", "country", "parent_account_id")
    accounts = store.read("ledgers.accounts", columns=columns, order_by=[("account_id", False)]).records()
    apart = set(store.read("quality.distinct_pairs", columns=("account_id", "other_account_id")).rows)
    found = [
        pair
        for block in _blocks(accounts)
        for pair in _alike(block, at_least)
        if (pair.account_id, pair.other_account_id) not in apart
    ]
    unique = {(pair.account_id, pair.other_account_id): pair for pair in found}
    return sorted(unique.values(), key=lambda p: (-p.likeness, p.name, p.account_id, p.other_account_id))[:limit]


def near_names(store: Store, names: Sequence[str], *, at_least: float = 70.0) -> dict[str, tuple[str, str, float]]:
    """For each name or id that the master lacks, the account it is likest: name → (account_id, name, likeness)."""
    from rapidfuzz import fuzz, process

    accounts = store.read("ledgers.accounts", columns=("account_id", "name")).rows
    if not accounts:
        return {}
    # An id may be misspelt too: both are looked at.
    choices = [plain_name(name) for _id, name in accounts] + [plain_name(account_id) for account_id, _name in accounts]
    near = {}
    for name in dict.fromkeys(names):
        best = process.extractOne(plain_name(name), choices, scorer=fuzz.ratio, score_cutoff=at_least)
        if best is not None:
            account_id, told = accounts[best[2] % len(accounts)]
            near[name] = (account_id, told, best[1])
    return near


def call_distinct(
    store: Store, account_id: str, other_account_id: str, *, reason: str, who: Actor, op_id: str | None = None
) -> None:
    """Record that two accounts are two, so that they are not suggested again. Raises BadInput for an empty reason."""
    if not reason.strip():
        raise BadInput(_("Say why these are two customers."), reason="missing", field="reason")
    first, second = sorted((account_id, other_account_id))

    def change(tx: Transaction) -> None:
        tx.delete("quality.distinct_pairs", {"account_id": first, "other_account_id": second})
        tx.insert(
            "quality.distinct_pairs",
            account_id=first,
            other_account_id=second,
            reason=reason.strip(),
            decided_by=who.name,
            decided_at=tx.now,
        )

    store.write(change, who=who, action="call accounts distinct", subject=("account", first), op_id=op_id)


def _blocks(accounts: Iterable[dict]) -> Iterator[list[tuple[str, dict]]]:
    """Accounts that are compared with each other: their plain names begin alike, or are the same words."""
    by_start: dict[str, list[tuple[str, dict]]] = defaultdict(list)
    for account in accounts:
        name = " ".join(sorted(plain_name(account["name"]).split()))
        by_start[name[:_BLOCK_LETTERS]].append((name, account))
    waiting = [(start, block) for start, block in sorted(by_start.items()) if len(block) > 1]
    while waiting:
        start, block = waiting.pop()
        if len(block) <= _LARGEST_BLOCK or all(len(name) <= len(start) for name, _account in block):
            yield block
            continue
        longer: dict[str, list[tuple[str, dict]]] = defaultdict(list)
        for name, account in block:
            longer[name[: len(start) + 1]].append((name, account))
        waiting += [(s, b) for s, b in longer.items() if len(b) > 1]


def _alike(block: Sequence[tuple[str, dict]], at_least: float) -> Iterator[LikelyPair]:
    import numpy as np
    from rapidfuzz import fuzz, process

    names = [name for name, _account in block]
    scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=at_least, dtype=np.float32)
    for row, column in zip(*np.nonzero(np.triu(scores, 1)), strict=True):
        one, other = block[row][1], block[column][1]
        if one["country"] and other["country"] and one["country"] != other["country"]:
            continue
        first, second = sorted((one, other), key=lambda account: account["account_id"])
        yield LikelyPair(
            first["account_id"],
            first["name"],
            first["country"],
            second["account_id"],
            second["name"],
            second["country"],
            float(scores[row, column]),
        )
