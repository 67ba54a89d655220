"""How many key accounts: the rule and the real limits, the best set beside the plain ranking, who waits."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import programme, selection
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import count, day, short_money
from kam.words import _, several


def best_set(frame: Frame) -> None:
    """Limits, both sets, their difference, the worth of one more and one fewer, the waiting list, what it rests on."""
    slots, _known = frame.store.sums("sponsorship.executive_load", {"as_of": frame.as_of}, ["cap"])["cap"]
    with st.container(horizontal=True):
        hours = st.number_input(
            _("Manager hours a year"), 0.0, value=None, step=100.0, key="how_many.hours", placeholder=_("as adopted")
        )
        places = st.number_input(
            _("Sponsor slots"), 0, value=None if slots is None else int(slots), key="how_many.slots"
        )
    _too_few(frame)
    with refusals_shown():
        found = selection.how_many(frame.store, frame.as_of, hours=hours, sponsor_slots=places, for_whom=frame.person)
        _drawn(frame, found, is_slots_known=places == slots)


def _too_few(frame: Frame) -> None:
    size, rule = programme.size(frame.store, frame.as_of), programme.limits(frame.store, frame.as_of)
    if rule.at_least is not None and 0 < size < rule.at_least:
        st.warning(
            escaped(
                _("The programme holds {size} accounts, fewer than {at_least} ({source}).").format(
                    size=size, at_least=rule.at_least, source=rule.at_least_source
                )
            )
        )


def _drawn(frame: Frame, found: selection.HowMany, *, is_slots_known: bool) -> None:
    compared = found.comparison
    subtracted = (
        _("Expected uplift × lifetime value, less the managers' hours at their cost over the same lifetime; summed.")
        if found.is_cost_subtracted
        else _("Expected uplift × lifetime value, summed; nobody has decided yet what an hour of a manager costs.")
    )
    rule = Rule(
        subtracted
        + " "
        + _(
            "The best set is proven optimal (HiGHS), the ranking goes down by attractiveness until a limit is reached."
        ),
        inputs=[(name, _told(p)) for name, p in found.parameters.items()],
        source=_("METHOD 1.5: a knapsack with side limits; hours, cost and uplift are judgement until adopted"),
    )
    common = {"unit": "reporting currency", "currency": frame.currency, "rule": rule, "is_estimated": True}
    figures(
        {"label": _("Best set"), "value": compared.best.worth_amount} | common,
        {"label": _("Plain ranking"), "value": compared.ranking.worth_amount} | common,
        {"label": _("Difference"), "value": compared.difference_amount} | common,
    )
    st.markdown(_answer(frame, found))
    if not found.is_cost_subtracted:
        st.caption(
            _(
                "Before the managers' own cost: adopt selection.manager_hour_cost on the Settings page and it is subtracted."
            )
        )
    _limits(found, is_slots_known)
    if compared.unknown:
        st.warning(
            several(
                "{count} account takes no part: its lifetime value is unknown (product cost or a cost model is missing).",
                "{count} accounts take no part: their lifetime value is unknown (product cost or a cost model is missing).",
                len(compared.unknown),
            )
        )
    best, ranking = set(compared.best.account_ids), set(compared.ranking.account_ids)
    order = sorted(found.accounts.values(), key=lambda a: (-(a.worth_amount or 0), a.account_id))
    records = [vars(a) | {"best": a.account_id in best, "ranking": a.account_id in ranking} for a in order]
    columns = [
        Column("name", _("Account"), "account"),
        Column("is_key_account", _("Key"), "flag"),
        Column("best", _("In the best set")),
        Column("ranking", _("By ranking")),
        Column("worth_amount", _("Expected to add"), "reporting currency"),
        Column("gain_amount", _("Before cost"), "reporting currency"),
        Column("cost_amount", _("Managers' cost"), "reporting currency", help=_("Present value over its lifetime.")),
        Column("hours", _("Hours a year"), "hours"),
        Column("category", _("Category"), "status"),
        Column("attractiveness", _("Attractiveness"), "points"),
        Column("lifetime_value", _("Lifetime value"), "reporting currency"),
    ]
    records = frame.those_shown(records)
    title = _("Who would be in")
    record_table(
        records,
        columns,
        key="how_many.rows",
        title=title,
        empty=_("None of the accounts shown takes part."),
        currency=frame.currency,
    )
    frame.says_whole()
    record_downloads(frame, records, columns, key="how_many", title=title)
    _waiting(frame, found, columns)


def _answer(frame: Frame, found: selection.HowMany) -> str:
    """What one account fewer or more than the best number is worth, in a sentence."""
    worth = found.comparison.worth_at
    best = found.comparison.best.count
    sentences = [
        "**"
        + several(
            "{count} account is the best number within these limits.",
            "{count} accounts are the best number within these limits.",
            best,
        )
        + "**"
    ]
    for number, words in ((best - 1, _("One fewer")), (best + 1, _("One more"))):
        if number not in worth:
            continue
        if worth[number] is None:
            sentences.append(_("{which} is not possible within them.").format(which=words))
        else:
            change = worth[number] - found.comparison.best.worth_amount
            amount = short_money(change, frame.currency)
            told = amount if change < 0 else f"+{amount}"
            sentences.append(_("{which}: {change}.").format(which=words, change=told))
    return " ".join(sentences)


def _limits(found: selection.HowMany, is_slots_known: bool) -> None:
    """The rule of 5 to 25 beside the real limits, with what the best set takes of each and where it comes from."""
    limits, best = found.limits, found.comparison.best
    rule, hours = found.parameters["programme.accounts_at_most"], found.parameters["selection.manager_hours_at_most"]
    adopted = hours.source if limits.hours == hours.value else _("typed above")
    record_table(
        [
            {
                "limit": _("Key accounts"),
                "most": _("{least} to {most}").format(least=limits.at_least, most=limits.at_most),
                "taken": count(best.count),
                "source": rule.source,
            },
            {
                "limit": _("Manager hours a year"),
                "most": _("not decided, so no limit") if limits.hours is None else f"{limits.hours:,.0f}",
                "taken": f"{best.hours:,.0f}",
                "source": adopted,
            },
            {
                "limit": _("Sponsor slots"),
                "most": _("not known, so no limit") if limits.sponsor_slots is None else count(limits.sponsor_slots),
                "taken": count(best.sponsors),
                "source": _("our executives' caps together: their own word, else sponsorship.accounts_at_most")
                if is_slots_known
                else _("typed above"),
            },
        ],
        [
            Column("limit", _("Limit")),
            Column("most", _("Allows")),
            Column("taken", _("The best set takes")),
            Column("source", _("Source")),
        ],
        key="how_many.limits",
        title=_("The rule and the real limits"),
        empty="",
    )


def _waiting(frame: Frame, found: selection.HowMany, columns: list[Column]) -> None:
    waiting: list[dict[str, Any]] = [vars(found.accounts[account_id]) for account_id in found.comparison.waiting]
    waiting = frame.those_shown(waiting)
    title = _("Passing, without a place in the best set")
    names = {"name", "is_key_account", "worth_amount", "hours", "category", "attractiveness"}
    shown = [column for column in columns if column.name in names]
    st.subheader(_("Waiting list"), anchor=False)
    record_table(
        waiting,
        shown,
        key="how_many.waiting",
        title=title,
        currency=frame.currency,
        empty=_("Everyone who passes has a place in the best set."),
    )
    if waiting:
        record_downloads(frame, waiting, shown, key="how_many.waiting", title=title)
    link("cycles", _("Who waits by decision"), tab=_("Waiting list"))


def _told(parameter) -> str:
    value = _("undecided") if parameter.value is None else f"{parameter.value:g} {parameter.unit}"
    return f"{value}, {day(parameter.valid_from)} · {parameter.source}"
