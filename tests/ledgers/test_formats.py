"""Workbooks, Parquet and encodings come in as what they say."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import duckdb
import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kam import ledgers
from kam.errors import Refusal
from kam.ledgers.reading.opened import open_file
from kam.store.scans import DelimitedScan
from tests.ledgers.files import reasons

HEADER = ["order_id", "account_id", "order_date", "quantity", "net_revenue"]
DAY = date(2025, 1, 5)


def workbook(*rows, change=None) -> bytes:
    """A workbook of one sheet; change(book, sheet) may do more to it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book, book.active)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def parquet(tmp_path, query: str) -> bytes:
    """A Parquet file of a query's rows."""
    path = tmp_path / "made.parquet"
    duckdb.execute(f"copy ({query}) to '{path}' (format parquet)")
    return path.read_bytes()


def test_typed_cells_are_what_they_are(stocked):
    content = workbook(HEADER, [17850.0, "A", DAY, 1, 1.234], [17851, "A", datetime(2025, 1, 5, 10, 3), 1.5, -2])
    result = stocked.take("order_lines", content, "file.xlsx")
    assert reasons(result) == []
    assert stocked.rows("order_lines", "order_id", "order_date", "quantity", "net_revenue") == [
        ("17850", DAY, Decimal("1.0000"), Decimal("1.23")),
        ("17851", DAY, Decimal("1.5000"), Decimal("-2.00")),
    ]


def test_text_cells_are_read_as_text(stocked):
    stocked.accounts("000123")
    result = stocked.take("order_lines", workbook(HEADER, ["0001", "000123", "2025-01-05", "1", "10,50"]), "file.xlsx")
    assert reasons(result) == []
    assert stocked.rows("order_lines", "order_id", "account_id", "net_revenue") == [
        ("0001", "000123", Decimal("10.50"))
    ]


def test_serial_days_follow_the_calendar_of_the_workbook(stocked):
    def of_1904(book, _sheet):
        book.epoch = CALENDAR_MAC_1904

    stocked.take("order_lines", workbook(HEADER, ["1", "A", 45000, 1, 10]), "file.xlsx")
    stocked.take(
        "order_lines", workbook(HEADER, ["2", "A", 43538, 1, 10], ["3", "A", DAY, 1, 1], change=of_1904), "file.xlsx"
    )
    assert stocked.rows("order_lines", "order_id", "order_date") == [
        ("1", date(2023, 3, 15)),
        ("2", date(2023, 3, 15)),
        ("3", DAY),
    ]


def test_formulas_without_a_value_errors_and_spoilt_ids_are_rejected_by_row(stocked):
    content = workbook(
        HEADER,
        ["1", "A", DAY, 1, "=1+1"],
        ["2", "A", DAY, 1, "#N/A"],
        [DAY, "A", DAY, 1, 3],
        [4.5e20, "A", DAY, 1, 3],
        ["5", "A", DAY, 1, 3],
    )
    result = stocked.take("order_lines", content, "file.xlsx")
    assert reasons(result) == [
        (2, "net_revenue", "=", "formula"),
        (3, "net_revenue", "#N/A", "excel_error"),
        (4, "order_id", "2025-01-05", "mangled_id"),
        (5, "order_id", "4.5e+20", "mangled_id"),
    ]
    assert stocked.rows("order_lines", "order_id") == [("5",)]


def test_the_first_visible_sheet_with_a_header_is_read_and_numbered_as_the_sheet_is(stocked):
    def more(book, sheet):
        sheet.sheet_state = "hidden"
        book.create_sheet("Notes").append(["nothing here"])
        lines = book.create_sheet("Lines")
        for row in (
            ["Report"],
            [],
            HEADER,
            [1, "A", DAY, 1, 1],
            [],
            [2, "Z", DAY, 1, 2],
            ["Total", None, None, None, 3],
        ):
            lines.append(row)
        book.active = 2

    result = stocked.take("order_lines", workbook(HEADER, [9, "A", DAY, 1, 9], change=more), "file.xlsx")
    assert result.files[0].sheet == "Lines"
    assert reasons(result) == [(6, "account_id", "Z", "unknown_account"), (7, "order_id", "Total", "total_row")]
    assert result.rows.inserted == 1


def test_a_named_sheet_is_read_even_where_it_is_hidden(stocked):
    def hide(book, sheet):
        sheet.sheet_state = "hidden"
        book.create_sheet("Other").append(HEADER)
        book.active = 1

    content = workbook(HEADER, [9, "A", DAY, 1, 9], change=hide)
    assert stocked.take("order_lines", content, "file.xlsx", read={"sheet": "sheet"}).rows.inserted == 1
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", content, "file.xlsx", read={"sheet": "Sales"})
    assert refused.value.reason == "no_sheet"


@pytest.mark.parametrize("kept", [10, 1_000, 3_000])
def test_a_truncated_workbook_is_refused(stocked, kept):
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", workbook(HEADER, [9, "A", DAY, 1, 9])[:kept], "file.xlsx")
    assert refused.value.reason == "unreadable"


def test_a_workbook_called_csv_is_refused(stocked):
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", workbook(HEADER), "file.csv")
    assert refused.value.reason == "wrong_format"


@pytest.mark.parametrize(
    ("limit", "name", "kind"),
    [
        ("workbook_mb", 0.001, "xlsx"),
        ("rows", 1, "xlsx"),
        ("rows", 1, "csv"),
        ("cells", 9, "csv"),
        ("file_mb", 0.00001, "csv"),
        ("unpacked_mb", 0.00001, "csv.gz"),
    ],
)
def test_a_file_beyond_a_limit_is_refused_unread(stocked, monkeypatch, limit, name, kind):
    from kam.ledgers import importing
    from kam.ledgers.reading.limits import Limits

    monkeypatch.setattr(importing, "limits_of", lambda _store: Limits(**{limit: name}))
    rows = [[1, "A", DAY, 1, 9], [2, "A", DAY, 1, 9]]
    text = ",".join(HEADER) + "\n1,A,2025-01-05,1,9\n2,A,2025-01-05,1,9\n"
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", workbook(HEADER, *rows) if kind == "xlsx" else text, f"file.{kind}")
    assert refused.value.reason == "too_large"
    assert stocked.rows("order_lines", "order_id") == []


def test_a_workbook_whose_reading_takes_too_much_memory_is_stopped(stocked, monkeypatch):
    from kam.ledgers import importing
    from kam.ledgers.reading.limits import Limits

    monkeypatch.setattr(importing, "limits_of", lambda _store: Limits(workbook_memory_mb=1))
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", workbook(HEADER, [9, "A", DAY, 1, 9]), "file.xlsx")
    assert refused.value.reason == "too_large"
    assert stocked.take("accounts", "account_id,name\nZ,Z\n").rows.inserted == 1


def test_the_limits_are_parameters_that_a_programme_adopts(stocked, champion):
    from datetime import date

    from kam import parameters
    from kam.ledgers.limiting import limits_of

    assert limits_of(stocked.store).rows == parameters.defaults()["imports.rows"].value
    parameters.adopt(
        stocked.store, "imports.rows", 1, valid_from=date(2020, 1, 1), source="a small machine", who=champion
    )
    with pytest.raises(Refusal) as refused:
        stocked.take("accounts", "account_id,name\nY,Y\nZ,Z\n")
    assert refused.value.reason == "too_large"


def test_parquet_carries_its_types(stocked, tmp_path):
    query = """
        select 17850.0::double as order_id, 'A' as account_id, timestamp '2025-01-05 10:00' as order_date,
            1.5::double as quantity, 1.234::decimal(18, 3) as net_revenue, true as is_rush
        union all select 2, 'Z', timestamp '2025-01-06', 1, 2, null
        union all select 3, 'A', null, 'nan', 2, null
        order by order_id desc
    """
    result = stocked.take("order_lines", parquet(tmp_path, query), "file.parquet")
    assert reasons(result) == [
        (3, "order_date", None, "missing"),
        (3, "quantity", "nan", "not_finite"),
        (4, "account_id", "Z", "unknown_account"),
    ]
    assert stocked.rows("order_lines", "order_id", "order_date", "quantity", "net_revenue", "is_rush") == [
        ("17850", DAY, Decimal("1.5000"), Decimal("1.23"), True)
    ]


def test_parquet_with_the_wrong_types_is_rejected_by_row(stocked, tmp_path):
    query = "select 1 as order_id, 'A' as account_id, 3.5 as order_date, 'many' as quantity, true as net_revenue"
    result = stocked.take("order_lines", parquet(tmp_path, query), "file.parquet")
    assert reasons(result) == [
        (2, "order_date", "3.5", "bad_date"),
        (2, "quantity", "many", "bad_number"),
        (2, "net_revenue", "true", "bad_number"),
    ]


def test_days_of_parquet_are_taken_as_days_and_those_that_no_calendar_of_ours_has_are_rejected(stocked, tmp_path):
    days = ["date '2025-01-05'", "date '0999-01-01'", "date '10000-01-01'", "'infinity'::date", "null::date"]
    query = " union all ".join(
        f"select '{n}' as order_id, 'A' as account_id, {day} as order_date, 1 as quantity, 2.5 as net_revenue"
        for n, day in enumerate(days)
    )
    result = stocked.take("order_lines", parquet(tmp_path, query), "file.parquet")
    assert stocked.rows("order_lines", "order_date") == [(date(2025, 1, 5),)]
    assert [reason for _line, _column, _text, reason in reasons(result)] == [
        "out_of_range",
        "bad_date",
        "missing",
        "missing",
    ]


NAMES = [
    ("cp1252", "Café Müller", "Österreich"),
    ("cp1252", "Smith £ Sons – “Ltd”", "United Kingdom"),
    ("big5", "台灣積體電路製造股份有限公司", "台灣"),
    ("big5", "國泰世華商業銀行 A&B", "臺北市"),
    ("cp932", "株式会社山田製作所", "日本"),
    ("cp932", "ヤマト運輸", "東京都"),
    ("euc_jp", "トヨタ自動車", "日本"),
    ("cp949", "주식회사 대한상사 현대자동차", "대한민국 서울"),
    ("cp1251", "ООО ГАЗПРОМ", "РОССИЯ"),
    ("koi8_r", "Северсталь Череповец", "Россия"),
    ("cp1253", "Ελληνικά Πετρέλαια", "Ελλάδα"),
    ("cp1250", "Łódź Śląska Spółka", "Białystok"),
    ("iso8859_2", "Łódź Śląska Spółka", "Białystok"),
    ("cp1252", "Boulangerie de la Forêt", "Québec"),
    ("cp1252", "¿Qué? 3³ m² £5 Shop", "España"),
    ("cp1252", "Brødrene Ørsted Åkeri", "Tromsø"),
    ("gb18030", "上海汽车集团股份有限公司", "中国"),
    ("gb18030", "中国工商银行 (ICBC)", "北京"),
    ("utf-8", "台灣積體電路", "Ελλάδα"),
    ("utf-8-sig", "Łódź", "Polska"),
    ("utf-16", "台灣積體電路", "日本"),
    ("utf-16-be", "Ünal", "Türkiye"),
    ("utf-32", "台灣積體電路", "日本"),
    ("utf-32-le", "Ünal", "Türkiye"),
    ("utf-32-be", "Ünal", "Türkiye"),
]


@pytest.mark.parametrize(("encoding", "name", "country"), NAMES)
@pytest.mark.parametrize("is_said", [False, True], ids=["detected", "said"])
def test_text_in_its_encoding_comes_in_whole(desk, encoding, name, country, is_said):
    text = f"account_id;name;country\n1;{name};{country}\n2;Plain;Plain\n"
    result = desk.take("accounts", text, encoding=encoding, read={"encoding": encoding} if is_said else None)
    assert desk.rows("accounts", "name", "country") == [
        tuple(pair) for pair in sorted([(name, country), ("Plain", "Plain")])
    ]
    if not is_said:
        assert result.files[0].encoding == encoding


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "latin-1", "cp850"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_in_another_encoding_is_read_as_quickly_as_one_in_utf_8(desk, encoding, end):
    text = end.join(["account_id,name", "A,M\u00fcller ", "B, Ren\u00e9\u00a0", "C,\u00c5s", ""])
    opened = open_file(
        desk.file(text, encoding=encoding),
        "file.csv",
        ledgers.read_options(encoding=encoding),
        lambda _rows: 1,
        desk.folder,
    )
    assert isinstance(opened.scan, DelimitedScan)
    assert (opened.encoding, opened.row_count, "padding" in opened.marks) == (encoding, 3, True)
    assert desk.take("accounts", text, encoding=encoding, read={"encoding": encoding}).rows.inserted == 3
    assert desk.rows("accounts", "account_id", "name") == [("A", "M\u00fcller"), ("B", "Ren\u00e9"), ("C", "\u00c5s")]


def test_bytes_that_are_no_text_in_their_encoding_cost_their_row_only(desk):
    rows = b"account_id,name\nA,M\xfcller\nB,Ren\x81e\nC,\xc5s\n"
    result = desk.take("accounts", rows, read={"encoding": "cp1252"})
    assert [(problem.line, problem.reason) for problem in result.problems] == [(3, "encoding")]
    assert desk.rows("accounts", "account_id", "name") == [("A", "M\u00fcller"), ("C", "\u00c5s")]


def test_a_byte_beyond_ascii_late_in_a_long_file_still_tells_the_encoding(desk):
    rows = "".join(f"{n},Plain {n}\n" for n in range(60_000))
    result = desk.take("accounts", "account_id,name\n" + rows + "x,Zoë\n", encoding="cp1252")
    assert result.files[0].encoding == "cp1252"
    assert result.rows.inserted == 60_001
    assert ("x", "Zoë") in desk.rows("accounts", "account_id", "name")
