"""Relational value of an account: reference, referral, learning, innovation, beside its lifetime value."""

from __future__ import annotations

import streamlit as st

from kam import value
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.words import _

MONEY = "reporting currency"
_COLUMNS = [
    Column("what", _("Kind")),
    Column("rating", _("Rating 0–4"), "count"),
    Column("amount", _("Money if it comes"), MONEY),
    Column("probability", _("Chance"), "share"),
    Column("expected_amount", _("Expected"), MONEY),
    Column("causal_line", _("How it brings that")),
    Column("evidence", _("Evidence")),
    Column("rated_on", _("Rated on"), "date"),
    Column("assessor", _("By")),
]


def relational(frame: Frame, account_id: str) -> None:
    """The ratings, and the form to rate one kind."""
    st.subheader(_("Relational value"), anchor=False)
    st.caption(
        _(
            "Beside lifetime value and never added to it: what a won customer brings is in that customer's own lifetime value."
        )
    )
    rows = value.relational_of(frame.store, frame.as_of, [account_id])
    relational_table(frame, rows, key="relational", columns=_COLUMNS)
    with st.expander(_("Rate a kind")):
        _rate(frame, account_id)


def relational_table(frame: Frame, rows: list[dict], *, key: str, columns: list[Column] | None = None) -> None:
    """Ratings as a list; without columns, of several accounts with their names."""
    record_table(
        [row | {"what": value.RELATIONAL_KINDS[row["kind"]][0]} for row in rows],
        columns or [Column("name", _("Account"), "account"), *_COLUMNS],
        key=key,
        title=_("Relational value"),
        empty=_("Nothing is rated yet.") if columns else _("Nothing is rated yet: rate it on an account's page."),
        currency=frame.currency,
    )


def _rate(frame: Frame, account_id: str) -> None:
    with form(f"relational.{account_id}", _("Keep the rating")) as rating:
        kind = st.selectbox(
            _("Kind"),
            list(value.RELATIONAL_KINDS),
            format_func=lambda one: "{}: {}".format(*value.RELATIONAL_KINDS[one]),
        )
        given = st.selectbox(_("Rating, 0 none to 4 outstanding"), [0, 1, 2, 3, 4], index=2)
        evidence = st.text_input(_("Evidence"), max_chars=2000)
        amount = st.number_input(_("Money if it comes about (only with a cause)"), value=None, step=1000.0)
        percent = st.number_input(_("Chance that it comes about, %"), value=None, step=5.0)
        cause = st.text_input(_("How the account brings that money"), max_chars=2000)
    if rating.sent:
        with refusals_shown(rating):
            value.rate_relational(
                frame.store,
                account_id,
                kind,
                given,
                evidence=evidence,
                rated_on=frame.as_of,
                amount=amount,
                probability=None if percent is None else percent / 100,
                causal_line=cause,
                who=frame.person,
                op_id=rating.op_id,
            )
            rating.done(_("{kind} is rated.").format(kind=value.RELATIONAL_KINDS[kind][0]))
