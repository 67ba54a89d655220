"""Grounds on which no account may be selected: a registry that refuses them as criteria.

Source: the KAM method, section 1.2 (Ryals' "the CEO's golf partner"; AKAM on past sales as the only
criterion). A ground is recognised by the words of the measure's name, so that `golf_friend_of_ceo` is
refused for what it is and not only as unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kam.words import _


@dataclass(frozen=True)
class ForbiddenGround:
    """words: a measure whose name holds one of these (or all words of one phrase) rests on the ground."""

    ground_id: str
    name: str
    words: frozenset[str]
    sentence: str
    source: str


def _ground(ground_id: str, name: str, words: str, sentence: str, source: str) -> ForbiddenGround:
    return ForbiddenGround(ground_id, name, frozenset(words.split()), sentence, source)


GROUNDS: tuple[ForbiddenGround, ...] = (
    _ground(
        "tenure",
        _("tenure"),
        "tenure seniority customer_since first_order first_purchase relationship_length relationship_years "
        "years_as_customer customer_age account_age",
        _("how long an account has been a customer says nothing about what it can become"),
        _("KAM method of the workbench, 1.2: tenure enters at most through a calibrated retention probability"),
    ),
    _ground(
        "friendship",
        _("personal friendship"),
        "friend friends friendship golf acquaintance sympathy personal_relationship personal_relation "
        "executive_favourite executive_favorite favourite favorite",
        _("an executive's personal friendship with a customer is no reason to invest in the account"),
        _('Ryals, How to succeed at key account management, HBR 13 July 2012: "the CEO\'s golf partner" (recalled)'),
    ),
    _ground(
        "loudness",
        _("who shouts loudest"),
        "loudness loud loudest shouting shouts pressure",
        _("pressure from a customer or a colleague is not value; it is what written criteria are there to withstand"),
        _("KAM method of the workbench, 1.2: who shouts loudest"),
    ),
    _ground(
        "prestige",
        _("prestige"),
        "prestige logo fame famous glamour brand_name",
        _("a famous name counts only as a defined reference value with evidence, never as prestige"),
        _("KAM method of the workbench, 1.2: logo prestige not tied to a defined reference value"),
    ),
    _ground(
        "historic_status",
        _("historic status"),
        "is_key_account key_account historic_status former_status legacy_status was_key_account previous_category",
        _("having been a key account before is no reason to be one now"),
        _("KAM method of the workbench, 1.2: historic status"),
    ),
    _ground(
        "owner",
        _("who owns the account"),
        "owner salesperson sales_rep salesrep account_manager",
        _("which of our people owns the account must not decide whether it is a key account"),
        _("KAM method of the workbench, 1.2: which salesperson owns it"),
    ),
)

REVENUE_ALONE = ForbiddenGround(
    "revenue_alone",
    _("revenue alone"),
    frozenset(),
    _("past sales as the only criterion overlooks what the account costs to serve and what it can become"),
    _("AKAM (akam.org), on past sales as the only criterion"),
)

# Measures of past sales: allowed among others, refused on their own.
PAST_SALES = frozenset({"revenue_12m", "revenue_24m"})


def forbidden_ground(measure: str) -> ForbiddenGround | None:
    """The forbidden ground that a measure of this name rests on, or None."""
    name = "_" + "_".join(re.findall(r"[a-z0-9]+", measure.casefold())) + "_"
    for ground in GROUNDS:
        if any(f"_{word}_" in name for word in ground.words):
            return ground
    return None


# Words that a sentence may use for something else: pressure valves, the owner of a plant, a brand name.
_AMBIGUOUS = frozenset(
    ["pressure", "owner", "brand_name", "account_manager", "key_account", "first_order", "first_purchase", "seniority"]
)


def ground_in_words(text: str) -> ForbiddenGround | None:
    """The forbidden ground that a sentence appeals to without doubt, or None."""
    said = "_" + "_".join(re.findall(r"[a-z0-9]+", text.casefold())) + "_"
    for ground in GROUNDS:
        if any(f"_{word}_" in said for word in ground.words - _AMBIGUOUS):
            return ground
    return None
