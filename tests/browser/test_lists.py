"""What only a browser shows: the drawn table, its links and downloads, and that names from data do nothing."""

from __future__ import annotations

import csv

import pytest

from kam import access, workbench
from kam.ui.links import places
from tests.browser.conftest import ROOT
from tests.pages.ledgers import HOSTILE, admitted, company

WHO = access.Person("ines-brandt", "Ines ![x](http://192.0.2.1/p.png)", "champion")


def make_hostile(path) -> None:
    """A small programme with names that would call out, run or compute."""
    with workbench.make(path, person=WHO) as made:
        company(made, WHO)
        admitted(made, WHO, "A", "B")


@pytest.fixture(scope="module")
def hostile(serve):
    return serve("hostile", make_hostile)


def nothing_happened(guest) -> None:
    assert guest.calls_out == []
    assert guest.tab.locator("img[src*='192.0.2.1'], a[href*='192.0.2.1']").count() == 0


def test_a_name_from_data_takes_no_effect_on_any_page(hostile, visitor):
    guest = visitor(hostile).opens("today")
    for place in places()[1:]:
        guest.goes_to(place.title)
        nothing_happened(guest)


def test_nor_on_any_part_of_the_account_page(hostile, visitor):
    guest = visitor(hostile).opens("account", account="B")
    assert guest.tab.get_by_role("heading", level=1).inner_text().replace("\u2060", "") == HOSTILE
    for tab in guest.tab.get_by_role("tab").all():
        tab.click()
        guest.waits()
        nothing_happened(guest)


def names(guest) -> list[str]:
    return guest.tab.locator("tbody tr td:first-child").all_inner_texts()


def test_a_heading_sorts_and_a_name_opens_its_account_in_the_same_tab(hostile, visitor):
    guest = visitor(hostile).opens("accounts", as_of="2025-06-30")
    guest.tab.get_by_role("button", name="Account", exact=True).click()
    guest.tab.locator("th[aria-sort=ascending]", has_text="Account").wait_for()
    assert names(guest) == sorted(names(guest))
    guest.tab.get_by_role("link", name="Alpha", exact=True).click()
    guest.tab.get_by_role("heading", name="Alpha", exact=True).wait_for()
    assert "account=A" in guest.tab.url and "as_of=2025-06-30" in guest.tab.url
    assert len(guest.tab.context.pages) == 1
    guest.tab.go_back()
    guest.tab.get_by_role("heading", name="Accounts", exact=True).wait_for()


def test_a_download_is_what_was_found_and_runs_nothing(hostile, visitor, tmp_path):
    guest = visitor(hostile).opens("accounts")
    with guest.tab.expect_download() as waiting:
        guest.tab.get_by_role("button", name="CSV").click()
    waiting.value.save_as(tmp_path / "accounts.csv")
    rows = list(csv.reader((tmp_path / "accounts.csv").open(encoding="utf-8-sig", newline="")))
    assert [row[0] for row in rows[1:]] == ["Alpha", HOSTILE, "Alpha Sud"]
    assert rows[0][-1] == "account_id"


def test_the_first_address_ever_opened_may_be_that_of_a_page(serve, visitor):
    guest = visitor(serve("first", make_hostile)).opens("account", account="A", as_of="2025-06-30")
    guest.tab.get_by_role("heading", name="Alpha", exact=True).wait_for()
    assert "Programme" in guest.tab.locator('[data-testid="stSidebarNav"]').inner_text()


def test_a_phone_shows_today_without_scrolling_sideways(hostile, visitor):
    guest = visitor(hostile, width=390, height=844).opens("today").sees("Key accounts")
    assert guest.tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_on_the_page_comes_from_another_machine():
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "gatherUsageStats = false" in settings and "http" not in settings
