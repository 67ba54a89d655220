"""`account` on the command line."""

from __future__ import annotations

import json

import pytest

from kam import command_line
from tests.fresh import fresh_workbench
from tests.pages.ledgers import company


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("show", "A") gives (exit status, JSON document) on a small company."""
    path = tmp_path / "company.duckdb"
    with fresh_workbench(path, person=champion) as store:
        company(store, champion)

    def running(*words, is_json=True):
        status = command_line.main(["--db", str(path), "account", *words, *(["--json"] if is_json else [])])
        printed = capsys.readouterr().out
        return status, json.loads(printed) if is_json else printed

    return running


def test_an_account_is_shown_as_the_page_shows_it(run):
    status, shown = run("show", "A", "--as-of", "2025-12-31")
    assert status == 0
    assert [part["part"] for part in shown["health"]["parts"]][:2] == ["delivery", "satisfaction"]
    assert shown["health"]["index"] == pytest.approx(
        sum(p["points"] * p["weight"] for p in shown["health"]["parts"] if p["points"] is not None)
        / sum(p["weight"] for p in shown["health"]["parts"] if p["points"] is not None)
    )
    assert (shown["stage"]["supported"], shown["people"]["blind_spots"]) == ("basic", ["Mara Voss"])
    status, text = run("show", "A", "--as-of", "2025-12-31", is_json=False)
    assert (status, text.splitlines()[0]) == (0, "Alpha, as of 31 Dec 2025")
    assert "Stage: basic by the records" in text


def test_what_happened_is_written_down_and_due(run):
    status, noted = run(
        *("note", "A", "--on", "2025-12-30", "--kind", "visit", "--summary", "Saw the plant", "--contact", "K1"),
        *("--next-step", "Send the offer", "--due", "2026-01-10"),
    )
    assert (status, noted["interaction_id"]) == (0, "W-1")
    _status, shown = run("show", "A", "--as-of", "2025-12-31")
    assert [(row["kind"], row["due_on"], row["what"]) for row in shown["due"]] == [
        ("promise", "2026-01-10", "Send the offer")
    ]


def test_an_unknown_account_contact_or_kind_is_refused(run):
    assert run("show", "Z")[1]["error"]["reason"] == "unknown_account"
    status, document = run("note", "A", "--on", "2025-12-30", "--summary", "x", "--contact", "K2")
    assert (status, document["error"]["reason"]) == (2, "other_account")
    assert run("note", "A", "--on", "2025-12-30", "--summary", "x", "--kind", "rumour")[0] == 2
