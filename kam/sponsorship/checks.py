"""What several writes of this room check first, inside their transaction: who is meant, and whether they may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam import units
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Transaction
from kam.words import _

LONGEST_TEXT = 2000

# kind of veto: how the refusal names it
VETOES = {
    "line_manager": _("Line manager of the account manager"),
    "quota_carrier": _("Carries a sales quota"),
    "conflict_of_interest": _("Conflict of interest"),
    "customer_objection": _("The customer objects"),
}


def stated(text: str, sentence: str, *, field: str = "reason", longest: int = LONGEST_TEXT) -> str:
    """The text without surrounding space. Raises BadInput with the sentence for none, or for an endless one."""
    text = text.strip()
    if not text:
        raise BadInput(sentence, reason="missing", field=field)
    return bounded(text, field=field, longest=longest)


def bounded(text: str, *, field: str, longest: int = LONGEST_TEXT) -> str:
    """The text without surrounding space. Raises BadInput where it is longer than `longest` characters."""
    text = text.strip()
    if len(text) > longest:
        if field == "reason":
            sentence = _("The reason is longer than {most} characters: shorten it.").format(most=longest)
        else:
            sentence = _("This text is longer than {most} characters: shorten it.").format(most=longest)
        raise BadInput(sentence, reason="too_long", field=field)
    return text


def account_name(tx: Transaction, account_id: str, *, must_exist: bool = True) -> str:
    """The account's name (its id where it may be missing). Raises NotFound for an unknown account."""
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    if account is None and must_exist:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    return account["name"] if account else account_id


def executive_name(tx: Transaction, executive_id: str) -> str:
    """The executive's name. Raises NotFound for one who is not on record."""
    executive = tx.one("ledgers.executives", {"executive_id": executive_id})
    if executive is None:
        raise NotFound(
            _("There is no executive {executive_id}: check the id, or import our executives first.").format(
                executive_id=executive_id
            ),
            reason="unknown_executive",
            field="executive_id",
        )
    return executive["name"]


def name_or_id(tx: Transaction, executive_id: str) -> str:
    """The executive's name; the id where they are no longer on record."""
    executive = tx.one("ledgers.executives", {"executive_id": executive_id})
    return executive["name"] if executive else executive_id


def first(tx: Transaction, relation: str, as_of: date, **values: Any) -> Mapping[str, Any] | None:
    """The first row of a relation on as_of with these values, seen from inside the transaction; None without one."""
    where = [Condition(name, "=", value) for name, value in values.items()]
    return next(iter(tx.read(relation, arguments={"as_of": as_of}, where=where, limit=1)), None)


def check_in_office(tx: Transaction, executive_id: str, executive: str, as_of: date) -> None:
    """Raises RuleBroken where the executive has left by as_of."""
    recorded = first(tx, "sponsorship.executive_standing", as_of, executive_id=executive_id)
    if recorded and recorded["left_on"] is not None:
        raise RuleBroken(
            _("{executive} left on {day}: choose an executive who is with us.").format(
                executive=executive, day=units.day(recorded["left_on"])
            ),
            reason="has_left",
            field="executive_id",
        )


def check_no_veto(
    tx: Transaction, account_id: str, account: str, executive_id: str, executive: str, as_of: date
) -> None:
    """Raises RuleBroken where a veto stands between the executive and the account on as_of."""
    veto = first(tx, "sponsorship.vetoed_pairs", as_of, account_id=account_id, executive_id=executive_id)
    if veto:
        raise RuleBroken(
            _(
                "{executive} must not sponsor {account}. {kind}, declared by {who} on {day}: {reason} "
                "Choose another executive, or have the veto withdrawn."
            ).format(
                executive=executive,
                account=account,
                kind=VETOES[veto["kind"]],
                who=veto["declared_by"],
                day=units.day(veto["declared_on"]),
                reason=veto["reason"].rstrip(".") + ".",
            ),
            reason="vetoed",
            field="executive_id",
        )


def sponsor_of(tx: Transaction, account_id: str, account: str) -> Mapping[str, Any]:
    """The active sponsor's row (executive_id, assigned_on, decision_id). Raises RuleBroken where there is none."""
    held = tx.one("sponsorship.active_sponsors", {"account_id": account_id})
    if held is None:
        raise RuleBroken(
            _("{account} has no executive sponsor: assign one first.").format(account=account),
            reason="no_sponsor",
            field="account_id",
        )
    return held
