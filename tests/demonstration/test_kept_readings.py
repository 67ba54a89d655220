"""A kept reading holds what the relation itself says, though it is planned over the kept readings beneath it."""

from __future__ import annotations

import pytest

from kam import relations
from tests.demonstration.conftest import UNTIL

KNOWN = {"as_of", "level", "of_account"}
BUILT = [
    name
    for name in relations.catalogue()
    if relations.stands_on_shared(name) and {p for p, _kind in relations.catalogue()[name].parameters} <= KNOWN
]


def told(rows) -> list[str]:
    """Rows as text in order; a double to ten digits, for a sum of doubles has another last one every time."""
    return sorted(str([f"{cell:.10g}" if isinstance(cell, float) else cell for cell in row]) for row in rows.rows)


@pytest.mark.parametrize("name", BUILT)
def test_what_is_kept_is_what_the_relation_says(demo, name):
    parameters = {parameter for parameter, _kind in relations.catalogue()[name].parameters}
    for level in ("account", "group") if "level" in parameters else ("account",):
        arguments = {"as_of": UNTIL, "level": level, "of_account": None}
        arguments = {parameter: arguments[parameter] for parameter in parameters}
        assert told(demo.page(name, arguments)) == told(demo.read(name, arguments))
