"""Relative business strength: the customer's critical success factors, with the customer's own weights (METHOD 1.3)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kam.access import Person
from kam.errors import BadInput
from kam.selection.assessed_records import check_account, checked_stale_on, stated
from kam.selection.matrix import RelativeStrength, relative_strength
from kam.store import Condition, Store, Transaction
from kam.words import _

_TABLE = "selection.strength_assessments"
FACTORS_AT_MOST = 20


@dataclass(frozen=True)
class SuccessFactor:
    """One buying criterion of the customer. customer_weight: 0 or more, on any scale. own_score, competitor_score:
    points 0..10 in the customer's eyes, None where they were not said."""

    factor: str
    customer_weight: float
    own_score: float | None
    competitor_score: float | None


@dataclass(frozen=True)
class StrengthAssessment:
    """What a customer said of us and our best competitor. strength: points, 5 at parity, and what they come from.
    is_stale: the day asked about lies after stale_on, so that it counts no more."""

    strength_id: int
    account_id: str
    competitor: str
    said_by: str
    evidence: str
    assessor: str
    assessed_on: date
    stale_on: date
    factors: tuple[SuccessFactor, ...]
    strength: RelativeStrength
    is_stale: bool


def strength_of(factors: Sequence[SuccessFactor]) -> RelativeStrength:
    """Relative strength of the factors (kam.selection.matrix). Raises BadInput for what they may not be."""
    _check(factors)
    return relative_strength(
        [factor.customer_weight for factor in factors],
        [factor.own_score for factor in factors],
        [factor.competitor_score for factor in factors],
    )


def record_strength(
    store: Store,
    account_id: str,
    factors: Sequence[SuccessFactor],
    *,
    competitor: str,
    said_by: str,
    evidence: str,
    assessed_on: date,
    stale_on: date | None = None,
    assessor: str | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record what the customer said; returns its id (None where op_id was done already).

    stale_on and assessor as in `record_assessment`. Raises BadInput for no factor, a factor without name or twice, a
    negative weight or none at all, a score outside 0..10, no competitor, nobody who said it, or no evidence;
    NotFound for an unknown account.
    """
    strength_of(factors)
    competitor = stated(competitor, _("Name the best competitor: strength is relative to one."), field="competitor")
    said_by = stated(said_by, _("Name who at the customer said it: their view counts, not ours."), field="said_by")
    evidence = stated(evidence, _("Say what it rests on: the meeting, the survey, the scorecard."))
    assessor = stated(assessor or who.name, _("Say who took it down."), field="assessor")
    stale_on = checked_stale_on(store, assessed_on, stale_on)

    def change(tx: Transaction) -> int:
        check_account(tx, account_id)
        number = tx.next_number(_TABLE, "strength_id")
        tx.insert(
            _TABLE,
            strength_id=number,
            account_id=account_id,
            competitor=competitor,
            said_by=said_by,
            evidence=evidence,
            assessor=assessor,
            assessed_on=assessed_on,
            stale_on=stale_on,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        tx.insert_many(
            "selection.success_factors",
            ("strength_id", "factor_no", "factor", "customer_weight", "own_score", "competitor_score"),
            [
                (number, at, f.factor.strip(), f.customer_weight, f.own_score, f.competitor_score)
                for at, f in enumerate(factors, 1)
            ],
        )
        return number

    return store.write(
        change,
        who=who,
        action="record success factors",
        subject=("account", account_id),
        op_id=op_id,
        details={"competitor": competitor, "assessed_on": assessed_on, "factors": len(factors)},
    )


def strength_assessment(store: Store, account_id: str, as_of: date) -> StrengthAssessment | None:
    """The latest one up to as_of, stale or not; None where there is none."""
    row = store.one("selection.strength_states", {"as_of": as_of}, where=[Condition("account_id", "=", account_id)])
    if row is None:
        return None
    factors = tuple(
        SuccessFactor(f["factor"], f["customer_weight"], f["own_score"], f["competitor_score"])
        for f in store.read(
            "selection.success_factors",
            where=[Condition("strength_id", "=", row["strength_id"])],
            order_by=[("factor_no", False)],
        )
    )
    kept = {
        name: row[name]
        for name in (
            "strength_id",
            "account_id",
            "competitor",
            "said_by",
            "evidence",
            "assessor",
            "assessed_on",
            "stale_on",
        )
    }
    return StrengthAssessment(**kept, factors=factors, strength=strength_of(factors), is_stale=row["stale_on"] < as_of)


def _check(factors: Sequence[SuccessFactor]) -> None:
    if not factors:
        raise _bad(_("Name at least one success factor of the customer."), "factors")
    if len(factors) > FACTORS_AT_MOST:
        raise _bad(_("{most} success factors are the most; a customer decides by fewer.").format(most=FACTORS_AT_MOST), "factors")  # fmt: skip
    seen: set[str] = set()
    for factor in factors:
        name = factor.factor.strip()
        if not name:
            raise _bad(_("A success factor has no name: say what the customer looks at."), "factor")
        if name.casefold() in seen:
            raise _bad(_("{factor} stands there twice: leave one out.").format(factor=name), "factor")
        seen.add(name.casefold())
        if not (math.isfinite(factor.customer_weight) and factor.customer_weight >= 0):
            raise _bad(_("The weight of {factor} is negative: a weight is 0 or more.").format(factor=name), "customer_weight")  # fmt: skip
        for field, score in (("own_score", factor.own_score), ("competitor_score", factor.competitor_score)):
            if score is not None and not 0 <= score <= 10:
                raise _bad(
                    _("A score of {factor} is {score:g}: scores lie between 0 and 10.").format(factor=name, score=score), field
                )  # fmt: skip
    if sum(factor.customer_weight for factor in factors) <= 0:
        raise _bad(_("Give at least one success factor a weight."), "customer_weight")


def _bad(sentence: str, field: str) -> BadInput:
    return BadInput(sentence, reason="bad_factors", field=field)
