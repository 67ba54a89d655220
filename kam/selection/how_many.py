"""How many key accounts, and which: the best set within hours and sponsors beside the plain ranking (METHOD 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kam import parameters, programme
from kam.access import Person
from kam.errors import RuleBroken
from kam.selection.assessment import judging
from kam.selection.capacity import Candidate, Comparison, Limits, compare
from kam.selection.criteria import CriteriaSet
from kam.selection.matrix import CATEGORIES
from kam.selection.verdicts import account_verdict
from kam.store import Condition, Store
from kam.words import _


@dataclass(frozen=True)
class Considered:
    """An account that passes the gates. worth_amount: see `how_many`, None where the lifetime value is unknown."""

    account_id: str
    name: str
    is_key_account: bool
    category: str | None
    attractiveness: float | None
    lifetime_value: float | None
    worth_amount: float | None
    hours: float


@dataclass(frozen=True)
class HowMany:
    """The comparison with everything it rests on. parameters: by id, those that were used."""

    as_of: date
    criteria: CriteriaSet
    limits: Limits
    accounts: dict[str, Considered]
    comparison: Comparison
    parameters: dict[str, parameters.Parameter]


def how_many(
    store: Store,
    as_of: date,
    *,
    hours: float | None = None,
    sponsor_slots: int | None = None,
    at_most: int | None = None,
    for_whom: Person,
) -> HowMany:
    """The set worth most within the limits, proven optimal, beside the plain ranking by attractiveness.

    An account's worth is selection.expected_uplift × its lifetime value, reporting currency: what managing it as a
    key account is expected to add, before the managers' own cost (their time is the limit, not a price). Its hours are
    those of its category. hours: a year, of all managers (default selection.manager_hours_at_most, None: no limit).
    sponsor_slots: accounts that our executives can sponsor together, None: no limit. at_most: key accounts
    (default the programme's limit). Accounts that fail a gate or whose gate is unknown take no part.
    Raises as `judging`; RuleBroken where nobody passes or no set meets the limits, with the smallest relaxation.
    """
    bound = judging(store, as_of)
    rule = programme.limits(store, as_of)
    used = {
        name: parameters.value_at(store, name, as_of)
        for name in (
            "selection.expected_uplift",
            "selection.manager_hours_at_most",
            *(f"selection.manager_hours_{category}" for category in CATEGORIES),
        )
    }
    rows = store.page(
        "selection.verdicts",
        bound.arguments,
        where=[Condition("verdict", "=", "pass")],
        order_by=[("account_id", False)],
    )
    if not len(rows):
        raise RuleBroken(
            _("No account passes every gate of {name}: there is no set to choose.").format(name=bound.criteria.name),
            reason="nobody_passes",
        )
    uplift = used["selection.expected_uplift"].value
    accounts: dict[str, Considered] = {}
    for row in rows:
        verdict = account_verdict(bound.criteria, row)
        lifetime = None if row["lifetime_value"] is None else float(row["lifetime_value"])
        accounts[verdict.account_id] = Considered(
            account_id=verdict.account_id,
            name=verdict.name,
            is_key_account=verdict.is_key_account,
            category=verdict.category,
            attractiveness=verdict.attractiveness,
            lifetime_value=lifetime,
            worth_amount=None if lifetime is None or uplift is None else uplift * lifetime,
            hours=used[f"selection.manager_hours_{verdict.category or CATEGORIES[0]}"].value or 0.0,
        )
    limits = Limits(
        at_least=rule.at_least or 0,
        at_most=at_most if at_most is not None else len(rows) if rule.at_most is None else rule.at_most,
        hours=used["selection.manager_hours_at_most"].value if hours is None else hours,
        sponsor_slots=sponsor_slots,
    )
    candidates = [Candidate(a.account_id, a.worth_amount, a.hours, a.attractiveness) for a in accounts.values()]
    return HowMany(as_of, bound.criteria, limits, accounts, compare(candidates, limits), used)
