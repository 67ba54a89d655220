"""Who is a key account, since when, and does it still pass?"""

import streamlit as st

from kam import programme, selection, ui
from kam.words import _

frame = ui.page(_("Roster"), _("Who is a key account, since when, and does it still pass?"))
roster = frame.those_shown(selection.standing(frame.store, frame.as_of, for_whom=frame.person))

ui.roster_size(frame, roster)
if not roster:
    ui.empty(
        _("No account is in the programme on this day."),
        _("Judge the candidates and admit those that pass every gate."),
        page="candidates",
        label=_("See the candidates"),
    )
    st.stop()

account = next((a for a in roster if a.account_id == frame.account_id), None)
if account is not None:
    with st.container(border=True):
        st.subheader(ui.escaped(account.name), anchor=False)
        ui.place_in_programme(frame, account)
        ui.standing_table(frame, account)
        with ui.form(
            f"release.{account.account_id}", _("Release from the programme"), is_primary=False, border=False
        ) as form:
            reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Why it leaves, and what happens next"))
        if form.sent:
            with ui.refusals_shown(form):
                programme.release(
                    frame.store,
                    account.account_id,
                    as_of=frame.as_of,
                    reason=reason,
                    who=frame.person,
                    op_id=form.op_id,
                )
                form.done(
                    _("{name} was released from the programme.").format(name=account.name),
                    page="candidates",
                    label=_("See the candidates"),
                )
        with st.container(horizontal=True):
            ui.link("account", _("Open the account"), account=account.account_id)
            ui.link("roster", _("Close"))

ui.record_table(
    ui.with_states(frame, roster),
    [
        ui.Column("name", _("Account")),
        ui.Column("stands", _("State"), "status"),
        ui.Column("since", _("Since"), "date"),
        ui.Column("waits", _("Exit"), help=_("What keeps it from leaving, or its transition plan.")),
        ui.Column("category", _("Category"), "status"),
        ui.Column("admitted_on", _("Admitted on"), "date"),
        ui.Column(
            "decided_verdict", _("As decided"), "status", help=_("The verdict that was seen when it was admitted.")
        ),
        ui.Column("verdict", _("Now"), "status", help=_("By the criteria in force and the ledger as it is.")),
        ui.Column("owner", _("Account manager")),
        ui.Column("reason", _("Reason")),
    ],
    key="roster",
    title=_("Key accounts"),
    opens=("roster", {"account": "account_id"}),
    empty="",
)
