"""The whole job as the user guide's script does it, on real ledgers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What each ledger's own description states: (lines read, net revenue of them, what stays in the ledger).
STATED = {
    "classicmodels": ("2,996 rows read", "USD 9604190.61 read: 9604190.61 new"),
    "online-retail": ("541,909 rows read", "GBP 9747747.93 read: 8300065.81 new"),
}


@pytest.mark.real_ledger
@pytest.mark.parametrize("ledger", STATED)
def test_the_guides_script_runs_from_the_ledger_to_the_benchmark(ledger, shared_ledgers, tmp_path):
    if shutil.which("bash") is None:
        pytest.skip("no bash on this machine: the script of the user guide needs one")
    done = subprocess.run(
        ["bash", "docs/whole-job.sh", ledger, str(shared_ledgers), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    for stated in STATED[ledger]:
        assert stated in done.stdout
    assert "6 key accounts on" in done.stdout
    assert "6 of 6 key accounts have an executive sponsor" in done.stdout
    assert done.stdout.count("The database is sound.") == 2

    verdicts = json.loads((tmp_path / f"{ledger}-verdicts.json").read_text(encoding="utf-8"))
    admitted = (tmp_path / f"{ledger}-admit.txt").read_text().split()
    passing = {account["account_id"] for account in verdicts["accounts"] if account["verdict"] == "pass"}
    assert len(admitted) == 6 and set(admitted) <= passing
    assert {account["verdict"] for account in verdicts["accounts"]} <= {"pass", "fail", "unknown"}
