"""The page of data quality: fresh, complete, adding up, rejected, each customer once."""

from __future__ import annotations

import pytest

from kam import ledgers, quality
from tests.ledgers.files import LINES, Desk


@pytest.fixture
def desk(store, champion, tmp_path):
    made = Desk(store, champion, tmp_path)
    made.take("accounts", "account_id,name,country\nA,Alpha Pumps Ltd,UK\nB,Alpha Pumps,UK\nC,Gamma,UK\n")
    made.take(
        "order_lines", LINES + "1,1,A,2025-06-01,P,1,10.00\n2,1,B,2025-06-02,P,1,5.00\n3,1,Z,2025-06-02,P,1,5.00\n"
    )
    return made


def tab(open_page, name: str, **query):
    return open_page("quality", as_of="2025-06-30", tab=name, **query)


def fill(page, form_label: str, **fields):
    for label, value in fields.items():
        page.field("text_input", label.replace("_", " ")).set_value(value)
    return page.press(form_label)


def test_an_empty_workbench_says_what_is_missing(open_page):
    page = open_page("quality")
    assert "There is no order line up to this day; no control figure" in page.text
    assert not page.errors
    assert {row["Facts"] for row in page.tables["How fresh the facts are"]} >= {"order lines", "contacts"}


@pytest.mark.parametrize("name", ["Complete", "Adding up", "Rejected", "Each once", "References"])
def test_every_tab_of_an_empty_workbench_reads_in_peace(open_page, name):
    page = open_page("quality", tab=name)
    assert not page.errors and not page.at.exception


def test_the_answer_names_what_waits(open_page, desk):
    page = tab(open_page, "Fresh")
    assert "The ledger reaches to 2 Jun 2025" in page.text
    assert "1 rejected row waits" in page.text
    rows = {row["Facts"]: row for row in page.tables["How fresh the facts are"]}
    assert (rows["order lines"]["Days old"], rows["order lines"]["Rejected rows open"]) == ("28", "1")


def test_gaps_are_counted_with_what_follows_and_listed(open_page, desk):
    page = tab(open_page, "Complete")
    counted = {row["Missing"]: row for row in page.tables["What the facts lack about active and key accounts"]}
    assert counted["Product cost"]["Accounts"] == "2"
    assert [row["Account"] for row in page.tables["Accounts with gaps"]] == ["Alpha Pumps Ltd", "Alpha Pumps"]


def test_a_figure_of_the_erp_is_held_against_the_ledger(open_page, desk, store):
    page = tab(open_page, "Adding up")
    fill(page, "Hold it against the ledger", Net_revenue_there="20.00", Source="ERP, report 12")
    assert "holds 5.00" in page.text and "less than ERP, report 12" in page.text
    (row,) = page.tables["Net revenue there and here"]
    assert (row["There"], row["In the ledger"], row["Difference"], row["State"]) == (
        "20.00",
        "15.00",
        "−5.00",
        "differs",
    )


def test_a_figure_that_is_no_number_is_refused_and_kept_in_the_field(open_page, desk, store):
    page = tab(open_page, "Adding up")
    fill(page, "Hold it against the ledger", Net_revenue_there="12,50", Source="ERP")
    assert any("decimal point" in error for error in page.errors)
    assert page.field("text_input", "Net revenue there").value == "12,50"
    assert store.read("quality.control_figures").total == 0


def test_rejected_rows_are_settled_with_a_reason(open_page, desk, store):
    page = tab(open_page, "Rejected")
    page.press("Call it settled")
    assert any("what became" in error for error in page.errors)
    fill(page, "Call it settled", What_became_of_its_rows="a test order")
    assert store.read("quality.open_rejects").total == 0


def test_a_likely_pair_is_merged_and_taken_apart_on_the_page(open_page, desk, store):
    page = tab(open_page, "Each once")
    (pair,) = page.tables["Accounts that may be one customer"]
    assert (pair["Account"], pair["Looks like"]) == ("Alpha Pumps Ltd", "Alpha Pumps")
    page.at.text_input(key=next(t.key for t in page.at.text_input if t.label == "Reason")).set_value("one address")
    page.press("Decide")
    assert store.read("ledgers.accounts").total == 2
    assert {row["account_id"] for row in store.read("ledgers.order_lines")} == {"B"}
    assert [row["State"] for row in page.tables["Merges so far"]] == ["in force"]
    next(t for t in page.at.text_input if t.label == "Reason" and "unmerge" in str(t.form_id)).set_value(
        "two after all"
    )
    page.press("Take it back")
    assert store.read("ledgers.accounts").total == 3


def test_an_account_is_put_beneath_another_and_a_circle_is_refused(open_page, desk, store):
    page = tab(open_page, "Each once")
    first, second = (row["account_id"] for row in store.read("ledgers.accounts", limit=2))
    page.field("text_input", "Account's id").set_value(first)
    page.field("text_input", "Id of the account above it").set_value(second)
    page.field("text_input", "Why it belongs there").set_value("one group since May")
    page.press("Put it there")
    assert not page.errors
    held = dict(store.read("ledgers.accounts", columns=("account_id", "parent_account_id")).rows)
    assert held[first] == second
    page.field("text_input", "Account's id").set_value(second)
    page.field("text_input", "Id of the account above it").set_value(first)
    page.field("text_input", "Why it belongs there").set_value("the other way")
    page.press("Put it there")
    (sentence,) = page.errors
    assert "lies beneath it" in sentence
    assert page.field("text_input", "Why it belongs there").value == "the other way"


def test_a_pair_called_two_leaves_the_list(open_page, desk, store):
    page = tab(open_page, "Each once")
    page.field("radio", "They are").set_value("two")
    next(t for t in page.at.text_input if t.label == "Reason").set_value("father and son")
    page.press("Decide")
    assert quality.likely_duplicates(store) == []
    assert "Accounts that may be one customer" not in page.tables


def test_products_without_a_master_are_named(open_page, desk):
    page = tab(open_page, "References")
    (row,) = page.tables["Products that order lines name and the product master lacks"]
    assert (row["Product"], row["Order lines"]) == ("P", "2")


def test_a_hostile_name_is_text_here_too(open_page, desk):
    desk.take(
        "accounts",
        'account_id,name,country\nD,"![x](http://evil.example/p) Beta",UK\nE,"![x](http://evil.example/p) Beta AG",UK\n',
    )
    page = tab(open_page, "Each once")
    assert not page.at.exception
    assert ledgers.merges(desk.store).total == 0


def test_a_persons_data_are_handed_out_erased_and_their_texts_decided_on(open_page, desk):
    page = tab(open_page, "People")
    assert "There is no contact yet" in page.text and not page.errors
    desk.take("contacts", "contact_id,account_id,name,email\nc1,A,Zoltan Quirinius,zq@example.org\n")
    desk.take(
        "interactions",
        "interaction_id,account_id,occurred_on,kind,summary,contact_id\ni1,A,2020-05-01,call,Met Zoltan Quirinius,c1\n",
    )
    page = tab(open_page, "People")
    assert "1 person was last dealt with before the retention period" in page.text
    page.field("text_input", "Contact's id").set_value("c1")
    page.run()
    fill(page, "Erase this person's data", Reason="asked on 3 May")
    assert "Type the contact's id once more" in page.text
    fill(page, "Erase this person's data", **{"The contact's id once more": "c1"})
    assert "1 text still names the person" in page.text
    assert page.tables["Texts to decide on"][0]["Text"] == "Met Zoltan Quirinius"
    page.field("radio", "It is").set_value("erase")
    fill(page, "Decide", Why="names the person")
    assert desk.rows("interactions", "summary") == [("(erased)",)]
    assert desk.rows("contacts", "name", "email") == [("(erased)", None)]
