"""What the key accounts and all accounts are worth: the sums that the programme's own measures compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam.store import Condition, Store

_LIST = "programme.account_list"
_KEY = Condition("is_key_account", "=", True)
_BOUGHT = Condition("revenue_12m", "is_known")
_NEVER_BOUGHT = Condition("revenue_12m", "is_missing")
_NO_CONTRIBUTION = Condition("contribution_12m", "is_missing")


@dataclass(frozen=True)
class Worth:
    """Amounts in the reporting currency, None where none is known.

    key_contribution, all_contribution: contribution in (as_of − 12 months, as_of]; key_lifetime, all_lifetime: lifetime
    value. …_unknown: accounts whose figure is unknown; all_contribution_unknown leaves out accounts without any line up
    to as_of, unless they are key accounts. …_known: accounts whose figure is known.
    """

    key_contribution: Decimal | None
    key_contribution_unknown: int
    all_contribution: Decimal | None
    all_contribution_known: int
    all_contribution_unknown: int
    key_lifetime: Decimal | None
    key_lifetime_known: int
    key_lifetime_unknown: int
    all_lifetime: Decimal | None
    all_lifetime_known: int


def worth(store: Store, as_of: date) -> Worth:
    """The worth of the programme on as_of, from the account list that the pages keep in memory: read once for all."""
    arguments = {"as_of": as_of, "level": "account"}

    def count(*where: Condition) -> int:
        return store.page(_LIST, arguments, columns=("account_id",), where=where, limit=1).total

    amounts = ["contribution_12m", "lifetime_value"]
    key = store.sums(_LIST, arguments, amounts, where=[_KEY])
    everyone = store.sums(_LIST, arguments, amounts)
    key_count, (key_lifetime, lifetimes_known) = count(_KEY), key["lifetime_value"]
    key_contribution, contributions_known = key["contribution_12m"]
    return Worth(
        key_contribution=key_contribution,
        key_contribution_unknown=key_count - contributions_known,
        all_contribution=everyone["contribution_12m"][0],
        all_contribution_known=everyone["contribution_12m"][1],
        all_contribution_unknown=count(_NO_CONTRIBUTION, _BOUGHT) + count(_NO_CONTRIBUTION, _NEVER_BOUGHT, _KEY),
        key_lifetime=key_lifetime,
        key_lifetime_known=lifetimes_known,
        key_lifetime_unknown=key_count - lifetimes_known,
        all_lifetime=everyone["lifetime_value"][0],
        all_lifetime_known=everyone["lifetime_value"][1],
    )
