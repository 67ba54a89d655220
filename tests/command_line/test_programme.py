"""`change`, `practices` and `priorities` on the command line: the same refusals as the pages, and before there is a ledger."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kam import command_line, parameters
from kam.workbench import open_workbench
from tests.benchmarking.test_priorities import PERIOD, eight, plans
from tests.fresh import fresh_workbench
from tests.key_accounts import key_accounts

DAY = "2025-06-30"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "one.duckdb"


@pytest.fixture
def run(path, champion, capsys):
    """run("change", "steps") gives (exit status, JSON document) on an empty workbench."""
    fresh_workbench(path, person=champion).close()

    def running(*words, as_of=DAY):
        status = command_line.main(["--db", str(path), *map(str, words), "--as-of", as_of, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_steps_are_judged_and_functions_stated(run):
    judge = ("change", "judge", "support", "begun", "--evidence", "Minutes", "--evidence-on")
    assert run(*judge, "2025-07-01")[1]["error"]["reason"] == "future_date"
    assert run(*judge, "2025-06-01")[0] == 0
    steps = {s["step"]: s for s in run("change", "steps")[1]["steps"]}
    assert (steps["support"]["state"], steps["support"]["basis"]) == ("begun", "judgement")

    state = ("change", "state", "operations", "--asked", "Delivery windows", "--promised", "Two a week")
    assert run(*state)[1]["error"]["message"] == "Say who promised it: a promise has a name."
    assert run(*state, "--promised-by", "Ole", "--hours-needed", "120")[0] == 0
    rows = {row["function_id"]: row for row in run("change", "functions")[1]["functions"]}
    assert (rows["operations"]["promised"], rows["operations"]["hours_needed"]) == ("Two a week", 120)


def test_the_roadmap_is_planned_and_ended_in_its_order(run):
    plan = ("change", "plan", "--step", "managers", "--owner", "Ole")
    first = run(*plan, "Assess all managers", "--due", "2025-09-01")[1]["milestone_id"]
    assert (
        run(*plan, "Train them", "--due", "2025-08-01", "--needs", first)[1]["error"]["reason"] == "due_before_needed"
    )
    second = run(*plan, "Train them", "--due", "2026-01-01", "--needs", first)[1]["milestone_id"]
    end = ("--outcome", "All of them")
    assert run("change", "end", second, "done", *end)[1]["error"]["reason"] == "needs_open"
    assert run("change", "end", first, "done", *end)[0] == 0
    assert run("change", "end", 99, "done", *end)[1]["error"]["message"].startswith("There is no milestone 99")
    states = {m["milestone"]: m["milestone_state"] for m in run("change", "roadmap")[1]["milestones"]}
    assert states == {"Assess all managers": "done", "Train them": "open"}


def test_the_case_is_shown_by_year_and_names_what_is_missing(run, path, champion, capsys):
    assert run("change", "case")[1]["years"] == []
    with open_workbench(path) as store:
        key_accounts(store, champion, "A", category="star")
        parameters.adopt(
            store, "selection.manager_hour_cost", 50, valid_from=date(2024, 1, 1), source="Finance", who=champion
        )
    (year,) = run("change", "case", "--years", 3)[1]["years"]
    assert (year["managers"]["likely"], year["net"]) == (20_000, None)
    assert any("executive sponsor" in said for said in year["missing"])

    assert command_line.main(["--db", str(path), "change", "case", "--as-of", DAY]) == 0
    said = capsys.readouterr().out
    assert "16,000\N{NO-BREAK SPACE}EUR … 20,000\N{NO-BREAK SPACE}EUR … 24,000\N{NO-BREAK SPACE}EUR" in said
    assert "not known: full cost of an hour of an executive sponsor" in said


def test_a_practice_is_recorded_decided_and_followed(run):
    words = ("--source", "North", "--context", "Few accounts", "--evidence", "Paper", "--users", "Service")
    record = ("practices", "record", "A named planner", "--kind", "inside", *words, "--seen-on")
    assert run(*record, "2025-07-01")[1]["error"]["reason"] == "future_date"
    number = run(*record, "2025-06-01")[1]["practice_id"]
    follow = ("practices", "follow", number, "worked", "--finding", "Fewer calls")
    assert run(*follow)[1]["error"]["reason"] == "not_decided"
    decide = ("practices", "decide", number, "try", "--reason", "Worth it", "--owner", "Ole", "--due", "2025-12-01")
    assert run(*decide)[1]["error"]["message"].startswith("Say when the committee looks again")
    assert run(*decide, "--again-on", "2026-01-01")[0] == 0
    assert run(*follow)[0] == 0
    (row,) = run("practices", "show")[1]["practices"]
    assert (row["practice"], row["verdict"]) == ("A named planner", "try")


def test_priorities_are_shown_placed_and_acted_on(run, path, champion):
    assert run("priorities", "show")[1]["respondents"] == 0
    with open_workbench(path) as store:
        eight(store, champion)
        plans.open_plan(store, "A", PERIOD, as_of=date(2025, 6, 30), who=champion)
    found = run("priorities", "show")[1]
    assert {a["attribute"]: a["quadrant"] for a in found["picture"]["attributes"]}["Delivery"] == "concentrate"
    assert run("priorities", "lines", "midpoint", "--reason", " ")[1]["error"]["reason"] == "missing"
    assert run("priorities", "lines", "midpoint", "--reason", "Everything matters")[0] == 0

    act = ("--owner", "Ole", "--due", "2025-12-31")
    assert run("priorities", "act", "Quality", "Keep on", *act)[1]["error"]["reason"] == "no_concern"
    assert run("priorities", "act", "Delivery", "Second warehouse", *act)[1]["milestone_id"] == 1
    assert "action_id" in run("priorities", "act", "Delivery", "Buffer", "--account", "A", *act)[1]
    (action,) = run("priorities", "show", "A")[1]["actions"]
    assert (action["action"], action["seen"]["crosshair"]) == ("Buffer", "midpoint")
