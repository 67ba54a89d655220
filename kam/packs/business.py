"""The sections about money: P&L waterfall, value range, place on the whale curve, cost to serve against peers."""

from __future__ import annotations

from kam import units, value
from kam.packs.document import MONEY, Bars, Curve, Figure, Section, Table, Waterfall
from kam.packs.gathering import Given
from kam.words import _

_CENTS = "cents"


def profit_and_loss(given: Given) -> Section:
    """From list price to economic profit, drawn as far as it is known, and the same to the cent."""
    statement = value.profit_and_loss(given.store, given.as_of, given.account_id, for_whom=given.who)
    profit = statement.economic_profit
    if profit is None:
        title = _("Economic profit is unknown")
    elif profit < 0:
        title = _("It destroys {amount} a year after cost to serve and capital").format(
            amount=units.short_money(abs(profit), given.currency)
        )
    else:
        title = _("{amount} of economic profit remain").format(amount=units.short_money(profit, given.currency))
    estimated = _("12 months, margin estimated") if statement.is_margin_estimated else _("12 months")
    return Section(
        "profit",
        _("Profit and loss"),
        title,
        lines=[*statement.missing, value.capital_rule(statement)],
        pictures=[
            Waterfall(
                _("From price to economic profit, {period}").format(period=estimated),
                [(line.label, float(line.amount), line.kind == "total") for line in statement.known],
                " ".join(statement.missing) or _("The ledger holds no order line of this account."),
            )
        ],
        tables=[
            Table(
                _("Profit and loss"),
                _("Profit and loss to the cent, {period}").format(period=estimated),
                [(_("Line"), "text"), (_("Amount"), _CENTS)],
                [(line.label, line.amount) for line in statement.lines],
                empty=_("The ledger holds no order line of this account up to this day."),
                widths=[4, 2],
            )
        ],
    )


def value_range(given: Given) -> Section:
    """P10, P50 and P90 of the account's value, and the forecast year by year. Of key accounts; of others it is not forecast."""
    heading = _("Value range")
    if given.account_id not in given.key_accounts:
        said = _("Only key accounts are forecast one by one: by statistics, see the lifetime value in the summary.")
        return Section("range", heading, _("No forecast of its own"), lines=[said])
    found = value.account_outlook(given.store, given.as_of, given.account_id, given.key_accounts, for_whom=given.who)
    if found.range is None:
        return Section("range", heading, _("The range is unknown"), lines=[" ".join(found.missing)])
    held = found.range
    title = _("Worth {middle} over {years} years; one in ten below {low}, one in ten above {high}").format(
        middle=units.short_money(held.p50, given.currency),
        years=len(found.years),
        low=units.short_money(held.p10, given.currency),
        high=units.short_money(held.p90, given.currency),
    )
    return Section(
        "range",
        heading,
        title,
        figures=[
            Figure(_("P10"), held.p10, MONEY, found.is_estimated),
            Figure(_("P50"), held.p50, MONEY, found.is_estimated),
            Figure(_("P90"), held.p90, MONEY, found.is_estimated),
            Figure(_("Weighted pipeline"), found.pipeline, MONEY),
        ],
        lines=list(found.notes),
        pictures=[
            Bars(
                _("Value of the next years: low, middle and high case"),
                [_("P10, low case"), _("P50, middle"), _("P90, high case")],
                {_("Value"): [round(held.p10, 2), round(held.p50, 2), round(held.p90, 2)]},
                MONEY,
                "",
            )
        ],
        tables=[
            Table(
                _("Forecast"),
                _("The forecast year by year, at medians"),
                [
                    (_("Year to"), "date"), (_("Revenue"), MONEY), (_("Margin"), MONEY), (_("Cost to serve"), MONEY),
                    (_("Left"), MONEY), (_("Kept so far"), "share"),
                ],
                [
                    tuple(year[name] for name in ("until", "revenue", "margin", "cost_to_serve", "flow", "kept"))
                    for year in found.years
                ],
                empty="",
            )
        ],
    )  # fmt: skip


def whale_curve(given: Given) -> Section:
    """All accounts by contribution, cumulated, and where this one stands."""
    heading = _("Place on the whale curve")
    curve = value.whale_curve(given.store, given.as_of, for_whom=given.who)
    if curve is None:
        said = _("No account's contribution is known: import product costs and adopt a cost model.")
        return Section("whale", heading, _("The whale curve is unknown"), lines=[said])
    places = value.whale_places(given.store, given.as_of, [given.account_id], for_whom=given.who)
    if not places:
        title, marked, figures = _("Its contribution is unknown: it has no place on the curve"), None, []
    else:
        place = places[0]
        title = _("Place {place} of {all} accounts by contribution").format(
            place=units.count(place["place"]), all=units.count(curve.account_count)
        )
        marked = (place["account_share"], float(place["cumulative_amount"]))
        figures = [
            Figure(
                _("Contribution, 12 months"), place["contribution_12m"], MONEY, given.account["is_margin_estimated"]
            ),
            Figure(_("Place"), place["place"], "count"),
            Figure(_("Contribution of all"), curve.total_amount, MONEY),
            Figure(_("What the losing accounts cost"), curve.loss_amount, MONEY),
        ]
    return Section(
        "whale",
        heading,
        title,
        figures=figures,
        pictures=[
            Curve(
                _("Contribution of all accounts, best first, cumulated"),
                [(x, float(y)) for x, y in curve.points],
                marked,
                given.account["name"],
                (_("Share of accounts"), _("Cumulative contribution")),
                "",
            )
        ],
    )


def cost_to_serve(given: Given) -> Section:
    """What makes the account dear or cheap to serve against the median of its peers."""
    drivers = value.serving_drivers(given.store, given.as_of, given.account_id, for_whom=given.who)
    known = [driver for driver in drivers if driver.excess_amount is not None]
    dear = [driver for driver in known if driver.excess_amount > 0]
    if dear:
        title = _("{driver} costs {amount} a year more than at the median of its peers").format(
            driver=dear[0].name, amount=units.short_money(dear[0].excess_amount, given.currency)
        )
    else:
        title = _("Nothing is dearer than with its peers") if known else _("The drivers are unknown")
    peers = known[0] if known else None
    lines = []
    if peers is not None:
        lines.append(
            _("Peers: {count} accounts of {industry}. Each driver alone: the amounts do not add up.").format(
                count=units.count(peers.peer_count), industry=peers.peers or _("all industries")
            )
        )
    return Section(
        "cost",
        _("Cost to serve against peers"),
        title,
        lines=lines,
        pictures=[
            Bars(
                _("Above the median of the peers, a year"),
                [driver.name for driver in known],
                {_("Above the median"): [float(driver.excess_amount) for driver in known]},
                MONEY,
                _("No cost model is in force, or the account did not order in these months."),
                highlight=[at for at, driver in enumerate(known) if driver.excess_amount > 0],
            )
        ],
        tables=[
            Table(
                _("Cost to serve"),
                _("Drivers against the median of the peers"),
                [
                    ("driver", "text"), (_("Driver"), "text"), (_("Here"), "text"), (_("Median"), "text"), (_("Cost"), MONEY),
                    (_("At the median"), MONEY), (_("Above"), MONEY),
                ],
                [
                    (
                        d.driver, d.name, d.told(d.own, given.currency), d.told(d.median, given.currency), d.cost_amount,
                        d.at_median_amount, d.excess_amount,
                    )
                    for d in drivers
                ],
                empty=_("No cost model is in force, or the account did not order in these months."),
                ids=1,
                widths=[4, 1.8, 1.8, 1.5, 1.5, 1.5],
            )
        ],
    )  # fmt: skip
