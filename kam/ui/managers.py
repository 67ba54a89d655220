"""Account managers on screen: the list with load and gaps, and which of them is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kam import managers, units
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.words import _, several

BACKGROUNDS = {
    "sales": _("Sales"),
    "technical": _("Technical"),
    "project": _("Project"),
    "finance": _("Finance"),
    "operations": _("Operations"),
    "other": _("Other"),
}


def opened_manager(frame: Frame) -> str | None:
    """The manager of ?manager=, or None; says so where there is nobody of that id."""
    asked = st.query_params.get("manager")
    if asked is None:
        return None
    if frame.store.one("ledgers.account_managers", where=[Condition("manager_id", "=", asked)]):
        return asked
    st.error(
        escaped(
            _("There is no account manager {manager_id}: choose one below, or import account managers.").format(
                manager_id=asked
            )
        )
    )
    return None


def manager_figures(frame: Frame, load: Sequence[dict[str, Any]]) -> None:
    """Key accounts with a manager on record, who carries too much, who is away uncovered, hours over all."""
    held = frame.store.read("managers.holdings", {"as_of": frame.as_of}).records()
    known = sum(row["manager_id"] is not None for row in held)
    there = [row for row in load if not row["has_left"]]
    over = [row for row in there if row["load_state"] == "over_cap"]
    needed = sum(row["hours_needed"] for row in there)
    given = [row["hours_given"] for row in there]
    waiting = [row for row in load if row["presence"] in ("left", "away_uncovered") and row["account_count"]]
    on_day = _("as of {day}").format(day=units.day(frame.as_of))
    figures(
        {
            "label": _("Key accounts with a manager"),
            "value": _("{known} of {all}").format(known=known, all=len(held)),
            "period": on_day,
            "rule": Rule(
                _(
                    "Key accounts whose manager is among the account managers on record, by appointment or by the master."
                ),
                inputs=[(row["name"], row["owner"] or _("nobody named")) for row in held if row["manager_id"] is None],
                missing=_("a manager on record") if known < len(held) else None,
            ),
        },
        {
            "label": _("Hours needed of those given"),
            "value": _("{needed} of {given}").format(
                needed=f"{needed:,.0f}",
                given=units.UNKNOWN if None in given else f"{sum(given):,.0f}",
            ),
            "period": _("a year, {day}").format(day=on_day),
            "rule": Rule(
                _(
                    "Hours that the key accounts take by their category, against the hours of the managers who are there."
                ),
                source=_("selection.manager_hours_… and managers.hours_given on the Settings page"),
            ),
        },
        {
            "label": _("Over their capacity"),
            "value": len(over),
            "unit": "count",
            "period": on_day,
            "rule": Rule(
                _("More key accounts than the manager takes, or more hours than given, cover for others included."),
                inputs=[(row["name"], units.share(row["load_share"], decimals=0)) for row in over],
            ),
        },
        {
            "label": _("Away or gone, uncovered"),
            "value": len(waiting),
            "unit": "count",
            "period": on_day,
            "rule": Rule(
                _("Managers with key accounts who have left, or are absent without a deputy who is there."),
                inputs=[(row["name"], row["account_names"]) for row in waiting],
            ),
        },
    )


def manager_list(frame: Frame) -> None:
    """Every manager on record by name, with load and presence; a name opens the person."""
    relation_table(
        frame,
        "managers.load",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account manager")),
            Column("background", _("Background"), "words"),
            Column("account_count", _("Key accounts"), "count"),
            Column(
                "account_cap", _("Takes"), "count", help=_("At most, by the record; unknown where it does not say.")
            ),
            Column("hours_needed", _("Hours needed"), "count", help=_("A year, by the categories of the accounts.")),
            Column("covered_hours", _("Covers"), "count", help=_("Hours a year of managers who are absent.")),
            Column("hours_given", _("Hours given"), "count"),
            Column("load_share", _("Load"), "share", decimals=0),
            Column("load_state", _("State"), "status"),
            Column("presence", _("Presence"), "status"),
        ],
        more=[
            Column("account_names", _("Accounts")),
            Column("region", _("Region")),
            Column("languages", _("Languages")),
            Column("absent_until", _("Absent until"), "date"),
            Column("deputy_name", _("Deputy")),
        ],
        key="managers",
        title=_("Account managers"),
        search=("name", "account_names"),
        filters={"background": _("Background"), "load_state": _("State"), "presence": _("Presence")},
        order_by=("name", False),
        opens=("managers", {"manager": "manager_id"}),
        ids=("manager_id",),
    )
    st.caption(
        _("In the order of names, not of merit: what is rated here serves development. Open a name to see one person.")
    )
    _lacking(frame)
    _unmanaged(frame)


def _lacking(frame: Frame) -> None:
    """What each manager lacks against the accounts held, by name: neither sums nor places."""
    rows = managers.lacking(frame.store, frame.as_of, for_whom=frame.person)
    below = sum(bool(row["gap_names"]) for row in rows)
    unknown = sum(bool(row["unknown_names"]) for row in rows)
    said = several(
        "{count} account manager is below what their key accounts require",
        "{count} account managers are below what their key accounts require",
        below,
    )
    st.subheader(
        said
        if not unknown
        else _("{said}; of {unknown} not every competency is known").format(said=said, unknown=unknown),
        anchor=False,
    )
    every = len(managers.competency_model().competencies)
    record_table(
        [row | ({"unknown_names": _("all of them")} if len(row["unknown_names"]) == every else {}) for row in rows],
        [
            Column("name", _("Account manager")),
            Column("gap_names", _("Below what is required")),
            Column("unknown_names", _("Not known yet")),
            Column("bias_names", _("Sees it otherwise")),
        ],
        key="lacking",
        title=_("What is lacking"),
        empty=_("No account manager on record holds a key account on this day."),
        opens=("managers", {"manager": "manager_id"}),
    )


def _unmanaged(frame: Frame) -> None:
    lost = frame.store.read(
        "managers.holdings",
        {"as_of": frame.as_of},
        where=[Condition("manager_id", "is_missing"), *frame.narrowing_by_account()],
        order_by=[("name", False)],
    ).records()
    if not lost:
        return
    st.subheader(
        several(
            "{count} key account has no manager on record",
            "{count} key accounts have no manager on record",
            len(lost),
        ),
        anchor=False,
    )
    record_table(
        lost,
        [
            Column("name", _("Account"), "account"),
            Column("category", _("Category"), "status"),
            Column("owner", _("Named in the account master")),
            Column("hours", _("Hours a year"), "count"),
        ],
        key="unmanaged",
        title=_("Key accounts without a manager on record"),
        empty="",
    )


def person_names(frame: Frame, *, is_there: bool = True) -> dict[str, str]:
    """manager_id → name, by name; is_there: without those who have left."""
    where = [Condition("has_left", "=", False)] if is_there else []
    found = frame.store.read(
        "managers.load",
        {"as_of": frame.as_of},
        columns=("manager_id", "name"),
        where=where,
        order_by=[("name", False)],
    )
    return dict(found.rows)


def competency_name(competency_id: str) -> str:
    """The name of a competency; its id where the model no longer has it."""
    known = managers.competency_model().competency(competency_id)
    return known.name if known else competency_id
