"""`champion` on the command line: exit statuses, the same refusals as the page, and before there is a ledger."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.fresh import fresh_workbench


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("show") gives (exit status, JSON document) on an empty workbench."""
    path = tmp_path / "champion.duckdb"
    fresh_workbench(path, person=champion).close()

    def running(*words, as_of="2025-06-30"):
        status = command_line.main(["--db", str(path), "champion", *words, "--as-of", as_of, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


APPOINT = (
    "appoint",
    "--name",
    "Marta Lind",
    "--reports-to",
    "Chief executive",
    "--level",
    "board",
    "--from",
    "2025-01-01",
)


def test_a_programme_is_warned_until_champion_and_agenda_are_there(run):
    assert run("show")[0] == 1
    assert run(*APPOINT, "--time", "0.6", "--reason", "founding")[1]["term_id"] == 1
    status, document = run("show")
    assert (status, [p["rule"] for p in document["problems"]]) == (1, ["not_on_agenda"])

    assert run("agenda", "Board", "KAM", "--on", "2025-06-30", "--outcome", "heard")[0] == 0
    status, document = run("show")
    assert (status, document["champion"]["name"]) == (0, "Marta Lind")


def test_a_second_champion_and_a_wrong_share_are_refused_in_a_sentence(run):
    run(*APPOINT, "--reason", "founding")
    status, document = run(*APPOINT, "--reason", "again")
    assert (status, document["error"]["reason"]) == (2, "two_champions")
    status, document = run("amend", "--time", "3", "--reason", "x")
    assert (status, document["error"]["reason"]) == (2, "out_of_range")


def test_an_amendment_keeps_what_is_not_given(run):
    run(*APPOINT, "--time", "0.6", "--reason", "founding")
    run("amend", "--until", "2025-12-31", "--successor", "Ole Berg", "--reason", "moves on")

    held = run("show")[1]["champion"]
    assert (held["time_share"], held["until_on"], held["successor"]) == (0.6, "2025-12-31", "Ole Berg")


def test_an_event_of_the_roadshow_is_logged(run):
    status, document = run("roadshow", "Operations", "Ulm", "--on", "2025-06-01", "--by", "Marta", "--people", "12")
    assert (status, document["event_id"]) == (0, 1)
    assert (
        run("roadshow", "Operations", "Ulm", "--on", "2025-07-01", "--by", "Marta")[1]["error"]["reason"]
        == "future_date"
    )
