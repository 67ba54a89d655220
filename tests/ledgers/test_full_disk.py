"""A disk that fills up during an import: one sentence, an intact database, and the import can be repeated."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kam import ledgers, verification, workbench
from kam.errors import StoreUnavailable
from kam.store import full_disk_told
from tests.fresh import fresh_workbench
from tests.ledgers.files import TODAY

ROWS = 60_000
# More than the free blocks that the database holds from its making.
MANY_ROWS = 240_000
# A process that may not write more than so many bytes into any file meets what a full disk shows it.
LIMITED = (
    "import resource, sys\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))\n"
    "from kam.command_line import main\n"
    "sys.exit(main(sys.argv[2:]))\n"
)
ROOT = Path(__file__).resolve().parents[2]


def lines(path: Path, encoding: str, count: int) -> Path:
    """A file of order lines that do not compress well; in UTF-16 it has to be decoded into a temporary file first."""
    rows = "".join(f"{hash_of(n)},A{n % 50},2025-01-05,1,{hash_of(n) % 10**7}.25\n" for n in range(count))
    path.write_text("order_id,account_id,order_date,quantity,net_revenue\n" + rows, encoding)
    return path


def hash_of(n: int) -> int:
    return n * 0x9E3779B97F4A7C15 % 2**61


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes there")
@pytest.mark.parametrize("where", ["the temporary file", "the database"])
def test_a_full_disk_gives_a_sentence_and_an_intact_database(where, tmp_path, champion):
    database = tmp_path / "full.duckdb"
    with fresh_workbench(database, person=champion) as store:
        accounts = tmp_path / "accounts.csv"
        accounts.write_text("account_id,name\n" + "".join(f"A{n},Account {n}\n" for n in range(50)), "utf-8")
        ledgers.import_files(store, "accounts", accounts, who=champion)
    is_beside = where == "the temporary file"
    count = ROWS if is_beside else MANY_ROWS
    ledger = lines(tmp_path / "lines.csv", "utf-16" if is_beside else "utf-8", count)
    room = 1_000_000 if is_beside else database.stat().st_size
    command = ["--db", str(database), "import", "order_lines", str(ledger), "--json"]
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(room), *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 2, run.stdout + run.stderr
    error = json.loads(run.stdout)["error"]
    assert (error["reason"], error["message"]) == (
        "unwritable",
        "The disk is full: nothing was saved. Free some space and do it again.",
    )
    assert "Traceback" not in run.stderr
    with workbench.open_workbench(database) as store:
        assert [check.message for check in verification.verify(store) if not check.is_ok] == []
        assert store.read("ledgers.order_lines", limit=1).rows == []
        again = ledgers.import_files(store, "order_lines", ledger, who=champion, today=TODAY)
        assert again.rows.inserted == count


def test_only_a_full_disk_is_told_as_one():
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        with pytest.raises(StoreUnavailable), full_disk_told():
            raise OSError(number, "cannot write")
    with pytest.raises(PermissionError), full_disk_told():
        raise PermissionError(errno.EACCES, "not yours")
