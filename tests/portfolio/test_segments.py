"""Tags, segments, owners and fields: kept as people said, narrowing any relation, refused in sentences."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from kam import portfolio
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition
from tests.portfolio.conftest import AS_OF


def ids(store, conditions, as_of=AS_OF, relation="programme.account_list"):
    where = portfolio.conditions_of(store, conditions, as_of)
    arguments = {"as_of": as_of, "level": "account"} if relation == "programme.account_list" else {"as_of": as_of}
    return set(store.page(relation, arguments, where=where).column("account_id"))


@pytest.fixture
def tagged(ledger, champion):
    portfolio.make_tag(ledger, "Focus", "Growth", as_of=date(2025, 1, 1), who=champion)
    portfolio.make_tag(ledger, "focus", "Defend", as_of=date(2025, 1, 1), who=champion)
    portfolio.tag_accounts(ledger, ["A", "B"], "Focus", "Growth", as_of=date(2025, 6, 1), who=champion)
    portfolio.tag_accounts(ledger, ["B"], "Focus", "Defend", as_of=date(2025, 6, 1), who=champion)
    portfolio.grade_accounts(ledger, ["A", "C"], "B", reason="x", as_of=date(2025, 6, 1), who=champion)
    return ledger


def test_a_tag_is_carried_from_its_day_until_it_is_taken_off(tagged, champion):
    def carried(as_of):
        return {(r["account_id"], r["label"]) for r in tagged.read("portfolio.tags_held", {"as_of": as_of})}

    assert portfolio.tag_accounts(tagged, ["A", "B", "C"], "Focus", "Growth", as_of=AS_OF, who=champion) == 1
    assert portfolio.tag_accounts(
        tagged, ["A", "D"], "Focus", "Growth", is_withdrawn=True, as_of=AS_OF, who=champion
    ) == 1  # fmt: skip
    assert carried(date(2025, 5, 31)) == set()
    assert ("A", "Focus: Growth") in carried(AS_OF - timedelta(days=1))
    assert carried(AS_OF) == {("B", "Focus: Growth"), ("C", "Focus: Growth"), ("B", "Focus: Defend")}


@pytest.mark.parametrize(
    ("dimension", "tag", "reason"), [("Colour", "Red", "unknown_dimension"), ("Focus", "Red", "unknown_tag")]
)
def test_an_unknown_dimension_or_tag_is_refused(tagged, champion, dimension, tag, reason):
    with pytest.raises(NotFound) as refused:
        portfolio.tag_accounts(tagged, ["A"], dimension, tag, as_of=AS_OF, who=champion)
    assert refused.value.reason == reason


def test_a_tag_is_made_once(tagged, champion):
    with pytest.raises(RuleBroken):
        portfolio.make_tag(tagged, "FOCUS", "growth", as_of=AS_OF, who=champion)


CASES = [
    ({"key": "tag", "is": "one_of", "value": ["Focus: Growth"]}, {"A", "B"}),
    ({"key": "tag", "is": "none_of", "value": ["Focus: Defend"]}, {"A", "C", "D"}),
    ({"key": "grade", "is": "one_of", "value": ["B"]}, {"A", "C"}),
    ({"key": "grade", "is": "unknown"}, {"B", "D"}),
    ({"key": "industry", "is": "known"}, {"A", "B", "C"}),
    ({"key": "industry", "is": "none_of", "value": ["Steel"]}, {"B", "D"}),
    ({"key": "owner", "is": "one_of", "value": ["Rosa Quint"]}, {"C", "D"}),
    ({"key": "is_key_account", "is": "one_of", "value": ["no"]}, {"A", "B", "C", "D"}),
    ({"key": "revenue_12m", "is": "at_least", "value": 500}, {"A", "B"}),
    ({"key": "revenue_12m", "is": "at_most", "value": 500}, {"B", "C"}),
    ({"key": "last_order_on", "is": "at_most", "value": "2025-04-01"}, {"A", "B"}),
]


@pytest.mark.parametrize(("condition", "expected"), CASES)
def test_one_condition_holds_exactly_the_accounts_that_meet_it(tagged, condition, expected):
    assert ids(tagged, [condition]) == expected
    assert portfolio.size_of(tagged, [condition], AS_OF) == len(expected)


def test_two_conditions_hold_the_accounts_that_meet_both(tagged):
    for (first, meets_first), (second, meets_second) in product(CASES, repeat=2):
        assert ids(tagged, [first, second]) == meets_first & meets_second


def test_a_segment_narrows_any_relation_and_its_sums_and_choices(tagged, champion):
    where = portfolio.conditions_of(tagged, [CASES[0][0]], AS_OF)
    assert ids(tagged, [CASES[0][0]], relation="programme.buying_list") == {"A", "B"}
    given = {"as_of": AS_OF, "level": "account"}
    assert tagged.sums("programme.account_list", given, ["revenue_12m"], where=where)["revenue_12m"] == (1500, 2)
    assert tagged.choices("programme.account_list", given, "industry", where=where) == ["Food", "Steel"]


def test_a_segment_is_as_of_the_day_and_follows_what_is_written_down(tagged, champion):
    growth = [CASES[0][0]]
    assert ids(tagged, growth, date(2025, 5, 31)) == set()
    portfolio.tag_accounts(tagged, ["D"], "Focus", "Growth", as_of=AS_OF, who=champion)
    assert ids(tagged, growth) == {"A", "B", "D"}


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"key": "1; drop table", "is": "one_of", "value": ["x"]}, "unknown_key"),
        ({"key": "tag", "is": "at_least", "value": 3}, "unknown_comparison"),
        ({"key": "tag", "is": "one_of", "value": []}, "missing"),
        ({"key": "grade", "is": "one_of", "value": ["Q"]}, "unknown_value"),
        ({"key": "revenue_12m", "is": "at_least", "value": "much"}, "bad_value"),
        ({"key": "revenue_12m", "is": "at_least", "value": float("nan")}, "bad_value"),
        ({"key": "last_order_on", "is": "at_least", "value": "soon"}, "bad_value"),
        ("tag", "unknown_key"),
    ],
)
def test_a_segment_that_asks_what_it_cannot_is_refused(tagged, champion, condition, reason):
    with pytest.raises(BadInput) as refused:
        portfolio.save_segment(tagged, "S", [condition], as_of=AS_OF, who=champion)
    assert refused.value.reason == reason
    assert portfolio.saved_segments(tagged) == []


def test_a_value_of_a_condition_is_data_and_never_sql(tagged):
    hostile = "x' or 1=1; drop table portfolio.tags; --"
    assert ids(tagged, [{"key": "tag", "is": "one_of", "value": [hostile]}]) == set()
    assert len(tagged.read("portfolio.tags")) == 2


def test_a_segment_is_replaced_under_its_name_and_withdrawn(tagged, champion):
    portfolio.save_segment(tagged, "Growth", [CASES[0][0]], as_of=AS_OF, who=champion)
    portfolio.save_segment(tagged, "growth", [CASES[2][0]], as_of=AS_OF, who=champion)
    assert [s.conditions for s in portfolio.saved_segments(tagged)] == [(CASES[2][0],)]
    portfolio.withdraw_segment(tagged, "GROWTH", as_of=AS_OF, who=champion)
    assert portfolio.saved_segments(tagged) == []
    with pytest.raises(NotFound):
        portfolio.segment_named(tagged, "Growth")


def test_an_owner_by_people_holds_until_the_master_names_a_third(ledger, champion):
    def owner(as_of=AS_OF):
        where = [Condition("account_id", "=", "A")]
        return ledger.one("portfolio.owners", {"as_of": as_of}, where=where)

    changed = portfolio.change_owner(ledger, ["A", "C"], "Rosa Quint", reason="leave", as_of=AS_OF, who=champion)
    assert changed == 1 and (owner()["owner"], owner()["basis"]) == ("Rosa Quint", "changed")
    assert owner(AS_OF - timedelta(days=1))["owner"] == "Ines Brandt"
    for master, expected in (("Rosa Quint", "Rosa Quint"), ("Otto Third", "Otto Third")):
        ledger.write(
            lambda tx, master=master: tx.update("ledgers.accounts", {"account_id": "A"}, {"owner": master}),
            who=champion, action="test", subject=("test", "A"),
        )  # fmt: skip
        assert owner()["owner"] == expected


@pytest.mark.parametrize(("owner", "reason", "field"), [(" ", "x", "owner"), ("Rosa Quint", "", "reason")])
def test_an_owner_without_name_or_reason_is_refused(ledger, champion, owner, reason, field):
    with pytest.raises(BadInput) as refused:
        portfolio.change_owner(ledger, ["A"], owner, reason=reason, as_of=AS_OF, who=champion)
    assert refused.value.field == field


def test_fields_of_every_type_are_imported_whole_and_asked_by_segments(ledger, champion):
    for field, kind, choices in (
        ("Trucks", "number", ()), ("Since", "date", ()), ("Tier", "choice", ("Gold", "Silver")),
        ("Certified", "yes_no", ()), ("Nickname", "text", ()),
    ):  # fmt: skip
        portfolio.define_field(ledger, field, kind, choices=choices, as_of=date(2025, 1, 1), who=champion)
    text = "account_id;field;value\nA;Trucks;12.50\nA;Since;2020-02-29\nB;Trucks;3\nB;Tier;gold\nC;Certified;Yes\nD;Nickname;=x\n"
    assert portfolio.import_values(ledger, text, file_name="f.csv", as_of=AS_OF, who=champion) == 6
    assert portfolio.import_values(ledger, text, file_name="f.csv", as_of=AS_OF, who=champion) == 0
    assert portfolio.value_of(ledger, "A", AS_OF) == {"Trucks": "12.5", "Since": "2020-02-29"}
    assert ids(ledger, [{"key": "field:Trucks", "is": "at_least", "value": 4}]) == {"A"}
    assert ids(ledger, [{"key": "field:Tier", "is": "one_of", "value": ["Gold"]}]) == {"B"}
    assert ids(ledger, [{"key": "field:Since", "is": "at_most", "value": "2020-02-29"}]) == {"A"}
    assert ids(ledger, [{"key": "field:Trucks", "is": "unknown"}]) == {"C", "D"}
    portfolio.set_value(ledger, "A", "Trucks", "", as_of=AS_OF, who=champion)
    assert ids(ledger, [{"key": "field:Trucks", "is": "known"}]) == {"B"}


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("account_id,field\nA,Trucks", "missing_column", None),
        ("account_id,field,value\n", "size", None),
        ("account_id,field,value\nA,Trucks,1\nZ,Trucks,2", "unknown_account", 3),
        ("account_id,field,value\nA,Ships,1", "unknown_field", 2),
        ("account_id,field,value\nA,Trucks,many", "bad_value", 2),
        ("account_id,field,value\nA,Trucks,inf", "bad_value", 2),
    ],
)
def test_a_file_of_values_is_taken_whole_or_not_at_all(ledger, champion, text, reason, line):
    portfolio.define_field(ledger, "Trucks", "number", as_of=date(2025, 1, 1), who=champion)
    with pytest.raises((BadInput, NotFound)) as refused:
        portfolio.import_values(ledger, text, file_name="f.csv", as_of=AS_OF, who=champion)
    assert (refused.value.reason, refused.value.line) == (reason, line)
    assert not ledger.read("portfolio.field_entries").rows
