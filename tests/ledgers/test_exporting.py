"""What is exported comes back unchanged, and no spreadsheet takes its text for a formula."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from kam import ledgers
from kam.errors import Refusal
from kam.ledgers.contract import TABLES
from kam.ledgers.safe_text import guarded, unguarded
from tests.fresh import fresh_workbench
from tests.ledgers.files import TODAY

HOSTILE = [
    "=1+1",
    "+49 30 123",
    "-5",
    "@cmd",
    "'=x",
    "''+x",
    "'plain",
    "a\nb",
    'say "x"',
    "a;b,c|d",
    "日本",
    "00012",
    "1.0",
]

FILES = {
    "accounts": "account_id,name,parent_account_id,customer_since,payment_terms_days\nA,Alpha,,2001-02-03,30\nB,Beta,A,,\n",
    "products": "product_id,name,standard_cost\nP,Pump,1.2345\n",
    "exchange_rates": "currency,valid_from,rate\nUSD,2025-01-01,0.912345678\n",
    "order_lines": "order_id,line_no,account_id,order_date,quantity,net_revenue,cogs,currency,is_rush\n"
    "1,1,A,2025-01-05,1.5,10.05,3.10,USD,true\n1,2,B,2025-01-05,-1,-7,,,\n",
    "payments": "payment_id,account_id,paid_on,amount,currency,order_id\np1,A,2025-02-05,10.05,USD,1\np2,B,2025-02-06,-7,,\n",
    "activities": "account_id,activity_code,occurred_on,quantity,minutes\nA,drop,2025-01-05,3,12.50\n",
    "contacts": "contact_id,account_id,name,role,influence,attitude\nc1,A,Ann,customer's sponsor,5,-2\n",
    "opportunities": "opportunity_id,account_id,name,stage,amount,probability\no1,A,Deal,Won,5.50,0.35\n",
    "contracts": "contract_id,account_id,name,start_date,end_date,auto_renews\nk1,A,Frame,2025-01-01,9999-12-31,false\n",
    "interactions": "account_id,occurred_on,kind,summary\nA,2025-01-05,visit,Talked\n",
    "survey_responses": "account_id,answered_on,attribute,importance,performance\nA,2025-01-05,Delivery,4.5,3\n",
    "executives": "executive_id,name,title,level,industries,languages\ne1,Eve,CEO,board,Retail;Cars,en\n",
    "account_managers": "manager_id,name,background,languages\nm1,Max,sales,de;en\n",
}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_every_table_comes_back_unchanged(desk, champion, tmp_path, ending):
    for table, text in FILES.items():
        desk.take(table, text)
    with fresh_workbench(tmp_path / "second.duckdb", person=champion) as second:
        for table in FILES:
            path = tmp_path / f"{table}.{ending}"
            written = ledgers.export(desk.store, table, path)
            result = ledgers.import_files(second, table, path, who=champion, today=TODAY)
            assert (result.rows.inserted, result.rows.read) == (written, written), table
            names = [name for name in desk.store.columns(f"ledgers.{table}") if name != "import_id"]
            here, there = (
                s.read(f"ledgers.{table}", columns=names, order_by=[(names[0], False), (names[1], False)]).rows
                for s in (desk.store, second)
            )
            assert here == there, table
            if TABLES[table].key:
                again = ledgers.import_files(desk.store, table, path, who=champion, today=TODAY)
                assert again.rows.unchanged == written


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_hostile_text_is_inert_and_comes_back(desk, champion, tmp_path, ending):
    with desk.file("", "names.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["account_id", "name"])
        writer.writerows([f"id{n}", guarded(text)] for n, text in enumerate(HOSTILE))
        path = file.name
    desk.take("accounts", type(desk.folder)(path))
    assert [name for _id, name in desk.rows("accounts", "account_id", "name")] == [
        name for _id, name in sorted((f"id{n}", text) for n, text in enumerate(HOSTILE))
    ]
    exported = tmp_path / f"accounts.{ending}"
    ledgers.export(desk.store, "accounts", exported)
    if ending == "csv":
        with exported.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    if ending == "xlsx":
        assert all(c.data_type != "f" for row in openpyxl.load_workbook(exported).active for c in row)
    with fresh_workbench(tmp_path / "second.duckdb", person=champion) as second:
        assert ledgers.import_files(second, "accounts", exported, who=champion).rows.rejected == 0
        assert sorted(second.read("ledgers.accounts").column("name")) == sorted(HOSTILE)


def test_guarding_text_is_undone_exactly():
    for text in [*HOSTILE, "", "'", "''", "'''=", "\ttab", "x=1"]:
        assert unguarded(guarded(text)) == text


def test_views_are_exported_too(desk, tmp_path):
    desk.accounts("A", "B")
    assert ledgers.export(desk.store, "ledgers.account_groups", tmp_path / "groups.csv") == 2
    assert ledgers.export(desk.store, "account_groups", tmp_path / "groups.xlsx") == 2


@pytest.mark.parametrize(
    ("table", "file", "reason"),
    [
        ("sales", "x.csv", "unknown_table"),
        ("accounts", "x.docx", "usage"),
        ("accounts", "no/folder/x.csv", "unwritable"),
        ("accounts", "no/folder/x.xlsx", "unwritable"),
        ("accounts", "no/folder/x.parquet", "unwritable"),
        ("accounts; drop table x", "x.csv", "unknown_table"),
    ],
)
def test_what_cannot_be_exported_is_refused(desk, tmp_path, table, file, reason):
    with pytest.raises(Refusal) as refused:
        ledgers.export(desk.store, table, tmp_path / file)
    assert refused.value.reason == reason


def test_a_file_name_with_a_quote_is_a_file_name(desk, tmp_path):
    desk.accounts("A")
    path = tmp_path / "it's; select 1.csv"
    assert ledgers.export(desk.store, "accounts", path) == 1
    assert path.is_file()
