"""What people write down stays beside the import, is corrected by new rows, and holds promises to what became of them."""

from __future__ import annotations

from datetime import date

import pytest

from kam import ledgers, relationships
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import Condition
from tests.drawn import given
from tests.pages.ledgers import admitted
from tests.relationships.conftest import AS_OF


def captured(store, champion, **change):
    values = {"kind": "call", "occurred_on": AS_OF, "summary": "Asked for a price"} | change
    return relationships.capture(store, values.pop("account_id", "A"), **values, who=champion)


def dealings(store, account_id="A", on=AS_OF):
    rows = store.read(
        "relationships.dealings", {"as_of": on}, where=[Condition("account_id", "=", account_id)]
    ).records()
    return {row["interaction_id"]: row for row in rows}


def test_what_is_captured_stands_beside_what_was_imported(ledger, champion):
    made = captured(ledger, champion, contact_id="K1", next_step="Send it", next_step_due=date(2026, 1, 10))
    found = dealings(ledger)
    assert set(found) == {"I1", "I2", "I3", "I4", "I5", made}
    assert (found[made]["by"], found[made]["promise_state"], found[made]["is_captured"]) == (
        "Ines Brandt",
        "open",
        True,
    )
    assert ledger.read("ledgers.interactions").total == 6


def test_undoing_an_import_loses_nothing_that_was_written_down(store, champion, tmp_path):
    accounts, calls = tmp_path / "a.csv", tmp_path / "i.csv"
    accounts.write_text("account_id,name\nA,Alpha\n", "utf-8")
    calls.write_text("interaction_id,account_id,occurred_on,kind,summary\nI1,A,2025-01-01,call,first\n", "utf-8")
    ledgers.import_files(store, "accounts", [accounts], who=champion)
    imported = ledgers.import_files(store, "interactions", [calls], who=champion)
    made = captured(store, champion)
    corrected = relationships.correct(
        store, "I1", kind="call", occurred_on=date(2025, 1, 1), summary="as it was", who=champion
    )
    ledgers.undo_import(store, imported.import_id, who=champion)
    assert {key: row["summary"] for key, row in dealings(store).items()} == {
        made: "Asked for a price", corrected: "as it was"
    }  # fmt: skip


def test_a_correction_takes_the_place_of_the_entry_and_keeps_it_on_file(ledger, champion):
    made = captured(ledger, champion)
    newer = relationships.correct(
        ledger, made, kind="visit", occurred_on=AS_OF, summary="Asked for two prices", who=champion
    )
    found = dealings(ledger)
    assert made not in found
    assert (found[newer]["kind"], found[newer]["summary"], found[newer]["corrects"]) == (
        "visit", "Asked for two prices", made
    )  # fmt: skip
    assert ledger.read("relationships.captured_interactions").total == 2


def test_a_withdrawn_entry_leaves_the_readings_only(ledger, champion):
    made = captured(ledger, champion)
    relationships.correct(ledger, made, kind="call", occurred_on=AS_OF, summary="x", is_withdrawn=True, who=champion)
    assert set(dealings(ledger)) == {"I1", "I2", "I3", "I4", "I5"}
    assert ledger.read("relationships.captured_interactions").total == 2


def test_two_who_correct_the_same_entry_are_shown_both_versions(ledger, champion):
    relationships.correct(ledger, "I1", kind="visit", occurred_on=AS_OF, summary="theirs", who=champion)
    with pytest.raises(StaleWrite) as stale:
        relationships.correct(ledger, "I1", kind="visit", occurred_on=AS_OF, summary="mine", who=champion)
    assert (stale.value.theirs["summary"], stale.value.mine["summary"]) == ("theirs", "mine")
    assert [row["summary"] for row in ledger.read("relationships.captured_interactions")] == ["theirs"]


def test_a_double_click_writes_once(ledger, champion):
    for _turn in range(2):
        relationships.capture(
            ledger, "A", kind="note", occurred_on=AS_OF, summary="once", who=champion, op_id="the same"
        )
    assert ledger.read("relationships.captured_interactions").total == 1


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"summary": "  "}, BadInput, "Say in a few words what was said"),
        ({"kind": "rumour"}, BadInput, "The kind must be one of"),
        ({"contact_id": "L1"}, RuleBroken, "Eva Prinz belongs to another account"),
        ({"contact_id": "K9"}, NotFound, "There is no contact K9"),
        ({"account_id": "Z"}, NotFound, "There is no account Z"),
        ({"next_step_due": AS_OF}, BadInput, "A due date needs a next step"),
        (
            {"next_step": "x", "next_step_due": date(2025, 12, 30)},
            BadInput,
            "due on 30 Dec 2025, before the day itself",
        ),
        ({"by": "  "}, BadInput, "Say who of ours it was."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(ledger, champion, change, error, sentence):
    with pytest.raises(error) as refused:
        captured(ledger, champion, **change)
    assert sentence in refused.value.message
    assert ledger.read("relationships.captured_interactions").total == 0


def test_a_due_day_on_the_day_itself_is_allowed(ledger, champion):
    assert captured(ledger, champion, next_step="at once", next_step_due=AS_OF)


def test_nobody_deals_with_somebody_who_left(ledger, champion):
    relationships.observe(
        ledger, "A", "K1", {"left": date(2025, 12, 30)}, status="confirmed", source="mail", observed_on=AS_OF,
        who=champion,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="Mara Voss left on 30 Dec 2025"):
        captured(ledger, champion, contact_id="K1")


def test_a_promise_is_overdue_the_day_after_it_was_due(ledger):
    assert dealings(ledger, on=date(2025, 11, 1))["I1"]["promise_state"] == "open"
    assert dealings(ledger, on=date(2025, 11, 2))["I1"]["promise_state"] == "overdue"


def test_a_settled_promise_is_settled_from_its_day_on_and_only_once(ledger, champion):
    relationships.settle(ledger, "I1", outcome="kept", settled_on=date(2025, 11, 20), who=champion)
    assert dealings(ledger, on=date(2025, 11, 19))["I1"]["promise_state"] == "overdue"
    assert dealings(ledger)["I1"]["promise_state"] == "kept"
    for other in ("I1", "I2"):
        with pytest.raises(RuleBroken, match="Nothing is open here"):
            relationships.settle(ledger, other, outcome="kept", settled_on=AS_OF, who=champion)


def test_a_dropped_promise_needs_a_reason_and_no_promise_is_settled_before_it_was_made(ledger, champion):
    with pytest.raises(BadInput, match="Say why the promise is dropped"):
        relationships.settle(ledger, "I1", outcome="dropped", settled_on=AS_OF, who=champion)
    with pytest.raises(BadInput, match="was made on 2 Oct 2025"):
        relationships.settle(ledger, "I1", outcome="kept", settled_on=date(2025, 10, 1), who=champion)


def test_what_was_settled_goes_on_with_a_correction(ledger, champion):
    relationships.settle(ledger, "I1", outcome="kept", settled_on=date(2025, 11, 1), who=champion)
    newer = relationships.correct(
        ledger, "I1", kind="visit", occurred_on=date(2025, 10, 2), summary="better words", next_step="Send offer",
        next_step_due=date(2025, 11, 1), who=champion,
    )  # fmt: skip
    assert dealings(ledger)[newer]["promise_state"] == "kept"


def test_the_timeline_holds_every_kind_once_and_nothing_after_the_day(ledger, champion):
    relationships.settle(ledger, "I1", outcome="kept", settled_on=date(2025, 11, 1), note="sent", who=champion)
    relationships.note_need(
        ledger, "A", "objectives", "Grow", source="visit", status="assumed", noted_on=AS_OF, who=champion
    )
    relationships.raise_red_line(ledger, "A", "tender", happened_on=AS_OF, evidence="letter", who=champion)
    relationships.rate_stage(ledger, "A", "ours", stage="basic", evidence="talk", rated_on=AS_OF, who=champion)
    rows = ledger.read("relationships.timeline", {"as_of": AS_OF, "of_account": "A"}).records()
    kinds = sorted(row["kind"] for row in rows)
    # Orders in December 2024, and in January, June and December 2025.
    assert kinds == sorted(
        ["visit", "call", "executive_visit", "complaint", "complaint", "promise", "profile", "red_line", "assessment"]
        + ["orders"] * 4
    )
    assert max(row["happened_on"] for row in rows) == AS_OF
    assert sum(row["amount"] for row in rows if row["kind"] == "orders") == 2140


def test_an_executive_visit_that_was_written_down_counts_for_the_sponsor(ledger, champion):
    given(ledger, champion, "executives", "executive_id | name | title\nX1 | Olga Brandt | CFO")
    admitted(ledger, champion, "A")
    captured(ledger, champion, kind="executive_visit", by="olga brandt", occurred_on=date(2025, 12, 30))
    asked = {"as_of": AS_OF}
    assert ledger.one("sponsorship.roster_sponsors", asked)["contact_count_12m"] == 2
    (visit,) = ledger.read("sponsorship.executive_contacts", asked | {"months": 12}).records()
    assert (visit["executive_id"], visit["last_contact_on"]) == ("X1", date(2025, 12, 30))
