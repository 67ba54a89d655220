"""The audit chain shows a changed, removed or replaced event."""

from __future__ import annotations

import pytest

from kam import store as stored
from kam import workbench
from tests.store.probes import add_person, behind_its_back


@pytest.fixture
def five_events(store, champion):
    """The path of a closed workbench whose people were added one by one."""
    for name in ("anna", "bela", "cora"):
        add_person(store, champion, name)
    assert stored.broken_links(store) == []
    store.close()
    return store.path


TAMPERINGS = {
    "a changed detail": "update store.audit_events set details = '{\"x\": 1}' where event_id = 3",
    "a changed name": "update store.audit_events set person_name = 'Someone Else' where event_id = 3",
    "a changed time": "update store.audit_events set happened_at = happened_at + interval 1 second where event_id = 3",
    "a removed event": "delete from store.audit_events where event_id = 3",
    "the first event removed": "delete from store.audit_events where event_id = 1",
    "two events swapped": "update store.audit_events set subject_id = case event_id when 3 then 'bela' else 'anna' end"
    " where event_id in (3, 4)",
    "a forged event appended": "insert into store.audit_events select event_id + 1, happened_at, person_id, person_name,"
    " action, subject_kind, 'forged', details, hash, hash from store.audit_events order by event_id desc limit 1",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_breaks_the_chain(five_events, tampering):
    with behind_its_back(five_events) as connection:
        connection.execute(TAMPERINGS[tampering])
    with workbench.open_workbench(five_events) as reopened:
        assert stored.broken_links(reopened) != []


def test_an_untouched_chain_holds_after_reopening(five_events):
    with workbench.open_workbench(five_events) as reopened:
        assert stored.broken_links(reopened) == []


def test_a_chain_cut_short_is_found_by_the_head_that_a_backup_kept(five_events, tmp_path):
    from kam import verification

    with workbench.open_workbench(five_events) as reopened:
        backup = stored.back_up(reopened, tmp_path / "backup")
    with behind_its_back(five_events) as connection:
        connection.execute(
            "delete from store.audit_events where event_id = (select max(event_id) from store.audit_events)"
        )
    with workbench.open_workbench(five_events) as reopened:
        assert stored.broken_links(reopened) == []
        assert not verification.compare_with_backup(reopened, backup).is_ok
