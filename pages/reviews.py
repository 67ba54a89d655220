"""Which key account's review is due, and what did the last ones see and agree?"""

import streamlit as st

from kam import ui
from kam.words import _

frame = ui.page(_("Reviews"), _("Which review is due, and what did the last ones see and agree?"))
store, on_day = frame.store, {"as_of": frame.as_of}
calendar = store.read("reviews.calendar", on_day, order_by=[("due_on", False), ("name", False)]).records()
mine, by_account = frame.narrowing_within(), frame.narrowing_by_account()

if not calendar:
    ui.empty(
        _("There is no key account on this day."),
        _("Key accounts are reviewed regularly: admit accounts first."),
        page="candidates",
        label=_("Assess the candidates"),
    )
    st.stop()

ui.review_figures(frame, frame.those_shown(calendar))


def cycle():
    """What is due, overdue and held, account by account."""
    ui.relation_table(
        frame,
        "reviews.calendar",
        on_day,
        [
            ui.Column("name", _("Account"), "account"),
            ui.Column("category", _("Category"), "status"),
            ui.Column("review_state", _("Review"), "status"),
            ui.Column("due_on", _("Due"), "date"),
            ui.Column("planned_on", _("Planned"), "date"),
            ui.Column("last_held_on", _("Last held"), "date"),
            ui.Column("last_rating", _("Rating"), "status"),
            ui.Column("open_action_count", _("Open actions"), "count"),
            ui.Column("overdue_action_count", _("Late actions"), "count"),
        ],
        more=[ui.Column("owner", _("Account manager")), ui.Column("held_count_12m", _("Held, 12 months"), "count")],
        key="calendar",
        title=_("Review calendar"),
        where=mine,
        search=("name",),
        filters={"review_state": _("Review"), "last_rating": _("Rating")},
        order_by=("due_on", False),
    )


def actions():
    """What was agreed, by due date; closing an action."""
    ui.relation_table(
        frame,
        "reviews.action_list",
        on_day,
        [
            ui.Column("action", _("Action")),
            ui.Column("name", _("Account"), "account"),
            ui.Column("owner", _("Owner")),
            ui.Column("due_on", _("Due"), "date"),
            ui.Column("action_state", _("State"), "status"),
            ui.Column("agreed_on", _("Agreed"), "date"),
            ui.Column("closed_on", _("Closed"), "date"),
        ],
        key="actions",
        title=_("Actions"),
        where=by_account,
        search=("action", "name", "owner"),
        filters={"action_state": _("State"), "owner": _("Owner")},
        order_by=("due_on", False),
        ids=("action_id", "account_id"),
        empty=_("No action has been agreed yet: actions come out of the reviews that are held."),
    )
    ui.close_action(frame)


def past():
    """The reviews that were held, and what one of them saw."""
    ui.relation_table(
        frame,
        "reviews.review_list",
        on_day,
        [
            ui.Column("name", _("Account"), "account"),
            ui.Column("held_on", _("Held"), "date"),
            ui.Column("rating", _("Rating"), "status"),
            ui.Column("participants", _("Participants")),
            ui.Column("action_count", _("Actions"), "count"),
            ui.Column("open_action_count", _("Still open"), "count"),
        ],
        key="held",
        title=_("Reviews held"),
        where=[ui.Condition("state", "=", "held"), *by_account],
        search=("name", "participants"),
        filters={"rating": _("Rating")},
        order_by=("held_on", True),
        ids=("review_id", "account_id"),
        empty=_("No review has been held up to this day."),
        rows_per_page=10,
    )
    ui.past_review(frame)


def packs():
    """The programme's packs in one go, and the template of decks."""
    ui.programme_downloads(frame)
    ui.deck_template(frame)


ui.tabs(
    {
        _("Calendar"): cycle,
        _("Hold"): lambda: ui.hold_review(frame),
        _("Plan"): lambda: ui.plan_review(frame, calendar),
        _("Actions"): actions,
        _("Held"): past,
        _("Packs"): packs,
    }
)
