"""A customer's person: their data handed out, erased from tables and file, and their traces decided on."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest

from kam import ledgers, privacy, verification, workbench
from kam import store as stored
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition
from tests.ledgers.files import Desk
from tests.store.probes import behind_its_back

SECRET = "Zoltan Quirinius"
CONTACTS = (
    "contact_id,account_id,name,title,email,phone,reports_to\n"
    f"c1,A,{SECRET},Buyer,zq@example.org,+49 555 1234,\nc2,A,Bea Other,Head,bea@example.org,,c1\n"
)
CALLS = (
    "interaction_id,account_id,occurred_on,kind,summary,contact_id\n"
    f"i1,A,2025-05-01,call,Spoke with {SECRET.upper()} about prices,c1\ni2,A,2025-06-01,call,Prices again,c2\n"
)


@pytest.fixture
def desk(store, champion, tmp_path):
    made = Desk(store, champion, tmp_path)
    made.accounts("A")
    made.take("contacts", CONTACTS.replace("Buyer", "Junior buyer"))
    made.take("contacts", CONTACTS + "c3,Z,Nobody,,zq@example.org,,\n")
    made.take("interactions", CALLS)
    return made


def erase(desk):
    return privacy.erase_person(desk.store, "c1", reason="asked on 3 May", who=desk.who)


def test_everything_about_a_person_is_handed_out(desk, tmp_path):
    path = privacy.export_person(desk.store, "c1", tmp_path / "person.json")
    document = json.loads(path.read_text("utf-8"))
    assert document["master"][0]["email"] == "zq@example.org"
    assert [row["interaction_id"] for row in document["interactions"]] == ["i1"]
    assert [row["contact_id"] for row in document["reports_to_them"]] == ["c2"]
    assert document["texts"][0]["table"] == "ledgers.interactions"
    book = openpyxl.load_workbook(privacy.export_person(desk.store, "c1", tmp_path / "person.xlsx"))
    assert {"master", "interactions", "texts"} <= set(book.sheetnames)
    with pytest.raises(BadInput, match=r"\.json or \.xlsx"):
        privacy.export_person(desk.store, "c1", tmp_path / "person.doc")
    with pytest.raises(NotFound):
        privacy.person_data(desk.store, "nobody")


def test_an_erased_person_is_in_no_table_and_not_in_the_file(desk):
    erased = erase(desk)
    assert erased.traces == 1
    (trace,) = privacy.open_traces(desk.store)
    privacy.decide_trace(desk.store, trace.trace_id, erase=True, reason="names the person", who=desk.who)
    assert privacy.open_traces(desk.store) == []
    assert desk.rows("contacts", "contact_id", "name", "email") == [
        ("c1", "(erased)", None),
        ("c2", "Bea Other", "bea@example.org"),
    ]
    path = desk.store.path
    desk.store.close()
    content = path.read_bytes()
    for word in (SECRET, SECRET.upper(), "zq@example.org", "555 1234"):
        assert word.encode() not in content


def test_counts_references_and_audit_stay_sound(desk):
    erase(desk)
    assert [check.message for check in verification.verify(desk.store) if not check.is_ok] == []
    assert desk.rows("interactions", "interaction_id", "contact_id") == [("i1", "c1"), ("i2", "c2")]


def test_neither_a_later_file_nor_an_undoing_brings_the_person_back(desk):
    erase(desk)
    result = desk.take("contacts", CONTACTS)
    assert [(p.reason, p.line) for p in result.problems] == [("erased", 2)]
    second = [r["import_id"] for r in ledgers.imports(desk.store) if r["table_name"] == "contacts"][1]
    ledgers.undo_import(desk.store, second, who=desk.who)
    assert desk.rows("contacts", "contact_id", "name", "title", "phone")[0] == ("c1", "(erased)", None, None)


def test_a_text_may_be_kept_with_a_reason(desk):
    erase(desk)
    (trace,) = privacy.open_traces(desk.store)
    assert (trace.relation, trace.column, SECRET.upper() in trace.text) == ("ledgers.interactions", "summary", True)
    with pytest.raises(BadInput):
        privacy.decide_trace(desk.store, trace.trace_id, erase=False, reason=" ", who=desk.who)
    privacy.decide_trace(desk.store, trace.trace_id, erase=False, reason="part of a claim", who=desk.who)
    assert desk.rows("interactions", "summary")[1][0].startswith("Spoke with")
    with pytest.raises(RuleBroken):
        privacy.decide_trace(desk.store, trace.trace_id, erase=True, reason="now", who=desk.who)


def test_what_people_of_ours_saw_goes_with_the_person(desk):
    person = desk.store.read("ledgers.contacts").records()[0]
    assert person["contact_id"] == "c1"
    with_observation = "relationships.contact_observations"

    def observed(tx):
        tx.insert(
            with_observation,
            observation_id=1,
            account_id="A",
            contact_id="c1",
            attribute="email",
            value="private@home.example",
            status="confirmed",
            observed_on=date(2025, 5, 1),
            source="a card",
            recorded_by="x",
            recorded_at=tx.now,
        )

    desk.store.write(observed, who=desk.who, action="observe", subject=("contact", "c1"))
    assert erase(desk).observations == 1
    assert desk.store.read(with_observation).rows == []


def test_an_erasure_needs_a_reason_and_happens_once(desk):
    with pytest.raises(BadInput):
        privacy.erase_person(desk.store, "c1", reason="", who=desk.who)
    erase(desk)
    with pytest.raises(RuleBroken):
        erase(desk)


def test_people_nobody_dealt_with_for_the_retention_period_are_overdue(desk):
    def overdue(as_of, months):
        found = desk.store.read("privacy.people", {"as_of": as_of, "months": months})
        return {row["contact_id"]: row["is_overdue"] for row in found}

    assert overdue(date(2026, 5, 1), 12) == {"c1": False, "c2": False}
    assert overdue(date(2026, 5, 2), 12) == {"c1": True, "c2": False}
    assert overdue(date(2024, 1, 1), 12) == {"c1": None, "c2": None}


def noted(desk, **details) -> int:
    """An event of the audit chain with details; its number."""
    desk.store.write(lambda _tx: True, who=desk.who, action="note", subject=("account", "A"), details=details)
    return max(desk.store.read("store.audit_events", columns=("event_id",)).column("event_id"))


def test_the_details_of_an_audit_event_are_handed_out_and_erased_without_breaking_the_chain(desk):
    number = noted(desk, said=f"{SECRET} asked for a rebate")
    texts = privacy.person_data(desk.store, "c1")["texts"]
    assert ("store.audit_events", "details") in {(text["table"], text["column"]) for text in texts}
    assert erase(desk).traces == 2
    for trace in privacy.open_traces(desk.store):
        privacy.decide_trace(desk.store, trace.trace_id, erase=True, reason="names the person", who=desk.who)
    event = desk.store.one("store.audit_events", where=[Condition("event_id", "=", number)])
    assert (event["action"], json.loads(event["details"])) == ("note", {"redacted": "(erased)"})
    assert [check.message for check in verification.verify(desk.store) if not check.is_ok] == []
    path = desk.store.path
    desk.store.close()
    assert SECRET.encode() not in path.read_bytes()


@pytest.mark.parametrize(
    "tampering",
    [
        'update store.audit_events set details = \'{{"redacted": "(nobody)"}}\' where event_id = {redacted}',
        "update store.audit_events set person_name = 'Someone Else' where event_id = {redacted}",
        'update store.audit_events set details = \'{{"redacted": "(erased)"}}\' where event_id = {other}',
    ],
)
def test_nobody_can_pass_off_a_changed_event_as_redacted(desk, tampering):
    number = noted(desk, said=f"{SECRET} asked for a rebate")
    other = noted(desk, said="something else")
    erase(desk)
    for trace in privacy.open_traces(desk.store):
        privacy.decide_trace(desk.store, trace.trace_id, erase=True, reason="names the person", who=desk.who)
    path = desk.store.path
    desk.store.close()
    with behind_its_back(path) as connection:
        connection.execute(tampering.format(redacted=number, other=other))
    with workbench.open_workbench(path) as reopened:
        assert stored.broken_links(reopened) != []
