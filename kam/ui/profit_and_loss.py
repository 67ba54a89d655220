"""The account's P&L as a waterfall, with the rule of each step and what is missing beneath."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.ui.bar_charts import waterfall
from kam.ui.cells import Column
from kam.ui.cost_actions import open_actions
from kam.ui.figures import months_to
from kam.ui.frame import Frame
from kam.ui.serving_drivers import account_drivers, lines_behind
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.ui.worth import cost_to_serve_table
from kam.units import short_money
from kam.words import _


def profit_and_loss(frame: Frame, worth: value.AccountValue) -> None:
    """From list price to economic profit, drawn as far as it is known, the same to the cent, the activities behind cost to
    serve, and for an account its drivers against peers, what is done about it, and the lines beneath."""
    statement = value.profit_and_loss(
        frame.store, frame.as_of, worth.account_id, level=worth.level, for_whom=frame.person
    )
    waterfall(
        [(line.label, line.amount, line.kind == "total") for line in statement.known],
        key="statement",
        title=_finding(statement, frame.currency),
        subtitle=months_to(frame.as_of) + (_(", margin estimated") if statement.is_margin_estimated else ""),
        empty=" ".join(statement.missing),
        currency=frame.currency,
    )
    st.caption(escaped(value.capital_rule(statement)))
    if statement.lines:
        for sentence in statement.missing:
            st.caption(escaped(sentence))
        with st.expander(_("To the cent")):
            record_table(
                [{"label": line.label, "amount": line.amount} for line in statement.lines],
                [Column("label", _("Line")), Column("amount", _("Amount"), "reporting currency", decimals=2)],
                key="statement-lines",
                title=_("Profit and loss of the account"),
                empty=_("The ledger holds no order line of this account up to this day."),
                currency=frame.currency,
            )
    cost_to_serve_table(frame, worth)
    if worth.level == "account":
        st.subheader(_("Against its peers"), anchor=False)
        account_drivers(frame, worth.account_id)
        open_actions(frame, worth.account_id)
        with st.expander(_("Down to the order lines"), key="account.behind") as beneath:
            if beneath.open:
                lines_behind(frame, worth.account_id)


def _finding(statement: value.ProfitAndLoss, currency: str) -> str:
    profit = statement.economic_profit
    if profit is None:
        return _("Economic profit is unknown")
    amount = short_money(abs(profit), currency)
    if profit < 0:
        return _("It destroys {amount} a year after cost to serve and capital").format(amount=amount)
    return _("{amount} of economic profit remain").format(amount=amount)
