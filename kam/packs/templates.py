"""The company's own template of decks: checked, kept with who adopted it and when; the latest is in force."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from kam.access import Person
from kam.documents.template import opened
from kam.errors import BadInput
from kam.store import Store, Transaction
from kam.words import _

_LARGEST = 20_000_000
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Template:
    """name: the file's; content: the .pptx; adopted_by, adopted_at: by whom and when."""

    name: str
    content: bytes
    adopted_by: str
    adopted_at: datetime


def template_in_force(store: Store) -> Template | None:
    """The template that decks are written in; None for the plain deck."""
    row = store.one("packs.templates", order_by=[("template_id", True)])
    if row is None or not row["content"]:
        return None
    try:
        content = base64.b64decode(row["content"], validate=True)
    except binascii.Error as error:
        raise BadInput(_("The kept template is damaged: adopt it again."), reason="damaged") from error
    return Template(row["name"], content, row["adopted_by"], row["adopted_at"])


def adopt_template(
    store: Store, name: str, content: bytes | None, *, reason: str, who: Person, op_id: str | None = None
) -> None:
    """Take a template into force; content None: back to the plain deck.

    Raises BadInput for a file that is no presentation, is too large, or lacks a placeholder by name, and for no reason.
    """
    if not reason.strip():
        raise BadInput(_("Say why the template changes: the reason is kept."), reason="missing", field="reason")
    if content is not None:
        if len(content) > _LARGEST:
            raise BadInput(_("The template is larger than 20 MB: take out its pictures."), reason="too_large")
        opened(content)
    name = name.strip()[:_LONGEST_NAME] if content is not None else ""

    def change(tx: Transaction) -> None:
        tx.insert(
            "packs.templates",
            template_id=tx.next_number("packs.templates", "template_id"),
            name=name,
            content=base64.b64encode(content).decode() if content is not None else "",
            adopted_by=who.name,
            adopted_at=tx.now,
            reason=reason.strip()[:2000],
        )

    store.write(
        change,
        who=who,
        action="adopt deck template",
        subject=("template", name or "plain"),
        op_id=op_id,
        details={"name": name, "bytes": len(content or b""), "reason": reason.strip()[:2000]},
    )
