"""The matrix as tables: placed accounts, those that cannot be placed, and what the picture rests on."""

from __future__ import annotations

import streamlit as st

from kam import selection
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.states import state
from kam.ui.tables import record_downloads, record_table
from kam.ui.verdicts import points_told
from kam.units import count, day
from kam.words import _


def axis_name(axis: str) -> str:
    """An axis in words."""
    return {"attractiveness": _("Attractiveness"), "strength": _("Strength")}[axis]


def matrix_table(frame: Frame, found: selection.Portfolio) -> None:
    """Every placed account with its cell, its distance to the nearest line and the chance of each cell."""
    records = [
        {
            "account_id": a.verdict.account_id,
            "name": a.verdict.name,
            "is_key_account": a.verdict.is_key_account,
            "verdict": a.verdict.verdict,
            "near_miss": a.verdict.is_near_miss,
            "category": a.placement.category,
            "attractiveness": a.verdict.attractiveness,
            "strength": a.verdict.strength,
            "distance": a.placement.distance,
            "nearest": axis_name(a.placement.nearest_axis),
            "contribution": a.contribution_amount,
            "owner": a.owner,
            "because": "; ".join(selection.because(a.verdict, frame.currency)),
            "planned_attractiveness": a.planned.attractiveness if a.planned else None,
            "planned_strength": a.planned.strength if a.planned else None,
            "planned_by": a.planned.due_on if a.planned else None,
            "planned_reason": a.planned.reason if a.planned else None,
            **{f"p_{cell}": p for cell, p in a.probability.items()},
        }
        for a in found.placed
    ]
    columns = [
        Column("name", _("Account"), "account"),
        Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
        Column("category", _("Category"), "status"),
        Column("distance", _("To the line"), "points", decimals=2, help=_("Points to the nearest cut line.")),
        Column("nearest", _("Nearest line")),
        *[
            Column(f"p_{cell}", _("Chance of {cell}").format(cell=state(cell).word), "share", decimals=0)
            for cell in selection.CATEGORIES
        ],
        Column("contribution", _("Contribution"), "reporting currency"),
        Column("verdict", _("Gates"), "status"),
    ]
    more = [
        Column("attractiveness", _("Attractiveness"), "points"),
        Column("strength", _("Strength"), "points"),
        Column("near_miss", _("Near miss")),
        Column("owner", _("Account manager")),
        Column("because", _("What keeps it out")),
        Column("planned_attractiveness", _("Planned attractiveness"), "points"),
        Column("planned_strength", _("Planned strength"), "points"),
        Column("planned_by", _("Planned by"), "date"),
        Column("planned_reason", _("What is to move it")),
    ]
    record_table(
        records,
        columns,
        key="matrix.placed",
        title=_("Accounts in the matrix"),
        empty=_("No account is placed."),
        currency=frame.currency,
    )
    if records:
        record_downloads(
            frame, records, [*columns, *more], key="matrix", title=_("Accounts in the matrix"), notes=_rests_on(found)
        )


def unplaced_table(frame: Frame, found: selection.Portfolio) -> None:
    """The accounts that cannot be placed, with the range that is possible and what is missing."""
    st.subheader(_("Not placed"), anchor=False)
    columns = [
        Column("name", _("Account"), "account"),
        Column("is_key_account", _("Key"), "flag"),
        Column("verdict", _("Gates"), "status"),
        Column("attractiveness", _("Attractiveness")),
        Column("strength", _("Strength")),
        Column("category", _("Category"), "status", help=_("Known where no missing score can change it.")),
        Column("missing", _("What is missing")),
    ]
    records = [
        {
            "account_id": a.verdict.account_id,
            "name": a.verdict.name,
            "is_key_account": a.verdict.is_key_account,
            "verdict": a.verdict.verdict,
            "attractiveness": points_told(a.verdict.attractiveness_range),
            "strength": points_told(a.verdict.strength_range),
            "category": a.verdict.category,
            "missing": ", ".join(selection.MEASURES[measure].name for measure in a.missing)
            or _("The criteria score nothing on {axes}").format(
                axes=", ".join(axis_name(x) for x in found.unscored_axes)
            ),
        }
        for a in found.unplaced
    ]
    record_table(
        records,
        columns,
        key="matrix.unplaced",
        title=_("Not placed"),
        empty=_("Every account in question has all its scores."),
    )
    if records:
        record_downloads(frame, records, columns, key="unplaced", title=_("Not placed"), notes=_rests_on(found))


def matrix_rule(found: selection.Portfolio) -> None:
    """What the picture rests on: criteria, lines with date and source, noise, draws and seed."""
    with st.expander(_("What this rests on")):
        record_table(
            [{"what": what, "value": told} for what, told in _rests_on(found)],
            [Column("what", _("What")), Column("value", _("Value and source"))],
            key="matrix.rests_on",
            title=_("What the matrix rests on"),
            empty="",
        )


def _rests_on(found: selection.Portfolio) -> list[tuple[str, str]]:
    lines = [
        (
            _("{axis}: high from").format(axis=axis_name(axis)),
            _("{value:g} points, from {day} · {source}").format(
                value=cut.value, day=day(cut.valid_from), source=cut.source
            ),
        )
        for axis, cut in found.cut_sources.items()
    ]
    noise = found.score_noise
    return [
        (_("Criteria"), f"{found.criteria.name}, {day(found.criteria.valid_from)} · {found.criteria.source}"),
        *lines,
        (_("On a line"), _("A score on a cut line belongs to the higher cell.")),
        (_("Categories"), _("Woodburn & McDonald, Key Account Management, 2011 (recalled)")),
        (
            _("Chance of a cell"),
            _(
                "Share of {draws} random draws (seed {seed}) in which every score varies by {noise:g} points "
                "(standard deviation, normal, within 0 to 10), from {day} · {source}"
            ).format(
                draws=count(found.draws),
                seed=found.seed,
                noise=noise.value or 0,
                day=day(noise.valid_from),
                source=noise.source,
            ),
        ),
        (
            _("Accounts in question"),
            _("All that pass every gate or whose gates are unknown, near misses, and key accounts"),
        ),
    ]
