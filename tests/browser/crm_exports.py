"""Exports as Salesforce and Dynamics 365 write them, with the faults that real ones have."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import openpyxl

SALESFORCE_ACCOUNTS = (
    [
        "Account ID",
        "Account Name",
        "Parent Account ID",
        "Account Owner",
        "Billing Country",
        "Industry",
        "Last Activity",
    ],
    ["0015g00000AaAaAAAV", "Lindqvist Foods AB", "", "Mara Sand", "Sweden", "Food", "2026-05-01"],
    ["0015g00000BbBbBAAV", "Lindqvist Foods Norge AS", "0015g00000AaAaAAAV", "Mara Sand", "Norway", "Food", ""],
    ["0015g00000CcCcCAAV", "Ostrava Steel a.s.", "", "Jo Weir", "Czechia", "Metals", "2026-04-11"],
    ["0015g00000DdDdDAAV", "", "", "Jo Weir", "Poland", "Metals", ""],
)
# Order products by their API names, as the data loader writes them.
SALESFORCE_LINES = (
    [
        "Id",
        "Order.OrderNumber",
        "OrderItemNumber",
        "Order.AccountId",
        "Order.EffectiveDate",
        "Product2.ProductCode",
        "Quantity",
        "UnitPrice",
        "TotalPrice",
    ],
    [
        "802A1",
        "00000101",
        "1",
        "0015g00000AaAaAAAV",
        "2026-03-02T00:00:00.000Z",
        "GC1040",
        "5.0",
        "35000.0",
        "175000.0",
    ],
    ["802A2", "00000101", "2", "0015g00000AaAaAAAV", "2026-03-02T00:00:00.000Z", "GC1060", "2.0", "4999.5", "9999.0"],
    ["802A3", "00000102", "1", "0015g00000CcCcCAAV", "2026-04-20T00:00:00.000Z", "GC1040", "1.0", "35000.0", "35000.0"],
    ["802A4", "00000103", "1", "0015g00000CcCcCAAX", "2026-04-21T00:00:00.000Z", "GC1040", "1.0", "35000.0", "35000.0"],
    ["802A5", "00000104", "1", "0015g00000BbBbBAAV", "2026-05-04T00:00:00.000Z", "GC1020", "one", "120.0", ""],
)
DYNAMICS_ACCOUNTS = (
    [
        "(Do Not Modify) Account",
        "(Do Not Modify) Row Checksum",
        "(Do Not Modify) Modified On",
        "Account Name",
        "Account Number",
        "Address 1: Country/Region",
        "Owner",
        "Customer Since",
    ],
    [
        "8a1c-01",
        "w1hG0Q==",
        datetime(2026, 5, 4, 8, 30),
        "Adatum Corporation",
        "D-100",
        "Denmark",
        "Mara Sand",
        datetime(2019, 1, 7),
    ],
    [
        "8a1c-02",
        "w1hG0R==",
        datetime(2026, 5, 4, 8, 31),
        "Fabrikam, Inc.",
        "D-101",
        "Germany",
        "Jo Weir",
        datetime(2021, 9, 1),
    ],
    ["8a1c-03", "w1hG0S==", datetime(2026, 5, 4, 8, 32), None, "D-102", "Germany", "Jo Weir", datetime(2022, 2, 1)],
)
DYNAMICS_CONTACTS = (
    [
        "(Do Not Modify) Contact",
        "(Do Not Modify) Row Checksum",
        "(Do Not Modify) Modified On",
        "Full Name",
        "Company Name",
        "Job Title",
        "Email",
        "Business Phone",
    ],
    [
        "c-1",
        "x==",
        datetime(2026, 5, 4, 9, 0),
        "Rene Valdes",
        "Adatum Corporation",
        "Purchasing Manager",
        "rene@adatum.example",
        "+45 555 0100",
    ],
    [
        "c-2",
        "x==",
        datetime(2026, 5, 4, 9, 1),
        "Paul Cannon",
        "FABRIKAM, Inc",
        "Head of Operations",
        "paul@fabrikam.example",
        "=1+1",
    ],
    ["c-3", "x==", datetime(2026, 5, 4, 9, 2), "Sidney Higa", "Blue Yonder", "Buyer", "sidney@by.example", "555-0102"],
)


def written_csv(path: Path, rows) -> Path:
    """A CSV file as Salesforce writes it: every cell quoted, line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    return path


def written_workbook(path: Path, rows) -> Path:
    """A workbook as Dynamics writes it: a hidden sheet before the view, first columns hidden, formulas never stored."""
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title = "hiddenSheet"
    hidden["A1"] = "account:w1hG0Q==:accountid=8a1c&checksumLogicalName=%28Do%20Not%20Modify%29"
    hidden.sheet_state = "veryHidden"
    view = book.create_sheet("My Active Accounts")
    for row in rows:
        view.append(row)
        for cell in view[view.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for column in "ABC":
        view.column_dimensions[column].hidden = True
    book.active = 1
    book.save(path)
    return path


def corrected_csv(path: Path, rejects: Path, changes: dict[str, dict[str, str]]) -> Path:
    """The downloaded rejects with cells put right: heading → {old: new}."""
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        for at, heading in enumerate(rows[0]):
            row[at] = changes.get(heading, {}).get(row[at], row[at])
    return written_csv(path, rows)
