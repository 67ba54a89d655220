"""Answers are kept until the data beneath them changes: never older than the last write, and nobody's to change."""

from __future__ import annotations

import random
import threading
from decimal import Decimal

import pytest

from kam import relations
from kam.store import Among, Condition
from kam.store.soundness import base_tables
from tests.drawn import given


@pytest.fixture
def counted(store, champion, monkeypatch):
    """The store with two accounts, and how often it has asked the database: counted.asked."""
    given(store, champion, "accounts", "account_id | name | industry\nA | Alpha | Steel\nB | Beta | Paper")
    narrow, store.asked = store._narrow, 0

    def counting(*given_, **named):
        store.asked += 1
        return narrow(*given_, **named)

    monkeypatch.setattr(store, "_narrow", counting)
    store.version()
    store.asked = 0
    return store


def renamed(store, who, account_id, name):
    store.write(
        lambda tx: tx.update("ledgers.accounts", {"account_id": account_id}, {"name": name}),
        who=who,
        action="rename",
        subject=("account", account_id),
    )


def this(account_id):
    return [Condition("account_id", "=", account_id)]


def test_the_same_question_is_asked_once(counted):
    for _time in range(3):
        assert counted.one("ledgers.accounts", where=this("A"))["name"] == "Alpha"
        assert counted.choices("ledgers.accounts", None, "industry") == ["Paper", "Steel"]
    assert counted.asked == 1
    assert counted.one("ledgers.accounts", where=this("B"))["name"] == "Beta"
    assert counted.asked == 2


def test_a_write_beneath_is_seen_at_once_and_one_elsewhere_asks_nothing(counted, champion):
    counted.one("ledgers.accounts", where=this("A"))
    counted.choices("ledgers.accounts", None, "name")
    renamed(counted, champion, "A", "Alpha & Sons")
    assert counted.one("ledgers.accounts", where=this("A"))["name"] == "Alpha & Sons"
    assert counted.choices("ledgers.accounts", None, "name") == ["Alpha & Sons", "Beta"]
    counted.write(
        lambda tx: tx.update("access.people", {"person_id": champion.person_id}, {"name": "Other"}),
        who=champion, action="rename", subject=("person", champion.person_id),
    )  # fmt: skip
    counted.version()
    before = counted.asked
    assert counted.one("ledgers.accounts", where=this("A"))["name"] == "Alpha & Sons"
    assert counted.asked == before


def test_a_write_beneath_a_condition_is_seen(counted, champion):
    mine = Among("ledgers.accounts", where=(Condition("name", "=", "Alpha"),))
    where = [Condition("account_id", "among", mine)]
    assert counted.read("ledgers.contacts", where=where).total == 0
    given(counted, champion, "contacts", "contact_id | account_id | name\nC | A | Mara Voss")
    assert counted.read("ledgers.contacts", where=where).total == 1
    renamed(counted, champion, "A", "Another")
    assert counted.read("ledgers.contacts", where=where).total == 0


def test_what_an_asker_does_to_his_answer_changes_no_other(counted):
    for ask in (
        lambda: counted.read("ledgers.accounts").rows,
        lambda: counted.choices("ledgers.accounts", None, "name"),
    ):
        ask().clear()
        assert len(ask()) == 2
    counted.sums("ledgers.account_month", None, ["line_count"]).clear()
    assert "line_count" in counted.sums("ledgers.account_month", None, ["line_count"])
    tags = "select ['x', 'y'] as tags"
    answer = counted._answers.get("read", "ledgers.accounts", {}, tags, lambda: rows_of([["x", "y"]]))
    answer.rows[0][0].append("z")
    assert counted._answers.get("read", "ledgers.accounts", {}, tags, lambda: rows_of([[]])).rows == [(["x", "y"],)]


def rows_of(cells):
    from kam.store import Rows

    return Rows(("tags",), [tuple(cells)], 1)


def test_values_that_sql_tells_apart_are_different_questions(counted):
    asked = [1, 1.0, True, Decimal(1), "1", None, [1], (1, 2)]
    found = [
        counted._answers.get("read", "ledgers.accounts", {"value": value}, None, lambda at=at: [at])
        for at, value in enumerate(asked)
    ]
    assert found == [[at] for at in range(len(asked))]


def test_what_every_write_changes_uncounted_is_always_asked(counted, champion):
    before = counted.read("store.audit_events").total
    renamed(counted, champion, "A", "Once more")
    assert counted.read("store.audit_events").total == before + 1


def test_a_relation_is_known_by_the_tables_beneath_it():
    assert relations.tables_behind("ledgers.revenue_lines") == {"ledgers.order_lines"}
    assert relations.tables_behind("ledgers.order_lines") == {"ledgers.order_lines"}
    beneath = relations.tables_behind("value.account_measures")
    assert "ledgers.account_month" in beneath and not beneath & relations.catalogue().keys()


def test_the_answers_take_no_more_room_than_said(counted, monkeypatch):
    from kam.store import answers

    monkeypatch.setattr(answers, "MOST_CELLS", 10)
    for number in range(50):
        counted._answers.get("read", "ledgers.accounts", {"n": number}, None, lambda number=number: [number] * 3)
        assert counted._answers._cells <= 10
    assert counted._answers.get("read", "ledgers.accounts", {"n": 49}, None, lambda: ["asked"]) == [49] * 3
    assert counted._answers.get("read", "ledgers.accounts", {"n": 0}, None, lambda: ["asked"]) == ["asked"]


def test_every_table_that_a_transaction_writes_counts_up_its_schema(store, champion):
    """Whatever the way: by its functions, or by a statement that says nothing of what it touches."""
    for table in base_tables(store):
        schema = table.split(".")[0]
        if schema == "store":
            continue
        for statement in (f"delete from {table} where false", f"update {table} set {{0}} = {{0}} where false"):
            before = store.version(schema)
            text = statement.format(f'"{store.columns(table)[0]}"')
            store.write(lambda tx, text=text: tx.run(text), who=champion, action="try", subject=("table", table))
            assert store.version(schema) == before + 1, text


def test_askers_beside_writers_never_see_less_than_was_written(counted, champion):
    """Each reader sees numbers that only grow, and at least the one whose write was over when it began to ask."""
    written, failures, stop = [0], [], threading.Event()

    def ask():
        seen = 0
        while not stop.is_set():
            least = written[0]
            name = counted.one("ledgers.accounts", where=this("B"))["name"]
            number = int(name.rpartition(" ")[2]) if " " in name else 0
            if number < max(least, seen):
                failures.append((number, least, seen))
            seen = number

    askers = [threading.Thread(target=ask) for _each in range(3)]
    for asker in askers:
        asker.start()
    for number in range(1, 40):
        renamed(counted, champion, "B", f"Beta {number}")
        written[0] = number
    stop.set()
    for asker in askers:
        asker.join()
    assert failures == []


def test_a_random_course_of_writes_and_questions_is_answered_as_by_the_database(counted, champion):
    dice = random.Random(7)
    for _turn in range(120):
        account = dice.choice("AB")
        if dice.random() < 0.2:
            renamed(counted, champion, account, f"Name {dice.randrange(5)}")
        asked = {
            "where": dice.choice([[], this(account), [Condition("name", "contains", str(dice.randrange(5)))]]),
            "columns": dice.choice([None, ("name",), ("account_id", "name")]),
            "order_by": [("name", dice.random() < 0.5), ("account_id", False)],
            "limit": dice.choice([None, 1]),
        }
        with counted.cursor() as cursor:
            expected = counted._read(cursor, "ledgers.accounts", {}, **asked)
        assert counted.read("ledgers.accounts", **asked) == expected


def test_nothing_of_a_file_written_anew_is_held_any_longer(counted):
    """An erased person's data must not stay in memory either."""
    from kam.store.rewriting import rewrite

    counted.read("ledgers.accounts")
    assert counted._answers._held
    rewrite(counted)
    assert not counted._answers._held and counted._answers._cells == 0
    assert counted.read("ledgers.accounts").total == 2
