"""A mapping says which column is which, works amounts out, leaves rows out, and joins headers to lines."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kam import ledgers
from kam.errors import Refusal
from tests.ledgers.files import TODAY, reasons

MAPPINGS = Path(__file__).resolve().parents[2] / "data" / "mappings"

INVOICES = """
table = "order_lines"

[columns]
order_id    = "Invoice No"
account_id  = "Customer ID"
order_date  = "Invoice-Date"
quantity    = "Qty"
net_revenue = "Qty * \\"Unit Price\\" * (1 - Discount) - 0.5"
"""
HEADER = "Invoice No,Customer ID,Invoice-Date,Qty,Unit Price,Discount\n"


def test_columns_are_named_and_worked_out(stocked):
    result = stocked.take("order_lines", HEADER + "1,A,2025-01-05,3,10.00,0.15\n", mapping=INVOICES)
    assert result.rows.inserted == 1
    assert stocked.rows("order_lines", "quantity", "net_revenue") == [(Decimal("3.0000"), Decimal("25.00"))]


def test_a_fault_in_a_worked_out_amount_names_the_column_at_fault(stocked):
    lines = "1,A,2025-01-05,3,ten,0\n2,A,2025-01-05,3,,0\n3,A,2025-01-05,99999999999999,99999999999999,0\n"
    result = stocked.take("order_lines", HEADER + lines, mapping=INVOICES)
    assert reasons(result) == [
        (2, "Unit Price", "ten", "bad_number"),
        (3, "Unit Price", None, "missing"),
        (4, "Qty, Unit Price, Discount", "99999999999999 · 99999999999999 · 0", "out_of_range"),
    ]


def test_an_optional_worked_out_column_stays_unknown_where_an_operand_is_missing(stocked):
    mapping = INVOICES + 'cogs = "Qty * Cost"\n'
    header = HEADER.strip() + ",Cost\n"
    result = stocked.take(
        "order_lines",
        header + "1,A,2025-01-05,3,1,0,\n2,A,2025-01-05,3,1,0,x\n3,A,2025-01-05,2,1,0,1.5\n",
        mapping=mapping,
    )
    assert reasons(result) == [(3, "Cost", "x", "bad_number")]
    assert stocked.rows("order_lines", "order_id", "cogs") == [("1", None), ("3", Decimal("3.00"))]


LEFT_OUT = [
    ("missing = true", [""]),
    ('equals = "Cancelled"', ["Cancelled"]),
    ("equals = 7", ["7"]),
    ('one_of = ["Cancelled", "Disputed"]', ["Cancelled", "Disputed"]),
    ('starts_with = "C"', ["Cancelled", "C123"]),
]


@pytest.mark.parametrize(("test", "gone"), LEFT_OUT, ids=[test for test, _gone in LEFT_OUT])
def test_rows_are_left_out_and_counted(stocked, test, gone):
    mapping = f'table = "order_lines"\n[[leave_out]]\ncolumn = "Status"\n{test}\n'
    header = "order_id,account_id,order_date,quantity,net_revenue,status\n"
    statuses = ["Shipped", "Cancelled", "Disputed", "C123", "7", "", "shipped"]
    lines = "".join(f"{n},A,2025-01-05,1,{n},{status}\n" for n, status in enumerate(statuses, 1))
    result = stocked.take("order_lines", header + lines, mapping=mapping)
    assert (result.rows.left_out, result.rows.inserted) == (len(gone), len(statuses) - len(gone))
    expected = sum(n for n, status in enumerate(statuses, 1) if status in gone)
    assert result.control_totals["EUR"].left_out == expected
    assert result.control_totals["EUR"].read == sum(range(1, len(statuses) + 1))


def test_a_row_that_is_left_out_is_not_looked_at_for_faults(stocked):
    mapping = 'table = "order_lines"\n[[leave_out]]\ncolumn = "account_id"\nmissing = true\n'
    header = "order_id,account_id,order_date,quantity,net_revenue\n"
    result = stocked.take("order_lines", header + "1,,nodate,x,y\n", mapping=mapping)
    assert (result.rows.left_out, result.rows.rejected) == (1, 0)


def test_constants_fill_a_column(stocked):
    mapping = 'table = "survey_responses"\n[constants]\nscale_points = 5\n'
    header = "account_id,answered_on,attribute,importance,performance\n"
    result = stocked.take(
        "survey_responses", header + "A,2025-01-05,Delivery,5,4.5\nA,2025-01-05,Delivery,6,4\n", mapping=mapping
    )
    assert reasons(result) == [(3, "importance", "6.0", "out_of_range")]
    assert stocked.rows("survey_responses", "scale_points") == [(5,)]


def test_a_headers_file_gives_its_columns_to_its_lines(stocked):
    lines = stocked.file("OrderID,Item,Qty,Price\n1,P,2,1.50\n1,Q,1,2.00\n2,P,1,1.50\n9,P,1,1.00\n", "lines.csv")
    headers = stocked.file(
        "Id;Customer;Day;Price\n1;A;2025-01-05;99\n2;Z;2025-01-06;99\n3;B;2025-01-06;99\n", "orders.csv"
    )
    mapping = lines.parent / "mapping.toml"
    mapping.write_text(
        """
        table = "order_lines"
        [columns]
        order_id = "OrderID"
        account_id = "Customer"
        order_date = "Day"
        product_id = "Item"
        quantity = "Qty"
        net_revenue = "Qty * Price"
        [join]
        file = "../FOLDER/orders.csv"
        on = { lines = "OrderID", headers = "Id" }
        """.replace("FOLDER", headers.parent.name),
        encoding="utf-8",
    )
    result = ledgers.import_files(
        stocked.store, "order_lines", lines, mapping=ledgers.read_mapping(mapping), who=stocked.who, today=TODAY
    )
    assert reasons(result) == [
        (4, "Customer", "Z", "unknown_account"),
        (5, "Customer", None, "missing"),
        (5, "Day", None, "missing"),
    ]
    assert stocked.rows("order_lines", "product_id", "net_revenue") == [("P", Decimal("3.00")), ("Q", Decimal("2.00"))]


def test_a_header_that_stands_twice_is_refused(stocked):
    headers = stocked.file("OrderID,Customer,Day\n1,A,2025-01-05\n2,A,2025-01-05\n1,B,2025-01-06\n", "orders.csv")
    mapping = """
        table = "order_lines"
        [columns]
        order_id = "OrderID"
        account_id = "Customer"
        order_date = "Day"
        quantity = "Qty"
        net_revenue = "Qty"
        [join]
        file = "orders.csv"
        on = "OrderID"
    """
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", "OrderID,Qty\n1,2\n", mapping=mapping, join_path=headers)
    assert (refused.value.reason, refused.value.line) == ("duplicate_key", 4)
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", "OrderID,Qty\n1,2\n", mapping=mapping)
    assert refused.value.reason == "no_file"


WRONG = [
    ('table = "sales"', "bad_mapping"),
    ("table = ", "bad_mapping"),
    ('table = "accounts"\n[columns]\nturnover = "x"', "bad_mapping"),
    ('table = "accounts"\n[columns]\nname = "x"\n[constants]\nname = "y"', "bad_mapping"),
    ('table = "accounts"\n[[leave_out]]\ncolumn = "x"', "bad_mapping"),
    ('table = "accounts"\n[[leave_out]]\ncolumn = "x"\nmissing = true\nequals = "y"', "bad_mapping"),
    ('table = "accounts"\n[read]\nencoding = "klingon"', "bad_mapping"),
    ('table = "accounts"\n[read]\ndate_format = "Julian"', "bad_mapping"),
    ('table = "accounts"\n[read]\ndecimal = ","\nthousands = ","', "bad_mapping"),
    ('table = "accounts"\n[account]\nrevenue = "x"', "bad_mapping"),
    ('table = "accounts"\nsurprise = 1', "bad_mapping"),
]


@pytest.mark.parametrize(("text", "reason"), WRONG, ids=[text.replace("\n", " ") for text, _reason in WRONG])
def test_a_mapping_that_does_not_fit_is_refused_in_a_sentence(text, reason):
    with pytest.raises(Refusal) as refused:
        ledgers.mapping_from(text)
    assert refused.value.reason == reason
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("Qty * Colour", "unknown_column"),
        ("Qty / 2", "bad_mapping"),
        ("Qty ** 2", "bad_mapping"),
        ("(Qty", "bad_mapping"),
        ("Qty Qty", "bad_mapping"),
        ("__import__('os')", "bad_mapping"),
        ("Qty); drop table ledgers.accounts; --", "bad_mapping"),
        ("", "bad_mapping"),
    ],
)
def test_arithmetic_is_a_whitelist(stocked, expression, reason):
    mapping = INVOICES.replace('"Qty * \\"Unit Price\\" * (1 - Discount) - 0.5"', f'"{expression}"')
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", HEADER + "1,A,2025-01-05,3,10.00,0.15\n", mapping=mapping)
    assert refused.value.reason == reason


def test_a_column_whose_name_looks_like_arithmetic_is_a_column(stocked):
    mapping = INVOICES.replace('"Qty * \\"Unit Price\\" * (1 - Discount) - 0.5"', '"Net - EUR"')
    result = stocked.take("order_lines", HEADER.strip() + ",Net - EUR\n1,A,2025-01-05,3,1,0,7.25\n", mapping=mapping)
    assert result.control_totals["EUR"].inserted == Decimal("7.25")


def test_headings_that_look_like_sql_are_only_names(stocked):
    name = 'x"; drop table ledgers.accounts; --'
    mapping = f"table = 'order_lines'\n[columns]\norder_id = '{name}'\naccount_id = 'a'\norder_date = 'd'\nquantity = 'q'\nnet_revenue = 'n'\n"
    heading = name.replace('"', '""')
    result = stocked.take("order_lines", f'"{heading}",a,d,q,n\n1,A,2025-01-05,1,1\n', mapping=mapping)
    assert result.rows.inserted == 1
    assert stocked.rows("accounts", "account_id") == [("A",), ("B",), ("C",)]


def test_a_mapping_for_another_table_is_refused(stocked):
    with pytest.raises(Refusal) as refused:
        stocked.take("accounts", "account_id,name\nA,A\n", mapping=INVOICES)
    assert refused.value.reason == "bad_mapping"


@pytest.mark.parametrize("file", sorted(MAPPINGS.glob("*.toml")), ids=lambda file: file.stem)
def test_every_mapping_that_we_ship_reads_and_writes_back(file):
    mapping = ledgers.read_mapping(file)
    assert ledgers.mapping_from(mapping.as_toml()).model_dump() == mapping.model_dump()


def test_any_name_survives_being_written_as_toml():
    names = ['a"b', "tab\there", "back\\slash", "line\nbreak", "日期", "a.b", "x y", "\u2028"]
    mapping = ledgers.Mapping(
        table="accounts",
        columns={"account_id": names[0], "name": names[1], "region": names[2], "country": names[3]},
        constants={"owner": names[4]},
        leave_out=[{"column": names[5], "one_of": names}, {"column": names[6], "missing": True}],
    )
    assert ledgers.mapping_from(mapping.as_toml()).model_dump() == mapping.model_dump()
