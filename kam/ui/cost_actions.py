"""From a loss-making account to an action, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import streamlit as st

from kam import value
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.figures import Rule, figures, months_to
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.point_charts import lines
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table, relation_table
from kam.ui.text import escaped
from kam.units import day, money, short_money
from kam.words import _, several

# An action may be due up to ten years ahead.
_LATEST_DAYS = 3650
_SEEN = _(
    "What it measures in the 12 months to the day less the baseline, which was frozen at the decision: what changed "
    "against the same days a year before. In the first year, as many 365ths of the yearly effect can be seen as days "
    "have passed."
)


def losses(frame: Frame) -> None:
    """Every account that loses money, the largest loss first, and what is being done; each leads to its actions."""
    relation_table(
        frame,
        "programme.loss_makers",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account")),
            Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
            Column("revenue_12m", _("Revenue"), "reporting currency"),
            Column("margin_12m", _("Margin"), "reporting currency", estimated_by="is_margin_estimated"),
            Column("cost_to_serve_12m", _("Cost to serve"), "reporting currency"),
            Column("contribution_12m", _("Contribution"), "reporting currency", estimated_by="is_margin_estimated"),
            Column("open_action_count", _("Open actions"), "count"),
            Column("expected_amount", _("Expected a year"), "reporting currency"),
        ],
        more=[Column("owner", _("Account manager"))],
        key="losses",
        title=_("Accounts that lose money"),
        where=frame.narrowing(),
        search=("name", "account_id"),
        order_by=("contribution_12m", False),
        totals=["revenue_12m", "margin_12m", "cost_to_serve_12m", "contribution_12m", "expected_amount"],
        opens=("cost_to_serve", {"account": "account_id"}),
        empty=_("No account in this selection loses money, as far as contributions are known."),
    )


def act_on_account(frame: Frame, account_id: str) -> None:
    """What could be done about one account, with its effect in money, and the decision. Raises its refusals inside."""
    worth = value.account_value(frame.store, frame.as_of, account_id, for_whom=frame.person)
    contribution = worth.measures["contribution_12m"]
    st.subheader(escaped(worth.name), anchor=False)
    st.markdown(f"**{escaped(_state_of(contribution, frame))}**")
    if contribution is None:
        for sentence in worth.missing:
            st.caption(escaped(sentence))
    proposals = value.action_proposals(frame.store, frame.as_of, account_id, for_whom=frame.person)
    record_table(
        [vars(proposal) | {"name": value.ACTION_KINDS[proposal.kind]} for proposal in proposals],
        [
            Column("name", _("What could be done")),
            Column("effect_amount", _("Effect a year"), "reporting currency"),
            Column("basis", _("How that comes about")),
        ],
        key="proposals",
        title=_("Actions in the order in which to try them"),
        empty="",
        currency=frame.currency,
    )
    _decide(frame, worth, {proposal.kind: proposal for proposal in proposals})
    link("account", _("See its profit and loss and its drivers"), account=account_id, tab=_("Value"))


def _state_of(contribution: Decimal | None, frame: Frame) -> str:
    if contribution is None:
        return _("What it earns is unknown")
    amount = short_money(abs(contribution), frame.currency)
    told = _("It loses {amount} in the {period}") if contribution < 0 else _("It earns {amount} in the {period}")
    return told.format(amount=amount, period=months_to(frame.as_of))


def _decide(frame: Frame, worth: value.AccountValue, proposals: dict[str, value.Proposal]) -> None:
    first = next((kind for kind, proposal in proposals.items() if proposal.effect_amount), next(iter(proposals)))
    kind = st.selectbox(
        _("Action"),
        list(proposals),
        index=list(proposals).index(first),
        format_func=value.ACTION_KINDS.__getitem__,
        key=f"act.kind.{worth.account_id}",
    )
    effect = proposals[kind].effect_amount
    with form(f"act.{worth.account_id}.{kind}", _("Decide this action")) as deciding:
        what = st.text_input(_("What is done"), max_chars=500, placeholder=_("In a sentence that its owner recognises"))
        left, middle, right = st.columns(3)
        owner = left.text_input(_("Who does it"), worth.measures["owner"] or "", max_chars=200)
        # Without bounds only days around today could be typed, and the ledger may be of another decade.
        due_on = middle.date_input(
            _("Due"),
            None,
            min_value=frame.as_of,
            max_value=frame.as_of + timedelta(days=_LATEST_DAYS),
            format="YYYY-MM-DD",
        )
        expected = right.number_input(
            _("Expected effect a year, {currency}").format(currency=frame.currency),
            value=None if effect is None else float(effect),
            min_value=0.0,
            step=1000.0,
            format="%.2f",
        )
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Why this, and who decided it"))
    if deciding.sent:
        with refusals_shown(deciding):
            value.decide_action(
                frame.store,
                worth.account_id,
                kind,
                what=what,
                owner=owner,
                due_on=due_on,
                expected_amount=None if expected is None else Decimal(f"{expected:.2f}"),
                decided_on=frame.as_of,
                reason=reason,
                who=frame.person,
                op_id=deciding.op_id,
            )
            deciding.done(
                _("{kind} is decided for {account}; the 12 months to {day} are its baseline.").format(
                    kind=value.ACTION_KINDS[kind], account=worth.name, day=day(frame.as_of)
                ),
                page="cost_to_serve",
                label=_("Follow the actions"),
                tab=_("Actions"),
            )


def actions_followed(frame: Frame) -> None:
    """Every action with the effect expected and seen; one of them over its quarters; and closing it."""
    found = frame.store.page(
        "value.action_list",
        {"as_of": frame.as_of},
        where=frame.narrowing_by_account(),
        order_by=[("is_open", True), ("due_on", False), ("action_id", False)],
    ).records()
    if not found:
        st.info(_("No action has been decided up to this day: choose an account that loses money on the tab Losses."))
        return
    _sums(frame, found)
    columns = [
        Column("name", _("Account"), "account"),
        Column("kind_name", _("Action")),
        Column("action_state", _("State"), "status"),
        Column("due_on", _("Due"), "date"),
        Column("expected_so_far_amount", _("Expected so far"), "reporting currency"),
        Column("shown_amount", _("Seen so far"), "reporting currency", help=_SEEN),
        Column("period", _("Followed")),
        Column("expected_amount", _("Expected a year"), "reporting currency"),
        Column("owner", _("Who")),
        Column("what", _("What is done")),
    ]
    records = [row | _told(row) for row in found]
    record_table(
        records,
        columns,
        key="actions",
        title=as_of_line(_("Actions, expected against seen"), frame.as_of),
        empty="",
        currency=frame.currency,
        opens=None,
    )
    record_downloads(
        frame, records, columns, key="actions", title=_("Loss-maker actions"), ids=("action_id", "account_id")
    )
    _one_action(frame, {row["action_id"]: row for row in records})


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A closed action shows the effect of its closing day, which was frozen then."""
    until = row["closed_on"]
    return {
        "kind_name": value.ACTION_KINDS.get(row["kind"], row["kind"]),
        "shown_amount": row["seen_amount"] if row["is_open"] else row["closed_amount"],
        "period": _("{start} to {end}").format(start=day(row["decided_on"]), end=day(until))
        if until
        else _("since {start}: {days}").format(
            start=day(row["decided_on"]), days=several("{count} day", "{count} days", row["days_followed"])
        ),
    }


def _sums(frame: Frame, found: list[dict[str, Any]]) -> None:
    open_ones = [row for row in found if row["is_open"]]
    known = [row for row in open_ones if row["seen_amount"] is not None]
    period = _("{count} open, as of {day}").format(count=len(open_ones), day=day(frame.as_of))
    rule = Rule(_SEEN, source=_("Decisions on this page; order lines and activities of the ledger"))
    common = {"unit": "reporting currency", "currency": frame.currency, "period": period, "rule": rule}
    figures(
        common | {"label": _("Expected a year"), "value": sum((r["expected_amount"] for r in open_ones), Decimal(0))},
        common
        | {"label": _("Expected so far"), "value": sum((r["expected_so_far_amount"] for r in open_ones), Decimal(0))},
        common
        | {
            "label": _("Seen so far"),
            "value": sum((r["seen_amount"] for r in known), Decimal(0)) if len(known) == len(open_ones) else None,
            "unknown_because": _("unknown for a part of them"),
        },
    )


def _one_action(frame: Frame, by_id: dict[int, dict[str, Any]]) -> None:
    action_id = st.selectbox(
        _("One action"),
        list(by_id),
        format_func=lambda at: f"{by_id[at]['name']}: {by_id[at]['kind_name']} ({day(by_id[at]['decided_on'])})",
        key="actions.one",
    )
    action = by_id[action_id]
    followed = value.follow_ups(frame.store, action_id, frame.as_of)
    measured = _("contribution") if action["measure"] == "contribution" else _("economic profit")
    lines(
        {
            _("Seen"): [(one.on_day, one.seen_amount) for one in followed],
            _("Expected"): [(one.on_day, one.expected_amount) for one in followed],
        },
        key="followed",
        title=_followed_told(action, frame.currency),
        subtitle=_("Change of its {what} of 12 months since {day}, by quarter").format(
            what=measured, day=day(action["decided_on"])
        ),
        empty=_("What it earns is unknown since."),
        currency=frame.currency,
        accent=_("Seen"),
    )
    st.caption(
        escaped(
            _("Decided by {who}: {reason}. Baseline: {what} of {amount} in the 12 months to {day}.").format(
                who=action["decided_by"],
                reason=action["reason"].rstrip("."),
                what=measured,
                amount=money(action["baseline_amount"], frame.currency, decimals=2),
                day=day(action["decided_on"]),
            ),
            longest=1000,
        )
    )
    if not action["is_open"]:
        st.caption(
            escaped(
                _("Closed on {day}: {notes}").format(day=day(action["closed_on"]), notes=action["notes"]), longest=1000
            )
        )
        return
    with form(f"close-action.{action_id}", _("Close the action"), is_primary=False) as closing:
        outcome = st.radio(
            _("What came of it"), list(value.OUTCOMES), format_func=value.OUTCOMES.__getitem__, horizontal=True
        )
        notes = st.text_area(_("Note"), max_chars=2000, placeholder=_("What was done, and what is left to do"))
    if closing.sent:
        with refusals_shown(closing):
            value.close_cost_action(
                frame.store,
                action_id,
                outcome=outcome,
                notes=notes,
                closed_on=frame.as_of,
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(_("The action is closed with the effect seen up to {day}.").format(day=day(frame.as_of)))


def _followed_told(action: dict[str, Any], currency: str) -> str:
    seen, expected = action["seen_amount"], action["expected_so_far_amount"]
    if seen is None:
        return _("What came of it is unknown")
    return _("{seen} seen so far, {expected} expected by now").format(
        seen=short_money(seen, currency), expected=short_money(expected, currency)
    )


def open_actions(frame: Frame, account_id: str) -> None:
    """The open actions about an account, where there are any: a line each, leading to their follow-up."""
    held = frame.store.page(
        "value.action_list",
        {"as_of": frame.as_of},
        where=[Condition("account_id", "=", account_id), Condition("is_open", "=", True)],
    ).records()
    for row in held:
        st.markdown(
            escaped(
                _("{kind}, {who}, due {due}: {seen} seen of {expected} expected by now").format(
                    kind=value.ACTION_KINDS.get(row["kind"], row["kind"]),
                    who=row["owner"],
                    due=day(row["due_on"]),
                    seen=short_money(row["seen_amount"], frame.currency),
                    expected=short_money(row["expected_so_far_amount"], frame.currency),
                ),
                longest=500,
            )
        )
    label = _("Follow its actions") if held else _("What could be done about its cost")
    link("cost_to_serve", label, account=account_id, tab=_("Actions") if held else None)
