"""The user guide's script: the whole job on two real ledgers, by commands alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kam import workbench
from kam.store import Condition, Rows

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "docs" / "whole-job.sh"


def done(ledger: str, ledgers: Path, database: Path) -> str:
    """Run the script as a user would; its output."""
    if shutil.which("bash") is None:
        pytest.skip("the script of the user guide needs bash")
    run = subprocess.run(
        ["bash", str(SCRIPT), ledger, str(ledgers), str(database)],
        env=os.environ | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    assert "Traceback" not in run.stdout + run.stderr
    assert run.stdout.count("The database is sound.") == 2, "the database, and the one restored from its backup"
    return run.stdout


def rows(store, relation: str, day: date) -> Rows:
    return store.read(relation, {"as_of": day})


@pytest.mark.real_ledger
def test_the_whole_job_runs_on_classicmodels(shared_ledgers, tmp_path):
    database = tmp_path / "classicmodels.duckdb"
    said = done("classicmodels", shared_ledgers, database)
    assert "USD 9604190.61 read" in said
    day = date(2005, 5, 31)
    with workbench.open_workbench(database) as store:
        members = rows(store, "programme.roster", day).column("account_id")
        assert set(members) == {"124", "141", "119", "398", "382", "323"}
        sponsors = rows(store, "sponsorship.roster_sponsors", day)
        assert set(sponsors.column("account_id")) == set(members)
        assert None not in sponsors.column("executive_id")
        values = store.read(
            "value.account_measures", {"as_of": day}, where=[Condition("account_id", "one_of", members)]
        )
        assert all(value > 0 for value in values.column("lifetime_value"))
        assert store.one("benchmarking.rounds", where=[Condition("year", "=", 2005)])["state"] == "closed"
        assert store.one("reviews.reviews")["state"] == "held"


@pytest.mark.real_ledger
def test_the_whole_job_runs_on_online_retail_with_every_margin_marked_as_estimated(shared_ledgers, tmp_path):
    database = tmp_path / "online.duckdb"
    said = done("online_retail", shared_ledgers, database)
    assert "9747747.93" in said
    day = date(2011, 12, 9)
    with workbench.open_workbench(database) as store:
        measures = store.read(
            "value.account_measures", {"as_of": day}, where=[Condition("margin_12m", "!=", Decimal(0))]
        )
        known = [row for row in measures if row["margin_12m"] is not None]
        assert known and all(row["is_margin_estimated"] for row in known)
        total = sum(store.read("ledgers.account_month").column("net_revenue"))
        assert total == Decimal("8300065.81")
        assert len(rows(store, "programme.roster", day)) == 6
