"""Who earns, who loses, and what are all accounts worth?"""

from kam import ui, value
from kam.words import _

frame = ui.page(_("Value"), _("Who earns, who loses, and what are all accounts worth?"))
curve = value.whale_curve(frame.store, frame.as_of, for_whom=frame.person)
tied = value.reconciliation(frame.store, frame.as_of, for_whom=frame.person)


def profit():
    """The whale curve, and every account with revenue, margin, cost to serve, contribution and lifetime value."""
    if curve is not None:
        ui.whale_chart(frame, curve)
    ui.relation_table(
        frame,
        "programme.account_list",
        {"as_of": frame.as_of, "level": "account"},
        [
            ui.Column("name", _("Account"), "account"),
            ui.Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
            ui.measure_column("revenue_12m", _("Revenue")),
            ui.measure_column("margin_12m", _("Margin")),
            ui.measure_column("cost_to_serve_12m", _("Cost to serve")),
            ui.measure_column("contribution_12m", _("Contribution")),
            ui.measure_column("contribution_rate_12m", _("Rate")),
            ui.measure_column("lifetime_value"),
        ],
        more=[ui.Column("revenue_rank", _("Rank by revenue"), "count"), *ranks],
        key="worth",
        title=_("What each account is worth"),
        where=frame.narrowing(),
        search=("name", "account_id"),
        order_by=("contribution_12m", True),
        totals=["revenue_12m", "margin_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value"],
        opens=("account", {"account": "account_id"}),
        empty=_("No account is in this selection: choose All under “Accounts shown”."),
    )


ranks = [
    ui.Column("value_rank", _("Rank by value"), "count"),
    ui.Column("rank_gain", _("Places gained"), "count", help=_("Below 0: it looks bigger than it is worth.")),
]


def revenue_against_value():
    """Who looks big and is not worth it, and the reverse."""
    ui.rank_picture(frame)
    ui.relation_table(
        frame,
        "programme.account_list",
        {"as_of": frame.as_of, "level": "account"},
        [
            ui.Column("name", _("Account"), "account"),
            ui.Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
            ui.Column("revenue_rank", _("Rank by revenue"), "count"),
            *ranks,
            ui.measure_column("revenue_12m", _("Revenue")),
            ui.measure_column("cost_to_serve_12m", _("Cost to serve")),
            ui.measure_column("lifetime_value"),
        ],
        key="ranked",
        title=_("Rank by revenue against rank by value"),
        where=[*frame.narrowing(), ui.Condition("rank_gain", "is_known")],
        search=("name", "account_id"),
        order_by=("rank_gain", False),
        empty=_("No account has both a revenue and a lifetime value that are known."),
    )


if tied.ledger_amount is None:
    ui.empty(
        _("What accounts cost to serve is unknown: no cost model is in force on this day."),
        _("Say what capacity costs and how long each kind of work takes; contribution and lifetime value follow."),
        page="settings",
        label=_("Draft a cost model"),
        tab=_("Draft a cost model"),
    )
elif curve is None:
    ui.empty(
        _("No account's contribution is known: the order lines have no product cost."),
        _("Import costs with the lines or the products, or adopt an assumed margin rate; figures are marked then."),
        page="settings",
        label=_("Assume a margin rate"),
    )
else:
    ui.whale_answer(frame, curve)
    ui.whale_figures(frame, curve, tied)
    ui.link("cost_to_serve", _("What serving them costs, and what to do about the tail"))

ui.tabs(
    {
        _("Profit"): profit,
        _("Revenue against value"): revenue_against_value,
        _("Concentration"): lambda: ui.concentration(frame),
    }
)
