"""Our executive sponsors on screen: coverage, load against the cap, the proposal, assigning and relieving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kam import sponsorship, units
from kam.ui.accounts import choose_account
from kam.ui.bar_charts import bars
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.words import _, several

_OVER = ("over_cap", "over_hard_cap")


def sponsor_figures(frame: Frame, checked: sponsorship.Checked, load: Sequence[Mapping[str, Any]]) -> None:
    """Coverage, vacancies, overdue contacts and overloaded executives, each with its rule."""
    on_day = _("as of {day}").format(day=units.day(frame.as_of))
    over = [row for row in load if row["load_state"] in _OVER]
    vacant = [row["days_vacant"] for row in checked.roster if row["days_vacant"] is not None]
    figures(
        {
            "label": _("Key accounts with a sponsor"),
            "value": _("{covered} of {all}").format(covered=checked.covered_count, all=len(checked.roster)),
            "period": on_day,
            "rule": Rule(_("Key accounts whose active sponsor is among our executives on record. Exactly one each.")),
        },
        {
            "label": _("Longest vacancy"),
            "value": max(vacant, default=0),
            "unit": "days",
            "period": on_day,
            "rule": Rule(_("Days since the account's admission or its last sponsor's relief, whichever is later.")),
        },
        {
            "label": _("Contacts overdue"),
            "value": checked.count("contact_overdue"),
            "unit": "count",
            "period": on_day,
            "rule": Rule(
                _("Executive visits later than the programme's cadence; without a visit it runs from the assignment."),
                source=_("Interactions of kind executive_visit; cadence on the Settings page"),
            ),
        },
        {
            "label": _("Executives over their cap"),
            "value": len(over),
            "unit": "count",
            "period": on_day,
            "rule": Rule(
                _("Accounts sponsored against what the executive takes, else the programme's cap."),
                inputs=[(row["name"], _load_told(row)) for row in over],
                source=_("No published cap was found; the programme's own is a judgement"),
            ),
        },
        {
            "label": _("Over the hours given"),
            "value": checked.count("over_hours") if any(row["hours_given"] is not None for row in load) else None,
            "unit": "count",
            "period": on_day,
            "unknown_because": _("nobody has said how many hours they give"),
            "rule": Rule(
                _(
                    "Hours that the accounts' categories ask (visits with preparation, travel and follow-up, calls, plan "
                    "reviews, a reserve for escalations) against the hours that the executive gives."
                ),
                inputs=[(row["name"], _hours_told(row)) for row in load if row["hours_given"] is not None],
                source=_("Hours per contact: Settings, marked as judgement; hours given: the Executives tab"),
            ),
        },
    )


def sponsor_load(frame: Frame, load: Sequence[Mapping[str, Any]]) -> None:
    """Accounts per executive as bars against the cap, and the same as a table."""
    over = [row for row in load if row["load_state"] in _OVER]
    bars(
        load,
        name="name",
        value="account_count",
        id="executive_id",
        key="load",
        title=several("{count} executive is over the cap", "{count} executives are over the cap", len(over))
        if over
        else _("No executive is over the cap"),
        subtitle=as_of_line(_("Accounts sponsored; the line is what each takes"), frame.as_of),
        empty=_("None of our executives is on record: import the table executives."),
        unit="text",
        highlight=[row["executive_id"] for row in over],
        limit="cap",
        limit_name=_("Cap"),
    )
    late = [row for row in load if row["hours_state"] == "over_hours"]
    bars(
        [row for row in load if row["hours_given"] is not None],
        name="name",
        value="hours_needed",
        id="executive_id",
        key="load_hours",
        title=several(
            "{count} executive is asked for more hours than given",
            "{count} executives are asked for more hours than given",
            len(late),
        )
        if late
        else _("Nobody is asked for more hours than they give"),
        subtitle=as_of_line(_("Hours a year that the accounts ask; the line is what each gives"), frame.as_of),
        empty=_("No executive has said how many hours they give: record it under Executives."),
        unit="hours",
        highlight=[row["executive_id"] for row in late],
        limit="hours_given",
        limit_name=_("Given"),
    )
    columns = [
        Column("name", _("Executive")),
        Column("title", _("Title")),
        Column("account_count", _("Accounts"), "count"),
        Column("cap", _("Cap"), "count"),
        Column("load_share", _("Load"), "share", decimals=0),
        Column("load_state", _("State"), "status"),
        Column("hours_needed", _("Hours asked"), "hours", decimals=0),
        Column("hours_given", _("Hours given"), "hours", decimals=0),
        Column("hours_state", _("Hours"), "status"),
        Column("deputy_count", _("Deputy for"), "count"),
        Column("left_on", _("Left on"), "date"),
    ]
    record_table(
        load,
        columns,
        key="load_table",
        title=_("Load of our executives"),
        empty=_("None of our executives is on record: import the table executives."),
    )
    record_downloads(frame, load, columns, key="load_table", title=_("Load of our executives"), ids=("executive_id",))


def sponsor_proposal(frame: Frame, proposal: sponsorship.Proposal) -> None:
    """The proposal beside today's assignment, and the form that puts chosen lines in place."""
    st.markdown(f"**{escaped(proposal.sentence)}**")
    if proposal.relaxation:
        st.warning(escaped(proposal.relaxation, longest=1000))
    record_table(
        [vars(line) | {"change": line.change} for line in frame.those_shown(proposal.lines)],
        [
            Column("name", _("Account"), "account"),
            Column("category", _("Category"), "status"),
            Column("today_name", _("Today")),
            Column("today_fit", _("Fit today"), "points", decimals=1),
            Column("executive_name", _("Proposed")),
            Column("fit", _("Fit"), "points", decimals=1, help=_fit_told()),
            Column("change", _("Change"), "status"),
        ],
        key="proposal",
        title=_("Proposed sponsors beside today's"),
        empty=_("There is no key account on this day."),
    )
    with st.expander(_("How it is found")):
        st.write(
            _(
                "An exact optimisation, one aim after the other: cover the accounts, weighted by category; then the "
                "best total fit; then the lightest load on the busiest executive; then the fewest changes; ties by id. "
                "It keeps to the caps, the hours given, the vetoes and the locks. The same records give the same proposal."
            )
        )
        st.write(_fit_told())
    moves = {line.account_id: line for line in proposal.moves}
    if not moves:
        return
    # The key names the state of the records: what is accepted is what was on the screen.
    with form(f"accept.{frame.as_of}.{proposal.version}", _("Put in place")) as accepting:
        chosen = st.multiselect(
            _("Accounts to change"),
            list(moves),
            default=list(moves),
            format_func=lambda account_id: _("{account}: {executive}").format(
                account=moves[account_id].name, executive=moves[account_id].executive_name
            ),
        )
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Kept with each decision"))
    if accepting.sent:
        with refusals_shown(accepting):
            warnings = sponsorship.accept(
                frame.store,
                [(moves[a].account_id, moves[a].today_id, moves[a].executive_id) for a in chosen],
                as_of=frame.as_of,
                reason=reason,
                who=frame.person,
                op_id=accepting.op_id,
            )
            done = several("{count} sponsor is in place.", "{count} sponsors are in place.", len(chosen))
            accepting.done(" ".join([done, *(warnings or [])]))


def assign_sponsor(frame: Frame, checked: sponsorship.Checked) -> None:
    """Choose a vacant account, see who fits, assign."""
    vacant = [(row["account_id"], row["name"]) for row in checked.roster if row["executive_id"] is None]
    if not vacant:
        st.success(_("Every key account has a sponsor. To change one, relieve the sponsor first, or use the proposal."))
        return
    account_id = choose_account(
        frame, key="assign", label=_("Key account without a sponsor"), among=vacant, chosen=frame.account_id
    )
    if account_id is None:
        return
    offered = sponsorship.candidates(frame.store, account_id, frame.as_of, for_whom=frame.person)
    record_table(
        offered,
        [
            Column("name", _("Executive")),
            Column("title", _("Title")),
            Column("fit", _("Fit"), "points", decimals=1, help=_fit_told()),
            *(Column(part, name, "points", decimals=1) for part, name in sponsorship.PARTS.items()),
            Column("account_count", _("Accounts"), "count"),
            Column("load_state", _("State"), "status"),
            Column("veto", _("Veto"), "words"),
        ],
        key="candidates",
        title=_("Who fits this account"),
        empty=_("None of our executives is on record: import the table executives."),
    )
    names = {row["executive_id"]: f"{row['name']} ({_load_told(row)})" for row in offered if row["veto"] is None}
    with form(f"assign.{account_id}", _("Assign the sponsor")) as assigning:
        executive_id = st.selectbox(_("Our executive"), list(names), format_func=names.__getitem__)
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Kept with the decision"))
    if assigning.sent:
        with refusals_shown(assigning):
            done = sponsorship.assign(
                frame.store,
                account_id,
                executive_id,
                as_of=frame.as_of,
                reason=reason,
                who=frame.person,
                op_id=assigning.op_id,
            )
            said = _("The sponsor is assigned.")
            assigning.done(
                f"{said} {done.warning}" if done and done.warning else said,
                page="account",
                label=_("See the account"),
                account=account_id,
            )


def relieve_sponsor(frame: Frame, checked: sponsorship.Checked) -> None:
    """Choose a sponsored account, see the history, relieve."""
    sponsors = {row["account_id"]: row for row in checked.roster if row["executive_id"] is not None}
    gone = {f.account_id: f.executive_id for f in checked.findings if f.rule == "not_a_key_account"}
    names = [(a, row["name"]) for a, row in sponsors.items()] + [(a, a) for a in gone]
    if not names:
        st.info(_("No account has a sponsor yet: assign one first."))
        return
    account_id = choose_account(frame, key="relieve", label=_("Account"), among=names, chosen=frame.account_id)
    if account_id is None:
        return
    executive_id = sponsors[account_id]["executive_id"] if account_id in sponsors else gone[account_id]
    record_table(
        [vars(d) for d in sponsorship.history(frame.store, account_id, for_whom=frame.person)],
        [
            Column("decided_on", _("Day"), "date"),
            Column("decision", _("Decision"), "status"),
            Column("executive_name", _("Executive")),
            Column("reason", _("Reason")),
            Column("decided_by", _("By")),
        ],
        key="history",
        title=_("Sponsors so far"),
        empty=_("Nothing has been decided yet."),
    )
    # The key names the sponsor that was on the screen.
    with form(f"relieve.{account_id}.{executive_id}", _("Relieve the sponsor")) as relieving:
        st.write(
            _("{executive} will no longer sponsor this account from {day} on.").format(
                executive=escaped(sponsors.get(account_id, {}).get("executive_name") or executive_id),
                day=units.day(frame.as_of),
            )
        )
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Kept with the decision"))
    if relieving.sent:
        with refusals_shown(relieving):
            sponsorship.relieve(
                frame.store,
                account_id,
                as_of=frame.as_of,
                reason=reason,
                who=frame.person,
                executive_id=executive_id,
                op_id=relieving.op_id,
            )
            relieving.done(_("The sponsor is relieved; the account is vacant now."))


def _load_told(row: Mapping[str, Any]) -> str:
    cap = units.UNKNOWN if row["cap"] is None else row["cap"]
    return _("{count} of {cap} accounts, {state}").format(
        count=row["account_count"], cap=cap, state=state(row["load_state"]).word
    )


def _hours_told(row: Mapping[str, Any]) -> str:
    asked = units.UNKNOWN if row["hours_needed"] is None else f"{row['hours_needed']:,.0f}"
    return _("{asked} of {given:,.0f} hours a year").format(asked=asked, given=row["hours_given"])


def _fit_told() -> str:
    return _(
        "Fit, 0–10: a function on the customer's agenda, seniority against its decision maker, industry, region, "
        "language, existing contact, what the pairing would develop. "
        "What is not known of the account is left out; what is not known of an executive earns nothing. "
        "The weights are the programme's judgement (Settings)."
    )
