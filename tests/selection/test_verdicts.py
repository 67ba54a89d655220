"""Verdicts and scores of all accounts in one pass, held against a slow reading of the same file."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from kam import selection
from kam.errors import NotFound, Refusal
from kam.selection.measures import NUMBERED
from kam.store import Condition
from tests.drawn import given
from tests.selection import plain_reading
from tests.selection.conftest import AS_OF, HEAD, gate, score

UNITS = {name: measure.unit for name, measure in selection.MEASURES.items()}


def measured(store, level="account", as_of=AS_OF):
    """The measures of the ledger, and what was assessed as the records say it."""
    rows = store.read("value.account_measures", {"as_of": as_of, "level": level})
    return {row["account_id"]: row | plain_reading.assessed(store, row["account_id"], as_of) for row in rows}


def written(quantity):
    return quantity.isoformat() if isinstance(quantity, date) else str(quantity)


def beside(quantity, unit):
    """The value itself and its neighbours as near as the unit allows."""
    if isinstance(quantity, date):
        return [quantity + timedelta(days=d) for d in (-1, 0, 1)]
    step = Decimal("0.01") if unit == "reporting currency" else Decimal("1e-9") if unit == "share" else 1
    exact = Decimal(str(quantity))
    return [exact - step, exact, exact + step]


def agrees(store, champion, text, level="account"):
    """Assert that every account is judged as the slow reading judges it; returns the verdicts that occurred."""
    criteria = selection.read_criteria(text)
    rows = measured(store, level)
    assessment = selection.assess(store, AS_OF, criteria, for_whom=champion)
    assert [account.account_id for account in assessment.accounts] == sorted(rows)
    counted = {row["account_id"]: row for row in selection.candidates(store, AS_OF, criteria, for_whom=champion)}
    for account in assessment.accounts:
        row = rows[account.account_id]
        together, each = plain_reading.verdict(text, row)
        assert (account.verdict, [g.verdict for g in account.gates]) == (together, each), account.account_id
        for verdict in ("fail", "unknown"):
            gated = {g.measure for g, judged in zip(criteria.gates, each, strict=True) if judged == verdict}
            assert counted[account.account_id][f"{verdict}_count"] == len(gated)
        for seen, stated in zip(account.gates, criteria.gates, strict=True):
            assert seen.value == row[stated.measure]
            assert (seen.distance is None) == (seen.value is None)
            assert seen.distance is None or (seen.distance < 0) == (seen.verdict == "fail")
        ranges = {}
        for axis in selection.AXES:
            ranges[axis] = plain_reading.axis_range(text, axis, row)
            assert getattr(account, f"{axis}_range") == pytest.approx(ranges[axis], abs=1e-8)
        assert account.category == plain_reading.category(account.attractiveness_range, account.strength_range)
    return {account.verdict for account in assessment.accounts}


def test_verdicts_at_and_beside_every_threshold_agree_with_a_slow_reading(read_only_ledger, champion):
    """Gates on all measures at once, each aimed at an account's value or its nearest neighbours."""
    drawn = random.Random(3)
    rows = measured(read_only_ledger)
    occurred = set()
    for bound in ("at_least", "at_most"):
        for neighbour in (0, 1, 1, 2):
            text = HEAD
            for measure in NUMBERED:
                known = [row[measure] for row in rows.values() if row[measure] is not None]
                threshold = beside(drawn.choice(known or [1000]), UNITS[measure])[neighbour]
                text += gate(measure, UNITS[measure], **{bound: written(threshold)})
            occurred |= agrees(read_only_ledger, champion, text)
    for _try in range(4):
        text = HEAD + gate("orders_12m", "orders", at_least=1) + gate("margin_12m", at_least=drawn.choice([-9999, 0]))
        occurred |= agrees(read_only_ledger, champion, text)
    assert occurred == {"pass", "fail", "unknown"}


def test_a_value_on_the_threshold_passes_either_way(read_only_ledger, champion):
    revenue = measured(read_only_ledger)["A01"]["revenue_12m"]
    for bound in ("at_least", "at_most"):
        text = HEAD + gate(**{bound: revenue}) + gate("orders_12m", "orders", at_least=0)
        verdict = selection.assess_account(
            read_only_ledger, "A01", AS_OF, selection.read_criteria(text), for_whom=champion
        )
        assert (verdict.gates[0].verdict, verdict.gates[0].distance) == ("pass", 0)


def test_groups_are_judged_where_the_set_says_so(read_only_ledger, champion):
    text = HEAD + 'level = "group"\n' + gate(at_least=1000) + gate("orders_12m", "orders", at_least=5)
    agrees(read_only_ledger, champion, text, level="group")
    judged = selection.assess(read_only_ledger, AS_OF, selection.read_criteria(text), for_whom=champion).accounts
    assert {"A02", "A03", "A05"}.isdisjoint(account.account_id for account in judged)


def test_scores_agree_with_a_slow_reading_also_on_anchors_and_with_unknown_measures(read_only_ledger, champion):
    drawn = random.Random(8)
    rows = measured(read_only_ledger)
    for _try in range(4):
        text = HEAD + gate("orders_12m", "orders", at_least=0)
        for axis in selection.AXES:
            measures = drawn.sample([m for m in NUMBERED if m != "last_order_on"], 3)
            for measure, weight in zip(
                measures, drawn.choice([(0.5, 0.3, 0.2), (1, 0, 0), (0.1, 0.2, 0.7)]), strict=True
            ):
                known = {Decimal(str(row[measure])) for row in rows.values() if row[measure] is not None}
                # A decimal text of a value is the value itself: an anchor stands exactly on it.
                picked = sorted(drawn.sample(sorted(known), min(3, len(known)))) if len(known) > 1 else [0, 1]
                anchors = [[float(x), drawn.choice([0, 2.5, 5, 10])] for x in picked]
                text += score(measure, axis, weight, anchors, UNITS[measure])
        agrees(read_only_ledger, champion, text)


def test_points_follow_the_published_value_function_on_a_real_reading(store, champion, oracle):
    """SEL-07: the rising example on revenue growth, the falling and the clipped one on days since purchase."""
    example = oracle("SEL-07")
    as_of = date(2025, 12, 31)
    lines, expected = ["order_id | account_id | order_date | net_revenue"], {}
    anchors = {}
    for part in ("rising", "falling", "clip"):
        inputs = example["inputs"][part]
        anchors[part] = [[x, 10 * y] for x, y in zip(inputs["cutoffs"], inputs["values"], strict=True)]
        for number, (x, wanted) in enumerate(zip(inputs["x"], example["expected"][part], strict=True)):
            account_id = f"{part}{number}"
            expected[account_id] = 10 * wanted
            if part == "rising":
                lines += [
                    f"P | {account_id} | 2024-06-30 | 100",
                    f"Q | {account_id} | 2025-06-30 | {100 + 100 * x:.2f}",
                ]
            else:
                lines += [f"O | {account_id} | {as_of - timedelta(days=x)} | 1"]
    given(store, champion, "accounts", "account_id | name\n" + "\n".join(f"{a} | {a}" for a in expected))
    given(store, champion, "order_lines", "\n".join(lines))
    for part, measure, unit in (
        ("rising", "revenue_growth_12m", "share"),
        ("falling", "recency_days", "days"),
        ("clip", "recency_days", "days"),
    ):
        text = HEAD + gate("orders_12m", "orders", at_least=0)
        text += score(measure, "attractiveness", 1, anchors[part], unit)
        assessment = selection.assess(store, as_of, selection.read_criteria(text), for_whom=champion)
        for account in assessment.accounts:
            if account.account_id.startswith(part):
                assert account.attractiveness == pytest.approx(expected[account.account_id], abs=1e-8)


def test_another_account_changes_nobody_elses_score_or_verdict(ledger, champion):
    """The negative of SEL-01 (Belton & Gear): fixed anchors, so no rank reversal by a copy."""
    text = HEAD + gate(at_least=1000) + gate("orders_12m", "orders", at_least=2)
    text += score("revenue_12m", "attractiveness", 1, "[[0, 0], [5000, 10]]")
    criteria = selection.read_criteria(text)
    before = {a.account_id: a for a in selection.assess(ledger, AS_OF, criteria, for_whom=champion).accounts}
    given(ledger, champion, "accounts", "account_id | name\nZZ | Newcomer")
    given(
        ledger, champion, "order_lines", f"order_id | account_id | order_date | net_revenue\nZ1 | ZZ | {AS_OF} | 9999"
    )
    after = {a.account_id: a for a in selection.assess(ledger, AS_OF, criteria, for_whom=champion).accounts}
    assert after.pop("ZZ").attractiveness == 10
    assert after == before


def test_permuting_what_no_criterion_may_use_changes_no_result(ledger, champion):
    text = HEAD + gate(at_least=1000) + gate("orders_12m", "orders", at_least=2)
    text += score("revenue_12m", "attractiveness", 0.5, "[[0, 0], [5000, 10]]")
    text += score("strategic_fit", "attractiveness", 0.5, "[[0, 0], [10, 10]]", "points")
    text += score("relative_strength", "strength", 1, "[[0, 0], [10, 10]]", "points")
    criteria = selection.read_criteria(text)

    def results():
        """Verdict, scores, places in the matrix, ranks and class of everyone."""
        whole = selection.field(ledger, AS_OF, criteria, for_whom=champion)
        firm = selection.firmness(whole, places=3, draws=200)
        portfolio = selection.portfolio(ledger, AS_OF, criteria, for_whom=champion)
        return (
            [replace(one, name="") for one in selection.assess(ledger, AS_OF, criteria, for_whom=champion).accounts],
            {a.verdict.account_id: (a.placement, a.probability) for a in portfolio.accounts},
            selection.what_if(whole, places=3).before,
            dict(zip(firm.field.account_ids, firm.acceptability.classes, strict=True)),
        )

    before = results()
    drawn = random.Random(2)
    accounts = ledger.read("ledgers.accounts").records()
    names = [row["name"] for row in accounts]
    drawn.shuffle(names)

    def permute(tx):
        for row, name in zip(accounts, names, strict=True):
            changes = {
                "name": name,
                "owner": drawn.choice(["Anna", "Ben", None]),
                "customer_since": drawn.choice([date(1980, 1, 1), date(2025, 1, 1), None]),
                "website": drawn.choice(["famous.example", None]),
            }
            tx.update("ledgers.accounts", {"account_id": row["account_id"]}, changes)

    ledger.write(permute, who=champion, action="permute", subject=("test", "accounts"))
    assert results() == before


def test_anchors_beyond_the_ninth_are_followed_as_the_first_ones_are(read_only_ledger, champion):
    revenue = [row["revenue_12m"] for row in measured(read_only_ledger).values() if row["revenue_12m"] is not None]
    for count in (2, 8, 9, 10, 14):
        lowest, highest = float(min(revenue)), float(max(revenue))
        anchors = [[lowest + (highest - lowest) * n / count, (7 * n) % 11] for n in range(count)]
        text = HEAD + gate("orders_12m", "orders", at_least=0) + score("revenue_12m", "attractiveness", 1, anchors)
        agrees(read_only_ledger, champion, text)


def test_near_misses_fail_one_gate_by_at_most_a_tenth(store, champion):
    given(store, champion, "accounts", "account_id | name\n" + "\n".join(f"{a} | {a}" for a in "ABCDEF"))
    given(
        store,
        champion,
        "order_lines",
        f"""
        order_id | account_id | order_date | net_revenue
        1        | A          | {AS_OF}    | 900
        2        | B          | {AS_OF}    | 899.99
        3        | C          | {AS_OF}    | 1000
        4        | D          | 2025-01-15 | 950
        5        | E          | {AS_OF}    | 1000
        6        | E          | {AS_OF}    | -1000
        """,
    )
    text = HEAD + gate(at_least=1000) + gate("recency_days", "days", at_most=100)
    rows = selection.candidates(store, AS_OF, selection.read_criteria(text), for_whom=champion)
    found = {row["account_id"]: (row["verdict"], row["is_near_miss"]) for row in rows}
    assert found == {
        "A": ("fail", True),  # misses by exactly a tenth
        "B": ("fail", False),
        "C": ("pass", False),
        "D": ("fail", False),  # misses two
        "E": ("fail", False),
        "F": ("unknown", False),  # never bought: unknown, not failed
    }


@pytest.mark.parametrize(
    ("measure", "threshold", "value", "texts"),
    [
        ("revenue_12m", 1000.0, Decimal("999.99"), ("999.99 EUR", "1,000.00 EUR")),
        ("revenue_12m", 1000.0, Decimal("998.00"), ("998 EUR", "1,000 EUR")),
        ("revenue_12m", 1000.0, Decimal("1000.00"), ("1,000 EUR", "1,000 EUR")),
        ("margin_rate_12m", 0.2, 0.19999, ("19.999 %", "20.000 %")),
        ("orders_12m", 5.0, 4, ("4 orders", "5 orders")),
        ("margin_rate_12m", 0.2, None, ("unknown", "20.0 %")),
    ],
)
def test_a_value_beside_its_threshold_never_reads_like_it(measure, threshold, value, texts):
    distance = None if value is None else float(value) - threshold
    seen = selection.GateVerdict(measure, "at_least", threshold, value, "fail", distance, UNITS[measure], "s")
    assert tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in selection.told_apart(seen, "EUR")) == texts


def test_a_missing_score_is_a_range_and_no_category_is_guessed(read_only_ledger, champion):
    text = HEAD + gate("orders_12m", "orders", at_least=0)
    text += score("orders_12m", "attractiveness", 0.6, "[[0, 10], [1, 10]]", "orders")
    text += score("lifetime_value", "attractiveness", 0.4, "[[0, 0], [1, 10]]")
    text += score("orders_12m", "strength", 1, "[[0, 10], [1, 10]]", "orders")
    verdict = selection.assess_account(read_only_ledger, "A01", AS_OF, selection.read_criteria(text), for_whom=champion)
    # No cost model: lifetime value is unknown. The range lies above the cut, so the category is certain.
    assert (verdict.attractiveness, verdict.attractiveness_range, verdict.strength) == (None, (6, 10), 10)
    assert verdict.category == "strategic"
    text = text.replace("weight = 0.6", "weight = 0.4").replace(
        "weight = 0.4\nanchors = [[0, 0]", "weight = 0.6\nanchors = [[0, 0]"
    )
    verdict = selection.assess_account(read_only_ledger, "A01", AS_OF, selection.read_criteria(text), for_whom=champion)
    assert (verdict.attractiveness_range, verdict.category) == ((4, 10), None)


def test_without_scores_there_is_no_score_and_no_category(read_only_ledger, champion):
    criteria = selection.read_criteria(HEAD + gate("orders_12m", "orders", at_least=0))
    verdict = selection.assess_account(read_only_ledger, "A01", AS_OF, criteria, for_whom=champion)
    assert (verdict.attractiveness, verdict.attractiveness_range, verdict.strength, verdict.category) == (None,) * 4


def test_a_score_on_the_cut_belongs_to_the_higher_cell(read_only_ledger, champion):
    # 0.1 × 5 + 0.2 × 5 + 0.7 × 5 is 4.999999999999999 in binary floating point.
    text = HEAD + gate("orders_12m", "orders", at_least=0)
    for axis in selection.AXES:
        for measure, weight in (("orders_12m", 0.1), ("active_months_12m", 0.2), ("product_count_12m", 0.7)):
            text += score(measure, axis, weight, "[[0, 5], [1, 5]]", UNITS[measure])
    assessment = selection.assess(read_only_ledger, AS_OF, selection.read_criteria(text), for_whom=champion)
    assert {account.category for account in assessment.accounts} == {"strategic"}


def test_a_day_before_the_ledger_an_empty_ledger_and_missing_criteria_are_said(read_only_ledger, champion):
    criteria = selection.read_criteria(HEAD + gate("orders_12m", "orders", at_least=0))
    with pytest.raises(Refusal) as refusal:
        selection.assess(read_only_ledger, date(1999, 1, 1), criteria, for_whom=champion)
    assert refusal.value.reason == "before_ledger"
    with pytest.raises(Refusal) as refusal:
        selection.assess(read_only_ledger, AS_OF, for_whom=champion)
    assert refusal.value.reason == "no_criteria"
    with pytest.raises(NotFound):
        selection.assess_account(read_only_ledger, "nobody", AS_OF, criteria, for_whom=champion)


def test_an_empty_workbench_says_what_to_import(store, champion):
    criteria = selection.read_criteria(HEAD + gate("orders_12m", "orders", at_least=0))
    with pytest.raises(Refusal) as refusal:
        selection.assess(store, AS_OF, criteria, for_whom=champion)
    assert refusal.value.reason == "empty_ledger"


def test_a_page_of_candidates_is_cut_by_the_database(read_only_ledger, champion):
    criteria = selection.read_criteria(HEAD + gate(at_least=500) + gate("orders_12m", "orders", at_least=2))
    everyone = selection.candidates(read_only_ledger, AS_OF, criteria, for_whom=champion)
    failing = [row["account_id"] for row in everyone if row["verdict"] == "fail"]
    page = selection.candidates(
        read_only_ledger,
        AS_OF,
        criteria,
        for_whom=champion,
        where=[Condition("verdict", "=", "fail")],
        order_by=[("account_id", True)],
        limit=3,
        offset=1,
    )
    assert page.column("account_id") == sorted(failing, reverse=True)[1:4]
    assert page.total == len(failing)
    sought = selection.candidates(read_only_ledger, AS_OF, criteria, for_whom=champion, search="name a07")
    assert sought.column("account_id") == ["A07"]
