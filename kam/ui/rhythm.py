"""Who buys and how regularly: the answer, the list of accounts, and the segments (page Rhythm)."""

from __future__ import annotations

import streamlit as st

from kam.store import Condition
from kam.ui.bar_charts import bars
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.units import count
from kam.words import _, several

LIST = "programme.buying_list"
_RHYTHM = _(
    "With five gaps between purchase days or more its own rhythm decides: dormant beyond max(95 % quantile, 2 × median) "
    "of its gaps, slowing beyond the 80 % quantile. With fewer, the days of the Settings page. A running contract makes "
    "it active; below the evidence it is unknown."
)


def buying_answer(frame: Frame) -> None:
    """Who has gone quiet, in a sentence; then how many accounts are in each state, each opening to its rule."""
    quiet = _found(frame, Condition("is_alarming", "=", True))
    keys = _found(frame, Condition("is_alarming", "=", True), Condition("is_key_account", "=", True))
    seasonal = _found(frame, Condition("activity_state", "one_of", ["slowing", "dormant"])) - quiet
    told = (
        several(
            "{count} account is silent for longer than its rhythm explains",
            "{count} accounts are silent for longer than their rhythm explains",
            quiet,
        )
        if quiet
        else _("No account is silent for longer than its rhythm explains")
    )
    if quiet:
        told += "; " + (
            several("{count} of them is a key account", "{count} of them are key accounts", keys)
            if keys
            else _("none of them is a key account")
        )
    st.markdown(f"**{escaped(told)}.**")
    if seasonal:
        st.caption(
            several(
                "{count} more is silent, as it was in the same days a year before: that is its season, and no alarm.",
                "{count} more are silent, as they were in the same days a year before: their season, and no alarm.",
                seasonal,
            )
        )
    states = {
        "active": _("Active"),
        "slowing": _("Slowing"),
        "dormant": _("Dormant"),
        "unknown": _("Unknown"),
    }
    figures(
        *(
            {
                "label": label,
                "value": _found(frame, Condition("activity_state", "=", code)),
                "unit": "count",
                "period": _("accounts"),
                "rule": Rule(_RHYTHM, inputs=_inputs(frame, code), source=_("Purchase days of the ledger")),
                "key": f"state-{code}",
            }
            for code, label in states.items()
        )
    )


def _inputs(frame: Frame, code: str) -> list[tuple[str, str]]:
    bases = {
        "own_rhythm": _("By their own rhythm"),
        "days": _("By the days of the Settings page"),
        "contract": _("By a running contract"),
        "no_purchase": _("Without a purchase"),
    }
    counted = {
        label: _found(frame, Condition("activity_state", "=", code), Condition("basis", "=", basis))
        for basis, label in bases.items()
    }
    return [(label, count(number)) for label, number in counted.items() if number]


def _found(frame: Frame, *where: Condition) -> int:
    return frame.store.page(
        LIST, {"as_of": frame.as_of}, where=[*frame.narrowing(), *where], limit=1, columns=("account_id",)
    ).total


def buying_table(frame: Frame) -> None:
    """Every account with its first and last purchase, counts, scores, segment and state; the most alarming first."""
    relation_table(
        frame,
        LIST,
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
            Column("activity_state", _("Buying"), "status", help=_RHYTHM),
            Column(
                "is_alarming", _("Alarm"), help=_("Slowing or dormant, and not as silent in the same days last year.")
            ),
            Column(
                "alarming_amount", _("At stake"), "reporting currency", help=_("Revenue of all time of who alarms.")
            ),
            Column("last_purchase_on", _("Last purchase"), "date"),
            Column("recency_days", _("Silent, days"), "count"),
            Column(
                "silence_cycles", _("In own cycles"), "number", help=_("Days silent over its expected gap."), decimals=1
            ),
            Column("order_count", _("Orders"), "count", help=_("Distinct orders up to the day: n.")),
            Column("repeat_count", _("Repeats"), "count", help=_("Purchase days after the first: x.")),
            Column("segment", _("Segment"), help=_("Of the scores of recency, frequency and money; R package rfm.")),
        ],
        more=[
            Column("first_purchase_on", _("First purchase"), "date"),
            Column("age_days", _("Age, days"), "count", help=_("As-of date less the first purchase: T.")),
            Column("span_days", _("First to last, days"), "count", help=_("Last less first purchase: t_x.")),
            Column("recency_score", _("Recency, 1–5"), "count"),
            Column("frequency_score", _("Frequency, 1–5"), "count"),
            Column("money_score", _("Money, 1–5"), "count"),
            Column("revenue_amount", _("Revenue of all time"), "reporting currency"),
            Column("repeat_mean_amount", _("Mean repeat"), "reporting currency"),
            Column("median_gap_days", _("Median gap, days"), "number", decimals=0),
            Column("expected_gap_days", _("Expected gap, days"), "number", decimals=0),
            Column(
                "silence_chance",
                _("Chance of such a silence"),
                "share",
                help=_("For an account that still buys: exp(−silence / gap), Erlang for a regular buyer."),
            ),
            Column("silent_last_year", _("As silent last year")),
            Column("basis", _("Decided by"), "words"),
            Column("industry", _("Industry")),
            Column("region", _("Region")),
            Column("owner", _("Account manager")),
        ],
        key="buying",
        title=_("How each account buys"),
        where=frame.narrowing(),
        search=("name", "account_id"),
        filters={
            "activity_state": _("Buying"),
            "segment": _("Segment"),
            "basis": _("Decided by"),
            "owner": _("Account manager"),
        },
        order_by=("alarming_amount", True),
        totals=["order_count", "repeat_count"],
        empty=_("No account is in this selection: choose All under “Accounts shown”."),
    )


def segment_sizes(frame: Frame) -> None:
    """The segments with how many accounts each has and what they bring, and how they are scored."""
    rows = frame.store.read(
        "programme.segment_sizes", {"as_of": frame.as_of}, order_by=[("revenue_amount", True)]
    ).records()
    named = [row | {"segment": row["segment"] or _("Never purchased")} for row in rows]
    bars(
        [row for row in named if row["revenue_amount"] is not None],
        name="segment",
        value="revenue_amount",
        key="segments",
        title=_("{segment} bring most").format(segment=named[0]["segment"]) if named else _("Segments"),
        subtitle=as_of_line(_("Net revenue of all time by segment"), frame.as_of),
        empty=_("No account has purchased yet."),
        currency=frame.currency,
    )
    record_table(
        named,
        [
            Column("segment", _("Segment")),
            Column("account_count", _("Accounts"), "count"),
            Column("key_account_count", _("Key accounts"), "count"),
            Column("alarming_count", _("Silent beyond their rhythm"), "count"),
            Column("revenue_amount", _("Revenue of all time"), "reporting currency"),
        ],
        key="segment_sizes",
        title=_("Segments"),
        empty=_("No account has purchased yet."),
        currency=frame.currency,
    )
    st.caption(
        escaped(
            _(
                "Scores are quintiles of all accounts that ever purchased; equal values share a score. For a handful of "
                "key accounts quintiles are noise: read their silence in own cycles instead."
            ),
            longest=600,
        )
    )
