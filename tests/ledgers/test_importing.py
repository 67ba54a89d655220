"""What an import writes: new, changed and unchanged rows, what it leaves alone, and that it is one transaction."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from kam import ledgers
from kam import store as stores
from kam.errors import Refusal
from tests.ledgers.files import LINES, TODAY, reasons

ACCOUNTS = "account_id,name,country\n"


def test_a_file_imported_twice_changes_nothing(stocked):
    text = LINES + "1,1,A,2025-01-05,P,2,20.00\n1,2,A,2025-01-05,Q,1,5.00\n"
    assert stocked.take("order_lines", text).rows.document()["inserted"] == 2
    before = stocked.store.read("ledgers.order_lines").rows
    again = stocked.take("order_lines", text)
    assert again.rows.document() == {
        "read": 2,
        "inserted": 0,
        "updated": 0,
        "unchanged": 2,
        "rejected": 0,
        "left_out": 0,
    }
    assert again.control_totals["EUR"].unchanged == Decimal("25.00")
    assert stocked.store.read("ledgers.order_lines").rows == before


def test_a_row_with_the_same_key_and_other_values_is_updated_and_counted(stocked):
    stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,20.00\n1,2,A,2025-01-05,Q,1,5.00\n")
    result = stocked.take("order_lines", LINES + "1,1,B,2025-02-05,P,2,21.00\n1,3,B,2025-02-05,R,1,1.00\n")
    assert (result.rows.inserted, result.rows.updated, result.rows.unchanged) == (1, 1, 0)
    totals = result.control_totals["EUR"]
    assert (totals.read, totals.inserted, totals.updated) == (Decimal("22.00"), Decimal("1.00"), Decimal("21.00"))
    assert stocked.rows("order_lines", "line_no", "account_id", "net_revenue") == [
        (1, "B", Decimal("21.00")),
        (2, "A", Decimal("5.00")),
        (3, "B", Decimal("1.00")),
    ]


def test_the_account_months_follow_old_and_new_places_of_a_line(stocked):
    stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,2,20.00\n2,1,A,2025-01-06,P,1,5.00\n")
    stocked.take("order_lines", LINES + "1,1,B,2025-02-05,P,2,21.00\n")
    assert stocked.rows("account_month", "account_id", "month", "net_revenue") == [
        ("A", date(2025, 1, 1), Decimal("5.00")),
        ("B", date(2025, 2, 1), Decimal("21.00")),
    ]


def test_a_column_that_the_file_lacks_is_left_as_it_was(desk):
    desk.take("accounts", ACCOUNTS + "A,Alpha,Germany\n")
    result = desk.take("accounts", "account_id,name\nA,Alpha AG\n")
    assert result.rows.updated == 1
    assert desk.rows("accounts", "account_id", "name", "country") == [("A", "Alpha AG", "Germany")]


def test_an_empty_cell_empties_the_column(desk):
    desk.take("accounts", ACCOUNTS + "A,Alpha,Germany\n")
    assert desk.take("accounts", ACCOUNTS + "A,Alpha,\n").rows.updated == 1
    assert desk.rows("accounts", "country") == [(None,)]


def test_lines_without_numbers_are_counted_in_file_order_within_their_order(stocked):
    header = "order_id,account_id,order_date,quantity,net_revenue\n"
    stocked.take(
        "order_lines",
        header
        + "1,A,2025-01-05,1,10\n2,A,2025-01-05,1,20\n1,A,2025-01-05,1,30\n1,Z,2025-01-05,1,4\n1,A,2025-01-05,1,50\n",
    )
    assert stocked.rows("order_lines", "order_id", "line_no", "net_revenue") == [
        ("1", 1, Decimal("10.00")),
        ("1", 2, Decimal("30.00")),
        # The rejected line 3 keeps its number, so that it finds its place once its account is known.
        ("1", 4, Decimal("50.00")),
        ("2", 1, Decimal("20.00")),
    ]


def test_a_return_stays_in_the_ledger_with_its_sign(stocked):
    stocked.take("order_lines", LINES + "C1,1,A,2025-01-05,P,-2,-20.00\n")
    assert stocked.rows("order_lines", "quantity", "net_revenue") == [(Decimal("-2.0000"), Decimal("-20.00"))]


def test_net_revenue_follows_from_a_price_where_a_line_has_no_amount(stocked):
    header = "order_id,account_id,order_date,quantity,net_revenue,unit_price\n"
    result = stocked.take(
        "order_lines", header + "1,A,2025-01-05,3,,1.115\n2,A,2025-01-05,3,9.00,1.11\n3,A,2025-01-05,3,,\n"
    )
    assert reasons(result) == [(4, "net_revenue", None, "missing")]
    assert stocked.rows("order_lines", "net_revenue") == [(Decimal("3.35"),), (Decimal("9.00"),)]


def test_rows_without_a_key_match_on_the_content_of_their_file(stocked):
    text = "account_id,activity_code,occurred_on,quantity\nA,drop,2025-01-05,3\nA,drop,2025-01-05,3\n"
    assert stocked.take("activities", text).rows.inserted == 2
    again = stocked.take("activities", text, "renamed.csv")
    assert (again.rows.inserted, again.rows.unchanged) == (0, 2)
    other = stocked.take("activities", text + "B,drop,2025-01-06,1\n")
    assert other.rows.inserted == 3


def test_a_row_without_a_key_that_was_rejected_comes_in_with_the_same_file_once_it_fits(stocked):
    text = "account_id,activity_code,occurred_on,quantity\nA,drop,2025-01-05,3\nZ,drop,2025-01-05,4\n"
    assert stocked.take("activities", text).rows.document()["rejected"] == 1
    stocked.accounts("Z")
    again = stocked.take("activities", text)
    assert (again.rows.inserted, again.rows.unchanged) == (1, 1)
    assert stocked.rows("activities", "account_id") == [("A",), ("Z",)]
    third = stocked.take("activities", text)
    assert (third.rows.inserted, third.rows.unchanged) == (0, 2)


def test_interactions_without_ids_are_given_the_same_ids_again(stocked):
    text = "account_id,occurred_on,kind,summary\nA,2025-01-05,visit,Talked\nA,2025-01-05,visit,Talked\n"
    stocked.take("interactions", text)
    again = stocked.take("interactions", text)
    assert again.rows.unchanged == 2
    assert len(set(stocked.rows("interactions", "interaction_id"))) == 2


def test_accounts_are_made_from_the_ledger_when_asked_for(desk):
    mapping = """
        table = "order_lines"
        [account]
        name = "Customer Name"
        country = "Land"
    """
    header = "order_id,account_id,order_date,quantity,net_revenue,Customer Name,Land\n"
    lines = "1,A,2025-01-05,1,1,Alpha,Germany\n2,A,2025-01-05,1,1,Alpha AG,France\n3,B,2025-01-05,1,1,,\n4,C,nodate,1,1,Gamma,\n"
    result = desk.take("order_lines", header + lines, mapping=mapping, create_accounts=True)
    assert result.accounts_created == 2
    assert desk.rows("accounts", "account_id", "name", "country") == [("A", "Alpha", "Germany"), ("B", "B", None)]


def test_without_being_asked_no_account_is_made(desk):
    result = desk.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,1\n")
    assert reasons(result) == [(2, "account_id", "A", "unknown_account")]
    assert desk.rows("accounts", "account_id") == []


def test_a_dry_run_counts_and_changes_nothing(stocked):
    version = stocked.store.version()
    result = stocked.take(
        "order_lines", LINES + "1,1,Z,2025-01-05,P,1,1.50\n2,1,A,nodate,P,1,2\n", create_accounts=True, dry_run=True
    )
    assert result.import_id is None
    assert (result.rows.inserted, result.rows.rejected, result.accounts_created) == (1, 1, 1)
    assert result.control_totals["EUR"].inserted == Decimal("1.50")
    assert stocked.store.version() == version
    assert stocked.rows("order_lines", "order_id") == []


def test_one_bad_row_can_abort_the_import(stocked):
    version = stocked.store.version()
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,1\n2,1,A,nodate,P,1,2\n", on_error="abort")
    assert (refused.value.reason, refused.value.line, refused.value.column) == ("bad_date", 3, "order_date")
    assert stocked.store.version() == version


def test_a_double_click_imports_once(stocked):
    operation = stores.new_operation()
    stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,1\n", op_id=operation)
    with pytest.raises(Refusal) as refused:
        stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,9\n", op_id=operation)
    assert refused.value.reason == "already_done"
    assert stocked.rows("order_lines", "net_revenue") == [(Decimal("1.00"),)]


def test_an_import_that_comes_between_checking_and_writing_is_seen(stocked):
    def meanwhile(doing: str, _share: float) -> None:
        if doing == "Writing":
            stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,5.00\n9,1,A,2025-01-05,P,1,5.00\n")

    result = stocked.take(
        "order_lines", LINES + "1,1,A,2025-01-05,P,1,5.00\n2,1,Z,2025-01-05,P,1,6.00\n", progress=meanwhile
    )
    assert (result.rows.inserted, result.rows.unchanged, result.rows.rejected) == (0, 1, 1)
    assert stocked.rows("order_lines", "order_id") == [("1",), ("9",)]


def test_imports_at_the_same_time_lose_nothing(stocked):
    def take(month: int) -> int:
        lines = "".join(f"{month}-{n},1,A,2025-{month:02d}-05,P,1,1.00\n" for n in range(500))
        return stocked.take("order_lines", LINES + lines, f"{month}.csv").rows.inserted

    with ThreadPoolExecutor(4) as several:
        assert list(several.map(take, range(1, 9))) == [500] * 8
    assert len(stocked.rows("order_lines", "order_id")) == 4000
    assert sum(row[1] for row in stocked.rows("account_month", "month", "net_revenue")) == 4000


def test_a_failure_while_writing_leaves_everything_as_it_was(stocked, monkeypatch):
    from kam.ledgers import rollup

    def failing(_tx, **_said):
        raise RuntimeError("no power")

    monkeypatch.setattr(rollup, "bring_up_to_date", failing)
    version = stocked.store.version()
    with pytest.raises(RuntimeError):
        stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,1\n")
    assert stocked.store.version() == version
    assert stocked.rows("order_lines", "order_id") == stocked.rows("account_month", "account_id") == []
    monkeypatch.undo()
    assert stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,1\n").rows.inserted == 1


def test_several_files_are_one_import(stocked):
    january = stocked.file(LINES + "1,1,A,2025-01-05,P,1,1.00\n", "january.csv")
    february = stocked.file(
        LINES.replace(",", ";") + "2;1;Z;2025-02-05;P;1;2.00\n3;1;B;2025-02-05;P;1;2.00\n", "february.csv"
    )
    result = ledgers.import_files(stocked.store, "order_lines", [january, february], who=stocked.who, today=TODAY)
    assert (result.rows.read, result.rows.inserted, result.rows.rejected) == (3, 2, 1)
    assert reasons(result) == [(2, "account_id", "Z", "unknown_account")]
    assert stocked.store.read("ledgers.import_rejects").column("file_name") == ["february.csv"]


def test_files_with_other_columns_are_not_one_import(stocked):
    first = stocked.file(LINES + "1,1,A,2025-01-05,P,1,1.00\n", "first.csv")
    second = stocked.file("order_id,account_id,order_date,quantity,net_revenue\n1,A,2025-01-05,1,1\n", "second.csv")
    with pytest.raises(Refusal) as refused:
        ledgers.import_files(stocked.store, "order_lines", [first, second], who=stocked.who, today=TODAY)
    assert refused.value.reason == "other_columns"


@pytest.mark.parametrize(
    ("table", "paths", "reason"),
    [("sales", ["x.csv"], "unknown_table"), ("accounts", [], "no_file"), ("accounts", ["no.csv"], "no_file")],
)
def test_what_is_not_there_is_refused(desk, table, paths, reason):
    with pytest.raises(Refusal) as refused:
        ledgers.import_files(desk.store, table, [desk.folder / p for p in paths], who=desk.who, today=TODAY)
    assert refused.value.reason == reason


def test_an_import_leaves_a_record_and_an_audit_event(stocked):
    result = stocked.take("order_lines", LINES + "1,1,A,2025-01-05,P,1,1.00\n2,1,Z,2025-01-05,P,1,1.00\n", "march.csv")
    record = next(iter(ledgers.imports(stocked.store)))
    assert (record["import_id"], record["table_name"], record["file_name"]) == (
        result.import_id,
        "order_lines",
        "march.csv",
    )
    assert (record["read_count"], record["inserted_count"], record["rejected_count"]) == (2, 1, 1)
    event = stores.events(stocked.store, limit=1)[0]
    assert (event.action, event.person_id, event.details["import_id"]) == ("import", "ines-brandt", result.import_id)


def test_a_long_plain_file_keeps_its_order_and_its_line_numbers(stocked):
    count = 300_000
    header = "order_id,account_id,order_date,quantity,net_revenue\n"
    body = "".join(f"{n // 7},A,2025-01-05,1,{n}.00\n" for n in range(count))
    result = stocked.take("order_lines", header + body + "x,Z,2025-01-05,1,1.00\n")
    assert reasons(result) == [(count + 2, "account_id", "Z", "unknown_account")]
    lines = stocked.store.read("ledgers.order_lines", columns=("order_id", "line_no", "net_revenue")).rows
    assert len(lines) == count
    assert all(int(order) * 7 + number - 1 == amount for order, number, amount in lines)
