"""What a click costs: pages of the demonstration run again, beside an empty page's rerun in the same process.

The goal: at most 4 times an empty rerun where nothing changed beneath. Beside it the same page when every answer has to
be asked again, which is the most that a write by somebody else can cost. `python benchmarks/page_reruns.py`
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
UNTIL = date(2026, 10, 31)
PAGES = {
    "today": {},
    "accounts": {},
    "account": {"account": "C10001"},
    "account, plan": {"account": "C10001", "tab": "Plan"},
    "reviews": {},
    "roster": {},
    "value": {},
    "sponsorship": {},
    "follow_ups": {},
    "quality": {},
}


def measured(folder: Path) -> list[Any]:
    """Each page run again, and run again with every question asked anew."""
    from benchmarks.app_pages import empty, opened
    from benchmarks.figures import Figure, seconds
    from kam import demonstration, workbench

    path = folder / "reruns.duckdb"
    os.environ["KAM_DB"] = str(path)
    demonstration.make(path, until=UNTIL)
    found = []
    with workbench.open_workbench(path) as store:
        frame = seconds(empty(store).run)
        for name, query in PAGES.items():
            at = opened(store, name.split(",")[0], as_of=UNTIL.isoformat(), **query)

            def anew(at: Any = at) -> None:
                store.ask_afresh()
                at.run()

            found.append(Figure(f"{name}, run again", seconds(at.run), "empty rerun", frame, "≤ 4"))
            found.append(Figure(f"{name}, every question asked anew", seconds(anew, times=3), "empty rerun", frame))
    return found


if __name__ == "__main__":
    from benchmarks.figures import show

    with tempfile.TemporaryDirectory() as place:
        show(measured(Path(place)))
