"""Rank by revenue against rank by value: who looks big and is not worth it, and the reverse."""

from __future__ import annotations

from kam import value
from kam.ui.charts import as_of_line
from kam.ui.frame import Frame
from kam.ui.range_charts import slopes
from kam.words import _

# Accounts in the picture: so many of the largest by revenue, and so many by value.
RANKED = 12


def rank_picture(frame: Frame) -> None:
    """A slope from each account's rank by revenue to its rank by lifetime value, for the first of either."""
    rows = {
        row["account_id"]: row
        for column in ("revenue_rank", "value_rank")
        for row in value.account_values(
            frame.store,
            frame.as_of,
            for_whom=frame.person,
            order_by=[(column, False), ("account_id", False)],
            limit=RANKED,
        ).records()
        if row[column] is not None
    }
    known = [row for row in rows.values() if row["rank_gain"] is not None]
    falls = sorted((row for row in known if row["rank_gain"] < 0), key=lambda row: row["rank_gain"])[:2]
    rises = sorted((row for row in known if row["rank_gain"] > 0), key=lambda row: -row["rank_gain"])[:2]
    best = rises[0] if rises else None
    what = _("The {count} first by revenue and the {count} first by value").format(count=RANKED)
    if best is not None:
        what = _("The reverse: {finding}. {what}").format(finding=_told(best), what=what)
    slopes(
        known,
        name="name",
        left="revenue_rank",
        right="value_rank",
        left_name=_("by revenue"),
        right_name=_("by lifetime value"),
        key="ranks",
        title=_finding(list(rows.values()), falls),
        subtitle=as_of_line(what, frame.as_of),
        empty=_("No account has revenue in these 12 months.")
        if not rows
        else _("No account has both a revenue and a lifetime value that are known."),
        falls=[row["account_id"] for row in falls],
        rises=[row["account_id"] for row in rises],
    )


def _finding(rows: list[dict], falls: list[dict]) -> str:
    if all(row["rank_gain"] is None for row in rows):
        return _("Who is large is known, who is worth it is not")
    if not falls:
        return _("None of the largest accounts ranks lower by value than by revenue")
    return _told(falls[0])


def _told(row: dict) -> str:
    return _("{name} is number {revenue} by revenue and number {worth} by value").format(
        name=row["name"], revenue=row["revenue_rank"], worth=row["value_rank"]
    )
