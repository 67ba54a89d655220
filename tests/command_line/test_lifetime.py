"""The commands of scorecards, initiatives and scenarios: one document each, refusals with exit status 2."""

import json
from datetime import date

import pytest

from kam import value
from kam.command_line import main
from tests.key_accounts import key_accounts
from tests.value.test_outlook import trading  # noqa: F401  (a fixture)

PLAN = (
    "initiative", "plan", "KEY", "Consignment stock", "--profit", "80", "100", "130", "--from", "2025-01-01",
    "--to", "2026-12-31", "--probability", "50 %", "--owner", "Ines", "--source", "Pilot", "--on", "2024-12-31",
)  # fmt: skip


@pytest.fixture
def command(trading, champion, capsys):  # noqa: F811
    """command(*words) -> (exit status, the JSON document)."""
    key_accounts(trading, champion, "KEY", on=date(2024, 12, 1))
    path = str(trading.path)
    trading.close()

    def run(*words):
        status = main(["--db", path, *words, "--json"])
        return status, json.loads(capsys.readouterr().out)

    return run


def test_a_factor_is_judged_and_shown(command):
    status, done = command("scorecard", "rate", "KEY", "buyer", "3", "--evidence", "Same team", "--on", "2024-12-31")
    assert (status, done["rating"]) == (0, 3)
    status, card = command("scorecard", "show", "KEY", "--as-of", "2024-12-31")
    buyer = next(one for one in card["factors"] if one["factor"] == "buyer")
    assert status == 0 and (buyer["rating"], buyer["origin"]) == (3, "judged")
    assert card["score"] is None and "5 are needed" in card["missing"]


def test_an_initiative_is_planned_shown_and_withdrawn(command):
    status, done = command(*PLAN)
    assert (status, done["initiative_id"]) == (0, 1)
    status, shown = command("initiative", "show", "KEY", "--as-of", "2024-12-31")
    assert shown["initiatives"][0]["probability"] == 0.5
    assert command("initiative", "withdraw", "1", "--reason", "Declined", "--on", "2024-12-31")[0] == 0
    assert command("initiative", "show", "KEY", "--as-of", "2024-12-31")[1]["initiatives"] == []
    assert command("initiative", "withdraw", "1", "--reason", "Again", "--on", "2024-12-31")[0] == 2


def test_an_initiative_without_a_period_is_refused_with_account_and_field(command):
    words = [word for word in PLAN if word not in ("--from", "2025-01-01")]
    status, refused = command(*words)
    assert status == 2 and refused["error"]["reason"] == "no_period" and "account KEY" in refused["error"]["message"]


def test_a_scenario_is_tried_kept_and_shown(command):
    status, tried = command("scenario", "try", "KEY", "--price", "5 %", "--as-of", "2024-12-31")
    assert status == 0 and tried["after"]["contribution"] - tried["before"]["contribution"] == pytest.approx(726)
    assert tried["after"]["p50"] > tried["before"]["p50"]
    status, kept = command("scenario", "keep", "KEY", "--price", "0.05", "--name", "Up", "--as-of", "2024-12-31")
    assert (status, kept["scenario_id"]) == (0, 1)
    assert command("scenario", "show")[1]["scenarios"][0]["name"] == "Up"
    assert command("scenario", "show", "1")[1]["result"]["after"] == kept["after"]
    assert command("scenario", "show", "9")[0] == 2


@pytest.mark.parametrize(
    ("option", "number", "field"), [("--growth", "0.5", "growth"), ("--retention", "1.2", "retention")]
)
def test_a_growth_at_the_bound_and_a_retention_beyond_one_are_refused(command, option, number, field):
    status, refused = command("scenario", "try", "KEY", option, number, "--as-of", "2024-12-31")
    assert status == 2 and refused["error"]["message"].startswith(f"Key: {field} is ")


def test_every_command_says_it_in_lines_too(trading, champion, capsys):  # noqa: F811
    path = str(trading.path)
    value.rate_risk(trading, "KEY", "buyer", 1, evidence="Left", rated_on=date(2024, 12, 31), who=champion)
    trading.close()
    for words in (
        ["scorecard", "show", "KEY"],
        ["initiative", "show", "KEY"],
        ["scenario", "try", "KEY", "--payment-days", "60"],
        ["scenario", "show"],
    ):
        assert main(["--db", path, *words, *(["--as-of", "2024-12-31"] if "try" in words else [])]) == 0
        assert capsys.readouterr().out.strip()
