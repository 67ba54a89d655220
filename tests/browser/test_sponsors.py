"""Executive sponsors at the screen: the demonstration programme from one vacancy and one overload to none; a brief on paper."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

DAY = "2026-10-31"


@pytest.fixture
def screen(serve, demonstration_database, visitor):
    """A visitor of a demonstration programme of their own."""
    return visitor(serve("sponsors", lambda path: shutil.copy(demonstration_database, path)))


def _figures(guest) -> dict[str, str]:
    shown = guest.tab.locator('[data-testid="stMetric"]').all_inner_texts()
    return {lines[0]: lines[-1] for lines in (text.strip().split("\n") for text in shown)}


def test_the_programme_goes_from_one_vacant_and_one_overloaded_sponsor_to_none_and_prints_a_brief(screen, tmp_path):
    guest = screen
    guest.opens("sponsors", as_of=DAY).sees("Executives over their cap")
    before = _figures(guest)
    covered, of_all = before["Key accounts with a sponsor"].split(" of ")
    assert int(of_all) - int(covered) == 1
    assert before["Executives over their cap"] == "1"

    guest.turns_to("Proposal").sees(re.compile("1 vacancy would be filled"))
    guest.types("Reason", "Executive committee of October").presses("Put in place")
    guest.sees(re.compile(r"\d sponsors are in place\."))
    # The figures stand above what was just put in place: they are read when they are drawn again.
    guest.sees(f"{of_all} of {of_all}").waits()
    guest.tab.locator('[data-testid="stMetric"]').nth(4).wait_for()
    after = _figures(guest)
    assert after["Key accounts with a sponsor"] == f"{of_all} of {of_all}"
    assert after["Executives over their cap"] == "0"
    assert after["Over the hours given"] == "0"

    guest.opens("my_accounts", as_of=DAY, executive="EX01", tab="Brief").sees("Three things to know")
    with guest.tab.expect_download() as handed_over:
        guest.tab.get_by_role("button", name=re.compile("Brief to print or send")).click()
    brief = tmp_path / "brief.html"
    handed_over.value.save_as(brief)
    assert _pages_when_printed(guest, brief) == 1
    assert not guest.calls_out


def _pages_when_printed(guest, file: Path) -> int:
    """How many A4 pages the file takes, printed by the browser."""
    paper = guest.tab.context.new_page()
    paper.goto(file.as_uri())
    assert "Three things to know" in paper.inner_text("body")
    printed = paper.pdf(format="A4", prefer_css_page_size=True)
    paper.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_the_committee_gets_its_overview_as_presentation_and_workbook(screen, tmp_path):
    guest = screen
    guest.opens("sponsorship", as_of=DAY).sees("Who stands behind whom")
    for name, suffix in (("Presentation", ".pptx"), ("Workbook", ".xlsx")):
        with guest.tab.expect_download() as handed_over:
            guest.tab.get_by_role("button", name=re.compile(name)).click()
        assert handed_over.value.suggested_filename.endswith(suffix)
        handed_over.value.save_as(tmp_path / f"overview{suffix}")
        assert (tmp_path / f"overview{suffix}").read_bytes()[:2] == b"PK"


def test_an_executives_visits_go_into_a_calendar_from_a_phone(visitor, serve, demonstration_database, tmp_path):
    guest = visitor(
        serve("sponsors-phone", lambda path: shutil.copy(demonstration_database, path)), width=390, height=844
    )
    guest.opens("my_accounts", as_of=DAY, executive="EX06", tab="Contacts")
    with guest.tab.expect_download() as handed_over:
        guest.tab.get_by_role("button", name=re.compile("for your calendar")).click()
    handed_over.value.save_as(tmp_path / "visits.ics")
    content = (tmp_path / "visits.ics").read_text(encoding="utf-8")
    assert content.startswith("BEGIN:VCALENDAR") and "SUMMARY:Call: Kestrel Dairy Systems" in content
    main = guest.tab.locator('[data-testid="stMain"]')
    assert main.evaluate("it => it.scrollWidth - it.clientWidth") <= 1
