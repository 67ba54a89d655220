"""The portfolio on a day: where every account in question lies in the matrix, how near to a line, how surely.

In question are accounts that pass every gate, whose gates are unknown, near misses, and key accounts. An account
with a missing score has a range, never a zero: it is listed as not placed, with what is missing (METHOD 1.3, 1.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam import parameters
from kam.access import Person
from kam.selection.assessed_records import evidence_on
from kam.selection.assessment import Judging, judging
from kam.selection.criteria import AXES, CriteriaSet
from kam.selection.matrix import CATEGORIES, CutLines, Placement, cell_probabilities, place
from kam.selection.planned_positions import PlannedPosition, planned_positions
from kam.selection.verdicts import AccountVerdict, account_verdict
from kam.store import Condition, Store

# Draws behind the shares of cells: ±0.016 with 95 % confidence at worst.
DRAWS = 4_000
SEED = 20_120_713
# Accounts that are looked at together; the largest contributions first.
MOST = 500
_IN_QUESTION = (
    Condition("verdict", "=", "pass"),
    Condition("is_key_account", "=", True),
    Condition("is_near_miss", "=", True),
    Condition("verdict", "=", "unknown"),
)


@dataclass(frozen=True)
class PortfolioAccount:
    """An account in question. contribution_amount: 12 months, reporting currency, None where unknown.

    placement: None where a score is unknown. probability: share of draws in each cell, by category. missing: the
    measures without which it cannot be placed. owner: its account manager. planned: where it is meant to be.
    """

    verdict: AccountVerdict
    owner: str | None
    contribution_amount: Decimal | None
    placement: Placement | None
    probability: dict[str, float]
    missing: tuple[str, ...]
    planned: PlannedPosition | None = None


@dataclass(frozen=True)
class Portfolio:
    """The accounts in question on a day, by contribution.

    in_question: how many there are before the limit of `MOST`. unscored_axes: axes for which the criteria hold no
    score; nobody can be placed then. score_noise: standard deviation of one score, points; draws, seed: of the
    shares of cells.
    """

    as_of: date
    criteria: CriteriaSet
    cuts: CutLines
    cut_sources: dict[str, parameters.Parameter]
    accounts: tuple[PortfolioAccount, ...]
    in_question: int
    unscored_axes: tuple[str, ...]
    score_noise: parameters.Parameter
    draws: int = DRAWS
    seed: int = SEED

    @property
    def placed(self) -> tuple[PortfolioAccount, ...]:
        """Those with both scores."""
        return tuple(account for account in self.accounts if account.placement is not None)

    @property
    def unplaced(self) -> tuple[PortfolioAccount, ...]:
        """Those of which a score is unknown."""
        return tuple(account for account in self.accounts if account.placement is None)


def portfolio(
    store: Store,
    as_of: date,
    criteria: CriteriaSet | None = None,
    *,
    where: Sequence[Condition] = (),
    for_whom: Person,
) -> Portfolio:
    """Every account in question with its place, its distance to the nearest line, and the chance of each cell.

    where: narrows the accounts. The chance of a cell is the share of `DRAWS` random draws in which every score
    varies with the standard deviation of the parameter selection.score_noise (normal, cut to 0..10), weights as
    they are; without a noise it is 1 or 0. Raises as `judging`.
    """
    bound = judging(store, as_of, criteria)
    cut_sources = {axis: parameters.value_at(store, f"selection.{axis}_cut", as_of) for axis in AXES}
    latest = max(cut_sources.values(), key=lambda cut: cut.valid_from)
    cuts = CutLines(
        cut_sources["attractiveness"].value, cut_sources["strength"].value, latest.valid_from, latest.source
    )
    noise = parameters.value_at(store, "selection.score_noise", as_of)
    rows, total = _in_question(store, bound, where)
    account_ids = [row["account_id"] for row in rows]
    evidence = evidence_on(store, as_of, account_ids, bound.criteria.measures)
    verdicts = [account_verdict(bound.criteria, row, evidence) for row in rows]
    plans = planned_positions(store, as_of, account_ids)
    chances = _chances(bound.criteria, verdicts, cuts, noise.value or 0.0)
    accounts = tuple(
        PortfolioAccount(
            verdict=verdict,
            owner=row["owner"],
            contribution_amount=row["contribution_12m"],
            placement=None
            if verdict.attractiveness is None or verdict.strength is None
            else place(verdict.attractiveness, verdict.strength, cuts),
            probability=chance,
            missing=tuple(dict.fromkeys(s.measure for s in verdict.scores if s.points is None and s.weight > 0)),
            planned=plans.get(verdict.account_id),
        )
        for row, verdict, chance in zip(rows, verdicts, chances, strict=True)
    )
    unscored = tuple(axis for axis in AXES if not bound.criteria.scores_of(axis))
    return Portfolio(as_of, bound.criteria, cuts, cut_sources, accounts, total, unscored, noise)


def _in_question(store: Store, bound: Judging, where: Sequence[Condition]) -> tuple[list[dict], int]:
    """The rows of the accounts in question, largest contribution first, and how many there are."""
    found: dict[str, dict] = {}
    for condition in _IN_QUESTION:
        rows = store.page(
            "selection.verdicts",
            bound.arguments,
            where=[*where, condition],
            order_by=[("contribution_12m", True), ("account_id", False)],
        )
        found |= {row["account_id"]: row for row in rows}
    # Key accounts are never cut off; then what is known and large.
    ordered = sorted(
        found.values(),
        key=lambda row: (
            not row["is_key_account"],
            row["verdict"] == "unknown",
            -float(row["contribution_12m"] or 0),
            row["account_id"],
        ),
    )
    kept = ordered[:MOST]
    kept.sort(key=lambda row: (-float(row["contribution_12m"] or 0), row["account_id"]))
    return kept, len(ordered)


def _chances(
    criteria: CriteriaSet, verdicts: Sequence[AccountVerdict], cuts: CutLines, noise: float
) -> list[dict[str, float]]:
    """The share of draws in each cell for each account; empty where an axis has no score."""
    if not verdicts or not all(criteria.scores_of(axis) for axis in AXES):
        return [{} for _verdict in verdicts]
    import numpy as np

    from kam.selection.robustness import uncertain, weighted_draws

    scores = {}
    for number, axis in enumerate(AXES):
        at = [k for k, score in enumerate(criteria.scores) if score.axis == axis]
        points = np.array([[v.scores[k].points for k in at] for v in verdicts], dtype=float)
        weights = np.tile([criteria.scores[k].weight for k in at], (DRAWS, 1))
        scores[axis] = weighted_draws(uncertain(points, deviation=noise), weights, seed=SEED + number)
    cells = cell_probabilities(scores["attractiveness"], scores["strength"], cuts)
    return [{cell: float(cells[cell][row]) for cell in CATEGORIES} for row in range(len(verdicts))]
