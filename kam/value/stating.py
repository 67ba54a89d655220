"""What every statement about an account is checked for: the account exists, texts say something, figures are in range."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from kam.errors import BadInput, NotFound
from kam.store import Transaction
from kam.units import day
from kam.words import _

LONGEST_TEXT = 2_000
LARGEST_AMOUNT = Decimal("1e15")


def account_name(tx: Transaction, account_id: str) -> str:
    """The account's name. Raises NotFound where the master has no such account."""
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    return account["name"]


def said(text: str, what: str, account_id: str, field: str) -> str:
    """The text without surrounding space. Raises BadInput where it is empty or endless, naming account and field."""
    text = text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise BadInput(
            _("{what} of account {account}: say it in 1 to {most} characters.").format(
                what=what, account=account_id, most=LONGEST_TEXT
            ),
            reason="missing" if not text else "too_long",
            field=field,
        )
    return text


def share_of(value: float | None, what: str, account_id: str, field: str) -> float:
    """The share as a number in 0..1. Raises BadInput naming account and field."""
    if value is None or not math.isfinite(value) or not 0 <= value <= 1:
        raise BadInput(
            _("{what} of account {account} is {value}: it has to lie between 0 and 1.").format(
                what=what, account=account_id, value=_("missing") if value is None else f"{value:g}"
            ),
            reason="out_of_range",
            field=field,
        )
    return float(value)


def rating_of(value: int | None, what: str, account_id: str, field: str = "rating") -> int:
    """A rating 0 to 4. Raises BadInput naming account and field."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 4:
        raise BadInput(
            _("{what} of account {account}: rate it 0 to 4.").format(what=what, account=account_id),
            reason="out_of_range",
            field=field,
        )
    return value


def amount_of(value: Decimal | float | None, what: str, account_id: str, field: str) -> Decimal:
    """Money to the cent. Raises BadInput where it is missing, endless or no number, naming account and field."""
    amount = None if value is None else Decimal(str(value))
    if amount is None or not amount.is_finite() or abs(amount) >= LARGEST_AMOUNT:
        raise BadInput(
            _("{what} of account {account}: give an amount of money.").format(what=what, account=account_id),
            reason="bad_number",
            field=field,
        )
    return amount.quantize(Decimal("0.01"))


def period_of(starts_on: date | None, ends_on: date | None, what: str, account_id: str) -> tuple[date, date]:
    """Both days of a period. Raises BadInput where one is missing or they are out of order, naming account and field."""
    if starts_on is None or ends_on is None:
        raise BadInput(
            _("{what} of account {account} has no period: give its first and its last day.").format(
                what=what, account=account_id
            ),
            reason="no_period",
            field="starts_on" if starts_on is None else "ends_on",
        )
    if ends_on < starts_on:
        raise BadInput(
            _("{what} of account {account} ends on {end}, before it starts on {start}: correct one of them.").format(
                what=what, account=account_id, end=day(ends_on), start=day(starts_on)
            ),
            reason="order",
            field="ends_on",
        )
    return starts_on, ends_on
