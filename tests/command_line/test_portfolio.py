"""`tags`, `grades`, `segments`, `fields` and `follow-ups` on the command line."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.fresh import fresh_workbench
from tests.pages.ledgers import company

DAY = ("--as-of", "2025-12-31")


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("tags", "show") gives (exit status, JSON document) on a small company."""
    path = tmp_path / "company.duckdb"
    with fresh_workbench(path, person=champion) as store:
        company(store, champion)

    def running(*words, is_json=True):
        status = command_line.main(["--db", str(path), *words, *(["--json"] if is_json else [])])
        printed = capsys.readouterr().out
        return status, json.loads(printed) if is_json else printed

    return running


def test_tags_grades_and_segments_go_together(run):
    tag = ("--dimension", "Focus", "--tag", "Grow", *DAY)
    assert run("tags", "make", *tag)[1] == {"dimension": "Focus", "tag": "Grow"}
    assert run("tags", "put", "A", "B", *tag)[1] == {"changed": 2}
    assert run("tags", "take", "A", *tag)[1] == {"changed": 1}
    assert [row["account_id"] for row in run("tags", "show", *DAY)[1]["tags"]] == ["B"]
    given = ("--reason", "as agreed", "--deal-state", "customer", "--as-of", "2025-12-01")
    assert run("grades", "give", "A", "A", "B", *given)[1] == {"written": 2}
    assert {row["deal_state"] for row in run("grades", "show", *DAY)[1]["grades"]} == {"customer"}
    conditions = json.dumps([{"key": "tag", "is": "one_of", "value": ["Focus: Grow"]}])
    assert run("segments", "save", "Growth", conditions, *DAY)[1] == {"name": "Growth", "size": 1}
    assert [row["account_id"] for row in run("segments", "show", "growth", *DAY)[1]["accounts"]] == ["B"]
    assert "Growth" in run("segments", "show", *DAY, is_json=False)[1]
    due = run("follow-ups", *DAY)[1]["follow_ups"]
    assert [(row["account_id"], row["due_on"]) for row in due] == [("B", "2025-12-02")]
    proposed = run("grades", "propose", *DAY)[1]
    assert {p["account_id"]: p["after"] for p in proposed["proposals"]} == {"A": "E", "B": "E"}
    assert (proposed["before"], proposed["after"]) == (10, pytest.approx(2 * 5 / 250))
    assert run("segments", "withdraw", "Growth", *DAY)[0] == 0


def test_fields_are_defined_and_filled_from_a_file(run, tmp_path):
    assert run("fields", "define", "Trucks", "number", *DAY)[0] == 0
    file = tmp_path / "trucks.csv"
    file.write_text("account_id,field,value\nA,Trucks,4\n", encoding="utf-8")
    assert run("fields", "import", str(file), *DAY)[1] == {"changed": 1}
    file.write_text("account_id,field,value\nA,Trucks,four\n", encoding="utf-8")
    status, document = run("fields", "import", str(file), *DAY)
    assert (status, document["error"]["reason"], document["error"]["line"]) == (2, "bad_value", 2)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("grades", "give", "Q", "A", "--reason", "x"), "unknown"),
        (("tags", "put", "A", "--dimension", "Colour", "--tag", "Red"), "unknown_dimension"),
        (("segments", "save", "S", '[{"key": "colour", "is": "known"}]'), "unknown_key"),
        (("segments", "save", "S", "not json"), "bad_json"),
        (("segments", "save", "S", "{}"), "bad_json"),
        (("segments", "show", "S"), "unknown_segment"),
        (("fields", "define", "F", "colour"), "unknown"),
        (("fields", "import", "nowhere.csv"), "unreadable"),
    ],
)
def test_what_is_unknown_is_refused(run, words, reason):
    status, document = run(*words, *DAY)
    assert (status, document["error"]["reason"]) == (2, reason)
