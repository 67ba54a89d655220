"""`sponsors` on the command line: the fixed JSON, exit statuses, and the same rules as the page."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from kam.workbench import make
from tests.drawn import given
from tests.key_accounts import key_accounts


@pytest.fixture
def database(tmp_path, champion):
    """A closed workbench with two key accounts and one executive."""
    path = tmp_path / "sponsors.duckdb"
    with make(path, person=champion) as store:
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
