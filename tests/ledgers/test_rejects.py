"""Rejected rows are written in the shape of their file, corrected, and imported again."""

from __future__ import annotations

import csv
from decimal import Decimal

import openpyxl
import pytest

from kam import ledgers
from kam.errors import NotFound

HEADER = "order_id;account_id;order_date;quantity;net_revenue;note\n"


def rows_of(path, *, encoding="utf-8-sig", delimiter=";"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_the_file_has_its_own_shape_and_a_reason(stocked, tmp_path):
    text = (
        HEADER + "1;A;2025-01-05;1;1,50;ok\n1;A;nodate;x;2,50;a;b\n1;Z;2025-01-05;1;3,50;Café\n1;A;nodate;x;4,50;=1+1\n"
    )
    result = stocked.take("order_lines", text, encoding="cp1252")
    path = ledgers.write_rejects(stocked.store, result.import_id, tmp_path / "rejects.csv")
    header, ragged, unknown, formula = rows_of(path, encoding="cp1252")
    assert header == ["order_id", "account_id", "order_date", "quantity", "net_revenue", "note", "line_no", "reason"]
    assert ragged[:7] == ["1", "A", "nodate", "x", "2,50", "a", "b"] and ragged[-1].startswith("ragged")
    assert unknown[:7] == ["1", "Z", "2025-01-05", "1", "3,50", "Café", "2"]
    assert unknown[-1].startswith("unknown_account: account_id.")
    assert formula[5] == "'=1+1", "no spreadsheet may take it for a formula"
    assert "bad_date: order_date." in formula[-1] and "bad_number: quantity." in formula[-1]


def test_corrected_rows_come_in_at_their_own_place(stocked, tmp_path):
    header = "order_id,account_id,order_date,quantity,net_revenue\n"
    result = stocked.take(
        "order_lines", header + "1,A,2025-01-05,1,10\n1,Z,2025-01-05,1,20\n1,A,2025-01-05,1,30\n1,A,nodate,1,40\n"
    )
    path = ledgers.write_rejects(stocked.store, result.import_id, tmp_path / "rejects.csv")
    corrected = path.read_text(encoding="utf-8-sig").replace("Z", "B").replace("nodate", "2025-01-06")
    again = stocked.take("order_lines", corrected)
    assert (again.rows.inserted, again.rows.updated, again.rows.rejected) == (2, 0, 0)
    assert stocked.rows("order_lines", "line_no", "account_id", "net_revenue") == [
        (1, "A", Decimal("10.00")),
        (2, "B", Decimal("20.00")),
        (3, "A", Decimal("30.00")),
        (4, "A", Decimal("40.00")),
    ]


def test_corrected_rows_come_in_with_the_mapping_of_their_file(stocked, tmp_path):
    mapping = """
        table = "order_lines"
        [columns]
        order_id = "Invoice"
        account_id = "Customer"
        order_date = "Day"
        quantity = "Qty"
        net_revenue = "Qty * Price"
    """
    text = "Invoice,Customer,Day,Qty,Price\n1,A,2025-01-05,2,1.25\n1,A,2025-01-05,two,1.25\n"
    result = stocked.take("order_lines", text, mapping=mapping)
    path = ledgers.write_rejects(stocked.store, result.import_id, tmp_path / "rejects.csv")
    again = stocked.take("order_lines", path.read_text(encoding="utf-8-sig").replace("two", "4"), mapping=mapping)
    assert again.rows.inserted == 1
    assert stocked.rows("order_lines", "line_no", "net_revenue") == [(1, Decimal("2.50")), (2, Decimal("5.00"))]


def test_rejects_of_rejects_have_one_reason_column(stocked, tmp_path):
    text = "order_id,line_no,account_id,order_date,quantity,net_revenue\n1,1,Z,2025-01-05,1,10\n"
    first = stocked.take("order_lines", text)
    path = ledgers.write_rejects(stocked.store, first.import_id, tmp_path / "first.csv")
    second = stocked.take("order_lines", path.read_text(encoding="utf-8-sig"))
    again = ledgers.write_rejects(stocked.store, second.import_id, tmp_path / "second.csv")
    assert again.read_text(encoding="utf-8-sig") == path.read_text(encoding="utf-8-sig")


def test_a_title_above_the_header_stays(stocked, tmp_path):
    text = "Sales;2025\n\n" + HEADER + "1;Z;2025-01-05;1;1,50;x\n"
    result = stocked.take("order_lines", text)
    path = ledgers.write_rejects(stocked.store, result.import_id, tmp_path / "rejects.csv")
    assert stocked.take("order_lines", path.read_text(encoding="utf-8-sig").replace("Z", "A")).rows.inserted == 1


def test_rejects_can_be_written_as_a_workbook_and_in_a_dry_run(stocked, tmp_path):
    path = tmp_path / "rejects.xlsx"
    stocked.take("order_lines", HEADER + "1;Z;2025-01-05;1;1,50;=cmd()\n", dry_run=True, rejects_to=path)
    sheet = openpyxl.load_workbook(path).active
    row = [cell.value for cell in sheet[2]]
    assert row[1] == "Z" and row[5] == "=cmd()" and sheet["F2"].data_type == "s"


def test_there_is_nothing_to_write_where_nothing_was_rejected(stocked, tmp_path):
    result = stocked.take("order_lines", HEADER + "1;A;2025-01-05;1;1,50;x\n")
    with pytest.raises(NotFound):
        ledgers.write_rejects(stocked.store, result.import_id, tmp_path / "rejects.csv")
