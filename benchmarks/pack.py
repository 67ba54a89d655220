"""A PPTX pack of one account of the demonstration, gathered and written; and all packs with the memory they take."""

from __future__ import annotations

import io
import resource
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, seconds, show
from kam import access, demonstration, packs, workbench

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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        demonstration.make(path, until=DAY)
        with workbench.open_workbench(path) as store:
            account_id = store.read("programme.roster", {"as_of": DAY}, order_by=[("account_id", False)]).rows[0][0]

            def one() -> None:
                packs.pack_file(packs.account_pack(store, account_id, DAY, for_whom=access.WORKBENCH), "pptx")

            one()  # the forecasts are checked on past years once for all accounts, and kept
            peer = seconds(plain_deck, times=3)
            show(
                [
                    Figure(
                        "a PPTX pack, 120,000 order lines", seconds(one, times=3), "24 plain chart slides", peer, "2 s"
                    )
                ]
            )
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            count = sum(1 for _file in packs.all_packs(store, DAY, for_whom=access.WORKBENCH))
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            print(
                f"{count} files of the programme, one at a time: {(after - before) / 1024:.0f} MB above the memory of one"
            )
