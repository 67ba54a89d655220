"""Whatever is typed: an exit status, and a sentence or one JSON document; never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kam import access, workbench
from kam.command_line import main, report, save_csv
from kam.command_line.options import acting_person
from kam.errors import BadInput


@pytest.fixture
def command(tmp_path, capsys, monkeypatch):
    """command(*words) -> (status, standard output, standard error) on a database of its own."""
    monkeypatch.setenv("KAM_DB", str(tmp_path / "k.duckdb"))

    def run(*words):
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return status, printed.out, printed.err

    return run


REFUSED = {
    "no command": [],
    "an unknown command": ["frobnicate"],
    "an unknown option": ["verify", "--frobnicate"],
    "no database": ["verify"],
    "a word for a number": ["demo", "--accounts", "many"],
    "a currency that is none": ["init", "--currency", "euros"],
    "a thirteenth month": ["init", "--fiscal-year-start", "13"],
    "a date that is none": ["facts", "--as-of", "31.12.2026"],
    "a demonstration too small": ["demo", "--order-lines", "10"],
    "a backup that is none": ["restore", "nowhere"],
    "an unknown table": ["import", "frobs", "x.csv"],
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_one_sentence_on_standard_error_and_status_2(command, tmp_path, case):
    status, out, err = command(*REFUSED[case])
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and err.strip()[-1] in ".`" and len(err.split()) > 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("case", REFUSED)
def test_with_json_a_refusal_is_one_document_and_nothing_else(command, case):
    status, out, err = command(*REFUSED[case], "--json")
    assert (status, err) == (2, "")
    error = json.loads(out)["error"]
    assert set(error) == {"reason", "message", "line", "column"}
    assert error["reason"] and error["message"]


def test_an_as_of_date_on_an_empty_ledger_is_refused(command):
    command("init")
    for words in (["facts"], ["facts", "--as-of", "2026-01-31"], ["value"], ["select"]):
        status, _out, err = command(*words)
        assert status == 2 and "import" in err


def test_options_stand_before_or_after_the_command(command, tmp_path):
    command("--db", tmp_path / "a.duckdb", "init")
    command("init", "--db", tmp_path / "b.duckdb", "--json")
    assert {file.name for file in tmp_path.glob("*.duckdb")} == {"a.duckdb", "b.duckdb"}


def test_a_mistake_of_ours_is_an_apology_with_a_reference_that_the_log_holds(command, tmp_path, monkeypatch):
    from kam.command_line import operations

    command("init")
    monkeypatch.setattr(operations, "say_ready", lambda *_: 1 / 0)
    status, out, err = command("ready")
    assert status == 3 and out == "" and "ZeroDivisionError" not in err
    log = (tmp_path / "workbench.log").read_text(encoding="utf-8")
    reference = err.split("reference ")[1].split(")")[0]
    assert reference in log and "ZeroDivisionError" in log
    status, out, _err = command("ready", "--json")
    assert status == 3 and json.loads(out)["error"]["reason"] == "internal"


def test_the_person_is_the_one_named_else_the_one_chosen_else_the_machines_user(tmp_path, monkeypatch):
    from types import SimpleNamespace

    monkeypatch.setenv("LOGNAME", "kestrel")
    nobody, somebody = SimpleNamespace(acting_as=None), SimpleNamespace(acting_as="Otto  Berg")
    with workbench.make(tmp_path / "k.duckdb") as store:
        assert acting_person(nobody, store).name == "kestrel"
        assert acting_person(somebody, store).name == "Otto Berg"
        access.choose(store, access.Person("ines-brandt", "Ines Brandt", "committee"))
        assert acting_person(nobody, store).name == "Ines Brandt"
        assert acting_person(SimpleNamespace(acting_as="ines brandt"), store).role == "committee"


def test_text_that_a_terminal_would_act_on_is_shown_as_text(capsys):
    from types import SimpleNamespace

    hostile = "\x1b[2JAlpha\u202e\x9bB"
    report(SimpleNamespace(json=False), {}, [hostile])
    assert not set("\x1b\u202e\x9b") & set(capsys.readouterr().out)
    report(SimpleNamespace(json=True), {"name": hostile}, [])
    printed = capsys.readouterr().out
    assert not set("\x1b\u202e\x9b") & set(printed)
    assert json.loads(printed)["name"] == hostile


def test_a_name_that_looks_like_a_formula_is_text_in_a_csv_file(tmp_path):
    from decimal import Decimal

    file = tmp_path / "out.csv"
    save_csv(file, ["name", "amount", "is_key"], [("=cmd()", Decimal("-5.00"), True), ("A,B", None, False)])
    assert file.read_text(encoding="utf-8") == 'name,amount,is_key\n\'=cmd(),-5.00,true\n"A,B",,false\n'


def test_a_csv_file_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(BadInput):
        save_csv(tmp_path / "no" / "folder.csv", ["a"], [])


def test_a_reader_that_goes_away_gets_no_complaint(tmp_path):
    script = f"{sys.executable} -m kam --db {tmp_path / 'k.duckdb'} --help | head -n 1"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == "" and done.stdout.startswith("usage")


def test_a_database_in_use_is_said_with_its_process(command, tmp_path):
    import os

    command("init")
    with workbench.open_workbench(tmp_path / "k.duckdb"):
        done = subprocess.run(
            [sys.executable, "-m", "kam", "--db", str(tmp_path / "k.duckdb"), "verify"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2 and done.stdout == "" and str(os.getpid()) in done.stderr
