"""A new account beside those that began as it does, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import everyday
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.units import day, short_money
from kam.words import _, several

_RULE = _(
    "Of the facts known of both: industry, region, country and channel are the same; orders, revenue and products of the first days lie within a "
    "factor. Only accounts that began at least 12 months ago, and not at the ledger's own begin."
)

_SPREADS = {
    "revenue_year_1": _("Their first 12 months, middle"),
    "revenue_year_2": _("Their next 12 months, middle"),
    "contribution_year_1": _("Contribution, first year"),
    "contribution_year_2": _("Contribution, next year"),
}


def look_alikes_of(frame: Frame, account: Mapping[str, Any]) -> None:
    """Draws nothing for an account that is not new: it has a history of its own."""
    found = everyday.look_alikes(frame.store, account["account_id"], frame.as_of)
    if found is None:
        return
    if found.is_thin:
        title = several(
            "{count} account began as this one does: too few to say what to expect",
            "{count} accounts began as this one does: too few to say what to expect",
            len(found.rows),
        )
    else:
        title = _("{dormant} of {count} accounts that began as this one does have stopped buying").format(
            dormant=found.count("activity_state", "dormant"), count=len(found.rows)
        )
    st.subheader(title, anchor=False)
    said = _("New since {day}; compared over the first {days} days").format(day=day(found.first_on), days=found.of_days)
    more = _("{shown} of {total} shown").format(shown=len(found.rows), total=found.total)
    st.caption(" · ".join([said, *([more] if found.total > len(found.rows) else [])]))
    if found.rows:
        _figures(frame, found)
    record_table(
        [row | {"alike": f"{row['alike_count']} / {row['known_count']}"} for row in found.rows],
        [
            Column("name", _("Account"), "account"),
            Column("is_key_account", _("Key"), "flag"),
            Column("alike", _("Alike in")),
            Column("alike_in", _("Which")),
            Column("revenue_year_1", _("Revenue, first 12 months"), "reporting currency"),
            Column(
                "contribution_year_1",
                _("Contribution, first 12 months"),
                "reporting currency",
                estimated_by="is_estimated",
            ),
            Column("revenue_year_2", _("Revenue, next 12 months"), "reporting currency"),
            Column(
                "contribution_year_2",
                _("Contribution, next 12 months"),
                "reporting currency",
                estimated_by="is_estimated",
            ),
            Column("contribution_12m", _("Contribution now"), "reporting currency"),
            Column("activity_state", _("Buying now"), "status"),
        ],
        key="look-alikes",
        title=_("Look-alikes"),
        empty=_("No account that began at least 12 months ago is alike in enough of what is known."),
        currency=frame.currency,
    )
    st.caption(_RULE)


def _figures(frame: Frame, found: everyday.LookAlikes) -> None:
    figures(*[_spread(frame, found, name) for name in everyday.SPREADS])
    key = found.count("is_key_account", True)
    st.markdown(
        several("{count} of them is a key account", "{count} of them are key accounts", key)
        + "; "
        + several("{count} has stopped buying", "{count} have stopped buying", found.count("activity_state", "dormant"))
        + "."
    )


def _spread(frame: Frame, found: everyday.LookAlikes, name: str) -> dict[str, Any]:
    """A figure: the middle, and beneath it where the middle half lies and of how many."""
    held = found.spreads[name]
    known = _("{count} of {all} known").format(count=held.known, all=len(found.rows))
    period = known
    if held.middle is not None:
        period = _("half of them {lower} to {upper}; {known}").format(
            lower=short_money(held.lower, frame.currency), upper=short_money(held.upper, frame.currency), known=known
        )
    return {
        "label": _SPREADS[name],
        "value": held.middle,
        "unit": "reporting currency",
        "currency": frame.currency,
        "period": period,
        "unknown_because": _("fewer than {count} are known").format(count=found.at_least),
        "rule": Rule(
            _RULE,
            missing=_(
                "A year that is not over is unknown, and so is a contribution without product cost or without a cost model in force at the year's end."
            ),
            source=_(
                "everyday.alike_share, everyday.alike_factor and everyday.look_alikes_at_least on the Settings page"
            ),
        ),
        "key": f"alike-{name}",
    }
