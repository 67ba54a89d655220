"""Follow-ups, segments and the list's bulk edit: empty, in use, refused."""

from __future__ import annotations

from datetime import date

import pytest

from kam import access, portfolio, sponsorship
from tests.drawn import given
from tests.pages.ledgers import AS_OF, HOSTILE, admitted, company

GROWTH = [{"key": "tag", "is": "one_of", "value": ["Focus: Grow"]}]


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    return store


@pytest.fixture
def labelled(ledger, champion):
    portfolio.make_tag(ledger, "Focus", "Grow", as_of=date(2025, 1, 1), who=champion)
    portfolio.tag_accounts(ledger, ["B"], "Focus", "Grow", as_of=date(2025, 1, 1), who=champion)
    portfolio.grade_accounts(ledger, ["A", "B"], "B", reason="as agreed", as_of=date(2025, 12, 1), who=champion)
    portfolio.save_segment(ledger, "Growth", GROWTH, as_of=AS_OF, who=champion)
    return ledger


def opened(open_page, name, **query):
    return open_page(name, as_of="2025-12-31", **query)


def test_without_grades_and_promises_the_page_says_where_follow_ups_come_from(ledger, open_page):
    page = opened(open_page, "follow_ups")
    assert not page.at.exception
    assert "Nobody is to be followed up." in page.text and page.metrics["Due by today"] == "0"


def test_follow_ups_show_mine_first_and_why(labelled, open_page):
    page = opened(open_page, "follow_ups")
    rows = page.tables["Follow-ups"]
    # B is the champion's own; Alpha was visited on the day itself and is due in January.
    assert [(row["Account"], row["Days late"], row["Grade"]) for row in rows] == [(HOSTILE, "23", "B")]
    assert page.metrics["Overdue"] == "1" and page.metrics["Asked for in a week"] == "2.0"


def test_an_empty_outcome_is_refused_and_what_was_typed_stays(labelled, open_page):
    page = opened(open_page, "follow_ups")
    page.field("text_input", "Next step promised").set_value("Send prices")
    page.press("Write down and close")
    assert page.errors == ["Say what came of it: the outcome is kept with the account."]
    assert page.field("text_input", "Next step promised").value == "Send prices"
    assert not labelled.read("relationships.captured_interactions").rows


def test_doing_one_writes_the_note_and_the_next_grade(labelled, open_page):
    page = opened(open_page, "follow_ups")
    page.field("text_area", "Outcome").set_value("They wait for the budget")
    page.field("selectbox", "Next grade").set_value("C")
    page.press("Write down and close")
    assert not page.errors and not page.at.exception
    assert "was followed up and regraded" in page.at.success[0].value
    assert labelled.read("relationships.captured_interactions").column("summary") == ["They wait for the budget"]
    grades = {r["account_id"]: r["grade"] for r in labelled.read("portfolio.grades_held", {"as_of": AS_OF})}
    assert grades == {"A": "B", "B": "C"}
    assert "Follow-ups" not in page.tables


def test_regrading_shows_its_effect_on_the_week_before_it_is_taken(labelled, open_page):
    page = opened(open_page, "follow_ups", tab="Regrading")
    proposed = {row["Account"]: (row["Grade now"], row["Proposed"]) for row in page.tables["Proposed grades"]}
    assert proposed == {"Alpha": ("B", "E"), HOSTILE: ("B", "E")}
    assert "2 accounts would change their grade: the follow-ups of a week go from 2.0 to 0.0." in page.text
    page.field("button_group", "Which proposals").set_value("some").run()
    page.field("multiselect", "Accounts").set_value(["A"]).run()
    assert "1 account would change its grade: the follow-ups of a week go from 2.0 to 1.0." in page.text
    page.field("button_group", "Which proposals").set_value("graded").run()
    page.press("Regrade the chosen accounts")
    assert set(labelled.read("portfolio.grades_held", {"as_of": AS_OF}).column("grade")) == {"E"}


def test_compliance_is_shown_by_month(labelled, open_page):
    page = opened(open_page, "follow_ups", tab="In time")
    assert [(r["Fell due"], r["Done in time"]) for r in page.tables["Done in time by month"]] == [("2", "0")]


def test_without_segments_the_page_says_how_to_make_one(ledger, open_page):
    page = opened(open_page, "segments")
    assert not page.at.exception and "No segment is saved yet" in page.text
    assert "No account carries a tag" in opened(open_page, "segments", tab="Tags").text
    assert "No field is defined yet" in opened(open_page, "segments", tab="Fields").text


def test_a_segment_is_composed_previewed_and_saved(labelled, open_page):
    page = opened(open_page, "segments")
    page.field("selectbox", "What").set_value("region").run()
    page.press("Add the condition")
    assert page.errors == ["Choose at least one value for Region."]
    page.field("multiselect", "Value").set_value(["South"]).run()
    page.press("Add the condition")
    assert "2 accounts: Region is one of South" in page.text
    page.press("Save the segment")
    assert page.errors == ["Name the segment."]
    page.field("text_input", "Name").set_value("In the south")
    page.press("Save the segment")
    assert {row["Segment"]: row["Accounts"] for row in page.tables["Saved segments"]} == {
        "Growth": "1", "In the south": "2"
    }  # fmt: skip


@pytest.mark.parametrize("name", ["accounts", "rhythm", "candidates", "value", "roster", "plans", "service", "follow_ups",
                                  "reviews", "sponsors", "quality", "matrix", "cost_to_serve"])  # fmt: skip
def test_a_segment_is_a_filter_that_every_page_takes(labelled, champion, open_page, name):
    admitted(labelled, champion, "A", "B")
    page = opened(open_page, name, accounts="segment:Growth")
    assert not page.at.exception
    assert not [error for error in page.errors if "went wrong" in error]
    assert page.address["accounts"] == "segment:Growth"


def test_a_segment_narrows_the_list_of_accounts_and_the_roster(labelled, champion, open_page):
    admitted(labelled, champion, "A", "B")
    assert [row["Account"] for row in opened(open_page, "accounts", accounts="segment:Growth").tables["Accounts"]] == [
        HOSTILE
    ]
    shown = opened(open_page, "roster", accounts="segment:Growth").tables["Key accounts"]
    assert [row["Account"] for row in shown] == [HOSTILE]


def test_an_unknown_segment_is_refused_in_a_sentence(labelled, open_page):
    page = opened(open_page, "accounts", accounts="segment:Nothing")
    assert page.errors == ["There is no segment Nothing: it is one of Growth, or save it first."]


def test_mine_follows_what_people_decided_about_owners(ledger, store, open_page, champion):
    rosa = access.Person("rosa-quint", "Rosa Quint", "account_manager")
    portfolio.change_owner(ledger, ["B"], "Rosa Quint", reason="leave", as_of=AS_OF, who=champion)
    access.choose(store, rosa)
    page = opened(open_page, "accounts", accounts="mine")
    assert {row["Account"] for row in page.tables["Accounts"]} == {"Alpha", "Alpha Sud", HOSTILE}
    assert {row["Account manager"] for row in page.tables["Accounts"]} == {"Rosa Quint"}


def test_the_list_grades_and_tags_all_that_it_finds(labelled, open_page):
    page = opened(open_page, "accounts")
    page.field("text_input", "Search").set_value("Alpha").run()
    page.field("toggle", "Change the 2 accounts found").set_value(True).run()
    page.field("button_group", "Which accounts").set_value("all").run()
    page.press("Change the tags")
    assert page.at.success[0].value.startswith("2 accounts changed")
    carried = labelled.read("portfolio.tags_held", {"as_of": AS_OF}).column("account_id")
    assert sorted(carried) == ["A", "B", "C"]


def test_a_bulk_edit_without_accounts_or_of_a_key_account_is_refused(labelled, champion, open_page):
    admitted(labelled, champion, "A")
    page = opened(open_page, "accounts")
    page.field("toggle", "Change the 3 accounts found").set_value(True).run()
    page.press("Change the tags")
    assert page.errors == ["Choose at least one account."]
    page.field("button_group", "What changes").set_value("owner").run()
    page.field("multiselect", "Accounts").set_value(["A"])
    page.field("selectbox", "New account manager").set_value("Ines Brandt")
    page.field("text_input", "Reason").set_value("leave")
    page.press("Hand the accounts over")
    assert page.errors == [
        "The manager of a key account is appointed with grounds on the page Account managers: leave out Alpha."
    ]


def test_tags_and_grade_stand_in_the_head_of_the_account_and_are_changed_there(labelled, open_page):
    page = opened(open_page, "account", account="B")
    assert "Focus: Grow" in page.text and "B, within three months" in page.text
    page.press("Change the tag")
    assert not labelled.read("portfolio.tags_held", {"as_of": AS_OF}).rows
    page.press("Give the grade")
    assert page.errors == ["Say why this grade: the reason is kept with it."]


def test_a_sponsors_promise_is_closed_from_the_follow_ups(labelled, champion, open_page):
    given(labelled, champion, "executives", "executive_id | name | title\nE1 | Edda Falk | CFO")
    admitted(labelled, champion, "A")
    sponsorship.assign(labelled, "A", "E1", as_of=date(2025, 2, 1), reason="knows them", who=champion)
    late = sponsorship.Promise("Free the test bench", "Ines Brandt", date(2025, 12, 30))
    number = sponsorship.make_promise(labelled, "A", late, as_of=date(2025, 12, 1), who=champion)
    page = opened(open_page, "follow_ups")
    page.field("selectbox", "Follow-up").set_value(f"S:{number}").run()
    page.press("Write down and close")
    assert page.errors == ["Say what came of it: the outcome is kept with the account."]
    page.field("text_area", "Outcome").set_value("No bench before spring")
    page.field("radio", "The promise was").set_value("dropped")
    page.press("Write down and close")
    assert not page.errors and page.at.success[0].value.startswith("Alpha was followed up")
    (held,) = labelled.read("sponsorship.promise_list", {"as_of": AS_OF})
    assert (held["promise_state"], held["note"]) == ("dropped", "No bench before spring")
    assert "Free the test bench" not in page.text
