"""Where an account's yearly chances come from: its contract's renewals where there is evidence, else its scorecard."""

from datetime import date, timedelta

import pytest

from kam import parameters, value
from kam.value.retention import yearly_retention, years_later
from tests.drawn import given
from tests.key_accounts import with_ledger

DAY = date(2024, 12, 31)
ENDS = [date(2025, 12, 31), date(2026, 12, 31), date(2027, 12, 31)]


def contracts(store, champion, chains):
    """chains: account -> list of (start, end) of its contracts."""
    rows = ["contract_id | account_id | name | start_date | end_date | auto_renews"]
    for account, terms in chains.items():
        rows += [f"{account}-{n} | {account} | Frame | {start} | {end} | false" for n, (start, end) in enumerate(terms)]
    with_ledger(store, champion, *chains)
    given(store, champion, "contracts", "\n".join(rows))


def yearly(first, count):
    """Contracts from July to June, one after the other."""
    return [(date(first + n, 7, 1), date(first + n + 1, 6, 30)) for n in range(count)]


def slow_history(terms, as_of, grace=92):
    """METHOD 3.3 by hand: each end is renewed, lost, or not yet decided; counted up to the first loss."""
    count = 0
    for start, end in sorted(terms):
        later = [s for s, e in terms if s > start and s <= end + timedelta(days=grace) and e > end and s <= as_of]
        if start > as_of:
            continue
        if later:
            count += 1
        elif end + timedelta(days=grace) < as_of:
            return count + 1, True
    return count, False


@pytest.mark.parametrize("gap", [0, 91, 92, 93])
def test_a_successor_within_the_grace_is_a_renewal(store, champion, gap):
    first = (date(2022, 1, 1), date(2022, 12, 31))
    begin = first[1] + timedelta(days=gap)
    chain = [first, (begin, begin + timedelta(days=364))]
    contracts(store, champion, {"A": chain})
    row = next(iter(store.read("value.renewal_histories", {"as_of": DAY})))
    assert (row["decision_count"], row["is_lost"]) == slow_history(chain, DAY)
    # The second term was lost since; beyond the grace the first counts as lost already.
    assert row["decision_count"] == (1 if gap > 92 else 2)


def test_an_end_that_has_just_passed_decides_nothing_yet(store, champion):
    contracts(
        store, champion, {"A": [(date(2023, 1, 1), date(2024, 12, 1))], "B": [(date(2023, 1, 1), date(2024, 9, 1))]}
    )
    rows = {row["account_id"]: row for row in store.read("value.renewal_histories", {"as_of": DAY}).records()}
    assert (rows["A"]["decision_count"], rows["A"]["is_lost"]) == (0, False)
    assert (rows["B"]["decision_count"], rows["B"]["is_lost"]) == (1, True)


def many(store, champion, count):
    """Contract histories of a mixed base: a third leaves at an early renewal, the others renew until today."""
    chains = {f"A{at:03}": yearly(2019, {0: 1, 3: 1, 6: 3}.get(at % 9, 6)) for at in range(count)}
    contracts(store, champion, chains)


def chances(store, champion, account):
    return yearly_retention(store, DAY, [account], ENDS, for_whom=champion)[account]


def test_with_enough_histories_a_contracts_chances_are_those_of_its_coming_renewals(store, champion):
    from kam.value.models.renewal import retention

    many(store, champion, 45)
    seen = value.renewals(store, DAY)
    assert (seen.histories, seen.losses) == (45, 15) and seen.fit is not None and not seen.fit.is_degenerate
    found = chances(store, champion, "A001")
    assert found.basis == "renewal"
    # It has renewed five times; its contract ends on 30 June 2025, then every year.
    assert found.by_year == pytest.approx([float(retention(seen.fit.parameters, [n])[0]) for n in (6, 7, 8)])
    assert found.by_year[0] > seen.fit.constant_retention


def test_a_year_inside_a_long_contract_carries_no_risk_of_renewal(store, champion):
    many(store, champion, 45)
    contracts(store, champion, {"LONG": [(date(2024, 1, 1), date(2026, 12, 31))]})
    found = chances(store, champion, "LONG")
    assert found.basis == "renewal"
    assert found.by_year[0] == 1.0 and found.by_year[2] == 1.0 and found.by_year[1] < 1.0


def test_below_the_evidence_the_scorecard_counts_and_below_that_the_base(store, champion):
    many(store, champion, 12)
    seen = value.renewals(store, DAY)
    assert seen.fit is None and "30 are needed" in seen.missing
    assert chances(store, champion, "A001").basis == "base"
    for name in ("buyer", "finances", "competition", "service", "contacts"):
        value.rate_risk(store, "A001", name, 4, evidence="seen", rated_on=DAY, who=champion)
    found = chances(store, champion, "A001")
    assert found.basis == "scorecard" and len(found.by_year) == 3


def test_the_evidence_is_a_parameter_and_a_one_sided_history_has_no_fit(store, champion):
    contracts(store, champion, {f"A{n}": yearly(2019, 6) for n in range(8)})
    parameters.adopt(store, "value.renewal_histories_at_least", 5, valid_from=DAY, source="test", who=champion)
    seen = value.renewals(store, DAY)
    assert seen.fit is None and "some of both" in seen.missing


def test_an_undecided_retention_leaves_the_chances_unknown(store, champion):
    with_ledger(store, champion, "A")
    parameters.adopt(store, "value.annual_retention_rate", None, valid_from=DAY, source="test", who=champion)
    assert chances(store, champion, "A").by_year is None


def test_a_leap_day_has_its_anniversary_on_the_28th():
    assert years_later(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)
