"""The roster on a day follows from the decisions, and from nothing else."""

from __future__ import annotations

import random
from datetime import date, timedelta

from kam import programme
from kam.programme import SeenVerdict
from tests.programme.conftest import ACCOUNTS

PASS = SeenVerdict("pass")


def replayed(decisions, day):
    """Who is in on a day, told by going through the decisions one by one."""
    members = {}
    for decision in sorted(decisions, key=lambda d: d.decision_id):
        if decision.decided_on > day:
            continue
        if decision.decision == "admitted":
            members[decision.account_id] = decision
        else:
            del members[decision.account_id]
    return members


def test_the_roster_of_any_day_is_what_the_decisions_replay_to(ledger, champion):
    drawn = random.Random(11)
    last_day = dict.fromkeys(ACCOUNTS[:8], date(2025, 1, 1))
    inside = set()
    for _step in range(40):
        account_id = drawn.choice(list(last_day))
        last_day[account_id] += timedelta(days=drawn.choice([0, 0, 1, 30]))
        if account_id in inside:
            programme.release(ledger, account_id, as_of=last_day[account_id], reason="r", who=champion)
        else:
            category = drawn.choice([None, "star", "status"])
            programme.admit(
                ledger, account_id, PASS, as_of=last_day[account_id], reason="r", category=category, who=champion
            )
        inside ^= {account_id}
    decisions = programme.decisions(ledger)
    edges = {d.decided_on + timedelta(days=beside) for d in decisions for beside in (-1, 0, 1)}
    for some_day in sorted(edges):
        expected = replayed(decisions, some_day)
        rows = ledger.read("programme.roster", {"as_of": some_day}).records()
        assert {row["account_id"]: (row["decision_id"], row["category"], row["admitted_on"]) for row in rows} == {
            account_id: (d.decision_id, d.category, d.decided_on) for account_id, d in expected.items()
        }
        assert len(rows) == len(expected) == programme.size(ledger, some_day)
        sizes = ledger.read("programme.sizes_from", {"from_on": some_day}).records()
        assert {row["size_on"]: row["key_account_count"] for row in sizes} == {
            on: len(replayed(decisions, on))
            for on in {
                some_day,
                *(d.decided_on for d in decisions if d.decision == "admitted" and d.decided_on > some_day),
            }
        }
    assert len(ledger.read("programme.unmatched_members")) == 0


def test_an_account_is_in_on_the_day_it_is_admitted_and_out_on_the_day_it_is_released(ledger, champion):
    programme.admit(ledger, "A01", PASS, as_of=date(2025, 3, 1), reason="r", who=champion)
    programme.release(ledger, "A01", as_of=date(2025, 4, 1), reason="r", who=champion)
    sizes = {day: programme.size(ledger, date(2025, *day)) for day in [(2, 28), (3, 1), (3, 31), (4, 1)]}
    assert sizes == {(2, 28): 0, (3, 1): 1, (3, 31): 1, (4, 1): 0}


def test_the_roster_names_an_account_whose_record_an_undone_import_took(ledger, champion):
    programme.admit(ledger, "A01", PASS, as_of=date(2025, 3, 1), reason="r", who=champion)
    ledger.write(
        lambda tx: tx.delete("ledgers.accounts", {"account_id": "A01"}), who=champion, action="t", subject=("t", "t")
    )
    assert ledger.read("programme.roster", {"as_of": date(2025, 3, 1)}).column("name") == ["A01"]
    assert programme.release(ledger, "A01", as_of=date(2025, 4, 1), reason="gone", who=champion)


def test_members_that_the_decisions_do_not_know_are_found(ledger, champion):
    programme.admit(ledger, "A01", PASS, as_of=date(2025, 3, 1), reason="r", who=champion)
    programme.admit(ledger, "A02", PASS, as_of=date(2025, 3, 1), reason="r", who=champion)
    ledger.write(
        lambda tx: (
            tx.delete("programme.members", {"account_id": "A01"}),
            tx.insert("programme.members", account_id="A09", decision_id=9, admitted_on=date(2025, 1, 1)),
        ),
        who=champion,
        action="tamper",
        subject=("t", "t"),
    )
    found = ledger.read("programme.unmatched_members", order_by=[("account_id", False)]).rows
    assert found == [("A01", False, True), ("A09", True, False)]


def test_the_rule_of_the_programme_is_five_to_twenty_five_with_its_source(ledger):
    rule = programme.limits(ledger, date(2025, 6, 30))
    assert (rule.at_least, rule.at_most) == (5, 25)
    assert "Ryals" in rule.at_most_source
