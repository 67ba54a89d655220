"""Which headings of a file name a business partner of the sale: sold-to, ship-to, bill-to, payer."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kam.ledgers.headers import plain

FILE = Path(__file__).resolve().parents[2] / "data" / "parties.toml"
# In the order in which a sale names them.
PARTIES = ("sold_to", "ship_to", "bill_to", "payer")


@cache
def _known() -> dict[str, str]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {plain(heading): party for party in PARTIES for heading in document[party]}


def parties(headings: Sequence[str]) -> dict[str, str]:
    """party -> heading, for the parties that a file names; of several headings for one party, the first."""
    found: dict[str, str] = {}
    for heading in headings:
        party = _known().get(plain(heading))
        if party is not None:
            found.setdefault(party, heading)
    return {party: found[party] for party in PARTIES if party in found}
