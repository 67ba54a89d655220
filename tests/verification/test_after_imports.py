"""What imports leave behind adds up: after new, changed and unchanged rows, made accounts, rejects and undo."""

from __future__ import annotations

import pytest

from kam import ledgers, verification


@pytest.fixture
def bring_in(store, champion, tmp_path):
    """bring_in(table, text) imports the text as a CSV file and returns the import's id; the database is sound."""
    files = iter(range(100))

    def run(table, text, **how):
        file = tmp_path / f"{next(files)}.csv"
        file.write_text(text, encoding="utf-8")
        result = ledgers.import_files(store, table, [file], who=champion, **how)
        assert unsound(store) == []
        return result.import_id

    return run


def unsound(store):
    return [check.message for check in verification.verify(store) if not check.is_ok]


LINES = "order_id,line_no,account_id,order_date,quantity,net_revenue\n"


def test_changed_rows_are_counted_with_the_import_that_changed_them_and_come_back(store, champion, bring_in):
    bring_in("accounts", "account_id,name\nA,Alpha\nB,Beta\nC,Gamma\n")
    second = bring_in("accounts", "account_id,name\nA,Alpha\nB,Beta & Sons\nD,Delta\n")
    third = bring_in("accounts", "account_id,name\nB,Beta Holding\nC,Gamma Group\n")
    for import_id in (third, second):
        ledgers.undo_import(store, import_id, who=champion)
        assert unsound(store) == []
    assert sorted(store.read("ledgers.accounts").column("name")) == ["Alpha", "Beta", "Gamma"]


def test_order_lines_changed_by_a_later_file_keep_every_control_total(store, champion, bring_in):
    bring_in("accounts", "account_id,name\nA,Alpha\n")
    bring_in("order_lines", LINES + "1,1,A,2026-01-05,1,100.10\n1,2,A,2026-01-05,2,50.00\n2,1,A,2026-02-05,1,7.00\n")
    changed = bring_in(
        "order_lines", LINES + "1,1,A,2026-01-05,1,99.00\n2,1,A,2026-02-05,1,7.00\n3,1,A,2026-03-05,-1,-7.00\n"
    )
    ledgers.undo_import(store, changed, who=champion)
    assert unsound(store) == []
    assert store.read("ledgers.order_lines").total == 3


def test_accounts_made_from_the_ledger_are_counted_with_it(store, champion, bring_in):
    made = bring_in("order_lines", LINES + "1,1,A,2026-01-05,1,5.00\n2,1,B,2026-01-06,1,5.00\n", create_accounts=True)
    assert store.read("ledgers.accounts").total == 2
    bring_in("accounts", "account_id,name\nA,Alpha\n")
    bring_in("order_lines", LINES + "3,1,Z,2026-01-05,1,5.00\n4,1,A,2026-01-06,1,5.00\n")
    assert made == 1


def test_other_currencies_add_up_in_their_own(store, champion, bring_in):
    bring_in("accounts", "account_id,name\nA,Alpha\n")
    bring_in("exchange_rates", "currency,valid_from,rate\nUSD,2026-01-01,0.9\n")
    header = LINES.strip() + ",currency\n"
    bring_in("order_lines", header + "1,1,A,2026-01-05,1,100.00,USD\n2,1,A,2026-01-05,1,10.00,EUR\n")
    bring_in("exchange_rates", "currency,valid_from,rate\nUSD,2026-01-01,0.8\n")
    amounts = store.read("ledgers.order_lines", order_by=[("order_id", False)]).column("net_revenue")
    assert [str(amount) for amount in amounts] == ["80.00", "10.00"]


def test_a_file_without_keys_taken_in_twice_is_counted_once(store, champion, bring_in):
    bring_in("accounts", "account_id,name\nA,Alpha\n")
    text = "account_id,activity_code,occurred_on,quantity\nA,visit,2026-01-05,1\nA,visit,2026-01-05,1\n"
    bring_in("activities", text)
    bring_in("activities", text)
    assert store.read("ledgers.activities").total == 2
