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
    """An account that passes the gates. gain_amount: what managing it adds, reporting currency, None where the lifetime
    value is unknown. cost_amount: its managers' time over its lifetime, None where an hour's cost is undecided.
    worth_amount: gain_amount − cost_amount, or the gain where no cost is decided; see `how_many`."""

    account_id: str
    name: str
    is_key_account: bool
    category: str | None
    attractiveness: float | None
    lifetime_value: float | None
    gain_amount: float | None
    cost_amount: float | None
    worth_amount: float | None
    hours: float


@dataclass(frozen=True)
class HowMany:
    """The comparison with everything it rests on. parameters: by id, those that were used.

    is_cost_subtracted: False while nobody has decided what an hour of an account manager costs. lifetime_years: years
    of contribution, and of cost, that a lifetime is worth today: r / (1 + i − r) of value.rates.
    """

    as_of: date
    criteria: CriteriaSet
    limits: Limits
    accounts: dict[str, Considered]
    comparison: Comparison
    parameters: dict[str, parameters.Parameter]
    is_cost_subtracted: bool
    lifetime_years: float | None


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

    An account's worth is selection.expected_uplift × its lifetime value less its managers' cost, reporting currency
    (METHOD 1.5: incremental value minus incremental cost). The cost of a year, hours × selection.manager_hour_cost,
    lasts as long as the contribution does and is multiplied by the same r / (1 + i − r), so that both are present
    values; while an hour's cost is undecided nothing is subtracted, and the answer says so. Its hours are those of its
    category. hours: a year, of all managers (default selection.manager_hours_at_most, None: no limit).
    sponsor_slots: accounts that our executives can sponsor together, None: no limit. at_most: key accounts
    (default the programme's limit). Accounts that fail a gate or whose gate is unknown take no part.
    Raises as `judging`; RuleBroken where nobody passes or no set meets the limits, with the smallest relaxation.
    """
    bound = judging(store, as_of)
    rule = programme.limits(store, as_of)
    used = {
        name: parameters.value_at(store, name, as_of)
        for name in (
            "programme.accounts_at_most",
            "selection.expected_uplift",
            "selection.manager_hour_cost",
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
    rates = store.one("value.rates", {"as_of": as_of})
    years = None if rates["margin_multiple"] is None else float(rates["margin_multiple"])
    hour_cost = used["selection.manager_hour_cost"].value
    yearly_to_lifetime = None if hour_cost is None or years is None else hour_cost * years
    accounts: dict[str, Considered] = {}
    for row in rows:
        verdict = account_verdict(bound.criteria, row)
        taken = used[f"selection.manager_hours_{verdict.category or CATEGORIES[0]}"].value or 0.0
        lifetime = None if row["lifetime_value"] is None else float(row["lifetime_value"])
        gain = None if lifetime is None or uplift is None else uplift * lifetime
        cost = None if yearly_to_lifetime is None else taken * yearly_to_lifetime
        accounts[verdict.account_id] = Considered(
            account_id=verdict.account_id,
            name=verdict.name,
            is_key_account=verdict.is_key_account,
            category=verdict.category,
            attractiveness=verdict.attractiveness,
            lifetime_value=lifetime,
            gain_amount=gain,
            cost_amount=cost,
            worth_amount=None if gain is None else gain - (cost or 0.0),
            hours=taken,
        )
    limits = Limits(
        at_least=rule.at_least or 0,
        at_most=at_most if at_most is not None else len(rows) if rule.at_most is None else rule.at_most,
        hours=used["selection.manager_hours_at_most"].value if hours is None else hours,
        sponsor_slots=sponsor_slots,
    )
    candidates = [Candidate(a.account_id, a.worth_amount, a.hours, a.attractiveness) for a in accounts.values()]
    compared = compare(candidates, limits)
    return HowMany(as_of, bound.criteria, limits, accounts, compared, used, yearly_to_lifetime is not None, years)
