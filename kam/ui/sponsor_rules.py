"""Vetoes, locks and deputies on screen, and what an executive gives: who may not, who stays, who helps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kam import sponsorship
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.words import _, several

_REASON = 2000


def sponsor_vetoes(frame: Frame, checked: sponsorship.Checked, load: Sequence[Mapping[str, Any]]) -> None:
    """The vetoes that stand, declaring one and withdrawing one."""
    standing = frame.store.read(
        "sponsorship.vetoes", {"as_of": frame.as_of}, order_by=[("executive_name", False), ("veto_id", False)]
    ).records()
    record_table(
        [
            row | {"about": row["account_name"] or row["owner"] or _("every key account")}
            for row in frame.those_shown(standing)
        ],
        [
            Column("executive_name", _("Executive")),
            Column("kind", _("Veto"), "words"),
            Column("about", _("About")),
            Column("declared_on", _("Since"), "date"),
            Column("until_on", _("Until"), "date"),
            Column("declared_by", _("Declared by")),
            Column("reason", _("Reason")),
        ],
        key="vetoes",
        title=_("Vetoes"),
        empty=_("No veto is on record: every executive may sponsor every key account."),
    )
    names = {row["account_id"]: row["name"] for row in checked.roster}
    owners = sorted({row["owner"] for row in checked.roster if row["owner"]})
    with st.expander(_("Declare a veto")), form("veto", _("Declare the veto"), border=False) as declaring:
        executive_id = _executive(load, _("Executive"))
        kind = st.selectbox(_("Veto"), list(sponsorship.VETOES), format_func=sponsorship.VETOES.__getitem__)
        account_id = st.selectbox(
            _("Account (conflict of interest, objection)"), list(names), index=None, format_func=names.__getitem__
        )
        owner = st.selectbox(_("Account manager (line manager)"), owners, index=None)
        declared_by = st.text_input(_("Declared by"), max_chars=200)
        reason = st.text_area(_("Reason"), max_chars=_REASON)
        source = st.text_input(_("Source"), max_chars=500, placeholder=_("A letter, minutes, a register"))
        until = st.date_input(_("Last day"), value=None, format="YYYY-MM-DD", help=_("Empty: until withdrawn."))
    if declaring.sent:
        with refusals_shown(declaring):
            sponsorship.declare_veto(
                frame.store,
                executive_id,
                kind,
                as_of=frame.as_of,
                declared_by=declared_by,
                reason=reason,
                source=source,
                account_id=account_id,
                owner=owner,
                until=until,
                who=frame.person,
                op_id=declaring.op_id,
            )
            declaring.done(_("The veto stands from now on, in assignments and in the proposal."))
    if standing:
        _withdraw(frame, standing)


def _withdraw(frame: Frame, standing: list[dict]) -> None:
    told = {
        row["veto_id"]: f"{row['executive_name']}: {sponsorship.VETOES[row['kind']]}"
        f" ({row['account_name'] or row['owner'] or _('every key account')})"
        for row in standing
    }
    with st.expander(_("Withdraw a veto")), form("unveto", _("Withdraw the veto"), border=False) as withdrawing:
        veto_id = st.selectbox(_("Veto to withdraw"), list(told), format_func=told.__getitem__)
        reason = st.text_input(_("Why it is withdrawn"), max_chars=_REASON)
    if withdrawing.sent:
        with refusals_shown(withdrawing):
            sponsorship.withdraw_veto(
                frame.store, veto_id, as_of=frame.as_of, reason=reason, who=frame.person, op_id=withdrawing.op_id
            )
            withdrawing.done(_("The veto is withdrawn."))


def sponsor_locks(frame: Frame, checked: sponsorship.Checked) -> None:
    """Which sponsors stay in every proposal, and changing that."""
    sponsored = {row["account_id"]: row for row in checked.roster if row["executive_id"] is not None}
    locked = [row for row in sponsored.values() if row["is_locked"]]
    st.markdown(
        several(
            "**{count} sponsor stays in every proposal.**", "**{count} sponsors stay in every proposal.**", len(locked)
        )
    )
    record_table(
        frame.those_shown(locked),
        [Column("name", _("Account"), "account"), Column("executive_name", _("Our executive sponsor"))],
        key="locks",
        title=_("Locked sponsors"),
        empty=_("Nobody is locked: the proposal may change every sponsor."),
    )
    if not sponsored:
        return
    with form("lock", _("Lock or release"), border=False) as locking:
        account_id = st.selectbox(
            _("Sponsorship to lock, or to release"),
            list(sponsored),
            format_func=lambda a: (
                f"{sponsored[a]['name']}: {sponsored[a]['executive_name'] or sponsored[a]['executive_id']}"
                f"{' · ' + _('locked') if sponsored[a]['is_locked'] else ''}"
            ),
        )
        reason = st.text_input(_("Reason"), max_chars=_REASON, key=f"lock.{locking.op_id}")
    if locking.sent:
        with refusals_shown(locking):
            decide = sponsorship.unlock if sponsored[account_id]["is_locked"] else sponsorship.lock
            decide(frame.store, account_id, as_of=frame.as_of, reason=reason, who=frame.person, op_id=locking.op_id)
            locking.done(
                _("The sponsor is released: a proposal may change it.")
                if sponsored[account_id]["is_locked"]
                else _("The sponsor is locked: a proposal leaves it.")
            )


def sponsor_deputies(frame: Frame, checked: sponsorship.Checked, load: Sequence[Mapping[str, Any]]) -> None:
    """Who stands in for whom; naming a deputy, or letting one stand down."""
    deputised = [row for row in checked.roster if row["deputy_id"] is not None]
    record_table(
        frame.those_shown(deputised),
        [
            Column("name", _("Account"), "account"),
            Column("executive_name", _("Our executive sponsor")),
            Column("deputy_name", _("Deputy")),
        ],
        key="deputies",
        title=_("Deputies"),
        empty=_("No sponsor has a deputy; one is optional."),
    )
    sponsored = {row["account_id"]: row["name"] for row in checked.roster if row["executive_id"] is not None}
    if sponsored:
        with st.expander(_("Name a deputy")), form("deputy", _("Name the deputy"), border=False) as naming:
            account_id = st.selectbox(_("Account"), list(sponsored), format_func=sponsored.__getitem__)
            executive_id = _executive(load, _("Deputy"))
            reason = st.text_input(_("Reason"), max_chars=_REASON, key=f"deputy.{naming.op_id}")
        if naming.sent:
            with refusals_shown(naming):
                sponsorship.name_deputy(
                    frame.store,
                    account_id,
                    executive_id,
                    as_of=frame.as_of,
                    reason=reason,
                    who=frame.person,
                    op_id=naming.op_id,
                )
                naming.done(_("The deputy is named."))
    if deputised:
        names = {row["account_id"]: f"{row['name']}: {row['deputy_name']}" for row in deputised}
        with st.expander(_("Let a deputy stand down")), form("stand_down", _("Stand down"), border=False) as ending:
            account_id = st.selectbox(_("Deputy of"), list(names), format_func=names.__getitem__)
            reason = st.text_input(_("Reason"), max_chars=_REASON, key=f"stand_down.{ending.op_id}")
        if ending.sent:
            with refusals_shown(ending):
                sponsorship.stand_down(
                    frame.store, account_id, as_of=frame.as_of, reason=reason, who=frame.person, op_id=ending.op_id
                )
                ending.done(_("The deputy stands down."))


def executive_facts(frame: Frame, checked: sponsorship.Checked, load: Sequence[Mapping[str, Any]]) -> None:
    """Hours that executives give, who has left, and what the fit reads beyond the masters."""
    left, right = st.columns(2, gap="large")
    with left:
        _hours(frame, load)
        _presence(frame, load)
    with right:
        _agenda(frame, checked)
        _development(frame, checked, load)
    facts = frame.store.read(
        "sponsorship.fit_fact_list", {"as_of": frame.as_of}, order_by=[("account_name", False), ("fact_id", False)]
    ).records()
    record_table(
        frame.those_shown(facts),
        [
            Column("account_name", _("Account"), "account"),
            Column("kind", _("Note"), "words"),
            Column("functions", _("Functions on its agenda")),
            Column("executive_name", _("Executive")),
            Column("points", _("Development"), "points"),
            Column("noted_on", _("Noted"), "date"),
            Column("source", _("Source")),
        ],
        key="fit_facts",
        title=_("What the fit reads beyond the masters"),
        empty=_("No agenda and no development value is noted: the fit leaves both out."),
    )


def _hours(frame: Frame, load: Sequence[Mapping[str, Any]]) -> None:
    with form("hours", _("Record the hours")) as giving:
        st.markdown(f"**{_('Hours a year for key accounts')}**")
        executive_id = _executive(load, _("Executive who gives them"))
        hours = st.number_input(_("Hours a year"), min_value=0.0, max_value=8760.0, value=None, step=5.0)
        reason = st.text_input(_("Agreed by whom, when"), max_chars=_REASON)
    if giving.sent:
        with refusals_shown(giving):
            sponsorship.give_hours(
                frame.store,
                executive_id,
                hours,
                as_of=frame.as_of,
                reason=reason,
                who=frame.person,
                op_id=giving.op_id,
            )
            giving.done(_("The hours are recorded."))


def _presence(frame: Frame, load: Sequence[Mapping[str, Any]]) -> None:
    gone = {row["executive_id"] for row in load if row["left_on"] is not None}
    with form("presence", _("Record it"), is_primary=False) as leaving:
        st.markdown(f"**{_('Leaving, or coming back')}**")
        names = {row["executive_id"]: row["name"] for row in load if row["is_on_record"]}
        executive_id = st.selectbox(
            _("Executive who leaves or is back"),
            list(names),
            format_func=lambda e: names[e] + (" · " + _("has left") if e in gone else ""),
        )
        reason = st.text_input(_("Reason"), max_chars=_REASON, key=f"leaving.{leaving.op_id}")
    if leaving.sent:
        with refusals_shown(leaving):
            decide = sponsorship.record_return if executive_id in gone else sponsorship.record_leaving
            told = decide(
                frame.store, executive_id, as_of=frame.as_of, reason=reason, who=frame.person, op_id=leaving.op_id
            )
            done = _("The return is recorded.") if executive_id in gone else _("The leaving is recorded.")
            leaving.done(f"{done} {told}" if told else done)


def _agenda(frame: Frame, checked: sponsorship.Checked) -> None:
    names = {row["account_id"]: row["name"] for row in checked.roster}
    with form("agenda", _("Note the agenda"), is_primary=False) as noting:
        st.markdown(f"**{_('On the customer’s agenda')}**")
        account_id = st.selectbox(_("Account with an agenda"), list(names), format_func=names.__getitem__)
        functions = st.multiselect(
            _("Functions it calls for"), list(sponsorship.FUNCTIONS), format_func=sponsorship.FUNCTIONS.__getitem__
        )
        source = st.text_input(_("Who said so, where it stands"), max_chars=_REASON)
    if noting.sent:
        with refusals_shown(noting):
            sponsorship.note_agenda(
                frame.store,
                account_id,
                functions,
                as_of=frame.as_of,
                source=source,
                who=frame.person,
                op_id=noting.op_id,
            )
            noting.done(_("The agenda is noted; the fit reads it."))


def _development(frame: Frame, checked: sponsorship.Checked, load: Sequence[Mapping[str, Any]]) -> None:
    names = {row["account_id"]: row["name"] for row in checked.roster}
    with form("development", _("Note the value"), is_primary=False) as noting:
        st.markdown(f"**{_('What a pairing would develop')}**")
        account_id = st.selectbox(_("Account of the pairing"), list(names), format_func=names.__getitem__)
        executive_id = _executive(load, _("Executive of the pairing"))
        points = st.number_input(_("Points, 0–10"), min_value=0.0, max_value=10.0, value=None, step=0.5)
        source = st.text_input(_("Whose judgement, and why"), max_chars=_REASON)
    if noting.sent:
        with refusals_shown(noting):
            sponsorship.note_development(
                frame.store,
                account_id,
                executive_id,
                points,
                as_of=frame.as_of,
                source=source,
                who=frame.person,
                op_id=noting.op_id,
            )
            noting.done(_("The value is noted; the fit reads it."))


def _executive(load: Sequence[Mapping[str, Any]], label: str) -> str:
    names = {row["executive_id"]: row["name"] for row in load if row["is_on_record"] and row["left_on"] is None}
    return st.selectbox(label, sorted(names, key=names.__getitem__), format_func=names.__getitem__)
