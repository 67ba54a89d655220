"""Assessments on screen: what is known of an account, recording a judgement, and what is stale or missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from kam import selection
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import address
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import count, shown
from kam.words import _, several


def assessments_overview(frame: Frame, accounts: Sequence[selection.AssessedAccount], wanted: Sequence[str]) -> None:
    """How many key accounts and candidates are known well enough, and what is stale or missing of each."""
    complete = sum(account.is_complete for account in accounts)
    stale = sum(len(account.in_state("stale")) for account in accounts)
    st.markdown(
        "**"
        + escaped(
            _("{complete} of {all} key accounts and candidates are known in all that is asked for").format(
                complete=count(complete), all=count(len(accounts))
            )
        )
        + "**; "
        + several("{count} assessment is stale.", "{count} assessments are stale.", stale)
    )
    st.caption(
        _("The criteria in force use no assessed measure, so all of them are looked at.")
        if set(wanted) == set(selection.ASSESSED)
        else escaped(_("The criteria in force ask for: {measures}").format(measures=_names(wanted)), longest=1000)
    )
    records = [
        {
            "account_id": account.account_id,
            "name": account.name,
            "is_key_account": account.is_key_account,
            "known": len(account.in_state("known")),
            "stale": _names(account.in_state("stale")),
            "missing": _("everything")
            if len(account.in_state("missing", "later")) == len(wanted) > 1
            else _names(account.in_state("missing", "later", "incomplete")),
            "owner": account.owner,
        }
        for account in sorted(accounts, key=lambda a: (not a.is_key_account, a.is_complete))
    ]
    columns = [
        Column("name", _("Account")),
        Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
        Column("known", _("Known"), "count", help=_("Assessed measures that are asked for and known on the day.")),
        Column("stale", _("Stale")),
        Column("missing", _("Missing")),
        Column("owner", _("Account manager")),
    ]
    title = _("What is stale or missing")
    record_table(
        records,
        columns,
        key="assessments.gaps",
        title=title,
        opens=("assessments", {"account": "account_id"}),
        empty=_("There is no key account and no candidate on this day."),
    )
    if records:
        record_downloads(frame, records, columns, key="gaps", title=title)


def assessments_of_account(frame: Frame) -> str | None:
    """Choose an account and see what is assessed of it, with evidence, age and what went stale; its id."""
    account_id = choose_account(frame, key="assessments", chosen=frame.account_id)
    if account_id is None:
        st.caption(_("Choose an account to see what is known of it and to record what you learnt."))
        return None
    known = selection.evidence_of(frame.store, account_id, frame.as_of)
    stale = [e for e in known if e.state == "stale"]
    said = _("{known} of {all} assessed measures are known").format(
        known=sum(e.state == "known" for e in known), all=len(known)
    )
    st.markdown(
        f"**{escaped(said)}**"
        + (
            "; "
            + several("{count} is stale", "{count} are stale", len(stale))
            + ": "
            + escaped(_names([e.measure for e in stale]))
            if stale
            else ""
        )
        + "."
    )
    columns = [
        Column("name", _("Measure")),
        Column("state", _("State"), "status"),
        Column("told", _("Assessed as")),
        Column("assessed_on", _("On"), "date"),
        Column("age", _("Age, days"), "days"),
        Column("stale_on", _("Counts until"), "date"),
        Column("assessor", _("Assessed by")),
        Column("evidence", _("Evidence")),
    ]
    records = [_record(frame, account_id, evidence) for evidence in known]
    title = _("What was assessed")
    record_table(records, columns, key="assessments.known", title=title, empty="")
    record_downloads(
        frame, records, [Column("measure", _("Id")), *columns, Column("value", _("Counts as"), "number")],
        key="assessments", title=title,
    )  # fmt: skip
    return account_id


def record_assessment(frame: Frame, account_id: str) -> None:
    """Record one judgement of an account."""
    measure = st.selectbox(
        _("What was assessed"),
        selection.ENTERED,
        format_func=lambda m: selection.MEASURES[m].name,
        key="assessments.measure",
    )
    meant = selection.MEASURES[measure]
    anchors = " · ".join(f"{points}: {words}" for points, words in meant.anchors)
    st.caption(escaped(f"{meant.meaning} {anchors}", longest=1000))
    with form(f"assess.{account_id}.{measure}", _("Record the assessment")) as recording:
        value = _value(frame, meant.unit, f"assess.{measure}.{recording.op_id}")
        evidence = st.text_area(
            _("Evidence"), max_chars=2000, placeholder=_("The document, the meeting, the figure it rests on")
        )
        left, middle, right = st.columns(3)
        assessor = left.text_input(_("Assessed by"), frame.person.name, max_chars=200)
        assessed_on = middle.date_input(_("On"), frame.as_of, format="YYYY-MM-DD")
        stale_on = right.date_input(
            _("Counts until"), None, format="YYYY-MM-DD", help=_("Empty: as long as the programme decided (Settings).")
        )
    if recording.sent:
        with refusals_shown(recording):
            selection.record_assessment(
                frame.store,
                account_id,
                measure,
                value,
                evidence=evidence,
                assessed_on=_day(assessed_on, frame.as_of),
                stale_on=stale_on,
                assessor=assessor,
                who=frame.person,
                op_id=recording.op_id,
            )
            recording.done(_("{measure} was recorded.").format(measure=meant.name))


def plan_position(frame: Frame, account_id: str) -> None:
    """Where the account is meant to be in the matrix, and by when."""
    plan = selection.planned_positions(frame.store, frame.as_of, [account_id]).get(account_id)
    if plan is not None:
        st.write(
            escaped(
                _(
                    "Planned by {day}: attractiveness {attractiveness:.1f}, strength {strength:.1f}. {reason} ({who})"
                ).format(
                    day=shown(plan.due_on, "date", ""),
                    attractiveness=plan.attractiveness,
                    strength=plan.strength,
                    reason=plan.reason,
                    who=plan.planned_by,
                ),
                longest=1000,
            )
        )
    else:
        st.caption(_("No position is planned. One that is stands as an arrow in the matrix."))
    with form(f"plan.{account_id}", _("Plan the position")) as planning:
        left, middle, right = st.columns(3)
        attractiveness = left.number_input(
            _("Attractiveness, points"), 0.0, 10.0, plan.attractiveness if plan else 5.0, 0.5
        )
        strength = middle.number_input(_("Strength, points"), 0.0, 10.0, plan.strength if plan else 5.0, 0.5)
        due_on = right.date_input(_("To be reached by"), plan.due_on if plan else None, format="YYYY-MM-DD")
        reason = st.text_area(_("What is to move it"), max_chars=2000)
    if planning.sent:
        with refusals_shown(planning):
            selection.plan_position(
                frame.store,
                account_id,
                attractiveness=attractiveness,
                strength=strength,
                due_on=_day(due_on, frame.as_of),
                reason=reason,
                planned_on=frame.as_of,
                who=frame.person,
                op_id=planning.op_id,
            )
            planning.done(_("The position is planned."), page="matrix", label=_("See the matrix"))


def assessments_table(frame: Frame) -> None:
    """Every assessment on record, latest first, replaced ones too."""
    rows = selection.assessments(frame.store, where=[]).records()
    names = dict(frame.store.read("ledgers.accounts", columns=("account_id", "name")).rows) if rows else {}
    records = [
        row
        | {
            "name": names.get(row["account_id"], row["account_id"]),
            "measure_name": selection.MEASURES[row["measure"]].name,
            "told": shown(row["value"], selection.MEASURES[row["measure"]].unit, frame.currency),
        }
        for row in frame.those_shown(rows)
    ]
    columns = [
        Column("name", _("Account"), "account"),
        Column("measure_name", _("Measure")),
        Column("told", _("Assessed as")),
        Column("assessed_on", _("On"), "date"),
        Column("stale_on", _("Counts until"), "date"),
        Column("assessor", _("Assessed by")),
        Column("evidence", _("Evidence")),
        Column("recorded_by", _("Recorded by")),
    ]
    title = _("All assessments")
    record_table(
        records,
        columns,
        key="assessments.all",
        title=title,
        empty=_("Nothing has been assessed yet: choose an account."),
    )
    if records:
        record_downloads(
            frame, records, [*columns, Column("measure", _("Id")), Column("value", _("Value"), "number")],
            key="all_assessments", title=title, ids=("assessment_id", "account_id"),
        )  # fmt: skip


def assessments_address(account_id: str) -> str:
    """Where an account's assessments are recorded."""
    return address("assessments", account=account_id)


def _record(frame: Frame, account_id: str, evidence: selection.Evidence) -> dict[str, Any]:
    measure = selection.MEASURES[evidence.measure]
    days = (frame.as_of - evidence.assessed_on).days if evidence.assessed_on else None
    return {
        "account_id": account_id,
        "measure": evidence.measure,
        "name": measure.name,
        "state": {"known": "current", "later": "not_yet", "missing": "not_assessed"}.get(
            evidence.state, evidence.state
        ),
        "told": None if evidence.stated is None else shown(evidence.stated, measure.unit, frame.currency),
        "value": evidence.value,
        "assessed_on": evidence.assessed_on,
        "age": days if evidence.state != "later" else None,
        "stale_on": evidence.stale_on,
        "assessor": evidence.assessor,
        "evidence": evidence.evidence,
    }


def _value(frame: Frame, unit: str, key: str) -> float:
    if unit == "points":
        return st.slider(_("Points of 10"), 0.0, 10.0, 5.0, 0.5, key=key)
    if unit == "share":
        return st.number_input(_("Share, %"), 0.0, 100.0, 25.0, 1.0, key=key, width=240) / 100
    return st.number_input(
        _("Amount, {currency}").format(currency=frame.currency), 0.0, 1e12, 0.0, 100_000.0, format="%.0f", key=key, width=240
    )  # fmt: skip


def _day(picked: date | None, otherwise: date) -> date:
    return picked or otherwise


def _names(measures: Sequence[str]) -> str:
    return ", ".join(selection.MEASURES[measure].name for measure in measures)
