"""What is this account worth, and who stands behind it?"""

import streamlit as st

from kam import selection, ui, value
from kam.units import day
from kam.words import _

frame = ui.page(_("Account"), _("What is this account worth, and who stands behind it?"), of_account=True)
store, on_day = frame.store, {"as_of": frame.as_of}
accounts = on_day | {"level": "account"}
this = [ui.Condition("account_id", "=", frame.account_id)]

account = store.page("programme.account_list", accounts, where=this, limit=1).records()[0]
group = [ui.Condition("group_id", "=", account["group_id"])]
members = store.page("programme.account_list", accounts, where=group, limit=2).total
top = store.one("ledgers.accounts", where=[ui.Condition("account_id", "=", account["group_id"])])
sponsor = store.one("sponsorship.roster_sponsors", on_day, where=this) or {}

ui.facts(
    [
        ("", ui.state(account["category"] or "key_account") if account["is_key_account"] else None),
        (_("Buying"), ui.state(account["activity_state"])),
        (_("Our executive sponsor"), sponsor.get("executive_name") or (ui.state("vacant") if sponsor else None)),
        (_("Account manager"), account["owner"]),
        (_("Group"), top["name"] if members > 1 else None),
        (_("Industry"), account["industry"]),
        (_("Region"), account["region"]),
        (_("Last purchase"), day(account["last_order_on"])),
    ]
)
level = "account"
if members > 1 and account["group_id"] == frame.account_id:
    level = st.segmented_control(
        _("Figures of"),
        ["account", "group"],
        default="account",
        required=True,
        format_func={"account": _("This account"), "group": _("Its whole group")}.__getitem__,
        key="account.level",
        label_visibility="collapsed",
    )
worth = value.account_value(store, frame.as_of, frame.account_id, level=level, for_whom=frame.person)


def summary():
    """What it is worth, how that came about, and how it stands against the gates."""
    ui.measures(
        frame,
        worth.measures,
        ["lifetime_value", "contribution_12m", "cost_to_serve_12m", "revenue_12m"],
        worth=worth,
        change={"revenue_12m": worth.measures["revenue_growth_12m"]},
    )
    left, right = st.columns(2, gap="large")
    with left:
        ui.revenue_trend(frame, worth)
    with right:
        ui.profit(frame, worth)
    st.subheader(_("Against the criteria"), anchor=False)
    held = selection.adopted(store, frame.as_of)
    if held is None:
        ui.empty(_("No criteria hold on this day."), _("Adopt a criteria set first."), page="criteria")
        return
    judged = account["group_id"] if held.criteria.level == "group" else frame.account_id
    st.caption(ui.escaped(held.criteria.name))
    ui.verdict_table(frame, selection.assess_account(store, judged, frame.as_of, for_whom=frame.person))


def business():
    """What is running and what may come."""
    st.subheader(_("Opportunities"), anchor=False)
    ui.ledger_table(frame, "opportunities", where=this)
    st.subheader(_("Contracts"), anchor=False)
    ui.ledger_table(frame, "contracts", where=this)


def decisions():
    """What was decided about it, and everything that was recorded."""
    history = store.read(
        "reviews.account_history",
        on_day | {"of_account": frame.account_id},
        order_by=[("happened_on", True), ("decision_id", True)],
    )
    ui.record_table(
        history.records(),
        [
            ui.Column("happened_on", _("Day"), "date"),
            ui.Column("decision", _("Decision"), "status"),
            ui.Column("outcome", _("Outcome"), "words"),
            ui.Column("reason", _("Reason or notes")),
            ui.Column("decided_by", _("By")),
        ],
        key="history",
        title=_("Decisions and reviews"),
        empty=_("Nothing has been decided about this account yet."),
    )
    with st.expander(_("Audit trail")):
        ui.audit_trail(frame, "account", frame.account_id)


def group_accounts():
    """The accounts of its group."""
    ui.relation_table(
        frame,
        "programme.account_list",
        accounts,
        [
            ui.Column("name", _("Account"), "account"),
            ui.Column("is_key_account", _("Key"), "flag"),
            ui.measure_column("revenue_12m"),
            ui.measure_column("contribution_12m"),
            ui.measure_column("last_order_on"),
            ui.Column("activity_state", _("Buying"), "status"),
        ],
        key="members",
        title=_("Accounts of the group"),
        where=group,
        order_by=("revenue_12m", True),
        totals=["revenue_12m", "contribution_12m"],
    )


ui.tabs(
    {
        _("Summary"): summary,
        _("Value"): lambda: ui.profit_and_loss(frame, worth),
        _("Lifetime value"): lambda: ui.lifetime_of_account(frame),
        _("People"): lambda: ui.ledger_table(frame, "contacts", where=this),
        _("Business"): business,
        _("Dealings"): lambda: ui.ledger_table(
            frame, "interactions", where=[*this, ui.Condition("occurred_on", "<=", frame.as_of)]
        ),
        _("Decisions"): decisions,
    }
    | ({_("Group"): group_accounts} if members > 1 else {})
)
