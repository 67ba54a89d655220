"""Importing order lines beside DuckDB's own load of the same file, in one run.

Floor: `create table as` of the file with declared types, into a database file. The ledger's table is wider (amounts in
two currencies, kind, import), so the same load into its columns is shown beside it.
    import            read, checked (types, required, known account, duplicate key, totals), written, months rolled up
    import again      the unchanged file: known by its hash
LINES (default 2,000,000) sets the size.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb

from benchmarks.figures import Figure, seconds, show
from kam import ledgers, workbench
from kam.access import Person

WHO = Person("ines-brandt", "Ines Brandt", "champion")
TYPES = (
    "{'order_id': 'varchar', 'line_no': 'integer', 'account_id': 'varchar', 'order_date': 'date', "
    "'product_id': 'varchar', 'quantity': 'decimal(18, 4)', 'net_revenue': 'decimal(18, 2)', 'cogs': 'decimal(18, 2)'}"
)
DRAWN = """
    select 'O' || (i // 4) as order_id, cast(i % 4 + 1 as integer) as line_no,
        'A' || lpad(cast(cast(((hash(i // 4) % 1000000) / 1000000.0) ** 2 * {accounts} as integer) as varchar), 6, '0') as account_id,
        cast(date '2023-01-01' + cast(((i // 4) * 1095) // ({lines} // 4 + 1) as integer) as date) as order_date,
        'P' || (hash(i + 7) % 500) as product_id, cast(hash(i + 3) % 40 + 1 as decimal(18, 4)) as quantity,
        cast((hash(i + 5) % 1000000) / 100.0 as decimal(18, 2)) as net_revenue,
        cast((hash(i + 6) % 500000) / 100.0 as decimal(18, 2)) as cogs
    from range({lines}) as t(i)
"""
WIDER = (
    "*, 'EUR' as currency, net_revenue as original_net_revenue, cogs as original_cogs, null::decimal(18, 2) as list_revenue, "
    "null::decimal(18, 2) as original_list_revenue, null::boolean as is_rush, null::varchar as named_account_id, "
    "null::varchar as line_kind, null::boolean as is_revenue, 1::bigint as import_id"
)


def main() -> None:
    """Draw a ledger, load and import it as CSV and as Parquet."""
    lines = int(os.environ.get("LINES", "2000000"))
    with tempfile.TemporaryDirectory(prefix="kam-imports-") as name:
        folder = Path(name)
        _draw(folder, lines)
        for kind, goals in (("csv", ("≤ 2", "≤ 1")), ("parquet", ("≤ 2", "≤ 1"))):
            show(_figures(folder, kind, lines, goals))


def _draw(folder: Path, lines: int) -> None:
    accounts = lines // 100
    with duckdb.connect() as made:
        made.execute(f"create table lines as {DRAWN.format(lines=lines, accounts=accounts)}")
        made.execute(f"copy lines to '{folder / 'lines.csv'}' (header)")
        made.execute(f"copy lines to '{folder / 'lines.parquet'}'")
    names = "".join(f"A{n:06},Account {n}\n" for n in range(accounts + 1))
    (folder / "accounts.csv").write_text("account_id,name\n" + names, "utf-8")


def _figures(folder: Path, kind: str, lines: int, goals: tuple[str, str]) -> list[Figure]:
    path = folder / f"lines.{kind}"
    source = f"read_csv('{path}', header=true, auto_detect=false, columns={TYPES})" if kind == "csv" else f"'{path}'"
    floors = {}
    with duckdb.connect(str(folder / f"floor-{kind}.duckdb")) as floor:
        for what, columns in (("its columns", "*"), ("the ledger's columns", WIDER)):
            load = f"create or replace table held as select {columns} from {source}"
            floors[what] = seconds(lambda load=load: floor.execute(load).fetchall(), times=2)
    with workbench.make(folder / f"ours-{kind}.duckdb", person=WHO) as store:
        ledgers.import_files(store, "accounts", folder / "accounts.csv", who=WHO)
        done = []
        first = seconds(lambda: done.append(ledgers.import_files(store, "order_lines", path, who=WHO)), times=1)
        again = seconds(lambda: done.append(ledgers.import_files(store, "order_lines", path, who=WHO)), times=1)
        undo = seconds(lambda: ledgers.undo_import(store, done[0].import_id, who=WHO), times=1)
    if (done[0].rows.inserted, done[1].rows.unchanged) != (lines, lines):
        raise SystemExit("the import did not take what it should")
    named = f"{kind}, {lines:,} lines"
    return [
        Figure(f"import of {named}", first, "DuckDB's typed load", floors["its columns"], goals[0]),
        Figure(f"import of {named}", first, "the same into the ledger's columns", floors["the ledger's columns"]),
        Figure(f"import again of the unchanged {named}", again, "DuckDB's typed load", floors["its columns"], goals[1]),
        Figure(f"undo of {named}", undo, "DuckDB's typed load", floors["its columns"], "in seconds"),
    ]


if __name__ == "__main__":
    main()
