"""Workbooks, packed files and Parquet files as they should not be: each has its outcome, and none does harm."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile

import pytest
import xlsxwriter

from kam.errors import Refusal
from tests.ledgers.files import reasons
from tests.ledgers.test_formats import DAY, HEADER, parquet, workbook

GOOD = ["1", "A", DAY, 1, 5]
TEXT = "order_id,account_id,order_date,quantity,net_revenue\n"


def refused(desk, content, name) -> tuple[str, str]:
    """(reason, sentence) of a refusal, after which nothing is in the ledger."""
    with pytest.raises(Refusal) as caught:
        desk.take("order_lines", content, name)
    assert desk.rows("order_lines", "order_id") == []
    return caught.value.reason, caught.value.message


def zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def rewritten(content: bytes, part: str, change) -> bytes:
    """A workbook with one part of it changed."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    found = {name: archive.read(name) for name in archive.namelist()}
    assert part in found
    return zipped(found | {part: change(found[part])})


def protected() -> bytes:
    """The container in which a workbook with a password lies: a compound file of one sector of names and one of nothing."""
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"),
        bytes(16),
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        bytes(6),
        *(0, 1, 1, 0, 0, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0),
    )
    head += struct.pack("<109I", *([0xFFFFFFFF] * 109))[4:]
    table = struct.pack("<128I", *([0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE] + [0xFFFFFFFF] * 125))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sI8s8sIQ",
            *(text, len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child),
            *(bytes(16), 0, bytes(8), bytes(8), start, size),
        )

    names = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("EncryptedPackage", 2, 0xFFFFFFFF, 2, 4096)
    return head[:512].ljust(512, b"\xff") + table + names.ljust(512, b"\0") + bytes(4096)


def test_a_workbook_with_a_password_is_refused_and_says_so(stocked):
    reason, sentence = refused(stocked, protected(), "file.xlsx")
    assert reason == "unreadable" and "password" in sentence


def test_entities_are_never_expanded(stocked):
    """A billion laughs, and an entity that names a file of this machine."""
    laughs = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + laughs + b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'

    def poisoned(entity: bytes):
        return lambda part: (
            b'<?xml version="1.0"?>'
            + doctype
            + part.split(b"?>", 1)[-1].replace(b"<t>order 1</t>", b"<t>&%s;</t>" % entity)
        )

    book = workbook(HEADER, ["order 1", "A", DAY, 1, 5])
    for entity in (b"j", b"f"):
        content = rewritten(book, "xl/worksheets/sheet1.xml", poisoned(entity))
        assert b"&%s;" % entity in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
        try:
            stocked.take("order_lines", content, "file.xlsx")
        except Refusal as refusal:
            assert refusal.reason == "unreadable"
        held = [order for (order,) in stocked.rows("order_lines", "order_id")]
        assert all("aaaa" not in order and "root" not in order for order in held)


def test_a_workbook_that_unpacks_to_far_more_is_refused_unread(stocked, monkeypatch):
    from kam.ledgers import importing
    from kam.ledgers.reading.limits import Limits

    monkeypatch.setattr(importing, "limits_of", lambda _store: Limits(workbook_mb=20))
    bomb = rewritten(workbook(HEADER, GOOD), "xl/worksheets/sheet1.xml", lambda part: part + b" " * (60 << 20))
    assert len(bomb) < 1 << 20
    assert refused(stocked, bomb, "file.xlsx")[0] == "too_large"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (zipped({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "file.xlsx", "unreadable"),
        (zipped({"notes.txt": b"order_id"}), "file.csv", "wrong_format"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(3000), "file.xls", "unreadable"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "file.csv", "wrong_format"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "file.csv", "no_header"),
        (workbook(), "file.xlsx", "empty"),
        (workbook([*HEADER, "Quantity"], [*GOOD, 6]), "file.xlsx", "duplicate_header"),
        ("\0".join(TEXT + "1,A,2025-01-05,1,1\n").encode(), "file.csv", "encoding"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(stocked, content, name, reason):
    assert refused(stocked, content, name)[0] == reason


def test_a_packed_file_that_breaks_off_is_refused_as_a_whole(stocked):
    whole = gzip.compress((TEXT + "".join(f"{n},A,2025-01-05,1,{n}\n" for n in range(20_000))).encode())
    path = stocked.file(b"", "lines.csv")
    path = path.rename(path.with_name("lines.csv.gz"))
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(stocked, path, "lines.csv.gz")[0] == "unreadable"


def test_a_title_merged_over_the_columns_is_passed_over(stocked):
    content = workbook(["Sales 2025"], HEADER, GOOD, change=lambda _book, sheet: sheet.merge_cells("A1:E1"))
    assert stocked.take("order_lines", content, "file.xlsx").rows.inserted == 1


def test_headings_in_two_merged_rows_are_refused_with_what_is_lacking(stocked):
    def merged(_book, sheet):
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("D1:E1")

    rows = [*HEADER[:3], "Figures", None], [None, None, None, *HEADER[3:]], GOOD
    reason, sentence = refused(stocked, workbook(*rows, change=merged), "file.xlsx")
    assert reason == "missing_column" and "quantity, net_revenue" in sentence


def test_a_cell_merged_downwards_counts_for_its_first_row_only(stocked):
    content = workbook(HEADER, GOOD, ["2", None, DAY, 1, 5], change=lambda _book, sheet: sheet.merge_cells("B2:B3"))
    assert reasons(stocked.take("order_lines", content, "file.xlsx")) == [(3, "account_id", None, "missing")]


def test_a_formula_with_its_value_kept_is_its_value(stocked):
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["1", "A", "2025-01-05", 2])
        sheet.write_formula(1, 4, "=D2*5", None, 10)
    result = stocked.take("order_lines", packed.getvalue(), "file.xlsx")
    assert (reasons(result), str(result.control_totals["EUR"].inserted)) == ([], "10.00")


def test_day_numbers_that_no_calendar_has_are_rejected_by_row(stocked):
    rows = ["1", "A", -5, 1, 1], ["2", "A", 99_999_999, 1, 1], ["3", "A", True, 1, 1], ["4", "A", DAY, 1, 1]
    assert reasons(stocked.take("order_lines", workbook(HEADER, *rows), "file.xlsx")) == [
        (2, "order_date", "-5", "bad_date"),
        (3, "order_date", "99999999", "bad_date"),
        (4, "order_date", "true", "bad_date"),
    ]


def test_nested_and_endless_parquet_values_are_rejected_by_row(stocked, tmp_path):
    nested = "select '1' as order_id, 'A' as account_id, date '2025-01-05' as order_date, [1, 2] as quantity, {'a': 1} as net_revenue"
    assert reasons(stocked.take("order_lines", parquet(tmp_path, nested), "file.parquet")) == [
        (2, "quantity", "[1, 2]", "bad_number"),
        (2, "net_revenue", "{'a': 1}", "bad_number"),
    ]
    wide = (
        "select 1::bigint as order_id, 'A' as account_id, date '2025-01-05' as order_date, 1.5::decimal(38, 10) as quantity, "
        "n::decimal(38, 10) as net_revenue from (values (2.555), (12345678901234567890.12)) as t(n)"
    )
    result = stocked.take("order_lines", parquet(tmp_path, wide), "file.parquet")
    assert [problem[3] for problem in reasons(result)] == ["out_of_range"]
    assert str(result.control_totals["EUR"].inserted) == "2.56"
