"""Importing order lines beside DuckDB's own load of the same file, in one run.

Floor: `create table as` of the file with declared types, into a database file.
    import            read, checked (types, required, known account, duplicate key, totals), written, months rolled up
    without months    the same less the roll-up of the account months, measured by counting them all again
    import again      the unchanged file: known by its hash
Files: csv and parquet have all columns of the data contract, few.csv and few.parquet the eight that every ledger has;
faulty.csv has a line without a day in 100,000, local.csv decimal commas, days with dots and bytes of CP1252 (both beside the
load of csv, as DuckDB itself loads neither). LINES (default 2,000,000) sets the size, FILES which of them.
The largest memory of the process is shown at the end; the ledger is drawn in a process of its own.
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
_FEW = {
    "order_id": "varchar",
    "line_no": "integer",
    "account_id": "varchar",
    "order_date": "date",
    "product_id": "varchar",
    "quantity": "decimal(18, 4)",
    "net_revenue": "decimal(18, 2)",
    "cogs": "decimal(18, 2)",
}
_LINES = {
    **{name: kind for name, kind in _FEW.items() if name != "cogs"},
    "list_revenue": "decimal(18, 2)",
    "cogs": "decimal(18, 2)",
    "currency": "varchar",
    "is_rush": "boolean",
}
# File -> the file that is loaded by hand, and its columns with their types.
_FILES = {
    "lines.csv": ("lines.csv", _LINES),
    "lines.parquet": ("lines.parquet", _LINES),
    "few.csv": ("few.csv", _FEW),
    "few.parquet": ("few.parquet", _FEW),
    "faulty.csv": ("lines.csv", _LINES),
    "local.csv": ("lines.csv", _LINES),
}


def main() -> None:
    """Draw a ledger, load and import its files."""
    if sys.argv[1:2] == ["draw"]:
        _draw(Path(sys.argv[2]), int(sys.argv[3]))
        return
    lines = int(os.environ.get("LINES", "2000000"))
    with tempfile.TemporaryDirectory(prefix="kam-imports-") as name:
        folder = Path(name)
        subprocess.run([sys.executable, __file__, "draw", name, str(lines)], check=True)
        for file in os.environ.get("FILES", ",".join(_FILES)).split(","):
            show(_figures(folder, file, lines))
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"largest memory of the process so far: {most:,} MB", flush=True)


def _step(name: str) -> str:
    return (_SQL / f"imports_{name}.sql").read_text(encoding="utf-8")


def _draw(folder: Path, lines: int) -> None:
    accounts = lines // 100
    with duckdb.connect() as made:
        for statement in duckdb.extract_statements(_step("draw")):
            made.execute(statement, {"lines": lines, "accounts": accounts} if "$lines" in statement.query else None)
        for name in ("lines", "few", "faulty"):
            made.sql(f"from {name}").write_csv(str(folder / f"{name}.csv"), header=True)
        made.sql("from local").write_csv(str(folder / "utf-8.csv"), header=True, sep=";")
        for name in ("lines", "few"):
            made.sql(f"from {name}").write_parquet(str(folder / f"{name}.parquet"))
    with (
        (folder / "utf-8.csv").open(encoding="utf-8") as read,
        (folder / "local.csv").open("w", encoding="cp1252") as written,
    ):
        written.writelines(read)
    names = "".join(f"A{n:06},Account {n}\n" for n in range(accounts + 1))
    (folder / "accounts.csv").write_text("account_id,name\n" + names, "utf-8")


def _figures(folder: Path, file: str, lines: int) -> list[Figure]:
    path, (by_hand, columns) = folder / file, _FILES[file]
    with duckdb.connect(str(folder / f"floor-{file}.duckdb")) as floor:
        floor.execute("set variable file = $path", {"path": str(folder / by_hand)})
        floor.execute("set variable columns = $columns", {"columns": columns})
        floor.execute(_step(f"read_{Path(by_hand).suffix[1:]}"))
        load = seconds(lambda: floor.execute(_step("load")).fetchall(), times=2)
    (folder / f"floor-{file}.duckdb").unlink()
    with workbench.make(folder / f"ours-{file}.duckdb", person=WHO) as store:
        ledgers.import_files(store, "accounts", folder / "accounts.csv", who=WHO)
        done = []
        first = seconds(lambda: done.append(ledgers.import_files(store, "order_lines", path, who=WHO)), times=1)
        months = seconds(lambda: ledgers.refresh(store, full=True, who=WHO), times=1)
        again = seconds(lambda: done.append(ledgers.import_files(store, "order_lines", path, who=WHO)), times=1)
        undo = seconds(lambda: ledgers.undo_import(store, done[0].import_id, who=WHO), times=1)
    (folder / f"ours-{file}.duckdb").unlink()
    faults = lines // 100_000 if file == "faulty.csv" else 0
    if (done[0].rows.inserted, done[0].rows.rejected, done[1].rows.read) != (lines - faults, faults, lines):
        raise SystemExit("the import did not take what it should")
    named = f"{file}, {lines:,} lines"
    return [
        Figure(f"import of {named}", first, "DuckDB's typed load", load),
        Figure("without its months", first - months, "DuckDB's typed load", load, "≤ 2"),
        Figure(
            "import again of the unchanged file", again, "DuckDB's typed load", load, "≤ 1, where nothing is rejected"
        ),
        Figure("undo", undo, "DuckDB's typed load", load, "in seconds"),
    ]


if __name__ == "__main__":
    main()
