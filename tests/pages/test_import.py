"""The Import page: a file is looked at, read as said, checked, taken in, and taken back."""

from __future__ import annotations

import io

import openpyxl
import pytest

from kam import ledgers
from tests.ledgers.files import Desk

LINES = "order_id,account_id,order_date,quantity,net_revenue\n"
FILE, HEADERS = "A file of records, or several alike (CSV, XLSX, Parquet)", "Headers file"
OPENS = "Bring in a file"


@pytest.fixture
def desk(store, champion, tmp_path):
    made = Desk(store, champion, tmp_path)
    made.accounts("A", "B")
    return made


@pytest.fixture
def page(open_page, desk):
    return open_page("import")


def drop(page, content: str | bytes, name: str = "lines.csv", label: str = FILE):
    """Drop a file and let the page look at it."""
    given = content.encode() if isinstance(content, str) else content
    next(u for u in page.at.file_uploader if u.label.startswith(label)).upload(name, given)
    return page.run()


def counts(page) -> dict[str, str]:
    """The rows by outcome, as shown."""
    return {
        label: page.metrics[label] for label in ("Rows read", "New", "Updated", "Unchanged", "Rejected", "Left out")
    }


def choose(page, label: str, value):
    page.field("selectbox", label).set_value(value)
    return page.run()


def type_in(page, label: str, text: str):
    """Type what is not among the options (AppTest knows options only)."""
    page.field("selectbox", label).options.append(text)
    return choose(page, label, text)


def segment(page, label: str, value):
    next(b for b in page.at.get("button_group") if b.label == label).set_value(value)
    return page.run()


def test_without_a_file_the_page_asks_for_one_and_lists_nothing(page):
    assert not page.errors
    assert [u.label for u in page.at.file_uploader] == [FILE]


def test_a_file_is_recognised_checked_and_imported(page, desk):
    drop(page, LINES + "1,A,2025-01-05,2,10.00\n2,Z,2025-01-05,1,5.00\n")
    assert "text · UTF-8 · parted by comma · columns named in line 1" in page.text
    assert page.field("selectbox", "It holds").value == "order_lines"
    assert page.field("selectbox", "net revenue *").value == "net_revenue"
    assert counts(page) == {
        "Rows read": "2",
        "New": "1",
        "Updated": "0",
        "Unchanged": "0",
        "Rejected": "1",
        "Left out": "0",
    }
    (total,) = page.tables["Control totals in the file's currency"]
    assert (total["Currency"], total["Net revenue read"], total["New"], total["Rejected"]) == (
        "EUR",
        "15.00",
        "10.00",
        "5.00",
    )
    (problem,) = page.tables["Rows that do not fit"]
    assert (problem["Line"], problem["Column"], problem["What stands there"]) == ("3", "account_id", "Z")
    assert desk.rows("order_lines", "order_id") == [], "nothing is written by looking"

    page.press("Import 1 row")
    assert not page.errors
    assert "1 new, 0 updated, 0 unchanged, 1 rejected" in page.text
    assert desk.rows("order_lines", "order_id") == [("1",)]
    assert "Rows read" not in page.metrics, "the file is done with"


def test_accounts_can_be_made_and_change_what_would_come(page, desk):
    drop(page, LINES + "1,A,2025-01-05,2,10.00\n2,Z,2025-01-05,1,5.00\n")
    next(c for c in page.at.checkbox if c.label == "Make the accounts that the master lacks").check()
    page.run()
    assert counts(page)["New"] == "2"
    assert "1 account will be made." in page.text
    page.press("Import 2 rows")
    assert ("Z",) in desk.rows("accounts", "account_id")


def test_what_can_be_read_two_ways_is_asked_and_the_answer_is_taken(page, desk):
    drop(page, LINES + "1,A,03/04/2025,2,10.00\n")
    assert "day/month or as month/day" in page.text
    assert "Rows read" not in page.metrics
    segment(page, "order\\_date holds", "mdy")
    assert counts(page)["New"] == "1"
    page.press("Import 1 row")
    assert str(desk.rows("order_lines", "order_date")[0][0]) == "2025-03-04"


def test_columns_can_be_chosen_and_worked_out(page, desk):
    drop(page, "Beleg;Kunde;Tag;Menge;Preis;Grund\n1;A;2025-01-05;2;1,50;\n2;A;2025-01-05;1;2,00;Storno\n")
    choose(page, "It holds", "order_lines")
    assert "order_id" in page.errors[0], "what is missing is said"
    for label, heading in (
        ("order id *", "Beleg"),
        ("account id *", "Kunde"),
        ("order date *", "Tag"),
        ("quantity *", "Menge"),
    ):
        page.field("selectbox", label).set_value(heading)
    page.field("multiselect", "Leave out rows without a value in").set_value(["Grund"])
    type_in(page, "net revenue *", "Menge * Preis")
    assert not page.errors
    assert (counts(page)["New"], counts(page)["Left out"]) == ("1", "1")
    page.field("selectbox", "net revenue *").options.append("Menge * Preis")
    page.press("Import 1 row")
    assert [str(n) for (n,) in desk.rows("order_lines", "net_revenue")] == ["2.00"]


def test_a_mapping_that_fits_is_offered_and_taken(page, desk):
    drop(
        page,
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        "536365,85123A,HEART,6,12/1/2010 8:26,2.55,A,United Kingdom\n536366,85123A,HEART,1,12/1/2010 8:26,2.55,,United Kingdom\n",
    )
    choose_mapping = next(b for b in page.at.get("button_group") if b.label == "Which column is which")
    assert "online-retail" in choose_mapping.options
    segment(page, "Which column is which", "online-retail")
    assert page.field("selectbox", "net revenue *").value == "Quantity * UnitPrice"
    assert page.field("text_input", "Currency of all amounts").value == "GBP"
    assert (counts(page)["Rejected"], counts(page)["Left out"]) == ("1", "1"), "there is no rate for pounds"


def test_headers_and_lines_come_from_two_files(page, desk):
    drop(page, "orderNumber,productCode,quantityOrdered,priceEach,orderLineNumber\n1,P,2,1.50,1\n")
    segment(page, "Which column is which", "classicmodels-orders")
    drop(page, "orderNumber,orderDate,status,customerNumber\n1,2003-01-06,Shipped,A\n", "orders.csv", HEADERS)
    assert counts(page)["New"] == "1"
    page.press("Import 1 row")
    assert desk.rows("order_lines", "order_id", "account_id", "line_no") == [("1", "A", 1)]


def test_a_workbook_and_its_sheet_are_named(page):
    book = openpyxl.Workbook()
    book.active.title = "Accounts"
    book.active.append(["account_id", "name"])
    book.active.append(["C", "Gamma"])
    packed = io.BytesIO()
    book.save(packed)
    drop(page, packed.getvalue(), "accounts.xlsx")
    assert "workbook · sheet Accounts" in page.text
    assert counts(page)["New"] == "1"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        ("", "empty.csv", "is empty"),
        (LINES + "1,A", "sales.xlsx", "not what its name says"),
        ("<html><table></table></html>", "export.csv", "web page"),
        ("order_id,order_id,account_id,order_date,quantity,net_revenue\n1,1,A,2025-01-05,1,1\n", "twice.csv", "twice"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(page, content, name, says):
    drop(page, content, name)
    (sentence,) = page.errors
    assert says in sentence and name in sentence


def test_a_file_of_no_known_table_is_asked_about(page):
    drop(page, "colour,shape\nred,round\n", "shapes.csv")
    assert page.field("selectbox", "It holds").value is None
    assert not page.errors


def test_nothing_new_is_not_imported(page, desk):
    text = LINES + "1,A,2025-01-05,2,10.00\n"
    desk.take("order_lines", text)
    drop(page, text)
    assert counts(page)["Unchanged"] == "1"
    assert "there is nothing to import" in page.text
    assert not any(b.label.startswith("Import ") for b in page.at.button)


def test_a_long_list_of_faults_is_cut_and_can_be_downloaded(page):
    drop(page, LINES + "".join(f"{n},Z,2025-01-05,2,10.00\n" for n in range(40)))
    assert len(page.tables["Rows that do not fit"]) == 10
    assert any(b.label == "Download the rejected rows" for b in page.at.get("download_button"))


def test_hostile_text_is_shown_as_text(page):
    drop(page, "account_id,name\nC,![x](http://evil.example/x.png)\n,**bold**\n", "![x](http:).csv")
    assert not page.at.exception
    assert "![x](http://evil.example/x.png)" in page.text


def test_an_import_opens_shows_its_rejects_and_is_undone(open_page, desk):
    result = desk.take("order_lines", LINES + "1,A,2025-01-05,2,10.00\n2,Z,2025-01-05,1,5.00\n", "march.csv")
    listed = open_page("import", tab="Imports so far")
    (row, _accounts) = listed.tables["Imports so far"]
    assert (row["File"], row["New"], row["Rejected"]) == ("march.csv", "1", "1")
    assert any(f"import={result.import_id}" in link for link in listed.links)

    page = open_page("import", **{"import": str(result.import_id)})
    assert counts(page)["Rejected"] == "1"
    assert page.tables["Rows that do not fit"][0]["What stands there"] == "Z"
    assert any(b.label == "Download the rejected rows" for b in page.at.get("download_button"))
    page.press("Undo this import")
    assert f"Import {result.import_id} of order_lines is undone" in page.text
    assert desk.rows("order_lines", "order_id") == []
    assert not any(b.label == "Undo this import" for b in page.at.button)


def test_an_import_that_something_rests_on_is_not_undone(open_page, desk):
    desk.take("contacts", "contact_id,account_id,name\nc1,A,Ann\n")
    first = min(ledgers.imports(desk.store).column("import_id"))
    page = open_page("import", **{"import": str(first)})
    page.press("Undo this import")
    assert "is in use in contacts" in page.errors[0]


def test_accounts_that_the_master_lacks_are_shown_with_the_nearest(page, desk):
    desk.take("accounts", "account_id,name\n4711,Northwind Traders\n")
    drop(page, LINES + "1,4712,2025-01-05,2,10.00\n2,A,2025-01-05,2,10.00\n")
    (row,) = page.tables["Accounts that the master lacks"]
    assert (row["In the file"], row["Nearest account"]) == ("4712", "Northwind Traders")


def test_lacking_accounts_of_very_many_faults_are_the_most_frequent_and_it_is_said_that_there_may_be_more(
    page, desk, monkeypatch
):
    monkeypatch.setattr("kam.ledgers.checking.MOST_PROBLEMS_SHOWN", 60)
    desk.take("accounts", "account_id,name\n4711,Northwind Traders\n")
    seldom = "".join(f"{n},X{n},2025-01-05,2,10.00\n" for n in range(55))
    drop(page, LINES + seldom + "".join(f"{n},4712,2025-01-05,2,10.00\n" for n in range(100, 110)))
    first = page.tables["Accounts that the master lacks"][0]
    assert (first["In the file"], first["Nearest account"]) == ("4712", "Northwind Traders")
    assert "Counted among the first 60 faults: there may be more." in page.text
    assert counts(page)["Rejected"] == "65"


def test_a_mapping_is_kept_under_a_name_and_offered_for_the_next_file(open_page, page, desk):
    drop(page, "No,Customer,Day,Qty,Net\n1,A,2025-01-05,2,10.00\n")
    choose(page, "It holds", "order_lines")
    for label, heading in (("order id *", "No"), ("account id *", "Customer"), ("order date *", "Day")):
        choose(page, label, heading)
    choose(page, "quantity *", "Qty")
    choose(page, "net revenue *", "Net")
    page.field("text_input", "Name").set_value("Till receipts")
    page.press("Keep it")
    assert [kept.name for kept in ledgers.saved_mappings(desk.store)] == ["Till receipts"]
    again = drop(open_page("import"), "No,Customer,Day,Qty,Net\n2,B,2025-01-06,1,4.00\n", "next.csv")
    segment(again, "Which column is which", "Till receipts")
    assert counts(again)["New"] == "1"


def test_the_watched_folder_is_ruled_and_emptied_on_the_page(open_page, desk):
    ledgers.save_mapping(desk.store, "plain", ledgers.mapping_of({"table": "order_lines"}), who=desk.who)
    opened = open_page("import", tab="Watched folder")
    opened.field("text_input", "File names").set_value("lines*.csv")
    opened.press("Add the rule")
    folder = ledgers.inbox_folder(desk.store)
    folder.mkdir()
    (folder / "lines-1.csv").write_text(LINES + "1,A,2025-01-05,2,10.00\n")
    opened.run().press("Take them in now")
    (row,) = opened.tables["What came of its files"]
    assert (row["File"], row["Outcome"]) == ("lines-1.csv", "imported")
    assert desk.rows("order_lines", "order_id", "account_id") == [("1", "A")]


def test_templates_say_what_each_column_holds(open_page, desk):
    opened = open_page("import", tab="Templates")
    opened.field("selectbox", "Facts").set_value("contacts")
    opened.run()
    noted = {row["Column"]: row for row in opened.tables["Columns"]}
    assert noted["influence"]["Holds"] == "a whole number, 1 to 5"


def test_postage_and_credit_notes_go_by_the_rules_of_a_mapping_and_both_totals_are_shown(page, desk):
    rules = (
        'table = "order_lines"\n[columns]\norder_id = "order_id"\naccount_id = "account_id"\n'
        'order_date = "order_date"\nquantity = "quantity"\nnet_revenue = "net_revenue"\nproduct_id = "product_id"\n'
        '[[negate]]\ncolumn = "order_id"\nstarts_with = "C"\n'
        '[[classify]]\ncolumn = "product_id"\none_of = ["POST", "DOT"]\nkind = "postage"\nin_revenue = false\n'
    )
    text = (
        LINES.strip()
        + ",product_id\n1,A,2025-01-05,1,100.00,P\n1,A,2025-01-05,1,7.50,POST\nC2,A,2025-01-06,1,30.00,P\n"
    )
    drop(page, text)
    segment(page, "Which column is which", "file")
    drop(page, rules, "rules.toml", "Mapping file (TOML)")
    assert not page.errors
    assert "Cancelled documents, credit notes, postage and fees: 2 rules" in [e.label for e in page.at.expander]
    assert "EUR 70.00 in revenue" in page.text and "EUR 7.50 out of revenue" in page.text
    kinds = {row["Kind"]: (row["Counts"], row["Net revenue"]) for row in page.tables["Lines by kind"]}
    assert kinds == {"ordinary lines": ("in revenue", "70.00"), "postage": ("out of revenue", "7.50")}
    page.press("Import 3 rows")
    (record,) = [row for row in ledgers.imports(desk.store) if row["table_name"] == "order_lines"]
    assert '"in_revenue": false' in record["line_kinds"]


def test_several_files_of_the_same_columns_come_in_as_one_import(page, desk):
    uploader = next(u for u in page.at.file_uploader if u.label == FILE)
    first, second = (LINES + f"{n},A,2025-01-0{n},1,{n}.00\n" for n in (1, 2))
    uploader.upload("january.csv", first.encode())
    uploader.upload("february.csv", second.encode())
    page.run()
    assert not page.errors
    assert "2 files of the same columns" in page.text
    page.press("Import 2 rows")
    (record,) = [row for row in ledgers.imports(desk.store) if row["table_name"] == "order_lines"]
    assert record["file_name"] == "january.csv, february.csv"


def test_the_preview_shows_rows_of_each_outcome_and_the_exchange_rates_to_import_first(page, desk):
    desk.take("order_lines", LINES + "1,A,2025-01-05,1,1\n2,A,2025-01-05,1,2\n")
    text = LINES.strip() + ",currency\n1,A,2025-01-05,1,1,\n2,A,2025-01-05,1,7,\n3,A,2025-03-05,1,3,\n"
    drop(page, text + "4,A,2025-03-05,1,3,CHF\n5,A,2025-03-09,1,3,CHF\n6,A,2025-02-09,1,3,USD\n")
    lines = {
        title: [row["line"] for row in rows]
        for title, rows in page.tables.items()
        if title.startswith(("The first new", "The first rows that", "The first unchanged"))
    }
    assert lines["The first new rows"] == ["4"]
    assert lines["The first rows that change"] == ["3"]
    assert lines["The first unchanged rows"] == ["2"]
    rates = [(r["Currency"], r["Month"], r["Rows"]) for r in page.tables["Exchange rates to import first"]]
    assert rates == [("CHF", "2025-03", "2"), ("USD", "2025-02", "1")]


def test_headings_that_are_only_alike_are_suggested_and_taken_when_asked(page, desk):
    drop(page, "order_id,acount_id,order_date,quantity,net_revenu\n1,A,2025-01-05,1,1\n")
    choose(page, "It holds", "order_lines")
    box = next(c for c in page.at.checkbox if c.label.startswith("Take the suggestions by similar headings"))
    assert "account id ← acount" in box.label.replace("\\", "") and "net revenue ← net" in box.label
    assert page.field("selectbox", "net revenue *").value is None
    box.check()
    page.run()
    assert page.field("selectbox", "net revenue *").value == "net_revenu"
    page.press("Import 1 row")
    assert desk.rows("order_lines", "order_id") == [("1",)]


def test_of_several_parties_one_is_chosen_as_the_account(page, desk):
    text = "order_id,KUNAG,KUNRG,order_date,quantity,net_revenue\n1,A,B,2025-01-05,1,1\n"
    drop(page, text)
    segment(page, "Which party is the account?", "payer")
    page.press("Import 1 row")
    assert desk.rows("order_lines", "account_id") == [("B",)]


def test_cancelled_documents_are_left_out_by_a_rule_written_on_the_page(page, desk):
    drop(page, LINES.strip() + ",status\n1,A,2025-01-05,1,10,Shipped\n2,A,2025-01-05,1,5,Cancelled\n")
    key = page.at.session_state["import.draft"]["uploads"]["lines"].key
    rule = {"column": "status", "test": "equals", "words": "Cancelled"}
    page.at.session_state[f"{key}.cancelled.False"] = {"edited_rows": {}, "added_rows": [rule], "deleted_rows": []}
    page.run()
    assert (counts(page)["New"], counts(page)["Left out"]) == ("1", "1")
    page.press("Import 1 row")
    assert desk.rows("order_lines", "order_id") == [("1",)]


def test_it_is_said_how_a_file_is_read_and_what_is_not_taken(page):
    drop(page, 'order_id,account_id,order_date,quantity,net_revenue,colour,id\n1,A,13/01/2025,1,"1.234,50",red,x\n')
    assert "Not taken from the file: colour, id" in page.text
    assert "order_date: day before month" in page.text.replace("\\", "")
    assert "net_revenue: decimal comma" in page.text.replace("\\", "")


def test_names_given_for_ids_are_pointed_out_and_taken_as_names_when_asked(page, desk):
    desk.take("accounts", "account_id,name\n4711,Northwind Traders\n")
    drop(page, LINES + "1,NORTHWIND TRADERS,2025-01-05,1,10\n")
    assert any("is the name of an account" in info.value for info in page.at.info)
    choose(page, "The file gives the account by", "name")
    assert counts(page)["New"] == "1"
