"""What a spreadsheet reads in a download is what stood in the table."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import load_workbook

from kam.ui.files import as_csv, as_xlsx

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|'/c calc'!A0", "http://192.0.2.1/x"]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_a_cell_that_a_spreadsheet_would_run_is_prefixed_in_csv(text):
    assert read_csv(as_csv(["Name"], [[text]]))[1] == ["'" + text]


def test_ids_numbers_and_unknown_values_stay_as_they_are_in_csv():
    row = ["000123", Decimal("-12.50"), None, date(2025, 1, 31), ["de", "en"]]
    assert read_csv(as_csv(list("abcde"), [row]))[1] == ["000123", "-12.50", "", "2025-01-31", "de; en"]


def test_a_workbook_holds_no_formula_and_no_link():
    content = as_xlsx("Accounts", ["Name"], [[text] for text in HOSTILE], [])
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets" in name)
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets


def test_a_workbook_gives_text_as_text_and_amounts_as_numbers():
    rows = [["000123", "=1+1", Decimal("12.50"), None]]
    book = load_workbook(io.BytesIO(as_xlsx("Accounts", ["Id", "Name", "Amount", "None"], rows, [("As of", "x")])))
    assert book.get_sheet_by_index(0).to_python()[1] == ["000123", "=1+1", 12.5, ""]
    assert ["As of", "x"] in book.get_sheet_by_index(1).to_python()
