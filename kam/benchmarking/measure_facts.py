"""The programme's measures of decisions, value, plans, handovers, training, commitments and complaints."""

from __future__ import annotations

from datetime import date

from kam.benchmarking.comparing_facts import against_the_rest, forecast_missed, gap_closed
from kam.benchmarking.fact import Fact, share_fact
from kam.programme import Worth
from kam.store import Store
from kam.words import _, several


def measure_facts(store: Store, as_of: date, worth: Worth, no_accounts: str, account_count: int) -> tuple[Fact, ...]:
    """Computed from benchmarking.measure_counts and the worth of the programme's account_count key accounts.

    no_accounts: why there is nothing to measure; empty where there is.
    """
    row = store.one("benchmarking.measure_counts", {"as_of": as_of}) or {}
    return (
        share_fact(
            "evidenced_decisions",
            _("Decisions with full evidence"),
            _("Admissions and releases of 12 months that keep the criteria and the verdict that were seen."),
            row["evidenced_decision_count"],
            row["decision_count_12m"],
            _("nothing was decided in 12 months"),
            as_of,
        ),
        _lifetime(worth, no_accounts, as_of),
        *against_the_rest(worth, account_count, no_accounts, as_of),
        forecast_missed(store, no_accounts, as_of),
        share_fact(
            "plan_completion",
            _("Plan completion"),
            _("Actions of key accounts' plans that are done, of those due in 12 months."),
            row["done_action_count"],
            row["due_action_count"],
            no_accounts or _("no action was due in 12 months"),
            as_of,
        ),
        _mean_days(
            "handover_days",
            _("Handover time"),
            _("Days from a change of manager or sponsor to the closing of its handover, mean of 12 months."),
            row["handover_days"],
            row["handover_count"],
            _("no handover was closed in 12 months"),
            as_of,
        ),
        share_fact(
            "training_done",
            _("Training against gaps"),
            _("Trainings of account managers that are done, of those due in 12 months."),
            row["done_training_count"],
            row["due_training_count"],
            _("no training was due in 12 months"),
            as_of,
        ),
        gap_closed(store, as_of),
        share_fact(
            "commitments_kept",
            _("Commitments kept"),
            _("Observations that a commitment to a key account was kept, of all of 12 months."),
            row["kept_observation_count"],
            row["observation_count"],
            no_accounts or _("no commitment was observed in 12 months"),
            as_of,
        ),
        _mean_days(
            "complaint_days",
            _("Complaint time"),
            _("Days from receipt to closing of key accounts' complaints, mean of 12 months."),
            row["complaint_days"],
            row["complaint_count"],
            no_accounts or _("no complaint was closed in 12 months"),
            as_of,
        ),
    )


def _mean_days(
    fact_id: str, name: str, meaning: str, total: int, count: int, unknown_because: str, as_of: date
) -> Fact:
    return Fact(
        fact_id=fact_id,
        name=name,
        meaning=meaning,
        value=total / count if count else None,
        unit="days",
        numerator=total,
        denominator=count,
        better="lower",
        within=None,
        unknown_because="" if count else unknown_because,
        as_of=as_of,
    )


def _lifetime(worth: Worth, no_accounts: str, as_of: date) -> Fact:
    key, everyone = worth.key_lifetime, worth.all_lifetime
    because = no_accounts
    if not because and worth.key_lifetime_unknown:
        because = several(
            "the lifetime value of {count} key account is unknown",
            "the lifetime value of {count} key accounts is unknown",
            worth.key_lifetime_unknown,
        )
    if not because and (everyone is None or everyone <= 0):
        because = _("the accounts together are worth nothing")
    return Fact(
        fact_id="key_lifetime_share",
        name=_("Lifetime value of key accounts"),
        meaning=_("Lifetime value of the key accounts, of that of all accounts where it is known."),
        value=None if because else float(key / everyone),
        unit="share",
        numerator=None if key is None else float(key),
        denominator=None if everyone is None else float(everyone),
        better="neither",
        within=None,
        unknown_because=because,
        as_of=as_of,
    )
