"""Which practices of a key account programme are in place, with evidence, and where did we stand a year ago?"""

import streamlit as st

from kam import benchmarking, ui
from kam.words import _

frame = ui.page(
    _("Benchmarking"),
    _("Which practices are in place, with evidence, and where did we stand a year ago?"),
    needs_ledger=False,
)
held = ui.choose_round(frame)
if held is None:
    ui.empty(
        _("There is no benchmark round up to this day."),
        _("Open the year's round above; raters then say for 40 practices what is in place, with dated evidence."),
    )
    st.stop()

found = benchmarking.results(frame.store, held.year, frame.as_of, for_whom=frame.person)
before = benchmarking.year_before(frame.store, held.year, for_whom=frame.person)
ui.round_figures(frame, found, before)

ui.tabs(
    {
        _("Results"): lambda: ui.round_results(held, found, before),
        _("Trend"): lambda: ui.round_trend(frame, found),
        _("Records"): lambda: ui.round_facts(frame, found, before),
        _("Comparison"): lambda: ui.round_comparison(frame, found, before),
        _("References"): lambda: ui.round_references(frame, found),
        _("Committee"): lambda: ui.round_committee(frame, held, found),
    }
    | (
        {
            _("Rate"): lambda: ui.rate_round(frame, held, found),
            _("Close"): lambda: ui.close_round(frame, held, found),
        }
        if held.state == "open"
        else {}
    )
)
