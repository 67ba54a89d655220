"""Plans, their actions, opportunities and contracts over all accounts."""

from __future__ import annotations

from kam.store import Condition
from kam.ui.bar_charts import bars
from kam.ui.business_tables import contract_table, opportunity_table
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.contract_timeline import contract_timeline
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.funnel_chart import funnel_chart
from kam.ui.stage_definitions import adopt_starter_stages
from kam.ui.tables import relation_table
from kam.units import day
from kam.words import _, several

_OPENS = ("account", {"account": "account_id"})


def plan_figures(frame: Frame) -> None:
    """How many key accounts have a plan that runs, how far they are, and what is late."""
    where = frame.narrowing()
    rows = frame.store.page("plans.progress", {"as_of": frame.as_of}, where=where).records()
    running = [row for row in rows if row["is_open"]]
    due, done = sum(r["due_count"] for r in running), sum(r["due_done_count"] for r in running)
    known, on = sum(r["known_objective_count"] for r in running), sum(r["on_course_count"] for r in running)
    planned = {row["account_id"] for row in running}
    roster = frame.store.read("programme.roster", {"as_of": frame.as_of}, columns=("account_id",)).column("account_id")
    without = len(set(roster) - planned)
    figures(
        {
            "label": _("Plans that run"),
            "value": len(running),
            "unit": "count",
            "period": several("{count} key account without a plan", "{count} key accounts without a plan", without),
            "key": "plans-run",
        },
        {
            "label": _("Due actions done"),
            "value": done / due if due else None,
            "unit": "share",
            "period": _("{done} of {due} due so far").format(done=done, due=due),
            "unknown_because": _("nothing was due yet"),
            "rule": Rule(
                _("Of the plans that run: actions due on or before the day that are done; dropped ones left out.")
            ),
            "key": "plans-done",
        },
        {
            "label": _("Objectives on course"),
            "value": on / known if known else None,
            "unit": "share",
            "period": _("{on} of {known} known").format(on=on, known=known),
            "unknown_because": _("no objective has a known value"),
            "key": "plans-course",
        },
        {
            "label": _("Late actions"),
            "value": sum(r["overdue_count"] for r in running),
            "unit": "count",
            "period": _("as of {day}").format(day=day(frame.as_of)),
            "key": "plans-late",
        },
    )


def plan_list(frame: Frame) -> None:
    """Every plan with its progress, late ones first."""
    found = relation_table(
        frame,
        "plans.progress",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("title", _("Plan")),
            Column("plan_state", _("State"), "status"),
            Column("overdue_count", _("Late actions"), "count"),
            Column("due_done_share", _("Due actions done"), "share", decimals=0),
            Column("on_course_share", _("Objectives on course"), "share", decimals=0),
            Column("high_risk_count", _("High risks"), "count"),
            Column("next_due_on", _("Next due"), "date"),
            Column("ends_on", _("Until"), "date"),
        ],
        more=[
            Column("owner", _("Account manager")),
            Column("begins_on", _("From"), "date"),
            Column("action_count", _("Actions"), "count"),
            Column("objective_count", _("Objectives"), "count"),
            Column("open_risk_count", _("Open risks"), "count"),
            Column("shown_count", _("Items the customer sees"), "count"),
        ],
        key="plans",
        title=_("Plans"),
        where=frame.narrowing(),
        search=("name", "title", "owner"),
        filters={"plan_state": _("State")},
        order_by=("overdue_count", True),
        totals=("overdue_count", "high_risk_count"),
        opens=("account", {"account": "account_id"}),
        ids=("plan_id", "account_id"),
        empty=_("No plan has been made yet: open one on an account's page, on its tab Plan."),
    )
    late = [row for row in found if row["overdue_count"]]
    if late:
        bars(
            sorted(late, key=lambda row: -row["overdue_count"]),
            name="name",
            value="overdue_count",
            key="late-by-account",
            title=_("{account} has the most late actions").format(
                account=max(late, key=lambda row: row["overdue_count"])["name"]
            ),
            subtitle=as_of_line(_("Late actions by account"), frame.as_of),
            empty="",
            unit="count",
        )


def plan_actions(frame: Frame) -> None:
    """Every action of every plan, the latest first."""
    relation_table(
        frame,
        "plans.action_list",
        {"as_of": frame.as_of},
        [
            Column("action", _("Action")),
            Column("name", _("Account"), "account"),
            Column("owner", _("Owner")),
            Column("due_on", _("Due"), "date"),
            Column("action_state", _("State"), "status"),
            Column("days_late", _("Days late"), "days"),
            Column("progress_share", _("Progress"), "share", decimals=0),
            Column("objective", _("For the objective")),
        ],
        more=[
            Column("manager", _("Account manager")),
            Column("starts_on", _("Start"), "date"),
            Column("is_milestone", _("Milestone"), "flag"),
            Column("swot_item", _("From the SWOT item")),
            Column("closed_on", _("Closed"), "date"),
            Column("outcome", _("Outcome")),
        ],
        key="plan-actions",
        title=_("Actions of all plans"),
        where=_mine(frame),
        search=("action", "name", "owner"),
        filters={"action_state": _("State"), "owner": _("Owner")},
        order_by=("days_left", False),
        opens=_OPENS,
        ids=("action_id", "account_id"),
        empty=_("No action is planned yet: actions belong to the accounts' plans."),
    )


def all_opportunities(frame: Frame) -> None:
    """The funnel of all accounts and every opportunity."""
    funnel = frame.store.read(
        "plans.funnel", {"as_of": frame.as_of, "of_account": None}, order_by=[("position", False)]
    ).records()
    if funnel:
        funnel_chart(frame, funnel, key="all-funnel")
    else:
        adopt_starter_stages(frame)
    opportunity_table(frame, _mine(frame), with_account=True)


def all_contracts(frame: Frame) -> None:
    """The notice timeline of the contracts whose last day is near, and every contract."""
    near = frame.store.page(
        "plans.contract_notices",
        {"as_of": frame.as_of},
        where=[*frame.narrowing(), Condition("notice_state", "=", "soon")],
        order_by=[("notice_on", False), ("contract_id", False)],
        limit=25,
    ).records()
    contract_timeline(frame, near, key="notice", by="name")
    contract_table(frame, frame.narrowing(), with_account=True)


def _mine(frame: Frame) -> list[Condition]:
    """The account filter for lists that know the account manager only: mine, else all."""
    return frame.narrowing_within()
