"""How long it takes to judge a million accounts against eight criteria in one pass over their measures.

The relation is the program's own (kam/selection/verdicts.sql); only the measures beneath it are made up, so that the
figure is the judging and not the ledger. Beside it: the sum of the columns read (the floor), the same rules in pandas,
and account by account in Python. `python benchmarks/criteria_million.py`
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

ROOT = Path(__file__).resolve().parents[1]
GATES = {  # measure: (at_least, at_most)
    "revenue_12m": (50_000.0, None),
    "contribution_rate_12m": (0.05, None),
    "orders_12m": (6.0, None),
    "recency_days": (None, 365.0),
}
SCORES = {  # measure: (axis, weight, anchors)
    "contribution_12m": ("attractiveness", 0.6, ((0.0, 0.0), (20_000.0, 4.0), (200_000.0, 10.0))),
    "revenue_growth_12m": ("attractiveness", 0.4, ((-0.2, 0.0), (0.0, 4.0), (0.3, 10.0))),
    "active_months_12m": ("strength", 0.5, ((0.0, 0.0), (12.0, 10.0))),
    "product_count_12m": ("strength", 0.5, ((1.0, 0.0), (10.0, 6.0), (30.0, 10.0))),
}
CUT = 5.0
SEEN = ["verdict", "attractiveness_low", "attractiveness_high", "strength_low", "strength_high", "category"]


def arguments() -> dict[str, Any]:
    """The criteria as `selection.verdicts` takes them."""
    from kam.selection.measures import NUMBERED

    bounds = [GATES.get(measure, (None, None)) for measure in NUMBERED]
    return {
        "as_of": date(2025, 12, 31),
        "level": "account",
        "at_least": [low for low, _high in bounds],
        "at_most": [high for _low, high in bounds],
        "score_measure": [NUMBERED.index(measure) + 1 for measure in SCORES],
        "anchor_values": [[value for value, _points in anchors] for _axis, _weight, anchors in SCORES.values()],
        "anchor_points": [[points for _value, points in anchors] for _axis, _weight, anchors in SCORES.values()],
        "attractiveness_weight": [w if axis == "attractiveness" else None for axis, w, _anchors in SCORES.values()],
        "strength_weight": [w if axis == "strength" else None for axis, w, _anchors in SCORES.values()],
        "attractiveness_cut": CUT,
        "strength_cut": CUT,
        "near_miss_share": 0.1,
    }


def by_pandas(frame: Any) -> Any:
    """The same rules on a frame of the measures, column by column."""
    import numpy as np
    import pandas as pd

    fails, unknown = np.zeros(len(frame), dtype=bool), np.zeros(len(frame), dtype=bool)
    for measure, (low, high) in GATES.items():
        fails |= (frame[measure] < low if low is not None else frame[measure] > high).to_numpy()
        unknown |= frame[measure].isna().to_numpy()
    judged = pd.DataFrame({"verdict": np.select([fails, unknown], ["fail", "unknown"], "pass")})
    for axis in ("attractiveness", "strength"):
        low, high = np.zeros(len(frame)), np.zeros(len(frame))
        for measure, (own_axis, weight, anchors) in SCORES.items():
            if own_axis == axis:
                points = np.interp(frame[measure], *zip(*anchors, strict=True))
                low += weight * np.nan_to_num(points, nan=0.0)
                high += weight * np.nan_to_num(points, nan=10.0)
        judged[f"{axis}_low"], judged[f"{axis}_high"] = low.round(9), high.round(9)
    is_high = {axis: judged[f"{axis}_low"] >= CUT for axis in ("attractiveness", "strength")}
    is_low = {axis: judged[f"{axis}_high"] < CUT for axis in ("attractiveness", "strength")}
    judged["category"] = np.select(
        [
            is_high["attractiveness"] & is_high["strength"],
            is_high["attractiveness"] & is_low["strength"],
            is_low["attractiveness"] & is_high["strength"],
            is_low["attractiveness"] & is_low["strength"],
        ],
        ["strategic", "star", "status", "streamline"],
        "",
    )
    return judged


def by_account(rows: list[tuple]) -> list[tuple]:
    """The same rules one account at a time; rows of gate and score measures in order."""
    judged = []
    for row in rows:
        gated, scored = row[: len(GATES)], row[len(GATES) :]
        fails = unknown = False
        for value, (low, high) in zip(gated, GATES.values(), strict=True):
            if value is None:
                unknown = True
            elif (low is not None and value < low) or (high is not None and value > high):
                fails = True
        ranges = {"attractiveness": [0.0, 0.0], "strength": [0.0, 0.0]}
        for value, (axis, weight, anchors) in zip(scored, SCORES.values(), strict=True):
            points = None if value is None else _points(value, anchors)
            ranges[axis][0] += weight * (0 if points is None else points)
            ranges[axis][1] += weight * (10 if points is None else points)
        judged.append(("fail" if fails else "unknown" if unknown else "pass", ranges))
    return judged


def _points(value: float, anchors: tuple[tuple[float, float], ...]) -> float:
    if value <= anchors[0][0]:
        return anchors[0][1]
    for (x0, y0), (x1, y1) in pairwise(anchors):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return anchors[-1][1]


def measure() -> list:
    """Every figure of this benchmark; refuses to report where pandas and the relation disagree."""
    import duckdb
    import numpy as np

    from benchmarks.figures import Figure, seconds
    from kam import relations

    held = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    held.execute("set threads = 2")
    held.execute((ROOT / "benchmarks" / "criteria_million.sql").read_text(encoding="utf-8"))
    for name in (
        "failing_bit",
        "unknown_bit",
        "shortfall",
        "numbered_measure",
        "anchored_points",
        "weighted",
        "verdicts",
    ):
        held.execute(relations.catalogue()[f"selection.{name}"].text)
    given = arguments()
    types = dict(relations.catalogue()["selection.verdicts"].parameters)
    call = "selection.verdicts(" + ", ".join(f"${name}::{types[name]}" for name in given) + ")"
    read = [*GATES, *SCORES]

    def relation() -> None:
        held.execute(f"create or replace temp table judged as select account_id, {', '.join(SEEN)} from {call}", given)

    def floor() -> None:
        held.execute(f"select {', '.join(f'sum({name})' for name in read)} from programme.measured").fetchall()

    columns = ", ".join(f"{name}::double as {name}" for name in read)
    measures = held.execute(f"select {columns} from programme.measured order by account_id").df()
    rows = held.execute(f"select {columns} from programme.measured order by account_id limit 50000").fetchall()

    def with_pandas() -> None:
        by_pandas(held.execute(f"select account_id, {columns} from programme.measured").df())

    relation()
    ours = held.execute(f"select {', '.join(SEEN)} from judged order by account_id").df()
    theirs = by_pandas(measures)
    assert len(ours) == 1_000_000
    assert (ours["verdict"].to_numpy() == theirs["verdict"].to_numpy()).all()
    assert (ours["category"].fillna("").to_numpy() == theirs["category"].to_numpy()).all()
    for column in SEEN[1:5]:
        assert np.abs(ours[column].to_numpy() - theirs[column].to_numpy()).max() < 1e-8
    assert [verdict for verdict, _ranges in by_account(rows)] == ours["verdict"].head(len(rows)).tolist()

    judged = seconds(relation, times=3)
    path = "1,000,000 accounts × 8 criteria, one pass"
    return [
        Figure(path, judged, "sum of the columns read", seconds(floor), "5"),
        Figure(path, judged, "pandas, reading the frame included", seconds(with_pandas, times=3), "below 1"),
        Figure(path, judged, "pandas, frame already in memory", seconds(lambda: by_pandas(measures), times=3)),
        Figure(path, judged, "plain Python, 50,000 × 20", 20 * seconds(lambda: by_account(rows), times=2)),
    ]


if __name__ == "__main__":
    from benchmarks.figures import show

    show(measure())
