"""Search and "New …", in reach on every page."""

from __future__ import annotations

import pytest

from kam import plans
from tests.pages.ledgers import AS_OF, HOSTILE, admitted, company

DAY = AS_OF.isoformat()


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    return store


def finds(page, sought):
    page.field("text_input", "Find anything").set_value(sought)
    return page.run()


def new(page, what):
    """Choose from the menu: its window opens. A browser keeps it open; here each run has to choose again."""
    (menu,) = page.at.get("menu_button")
    menu.click(what).run()
    return page


def sends(page, what, button):
    """Press the button in the window of this choice: the last with the label, the page's own stand before it."""
    next(b for b in reversed(page.at.button) if b.label == button).click()
    return new(page, what)


def typed(page, kind, label):
    """The field in the window: the last of its kind, as the window is drawn after the page."""
    return [w for w in page.at.get(kind) if w.label == label][-1]


def test_without_a_ledger_there_is_nothing_to_find_or_to_write_down(store, open_page):
    page = open_page("today")
    assert not [w for w in page.at.get("text_input") if w.label == "Find anything"]
    assert not page.at.get("menu_button")


def test_what_is_found_leads_to_its_account_with_day_and_filter(ledger, open_page):
    page = finds(open_page("rhythm", as_of=DAY, accounts="key"), "mara")
    assert page.tables["Contacts"] == [{"Contacts": "Mara Voss · Purchaser · Alpha"}]
    (address,) = [link for link in page.links if "People" in link]
    assert address == f"account?as_of={DAY}&accounts=key&account=A&tab=People"


def test_each_kind_is_listed_with_what_tells_it_apart(ledger, champion, open_page):
    plan = plans.open_plan(ledger, "A", {"title": "P", "begins_on": AS_OF, "ends_on": AS_OF}, as_of=AS_OF, who=champion)
    plans.record(
        ledger, "action", plan, {"action": "Check O1", "owner": "Ole", "due_on": AS_OF}, as_of=AS_OF, who=champion
    )
    page = finds(open_page("accounts", as_of=DAY), "o1")
    assert page.tables["Orders"] == [{"Orders": "O1 · 31 Dec 2024 · 500\N{NO-BREAK SPACE}EUR · Alpha"}]
    assert page.tables["Actions"] == [{"Actions": "Check O1 · Alpha · due soon · due 31 Dec 2025"}]


def test_nothing_found_and_too_little_typed_are_said(ledger, open_page):
    page = finds(open_page("accounts", as_of=DAY), "zebra*")
    assert "Nothing has zebra* in its name or number up to 31 Dec 2025." in page.text
    assert finds(page, "z").errors == ["Type 2 to 100 characters of a name or number."]


def test_a_hostile_name_is_only_text(ledger, open_page):
    page = finds(open_page("rhythm", as_of=DAY), "192.0.2.1")
    (row,) = [row for title, rows in page.tables.items() if title == "Accounts" for row in rows if len(row) == 1]
    assert HOSTILE[:30] in row["Accounts"]


def test_a_note_with_a_promise_is_written_from_any_page_and_refused_without_words(ledger, open_page):
    page = new(open_page("rhythm", as_of=DAY), "note")
    assert "Choose the account that it is about." in page.text
    typed(page, "selectbox", "Account").select("A")
    new(page, "note")
    typed(page, "text_input", "Next step promised").set_value("Send drawings")
    typed(page, "date_input", "Due").set_value(AS_OF)
    sends(page, "note", "Write it down")
    assert len(page.errors) == 1
    assert typed(page, "text_input", "Next step promised").value == "Send drawings"
    assert not ledger.read("relationships.captured_interactions").rows
    typed(page, "text_area", "What was said or happened").set_value("Asked for drawings")
    sends(page, "note", "Write it down")
    assert page.errors == []
    (row,) = ledger.read("relationships.captured_interactions").records()
    assert (row["account_id"], row["summary"], row["next_step"]) == ("A", "Asked for drawings", "Send drawings")


def test_the_account_of_the_page_is_chosen_already_and_its_own_forms_stay_apart(ledger, open_page):
    page = new(open_page("account", as_of=DAY, account="A", tab="People"), "contact")
    assert typed(page, "selectbox", "Account").value == "A"
    typed(page, "text_input", "Name").set_value("Ute Rahn")
    typed(page, "text_input", "How we know it").set_value("Her card")
    sends(page, "contact", "Add the contact")
    assert [row["name"] for row in ledger.read("relationships.added_contacts")] == ["Ute Rahn"]


def test_an_action_needs_a_plan_and_goes_into_the_one_that_is_open(ledger, champion, open_page):
    page = new(open_page("account", as_of=DAY, account="A"), "action")
    assert "No plan is open with this account" in page.text
    plans.open_plan(
        ledger, "A", {"title": "Plan 2026", "begins_on": AS_OF, "ends_on": AS_OF}, as_of=AS_OF, who=champion
    )
    page = new(open_page("account", as_of=DAY, account="A", tab="Plan"), "action")
    assert "It goes into Plan 2026." in page.text
    typed(page, "text_input", "Action").set_value("Send drawings")
    typed(page, "text_input", "Owner").set_value("Rosa Quint")
    typed(page, "date_input", "Due").set_value(AS_OF)
    sends(page, "action", "Add an action or milestone")
    assert [row["action"] for row in ledger.read("plans.actions")] == ["Send drawings"]


def test_a_complaint_an_opportunity_and_a_nomination_are_taken_in(ledger, open_page):
    page = new(open_page("account", as_of=DAY, account="C"), "complaint")
    typed(page, "text_area", "What the customer complains about").set_value("Late twice")
    concerned = typed(page, "selectbox", "Function concerned")
    concerned.select_index(0)
    sends(page, "complaint", "Take in a complaint")
    assert [row["owner"] for row in ledger.read("plans.complaint_list", {"as_of": AS_OF})] == ["Ines Brandt"]

    page = new(open_page("account", as_of=DAY, account="C"), "opportunity")
    typed(page, "text_input", "Opportunity").set_value("Second line")
    typed(page, "text_input", "Stage").set_value("offer")
    sends(page, "opportunity", "Make an opportunity")
    assert page.errors == []
    assert [row["name"] for row in ledger.read("plans.opportunities")] == ["Second line"]

    page = new(open_page("account", as_of=DAY, account="C"), "nomination")
    typed(page, "text_input", "Why it should be looked at").set_value("It grows")
    sends(page, "nomination", "Put forward for the next cycle")
    states = {row["account_id"]: row["state"] for row in ledger.read("programme.states", {"as_of": AS_OF})}
    assert (page.errors, states["C"]) == ([], "nominated")


def test_a_key_account_is_not_nominated_again(ledger, champion, open_page):
    admitted(ledger, champion, "A")
    page = new(open_page("account", as_of=DAY, account="A"), "nomination")
    assert "Put forward for the next cycle" not in [b.label for b in page.at.button]
