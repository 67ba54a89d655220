"""The Settings page: parameters and the cost model, shown, drafted, refused, adopted."""

from __future__ import annotations

from datetime import date

import pytest

from kam import parameters, value
from tests.drawn import given
from tests.value.test_cost_model_file import SMALL

DAY = date(2025, 6, 30)
DRAFT = "Draft a cost model"


@pytest.fixture
def held(store, champion):
    """A workbench with the small cost model in force."""
    value.adopt_cost_model(store, value.read_cost_model(SMALL), reason="Budget 2025", who=champion)
    return store


def opened(open_page, **query):
    return open_page("settings", as_of=DAY.isoformat(), **query)


def fill(page, name=None, typed="", source=""):
    """Fill the parameter's form."""
    if name is not None:
        page.field("selectbox", "Parameter").set_value(name)
    page.field("text_input", "Value").set_value(typed)
    page.field("text_input", "Source").set_value(source)
    return page.press("Adopt this value")


def start_from(page, where):
    next(b for b in page.at.get("button_group") if b.label == "Start from").set_value(where)
    return page.run()


def edit(page, table, changes, added=()):
    """Type into cells of the draft: {row: {column: value}}."""
    key = page.field("text_input", "Name of the model").key.removesuffix("name") + table
    page.at.session_state[key] = {"edited_rows": changes, "added_rows": list(added), "deleted_rows": []}
    return page.run()


def adopt(page, reason):
    page.field("text_area", "Reason").set_value(reason)
    return page.press(next(b.label for b in page.at.button if b.label.startswith("Adopt from")))


def test_every_parameter_shows_its_meaning_value_unit_date_and_source(store, champion, open_page):
    parameters.adopt(store, "value.annual_retention_rate", 0.9, valid_from=DAY, source="Board, June", who=champion)
    rows = {row["Name in files"]: row for row in opened(open_page).tables["Parameters"]}
    assert set(rows) == set(parameters.defaults())
    adopted = rows["value.annual_retention_rate"]
    assert (adopted["Value"], adopted["From"]) == ("90.0\N{NO-BREAK SPACE}% per year", "30 Jun 2025")
    assert rows["programme.accounts_at_most"]["Value"] == "25 accounts"
    assert (adopted["Source"], adopted["Origin"]) == ("Board, June", "adopted")
    assert adopted["What it means"] == "Share of accounts still active a year later"
    assert (rows["value.assumed_margin_rate"]["Value"], rows["value.assumed_margin_rate"]["Origin"]) == (
        "undecided",
        "shipped",
    )


@pytest.mark.parametrize(("typed", "number"), [("0.35", 0.35), ("35 %", 0.35), (" 7% ", 0.07), ("unknown", None)])
def test_an_adopted_value_holds_from_its_date(store, open_page, typed, number):
    page = fill(opened(open_page), "value.assumed_margin_rate", typed, "CFO, May")
    assert not page.errors
    assert parameters.value_at(store, "value.assumed_margin_rate", DAY).value == number
    assert "from 30 Jun 2025 on." in page.text
    (row,) = opened(open_page, tab="Adopted so far").tables["Adopted values"]
    assert (row["Source"], row["Adopted by"], row["From"]) == ("CFO, May", "Ines Brandt", "30 Jun 2025")


@pytest.mark.parametrize(
    ("typed", "source", "said"),
    [
        ("a third", "CFO", "a third is no number"),
        ("", "CFO", "Nothing is no number"),
        ("1.2", "CFO", "must lie between 0 and 1"),
        ("nan", "CFO", "must lie between 0 and 1"),
        ("0.3", "", "Say where the value of value.assumed_margin_rate comes from"),
    ],
)
def test_a_value_that_cannot_be_is_refused_beside_the_form_and_changes_nothing(store, open_page, typed, source, said):
    page = fill(opened(open_page), "value.assumed_margin_rate", typed, source)
    assert [said in error for error in page.errors] == [True]
    assert parameters.adoptions(store) == []
    assert page.field("text_input", "Value").value == typed


def test_without_a_cost_model_the_page_says_how_to_begin(store, open_page):
    page = opened(open_page, tab="Cost model")
    assert "No cost model is in force on this day" in page.text


def test_the_model_in_force_reads_as_tables_with_its_rates(held, open_page):
    page = opened(open_page, tab="Cost model")
    assert "Adopted by Ines Brandt: Budget 2025. Source: Drawn" in page.text
    pools = page.tables["Pools: what capacity costs"]
    assert [
        (row["Pool"], row["Cost, EUR"], row["Rate per minute, EUR"], row["Charged to accounts"]) for row in pools
    ] == [
        ("Order desk", "1,000", "2.0010", "by the minute"),
        ("Head office", "70", "–", "never charged"),
        ("Head office", "80", "–", "never charged"),
    ]
    (entry,) = page.tables["Activities: how long they take"]
    assert (entry["Pool"], entry["What is counted"], entry["Minutes of one"]) == (
        "Order desk",
        "orders in the ledger",
        "8.25",
    )


def test_the_starter_model_covers_the_year_and_can_be_adopted_as_it_stands(store, open_page):
    page = opened(open_page, tab=DRAFT)
    assert "The draft can be adopted: 4 pools, 7 activities." in page.text
    assert "days that no period holds" not in page.text
    page = adopt(page, "to begin with")
    assert not page.errors
    adopted = value.adopted_cost_model(store, DAY)
    assert (adopted.model.name, adopted.reason) == ("Starter cost model", "to begin with")
    assert adopted.model == value.starter_cost_model(DAY)


def test_an_edited_model_is_checked_and_adopted_with_a_reason(held, open_page):
    page = opened(open_page, tab=DRAFT)
    edit(page, "activities", {0: {"unit_minutes": 9.5}})
    edit(page, "pools", {0: {"cost": 2000.25, "to": "2025-09-30"}})
    assert (
        "these pools have days that no period holds; work on them has an unknown cost: Order desk (184 days)"
        in page.text
    )
    adopt(page, "counted again")
    model = value.adopted_cost_model(held, DAY).model
    assert (str(model.activities[0].unit_minutes), str(model.pools[0].periods[0].cost)) == ("9.5000", "2000.25")
    assert model.pools[0].periods[0].period_to == date(2025, 9, 30)


def test_a_term_is_edited_beside_its_activity_and_refused_where_it_would_go_below_zero(held, open_page):
    page = opened(open_page, tab=DRAFT)
    term = {"activity": "entry", "kind": "flag", "of": "rush", "minutes": -9.0, "name": "less"}
    edit(page, "terms", {}, [term])
    assert "activity entry" in page.errors[0] and "can give -0.75 minutes" in page.errors[0]
    edit(page, "terms", {}, [term | {"activity": "entri"}])
    assert "Term 1 belongs to the activity entri, which the model does not have" in page.errors[0]
    edit(page, "terms", {}, [term | {"minutes": 4.5}])
    assert not page.errors
    adopt(page, "rushes take longer")
    (kept,) = value.adopted_cost_model(held, DAY).model.activities[0].terms
    assert (kept.of, str(kept.minutes), kept.name) == ("rush", "4.5000", "less")
    (shown,) = opened(open_page, tab="Cost model").tables["Activities: how long they take"]
    assert shown["Minutes of one"] == "8.25 + 4.5 where rush (less)"


def test_a_margin_by_category_is_assumed_with_its_source(held, champion, open_page):
    given(held, champion, "products", "product_id | name | category\nP | Pump | Pumps")
    page = opened(open_page)
    page.field("text_input", "Margin rate").set_value("135 %")
    page.press("Assume this margin")
    assert page.errors == ["The margin rate of Pumps must lie between 0 and 1; 1.35 does not."]
    page.field("text_input", "Margin rate").set_value("35 %")
    page.at.get("text_input")[-1].set_value("Trade survey")
    page.press("Assume this margin")
    assert not page.errors
    (row,) = page.tables["Margin assumed by category, where product cost is missing"]
    assert (row["Product category"], row["Margin on revenue, %"], row["Source"]) == ("Pumps", "35.0", "Trade survey")


def test_a_row_more_is_a_period_or_an_activity_more(held, open_page):
    page = opened(open_page, tab=DRAFT)
    edit(
        page,
        "pools",
        {},
        [{"id": "desk", "from": "2024-01-01", "to": "2024-12-31", "cost": 900, "practical_capacity_minutes": 450}],
    )
    new = {"code": "visit", "name": "Visit", "pool": "desk", "driver": "activities", "unit_minutes": 60, "source": "x"}
    edit(page, "activities", {}, [new])
    assert "The draft can be adopted: 2 pools, 2 activities." in page.text
    adopt(page, "visits too")
    model = value.adopted_cost_model(held, DAY).model
    assert [period.cost for period in model.pools[0].periods] == [900, pytest.approx(1000.5)]
    assert model.activities[1].driver == "activities"


@pytest.mark.parametrize(
    ("table", "changes", "said"),
    [
        ("pools", {0: {"practical_capacity_minutes": 0}}, "pool desk, period 1: practical_capacity_minutes is 0"),
        ("pools", {0: {"practical_capacity_minutes": None}}, "practical_capacity_minutes is missing"),
        ("pools", {0: {"cost": -1}}, "cost is -1"),
        ("pools", {0: {"to": "2024-12-31"}}, "to lies before from"),
        ("pools", {0: {"id": None}}, "id is missing"),
        ("activities", {0: {"pool": "dask"}}, "there is no pool dask; did you mean desk?"),
        ("activities", {0: {"unit_minutes": None}}, "activity entry: unit_minutes is missing"),
        ("activities", {0: {"source": ""}}, "source is missing"),
    ],
)
def test_a_faulty_draft_is_refused_and_cannot_be_adopted(held, open_page, table, changes, said):
    page = edit(opened(open_page, tab=DRAFT), table, changes)
    assert [said in error for error in page.errors] == [True]
    assert not [b for b in page.at.button if b.label.startswith("Adopt from")]
    assert value.cost_model_adoptions(held).total == 1


def test_an_adoption_without_a_reason_is_refused(held, open_page):
    page = adopt(opened(open_page, tab=DRAFT), " ")
    assert page.errors == ["Say why this cost model is adopted."]
    assert value.cost_model_adoptions(held).total == 1


def test_a_file_can_be_given_and_a_bad_one_is_refused_with_its_line(store, open_page):
    page = start_from(opened(open_page, tab=DRAFT), "file")
    assert "The draft can be adopted" not in page.text
    page.at.get("file_uploader")[0].upload("mine.toml", SMALL.replace("minutes = 500", "minutes = 0").encode())
    page.run()
    assert [error.startswith("mine.toml, line 15, pool desk, period 1") for error in page.errors] == [True]
    page.at.get("file_uploader")[0].upload("mine.toml", SMALL.encode())
    page.run()
    assert "The draft can be adopted: 2 pools, 1 activity." in page.text
    adopt(page, "our own figures")
    assert value.adopted_cost_model(store, DAY).model == value.read_cost_model(SMALL)


def test_a_draft_that_holds_later_says_that_it_is_not_used_yet(held, open_page):
    page = opened(open_page, tab=DRAFT)
    page.field("date_input", "Holds from").set_value(date(2026, 1, 1))
    page.run()
    assert "The draft holds from 1 Jan 2026 on; the readings of 30 Jun 2025 do not use it yet." in page.text


def test_adopted_models_are_listed_with_their_reasons(held, open_page):
    (row,) = opened(open_page, tab="Adopted so far").tables["Adopted cost models"]
    assert (row["Cost model"], row["Reason"], row["Adopted by"]) == ("Small", "Budget 2025", "Ines Brandt")


def test_a_new_model_changes_what_the_value_page_shows(held, champion, open_page):
    given(held, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        held,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\n1 | A | 2025-05-01 | 100.00 | 50.00",
    )
    before = open_page("value", as_of=DAY.isoformat()).tables["What each account is worth"]
    page = opened(open_page, tab=DRAFT)
    edit(page, "activities", {0: {"unit_minutes": 0}})
    adopt(page, "it costs nothing")
    after = open_page("value", as_of=DAY.isoformat()).tables["What each account is worth"]
    assert (before[0]["Cost to serve, EUR"], after[0]["Cost to serve, EUR"]) == ("17", "0")
