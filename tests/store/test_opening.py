"""Opening a file: ours comes forward, everything else is one sentence, and nothing is changed."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest

from kam import relations, workbench
from kam import store as stored
from kam.errors import StoreUnavailable
from kam.store import migrations
from tests.store.probes import add_person, behind_its_back, person_ids


def refusal(path):
    with pytest.raises(StoreUnavailable) as refused:
        workbench.open_workbench(path)
    message = refused.value.message
    assert message.endswith(".") and "Error" not in message and "\n" not in message
    return refused.value


def test_a_database_that_is_not_there_is_said_with_the_command_that_makes_one(tmp_path):
    refused = refusal(tmp_path / "none.duckdb")
    assert refused.reason == "no_database" and "init" in refused.message
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_not_a_workbench(tmp_path):
    file = tmp_path / "empty.duckdb"
    file.touch()
    assert refusal(file).reason == "not_ours"
    assert file.stat().st_size == 0


def test_a_text_file_is_not_a_workbench(tmp_path):
    file = tmp_path / "notes.duckdb"
    file.write_text("just notes\n" * 1000)
    assert refusal(file).reason == "not_ours"
    assert file.read_text() == "just notes\n" * 1000


def test_a_database_of_somebody_else_is_left_alone(tmp_path):
    file = tmp_path / "foreign.duckdb"
    with behind_its_back(file) as connection:
        connection.execute("create table theirs as select 1 as x")
    assert refusal(file).reason == "not_ours"
    with behind_its_back(file) as connection:
        assert connection.execute("select table_name from information_schema.tables").fetchall() == [("theirs",)]


def test_a_file_of_a_newer_version_is_refused(store):
    store.close()
    with behind_its_back(store.path) as connection:
        connection.execute("insert into store.migrations values (9999, '9999_later', now()::timestamp)")
    refused = refusal(store.path)
    assert refused.reason == "newer" and "update the workbench" in refused.message


def test_a_database_in_use_names_the_process_that_holds_it(store):
    store.close()
    hold = (
        "import sys, time; from kam import workbench;"
        "opened = workbench.open_workbench(sys.argv[1]); print('open', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", hold, str(store.path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline().strip() == "open"
        refused = refusal(store.path)
        assert refused.reason == "held" and str(holder.pid) in refused.message
    finally:
        holder.kill()
        holder.wait()


def test_making_a_workbench_over_an_existing_file_is_refused(store):
    with pytest.raises(StoreUnavailable) as refused:
        workbench.make(store.path)
    assert refused.value.reason == "exists"


def test_what_was_confirmed_is_there_after_the_process_is_killed(store, tmp_path):
    store.close()
    write_and_die = (
        "import sys, os; from kam import access, workbench; from tests.store.probes import add_person;"
        "opened = workbench.open_workbench(sys.argv[1]); who = access.chosen(opened);"
        "[add_person(opened, who, f'person-{n}') for n in range(5)];"
        "print('confirmed', flush=True); os._exit(9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", write_and_die, str(store.path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "confirmed", done.stderr
    with workbench.open_workbench(store.path) as reopened:
        assert {f"person-{n}" for n in range(5)} <= set(person_ids(reopened))
        assert stored.broken_links(reopened) == []


def test_an_older_file_comes_forward_and_keeps_what_it_held(store, champion):
    """A file in which migration 90 has not run (and later ones may have) gets what it lacks."""
    add_person(store, champion, "otto")
    store.close()
    with behind_its_back(store.path) as connection:
        views = connection.execute("select view_name from duckdb_views() where schema_name = 'verification'").fetchall()
        for (name,) in views:
            connection.execute(f'drop view verification."{name}"')
        connection.execute("drop schema verification")
        connection.execute("delete from store.migrations where number = 90")
        connection.execute("delete from store.workbench where key = 'relations'")
    with workbench.open_workbench(store.path) as reopened:
        done = reopened.read("store.migrations").column("number")
        assert sorted(done) == [number for number, _file in migrations.numbered()]
        assert "otto" in person_ids(reopened)
        assert reopened.read("verification.orphans").total == 0


def test_a_migration_that_fails_leaves_the_file_as_it_was(store, monkeypatch, tmp_path):
    store.close()
    broken = tmp_path / "9998_broken.sql"
    broken.write_text("create table access.halfway (x integer); select * from no_such_table;")
    known = migrations.numbered()
    monkeypatch.setattr(migrations, "numbered", lambda: [*known, (9998, broken)])
    with pytest.raises(duckdb.Error):
        stored.open_store(store.path)
    monkeypatch.undo()
    with workbench.open_workbench(store.path) as reopened:
        assert "access.halfway" not in reopened.tables()
        assert 9998 not in reopened.read("store.migrations").column("number")


def test_two_migrations_never_share_a_number():
    numbers = [number for number, _file in migrations.numbered()]
    assert len(numbers) == len(set(numbers)) and numbers == sorted(numbers)


def test_changed_relations_are_bound_again_at_the_next_opening(store):
    store.close()
    with behind_its_back(store.path) as connection:
        connection.execute("update store.workbench set value = 'of another version' where key = 'relations'")
        connection.execute("create or replace macro parameters.effective(as_of date) as table select 1 as wrong")
    with workbench.open_workbench(store.path) as reopened:
        assert reopened.setting("relations") == relations.fingerprint()
        assert "parameter_id" in reopened.columns("parameters.effective")
