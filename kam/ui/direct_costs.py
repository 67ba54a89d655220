"""Direct costs on screen: what is traced to accounts, recording it one by one or by a file, and withdrawing it."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from kam import value
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.file_forms import empty_file
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.units import day, money
from kam.words import _, several

_TEMPLATE = "account_id,kind,description,period_from,period_to,amount,source,within_pool\n"


def direct_costs(frame: Frame) -> None:
    """What is traced to accounts in the 12 months, and the forms to record and withdraw it."""
    rows = frame.store.page(
        "value.direct_costs_in_window",
        {"as_of": frame.as_of},
        where=frame.narrowing_by_account(),
        order_by=[("window_amount", True), ("cost_id", False)],
    ).records()
    records = [row | {"kind_name": value.DIRECT_KINDS.get(row["kind"], row["kind"])} for row in rows]
    columns = [
        Column("name", _("Account"), "account"),
        Column("kind_name", _("Kind")),
        Column("description", _("What it is")),
        Column("window_amount", _("In these 12 months"), "reporting currency"),
        Column("period_from", _("From"), "date"),
        Column("period_to", _("To"), "date"),
        Column("amount", _("Of the whole period"), "reporting currency"),
        Column("within_pool", _("Taken out of the pool")),
        Column("source", _("Source")),
        Column("recorded_by", _("Recorded by")),
    ]
    st.caption(
        _(
            "Traced to one account before anything is allocated. Off-invoice items (bonus, cash discount, allowance) "
            "lead from the invoice price to the pocket price; the rest is cost to serve. A cost that a pool contains "
            "names the pool and is taken out of it, so that nothing counts twice."
        )
    )
    record_table(
        records,
        columns,
        key="direct",
        title=_("Costs traced to accounts"),
        empty=_("Nothing is traced to an account in these 12 months: record a cost here, or bring in a file."),
        currency=frame.currency,
        opens=None,
    )
    if records:
        record_downloads(
            frame, records, columns, key="direct", title=_("Direct costs"), ids=("cost_id", "account_id", "kind")
        )
    left, right = st.columns(2, gap="large")
    with left:
        _record(frame)
    with right:
        _bring_in(frame)
        _withdraw(frame, {row["cost_id"]: row for row in records})


def _record(frame: Frame) -> None:
    st.subheader(_("Record a cost"), anchor=False)
    account_id = choose_account(frame, key="direct", chosen=frame.account_id)
    adopted = value.adopted_cost_model(frame.store, frame.as_of)
    pools = {pool.pool_id: pool.name for pool in adopted.model.pools} if adopted else {}
    with form("direct", _("Record this cost")) as recording:
        kind = st.selectbox(_("Kind"), list(value.DIRECT_KINDS), format_func=value.DIRECT_KINDS.__getitem__)
        description = st.text_input(_("What it is"), max_chars=500)
        first, last = st.columns(2)
        period_from = first.date_input(_("First day"), frame.as_of.replace(month=1, day=1), format="YYYY-MM-DD")
        period_to = last.date_input(_("Last day"), frame.as_of, format="YYYY-MM-DD")
        amount = st.number_input(
            _("Amount of the whole period, {currency}").format(currency=frame.currency),
            value=None,
            min_value=0.0,
            step=100.0,
            format="%.2f",
            help=_("0 says that somebody looked and there is nothing."),
        )
        within_pool = st.selectbox(
            _("Contained in the pool"),
            list(pools),
            index=None,
            format_func=pools.__getitem__,
            placeholder=_("In no pool"),
            help=_("Then it is taken out of the pool's cost, so that it counts once."),
        )
        source = st.text_input(_("Source"), max_chars=500, placeholder=_("Where the amount comes from"))
        reason = st.text_input(_("Reason"), max_chars=500, placeholder=_("Why it belongs to this account alone"))
    if not recording.sent:
        return
    if account_id is None or amount is None:
        st.error(_("Choose the account, and give an amount."))
        return
    with refusals_shown(recording):
        cost = value.DirectCost(
            account_id,
            kind,
            description,
            period_from,
            period_to,
            Decimal(f"{amount:.2f}"),
            source,
            within_pool,
        )
        value.record_direct_costs(frame.store, [cost], reason=reason, who=frame.person, op_id=recording.op_id)
        recording.done(
            _("{kind} of {amount} is traced to {account}.").format(
                kind=value.DIRECT_KINDS[kind],
                amount=money(cost.amount, frame.currency, decimals=2),
                account=account_id,
            )
        )


def _bring_in(frame: Frame) -> None:
    st.subheader(_("Bring in a file"), anchor=False)
    with form("direct-file", _("Bring in the costs"), is_primary=False) as bringing:
        file = st.file_uploader(
            _("CSV with a row for each cost"), type="csv", max_upload_size=1, key=f"file.{bringing.op_id}"
        )
        reason = st.text_input(_("Reason for all of them"), max_chars=500)
    empty_file("direct-costs", _TEMPLATE, explained=_("Kinds: {kinds}").format(kinds=", ".join(value.DIRECT_KINDS)))
    if not bringing.sent:
        return
    if file is None:
        st.error(_("Choose a CSV file first."))
        return
    with refusals_shown(bringing):
        costs = value.read_direct_costs(file.getvalue())
        value.record_direct_costs(frame.store, costs, reason=reason, who=frame.person, op_id=bringing.op_id)
        bringing.done(several("{count} cost is recorded.", "{count} costs are recorded.", len(costs)))


def _withdraw(frame: Frame, by_id: dict[int, dict]) -> None:
    if not by_id:
        return
    st.subheader(_("Withdraw one"), anchor=False)
    with form("withdraw", _("Withdraw this cost"), is_primary=False) as withdrawing:
        cost_id = st.selectbox(
            _("Cost"),
            list(by_id),
            format_func=lambda at: f"{by_id[at]['name']}: {by_id[at]['description']} ({day(by_id[at]['period_from'])})",
        )
        reason = st.text_input(_("Why it is withdrawn"), max_chars=500)
    if withdrawing.sent:
        with refusals_shown(withdrawing):
            value.withdraw_direct_cost(frame.store, cost_id, reason=reason, who=frame.person, op_id=withdrawing.op_id)
            withdrawing.done(_("The cost is withdrawn; it stays on record with the reason."))
