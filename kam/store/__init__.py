"""The only code that knows DuckDB: opening, reading, writing, keeping readings, migrations, audit."""

from kam.store.audit import AuditEvent, broken_links, events
from kam.store.backup import Backup, Restored, back_up, read_backup, restore
from kam.store.full_disk import full_disk_told
from kam.store.reading import Among, Condition, Rows
from kam.store.soundness import base_tables, unreadable_tables
from kam.store.store import Store, create, open_store
from kam.store.writing import Transaction, new_operation

__all__ = [
    "Among",
    "AuditEvent",
    "Backup",
    "Condition",
    "Restored",
    "Rows",
    "Store",
    "Transaction",
    "back_up",
    "base_tables",
    "broken_links",
    "create",
    "events",
    "full_disk_told",
    "new_operation",
    "open_store",
    "read_backup",
    "restore",
    "unreadable_tables",
]
