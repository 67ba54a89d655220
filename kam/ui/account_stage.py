"""The stage of a relationship on the account's page: as both sides see it, as the records support it, the target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import relationships
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _

_STRUCTURES = {
    "bow_tie": _("bow-tie"),
    "diamond": _("diamond"),
    "between": _("between bow-tie and diamond"),
    "none": _("no contact on record"),
}


def account_stage(frame: Frame, account: Mapping[str, Any]) -> None:
    """Each side's stage with its evidence, what contacts and service support, the gaps; rating it, setting the target."""
    standing: relationships.Standing = account["standing"]
    st.subheader(_finding(standing), anchor=False)
    for gap in standing.gaps:
        st.markdown(f":orange-badge[▲ {_('gap')}] {escaped(gap)}")
    record_table(
        _rows(standing),
        [
            Column("who", _("Stage")),
            Column("stage", _("Is")),
            Column("millman_wilson", _("Millman & Wilson")),
            Column("evidence", _("Evidence")),
            Column("rated_on", _("Day"), "date"),
            Column("rated_by", _("By")),
        ],
        key="stages",
        title=_("Stage of the relationship"),
        empty=_("Nothing is known of the stage."),
    )
    with st.expander(_("Rate the stage, or set the target")):
        _rate(frame, account)
        _legend()


def _finding(standing: relationships.Standing) -> str:
    target = standing.rated.get("target")
    now = standing.stage
    if now is None:
        return _("The stage of the relationship is unknown")
    said = relationships.STAGES[now][0]
    if target is None:
        return _("The relationship is {stage}; no target is set").format(stage=said)
    if target["stage"] == now:
        return _("The relationship is {stage}, as it is meant to be").format(stage=said)
    return _("The relationship is {stage} and is meant to become {target}").format(
        stage=said, target=relationships.STAGES[target["stage"]][0]
    )


def _rows(standing: relationships.Standing) -> list[dict[str, Any]]:
    rows = []
    for side, label in relationships.SIDES.items():
        held = standing.rated.get(side)
        stage = held and relationships.STAGES[held["stage"]]
        rows.append(
            {
                "who": label,
                "stage": stage[0] if stage else _("not rated") if side != "target" else _("not set"),
                "millman_wilson": stage[1] if stage else None,
                "evidence": held and held["evidence"],
                "rated_on": held and held["rated_on"],
                "rated_by": held and held["rated_by"],
            }
        )
    supported = standing.supported
    stage = relationships.STAGES[supported.stage] if supported.stage else None
    rows.append(
        {
            "who": _("as contacts and service support it ({structure})").format(
                structure=_STRUCTURES[supported.structure]
            ),
            "stage": stage[0] if stage else _("unknown"),
            "millman_wilson": stage[1] if stage else None,
            "evidence": " ".join(supported.reasons),
        }
    )
    return rows


def _rate(frame: Frame, account: Mapping[str, Any]) -> None:
    way = st.segmented_control(
        _("How to rate"),
        ["stage", "marks"],
        default="stage",
        required=True,
        format_func={"stage": _("By the stage"), "marks": _("By six marks")}.__getitem__,
        key="stage.way",
    )
    with form(f"stage.{way}", _("Save the rating"), is_primary=False) as rating:
        key = f"stage.{rating.op_id}"
        sides = list(relationships.SIDES) if way == "stage" else ["ours", "customers"]
        side = st.radio(
            _("The stage"), sides, format_func=relationships.SIDES.__getitem__, horizontal=True, key=f"{key}.side"
        )
        stage, marks = None, None
        if way == "stage":
            stage = st.selectbox(
                _("Is"),
                list(relationships.STAGES),
                format_func=lambda code: relationships.STAGES[code][0],
                index=None,
                placeholder=_("Choose a stage"),
                key=f"{key}.stage",
            )
        else:
            marks = [
                st.segmented_control(item, [1, 2, 3, 4], key=f"{key}.item{at}")
                for at, item in enumerate(relationships.ITEMS)
            ]
        evidence = st.text_input(_("What it rests on"), max_chars=1000, key=f"{key}.evidence")
        rated_by = st.text_input(_("Who rates it"), max_chars=200, key=f"{key}.by", help=_("A person of the customer where it is their view."))  # fmt: skip
    if rating.sent:
        with refusals_shown(rating):
            saved = relationships.rate_stage(
                frame.store,
                account["account_id"],
                side,
                stage=stage,
                marks=marks,
                evidence=evidence,
                rated_on=frame.as_of,
                rated_by=rated_by,
                who=frame.person,
                op_id=rating.op_id,
            )
            rating.done(
                _("The stage is saved: {stage}.").format(stage=relationships.STAGES[saved][0])
                if saved
                else _("The stage is saved.")
            )


def _legend() -> None:
    for name, other, looks in relationships.STAGES.values():
        st.caption(f"**{name}** ({other}): {looks}")
    st.caption(
        _(
            "Six marks: 6–10 basic, 11–16 cooperative, 17–22 interdependent, 23–24 integrated; the bands come from a "
            "course handout, a help for discussion and no measurement."
        )
    )
