"""The watched folder takes in what a rule names, by a kept mapping, and puts it aside with its report."""

from __future__ import annotations

import json
import os
import time

import pytest

from kam import ledgers
from kam.errors import BadInput, NotFound, RuleBroken
from tests.ledgers.files import TODAY

MAPPING = """table = "order_lines"
[columns]
order_id = "No"
account_id = "Customer"
order_date = "Day"
quantity = "Qty"
net_revenue = "Net"
[read]
date_format = "dmy"
"""
HEAD = "No,Customer,Day,Qty,Net\n"


@pytest.fixture
def inbox(desk):
    desk.accounts("A", "B")
    ledgers.save_mapping(desk.store, "invoices", ledgers.mapping_from(MAPPING), who=desk.who)
    ledgers.add_inbox_rule(desk.store, "inv*.csv", "invoices", who=desk.who)
    folder = ledgers.inbox_folder(desk.store)
    folder.mkdir()
    return folder


def take(desk, **said):
    return ledgers.take_in(desk.store, who=desk.who, today=TODAY, **said)


def test_a_file_that_a_rule_names_is_imported_and_put_aside_with_its_report(desk, inbox):
    (inbox / "INV-2025-01.csv").write_text(HEAD + "1,A,03/02/2025,1,10\n2,Z,03/02/2025,1,5\n")
    (taken,) = take(desk)
    assert (taken.outcome, taken.report["rows"]["inserted"], taken.report["rows"]["rejected"]) == ("imported", 1, 1)
    assert [p.name for p in ledgers.waiting_files(desk.store)] == []
    done = inbox / "done"
    assert json.loads((done / "INV-2025-01.csv.report.json").read_text())["import_id"] == taken.import_id
    assert "unknown_account" in (done / "INV-2025-01.csv.rejects.csv").read_text()
    (record,) = ledgers.taken_files(desk.store).records()
    assert (record["file_name"], record["import_id"]) == ("INV-2025-01.csv", taken.import_id)


def test_the_report_is_that_of_an_import_by_hand(desk, inbox):
    text = HEAD + "1,A,03/02/2025,1,10\n"
    by_hand = ledgers.import_files(
        desk.store, "order_lines", desk.file(text, "inv.csv"), mapping=ledgers.mapping_from(MAPPING), dry_run=True,
        who=desk.who, today=TODAY,
    ).document()  # fmt: skip
    (inbox / "inv.csv").write_text(text)
    (taken,) = take(desk)
    same = [key for key in by_hand if key not in ("import_id", "message")]
    assert {k: json.loads(json.dumps(by_hand[k], default=str)) for k in same} == {k: taken.report[k] for k in same}


def test_a_file_that_cannot_be_read_is_put_aside_with_the_sentence(desk, inbox):
    (inbox / "inv.csv").write_text("nothing,of,this\n1,2,3\n")
    (taken,) = take(desk)
    assert taken.outcome == "refused" and "No" in taken.message
    assert (inbox / "refused" / "inv.csv").exists()
    assert json.loads((inbox / "refused" / "inv.csv.report.json").read_text())["error"]["message"] == taken.message


def test_a_file_that_no_rule_names_stays_and_is_said_once(desk, inbox):
    (inbox / "holiday.jpg").write_bytes(b"x")
    assert [t.outcome for t in take(desk)] == ["unmatched"]
    assert take(desk) == []
    assert (inbox / "holiday.jpg").exists()


def test_a_file_that_is_still_being_written_is_left_alone(desk, inbox):
    path = inbox / "inv.csv"
    path.write_text(HEAD + "1,A,03/02/2025,1,10\n")
    assert take(desk, settled_seconds=60) == []
    os.utime(path, (time.time() - 120, time.time() - 120))
    assert len(take(desk, settled_seconds=60)) == 1


def test_the_same_file_again_changes_nothing_and_finds_a_free_name(desk, inbox):
    for _time in range(2):
        (inbox / "inv.csv").write_text(HEAD + "1,A,03/02/2025,1,10\n")
        (taken,) = take(desk)
    assert taken.report["rows"]["unchanged"] == 1
    assert (inbox / "done" / "inv (2).csv").exists()


def test_a_ledger_in_two_files_is_taken_in_together(desk, inbox):
    joined = MAPPING.replace('order_date = "Day"', 'order_date = "Ordered"') + '[join]\nfile = "heads.csv"\non = "No"\n'
    ledgers.save_mapping(desk.store, "two files", ledgers.mapping_from(joined), who=desk.who)
    ledgers.add_inbox_rule(desk.store, "lines*.csv", "two files", who=desk.who)
    (inbox / "heads.csv").write_text("No,Ordered\n1,03/02/2025\n")
    (inbox / "lines.csv").write_text("No,Customer,Qty,Net\n1,A,1,10\n")
    (taken,) = take(desk)
    assert taken.report["rows"]["inserted"] == 1
    assert ledgers.waiting_files(desk.store) == []


def test_a_rule_needs_a_file_name_and_a_kept_mapping(desk, inbox):
    for pattern in ("", "../*.csv", "a\\b"):
        with pytest.raises(BadInput):
            ledgers.add_inbox_rule(desk.store, pattern, "invoices", who=desk.who)
    with pytest.raises(NotFound):
        ledgers.add_inbox_rule(desk.store, "*.csv", "nobody", who=desk.who)


def test_a_mapping_in_use_stays_until_its_rule_ends(desk, inbox):
    with pytest.raises(RuleBroken, match="end that rule first"):
        ledgers.forget_mapping(desk.store, "invoices", who=desk.who)
    (rule,) = ledgers.inbox_rules(desk.store).records()
    ledgers.end_inbox_rule(desk.store, rule["rule_id"], who=desk.who)
    ledgers.forget_mapping(desk.store, "invoices", who=desk.who)
    assert ledgers.saved_mappings(desk.store) == []
    (inbox / "inv.csv").write_text(HEAD)
    assert [t.outcome for t in take(desk)] == ["unmatched"]


def test_a_kept_mapping_comes_back_as_it_was_and_a_new_one_replaces_it(desk, inbox):
    (kept,) = ledgers.saved_mappings(desk.store)
    assert kept.mapping.columns == ledgers.mapping_from(MAPPING).columns
    assert kept.mapping.read.date_format == "dmy"
    ledgers.save_mapping(desk.store, " invoices ", ledgers.mapping_from(MAPPING), creates_accounts=True, who=desk.who)
    (kept,) = ledgers.saved_mappings(desk.store)
    assert kept.creates_accounts
    with pytest.raises(BadInput):
        ledgers.save_mapping(desk.store, "  ", kept.mapping, who=desk.who)


def test_the_running_workbench_takes_in_by_itself(desk, inbox):
    path = inbox / "inv.csv"
    path.write_text(HEAD + "1,A,03/02/2025,1,10\n")
    os.utime(path, (time.time() - 120, time.time() - 120))
    watcher = ledgers.Watcher(desk.store, who=desk.who, today=lambda: TODAY, every_seconds=0.05).start()
    try:
        for _look in range(400):
            if len(ledgers.taken_files(desk.store)):
                break
            time.sleep(0.05)
    finally:
        watcher.stop()
    (record,) = ledgers.taken_files(desk.store).records()
    assert record["outcome"] == "imported"
