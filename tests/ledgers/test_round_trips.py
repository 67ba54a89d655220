"""Whatever a program writes, in whatever dialect, is what is read; and every line ends up somewhere."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import pandas
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam import access, ledgers
from kam.ledgers import arithmetic
from kam.ledgers.safe_text import guarded, unguarded
from tests.fresh import fresh_workbench
from tests.ledgers.files import Desk

BLANKS = " \t\n\r\u00a0\u3000\ufeff"
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
# Text as a record may hold it: any script, quotes, delimiters, line breaks; no control characters, no surrogates.
TEXTS = st.text(
    st.one_of(st.sampled_from(list("'\"=+-@,;|#\t\n Eee.0\u00a0")), st.characters(blacklist_categories=("Cc", "Cs"))),
    min_size=1,
    max_size=30,
)
TEXTS = (TEXTS | TEXTS.map(lambda text: text.replace("E", "\r\n"))).filter(
    lambda text: text.strip(BLANKS) and not text.strip(BLANKS).startswith("#")
)
DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    }
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    who = access.Person("ines-brandt", "Ines Brandt", "champion")
    folder = tmp_path_factory.mktemp("round")
    with fresh_workbench(folder / "round.duckdb", person=who) as store:
        made = Desk(store, who, folder)
        made.accounts("A")
        yield made


def written(rows, **dialect) -> str:
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


@SLOW
@given(st.lists(TEXTS, min_size=1, max_size=60), DIALECTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_names_in_any_dialect_and_encoding_come_in_as_they_are(desk, names, dialect, encoding):
    rows = [["product_id", "name", "category"], *([f"p{n}", guarded(text), "x"] for n, text in enumerate(names))]
    content = written(rows, **dialect).encode(encoding)
    result = desk.take("products", content, read={"encoding": encoding, "delimiter": dialect["delimiter"]})
    assert result.rows.inserted == len(names) and not result.problems
    held = dict(desk.rows("products", "product_id", "name"))
    assert held == {f"p{n}": unguarded(guarded(text).strip(BLANKS)) for n, text in enumerate(names)}
    ledgers.undo_import(desk.store, result.import_id, who=desk.who)


@SLOW
@given(
    st.lists(
        st.tuples(
            st.decimals(min_value=-(10**9), max_value=10**9, places=2),
            st.dates(date(1900, 1, 1), date(2026, 1, 31)),
        ),
        min_size=1,
        max_size=60,
    ),
    st.sampled_from([".", ","]),
    st.sampled_from(["", "'", "other"]),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y"]),
)
def test_amounts_and_days_in_any_style_come_in_to_the_cent(desk, facts, mark, thousands, day_format):
    parting = {"other": "," if mark == "." else "."}.get(thousands, thousands)

    def amount(value: Decimal) -> str:
        return f"{value:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", parting)

    rows = [["order_id", "account_id", "order_date", "quantity", "net_revenue"]]
    rows += [[n, "A", day.strftime(day_format), 1, amount(value)] for n, (value, day) in enumerate(facts)]
    said = {"%d/%m/%Y": "dmy", "%m/%d/%Y": "mdy"}.get(day_format)
    result = desk.take("order_lines", written(rows), read={"decimal": mark, "date_format": said})
    held = {
        int(order): (value, day)
        for order, value, day in desk.rows("order_lines", "order_id", "net_revenue", "order_date")
    }
    assert held == dict(enumerate(facts))
    assert result.control_totals["EUR"].inserted == sum(value for value, _day in facts)
    ledgers.undo_import(desk.store, result.import_id, who=desk.who)


FACTS = st.lists(
    st.tuples(
        st.decimals(min_value=-(10**9), max_value=10**9, places=2),
        st.dates(date(1900, 3, 1), date(2026, 1, 31)),
        TEXTS.filter(lambda text: text.isprintable()),
    ),
    min_size=1,
    max_size=20,
)


@SLOW
@given(FACTS, st.sampled_from(["xlsx", "parquet"]))
def test_typed_cells_of_workbooks_and_parquet_files_come_in_as_they_are(desk, facts, kind):
    path = desk.file(b"", f"lines.{kind}")
    rows = [(f"o{n}", "A", day, 1, amount, text) for n, (amount, day, text) in enumerate(facts)]
    headings = ["order_id", "account_id", "order_date", "quantity", "net_revenue", "product_id"]
    if kind == "xlsx":
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, headings)
            for number, (order, account, day, quantity, amount, text) in enumerate(rows, 1):
                sheet.write_row(number, 0, [order, account])
                sheet.write_datetime(number, 2, datetime(day.year, day.month, day.day))
                sheet.write_row(number, 3, [quantity, float(amount)])
                sheet.write_string(number, 5, text)
    else:
        pandas.DataFrame(rows, columns=headings).to_parquet(path)
    result = desk.take("order_lines", path)
    assert not result.problems and result.rows.inserted == len(facts)
    held = desk.rows("order_lines", "order_id", "order_date", "net_revenue", "product_id")
    assert dict((row[0], row[1:]) for row in held) == {
        f"o{n}": (day, amount, text.strip(BLANKS)) for n, (amount, day, text) in enumerate(facts)
    }
    ledgers.undo_import(desk.store, result.import_id, who=desk.who)


LINES = st.one_of(
    st.builds(lambda n: f"{n},A,2025-01-05,1,1.50", st.integers(0, 5)),
    st.text(st.sampled_from(list("A1,\"' \t;.-x")), max_size=30),
    st.sampled_from(
        ["", ",,,,", '1,"A,2025-01-05,1,1', "Total,,,,5", "order_id,account_id,order_date,quantity,net_revenue"]
    ),
)


@SLOW
@given(st.lists(LINES, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_of_a_dirty_file_is_accounted_for(desk, lines, end):
    header = "order_id,account_id,order_date,quantity,net_revenue"
    result = desk.take("order_lines", end.join([header, *lines]), read={"delimiter": ",", "decimal": "."}, dry_run=True)
    rows = result.rows
    assert rows.adds_up()
    assert all(totals.adds_up() for totals in result.control_totals.values())
    # A quoted line break joins lines; nothing else may make fewer rows than lines that hold something.
    joined = sum(line.count('"') for line in lines)
    full = sum(any(cell.strip(BLANKS) for cell in line.split(",")) for line in lines)
    assert full - joined <= rows.read <= len(lines)
    assert {p.line for p in result.problems} <= set(range(2, len(lines) + 2))
    good = sum(line.split(",", 1)[1:] == ["A,2025-01-05,1,1.50"] and line[:1].isdigit() for line in lines)
    if not joined:
        assert rows.inserted >= good


TERMS = st.recursive(
    st.one_of(
        st.sampled_from(["Qty", "Price"]).map(arithmetic.Name),
        st.decimals(min_value=0, max_value=99, places=2).map(arithmetic.Number),
    ),
    lambda inner: st.builds(arithmetic.Operation, st.sampled_from("+-*"), inner, inner),
    max_leaves=6,
)


def as_text(term) -> str:
    if isinstance(term, arithmetic.Name):
        return f'"{term.name}"'
    if isinstance(term, arithmetic.Number):
        return str(term.value)
    return f"({as_text(term.left)} {term.operator} {as_text(term.right)})"


@given(TERMS)
def test_arithmetic_is_read_as_it_is_written(term):
    assert arithmetic.parsed(as_text(term)) == term


@given(st.text(max_size=30))
def test_arithmetic_never_fails_but_by_refusing(text):
    from kam.errors import BadInput

    try:
        arithmetic.parsed(text)
    except BadInput as refused:
        assert refused.reason == "bad_mapping"


def test_products_bind_before_sums_and_sums_run_from_the_left():
    name, number = arithmetic.Name, lambda n: arithmetic.Number(Decimal(n))
    assert arithmetic.parsed("a + b * 2 - 3") == arithmetic.Operation(
        "-", arithmetic.Operation("+", name("a"), arithmetic.Operation("*", name("b"), number(2))), number(3)
    )
    assert arithmetic.parsed("-a") == arithmetic.Operation("-", number(0), name("a"))


def test_serial_days_and_calendar_days_agree_over_two_centuries(desk):
    days = [date(1900, 3, 1) + timedelta(days=n * 97) for n in range(480)]
    rows = [["order_id", "account_id", "order_date", "quantity", "net_revenue"]]
    rows += [[n, "A", (day - date(1899, 12, 30)).days, 1, 1] for n, day in enumerate(days)]
    result = desk.take("order_lines", written(rows), read={"date_format": "excel"})
    held = {int(order): day for order, day in desk.rows("order_lines", "order_id", "order_date")}
    assert held == {n: day for n, day in enumerate(days) if day <= date(2026, 1, 31)}
    ledgers.undo_import(desk.store, result.import_id, who=desk.who)
