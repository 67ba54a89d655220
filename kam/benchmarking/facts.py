"""What the workbench's own records say about the programme, beside what people rate."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kam import programme
from kam.access import Person
from kam.benchmarking.scoring import Frozen
from kam.store import Store
from kam.words import _, several


class Fact(Frozen):
    """A figure of the programme on a day. value: in unit, None where unknown (unknown_because says why).

    numerator, denominator: of a share, as they are shown. within: whether the programme's own rule is met, None
    where there is none.
    """

    fact_id: str
    name: str
    meaning: str
    value: float | None
    unit: Literal["share", "accounts", "reviews", "requests"]
    numerator: float | None
    denominator: float | None
    better: Literal["higher", "lower", "neither"]
    within: bool | None
    unknown_because: str
    as_of: date


def programme_facts(store: Store, as_of: date, *, for_whom: Person) -> tuple[Fact, ...]:
    """The programme's figures on as_of: size, sponsor coverage, contacts, reviews, contribution of key accounts, exceptions."""
    row = store.one("benchmarking.programme_counts", {"as_of": as_of}) or {}
    limits = programme.limits(store, as_of)
    count = row["key_account_count"]
    no_accounts = "" if count else _("there is no key account on this day")
    return (
        Fact(
            fact_id="key_accounts",
            name=_("Key accounts"),
            meaning=_("Accounts in the programme; the rule allows {least} to {most}.").format(
                least=_("any") if limits.at_least is None else limits.at_least,
                most=_("any number") if limits.at_most is None else limits.at_most,
            ),
            value=count,
            unit="accounts",
            numerator=None,
            denominator=None,
            better="neither",
            within=_within(count, limits),
            unknown_because="",
            as_of=as_of,
        ),
        _share(
            "sponsor_coverage",
            _("Sponsor coverage"),
            _("Key accounts with an executive sponsor on record, of all key accounts."),
            row["covered_count"],
            count,
            no_accounts,
            as_of,
        ),
        _share(
            "contact_compliance",
            _("Executive contacts in time"),
            _("Key accounts with a sponsor and no overdue executive contact, of those with a contact cadence."),
            row["contacted_in_time_count"],
            row["cadenced_count"],
            no_accounts or _("no contact cadence is set"),
            as_of,
        ),
        _share(
            "reviews_in_time",
            _("Reviews in time"),
            _("Key accounts without an overdue review, of those with a review cycle."),
            row["reviewed_in_time_count"],
            row["review_due_count"],
            no_accounts or _("no review cycle is set"),
            as_of,
        ),
        Fact(
            fact_id="reviews_held",
            name=_("Reviews held"),
            meaning=_("Reviews of today's key accounts held in the 12 months up to the day."),
            value=row["held_review_count"],
            unit="reviews",
            numerator=None,
            denominator=None,
            better="higher",
            within=None,
            unknown_because="",
            as_of=as_of,
        ),
        _contribution(row, no_accounts, as_of),
        Fact(
            fact_id="exceptions_refused",
            name=_("Exceptions refused"),
            meaning=_(
                "Requests for an exception that the programme refused in the 12 months up to the day, of those recorded."
            ),
            value=row["exception_refused_count"],
            unit="requests",
            numerator=row["exception_refused_count"],
            denominator=row["exception_request_count"],
            better="neither",
            within=None,
            unknown_because="",
            as_of=as_of,
        ),
    )


def _within(count: int, limits: programme.Limits) -> bool | None:
    if limits.at_least is None and limits.at_most is None:
        return None
    return (limits.at_least or 0) <= count <= (count if limits.at_most is None else limits.at_most)


def _share(fact_id: str, name: str, meaning: str, part: int, whole: int, unknown_because: str, as_of: date) -> Fact:
    return Fact(
        fact_id=fact_id,
        name=name,
        meaning=meaning,
        value=part / whole if whole else None,
        unit="share",
        numerator=part,
        denominator=whole,
        better="higher",
        within=None,
        unknown_because="" if whole else unknown_because,
        as_of=as_of,
    )


def _contribution(row: dict, no_accounts: str, as_of: date) -> Fact:
    key, everyone = row["key_contribution_amount"], row["all_contribution_amount"]
    if no_accounts:
        because = no_accounts
    elif row["all_unknown_count"]:
        because = several(
            "the contribution of {count} account is unknown",
            "the contribution of {count} accounts is unknown",
            row["all_unknown_count"],
        )
    elif everyone is None or everyone <= 0:
        because = _("the accounts together contribute nothing")
    else:
        because = ""
    return Fact(
        fact_id="key_contribution_share",
        name=_("Contribution of key accounts"),
        meaning=_(
            "Contribution after cost to serve of the key accounts, of that of all accounts, 12 months to the day."
        ),
        value=None if because else float(key / everyone),
        unit="share",
        numerator=None if key is None else float(key),
        denominator=None if everyone is None else float(everyone),
        better="neither",
        within=None,
        unknown_because=because,
        as_of=as_of,
    )
