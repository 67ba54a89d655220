"""Each check finds the fault that it is there for, and nothing else."""

from __future__ import annotations

import pytest

from kam import verification
from tests.drawn import given


@pytest.fixture
def sound(store, champion):
    """A small sound workbench, which the tests damage behind its back."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name  | parent_account_id
        A          | Alpha |
        B          | Beta  | A
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | line_no | account_id | order_date | net_revenue
        1        | 1       | A          | 2026-01-31 | 100.10
        1        | 2       | A          | 2026-01-31 | 50.00
        2        | 1       | B          | 2026-02-01 | -0.05
        """,
    )
    assert failed(store) == []
    return store


def failed(store):
    return [check.check for check in verification.verify(store) if not check.is_ok]


IMPORT = (
    "insert into ledgers.imports (import_id, table_name, file_name, file_hash, started_at, finished_at, person_id, read_count,"
    " inserted_count, updated_count, unchanged_count, rejected_count, left_out_count, control_totals)"
    " values (9, 'order_lines', 'f.csv', 'h', now()::timestamp, now()::timestamp, 'p', 3, {inserted}, 0, 0, 0, 0,"
    ' \'{{"EUR": {{"inserted": "{total}", "updated": "0.00"}}}}\');'
    " update ledgers.order_lines set import_id = 9"
)

FAULTS = {
    "a line of an account that is not there": ("update ledgers.order_lines set account_id = 'Z' where order_id = '2'", {"references", "account_months"}),
    "a contact that reports to nobody": ("insert into ledgers.contacts (contact_id, account_id, name, reports_to) values ('c', 'A', 'C', 'x')", {"references"}),
    "an action of a plan that is not there": ("insert into plans.actions (action_id, plan_id, action, owner, due_on, recorded_on, recorded_by) values (1, 7, 'a', 'o', '2026-01-01', '2026-01-01', 'p')", {"references"}),
    "a complaint's owner without the complaint": ("insert into plans.complaint_owners values (3, 'received', 'o', '2026-01-01', '', 'p', now()::timestamp)", {"references"}),
    "a parent that is not there": ("update ledgers.accounts set parent_account_id = 'Z' where account_id = 'B'", {"references"}),
    "two accounts above each other": ("update ledgers.accounts set parent_account_id = 'B' where account_id = 'A'", {"hierarchy"}),
    "an account above itself": ("update ledgers.accounts set parent_account_id = 'B' where account_id = 'B'", {"hierarchy"}),
    "two lines with one key": ("update ledgers.order_lines set line_no = 1 where line_no = 2", {"order_line_keys"}),
    "a line whose amount was changed": ("update ledgers.order_lines set net_revenue = 51 where line_no = 2", {"account_months"}),
    "a line that went away": ("delete from ledgers.order_lines where line_no = 2", {"account_months"}),
    "a kept month that was changed": ("update ledgers.account_month set net_revenue = net_revenue + 0.01 where account_id = 'B'", {"account_months"}),
    "an import that counted more rows": (IMPORT.format(inserted=4, total="150.05"), {"imports"}),
    "an import whose control total is a cent off": (IMPORT.format(inserted=3, total="150.06"), {"imports"}),
    "a member that nobody admitted": ("insert into programme.members values ('A', 1, '2026-01-01', null)", {"roster"}),
    "a move into the programme that nobody decided": (
        "insert into programme.moves (move_id, account_id, moved_on, state_before, state_after, cause, since, waits_for, moved_by, moved_at)"
        " values (1, 'A', '2026-01-01', 'outside', 'member', 'admitted', '2026-01-01', [], 'me', now()::timestamp)",
        {"states"},
    ),
    "a cycle's account without its cycle": (
        "insert into selection.cycle_decisions values (9, 'Z', 'enter', null, 'x')",
        {"references"},
    ),
    "a sponsor that nobody assigned": ("insert into sponsorship.active_sponsors values ('A', 'E1', '2026-01-01', 1)", {"sponsors"}),
    "a decision without its sponsor": (
        "insert into ledgers.executives (executive_id, name, title) values ('E1', 'Eve', 'COO');"
        "insert into sponsorship.decisions values (1, 'A', 'E1', 'assigned', '2026-01-01', 'x', null, 'me', now()::timestamp)",
        {"sponsors"},
    ),
    "an event that was changed": ("update store.audit_events set action = 'x' where event_id = 2", {"audit"}),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_by_its_own_check(sound, fault):
    statement, checks = FAULTS[fault]
    with sound.cursor() as cursor:
        cursor.execute(statement)
    assert set(failed(sound)) == checks


def test_a_sound_import_adds_up(sound):
    with sound.cursor() as cursor:
        cursor.execute(IMPORT.format(inserted=3, total="150.05"))
    assert failed(sound) == []


def test_a_damaged_block_is_found_by_reading_every_table(store, champion):
    given(
        store,
        champion,
        "accounts",
        "account_id | name\n" + "\n".join(f"A{n} | Account {n * 7919 % 10007}" for n in range(3000)),
    )
    with store.cursor() as cursor:
        cursor.execute("checkpoint")
    store.close()
    data = bytearray(store.path.read_bytes())
    at = data.find(b"Account 7919")
    assert at > 0, "the text lies uncompressed in a block"
    data[at + 3] ^= 0xFF
    store.path.write_bytes(data)

    from kam import workbench
    from kam.errors import StoreUnavailable

    try:
        with workbench.open_workbench(store.path) as reopened:
            assert failed(reopened) == ["tables"]
    except StoreUnavailable as refused:
        assert refused.reason == "damaged"
