"""Data versions are kept in memory, and never older than the last write."""

from __future__ import annotations

import threading

from tests.drawn import given


def renamed(store, who, name):
    return store.write(
        lambda tx: tx.update("access.people", {"person_id": who.person_id}, {"name": name}),
        who=who,
        action="rename",
        subject=("person", who.person_id),
    )


def test_a_write_counts_up_the_schemas_it_touches_and_no_other(store, champion):
    people, ledgers, everything = store.version("access"), store.version("ledgers"), store.version()
    renamed(store, champion, "Other")
    assert store.version("access") == people + 1
    assert store.version("ledgers") == ledgers
    assert store.version() > everything


def test_a_schema_without_a_write_has_version_0(store):
    assert store.version("plans") == 0


def test_a_kept_reading_follows_the_write(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    assert store.page("ledgers.accounts").column("name") == ["Alpha"]
    given(store, champion, "accounts", "account_id | name\nB | Beta")
    assert sorted(store.page("ledgers.accounts").column("name")) == ["Alpha", "Beta"]


def test_readers_beside_writers_end_on_the_newest_version(store, champion):
    before, stop = store.version("access"), threading.Event()

    def read():
        while not stop.is_set():
            store.version("access")

    readers = [threading.Thread(target=read) for _each in range(3)]
    for reader in readers:
        reader.start()
    for number in range(20):
        renamed(store, champion, f"Name {number}")
        assert store.version("access") == before + number + 1
    stop.set()
    for reader in readers:
        reader.join()
