"""The page of the knowledge base, and what fits on an account's page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import knowledge, portfolio
from tests.pages.ledgers import AS_OF, HOSTILE, company

DAY = AS_OF.isoformat()


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    portfolio.make_tag(store, "Focus", "Grow", as_of=AS_OF, who=champion)
    portfolio.tag_accounts(store, ["A"], "Focus", "Grow", as_of=AS_OF, who=champion)
    return store


def written(store, who, title="Drop size", as_of=AS_OF, **changes):
    given = {
        "kind": "playbook", "title": title, "text": "# How\n- **Bundle** orders", "author": "A", "owner": "O", "source": "S",
        "written_on": as_of, "marks": (("tag", "Focus: Grow"), ("industry", "Steel")),
    } | changes  # fmt: skip
    return knowledge.write_entry(store, knowledge.Entry(**given), as_of=as_of, who=who)


def test_an_empty_base_says_what_belongs_into_it(store, open_page):
    page = open_page("knowledge", as_of=DAY)
    assert page.errors == [] and "Nothing is written down yet." in page.text


def test_an_entry_is_written_refused_changed_and_retired_on_the_page(ledger, open_page):
    page = open_page("knowledge", as_of=DAY, tab="Write an entry")
    page.field("text_input", "Title").set_value(HOSTILE)
    page.press("Write it down")
    assert page.errors == ["Write what others can use: the text is missing."]
    assert page.field("text_input", "Title").value == HOSTILE
    page.field("text_area", "Text").set_value(f"# Why\n\n{HOSTILE}\n- one **bold** point")
    page.field("text_input", "Source").set_value("Service")
    page.field("multiselect", "Fits accounts with").set_value([("tag", "Focus: Grow")])
    page.press("Write it down")
    assert page.errors == []
    assert "1 entry is in use; 0 are past their review." in page.text

    page = open_page("knowledge", as_of=DAY, entry="1")
    shown = next(m.value for m in page.at.markdown if "bold" in m.value)
    assert shown.startswith("#### Why") and "- one **bold** point" in shown
    assert r"\!\[x\]\(" in shown and r"\<img" in shown
    page.press("Save the new version")
    assert page.errors == ["Say what changed and why: the reason is kept."]
    page.field("text_input", "What changed, and why").set_value("Clearer")
    page.press("Save the new version")
    page.field("text_input", "Why it is retired").set_value("Out of date")
    page.press("Take it out of use")
    assert page.errors == []
    assert [row["State"] for row in page.tables["Versions"]] == ["retired", "current", "current"]
    assert open_page("knowledge", as_of=DAY).tables["Knowledge"][0]["State"] == "retired"


def test_the_list_is_narrowed_by_what_an_entry_fits_and_by_words(ledger, champion, open_page):
    written(ledger, champion)
    written(ledger, champion, "Rush fees", kind="lesson", marks=(("industry", "Paper"),))
    page = open_page("knowledge", as_of=DAY)
    assert len(page.tables["Knowledge"]) == 2
    page.field("selectbox", "Fits").set_value("industry: Paper").run()
    assert [row["Title"] for row in page.tables["Knowledge"]] == ["Rush fees"]
    page = open_page("knowledge", as_of=DAY)
    page.field("text_input", "Search").set_value("bundle").run()
    assert len(page.tables["Knowledge"]) == 2
    page.field("text_input", "Search").set_value("drop").run()
    assert [row["Title"] for row in page.tables["Knowledge"]] == ["Drop size"]


def test_an_entry_past_its_review_is_stale_and_an_unknown_one_is_said(ledger, champion, open_page):
    begun = AS_OF - timedelta(days=10)
    written(ledger, champion, as_of=begun, review_by=AS_OF - timedelta(days=1), marks=(("industry", "Steel"),))
    page = open_page("knowledge", as_of=DAY, entry="1")
    assert "It was to be looked at again by 30 Dec 2025" in page.text
    assert "1 is past its review" in open_page("knowledge", as_of=DAY).text
    assert "There is no entry 4" in open_page("knowledge", as_of=DAY, entry="4").errors[0]
    assert "There is no entry 1" in open_page("knowledge", as_of=date(2025, 12, 1).isoformat(), entry="1").errors[0]


def test_what_fits_shows_beside_the_account_with_the_marks_and_a_lesson_is_recorded_there(ledger, champion, open_page):
    written(ledger, champion)
    written(ledger, champion, "Only paper", marks=(("industry", "Paper"),))
    written(ledger, champion, "Steel alone", marks=(("industry", "Steel"),))
    page = open_page("account", as_of=DAY, account="A", tab="Plays and lessons")
    assert "No play was meant for this account" in page.text
    assert [(row["Fits this account"], row["Because of"]) for row in page.tables["What fits"]] == [
        ("Drop size", "industry: Steel, Focus: Grow"),
        ("Steel alone", "industry: Steel"),
    ]
    page.press("Record the lesson")
    assert page.errors == ["Say in a line what it is about."]
    page.field("text_input", "The lesson in a line").set_value("Call before noon")
    page.field("text_area", "What happened, and what to do next time").set_value("They decide in the morning.")
    page.press("Record the lesson")
    assert page.errors == []
    first = page.tables["What fits"][0]
    assert (first["Fits this account"], first["Kind"]) == ("Call before noon", "lesson")
    assert first["Because of"].startswith("about this account")
    assert len(open_page("account", as_of=DAY, account="A").tables["What fits"]) == 3
    assert [
        row["Fits this account"]
        for row in open_page("account", as_of=DAY, account="B", tab="Plays and lessons").tables["What fits"]
    ] == ["Only paper"]


def test_the_search_on_every_page_finds_what_was_learned(ledger, champion, open_page):
    written(ledger, champion)
    page = open_page("accounts", as_of=DAY)
    page.at.text_input(key="find.sought").set_value("bundle").run()
    assert [list(row.values()) for row in page.tables["Knowledge"]] == [["Drop size · playbook"]]
    assert any(a.startswith("knowledge?") and a.endswith("entry=1") for a in page.links)
