"""Every public ledger comes in by `python -m kam import`, with the totals that its source states."""

from __future__ import annotations

import json

import pytest

from kam.command_line import main
from tests.fresh import fresh_workbench
from tests.ledgers.public_ledgers import LEDGERS, MAPPINGS

pytestmark = pytest.mark.real_ledger


@pytest.mark.parametrize("name", LEDGERS)
def test_a_public_ledger_comes_in_by_command(name, shared_ledgers, tmp_path, champion, capsys):
    currency, files = LEDGERS[name]
    database = tmp_path / "ledger.duckdb"
    fresh_workbench(database, currency=currency, person=champion).close()
    for each in files:
        said = ["import", each.table, shared_ledgers / each.file, "--mapping", MAPPINGS / f"{each.mapping}.toml"]
        said += ["--join", shared_ledgers / each.joins] if each.joins else []
        said += ["--create-accounts"] if each.makes else []
        assert main(["--db", str(database), *map(str, said), "--json"]) == 0
        document = json.loads(capsys.readouterr().out)
        rows = document["rows"]
        assert (rows["read"], rows["inserted"], rows["left_out"]) == (each.read, each.inserted, each.left_out)
        assert document["accounts_created"] == each.makes
        totals = document["control_totals"]
        assert {code: split["inserted"] for code, split in totals.items()} == (
            {currency: each.total} if each.total else {}
        )
