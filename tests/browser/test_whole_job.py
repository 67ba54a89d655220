"""The whole job at the screen, on two real ledgers: criteria, candidates, roster, sponsors, value, review, benchmark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kam import access, workbench
from tests.browser.conftest import ROOT

EXAMPLES = ROOT / "docs" / "examples"


@dataclass(frozen=True)
class Job:
    """One ledger's job. files: (file, ready mapping or None, second file or None) in order of import."""

    currency: str
    files: list[tuple[str, str | None, str | None]]
    control_total: str
    costs: str
    criteria: str
    accounts: list[tuple[str, str]]
    year: int
    assumed_margin: str | None = None


CLASSICMODELS = Job(
    currency="USD",
    files=[
        ("classicmodels/customers.csv", "classicmodels-accounts", None),
        ("classicmodels/products.csv", "classicmodels-products", None),
        ("classicmodels/orderdetails.csv", "classicmodels-orders", "classicmodels/orders.csv"),
    ],
    control_total="9,604,190.61",
    costs="cost-model-2004.toml",
    criteria="classicmodels-criteria.toml",
    accounts=[("124", "Mini Gifts Distributors Ltd."), ("141", "Euro+ Shopping Channel")],
    year=2005,
)
ONLINE_RETAIL = Job(
    currency="GBP",
    files=[("online_retail/online_retail_2010_2011.csv.gz", "online-retail", None)],
    control_total="9,747,747.93",
    costs="cost-model-2010.toml",
    criteria="online-retail-criteria.toml",
    accounts=[("14646", "14646"), ("14911", "14911")],
    year=2011,
    assumed_margin="35 %",
)


def brings_in(
    guest, file: Path, mapping: str | None = None, headers: Path | None = None, *, makes_accounts: bool = False
) -> None:
    """One file through the import page, as the ready mapping reads it."""
    guest.opens("import").hands_over(file)
    if mapping and mapping.endswith(".toml"):
        guest.chooses("By a mapping file").hands_over(ROOT / "data" / "mappings" / mapping, field=1)
    elif mapping:
        guest.chooses(mapping)
    if headers:
        guest.hands_over(headers, field=1)
    if makes_accounts:
        guest.ticks("Make the accounts that the master lacks")
    button = guest.tab.get_by_role("button", name=re.compile(r"^(Import [\d,]+ rows?|Check the whole file)$")).first
    button.wait_for()
    if button.inner_text() == "Check the whole file":
        guest.presses("Check the whole file")
    guest.sees("What the import will do")
    guest.tab.get_by_role("button", name=re.compile(r"^Import [\d,]+ rows?$")).click()
    guest.sees(re.compile(r"rows read from")).follows("See what it did")


def gives_a_cost_model(guest, file: Path) -> None:
    """Adopt a cost model from a file on the Settings page."""
    guest.goes_to("Settings").turns_to("Draft a cost model").chooses("A cost model file").hands_over(file)
    presses_adopt(guest, "First estimate with operations")


def gives_criteria(guest, file: Path) -> None:
    """Adopt criteria from a file on the Criteria page."""
    guest.goes_to("Criteria").turns_to("Draft").chooses("A criteria file").hands_over(file)
    presses_adopt(guest, "Charter of the programme")


def presses_adopt(guest, reason: str) -> None:
    button = guest.tab.get_by_role("button", name=re.compile("^Adopt .*from .* on$")).locator("visible=true").first
    button.wait_for()
    guest.types("Reason", reason)
    button.click()
    guest.sees(re.compile("holds (for everyone )?from"))


def does_the_job(guest, job: Job, ledgers: Path) -> None:
    """Everything after an empty workbench, as a champion does it."""
    for file, mapping, headers in job.files:
        brings_in(
            guest,
            ledgers / file,
            mapping,
            ledgers / headers if headers else None,
            makes_accounts=bool(job.assumed_margin),
        )
    guest.sees(re.compile(re.escape(job.control_total)))
    brings_in(guest, EXAMPLES / "executives.csv")
    if job.assumed_margin:
        guest.goes_to("Settings").unfolds("Adopt a value").picks("Parameter", "margin on revenue")
        guest.types("Value", job.assumed_margin).types("Source", "Finance: mean margin of the trade")
        guest.presses("Adopt this value").sees(re.compile("9 Dec 2011 on"))
    gives_a_cost_model(guest, EXAMPLES / job.costs)
    gives_criteria(guest, EXAMPLES / job.criteria)

    for number, name in job.accounts:
        guest.opens("candidates", account=number).types("Reason", "First cycle: passes every gate")
        guest.presses("Admit to the programme").sees(f"{name} is a key account now.")
    guest.goes_to("Roster").sees(job.accounts[0][1])

    guest.goes_to("Our sponsors").turns_to("Proposal").types("Reason", "Accepted by the executive committee")
    guest.presses("Put in place").sees("2 sponsors are in place.")

    guest.opens("account", account=job.accounts[0][0], tab="Value").sees("Lifetime value").sees("Cost to serve")
    guest.goes_to("Value").sees(re.compile("Lifetime value"))

    guest.goes_to("Reviews").turns_to("Plan").presses("Plan the review").sees(re.compile("is planned for"))
    reviewed = next(name for _number, name in sorted(job.accounts, key=lambda account: account[1]))
    guest.turns_to("Hold").follows(reviewed)
    guest.tab.get_by_role("heading", name=re.compile("planned for")).wait_for()
    guest.types("Notes", "Deliveries on the promised day matter most to them")
    guest.presses("Hold and close the review").sees(re.compile("is held and closed"))
    guest.sees("Deliveries on the promised day matter most to them")

    guest.goes_to("Benchmarking").presses(f"Open the round of {job.year}").sees(re.compile("raters can begin"))
    guest.turns_to("Rate")
    for mark in guest.tab.get_by_role("radio", name="2", exact=True).all():
        mark.click(force=True)
    guest.presses("Save these ratings").sees("4 ratings are saved.")
    guest.turns_to("Results").sees(re.compile("Strategy and sponsorship"))


@pytest.fixture
def empty_screen(serve, visitor):
    """empty_screen(name, currency): a visitor at an empty workbench whose person is chosen."""

    def arrive(name: str, currency: str):
        def make(path: Path) -> None:
            workbench.make(path, currency=currency, person=access.person_named("Ines Brandt")).close()

        return visitor(serve(name, make), height=1800)

    return arrive


@pytest.mark.real_ledger
def test_the_whole_job_on_classicmodels(empty_screen, shared_ledgers):
    guest = empty_screen("classicmodels", "USD")
    does_the_job(guest, CLASSICMODELS, shared_ledgers)
    assert guest.calls_out == []


@pytest.mark.real_ledger
def test_the_whole_job_on_online_retail_with_an_assumed_margin(empty_screen, shared_ledgers):
    guest = empty_screen("retail", "GBP")
    does_the_job(guest, ONLINE_RETAIL, shared_ledgers)


@pytest.mark.real_ledger
def test_the_other_public_ledgers_come_in_through_the_import_page(empty_screen, shared_ledgers):
    guest = empty_screen("others", "USD")
    northwind, crm = shared_ledgers / "northwind", shared_ledgers / "crm_maven"
    brings_in(guest, northwind / "customers.csv", "northwind-accounts")
    brings_in(guest, northwind / "products.csv", "northwind-products")
    brings_in(guest, northwind / "order_details.csv", "northwind-orders", northwind / "orders.csv")
    # Rounded half up at each line; the sum that is rounded once is 1,265,793.04.
    guest.sees("1,265,793.29")
    brings_in(guest, crm / "accounts.csv", "maven-crm-accounts")
    brings_in(guest, crm / "products.csv", "maven-crm-products")
    brings_in(guest, crm / "sales_pipeline.csv", "maven-crm-opportunities")
    guest.sees(re.compile("8,800"))
    brings_in(guest, shared_ledgers / "cdnow" / "CDNOW_sample.txt", "cdnow.toml", makes_accounts=True)
    guest.sees("244,091.94")
