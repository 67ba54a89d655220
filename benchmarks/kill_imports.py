"""Imports killed at any moment: the database is as before or as after, and the import can simply be repeated.

`make kill-imports` (KILLS=100, SEED=1): each round starts an import in a process of its own, kills it (SIGKILL) after a
random part of the time that an import takes, opens the database again, and checks:
    the rows of the ledger are those of the finished imports, to the row and to the cent, and no others;
    every check of `verify` passes (audit chain, references, control totals, account months);
    the same file, imported again, ends as an import that nobody disturbed.
Status 1 where one of these does not hold.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kam import ledgers, verification, workbench
from kam.access import Person
from kam.store import Store, open_store

WHO = Person("ines-brandt", "Ines Brandt", "champion")
LINES = 20_000
HEADER = "order_id,line_no,account_id,order_date,quantity,net_revenue\n"
_CHILD = "child"


def main() -> int:
    """Kill, reopen, check; the number of kills in each phase is reported."""
    if sys.argv[1:2] == [_CHILD]:
        _import(Path(sys.argv[2]), Path(sys.argv[3]))
        return 0
    kills, seed = int(os.environ.get("KILLS", "100")), int(os.environ.get("SEED", "1"))
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="kam-kills-") as name:
        folder = Path(name)
        database = folder / "kills.duckdb"
        with workbench.make(database, person=WHO) as store:
            accounts = folder / "accounts.csv"
            accounts.write_text("account_id,name\n" + "".join(f"A{n},Account {n}\n" for n in range(200)), "utf-8")
            ledgers.import_files(store, "accounts", accounts, who=WHO)
        whole = _undisturbed(folder)
        before = after = 0
        for kill in range(1, kills + 1):
            path, total = _file(folder, kill, draw)
            waited = draw.uniform(0.1, 1.1) * whole
            _killed_import(database, path, waited)
            with open_store(database) as store:
                held = _held(store, kill)
                fault = _fault(store, kill, held, total)
                if fault:
                    print(f"kill {kill} after {waited:.2f} s (seed {seed}): {fault}")
                    return 1
                before, after = before + (held[0] == 0), after + (held[0] > 0)
                again = ledgers.import_files(store, "order_lines", path, who=WHO)
                if again.rows.inserted + again.rows.unchanged != LINES or _held(store, kill) != (LINES, total):
                    print(f"kill {kill} after {waited:.2f} s (seed {seed}): the repeated import differs")
                    return 1
                # The next round begins small again.
                ledgers.undo_import(store, again.import_id, who=WHO)
                for record in ledgers.imports(store):
                    if record["table_name"] == "order_lines" and record["undone_at"] is None:
                        ledgers.undo_import(store, record["import_id"], who=WHO)
            path.unlink()
            if kill % 10 == 0:
                print(f"{kill} kills: {before} left it as before, {after} as after", flush=True)
    print(f"{kills} kills, seed {seed}: {before} left the database as before, {after} as after; all checks passed")
    return 0


def _file(folder: Path, kill: int, draw: random.Random) -> tuple[Path, Decimal]:
    """A file of order lines with its total."""
    cents = [draw.randrange(-50_000, 500_000) for _line in range(LINES)]
    path = folder / f"lines-{kill}.csv"
    path.write_text(
        HEADER
        + "".join(
            f"K{kill}-{n // 4},{n % 4 + 1},A{n % 200},2025-{n % 12 + 1:02d}-{n % 28 + 1:02d},1,{Decimal(cent) / 100:.2f}\n"
            for n, cent in enumerate(cents)
        ),
        "utf-8",
    )
    return path, Decimal(sum(cents)) / 100


def _import(database: Path, path: Path) -> None:
    with open_store(database) as store:
        ledgers.import_files(store, "order_lines", path, who=WHO)


def _command(database: Path, path: Path) -> list[str]:
    return [sys.executable, str(Path(__file__).resolve()), _CHILD, str(database), str(path)]


def _undisturbed(folder: Path) -> float:
    """Seconds that an import takes, start of the process included."""
    with workbench.make(folder / "timing.duckdb", person=WHO) as store:
        ledgers.import_files(store, "accounts", folder / "accounts.csv", who=WHO)
    path, _total = _file(folder, 0, random.Random(0))
    began = time.monotonic()
    subprocess.run(_command(folder / "timing.duckdb", path), check=True)
    return time.monotonic() - began


def _killed_import(database: Path, path: Path, after: float) -> bool:
    """Whether the import was over before it could be killed."""
    running = subprocess.Popen(_command(database, path))
    try:
        running.wait(timeout=after)
        return True
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return False


def _held(store: Store, kill: int) -> tuple[int, Decimal]:
    """Lines of a round in the ledger, and their sum."""
    rows = store.read("ledgers.order_lines", columns=("order_id", "net_revenue")).rows
    own = [amount for order, amount in rows if order.startswith(f"K{kill}-")]
    if len(own) != len(rows):
        raise AssertionError("lines of another round are left")
    return len(own), sum(own, Decimal(0))


def _fault(store: Store, kill: int, held: tuple[int, Decimal], total: Decimal) -> str | None:
    """What is wrong after a kill; None where all is sound."""
    standing = [r for r in ledgers.imports(store) if r["table_name"] == "order_lines" and r["undone_at"] is None]
    if held not in ((0, Decimal(0)), (LINES, total)):
        return f"{held[0]} lines of {held[1]} are neither none nor all"
    if len(standing) != (held[0] > 0):
        return f"{len(standing)} imports stand for {held[0]} lines"
    unsound = [check.message for check in verification.verify(store) if not check.is_ok]
    return "; ".join(unsound) or None


if __name__ == "__main__":
    sys.exit(main())
