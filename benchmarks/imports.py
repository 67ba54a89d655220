"""Importing order lines beside DuckDB's own load of the same file, in one run.

Floor: `create table as` of the file with declared types, into a database file. The ledger's table is wider (amounts in
two currencies, kind, import), so the same load into its columns is shown beside it.
    import            read, checked (types, required, known account, duplicate key, totals), written, months rolled up
    roll-up           the months alone, counted again in full: what of the import they are
    import again      the unchanged file: known by its hash
LINES (default 2,000,000) sets the size, KINDS (default csv,parquet) the files. The largest memory of the process is
shown at the end; the ledger is drawn in a process of its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb

from benchmarks.figures import Figure, seconds, show
from kam import ledgers, workbench
from kam.access import Person

WHO = Person("ines-brandt", "Ines Brandt", "champion")
_SQL = Path(__file__).parent


def main() -> None:
    """Draw a ledger, load and import it as CSV and as Parquet."""
    if sys.argv[1:2] == ["draw"]:
        _draw(Path(sys.argv[2]), int(sys.argv[3]))
        return
    lines = int(os.environ.get("LINES", "2000000"))
    with tempfile.TemporaryDirectory(prefix="kam-imports-") as name:
        folder = Path(name)
        subprocess.run([sys.executable, __file__, "draw", name, str(lines)], check=True)
        for kind in os.environ.get("KINDS", "csv,parquet").split(","):
            show(_figures(folder, kind, lines))
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"largest memory of the process so far: {most:,} MB", flush=True)


def _step(name: str) -> str:
    return (_SQL / f"imports_{name}.sql").read_text(encoding="utf-8")


def _draw(folder: Path, lines: int) -> None:
    accounts = lines // 100
    with duckdb.connect() as made:
        made.execute(_step("draw"), {"lines": lines, "accounts": accounts})
        table = made.table("lines")
        table.write_csv(str(folder / "lines.csv"), header=True)
        table.write_parquet(str(folder / "lines.parquet"))
    names = "".join(f"A{n:06},Account {n}\n" for n in range(accounts + 1))
    (folder / "accounts.csv").write_text("account_id,name\n" + names, "utf-8")


def _figures(folder: Path, kind: str, lines: int) -> list[Figure]:
    path = folder / f"lines.{kind}"
    floors = {}
    with duckdb.connect(str(folder / f"floor-{kind}.duckdb")) as floor:
        floor.execute("set variable file = $path", {"path": str(path)})
        floor.execute(_step(f"read_{kind}"))
        for load in ("load", "load_wide"):
            floors[load] = seconds(lambda load=load: floor.execute(_step(load)).fetchall(), times=2)
    with workbench.make(folder / f"ours-{kind}.duckdb", person=WHO) as store:
        ledgers.import_files(store, "accounts", folder / "accounts.csv", who=WHO)
        done = []
        first = seconds(lambda: done.append(ledgers.import_files(store, "order_lines", path, who=WHO)), times=1)
        months = seconds(lambda: ledgers.refresh(store, full=True, who=WHO), times=1)
        again = seconds(lambda: done.append(ledgers.import_files(store, "order_lines", path, who=WHO)), times=1)
        undo = seconds(lambda: ledgers.undo_import(store, done[0].import_id, who=WHO), times=1)
    if (done[0].rows.inserted, done[1].rows.unchanged) != (lines, lines):
        raise SystemExit("the import did not take what it should")
    named = f"{kind}, {lines:,} lines"
    return [
        Figure(f"import of {named}", first, "DuckDB's typed load", floors["load"], "≤ 2"),
        Figure(f"import of {named}", first, "the same into the ledger's columns", floors["load_wide"]),
        Figure("of which the roll-up of its months", months, "the import", first),
        Figure(f"import again of the unchanged {named}", again, "DuckDB's typed load", floors["load"], "≤ 1"),
        Figure(f"undo of {named}", undo, "DuckDB's typed load", floors["load"], "in seconds"),
    ]


if __name__ == "__main__":
    main()
