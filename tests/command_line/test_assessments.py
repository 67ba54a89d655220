"""`assessments` on the command line: the same records and refusals as the page."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.fresh import fresh_workbench
from tests.pages.candidates_ledger import three_accounts
from tests.selection.conftest import AS_OF


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("list", "P") gives (exit status, JSON document) on three accounts."""
    path = tmp_path / "assessments.duckdb"
    with fresh_workbench(path, person=champion) as store:
        three_accounts(store, champion)

    def running(*words):
        status = command_line.main(["--db", str(path), "assessments", *words, "--as-of", AS_OF.isoformat(), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_what_is_recorded_is_listed_with_its_evidence(run):
    assert run("record", "P", "strategic_fit", "7.5", "--evidence", "Strategy day") == (0, {"assessment_id": 1})
    status, document = run("list", "P")
    assert status == 0
    fit = next(one for one in document["assessments"] if one["measure"] == "strategic_fit")
    assert (fit["state"], fit["value"], fit["evidence"]) == ("known", 7.5, "Strategy day")
    assert {one["state"] for one in document["assessments"] if one is not fit} == {"missing"}


def test_success_factors_come_from_a_file_and_a_plan_stands_beside_them(run, tmp_path):
    file = tmp_path / "factors.csv"
    file.write_text("factor,customer_weight,own_score,competitor_score\nDelivery,2,8,6\nPrice,1,5,\n", encoding="utf-8")
    said = ("--competitor", "Rival", "--said-by", "Their buyer", "--evidence", "Scorecard")
    status, document = run("factors", "P", str(file), *said)
    assert (status, document["strength"]["points"]) == (0, None), "a weighted score is missing"
    file.write_text(file.read_text(encoding="utf-8").replace("5,\n", "5,5\n"), encoding="utf-8")
    assert run("factors", "P", str(file), *said)[1]["strength"]["points"] == pytest.approx(5 + 4 / 3 / 2)
    assert run("plan", "P", "7", "6", "--due", "2027-01-31", "--reason", "Service point")[0] == 0
    document = run("list", "P")[1]
    assert document["planned_position"]["strength"] == 6
    assert document["success_factors"]["competitor"] == "Rival"


def test_gaps_name_what_is_missing(run):
    status, document = run("gaps")
    assert status == 0
    assert {row["account_id"]: len(row["missing"]) for row in document["accounts"]} == {"P": 9, "F": 9}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("record", "P", "strategic_fit", "11", "--evidence", "x"), "out_of_range"),
        (("record", "P", "strategic_fit", "good", "--evidence", "x"), "bad_number"),
        (("record", "P", "relative_strength", "5", "--evidence", "x"), "unknown_measure"),
        (("record", "Z", "strategic_fit", "5", "--evidence", "x"), "unknown_account"),
        (("list", "Z"), "unknown_account"),
        (("plan", "P", "7", "6", "--due", "2020-01-01", "--reason", "x"), "due_before"),
        (("factors", "P", "none.csv", "--competitor", "R", "--said-by", "B", "--evidence", "x"), "unreadable"),
    ],
)
def test_what_is_refused_says_why_and_ends_with_two(run, words, reason):
    status, document = run(*words)
    assert (status, document["error"]["reason"]) == (2, reason)
