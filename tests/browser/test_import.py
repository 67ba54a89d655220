"""Exports of two CRM systems through the Import page as a person brings them in: mapping, preview, rejects, correction, undo."""

from __future__ import annotations

import re

import pytest

from tests.browser import crm_exports as exports
from tests.browser.conftest import make_empty


@pytest.fixture(scope="module")
def empty(serve):
    return serve("imports", make_empty)


def counts(guest) -> dict[str, str]:
    """The figures of what an import does, by their labels."""
    text = guest.tab.locator('[data-testid="stMain"]').inner_text()
    labels = ("Rows read", "New", "Updated", "Unchanged", "Rejected", "Left out")
    return {label: re.search(rf"^{label}\s+([\d,]+)$", text, re.MULTILINE)[1] for label in labels}


def rejects(guest, path):
    """Download the rejected rows."""
    with guest.tab.expect_download() as waiting:
        guest.tab.get_by_role("button", name="Download the rejected rows").click()
    waiting.value.save_as(path)
    return path


def column(guest, label: str) -> str:
    """Which heading a column of the table is taken from."""
    return guest.tab.get_by_role("combobox", name=label, exact=True).input_value()


def test_a_salesforce_export_comes_in_is_corrected_and_undone(empty, visitor, tmp_path):
    guest = visitor(empty).opens("import")
    # Accounts by the labels of a report: known headings need no mapping by hand.
    guest.hands_over(exports.written_csv(tmp_path / "report.csv", exports.SALESFORCE_ACCOUNTS))
    guest.unfolds("Columns:").sees("Not taken from the file")
    assert column(guest, "parent account id") == "Parent Account ID"
    assert counts(guest) == {
        "Rows read": "4",
        "New": "3",
        "Updated": "0",
        "Unchanged": "0",
        "Rejected": "1",
        "Left out": "0",
    }
    guest.sees("A required value is missing")
    path = rejects(guest, tmp_path / "rejects.csv")
    guest.presses("Import 3 rows").sees("3 new, 0 updated, 0 unchanged, 1 rejected")

    # The rejected row, given its name, comes in by itself.
    guest.hands_over(exports.corrected_csv(tmp_path / "corrected.csv", path, {"Account Name": {"": "Silesia Rail"}}))
    assert counts(guest)["New"] == "1" and counts(guest)["Rejected"] == "0"
    guest.presses("Import 1 row").sees("1 new")

    # Order products by API names: one account is misspelt, one quantity is a word.
    guest.hands_over(exports.written_csv(tmp_path / "order_products.csv", exports.SALESFORCE_LINES))
    assert (counts(guest)["New"], counts(guest)["Rejected"]) == ("3", "2")
    guest.sees("Ostrava Steel a.s.").sees("219,999.00")
    path = rejects(guest, tmp_path / "rejects.csv")
    guest.presses("Import 3 rows").sees("3 new, 0 updated, 0 unchanged, 2 rejected")
    guest.hands_over(
        exports.corrected_csv(
            tmp_path / "corrected.csv",
            path,
            {
                "Order.AccountId": {"0015g00000CcCcCAAX": "0015g00000CcCcCAAV"},
                "Quantity": {"one": "1"},
                "TotalPrice": {"": "120.00"},
            },
        )
    )
    assert (counts(guest)["New"], counts(guest)["Rejected"]) == ("2", "0")
    guest.presses("Import 2 rows").sees("2 new").follows("See what it did").sees("Undoing takes back")
    guest.waits().presses("Undo this import").sees("is undone")
    guest.follows("All imports").turns_to("Imports so far")
    guest.sees("order_products.csv")


def test_a_dynamics_export_comes_in_by_names_and_its_mapping_is_kept(empty, visitor, tmp_path):
    guest = visitor(empty).opens("import")
    guest.hands_over(exports.written_workbook(tmp_path / "My Active Accounts.xlsx", exports.DYNAMICS_ACCOUNTS))
    guest.sees("sheet My Active").unfolds("Columns:")
    assert (column(guest, "account id *"), column(guest, "owner")) == ("Account Number", "Owner")
    guest.sees("(Do Not Modify) Row Checksum")
    path = rejects(guest, tmp_path / "rejects.csv")
    guest.presses("Import 2 rows").sees("2 new, 0 updated, 0 unchanged, 1 rejected")
    guest.hands_over(exports.corrected_csv(tmp_path / "corrected.csv", path, {"Account Name": {"": "Tailspin Toys"}}))
    guest.presses("Import 1 row").sees("1 new")

    # A lookup exports names: the page says so, and one choice takes them as names.
    guest.hands_over(exports.written_workbook(tmp_path / "My Active Contacts.xlsx", exports.DYNAMICS_CONTACTS))
    assert (counts(guest)["New"], counts(guest)["Rejected"]) == ("0", "3")
    guest.sees("names of accounts").unfolds("Columns:").picks("The file gives the account by", "its name")
    assert (counts(guest)["New"], counts(guest)["Rejected"]) == ("2", "1")
    guest.unfolds("Keep this mapping").types("Name", "Dynamics contacts").presses("Keep it").sees("Dynamics contacts")
    path = rejects(guest, tmp_path / "rejects.csv")
    guest.presses("Import 2 rows").sees("2 new, 0 updated, 0 unchanged, 1 rejected")
    guest.hands_over(
        exports.corrected_csv(tmp_path / "corrected.csv", path, {"Company Name": {"Blue Yonder": "Tailspin Toys"}})
    )
    guest.chooses("Dynamics contacts")
    assert (counts(guest)["New"], counts(guest)["Rejected"]) == ("1", "0")
    guest.presses("Import 1 row").sees("1 new").follows("See what it did").sees("Undoing takes back")
    guest.waits().presses("Undo this import").sees("is undone")
