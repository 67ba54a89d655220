"""`plan` and `service` on the command line."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.fresh import fresh_workbench
from tests.key_accounts import key_accounts

ON = ("--as-of", "2025-06-30")
PERIOD = ("--title", "Plan 2025", "--from", "2025-01-01", "--until", "2025-12-31")


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("plan", "show") gives (exit status, JSON document) on a workbench with key account A."""
    path = tmp_path / "programme-of-one.duckdb"
    with fresh_workbench(path, person=champion) as store:
        key_accounts(store, champion, "A")

    def running(*words):
        status = command_line.main(["--db", str(path), *words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_a_plan_goes_from_open_to_closed_and_on(run, tmp_path):
    assert run("plan", "open", "A", *PERIOD, *ON) == (0, {"plan_id": 1})
    fields = ("--set", "action=Visit", "--set", "owner=Bo", "--set", "due_on=2025-06-29", "--set", "is_shown=yes")
    assert run("plan", "record", "action", "A", *fields, *ON) == (0, {"action_id": 1})
    (shown,) = run("plan", "show", *ON)[1]["plans"]
    assert (shown["overdue_count"], shown["due_done_share"]) == (1, 0)
    status, saved = run("plan", "change", "action", "1", "--set", "state=done", "--set", "outcome=Seen", *ON)
    assert (status, saved["state"]) == (0, "done")
    copy = tmp_path / "copy.html"
    assert run("plan", "copy", "A", "--out", str(copy), *ON)[0] == 0
    assert "Visit" in copy.read_text(encoding="utf-8")
    assert run("plan", "close", "A", "--outcome", "Done", *ON)[1]["closed_on"] == "2025-06-30"
    following = ("--title", "Next", "--from", "2025-07-01", "--until", "2026-06-30")
    assert run("plan", "continue", "A", *following, *ON)[1] == {"plan_id": 2, "continues_plan_id": 1}
    status, content = run("plan", "show", "A", *ON)
    assert (status, content["plan"]["title"]) == (0, "Next")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("plan", "show", "A", *ON), "no_plan"),
        (
            ("plan", "open", "A", "--title", "x", "--from", "2025-02-01", "--until", "2025-01-01", *ON),
            "due_before_start",
        ),
        (("plan", "open", "Z", *PERIOD, *ON), "unknown_account"),
        (("plan", "stages", "--starter", *ON), "missing"),
        (("service", "record", "commitment", "A", "--set", "luck=1", *ON), "unknown_field"),
        (("service", "record", "concession", "A", "--set", "cost_amount=much", *ON), "bad_number"),
        (("service", "complain", "A", "x", "--function", "magic", "--received-by", "Bo"), "usage"),
        (("service", "close", "9", "--outcome", "x", "--cause", "y", *ON), "not_found"),
    ],
)
def test_what_cannot_be_is_refused(run, words, reason):
    status, document = run(*words)
    assert (status, document["error"]["reason"]) == (2, reason)


def test_stages_and_whitespace(run):
    assert run("plan", "stages")[1] == {"name": None, "stages": []}
    status, document = run("plan", "stages", "--starter", "--reason", "Begin", *ON)
    assert (status, len(document["stages"])) == (0, 6)
    status, document = run("plan", "whitespace", "A", *ON)
    assert (status, document["cells"][0]["unit"]) == (0, "A")


def test_a_complaint_goes_from_received_to_closed(run):
    status, row = run(
        *("service", "complain", "A", "Late", "--function", "transport", "--severity", "critical"),
        *("--received-by", "Bo", "--on", "2025-06-20"),
    )
    assert (status, row["owner"], row["complaint_state"]) == (0, "Bo", "unanswered")
    assert run("service", "answer", "1", "We look", "--on", "2025-06-21")[1]["is_answered_in_time"] is False
    assert run("service", "hand-over", "1", "--to", "Cy", "--reason", "Theirs", *ON)[1]["offered_to"] == "Cy"
    assert run("service", "hand-over", "1", "--accepted", *ON)[1]["owner"] == "Cy"
    assert run("service", "close", "1", "--outcome", "Paid", "--cause", "Truck", *ON)[1]["complaint_state"] == "closed"


def test_a_commitment_is_recorded_and_observed(run):
    fields = ("commitment=Priority", "function=quality", "owner=Bo", "begins_on=2025-01-01", "target_value=0.95")
    words = [word for field in fields for word in ("--set", field)]
    assert run("service", "record", "commitment", "A", *words, *ON) == (0, {"commitment_id": 1})
    status, row = run(
        "service", "observe", "1", "--broken", "--evidence", "Report", "--value", "0.9", "--on", "2025-06-30"
    )
    assert (status, row["commitment_state"], row["last_value"]) == (0, "broken", 0.9)
    shown = run("service", "show", *ON)[1]
    assert shown["functions"][0]["broken_count_12m"] == 1
    assert shown["commitments"][0]["target_value"] == 0.95
