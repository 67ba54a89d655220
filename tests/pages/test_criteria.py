"""The criteria page: the set in force, drafting, comparing and adopting."""

from __future__ import annotations

import pytest

from kam import selection
from tests.pages.candidates_ledger import TEXT, three_accounts
from tests.selection.conftest import AS_OF

DAY = AS_OF.isoformat()


@pytest.fixture
def judged(store, champion):
    three_accounts(store, champion)
    return store


def upload(page, text, name="charter.toml"):
    """Give the draft a criteria file."""
    group(page, "Start from").set_value("file")
    page.run()
    page.at.get("file_uploader")[0].upload(name, text.encode())
    return page.run()


def group(page, label):
    return next(b for b in page.at.get("button_group") if b.label == label)


def adopt(page, reason):
    page.field("text_area", "Reason").set_value(reason)
    return page.press(next(b.label for b in page.at.button if b.label.startswith("Adopt for everyone")))


def test_without_a_set_the_page_says_how_to_begin(open_page):
    assert "No criteria hold on this day." in open_page("criteria").text


def test_the_set_in_force_reads_as_tables(judged, open_page):
    page = open_page("criteria", as_of=DAY)
    assert "Charter 2025" in page.text
    assert "Adopted by Ines Brandt: decided on 12 December. Source: Steering committee" in page.text
    gates = page.tables["Gates: all of them have to be passed"]
    assert [(row["Gate"], row["Must be"]) for row in gates] == [
        ("Revenue, 12 months", "at least 1,000\N{NO-BREAK SPACE}EUR"),
        ("Margin rate", "at least 20.0\N{NO-BREAK SPACE}%"),
    ]
    scores = page.tables["Scores: points of 10 on two axes"]
    assert scores[0]["Points"] == "0.0\N{NO-BREAK SPACE}% → 0; 50.0\N{NO-BREAK SPACE}% → 10"


def test_gates_and_scores_can_be_taken_along_as_tables_and_as_the_file(judged, open_page):
    labels = [button.label for button in open_page("criteria", as_of=DAY).at.get("download_button")]
    assert sorted(labels) == ["CSV", "CSV", "TOML", "XLSX", "XLSX"]


def test_the_starter_set_can_be_adopted_before_there_is_a_ledger(store, open_page):
    page = adopt(open_page("criteria", tab="Draft"), "to begin with")
    assert "Starter criteria holds from" in page.text
    (held,) = selection.adoptions(store).records()
    assert (held["name"], held["reason"]) == ("Starter criteria", "to begin with")


def test_an_edited_threshold_shows_who_would_pass_and_is_adopted_with_a_reason(judged, open_page):
    page = open_page("criteria", as_of=DAY, tab="Draft")
    assert "the draft judges every account as the set in force does" in page.text
    edit(page, "gates", {0: {"threshold": "999.99"}})
    assert "1 account would pass, 0 would fail, 0 change verdict otherwise" in page.text
    assert [(row["Account"], row["Now"], row["By the draft"]) for row in page.tables["Changed verdicts"]] == [
        ("Fail Co", "fail", "pass")
    ]
    adopt(page, "the committee lowered it by a cent")
    held = selection.adopted(judged, AS_OF)
    assert (held.criteria.gates[0].threshold, held.reason) == (999.99, "the committee lowered it by a cent")
    assert held.criteria.valid_from == AS_OF


def edit(page, table, changes):
    """Type into cells of a draft's editor: {row: {column: value}}."""
    key = page.field("text_input", "Name of the set").key.removesuffix("name") + table
    page.at.session_state[key] = {"edited_rows": changes, "added_rows": [], "deleted_rows": []}
    return page.run()


@pytest.mark.parametrize(
    ("table", "changes", "said"),
    [
        ("gates", {0: {"threshold": "a lot"}}, "Gate 1, at_least: at_least is a number"),
        ("gates", {0: {"threshold": ""}}, "Gate 1, measure: it lacks at_least or at_most"),
        ("gates", {1: {"source": ""}}, "Gate 2, source: source is missing"),
        ("scores", {0: {"weight": 0.5}}, "the weights of attractiveness make 0.5"),
        ("scores", {0: {"anchors": "10 % = 0; 5 % = 10"}}, "Score 1, anchors: Anchors must rise"),
        ("scores", {0: {"anchors": "ten"}}, "Score 1, anchors"),
    ],
)
def test_a_draft_that_is_no_valid_set_is_refused_with_its_place_and_cannot_be_adopted(
    judged, open_page, table, changes, said
):
    page = edit(open_page("criteria", as_of=DAY, tab="Draft"), table, changes)
    assert said in page.errors[0]
    assert not [b for b in page.at.button if b.label.startswith("Adopt")]


def test_a_share_may_be_typed_in_per_cent(judged, open_page):
    page = edit(open_page("criteria", as_of=DAY, tab="Draft"), "gates", {1: {"threshold": "7 %"}})
    adopt(page, "lower")
    assert selection.adopted(judged, AS_OF).criteria.gates[1].threshold == 0.07


def test_a_file_is_adopted_word_for_word_where_nothing_was_edited(judged, open_page):
    text = "# Minutes of 3 January\n" + TEXT.replace("2025-01-01", "2026-01-03")
    adopt(upload(open_page("criteria", as_of=DAY, tab="Draft"), text), "minutes")
    row = judged.read("selection.criteria_sets", order_by=[("criteria_set_id", True)]).records()[0]
    assert row["document"] == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("margin_rate_12m", "golf_friend"), "personal friendship"),
        (TEXT.replace("margin_rate_12m", "margin_rat_12m"), "did you mean margin_rate_12m?"),
        ("not toml", "line 1"),
    ],
)
def test_a_file_with_a_fault_is_refused(judged, open_page, text, said):
    page = upload(open_page("criteria", as_of=DAY, tab="Draft"), text)
    assert said in page.errors[0]
    assert len(selection.adoptions(judged)) == 1


def test_a_set_from_before_the_last_adopted_one_and_an_empty_reason_are_refused(judged, open_page):
    page = adopt(open_page("criteria", as_of=DAY, tab="Draft"), " ")
    assert "Say why these criteria are adopted" in page.errors[0]
    page = upload(open_page("criteria", as_of=DAY, tab="Draft"), TEXT.replace("2025-01-01", "2024-12-31"))
    page = adopt(page, "late")
    assert "before the set adopted last" in page.errors[0]
    assert len(selection.adoptions(judged)) == 1


def test_earlier_sets_stay_readable(judged, champion, open_page):
    later = TEXT.replace("2025-01-01", "2025-06-01").replace("Charter 2025", "Second charter")
    selection.adopt(judged, selection.read_criteria(later), reason="second", who=champion)
    page = open_page("criteria", as_of=DAY, tab="Adopted sets")
    assert [row["Set"] for row in page.tables["Adopted sets"]] == ["Second charter", "Charter 2025"]
    page = open_page("criteria", as_of=DAY, set="1")
    assert "This set is not the one in force" in page.text
    assert "decided on 12 December" in page.text


def test_the_forbidden_grounds_are_written_down(judged, open_page):
    page = open_page("criteria", as_of=DAY, tab="Forbidden grounds")
    grounds = [row["Ground"] for row in page.tables["Forbidden grounds"]]
    assert {"tenure", "personal friendship", "who shouts loudest", "prestige", "revenue alone"} <= set(grounds)


def test_the_catalogue_names_every_measure_with_definition_unit_origin_and_what_counts_when(open_page):
    page = open_page("criteria", tab="Measures")
    records, assessed = page.tables["Measures from the records"], page.tables["Assessed measures"]
    assert [row["Id in a file"] for row in records + assessed] == list(selection.MEASURES)
    assert all(
        row[heading] not in ("", "–")
        for row in records + assessed
        for heading in ("Definition", "Unit, direction", "What counts on a day")
    )
    fit = next(row for row in assessed if row["Measure"] == "Strategic fit")
    assert all(f"{points}: " in fit["What 0, 5 and 10 points mean"] for points in (0, 5, 10))
