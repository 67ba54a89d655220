"""`search`, `follow-up`, `referrals` and `dates` on the command line: nothing there, in use, refused."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kam import command_line, everyday, portfolio, sponsorship
from kam.workbench import open_workbench
from tests.drawn import given
from tests.fresh import fresh_workbench
from tests.pages.ledgers import admitted, company

DAY = ("--as-of", "2025-12-31")


@pytest.fixture
def database(tmp_path, champion):
    path = tmp_path / "company.duckdb"
    with fresh_workbench(path, person=champion) as store:
        company(store, champion)
    return path


@pytest.fixture
def run(database, capsys):
    """run("dates", "list") gives (exit status, JSON document, or text) on a small company."""

    def running(*words, is_json=True):
        status = command_line.main(["--db", str(database), *words, *DAY, *(["--json"] if is_json else [])])
        printed = capsys.readouterr().out
        return status, json.loads(printed) if is_json else printed

    return running


def test_search_finds_by_a_part_of_a_name_and_says_where_nothing_is(run):
    status, found = run("search", "alpha")
    assert status == 0 and [row["account_id"] for row in found["accounts"]["rows"]] == ["A", "C"]
    assert "Mara Voss" in run("search", "voss", is_json=False)[1]
    assert "Nothing has this in its name or number." in run("search", "nowhere", is_json=False)[1]


def test_a_follow_up_is_done_with_its_next_step_and_grade(run, database, champion):
    with open_workbench(database) as store:
        portfolio.grade_accounts(store, ["B"], "B", reason="agreed", as_of=date(2025, 12, 1), who=champion)
    step = ("--next-step", "Send prices", "--due", "2026-01-10", "--grade", "C")
    status, done = run("follow-up", "C:B", "--outcome", "They wait for the budget", *step)
    assert (status, done["account_id"], done["is_regraded"]) == (0, "B", True)
    due = run("follow-ups", "--with-those-to-come")[1]["follow_ups"]
    assert {(row["follow_up_kind"], row["grade"]) for row in due if row["account_id"] == "B"} == {
        ("cadence", "C"), ("promise", "C")
    }  # fmt: skip


def test_a_sponsors_promise_is_closed_as_dropped(run, database, champion):
    with open_workbench(database) as store:
        given(store, champion, "executives", "executive_id | name | title\nE1 | Edda Falk | CFO")
        admitted(store, champion, "A")
        sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="knows them", who=champion)
        late = sponsorship.Promise("Free the test bench", "Ole Berg", date(2025, 12, 30))
        number = sponsorship.make_promise(store, "A", late, as_of=date(2025, 12, 1), who=champion)
    assert run("follow-up", f"S:{number}", "--outcome", "No bench before spring", "--dropped")[0] == 0
    with open_workbench(database) as store:
        assert store.read("sponsorship.promises").column("state") == ["dropped"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("C:none", "--outcome", "x"), "unknown_follow_up"),
        (("C:B", "--outcome", " "), "missing"),
        (("C:B", "--outcome", "x", "--grade", "Z"), "unknown"),
    ],
)
def test_an_unknown_follow_up_no_outcome_and_an_unknown_grade_are_refused(run, database, champion, words, reason):
    with open_workbench(database) as store:
        portfolio.grade_accounts(store, ["B"], "B", reason="agreed", as_of=date(2025, 12, 1), who=champion)
    status, document = run("follow-up", *words)
    assert (status, document["error"]["reason"]) == (2, reason)
    with open_workbench(database) as store:
        assert not store.read("relationships.captured_interactions").rows


def test_referrals_are_listed_and_where_none_was_given_it_is_said(run, database, champion):
    assert "No referral was given." in run("referrals", "list", is_json=False)[1]
    assert run("referrals", "moments")[0] == 0
    with open_workbench(database) as store:
        everyday.give_referral(
            store, "A", "Nordic Mills", given_on=date(2025, 12, 2), as_of=date(2025, 12, 31), who=champion
        )
    (row,) = run("referrals", "list")[1]["referrals"]
    assert (row["account_id"], row["prospect"], row["referral_state"]) == ("A", "Nordic Mills", "open")


def test_dates_are_listed_and_saved_as_a_calendar(run, tmp_path):
    (row,) = run("dates", "list", "--account", "A")[1]["dates"]
    assert (row["falls_on"], row["source"]) == ("2026-01-01", "customer_since")
    assert "No date is to come" in run("dates", "list", "--account", "B", is_json=False)[1]
    file = tmp_path / "dates.ics"
    assert run("dates", "ics", str(file))[1] == {"file": "dates.ics", "dates": 1}
    text = file.read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 1 and "Alpha" in text


def test_an_unknown_account_and_a_folder_that_is_not_there_are_refused(run, tmp_path):
    status, document = run("dates", "list", "--account", "none")
    assert (status, document["error"]["reason"]) == (2, "unknown_account")
    assert run("dates", "ics", str(tmp_path / "nowhere" / "dates.ics"))[0] == 2
