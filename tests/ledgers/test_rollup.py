"""The roll-up: bringing touched months up to date gives what counting everything again gives."""

import random
from datetime import date

import pytest

from kam import ledgers
from kam.ledgers import rollup
from kam.store import Condition
from tests.ledgers import boundary_ledger

DAY = date(2024, 6, 30)


def kept(store):
    """What the roll-up holds, row by row."""
    return {
        name: sorted(map(str, store.read(name).rows))
        for name in ("ledgers.account_month", "ledgers.spanning_orders", "ledgers.touched_months")
    }


def touch(tx, lines):
    tx.insert_many(
        "ledgers.touched_months",
        ["account_id", "month"],
        [(line.account_id, line.order_date.replace(day=1)) for line in lines],
    )


@pytest.mark.parametrize("seed", range(6))
def test_an_incremental_roll_up_equals_a_full_one_to_the_row(store, champion, seed):
    rng = random.Random(seed)
    ledger = boundary_ledger.draw(seed, DAY)
    boundary_ledger.fill(store, champion, boundary_ledger.Ledger(ledger.parents, ledger.costs, []))
    held = []
    for _round in range(8):
        arriving = rng.sample(
            [line for line in ledger.lines if line not in held], k=min(9, len(ledger.lines) - len(held))
        )
        leaving = rng.sample(held, k=min(rng.randint(0, 6), len(held)))
        product = rng.choice(list(ledger.costs))

        repriced = [line for line in held + arriving if line.product_id == product]

        def change(tx, arriving=arriving, leaving=leaving, product=product, repriced=repriced):
            boundary_ledger.insert_lines(tx, arriving)
            for line in leaving:
                tx.delete("ledgers.order_lines", {"order_id": line.order_id, "line_no": line.line_no})
            tx.update("ledgers.products", {"product_id": product}, {"standard_cost": rng.randint(1, 9)})
            touch(tx, arriving + leaving + repriced)
            rollup.bring_up_to_date(tx)

        store.write(change, who=champion, action="import", subject=("test", "lines"))
        held = [line for line in held if line not in leaving] + arriving
        incremental = kept(store)
        ledgers.refresh(store, full=True, who=champion)
        assert kept(store) == incremental
        assert incremental["ledgers.touched_months"] == []
    assert len(held) > 20


def test_a_roll_up_without_touched_months_leaves_everything_as_it_is(store, champion):
    boundary_ledger.fill(store, champion, boundary_ledger.draw(1, DAY))
    before = kept(store)
    assert len(before["ledgers.account_month"]) > 10
    ledgers.refresh(store, who=champion)
    assert kept(store) == before


def test_only_touched_account_months_are_counted_again(store, champion):
    ledger = boundary_ledger.draw(1, DAY)
    boundary_ledger.fill(store, champion, ledger)
    before = store.read("ledgers.account_month").total
    line = ledger.lines[0]
    untouched = next(other for other in ledger.lines if other.account_id != line.account_id)

    def change(tx):
        for gone in (line, untouched):
            tx.delete("ledgers.order_lines", {"account_id": gone.account_id})
        touch(tx, [each for each in ledger.lines if each.account_id == line.account_id])
        rollup.bring_up_to_date(tx)

    store.write(change, who=champion, action="undo", subject=("test", "lines"))
    assert store.read("ledgers.account_month", where=[Condition("account_id", "=", line.account_id)]).total == 0
    assert store.read("ledgers.account_month", where=[Condition("account_id", "=", untouched.account_id)]).total > 0
    assert store.read("ledgers.account_month").total < before


def test_a_refresh_says_what_it_did_in_the_audit_chain(store, champion):
    from kam.store import events

    boundary_ledger.fill(store, champion, boundary_ledger.draw(1, DAY))
    count = ledgers.refresh(store, full=True, who=champion)
    event = events(store, limit=1)[0]
    assert (event.action, event.person_name) == ("refresh", champion.name)
    assert event.details == {"full": True, "account_months": count}
