"""`review` on the command line."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.fresh import fresh_workbench
from tests.key_accounts import key_accounts


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("show") gives (exit status, JSON document) on a workbench with key account A."""
    path = tmp_path / "programme-of-one.duckdb"
    with fresh_workbench(path, person=champion) as store:
        key_accounts(store, champion, "A")

    def running(*words):
        status = command_line.main(["--db", str(path), "review", *words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_a_review_goes_from_planned_to_held_with_what_was_seen(run):
    status, planned = run("plan", "A", "--on", "2025-03-01", "--participants", "Ada")
    assert (status, planned["review_id"]) == (0, 1)

    status, held = run(
        *("hold", "--account", "A", "--on", "2025-03-02", "--notes", "fine", "--rating", "on_track"),
        *("--agree", "Send prices", "Bo Lund", "2025-04-01"),
    )
    assert status == 0
    assert (held["state"], held["held_on"], held["participants"]) == ("held", "2025-03-02", "Ada")
    assert held["seen"]["measures"]["orders_12m"] == 0
    assert held["actions"][0]["owner"] == "Bo Lund"

    status, shown = run("show", "--as-of", "2025-03-02")
    assert [(a["account_id"], a["review_state"]) for a in shown["accounts"]] == [("A", "current")]
    assert shown["open_actions"][0]["action"] == "Send prices"
    assert run("show", "1")[1] == held


def test_holding_what_is_not_planned_is_refused(run):
    status, document = run("hold", "--account", "A", "--on", "2025-03-02")
    assert (status, document["error"]["reason"]) == (2, "not_planned")
    status, document = run("hold", "--on", "2025-03-02")
    assert (status, document["error"]["reason"]) == (2, "usage")
    assert run("hold", "7", "--on", "2025-03-02")[0] == 2


def test_a_bad_due_date_is_refused_and_the_review_stays_planned(run):
    run("plan", "A", "--on", "2025-03-01")
    status, document = run("hold", "1", "--on", "2025-03-02", "--agree", "x", "Bo", "soon")

    assert (status, document["error"]["reason"]) == (2, "bad_date")
    assert run("show", "1")[1]["state"] == "planned"


def test_planned_reviews_are_saved_for_calendars(run, tmp_path):
    run("plan", "A", "--on", "2025-03-01", "--participants", "Ada")
    run("plan", "A", "--on", "2025-06-01")
    file = tmp_path / "reviews.ics"
    status, document = run("calendar", "-o", str(file), "--as-of", "2025-02-01")
    assert (status, document["reviews"]) == (0, 2)
    assert file.read_bytes().count(b"BEGIN:VEVENT\r\n") == 2
    assert run("calendar", "--round", "-o", str(file), "--as-of", "2025-02-01")[1]["reviews"] == 1
    assert run("calendar", "2", "-o", str(file), "--as-of", "2025-02-01")[1]["reviews"] == 1
    assert b"UID:review-2@kam-workbench\r\n" in file.read_bytes()


def test_a_calendar_that_cannot_be_is_refused_in_a_sentence(run, tmp_path):
    on = ("--as-of", "2025-02-01")
    assert run("calendar", "7", "-o", str(tmp_path / "x.ics"), *on)[1]["error"]["reason"] == "unknown_review"
    assert run("calendar", "1", "--round", "-o", str(tmp_path / "x.ics"), *on)[1]["error"]["reason"] == "usage"
    run("plan", "A", "--on", "2025-03-01")
    assert run("calendar", "-o", str(tmp_path / "none" / "x.ics"), *on)[1]["error"]["reason"] == "unwritable"
