"""How well an executive of ours fits an account, 0–10, from what is on record.

Criteria that practitioners name for matching sponsors: the function that the customer's agenda calls for, seniority
parity with the counterpart, industry, region, language, existing professional contact, and what the pairing would
develop (weights: dated parameters, marked as judgement). Personal
friendship and the length of the relationship are no grounds, and nothing here reads them.

What is not known of an account is left out for every executive alike, the other weights keeping their
proportions; what is not known of an executive earns nothing for that executive. So fits of one account
compare, and no evidence is made up. Where nothing is known of the account the fit is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kam.sponsorship.languages import languages_named, spoken_in
from kam.words import _

# What each part is called on screen.
PARTS = {
    "function": _("Function"),
    "seniority": _("Seniority"),
    "industry": _("Industry"),
    "region": _("Region"),
    "language": _("Language"),
    "contact": _("Existing contact"),
    "development": _("Development"),
}
# What an executive does for us; what a customer's agenda may call for.
FUNCTIONS = {
    "general": _("General management"),
    "finance": _("Finance"),
    "operations": _("Operations"),
    "supply_chain": _("Supply chain"),
    "technology": _("Technology"),
    "quality": _("Quality"),
    "service": _("Service"),
    "commercial": _("Commercial"),
    "people": _("People"),
}
# What a title says of the function; the first that matches counts.
_FUNCTION_TITLES = (
    ("supply_chain", re.compile(r"\b(supply|logistics?|procurement|purchasing)\b")),
    ("quality", re.compile(r"\bquality\b")),
    ("finance", re.compile(r"\b(financ\w*|cfo|treasur\w*|controlling)\b")),
    ("operations", re.compile(r"\b(operat\w*|coo|production|manufacturing)\b")),
    ("technology", re.compile(r"\b(techn\w*|cto|cio|engineering|research|innovation|digital|information)\b")),
    ("service", re.compile(r"\bservices?\b")),
    ("commercial", re.compile(r"\b(commercial|cco|sales|marketing|cmo|revenue)\b")),
    ("people", re.compile(r"\b(people|human|hr|chro|personnel)\b")),
    (
        "general",
        re.compile(
            r"\b(chief executive|ceo|managing director|general manager|chair(man|woman|person)?|(?<!vice )(?<!vice-)president)\b"
        ),
    ),
)
FULL = 10.0
LEVELS = {"director": 1, "vice_president": 2, "c_level": 3, "board": 4}
# What titles say about level; the first that matches counts, so "vice president" stands before "president".
_TITLES = (
    (2, re.compile(r"\b(vice[ -]president|[es]?vp)\b")),
    (4, re.compile(r"\b(chair(man|woman|person)?|president|owner|board|proprietor)\b")),
    (3, re.compile(r"\b(chief|c[efotimsp]o|cpo|managing director|general manager|geschäftsführer(in)?)\b")),
    (1, re.compile(r"\b(director|head of|division manager)\b")),
    (0, re.compile(r"\b(manager|buyer|agent|engineer|assistant|representative|administrator|officer|lead)\b")),
)
DECIDERS = {"decision maker", "approver", "customer's sponsor"}


@dataclass(frozen=True)
class AccountProfile:
    """What an account is matched by. counterpart_level: 0 (manager) to 4 (board), None where no title tells.

    contacts: executive_id to the number of contacts in the window; None where nobody's contact is on record. agenda:
    functions (keys of FUNCTIONS) that the customer's agenda calls for, empty where none is noted; development:
    executive_id to points 0–10, empty where nothing is noted.
    """

    account_id: str
    industry: str | None
    region: str | None
    country: str | None
    counterpart_level: int | None
    contacts: Mapping[str, int] | None
    agenda: Collection[str] = ()
    development: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ExecutiveProfile:
    """What an executive is matched by; None or empty where it is not on record."""

    executive_id: str
    level: str | None
    region: str | None
    industries: Collection[str]
    languages: Collection[str]
    function: str | None = None


@dataclass(frozen=True)
class FitRules:
    """weights: part to its weight (≥ 0, any sum). points_lost_per_level; contacts_for_all_points."""

    weights: Mapping[str, float]
    points_lost_per_level: float
    contacts_for_all_points: float


@dataclass(frozen=True)
class Fit:
    """points: 0–10 to two decimals, None where nothing is known of the account. parts: part to its points (0–10), None where the
    executive's side is unknown; parts that are unknown of the account are missing.
    """

    points: float | None
    parts: dict[str, float | None]


def fit(account: AccountProfile, executive: ExecutiveProfile, rules: FitRules) -> Fit:
    """Weighted mean of the parts that are known of the account: Σ w·points / Σ w."""
    judged = {
        "function": _function(account, executive),
        "seniority": _seniority(account, executive, rules),
        "industry": _industry(account, executive),
        "region": _region(account, executive),
        "language": _language(account, executive),
        "contact": _contact(account, executive, rules),
        "development": (account.development.get(executive.executive_id),) if account.development else None,
    }
    parts = {part: points[0] for part, points in judged.items() if points is not None}
    weight = sum(rules.weights.get(part, 0.0) for part in parts)
    if not weight:
        return Fit(None, parts)
    earned = sum(rules.weights.get(part, 0.0) * (points or 0.0) for part, points in parts.items())
    return Fit(round(earned / weight, 2), parts)


def counterpart_level(contacts: list[tuple[str | None, str | None]]) -> int | None:
    """The highest level among the customer's deciders, 0–4, from (title, role) pairs.

    Without a decider whose title tells, the highest title among all contacts; None where no title tells.
    """
    deciders = [title_level(title) for title, role in contacts if (role or "").strip().casefold() in DECIDERS]
    everyone = [title_level(title) for title, _role in contacts]
    for levels in (deciders, everyone):
        if known := [level for level in levels if level is not None]:
            return max(known)
    return None


def title_level(title: str | None) -> int | None:
    """0 manager … 4 board, None where the title does not tell."""
    written = (title or "").casefold()
    return next((level for level, pattern in _TITLES if pattern.search(written)), None)


def title_function(title: str | None) -> str | None:
    """A key of FUNCTIONS; None where the title does not tell."""
    written = (title or "").casefold()
    return next((function for function, pattern in _FUNCTION_TITLES if pattern.search(written)), None)


# Each part: None where the account's side is unknown, else (points,) with None for an unknown executive's side.


def _function(account: AccountProfile, executive: ExecutiveProfile) -> tuple[float | None] | None:
    if not account.agenda:
        return None
    if executive.function is None:
        return (None,)
    return (FULL if executive.function in account.agenda else 0.0,)


def _seniority(account: AccountProfile, executive: ExecutiveProfile, rules: FitRules) -> tuple[float | None] | None:
    if account.counterpart_level is None:
        return None
    level = LEVELS.get(executive.level or "")
    if level is None:
        return (None,)
    return (max(0.0, FULL - rules.points_lost_per_level * abs(level - account.counterpart_level)),)


def _industry(account: AccountProfile, executive: ExecutiveProfile) -> tuple[float | None] | None:
    if not account.industry:
        return None
    if not executive.industries:
        return (None,)
    return (FULL if _folded(account.industry) in {_folded(i) for i in executive.industries} else 0.0,)


def _region(account: AccountProfile, executive: ExecutiveProfile) -> tuple[float | None] | None:
    places = {_folded(place) for place in (account.region, account.country) if place}
    based = {_folded(place) for place in re.split("[;,/]", executive.region or "") if place.strip()}
    if places & based:
        return (FULL,)
    # A country alone does not tell which region it lies in.
    if not account.region:
        return None
    return (0.0 if based else None,)


def _language(account: AccountProfile, executive: ExecutiveProfile) -> tuple[float | None] | None:
    spoken = spoken_in(account.country)
    if not spoken:
        return None
    known = languages_named(executive.languages)
    return ((FULL if spoken & known else 0.0) if known else None,)


def _contact(account: AccountProfile, executive: ExecutiveProfile, rules: FitRules) -> tuple[float | None] | None:
    if account.contacts is None:
        return None
    held = account.contacts.get(executive.executive_id, 0)
    return (min(FULL, FULL * held / rules.contacts_for_all_points),)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
