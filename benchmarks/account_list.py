"""How long the list of 100,000 accounts takes to sort and filter, beside the bare query and the rerun of an empty page.

The goal: at most 1.5 times the bare queries and the empty rerun together. `python benchmarks/account_list.py`
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ACCOUNTS, LINES = 100_000, 3
AS_OF = date(2025, 12, 31)


def fill(store: Any, who: Any) -> None:
    """Accounts with three order lines each, a tenth of them graded and tagged."""
    import numpy as np

    from kam import portfolio
    from kam.ledgers import rollup

    rng = np.random.default_rng(7)
    ids = np.array([f"C{number:06d}" for number in range(ACCOUNTS)], dtype=object)

    def change(tx: Any) -> None:
        count = ACCOUNTS * LINES
        regions = np.array(["North", "South", "East", "West"], dtype=object)
        owners = np.array(["Rosa Quint", "Ines Brandt", "Otto Third"], dtype=object)
        tx.insert_columns(
            "ledgers.accounts",
            {"account_id": ids, "name": "Account " + ids, "region": rng.choice(regions, ACCOUNTS), "owner": rng.choice(owners, ACCOUNTS)},
        )  # fmt: skip
        revenue = np.round(rng.gamma(1, 900, count), 2)
        tx.insert_columns(
            "ledgers.order_lines",
            {
                "order_id": np.array([f"O{number}" for number in range(count)], dtype=object),
                "line_no": np.ones(count, dtype=np.int64),
                "account_id": np.repeat(ids, LINES),
                "order_date": np.datetime64("2024-01-01", "us") + rng.integers(0, 730, count) * np.timedelta64(86_400_000_000, "us"),
                "quantity": np.ones(count),
                "currency": np.full(count, "EUR", dtype=object),
                "net_revenue": revenue,
                "original_net_revenue": revenue,
            },
        )  # fmt: skip
        rollup.bring_up_to_date(tx, full=True)

    store.write(change, who=who, action="fill", subject=("benchmark", "list"))
    some = [str(account) for account in ids[::10]]
    portfolio.make_tag(store, "Focus", "Grow", as_of=date(2025, 1, 1), who=who)
    portfolio.tag_accounts(store, some, "Focus", "Grow", as_of=date(2025, 1, 1), who=who)
    portfolio.grade_accounts(store, some, "D", reason="benchmark", as_of=date(2025, 12, 1), who=who)
    grow = [
        {"key": "tag", "is": "one_of", "value": ["Focus: Grow"]},
        {"key": "revenue_12m", "is": "at_least", "value": 500},
    ]
    portfolio.save_segment(store, "Grow", grow, as_of=AS_OF, who=who)


def measured(folder: Path) -> list[Any]:
    """Sorting, filtering and a saved segment as filter."""
    from benchmarks.app_pages import empty, opened
    from benchmarks.figures import Figure, seconds
    from kam import access, portfolio, workbench
    from kam.store import Condition

    who = access.person_named("Ines Brandt")
    os.environ["KAM_DB"] = str(folder / "list.duckdb")
    with workbench.make(folder / "list.duckdb", person=who) as store:
        fill(store, who)
        relation, given = "portfolio.account_list", {"as_of": AS_OF, "level": "account"}
        totals = ["revenue_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value"]

        def bare(order: str, where: list[Condition]) -> float:
            def query() -> None:
                store.ask_afresh()
                store.page(relation, given, where=where, order_by=[(order, True), ("account_id", False)], limit=25)
                store.sums(relation, given, totals, where=where)
                for column in ("grade", "health_state", "trend", "industry", "region", "owner", "activity_state"):
                    store.choices(relation, given, column, where=where)

            return seconds(query)

        def afresh(at: Any) -> float:
            """As a click that asks what nobody asked before: kept answers would make it a rerun of nothing."""

            def run() -> None:
                store.ask_afresh()
                at.run()

            return seconds(run)

        frame = seconds(empty(store).run)
        shown = opened(store, "accounts", as_of=AS_OF.isoformat())
        found = []
        for what, order, where in (
            ("sorted by revenue", "revenue_12m", []),
            ("sorted by next date", "next_date_on", []),
            ("filtered by region", "revenue_12m", [Condition("region", "=", "South")]),
        ):
            shown.session_state["accounts.account.sort"] = (order, True)
            if where:
                shown.selectbox(key="accounts.account.filter.region").set_value("South")
            shown.run()
            found.append(
                Figure(
                    f"100,000 accounts, {what}",
                    afresh(shown),
                    "bare queries + empty rerun",
                    bare(order, where) + frame,
                    "≤ 1.5",
                )
            )
        where = portfolio.conditions_of(store, portfolio.segment_named(store, "Grow").conditions, AS_OF)
        narrowed = opened(store, "accounts", as_of=AS_OF.isoformat(), accounts="segment:Grow")
        peer = bare("revenue_12m", where) + frame
        found.append(
            Figure("100,000 accounts, a saved segment", afresh(narrowed), "bare queries + empty rerun", peer, "≤ 1.5")
        )
    return found


if __name__ == "__main__":
    from benchmarks.figures import show

    with tempfile.TemporaryDirectory() as place:
        show(measured(Path(place)))
