"""The measures of the ledger as columns and figures: name, unit, meaning and rule from their one definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kam import value
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures, months_to
from kam.ui.frame import Frame
from kam.units import day, short_money
from kam.words import _

# What rests on the assumed margin rate where the ledger has no cost.
_ON_MARGIN = {"margin_12m", "margin_rate_12m", "contribution_12m", "contribution_rate_12m", "lifetime_value"}
_EXPLAINED = {"revenue_12m", "margin_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value"}


def measure_column(measure_id: str, label: str | None = None) -> Column:
    """The column of a measure of `value.MEASURES`."""
    measure = value.MEASURES[measure_id]
    estimated_by = "is_margin_estimated" if measure_id in _ON_MARGIN else None
    return Column(measure_id, label or measure.name, measure.unit, help=measure.meaning, estimated_by=estimated_by)


def measures(
    frame: Frame,
    row: Mapping[str, Any],
    measure_ids: Sequence[str],
    *,
    worth: value.AccountValue | None = None,
    change: Mapping[str, Any] | None = None,
) -> None:
    """Figures of one account (a row of value.account_measures) in a row; each opens to its rule.

    worth: where it is given, rules show the account's own inputs. change: measure → share against the year before.
    """
    figures(*[_drawn(frame, row, measure_id, worth, change or {}) for measure_id in measure_ids])


def _drawn(
    frame: Frame, row: Mapping[str, Any], measure_id: str, worth: value.AccountValue | None, change: Mapping
) -> dict[str, Any]:
    measure = value.MEASURES[measure_id]
    known = row.get(measure_id)
    window = months_to(frame.as_of, 24 if measure_id.endswith("24m") else 12)
    period = (
        window
        if measure_id.endswith("m") or measure_id == "lifetime_value"
        else _("as of {day}").format(day=day(frame.as_of))
    )
    return {
        "label": measure.name,
        "value": known,
        "unit": measure.unit,
        "currency": frame.currency,
        "period": period,
        "is_estimated": bool(measure_id in _ON_MARGIN and row.get("is_margin_estimated")),
        "unknown_because": _("unknown: needs {what}").format(what=measure.comes_from),
        "change": change.get(measure_id),
        "key": measure_id,
        "rule": _rule(frame, measure_id, known, worth),
    }


def _rule(frame: Frame, measure_id: str, known: Any, worth: value.AccountValue | None) -> Rule:
    if worth is not None and measure_id in _EXPLAINED:
        return Rule(**vars(value.explained(worth, measure_id, frame.currency)))
    measure = value.MEASURES[measure_id]
    return Rule(measure.meaning, source=measure.comes_from, missing=measure.comes_from if known is None else "")


def measure_totals(
    frame: Frame,
    measure_ids: Sequence[str],
    *,
    where: Sequence[Condition],
    of: str,
    first: Sequence[dict[str, Any]] = (),
) -> None:
    """Figures that sum measures over the accounts under a condition, with the sum of all accounts beneath.

    of: what the accounts are ("key accounts"). first: figures to stand before them in the row.
    """
    relation, arguments = "programme.account_list", {"as_of": frame.as_of, "level": "account"}
    sums = frame.store.sums(relation, arguments, measure_ids, where=where)
    everyone = frame.store.sums(relation, arguments, measure_ids)
    found = frame.store.page(relation, arguments, where=where, limit=1).total
    figures(*first, *[_total(frame, m, sums[m], everyone[m][0], found, of) for m in measure_ids])


def _total(frame: Frame, measure_id: str, summed: tuple, everyone: Any, found: int, of: str) -> dict[str, Any]:
    measure, (amount, known) = value.MEASURES[measure_id], summed
    return {
        "label": measure.name,
        "value": amount,
        "unit": measure.unit,
        "currency": frame.currency,
        "period": _("{accounts}; {amount} in all").format(accounts=of, amount=short_money(everyone, frame.currency)),
        "unknown_because": _("unknown: needs {what}").format(what=measure.comes_from),
        "rule": Rule(
            measure.meaning,
            period=months_to(frame.as_of),
            inputs=[(_("Accounts whose figure is known"), _("{known} of {all}").format(known=known, all=found))],
            source=measure.comes_from,
            missing=measure.comes_from if known < found else "",
        ),
    }
