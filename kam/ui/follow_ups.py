"""The page of follow-ups: whom today, doing one, regrading, and how many were in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kam import portfolio, relationships
from kam.store import Condition
from kam.ui.bar_charts import months
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.empty import empty
from kam.ui.figures import Rule, figures
from kam.ui.forms import Form, form
from kam.ui.frame import Frame
from kam.ui.grading import grade_inputs
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.units import day, share
from kam.words import _, several

_LIST = "portfolio.follow_ups"
_KINDS = {"cadence": _("by its grade"), "promise": _("promise"), "sponsor_promise": _("our executive's promise")}
_AT_HAND = ("call", "visit", "meeting", "email", "message", "note")


def follow_up_figures(frame: Frame) -> None:
    """How many are due, how many late, and the share of this month's and the last's that was in time."""
    rows = _due(frame)
    late = [row for row in rows if row["follow_up_state"] == "overdue"]
    mine = [row for row in rows if row["is_mine"]]
    load = portfolio.workload(frame.store, frame.as_of, {}, frame.narrowing())
    done = _months(frame)
    due_count, in_time = sum(r["due_count"] for r in done), sum(r["in_time_count"] for r in done)
    figures(
        {
            "label": _("Due by today"),
            "value": len(rows),
            "unit": "count",
            "period": _("{count} of them mine").format(count=len(mine)),
            "key": "follow-due",
        },
        {
            "label": _("Overdue"),
            "value": len(late),
            "unit": "count",
            "period": several("longest {count} day", "longest {count} days", max(r["days_late"] for r in late))
            if late
            else _("nothing is late"),
            "key": "follow-late",
        },
        {
            "label": _("Done in time, 12 months"),
            "value": in_time / due_count if due_count else None,
            "unit": "share",
            "period": _("{done} of {due} that fell due").format(done=in_time, due=due_count),
            "unknown_because": _("nothing has fallen due yet"),
            "rule": Rule(
                _(
                    "By cadence: a contact of any kind until its day. A promise: kept until its day. A grade that "
                    "changes starts the clock again; dropped promises are left out."
                )
            ),
            "key": "follow-in-time",
        },
        {
            "label": _("Asked for in a week"),
            "value": f"{load.before:,.1f}",
            "period": _("follow-ups by the grades in force"),
            "rule": Rule(_("5 working days / cadence of the grade, summed over the graded accounts.")),
            "key": "follow-week",
        },
    )


def follow_up_list(frame: Frame) -> None:
    """Whom to follow up: overdue first, mine first; and doing one."""
    span = st.segmented_control(
        _("Until"),
        ["today", "all"],
        default="today",
        required=True,
        format_func={"today": _("Due by today"), "all": _("With those to come")}.__getitem__,
        key="follow.span",
        label_visibility="collapsed",
    )
    where = frame.narrowing() + ([Condition("due_on", "<=", frame.as_of)] if span == "today" else [])
    if not frame.store.page(_LIST, _arguments(frame), limit=1).rows:
        empty(
            _("Nobody is to be followed up."),
            _(
                "Give accounts a grade (in the list of accounts, or on an account's page), or write down what was promised."
            ),
            page="accounts",
            label=_("Open the accounts"),
        )
        return
    relation_table(
        frame,
        _LIST,
        _arguments(frame),
        [
            Column("name", _("Account"), "account"),
            Column("follow_up_state", _("State"), "status"),
            Column("due_on", _("Due"), "date"),
            Column("days_late", _("Days late"), "count"),
            Column("follow_up_kind", _("Why"), "words"),
            Column("what", _("Promised")),
            Column("grade", _("Grade")),
            Column("who", _("Who")),
        ],
        more=[
            Column("since_on", _("Last contact or since"), "date"),
            Column("owner", _("Account manager")),
            Column("is_key_account", _("Key"), "flag"),
        ],
        key="follow",
        title=_("Follow-ups"),
        where=where,
        search=("name", "what"),
        filters={"grade": _("Grade"), "who": _("Who"), "follow_up_state": _("State")},
        order_by=("place", False),
        ids=("account_id", "follow_up_id"),
        empty=_("Nothing is due: choose “With those to come”, or All under “Accounts shown”."),
    )
    do_follow_up(frame)


def do_follow_up(frame: Frame) -> None:
    """Do one: what came of it, the next step, the next grade."""
    rows = {row["follow_up_id"]: row for row in _due(frame)}
    if not rows:
        return
    st.subheader(_("Follow one up"), anchor=False)
    chosen = st.selectbox(
        _("Follow-up"),
        list(rows),
        format_func=lambda at: _told(rows[at]),
        key="follow.chosen",
    )
    row = rows[chosen]
    where = [Condition("account_id", "=", row["account_id"])]
    held = frame.store.one("portfolio.grades_held", {"as_of": frame.as_of}, where=where) or {}
    with form(f"follow.{chosen}", _("Write down and close")) as doing:
        key = f"follow.{doing.op_id}"
        kind = st.segmented_control(
            _("How"),
            _AT_HAND,
            default="call",
            required=True,
            format_func=relationships.KINDS.__getitem__,
            key=f"{key}.kind",
        )
        outcome = st.text_area(_("Outcome"), max_chars=4000, height=90, key=f"{key}.outcome")
        left, right = st.columns(2)
        next_step = left.text_input(_("Next step promised"), max_chars=500, key=f"{key}.step")
        next_step_due = right.date_input(_("Due"), value=None, format="YYYY-MM-DD", key=f"{key}.due")
        is_promise = row["follow_up_kind"] == "promise"
        promise_outcome, of_sponsor = "kept", _sponsor_promise(frame, row, doing)
        if row["follow_up_kind"] != "cadence":
            promise_outcome = st.radio(
                _("The promise was"),
                list(relationships.OUTCOMES),
                format_func=relationships.OUTCOMES.__getitem__,
                horizontal=True,
                key=f"{key}.kept",
            )
        grade, classes = grade_inputs(held, key=key, label=_("Next grade"))
    if doing.sent:
        with refusals_shown(doing):
            done = portfolio.follow_up(
                frame.store,
                row["account_id"],
                kind=kind,
                outcome=outcome,
                done_on=frame.as_of,
                next_step=next_step,
                next_step_due=next_step_due,
                promise=chosen.removeprefix(portfolio.OF_PROMISE) if is_promise else None,
                promise_outcome=promise_outcome,
                sponsor_promise=of_sponsor,
                grade=grade,
                classes=classes,
                who=frame.person,
                op_id=doing.op_id,
            )
            said = (
                _("{name} was followed up.")
                if not (done and done.is_regraded)
                else _("{name} was followed up and regraded.")
            )
            doing.done(
                said.format(name=row["name"]),
                page="account",
                label=_("Open the account"),
                account=row["account_id"],
            )


def _sponsor_promise(frame: Frame, row: Mapping[str, Any], doing: Form) -> tuple[int, int] | None:
    """(number, version seen) of our executive's promise that a follow-up is about; None where it is about none."""
    if row["follow_up_kind"] != "sponsor_promise":
        return None
    number, version = portfolio.promise_of(frame.store, row["follow_up_id"], frame.as_of)["sponsor_promise"]
    return number, doing.version(version)


def regrading(frame: Frame) -> None:
    """Which accounts the opportunities would regrade, what that does to the week's work, and taking it."""
    found = portfolio.proposals(frame.store, frame.as_of, frame.narrowing())
    limits = portfolio.limits_of(frame.store, frame.as_of)
    if not found:
        st.info(_("Every grade is as the opportunities speak for: nothing is to be regraded."))
        return
    chosen = _choose_proposals(found)
    grades = {p.account_id: p.after for p in chosen}
    load = portfolio.workload(frame.store, frame.as_of, grades, frame.narrowing())
    counted = several(
        "{count} account would change its grade", "{count} accounts would change their grade", len(chosen)
    )
    effect = _(": the follow-ups of a week go from {before} to {after}.").format(
        before=f"{load.before:,.1f}", after=f"{load.after:,.1f}"
    )
    st.markdown(escaped(counted + effect, longest=500))
    st.caption(
        _(
            "By the expected close of open opportunities. A grade is kept within {margin} days around its limit and for at "
            "least {days} days; accounts whose expected close has passed are left out."
        ).format(margin=limits.margin, days=limits.min_days)
    )
    record_table(
        [{"grade": g, "meaning": portfolio.GRADES[g], "before": b, "after": a} for g, b, a in load.by_grade],
        [
            Column("grade", _("Grade")),
            Column("meaning", _("Meaning")),
            Column("before", _("Accounts now"), "count"),
            Column("after", _("Accounts then"), "count"),
        ],
        key="regrade.load",
        title=_("Effect on the grades"),
        empty="",
    )
    _take_proposals(frame, grades)
    record_table(
        [vars(p) | {"before": p.before or _("none")} for p in chosen],
        [
            Column("name", _("Account"), "account"),
            Column("before", _("Grade now")),
            Column("after", _("Proposed")),
            Column("why", _("Because")),
            Column("owner", _("Account manager")),
        ],
        key="regrade",
        title=_("Proposed grades"),
        empty=_("No account is chosen."),
    )


def _choose_proposals(found: Sequence[portfolio.Proposal]) -> list[portfolio.Proposal]:
    graded = [p for p in found if p.before is not None]
    which = st.segmented_control(
        _("Which proposals"),
        ["graded", "all", "some"],
        default="graded" if graded else "all",
        required=True,
        format_func={
            "graded": _("Accounts with a grade ({count})").format(count=len(graded)),
            "all": _("All ({count})").format(count=len(found)),
            "some": _("Only those I choose"),
        }.__getitem__,
        key="regrade.which",
    )
    if which != "some":
        return graded if which == "graded" else list(found)
    by_id = {p.account_id: p for p in found}
    picked = st.multiselect(
        _("Accounts"),
        list(by_id),
        format_func=lambda at: f"{by_id[at].name}: {by_id[at].before or '–'} → {by_id[at].after}",
        key="regrade.chosen",
        placeholder=_("Choose accounts"),
    )
    return [by_id[account_id] for account_id in picked]


def _take_proposals(frame: Frame, grades: Mapping[str, str]) -> None:
    with form("regrade", _("Regrade the chosen accounts"), is_primary=False) as taking:
        reason = st.text_input(
            _("Reason"),
            value=_("By the expected close of its opportunities"),
            max_chars=500,
            key=f"regrade.{taking.op_id}.why",
        )
    if taking.sent:
        with refusals_shown(taking):
            written = portfolio.regrade(
                frame.store, grades, reason=reason, as_of=frame.as_of, who=frame.person, op_id=taking.op_id
            )
            taking.done(several("{count} account was regraded.", "{count} accounts were regraded.", written or 0))


def follow_up_compliance(frame: Frame) -> None:
    """The share done in time, month by month."""
    rows = _months(frame)
    last = rows[-1] if rows else None
    months(
        rows,
        month="month",
        value="in_time_share",
        key="compliance",
        title=_("{share} of what fell due in {month} was done in time").format(
            share=share(last["in_time_share"], decimals=0), month=f"{last['month']:%B %Y}"
        )
        if last
        else _("Done in time, month by month"),
        subtitle=as_of_line(_("Follow-ups done by their day, of those that fell due"), frame.as_of),
        empty=_("Nothing has fallen due yet: follow-ups begin with grades and promises."),
        unit="share",
    )
    record_table(
        rows,
        [
            Column("month", _("Month"), "date"),
            Column("due_count", _("Fell due"), "count"),
            Column("in_time_count", _("Done in time"), "count"),
            Column("in_time_share", _("Share"), "share", decimals=0),
        ],
        key="compliance.rows",
        title=_("Done in time by month"),
        empty="",
    )


def _months(frame: Frame) -> list[dict[str, Any]]:
    owner = frame.person.name if frame.accounts == "mine" else None
    given = {"as_of": frame.as_of, "of_owner": owner}
    return frame.store.page("portfolio.compliance", given, order_by=[("month", False)]).records()


def _arguments(frame: Frame) -> dict[str, Any]:
    return {"as_of": frame.as_of, "of_person": frame.person.name}


def _due(frame: Frame) -> list[dict[str, Any]]:
    where = [*frame.narrowing(), Condition("due_on", "<=", frame.as_of)]
    return frame.store.page(_LIST, _arguments(frame), where=where, order_by=[("place", False)]).records()


def _told(row: Mapping[str, Any]) -> str:
    what = row["what"] or _KINDS[row["follow_up_kind"]]
    return f"{row['name']}: {what[:80]} ({_('due {day}').format(day=day(row['due_on']))})"
