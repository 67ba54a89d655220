"""Everything the workbench holds about one contact, as a document to hand out."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kam.errors import BadInput, NotFound
from kam.store import Condition, Store
from kam.store.text_search import texts_with
from kam.words import _

# Section of the document -> the table whose rows name the contact in this column.
_SECTIONS = {
    "master": ("ledgers.contacts", "contact_id"),
    "added_by_hand": ("relationships.added_contacts", "contact_id"),
    "observations": ("relationships.contact_observations", "contact_id"),
    "interactions": ("ledgers.interactions", "contact_id"),
    "notes_and_visits": ("relationships.captured_interactions", "contact_id"),
    "survey_responses": ("ledgers.survey_responses", "contact_id"),
    "reports_to_them": ("ledgers.contacts", "reports_to"),
}
# Looked at by their own means.
NOT_NOTES = frozenset(
    {
        "ledgers.contacts",
        "ledgers.before_images",
        "ledgers.import_rejects",
        "relationships.added_contacts",
        "relationships.contact_observations",
    }
)
# What the record of who did what says beside that: it may hold a name too.
AUDIT = ("store.audit_events", "details")
_TELLING = ("name", "email", "phone")
_SHORTEST = 4


def person_data(store: Store, contact_id: str) -> dict[str, Any]:
    """Every row about a contact by section, and the texts elsewhere that hold their name, e-mail or phone.

    Raises NotFound for a contact that is not there.
    """
    document: dict[str, Any] = {
        section: store.read(relation, where=[Condition(column, "=", contact_id)]).records()
        for section, (relation, column) in _SECTIONS.items()
    }
    if not document["master"] and not document["added_by_hand"]:
        raise NotFound(
            _("There is no contact {contact}: check the id in the list of contacts.").format(contact=contact_id),
            reason="unknown_contact",
        )
    document["texts"] = [
        {"table": relation, "column": column, "text": text, "rows": count}
        for relation, column, text, count in texts_about(store, words_of(document))
    ]
    return {"contact_id": contact_id, **document}


def words_of(document: dict[str, Any]) -> list[str]:
    """Name, e-mail and phone of a person, as the master and every observation give them; short ones are left out."""
    found = [row[name] for row in document["master"] for name in _TELLING]
    found += [row["name"] for row in document["added_by_hand"]]
    found += [row["value"] for row in document["observations"] if row["attribute"] in _TELLING]
    return list(dict.fromkeys(word.strip() for word in found if word and len(word.strip()) >= _SHORTEST))


def texts_about(store: Store, words: list[str]) -> list[tuple[str, str, str, int]]:
    """(table, column, text, rows) of the notes, and of the details of the audit chain, that hold one of the words."""
    found = texts_with(store, words, outside=NOT_NOTES, schemas_outside={"privacy", "parameters"})
    return [row for row in found if (row[:2] == AUDIT if row[0].startswith("store.") else not row[1].endswith("_id"))]


def export_person(store: Store, contact_id: str, path: Path | str) -> Path:
    """Write a person's data as JSON or XLSX, by the file's ending. Raises NotFound, and BadInput for another ending."""
    path = Path(path)
    content = exported_person(store, contact_id, path.suffix.casefold().lstrip("."))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=path.name
            ),
            reason="unwritable",
        ) from error
    return path


def exported_person(store: Store, contact_id: str, kind: str) -> bytes:
    """A person's data as the content of a file. kind: json or xlsx. Raises NotFound, BadInput for another kind."""
    if kind not in ("json", "xlsx"):
        raise BadInput(_("A person's data are written as .json or .xlsx: name such a file."), reason="usage")
    document = person_data(store, contact_id)
    if kind == "json":
        return json.dumps(document, ensure_ascii=False, indent=2, default=_plain).encode()
    return _sheets(document)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _sheets(document: dict[str, Any]) -> bytes:
    """One sheet per section that has rows; text is never a formula."""
    import tempfile

    from kam.ledgers.workbook_writing import new_workbook, write_cell

    with tempfile.TemporaryDirectory(prefix="kam-person-") as folder:
        path = Path(folder) / "person.xlsx"
        with new_workbook(path) as book:
            for section, rows in document.items():
                if not isinstance(rows, list) or not rows:
                    continue
                sheet = book.add_worksheet(section[:31])
                for at, heading in enumerate(rows[0]):
                    sheet.write_string(0, at, heading)
                    for number, row in enumerate(rows, 1):
                        write_cell(sheet, number, at, row[heading])
        return path.read_bytes()
