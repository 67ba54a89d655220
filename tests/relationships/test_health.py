"""Health: its parts at the boundaries of their windows, the weighted mean, cap, confidence, alerts with a dead band."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from kam import parameters, relationships
from kam.errors import BadInput, RuleBroken, StaleWrite
from kam.relationships.health import confidence, freshness, months_before, weighted
from tests.drawn import given
from tests.relationships.conftest import AS_OF


def health(store, on=AS_OF, account_id="A"):
    return relationships.course(store, account_id, on, steps=1).now


def parts(store, on=AS_OF, account_id="A"):
    return {part.part: part for part in health(store, on, account_id).parts}


def test_the_mean_is_taken_over_what_is_known():
    assert weighted([(20, 50), (10, None), (20, 100)]) == 75
    assert weighted([(20, None)]) is None
    assert weighted([(0, 50)]) is None
    assert weighted([]) is None


def test_a_missing_part_lowers_confidence_and_not_health():
    known = [(10, 80.0), (10, 80.0)]
    assert weighted([*known, (10, None)]) == weighted(known)
    assert confidence([(10, 1.0), (10, 1.0), (10, None)]) == pytest.approx(2 / 3)
    assert confidence([(10, 1.0), (10, 1.0)]) == 1
    assert confidence([]) == 0


@pytest.mark.parametrize(("age", "fresh"), [(0, 1), (180, 1), (181, 1 - 1 / 180), (270, 0.5), (360, 0), (900, 0)])
def test_evidence_grows_stale_from_its_limit_on(age, fresh):
    assert freshness(age, 180) == pytest.approx(fresh)


def test_stale_evidence_lowers_confidence_and_not_health(ledger, champion):
    later = date(2026, 2, 9)
    fresh = health(ledger, later)
    parameters.adopt(
        ledger, "relationships.evidence_fresh_days", 30, valid_from=date(2025, 1, 1), source="test", who=champion
    )
    stale = health(ledger, later)
    assert stale.index == fresh.index
    assert stale.confidence < fresh.confidence


def test_the_parts_are_read_from_their_windows(ledger):
    found = parts(ledger)
    # 1140 in 2025 against 1000 in 2024: 14 % lies at 85 of 100 between −20 % and +20 %.
    assert found["trend"].points == pytest.approx(85)
    assert found["coverage"].points == pytest.approx(100 * 8 / 15)
    assert found["executive"].points == 100
    # 60 of 1,200 came back (50 points); one complaint lies in the window (five sixths of 100).
    assert found["claims"].points == pytest.approx((50 + 500 / 6) / 2)
    assert [name for name, part in found.items() if part.points is None] == [
        "delivery", "satisfaction", "horizon", "progress"
    ]  # fmt: skip
    assert all(part.said for part in found.values())


def test_the_index_is_the_weighted_mean_of_its_visible_parts(ledger):
    now = health(ledger)
    known = [part for part in now.parts if part.points is not None]
    assert now.index == pytest.approx(
        sum(part.weight * part.points for part in known) / sum(part.weight for part in known)
    )
    assert now.confidence == pytest.approx(45 / 100)


def test_good_points_on_thin_evidence_are_not_called_healthy(ledger, champion):
    assert (health(ledger).index > 70, health(ledger).state) == (True, "thin")
    parameters.adopt(
        ledger, "relationships.health_least_confidence", 0.45, valid_from=date(2025, 1, 1), source="t", who=champion
    )
    assert health(ledger).state == "healthy"


def test_an_account_without_records_has_no_health(ledger):
    now = health(ledger, account_id="B")
    assert (now.index, now.confidence, now.state) == (None, 0, "unknown")


@pytest.mark.parametrize(
    ("days", "points"), [(0, 100), (180, 100), (181, 100 - 100 / 180), (270, 50), (360, 0), (400, 0)]
)
def test_executive_contact_falls_from_its_limit_to_twice_that(store, champion, days, points):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store,
        champion,
        "interactions",
        f"""
        interaction_id | account_id | occurred_on                       | kind            | summary
        I1             | A          | {AS_OF - timedelta(days=days)}    | executive_visit | x
        """,
    )
    assert parts(store)["executive"].points == pytest.approx(points)


def test_no_visit_among_dealings_counts_nothing_and_no_dealings_are_unknown(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    assert parts(store)["executive"].points is None
    given(
        store, champion, "interactions",
        "interaction_id | account_id | occurred_on | kind | summary\nI1 | A | 2025-12-01 | call | x",
    )  # fmt: skip
    assert parts(store)["executive"].points == 0


def test_satisfaction_is_the_mean_of_roles_and_not_of_people(ledger, champion):
    given(
        ledger,
        champion,
        "survey_responses",
        """
        account_id | answered_on | attribute | performance | scale_points | contact_id
        A          | 2025-11-01  | Delivery  | 5           | 5            | K1
        A          | 2025-11-01  | Delivery  | 1           | 5            | K3
        A          | 2025-11-01  | Delivery  | 3           | 5            | K4
        A          | 2025-05-01  | Price     | 5           | 5            | K3
        """,
    )
    # The decision maker 100; the users 0 and 50, so 25; what K3 said in May is older than their latest answers.
    assert parts(ledger)["satisfaction"].points == pytest.approx((100 + 25) / 2)


def test_a_promise_counts_as_kept_only_in_time_and_only_where_somebody_says_so(ledger, champion):
    assert parts(ledger)["delivery"].points is None  # I1 is overdue, but an import never says what became of it
    made = relationships.capture(
        ledger, "A", kind="call", occurred_on=date(2025, 11, 1), summary="x", next_step="y",
        next_step_due=date(2025, 12, 30), who=champion,
    )  # fmt: skip
    assert parts(ledger)["delivery"].points == 0
    relationships.settle(ledger, made, outcome="kept", settled_on=AS_OF, who=champion)
    assert parts(ledger)["delivery"].points == 0  # a day late
    relationships.settle(ledger, "I1", outcome="kept", settled_on=date(2025, 11, 1), who=champion)
    assert parts(ledger)["delivery"].points == 50


@pytest.mark.parametrize(
    ("end", "points"),
    [("", 100), ("2027-12-31", 100), ("2030-01-01", 100), ("2026-12-31", 50), ("2025-12-31", 0), ("2025-06-30", 0)],
)
def test_the_horizon_is_the_longest_contract(ledger, champion, end, points):
    given(
        ledger, champion, "contracts",
        f"""
        contract_id | account_id | name  | start_date | end_date
        V1          | A          | Frame | 2024-01-01 | {end}
        V2          | A          | Old   | 2020-01-01 | 2025-01-01
        """,
    )  # fmt: skip
    assert parts(ledger)["horizon"].points == pytest.approx(points, abs=0.1)


def test_a_red_line_caps_health_while_it_is_open_and_never_lifts_it(ledger, champion):
    free = health(ledger)
    assert free.index > 40
    number = relationships.raise_red_line(
        ledger, "A", "tender", happened_on=date(2025, 12, 1), evidence="letter", who=champion
    )
    capped = health(ledger)
    assert (capped.index, capped.uncapped, capped.is_capped, capped.state) == (40, free.index, True, "poor")
    assert capped.confidence == free.confidence
    assert not health(ledger, date(2025, 11, 30)).red_lines
    relationships.close_red_line(
        ledger, number, closed_on=date(2025, 12, 20), closing="won it", expected_version=1, who=champion
    )
    assert health(ledger).index == free.index
    assert health(ledger, date(2025, 12, 19)).is_capped
    assert not health(ledger, date(2025, 12, 20)).is_capped


def test_red_lines_are_recorded_with_evidence_once_and_closed_with_a_reason(ledger, champion):
    def raised(**change):
        values = {"kind": "merger", "happened_on": AS_OF, "evidence": "press"} | change
        return relationships.raise_red_line(ledger, "A", values.pop("kind"), **values, who=champion)

    def close(number, **change):
        values = {"closed_on": AS_OF, "closing": "done", "expected_version": 1} | change
        relationships.close_red_line(ledger, number, **values, who=champion)

    for change, sentence in (({"kind": "rain"}, "The kind must be one of"), ({"evidence": " "}, "Say how you know it")):
        with pytest.raises(BadInput, match=sentence):
            raised(**change)
    number = raised()
    with pytest.raises(RuleBroken, match="open already since 31 Dec 2025"):
        raised()
    with pytest.raises(BadInput, match="Say what ended it"):
        close(number, closing="")
    with pytest.raises(BadInput, match="cannot be closed on 30 Dec 2025"):
        close(number, closed_on=date(2025, 12, 30))
    with pytest.raises(StaleWrite):
        close(number, expected_version=2)
    close(number)
    with pytest.raises(RuleBroken, match="was closed on 31 Dec 2025 already"):
        close(number)
    assert raised() == number + 1


# -- alerts --------------------------------------------------------------------------------------


def course(*levels, part="trend"):
    return [(date(2025, 1, 1) + timedelta(days=at), level, {part: level}) for at, level in enumerate(levels)]


def raised(*levels, alarm_below=40, rearmed_from=50):
    found = relationships.alerts(course(*levels), change=10, alarm_below=alarm_below, rearmed_from=rearmed_from)
    return [(alert.part, alert.before, alert.after) for alert in found]


def test_health_alerts_at_ten_points_and_not_before():
    assert raised(70, 60.1, alarm_below=0, rearmed_from=0) == []
    assert raised(70, 60, alarm_below=0, rearmed_from=0) == [(None, 70, 60)]
    assert raised(60, 65, 70, 75, 80, alarm_below=0, rearmed_from=0) == [(None, 60, 70), (None, 70, 80)]


def test_a_level_that_swings_by_less_than_ten_never_alerts():
    drawn = random.Random(7)
    levels = [60 + drawn.uniform(-4.9, 4.9) for _turn in range(200)]
    assert raised(*levels, alarm_below=0, rearmed_from=0) == []


def test_a_part_alerts_once_and_again_only_after_it_recovered():
    part = [alert for alert in raised(45, 39, 45, 39, 49.9, 39, 50, 39) if alert[0]]
    assert part == [("trend", 45, 39), ("trend", 50, 39)]
    assert [alert for alert in raised(30, 35, 30) if alert[0]] == []


def test_unknown_levels_are_passed_over():
    assert raised(None, 70, None, 55, alarm_below=0, rearmed_from=0) == [(None, 70, 55)]


def test_the_change_of_health_is_told_against_a_quarter_before(ledger):
    found = relationships.course(ledger, "A", AS_OF)
    assert [step.as_of for step in found.steps] == [
        date(2024, 12, 31), date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), AS_OF
    ]  # fmt: skip
    assert found.change == pytest.approx(found.now.index - found.steps[-2].index)


@pytest.mark.parametrize(
    ("on", "months", "before"),
    [
        (date(2025, 12, 31), 3, date(2025, 9, 30)),
        (date(2025, 2, 28), 3, date(2024, 11, 30)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(2025, 1, 15), 3, date(2024, 10, 15)),
        (date(2025, 1, 15), 0, date(2025, 1, 15)),
    ],
)
def test_a_quarter_before_a_months_end_is_a_months_end(on, months, before):
    assert months_before(on, months) == before


def test_trend_and_claims_agree_with_a_plain_count_of_the_lines(store, champion):
    """A slow second reading: the lines themselves, drawn at the ends of the windows, against the relation."""
    drawn = random.Random(11)
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    edges = [
        date(2023, 6, 15),
        date(2023, 6, 16),
        date(2024, 6, 15),
        date(2024, 6, 16),
        date(2025, 6, 15),
        date(2025, 6, 16),
    ]
    lines = [(edge + timedelta(days=drawn.randint(-1, 1)), drawn.choice([-50, 120, 400, 1000])) for edge in edges * 6]
    drawing = "\n".join(f"O{at} | A | {on} | {amount}" for at, (on, amount) in enumerate(lines))
    given(store, champion, "order_lines", f"order_id | account_id | order_date | net_revenue\n{drawing}")
    for as_of in (date(2025, 6, 14), date(2025, 6, 15), date(2025, 6, 16), date(2025, 6, 30)):
        year = as_of.replace(year=as_of.year - 1)
        two = as_of.replace(year=as_of.year - 2)
        now = [amount for on, amount in lines if year < on <= as_of]
        before = [amount for on, amount in lines if two < on <= year]
        returned = -sum(amount for amount in now if amount < 0)
        bought = sum(amount for amount in now if amount > 0)
        found = {row["part"]: row for row in store.read(
            "relationships.health_parts", {"as_of": as_of, "of_account": "A"})}  # fmt: skip
        assert found["trend"]["value"] == pytest.approx(sum(now) / sum(before) - 1)
        assert found["claims"]["value"] == pytest.approx(returned / bought)
        assert found["claims"]["points"] == pytest.approx(max(0, 100 * (1 - returned / bought / 0.1)))


def test_health_of_all_accounts_at_once_is_that_of_each_on_its_page(ledger, champion):
    given(
        ledger, champion, "accounts",
        "account_id | name\n" + "\n".join(f"D{at} | Drawn {at}" for at in range(6)),
    )  # fmt: skip
    drawn, some = random.Random(5), [f"D{at}" for at in range(5)]
    days = [AS_OF - timedelta(days=age) for age in (0, 1, 179, 180, 181, 359, 360, 365, 366, 720, 731)]
    lines = "\n".join(
        f"P{at} | {drawn.choice(some)} | {drawn.choice(days)} | {drawn.choice([-40, 90, 700])}" for at in range(40)
    )
    given(ledger, champion, "order_lines", f"order_id | account_id | order_date | net_revenue\n{lines}")
    kinds = ["visit", "complaint", "executive_visit", "call"]
    met = "\n".join(
        f"J{at} | {drawn.choice(some)} | {drawn.choice(days)} | {drawn.choice(kinds)} | x" for at in range(25)
    )
    given(ledger, champion, "interactions", f"interaction_id | account_id | occurred_on | kind | summary\n{met}")
    agreed = "\n".join(
        f"V{at} | {drawn.choice(some)} | c | {days[-1]} | {AS_OF + timedelta(days=drawn.choice([-1, 0, 200, 900]))}"
        for at in range(5)
    )
    given(ledger, champion, "contracts", f"contract_id | account_id | name | start_date | end_date\n{agreed}")
    for account_id in ("A", "D1", "D3"):
        relationships.raise_red_line(
            ledger, account_id, "tender", happened_on=date(2025, 12, 30), evidence="told so", who=champion
        )
    states = set()
    for on in (AS_OF - timedelta(days=181), AS_OF):
        found = {r["account_id"]: r for r in ledger.read("relationships.health", {"as_of": on, "of_account": None})}
        assert set(found) == {"A", "B", *some, "D5"}
        for account_id, row in found.items():
            alone = health(ledger, on, account_id)
            assert row["health"] == (None if alone.index is None else pytest.approx(alone.index))
            assert row["health_confidence"] == pytest.approx(alone.confidence)
            assert (row["health_state"], row["has_red_line"]) == (alone.state, bool(alone.red_lines))
            states.add(alone.state)
    assert states >= {"unknown", "poor", "thin"}
