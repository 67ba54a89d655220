"""What does it cost to serve our customers, and whom do we lose money on?"""

import streamlit as st

from kam import ui, value
from kam.words import _

frame = ui.page(_("Cost to serve"), _("What does it cost to serve our customers, and whom do we lose money on?"))
curve = value.whale_curve(frame.store, frame.as_of, for_whom=frame.person)
tied = value.reconciliation(frame.store, frame.as_of, for_whom=frame.person)


def losses():
    """What can be done about the account of the address; the tail of the curve; every account that loses money."""
    if frame.account_id:
        with st.container(border=True), ui.refusals_shown():
            ui.act_on_account(frame, frame.account_id)
    if curve is not None:
        ui.whale_chart(frame, curve)
    ui.losses(frame)


def drivers():
    """What makes accounts dear against their peers; of one account, down to its order lines."""
    ui.portfolio_drivers(frame)
    account_id = ui.choose_account(frame, key="drivers", chosen=frame.account_id)
    if account_id:
        ui.account_drivers(frame, account_id)
        ui.lines_behind(frame, account_id)


if tied.ledger_amount is None:
    ui.empty(
        _("What accounts cost to serve is unknown: no cost model is in force on this day."),
        _("Say what capacity costs and how long each kind of work takes; contribution and losses follow."),
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

ui.tabs(
    {
        _("Losses"): losses,
        _("Actions"): lambda: ui.actions_followed(frame),
        _("Drivers"): drivers,
        _("Pools"): lambda: ui.cost_of_serving(frame, tied),
        _("Activities"): lambda: ui.activities_used(frame),
        _("Direct costs"): lambda: ui.direct_costs(frame),
    }
)
