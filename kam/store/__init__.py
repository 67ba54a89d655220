"""The only code that knows DuckDB: opening, reading, writing, keeping readings, migrations, audit."""

from kam.store.audit import AuditEvent, broken_links, events
from kam.store.reading import Condition, Rows
from kam.store.store import Store, create, open_store
from kam.store.writing import Transaction, new_operation

__all__ = [
    "AuditEvent",
    "Condition",
    "Rows",
    "Store",
    "Transaction",
    "broken_links",
    "create",
    "events",
    "new_operation",
    "open_store",
]
