"""What customers say matters, on screen: the picture, the marks behind it, where the lines lie, and whose action it is."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from kam import benchmarking, units
from kam.store import Condition
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.empty import empty
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.priorities_chart import interval_told, priorities_chart
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _, several

_LINES = {
    "means": _("grand means of importance and performance"),
    "medians": _("medians of importance and performance"),
    "midpoint": _("middle of the scale"),
}


def priorities_answer(frame: Frame) -> benchmarking.Priorities:
    """The answer over all customers that the account filter leaves, in a sentence."""
    found = benchmarking.priorities(frame.store, frame.as_of, where=frame.narrowing(), for_whom=frame.person)
    if not found.answers.rows:
        empty(
            _("No customer has answered a survey up to this day."),
            _(
                "Import survey answers (account, day, attribute, importance, performance) to see what customers say "
                "matters and where we fall short."
            ),
            page="import",
        )
        return found
    st.markdown(f"**{escaped(_finding(found))}**")
    st.caption(
        several("{count} person", "{count} people", found.respondent_count)
        + " "
        + several("of {count} account answered", "of {count} accounts answered", found.account_count)
        + ". "
        + _lines_told(found.choice)
    )
    return found


def priorities_of_all(frame: Frame, found: benchmarking.Priorities) -> None:
    """The picture over all, its figures, and the form that makes a concern a milestone."""
    if found.is_small:
        _too_few(found)
    else:
        _picture(frame, found, key="priorities.all")
    _figures(found, key="priorities_all")
    _acted(frame, None)
    concerns = [a.attribute for a in found.picture.attributes if a.quadrant == "concentrate"]
    if not concerns or found.is_small:
        st.caption(_("An action can be made of what lies under “concentrate here”; nothing does now."))
        return
    _act(frame, concerns, None, _("Put on the roadmap"))


def priorities_of_account(frame: Frame) -> None:
    """One account: its marks by respondent and role, the picture where enough answered, and an action of its plan."""
    answered = frame.store.read(
        "benchmarking.survey_answers",
        {"as_of": frame.as_of},
        columns=("account_id", "name"),
        where=frame.narrowing(),
        order_by=[("name", False)],
    )
    account_id = choose_account(
        frame, key="priorities.account", among=list(dict(answered.rows).items()), chosen=frame.account_id
    )
    if account_id is None:
        st.caption(_("Choose an account that has answered."))
        return
    found = benchmarking.priorities(frame.store, frame.as_of, account_id=account_id, for_whom=frame.person)
    if found.is_small:
        _too_few(found)
    else:
        _picture(frame, found, key="priorities.one")
        _figures(found, key="priorities_one")
    record_table(
        found.answers.records(),
        [
            Column("attribute", _("Asked about")),
            Column("respondent", _("Who")),
            Column("role", _("Role")),
            Column("importance", _("Importance"), "number", decimals=1),
            Column("performance", _("Performance"), "number", decimals=1),
            Column("scale_points", _("Of"), "count"),
            Column("answered_on", _("Answered"), "date"),
        ],
        key="marks",
        title=_("Marks by respondent"),
        empty="",
    )
    _acted(frame, account_id)
    if not frame.store.read(
        "plans.plans", where=[Condition("account_id", "=", account_id), Condition("state", "=", "open")]
    ).rows:
        st.caption(
            _("The account has no open plan: open one on the account's page, and a concern can become its action.")
        )
        return
    _act(frame, [a.attribute for a in found.picture.attributes], account_id, _("Put into the account's plan"))


def priorities_lines(frame: Frame) -> None:
    """Where the lines lie, chosen with a reason, and what was chosen before."""
    held = benchmarking.crosshair_at(frame.store, frame.as_of)
    st.write(_lines_told(held))
    with form("crosshair", _("Choose these lines")) as choosing:
        crosshair = st.radio(
            _("Where the lines lie"),
            list(_LINES),
            index=list(_LINES).index(held.crosshair),
            format_func=_LINES.__getitem__,
        )
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Kept with the choice"))
    if choosing.sent:
        with refusals_shown(choosing):
            benchmarking.choose_crosshair(
                frame.store, crosshair, reason=reason, as_of=frame.as_of, who=frame.person, op_id=choosing.op_id
            )
            choosing.done(_("The lines lie at the {lines}.").format(lines=_LINES[crosshair]))
    record_table(
        [
            row | {"lines": _LINES[row["crosshair"]]}
            for row in frame.store.read(
                "benchmarking.crosshairs",
                where=[Condition("chosen_on", "<=", frame.as_of)],
                order_by=[("chosen_on", True), ("choice_id", True)],
            )
        ],
        [
            Column("lines", _("Lines")),
            Column("chosen_on", _("From"), "date"),
            Column("reason", _("Reason")),
            Column("chosen_by", _("By")),
        ],
        key="crosshairs",
        title=_("Choices of the lines"),
        empty=_("Nobody has chosen yet: the grand means stand, as in the published method."),
    )


def _picture(frame: Frame, found: benchmarking.Priorities, *, key: str) -> None:
    priorities_chart(
        found.picture,
        title=_widest(found.picture),
        subtitle=as_of_line(_("Means with 95 % intervals; empty points are undecided"), frame.as_of),
        key=key,
    )
    if not found.picture.is_one_scale:
        st.caption(_("Answers came on several scales: marks are brought to 0–100, and no gap is given."))


def _figures(found: benchmarking.Priorities, *, key: str) -> None:
    record_table(
        [
            {
                "attribute": a.attribute,
                "quadrant": None if found.is_small else a.quadrant,
                "certainty": None
                if found.is_small or a.quadrant is None
                else _("undecided")
                if a.is_undecided
                else _("decided"),
                "importance": a.importance.value,
                "importance_interval": interval_told(a.importance),
                "performance": a.performance.value,
                "performance_interval": interval_told(a.performance),
                "gap": a.gap,
                "derived": found.derived.by_attribute.get(a.attribute.casefold()),
                "count": min(a.importance.count, a.performance.count),
            }
            for a in found.picture.attributes
        ],
        [
            Column("attribute", _("Asked about")),
            Column("quadrant", _("Where it lies"), "status"),
            Column("certainty", _("Certainty"), help=_("Undecided: a 95 % interval crosses a line.")),
            Column("importance", _("Importance"), "number", decimals=2),
            Column("importance_interval", _("95 %")),
            Column("performance", _("Performance"), "number", decimals=2),
            Column("performance_interval", _("95 % of it")),
            Column(
                "gap",
                _("Gap"),
                "number",
                decimals=2,
                help=_("Importance − performance; unknown where answers came on several scales."),
            ),
            Column("count", _("Answers"), "count"),
            *(
                [
                    Column(
                        "derived",
                        _("Derived importance"),
                        "number",
                        decimals=2,
                        help=_(
                            "Partial correlation of our performance with overall satisfaction, the others held still."
                        ),
                    )
                ]
                if found.derived.by_attribute
                else []
            ),
        ],
        key=key,
        title=_("What was asked"),
        empty=_("Nothing was asked."),
    )
    said = {
        "": _("Derived importance: from the marks of {count} people who answered everything."),
        "not_asked": _(
            "No derived importance: no survey asked for overall satisfaction (an attribute called “overall satisfaction”)."
        ),
        "few": _("No derived importance: {count} people marked every attribute and overall satisfaction, too few."),
        "alike": _("No derived importance: the marks are too alike to tell the attributes apart."),
    }[found.derived.because]
    st.caption(said.format(count=found.derived.answers))


def _acted(frame: Frame, account_id: str | None) -> None:
    """Actions that were made of a concern, with what customers had said then."""
    rows = benchmarking.acted(frame.store, frame.as_of, account_id=account_id)
    if not rows:
        return
    title = _("Actions made of what customers say, with what was seen then")
    st.subheader(title, anchor=False)
    record_table(
        [row | {"told": _seen_told(row["seen"])} for row in rows],
        [
            Column("attribute", _("Concern")),
            Column("action", _("What is done")),
            Column("owner", _("Owner")),
            Column("due_on", _("Due"), "date"),
            Column("action_state", _("State"), "status"),
            Column("told", _("Seen then")),
            Column("decided_on", _("Decided"), "date"),
        ],
        key="priority_actions",
        title=title,
        empty="",
    )


def _seen_told(seen: dict) -> str:
    def told(mean: dict, line: float | None) -> str:
        if mean["value"] is None:
            return units.UNKNOWN
        beside = "" if line is None else _(" (line {line:.2f})").format(line=line)
        return f"{mean['value']:.2f}{beside}"

    said = _("importance {importance}, performance {performance}").format(
        importance=told(seen["importance"], seen["importance_line"]),
        performance=told(seen["performance"], seen["performance_line"]),
    )
    return said + (_("; undecided") if seen["is_undecided"] else "")


def _act(frame: Frame, attributes: list[str], account_id: str | None, label: str) -> None:
    st.subheader(_("Make it somebody's action"), anchor=False)
    with form(f"act.{account_id or 'all'}", label) as acting:
        attribute = st.selectbox(_("Concern"), attributes)
        action = st.text_input(_("What is done"), max_chars=500)
        who, until = st.columns(2)
        owner = who.text_input(_("Owner"), max_chars=120)
        due_on = until.date_input(_("Due"), value=frame.as_of + timedelta(days=90), format="YYYY-MM-DD")
    if acting.sent:
        with refusals_shown(acting):
            benchmarking.act_on_priority(
                frame.store,
                attribute,
                action=action,
                owner=owner,
                due_on=due_on,
                account_id=account_id,
                as_of=frame.as_of,
                who=frame.person,
                op_id=acting.op_id,
            )
            if account_id is None:
                acting.done(_("It stands on the programme's roadmap."), page="change", label=_("See the roadmap"))
            acting.done(
                _("It stands in the account's plan."), page="account", label=_("See the account"), account=account_id
            )


def _too_few(found: benchmarking.Priorities) -> None:
    st.info(
        several("{count} person answered", "{count} people answered", found.respondent_count)
        + "; "
        + _("from {needed} on, attributes are placed. Below, what was said.").format(needed=found.respondents_needed)
    )


def _finding(found: benchmarking.Priorities) -> str:
    if found.is_small:
        return _("Too few have answered to say what customers as a whole ask for.")
    concerns = [a for a in found.picture.attributes if a.quadrant == "concentrate"]
    if not concerns:
        return _("What matters most to customers is what we do best: nothing lies under “concentrate here”.")
    said = _("Customers ask us to concentrate on {names}").format(names=", ".join(a.attribute for a in concerns))
    open_ = sum(a.is_undecided for a in concerns)
    return said + (
        "; " + several("{count} of them is undecided.", "{count} of them are undecided.", open_) if open_ else "."
    )


def _widest(found: benchmarking.Picture) -> str:
    """The finding of the picture: where importance and performance lie farthest apart."""
    gaps = [a for a in found.attributes if a.gap is not None and a.gap > 0]
    if not gaps:
        return _("What matters, and how well we do it")
    widest = max(gaps, key=lambda a: a.gap)
    return _("Widest gap: {name}, {gap:.2f} points less than it matters").format(name=widest.attribute, gap=widest.gap)


def _lines_told(choice: benchmarking.Choice) -> str:
    if choice.chosen_on is None:
        return _("The lines lie at the {lines}, {reason}.").format(lines=_LINES[choice.crosshair], reason=choice.reason)
    return _("The lines lie at the {lines}, chosen on {day} by {who}: {reason}").format(
        lines=_LINES[choice.crosshair],
        day=units.day(choice.chosen_on),
        who=escaped(choice.chosen_by),
        reason=escaped(choice.reason),
    )
