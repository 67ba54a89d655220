"""A PPTX pack of one account of the demonstration, gathered and written; and all packs with the memory they take."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, seconds, show
from kam import access, packs, reviews, workbench

DAY = date(2026, 10, 31)


def plain_deck() -> None:
    """The peer: python-pptx alone writes a deck of as many slides, each with a chart of ten bars."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    deck = Presentation()
    for _slide in range(24):
        data = CategoryChartData()
        data.categories = [str(at) for at in range(10)]
        data.add_series("values", list(range(10)))
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Inches(1), Inches(1), Inches(8), Inches(5), data)
    deck.save(io.BytesIO())


def made(path: Path) -> None:
    """The demonstration, in a process of its own: what making it takes is no part of what packs take."""
    code = "import sys; from datetime import date; from kam import demonstration as d; d.make(sys.argv[1], until=date.fromisoformat(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", code, str(path), DAY.isoformat()], check=True)


def megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        made(path)
        with workbench.open_workbench(path) as store:
            ids = store.read("programme.roster", {"as_of": DAY}, order_by=[("account_id", False)]).column("account_id")
            following = iter(ids[1:])

            def one(account_id: str) -> None:
                packs.pack_file(packs.account_pack(store, account_id, DAY, for_whom=access.WORKBENCH), "pptx")

            # What all accounts share is computed once for a state of the data, and kept: forecasts tried on past years, the
            # whale curve, what serving costs. Whoever asks first pays it.
            first = seconds(lambda: one(ids[0]), times=1)
            peer = seconds(plain_deck, times=3)
            other = seconds(lambda: one(next(following)), times=3)
            agenda = seconds(lambda: reviews.agenda(store, ids[1], DAY, for_whom=access.WORKBENCH), times=3)
            name, goal = "24 plain chart slides", "2 s"
            show(
                [
                    Figure("the first PPTX pack in a process, 120,000 order lines", first, name, peer, goal),
                    Figure("a PPTX pack of another account", other, name, peer, goal),
                    Figure("the agenda of a review", agenda, name, peer, "1 s"),
                ]
            )
            before, began = megabytes(), time.process_time()
            held = [megabytes() for _file in packs.all_packs(store, DAY, for_whom=access.WORKBENCH)]
            print(
                f"{len(held)} files of the programme, one at a time: {time.process_time() - began:.1f} s; memory {before:.0f} MB "
                f"before, {held[len(held) // 2]:.0f} MB half way, {held[-1]:.0f} MB at the end"
            )
