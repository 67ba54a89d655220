"""The assignment as whole-number programmes, solved by HiGHS one objective after the other."""

from __future__ import annotations

import math
from collections.abc import Mapping

from kam.errors import RuleBroken
from kam.sponsorship.instance import FIT_STEPS, HOUR_STEPS, LOAD_STEPS, Instance, Relaxation, Solution
from kam.words import _

_TOLERANCE = 1e-6
# Products of options above this would leave the whole numbers that the solver tells apart.
_MOST_COMBINATIONS = 100_000
# Rows per executive that hours give rise to, at the most: hours that differ from account to account would make thousands.
_MOST_ROUNDINGS = 40
# Pairs per account that are tried first, and by how much more each time.
_FEW_PER_ACCOUNT, _MORE = 6, 4
# HiGHS proves 200 accounts × 60 executives in about a second; a stage that takes longer is not waited for.
_STAGE_SECONDS = 30
_NO_SOLUTION = 2


class Model:
    """Variables: one per possible pair (0 or 1), extra places and extra hours per executive, and the maximum load."""

    def __init__(self, instance: Instance, *, with_room: bool) -> None:
        import numpy as np

        self._np = np
        self.instance = instance
        self.accounts = sorted(instance.accounts)
        self.executives = sorted(instance.caps)
        self.caps = np.array([instance.caps[e] for e in self.executives], dtype=int)
        self.room = np.array([instance.room.get(e, 0) if with_room else 0 for e in self.executives], dtype=int)
        bounded = [e in instance.available for e in self.executives]
        self.bounded = np.flatnonzero(bounded)
        given = [instance.available.get(e, 0.0) for e in self.executives]
        self.given = np.array([math.floor(HOUR_STEPS * hours + _TOLERANCE) for hours in given], dtype=int)
        asked = [instance.hours.get(account, 0.0) for account in self.accounts]
        self.asked = np.array([math.ceil(HOUR_STEPS * hours - _TOLERANCE) for hours in asked], dtype=int)
        most = int(self.asked.sum()) if with_room else 0
        self.hour_room = np.where(bounded, most, 0)
        self._check_locks()
        account_at = {account: n for n, account in enumerate(self.accounts)}
        pairs = [
            (account_at[account], number)
            for account in self.accounts
            for number, executive in enumerate(self.executives)
            if self.caps[number] + self.room[number] > 0
            and (account, executive) not in instance.vetoes
            and instance.locks.get(account, executive) == executive
        ]
        self.account = np.array([a for a, _e in pairs], dtype=int)
        self.executive = np.array([e for _a, e in pairs], dtype=int)
        self.bounds_on_stages: list[tuple] = []
        self.chosen = np.zeros(len(pairs))

    def _check_locks(self) -> None:
        locks, named = self.instance.locks, self.instance.names
        for account, executive in locks.items():
            if executive not in self.instance.caps or (account, executive) in self.instance.vetoes:
                raise RuleBroken(
                    _("{account} is locked to {executive}, who cannot sponsor it: release the lock.").format(
                        account=named.get(account, account), executive=named.get(executive, executive)
                    )
                )
        for number, executive in enumerate(self.executives):
            held = sum(1 for locked in locks.values() if locked == executive)
            if held > self.caps[number] + self.room[number]:
                raise RuleBroken(
                    _("{executive} is locked to {held} accounts but takes {cap}: release a lock.").format(
                        executive=named.get(executive, executive), held=held, cap=self.caps[number]
                    )
                )
            asked = sum(
                int(self.asked[at]) for at, account in enumerate(self.accounts) if locks.get(account) == executive
            )
            if number in self.bounded and asked > self.given[number] + self.hour_room[number]:
                raise RuleBroken(
                    _(
                        "{executive} gives {given:g} hours a year, and the locked accounts ask {asked:g}: release a lock."
                    ).format(
                        executive=named.get(executive, executive),
                        given=self.given[number] / HOUR_STEPS,
                        asked=asked / HOUR_STEPS,
                    )
                )

    # -- objectives: a whole number per pair, then per executive's extra places and extra hours, then the load --

    def _objective(self, pairs, extra: int = 0, hours: int = 0, load: int = 0):
        np = self._np
        executives = len(self.executives)
        beyond = [np.full(executives, float(extra)), np.full(executives, float(hours))]
        return np.concatenate([np.asarray(pairs, dtype=float), *beyond, [load]])

    def coverage(self):
        """Weight of the covered accounts; a locked account outweighs all others, so that locks always hold."""
        weights = [self.instance.weights.get(account, 1) for account in self.accounts]
        beyond_all = sum(weights) + 1
        weights = [
            beyond_all if account in self.instance.locks else weight
            for account, weight in zip(self.accounts, weights, strict=True)
        ]
        return self._objective([weights[a] for a in self.account])

    def fit(self):
        """Total fit in hundredths of a point."""
        points = self.instance.fit
        return self._objective(
            [round(FIT_STEPS * points.get((self.accounts[a], self.executives[e]), 0.0)) for a, e in self._pairs()]
        )

    def kept(self):
        """Accounts that keep today's sponsor."""
        today = self.instance.today
        return self._objective([today.get(self.accounts[a]) == self.executives[e] for a, e in self._pairs()])

    def maximum_load(self):
        """The busiest executive's accounts over their cap, or hours over those given, in thousandths."""
        return self._objective(self._np.zeros(len(self.account)), load=1)

    def extra(self):
        """Places beyond the caps."""
        return self._objective(self._np.zeros(len(self.account)), extra=1)

    def extra_hours(self):
        """Quarter hours beyond those given."""
        return self._objective(self._np.zeros(len(self.account)), hours=1)

    # -- solving --------------------------------------------------------------------------------------

    def minimise(self, objective) -> None:
        """Find the least value of the objective within the stages before, and hold it from now on."""
        if not len(self.account):
            return
        np = self._np
        relaxed, bound, reduced = self._relax(objective)
        whole = np.round(relaxed)
        if np.abs(relaxed - whole).max() < _TOLERANCE:
            values, best = whole, float(objective @ whole)
        else:
            values, best = self._branch_on_few(objective, bound, reduced)
        pairs = len(self.account)
        self.chosen = values[:pairs]
        self.bounds_on_stages.append((objective, best))
        self._keep((reduced[:pairs] <= best - bound + _TOLERANCE) | (self.chosen > 0.5))

    def break_ties(self) -> None:
        """Fix the accounts in order of id, each to its first possible executive, several at a time."""
        np = self._np
        everyone_covered = len(self._assigned()) == len(self.accounts)
        undecided = list(range(len(self.accounts)))
        while undecided:
            block, combinations = [], 1
            while undecided and (not block or combinations * (self._options(undecided[0]) + 1) <= _MOST_COMBINATIONS):
                account = undecided.pop(0)
                # One pair leaves no choice, unless the account might stay without a sponsor.
                if self._options(account) > everyone_covered:
                    combinations *= self._options(account) + 1
                    block.append(account)
            weight, coefficients = 1, np.zeros(len(self.account))
            for account in reversed(block):
                at = np.flatnonzero(self.account == account)
                # Uncovered is the last option, so every covered choice earns more than none.
                coefficients[at] = -weight * np.arange(len(at), 0, -1)
                weight *= len(at) + 1
            if block:
                self.minimise(self._objective(coefficients))
                self.bounds_on_stages.pop()
                self._keep(~np.isin(self.account, block) | (self.chosen > 0.5))

    def _options(self, account: int) -> int:
        return int(self._np.count_nonzero(self.account == account))

    def _keep(self, mask) -> None:
        everything = self._np.concatenate([mask, self._np.ones(2 * len(self.executives) + 1, dtype=bool)])
        self.account, self.executive, self.chosen = self.account[mask], self.executive[mask], self.chosen[mask]
        self.bounds_on_stages = [(objective[everything], best) for objective, best in self.bounds_on_stages]

    def _rows(self):
        """(matrix, upper bounds): once per account, cap, load, hours and hours' load per executive, stages before."""
        from scipy.sparse import csr_array, hstack, vstack

        np = self._np
        pairs, accounts, executives = len(self.account), len(self.accounts), len(self.executives)
        ones, at = np.ones(pairs), np.arange(pairs)

        def per_executive(coefficients, extra=None, hours=None, load=0.0):
            """One row per executive: the pairs' coefficients, −1 on the extra places or hours, and the load."""
            one_each = csr_array((-np.ones(executives), (np.arange(executives),) * 2), shape=(executives, executives))
            nothing = csr_array((executives, executives))
            return hstack(
                [
                    csr_array((coefficients, (self.executive, at)), shape=(executives, pairs)),
                    one_each if extra else nothing,
                    one_each if hours else nothing,
                    csr_array(np.full((executives, 1), load)),
                ],
                format="csr",
            )

        once = csr_array((ones, (self.account, at)), shape=(accounts, pairs + 2 * executives + 1))
        capped = per_executive(ones, extra=True)
        loaded = per_executive(np.round(LOAD_STEPS / np.maximum(self.caps, 1))[self.executive], load=-1.0)
        asked = self.asked[self.account].astype(float)
        timed = per_executive(asked, hours=True)[self.bounded]
        rounded, most = self._rounded_hours(per_executive)
        given = np.maximum(self.given, 1)[self.executive]
        busied = per_executive(np.round(LOAD_STEPS * asked / given), load=-1.0)[self.bounded]
        rows = [once, capped, loaded, timed, busied, *rounded]
        rows += [csr_array(objective[None, :]) for objective, _best in self.bounds_on_stages]
        limits = [
            np.ones(accounts),
            self.caps,
            np.zeros(executives),
            self.given[self.bounded],
            np.zeros(len(self.bounded)),
        ]
        limits += most
        limits.append([best for _o, best in self.bounds_on_stages])
        return vstack(rows, format="csc"), np.concatenate(limits).astype(float)

    def _rounded_hours(self, per_executive):
        """What follows for whole accounts from the hours: Σ ⌊t·h⌋·x ≤ ⌊t·H⌋ for any t > 0 (Chvátal and Gomory).

        The categories ask few different hours, so with t = k/h for each of them these rows leave little for branching;
        without them 200 accounts × 60 executives are not proven in half a minute.
        """
        if self.hour_room.any() or not len(self.bounded):
            return [], []
        rows, limits, seen = [], [], set()
        for hours in {int(h) for h in self.asked if h > 0}:
            for times in range(1, int(self.caps.max(initial=0)) + 2):
                coefficients = times * self.asked // hours
                key = coefficients.tobytes()
                if key not in seen:
                    seen.add(key)
                    rows.append(per_executive(coefficients[self.account].astype(float))[self.bounded])
                    limits.append((times * self.given // hours)[self.bounded])
        return rows[:_MOST_ROUNDINGS], limits[:_MOST_ROUNDINGS]

    def _upper(self):
        np = self._np
        most = LOAD_STEPS * (len(self.accounts) + 1.0 + float(self.asked.sum()))
        return np.concatenate([np.ones(len(self.account)), self.room, self.hour_room, [most]])

    def _relax(self, objective):
        """(values, value, reduced costs) of the linear relaxation."""
        from scipy.optimize import linprog

        np = self._np
        matrix, limits = self._rows()
        bounds = np.column_stack([np.zeros(len(objective)), self._upper()])
        # Simplex ends in a corner, where most of these problems are whole already.
        found = linprog(objective, A_ub=matrix, b_ub=limits, bounds=bounds, method="highs-ds")
        if found.status != 0:
            raise _unproven()
        return found.x, found.fun, found.lower.marginals

    def _branch_on_few(self, objective, bound: float, reduced):
        """(values, value) of the whole-number optimum, looked for among few promising pairs first.

        A solution with a pair left out costs at least the relaxation's bound plus that pair's reduced cost: what is found
        without reaching that is the optimum of all. Presolving all pairs at once takes longer than all of this.
        """
        np = self._np
        pairs = len(self.account)
        # The cheapest first; of equals each account's best fits, since the later stages want them.
        by_account = np.lexsort((-self.fit()[:pairs], self.account))
        begins = np.searchsorted(self.account[by_account], self.account[by_account])
        place = np.empty(pairs, dtype=int)
        place[by_account] = np.arange(pairs) - begins
        order = np.lexsort((place, reduced[:pairs]))
        whole = (self.account, self.executive, self.chosen, self.bounds_on_stages)
        count = _FEW_PER_ACCOUNT * len(self.accounts)
        while True:
            mask = np.zeros(pairs, dtype=bool)
            mask[order[:count]] = True
            everything = np.concatenate([mask, np.ones(len(objective) - pairs, dtype=bool)])
            self._keep(mask)
            try:
                found = self._branch(objective[everything])
            finally:
                self.account, self.executive, self.chosen, self.bounds_on_stages = whole
            if found is not None:
                left_out = reduced[order[count]] if count < pairs else np.inf
                if found[1] <= max(math.ceil(bound - _TOLERANCE), bound + left_out) + _TOLERANCE:
                    values = np.zeros(len(objective))
                    values[everything] = found[0]
                    return values, found[1]
            elif count >= pairs:
                raise _unproven()
            count *= _MORE

    def _branch(self, objective):
        """(values, value) of the whole-number optimum among the pairs there are; None where they allow no solution."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        matrix, limits = self._rows()
        found = milp(
            objective,
            constraints=LinearConstraint(matrix, ub=limits),
            bounds=Bounds(0, self._upper()),
            integrality=self._np.ones(len(objective)),
            options={"mip_rel_gap": 0, "time_limit": _STAGE_SECONDS},
        )
        if found.status == _NO_SOLUTION:
            return None
        if found.status != 0:
            raise _unproven()
        values = self._np.round(found.x)
        return values, float(objective @ values)

    # -- what came out --------------------------------------------------------------------------------

    def _pairs(self):
        return zip(self.account.tolist(), self.executive.tolist(), strict=True)

    def _assigned(self) -> dict[str, str]:
        return {
            self.accounts[a]: self.executives[e]
            for (a, e), chosen in zip(self._pairs(), self.chosen, strict=True)
            if chosen > 0.5
        }

    def solution(self) -> Solution:
        """The assignment that the stages arrived at."""
        assigned = self._assigned()
        held = {e: sum(1 for other in assigned.values() if other == e) for e in self.executives}
        hours = self._hours_held(assigned)
        shares = [held[e] / self.instance.caps[e] for e in self.executives if held[e]]
        shares += [hours[e] / self.instance.available[e] for e in self.instance.available if hours.get(e)]
        return Solution(
            assigned=assigned,
            total_fit=sum(self.instance.fit.get(pair, 0.0) for pair in assigned.items()),
            heaviest_load=max(shares, default=0.0),
            changes=sum(1 for account, e in self.instance.today.items() if assigned.get(account, e) != e),
        )

    def _hours_held(self, assigned: Mapping[str, str]) -> dict[str, float]:
        held: dict[str, float] = {}
        for account, e in assigned.items():
            held[e] = held.get(e, 0.0) + self.instance.hours.get(account, 0.0)
        return held

    def relaxation(self) -> Relaxation:
        """What is needed beyond caps and hours."""
        assigned = self._assigned()
        over = {e: list(assigned.values()).count(e) - self.instance.caps[e] for e in self.executives}
        hours = self._hours_held(assigned)
        late = {e: hours.get(e, 0.0) - given for e, given in self.instance.available.items()}
        return Relaxation(
            accounts={e: more for e, more in over.items() if more > 0},
            hours={e: late[e] for e in sorted(late) if late[e] > _TOLERANCE},
            covered=len(assigned),
        )


def _unproven() -> RuleBroken:
    return RuleBroken(
        _("No proposal could be proven best in time: lock some of today's sponsors, and propose again."),
        reason="unproven",
    )
