"""The programme review on screen: the finding, what needs a decision, every key account in one row, how far the round is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kam import packs, reviews
from kam.ui import table_view
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.links import address
from kam.ui.states import State, state
from kam.ui.tables import record_table
from kam.ui.text import escaped, plain
from kam.words import _, several

_MONEY = "reporting currency"


def programme_answer(frame: Frame, standings: Sequence[packs.Standing]) -> None:
    """The programme in a sentence, and how far the round of reviews is."""
    st.markdown(f"**{escaped(packs.finding(list(standings)))}**")
    st.caption(escaped(reviews.round_of(frame.store, frame.as_of).told))


def programme_decisions(standings: Sequence[packs.Standing]) -> None:
    """What needs a decision of the top team, account by account; each line leads to the account."""
    lines = [(one, said) for one in standings for said in one.decisions]
    if not lines:
        st.markdown(f"{State(_('in order'), 'good').badge} {_('Nothing needs a decision of the top team.')}")
        return
    targets = [("account", {"account": one.account_id}) for one, _said in lines]
    table_view.draw(
        key="decisions",
        label=_("What needs a decision"),
        columns=[
            {"k": "account", "l": _("Account"), "n": False},
            {"k": "decision", "l": _("Decision"), "n": False},
            {"k": "sponsor", "l": _("Our executive sponsor"), "n": False},
        ],
        rows=[
            [
                {"t": plain(one.name), "a": address("account", account=one.account_id), "r": at},
                {"t": plain(said, longest=400), "s": "bad", "g": State("", "bad").shape},
                {"t": plain(one.sponsor) if one.sponsor else state("vacant").word},
            ]
            for at, (one, said) in enumerate(lines)
        ],
        targets=targets,
    )


def programme_accounts(frame: Frame, standings: Sequence[packs.Standing]) -> None:
    """Every key account in one row."""
    record_table(
        [vars(one) | {"decision_count": len(one.decisions)} for one in standings],
        [
            Column("name", _("Account"), "account"),
            Column("decision_count", _("To decide"), "count"),
            Column("late_count", _("Late"), "count"),
            Column("category", _("Category"), "status"),
            Column("sponsor", _("Our sponsor")),
            Column("revenue_12m", _("Revenue, 12 months"), _MONEY),
            Column("revenue_growth_12m", _("Growth"), "share"),
            Column("contribution_12m", _("Contribution"), _MONEY, estimated_by="is_margin_estimated"),
            Column("lifetime_value", _("Lifetime value"), _MONEY, estimated_by="is_margin_estimated"),
            Column("rating", _("Rating"), "status"),
            Column("review_state", _("Review"), "status"),
            Column("contact_state", _("Sponsor's contact"), "status"),
        ],
        key="standings",
        title=several("{count} key account", "{count} key accounts", len(standings)),
        empty=_("There is no key account on this day."),
        currency=frame.currency,
    )
