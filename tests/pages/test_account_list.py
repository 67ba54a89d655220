"""The list of accounts as a place to work: health and trend, ticks, filters by people's fields, columns that are kept."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from kam import access, parameters, portfolio, relationships
from tests.pages.ledgers import AS_OF, HOSTILE, company

FIELDS = {"Plant": "text", "Silos": "number", "Audit": "date", "Line": "choice", "Union": "yes_no"}
VALUES = {
    "A": {"Plant": "North mill", "Silos": "4", "Audit": "2025-03-01", "Line": "Wet", "Union": "yes"},
    "B": {"Plant": "South mill", "Silos": "5", "Audit": "2025-03-02", "Line": "Dry", "Union": "no"},
}


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    return store


@pytest.fixture
def filled(ledger, champion):
    """Every kind of field, filled for A and B; C has none."""
    for name, kind in FIELDS.items():
        choices = ["Wet", "Dry"] if kind == "choice" else ()
        portfolio.define_field(ledger, name, kind, choices=choices, as_of=date(2025, 1, 1), who=champion)
    for account_id, values in VALUES.items():
        for field, value in values.items():
            portfolio.set_value(ledger, account_id, field, value, as_of=date(2025, 6, 1), who=champion)
    return ledger


def opened(open_page, **query):
    return open_page("accounts", as_of="2025-12-31", **query)


def listed(page) -> set[str]:
    return {row["Account"] for row in page.tables.get("Accounts", [])}


def test_health_and_trend_stand_beside_value_and_what_is_unknown_says_so(ledger, open_page):
    rows = {row["Account"]: row for row in opened(open_page).tables["Accounts"]}
    # A sold 1,200 after 500; B's year has nothing before it; C never bought, and nothing of it is on record.
    own = relationships.course(ledger, "A", AS_OF, steps=1).now
    assert rows["Alpha"]["Trend"] == "rising" and rows["Alpha"]["Points"] == f"{own.index:.0f}" == "64"
    assert rows["Alpha"]["Health"] == "watch"
    assert (rows[HOSTILE]["Trend"], rows[HOSTILE]["Points"]) == ("unknown", "100")
    assert (rows["Alpha Sud"]["Health"], rows["Alpha Sud"]["Points"], rows["Alpha Sud"]["Trend"]) == (
        "unknown", "–", "unknown"
    )  # fmt: skip


@pytest.mark.parametrize(("rising", "falling", "word"), [(1.4, -0.05, "rising"), (1.41, -0.05, "steady")])
def test_the_lines_of_the_trend_are_parameters(ledger, champion, open_page, rising, falling, word):
    for name, value in (("rising_from", rising), ("falling_to", falling)):
        parameters.adopt(
            ledger, f"portfolio.trend_{name}", value, valid_from=date(2025, 1, 1), source="test", who=champion
        )
    rows = {row["Account"]: row for row in opened(open_page).tables["Accounts"]}
    assert rows["Alpha"]["Trend"] == word


def test_the_list_narrows_to_a_health_and_a_trend(ledger, open_page):
    page = opened(open_page)
    page.field("selectbox", "Health").set_value("unknown").run()
    assert listed(page) == {"Alpha Sud"}
    page.field("selectbox", "Health").set_value(None).run()
    page.field("selectbox", "Trend").set_value("rising").run()
    assert listed(page) == {"Alpha"}


def test_ticked_rows_are_changed_and_no_others(ledger, champion, open_page):
    portfolio.make_tag(ledger, "Focus", "Grow", as_of=date(2025, 1, 1), who=champion)
    page = opened(open_page)
    drawn = next(table for table in page.drawn if table["label"] == "Accounts")
    assert sorted(drawn["ids"]) == ["A", "B", "C"] and drawn["ticked"] == []
    page.at.session_state["accounts.account.ticked"] = ["A", "C"]
    page.run()
    assert sorted(next(t for t in page.drawn if t["label"] == "Accounts")["ticked"]) == ["A", "C"]
    page.field("toggle", "Change the 2 accounts ticked").set_value(True).run()
    assert "Alpha, Alpha Sud" in page.text
    page.press("Change the tags")
    assert page.at.success[0].value.startswith("2 accounts changed")
    assert sorted(ledger.read("portfolio.tags_held", {"as_of": AS_OF}).column("account_id")) == ["A", "C"]
    page.press("Untick all")
    assert page.at.session_state["accounts.account.ticked"] == []
    assert page.field("toggle", "Change the 3 accounts found")


def test_a_tick_outlives_a_search_that_hides_its_row(ledger, open_page):
    page = opened(open_page)
    page.at.session_state["accounts.account.ticked"] = ["B"]
    page.field("text_input", "Search").set_value("Sud").run()
    page.field("toggle", "Change the 1 account ticked").set_value(True).run()
    assert HOSTILE in page.text


def test_groups_have_no_check_boxes(ledger, open_page):
    page = opened(open_page)
    page.at.session_state["accounts.level"] = "group"
    page.run()
    assert "ids" not in next(table for table in page.drawn if table["label"] == "Groups")


def test_without_fields_there_is_no_filter_by_fields(ledger, open_page):
    assert "Filter by fields" not in opened(open_page).text


@pytest.mark.parametrize(
    ("label", "kind", "value", "found"),
    [
        ("Plant", "text_input", "NORTH", {"Alpha"}),
        ("Silos from", "number_input", 5.0, {HOSTILE}),
        ("Silos to", "number_input", 4.0, {"Alpha"}),
        ("Audit from", "date_input", date(2025, 3, 2), {HOSTILE}),
        ("Audit to", "date_input", date(2025, 3, 1), {"Alpha"}),
        ("Line", "multiselect", ["Wet", "Dry"], {"Alpha", HOSTILE}),
        ("Line", "multiselect", ["Dry"], {HOSTILE}),
        ("Union", "multiselect", ["no"], {HOSTILE}),
    ],
)
def test_a_field_narrows_the_list_by_its_type(filled, open_page, label, kind, value, found):
    page = opened(open_page)
    page.field(kind, label).set_value(value).run()
    assert not page.errors and listed(page) == found


def test_limits_the_wrong_way_round_are_refused_beside_the_field_and_narrow_nothing(filled, open_page):
    page = opened(open_page)
    page.field("number_input", "Silos from").set_value(9.0)
    page.field("number_input", "Silos to").set_value(3.0).run()
    assert page.errors == ["Silos: from 9 to 3 is empty; the lower limit comes first."]
    assert listed(page) == {"Alpha", HOSTILE, "Alpha Sud"}


def test_a_field_asks_for_what_it_said_on_the_day(filled, champion):
    portfolio.set_value(filled, "A", "Silos", "7", as_of=date(2025, 12, 1), who=champion)
    field = {"field": "Silos", "kind": "number"}
    for day, low in itertools.product((date(2025, 11, 30), date(2025, 12, 1)), (4.0, 5.0, 7.0, 8.0)):
        where = [portfolio.field_condition(field, portfolio.Asked(low=low), day)]
        found = set(filled.page("portfolio.owners", {"as_of": day}, where=where).column("account_id"))
        of_a = 7 if day >= date(2025, 12, 1) else 4
        assert found == {name for name, silos in (("A", of_a), ("B", 5)) if silos >= low}


def test_columns_are_kept_for_a_person_over_visits_and_for_nobody_else(ledger, store, open_page):
    page = opened(open_page)
    assert "Region" not in page.tables["Accounts"][0]
    page.at.session_state["accounts.account.more"] = ["region"]
    page.run()
    assert "Region" in page.tables["Accounts"][0]
    assert "Region" not in opened(open_page).tables["Accounts"][0]
    page.press("Keep these columns for my next visits")
    assert page.at.success[0].value.startswith("These columns are kept for you")
    assert "Region" in opened(open_page).tables["Accounts"][0]
    access.choose(store, access.person_named("Noor Haddad"))
    assert "Region" not in opened(open_page).tables["Accounts"][0]


def test_a_kept_column_that_a_list_no_longer_offers_is_passed_over(ledger, champion, open_page):
    access.keep_columns(ledger, champion, "accounts.account", ["gone", "country"])
    page = opened(open_page)
    assert not page.at.exception and "Country" in page.tables["Accounts"][0]
