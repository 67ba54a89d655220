"""How firm the selection is: what the draws say of each account, how far one weight can move, and a what-if."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import streamlit as st

from kam import programme, selection
from kam.selection.measures import as_number
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import count, share, shown
from kam.words import _, several

_EPOCH = date(1970, 1, 1)
SOURCE = _("Lahdelma & Salminen, SMAA-2, Operations Research 49(3), 2001; the sum over the best K is our extension")


@st.fragment
def firmness_of_selection(frame: Frame) -> None:
    """Controls, the answer, the table of accounts, the weights, and the what-if; only this part runs again."""
    with refusals_shown():
        whole = selection.field(frame.store, frame.as_of, for_whom=frame.person)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            size = programme.size(frame.store, frame.as_of) or 10
            places = st.number_input(_("Places"), 1, 100, value=min(size, 100), key="robustness.places", width=130)
            names = {"order": _("Their order"), "range": _("Each within a range"), "nothing": _("Nothing")}
            known = st.segmented_control(
                _("Known of the weights"),
                list(names),
                default="order",
                required=True,
                format_func=names.__getitem__,
                key="robustness.known",
            )
            spread = st.number_input(_("Range, ± %"), 1, 100, value=10, key="robustness.spread", width=130)
            noise = st.number_input(_("Noise of a score, points"), 0.0, 5.0, 0.0, 0.25, key="robustness.noise")
        found = selection.firmness(whole, places=places, known=known or "order", spread=spread / 100, score_noise=noise)
        _answer(found)
        _accounts(frame, found)
        _weights(frame, found)
        _what_if(frame, whole, places)


def _answer(found: selection.Firmness) -> None:
    classes = found.acceptability.classes
    firm, open_, out = (classes.count(c) for c in ("robust", "contested", "robust non-member"))
    if not found.competes:
        st.markdown(
            "**" + _("Everyone who passes the gates has a place, so no weight can change the selection.") + "**"
        )
    else:
        said = _("For {places} places {firm} are firm, {open} contested and {out} firmly outside.").format(
            places=found.acceptability.places, firm=firm, open=open_, out=out
        )
        st.markdown(f"**{said}**")
    st.caption(
        _("{draws} random draws, seed {seed}; a share is known to ± 1 point. Source: {source}").format(
            draws=count(found.acceptability.draws), seed=found.acceptability.seed, source=SOURCE
        )
    )


def _accounts(frame: Frame, found: selection.Firmness) -> None:
    result = found.acceptability
    words = {"robust": _("robust member"), "contested": _("contested"), "robust non-member": _("robust non-member")}
    central = [f"w_{k}" for k in range(len(found.field.scores))]
    records = [
        {
            "account_id": found.field.account_ids[row],
            "name": found.field.names[row],
            "is_key_account": bool(found.field.is_key_account[row]),
            "class": words[result.classes[row]],
            "top": float(result.top[row]),
            "low": float(result.low[row]),
            "high": float(result.high[row]),
            "first": float(result.first[row]),
            "confidence": _known(found.confidence[row]),
            **{name: _known(result.central_weights[row, k]) for k, name in enumerate(central)},
        }
        for row in np.argsort(-result.top, kind="stable").tolist()
    ]
    columns = [
        Column("name", _("Account"), "account"),
        Column("is_key_account", _("Key"), "flag"),
        Column("class", _("Class"), help=_("Robust from 90 % of the draws, robust non-member up to 10 %.")),
        Column("top", _("Among the best"), "share", help=_("Share of draws in which it has a place.")),
        Column("low", _("At least"), "share", help=_("If its missing points turn out worst.")),
        Column("high", _("At most"), "share", help=_("If its missing points turn out best.")),
        Column("first", _("First"), "share", help=_("Share of draws in which it is first.")),
        Column("confidence", _("Confidence"), "share", help=_("Its chance of a place under its own central weights.")),
        *[
            Column(
                name,
                _("Central weight: {measure}").format(measure=selection.MEASURES[score.measure].name),
                "share",
                decimals=0,
                help=_("Mean weight of the draws in which it is first; unknown where it never is."),
            )
            for name, score in zip(central, found.field.scores, strict=True)
        ],
    ]
    records = frame.those_shown(records)
    title = _("Accounts that pass the gates")
    record_table(
        records,
        columns,
        key="robustness.accounts",
        title=title,
        empty=_("None of the accounts shown passes the gates."),
    )
    frame.says_whole()
    notes = [(_("Draws"), count(result.draws)), (_("Seed"), str(result.seed)), (_("Source"), SOURCE)]
    record_downloads(frame, records, columns, key="robustness", title=title, notes=notes)


def _weights(frame: Frame, found: selection.Firmness) -> None:
    names = found.ranked.names
    records = [
        {
            "name": selection.MEASURES[score.measure].name,
            "weight": score.weight,
            "low": interval.low if interval else None,
            "high": interval.high if interval else None,
            "below": f"{names[interval.below.enters]} ← {names[interval.below.leaves]}"
            if interval and interval.below
            else _("nothing changes"),
            "above": f"{names[interval.above.enters]} ← {names[interval.above.leaves]}"
            if interval and interval.above
            else _("nothing changes"),
            "source": score.source,
        }
        for score, interval in zip(found.field.scores, found.intervals, strict=True)
    ]
    st.subheader(_("How far one weight can move"), anchor=False)
    record_table(
        records,
        [
            Column("name", _("Criterion")),
            Column("weight", _("Weight"), "share"),
            Column("low", _("Same selection from"), "share"),
            Column("high", _("Same selection up to"), "share"),
            Column("below", _("Below: enters ← leaves")),
            Column("above", _("Above: enters ← leaves")),
            Column("source", _("Source")),
        ],
        key="robustness.weights",
        title=_("Weights"),
        empty="",
    )
    change = found.critical.top
    if change is not None:
        said = _("Critical criterion: {name}. A change of its weight by {percent} puts {behind} ahead of {ahead}.")
        st.caption(
            escaped(
                said.format(
                    name=selection.MEASURES[found.field.scores[change.criterion].measure].name,
                    percent=share(abs(change.percent) / 100),
                    behind=names[change.behind],
                    ahead=names[change.ahead],
                ),
                longest=600,
            )
        )
    if found.unranked:
        st.caption(
            several(
                "{count} account with a missing score is left out here.",
                "{count} accounts with a missing score are left out here.",
                len(found.unranked),
            )
        )


def _what_if(frame: Frame, whole: selection.Field, places: int) -> None:
    st.subheader(_("What if?"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        weights = [
            st.slider(
                _("Weight: {name}").format(name=selection.MEASURES[score.measure].name),
                0,
                100,
                round(100 * score.weight),
                key=f"robustness.weight.{k}",
                format="%d %%",
            )
            for k, score in enumerate(whole.scores)
        ]
    with right:
        moved = {k: _threshold(k, gate, _typical(whole, k), frame.currency) for k, gate in enumerate(whole.gates)}
    adopted = {k: as_number(gate.threshold) for k, gate in enumerate(whole.gates)}
    thresholds = {k: v for k, v in moved.items() if v != adopted[k]}
    asked = None if weights == [round(100 * s.weight) for s in whole.scores] else weights
    found = selection.what_if(whole, places=places, weights=asked, thresholds=thresholds)
    names = dict(zip(whole.account_ids, whole.names, strict=True))

    def listed(ids: tuple[str, ...]) -> str:
        return escaped(", ".join(names[i] for i in ids) or _("nobody"), longest=1000)

    st.markdown(
        _("Enter: **{enter}**. Leave: **{leave}**. {passing} pass the gates.").format(
            enter=listed(found.entering), leave=listed(found.leaving), passing=count(found.passing)
        )
    )


def _threshold(k: int, gate: selection.Gate, typical: float, currency: str) -> float:
    """The bound as the slider has it, as the verdicts compare it."""
    measure = selection.MEASURES[gate.measure]
    label = _("Gate: {name}").format(name=measure.name)
    key = f"robustness.gate.{k}"
    held = gate.threshold
    if isinstance(held, date):
        picked = st.slider(label, held - timedelta(days=365), held + timedelta(days=365), held, key=key)
        return float((picked - _EPOCH).days)
    if measure.unit == "share":
        return st.slider(label, held - 0.25, held + 0.25, held, 0.01, key=key, format="percent")
    stops = _stops(float(held), typical, is_money=measure.unit == "reporting currency")
    return st.select_slider(
        label, stops, float(held), format_func=lambda value: shown(value, measure.unit, currency), key=key
    )


def _stops(held: float, typical: float, *, is_money: bool) -> list[float]:
    """Twenty round figures on either side of a bound, and the bound itself, which need not be one.

    typical: the median size of the accounts' values, which says how far to reach where the bound is 0.
    """
    size = abs(held) or typical or 1.0
    step = 10.0 ** max(0, len(str(int(size))) - 3)
    stride = max(1, round(size / 20 / step)) * step
    middle = round(held / stride) * stride
    found = {held, *(middle + k * stride for k in range(-20, 21))}
    return sorted(value for value in found if is_money or value >= min(0.0, held))


def _typical(whole: selection.Field, k: int) -> float:
    sizes = np.abs(whole.values[:, k][~np.isnan(whole.values[:, k])])
    return float(np.median(sizes)) if len(sizes) else 1.0


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
