"""Tricky and bad files, each with what has to come of it."""

from __future__ import annotations

from dataclasses import dataclass, field

HEADER = "order_id,account_id,order_date,quantity,net_revenue\n"
GOOD = "1,A,2025-01-05,1,10.00\n"


@dataclass(frozen=True)
class Case:
    """A file and its outcome. loads: rows that fit; problems: (line, column, text, reason); total: EUR of good rows."""

    name: str
    content: str | bytes
    loads: int = 0
    problems: tuple = ()
    total: str | None = None
    file: str = "file.csv"
    read: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """A file that is refused as a whole."""

    name: str
    content: str | bytes
    reason: str
    line: int | None = None
    column: str | None = None
    file: str = "file.csv"
    read: dict = field(default_factory=dict)


def dates(*written: str) -> str:
    """Lines that differ in how their date is written."""
    return HEADER + "".join(f'{n},A,"{text}",1,10\n' for n, text in enumerate(written, 1))


def amounts(*written: str) -> str:
    """Lines that differ in how their amount is written."""
    return HEADER + "".join(f'{n},A,2025-01-05,1,"{text}"\n' for n, text in enumerate(written, 1))


SHAPES = [
    Case("plain", HEADER + GOOD, 1, total="10.00"),
    Case("no newline at the end", HEADER + GOOD.strip(), 1),
    Case("CR LF", (HEADER + GOOD).replace("\n", "\r\n"), 1),
    Case("CR alone", (HEADER + GOOD).replace("\n", "\r"), 1),
    Case(
        "mixed line ends",
        HEADER + "1,A,2025-01-05,1,1\r\n2,A,2025-01-05,1,1\r3,Z,2025-01-05,1,1\n",
        2,
        ((4, "account_id", "Z", "unknown_account"),),
    ),
    Case("UTF-8 with mark", ("\ufeff" + HEADER + GOOD).encode(), 1),
    Case("UTF-16 with mark", (HEADER + GOOD).encode("utf-16"), 1),
    Case("UTF-16 without mark, little end first", (HEADER + GOOD).encode("utf-16-le"), 1),
    Case("UTF-16 without mark, big end first", (HEADER + GOOD).encode("utf-16-be"), 1),
    Case("semicolons", (HEADER + GOOD).replace(",", ";"), 1),
    Case("tabs", (HEADER + GOOD).replace(",", "\t"), 1),
    Case("bars", (HEADER + GOOD).replace(",", "|"), 1),
    Case("runs of blanks", "order_id  account_id order_date   quantity net_revenue\n 1   A 2025-01-05  1 10.00\n", 1),
    Case(
        "columns by position",
        "order_id account_id order_date  quantity net_revenue\n"
        "1        A          2025-01-05  1        10.00\n2        B          2025-01-05  1             \n",
        1,
        ((3, "net_revenue", None, "missing"),),
        read={"delimiter": "fixed"},
    ),
    Case("packed", HEADER + GOOD, 1, file="file.csv.gz"),
    Case("a delimiter named in the first line", "sep=;\n" + (HEADER + GOOD).replace(",", ";"), 1),
    Case(
        "a title above the header",
        "Sales report\n\nprinted today\n" + HEADER + "9,Z,2025-01-05,1,1\n" + GOOD,
        1,
        ((5, "account_id", "Z", "unknown_account"),),
    ),
    Case(
        "blank lines",
        HEADER + "\n" + GOOD + "\n\n9,Z,2025-01-05,1,1\n\n",
        1,
        ((6, "account_id", "Z", "unknown_account"),),
    ),
    Case("rows of empty cells", HEADER + ",,,,\n" + GOOD + " , ,,,\n", 1),
    Case("a delimiter after the last cell", HEADER + "1,A,2025-01-05,1,10.00,\n", 1),
    Case("a named and an unnamed column more", HEADER.strip() + ",note,\n1,A,2025-01-05,1,10.00,x,\n", 1),
    Case("headings in other case and spelling", "Order-ID,ACCOUNT ID,orderDate,Quantity,Net Revenue\n" + GOOD, 1),
    Case("a header only", HEADER, 0),
    Case("a mark and a quoted heading", ("\ufeff" + HEADER.replace("order_id", '"order_id"') + GOOD).encode(), 1),
    Case("leading zeros of ids", HEADER + "0001,A,2025-01-05,1,1\n001,A,2025-01-05,1,1\n", 2),
    Case("hard blanks around an id", HEADER + "1,\u00a0A\u00a0,2025-01-05,1,1\n", 1),
    Case(
        "an invisible character in an id",
        HEADER + "1,\u200bA,2025-01-05,1,1\n",
        0,
        ((2, "account_id", "\u200bA", "unknown_account"),),
    ),
    Case("ids that are floats because one is", HEADER + "1.0,A,2025-01-05,1,1\n2,A,2025-01-05,1,1\n", 2),
    Refused("nothing", "", "empty", line=1),
    Refused("blank lines only", "\n\n\n", "empty", line=1),
    Refused("no header", GOOD + GOOD, "no_header", line=1),
    Refused(
        "a required column missing",
        "order_id,account_id,quantity,net_revenue\n1,A,1,1\n",
        "missing_column",
        line=1,
        column="order_date",
    ),
    Refused(
        "a heading twice",
        HEADER.strip() + ",Quantity\n1,A,2025-01-05,1,1,2\n",
        "duplicate_header",
        line=1,
        column="Quantity",
    ),
    Refused("a web page", "<html><body><table><tr><td>order_id</td></tr></table></body></html>", "wrong_format"),
    Refused("JSON", '{"order_id": 1, "account_id": "A"}', "no_header", line=1),
    Refused("text called a workbook", HEADER + GOOD, "wrong_format", file="file.xlsx"),
    Refused("text called Parquet", HEADER + GOOD, "wrong_format", file="file.parquet"),
    Refused("text called packed", HEADER + GOOD, "wrong_format", file="file.csv.gz"),
    Refused("half a Parquet file", b"PAR1" + b"\0" * 40, "unreadable", file="file.parquet"),
    Refused("half a packed file", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x00\x01", "unreadable", file="x.csv.gz"),
]

ROWS = [
    Case(
        "a short row",
        HEADER + GOOD + "2,A,2025-01-05\n" + GOOD.replace("1,A", "3,A"),
        2,
        ((3, None, "2,A,2025-01-05", "ragged"),),
    ),
    Case(
        "a long row", HEADER + "2,A,2025-01-05,1,1,more\n" + GOOD, 1, ((2, None, "2,A,2025-01-05,1,1,more", "ragged"),)
    ),
    Case(
        "a quote that never closes costs its own line only",
        HEADER + '1,"A,2025-01-05,1,1\n' + "".join(f"{n},A,2025-01-05,1,1\n" for n in range(2, 22)),
        20,
        ((2, None, '1,"A,2025-01-05,1,1', "quote"),),
    ),
    Case(
        "a stray quote that a later quote would close",
        HEADER + '1,"A,2025-01-05,1,1\n2,A,2025-01-05,1,1\n3,"A",2025-01-05,1,1\n4,A,2025-01-05,1,1\n',
        3,
        ((2, None, '1,"A,2025-01-05,1,1', "quote"),),
    ),
    Case("an inch mark inside a cell", HEADER.strip() + ',product_id\n1,A,2025-01-05,1,1,5" pipe\n', 1),
    Case(
        "line breaks inside quotes keep the line numbers",
        HEADER.strip() + ',product_id\n1,A,2025-01-05,1,1,"one\ntwo\nthree"\n2,Z,2025-01-05,1,1,x\n',
        1,
        ((5, "account_id", "Z", "unknown_account"),),
    ),
    Case(
        "Windows line ends inside quotes, too",
        HEADER.strip() + ',product_id\r\n1,A,2025-01-05,1,1,"one\r\ntwo"\r\n2,Z,2025-01-05,1,1,x\r\n',
        1,
        ((4, "account_id", "Z", "unknown_account"),),
    ),
    Case(
        "a total that is named in German, and a subtotal",
        HEADER + GOOD + "Summe:,,,,10.00\nSubtotal A,,,,10.00\n",
        1,
        ((3, "order_id", "Summe:", "total_row"), (4, "order_id", "Subtotal A", "total_row")),
    ),
    Case(
        "a total that is not named",
        HEADER + GOOD + ",,,,10.00\n",
        1,
        tuple((3, column, None, "missing") for column in ("order_id", "account_id", "order_date", "quantity")),
    ),
    Case("a NUL", HEADER + "1\0,A,2025-01-05,1,1\n" + GOOD, 1, ((2, "order_id", "1\ufffd", "control_char"),)),
    Case(
        "an escape sequence",
        HEADER + "1,A,2025-01-05,1,1\x1b[31m\n",
        0,
        ((2, "net_revenue", "1\ufffd[31m", "control_char"),),
    ),
    Case(
        "bytes that are not UTF-8, said to be",
        (HEADER + "1é,A,2025-01-05,1,1\n" + GOOD).encode("cp1252"),
        1,
        ((2, "order_id", "1\ufffd", "encoding"),),
        read={"encoding": "utf-8"},
    ),
    Case("the header again", HEADER + GOOD + HEADER, 1, ((3, "order_id", "order_id", "header_row"),)),
    Case("a total", HEADER + GOOD + "Total,,,,10.00\n", 1, ((3, "order_id", "Total", "total_row"),)),
    Case(
        "a grand total further right",
        HEADER + GOOD + ",,,Grand total:,10.00\n",
        1,
        ((3, "order_id", "Grand total:", "total_row"),),
    ),
    Case("a total in Chinese", HEADER + GOOD + "合計,,,,10.00\n", 1, ((3, "order_id", "合計", "total_row"),)),
    Case("an order called Total-7", HEADER + "Total-7,A,2025-01-05,1,1\n", 1),
    Case(
        "required values missing",
        HEADER + ",A,2025-01-05,1,1\n2,,2025-01-05,1,1\n3,A,,1,1\n4,A,2025-01-05,,1\n5,A,2025-01-05,1,\n",
        0,
        (
            (2, "order_id", None, "missing"),
            (3, "account_id", None, "missing"),
            (4, "order_date", None, "missing"),
            (5, "quantity", None, "missing"),
            (6, "net_revenue", None, "missing"),
        ),
    ),
    Case(
        "several faults in one row",
        HEADER + "1,Z,nodate,x,y\n",
        0,
        (
            (2, "order_date", "nodate", "bad_date"),
            (2, "quantity", "x", "bad_number"),
            (2, "net_revenue", "y", "bad_number"),
            (2, "account_id", "Z", "unknown_account"),
        ),
    ),
    Case(
        "an empty optional cell beside a fault is no fault",
        HEADER.strip() + ",cogs,is_rush,currency,product_id\n1,A,nodate,1,1,,,,\n",
        0,
        ((2, "order_date", "nodate", "bad_date"),),
    ),
    Case(
        "spreadsheet errors",
        HEADER + "1,#N/A,2025-01-05,1,#DIV/0!\n",
        0,
        ((2, "account_id", "#N/A", "excel_error"), (2, "net_revenue", "#DIV/0!", "excel_error")),
    ),
    Case(
        "a cell of ten million characters",
        HEADER + "x" * 10_000_000 + ",A,2025-01-05,1,1\n" + GOOD,
        1,
        ((2, "order_id", "x" * 1000 + "…", "too_long"),),
    ),
    Case(
        "an id of 201 characters",
        HEADER + "x" * 201 + ",A,2025-01-05,1,1\n" + GOOD,
        1,
        ((2, "order_id", "x" * 201, "too_long"),),
    ),
    Case(
        "a key twice",
        "order_id,line_no,account_id,order_date,quantity,net_revenue\n"
        "1,1,A,2025-01-05,1,1\n1,1,A,2025-01-05,1,2\n1,2,A,2025-01-05,1,3\n",
        2,
        ((3, "order_id, line_no", "1 1", "duplicate_key"),),
        total="4.00",
    ),
    Case("equal lines without numbers are lines", HEADER + GOOD + GOOD + GOOD, 3, total="30.00"),
    Case(
        "a line number that is none",
        "order_id,line_no,account_id,order_date,quantity,net_revenue\n"
        "1,1.5,A,2025-01-05,1,1\n1,2.0,A,2025-01-05,1,2\n1,99999999999,A,2025-01-05,1,2\n",
        1,
        ((2, "line_no", "1.5", "bad_integer"), (4, "line_no", "99999999999", "out_of_range")),
    ),
    Case(
        "currencies",
        HEADER.strip() + ",currency\n1,A,2025-01-05,1,1,USD\n2,A,2025-01-05,1,2,eur\n"
        "3,A,2025-01-05,1,2,Euro\n4,A,2025-01-05,1,2,\n",
        2,
        ((2, "currency", "USD", "missing_rate"), (4, "currency", "Euro", "bad_currency")),
        total="4.00",
    ),
    Case(
        "yes and no",
        HEADER.strip() + ",is_rush\n1,A,2025-01-05,1,1,Yes\n2,A,2025-01-05,1,1,0\n3,A,2025-01-05,1,1,maybe\n",
        2,
        ((4, "is_rush", "maybe", "bad_value"),),
    ),
    Case(
        "a date in the future",
        HEADER + "1,A,2026-02-01,1,1\n2,A,2026-01-31,1,1\n",
        1,
        ((2, "order_date", "2026-02-01", "future_date"),),
    ),
    Case(
        "an id that a spreadsheet spoilt",
        HEADER + "4.01235E+12,A,2025-01-05,1,1\n",
        0,
        ((2, "order_id", "4.01235E+12", "mangled_id"),),
    ),
]

DATES = [
    Case("ISO", dates("2025-01-05", "2025-01-05 13:45", "2025-01-05T13:45:10.000+0000"), 3),
    Case("year first with strokes", dates("2025/01/05", "2025/1/5"), 2),
    Case("day first with dots", dates("05.01.2025", "5.1.2025 08:30"), 2),
    Case("day first, since one day is the 13th", dates("01/02/2025", "13/02/2025"), 2),
    Case("month first, since one day is the 13th", dates("01/02/2025", "02/13/2025 8:26"), 2),
    Refused("day or month first", dates("01/02/2025", "03/04/2025"), "ambiguous", column="order_date"),
    Refused("both day and month first", dates("13/02/2025", "02/13/2025"), "ambiguous", column="order_date"),
    Case("day first, said", dates("01/02/2025", "03/04/2025"), 2, read={"date_format": "dmy"}),
    Case("month first, said", dates("12/31/2025", "01/31/2025"), 2, read={"date_format": "mdy"}),
    Case(
        "day first, said wrongly",
        dates("12/31/2025"),
        0,
        ((2, "order_date", "12/31/2025", "bad_date"),),
        read={"date_format": "dmy"},
    ),
    Case("the same day either way", dates("01/01/2025", "02/02/2025"), 2),
    Case("compact", dates("20250105", "20250105.0"), 2),
    Refused("serial days", dates("45000", "45001"), "ambiguous", column="order_date"),
    Case("serial days from 1900, said", dates("45000"), 1, read={"date_format": "excel"}),
    Case("serial days from 1904, said", dates("43538"), 1, read={"date_format": "excel1904"}),
    Case("Minguo years", dates("113/05/06", "民國113年5月6日", "1130506"), 3),
    Case("Minguo years of two digits, said", dates("99/05/06"), 1, read={"date_format": "roc"}),
    Case("Chinese", dates("2025年1月5日"), 1),
    Case("months by name", dates("5-Jan-2025", "Jan 5, 2025"), 2),
    Case("a pattern, said", dates("5|1|25"), 1, read={"date_format": "%d|%m|%y"}),
    Case(
        "days that are none",
        dates("2025-02-30", "31.04.2025", "2025-13-01", "yesterday", "99/05/06"),
        0,
        tuple(
            (line, "order_date", text, "bad_date")
            for line, text in enumerate(("2025-02-30", "31.04.2025", "2025-13-01", "yesterday", "99/05/06"), 2)
        ),
    ),
    Case("zeros for no date", dates("00000000"), 0, ((2, "order_date", "00000000", "missing"),)),
    Case("a day in the Middle Ages", dates("1025-01-05"), 0, ((2, "order_date", "1025-01-05", "out_of_range"),)),
]

NUMBERS = [
    Case(
        "signs, currencies and parentheses",
        amounts("(12.50)", "12.50-", "€ 12.50", "$1,012.50", "EUR 1.50", "+2.25"),
        6,
        total="1003.75",
    ),
    Case(
        "signs of other currencies",
        amounts("NT$ 1,200.00", "¥1,200.00", "₹1,00,000.00", "CHF 1'200.50"),
        4,
        total="103600.50",
    ),
    Case(
        "digits of other scripts, and a credit mark",
        amounts("１２.５０", "١٢٫٥٠", "12.50CR"),
        0,
        tuple(
            (line, "net_revenue", text, "bad_number") for line, text in enumerate(("１２.５０", "١٢٫٥٠", "12.50CR"), 2)
        ),
    ),
    Case("a typographic minus", amounts("−10.25"), 1, total="-10.25"),
    Case("Swiss and French thousands", amounts("1'234.50", "1 234.50", "1\u202f234.50"), 3, total="3703.50"),
    Case("Indian thousands", amounts("1,00,000.00"), 1, total="100000.00"),
    Case("decimal commas", amounts("1.234,50", "12,00"), 2, total="1246.50"),
    Refused("point or comma, with a comma", amounts("1,234"), "ambiguous", column="net_revenue"),
    Refused("point or comma, with a point", amounts("1.234"), "ambiguous", column="net_revenue"),
    Refused("both decimal marks", amounts("1,5", "2.5"), "ambiguous", column="net_revenue"),
    Case("a comma, said to be decimal", amounts("1,234"), 1, total="1.23", read={"decimal": ","}),
    Case("a comma, said to part thousands", amounts("1,234"), 1, total="1234.00", read={"thousands": ","}),
    Case("a point, said to part thousands", amounts("1.234"), 1, total="1234.00", read={"thousands": "."}),
    Case("another number shows the mark", HEADER + '1,A,2025-01-05,1.5,"1,234"\n', 1, total="1234.00"),
    Case("a zero before the mark shows it", amounts("0.125", "1.250"), 2, total="1.38"),
    Case("exponents", amounts("1e3", "1.5E+2"), 2, total="1150.00"),
    Case("half cents are rounded away from zero", amounts("2.5550", "-2.5550"), 2, total="0.00"),
    Case(
        "thousands in the wrong place",
        amounts("12,34,5.00", "1,2345.10"),
        0,
        ((2, "net_revenue", "12,34,5.00", "bad_number"), (3, "net_revenue", "1,2345.10", "bad_number")),
    ),
    Case(
        "words and several signs",
        amounts("ten", "--5.50", "(5.50", "12%"),
        0,
        tuple(
            (line, "net_revenue", text, "bad_number") for line, text in enumerate(("ten", "--5.50", "(5.50", "12%"), 2)
        ),
    ),
    Case(
        "not finite",
        amounts("NaN", "inf", "-Infinity"),
        0,
        tuple((line, "net_revenue", text, "not_finite") for line, text in enumerate(("NaN", "inf", "-Infinity"), 2)),
    ),
    Case("not finite where nothing is required", HEADER.strip() + ",cogs\n1,A,2025-01-05,1,10,NaN\n", 1),
    Case(
        "too large",
        amounts("99999999999999999999", "1e30"),
        0,
        ((2, "net_revenue", "99999999999999999999", "out_of_range"), (3, "net_revenue", "1e30", "out_of_range")),
    ),
]

CASES = SHAPES + ROWS + DATES + NUMBERS
