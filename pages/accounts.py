"""Which accounts are there, and what is each worth after the cost of serving it?"""

import streamlit as st

from kam import ui
from kam.words import _

frame = ui.page(_("Accounts"), _("What is each account worth after the cost of serving it?"))

with st.container(horizontal=True, vertical_alignment="center"):
    level = st.segmented_control(
        _("Rows"),
        ["account", "group"],
        default="account",
        required=True,
        format_func={"account": _("Accounts"), "group": _("Groups")}.__getitem__,
        key="accounts.level",
        label_visibility="collapsed",
        persist_state="session",
    )
    by_fields = ui.field_filters(frame, key="accounts.field")

relation, given = "portfolio.account_list", {"as_of": frame.as_of, "level": level}
rows = ui.relation_table(
    frame,
    relation,
    given,
    [
        ui.Column("name", _("Account"), "account"),
        ui.Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
        ui.Column("category", _("Category"), "status"),
        ui.Column("grade", _("Grade"), help=_("A to E: how soon a deal is expected to close.")),
        ui.Column("health_state", _("Health"), "status", help=_("Its parts stand on the account's page, tab Summary.")),
        ui.Column("health", _("Points"), "points", help=_("Health of 0 to 100."), decimals=0),
        ui.Column("trend", _("Trend"), "status", help=_("Revenue of 12 months against the 12 before.")),
        ui.measure_column("revenue_12m"),
        ui.measure_column("cost_to_serve_12m"),
        ui.measure_column("contribution_12m"),
        ui.measure_column("lifetime_value"),
        ui.Column("next_date_on", _("Next date"), "date"),
        ui.Column("owner", _("Account manager")),
    ],
    more=[
        ui.Column("tags", _("Tags")),
        ui.Column("custom_fields", _("Fields")),
        ui.Column("activity_state", _("Buying"), "status", help=_("Silence against the account's own rhythm.")),
        ui.measure_column("revenue_growth_12m", _("Growth")),
        ui.Column("late_count", _("Late dates"), "count"),
        ui.Column("next_date_is", _("Next date is"), "words"),
        ui.measure_column("last_order_on"),
        ui.Column("industry", _("Industry")),
        ui.Column("region", _("Region")),
        ui.Column("country", _("Country")),
        ui.measure_column("margin_12m"),
        ui.measure_column("contribution_rate_12m"),
        ui.measure_column("orders_12m"),
        ui.measure_column("return_share_12m"),
        ui.measure_column("recency_days"),
    ],
    key=f"accounts.{level}",
    title=_("Accounts") if level == "account" else _("Groups"),
    where=[*frame.narrowing(), *by_fields],
    search=("name", "account_id", "tags", "custom_fields"),
    filters={
        "grade": _("Grade"),
        "health_state": _("Health"),
        "trend": _("Trend"),
        "industry": _("Industry"),
        "region": _("Region"),
        "owner": _("Account manager"),
        "activity_state": _("Buying"),
    },
    order_by=("revenue_12m", True),
    totals=["revenue_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value"],
    has_ticks=level == "account",
    empty=_("No account is in this selection: choose All under “Accounts shown”."),
)

if rows.rows and level == "account":
    columns = ("account_id", "name")
    ui.bulk_edit(
        frame,
        rows.total,
        lambda: ui.rows_found(frame, relation, given, key=f"accounts.{level}", columns=columns),
        key=f"accounts.{level}",
    )
