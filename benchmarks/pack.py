"""A PPTX pack of one account of the demonstration, gathered and written: the first of a process, which computes what all
accounts share, and further ones; the agenda of a review; and all packs with the memory they take."""

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


def one(store, account_id: str) -> None:
    """The pack of an account, as a presentation."""
    packs.pack_file(packs.account_pack(store, account_id, DAY, for_whom=access.WORKBENCH), "pptx")


def key_accounts(store) -> list[str]:
    """The key accounts on the day."""
    return store.read("programme.roster", {"as_of": DAY}, order_by=[("account_id", False)]).column("account_id")


def first(path: str) -> None:
    """Print (processor, clock) seconds of the first pack in this process, after opening."""
    with workbench.open_workbench(path) as store:
        account_id = key_accounts(store)[0]
        began, clock = time.process_time(), time.perf_counter()
        one(store, account_id)
        print(time.process_time() - began, time.perf_counter() - clock)


def in_new_processes(path: Path, *, times: int) -> list[tuple[float, float]]:
    """(processor, clock) seconds of the first pack of so many processes, each its own."""
    found = []
    for _run in range(times):
        said = subprocess.run([sys.executable, __file__, str(path)], check=True, capture_output=True, text=True).stdout
        processor, clock = map(float, said.split())
        found.append((processor, clock))
    return found


def megabytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured() -> None:
    """Everything, on a demonstration made for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.duckdb"
        made(path)
        # What all accounts share (measures, forecasts tried on past years, the whale curve, what serving costs) is computed
        # once for a state of the data, and kept: whoever asks first pays it.
        firsts = in_new_processes(path, times=5)
        with workbench.open_workbench(path) as store:
            ids = key_accounts(store)
            one(store, ids[0])
            following = iter(ids[1:])
            peer = seconds(plain_deck, times=3)
            other = seconds(lambda: one(store, next(following)), times=3)

            def prepared() -> None:
                store.ask_afresh()
                reviews.agenda(store, ids[1], DAY, for_whom=access.WORKBENCH)

            agenda = seconds(prepared, times=3)
            name, goal = "24 plain chart slides", "under 2 s"
            show(
                [
                    Figure("the first PPTX pack of a process, 120,000 order lines", min(firsts)[0], name, peer, goal),
                    Figure("a PPTX pack of another account", other, name, peer, goal),
                    Figure("the agenda of a review", agenda, name, peer, "1 s"),
                ]
            )
            print(
                "first packs, processor and clock: " + ", ".join(f"{cpu:.2f} s ({wall:.2f} s)" for cpu, wall in firsts)
            )
            before, began = megabytes(), time.process_time()
            held = [megabytes() for _file in packs.all_packs(store, DAY, for_whom=access.WORKBENCH)]
            print(
                f"{len(held)} files of the programme, one at a time: {time.process_time() - began:.1f} s; memory {before:.0f} MB "
                f"before, {held[len(held) // 2]:.0f} MB half way, {held[-1]:.0f} MB at the end"
            )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        first(sys.argv[1])
    else:
        measured()
