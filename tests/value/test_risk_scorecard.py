"""The relationship-risk scorecard: records first, people over them, unknown below the evidence, one table for all."""

from datetime import date

import pytest

from kam import parameters, value
from kam.errors import BadInput, NotFound
from kam.value.risk_scorecard import SCORES, TABLE
from tests.drawn import given
from tests.key_accounts import with_ledger

DAY = date(2024, 12, 31)


def card(store, champion, account="A", day=DAY):
    return value.scorecards(store, day, [account], for_whom=champion)[account]


def factor(found, name):
    return next(one for one in found.factors if one.factor == name)


def rate(store, champion, name, rating, on=DAY, account="A"):
    value.rate_risk(store, account, name, rating, evidence="Visit report", rated_on=on, who=champion)


def on_record(store, champion):
    """A: one year old, two contacts of two roles, two categories, one complaint, a contract of six months left."""
    with_ledger(store, champion, "A", "B", first_on=date(2024, 1, 1))
    given(
        store,
        champion,
        "contacts",
        "contact_id | account_id | name | role\n1 | A | Ann | decider\n2 | A | Bo | user",
    )
    given(store, champion, "products", "product_id | name | category\nP | P | Valves\nQ | Q | Seals")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | product_id\n"
        "8 | A | 2024-05-01 | 5 | P\n9 | A | 2024-06-01 | 5 | Q\n7 | A | 2023-05-01 | 5 | Q",
    )
    given(
        store,
        champion,
        "interactions",
        "interaction_id | account_id | occurred_on | kind | summary\n"
        "1 | A | 2024-03-01 | complaint | Late\n2 | A | 2024-04-01 | visit | Talk\n3 | A | 2023-03-01 | complaint | Old",
    )
    given(
        store,
        champion,
        "survey_responses",
        "account_id | answered_on | attribute | importance | performance | scale_points\n"
        "A | 2024-02-01 | delivery | 4 | 4 | 5\nA | 2024-02-01 | price | 4 | 3 | 5",
    )
    given(
        store,
        champion,
        "contracts",
        "contract_id | account_id | name | start_date | end_date\n1 | A | Frame | 2024-01-01 | 2025-07-01",
    )


def test_records_rate_what_they_hold_and_say_so(store, champion):
    on_record(store, champion)
    found = card(store, champion)
    readings = {one.factor: one.rating for one in found.factors}
    assert readings["contacts"] == pytest.approx(4 * 2 / 8)
    assert readings["levels"] == pytest.approx(4 * 2 / 4)
    assert readings["breadth"] == pytest.approx(4 * 2 / 5)
    assert readings["service"] == pytest.approx(4 * (1 - 1 / 4))
    assert readings["satisfaction"] == pytest.approx(4 * (0.75 + 0.5) / 2)
    assert readings["contract"] == pytest.approx(4 * (182 / 30.4375) / 24)
    assert readings["length"] == pytest.approx(4 * ((DAY - date(2023, 5, 1)).days / 365.25) / 8)
    assert [readings[name] for name in ("competition", "buyer", "finances")] == [None, None, None]
    assert {one.origin for one in found.factors} == {"records", "unknown"}
    known = [rating for rating in readings.values() if rating is not None]
    assert found.score == pytest.approx(25 * sum(known) / len(known))
    assert found.retention_low < found.retention < found.retention_high


def test_missing_evidence_is_unknown_and_no_zero(store, champion):
    on_record(store, champion)
    found = card(store, champion, "B")
    assert factor(found, "contacts").rating is None and factor(found, "service").rating is None
    # The records hold contracts, so that B has none is known.
    assert factor(found, "contract").rating == 0
    assert found.score is None and found.retention is None
    assert "2 of 10 factors are known; 5 are needed" in found.missing


def test_a_judgement_stands_over_the_records_until_it_is_taken_back(store, champion):
    on_record(store, champion)
    rate(store, champion, "contacts", 4)
    judged = factor(card(store, champion), "contacts")
    assert (judged.rating, judged.origin, judged.assessor) == (4, "judged", champion.name)
    assert judged.by_records == pytest.approx(1.0)
    assert factor(card(store, champion, day=date(2024, 12, 30)), "contacts").origin == "records"
    rate(store, champion, "contacts", None)
    assert factor(card(store, champion), "contacts").origin == "records"
    assert len(store.read("value.risk_ratings").rows) == 2


def test_ten_ratings_at_one_end_are_that_end_of_the_table_without_a_range(store, champion):
    with_ledger(store, champion, "A")
    for name in value.RISK_FACTORS:
        rate(store, champion, name, 4)
    best = card(store, champion)
    top = value.retention_table(store, DAY)[-1][1]
    assert (best.score, best.retention_low, best.retention, best.retention_high) == (100, top, top, top)
    for name in value.RISK_FACTORS:
        rate(store, champion, name, 0)
    assert card(store, champion).retention == value.retention_table(store, DAY)[0][1]


@pytest.mark.parametrize(
    ("name", "rating", "evidence", "field"),
    [
        ("luck", 3, "seen", "factor"),
        ("buyer", 5, "seen", "rating"),
        ("buyer", -1, "seen", "rating"),
        ("buyer", True, "seen", "rating"),
        ("buyer", 3, " ", "evidence"),
    ],
)
def test_a_rating_without_factor_scale_or_evidence_is_refused(store, champion, name, rating, evidence, field):
    with_ledger(store, champion, "A")
    with pytest.raises(BadInput) as refused:
        value.rate_risk(store, "A", name, rating, evidence=evidence, rated_on=DAY, who=champion)
    assert refused.value.field == field
    with pytest.raises(NotFound):
        value.rate_risk(store, "Z", "buyer", 1, evidence="seen", rated_on=DAY, who=champion)


def test_a_table_that_falls_is_refused_and_a_chance_beyond_one_cannot_be_adopted(store, champion):
    with pytest.raises(BadInput):
        parameters.adopt(store, TABLE[4], 1.2, valid_from=DAY, source="guess", who=champion)
    parameters.adopt(store, TABLE[4], 0.1, valid_from=DAY, source="guess", who=champion)
    with pytest.raises(BadInput) as refused:
        value.retention_table(store, DAY)
    assert refused.value.reason == "not_monotone"


def years(store, champion, count):
    """Accounts that bought in 2023; those with a high judgement bought in 2024 too, of the low ones one in three."""
    rows, accounts = ["order_id | account_id | order_date | net_revenue"], ["account_id | name"]
    for at in range(count):
        account = f"A{at:03}"
        accounts.append(f"{account} | {account}")
        rows.append(f"{account} | {account} | 2023-06-01 | 10")
        if at % 2 or at % 3 == 0:
            rows.append(f"{account}-2 | {account} | 2024-06-01 | 10")
    given(store, champion, "accounts", "\n".join(accounts))
    given(store, champion, "order_lines", "\n".join(rows))
    for at in range(count):
        for name in ("buyer", "finances", "competition", "service", "contacts"):
            rate(store, champion, name, 4 if at % 2 else 0, date(2023, 12, 1), f"A{at:03}")


def test_a_calibrated_table_follows_what_happened_and_can_be_adopted(store, champion):
    years(store, champion, 36)
    found = value.calibration(store, DAY, for_whom=champion)
    assert (found.accounts, found.kept) == (36, 24)
    chances = [chance for _score, chance in found.points]
    assert chances == sorted(chances)
    # 18 lost or kept at the low score, of them 6 kept, pulled by 4 account-years of the overall rate of two thirds.
    assert chances[0] == pytest.approx((6 + 4 * 24 / 36) / 22)
    value.adopt_calibration(store, found, valid_from=DAY, who=champion, op_id="press")
    value.adopt_calibration(store, found, valid_from=DAY, who=champion, op_id="press")
    assert value.retention_table(store, DAY) == [(s, round(c, 4)) for s, c in zip(SCORES, chances, strict=True)]
    assert len(parameters.history(store, TABLE[0])) == 1
    assert "36 accounts" in parameters.value_at(store, TABLE[0], DAY).source


def test_too_short_a_history_is_not_calibrated(store, champion):
    years(store, champion, 12)
    with pytest.raises(BadInput) as refused:
        value.calibration(store, DAY, for_whom=champion)
    assert refused.value.reason == "too_few"
