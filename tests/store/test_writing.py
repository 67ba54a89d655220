"""One write = one transaction with its audit event; a double click, an error or a stale page changes nothing."""

from __future__ import annotations

import contextlib
import threading

import duckdb
import pytest

from kam import store as stored
from kam.errors import NotFound, StaleWrite
from tests.store.probes import add_person, person_ids


def everything(store):
    """The rows of all tables: what 'nothing changed' is measured by."""
    return {table: sorted(map(repr, store.read(table).rows)) for table in stored.base_tables(store)}


def test_a_write_leaves_its_row_its_audit_event_and_a_new_data_version(store, champion):
    before = store.version("access")
    add_person(store, champion, "otto")
    assert "otto" in person_ids(store)
    newest = stored.events(store, limit=1)[0]
    assert (newest.person_name, newest.action, newest.subject_id) == ("Ines Brandt", "add person", "otto")
    assert store.version("access") == before + 1


def test_a_double_click_is_done_once(store, champion):
    operation = stored.new_operation()
    assert add_person(store, champion, "otto", op_id=operation) == "otto"
    after_the_first = everything(store)
    assert add_person(store, champion, "otto", op_id=operation) is None
    assert everything(store) == after_the_first


@pytest.mark.parametrize("error", [ValueError("ours"), KeyboardInterrupt(), StaleWrite("x", theirs={}, mine={})])
def test_whatever_is_raised_in_the_middle_changes_nothing_and_comes_out_again(store, champion, error):
    before = everything(store)
    with pytest.raises(type(error)):
        add_person(store, champion, "otto", fail_with=error)
    assert everything(store) == before
    add_person(store, champion, "otto")
    assert "otto" in person_ids(store)


def test_an_error_that_is_swallowed_inside_the_change_still_saves_nothing(store, champion):
    before = everything(store)

    def change(tx):
        tx.insert("access.people", person_id="otto", name="Otto", role="executive")
        with contextlib.suppress(duckdb.Error):
            tx.insert("access.people", person_id="otto", name="Otto again", role="executive")

    with pytest.raises(duckdb.Error):
        store.write(change, who=champion, action="add person", subject=("person", "otto"))
    assert everything(store) == before


def test_the_second_of_two_editors_is_told_and_sees_both_versions(store, champion):
    add_person(store, champion, "otto")
    seen = store.one("access.people", where=[stored.Condition("person_id", "=", "otto")])

    def rename(name):
        def change(tx):
            tx.update("access.people", {"person_id": "otto"}, {"name": name}, expected_version=seen["version"])

        store.write(change, who=champion, action="rename", subject=("person", "otto"))

    rename("Otto the First")
    before = everything(store)
    with pytest.raises(StaleWrite) as refused:
        rename("Otto the Second")
    assert refused.value.theirs["name"] == "Otto the First"
    assert refused.value.mine == {"name": "Otto the Second"}
    assert everything(store) == before


def test_changing_a_record_that_is_gone_is_refused(store, champion):
    with pytest.raises(NotFound):
        store.write(
            lambda tx: tx.update("access.people", {"person_id": "nobody"}, {"name": "x"}),
            who=champion,
            action="rename",
            subject=("person", "nobody"),
        )


def test_many_threads_lose_no_write_and_no_double_click_counts_twice(store, champion):
    operations = [stored.new_operation() for _ in range(8)]
    results, errors = [], []

    def work(number):
        try:
            operation = operations[number % len(operations)]
            results.append(add_person(store, champion, f"person-{number % len(operations)}", op_id=operation))
            assert store.read("access.people").total > 0
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert sorted(filter(None, results)) == sorted(f"person-{n}" for n in range(8))
    assert len(person_ids(store)) == 1 + 8
    assert stored.broken_links(store) == []


def test_readers_in_threads_each_get_whole_answers(store, champion):
    for number in range(50):
        add_person(store, champion, f"person-{number:02d}")
    expected = person_ids(store)
    wrong = []

    def look():
        for _turn in range(40):
            if person_ids(store) != expected:
                wrong.append(1)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_columns_go_in_as_they_are_with_unknown_as_null(store, champion):
    import numpy as np

    def change(tx):
        return tx.insert_columns(
            "ledgers.exchange_rates",
            {
                "currency": np.array(["USD", "GBP"], dtype=object),
                "valid_from": np.array(["2026-01-01", "2026-02-01"], dtype="datetime64[us]"),
                "rate": np.array([0.9, 1.15]),
                "import_id": np.ma.masked_array([7, 8], mask=[False, True]),
            },
        )

    assert store.write(change, who=champion, action="rates", subject=("test", "rates")) == 2
    rows = store.read("ledgers.exchange_rates", order_by=[("currency", False)]).records()
    assert [(row["currency"], f"{row['valid_from']}", row["rate"], row["import_id"]) for row in rows] == [
        ("GBP", "2026-02-01", 1.15, None),
        ("USD", "2026-01-01", 0.9, 7),
    ]


def test_a_column_that_the_table_lacks_never_becomes_sql(store, champion):
    with pytest.raises(ValueError, match="no such column"):
        store.write(
            lambda tx: tx.insert("access.people", **{"person_id) values ('x'); --": "y"}),
            who=champion,
            action="inject",
            subject=("test", "x"),
        )
