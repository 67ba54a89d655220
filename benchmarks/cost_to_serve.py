"""How long cost to serve takes over ten million order lines, beside the plain scan that sums revenue by account.

The relation is the program's own (value.cost_to_serve, with a year of months as rate periods): with activities of one
time each, with terms that the ledger counts, and with flags and products that are counted order by order.
`python benchmarks/cost_to_serve.py [order lines]`
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LINES = 10_000_000
AS_OF = date(2025, 12, 31)
FILL = (Path(__file__).with_suffix(".sql")).read_text(encoding="utf-8")
TERMS = {
    "one time for each activity": {},
    "with count terms": {"orders": [("count", "lines", None, 2)], "lines": [("flag", "rush", None, 3)]},
    "with flags and products of whole orders": {
        "orders": [("count", "lines", None, 2), ("flag", "rush", None, 5), ("product", "rush", "lines", 1)],
        "lines": [("flag", "rush", None, 3)],
    },
}


def cost_model(terms: dict) -> object:
    """A pool with the four ledger drivers, its year in one period."""
    from kam import value

    period = value.Period(
        period_from=date(2023, 1, 1),
        period_to=AS_OF,
        cost=Decimal(9_000_000),
        practical_capacity_minutes=Decimal(90_000_000),
    )
    pool = value.Pool(pool_id="desk", name="Desk", source="made up", periods=(period,))
    activities = tuple(
        value.Activity(
            activity_code=driver,
            name=driver,
            pool_id="desk",
            driver=driver,
            unit_minutes=Decimal(6),
            source="made up",
            terms=tuple(
                value.Term(kind=kind, of=of, by=by, minutes=Decimal(minutes), name=of)
                for kind, of, by, minutes in terms.get(driver, ())
            ),
        )
        for driver in ("orders", "lines", "rush_lines", "return_lines")
    )
    head = value.Head(name="Bench", valid_from=date(2023, 1, 1), source="made up")
    return value.CostModel(head=head, pools=(pool,), activities=activities)


def measure(lines: int) -> list:
    """Every figure of this benchmark; refuses to report where the pool does not tie."""
    from benchmarks.figures import Figure, seconds
    from kam import access, value, workbench
    from kam.ledgers import rollup

    who = access.Person("bench", "Bench", "champion")
    found = []
    with tempfile.TemporaryDirectory() as folder, workbench.make(Path(folder) / "b.duckdb", person=who) as store:
        cursor = store.cursor()
        with cursor as raw:
            raw.execute("set threads = 2")
            for statement in FILL.split(";\n"):
                if statement.strip():
                    raw.execute(statement, {"lines": lines} if "$lines" in statement else {})

        def roll(tx) -> None:
            rollup.bring_up_to_date(tx, full=True)

        store.write(roll, who=who, action="bench", subject=("bench", "bench"))
        with store.cursor() as raw:

            def floor() -> None:
                raw.execute(
                    "create or replace temp table summed as "
                    "select account_id, sum(net_revenue) as revenue from ledgers.order_lines group by account_id"
                )

            def ours() -> None:
                raw.execute(
                    "create or replace temp table served as select * from value.cost_to_serve($as_of)", {"as_of": AS_OF}
                )

            peer = seconds(floor, times=3)
            for named, terms in TERMS.items():
                value.adopt_cost_model(store, cost_model(terms), reason="bench", who=who)
                took = seconds(ours, times=3)
                (served,) = raw.execute("select sum(cost_amount) from served").fetchall()[0]
                tied = value.reconciliation(store, AS_OF, for_whom=who)
                assert served == tied.allocated_amount
                assert tied.allocated_amount + tied.unused_amount + tied.unallocated_amount == tied.ledger_amount
                found.append(Figure(f"{lines:,} lines, {named}", took, "sum of revenue by account", peer, "3"))
    return found


if __name__ == "__main__":
    from benchmarks.figures import show

    show(measure(int(sys.argv[1]) if len(sys.argv) > 1 else LINES))
