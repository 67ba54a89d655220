"""init, backup, restore, verify and docs on the command line."""

from __future__ import annotations

import json

import pytest

from kam.command_line import main


@pytest.fixture
def command(tmp_path, capsys):
    """command(*words) -> (status, JSON document) on tmp_path/k.duckdb."""

    def run(*words, db="k.duckdb"):
        status = main(["--db", str(tmp_path / db), *map(str, words), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return run


def test_a_new_workbench_has_its_currency_and_is_sound(command):
    assert command("init", "--currency", "USD")[0] == 0
    status, document = command("ready")
    assert (status, document["currency"]) == (0, "USD")
    status, document = command("verify")
    assert (status, document["ok"]) == (0, True)
    assert {"tables", "audit", "references", "imports", "roster", "sponsors"} <= {
        c["check"] for c in document["checks"]
    }


def test_a_second_init_changes_nothing(command, tmp_path):
    command("init", "--currency", "USD")
    status, document = command("init", "--currency", "EUR")
    assert (status, document["error"]["reason"]) == (2, "exists")
    assert command("ready")[1]["currency"] == "USD"


def test_a_backup_comes_back_as_it_was(command, tmp_path):
    command("init")
    (tmp_path / "a.csv").write_text("account_id,name\n000123,Alpha\n")
    command("import", "accounts", tmp_path / "a.csv")
    status, backup = command("backup", tmp_path / "safe")
    assert status == 0 and backup["rows"]["ledgers.accounts"] == 1
    status, restored = command("restore", tmp_path / "safe", db="again.duckdb")
    assert (status, restored["audit"]) == (0, backup["audit"])
    assert command("verify", "--backup", tmp_path / "safe", db="again.duckdb")[0] == 0
    assert command("restore", tmp_path / "safe", db="again.duckdb")[0] == 2


def test_verify_ends_with_1_where_a_check_fails(command, tmp_path):
    import duckdb

    command("init")
    with duckdb.connect(str(tmp_path / "k.duckdb")) as behind:
        behind.execute("update store.audit_events set action = 'x' where event_id = 1")
    status, document = command("verify")
    assert (status, document["ok"]) == (1, False)
    assert [check["check"] for check in document["checks"] if not check["ok"]] == ["audit"]


def test_docs_writes_what_the_tree_holds(command, tmp_path, monkeypatch):
    from kam.command_line import documentation

    monkeypatch.setattr(documentation, "FOLDER", tmp_path / "docs")
    status, document = command("docs")
    assert (status, document["written"]) == (0, ["docs/relations.md", "docs/parameters.md"])
    assert (tmp_path / "docs" / "relations.md").read_text(encoding="utf-8") == documentation.documents()["relations.md"]
