"""What the programme's first page shows: first steps, its figures, what needs a decision, what it contributes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kam import programme, relationships, selection, value
from kam.store import Condition, Rows
from kam.ui.attention import Need, Step, attention, need, steps
from kam.ui.bar_charts import bars
from kam.ui.dates import dates_need
from kam.ui.figures import Rule, months_to
from kam.ui.frame import Frame
from kam.ui.imported_complaints import unowned_need
from kam.ui.measures import measure_totals
from kam.units import day
from kam.words import _, several

_NAMED = 4
_LATELY = timedelta(days=92)
_KEY = Condition("is_key_account", "=", True)


def first_steps(frame: Frame) -> None:
    """What is to be set up, in order, while something of it is missing."""
    store, as_of = frame.store, frame.as_of
    size = programme.size(store, as_of)
    has_executives = len(store.read("ledgers.executives", columns=("executive_id",), limit=1)) > 0
    has_costs = value.adopted_cost_model(store, as_of) is not None
    has_criteria = selection.adopted(store, as_of) is not None
    if size and has_executives and has_costs and has_criteria:
        return
    steps(
        [
            Step(not frame.is_empty, _("Import accounts and order lines"), "import"),
            Step(has_costs, _("Adopt a cost model: what serving each account costs"), "settings"),
            Step(has_criteria, _("Adopt written eligibility criteria"), "criteria"),
            Step(size > 0, _("Admit candidates that pass every gate"), "candidates"),
            Step(has_executives, _("Import our executives"), "import"),
            Step(
                size > 0 and not _unsponsored(frame).total,
                _("Assign one of our executives to each key account"),
                "sponsors",
            ),
        ],
        key="steps",
        title=_("First steps"),
    )


def programme_figures(frame: Frame) -> int:
    """How many key accounts there are, of how many, and what they come to; returns how many."""
    size, limits = programme.size(frame.store, frame.as_of), programme.limits(frame.store, frame.as_of)
    shown = len(frame.those_shown(frame.store.read("programme.roster", {"as_of": frame.as_of}).records()))
    measure_totals(
        frame,
        ["revenue_12m", "contribution_12m", "lifetime_value"],
        where=[_KEY, *frame.narrowing_within()],
        of=_("key accounts"),
        first=[
            {
                "label": _("Key accounts"),
                "value": shown,
                "unit": "count",
                "period": _("of {least} to {most}").format(least=limits.at_least, most=limits.at_most)
                if shown == size
                else _("of {count} in the programme").format(count=size),
                "rule": Rule(
                    _("Accounts in the programme on the day, and how many it is meant to hold."),
                    period=day(frame.as_of),
                    source=limits.at_most_source,
                ),
            }
        ],
    )
    return size


def programme_needs(frame: Frame) -> int:
    """What needs a decision, the worst first, each line with its accounts and the page to act on."""
    return attention(
        [
            *_people(frame),
            *_carriers(frame),
            *_signs(frame),
            *_worth(frame),
            *_rhythm(frame),
            *_promises(frame),
            *_size(frame),
        ],
        key="attention",
        title=_("What needs a decision"),
        nothing=_("Nothing needs a decision on this day."),
    )


def programme_contribution(frame: Frame) -> None:
    """Contribution by key account, losses last and in their colour."""
    valued = frame.store.page(
        "programme.account_list",
        {"as_of": frame.as_of, "level": "account"},
        where=[_KEY, *frame.narrowing_within()],
        order_by=[("contribution_12m", True), ("name", False)],
        limit=50,
    )
    losing = _accounts(frame, Condition("contribution_12m", "<", 0)).total
    bars(
        valued.records(),
        name="name",
        value="contribution_12m",
        key="contribution",
        title=_costs_more(losing) if losing else _("No key account is known to cost more than it brings"),
        subtitle=_("Contribution after cost to serve, {period}").format(period=months_to(frame.as_of)),
        empty=_("Contribution is unknown: it needs product costs and an adopted cost model."),
        currency=frame.currency,
    )


def _those(frame: Frame, relation: str, *where: Condition, **arguments: Any) -> Rows:
    """The first rows of a relation on this day under these conditions, by name, and how many there are."""
    asked = {"as_of": frame.as_of} | arguments
    where = (*where, *frame.narrowing_by_account())
    return frame.store.page(relation, asked, where=where, order_by=[("name", False)], limit=_NAMED)


def _accounts(frame: Frame, where: Condition) -> Rows:
    return _those(frame, "programme.account_list", _KEY, where, level="account")


def _unsponsored(frame: Frame) -> Rows:
    return _those(frame, "sponsorship.roster_sponsors", Condition("is_covered", "=", False))


def _costs_more(count: int) -> str:
    return several(
        "{count} key account costs more than it brings", "{count} key accounts cost more than they bring", count
    )


def _people(frame: Frame) -> list[Need]:
    vacant = _unsponsored(frame)
    silent = _those(frame, "sponsorship.roster_sponsors", Condition("contact_state", "=", "overdue"))
    return [
        need(
            "bad",
            vacant,
            several(
                "{count} key account has no executive sponsor",
                "{count} key accounts have no executive sponsor",
                vacant.total,
            ),
            "sponsors",
        ),
        need(
            "soon",
            silent,
            several(
                "{count} key account has waited too long for its sponsor",
                "{count} key accounts have waited too long for their sponsor",
                silent.total,
            ),
            "sponsors",
        ),
        *_burden(frame),
    ]


def _burden(frame: Frame) -> list[Need]:
    """Executives who carry too much, and promises of ours that are late."""
    load = frame.store.page(
        "sponsorship.executive_load", {"as_of": frame.as_of}, order_by=[("account_count", True), ("name", False)]
    ).records()
    over = [
        row["name"]
        for row in load
        if row["load_state"] in ("over_cap", "over_hard_cap") or row["hours_state"] == "over_hours"
    ]
    late = frame.store.page(
        "sponsorship.promise_list",
        {"as_of": frame.as_of},
        where=[Condition("promise_state", "=", "overdue"), *frame.narrowing_by_account()],
        order_by=[("due_on", False), ("promise_id", False)],
    ).records()
    behind = list(dict.fromkeys(row["account_name"] for row in late))
    return [
        need(
            "soon",
            over,
            several("{count} executive sponsors too much", "{count} executives sponsor too much", len(over)),
            "sponsors",
            tab=_("Load"),
        ),
        Need(
            "bad",
            len(late),
            several(
                "{count} promise of our executives is late", "{count} promises of our executives are late", len(late)
            ),
            "sponsors",
            behind,
            {"tab": _("Contacts")},
            len(behind),
        ),
    ]


def _carriers(frame: Frame) -> list[Need]:
    """The champion, account managers and what is changing hands."""
    missing = {warning.rule for warning in programme.champion_warnings(frame.store, frame.as_of)}
    behind = len(missing - {"no_champion"})
    handed = _those(frame, "managers.handover_list", Condition("handover_state", "!=", "closed"))
    unmanaged = _those(frame, "managers.holdings", Condition("manager_id", "is_missing"))
    return [
        Need("bad", int("no_champion" in missing), _("The programme has no champion"), "champion"),
        Need(
            "soon",
            behind,
            several(
                "{count} thing is missing behind the champion", "{count} things are missing behind the champion", behind
            ),
            "champion",
            account_count=0,
        ),
        need(
            "soon",
            handed,
            several("{count} handover is open", "{count} handovers are open", handed.total),
            "handovers",
        ),
        need(
            "soon",
            unmanaged,
            several(
                "{count} key account has no account manager on record",
                "{count} key accounts have no account manager on record",
                unmanaged.total,
            ),
            "managers",
        ),
    ]


def _signs(frame: Frame) -> list[Need]:
    """Red lines that are open at key accounts, and contacts of theirs who left within a quarter."""
    roster = frame.store.read("programme.roster", {"as_of": frame.as_of}).records()
    keys = {row["account_id"]: row["name"] for row in frame.those_shown(roster)}
    red = [
        row
        for row in frame.store.read("relationships.open_red_lines", {"as_of": frame.as_of})
        if row["account_id"] in keys
    ]
    left = [
        row
        for row in relationships.left_since(frame.store, frame.as_of - _LATELY, frame.as_of)
        if row["account_id"] in keys
    ]
    return [
        Need(
            "bad",
            len(red),
            several("{count} red line is open", "{count} red lines are open", len(red)),
            "account",
            sorted({row["name"] for row in red}),
            {"account": red[0]["account_id"]} if red else {},
            account_count=len({row["account_id"] for row in red}),
        ),
        Need(
            "soon",
            len(left),
            several("{count} contact left a key account", "{count} contacts left key accounts", len(left)),
            "account",
            sorted({keys[row["account_id"]] for row in left}),
            {"account": left[0]["account_id"], "tab": _("People")} if left else {},
            account_count=len({row["account_id"] for row in left}),
        ),
    ]


def _worth(frame: Frame) -> list[Need]:
    standing = selection.standing(frame.store, frame.as_of, for_whom=frame.person)
    failing = [account.name for account in frame.those_shown(standing) if account.needs_decision]
    losing = _accounts(frame, Condition("contribution_12m", "<", 0))
    unvalued = _accounts(frame, Condition("contribution_12m", "is_missing"))
    return [
        need(
            "bad",
            failing,
            several("{count} key account fails a gate now", "{count} key accounts fail a gate now", len(failing)),
            "roster",
        ),
        need("bad", losing, _costs_more(losing.total), "value"),
        need(
            "none",
            unvalued,
            several(
                "{count} key account has an unknown contribution",
                "{count} key accounts have an unknown contribution",
                unvalued.total,
            ),
            "value",
        ),
    ]


def _rhythm(frame: Frame) -> list[Need]:
    dormant = _accounts(frame, Condition("activity_state", "=", "dormant"))
    unreviewed = _those(frame, "reviews.calendar", Condition("review_state", "=", "overdue"))
    late = _those(frame, "reviews.action_list", Condition("action_state", "=", "overdue")).total
    behind = _those(frame, "reviews.calendar", Condition("overdue_action_count", ">", 0))
    return [
        need(
            "bad",
            dormant,
            several(
                "{count} key account has stopped buying", "{count} key accounts have stopped buying", dormant.total
            ),
            "accounts",
            accounts=frame.keys_shown,
            activity_state="dormant",
        ),
        need(
            "soon",
            unreviewed,
            several("{count} account review is overdue", "{count} account reviews are overdue", unreviewed.total),
            "reviews",
        ),
        Need(
            "soon",
            late,
            several("{count} agreed action is late", "{count} agreed actions are late", late),
            "reviews",
            behind.column("name"),
            account_count=behind.total,
        ),
    ]


def _promises(frame: Frame) -> list[Need]:
    """Plans, promises, complaints and contracts that wait for somebody."""
    late = _those(frame, "plans.action_list", Condition("action_state", "=", "overdue")).total
    behind = _those(frame, "plans.progress", Condition("overdue_count", ">", 0))
    complained = _those(frame, "plans.complaint_list", Condition("complaint_state", "=", "overdue"))
    promised = _those(frame, "plans.commitment_list", Condition("commitment_state", "=", "overdue"))
    ending = _those(
        frame, "plans.contract_notices", Condition("notice_state", "=", "soon"), Condition("is_key_account", "=", True)
    )
    return [
        Need(
            "soon",
            late,
            several("{count} action of a plan is late", "{count} actions of plans are late", late),
            "plans",
            behind.column("name"),
            {"tab": _("Actions"), "action_state": "overdue"},
            account_count=behind.total,
        ),
        need(
            "bad",
            complained,
            several("{count} complaint is overdue", "{count} complaints are overdue", complained.total),
            "service",
            tab=_("Complaints"),
            complaint_state="overdue",
        ),
        unowned_need(frame),
        dates_need(frame),
        need(
            "soon",
            promised,
            several("{count} commitment is overdue", "{count} commitments are overdue", promised.total),
            "service",
            commitment_state="overdue",
        ),
        need(
            "soon",
            ending,
            several(
                "{count} contract of a key account needs a decision on notice",
                "{count} contracts of key accounts need a decision on notice",
                ending.total,
            ),
            "plans",
            tab=_("Contracts"),
            notice_state="soon",
        ),
    ]


def _size(frame: Frame) -> list[Need]:
    size, limits = programme.size(frame.store, frame.as_of), programme.limits(frame.store, frame.as_of)
    too_few = limits.at_least is not None and size < limits.at_least
    too_many = limits.at_most is not None and size > limits.at_most
    cycle = selection.unfinished(frame.store)
    return [
        Need("soon", int(cycle is not None), _("A selection cycle is under way"), "cycles"),
        Need("soon", int(too_few), _("The programme holds fewer accounts than it should"), "candidates"),
        Need("bad", int(too_many), _("The programme holds more accounts than it may"), "roster"),
    ]
