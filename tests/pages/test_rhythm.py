"""The page of rhythm: who has gone quiet, every account's counts as separate fields, segments and concentration."""

from datetime import date

from tests.key_accounts import key_accounts
from tests.segments.test_buying import season

DAY = "2024-10-01"


def test_the_answer_names_who_is_silent_and_leaves_a_season_out(store, champion, open_page):
    season(store, champion)
    key_accounts(store, champion, "STEADY", on=date(2024, 9, 1))
    page = open_page("rhythm", as_of=DAY)
    assert not page.at.exception
    assert "1 account is silent for longer than its rhythm explains; 1 of them is a key account." in page.text
    assert "1 more is silent, as it was in the same days a year before" in page.text
    assert page.metrics["Dormant"] == "2" and page.metrics["Active"] == "0"
    steady, seasonal = page.tables["How each account buys"]
    assert (steady["Account"], steady["Alarm"], seasonal["Alarm"]) == ("STEADY", "yes", "no")
    assert steady["Orders"] == "122" and steady["Repeats"] == "121"
    assert "95 % quantile" in page.text  # what a state opens to


def test_segments_and_concentration_stand_on_tabs_of_their_own(store, champion, open_page):
    season(store, champion)
    page = open_page("rhythm", as_of=DAY, tab="Segments")
    assert sum(int(row["Accounts"]) for row in page.tables["Segments"]) == 2
    page = open_page("rhythm", as_of=DAY, tab="Concentration")
    assert {"Gini coefficient", "80 % of revenue comes from", "Effective number of accounts"} <= set(page.metrics)


def test_a_filter_narrows_the_list_and_says_when_nothing_is_left(store, champion, open_page):
    season(store, champion)
    page = open_page("rhythm", as_of=DAY, activity_state="dormant")
    assert len(page.tables["How each account buys"]) == 2
    page.field("text_input", "Search").set_value("nobody")
    page.run()
    assert "No row meets these conditions" in page.text


def test_an_empty_ledger_leads_to_the_import(open_page):
    page = open_page("rhythm")
    assert not page.at.exception and "import" in page.text.lower()
