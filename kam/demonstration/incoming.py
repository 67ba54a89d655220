"""The last file that came in: a contact list of the CRM by a kept mapping, with a row that waits to be put right."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from kam import ledgers
from kam.access import Person
from kam.store import Store

_NAME, _PATTERN = "CRM contacts", "crm-contacts-*.csv"
_MAPPING = {
    "table": "contacts",
    "columns": {
        "contact_id": "Contact ID",
        "account_id": "Account ID",
        "name": "Full Name",
        "title": "Title",
        "email": "Email",
    },
}


def take_in(store: Store, *, until: date, who: Person) -> None:
    """Keep a mapping, let the watched folder use it, and import a file of which one row names no account of ours.

    The other row is a contact that is there already, so that no fact changes.
    """
    mapping = ledgers.mapping_of(_MAPPING)
    ledgers.save_mapping(store, _NAME, mapping, creates_accounts=False, who=who)
    ledgers.add_inbox_rule(store, _PATTERN, _NAME, who=who)
    columns = ("contact_id", "account_id", "name", "title", "email")
    known = store.read("ledgers.contacts", columns=columns, order_by=[("contact_id", False)], limit=1).rows[0]
    rows = [
        tuple(_MAPPING["columns"].values()),
        known,
        ("CRM-20417", "C1OO42", "R. Okafor", "Head of Purchasing", None),
    ]
    with tempfile.TemporaryDirectory(prefix="kam-demonstration-") as folder:
        path = Path(folder) / f"crm-contacts-{until:%Y-%m}.csv"
        text = "\n".join(";".join(f'"{cell or ""}"' for cell in row) for row in rows)
        path.write_text(text + "\n", encoding="utf-8")
        ledgers.import_files(store, "contacts", path, mapping=mapping, who=who, today=until)
