"""`plays` and `knowledge` on the command line."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

from kam import command_line, knowledge, plays, portfolio
from kam.workbench import open_workbench
from tests.fresh import fresh_workbench
from tests.pages.ledgers import company

DAY = ("--as-of", "2025-12-31")


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("plays", "list") gives (exit status, JSON document) on a small company with a play and an entry."""
    path, on = tmp_path / "company.duckdb", date(2025, 12, 31)
    with fresh_workbench(path, person=champion) as store:
        company(store, champion)
        steel = [{"key": "industry", "is": "one_of", "value": ["Steel"]}]
        portfolio.save_segment(store, "Steel", steel, as_of=on, who=champion)
        play = plays.Play("Offer", "offer", "m", "call", 14, audience="buyers", audience_months=12, unless=("Steel",))
        plays.make_play(store, play, reason="r", as_of=on, who=champion)
        entry = knowledge.Entry("lesson", "L", "x", "a", "o", "s", on, marks=(("industry", "Steel"),))
        knowledge.write_entry(store, entry, as_of=on, who=champion)

    def running(*words, is_json=True):
        status = command_line.main(["--db", str(path), *words, *(["--json"] if is_json else [])])
        printed = capsys.readouterr().out
        return status, json.loads(printed) if is_json else printed

    running.path = path
    return running


def test_a_play_is_looked_at_run_marked_and_listed(run, tmp_path):
    status, seen = run("plays", "run", "offer", "--only-look", *DAY)
    assert (status, seen["list"]) == (0, None)
    assert {row["account_id"]: row["is_listed"] for row in seen["accounts"]} == {"A": False, "B": True, "C": False}
    file = tmp_path / "list.csv"
    assert run("plays", "run", "Offer", "--csv", str(file), *DAY)[1]["list"] == 1
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["account_id"] for row in rows] == ["B", "A", "C"]
    assert rows[1]["reasons"] == "is in the segment Steel: Industry is one of Steel"
    assert "left out" in run("plays", "run", "Offer", "--only-look", *DAY, is_json=False)[1]
    assert run("plays", "mark", "1", "won", "B", "--note", "ordered", *DAY)[1] == {"written": 1}
    (listed,) = run("plays", "list", *DAY)[1]["lists"]
    assert (listed["targeted_count"], listed["listed_count"], listed["won_count"]) == (3, 1, 1)
    assert "list 1 of 31 Dec 2025: 1 of 3, 0 waiting" in run("plays", "list", *DAY, is_json=False)[1]
    with open_workbench(run.path) as store:
        assert len(store.read("plays.runs")) == 1


def test_what_is_refused_is_said_in_a_sentence(run):
    assert run("plays", "run", "Nothing", *DAY)[1]["error"]["reason"] == "unknown_play"
    assert run("plays", "mark", "9", "done", "A", *DAY)[1]["error"]["reason"] == "unknown_run"


def test_what_was_learned_is_listed_and_fits(run):
    assert [row["title"] for row in run("knowledge", "list", *DAY)[1]["entries"]] == ["L"]
    assert run("knowledge", "list", "--kind", "case", *DAY)[1]["entries"] == []
    assert run("knowledge", "fits", "A", *DAY)[1]["fitting"][0]["matched"] == ["industry: Steel"]
    assert "L: industry: Steel" in run("knowledge", "fits", "A", *DAY, is_json=False)[1]
    assert "Nothing fits." in run("knowledge", "fits", "B", *DAY, is_json=False)[1]
