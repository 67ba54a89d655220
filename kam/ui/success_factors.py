"""The customer's critical success factors: an editor whose strength is worked out as one types, and their record.

The editor's input stays the same for as long as it is shown; after a record was saved it begins anew from that.
"""

from __future__ import annotations

import streamlit as st

from kam import selection
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.text import escaped
from kam.units import day
from kam.words import _

_RULE = _("own = Σ weight × our score, competitor = Σ weight × theirs; 5 + (own − competitor) / 2, within 0 to 10")


def success_factors(frame: Frame, account_id: str) -> None:
    """What the customer decides by, how we stand against our best competitor, and recording it anew."""
    held = selection.strength_assessment(frame.store, account_id, frame.as_of)
    if held is None:
        st.caption(_("No success factors are on record: ask the customer what they decide by, and how we do."))
    else:
        st.write(
            escaped(
                _("{name}, {day}: {evidence} Said by {said_by}; counts until {until}.").format(
                    name=held.assessor,
                    day=day(held.assessed_on),
                    evidence=_sentence(held.evidence),
                    said_by=held.said_by,
                    until=day(held.stale_on),
                ),
                longest=1000,
            )
        )
    if held is not None and held.is_stale:
        st.warning(_("This is stale: the strength is unknown until the customer is asked again."))
    factors = _edited(held, f"factors.{account_id}.{held.strength_id if held else 0}")
    with refusals_shown():
        _strength(frame, selection.strength_of(factors) if factors else None)
    with form(f"strength.{account_id}", _("Record the success factors")) as recording:
        left, right = st.columns(2)
        competitor = left.text_input(_("Best competitor"), held.competitor if held else "", max_chars=200)
        said_by = right.text_input(_("Said by (at the customer)"), held.said_by if held else "", max_chars=200)
        evidence = st.text_area(
            _("Evidence"), max_chars=2000, placeholder=_("The meeting, the survey, the customer's scorecard")
        )
        left, right = st.columns(2)
        assessed_on = left.date_input(_("On"), frame.as_of, format="YYYY-MM-DD")
        stale_on = right.date_input(_("Counts until"), None, format="YYYY-MM-DD")
    if recording.sent:
        with refusals_shown(recording):
            selection.record_strength(
                frame.store,
                account_id,
                factors,
                competitor=competitor,
                said_by=said_by,
                evidence=evidence,
                assessed_on=assessed_on or frame.as_of,
                stale_on=stale_on,
                who=frame.person,
                op_id=recording.op_id,
            )
            recording.done(_("The success factors are recorded."), page="matrix", label=_("See the matrix"))


def _edited(held: selection.StrengthAssessment | None, key: str) -> list[selection.SuccessFactor]:
    """The factors as they stand in the editor; a row without name and figures is none."""
    import pandas as pd

    columns = {
        "factor": st.column_config.TextColumn(_("What they decide by"), width="large", max_chars=200),
        "customer_weight": st.column_config.NumberColumn(
            _("Their weight"), min_value=0.0, help=_("On any scale: only the shares count.")
        ),
        "own_score": st.column_config.NumberColumn(_("We, of 10"), min_value=0.0, max_value=10.0),
        "competitor_score": st.column_config.NumberColumn(_("Competitor, of 10"), min_value=0.0, max_value=10.0),
    }
    rows = [vars(factor) for factor in held.factors] if held else []
    shown = pd.DataFrame(rows, columns=list(columns)).astype(
        {"factor": object} | dict.fromkeys(list(columns)[1:], "float64")
    )
    edited = st.data_editor(shown, column_config=columns, num_rows="dynamic", hide_index=True, key=key)
    found = []
    for row in edited.to_dict("records"):
        told = {name: None if pd.isna(value) or value == "" else value for name, value in row.items()}
        if any(value is not None for value in told.values()):
            found.append(
                selection.SuccessFactor(
                    str(told["factor"] or ""),
                    float(told["customer_weight"] or 0),
                    told["own_score"],
                    told["competitor_score"],
                )
            )
    return found


def _strength(frame: Frame, strength: selection.RelativeStrength | None) -> None:
    rule = Rule(_RULE, source=_("METHOD 1.3; Cranfield: the customer's view against the best competitor"))
    on_day = _("as edited")
    because = _("unknown: a weighted factor has no score")

    def one(label: str, value: float | str | None, unit: str = "points") -> dict:
        return {
            "label": label,
            "value": value,
            "unit": unit,
            "period": on_day,
            "rule": rule,
            "unknown_because": because,
            "key": f"strength.{label}",
        }

    if strength is None:
        return
    figures(
        one(_("Relative strength"), strength.points),
        one(_("We"), strength.own),
        one(_("Best competitor"), strength.competitor),
        one(_("Ratio"), None if strength.ratio is None else f"{strength.ratio:.2f}", "text"),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
