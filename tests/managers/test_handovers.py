"""A handover opens by itself when manager or sponsor changes, and closes with every item settled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kam import ledgers, managers, programme, sponsorship
from kam.errors import Refusal
from kam.managers.checklist import checklists
from tests.drawn import given
from tests.managers.conftest import DAY

ITEMS = list(checklists()[-1].items)


def listed(store, on=DAY):
    found = store.read("managers.handover_list", {"as_of": on}, order_by=[("account_id", False), ("source", False)])
    return [(r["account_id"], r["kind"], r["from_name"], r["to_name"], r["handover_state"]) for r in found]


def imported(store, who, tmp_path, text, name="accounts.csv"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return ledgers.import_files(store, "accounts", [file], who=who)


def settle(store, who, source, on=DAY, items=ITEMS):
    for item_id in items:
        managers.mark(store, source, item_id, state="done", as_of=on, who=who)


@pytest.fixture
def sponsored(company, champion):
    given(company, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO\nE2 | Olu Bello | COO")
    sponsorship.assign(company, "A", "E1", as_of=DAY - timedelta(days=30), reason="x", who=champion)
    return company


def test_nothing_changed_nothing_is_handed_over(sponsored):
    assert listed(sponsored) == []


def test_an_import_that_names_another_owner_opens_a_handover_on_every_day(company, champion, tmp_path):
    imported(company, champion, tmp_path, "account_id,name,owner\nA,A Ltd,Bo Lund\nC,C Ltd,Bo Lund\nE,E Ltd,Bo Lund\n")

    # C is the same person by name in place of the id, and E is no key account.
    assert listed(company) == [("A", "manager", "Ana Reis", "Bo Lund", "open")]
    assert listed(company, date(2025, 1, 1)) == [("A", "manager", "Ana Reis", "Bo Lund", "open")]
    assert len(company.read("managers.handovers")) == 0
    row = company.one("managers.handover_list", {"as_of": DAY})
    assert (row["changed_on"], row["days_taken"]) == (datetime.now(UTC).date(), 0)


def test_each_import_that_changes_the_owner_is_a_change_of_its_own(company, champion, tmp_path):
    for number, owner in enumerate(("Bo Lund", "Bo Lund", "Cem Aksoy", "")):
        imported(
            company, champion, tmp_path, f"account_id,name,owner,website\nA,A Ltd,{owner},w{number}\n", f"{number}.csv"
        )

    assert listed(company) == [
        ("A", "manager", "Ana Reis", "Bo Lund", "open"),
        ("A", "manager", "Bo Lund", "Cem Aksoy", "open"),
        ("A", "manager", "Cem Aksoy", None, "vacant"),
    ]


def test_an_import_that_is_taken_back_takes_its_handover_back(company, champion, tmp_path):
    done = imported(company, champion, tmp_path, "account_id,name,owner\nA,A Ltd,Bo Lund\n")
    assert len(listed(company)) == 1
    ledgers.undo_import(company, done.import_id, who=champion)

    assert listed(company) == []


def test_a_change_before_the_account_was_admitted_is_nobodys_handover(company, champion, tmp_path):
    imported(company, champion, tmp_path, "account_id,name,owner\nE,E Ltd,Bo Lund\n")
    programme.admit(
        company, "E", programme.SeenVerdict("pass"), as_of=date(2025, 1, 1), reason="x", category="star", who=champion
    )
    assert listed(company) == []


def test_an_appointment_opens_one_handover_and_the_master_that_catches_up_no_second(company, champion, tmp_path):
    managers.appoint(company, "A", "M2", grounds=["room"], reason="has time", as_of=DAY, who=champion)
    assert listed(company) == [("A", "manager", "Ana Reis", "Bo Lund", "open")]
    imported(company, champion, tmp_path, "account_id,name,owner\nA,A Ltd,Bo Lund\n")

    assert listed(company) == [("A", "manager", "Ana Reis", "Bo Lund", "open")]
    assert listed(company, DAY - timedelta(days=1)) == []


def test_a_sponsor_who_is_relieved_hands_over_to_whom_is_assigned_next(sponsored, champion):
    sponsorship.relieve(sponsored, "A", as_of=DAY - timedelta(days=10), reason="moves", who=champion)
    sponsorship.assign(sponsored, "A", "E2", as_of=DAY - timedelta(days=4), reason="next", who=champion)

    assert listed(sponsored, DAY - timedelta(days=11)) == []
    assert listed(sponsored, DAY - timedelta(days=5)) == [("A", "sponsor", "Ada Nagel", None, "vacant")]
    assert listed(sponsored) == [("A", "sponsor", "Ada Nagel", "Olu Bello", "open")]
    assert sponsored.one("managers.handover_list", {"as_of": DAY})["days_taken"] == 10


def test_a_sponsor_who_comes_back_hands_nothing_over(sponsored, champion):
    sponsorship.relieve(sponsored, "A", as_of=DAY - timedelta(days=10), reason="error", who=champion)
    sponsorship.assign(sponsored, "A", "E1", as_of=DAY - timedelta(days=10), reason="back", who=champion)

    assert listed(sponsored) == []


def test_an_account_that_leaves_the_programme_hands_nothing_over(sponsored, champion):
    sponsorship.relieve(sponsored, "A", as_of=DAY, reason="leaves", who=champion)
    programme.release(sponsored, "A", as_of=DAY, reason="leaves", who=champion)

    assert listed(sponsored) == []


def test_the_first_word_opens_the_record_and_a_handover_closes_only_when_all_is_settled(sponsored, champion):
    sponsorship.relieve(sponsored, "A", as_of=DAY - timedelta(days=10), reason="moves", who=champion)
    (source,) = sponsored.read("managers.handover_list", {"as_of": DAY}).column("source")
    with pytest.raises(Refusal) as refused:
        managers.close_handover(sponsored, source, lessons="x", as_of=DAY, who=champion)
    assert (refused.value.reason, len(sponsored.read("managers.handovers"))) == ("items_open", 0)

    settle(sponsored, champion, source, items=ITEMS[:-1])
    assert len(sponsored.read("managers.handovers")) == 1
    with pytest.raises(Refusal) as refused:
        managers.mark(sponsored, source, ITEMS[-1], state="not_needed", as_of=DAY, who=champion)
    assert refused.value.field == "note"
    with pytest.raises(Refusal) as refused:
        managers.close_handover(sponsored, source, lessons="x", as_of=DAY, who=champion)
    assert refused.value.message.startswith("1 item is open")
    managers.mark(sponsored, source, ITEMS[-1], state="not_needed", note="told already", as_of=DAY, who=champion)
    with pytest.raises(Refusal) as refused:
        managers.close_handover(sponsored, source, lessons="x", as_of=DAY, who=champion)
    assert refused.value.reason == "nobody_takes_over"
    sponsorship.assign(sponsored, "A", "E2", as_of=DAY, reason="next", who=champion)
    with pytest.raises(Refusal) as refused:
        managers.close_handover(sponsored, source, lessons="", as_of=DAY, who=champion)
    assert refused.value.field == "lessons"

    assert managers.close_handover(sponsored, source, lessons="They value Fridays", as_of=DAY, who=champion) == 10
    assert listed(sponsored) == [("A", "sponsor", "Ada Nagel", "Olu Bello", "closed")]
    later = sponsored.one("managers.handover_list", {"as_of": DAY + timedelta(days=99)})
    assert (later["days_taken"], later["settled_count"], later["lessons"]) == (10, len(ITEMS), "They value Fridays")
    with pytest.raises(Refusal) as refused:
        managers.mark(sponsored, source, ITEMS[0], state="open", as_of=DAY, who=champion)
    assert refused.value.reason == "closed_already"


def test_an_item_can_be_opened_again_and_then_waits_again(company, champion):
    managers.appoint(company, "A", "M2", grounds=["room"], reason="has time", as_of=DAY, who=champion)
    settle(company, champion, "appointment:1")
    managers.mark(company, "appointment:1", "people", state="open", as_of=DAY, who=champion)

    found = managers.handover_of(company, "appointment:1", DAY, for_whom=champion)
    assert (found.open_count, found.row["settled_count"]) == (1, len(ITEMS) - 1)
    assert [item["item_id"] for item in found.items if item["state"] == "open"] == ["people"]
    with pytest.raises(Refusal):
        managers.close_handover(company, "appointment:1", lessons="x", as_of=DAY, who=champion)


def test_what_was_settled_later_is_not_seen_before(company, champion):
    managers.appoint(company, "A", "M2", grounds=["room"], reason="has time", as_of=DAY, who=champion)
    settle(company, champion, "appointment:1", on=DAY + timedelta(days=3), items=ITEMS[:2])

    assert managers.handover_of(company, "appointment:1", DAY, for_whom=champion).open_count == len(ITEMS)
    assert managers.handover_of(company, "appointment:1", DAY + timedelta(days=3), for_whom=champion).open_count == (
        len(ITEMS) - 2
    )
    settle(company, champion, "appointment:1", on=DAY + timedelta(days=3), items=ITEMS[2:])
    with pytest.raises(Refusal) as refused:
        managers.close_handover(company, "appointment:1", lessons="x", as_of=DAY, who=champion)
    assert refused.value.reason == "before_last_decision"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"source": "appointment:9"}, "unknown_handover"),
        ({"item_id": "golf"}, "unknown_item"),
        ({"state": "perhaps"}, "bad_input"),
        ({"as_of": DAY - timedelta(days=1)}, "before_change"),
    ],
)
def test_a_word_that_fits_no_handover_is_refused(company, champion, given, reason):
    managers.appoint(company, "A", "M2", grounds=["room"], reason="has time", as_of=DAY, who=champion)
    named = {"source": "appointment:1", "item_id": "people", "state": "done", "as_of": DAY} | given
    with pytest.raises(Refusal) as refused:
        managers.mark(company, named.pop("source"), named.pop("item_id"), **named, who=champion)
    assert refused.value.reason == reason
    assert len(company.read("managers.handover_marks")) == 0
