"""The page of account managers: load without ranking, one person opened, the match, training, measures, refusals."""

from __future__ import annotations

from datetime import timedelta

from kam import managers
from tests.key_accounts import with_ledger
from tests.managers.conftest import DAY, company, rated  # noqa: F401
from tests.pages.ledgers import HOSTILE

AS_OF = DAY.isoformat()
LATER = (DAY + timedelta(days=200)).isoformat()


def in_form(page, kind, start, label):
    return next(w for w in page.at.get(kind) if w.label == label and str(w.form_id).startswith(start))


def test_without_managers_it_asks_for_them(store, champion, open_page):
    with_ledger(store, champion, "A")

    assert "No account manager is on record." in open_page("managers", as_of=AS_OF).text


def test_load_stands_in_the_order_of_names_and_says_who_is_missing(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF)

    assert page.metrics["Key accounts with a manager"] == "3 of 4"
    assert page.metrics["Over their capacity"] == "0"
    rows = page.tables["Account managers"]
    assert [row["Account manager"] for row in rows] == ["Ana Reis", "Bo Lund", "Cem Aksoy"]
    assert (rows[0]["Key accounts"], rows[0]["Hours needed"], rows[0]["State"]) == ("2", "720", "at the cap")
    assert "In the order of names, not of merit" in page.text
    assert page.tables["Key accounts without a manager on record"][0]["Named in the account master"] == "Inside sales"
    assert any("manager=M1" in link for link in page.links)


def test_one_manager_shows_levels_against_the_demand_and_where_they_see_themselves_otherwise(
    company,  # noqa: F811
    rated,  # noqa: F811
    open_page,
):
    rated("M1", own={"consulting": 5}, consulting=(3, 3), finance=(4, 4))
    page = open_page("managers", as_of=AS_OF, manager="M1")

    assert "Below what the accounts require: Consulting; sees it otherwise: Consulting" in page.text
    row = {r["Competency"]: r for r in page.tables["Levels against what the accounts require"]}["Consulting"]
    assert (row["Required"], row["Actual"], row["Gap"], row["Own"]) == ("5.0", "3.0", "2.0", "5")
    assert page.tables["Latest rating of each rater"]


def test_an_unknown_manager_is_said_and_the_list_is_shown(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, manager="nobody")

    assert page.errors == ["There is no account manager nobody: choose one below, or import account managers."]
    assert page.tables["Account managers"]


def test_ratings_are_saved_once_and_the_second_of_the_day_is_refused_with_what_was_typed(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, manager="M1", of="Rate")
    for _time in range(2):
        page.field("text_input", "Name of the rater").set_value(HOSTILE)
        page.field("selectbox", "Finance").set_value(4)
        page.field("text_input", "Evidence: Finance").set_value("business case of line 3")
        page.press("Save the ratings")

    assert len(company.read("managers.ratings")) == 1
    (error,) = page.errors
    assert error.startswith(HOSTILE) and "rated Finance on 30 Jun 2025 already" in error
    assert page.field("text_input", "Evidence: Finance").value == "business case of line 3"


def test_a_rating_without_its_level_is_refused(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, manager="M1", of="Rate")
    page.field("text_input", "Name of the rater").set_value("Eva")
    page.field("text_input", "Evidence: Planning").set_value("plan of A")
    page.press("Save the ratings")

    assert page.errors == ["A level is a whole number from 1 to 5; None is not."]


def test_the_right_person_comes_from_every_background_and_the_best_seller_alone_is_refused(
    company,  # noqa: F811
    rated,  # noqa: F811
    open_page,
):
    rated("M3", **{c.competency_id: (4, 4) for c in managers.competency_model().competencies})
    page = open_page("managers", as_of=AS_OF, tab="The right person", account="C")
    rows = page.tables["Who suits this account"]
    assert [(row["Account manager"], row["Background"], row["Gap"], row["Known"]) for row in rows] == [
        ("Cem Aksoy", "Finance", "0.00", "5 of 5"),
        ("Ana Reis", "Sales", "–", "0 of 5"),
        ("Bo Lund", "Technical", "–", "0 of 5"),
    ]
    assert "it ranks nobody in general" in page.text
    page.field("selectbox", "Account manager").set_value("M1")
    page.field("multiselect", "Grounds").set_value(["sales_performance"])
    page.field("text_area", "Reason").set_value("wins every quarter")
    page.press("Appoint")
    (error,) = page.errors
    assert error.startswith("Being the best seller is no ground") and "Millman & Wilson" in error
    assert page.field("text_area", "Reason").value == "wins every quarter"

    page.field("selectbox", "Account manager").set_value("M3")
    page.field("multiselect", "Grounds").set_value(["competencies", "business_acumen"])
    page.press("Appoint")
    assert "Cem Aksoy manages C Ltd from 30 Jun 2025 on; a handover is open." in page.text
    assert len(company.read("managers.handovers")) == 1


def test_appointing_nobody_is_a_sentence(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, tab="The right person", account="C")
    page.field("multiselect", "Grounds").set_value(["room"])
    page.field("text_area", "Reason").set_value("has time")
    page.press("Appoint")

    assert page.errors == ["Choose the account manager to appoint."]


def test_a_training_is_planned_where_it_pays_and_closed_with_its_evidence(company, rated, open_page):  # noqa: F811
    rated("M1", consulting=(3, 3))
    page = open_page("managers", as_of=AS_OF, manager="M1", of="Training plan")
    assert "It pays most in Consulting: 2 levels below" in page.text
    assert page.field("selectbox", "Competency").value == "consulting"
    page.field("selectbox", "Method").set_value("Mentor")
    page.press("Plan it")
    assert page.errors == ["Say what will show that it worked: what somebody else can see."]
    page.field("text_input", "Evidence expected").set_value("runs a diagnosis alone")
    page.press("Plan it")
    assert page.tables["Training plan"][0]["State"] == "open"

    page = open_page("managers", as_of=LATER, manager="M1", of="Training plan")
    assert page.tables["Training plan"][0]["State"] == "overdue"
    page.field("text_area", "What was shown, or why it is dropped").set_value("ran it at A")
    page.press("Close the training")
    assert page.tables["Training plan"][0]["State"] == "to be rated again"


def test_functions_that_serve_key_accounts_are_trained_too(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, tab="Training")
    assert "No function has been trained yet" in page.text
    page.field("selectbox", "Function").set_value("Supply chain")
    page.field("text_input", "Topic").set_value("What a promise costs")
    page.press("Record it")
    assert page.errors == ["Say how many people were trained, at least one."]
    page.field("number_input", "How many people").set_value(9)
    page.press("Record it")

    assert page.tables["Functions that serve key accounts"][0]["People"] == "9"
    assert "1 function has been trained, 9 places taken" in page.text


def test_a_scheme_that_pays_on_revenue_is_flagged_and_recorded_all_the_same(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, tab="How they are measured")
    assert "Nobody has written down how account managers are measured" in page.text
    page.field("text_input", "Name of the scheme").set_value("Bonus 2025")
    page.field("selectbox", "Measure 1").set_value("revenue")
    page.field("number_input", "Weight 1, %").set_value(60)
    page.press("Record the scheme")
    assert page.errors == ["The weights make 0.60, and they have to make 1."]
    page.field("number_input", "Weight 1, %").set_value(100)
    page.press("Record the scheme")

    assert "The scheme is recorded. 2 things are wrong with it." in page.text
    assert page.tables["How account managers are measured"][0]["State"] == "flagged"
    assert [row["Flag"] for row in page.tables["What is wrong with it"]] == ["pays on revenue", "nothing shared"]
    card = open_page("managers", as_of=AS_OF, manager="M2", of="Scorecard")
    assert {row["Measure"]: row["30 Jun 2025"] for row in card.tables["Scorecard"]}["Plan progress"] == "–"
    assert "It also measures: Revenue." in card.text


def test_leaving_is_recorded_and_names_what_waits(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, manager="M1", of="Presence")
    page.press("Leaves")
    assert page.errors == ["Say why: the reason is kept with it."]
    page.field("text_area", "Reason").set_value("retires")
    page.press("Leaves")
    assert "Ana Reis leaves on 30 Jun 2025. 2 key accounts wait for another manager." in page.text
    assert "Is back" in [b.label for b in page.at.button]


def test_an_absence_is_covered_by_a_deputy(company, open_page):  # noqa: F811
    page = open_page("managers", as_of=AS_OF, manager="M1", of="Presence")
    page.field("selectbox", "Deputy").set_value("M2")
    page.press("Record the absence")
    assert page.tables["Absences"][0]["Deputy"] == "Bo Lund"
    page.field("number_input", "Hours a year for key accounts").set_value(700)
    in_form(page, "text_input", "hours", "Reason").set_value("also leads a project")
    page.press("Give these hours")

    rows = {row["Account manager"]: row for row in open_page("managers", as_of=AS_OF).tables["Account managers"]}
    assert (rows["Ana Reis"]["Presence"], rows["Ana Reis"]["State"]) == ("away, covered", "over the cap")
    assert rows["Bo Lund"]["Covers"] == "720"
