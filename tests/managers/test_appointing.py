"""The right person for one account: the match over backgrounds, grounds, and what an appointment opens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kam import managers
from kam.errors import Refusal
from kam.managers.grounds import says_sales_alone
from tests.managers.conftest import DAY

FULL = dict.fromkeys(("finance", "consulting", "planning", "interpersonal", "influence"))


def everything(level):
    return {name: (level, level) for name in FULL}


def matched(store, who, account_id="C"):
    return {row["manager_id"]: row for row in managers.candidates(store, account_id, DAY, for_whom=who)}


def appoint(
    store, who, account_id="C", manager_id="M1", grounds=("competencies",), reason="knows their plants", on=DAY
):
    return managers.appoint(store, account_id, manager_id, grounds=grounds, reason=reason, as_of=on, who=who)


def test_candidates_come_from_every_background_the_smallest_gap_first_and_unknown_last(company, champion, rated):
    rated("M3", **everything(4))
    rated("M1", **everything(3))
    found = managers.candidates(company, "C", DAY, for_whom=champion)

    assert [(row["name"], row["background"]) for row in found] == [
        ("Cem Aksoy", "finance"),
        ("Ana Reis", "sales"),
        ("Bo Lund", "technical"),
    ]
    assert [row["weighted_gap"] for row in found] == [0, pytest.approx(1), None]
    assert found[1]["gap_names"] == ["Finance", "Consulting", "Planning", "Interpersonal", "Influence"]
    assert found[2]["known_count"] == 0


def test_who_has_left_is_no_candidate(company, champion):
    managers.record_leaving(company, "M2", on=DAY, reason="retires", who=champion)
    assert set(matched(company, champion)) == {"M1", "M3"}


def test_room_counts_the_account_itself_unless_it_is_held_already(company, champion):
    assert {m: row["has_room"] for m, row in matched(company, champion).items()} == {
        "M1": False,  # two of two accounts
        "M2": True,  # manages it already
        "M3": True,
    }
    managers.give_hours(company, "M3", hours_a_year=399, from_on=DAY, reason="x", who=champion)
    assert matched(company, champion)["M3"]["has_room"] is False
    managers.give_hours(company, "M3", hours_a_year=400, from_on=DAY, reason="x", who=champion)
    assert matched(company, champion)["M3"]["has_room"] is True


def test_language_and_region_are_unknown_where_the_record_does_not_say(company, champion):
    company.write(
        lambda tx: tx.update("ledgers.account_managers", {"manager_id": "M1"}, {"languages": ["English", "sv"]}),
        who=champion,
        action="draw",
        subject=("test", "languages"),
    )
    company.write(
        lambda tx: tx.update("ledgers.account_managers", {"manager_id": "M2"}, {"languages": ["Klingon"]}),
        who=champion,
        action="draw",
        subject=("test", "languages"),
    )
    found = matched(company, champion)
    assert [found[m]["speaks"] for m in ("M1", "M2", "M3")] == [True, False, None]
    assert [found[m]["is_near"] for m in ("M1", "M2", "M3")] == [False, True, None]


def test_an_account_outside_the_programme_has_no_candidates(company, champion):
    with pytest.raises(Refusal) as refused:
        managers.candidates(company, "E", DAY, for_whom=champion)
    assert refused.value.reason == "not_key_account"


@pytest.mark.parametrize(
    ("reason", "is_alone"),
    [
        ("Best seller of the year", True),
        ("She has been our top seller for three years", True),
        ("highest revenue in the region team", False),
        ("sales results", True),
        ("Exceeded quota every year", True),
        ("top salesman", True),
        ("Best seller, and the customer's plant managers ask for him", False),
        ("Knows their plants", False),
        ("Leads the joint project since spring", False),
        ("", False),
    ],
)
def test_a_reason_is_read_for_sales_and_nothing_else(reason, is_alone):
    assert says_sales_alone(reason) is is_alone


@pytest.mark.parametrize(
    ("grounds", "reason", "code", "field"),
    [
        (["sales_performance"], "knows their plants", "sales_alone", "grounds"),
        (["competencies"], "our best seller", "sales_alone", "reason"),
        ([], "knows their plants", "missing", "grounds"),
        (["golf"], "knows their plants", "unknown_ground", "grounds"),
        (["competencies"], "  ", "missing", "reason"),
    ],
)
def test_the_best_seller_is_no_ground_alone(company, champion, grounds, reason, code, field):
    with pytest.raises(Refusal) as refused:
        appoint(company, champion, grounds=grounds, reason=reason)
    assert (refused.value.reason, refused.value.field) == (code, field)
    if code == "sales_alone":
        assert "Millman & Wilson" in refused.value.message
    assert len(company.read("managers.appointments")) == 0


def test_sales_performance_among_other_grounds_is_accepted(company, champion):
    assert appoint(company, champion, grounds=["sales_performance", "technical_knowledge"]).appointment_id == 1


def test_an_appointment_keeps_what_was_seen_and_opens_the_handover_with_it(company, champion, rated):
    rated("M3", **everything(4))
    done = appoint(company, champion, manager_id="M3")

    (row,) = company.read("managers.appointments").records()
    assert '"weighted_gap": 0.0' in row["seen"] and row["master_owner"] == "M2"
    (handover,) = company.read("managers.handover_list", {"as_of": DAY}).records()
    assert (handover["handover_id"], handover["from_name"], handover["to_name"]) == (
        done.handover_id,
        "Bo Lund",
        "Cem Aksoy",
    )
    assert done.warning is None


def test_an_account_without_a_manager_is_taken_without_a_handover(company, champion):
    company.write(
        lambda tx: tx.update("ledgers.accounts", {"account_id": "D"}, {"owner": None}),
        who=champion,
        action="draw",
        subject=("test", "owner"),
    )
    assert appoint(company, champion, account_id="D", manager_id="M3").handover_id is None


def test_one_account_too_many_is_done_with_a_warning(company, champion):
    assert "Ana Reis now manages 3 key accounts of 1,120 hours a year" in appoint(company, champion).warning


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"manager_id": "M2"}, "manages_already"),
        ({"manager_id": "M9"}, "unknown_manager"),
        ({"account_id": "E"}, "not_key_account"),
        ({"account_id": "Z"}, "not_key_account"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(company, champion, given, reason):
    with pytest.raises(Refusal) as refused:
        appoint(company, champion, **given)
    assert refused.value.reason == reason
    assert len(company.read("managers.handovers")) == 0


def test_decisions_about_an_account_come_in_their_order(company, champion):
    appoint(company, champion, manager_id="M3")
    with pytest.raises(Refusal) as refused:
        appoint(company, champion, manager_id="M1", on=DAY - timedelta(days=1))
    assert refused.value.reason == "before_last_decision"


def test_a_double_click_appoints_once(company, champion):
    for _click in range(2):
        managers.appoint(company, "C", "M3", grounds=["room"], reason="has time", as_of=DAY, who=champion, op_id="once")
    assert len(company.read("managers.appointments")) == len(company.read("managers.handovers")) == 1
