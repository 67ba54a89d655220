"""Two accounts that are one customer: a person merges them, the facts follow, and it can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam import ledgers, programme, verification
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Transaction
from tests.fresh import fresh_workbench
from tests.ledgers.files import LINES, Desk

TABLES = ("accounts", "order_lines", "activities", "contacts", "interactions", "account_month", "spanning_orders")


def facts(desk, tables=TABLES) -> dict:
    return {table: sorted(desk.store.read(f"ledgers.{table}").rows, key=repr) for table in tables}


def merge(desk, account_id: str, into: str, reason: str = "one company"):
    return ledgers.merge_accounts(desk.store, account_id, into, reason=reason, who=desk.who)


def undo(desk, merge_id: int):
    return ledgers.undo_merge(desk.store, merge_id, reason="they are two", who=desk.who)


def is_sound(desk) -> bool:
    return all(check.is_ok for check in verification.verify(desk.store))


@pytest.fixture
def twins(desk):
    desk.accounts("A", "B", "C")
    desk.take(
        "order_lines", LINES + "1,1,A,2025-01-05,P,2,20.00\n2,1,B,2025-01-06,P,1,5.00\n3,1,C,2025-01-06,P,1,7.00\n"
    )
    desk.take(
        "activities", "account_id,activity_code,occurred_on,quantity\nA,visit,2025-01-07,1\nB,visit,2025-01-07,2\n"
    )
    desk.take("contacts", "contact_id,account_id,name\nk1,A,Ann\nk2,B,Ben\n")
    return desk


def test_every_fact_follows_and_the_roll_up_with_it(twins):
    moved = merge(twins, "A", "B")
    assert moved.moved["ledgers.order_lines"] == 1 and moved.moved["ledgers.contacts"] == 1
    assert twins.rows("accounts", "account_id") == [("B",), ("C",)]
    assert twins.rows("order_lines", "order_id", "account_id") == [("1", "B"), ("2", "B"), ("3", "C")]
    kept = facts(twins, ("account_month",))
    ledgers.refresh(twins.store, full=True, who=twins.who)
    assert facts(twins, ("account_month",)) == kept
    assert is_sound(twins)


def test_undoing_brings_back_every_row_as_it_was(twins):
    before = facts(twins)
    moved = merge(twins, "A", "B")
    assert facts(twins) != before
    assert undo(twins, moved.merge_id).count == moved.count
    assert facts(twins) == before
    assert is_sound(twins)


def test_what_a_later_file_says_of_a_merged_account_goes_to_the_other_and_comes_back(twins):
    moved = merge(twins, "A", "B")
    again = twins.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,20.00\n9,1,A,2025-02-05,P,2,30.00\n")
    assert (again.rows.unchanged, again.rows.inserted, again.rows.rejected) == (1, 1, 0)
    assert ("9", "B") in twins.rows("order_lines", "order_id", "account_id")
    undo(twins, moved.merge_id)
    assert ("9", "A") in twins.rows("order_lines", "order_id", "account_id")
    assert is_sound(twins)


def test_the_master_row_of_a_merged_account_does_not_come_back_with_a_file(twins):
    merge(twins, "A", "B")
    again = twins.take("accounts", "account_id,name\nA,A\nB,Beta\n")
    assert (again.rows.unchanged, again.rows.updated, again.rows.inserted) == (1, 1, 0)
    assert twins.rows("accounts", "account_id") == [("B",), ("C",)]
    assert is_sound(twins)


def test_accounts_beneath_follow_and_return(twins):
    twins.take("accounts", "account_id,name,parent_account_id\nD,D,A\n")
    moved = merge(twins, "A", "B")
    assert ("D", "B") in twins.rows("accounts", "account_id", "parent_account_id")
    twins.take("accounts", "account_id,name,parent_account_id\nE,E,A\n")
    assert ("E", "B") in twins.rows("accounts", "account_id", "parent_account_id")
    undo(twins, moved.merge_id)
    assert ("D", "A") in twins.rows("accounts", "account_id", "parent_account_id")


def test_an_account_can_take_the_place_of_the_one_directly_above_it_and_no_other(twins):
    twins.take("accounts", "account_id,name,parent_account_id\nB,B,A\nC,C,B\n")
    before = facts(twins)
    with pytest.raises(RuleBroken, match="further beneath"):
        merge(twins, "A", "C")
    moved = merge(twins, "A", "B")
    assert twins.rows("accounts", "account_id", "parent_account_id") == [("B", None), ("C", "B")]
    undo(twins, moved.merge_id)
    assert facts(twins) == before


def test_merges_in_a_row_lead_to_the_last_and_unravel_in_any_order_that_can_be(twins):
    before = facts(twins)
    first = merge(twins, "A", "B")
    second = merge(twins, "B", "C")
    assert {row[1] for row in twins.rows("order_lines", "order_id", "account_id")} == {"C"}
    with pytest.raises(RuleBroken, match="itself merged"):
        undo(twins, first.merge_id)
    undo(twins, second.merge_id)
    assert twins.rows("order_lines", "order_id", "account_id") == [("1", "B"), ("2", "B"), ("3", "C")]
    undo(twins, first.merge_id)
    assert facts(twins) == before


def test_an_import_whose_account_is_merged_cannot_be_undone_before_the_merge_is(desk):
    taken = desk.take("accounts", "account_id,name\nA,A\nB,B\n")
    moved = merge(desk, "A", "B")
    with pytest.raises(RuleBroken, match=f"undo merge {moved.merge_id} first"):
        ledgers.undo_import(desk.store, taken.import_id, who=desk.who)
    undo(desk, moved.merge_id)
    ledgers.undo_import(desk.store, taken.import_id, who=desk.who)
    assert desk.rows("accounts", "account_id") == []


def test_an_import_of_lines_can_be_undone_after_a_merge(twins):
    later = twins.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,99.00\n8,1,A,2025-01-05,P,2,1.00\n")
    moved = merge(twins, "A", "B")
    ledgers.undo_import(twins.store, later.import_id, who=twins.who)
    undo(twins, moved.merge_id)
    assert ("1", "A") in twins.rows("order_lines", "order_id", "account_id")
    assert is_sound(twins)


def test_a_merge_that_makes_no_sense_is_refused_and_changes_nothing(twins):
    before = facts(twins)
    for account, into, reason, kind in (
        ("A", "A", "why", BadInput),
        ("A", "B", "  ", BadInput),
        ("Z", "B", "why", NotFound),
        ("A", "Z", "why", NotFound),
    ):
        with pytest.raises(kind):
            merge(twins, account, into, reason)
    assert facts(twins) == before


def test_an_account_that_decisions_name_stays_and_takes_the_other_in(twins, champion):
    seen = programme.SeenVerdict("pass")
    programme.admit(twins.store, "A", seen, as_of=date(2025, 6, 1), reason="drawn", who=champion)
    with pytest.raises(RuleBroken, match="merge the other account into it"):
        merge(twins, "A", "B")
    assert merge(twins, "B", "A").count


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_any_course_of_merges_imports_and_undoings_keeps_each_line_where_its_name_leads(data):
    """Held against a dictionary: a line belongs to the account that its name leads to."""
    import tempfile
    from pathlib import Path

    from kam import access

    who = access.Person("ines-brandt", "Ines Brandt", "champion")
    with tempfile.TemporaryDirectory() as folder, fresh_workbench(Path(folder) / "w.duckdb", person=who) as store:
        desk = Desk(store, who, Path(folder))
        desk.accounts("A", "B", "C", "D")
        leads: dict[str, str] = {}
        standing: list[tuple[int, str, str]] = []
        named: dict[str, str] = {}

        def end(account: str) -> str:
            while account in leads:
                account = leads[account]
            return account

        for number in range(data.draw(st.integers(3, 7))):
            what = data.draw(st.sampled_from(["line", "merge", "undo"]))
            if what == "line":
                account = data.draw(st.sampled_from("ABCD"))
                desk.take("order_lines", LINES + f"{number},1,{account},2025-0{1 + number}-05,P,1,1.00\n")
                named[str(number)] = account
            elif what == "merge" and len(free := [a for a in "ABCD" if a not in leads]) > 1:
                gone, stays = data.draw(st.permutations(free))[:2]
                standing.append((merge(desk, gone, stays).merge_id, gone, stays))
                leads[gone] = stays
            elif what == "undo" and standing:
                merge_id, gone, stays = standing[-1]
                undo(desk, merge_id)
                standing.pop()
                del leads[gone]
            held = dict(desk.rows("order_lines", "order_id", "account_id"))
            assert held == {order: end(account) for order, account in named.items()}
        assert is_sound(desk)


def test_a_write_that_fails_half_way_leaves_no_trace(twins, monkeypatch):
    before = facts(twins)

    def broken(self, *_arguments, **_named):
        raise RuntimeError("the power went")

    monkeypatch.setattr(Transaction, "delete", broken)
    with pytest.raises(RuntimeError):
        merge(twins, "A", "B")
    monkeypatch.undo()
    assert facts(twins) == before
