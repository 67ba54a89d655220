"""The checks, each a question with a sentence for an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kam import selection
from kam import store as stored
from kam.store import Backup, Condition, Rows, Store
from kam.words import _, several

_SHOWN = 3


@dataclass(frozen=True)
class Check:
    """The outcome of one check. check: its id; message: what was found, in a sentence."""

    check: str
    is_ok: bool
    message: str


def verify(store: Store) -> list[Check]:
    """All checks in order. Where tables cannot be read, only that is said: nothing else could be trusted."""
    store.ask_afresh()
    tables = _tables(store)
    if not tables.is_ok:
        return [tables]
    return [tables, _audit(store), *(_relation(store, *question) for question in _QUESTIONS), _cycles(store)]


def compare_with_backup(store: Store, backup: Backup) -> Check:
    """Whether the audit events that a backup saw are all still there: a chain cut short breaks nowhere else."""
    event = store.one("store.audit_events", where=[Condition("event_id", "=", backup.audit_events)])
    if backup.audit_events and (event is None or event["hash"] != backup.audit_head):
        return Check(
            "backup",
            False,
            _(
                "Event {event} of the backup's audit chain is not the one here: events were removed or replaced since."
            ).format(event=backup.audit_events),
        )
    return Check("backup", True, _("The audit events of the backup are all still there."))


def _tables(store: Store) -> Check:
    unreadable = stored.unreadable_tables(store)
    if unreadable:
        return Check(
            "tables",
            False,
            _("Damaged and unreadable: {tables}. Restore the newest backup.").format(tables=", ".join(unreadable)),
        )
    count = len(stored.base_tables(store))
    return Check("tables", True, _("All {count} tables can be read to the end.").format(count=count))


def _audit(store: Store) -> Check:
    broken = stored.broken_links(store)
    if broken:
        return Check(
            "audit",
            False,
            _(
                "The audit chain is broken at event {first}: events were changed or removed outside the workbench."
            ).format(first=broken[0]),
        )
    count = store.read("store.audit_events", columns=("event_id",), limit=1).total
    return Check("audit", True, several("{count} audit event, unbroken.", "{count} audit events, unbroken.", count))


def _cycles(store: Store) -> Check:
    broken = selection.changed_records(store)
    if broken:
        told = "; ".join(_("cycle {cycle_id}, {name}: {what}").format(**row) for row in broken[:_SHOWN])
        return Check("cycles", False, _("Not as the audit chain saw it: {told}").format(told=told))
    return Check("cycles", True, _("The records of the selection cycles are as they were frozen."))


def _relation(store: Store, check: str, relation: str, sound: str, described: Callable[[Rows], str]) -> Check:
    found = store.read(relation, limit=_SHOWN)
    if not found.total:
        return Check(check, True, sound)
    more = _(" (and {count} more)").format(count=found.total - len(found)) if found.total > len(found) else ""
    return Check(check, False, described(found) + more)


def _listed(template: str) -> Callable[[Rows], str]:
    return lambda found: "; ".join(template.format(**row) for row in found)


# (id, a relation that is empty in a sound database, what is said where it is, how a row is described)
_QUESTIONS = [
    (
        "references",
        "verification.orphans",
        _("Every reference between tables leads somewhere."),
        _listed(_("{referring} names {missing_id}, which {referred} lacks ({row_count} rows)")),
    ),
    (
        "hierarchy",
        "verification.parent_cycles",
        _("No account is its own ancestor."),
        _listed(_("account {account_id} is its own ancestor")),
    ),
    (
        "order_line_keys",
        "verification.duplicate_order_lines",
        _("Every order line has a key of its own."),
        _listed(_("order {order_id} has {row_count} lines numbered {line_no}")),
    ),
    (
        "account_months",
        "verification.stale_account_months",
        _("The account months add up to the order lines."),
        _listed(_("account {account_id}, {month:%Y-%m}: {kept_revenue} kept, {line_revenue} in the lines")),
    ),
    (
        "imports",
        "verification.import_differences",
        _("The tables hold what the imports counted."),
        _listed(_("import {import_id} of {table_name} counted {counted}, the table holds {held} ({measured})")),
    ),
    (
        "roster",
        "programme.unmatched_members",
        _("The roster is what the decisions say, each key account once."),
        _listed(_("account {account_id}: kept in the roster {is_kept}, by the decisions {is_decided}")),
    ),
    (
        "states",
        "programme.unmatched_states",
        _("Where each account stands follows from its moves, and the roster agrees."),
        _listed(_("account {account_id}: {state} by its moves, in the programme by the decisions {is_key_account}")),
    ),
    (
        "sponsors",
        "verification.unmatched_sponsors",
        _("Each key account has at most one active sponsor, as decided."),
        _listed(_("account {account_id}: kept {kept_executive_id}, decided {decided_executive_id}")),
    ),
]
