"""Templates: what they offer is what the import reads."""

from __future__ import annotations

import io
import tomllib

import openpyxl
import pytest

from kam import ledgers
from kam.errors import BadInput
from kam.ledgers.templates import NOTES


@pytest.mark.parametrize("table", ledgers.TABLES)
def test_a_template_names_every_column_of_its_table_and_says_what_it_holds(table):
    columns = [field.name for field in ledgers.TABLES[table].fields]
    assert ledgers.template(table, "csv").decode("utf-8-sig").strip().split(",") == columns
    book = openpyxl.load_workbook(io.BytesIO(ledgers.template(table, "xlsx")))
    assert [cell.value for cell in book[table][1]] == columns
    noted = list(book["Notes"].values)[1:]
    assert [row[0] for row in noted] == columns
    assert all(row[2] for row in noted)


def test_notes_speak_of_columns_that_exist():
    for table, columns in tomllib.loads(NOTES.read_text(encoding="utf-8")).items():
        if table in ledgers.TABLES:
            assert set(columns) <= {field.name for field in ledgers.TABLES[table].fields}, table


def test_a_filled_template_comes_in(desk):
    desk.accounts("007")
    book = openpyxl.load_workbook(io.BytesIO(ledgers.template("contacts", "xlsx")))
    book["contacts"].append(["k1", "007", "Ann", "CEO", None, None, None, "decision maker", 5, 2])
    out = io.BytesIO()
    book.save(out)
    result = desk.take("contacts", out.getvalue(), "contacts.xlsx")
    assert (result.rows.inserted, result.rows.rejected) == (1, 0)
    assert desk.rows("contacts", "contact_id", "account_id", "influence") == [("k1", "007", 5)]


def test_what_is_no_template_is_refused(tmp_path):
    for table, file in (("nothing", "a.csv"), ("accounts", "a.pdf"), ("accounts", "missing/a.csv")):
        with pytest.raises(BadInput):
            ledgers.write_template(table, tmp_path / file)
