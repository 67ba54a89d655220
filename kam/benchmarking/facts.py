"""What the workbench's own records say about the programme, beside what people rate."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from kam import programme
from kam.access import Person
from kam.benchmarking.definitions import definitions
from kam.benchmarking.fact import Fact, share_fact
from kam.benchmarking.measure_facts import measure_facts
from kam.store import Store
from kam.words import _, several


def programme_facts(store: Store, as_of: date, *, for_whom: Person) -> tuple[Fact, ...]:
    """The programme's figures on as_of: size, sponsor coverage, contacts, reviews, contribution of key accounts, exceptions."""
    row = store.one("benchmarking.programme_counts", {"as_of": as_of}) or {}
    limits, worth = programme.limits(store, as_of), programme.worth(store, as_of)
    count = row["key_account_count"]
    no_accounts = "" if count else _("there is no key account on this day")
    found = (
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
        share_fact(
            "sponsor_coverage",
            _("Sponsor coverage"),
            _("Key accounts with an executive sponsor on record, of all key accounts."),
            row["covered_count"],
            count,
            no_accounts,
            as_of,
        ),
        share_fact(
            "contact_compliance",
            _("Executive contacts in time"),
            _("Key accounts with a sponsor and no overdue executive contact, of those with a contact cadence."),
            row["contacted_in_time_count"],
            row["cadenced_count"],
            no_accounts or _("no contact cadence is set"),
            as_of,
        ),
        share_fact(
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
        _contribution(worth, no_accounts, as_of),
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
        *measure_facts(store, as_of, worth, no_accounts, count),
    )
    return tuple(_defined(fact) for fact in found)


def restatements(store: Store, frozen: Iterable[Fact], *, for_whom: Person) -> dict[str, Fact]:
    """Facts of a closed round whose figure of the same day is another by today's records: fact id → as it is now.

    A fact that was not computed then is none: only what was stated can be restated.
    """
    frozen = {fact.fact_id: fact for fact in frozen}
    if not frozen:
        return {}
    day = next(iter(frozen.values())).as_of
    now = programme_facts(store, day, for_whom=for_whom)
    return {fact.fact_id: fact for fact in now if fact.fact_id in frozen and _differs(frozen[fact.fact_id], fact)}


def _differs(then: Fact, now: Fact) -> bool:
    if then.value is None or now.value is None:
        return then.value is not now.value
    return not math.isclose(then.value, now.value, rel_tol=1e-9, abs_tol=1e-9)


def _defined(fact: Fact) -> Fact:
    """The fact with its reviewed definition."""
    definition = definitions()[fact.fact_id]
    return fact.model_copy(
        update={
            "why": definition.why,
            "numerator_says": definition.numerator,
            "denominator_says": definition.denominator,
            "better": definition.better,
            "owner": definition.owner,
            "next_review": definition.next_review,
        }
    )


def _within(count: int, limits: programme.Limits) -> bool | None:
    if limits.at_least is None and limits.at_most is None:
        return None
    return (limits.at_least or 0) <= count <= (count if limits.at_most is None else limits.at_most)


def _contribution(worth: programme.Worth, no_accounts: str, as_of: date) -> Fact:
    key, everyone = worth.key_contribution, worth.all_contribution
    if no_accounts:
        because = no_accounts
    elif worth.all_contribution_unknown:
        because = several(
            "the contribution of {count} account is unknown",
            "the contribution of {count} accounts is unknown",
            worth.all_contribution_unknown,
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
