"""Which thresholds, rates and costs does the workbench reckon with, and who says so?"""

import streamlit as st

from kam import parameters, ui, value
from kam.units import day
from kam.words import _

frame = ui.page(
    _("Settings"),
    _("Which thresholds, rates and costs does the workbench reckon with, and who says so?"),
    needs_ledger=False,
)
adopted = value.adopted_cost_model(frame.store, frame.as_of)
listed = {one.parameter_id: one for one in parameters.listed(frame.store, frame.as_of)}


def parameters_held():
    """Every parameter on the day, and the form that adopts one."""
    with st.expander(_("Adopt a value"), expanded=False, key="parameters.adopt"):
        parameter_form()
    ui.parameter_table(frame)
    ui.category_margins(frame)


def parameter_form():
    """One parameter's new value, from when on, and who says so."""
    with ui.form("parameter", _("Adopt this value")) as form:
        name = st.selectbox(
            _("Parameter"), list(listed), format_func=lambda name: f"{listed[name].meaning} ({listed[name].unit})"
        )
        left, right = st.columns(2)
        typed = left.text_input(_("Value"), max_chars=40, help=_("A number, a share such as 8.5 %, or: unknown"))
        valid_from = right.date_input(_("Holds from"), frame.as_of, format="YYYY-MM-DD")
        source = st.text_input(_("Source"), max_chars=500, placeholder=_("Who or what says so"))
    if form.sent:
        with ui.refusals_shown(form):
            number = parameters.typed_value(typed)
            parameters.adopt(
                frame.store,
                name,
                number,
                valid_from=valid_from,
                source=source,
                who=frame.person,
                op_id=form.op_id,
            )
            form.done(
                _("{meaning}: {value} from {day} on.").format(
                    meaning=listed[name].meaning,
                    value=ui.value_told(number, listed[name].unit),
                    day=day(valid_from),
                )
            )


def costs_held():
    """The cost model in force."""
    if adopted is None:
        ui.empty(
            _("No cost model is in force on this day, so nobody's cost to serve is known."),
            _("Draft one from the starter model or from a file, and adopt it with a reason."),
            page="settings",
            label=_("Draft a cost model"),
            tab=_("Draft a cost model"),
        )
        return
    st.subheader(ui.escaped(adopted.model.name), anchor=False)
    st.caption(ui.cost_model_told(adopted))
    ui.cost_model_tables(frame, adopted.model, key="held")


def costs_draft():
    """A draft of a cost model, checked as it is typed, and its adoption."""
    draft = None
    with ui.refusals_shown():
        draft = ui.cost_model_draft(frame, adopted.model if adopted else None)
    if draft is None:
        return
    ui.cost_model_check(frame, draft)
    with ui.form("costs", _("Adopt from {day} on").format(day=day(draft.valid_from))) as form:
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("What changed, and who decided it"))
    if form.sent:
        with ui.refusals_shown(form):
            value.adopt_cost_model(frame.store, draft, reason=reason, who=frame.person, op_id=form.op_id)
            form.done(
                _("{name} holds from {day} on.").format(name=draft.name, day=day(draft.valid_from)),
                page="value",
                label=_("See what accounts are worth"),
            )


def decisions():
    """Everything that was adopted, newest first."""
    ui.adoptions_table(frame)
    ui.record_table(
        value.cost_model_adoptions(frame.store).records(),
        [
            ui.Column("name", _("Cost model")),
            ui.Column("valid_from", _("Holds from"), "date"),
            ui.Column("source", _("Source")),
            ui.Column("reason", _("Reason")),
            ui.Column("adopted_by", _("Adopted by")),
            ui.Column("adopted_at", _("On"), "datetime"),
        ],
        key="models",
        title=_("Adopted cost models"),
        empty=_("No cost model has been adopted yet."),
    )


ui.tabs(
    {
        _("Parameters"): parameters_held,
        _("Cost model"): costs_held,
        _("Draft a cost model"): costs_draft,
        _("Adopted so far"): decisions,
    }
)
