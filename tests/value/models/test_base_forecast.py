"""Spend ranges, run-rate, season and the holdout that chooses between them."""

from __future__ import annotations

import csv
import gzip
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kam.errors import BadInput
from kam.value.models import base_forecast, holdout, run_rate, spend_range
from kam.value.models.bg_nbd import BgNbd, expected_future, p_alive
from kam.value.models.gamma_gamma import GammaGamma
from kam.value.models.purchase_days import purchase_days

CDNOW = BgNbd(0.243, 4.414, 0.793, 2.426)
SPEND = GammaGamma(6.25, 3.74, 15.44)


def day(text):
    return np.datetime64(text, "D")


@pytest.fixture(scope="module")
def cdnow_ledger(shared_ledgers):
    lines = (shared_ledgers / "cdnow" / "CDNOW_sample.txt").read_text().splitlines()
    rows = [line.split() for line in lines]
    return purchase_days(
        [row[1] for row in rows],
        [f"{row[2][:4]}-{row[2][4:6]}-{row[2][6:]}" for row in rows],
        [float(row[4]) for row in rows],
    )


@pytest.fixture(scope="module")
def wholesale_ledger(shared_ledgers):
    """Online Retail, lines with a customer: an account's sales and net revenue per day."""
    sales, net = {}, {}
    with gzip.open(
        shared_ledgers / "online_retail" / "online_retail_2010_2011.csv.gz", "rt", encoding="cp1252", newline=""
    ) as file:
        for row in csv.DictReader(file):
            if not row["CustomerID"]:
                continue
            key = row["CustomerID"], row["InvoiceDate"].split()[0]
            amount = round(Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]), 2)
            sales[key] = sales.get(key, 0) + max(amount, Decimal(0))
            net[key] = net.get(key, 0) + amount
    days = {text: datetime.strptime(text, "%m/%d/%Y").date() for _customer, text in net}
    return purchase_days(
        [customer for customer, _text in net],
        [days[text] for _customer, text in net],
        [float(amount) for amount in sales.values()],
        [float(amount) for amount in net.values()],
    )


# Ranges.


def drawn_future(history, t, draws, seed):
    """Purchases and spend of an account with this history, lived through event by event."""
    x, last, age, mean = history
    drawn = np.random.default_rng(seed)
    active = drawn.random(draws) < p_alive(CDNOW, x, last, age)
    rate = drawn.gamma(CDNOW.r + x, 1 / (CDNOW.alpha + age), draws)
    leaves = drawn.beta(CDNOW.a, CDNOW.b + x, draws)
    scale = drawn.gamma(SPEND.q + SPEND.p * x, 1 / (SPEND.gamma + mean * x), draws)
    count, now = np.zeros(draws), np.zeros(draws)
    while active.any():
        now = now + drawn.exponential(1 / rate)
        active &= now <= t
        count += active
        active &= drawn.random(draws) >= leaves
    spent = np.zeros(draws)
    bought = count > 0
    spent[bought] = drawn.gamma(SPEND.p * count[bought]) / scale[bought]
    return count, spent


@pytest.mark.parametrize("history", [(2, 30.43, 38.86, 22.35), (12, 37, 38, 40.0), (29, 37.7, 38, 30.0)])
def test_ranges_of_purchases_and_spend_are_those_of_lived_futures(history):
    x, last, age, mean = history
    count, spent = drawn_future(history, 39, 200_000, seed=4)
    ranged = spend_range.purchase_range(CDNOW, x, last, age, 39)[0]
    for n, probability in zip(ranged, (0.1, 0.5, 0.9), strict=True):
        # A whole number is the percentile when probability lies between the chances below it and up to it.
        assert (count < n).mean() - 0.005 <= probability <= (count <= n).mean() + 0.005
    money = spend_range.spend_range(CDNOW, SPEND, x, last, age, mean, 39)[0]
    for s, probability in zip(money, (0.1, 0.5, 0.9), strict=True):
        assert (spent <= s).mean() == pytest.approx(probability, abs=0.005) or s == 0
    assert expected_future(CDNOW, x, last, age, 39) == pytest.approx(count.mean(), rel=0.02)


@settings(deadline=None, max_examples=20)
@given(some.integers(0, 400), some.floats(0.05, 1), some.floats(1, 100), some.floats(-50, 500), some.floats(1, 100))
def test_a_range_rises_and_is_never_below_nothing(x, share, age, mean, t):
    last = share * age if x else 0.0
    found = spend_range.spend_range(CDNOW, SPEND, x, last, age, mean, t, (0.05, 0.25, 0.5, 0.75, 0.95))[0]
    assert np.isfinite(found).all()
    assert (np.diff(found) >= 0).all() and found[0] >= 0


def test_ranges_do_not_depend_on_who_is_ranged_with_whom():
    x, last, age, mean = [2, 0, 200], [30.43, 0, 38.0], [38.86, 20, 38.5], [22.35, 0, 12.0]
    together = spend_range.spend_range(CDNOW, SPEND, x, last, age, mean, 39)
    alone = [spend_range.spend_range(CDNOW, SPEND, *row, 39)[0] for row in zip(x, last, age, mean, strict=True)]
    assert together == pytest.approx(np.array(alone))


def test_a_range_that_held_its_share_is_not_widened_and_one_that_did_not_is():
    actual = np.arange(-10.0, 11.0)
    wide = spend_range.widening(actual, 0 * actual, 0 * actual - 20, 0 * actual + 20)
    narrow = spend_range.widening(actual, 0 * actual, 0 * actual - 2, 0 * actual + 2)
    assert wide == 1.0
    # 18 of 21 (⌈22 · 0.8⌉ = 18) have to fit: the 18th distance is 9, which is 4.5 arms.
    assert narrow == 4.5
    held = (actual >= -2 * narrow) & (actual <= 2 * narrow)
    assert held.mean() >= 0.8
    assert spend_range.measured_coverage(actual, 0 * actual - 2, 0 * actual + 2) == pytest.approx(5 / 21)


def test_a_factor_that_cannot_be_known_is_none():
    nine = np.ones(9)
    assert spend_range.widening(nine, nine, nine, nine) is None
    many = np.ones(30)
    assert spend_range.widening(2 * many, many, many, many) is None
    assert spend_range.measured_coverage([], [], []) is None


def test_a_probability_at_an_end_is_refused():
    with pytest.raises(BadInput, match="probability"):
        spend_range.purchase_range(CDNOW, 1, 1, 2, 3, (0.0,))


# The ledger on a day.

LEDGER = purchase_days(
    ["B", "A", "A", "A", "A", "B", "C"],
    ["2024-03-01", "2024-01-01", "2024-01-15", "2024-01-15", "2024-02-12", "2024-03-05", "2024-01-20"],
    [70.0, 10.0, 20.0, 5.0, 30.0, 0.0, 0.0],
    [70.0, 10.0, 20.0, 5.0, 30.0, -90.0, -4.0],
)


def test_rows_of_one_day_are_one_purchase():
    assert LEDGER.accounts.tolist() == ["A", "B", "C"]
    assert LEDGER.sales.tolist() == [10, 25, 30, 70, 0, 0]


def test_what_is_known_on_a_day_leaves_out_what_came_after():
    known = LEDGER.known_on(day("2024-01-31"))
    assert LEDGER.accounts[known.position].tolist() == ["A"]
    observed = known.histories
    assert (observed.x[0], observed.t_x[0], observed.T[0]) == (1, 2.0, pytest.approx(30 / 7))
    assert known.mean_spend[0] == 25


def test_a_credit_lowers_the_mean_spend_whenever_it_came_and_is_no_purchase():
    known = LEDGER.known_on(day("2024-03-31"))
    assert LEDGER.accounts[known.position].tolist() == ["A", "B"]
    assert known.histories.x.tolist() == [2, 0]
    assert known.mean_spend.tolist() == [27.5, 0.0]
    net_negative = purchase_days(
        ["A", "A", "A"], ["2024-01-01", "2024-01-08", "2024-01-09"], [10, 20, 0], [10, 20, -50]
    )
    assert net_negative.known_on(day("2024-02-01")).mean_spend.tolist() == [-30.0]


def test_net_revenue_of_a_period_leaves_its_first_day_out_and_its_last_in():
    assert LEDGER.net_between(day("2024-01-01"), day("2024-01-15")).tolist() == [25, 0, 0]
    assert LEDGER.net_between(day("2024-02-29"), day("2024-03-05")).tolist() == [0, -20, 0]


@pytest.mark.real_ledger
def test_the_raw_orders_give_the_published_summary(cdnow_ledger, shared_ledgers):
    rows = np.genfromtxt(shared_ledgers / "cdnow" / "cdnow_summary_with_transactions.csv", delimiter=",", names=True)
    known = cdnow_ledger.known_on(day("1997-09-30"))
    # Eight customers only ever took something for nothing; that is no purchase here.
    assert len(known.position) == 2349
    published = rows[cdnow_ledger.accounts[known.position].astype(int) - 1]
    assert np.array_equal(known.histories.x, published["x"])
    assert known.histories.t_x == pytest.approx(published["t_x"], abs=0.0051)
    assert np.abs(known.histories.T - published["T"]).max() < 0.0051
    assert known.mean_spend == pytest.approx(published["zbar"], abs=0.0051)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (([], [], []), "no lines"),
        ((["A"], ["NaT"], [1.0]), "day in row 1"),
        ((["A", "B"], ["2024-01-01"] * 2, [1.0, -1.0]), "sales in row 2"),
        ((["A"], ["2024-01-01"] * 2, [1.0, 1.0]), "day has 2 values"),
    ],
)
def test_a_ledger_with_a_hole_is_refused(rows, said):
    with pytest.raises(BadInput, match=said):
        purchase_days(*rows)


# Run-rate and season.


def test_the_run_rate_scales_the_window_to_the_horizon():
    assert run_rate.run_rate([90.0, -30.0], 90, 30).tolist() == [30, -10]
    with pytest.raises(BadInput, match="window is 0"):
        run_rate.run_rate([1.0], 0, 30)


def months_from(first, totals):
    return np.arange(np.datetime64(first, "M"), np.datetime64(first, "M") + len(totals)), np.array(totals, dtype=float)


@given(some.lists(some.floats(0.2, 3), min_size=12, max_size=12), some.integers(24, 60), some.integers(0, 11))
def test_a_season_on_a_steady_level_is_found_exactly(season, length, start):
    index = np.array(season) * 12 / sum(season)
    first = np.datetime64("2020-01", "M") + start
    calendar = (start + np.arange(length)) % 12
    found = run_rate.seasonal_index(np.arange(first, first + length), 1000 * index[calendar])
    assert found.by_month == pytest.approx(index.tolist(), rel=1e-9)
    assert found.months == length


def test_a_season_and_a_trend_are_not_told_apart_below_two_years():
    assert run_rate.seasonal_index(*months_from("2023-01", [100.0] * 23)) is None
    assert run_rate.seasonal_index(*months_from("2022-01", [0.0] * 30)) is None


def test_months_with_a_gap_are_refused():
    months, totals = months_from("2022-01", [1.0] * 30)
    with pytest.raises(BadInput, match="gap"):
        run_rate.seasonal_index(np.delete(months, 5), np.delete(totals, 5))


def test_the_season_lifts_a_forecast_for_the_high_months():
    index = run_rate.SeasonalIndex((0.5,) * 6 + (1.5,) * 6, 24)
    low, high = (day("2023-12-31"), day("2024-06-30")), (day("2024-06-30"), day("2024-12-31"))
    found = run_rate.seasonal_run_rate([91.0], index, low, high)
    assert found[0] == pytest.approx(91 * 3 * 184 / 182)
    assert index.exposure(*low) == pytest.approx(0.5 * 182)


# The holdout.


def steady_ledger(accounts=40, months=48, amount=100.0, season=None):
    """Accounts that buy on the tenth of every month."""
    first = date(2020, 1, 10)
    days = [date(first.year + m // 12, m % 12 + 1, 10) for m in range(months)]
    factors = season or [1.0] * 12
    rows = [(f"A{a:02}", d, amount * (a + 1) * factors[d.month - 1]) for a in range(accounts) for d in days]
    return purchase_days(*zip(*rows, strict=True))


def test_origins_roll_back_one_horizon_at_a_time_while_there_is_a_window_behind_them():
    ledger = purchase_days(["A", "A"], ["2024-01-01", "2024-12-31"], [1.0, 1.0])
    origins = holdout.rolling_origins(ledger, 91)
    assert [str(o) for o in origins] == ["2024-04-02", "2024-07-02", "2024-10-01"]


def test_a_base_that_never_changes_is_forecast_without_a_miss_and_by_the_plainest_method():
    found = holdout.compare(steady_ledger(), 365)
    assert found.chosen == {"base": "run_rate", "top": "run_rate"}
    assert found.error["base"]["run_rate"] < 0.02
    assert any("run-rate is used" in sentence for sentence in found.verdict)


def test_a_seasonal_base_is_forecast_by_its_season():
    season = [0.2, 0.2, 0.4, 0.6, 1.0, 1.2, 1.2, 1.2, 1.5, 1.5, 2.0, 1.0]
    found = holdout.compare(steady_ledger(season=season), 182, origins=[day("2023-01-01"), day("2023-07-01")])
    assert found.chosen["base"] == "season"
    assert found.error["base"]["season"] < 0.1 < found.error["base"]["run_rate"]


def test_no_method_sees_what_came_after_the_origin():
    ledger = steady_ledger(accounts=3)
    origin = day("2022-12-31")
    kept = ledger.day <= origin
    cut = purchase_days(ledger.account[kept], ledger.day[kept], ledger.sales[kept])
    for method in (base_forecast.by_run_rate, base_forecast.by_season):
        assert np.array_equal(method(ledger, origin, 182), method(cut, origin, 182))
    whole, shorter = ledger.known_on(origin), cut.known_on(origin)
    assert np.array_equal(whole.histories.t_x, shorter.histories.t_x)
    assert np.array_equal(whole.mean_spend, shorter.mean_spend)


def test_a_ledger_shorter_than_two_horizons_is_refused_with_the_days_it_has():
    ledger = purchase_days(["A", "A"], ["2024-01-01", "2024-06-30"], [1.0, 1.0])
    with pytest.raises(BadInput, match="needs 730 days of ledger; this one has 182"):
        holdout.compare(ledger, 365)


@pytest.mark.real_ledger
def test_on_cdnow_the_model_is_sound_and_beats_the_run_rate(cdnow_ledger):
    found = holdout.compare(cdnow_ledger, 180)
    assert found.weaknesses == ()
    assert found.chosen == {"base": "model", "top": "model"}
    assert found.error["base"]["model"] < 0.7 * found.error["base"]["run_rate"]
    assert found.error["base"]["season"] is None
    for group in found.coverage:
        assert group.measured > 0.8


@pytest.mark.real_ledger
def test_on_the_wholesale_ledger_the_fit_is_degenerate_and_the_run_rate_is_shown(wholesale_ledger):
    found = holdout.compare(wholesale_ledger, 91)
    assert "nobody_leaves" in found.weaknesses
    assert found.chosen == {"base": "run_rate", "top": "run_rate"}
    assert any("not eligible" in sentence and "nobody leaves" in sentence for sentence in found.verdict)
    top = next(coverage for coverage in found.coverage if coverage.group == "top")
    assert top.measured < 0.8
    assert top.factor > 1.5


@pytest.mark.real_ledger
def test_the_wholesale_ledgers_net_negative_accounts_are_counted_and_stay_in_the_total(wholesale_ledger):
    known = wholesale_ledger.known_on(wholesale_ledger.last_day)
    assert len(known.position) == 4338
    fit = base_forecast.fit_model(known)
    assert fit.spend.left_out == ((known.mean_spend <= 0) & (known.histories.x > 0)).sum() > 0
    expected = base_forecast.by_model(fit, known, wholesale_ledger, 91)
    assert np.isfinite(expected).all()
    negative = known.position[(known.mean_spend < 0) & (known.histories.x > 0)]
    assert (expected[negative] < 0).all()


@pytest.mark.real_ledger
def test_key_accounts_are_left_out_of_the_fit_and_still_forecast(cdnow_ledger):
    known = cdnow_ledger.known_on(day("1997-09-30"))
    largest = known.position[np.argsort(-known.histories.x)[:25]]
    fit = base_forecast.fit_model(known, largest)
    assert fit.left_out == 25
    assert fit.purchases.accounts == 2349 - 25
    assert (base_forecast.by_model(fit, known, cdnow_ledger, 180)[largest] > 0).any()


@pytest.mark.real_ledger
def test_the_years_of_a_forecast_add_up_to_the_whole(cdnow_ledger):
    known = cdnow_ledger.known_on(day("1997-09-30"))
    fit = base_forecast.fit_model(known)
    yearly = base_forecast.expected_by_year(fit, known, 3)
    whole = base_forecast.by_model(fit, known, cdnow_ledger, 3 * 365)[known.position]
    assert yearly.sum(axis=1) == pytest.approx(whole)
    assert (np.diff(yearly, axis=1) <= 1e-9).all()


def test_a_base_without_repeats_has_no_model_and_the_run_rate_stands():
    rows = [(f"A{n}", date(2024, 1, 1) + timedelta(days=n), 10.0) for n in range(300)]
    found = holdout.compare(purchase_days(*zip(*rows, strict=True)), 60)
    assert found.weaknesses == ("no_fit",)
    assert found.chosen["base"] == "run_rate"
    assert any("No fit exists." in sentence for sentence in found.verdict)
