"""How account managers are measured, on screen: one scorecard, and the schemes with what is wrong with them."""

from __future__ import annotations

import streamlit as st

from kam import managers, units
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.managers import person_names
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _, several

_LINES = 5
_SCOPES = {"individual": _("own accounts"), "team": _("team")}


def manager_scorecard(frame: Frame, profile: managers.Profile) -> None:
    """The proposed measures over three years, own accounts beside all, and the scheme in force with its faults."""
    card = managers.scorecard(frame.store, profile.person["manager_id"], frame.as_of, for_whom=frame.person)
    st.caption(
        _(
            "Of the key accounts held today, also for the years before. Unknown is unknown: a figure needs every account's."
        )
    )
    record_table(
        [
            {
                "name": line.name,
                "unit": line.unit,
                "weight": line.weight,
                "scope": _SCOPES[line.scope] if line.scope else None,
                "known": _("{known} of {all}").format(known=line.known_count, all=line.account_count),
                "now": line.own[0],
                "before": line.own[1],
                "two_before": line.own[2],
                "team": line.team[0],
            }
            for line in card.lines
        ],
        [
            Column("name", _("Measure")),
            *(
                Column(name, units.day(on), "number", unit_by="unit")
                for name, on in zip(("now", "before", "two_before"), card.days, strict=True)
            ),
            Column("team", _("All key accounts"), "number", unit_by="unit"),
            Column("known", _("Accounts known")),
            Column("weight", _("Weight in the scheme"), "share", decimals=0),
            Column("scope", _("Measured on")),
        ],
        key="scorecard",
        title=_("Scorecard"),
        empty="",
        currency=frame.currency,
    )
    if card.scheme is None:
        st.info(_("No scheme is on record for this account manager: record how managers are measured today."))
        return
    st.markdown(
        escaped(
            _("Measured today by “{name}”, since {day}, over {months} months.").format(
                name=card.scheme.name, day=units.day(card.scheme.valid_from), months=card.scheme.period_months
            )
        )
    )
    if card.unproposed:
        st.markdown(escaped(_("It also measures: {measures}.").format(measures=", ".join(card.unproposed))))
    _findings(card.scheme)


def scheme_list(frame: Frame) -> None:
    """Every scheme on record with what is wrong with it, and the form that records another."""
    held = managers.schemes(frame.store, frame.as_of, for_whom=frame.person)
    names = person_names(frame, is_there=False)
    flagged = sum(bool(scheme.findings) for scheme in held)
    st.markdown(f"**{escaped(_answer(len(held), flagged))}**")
    record_table(
        [
            {
                "name": scheme.name,
                "for": names.get(scheme.manager_id, scheme.manager_id) if scheme.manager_id else _("all"),
                "valid_from": scheme.valid_from,
                "period_months": scheme.period_months,
                "measures": "; ".join(_line_told(line) for line in scheme.measures),
                "state": "flagged" if scheme.findings else "in_order",
            }
            for scheme in held
        ],
        [
            Column("name", _("Scheme")),
            Column("for", _("For")),
            Column("valid_from", _("From"), "date"),
            Column("period_months", _("Months"), "count"),
            Column("measures", _("Measures")),
            Column("state", _("State"), "status"),
        ],
        key="schemes",
        title=_("How account managers are measured"),
        empty=_("No scheme is on record: write down how account managers are measured and paid today."),
    )
    for scheme in held:
        if scheme.findings:
            with st.expander(escaped(_("What is wrong with “{name}”").format(name=scheme.name)), expanded=True):
                _findings(scheme)
    st.subheader(_("Record a scheme"), anchor=False)
    _record(frame, names)


def _record(frame: Frame, names: dict[str, str]) -> None:
    names_of_measures = managers.measure_names()
    st.caption(
        escaped(
            _("Proposed: {measures}. Over years, and partly by team. Another measure can be typed.").format(
                measures="; ".join(measure.name.lower() for measure in managers.PROPOSED)
            )
        )
    )
    with form("scheme", _("Record the scheme")) as recording:
        what, whom = st.columns(2)
        name = what.text_input(_("Name of the scheme"), max_chars=120)
        manager_id = whom.selectbox(
            _("For"), [None, *names], format_func=lambda at: _("all account managers") if at is None else names[at]
        )
        when, long = st.columns(2)
        valid_from = when.date_input(_("From"), value=frame.as_of, format="YYYY-MM-DD")
        months = long.number_input(_("Measured over, months"), value=36, step=12)
        lines = [_line_inputs(number, names_of_measures) for number in range(1, _LINES + 1)]
    if recording.sent:
        with refusals_shown(recording):
            done = managers.adopt_scheme(
                frame.store,
                name=name,
                measures=[line for line in lines if line is not None],
                period_months=months,
                valid_from=valid_from,
                manager_id=manager_id,
                who=frame.person,
                op_id=recording.op_id,
            )
            faults = len(done[1]) if done else 0
            said = several("{count} thing is wrong with it.", "{count} things are wrong with it.", faults)
            recording.done(_("The scheme is recorded.") + (f" {said}" if faults else ""))


def _line_inputs(number: int, proposed: dict[str, str]) -> managers.SchemeMeasure | None:
    """One line of a scheme; None where no measure is named."""
    what, weight, scope = st.columns([5, 2, 3])
    measure = what.selectbox(
        _("Measure {number}").format(number=number),
        list(proposed),
        index=None,
        format_func=lambda at: proposed.get(at, at),
        accept_new_options=True,
    )
    percent = weight.number_input(_("Weight {number}, %").format(number=number), value=None, step=5)
    on = scope.selectbox(_("On {number}").format(number=number), list(_SCOPES), format_func=_SCOPES.__getitem__)
    if not measure:
        return None
    return managers.SchemeMeasure(measure, None if percent is None else percent / 100, on)


def _findings(scheme: managers.Scheme) -> None:
    if not scheme.findings:
        st.success(_("It measures what lasts, over years and partly as a team."))
        return
    record_table(
        [vars(finding) for finding in scheme.findings],
        [
            Column("finding", _("Flag"), "status"),
            Column("message", _("Why")),
            Column("source", _("Source")),
        ],
        key=f"findings.{scheme.scheme_id}",
        title=_("What is wrong with it"),
        empty="",
    )


def _line_told(line: managers.SchemeMeasure) -> str:
    name = managers.measure_name(line.measure)
    return _("{name} {weight} ({scope})").format(
        name=name, weight=units.share(line.weight, decimals=0), scope=_SCOPES[line.scope]
    )


def _answer(count: int, flagged: int) -> str:
    if not count:
        return _("Nobody has written down how account managers are measured")
    if not flagged:
        return _("Account managers are measured by what lasts")
    return several("{count} scheme pays on what does not last", "{count} schemes pay on what does not last", flagged)
