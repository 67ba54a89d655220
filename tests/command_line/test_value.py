"""`facts`, `value`, `costs` and `parameters` on the command line, in the shapes of the data contract."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal

import pytest

from kam import command_line, value
from kam.workbench import open_workbench
from tests.drawn import given
from tests.fresh import fresh_workbench
from tests.value.test_cost_model_file import SMALL

AS_OF = "2025-06-30"


@pytest.fixture
def folder(tmp_path, champion):
    """A workbench in which Alpha's costs are known, Beta's are not, and Gamma never bought."""
    with fresh_workbench(tmp_path / "w.duckdb", person=champion) as store:
        given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | =Beta\nC | Gamma")
        given(
            store,
            champion,
            "order_lines",
            """
            order_id | account_id | order_date | net_revenue | cogs
            1        | A          | 2025-03-01 | 1000.00     | 600.00
            2        | A          | 2025-06-30 | 500.00      | 300.00
            3        | B          | 2025-05-01 | 800.00      |
            """,
        )
    (tmp_path / "costs.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """run("value") gives (exit status, JSON document)."""

    def running(*words):
        status = command_line.main(["--db", str(folder / "w.duckdb"), *map(str, words), "--json"])
        return status, json.loads(capsys.readouterr().out)

    return running


@pytest.fixture
def say(folder, capsys):
    """say("value") gives (exit status, what a terminal shows)."""

    def saying(*words):
        status = command_line.main(["--db", str(folder / "w.duckdb"), *map(str, words)])
        shown = capsys.readouterr()
        return status, shown.out + shown.err

    return saying


def test_facts_give_every_measure_of_every_account(run):
    status, document = run("facts")
    assert (status, document["as_of"]) == (0, AS_OF)
    accounts = {account["account_id"]: account for account in document["accounts"]}
    assert set(accounts["A"]) == {"account_id", "name", *value.MEASURES}
    assert accounts["A"]["revenue_12m"] == "1500.00"
    assert accounts["A"]["margin_rate_12m"] == 0.4
    assert accounts["A"]["last_order_on"] == AS_OF
    assert accounts["B"]["margin_12m"] is None
    assert (accounts["C"]["revenue_12m"], accounts["C"]["orders_12m"]) == (None, 0)


def test_facts_of_one_account_on_an_earlier_day(run):
    _status, document = run("facts", "--account", "A", "--as-of", "2025-06-29")
    assert [(a["account_id"], a["revenue_12m"]) for a in document["accounts"]] == [("A", "1000.00")]


def test_facts_saved_as_csv_keep_names_as_text_and_unknown_empty(run, folder):
    run("facts", "--csv", folder / "facts.csv")
    with open(folder / "facts.csv", encoding="utf-8", newline="") as file:
        rows = {row["account_id"]: row for row in csv.DictReader(file)}
    assert rows["B"]["name"] == "'=Beta"
    assert (rows["A"]["margin_12m"], rows["B"]["margin_12m"]) == ("600.00", "")


def test_value_is_unknown_until_costs_are_adopted_and_ties_to_the_ledger_then(run, folder):
    _status, before = run("value")
    assert before["reconciliation"] == {"allocated": None, "unused": None, "unallocated": None, "ledger": None}
    assert all(account["contribution"] is None for account in before["accounts"])

    status, adopted = run("costs", "adopt", folder / "costs.toml", "--reason", "Budget 2025")
    assert (status, adopted["model_id"], adopted["name"]) == (0, 1, "Small")
    assert (
        run("parameters", "adopt", "value.assumed_margin_rate", "0.25", "--from", "2025-01-01", "--source", "CFO")[0]
        == 0
    )

    _status, document = run("value")
    accounts = {account["account_id"]: account for account in document["accounts"]}
    # An order takes 8.25 minutes at 1,000.50 / 500 a minute; half a year of the pool lies in the window.
    assert accounts["A"]["cost_to_serve"] == "33.02"
    assert accounts["A"]["contribution"] == "566.98"
    assert accounts["A"]["lifetime_value"] == "1927.73"
    assert (accounts["B"]["margin"], accounts["B"]["is_margin_estimated"]) == ("200.00", True)
    assert accounts["C"]["contribution"] is None
    assert {"p10", "p50", "p90"} <= set(accounts["A"])
    tied = {name: round(float(amount) * 100) for name, amount in document["reconciliation"].items()}
    assert tied["allocated"] + tied["unused"] + tied["unallocated"] == tied["ledger"]
    assert (tied["allocated"], tied["unallocated"]) == (3302 + 1651, 7000)


def test_value_of_one_account_opens_to_rules_and_inputs(say, folder):
    say("costs", "adopt", folder / "costs.toml")
    status, shown = say("value", "--account", "A")
    assert status == 0
    assert "Order entry: 2 × 8.25 min → 16 min at 2.0012\N{NO-BREAK SPACE}EUR = 33.02\N{NO-BREAK SPACE}EUR" in shown
    assert "Multiple r / (1 + i − r): 3.4000" in shown
    assert "Cost model Small, from 1 Jan 2025: Drawn" in shown


def test_value_on_a_terminal_shows_the_reconciliation_and_marks_what_is_estimated(say, folder):
    assert "No cost model is in force: cost to serve is unknown." in say("value")[1]
    say("costs", "adopt", folder / "costs.toml")
    say("parameters", "adopt", "value.assumed_margin_rate", "0.25", "--from", "2025-01-01", "--source", "CFO")
    shown = say("value")[1]
    assert "Cost of serving: allocated 49.53\N{NO-BREAK SPACE}EUR + unused" in shown
    assert "≈ 200" in next(line for line in shown.splitlines() if line.startswith("B "))
    assert "≈" not in next(line for line in shown.splitlines() if line.startswith("A "))


def test_costs_shown_can_be_checked_and_adopted_again(say, run, folder):
    assert run("costs", "show")[1]["error"]["reason"] == "no_cost_model"
    run("costs", "adopt", folder / "costs.toml")
    _status, document = run("costs", "show")
    assert (document["name"], document["pools"][0]["cost"], document["reason"]) == ("Small", "1000.50", "Drawn")
    _status, shown = say("costs", "show")
    (folder / "again.toml").write_text(shown, encoding="utf-8")
    status, checked = run("costs", "check", folder / "again.toml")
    assert (status, checked["ok"], checked["activities"]) == (0, True, document["activities"])


def test_a_faulty_cost_model_is_refused_with_its_line_and_changes_nothing(run, folder):
    (folder / "bad.toml").write_text(SMALL.replace("minutes = 500", "minutes = 0"), encoding="utf-8")
    for action in ("check", "adopt"):
        status, document = run("costs", action, folder / "bad.toml")
        assert (status, document["error"]["line"], document["error"]["column"]) == (2, 15, "practical_capacity_minutes")
    assert run("costs", "check", folder / "none.toml")[1]["error"]["reason"] == "unreadable"
    with open_workbench(folder / "w.duckdb") as store:
        assert store.read("value.cost_models").total == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("value", "--account", "Z"), "unknown_account"),
        (("facts", "--as-of", "2025-02-28"), "before_ledger"),
        (("facts", "--as-of", "31.12.2025"), "bad_date"),
        (("parameters", "adopt", "value.no_such", "1", "--from", "2025-01-01", "--source", "x"), "not_found"),
        (
            ("parameters", "adopt", "value.annual_retention_rate", "1", "--from", "2025-01-01", "--source", "x"),
            "out_of_range",
        ),
        (
            ("parameters", "adopt", "value.annual_retention_rate", "x", "--from", "2025-01-01", "--source", "x"),
            "bad_number",
        ),
        (
            ("parameters", "adopt", "value.annual_retention_rate", "0.9", "--from", "2025-01-01", "--source", " "),
            "bad_input",
        ),
        (("parameters", "adopt", "value.annual_retention_rate", "0.9", "--source", "x"), "usage"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(run, folder, words, reason):
    status, document = run(*words)
    assert (status, document["error"]["reason"]) == (2, reason)
    with open_workbench(folder / "w.duckdb") as store:
        assert store.read("parameters.adopted_values").total == 0


def test_a_parameter_adopted_is_shown_from_its_date_and_can_become_unknown_again(run):
    def shown(day):
        held = run("parameters", "show", "--as-of", day)[1]["parameters"]
        return next(one for one in held if one["parameter_id"] == "value.assumed_margin_rate")

    adopt = ("parameters", "adopt", "value.assumed_margin_rate")
    assert run(*adopt, "0.3", "--from", "2025-02-01", "--source", "CFO")[1]["value"] == 0.3
    assert run(*adopt, "unknown", "--from", "2025-04-01", "--source", "CFO")[1]["value"] is None
    assert [shown(day)["value"] for day in ("2025-01-31", "2025-02-01", "2025-04-01")] == [None, 0.3, None]
    assert (shown("2025-02-01")["unit"], shown("2025-02-01")["is_adopted"]) == ("share of revenue", True)


def test_groups_are_named_by_their_top_account(run, folder, champion):
    with open_workbench(folder / "w.duckdb") as store:
        store.write(
            lambda tx: tx.update("ledgers.accounts", {"account_id": "A"}, {"parent_account_id": "C"}),
            who=champion,
            action="draw",
            subject=("test", "accounts"),
        )
    accounts = {a["account_id"]: a for a in run("facts", "--level", "group")[1]["accounts"]}
    assert set(accounts) == {"B", "C"}
    assert accounts["C"]["revenue_12m"] == "1500.00"


def test_an_empty_ledger_is_said_in_a_sentence(tmp_path, champion, capsys):
    fresh_workbench(tmp_path / "empty.duckdb", person=champion).close()
    assert command_line.main(["--db", str(tmp_path / "empty.duckdb"), "value"]) == 2
    assert "import accounts and order lines first" in capsys.readouterr().err


def test_direct_costs_are_traced_from_a_file_and_tie(run, say, folder):
    run("costs", "adopt", folder / "costs.toml")
    file = folder / "direct.csv"
    header = "account_id,kind,description,period_from,period_to,amount,source,within_pool"
    file.write_text(
        f"{header}\nA,dedicated_staff,Clerk,2025-01-01,2025-06-30,181.00,Payroll,\n"
        "A,annual_bonus,Bonus,2025-01-01,2025-06-30,50,Contract,\n",
        encoding="utf-8",
    )
    status, document = run("costs", "trace", file, "--reason", "Year end")
    assert (status, document["cost_ids"]) == (0, [1, 2])
    _status, document = run("value", "--account", "A")
    tied = {name: round(float(amount) * 100) for name, amount in document["reconciliation"].items()}
    assert tied["allocated"] + tied["unused"] + tied["unallocated"] == tied["ledger"]
    lines = {line["line"]: line["amount"] for line in document["profit_and_loss"]}
    assert (lines["Annual bonus"], lines["Dedicated staff"]) == ("-50.00", "-181.00")
    assert lines["Pocket price"] == "1450.00"
    _status, document = run("costs", "direct")
    assert [row["window_amount"] for row in document["direct_costs"]] == ["181.00", "50.00"]
    status, said = say("costs", "trace", file, "--reason", "again")
    assert status == 2 and "recorded already" in said
    file.write_text(header + "\n", encoding="utf-8")
    status, said = say("costs", "trace", file, "--reason", "x")
    assert status == 2 and "holds no rows" in said


def test_actions_are_listed_expected_against_seen(run, say, folder, champion):
    assert "No action has been decided." in say("costs", "actions")[1]
    with open_workbench(folder / "w.duckdb") as store:
        value.adopt_cost_model(store, value.read_cost_model(SMALL), reason="x", who=champion)
        value.decide_action(
            store,
            "A",
            "renegotiate",
            what="Prices",
            owner="Rosa Quint",
            due_on=date(2025, 12, 31),
            expected_amount=Decimal("365.00"),
            decided_on=date(2025, 6, 29),
            reason="x",
            who=champion,
        )
    _status, document = run("costs", "actions")
    (row,) = document["actions"]
    assert (row["expected_so_far_amount"], row["seen_amount"]) == ("1.00", "183.49")
    assert "Alpha: Renegotiate, open" in say("costs", "actions")[1]
