"""Initiatives of an account, valued in profit: what they may add a year, from when to when, and how likely.

They enter the account's forecast. Each revision is kept; the latest stated up to a day counts on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kam.access import Person
from kam.errors import BadInput, NotFound, StaleWrite
from kam.store import Condition, Store, Transaction
from kam.value.stating import account_name, amount_of, period_of, said, share_of
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.estimates import Estimate


@dataclass(frozen=True)
class Initiative:
    """What is stated of an initiative. Profits: yearly effect, reporting currency, low ≤ likely ≤ high, may be below 0.

    starts_on, ends_on: first and last day of its effect. probability: chance that it comes about, 0..1.
    """

    title: str
    profit_low: Decimal | float
    profit_likely: Decimal | float
    profit_high: Decimal | float
    starts_on: date | None
    ends_on: date | None
    probability: float
    owner: str
    source: str


def plan_initiative(
    store: Store, account_id: str, initiative: Initiative, *, stated_on: date, who: Person, op_id: str | None = None
) -> int | None:
    """Write down a new initiative; returns its number (None where op_id was done already).

    stated_on: the day from which it counts. Raises NotFound for an unknown account, BadInput naming account and field.
    """
    fields = _checked(account_id, initiative)

    def change(tx: Transaction) -> int:
        account_name(tx, account_id)
        number = tx.next_number("value.initiatives", "initiative_id")
        _append(tx, number, 1, account_id, fields, stated_on, who)
        return number

    return store.write(
        change,
        who=who,
        action="plan initiative",
        subject=("account", account_id),
        op_id=op_id,
        details=fields | {"stated_on": stated_on},
    )


def revise_initiative(
    store: Store,
    initiative_id: int,
    initiative: Initiative,
    *,
    expected_revision: int,
    stated_on: date,
    who: Person,
    op_id: str | None = None,
) -> None:
    """State an initiative anew, as its next revision. Raises as `plan_initiative`, and NotFound, StaleWrite."""

    def change(tx: Transaction) -> None:
        latest = _latest(tx, initiative_id, expected_revision, stated_on)
        fields = _checked(latest["account_id"], initiative)
        _append(tx, initiative_id, expected_revision + 1, latest["account_id"], fields, stated_on, who)
        tx.note(**fields, account_id=latest["account_id"])

    store.write(change, who=who, action="revise initiative", subject=("initiative", str(initiative_id)), op_id=op_id)


def withdraw_initiative(
    store: Store,
    initiative_id: int,
    *,
    reason: str,
    expected_revision: int,
    stated_on: date,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Take an initiative out of the forecasts from a day on; what was stated before stays. Raises as `revise_initiative`."""

    def change(tx: Transaction) -> None:
        latest = _latest(tx, initiative_id, expected_revision, stated_on)
        why = said(reason, _("Reason"), latest["account_id"], "reason")
        kept = ("title", "profit_low_amount", "profit_likely_amount", "profit_high_amount", "starts_on", "ends_on")
        fields = {name: latest[name] for name in (*kept, "probability", "owner")} | {"source": why}
        _append(
            tx, initiative_id, expected_revision + 1, latest["account_id"], fields, stated_on, who, is_withdrawn=True
        )
        tx.note(reason=why, account_id=latest["account_id"])

    store.write(change, who=who, action="withdraw initiative", subject=("initiative", str(initiative_id)), op_id=op_id)


def initiatives_of(store: Store, as_of: date, account_id: str) -> list[dict[str, Any]]:
    """The account's initiatives as they stand on as_of, the largest expected effect first."""
    rows = store.read(
        "value.planned_initiatives", {"as_of": as_of}, where=[Condition("account_id", "=", account_id)]
    ).records()
    return sorted(
        rows, key=lambda row: (-float(row["profit_likely_amount"]) * row["probability"], row["initiative_id"])
    )


def revision_of(store: Store, initiative_id: int) -> int:
    """The number of the latest revision; 0 where there is no such initiative, which a change then refuses."""
    rows = store.read("value.initiatives", where=[Condition("initiative_id", "=", initiative_id)])
    return max(rows.column("revision"), default=0)


def profit_estimate(rows: Iterable[Mapping[str, Any]], after: date, until: date) -> Estimate | float:
    """What initiatives add to the profit of the days (after, until], money, weighted by their chances.

    Each counts with the share of those days that lies in its period, as the triangle [p·low − s, p·likely, p·high + s],
    s = p·low·min(1, 2(1 − p)) where its low case is above 0: an uncertain initiative may bring nothing, and its mean
    stays p times that of its own triangle. With p = 1 and one value it is that value exactly. The triangles add up by
    their ends, as if all went well or badly together. 0.0 where none has an effect on those days.
    """
    from kam.value.models import estimates

    ends = [0.0, 0.0, 0.0]
    for row in rows:
        first = max(row["starts_on"].toordinal(), after.toordinal() + 1)
        last = min(row["ends_on"].toordinal(), until.toordinal())
        chance, share = row["probability"], max(0, last - first + 1) / (until - after).days
        low, likely, high = (float(row[f"profit_{name}_amount"]) for name in ("low", "likely", "high"))
        slack = chance * max(low, 0.0) * min(1.0, 2 * (1 - chance))
        ends = [
            held + share * part
            for held, part in zip(ends, (chance * low - slack, chance * likely, chance * high + slack), strict=True)
        ]
    if not any(ends):
        return 0.0
    # Sums of shares can fall by rounding alone.
    return estimates.triangular(min(ends[0], ends[1]), ends[1], max(ends[1], ends[2]), "initiatives")


def _checked(account_id: str, initiative: Initiative) -> dict[str, Any]:
    title = said(initiative.title, _("Title of the initiative"), account_id, "title")
    starts_on, ends_on = period_of(
        initiative.starts_on, initiative.ends_on, _("Initiative “{title}”").format(title=title), account_id
    )
    low, likely, high = (
        amount_of(getattr(initiative, f"profit_{name}"), what, account_id, f"profit_{name}")
        for name, what in (
            ("low", _("Profit in the low case")),
            ("likely", _("Likeliest profit")),
            ("high", _("Profit in the high case")),
        )
    )
    if not low <= likely <= high:
        raise BadInput(
            _(
                "Initiative “{title}” of account {account}: low {low}, likely {likely} and high {high} must not fall."
            ).format(title=title, account=account_id, low=low, likely=likely, high=high),
            reason="order",
            field="profit_likely",
        )
    return {
        "title": title,
        "profit_low_amount": low,
        "profit_likely_amount": likely,
        "profit_high_amount": high,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "probability": share_of(initiative.probability, _("Probability of the initiative"), account_id, "probability"),
        "owner": said(initiative.owner, _("Owner of the initiative"), account_id, "owner"),
        "source": said(initiative.source, _("Source of the estimate"), account_id, "source"),
    }


def _append(tx, number, revision, account_id, fields, stated_on, who, *, is_withdrawn=False) -> None:
    tx.insert(
        "value.initiatives",
        initiative_id=number,
        revision=revision,
        account_id=account_id,
        **fields,
        is_withdrawn=is_withdrawn,
        stated_on=stated_on,
        recorded_by=who.name,
        recorded_at=tx.now,
    )


def _latest(tx: Transaction, initiative_id: int, expected_revision: int, stated_on: date) -> dict[str, Any]:
    rows = tx.read(
        "value.initiatives",
        where=[Condition("initiative_id", "=", initiative_id)],
        order_by=[("revision", True)],
        limit=1,
    ).records()
    if not rows or rows[0]["is_withdrawn"]:
        raise NotFound(
            _("There is no initiative {number}, or it was withdrawn: reload the page.").format(number=initiative_id),
            reason="unknown_initiative",
            field="initiative_id",
        )
    if rows[0]["revision"] != expected_revision:
        raise StaleWrite(
            _("Someone else revised this initiative after you opened it: compare both versions, then save again."),
            theirs=rows[0] | {"version": rows[0]["revision"]},
            mine={},
        )
    if stated_on < rows[0]["stated_on"]:
        raise BadInput(
            _(
                "Initiative {number} of account {account} was last stated later than this day: choose that day or a later one."
            ).format(number=initiative_id, account=rows[0]["account_id"]),
            reason="before_last",
            field="stated_on",
        )
    return rows[0]
