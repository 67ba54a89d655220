"""Vetoes: who must not sponsor whom, declared and withdrawn as dated facts, never edited.

A line manager is vetoed for every account of the account manager who reports to them, a quota carrier for all, the
other two for the one account that they are about (Geehan Group; Altify: the sponsor is no seller and nobody's line manager).
"""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.sponsorship.checks import VETOES, account_name, bounded, executive_name, first, stated
from kam.store import Condition, Store, Transaction
from kam.words import _

_OF_AN_ACCOUNT = ("conflict_of_interest", "customer_objection")


def declare_veto(
    store: Store,
    executive_id: str,
    kind: str,
    *,
    as_of: date,
    declared_by: str,
    reason: str,
    who: Person,
    account_id: str | None = None,
    owner: str | None = None,
    source: str = "",
    until: date | None = None,
    op_id: str | None = None,
) -> int | None:
    """Record that an executive must not sponsor; returns the veto's id (None where op_id was done already).

    kind: a key of VETOES. account_id: for a conflict of interest or an objection; owner: the account manager, for a
    line manager; until: the last day on which it holds. Raises BadInput for a missing part or an end before the
    beginning, NotFound for an unknown executive, account or account manager.
    """
    if kind not in VETOES:
        raise BadInput(
            _("{kind} is no veto: choose one of {kinds}.").format(kind=kind, kinds=", ".join(VETOES)),
            reason="unknown_kind",
            field="kind",
        )
    reason = stated(reason, _("Say why: the reason is kept with the veto."))
    declared_by = stated(declared_by, _("Say who declared it: a veto has an author."), field="declared_by", longest=200)
    source = bounded(source, field="source", longest=500)
    account_id, owner = _scope(kind, account_id, (owner or "").strip() or None)
    if until is not None and until < as_of:
        raise BadInput(
            _("The veto would end on {until}, before it begins: choose a later last day, or none.").format(
                until=units.day(until)
            ),
            reason="ends_before_it_begins",
            field="until",
        )

    def change(tx: Transaction) -> int:
        executive_name(tx, executive_id)
        if account_id is not None:
            account_name(tx, account_id)
        if owner is not None and not tx.one("ledgers.accounts", {"owner": owner}):
            raise NotFound(
                _("No account has the account manager {owner}: write the name as in the account master.").format(
                    owner=owner
                ),
                reason="unknown_owner",
                field="owner",
            )
        veto_id = tx.next_number("sponsorship.veto_decisions", "decision_id")
        tx.insert(
            "sponsorship.veto_decisions",
            decision_id=veto_id,
            veto_id=veto_id,
            decision="declared",
            kind=kind,
            executive_id=executive_id,
            account_id=account_id,
            owner=owner,
            decided_on=as_of,
            until_on=until,
            declared_by=declared_by,
            reason=reason,
            source=source,
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )
        tx.note(veto_id=veto_id)
        return veto_id

    return store.write(
        change,
        who=who,
        action="declare veto",
        subject=("executive", executive_id),
        op_id=op_id,
        details={"kind": kind, "account_id": account_id, "owner": owner, "decided_on": as_of, "reason": reason},
    )


def withdraw_veto(
    store: Store, veto_id: int, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> None:
    """End a veto from as_of on. Raises BadInput for no reason, NotFound for an unknown veto, RuleBroken for one
    that does not stand on as_of.
    """
    reason = stated(reason, _("Say why the veto is withdrawn: the reason is kept."))

    def change(tx: Transaction) -> None:
        known = tx.read("sponsorship.veto_decisions", where=[Condition("veto_id", "=", veto_id)], limit=1).records()
        if not known:
            raise NotFound(_("There is no veto {veto_id}.").format(veto_id=veto_id), reason="unknown_veto")
        if not first(tx, "sponsorship.vetoes", as_of, veto_id=veto_id):
            raise RuleBroken(
                _("This veto does not stand on {day}: there is nothing to withdraw.").format(day=units.day(as_of)),
                reason="not_standing",
                field="as_of",
            )
        kept = known[0]
        tx.insert(
            "sponsorship.veto_decisions",
            **{name: kept[name] for name in ("veto_id", "kind", "executive_id", "account_id", "owner", "source")},
            decision_id=tx.next_number("sponsorship.veto_decisions", "decision_id"),
            decision="withdrawn",
            decided_on=as_of,
            declared_by=tx.who.name,
            reason=reason,
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )

    store.write(
        change,
        who=who,
        action="withdraw veto",
        subject=("veto", str(veto_id)),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )


def _scope(kind: str, account_id: str | None, owner: str | None) -> tuple[str | None, str | None]:
    """(account_id, owner) that the kind needs; the other is dropped. Raises BadInput where it is missing."""
    if kind in _OF_AN_ACCOUNT:
        if account_id is None:
            raise BadInput(
                _("Choose the account that this veto is about."), reason="missing_account", field="account_id"
            )
        return account_id, None
    if kind == "line_manager":
        if owner is None:
            raise BadInput(
                _("Choose the account manager whose line manager this executive is."),
                reason="missing_owner",
                field="owner",
            )
        return None, owner
    return None, None
