"""The page of plays, from the first play to what was done; and plays on an account's page."""

from __future__ import annotations

import pytest

from kam import plays, portfolio
from tests.pages.ledgers import AS_OF, HOSTILE, admitted, company

DAY = AS_OF.isoformat()
STEEL = [{"key": "industry", "is": "one_of", "value": ["Steel"]}]


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "A")
    portfolio.save_segment(store, "Steel", STEEL, as_of=AS_OF, who=champion)
    return store


def made(store, who, **changes):
    given = {"name": HOSTILE, "kind": "offer", "message": HOSTILE, "channel": "call", "due_days": 14} | changes
    return plays.make_play(store, plays.Play(**given), reason="drawn", as_of=AS_OF, who=who)


def test_without_a_play_it_says_what_one_is(ledger, open_page):
    page = open_page("plays", as_of=DAY)
    assert "No play is made yet." in page.text and "A play says who" in page.text
    assert "No play has been run" in open_page("plays", as_of=DAY, tab="Lists").text


def test_a_play_is_made_refused_run_and_marked_on_the_page(ledger, open_page):
    page = open_page("plays", as_of=DAY, tab="Make a play")
    page.press("Make the play")
    assert page.errors == ["Name the play."]
    page.field("text_input", "Name of the play").set_value("Offer of pumps")
    page.field("text_area", "What is said, sent or done").set_value("Call **them**")
    page.field("selectbox", "Who: a saved segment").set_value("Steel")
    page.field("text_input", "Why this play").set_value("Stock")
    page.press("Make the play")
    assert page.errors == []
    assert "1 play is in use; 0 accounts wait on lists." in page.text

    page = open_page("plays", as_of=DAY, play="1")
    assert (page.metrics["Meant for"], page.metrics["Would get it"], page.metrics["Left out"]) == ("2", "2", "0")
    assert [row["Account"] for row in page.tables["Would get it"]] == ["Alpha", "Alpha Sud"]
    page.press("Run it: freeze this list")
    assert page.errors == []
    assert page.metrics["Left out"] == "2"
    assert "is on the list of 31 Dec 2025, not done yet" in page.tables["Left out"][0]["Left out because"]

    page = open_page("plays", as_of=DAY, run="1")
    assert [(row["Account"], row["State"], row["Contact"]) for row in page.tables["On the list"]] == [
        ("Alpha", "open", "Mara Voss"),
        ("Alpha Sud", "open", "–"),
    ]
    page.press("Write it down")
    assert page.errors == ["Choose at least one account of the list."]
    page.field("multiselect", "Accounts of the list").set_value(["A"])
    page.field("selectbox", "What was done").set_value("won")
    page.field("text_input", "What came of it").set_value("Ordered two")
    page.press("Write it down")
    assert page.errors == []
    assert page.tables["On the list"][0]["State"] == "won"
    assert page.metrics["Done"] == "1"
    assert [row["Account"] for row in open_page("plays", as_of=DAY, run="1", accounts="key").tables["On the list"]] == [
        "Alpha"
    ]


def test_a_hostile_play_is_shown_as_it_stands_and_an_unknown_one_is_said(ledger, champion, open_page):
    made(ledger, champion, segment="Steel")
    plays.run_play(ledger, 1, as_of=AS_OF, who=champion)
    for query in ({"play": "1"}, {"run": "1"}, {}):
        page = open_page("plays", as_of=DAY, **query)
        assert page.errors == [] and HOSTILE in page.text
    assert "There is no such play on 31 Dec 2025" in open_page("plays", as_of=DAY, play="7").errors[0]
    assert "There is no such play" in open_page("plays", as_of=DAY, play="x").errors[0]
    assert "There is no list 9" in open_page("plays", as_of=DAY, run="9").errors[0]


def test_a_play_whose_segment_is_gone_says_so_instead_of_a_list(ledger, champion, open_page):
    made(ledger, champion, segment="Steel")
    portfolio.withdraw_segment(ledger, "Steel", as_of=AS_OF, who=champion)
    assert "There is no segment Steel" in open_page("plays", as_of=DAY, play="1").errors[0]


def test_on_the_account_a_play_waits_is_done_and_stands_on_the_timeline(ledger, champion, open_page):
    made(ledger, champion, name="Visit steel", message="See the furnace", segment="Steel")
    plays.run_play(ledger, 1, as_of=AS_OF, who=champion)
    assert open_page("account", as_of=DAY, account="A").tables["Plays that wait"][0]["Play that waits"] == "Visit steel"
    page = open_page("account", as_of=DAY, account="A", tab="Plays and lessons")
    assert "1 play waits to be done here" in page.text
    page.field("selectbox", "What was done").set_value("not_done")
    writing = next(b for b in page.at.button if b.label == "Write it down" and "play.mark" in b.proto.form_id)
    writing.click().run()
    assert page.errors == ["Say why it was not done: the next run will ask."]
    assert page.field("selectbox", "What was done").value == "not_done"
    page.field("selectbox", "What was done").set_value("interested")
    next(w for w in page.at.text_input if w.label == "What came of it").set_value(HOSTILE)
    next(b for b in page.at.button if b.label == "Write it down" and "play.mark" in b.proto.form_id).click().run()
    assert page.errors == []
    assert page.tables["Plays"][0]["State"] == "interested"
    rows = open_page("account", as_of=DAY, account="A", tab="Timeline").tables["Timeline"]
    assert [row["State"] for row in rows if row["Kind"] == "play"] == ["interested"]


def test_a_change_of_two_people_shows_both_versions(ledger, champion, open_page):
    made(ledger, champion, name="First")
    page = open_page("plays", as_of=DAY, play="1")
    plays.change_play(ledger, 1, plays.Play("Theirs", "offer", "x", "call", 14), reason="r", as_of=AS_OF, who=champion)
    page.field("text_input", "Name of the play").set_value("Mine")
    page.field("text_input", "What changes, and why").set_value("because")
    page.press("Save the change")
    shown = {row["Field"]: (row["Saved now"], row["Your change"]) for row in page.tables["both_versions"]}
    assert shown["name"] == ("Theirs", "Mine")
    page.press("Save the change")
    assert ledger.one("plays.play_list", {"as_of": AS_OF})["name"] == "Mine"
