"""Grounds on which somebody may become an account's manager, and the one that does not suffice.

Source: Millman & Wilson, Developing key account management competences, 1996 (the skills of transactional selling are
not those of key account management); the KAM method of the workbench, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kam.errors import BadInput, RuleBroken
from kam.words import _

GROUNDS = {
    "competencies": _("Competencies rated against what the account requires"),
    "customer_knowledge": _("Knows the customer's business or industry"),
    "technical_knowledge": _("Knows the technology that the account needs"),
    "project_leadership": _("Has led joint projects or teams over functions"),
    "business_acumen": _("Can argue by value: finance, contracts, cost to serve"),
    "language_region": _("Speaks the language, is based in the region"),
    "room": _("Has room for the account"),
    "development": _("Development step with training and a mentor"),
    "continuity": _("Knows the account's people and history already"),
    "sales_performance": _("Sales performance so far"),
}
NOT_ALONE = "sales_performance"
SOURCE = _("Millman & Wilson, Developing key account management competences, 1996")

_SALES = re.compile(
    r"\b(best|top|star|strongest|leading|number one|no\.? ?1|highest|biggest)?[ -]*"
    r"(sellers?|salesm[ae]n|saleswom[ae]n|salespersons?|salespeople|sales ?rep(resentative)?s?|closers?|hunters?|"
    r"sales (performance|results?|figures?|record|numbers?|targets?|quotas?|ranking)|quotas?|sales|revenue|turnover|"
    r"order intake)\b",
    re.IGNORECASE,
)
# Words that say nothing of their own beside a sales figure.
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "best",
        "by",
        "company",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "highest",
        "his",
        "in",
        "is",
        "last",
        "made",
        "most",
        "of",
        "on",
        "our",
        "over",
        "she",
        "so",
        "team",
        "that",
        "the",
        "they",
        "this",
        "top",
        "was",
        "we",
        "who",
        "with",
        "year",
        "years",
        "always",
        "ever",
        "far",
        "he's",
        "she's",
        "every",
        "month",
        "quarter",
        "met",
        "beat",
        "made",
        "exceeded",
        "reached",
        "target",
        "targets",
        "achieved",
        "been",
        "being",
        "one",
        "two",
        "three",
        "four",
        "five",
        "running",
        "row",
    ]
)


def check_grounds(grounds: Sequence[str], reason: str) -> list[str]:
    """The grounds as given, once each. Raises BadInput for none, or one that is not known, RuleBroken where it is
    sales performance alone, by the ground named or by what the reason says.
    """
    chosen = list(dict.fromkeys(grounds))
    if not chosen:
        raise BadInput(
            _("Name at least one ground why this person suits this account."), reason="missing", field="grounds"
        )
    for ground in chosen:
        if ground not in GROUNDS:
            raise BadInput(
                _("{ground} is not a ground: choose among {grounds}.").format(
                    ground=ground, grounds=", ".join(GROUNDS)
                ),
                reason="unknown_ground",
                field="grounds",
            )
    if chosen == [NOT_ALONE] or says_sales_alone(reason):
        raise RuleBroken(
            _(
                "Being the best seller is no ground for managing a key account ({source}): say what else suits this "
                "person to what the account requires."
            ).format(source=SOURCE),
            reason="sales_alone",
            field="grounds" if chosen == [NOT_ALONE] else "reason",
        )
    return chosen


def says_sales_alone(reason: str) -> bool:
    """Whether a reason speaks of sales performance and of nothing else."""
    left, found = _SALES.subn(" ", reason)
    if not found:
        return False
    said = [word for word in re.findall(r"[^\W\d_][\w'-]*", left.casefold()) if word not in _EMPTY]
    return not said
