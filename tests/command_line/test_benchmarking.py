"""`benchmark` on the command line: from open to closed, with the fixed form `benchmark [--year Y] [--json]`."""

from __future__ import annotations

import json

import pytest

from kam import benchmarking, command_line
from tests.fresh import fresh_workbench
from tests.key_accounts import key_accounts

ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]


@pytest.fixture
def run(tmp_path, champion, capsys):
    """run("open") gives (exit status, JSON document)."""
    path = tmp_path / "one.duckdb"
    with fresh_workbench(path, person=champion) as store:
        key_accounts(store, champion, "A")

    def running(*words):
        command = [] if words[0] == "committee" else ["benchmark"]
        status = command_line.main(["--db", str(path), *command, *map(str, words), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


def test_a_round_goes_from_open_to_closed(run, tmp_path):
    assert run("--year", 2025)[1]["error"]["reason"] == "no_round"
    assert run("open", "--year", 2025, "--as-of", "2025-11-01")[0] == 0
    assert run("open", "--year", 2025, "--as-of", "2025-11-01")[0] == 2
    file = tmp_path / "answers.csv"
    file.write_text("item,score,evidence,evidence_on\n" + "\n".join(f"{i},3,minutes,2025-10-01" for i in ITEMS))
    when = ("--year", 2025, "--as-of", "2025-11-02")
    assert run("rate", "--file", file, "--rater", "Ada", *when)[1]["saved"] == 40
    assert run("rate", ITEMS[0], 4, "--rater", "Ada", *when)[1]["error"]["reason"] == "rated_twice"
    assert run("rate", ITEMS[0], 4, "--rater", "Ada", "--change", *when)[0] == 0

    references = tmp_path / "references.csv"
    references.write_text("dimension,mean,sd,n,population,year,citation\noverall,60,10,40,EU,2020,Doe 2020\n")
    assert run("import", "references", references)[1]["inserted"] == 1

    others = tmp_path / "others.csv"
    others.write_text("programme,year,measure,value,n,source\nNorth,2025,overall,60,4,Board paper\n")
    assert run("import", "programmes", others)[1]["inserted"] == 1
    others.write_text("programme,year,measure,value,n,source\nNorth,2025,overall,60,4,\n")
    assert run("import", "programmes", others)[1]["error"]["reason"] == "missing"

    assert run("close", "--conclusions", "Early.", *when)[1]["error"]["reason"] == "not_decided"
    assert run("committee", "step", "compared", "--minutes", "x", *when)[1]["error"]["reason"] == "out_of_turn"
    for phase in ("rated", "compared"):
        assert run("committee", "step", phase, "--minutes", "Said so", "--present", "Ada", *when)[0] == 0
    assert run("committee", "step", "decided", "--minutes", "x", *when)[1]["error"]["reason"] == "nothing_decided"
    plan = ("--step", "managers", "--owner", "Ole", "--due", "2026-03-01")
    assert run("committee", "decide", "Train operations", *plan, *when)[0] == 0
    assert run("committee", "step", "decided", "--minutes", "Taken", *when)[0] == 0
    document = run("committee", "show", *when)[1]
    assert (document["phase"], document["decisions"][0]["milestone"]) == ("decided", "Train operations")

    status, closed = run("close", "--conclusions", "Train operations.", *when)
    assert status == 0
    # The changed answer has no dated evidence any more: 4 counts 2.
    assert closed["scores"]["dimensions"][0]["score"] == pytest.approx(25 * (3 * 3 + 2) / 4)
    assert closed["scores"]["minimum"]["dimension_id"] == "strategy"
    assert closed["comparisons"][0]["percentile"] is not None
    assert [s["value"] for s in closed["summaries"]] == [60]
    assert closed["case"]["account_count"] == 1

    status, shown = run("--year", 2025, "--as-of", "2026-01-01")
    assert (status, shown) == (0, closed)
    assert run("rate", ITEMS[0], 1, *when)[1]["error"]["reason"] == "round_closed"


def test_the_year_stands_before_or_after_the_action(run):
    run("open", "--year", 2024, "--as-of", "2025-11-01")

    before, after = run("--year", 2024, "show"), run("show", "--year", 2024)
    assert before == after
    assert (before[0], before[1]["year"]) == (0, 2024)


def test_a_missing_file_and_a_half_rating_are_refused(run, tmp_path):
    assert run("import", "references", tmp_path / "nowhere.csv")[1]["error"]["reason"] == "unreadable"
    assert run("rate", ITEMS[0])[1]["error"]["reason"] == "usage"


def test_text_shows_the_scores_and_claims_no_norms(tmp_path, champion, capsys):
    path = tmp_path / "two.duckdb"
    with fresh_workbench(path, person=champion) as store:
        key_accounts(store, champion, "A")
    command_line.main(["--db", str(path), "benchmark", "open", "--year", "2025", "--as-of", "2025-11-01"])
    assert command_line.main(["--db", str(path), "benchmark", "--year", "2025", "--as-of", "2025-11-01"]) == 0

    said = capsys.readouterr().out
    assert "Team and esprit de corps" in said
    assert "no published norms" in said
