"""Who passes every gate, and what keeps the others out?"""

import streamlit as st

from kam import selection, ui
from kam.words import _

frame = ui.page(_("Candidates"), _("Who passes every gate, and what keeps the others out?"))

if selection.adopted(frame.store, frame.as_of) is None:
    ui.empty(
        _("No criteria hold on this day."),
        _("Adopt written eligibility criteria first; every account is then judged by them."),
        page="criteria",
        label=_("Draft criteria"),
    )
    st.stop()
bound = selection.judging(frame.store, frame.as_of)
counted = ui.verdict_tally(frame, bound)
ui.link("criteria", ui.escaped(_("Criteria: {name}").format(name=bound.criteria.name)))

if frame.account_id:
    with st.container(border=True):
        verdict = selection.assess_account(frame.store, frame.account_id, frame.as_of, for_whom=frame.person)
        st.subheader(ui.escaped(verdict.name), anchor=False)
        ui.verdict_table(frame, verdict)
        with st.expander(_("How the scores come about")):
            ui.score_table(frame, verdict)
        if verdict.is_key_account:
            ui.link("roster", _("It is a key account: see the roster"), account=frame.account_id)
        else:
            with ui.form(f"admit.{frame.account_id}", _("Admit to the programme"), border=False) as form:
                reason = st.text_area(
                    _("Reason"), max_chars=2000, placeholder=_("Why this account, in a sentence or two")
                )
            if form.sent:
                with ui.refusals_shown(form):
                    selection.admit(
                        frame.store,
                        frame.account_id,
                        as_of=frame.as_of,
                        reason=reason,
                        who=frame.person,
                        op_id=form.op_id,
                    )
                    form.done(
                        _("{name} is a key account now.").format(name=verdict.name),
                        page="roster",
                        label=_("See the roster"),
                    )
            ui.put_forward(frame, frame.account_id, verdict.name)
        with st.container(horizontal=True):
            ui.link("account", _("Open the account"), account=frame.account_id)
            ui.link("cycles", _("Ask for an exception"), account=frame.account_id, tab=_("Exceptions"))
            ui.link("candidates", _("Close"))

narrowed = ui.verdict_filter(counted, key="candidates.show")
ui.relation_table(
    frame,
    "selection.verdicts",
    bound.arguments,
    [
        ui.Column("name", _("Account")),
        ui.Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
        ui.Column("verdict", _("Verdict"), "status"),
        *[ui.measure_column(gate) for gate in dict.fromkeys(gate.measure for gate in bound.criteria.gates)],
        ui.Column(
            "attractiveness_low",
            _("Attractiveness"),
            "points",
            decimals=1,
            help=_("0–10; what unknown scores leave at least."),
        ),
        ui.Column(
            "strength_low", _("Strength"), "points", decimals=1, help=_("0–10; what unknown scores leave at least.")
        ),
        ui.Column("category", _("Category"), "status"),
    ],
    more=[
        ui.Column("attractiveness_high", _("Attractiveness, at most"), "points", decimals=1),
        ui.Column("strength_high", _("Strength, at most"), "points", decimals=1),
        ui.Column("fail_count", _("Gates failed"), "count"),
        ui.Column("shortfall_share", _("Furthest miss of a threshold"), "share"),
        ui.Column("owner", _("Account manager")),
        ui.Column("industry", _("Industry")),
        ui.Column("region", _("Region")),
        ui.Column("country", _("Country")),
    ],
    key="candidates",
    title=_("Candidates"),
    where=[*frame.narrowing(), *narrowed],
    search=("name", "account_id"),
    filters={"industry": _("Industry"), "region": _("Region"), "category": _("Category")},
    order_by=("attractiveness_low", True),
    opens=("candidates", {"account": "account_id"}),
    empty=_("No account has this verdict: choose All."),
)
