"""Every public ledger comes in on the Import page, with the totals that its source states."""

from __future__ import annotations

import json

import pytest

from kam import ledgers
from kam.ui import session
from tests.fresh import fresh_workbench
from tests.ledgers.public_ledgers import LEDGERS, MAPPINGS, LedgerFile
from tests.pages.test_import import FILE, HEADERS, drop, segment

pytestmark = pytest.mark.real_ledger


@pytest.fixture
def page_in(open_page, monkeypatch, tmp_path, champion):
    """page_in(currency) -> (store, page): the Import page of a fresh workbench in that currency."""
    made = []

    def opened(currency: str):
        store = fresh_workbench(tmp_path / "ledger.duckdb", currency=currency, person=champion)
        made.append(store)
        monkeypatch.setenv("KAM_DB", str(store.path))
        monkeypatch.setattr(session, "store", lambda: store)
        return store, open_page("import")

    yield opened
    for store in made:
        store.close()


def bring_in(page, folder, each: LedgerFile) -> None:
    """Drop the file, take the mapping that the page offers (or hand one over), and import."""
    path = folder / each.file
    drop(page, path.read_bytes(), path.name, FILE)
    offered = next(g for g in page.at.get("button_group") if g.label == "Which column is which")
    if each.mapping in offered.options:
        segment(page, "Which column is which", each.mapping)
    else:
        # A file without column names shows no mapping that fits it.
        segment(page, "Which column is which", "file")
        drop(page, (MAPPINGS / f"{each.mapping}.toml").read_bytes(), "mapping.toml", "Mapping file (TOML)")
    if each.joins:
        drop(page, (folder / each.joins).read_bytes(), each.joins.split("/")[1], HEADERS)
    if each.makes:
        next(c for c in page.at.checkbox if c.label == "Make the accounts that the master lacks").check()
        page.run()
    if any(b.label == "Check the whole file" for b in page.at.button):
        page.press("Check the whole file")
    assert not page.errors
    (button,) = [b.label for b in page.at.button if b.label.startswith("Import ")]
    page.press(button)
    assert not page.errors


@pytest.mark.parametrize("name", LEDGERS)
def test_a_public_ledger_comes_in_on_the_page(name, shared_ledgers, page_in):
    currency, files = LEDGERS[name]
    store, page = page_in(currency)
    for each in files:
        bring_in(page, shared_ledgers, each)
        record = max(ledgers.imports(store), key=lambda row: row["import_id"])
        found = {name: record[f"{name}_count"] for name in ("read", "inserted", "left_out", "rejected")}
        assert found == {"read": each.read, "inserted": each.inserted, "left_out": each.left_out, "rejected": 0}
        assert record["accounts_created_count"] == each.makes
        totals = json.loads(record["control_totals"])
        assert {code: split["inserted"] for code, split in totals.items()} == (
            {currency: each.total} if each.total else {}
        )
