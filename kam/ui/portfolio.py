"""What all accounts are worth together: the whale curve, ranks, the cost of serving, concentration."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from kam import segments, value
from kam.ui.charts import as_of_line
from kam.ui.figures import Rule, figures, months_to
from kam.ui.frame import Frame
from kam.ui.point_charts import lines
from kam.ui.text import escaped
from kam.units import count, day, money, share, short_money
from kam.words import _, several


def whale_answer(frame: Frame, curve: value.WhaleCurve) -> None:
    """The page's answer in a sentence: who earns the contribution, and who loses how much of it."""
    best = short_money(curve.top_fifth_amount, frame.currency)
    all_ = short_money(curve.total_amount, frame.currency)
    losers = several("{count} account loses", "{count} accounts lose", curve.loss_count)
    earned = (
        _("The best {count} of {all} accounts earn {share} of the contribution of {total}").format(
            count=curve.top_fifth_count,
            all=count(curve.account_count),
            share=share(curve.top_fifth_share, decimals=0),
            total=all_,
        )
        if curve.top_fifth_share is not None
        else _("The best {count} of {all} accounts earn {best}; all together make {total}").format(
            count=curve.top_fifth_count, all=count(curve.account_count), best=best, total=all_
        )
    )
    lost = _("nobody loses") if not curve.loss_count else f"{losers} {short_money(-curve.loss_amount, frame.currency)}"
    st.markdown(f"**{escaped(earned)}; {escaped(lost)}.**")
    if curve.unknown_count:
        st.caption(
            several(
                "{count} account with revenue has an unknown contribution and is left out.",
                "{count} accounts with revenue have an unknown contribution and are left out.",
                curve.unknown_count,
            )
        )


def whale_figures(frame: Frame, curve: value.WhaleCurve, tied: value.Reconciliation) -> None:
    """Contribution, cost to serve, lifetime value of all, loss of the tail; each opens to its rule."""
    model = value.adopted_cost_model(frame.store, frame.as_of)
    costed = [(_("Cost model"), model.model.name), (_("Holds from"), day(model.model.valid_from))]
    accounts = [
        (_("Accounts whose contribution is known"), count(curve.account_count)),
        (_("Of these estimated by an assumed margin rate"), count(curve.estimated_count)),
    ]
    period = months_to(frame.as_of)
    unknown = _("{count} accounts with an unknown contribution").format(count=curve.unknown_count)
    missing = unknown if curve.unknown_count else ""
    common = {"unit": "reporting currency", "currency": frame.currency, "period": period}
    worth = value.MEASURES["lifetime_value"]
    rates = value.lifetime_inputs(frame.store, frame.as_of)
    figures(
        common
        | {
            "label": _("Contribution"),
            "value": curve.total_amount,
            "is_estimated": curve.estimated_count > 0,
            "rule": Rule(
                value.MEASURES["contribution_12m"].meaning, period, [*accounts, *costed], model.model.source, missing
            ),
        },
        common
        | {
            "label": _("Charged to accounts"),
            "value": tied.allocated_amount,
            "rule": Rule(value.MEASURES["cost_to_serve_12m"].meaning, period, costed, model.model.source),
        },
        common
        | {
            "label": _("Lifetime value of all"),
            "value": curve.total_lifetime_amount,
            "is_estimated": curve.estimated_count > 0,
            "rule": Rule(worth.meaning, period, [*accounts, *rates], value.LIFETIME_SOURCE, missing),
        },
        common
        | {
            "label": _("Lost on accounts below 0"),
            "value": curve.loss_amount,
            "is_estimated": curve.estimated_count > 0,
            "rule": Rule(
                _("Contribution of the accounts whose contribution is below 0."),
                period,
                [(_("Accounts below 0"), count(curve.loss_count)), *costed],
                model.model.source,
                missing,
            ),
        },
    )


def whale_chart(frame: Frame, curve: value.WhaleCurve) -> None:
    """Contribution, best account first, cumulated; shares only where the total is above 0."""
    peak = short_money(curve.peak_amount, frame.currency)
    title = _("{share} of the accounts earn {peak}; the rest takes it down to {total}").format(
        share=share(curve.peak_at_share, decimals=0), peak=peak, total=short_money(curve.total_amount, frame.currency)
    )
    if not curve.loss_count:
        title = _("Every account earns: the curve never falls")
    lines(
        {_("Cumulated"): [(100 * place, amount) for place, amount in curve.points]},
        key="whale",
        title=title,
        subtitle=as_of_line(
            _("Contribution after cost to serve, best account first, 12 months; dots: key accounts"), frame.as_of
        ),
        empty="",
        currency=frame.currency,
        x_title=_("% of accounts"),
        x_range=(0, 100),
        marks=_key_accounts(frame),
    )


# Key accounts that lose money are named beside the curve, the largest losses first; the others on hovering.
_NAMED = 3


def _key_accounts(frame: Frame) -> list[tuple[float, Decimal, str, bool]]:
    keys = frame.store.page("programme.roster", {"as_of": frame.as_of}, columns=["account_id"]).column("account_id")
    if not keys:
        return []
    places = value.whale_places(frame.store, frame.as_of, keys, for_whom=frame.person)
    losing = [row["account_id"] for row in places[::-1] if row["contribution_12m"] < 0][:_NAMED]
    return [
        (
            100 * row["account_share"],
            row["cumulative_amount"],
            f"{row['name']}, {short_money(row['contribution_12m'], frame.currency)}",
            row["account_id"] in losing,
        )
        for row in places
    ]


def concentration(frame: Frame) -> None:
    """How much of the revenue hangs on few accounts: key figures and the Lorenz curve."""
    found = segments.concentration(frame.store, frame.as_of)
    period = months_to(frame.as_of)
    source = _("Order lines of the ledger; accounts with net revenue above 0")
    inputs = [
        (_("Accounts with revenue above 0"), count(found.account_count)),
        (_("Left out: returns reach purchases"), count(found.left_out_count)),
        (_("Their revenue"), money(found.revenue_amount, frame.currency, decimals=2)),
    ]
    figures(
        {
            "label": _("Largest 20 % of accounts"),
            "value": found.top_fifth_share,
            "unit": "share",
            "period": period,
            "rule": Rule(_("Their share of revenue; the number of accounts is rounded up."), period, inputs, source),
        },
        {
            "label": _("80 % of revenue comes from"),
            "value": found.eighty_percent_at_share,
            "unit": "share",
            "period": period,
            "rule": Rule(_("The smallest share of accounts that holds 80 %, interpolated."), period, inputs, source),
        },
        {
            "label": _("Gini coefficient"),
            "value": None if found.gini is None else f"{found.gini:.3f}",
            "period": period,
            "rule": Rule(
                _("0 where all accounts are equal, near 1 where one has everything; population form."),
                period,
                inputs,
                source,
            ),
        },
        {
            "label": _("Effective number of accounts"),
            "value": None if found.effective_number is None else f"{found.effective_number:,.1f}",
            "period": period,
            "rule": Rule(
                _("1 / Σ shares²: as many accounts of equal size would be as concentrated."), period, inputs, source
            ),
        },
    )
    lines(
        {
            _("Revenue"): [(100 * place, held) for place, held in found.lorenz],
            # Back to the middle: lines are named at their last point, and both end at 100 %.
            _("If all were equal"): [(0, 0.0), (100, 1.0), (55, 0.55)] if found.lorenz else [],
        },
        key="lorenz",
        title=_("{share} of revenue comes from the largest five accounts").format(
            share=share(found.top_five_share, decimals=0)
        ),
        subtitle=as_of_line(_("Share of revenue, largest account first, 12 months"), frame.as_of),
        empty=_("No account has revenue above 0 in these 12 months."),
        unit="share",
        x_title=_("% of accounts"),
        x_range=(0, 100),
    )
