"""Assumed margin rates by product category: what holds, and adopting one."""

from __future__ import annotations

import streamlit as st

from kam import parameters, value
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.units import day, share
from kam.words import _


def category_margins(frame: Frame) -> None:
    """The rates by category on the day, and the form that adopts one."""
    record_table(
        value.category_margins(frame.store, frame.as_of).records(),
        [
            Column("category", _("Product category")),
            Column("margin_rate", _("Margin on revenue"), "share"),
            Column("valid_from", _("Holds from"), "date"),
            Column("source", _("Source")),
            Column("adopted_by", _("Adopted by")),
        ],
        key="category-margins",
        title=_("Margin assumed by category, where product cost is missing"),
        empty=_("No category has a margin rate of its own: the one for all (value.assumed_margin_rate) counts."),
    )
    categories = value.product_categories(frame.store)
    if not categories:
        st.caption(_("The products have no categories: import them with a category first."))
        return
    with form("category-margin", _("Assume this margin"), is_primary=False) as assuming:
        category = st.selectbox(_("Product category"), categories)
        left, right = st.columns(2)
        typed = left.text_input(_("Margin rate"), max_chars=40, help=_("A share such as 35 %, or: unknown"))
        valid_from = right.date_input(_("Holds from"), frame.as_of, format="YYYY-MM-DD")
        source = st.text_input(_("Source"), max_chars=500, placeholder=_("Who or what says so"))
    if assuming.sent:
        with refusals_shown(assuming):
            rate = parameters.typed_value(typed)
            value.assume_category_margin(
                frame.store,
                category,
                rate,
                valid_from=valid_from,
                source=source,
                who=frame.person,
                op_id=assuming.op_id,
            )
            assuming.done(
                _("{category}: {rate} from {day} on; figures that rest on it are marked estimated.").format(
                    category=category, rate=_("unknown") if rate is None else share(rate), day=day(valid_from)
                )
            )
