"""Appointing an account's manager: a dated decision with its grounds; the change opens a handover by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.managers.checklist import checklist
from kam.managers.grounds import check_grounds
from kam.managers.matching import candidates
from kam.managers.record import manager_there, words
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

_SEEN = ("weighted_gap", "readiness", "least_gap", "account_count", "hours_needed", "hours_given", "has_room")


@dataclass(frozen=True)
class Appointed:
    """What an appointment did. handover_id: the handover it opened, None where nobody hands over; warning: a sentence
    where the manager now carries more than they can, else None.
    """

    appointment_id: int
    handover_id: int | None
    warning: str | None


def appoint(
    store: Store,
    account_id: str,
    manager_id: str,
    *,
    grounds: Sequence[str],
    reason: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> Appointed | None:
    """Make somebody the manager of a key account from as_of on (None where op_id was done already).

    grounds: keys of GROUNDS. Raises BadInput for missing words or grounds, NotFound for an unknown account or manager,
    RuleBroken where sales performance is the only ground, for an account that is no key account, a manager who has
    left or manages it already, and a day before the last appointment.
    """
    reason = words(reason, _("Say why this person: the reason is kept with the decision."), "reason")
    chosen = check_grounds(grounds, reason)
    if not manager_id:
        raise BadInput(_("Choose the account manager to appoint."), reason="missing", field="manager_id")
    seen = next(
        (row for row in candidates(store, account_id, as_of, for_whom=who) if row["manager_id"] == manager_id), None
    )

    def change(tx: Transaction) -> Appointed:
        manager = manager_there(tx, manager_id, as_of)
        held = _key_account(tx, account_id, as_of)
        if held["manager_id"] == manager_id:
            raise RuleBroken(
                _("{manager} manages {account} already.").format(manager=manager["name"], account=held["name"]),
                reason="manages_already",
                field="manager_id",
            )
        _check_order(tx, account_id, held["name"], as_of)
        appointment_id = tx.next_number("managers.appointments", "appointment_id")
        tx.insert(
            "managers.appointments",
            appointment_id=appointment_id,
            account_id=account_id,
            manager_id=manager_id,
            appointed_on=as_of,
            grounds=chosen,
            reason=reason,
            master_owner=held["owner"],
            seen=as_json({name: seen[name] for name in _SEEN}) if seen else None,
            decided_by=who.name,
            decided_at=tx.now,
        )
        handover_id = None
        if held["manager_name"]:
            handover_id = open_record(
                tx,
                source=f"appointment:{appointment_id}",
                account_id=account_id,
                kind="manager",
                from_name=held["manager_name"],
                to_name=manager["name"],
                changed_on=as_of,
            )
        tx.note(appointment_id=appointment_id, handover_id=handover_id)
        return Appointed(appointment_id, handover_id, _warning(tx, manager_id, as_of))

    return store.write(
        change,
        who=who,
        action="appoint manager",
        subject=("account", account_id),
        op_id=op_id,
        details={"manager_id": manager_id, "appointed_on": as_of, "grounds": chosen, "reason": reason},
    )


def open_record(
    tx: Transaction,
    *,
    source: str,
    account_id: str,
    kind: str,
    from_name: str,
    to_name: str | None,
    changed_on: date,
) -> int:
    """Open the record of a handover inside the caller's transaction; returns its id, also where it is open already."""
    open_already = tx.one("managers.handovers", {"source": source})
    if open_already:
        return open_already["handover_id"]
    template = checklist(changed_on)
    handover_id = tx.next_number("managers.handovers", "handover_id")
    tx.insert(
        "managers.handovers",
        handover_id=handover_id,
        source=source,
        account_id=account_id,
        kind=kind,
        from_name=from_name,
        to_name=to_name,
        changed_on=changed_on,
        checklist_version=template.version,
        item_count=len(template.items),
        opened_by=tx.who.name,
        opened_at=tx.now,
    )
    return handover_id


def _key_account(tx: Transaction, account_id: str, as_of: date) -> dict[str, Any]:
    found = tx.read(
        "managers.holdings", arguments={"as_of": as_of}, where=[Condition("account_id", "=", account_id)], limit=1
    ).records()
    if found:
        return found[0]
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    raise RuleBroken(
        _("{account} is not a key account on {day}: its manager is whom the account master names.").format(
            account=account["name"], day=units.day(as_of)
        ),
        reason="not_key_account",
        field="account_id",
    )


def _check_order(tx: Transaction, account_id: str, account: str, as_of: date) -> None:
    last = tx.read(
        "managers.appointments",
        where=[Condition("account_id", "=", account_id)],
        order_by=[("appointed_on", True)],
        limit=1,
    )
    for row in last:
        if as_of < row["appointed_on"]:
            raise RuleBroken(
                _(
                    "The last decision about the manager of {account} is of {day}: choose that day or a later one."
                ).format(account=account, day=units.day(row["appointed_on"])),
                reason="before_last_decision",
                field="as_of",
            )


def _warning(tx: Transaction, manager_id: str, as_of: date) -> str | None:
    (load,) = tx.read(
        "managers.load", arguments={"as_of": as_of}, where=[Condition("manager_id", "=", manager_id)], limit=1
    ).records()
    if load["load_state"] != "over_cap":
        return None
    return _("{name} now manages {count} key accounts of {hours} hours a year, more than there is room for.").format(
        name=load["name"], count=load["account_count"], hours=f"{load['hours_needed']:,.0f}"
    )
