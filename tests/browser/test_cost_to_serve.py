"""From the tail of the whale curve to an action, and back after the next import: in a browser, on a real ledger."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kam import access, ledgers, value, workbench
from tests.browser.conftest import ROOT

WHO = access.person_named("Ines Brandt")
MAPPINGS = ROOT / "data" / "mappings"
# So dear that the smallest orders lose money.
COSTS = """
[model]
name = "Sales office"
from = 2003-01-01
source = "Worked example"
[[pool]]
id = "office"
name = "Sales office"
source = "Worked example"
[[pool.period]]
from = 2003-01-01
to = 2005-12-31
cost = 3000000
practical_capacity_minutes = 400000
[[activity]]
code = "order"
name = "Handling an order"
pool = "office"
driver = "orders"
unit_minutes = 600
source = "Worked example"
[[activity.term]]
kind = "count"
of = "lines"
minutes = 30
name = "picking"
"""


@pytest.fixture
def office(serve, visitor, shared_ledgers, tmp_path):
    """The made-up wholesaler up to the end of 2004, and the file of what it sold from January on."""
    folder = shared_ledgers / "classicmodels"
    orders = {row["orderNumber"]: row for row in _rows(folder / "orders.csv")}
    lines = _rows(folder / "orderdetails.csv")
    before, after = tmp_path / "2004.csv", tmp_path / "2005.csv"
    for file, is_later in ((before, False), (after, True)):
        chosen = [row for row in lines if (orders[row["orderNumber"]]["orderDate"] >= "2005") == is_later]
        with open(file, "w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(lines[0]))
            writer.writeheader()
            writer.writerows(chosen)

    def make(path: Path) -> None:
        with workbench.make(path, currency="USD", person=WHO) as store:
            for table, file, mapping, more in (
                ("accounts", folder / "customers.csv", "classicmodels-accounts", {}),
                ("products", folder / "products.csv", "classicmodels-products", {}),
                ("order_lines", before, "classicmodels-orders", {"join_path": folder / "orders.csv"}),
            ):
                read = ledgers.read_mapping(MAPPINGS / f"{mapping}.toml")
                ledgers.import_files(store, table, file, mapping=read, who=WHO, **more)
            value.adopt_cost_model(store, value.read_cost_model(COSTS), reason="Worked example", who=WHO)

    return visitor(serve("office", make), height=1800), after, folder / "orders.csv"


def _rows(file: Path) -> list[dict[str, str]]:
    with open(file, encoding="cp1252", newline="") as text:
        return list(csv.DictReader(text))


@pytest.mark.real_ledger
def test_from_the_tail_of_the_whale_curve_to_an_action_and_back_after_the_next_import(office):
    guest, next_file, headers = office
    guest.opens("value").follows("What serving them costs, and what to do about the tail")
    guest.sees(re.compile(r"accounts lose"))
    loser = guest.tab.get_by_role("table").get_by_role("link").first
    name = loser.inner_text()
    loser.click()
    guest.waits().sees(re.compile(r"It loses .* in the 12 months to")).sees("What could be done")
    guest.types("What is done", "Two orders a year instead of four").types("Who does it", "Leslie Jennings")
    # A day is typed into its segments, one after the other.
    guest.tab.get_by_role("group", name="Due", exact=True).get_by_role("spinbutton").first.click()
    guest.tab.keyboard.type("20050630")
    guest.types("Reason", "The orders are too small for what they take")
    guest.types("Expected effect a year, USD", "5000")
    guest.presses("Decide this action").sees(re.compile("is decided for"))
    guest.follows("Follow the actions").sees(re.compile(r"0\sUSD seen so far, 0\sUSD expected by now"))

    guest.opens("import").hands_over(next_file).chooses("classicmodels-orders").hands_over(headers, field=1)
    guest.tab.get_by_role("button", name=re.compile(r"^(Import [\d,]+ rows?|Check the whole file)$")).first.wait_for()
    if guest.tab.get_by_role("button", name="Check the whole file").count():
        guest.presses("Check the whole file")
    guest.sees("What the import will do")
    guest.tab.get_by_role("button", name=re.compile(r"^Import [\d,]+ rows?$")).click()
    guest.sees(re.compile(r"rows read from"))

    guest.opens("cost_to_serve", tab="Actions").sees(name).sees(re.compile(r"since \d+ \w+ 2004: \d+ days"))
    guest.sees(re.compile(r"seen so far, [\d.,]+.*USD expected by now"))
    guest.types("Note", "They order in larger lots").presses("Close the action").sees(re.compile("is closed with"))
    assert guest.calls_out == []
