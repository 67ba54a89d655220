"""`cycles`, `exceptions` and `membership` on the command line: the same rules and records as on the pages."""

from __future__ import annotations

import csv
import json

import pytest

from kam import command_line, programme, workbench
from tests.fresh import fresh_workbench
from tests.selection.cycle_ledger import FIRST, adopt_charter, scored


@pytest.fixture
def database(tmp_path, champion):
    """A closed workbench: A and B reach the entry line, E fails a gate."""
    path = tmp_path / "cycles.duckdb"
    with fresh_workbench(path, person=champion) as store:
        scored(store, champion, {"A": 9, "B": 7}, on=FIRST)
        scored(store, champion, {"E": 9}, on=FIRST, revenue=999)
        adopt_charter(store, champion)
    return path


@pytest.fixture
def run(database, capsys):
    """run("cycles", "list") gives (exit status, JSON document)."""

    def running(*words):
        status = command_line.main(["--db", str(database), *words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_a_cycle_from_open_to_in_force(run, database, tmp_path):
    assert run("cycles", "list") == (0, {"cycles": []})
    status, opened = run("cycles", "open", "--name", "Selection 2024")
    assert (status, opened["cycle_id"], opened["state"]) == (0, 1, "open")
    status, assessed = run("cycles", "assess")
    assert [(a["account_id"], a["proposal"]) for a in assessed["accounts"]] == [("A", "enter"), ("B", "enter")]
    words = ("--present", "Ada, Bo", "--otherwise", "B", "wait", "no team yet")
    status, decided = run("cycles", "decide", *words)
    assert [(a["account_id"], a["decision"]) for a in decided["accounts"]] == [("A", "enter"), ("B", "wait")]
    status, enacted = run("cycles", "put-in-force")
    assert (status, enacted["state"], enacted["in_force_on"]) == (0, "in_force", FIRST.isoformat())
    out = tmp_path / "cycle.csv"
    status, shown = run("cycles", "show", "--csv", str(out))
    assert shown["frozen"]["criteria"]["name"] == "Charter"
    assert [row["has_changed"] for row in shown["accounts"]] == [False, False]
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert [(row["account_id"], row["decision"]) for row in rows] == [("A", "enter"), ("B", "wait"), ("E", "")]
    with workbench.open_workbench(database) as store:
        assert programme.size(store, FIRST) == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("cycles", "assess"), "no_cycle"),
        (("cycles", "show"), "no_cycle"),
        (("cycles", "show", "7"), "unknown_cycle"),
        (("cycles", "abandon", "--reason", "x"), "no_cycle"),
        (("membership", "nominate", "Z", "--reason", "x"), "unknown_account"),
        (("membership", "close", "A", "--reason", "x"), "not_exiting"),
        (("membership", "suspend", "A", "--reason", "x"), "not_member"),
        (("membership", "plan", "A", "--plan", "x", "--step", "x", "y", "2025-01-01"), "not_member"),
    ],
)
def test_what_makes_no_sense_is_refused_with_status_2(run, words, reason):
    status, document = run(*words)
    assert (status, document["error"]["reason"]) == (2, reason)


def test_an_exception_is_refused_kept_and_listed(run):
    words = ("--ground", "friendship", "--evidence", "golf", "--asked-by", "Henrik Ahlgren")
    status, request = run("exceptions", "request", "E", *words)
    assert (status, request["outcome"], request["is_refused"]) == (1, "refused_ground", True)
    status, regular = run(
        "exceptions", "request", "A", "--ground", "other_evidence", "--evidence", "x", "--asked-by", "Bo"
    )
    assert (status, regular["outcome"]) == (0, "regular_way")
    status, listed = run("exceptions", "list")
    assert [r["account_id"] for r in listed["requests"]] == ["A", "E"]
    assert listed["years"][0]["refused_count"] == 1


def test_a_place_is_followed_from_put_forward_to_closed(run):
    status, document = run("membership", "nominate", "A", "--reason", "growing")
    assert (status, document["accounts"][0]["state"]) == (0, "nominated")
    run("roster", "admit", "A", "--reason", "fits")
    run("membership", "withdraw", "A", "--reason", "price only")
    run("membership", "plan", "A", "--plan", "area team", "--step", "hand over", "Bo", "2025-01-31")
    status, document = run("membership", "approve", "A", "--by", "Ada", "--reason", "agreed")
    assert (document["accounts"][0]["approved_by"], document["accounts"][0]["open_step_count"]) == ("Ada", 1)
    status, document = run("membership", "close", "A", "--reason", "done")
    assert (status, document["error"]["reason"]) == (2, "open_steps")
    status, document = run("membership", "show")
    assert [row["state"] for row in document["accounts"]] == ["exiting"]
