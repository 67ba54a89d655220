"""A backup is complete and consistent while others write; restoring brings all of it back into a new file."""

from __future__ import annotations

import json
import threading

import pytest

from kam import store as stored
from kam import workbench
from kam.errors import BadInput, StoreUnavailable
from tests.drawn import given
from tests.store.probes import add_person, person_ids


@pytest.fixture
def with_facts(store, champion):
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name
        000123     | Alpha
        B2         | Bêta 株式会社
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        1        | 000123     | 2026-01-31 | 100.10
        2        | B2         | 2026-02-01 | -0.05
        """,
    )
    return store


def contents(store):
    return {
        table: sorted(map(repr, store.read(table).rows))
        for table in stored.base_tables(store)
        if table != "store.workbench"
    }


def test_a_restored_workbench_holds_every_row_of_every_table(with_facts, tmp_path):
    stored.back_up(with_facts, tmp_path / "backup")
    stored.restore(tmp_path / "backup", tmp_path / "again.duckdb")
    with workbench.open_workbench(tmp_path / "again.duckdb") as again:
        assert contents(again) == contents(with_facts)
        assert again.setting("currency") == "EUR"
        assert stored.broken_links(again) == []


def test_the_workbench_that_was_backed_up_is_unchanged(with_facts, tmp_path):
    before = contents(with_facts)
    stored.back_up(with_facts, tmp_path / "backup")
    assert contents(with_facts) == before


def test_a_backup_taken_while_others_write_is_of_one_moment(store, champion, tmp_path):
    stop = threading.Event()

    def keep_writing():
        number = 0
        while not stop.is_set():
            number += 1
            add_person(store, champion, f"person-{number:05d}")

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        backups = [stored.back_up(store, tmp_path / f"backup-{turn}") for turn in range(3)]
    finally:
        stop.set()
        writer.join()
    for turn, backup in enumerate(backups):
        # Each write adds one person, one audit event and one applied operation: they must agree.
        rows = backup.rows
        assert rows["store.audit_events"] == rows["store.applied_operations"] == backup.audit_events
        assert rows["access.people"] - 1 == rows["store.audit_events"] - 2
        stored.restore(tmp_path / f"backup-{turn}", tmp_path / f"{turn}.duckdb")


def test_a_folder_with_something_in_it_is_left_alone(with_facts, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("keep me")
    with pytest.raises(BadInput):
        stored.back_up(with_facts, folder)
    assert [file.name for file in folder.iterdir()] == ["letter.txt"]


def test_restoring_over_an_existing_file_is_refused_and_changes_nothing(with_facts, tmp_path, champion):
    stored.back_up(with_facts, tmp_path / "backup")
    add_person(with_facts, champion, "otto")
    with pytest.raises(StoreUnavailable):
        stored.restore(tmp_path / "backup", with_facts.path)
    assert "otto" in person_ids(with_facts)


def test_a_stray_log_beside_the_new_file_is_moved_away_and_named(with_facts, tmp_path):
    stored.back_up(with_facts, tmp_path / "backup")
    stray = tmp_path / "again.duckdb.wal"
    stray.write_bytes(b"left over from an earlier database")
    restored = stored.restore(tmp_path / "backup", tmp_path / "again.duckdb")
    assert not stray.exists() or stray.read_bytes() != b"left over from an earlier database"
    assert restored.log_set_aside.read_bytes() == b"left over from an earlier database"
    with workbench.open_workbench(tmp_path / "again.duckdb") as again:
        assert contents(again) == contents(with_facts)


def damage(folder, how):
    table = folder / "ledgers.order_lines.parquet"
    manifest = folder / "backup.json"
    if how == "a byte changed":
        data = bytearray(table.read_bytes())
        data[len(data) // 2] ^= 1
        table.write_bytes(data)
    elif how == "a file missing":
        table.unlink()
    elif how == "no manifest":
        manifest.unlink()
    elif how == "a manifest that is no JSON":
        manifest.write_text("{")
    elif how == "somebody else's manifest":
        manifest.write_text(json.dumps({"product": "other"}))
    elif how == "a table name that is SQL":
        document = json.loads(manifest.read_text())
        document["tables"]["access.people; drop table access.people"] = {"rows": 0, "sha256": ""}
        manifest.write_text(json.dumps(document))


@pytest.mark.parametrize(
    "how",
    [
        "a byte changed",
        "a file missing",
        "no manifest",
        "a manifest that is no JSON",
        "somebody else's manifest",
        "a table name that is SQL",
    ],
)
def test_a_damaged_backup_is_refused_and_leaves_no_file_behind(with_facts, tmp_path, how):
    folder = tmp_path / "backup"
    stored.back_up(with_facts, folder)
    damage(folder, how)
    with pytest.raises(BadInput):
        stored.restore(folder, tmp_path / "again.duckdb")
    assert not list(tmp_path.glob("again.duckdb*"))


def test_a_backup_of_a_newer_version_is_refused(with_facts, tmp_path):
    folder = tmp_path / "backup"
    stored.back_up(with_facts, folder)
    document = json.loads((folder / "backup.json").read_text())
    document["migrations"].append(9999)
    (folder / "backup.json").write_text(json.dumps(document))
    with pytest.raises(StoreUnavailable) as refused:
        stored.restore(folder, tmp_path / "again.duckdb")
    assert refused.value.reason == "newer"


def test_a_backup_of_an_older_version_comes_forward(with_facts, tmp_path):
    """Made before migration 90 ran: the room that it adds is there after restoring."""
    with with_facts.cursor() as cursor:
        cursor.execute("delete from store.migrations where number = 90")
    stored.back_up(with_facts, tmp_path / "backup")
    stored.restore(tmp_path / "backup", tmp_path / "again.duckdb")
    with workbench.open_workbench(tmp_path / "again.duckdb") as again:
        assert 90 in again.read("store.migrations").column("number")
        assert again.read("verification.orphans").total == 0
        assert again.read("ledgers.order_lines").total == 2
