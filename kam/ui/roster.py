"""The roster's size against its rule, and one key account as decided beside now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from kam import programme, selection
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.ui.verdicts import bound_told
from kam.units import UNKNOWN, day, shown
from kam.words import _, several


def roster_size(frame: Frame, roster: Sequence[selection.Standing]) -> None:
    """How many key accounts there are of how many there may be, and a warning outside the rule."""
    size, rule = programme.size(frame.store, frame.as_of), programme.limits(frame.store, frame.as_of)
    failing = sum(account.needs_decision for account in roster)
    st.markdown(
        "**"
        + several("{count} key account", "{count} key accounts", size)
        + "** "
        + _("of {at_least} to {at_most}").format(
            at_least=rule.at_least if rule.at_least is not None else UNKNOWN,
            at_most=rule.at_most if rule.at_most is not None else UNKNOWN,
        )
        + "; "
        + several("**{count} fails** a gate now.", "**{count} fail** a gate now.", failing),
        help=escaped(rule.at_most_source),
    )
    if size and rule.at_least is not None and size < rule.at_least:
        st.warning(
            _("The programme should hold {at_least} accounts at least: admit candidates that pass.").format(
                at_least=rule.at_least
            )
        )
    if rule.at_most is not None and size > rule.at_most:
        st.warning(
            _("The programme may hold {at_most} accounts: release those that fit least.").format(at_most=rule.at_most)
        )


def standing_table(frame: Frame, account: selection.Standing) -> None:
    """A key account's admission, and its gates as decided beside what the ledger says now."""
    st.markdown(
        _("Admitted on {day} by {name}: {reason}").format(
            day=day(account.admitted_on), name=escaped(account.decided_by), reason=escaped(account.reason, longest=2000)
        )
    )
    if account.decided and account.decided.get("criteria"):
        st.caption(
            escaped(
                _("As decided: by {criteria}, on the ledger of {day}. Now: as of {today}.").format(
                    criteria=account.decided["criteria"],
                    day=day(date.fromisoformat(account.decided["as_of"])),
                    today=day(frame.as_of),
                )
            )
        )
    record_table(
        [
            gate
            | {
                "threshold_then": _must_be(frame, gate, "threshold_then"),
                "threshold": _must_be(frame, gate, "threshold"),
            }
            for gate in selection.side_by_side(account)
        ],
        [
            Column("name", _("Gate")),
            Column("value_then", _("Value as decided"), unit_by="unit"),
            Column("threshold_then", _("Had to be")),
            Column("verdict_then", _("As decided"), "status"),
            Column("value", _("Value now"), unit_by="unit"),
            Column("threshold", _("Must be now")),
            Column("verdict", _("Now"), "status"),
        ],
        key="standing",
        title=_("As decided, and as the ledger says now"),
        empty=_("No gate was kept with this decision, and no criteria hold on this day."),
        currency=frame.currency,
    )


def _must_be(frame: Frame, gate: dict, which: str) -> str | None:
    if gate[which] is None:
        return None
    return bound_told(gate["bound"], shown(gate[which], gate["unit"], frame.currency))
