"""Requests for an exception: the programme answers by itself, every request is kept, and nobody overrides."""

from __future__ import annotations

from datetime import date

import pytest

from kam import access, benchmarking, programme, selection
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import events, new_operation
from tests.selection.conftest import AS_OF
from tests.selection.test_admission import TEXT, candidates

__all__ = ["candidates"]


def ask(store, who, account_id, ground="other_evidence", evidence="a new plant next year", **more):
    return selection.request_exception(
        store, account_id, ground, evidence=evidence, asked_by="Henrik Ahlgren", as_of=AS_OF, who=who, **more
    )


@pytest.mark.parametrize("role", list(access.ROLES))
def test_a_golf_friend_is_refused_whoever_asks(candidates, role):
    request = ask(candidates, access.Person("x", "X", role), "F", "friendship", "my golf friend")
    assert (request.outcome, request.is_refused, request.verdict) == ("refused_ground", True, "fail")
    assert "personal friendship is no ground for an exception" in request.answer
    assert "1,000" in request.answer and "golf partner" in request.source
    assert programme.size(candidates, AS_OF) == 0
    with pytest.raises(RuleBroken):
        selection.admit(candidates, "F", as_of=AS_OF, reason="golf", who=access.Person("x", "X", role))


@pytest.mark.parametrize("ground", [g for g in selection.EXCEPTION_GROUNDS if g != "other_evidence"])
def test_every_forbidden_ground_is_refused_even_where_the_gates_pass(candidates, champion, ground):
    request = ask(candidates, champion, "P", ground)
    assert (request.outcome, request.ground) == ("refused_ground", ground)
    assert "admitted the regular way" in request.answer and request.source


@pytest.mark.parametrize(
    ("evidence", "ground"),
    [
        ("They are an old FRIEND of the board.", "friendship"),
        ("It would add prestige.", "prestige"),
        ("Customer since 1990, and they know us.", "tenure"),
        ("They buy pressure valves, and the owner plans a second plant.", "other_evidence"),
        ("A new contract worth 2 M is signed.", "other_evidence"),
    ],
)
def test_words_of_a_forbidden_ground_are_taken_for_what_they_are(candidates, champion, evidence, ground):
    assert ask(candidates, champion, "P", evidence=evidence).ground == ground


@pytest.mark.parametrize(
    ("account_id", "outcome", "said"),
    [
        ("F", "refused_gate", "There is no override for anyone"),
        ("U", "unknown_gate", "Bring in the missing evidence"),
        ("P", "regular_way", "No exception is needed: it passes every gate"),
    ],
)
def test_other_evidence_is_answered_by_the_gates(candidates, champion, account_id, outcome, said):
    request = ask(candidates, champion, account_id)
    assert request.outcome == outcome and said in request.answer
    assert request.seen["gates"][0]["measure"] == "revenue_12m"


def test_a_key_account_needs_no_exception(candidates, champion):
    selection.admit(candidates, "P", as_of=AS_OF, reason="fits", who=champion)
    assert ask(candidates, champion, "P").outcome == "already_member"


def test_a_request_is_kept_with_its_answer_and_counted_by_year_and_in_the_benchmark(candidates, champion):
    op_id = new_operation()
    ask(candidates, champion, "F", "friendship", op_id=op_id)
    assert ask(candidates, champion, "F", "friendship", op_id=op_id) is None
    ask(candidates, champion, "P")
    (newest, first) = selection.exception_requests(candidates)
    assert (newest.account_id, first.account_id, first.asked_by) == ("P", "F", "Henrik Ahlgren")
    assert events(candidates, subject_kind="account", subject_id="F")[0].action == "request exception"
    (year,) = candidates.read("selection.exception_years").records()
    assert year == {"year": AS_OF.year, "request_count": 2, "refused_count": 1, "ground_count": 1}
    facts = {f.fact_id: f for f in benchmarking.programme_facts(candidates, AS_OF, for_whom=champion)}
    assert (facts["exceptions_refused"].value, facts["exceptions_refused"].denominator) == (1, 2)
    before = benchmarking.programme_facts(candidates, date(2025, 12, 31), for_whom=champion)
    assert {f.fact_id: f.value for f in before}["exceptions_refused"] == 1
    assert candidates.read("selection.exception_list", {"as_of": date(2025, 12, 30)}).total == 0


@pytest.mark.parametrize(
    ("more", "kind", "said"),
    [
        ({"ground": "fashion"}, BadInput, "fashion is no ground of the register"),
        ({"evidence": " "}, BadInput, "Write down"),
        ({"evidence": "x" * 2001}, BadInput, "up to 2000 characters"),
        ({"account_id": "Z"}, NotFound, "no account Z"),
    ],
)
def test_a_request_that_says_nothing_is_not_recorded(candidates, champion, more, kind, said):
    with pytest.raises(kind, match=said):
        ask(candidates, champion, **{"account_id": "P"} | more)
    assert selection.exception_requests(candidates) == []


def test_nobody_who_asks_and_no_criteria_are_refused(candidates, store, champion):
    with pytest.raises(BadInput, match="Name who asks"):
        selection.request_exception(store, "P", "friendship", evidence="x", asked_by=" ", as_of=AS_OF, who=champion)


def test_what_can_change_is_the_criteria_set_for_everyone(candidates, champion):
    assert ask(candidates, champion, "F").outcome == "refused_gate"
    lower = TEXT.replace("at_least = 1000", "at_least = 999").replace("2025-01-01", "2025-02-01")
    selection.adopt(candidates, selection.read_criteria(lower), reason="for everyone", who=champion)
    assert ask(candidates, champion, "F").outcome == "regular_way"
