"""One account manager on screen: levels against the demand of the accounts held, ratings, and rating."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import managers, units
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.links import link
from kam.ui.managers import BACKGROUNDS, competency_name
from kam.ui.point_charts import dots
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _, several

_RATERS = {
    "self": _("The account manager"),
    "manager": _("Their manager"),
    "customer": _("A customer"),
    "peer": _("A colleague"),
}


def manager_head(frame: Frame, profile: managers.Profile) -> None:
    """Who it is, with load, presence and accounts in a line of facts, and the way back to all."""
    person = profile.person
    link("managers", _("All account managers"))
    st.subheader(escaped(person["name"]), anchor=False)
    given = units.UNKNOWN if person["hours_given"] is None else f"{person['hours_given']:,.0f}"
    facts(
        [
            ("", state(person["presence"])),
            ("", state(person["load_state"]) if person["load_state"] else None),
            (_("Background"), BACKGROUNDS.get(person["background"], person["background"])),
            (_("Region"), person["region"]),
            (_("Key accounts"), units.count(person["account_count"])),
            (_("Hours a year"), _("{needed} of {given}").format(needed=f"{person['hours_needed']:,.0f}", given=given)),
            (_("Value at stake"), units.short_money(profile.value_at_stake, frame.currency)),
        ]
    )


def manager_competencies(frame: Frame, profile: managers.Profile) -> None:
    """The dot plot against the demand of the accounts held, the levels as a table, and who rated what."""
    dots(
        profile.competencies,
        name="name",
        value="actual_level",
        before="self_level",
        reference="required_level",
        key="competencies",
        title=_finding(profile),
        subtitle=as_of_line(_("Levels 1 to 5: others' median, own rating, required by the accounts held"), frame.as_of),
        empty="",
        axis_range=(0.5, 5.5),
        decimals=1,
        keeps_unknown=True,
        value_name=_("Others, median"),
        before_name=_("Own rating"),
        reference_name=_("Required"),
    )
    record_table(
        profile.competencies,
        [
            Column("name", _("Competency")),
            Column("required_level", _("Required"), "number", decimals=1),
            Column(
                "actual_level", _("Actual"), "number", decimals=1, help=_("Median of the others; unknown below two.")
            ),
            Column("gap_levels", _("Gap"), "number", decimals=1),
            Column("weight", _("Weight"), "share", decimals=0),
            Column("self_level", _("Own"), "number", decimals=0),
            Column("bias_levels", _("Own − others"), "number", decimals=1),
            Column("other_count", _("Others"), "count"),
            Column("last_rated_on", _("Last rated"), "date"),
            Column("priority", _("Training priority"), "reporting currency", help=_priority_told()),
        ],
        key="levels",
        title=_("Levels against what the accounts require"),
        empty="",
        currency=frame.currency,
    )
    fit = profile.fit
    st.caption(
        escaped(
            _(
                "Weighted gap {gap} levels, readiness {readiness}; {known} of {all} competencies are known. {rule}"
            ).format(
                gap=units.UNKNOWN if fit.weighted_gap is None else f"{fit.weighted_gap:.2f}",
                readiness=units.share(fit.readiness),
                known=fit.known_count,
                all=len(profile.competencies),
                rule=_("No strength makes up for a gap elsewhere. {source}.").format(source=profile.model.source),
            ),
            longest=1000,
        )
    )
    with st.expander(_("Who rated what")):
        record_table(
            [
                row | {"name": competency_name(row["competency"]), "part": _RATERS[row["rater_kind"]]}
                for row in profile.ratings
            ],
            [
                Column("name", _("Competency")),
                Column("level", _("Level"), "count"),
                Column("part", _("As")),
                Column("rater", _("Rated by")),
                Column("rated_on", _("Day"), "date"),
                Column("evidence", _("Evidence")),
            ],
            key="ratings",
            title=_("Latest rating of each rater"),
            empty=_("Nobody has rated this account manager yet."),
        )


def rate_manager(frame: Frame, profile: managers.Profile) -> None:
    """Rate by anchors, with evidence: one rater, one day, any of the five competencies."""
    model, person = profile.model, profile.person
    st.caption(
        _("For development, with the consent of the person rated: ratings end in a training plan, never in a ranking.")
    )
    with form(f"rate.{person['manager_id']}", _("Save the ratings")) as rating:
        part, who, when = st.columns(3)
        kind = part.selectbox(_("Rated by"), list(_RATERS), index=1, format_func=_RATERS.__getitem__)
        rater = who.text_input(_("Name of the rater"), max_chars=120, placeholder=_("Empty for the account manager"))
        rated_on = when.date_input(_("Day"), value=frame.as_of, format="YYYY-MM-DD")
        given = {}
        for competency in model.competencies:
            seen = _rating_inputs(competency, model.levels)
            if seen is not None:
                given[competency.competency_id] = seen
    if rating.sent:
        with refusals_shown(rating):
            count = managers.rate(
                frame.store,
                person["manager_id"],
                given,
                rater_kind=kind,
                rater=rater,
                rated_on=rated_on,
                as_of=frame.as_of,
                who=frame.person,
                op_id=rating.op_id,
            )
            rating.done(several("{count} rating is saved.", "{count} ratings are saved.", count or len(given)))


def _rating_inputs(competency: managers.Competency, levels: tuple[str, ...]) -> managers.Seen | None:
    """Level and evidence of one competency; None where nothing was chosen and nothing typed."""
    level = st.selectbox(
        competency.name,
        range(1, len(levels) + 1),
        index=None,
        format_func=lambda at: f"{at}: {competency.anchors[at - 1]}",
        placeholder=competency.says,
    )
    evidence = st.text_input(
        _("Evidence: {competency}").format(competency=competency.name),
        max_chars=2000,
        placeholder=_("What was seen, where and when"),
        label_visibility="collapsed",
    )
    if level is None and not evidence.strip():
        return None
    return managers.Seen(level, evidence)


def manager_accounts(frame: Frame, profile: managers.Profile) -> None:
    """The key accounts held, with what they take and are worth, and the appointments on record."""
    record_table(
        profile.accounts,
        [
            Column("name", _("Account"), "account"),
            Column("category", _("Category"), "status"),
            Column("hours", _("Hours a year"), "count"),
            Column("lifetime_value", _("Lifetime value"), "reporting currency"),
            Column("appointed_on", _("Appointed"), "date"),
            Column("owner", _("Named in the account master")),
        ],
        key="held",
        title=_("Key accounts held"),
        empty=_("This account manager holds no key account on this day."),
        currency=frame.currency,
    )
    found = frame.store.read(
        "managers.appointments",
        where=[
            Condition("manager_id", "=", profile.person["manager_id"]),
            Condition("appointed_on", "<=", frame.as_of),
        ],
        order_by=[("appointed_on", True)],
    ).records()
    if found:
        record_table(
            [_appointment(row) for row in found],
            [
                Column("appointed_on", _("Day"), "date"),
                Column("account_id", _("Account id")),
                Column("grounds", _("Grounds")),
                Column("reason", _("Reason")),
                Column("decided_by", _("By")),
            ],
            key="appointments",
            title=_("Appointments"),
            empty="",
        )


def _appointment(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"grounds": "; ".join(managers.GROUNDS.get(ground, ground) for ground in row["grounds"])}


def _finding(profile: managers.Profile) -> str:
    lacking = [row["name"] for row in profile.competencies if row["gap_levels"]]
    biased = [row["name"] for row in profile.competencies if row["is_biased"]]
    unknown = sum(row["actual_level"] is None for row in profile.competencies)
    if not profile.accounts:
        said = _("No key account is held, so nothing is required yet")
    elif profile.fit.required_count == 0:
        said = _("The category of the accounts held is unknown, and so is what they require")
    elif lacking:
        said = _("Below what the accounts require: {names}").format(names=", ".join(lacking))
    elif unknown:
        said = several("{count} competency is unknown", "{count} competencies are unknown", unknown)
    else:
        said = _("Every competency reaches what the accounts require")
    return _("{said}; sees it otherwise: {names}").format(said=said, names=", ".join(biased)) if biased else said


def _priority_told() -> str:
    return _("Gap × weight × lifetime value of the accounts held: where training pays most for this person.")
