"""A cost model as people read it."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day
from kam.words import _, several


def cost_model_tables(frame: Frame, model: value.CostModel, *, key: str) -> None:
    """Pools with their periods and rates, activities with their minutes, and the file to download."""
    record_table(
        [
            {
                "name": pool.name,
                "period_from": period.period_from,
                "period_to": period.period_to,
                "cost": period.cost,
                "capacity": period.practical_capacity_minutes,
                "rate": period.rate_per_minute,
                "source": pool.source,
                "charged": _("never charged") if pool.is_business_sustaining else _("by the minute"),
            }
            for pool in model.pools
            for period in pool.periods
        ],
        [
            Column("name", _("Pool")),
            Column("period_from", _("From"), "date"),
            Column("period_to", _("To"), "date"),
            Column("cost", _("Cost"), "reporting currency"),
            Column("capacity", _("Practical capacity, minutes"), "number", decimals=0),
            Column("rate", _("Rate per minute"), "reporting currency", decimals=4),
            Column("charged", _("Charged to accounts")),
            Column("source", _("Source")),
        ],
        key=f"{key}.pools",
        title=_("Pools: what capacity costs"),
        empty="",
        currency=frame.currency,
    )
    pools = {pool.pool_id: pool.name for pool in model.pools}
    record_table(
        [
            vars(activity)
            | {
                "pool": pools[activity.pool_id],
                "counted": value.DRIVERS[activity.driver],
                "equation": equation_told(activity),
            }
            for activity in model.activities
        ],
        [
            Column("name", _("Activity")),
            Column("pool", _("Pool")),
            Column("counted", _("What is counted")),
            Column("equation", _("Minutes of one")),
            Column("source", _("Source")),
            Column("activity_code", _("Code in files")),
        ],
        key=f"{key}.activities",
        title=_("Activities: how long they take"),
        empty="",
    )
    st.download_button(
        "TOML",
        data=value.cost_model_text(model).encode(),
        file_name="cost-model.toml",
        mime="application/toml",
        key=f"{key}.toml",
        help=_("Download this model as a cost model file"),
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def equation_told(activity: value.Activity) -> str:
    """An activity's time equation: 35 + 6 for each order line + 20 where the order is a rush (priority slot)."""
    parts = [f"{activity.unit_minutes.normalize():f}"]
    for term in activity.terms:
        sign = "\N{MINUS SIGN}" if term.minutes < 0 else "+"
        parts.append(f"{sign} {abs(term.minutes).normalize():f} {_of_what(term)} ({term.name})")
    return " ".join(parts)


def _of_what(term: value.Term) -> str:
    names = value.VARIABLES
    of = names.get(term.of) or term.of.partition(":")[2]
    if term.kind == "count":
        return _("× {what}").format(what=of)
    if term.kind == "flag":
        return _("where {what}").format(what=of)
    by = names.get(term.by) or term.by
    return _("× {of} × {by}").format(of=of, by=by)


def cost_model_told(adopted: value.AdoptedCostModel) -> str:
    """Who adopted the model and why, as Markdown."""
    return escaped(
        _("Adopted by {name}: {reason}. Source: {source}").format(
            name=adopted.adopted_by, reason=adopted.reason.rstrip("."), source=adopted.model.source
        ),
        longest=1000,
    )


def cost_model_check(frame: Frame, model: value.CostModel) -> None:
    """That the draft can be adopted, its rates, and the days of the window that its pools leave open."""
    st.success(
        escaped(
            _("The draft can be adopted: {pools}, {activities}.").format(
                pools=several("{count} pool", "{count} pools", len(model.pools)),
                activities=several("{count} activity", "{count} activities", len(model.activities)),
            )
        )
    )
    gaps = value.open_days(model, frame.as_of)
    if gaps:
        st.warning(
            escaped(
                _(
                    "In the 12 months to {day}, these pools have days that no period holds; work on them has an "
                    "unknown cost: {gaps}."
                ).format(
                    day=day(frame.as_of),
                    gaps=", ".join(
                        f"{name} ({several('{count} day', '{count} days', days)})" for name, days in gaps.items()
                    ),
                ),
                longest=1000,
            )
        )
    if model.valid_from > frame.as_of:
        st.warning(
            _("The draft holds from {start} on; the readings of {day} do not use it yet.").format(
                start=day(model.valid_from), day=day(frame.as_of)
            )
        )
