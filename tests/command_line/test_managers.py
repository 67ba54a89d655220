"""`managers` and `handovers` on the command line: the same rules as the pages, JSON, exit statuses."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.drawn import given
from tests.fresh import fresh_workbench
from tests.key_accounts import key_accounts


@pytest.fixture
def database(tmp_path, champion):
    """A closed workbench: A and B are key accounts of Ana, Bo is free."""
    path = tmp_path / "people.duckdb"
    with fresh_workbench(path, person=champion) as store:
        key_accounts(store, champion, "A", "B", category="star")
        given(
            store,
            champion,
            "account_managers",
            "manager_id | name | background\nM1 | Ana Reis | sales\nM2 | Bo Lund | finance",
        )

        def owned(tx):
            for account_id in "AB":
                tx.update("ledgers.accounts", {"account_id": account_id}, {"owner": "Ana Reis"})

        store.write(owned, who=champion, action="draw", subject=("test", "owners"))
    return path


@pytest.fixture
def run(database, capsys):
    """run("managers", "show") gives (exit status, JSON document)."""

    def running(*words, as_of="2025-06-30"):
        status = command_line.main(["--db", str(database), *words, "--as-of", as_of, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


APPOINT = ("managers", "appoint", "A", "M2", "--reason", "led their project")


def test_load_is_shown_and_one_person_is_opened(run):
    status, document = run("managers", "show")
    assert (status, document["without_manager"]) == (0, [])
    assert [(row["name"], row["hours_needed"]) for row in document["managers"]] == [("Ana Reis", 800), ("Bo Lund", 0)]
    status, document = run("managers", "show", "M1")
    assert (status, document["accounts"], document["weighted_gap"]) == (0, ["A", "B"], None)
    assert run("managers", "show", "M9")[1]["error"]["reason"] == "unknown_manager"


def test_ratings_are_refused_outside_the_levels_and_twice_a_day(run):
    rate = ("managers", "rate", "M1", "finance", "--by", "peer", "--rater", "Eva", "--evidence", "a case")
    assert run(*rate[:4], "6", *rate[4:])[1]["error"]["reason"] == "out_of_range"
    assert run(*rate[:4], "4", *rate[4:])[0] == 0
    assert run(*rate[:4], "4", *rate[4:])[1]["error"]["reason"] == "rated_twice"


def test_the_best_seller_is_refused_and_an_appointment_opens_its_handover(run):
    status, document = run(*APPOINT, "--ground", "sales_performance")
    assert (status, document["error"]["reason"]) == (2, "sales_alone")
    status, document = run(*APPOINT, "--ground", "project_leadership")
    assert (status, document["handover_id"]) == (0, 1)
    status, document = run("handovers", "show")
    assert (status, [h["source"] for h in document["handovers"]]) == (1, ["appointment:1"])
    assert [c["manager_id"] for c in run("managers", "match", "A")[1]["candidates"]] == ["M1", "M2"]


def test_a_handover_is_settled_and_closed(run):
    run(*APPOINT, "--ground", "room")
    _status, document = run("handovers", "show", "appointment:1")
    assert run("handovers", "close", "appointment:1", "--lessons", "x")[1]["error"]["reason"] == "items_open"
    for item in document["items"]:
        assert run("handovers", "mark", "appointment:1", item["item_id"], "done")[0] == 0
    assert (
        run("handovers", "close", "appointment:1", "--lessons", "Call first", as_of="2025-07-10")[1]["days_taken"] == 10
    )
    assert run("handovers", "show", as_of="2025-07-10")[0] == 0


def test_the_pack_is_written_as_a_file(run, tmp_path):
    file = tmp_path / "pack.html"
    status, document = run("handovers", "pack", "A", "-o", str(file))
    assert (status, document["bytes"]) == (0, file.stat().st_size)
    assert "A Ltd" in file.read_text(encoding="utf-8")
    status, document = run("handovers", "pack", "A", "-o", str(tmp_path / "nowhere" / "pack.html"))
    assert (status, document["error"]["reason"]) == (2, "unwritable")


def test_who_leaves_leaves_accounts_waiting(run):
    status, document = run("managers", "left", "M1", "--reason", "retires")
    assert (status, document["account_count"]) == (1, 2)
    assert run("managers", "show")[1]["without_manager"] == ["A", "B"]


def test_a_scheme_is_flagged_and_recorded(run):
    words = ("managers", "scheme", "Bonus", "--months", "12", "--measure", "revenue")
    assert run(*words, "much", "individual")[1]["error"]["reason"] == "bad_number"
    status, document = run(*words, "1", "individual")
    assert status == 1
    assert [p["finding"] for p in document["problems"]] == ["pays_on_revenue", "too_short", "nothing_shared"]


def test_text_is_for_people(database, capsys):
    assert command_line.main(["--db", str(database), "managers", "show", "--as-of", "2025-06-30"]) == 0
    assert "Ana Reis" in capsys.readouterr().out
    assert command_line.main(["--db", str(database), "handovers", "show", "--as-of", "2025-06-30"]) == 0
    assert "No key account has changed hands." in capsys.readouterr().out
