"""`criteria`, `select` and `roster` on the command line, in the shapes of the data contract."""

from __future__ import annotations

import csv
import json

import pytest

from kam import command_line
from tests.drawn import given
from tests.fresh import fresh_workbench
from tests.selection.conftest import AS_OF, HEAD, gate, score

TEXT = (
    HEAD
    + gate(at_least=1000)
    + gate("margin_rate_12m", "share", at_least=0.2)
    + score("margin_rate_12m", "attractiveness", 1, "[[0, 0], [0.5, 10]]", "share")
)


@pytest.fixture
def folder(tmp_path, champion):
    """A workbench with three accounts (P passes, F fails narrowly, U is unknown) and a criteria file beside it."""
    with fresh_workbench(tmp_path / "w.duckdb", person=champion) as store:
        given(store, champion, "accounts", "account_id | name\nP | Pass Co\nF | Fail Co\nU | =Unknown Co")
        given(
            store,
            champion,
            "order_lines",
            f"""
            order_id | account_id | order_date | net_revenue | cogs
            1        | P          | {AS_OF}    | 1000        | 600
            2        | F          | {AS_OF}    | 999.99      | 600
            3        | U          | {AS_OF}    | 5000        |
            """,
        )
    (tmp_path / "charter.toml").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """run("select") gives (exit status, JSON document)."""

    def running(*words):
        status = command_line.main(["--db", str(folder / "w.duckdb"), *map(str, words), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_the_whole_way_from_criteria_to_a_roster(run, folder):
    file = folder / "charter.toml"
    status, checked = run("criteria", "check", file)
    assert (status, checked["ok"], checked["changes"]["enters"]) == (0, True, 1)
    assert run("criteria", "show")[1]["error"]["reason"] == "no_criteria"

    status, adopted = run("criteria", "adopt", file)
    assert (status, adopted["criteria_set_id"], adopted["from"]) == (0, 1, "2025-01-01")
    status, shown = run("criteria", "show")
    assert (status, shown["criteria"], shown["document"], shown["reason"]) == (
        0,
        "Charter 2025",
        TEXT,
        "Steering committee",
    )

    status, selected = run("select", "--as-of", AS_OF)
    assert status == 0
    assert (selected["as_of"], selected["criteria"]) == (AS_OF.isoformat(), "Charter 2025")
    assert selected["counts"] == {"pass": 1, "unknown": 1, "fail": 1}
    found = {account["account_id"]: account for account in selected["accounts"]}
    assert {account_id: account["verdict"] for account_id, account in found.items()} == {
        "P": "pass",
        "F": "fail",
        "U": "unknown",
    }
    revenue, rate = found["F"]["gates"]
    assert (revenue["measure"], revenue["value"], revenue["threshold"], revenue["verdict"]) == (
        "revenue_12m",
        "999.99",
        "1000.00",
        "fail",
    )
    assert (rate["value"], rate["threshold"]) == (pytest.approx(399.99 / 999.99), 0.2)
    assert found["U"]["gates"][1]["value"] is None
    assert (found["P"]["attractiveness"], found["P"]["strength"], found["P"]["category"]) == (8.0, None, None)
    assert (found["F"]["is_near_miss"], found["U"]["attractiveness"]) == (True, None)

    status, admitted = run("roster", "admit", "P", "--reason", "fits the charter")
    assert (status, admitted["decided_on"]) == (0, AS_OF.isoformat())
    status, roster = run("roster", "show")
    assert [(a["account_id"], a["verdict_decided"], a["verdict_now"]) for a in roster["accounts"]] == [
        ("P", "pass", "pass")
    ]
    assert run("roster", "release", "P", "--reason", "plant closed")[0] == 0
    assert run("roster", "show")[1]["accounts"] == []


def test_a_draft_judges_without_being_adopted(run, folder):
    status, selected = run("select", "--criteria", folder / "charter.toml")
    assert (status, selected["criteria_set_id"], len(selected["accounts"])) == (0, None, 3)
    assert run("select")[1]["error"]["reason"] == "no_criteria"


def test_what_is_refused_ends_with_two_and_a_reason_and_admits_nobody(run, folder):
    run("criteria", "adopt", folder / "charter.toml")
    for words, reason in (
        (["roster", "admit", "F", "--reason", "golf"], "verdict_fail"),
        (["roster", "admit", "U", "--reason", "golf"], "verdict_unknown"),
        (["roster", "admit", "nobody", "--reason", "golf"], "unknown_account"),
        (["roster", "admit", "P", "--reason", "  "], "missing"),
        (["roster", "admit", "P"], "usage"),
        (["roster", "admit", "P", "--reason", "x", "--as-of", "1999-01-01"], "before_ledger"),
        (["roster", "release", "P", "--reason", "x"], "not_member"),
        (["select", "--as-of", "1999-01-01"], "before_ledger"),
        (["select", "--criteria", "absent.toml"], "unreadable"),
        (["criteria", "show", "--set", "9"], "not_found"),
    ):
        status, document = run(*words)
        assert (words, status, document["error"]["reason"]) == (words, 2, reason)
    assert run("roster", "show")[1]["accounts"] == []


@pytest.mark.parametrize("action", ["check", "adopt"])
def test_a_criteria_file_with_a_fault_is_refused_with_its_line(run, folder, action):
    file = folder / "bad.toml"
    file.write_text(TEXT.replace("margin_rate_12m", "golf_partner", 1), encoding="utf-8")
    status, document = run("criteria", action, file)
    error = document["error"]
    assert (status, error["reason"], error["column"]) == (2, "forbidden_ground", "measure")
    assert file.read_text(encoding="utf-8").splitlines()[error["line"] - 1] == 'measure = "golf_partner"'
    assert run("criteria", "show")[0] == 2


def test_the_csv_has_a_row_per_account_and_text_stays_text(run, folder):
    run("criteria", "adopt", folder / "charter.toml")
    assert run("select", "--csv", folder / "out.csv")[0] == 0
    rows = {row["account_id"]: row for row in csv.DictReader((folder / "out.csv").open(encoding="utf-8"))}
    assert rows["F"]["revenue_12m at_least value"] == "999.99"
    assert rows["F"]["revenue_12m at_least verdict"] == "fail"
    assert (rows["U"]["name"], rows["U"]["margin_rate_12m at_least value"]) == ("'=Unknown Co", "")


def test_sentences_for_people(folder, capsys):
    base = ["--db", str(folder / "w.duckdb")]
    command_line.main([*base, "criteria", "adopt", str(folder / "charter.toml")])
    command_line.main([*base, "select"])
    said = capsys.readouterr().out
    assert "1 account passes, 1 is unknown, 1 fails by Charter 2025 on 31 Dec 2025." in said
    assert "Near misses:" in said
    assert command_line.main([*base, "roster", "admit", "F", "--reason", "golf"]) == 2
    assert "Revenue, 12 months: 999.99" in capsys.readouterr().err
