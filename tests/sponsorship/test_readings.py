"""Who sponsors what on a day, load and contacts, against a slow and obvious second implementation."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from kam import parameters, programme, sponsorship
from tests.drawn import given
from tests.key_accounts import key_accounts

ADMITTED = date(2025, 1, 1)
AS_OF = date(2025, 12, 31)


def _given_executives(store, who, count=3):
    rows = "\n".join(f"E{n} | Name {n} | Title | {'' if n else 2}" for n in range(count))
    given(store, who, "executives", f"executive_id | name | title | max_accounts\n{rows}")


def _roster(store, as_of=AS_OF):
    rows = store.read("sponsorship.roster_sponsors", {"as_of": as_of}, order_by=[("account_id", False)])
    return {row["account_id"]: row for row in rows}


def _visit(store, who, number, account_id, day, kind="executive_visit"):
    given(
        store,
        who,
        "interactions",
        f"interaction_id | account_id | occurred_on | kind | summary\nI{number} | {account_id} | {day} | {kind} | x",
    )


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [(0, "current"), (149, "current"), (150, "due_soon"), (180, "due_soon"), (181, "overdue")],
)
def test_a_contact_is_current_then_due_soon_then_overdue(store, champion, days_ago, state):
    key_accounts(store, champion, "A", on=ADMITTED)
    _given_executives(store, champion)
    sponsorship.assign(store, "A", "E1", as_of=ADMITTED, reason="x", who=champion)
    _visit(store, champion, 1, "A", AS_OF - timedelta(days=days_ago))
    _visit(store, champion, 2, "A", AS_OF + timedelta(days=1))
    _visit(store, champion, 3, "A", AS_OF, kind="visit")

    row = _roster(store)["A"]

    assert row["contact_state"] == state
    assert row["last_contact_on"] == AS_OF - timedelta(days=days_ago)
    assert row["contact_count_12m"] == 1


@pytest.mark.parametrize(("days_ago", "state"), [(180, "no_contact_yet"), (181, "overdue")])
def test_a_new_sponsor_without_any_contact_has_the_same_time_from_the_assignment(store, champion, days_ago, state):
    key_accounts(store, champion, "A", on=ADMITTED)
    _given_executives(store, champion)
    sponsorship.assign(store, "A", "E1", as_of=AS_OF - timedelta(days=days_ago), reason="x", who=champion)

    assert _roster(store)["A"]["contact_state"] == state


def test_without_an_adopted_cadence_none_is_set(store, champion):
    key_accounts(store, champion, "A", on=ADMITTED)
    _given_executives(store, champion)
    sponsorship.assign(store, "A", "E1", as_of=ADMITTED, reason="x", who=champion)
    parameters.adopt(
        store,
        "sponsorship.contact_overdue_after_days",
        None,
        valid_from=ADMITTED,
        source="under review",
        who=champion,
    )

    assert _roster(store)["A"]["contact_state"] == "none"


def test_an_account_is_vacant_since_its_admission_or_the_relief(store, champion):
    key_accounts(store, champion, "A", "B", on=ADMITTED)
    _given_executives(store, champion)
    sponsorship.assign(store, "B", "E1", as_of=ADMITTED, reason="x", who=champion)
    sponsorship.relieve(store, "B", as_of=date(2025, 12, 1), reason="x", who=champion)

    found = _roster(store)

    assert (found["A"]["vacant_since"], found["A"]["days_vacant"]) == (ADMITTED, 364)
    assert (found["B"]["vacant_since"], found["B"]["days_vacant"]) == (date(2025, 12, 1), 30)
    assert found["B"]["contact_state"] == "unassigned"
    assert _roster(store, date(2025, 11, 30))["B"]["days_vacant"] is None


def test_an_account_that_came_back_is_vacant_since_it_came_back(store, champion):
    key_accounts(store, champion, "A", on=ADMITTED)
    _given_executives(store, champion)
    sponsorship.assign(store, "A", "E1", as_of=ADMITTED, reason="x", who=champion)
    sponsorship.relieve(store, "A", as_of=date(2025, 6, 1), reason="x", who=champion)
    programme.release(store, "A", as_of=date(2025, 6, 1), reason="x", who=champion)
    key_accounts(store, champion, "A", on=date(2025, 9, 1))

    assert _roster(store)["A"]["vacant_since"] == date(2025, 9, 1)


@pytest.mark.parametrize("seed", range(4))
def test_the_standing_on_any_day_is_what_reading_the_decisions_in_order_gives(store, champion, seed):
    draw = random.Random(seed)
    accounts = ["A", "B", "C", "D"]
    key_accounts(store, champion, *accounts, on=ADMITTED)
    _given_executives(store, champion)
    log = []
    for account_id in accounts:
        day, active = ADMITTED, None
        for _turn in range(draw.randint(0, 6)):
            day += timedelta(days=draw.choice([0, 0, 1, 30]))
            if active is None:
                active = f"E{draw.randrange(3)}"
                sponsorship.assign(store, account_id, active, as_of=day, reason="x", who=champion)
                log.append((day, account_id, active, True))
            else:
                sponsorship.relieve(store, account_id, as_of=day, reason="x", who=champion)
                log.append((day, account_id, active, False))
                active = None
    for as_of in sorted({entry[0] + timedelta(days=d) for entry in log for d in (-1, 0, 1)} | {AS_OF}):
        slow = {}
        for day, account_id, executive_id, is_active in log:
            if day <= as_of:
                slow[account_id] = (executive_id, is_active)
        found = {
            row["account_id"]: (row["executive_id"], row["is_active"])
            for row in store.read("sponsorship.standing", {"as_of": as_of})
        }
        assert found == slow
        counts = {e: sum(1 for who, active in slow.values() if active and who == e) for e in ("E0", "E1", "E2")}
        load = {
            r["executive_id"]: r["account_count"] for r in store.read("sponsorship.executive_load", {"as_of": as_of})
        }
        assert load == counts


def test_load_is_told_against_the_own_cap_the_programmes_and_the_hard_one(store, champion):
    key_accounts(store, champion, *"ABCDEFGHI", on=ADMITTED)
    _given_executives(store, champion, 4)
    for account_id, executive_id in zip(
        "ABCDEFGHI", ["E0", "E0", "E0", "E1", "E1", "E1", "E2", "E2", "E2"], strict=True
    ):
        sponsorship.assign(store, account_id, executive_id, as_of=ADMITTED, reason="x", who=champion)
    sponsorship.relieve(store, "I", as_of=ADMITTED, reason="x", who=champion)

    load = {row["executive_id"]: row for row in store.read("sponsorship.executive_load", {"as_of": AS_OF})}

    assert [(load[e]["account_count"], load[e]["cap"], load[e]["load_state"]) for e in sorted(load)] == [
        (3, 2, "over_cap"),
        (3, 3, "at_cap"),
        (2, 3, "free"),
        (0, 3, "free"),
    ]
    assert load["E0"]["load_share"] == pytest.approx(1.5)
    assert {row["hard_cap"] for row in load.values()} == {5}


def test_check_names_every_broken_rule_once(store, champion):
    key_accounts(store, champion, *"ABCDEF", on=ADMITTED)
    _given_executives(store, champion)
    for account_id, executive_id in [("A", "E0"), ("B", "E0"), ("C", "E0"), ("D", "E2"), ("E", "E1")]:
        sponsorship.assign(store, account_id, executive_id, as_of=date(2025, 12, 1), reason="x", who=champion)
    programme.release(store, "E", as_of=date(2025, 12, 1), reason="x", who=champion)
    store.write(
        lambda tx: tx.delete("ledgers.executives", {"executive_id": "E2"}),
        who=champion,
        action="undo import",
        subject=("test", "E2"),
    )
    _visit(store, champion, 1, "A", date(2025, 1, 1))

    found = sponsorship.check(store, AS_OF, for_whom=champion).findings

    assert [(f.rule, f.account_id, f.executive_id) for f in found] == [
        ("contact_overdue", "A", "E0"),
        ("executive_gone", "D", "E2"),
        ("vacant", "F", None),
        ("not_a_key_account", "E", "E1"),
        ("over_cap", None, "E0"),
    ]
    assert "364 days" in found[2].message


def test_an_empty_programme_has_nothing_to_check(store, champion):
    found = sponsorship.check(store, AS_OF, for_whom=champion)

    assert (found.roster, found.findings) == ([], [])
