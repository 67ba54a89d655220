"""Which party is the account, accounts that are named instead of numbered, and several ids in one cell."""

from __future__ import annotations

import pytest

from kam import ledgers
from tests.ledgers.files import reasons

HEADER = "order_id,account_id,order_date,quantity,net_revenue\n"
BY = 'table = "order_lines"\naccount_by = "{}"\n'


@pytest.fixture
def named(desk):
    desk.take(
        "accounts",
        "account_id,name\n1,Müller & Söhne GmbH\n2,Acme Ltd.\n3,Twin\n4,TWIN\n5,2\n",
    )
    return desk


def test_sap_headings_name_the_parties_of_a_sale():
    assert ledgers.parties(["VBELN", "KUNRG", "KUNAG", "KUNWE"]) == {
        "sold_to": "KUNAG",
        "ship_to": "KUNWE",
        "payer": "KUNRG",
    }
    assert ledgers.parties(["order_id", "account_id"]) == {}


def test_an_account_is_found_by_its_exact_name_but_for_case_accents_and_punctuation(named):
    text = HEADER + "o1,MULLER  & SOHNE gmbh,2025-01-05,1,1\no2,acme ltd,2025-01-05,1,1\n"
    assert named.take("order_lines", text, mapping=BY.format("name")).rows.inserted == 2
    assert named.rows("order_lines", "order_id", "account_id") == [("o1", "1"), ("o2", "2")]


def test_a_name_that_two_accounts_share_or_none_has_is_rejected_as_it_stands(named):
    text = HEADER + "o1,Twin,2025-01-05,1,1\no2,Acme,2025-01-05,1,1\n"
    result = named.take("order_lines", text, mapping=BY.format("name"))
    assert reasons(result) == [
        (2, "account_id", "Twin", "unknown_account"),
        (3, "account_id", "Acme", "unknown_account"),
    ]


def test_an_id_is_an_id_even_where_another_account_has_that_name(named):
    named.take("order_lines", HEADER + "o1,2,2025-01-05,1,1\n", mapping=BY.format("name"))
    assert named.rows("order_lines", "account_id") == [("2",)]


def test_names_are_no_ids_unless_the_mapping_says_so(named):
    assert named.take("order_lines", HEADER + "o1,Acme Ltd.,2025-01-05,1,1\n").rows.rejected == 1


def test_a_file_by_name_is_read_again_as_a_name_may_mean_another_account_by_now(named):
    text = HEADER + "o1,Acme Ltd.,2025-01-05,1,1\n"
    named.take("order_lines", text, mapping=BY.format("name"))
    named.take("accounts", "account_id,name\n2,Former Acme\n6,Acme Ltd.\n")
    assert named.take("order_lines", text, mapping=BY.format("name")).rows.updated == 1
    assert named.rows("order_lines", "account_id") == [("6",)]


def test_of_several_ids_in_one_cell_the_first_is_the_account(named):
    text = HEADER + 'o1,"1;2",2025-01-05,1,1\no2, 2 ; 9,2025-01-05,1,1\no3,;1,2025-01-05,1,1\n'
    result = named.take("order_lines", text, mapping=BY.format("first_id"))
    assert named.rows("order_lines", "order_id", "account_id") == [("o1", "1"), ("o2", "2")]
    assert [problem[0] for problem in reasons(result)] == [4]
    assert named.take("order_lines", HEADER + 'o4,"1;2",2025-01-05,1,1\n').rows.rejected == 1
