"""A complete, portable copy of a workbench, and the way back.

A backup is a folder: one Parquet file per table and `backup.json` with the schema version, the row counts,
the files' hashes and the head of the audit chain (which, kept outside the database, shows whether events
are missing). It is read in one transaction, so it is consistent while others write.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from kam import __version__
from kam.errors import BadInput, StoreUnavailable
from kam.store import audit, connection, migrations
from kam.store.names import qualified
from kam.store.store import Store, open_store
from kam.words import _

MANIFEST = "backup.json"


@dataclass(frozen=True)
class Backup:
    """What a backup holds. rows: table -> row count; audit_head: hash of the newest audit event."""

    folder: Path
    made_at: datetime
    rows: dict[str, int]
    audit_events: int
    audit_head: str


@dataclass(frozen=True)
class Restored:
    """A restored workbench. log_set_aside: where a stray write-ahead log beside the new file went."""

    path: Path
    backup: Backup
    log_set_aside: Path | None


def back_up(store: Store, folder: Path | str) -> Backup:
    """Copy everything into a new folder. Raises BadInput where it exists with content or cannot be written."""
    folder = Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(
            _("{folder} is not empty: name a new folder for the backup.").format(folder=folder), reason="exists"
        )
    growing = folder.with_name(folder.name + ".partial")
    try:
        if growing.exists():
            shutil.rmtree(growing)
        growing.mkdir(parents=True)
        manifest = _copy_tables(store, growing)
        (growing / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False), encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        growing.rename(folder)
    except (OSError, duckdb.IOException) as error:
        shutil.rmtree(growing, ignore_errors=True)
        raise BadInput(
            _("The backup could not be written to {folder}: check the path and the free space.").format(folder=folder),
            reason="unwritable",
        ) from error
    return _described(folder, manifest)


def read_backup(folder: Path | str) -> Backup:
    """What a backup folder holds, its files checked against their hashes. Raises BadInput where they differ."""
    folder = Path(folder)
    return _described(folder, _manifest(folder))


def restore(folder: Path | str, path: Path | str) -> Restored:
    """Make a new database from a backup, brought forward to this version.

    Raises StoreUnavailable where the database exists already or the backup is newer than this version, BadInput
    where the folder is no backup or a file of it was changed.
    """
    folder, path = Path(folder), Path(path)
    manifest = _manifest(folder)
    if path.exists():
        raise StoreUnavailable(
            _("{file} exists already: name a new file with --db, or move this one away.").format(file=path.name),
            reason="exists",
        )
    numbers = set(manifest["migrations"])
    if numbers - {number for number, _file in migrations.numbered()}:
        raise StoreUnavailable(
            _("This backup was made by a newer version of the workbench: update the workbench first."), reason="newer"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = connection.set_log_aside(path)
    growing = path.with_name(path.name + ".restoring")
    growing.unlink(missing_ok=True)
    try:
        _fill(growing, folder, manifest, numbers)
        growing.rename(path)
    except BaseException:
        growing.unlink(missing_ok=True)
        growing.with_name(growing.name + ".wal").unlink(missing_ok=True)
        raise
    open_store(path).close()
    return Restored(path, _described(folder, manifest), aside)


def _copy_tables(store: Store, folder: Path) -> dict:
    with store.cursor() as cursor:
        # One snapshot for all tables: what others commit meanwhile is not in it.
        cursor.execute("begin")
        names = cursor.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_catalog = current_database() and table_type = 'BASE TABLE' order by 1"
        ).fetchall()
        tables = {}
        for (name,) in names:
            file = folder / f"{name}.parquet"
            count = cursor.execute(
                f"copy {qualified(name)} to $file (format parquet, compression zstd)", {"file": str(file)}
            ).fetchall()[0][0]
            tables[name] = {"rows": count, "sha256": _sha256(file)}
        done = cursor.execute("select number from store.migrations order by number").fetchall()
        head = cursor.execute("select event_id, hash from store.audit_events order by event_id desc limit 1").fetchall()
        cursor.execute("commit")
    events, head_hash = head[0] if head else (0, audit.GENESIS)
    return {
        "product": migrations.PRODUCT,
        "version": __version__,
        "made_at": datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds"),
        "migrations": [number for (number,) in done],
        "audit": {"events": events, "head": head_hash},
        "tables": tables,
    }


def _fill(path: Path, folder: Path, manifest: dict, numbers: set[int]) -> None:
    opened = connection.connect(path)
    try:
        migrations.lay_tables(opened, numbers)
        opened.execute("begin")
        for name, described in manifest["tables"].items():
            opened.execute(f"delete from {qualified(name)}")
            count = opened.execute(
                f"insert into {qualified(name)} by name select * from read_parquet($file)",
                {"file": str(folder / f"{name}.parquet")},
            ).fetchall()[0][0]
            if count != described["rows"]:
                raise _changed(folder, name)
        # Relations hold no data and are not in a backup: they are installed when the file is opened.
        opened.execute("delete from store.workbench where key = 'relations'")
        opened.execute("commit")
        opened.execute("checkpoint")
    finally:
        opened.close()


def _manifest(folder: Path) -> dict:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["product"] != migrations.PRODUCT:
            raise ValueError(manifest["product"])
        hashes = {name: described["sha256"] for name, described in manifest["tables"].items() if qualified(name)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            _("{folder} is not a backup of the workbench: it has no readable {manifest}.").format(
                folder=folder, manifest=MANIFEST
            ),
            reason="not_a_backup",
        ) from error
    for name, expected in hashes.items():
        file = folder / f"{name}.parquet"
        if not file.is_file() or _sha256(file) != expected:
            raise _changed(folder, name)
    return manifest


def _changed(folder: Path, table: str) -> BadInput:
    return BadInput(
        _("{file} of the backup {folder} is missing or was changed after it was made: use another backup.").format(
            file=f"{table}.parquet", folder=folder
        ),
        reason="damaged_backup",
    )


def _described(folder: Path, manifest: dict) -> Backup:
    return Backup(
        folder=folder,
        made_at=datetime.fromisoformat(manifest["made_at"]),
        rows={name: described["rows"] for name, described in manifest["tables"].items()},
        audit_events=manifest["audit"]["events"],
        audit_head=manifest["audit"]["head"],
    )


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
