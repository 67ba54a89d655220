"""What people judge because no ledger says it: each a measure with its unit, and what its points mean.

A judgement counts from the day it was made to the day it goes stale; after that it is unknown, as before it.
"""

from __future__ import annotations

from kam.value import Measure
from kam.words import _

_JUDGED = _("an assessment with evidence that is not stale (Assessments page)")
_RULE = _("The latest assessment up to the day, until it goes stale; else unknown")


def _points(measure_id: str, name: str, meaning: str, nothing: str, middle: str, everything: str) -> Measure:
    anchors = ((0, nothing), (5, middle), (10, everything))
    return Measure(measure_id, name, "points", meaning, "higher", _JUDGED, _RULE, anchors)


ASSESSED: dict[str, Measure] = {
    measure.measure_id: measure
    for measure in (
        Measure(
            "addressable_spend_3y",
            _("Addressable spend, three years"),
            "reporting currency",
            _("What the account will spend in the three years to come, with anybody, on what we can supply."),
            "higher",
            _JUDGED,
            _RULE,
        ),
        Measure(
            "share_of_wallet",
            _("Share of wallet"),
            "share",
            _("Our part of what the account spends today on what we can supply."),
            "higher",
            _JUDGED,
            _RULE,
        ),
        _points(
            "strategic_fit",
            _("Strategic fit"),
            _("How well what the account will need agrees with where our company is going."),
            _("It needs what we are giving up"),
            _("Half of its needs lie in fields we invest in"),
            _("It needs what our strategy names first, and drives it forward"),
        ),
        _points(
            "openness_to_partnership",
            _("Openness to partnership"),
            _("Whether the account wants to work this way: asked, not guessed."),
            _("Buys by tender and price alone, and says so"),
            _("Shares plans where asked; joint work in single projects"),
            _("Asks for a joint plan, opens its books and its board to it"),
        ),
        _points(
            "financial_stability",
            _("Financial stability"),
            _("Whether the account will be able to pay and invest over three years."),
            _("In default or under protection from creditors"),
            _("Investment grade just missed; pays, at times late"),
            _("Strong rating, low debt, pays on time in bad years too"),
        ),
        _points(
            "reference_value",
            _("Reference value"),
            _("What others buy from us because this account does: named customers, not fame."),
            _("Does not let itself be named, or nobody asks"),
            _("Has led to enquiries in its industry"),
            _("Named as the reason in orders we won in the last two years"),
        ),
        _points(
            "learning_value",
            _("Learning value"),
            _("What working for the account teaches us that we can use elsewhere."),
            _("Nothing that we do not do already"),
            _("Has improved one of our processes"),
            _("Its demands set the standard that we now offer to all"),
        ),
        _points(
            "innovation_value",
            _("Innovation value"),
            _("What we develop with the account."),
            _("Takes what is in the catalogue"),
            _("Has tested a product of ours before its launch"),
            _("Joint development with shared cost and agreed rights"),
        ),
        _points(
            "relative_strength",
            _("Relative strength"),
            _(
                "Our strength against the best competitor in the customer's eyes: 5 + (our weighted score − theirs) / 2, "
                "with the customer's own weights; 5 is parity."
            ),
            _("The competitor is better by all ten points"),
            _("Level with the best competitor"),
            _("We are better by all ten points"),
        ),
    )
}

# Worked out of the customer's success factors, never entered as one figure.
RELATIVE_STRENGTH = "relative_strength"
ENTERED: tuple[str, ...] = tuple(measure for measure in ASSESSED if measure != RELATIVE_STRENGTH)
# unit -> the least and the most that an assessment may say.
BOUNDS: dict[str, tuple[float, float]] = {"points": (0, 10), "share": (0, 1), "reporting currency": (0, 1e12)}
