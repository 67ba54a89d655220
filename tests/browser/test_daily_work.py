"""A manager's morning and a reviewer's reading, on the demonstration programme."""

from __future__ import annotations

import re

import pytest

from tests.browser.visitor import Visitor

ACCOUNT = "Kestrel Dairy Systems"


@pytest.fixture
def manager(demonstrated, visitor) -> Visitor:
    return visitor(demonstrated)


def finds(guest: Visitor, words: str) -> Visitor:
    """Type into the field that stands on every page and wait for what it lists."""
    field = guest.tab.get_by_label("Find anything", exact=True)
    field.fill(words)
    field.press("Enter")
    return guest.waits()


def begins(guest: Visitor, what: str, account: str) -> Visitor:
    """Choose from the menu "New …" and say which account it is about, by a part of its name."""
    guest.tab.get_by_role("button", name=re.compile("New …")).first.click()
    guest.tab.get_by_role("menuitem", name=what).first.click()
    dialog(guest).get_by_label("Find an account by name or id").wait_for()
    dialog(guest).get_by_label("Find an account by name or id").fill(account)
    dialog(guest).get_by_label("Find an account by name or id").press("Enter")
    guest.waits()
    guest.picks("Account", account)
    return guest


def dialog(guest: Visitor):
    return guest.tab.get_by_role("dialog")


def dated(guest: Visitor, day: str) -> None:
    """Type a day into the window's field Due: year, month and day, one after another."""
    dialog(guest).get_by_role("group", name="Due", exact=True).get_by_role("spinbutton").first.click()
    guest.tab.keyboard.type(day)
    guest.tab.keyboard.press("Tab")


def sends(guest: Visitor, button: str) -> Visitor:
    dialog(guest).get_by_role("button", name=button, exact=True).click()
    return guest.waits()


def test_a_managers_morning(manager):
    guest = manager.opens("dates", accounts="key").sees("to be kept in mind now").sees("Open day of the new dairy")

    # The first of today's follow-ups: refused without an outcome, then done with the next step and the next grade.
    guest.opens("follow_ups").sees("Follow one up").presses("Write down and close")
    guest.sees(re.compile("the outcome is kept with the account"))
    guest.types("Outcome", "They decide after the trial run")
    guest.types("Next step promised", "Call after the trial")
    guest.picks("Next grade", "D: later, or the need is latent")
    guest.presses("Write down and close").sees(re.compile("was followed up and regraded"))
    guest.follows("Open the account").turns_to("Timeline").sees("They decide after the trial run")
    guest.sees("Call after the trial")

    # Regrading by what is expected to close: its effect on the week is seen first.
    guest.opens("follow_ups", tab="Regrading").sees(re.compile("the follow-ups of a week go from"))
    guest.presses("Regrade the chosen accounts").sees(re.compile(r"\d+ accounts? (was|were) regraded"))

    # A visit with a promise: refused without words, what was typed stays; then kept. It stands on the account's timeline.
    begins(guest, "Note, call or visit", ACCOUNT)
    dialog(guest).get_by_role("radio", name="Visit", exact=True).click(force=True)
    guest.types("Next step promised", "Send the seal drawings")
    dated(guest, "20261120")
    sends(guest, "Write it down")
    dialog(guest).get_by_role("alert").first.wait_for()
    assert dialog(guest).get_by_label("Next step promised", exact=True).input_value() == "Send the seal drawings"
    guest.types("What was said or happened", "Walked the filling line with maintenance")
    sends(guest, "Write it down")
    guest.sees("It is written down.")

    # A complaint, which its receiver owns.
    begins(guest, "Complaint", ACCOUNT)
    guest.types("What the customer complains about", "Two unions leaked after the weekend")
    guest.picks("Function concerned", "Operations")
    sends(guest, "Take in a complaint")
    guest.sees("The complaint is taken in; Marta Lindqvist owns it.")

    # An action in the plan that is open.
    begins(guest, "Action of a plan", ACCOUNT)
    dialog(guest).get_by_text("It goes into").wait_for()
    guest.types("Action", "Replace both unions under warranty")
    guest.types("Owner", "Noor Haddad")
    dated(guest, "20261115")
    sends(guest, "Add an action or milestone")
    guest.sees("The action is planned.")

    # All three are found again from any page, and the account says what speaks against asking a favour now.
    finds(guest.opens("roster"), "both unions")
    guest.tab.locator('[data-testid="stSidebarUserContent"] tbody a').first.click()
    guest.tab.get_by_role("heading", name=ACCOUNT).wait_for()
    guest.waits().sees("Replace both unions under warranty")
    guest.turns_to("Timeline").sees("Walked the filling line with maintenance").sees("Send the seal drawings")
    guest.turns_to("Referrals").sees("Do not ask now: a complaint is open")
    assert guest.calls_out == []


def test_a_reviewers_reading(manager):
    guest = manager.opens("")
    finds(guest, "castagnoli beverages")
    guest.tab.locator('[data-testid="stSidebarUserContent"] tbody a').first.click()
    guest.tab.get_by_role("heading", name="Castagnoli Beverages").wait_for()
    guest.waits().sees("What changed").sees("What is due").sees("What is at risk").sees(re.compile("Health is"))
    for tab in ("Value", "Plan", "People", "Needs", "Whitespace", "Opportunities", "Service", "Timeline", "Decisions"):
        guest.turns_to(tab)
    guest.turns_to("Referrals").sees("Birrificio Colonna").sees("Beside lifetime value and never added to it.")
    guest.turns_to("Dates").sees("Dates to remember")
    assert guest.calls_out == []


def test_what_opens_first_has_an_address_of_its_own_that_keeps_date_and_filter(manager):
    guest = manager.opens("today", as_of="2026-09-30", accounts="key").sees("What needs a decision")
    assert "as_of=2026-09-30" in guest.tab.url and "accounts=key" in guest.tab.url
    assert "Page not found" not in guest.text()


def test_nothing_found_is_said_and_search_works_on_a_phone(demonstrated, visitor):
    guest = visitor(demonstrated, width=390, height=844).opens("roster")
    guest.tab.get_by_test_id("stExpandSidebarButton").click()
    finds(guest, "no such thing")
    guest.tab.get_by_text("Nothing has no such thing in its name").wait_for()
