"""Packs as files: one account, or the whole programme, file by file so that memory stays steady."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO

from kam.access import Person
from kam.errors import BadInput, Refusal
from kam.packs.book import pack_workbook
from kam.packs.deck import pack_deck
from kam.packs.document import Pack
from kam.packs.gathering import account_pack
from kam.packs.page import pack_page
from kam.packs.programme import programme_pack
from kam.store import Store
from kam.words import _

FORMATS = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}
Tell = Callable[[int, int, str], None]
_LONGEST_STEM = 60


def pack_file(pack: Pack, kind: str, *, template: bytes | None = None) -> bytes:
    """The pack as pptx, xlsx or html. template: of the deck. Raises BadInput for another kind or an unfit template."""
    if kind == "pptx":
        return pack_deck(pack, template=template)
    if kind == "xlsx":
        return pack_workbook(pack)
    if kind == "html":
        return pack_page(pack)
    raise BadInput(
        _("{kind} is no format of a pack: choose one of {formats}.").format(kind=kind, formats=", ".join(FORMATS)),
        reason="unknown_format",
    )


def file_name(pack: Pack, kind: str) -> str:
    """A name that every file system takes: id, name, day."""
    words = f"{pack.account_id or ''} {pack.title}".strip()
    plain = unicodedata.normalize("NFKC", words)
    stem = re.sub(r"[^\w]+", "-", plain).strip("-_")[:_LONGEST_STEM] or "pack"
    return f"{stem}-{pack.as_of.isoformat()}{'-customer' if pack.for_customer else ''}.{kind}"


def all_packs(
    store: Store,
    as_of: date,
    *,
    kind: str = "pptx",
    template: bytes | None = None,
    for_whom: Person,
    tell: Tell | None = None,
) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of every key account's pack, by account id, and last the executive overview as a deck.

    One at a time: only one pack is held in memory. In place of a pack that is refused stands a text file that says why. tell: called with (done, all, name). Raises BadInput for another kind.
    """
    if kind not in FORMATS:
        pack_file(Pack(None, "", "", as_of, "", []), kind)
    rows = store.read("programme.roster", {"as_of": as_of}, order_by=[("account_id", False)]).records()
    for done, row in enumerate(rows):
        if tell:
            tell(done, len(rows) + 1, row["name"])
        try:
            pack = account_pack(store, row["account_id"], as_of, for_whom=for_whom)
            yield file_name(pack, kind), pack_file(pack, kind, template=template)
        except Refusal as refusal:
            yield f"{row['account_id']}-not-made.txt", refusal.message.encode()
    if tell:
        tell(len(rows), len(rows) + 1, _("the overview"))
    overview = programme_pack(store, as_of, for_whom=for_whom)
    yield f"programme-overview-{as_of.isoformat()}.pptx", pack_file(overview, "pptx", template=template)
    if tell:
        tell(len(rows) + 1, len(rows) + 1, "")


def write_zip(out: IO[bytes], files: Iterator[tuple[str, bytes]]) -> int:
    """Write the files into a zip as they come; returns how many. The entries carry no clock: the same files, the same zip."""
    count, taken = 0, set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files:
            unique = name if name.lower() not in taken else f"{count}-{name}"
            taken.add(unique.lower())
            entry = zipfile.ZipInfo(unique, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, content)
            count += 1
    return count
