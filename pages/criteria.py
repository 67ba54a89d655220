"""By which written criteria does an account become a key account?"""

import streamlit as st

from kam import selection, ui
from kam.units import day
from kam.words import _, several

frame = ui.page(_("Criteria"), _("By which written criteria does an account become a key account?"), needs_ledger=False)
held = selection.adopted(frame.store, frame.as_of)
asked = ui.asked("set")
opened = selection.adopted_set(frame.store, int(asked)) if asked.isdecimal() else held


def in_force():
    """The set that holds on the day, or the earlier one that was asked for."""
    if opened is None:
        ui.empty(
            _("No criteria hold on this day."),
            _(
                "Start a draft from the starter set or from a file, see whom it would let in, and adopt it with a reason."
            ),
        )
        return
    if opened != held:
        st.info(_("This set is not the one in force on {day}.").format(day=day(frame.as_of)))
        ui.link("criteria", _("See the set in force"))
    st.subheader(ui.escaped(opened.criteria.name), anchor=False)
    st.write(
        several("{count} gate", "{count} gates", len(opened.criteria.gates)),
        _("and"),
        several("{count} score", "{count} scores", len(opened.criteria.scores)),
        _("hold for everyone from {day} on.").format(day=day(opened.criteria.valid_from)),
    )
    st.caption(ui.adopted_told(opened))
    ui.criteria_tables(frame, opened.criteria, key="held")


def draft():
    """A draft held against the set in force, and its adoption."""
    written = None
    with ui.refusals_shown():
        written = ui.criteria_draft(frame, held.criteria if held else None)
    if written is None:
        return
    ui.criteria_changes(frame, written)
    with ui.form("adopt", _("Adopt for everyone from {day} on").format(day=day(written.valid_from))) as form:
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("What the committee decided, and when"))
    if form.sent:
        with ui.refusals_shown(form):
            selection.adopt(frame.store, written, reason=reason, who=frame.person, op_id=form.op_id)
            form.done(
                _("{name} holds from {day} on.").format(name=written.name, day=day(written.valid_from)),
                page="candidates",
                label=_("See who passes"),
            )


def earlier():
    """Every set that was ever adopted."""
    ui.record_table(
        selection.adoptions(frame.store).records(),
        [
            ui.Column("name", _("Set")),
            ui.Column("valid_from", _("Holds from"), "date"),
            ui.Column("source", _("Source")),
            ui.Column("reason", _("Reason")),
            ui.Column("adopted_by", _("Adopted by")),
            ui.Column("adopted_at", _("On"), "datetime"),
        ],
        key="sets",
        title=_("Adopted sets"),
        opens=("criteria", {"set": "criteria_set_id"}),
        empty=_("No set has been adopted yet."),
    )


ui.tabs(
    {
        _("In force"): in_force,
        _("Draft"): draft,
        _("Adopted sets"): earlier,
        _("Measures"): lambda: ui.measure_catalogue(frame),
        _("Forbidden grounds"): ui.forbidden_grounds,
    }
)
