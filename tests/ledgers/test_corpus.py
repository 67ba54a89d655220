"""Tricky and bad files, each with what has to come of it: every line is accounted for, nothing is guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import access, ledgers
from kam.errors import Refusal
from tests.fresh import fresh_workbench
from tests.ledgers.corpus import CASES, ROWS, Refused, dates
from tests.ledgers.files import Desk, reasons


@pytest.fixture(scope="module")
def desk(tmp_path_factory, champion_of_module):
    """One workbench for the whole corpus: a dry run leaves nothing behind."""
    folder = tmp_path_factory.mktemp("corpus")
    with fresh_workbench(folder / "corpus.duckdb", person=champion_of_module) as store:
        made = Desk(store, champion_of_module, folder)
        made.accounts("A", "B")
        yield made


@pytest.fixture(scope="module")
def champion_of_module():
    return access.Person("ines-brandt", "Ines Brandt", "champion")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_tricky_file_has_its_expected_outcome(desk, case):
    path = desk.file(case.content, case.file)
    if isinstance(case, Refused):
        if case.name == "text called packed":
            path.write_bytes(case.content.encode())
        elif case.name == "half a packed file":
            path.write_bytes(case.content)
        with pytest.raises(Refusal) as refused:
            desk.take("order_lines", path, read=case.read, dry_run=True)
        assert (refused.value.reason, refused.value.line, refused.value.column) == (case.reason, case.line, case.column)
        assert refused.value.message.endswith((".", ",", "…"))
        return
    result = desk.take("order_lines", path, read=case.read, dry_run=True)
    assert reasons(result) == list(case.problems)
    assert result.rows.inserted == case.loads
    assert result.rows.rejected == len({problem[0] for problem in case.problems})
    assert result.rows.adds_up()
    if case.total is not None:
        assert result.control_totals["EUR"].inserted == Decimal(case.total)


@pytest.mark.parametrize("case", [c for c in ROWS if '"' in str(c.content)], ids=lambda case: case.name)
def test_a_large_file_with_quotes_has_the_same_outcome_by_the_databases_reader(desk, case, monkeypatch):
    from kam.ledgers.reading import opened

    monkeypatch.setattr(opened, "_SMALL", 0)
    result = desk.take("order_lines", case.content, read=case.read, dry_run=True)
    assert (reasons(result), result.rows.inserted) == (list(case.problems), case.loads)


def test_the_days_are_the_days_meant(desk):
    written = {
        "2025-01-05": ("2025-01-05", "2025/1/5", "05.01.2025", "20250105", "114/01/05", "2025年1月5日", "5-Jan-2025"),
        "2024-02-29": ("2024-02-29T23:59:59Z", "29.2.2024", "113.02.29", "民國113年2月29日"),
    }
    for day, ways in written.items():
        for way in ways:
            assert _single_day(desk, way) == date.fromisoformat(day), way


@pytest.mark.parametrize(
    ("way", "said", "day"),
    [
        ("45000", "excel", "2023-03-15"),
        ("43538", "excel1904", "2023-03-15"),
        ("03/04/2025", "dmy", "2025-04-03"),
        ("03/04/2025", "mdy", "2025-03-04"),
        ("99/05/06", "roc", "2010-05-06"),
    ],
)
def test_a_day_that_was_said_how_to_read_is_read_so(desk, way, said, day):
    assert _single_day(desk, way, date_format=said) == date.fromisoformat(day)


def test_serial_days_about_the_29_february_1900_that_never_was(desk):
    assert _single_day(desk, "59", date_format="excel") == date(1900, 2, 28)
    assert _single_day(desk, "61", date_format="excel") == date(1900, 3, 1)


def _single_day(desk: Desk, way: str, **read) -> date:
    result = desk.take("order_lines", dates(way), read=read)
    (row,) = desk.store.read("ledgers.order_lines", columns=("order_date",)).rows
    ledgers.undo_import(desk.store, result.import_id, who=desk.who)
    return row[0]
