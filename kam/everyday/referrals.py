"""Referrals: asked for at the right moment, given, won or lost (Kumar, Petersen & Leone 2007; METHOD 9).

What they bring stands beside lifetime value and is never added to it. Nobody is ranked by what they spend.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.everyday import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

MOMENTS = {
    "purchase": _("at a purchase"),
    "thanks": _("after thanks"),
    "success": _("after a success that both see"),
    "other": _("at another moment"),
}
ANSWERS = {"open": _("will think about it"), "named": _("named somebody"), "declined": _("declined")}
HELD_BACK = {
    "open_complaint": _("a complaint is open"),
    "red_line": _("a red line is open"),
    "declined": _("declined lately"),
    "asked_lately": _("asked lately"),
}


def ask_for_referral(
    store: Store,
    account_id: str,
    moment: str,
    *,
    asked_on: date,
    answer: str,
    note: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write down that an account was asked; returns its id (None where op_id was done already).

    Raises BadInput for an unknown moment or answer, or nothing said; RuleBroken for a day after as_of or while a complaint is
    open there; NotFound for an unknown account.
    """
    rules.one_of(moment, MOMENTS, _("The moment"), field="moment")
    rules.one_of(answer, ANSWERS, _("The answer"), field="answer")
    note = rules.stated(note, _("Write down who was asked and what was said."), field="note")
    rules.not_after(asked_on, as_of, field="asked_on")

    def change(tx: Transaction) -> int:
        name = rules.account_name(tx, account_id)
        complaints = tx.read(
            "plans.complaint_list",
            arguments={"as_of": asked_on},
            where=[Condition("account_id", "=", account_id), Condition("is_open", "=", True)],
        )
        if len(complaints):
            raise RuleBroken(
                _("A complaint of {account} is open: close it before asking a favour.").format(account=name),
                reason="open_complaint",
                field="asked_on",
            )
        return _insert(
            tx,
            "everyday.referral_asks",
            "ask_id",
            account_id=account_id,
            moment=moment,
            answer=answer,
            note=note,
            asked_on=asked_on,
        )

    return store.write(
        change,
        who=who,
        action="ask for referral",
        subject=("account", account_id),
        op_id=op_id,
        details={"moment": moment, "answer": answer, "asked_on": asked_on},
    )


def give_referral(
    store: Store,
    account_id: str,
    prospect: str,
    *,
    given_on: date,
    note: str = "",
    ask_id: int | None = None,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write down whom an account named to us; returns its id. ask_id: the asking that it answers.

    Raises BadInput without a prospect or before the asking, RuleBroken for a day after as_of, an asking of another account, or
    a prospect whom this account has named already; NotFound for an unknown account or asking.
    """
    prospect = rules.stated(prospect, _("Name the company that was referred to us."), field="prospect")
    rules.not_after(given_on, as_of, field="given_on")

    def change(tx: Transaction) -> int:
        name = rules.account_name(tx, account_id)
        if ask_id is not None:
            asked = tx.one("everyday.referral_asks", {"ask_id": ask_id})
            if asked is None or asked["account_id"] != account_id:
                raise NotFound(
                    _("{account} was not asked on that occasion: reload the page.").format(account=name),
                    reason="unknown_ask",
                    field="ask_id",
                )
            if given_on < asked["asked_on"]:
                raise BadInput(
                    _("It was asked for on {day}: a referral that answers it cannot be older.").format(
                        day=units.day(asked["asked_on"])
                    ),
                    reason="before",
                    field="given_on",
                )
        earlier = tx.read("everyday.referrals", where=[Condition("account_id", "=", account_id)])
        if prospect.casefold() in (row["prospect"].casefold() for row in earlier):
            raise RuleBroken(
                _("{account} has named {prospect} already: record what became of it.").format(
                    account=name, prospect=prospect
                ),
                reason="named_already",
                field="prospect",
            )
        return _insert(
            tx,
            "everyday.referrals",
            "referral_id",
            account_id=account_id,
            ask_id=ask_id,
            prospect=prospect,
            note=note.strip(),
            given_on=given_on,
        )

    return store.write(
        change,
        who=who,
        action="give referral",
        subject=("account", account_id),
        op_id=op_id,
        details={"prospect": prospect, "given_on": given_on},
    )


def end_referral(
    store: Store,
    referral_id: int,
    outcome: str,
    *,
    happened_on: date,
    evidence: str,
    won_account_id: str | None = None,
    would_have_come: bool | None = None,
    gross_margin: Decimal | float | None = None,
    incentive: Decimal | float | None = None,
    marketing: Decimal | float | None = None,
    acquisition_saved: Decimal | float | None = None,
    stated_share: float | None = None,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write down that a referral was won or lost; said again, the later word counts. Returns its id.

    stated_share: what the won customer says this account's word counted for, 0..1; without it the win is shared equally.
    Raises BadInput for an outcome, amount or share that is none, RuleBroken where the shares of one win come to more than 1 or
    the account would have referred itself, NotFound for an unknown referral or won account.
    """
    rules.one_of(outcome, ("won", "lost"), _("The outcome"), field="outcome")
    evidence = rules.stated(evidence, _("Say how you know it: the evidence is kept."), field="evidence")
    rules.not_after(happened_on, as_of, field="happened_on")
    facts: dict[str, Any] = {"outcome": outcome, "evidence": evidence, "happened_on": happened_on}
    if outcome == "won":
        if would_have_come is None:
            raise BadInput(
                _("Say whether the customer would have come anyway: the two are valued differently."),
                reason="missing",
                field="would_have_come",
            )
        facts |= {
            "won_account_id": won_account_id,
            "would_have_come": would_have_come,
            "gross_margin_amount": rules.money(gross_margin, field="gross_margin", may_be_negative=True),
            "incentive_amount": rules.money(incentive, field="incentive"),
            "marketing_amount": rules.money(marketing, field="marketing"),
            "acquisition_saved_amount": rules.money(acquisition_saved, field="acquisition_saved"),
            "stated_share": rules.share(stated_share, field="stated_share"),
        }

    def change(tx: Transaction) -> int:
        held = tx.one("everyday.referrals", {"referral_id": referral_id})
        if held is None:
            raise NotFound(_("This record is no longer there: reload the page."), reason="unknown_referral")
        rules.not_before(
            happened_on,
            held["given_on"],
            _("It was given on {earliest}: it cannot have ended on {day}."),
            field="happened_on",
        )
        won = facts.get("won_account_id")
        if won is not None:
            rules.account_name(tx, won)
            if won == held["account_id"]:
                raise RuleBroken(
                    _("An account cannot have referred itself: choose the customer that was won."),
                    reason="itself",
                    field="won_account_id",
                )
            _shares_fit(tx, referral_id, won, facts.get("stated_share"), as_of)
        return _insert(tx, "everyday.referral_outcomes", "outcome_id", referral_id=referral_id, **facts)

    return store.write(
        change,
        who=who,
        action="end referral",
        subject=("referral", str(referral_id)),
        op_id=op_id,
        details={name: value for name, value in facts.items() if value is not None},
    )


def _shares_fit(tx: Transaction, referral_id: int, won: str, stated: float | None, as_of: date) -> None:
    """RuleBroken where what the won customer said of all who referred it comes to more than the whole win."""
    latest: dict[int, dict[str, Any]] = {}
    for row in tx.read("everyday.referral_outcomes", order_by=[("outcome_id", False)]):
        latest[row["referral_id"]] = row
    others = [
        row["stated_share"] or 0
        for number, row in latest.items()
        if number != referral_id and row["won_account_id"] == won and row["outcome"] == "won"
    ]
    if sum(others) + (stated or 0) > 1 + 1e-9:
        raise RuleBroken(
            _("Others were credited with {share} of this win already: all shares together are one at most.").format(
                share=units.share(sum(others), decimals=0)
            ),
            reason="shares_above_one",
            field="stated_share",
        )


def _insert(tx: Transaction, table: str, key: str, **values: Any) -> int:
    number = tx.next_number(table, key)
    tx.insert(table, **{key: number}, **values, recorded_by=tx.who.name, recorded_at=tx.now)
    return number
