"""What may come and what runs, on an account's page: the funnel, opportunities of both kinds, contracts and their notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import plans
from kam.store import Condition
from kam.ui.business_tables import contract_table, opportunity_table
from kam.ui.contract_timeline import contract_timeline
from kam.ui.figures import Rule, figures
from kam.ui.forms import press
from kam.ui.frame import Frame
from kam.ui.funnel_chart import funnel_chart
from kam.ui.record_forms import add_record, change_record
from kam.ui.refusals import refusals_shown
from kam.ui.stage_definitions import adopt_starter_stages, stage_table
from kam.units import day
from kam.words import _, several


def account_business(frame: Frame, account: Mapping[str, Any]) -> None:
    """Its funnel and opportunities, then its contracts with the last day to give notice."""
    account_id = account["account_id"]
    this = [Condition("account_id", "=", account_id)]
    rows = frame.store.read("plans.opportunity_list", {"as_of": frame.as_of}, where=this).records()
    st.subheader(_("Opportunities"), anchor=False)
    defined = plans.stages_in_force(frame.store, frame.as_of)
    if rows:
        opportunity_figures(frame, rows)
    if defined is None:
        adopt_starter_stages(frame)
    else:
        funnel = frame.store.read(
            "plans.funnel", {"as_of": frame.as_of, "of_account": account_id}, order_by=[("position", False)]
        ).records()
        funnel_chart(frame, funnel, key="funnel")
    opportunity_table(frame, this, with_account=False)
    _make_and_change(frame, account_id, defined)
    st.subheader(_("Contracts"), anchor=False)
    contracts = frame.store.read(
        "plans.contract_notices", {"as_of": frame.as_of}, where=this, order_by=[("end_date", False)]
    ).records()
    if contracts:
        contract_timeline(frame, contracts, key="contracts")
    contract_table(frame, this, with_account=False)


def add_opportunity(frame: Frame, account_id: str, *, slot: str = "") -> None:
    """The form that makes an opportunity. slot: stands alone, open, told from the one on the account's page."""
    defined = plans.stages_in_force(frame.store, frame.as_of)
    opening = {"stage": {s.name: s.name for s in defined.stages if s.kind == "open"}} if defined else {}
    add_record(
        frame,
        "opportunity",
        account_id,
        label=_("Make an opportunity"),
        done=_("The opportunity is made."),
        values={"owner": frame.person.name, "stage": next(iter(opening["stage"]), "") if opening else ""},
        options=opening,
        save=lambda typed, op_id: plans.make_opportunity(
            frame.store, account_id, typed, as_of=frame.as_of, who=frame.person, op_id=op_id
        ),
        slot=slot,
        is_open=bool(slot),
    )


def opportunity_figures(frame: Frame, rows: list[dict[str, Any]]) -> None:
    """What is open, what it is worth by probability, and what has stood still."""
    is_open = [r for r in rows if r["is_open"]]
    weighted = [r["weighted_amount"] for r in is_open if r["weighted_amount"] is not None]
    strange = sum(r["opportunity_state"] is None for r in rows)
    unweighted = len(is_open) - len(weighted)
    on_day = _("as of {day}").format(day=day(frame.as_of))
    figures(
        {
            "label": _("Open, by probability"),
            "value": sum(weighted) if weighted else None,
            "unit": "reporting currency",
            "currency": frame.currency,
            "period": on_day,
            "unknown_because": _("no amount or probability is known"),
            "rule": Rule(
                _(
                    "Amount × probability of the open opportunities; the probability is the opportunity's own, else its stage's."
                ),
                missing=several(
                    "{count} open opportunity without amount or probability",
                    "{count} open opportunities without amount or probability",
                    unweighted,
                )
                if unweighted
                else "",
            ),
            "key": "weighted",
        },
        {
            "label": _("Open opportunities"),
            "value": len(is_open),
            "unit": "count",
            "period": on_day
            if not strange
            else several("{count} more in a stage nobody defined", "{count} more in stages nobody defined", strange),
            "key": "open-opportunities",
        },
        {
            "label": _("Past their close date"),
            "value": sum(r["is_past_close"] for r in rows),
            "unit": "count",
            "period": _("still open"),
            "key": "past-close",
        },
        {
            "label": _("Stuck in their stage"),
            "value": sum(r["is_stuck"] for r in rows),
            "unit": "count",
            "period": several(
                "{count} of unknown age", "{count} of unknown age", sum(r["days_in_stage"] is None for r in is_open)
            ),
            "rule": Rule(
                _(
                    "Open and longer in one stage than allowed; an imported one counts from the first stock-taking that saw it there."
                ),
                source=_("plans.stage_stuck_after_days on the Settings page"),
            ),
            "key": "stuck",
        },
    )


def _make_and_change(frame: Frame, account_id: str, defined: plans.StageSet | None) -> None:
    store, given = frame.store, {"as_of": frame.as_of, "who": frame.person}
    options = {"stage": {s.name: s.name for s in defined.stages}} if defined else {}
    add_opportunity(frame, account_id)
    own = store.read(
        "plans.opportunities",
        where=[Condition("account_id", "=", account_id), Condition("recorded_on", "<=", frame.as_of)],
        order_by=[("opportunity_id", False)],
    ).records()
    change_record(
        frame,
        "opportunity",
        own,
        label=_("Change an opportunity made here, or move its stage"),
        done=_("The opportunity is saved."),
        options=options,
        save=lambda at, changes, version, op_id: plans.change_opportunity(
            store, at, changes, expected_version=version, op_id=op_id, **given
        ),
        states=_own_states(defined),
    )
    if defined is not None:
        with st.expander(_("Stages, their exit criteria, and ageing")):
            stage_table(frame, defined)
            st.caption(
                _(
                    "A ledger says in which stage an opportunity is, not since when. Taking stock writes today's stages down; "
                    "ageing counts from there."
                )
            )
            if (taking := press("stock", _("Take stock of the imported stages"))).sent:
                with refusals_shown(taking):
                    count = plans.take_stock(store, frame.as_of, who=frame.person, op_id=taking.op_id)
                    taking.done(
                        several("{count} stage is written down.", "{count} stages are written down.", count or 0)
                    )


def _own_states(defined: plans.StageSet | None) -> tuple[str, ...]:
    """Where stages are adopted, the stage says whether an opportunity is open, won or lost."""
    return ("open", "won", "lost") if defined is None else ()
