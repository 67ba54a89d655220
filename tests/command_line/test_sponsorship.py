"""`sponsors` on the command line: the fixed JSON, exit statuses, and the same rules as the page."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.drawn import given
from tests.fresh import fresh_workbench
from tests.key_accounts import key_accounts


@pytest.fixture
def database(tmp_path, champion):
    """A closed workbench with two key accounts and one executive."""
    path = tmp_path / "sponsors.duckdb"
    with fresh_workbench(path, person=champion) as store:
        key_accounts(store, champion, "A", "B")
        given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")
    return path


@pytest.fixture
def run(database, capsys):
    """run("check") gives (exit status, JSON document)."""

    def running(*words):
        status = command_line.main(["--db", str(database), "sponsors", *words, "--as-of", "2025-03-01", "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_a_vacant_sponsor_fails_the_check(run):
    status, document = run("check")

    assert status == 1
    assert document["assignments"] == []
    assert document["problems"] == [
        {
            "account_id": "A",
            "executive_id": None,
            "rule": "vacant",
            "message": "A Ltd has no executive sponsor, for 59 days now.",
        },
        {
            "account_id": "B",
            "executive_id": None,
            "rule": "vacant",
            "message": "B Ltd has no executive sponsor, for 59 days now.",
        },
    ]


def test_a_proposal_changes_nothing_until_it_is_accepted(run):
    status, document = run("propose")
    assert status == 0
    assert [(a["account_id"], a["executive_id"], a["fit"]) for a in document["assignments"]] == [
        ("A", "E1", None),
        ("B", "E1", None),
    ]
    assert run("check")[0] == 1

    assert run("propose", "--accept", "--reason", "committee of 1 March")[0] == 0
    status, document = run("check")
    assert (status, [a["executive_id"] for a in document["assignments"]]) == (0, ["E1", "E1"])


def test_assigning_twice_is_refused_in_one_sentence(run):
    assert run("assign", "A", "E1", "--reason", "knows them")[0] == 0
    status, document = run("assign", "A", "E1", "--reason", "knows them")

    assert status == 2
    assert document["error"]["reason"] == "has_sponsor"


def test_relieving_leaves_the_history(run):
    run("assign", "A", "E1", "--reason", "knows them")
    assert run("relieve", "A", "--reason", "new role")[0] == 0
    status, document = run("show", "--account", "A")

    assert [d["decision"] for d in document["decisions"]] == ["relieved", "assigned"]
    assert status == 0


def test_text_says_coverage_and_names(database, capsys):
    assert command_line.main(["--db", str(database), "sponsors", "show", "--as-of", "2025-03-01"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("0 of 2 key accounts have an executive sponsor on 1 Mar 2025.")
    assert "A Ltd" in said and "unassigned" in said


def test_a_veto_is_kept_to_and_can_be_withdrawn(run):
    told = ("--account", "A", "--declared-by", "Ada Nagel", "--reason", "sits on its board")
    status, document = run("veto", "E1", "conflict_of_interest", *told)
    assert (status, document["veto_id"]) == (0, 1)

    status, document = run("assign", "A", "E1", "--reason", "x")
    assert (status, document["error"]["reason"]) == (2, "vetoed")
    assert run("propose")[1]["assignments"][0]["account_id"] == "B"
    assert run("withdraw", "1", "--reason", "left that board")[0] == 0
    assert run("assign", "A", "E1", "--reason", "x")[0] == 0


def test_locks_deputies_hours_and_leaving_are_recorded(run):
    run("assign", "A", "E1", "--reason", "x")

    assert run("lock", "A", "--reason", "a promise")[0] == 0
    assert run("lock", "A", "--reason", "again")[1]["error"]["reason"] == "no_change"
    assert run("unlock", "A", "--reason", "over")[0] == 0
    assert run("deputy", "A", "E1", "--reason", "x")[1]["error"]["reason"] == "is_the_sponsor"
    assert run("stand-down", "A", "--reason", "x")[1]["error"]["reason"] == "no_deputy"
    assert run("hours", "E1", "5", "--reason", "agreed")[0] == 0
    assert "over_hours" in [problem["rule"] for problem in run("check")[1]["problems"]]
    assert "still sponsors 1 account" in run("left", "E1", "--reason", "retires")[1]["said"]
    assert run("assign", "B", "E1", "--reason", "x")[1]["error"]["reason"] == "has_left"
    assert run("back", "E1", "--reason", "asked to")[0] == 0


def test_the_brief_the_calendar_and_the_overview_are_saved_as_files(run, tmp_path):
    run("assign", "A", "E1", "--reason", "x")

    assert run("brief", "A", str(tmp_path / "brief.html"))[0] == 0
    assert "A Ltd" in (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert run("calendar", str(tmp_path / "contacts.ics"))[1]["contact_count"] == 0
    assert run("overview", str(tmp_path / "o.pptx"))[0] == 0
    assert (tmp_path / "o.pptx").read_bytes()[:2] == b"PK"
    assert run("overview", str(tmp_path / "o.doc"))[1]["error"]["reason"] == "bad_suffix"
    assert run("overview", str(tmp_path / "nowhere" / "o.xlsx"))[1]["error"]["reason"] == "unwritable_file"
    assert run("brief", "Z", str(tmp_path / "z.html"))[1]["error"]["reason"] == "not_key_account"
    assert [row["kind"] for row in run("contacts")[1]["cadence"] if row["account_id"] == "A"] == [
        "call",
        "plan_review",
        "visit",
    ]
