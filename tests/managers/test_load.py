"""Who manages which key account, and with how many hours against how many given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import managers, parameters
from kam.errors import Refusal
from kam.store import Condition
from tests.managers.conftest import DAY

NEXT = DAY + timedelta(days=1)


def load(store, manager_id, on=DAY):
    return store.one("managers.load", {"as_of": on}, where=[Condition("manager_id", "=", manager_id)])


def appoint(store, who, account_id, manager_id, on=DAY):
    return managers.appoint(
        store, account_id, manager_id, grounds=["competencies"], reason="knows it", as_of=on, who=who
    )


def holders(store, on=DAY):
    return dict(store.read("managers.holdings", {"as_of": on}, columns=("account_id", "manager_id")).rows)


def test_the_master_names_managers_by_name_or_id_however_written(company):
    assert holders(company) == {"A": "M1", "B": "M1", "C": "M2", "D": None}
    only = company.one("managers.holdings", {"as_of": DAY}, where=[Condition("account_id", "=", "D")])
    assert only["manager_name"] == "Inside sales"


def test_a_name_that_two_managers_share_means_neither(company, champion):
    company.write(
        lambda tx: tx.insert("ledgers.account_managers", manager_id="M4", name="ANA REIS"),
        who=champion,
        action="draw",
        subject=("test", "twin"),
    )
    assert holders(company) == {"A": None, "B": None, "C": "M2", "D": None}


def test_hours_follow_the_categories_and_an_unknown_one_takes_those_of_a_strategic_account(company, champion):
    assert (load(company, "M1")["account_count"], load(company, "M1")["hours_needed"]) == (2, 480 + 240)
    assert load(company, "M2")["hours_needed"] == 400
    appoint(company, champion, "D", "M3")
    assert load(company, "M3")["hours_needed"] == 480
    needed = company.read("managers.load", {"as_of": DAY}, columns=("hours_needed",)).column("hours_needed")
    assert sum(needed) == sum(company.read("managers.holdings", {"as_of": DAY}).column("hours"))


@pytest.mark.parametrize(
    ("hours", "state", "share"), [(720, "at_cap", 1), (719, "over_cap", 720 / 719), (721, "at_cap", 720 / 721)]
)
def test_the_load_stands_against_hours_given_and_the_cap_of_accounts(company, champion, hours, state, share):
    # M1 takes two accounts at most, and has two: room in hours does not help.
    managers.give_hours(company, "M1", hours_a_year=hours, from_on=DAY, reason="half", who=champion)

    assert load(company, "M1")["load_state"] == state
    assert load(company, "M1")["load_share"] == pytest.approx(share)
    assert load(company, "M1", DAY - timedelta(days=1))["hours_given"] == 1440


def test_without_any_limit_the_state_is_unknown(company, champion):
    parameters.adopt(company, "managers.hours_given", None, valid_from=DAY, source="none", who=champion)

    assert (load(company, "M3")["load_state"], load(company, "M3")["load_share"]) == (None, None)
    assert load(company, "M2")["load_state"] == "free"


def test_a_deputy_carries_the_hours_of_who_is_away_on_exactly_those_days(company, champion):
    managers.record_absence(
        company, "M1", from_on=DAY, until_on=NEXT, deputy_manager_id="M2", reason="course", who=champion
    )

    for day, covered in ((DAY - timedelta(days=1), 0), (DAY, 720), (NEXT, 720), (NEXT + timedelta(days=1), 0)):
        assert load(company, "M2", day)["covered_hours"] == covered, day
    assert load(company, "M2")["load_share"] == pytest.approx((400 + 720) / 1440)
    assert (load(company, "M1")["presence"], load(company, "M1")["deputy_name"]) == ("absent", "Bo Lund")


def test_an_absence_without_a_deputy_who_is_there_is_uncovered(company, champion):
    managers.record_absence(company, "M1", from_on=DAY, until_on=NEXT, deputy_manager_id="M2", who=champion)
    managers.record_leaving(company, "M2", on=NEXT, reason="retires", who=champion)

    assert load(company, "M1")["presence"] == "absent"
    assert load(company, "M1", NEXT)["presence"] == "away_uncovered"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"until_on": DAY - timedelta(days=1)}, "out_of_range"),
        ({"deputy_manager_id": "M1"}, "own_deputy"),
        ({"deputy_manager_id": "M9"}, "unknown_manager"),
        ({"deputy_manager_id": "M3"}, "away"),
        ({"manager_id": "M3"}, "away"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(company, champion, given, reason):
    managers.record_absence(company, "M3", from_on=NEXT, until_on=NEXT, deputy_manager_id=None, who=champion)
    named = {"manager_id": "M1", "from_on": DAY, "until_on": NEXT, "deputy_manager_id": "M2"} | given
    with pytest.raises(Refusal) as refused:
        managers.record_absence(company, named.pop("manager_id"), **named, who=champion)
    assert refused.value.reason == reason


def test_who_left_holds_what_the_master_says_and_takes_nothing_new(company, champion):
    waiting = managers.record_leaving(company, "M1", on=DAY, reason="retires", who=champion)
    assert waiting == 2
    assert (load(company, "M1")["presence"], load(company, "M1", DAY - timedelta(days=1))["presence"]) == (
        "left",
        "present",
    )
    with pytest.raises(Refusal) as refused:
        appoint(company, champion, "C", "M1", NEXT)
    assert (refused.value.reason, refused.value.field) == ("has_left", "manager_id")
    assert refused.value.message.startswith("Ana Reis left on 30 Jun 2025")
    with pytest.raises(Refusal) as refused:
        managers.record_leaving(company, "M1", on=NEXT, reason="again", who=champion)
    assert refused.value.reason == "stands_already"

    managers.record_leaving(company, "M1", on=NEXT, reason="is back", has_left=False, who=champion)
    assert appoint(company, champion, "C", "M1", NEXT).handover_id == 1
    with pytest.raises(Refusal) as refused:
        managers.record_leaving(company, "M1", on=DAY, reason="earlier", who=champion)
    assert refused.value.reason == "before_last_decision"


def test_an_appointment_holds_until_the_master_names_a_third(company, champion):
    appoint(company, champion, "A", "M2")

    def master_says(owner):
        company.write(
            lambda tx: tx.update("ledgers.accounts", {"account_id": "A"}, {"owner": owner}),
            who=champion,
            action="draw",
            subject=("test", "owner"),
        )

    assert holders(company)["A"] == "M2"
    assert holders(company, DAY - timedelta(days=1))["A"] == "M1"
    master_says("Bo Lund")
    assert holders(company)["A"] == "M2"
    master_says("Cem Aksoy")
    assert holders(company)["A"] == "M3"


def test_the_programme_before_its_first_account_has_no_holdings(company):
    assert holders(company, date(2024, 12, 31)) == {}
