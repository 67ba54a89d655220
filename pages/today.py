"""What in the programme needs a decision today?"""

import streamlit as st

from kam import ledgers, programme, selection, ui, units, value
from kam.words import _, several

frame = ui.page(_("Today"), _("What in the programme needs a decision?"), needs_ledger=False)
store, day = frame.store, {"as_of": frame.as_of}
criteria = selection.adopted(store, frame.as_of)
cost_model = value.adopted_cost_model(store, frame.as_of)
executives = store.read("ledgers.executives", columns=("executive_id",), limit=1)
vacant = store.page(
    "sponsorship.roster_sponsors",
    day,
    where=[ui.Condition("is_covered", "=", False)],
    order_by=[("name", False)],
    limit=4,
)
size, limits = programme.size(store, frame.as_of), programme.limits(store, frame.as_of)

if not (criteria and cost_model and len(executives) and size):
    ui.steps(
        [
            ui.Step(not frame.is_empty, _("Import accounts and order lines"), "import"),
            ui.Step(cost_model is not None, _("Adopt a cost model: what serving each account costs"), "settings"),
            ui.Step(criteria is not None, _("Adopt written eligibility criteria"), "criteria"),
            ui.Step(size > 0, _("Admit candidates that pass every gate"), "candidates"),
            ui.Step(len(executives) > 0, _("Import our executives"), "import"),
            ui.Step(size > 0 and not vacant.total, _("Assign one of our executives to each key account"), "sponsors"),
        ],
        key="steps",
        title=_("First steps"),
    )
if frame.is_empty:
    st.stop()
ledgers.check_as_of(store, frame.as_of)

is_key = ui.Condition("is_key_account", "=", True)
ui.measure_totals(
    frame,
    ["revenue_12m", "contribution_12m", "lifetime_value"],
    where=[is_key],
    of=_("key accounts"),
    first=[
        {
            "label": _("Key accounts"),
            "value": size,
            "unit": "count",
            "period": _("of {least} to {most}").format(least=limits.at_least, most=limits.at_most),
            "rule": ui.Rule(
                _("Accounts in the programme on the day, and how many it is meant to hold."),
                period=units.day(frame.as_of),
                source=limits.at_most_source,
            ),
        }
    ],
)
if not size:
    st.stop()


def those(relation, column, comparison, wanted, *where, **arguments):
    """Rows of a relation on this day where the column compares so, by name: the first few, and how many."""
    where = [ui.Condition(column, comparison, wanted), *where]
    return store.page(relation, day | arguments, where=where, order_by=[("name", False)], limit=4)


standing = selection.standing(store, frame.as_of, for_whom=frame.person)
silent = those("sponsorship.roster_sponsors", "contact_state", "=", "overdue")
unreviewed = those("reviews.calendar", "review_state", "=", "overdue")
late = those("reviews.action_list", "action_state", "=", "overdue")
dormant = those("programme.account_list", "activity_state", "=", "dormant", is_key, level="account")
losing = those("programme.account_list", "contribution_12m", "<", 0, is_key, level="account")
unvalued = those("programme.account_list", "contribution_12m", "is_missing", None, is_key, level="account")

failing = [account.name for account in standing if account.needs_decision]
costs_more = several(
    "{count} key account costs more than it brings", "{count} key accounts cost more than they bring", losing.total
)
ui.attention(
    [
        ui.need(
            "bad",
            vacant,
            several(
                "{count} key account has no executive sponsor",
                "{count} key accounts have no executive sponsor",
                vacant.total,
            ),
            "sponsors",
        ),
        ui.need(
            "bad",
            failing,
            several("{count} key account fails a gate now", "{count} key accounts fail a gate now", len(failing)),
            "roster",
        ),
        ui.need("bad", losing, costs_more, "value"),
        ui.need(
            "bad",
            dormant,
            several(
                "{count} key account has stopped buying", "{count} key accounts have stopped buying", dormant.total
            ),
            "accounts",
            accounts="key",
            activity_state="dormant",
        ),
        ui.need(
            "soon",
            silent,
            several(
                "{count} key account has waited too long for its sponsor",
                "{count} key accounts have waited too long for their sponsor",
                silent.total,
            ),
            "sponsors",
        ),
        ui.need(
            "soon",
            unreviewed,
            several("{count} account review is overdue", "{count} account reviews are overdue", unreviewed.total),
            "reviews",
        ),
        ui.need(
            "soon",
            late,
            several("{count} agreed action is late", "{count} agreed actions are late", late.total),
            "reviews",
        ),
        ui.need(
            "none",
            unvalued,
            several(
                "{count} key account has an unknown contribution",
                "{count} key accounts have an unknown contribution",
                unvalued.total,
            ),
            "value",
        ),
        ui.Need(
            "soon", int(size < (limits.at_least or 0)), _("The programme holds fewer than it should"), "candidates"
        ),
        ui.Need("bad", int(size > (limits.at_most or size)), _("The programme holds more than it may"), "roster"),
    ],
    key="attention",
    title=_("What needs a decision"),
    nothing=_("Nothing needs a decision on this day."),
)

valued = store.page(
    "programme.account_list",
    day | {"level": "account"},
    where=[is_key],
    order_by=[("contribution_12m", True), ("name", False)],
    limit=limits.at_most or 25,
)
ui.bars(
    valued.records(),
    name="name",
    value="contribution_12m",
    key="contribution",
    title=costs_more if losing.total else _("No key account is known to cost more than it brings"),
    subtitle=_("Contribution after cost to serve, {period}").format(period=ui.months_to(frame.as_of)),
    empty=_("Contribution is unknown: it needs product costs and an adopted cost model."),
    currency=frame.currency,
)
