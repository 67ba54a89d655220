"""Files written in the test that needs them, and their import."""

from __future__ import annotations

import gzip
import tempfile
from datetime import date
from pathlib import Path

from kam import ledgers
from kam.store import Store
from kam.store.writing import Actor

TODAY = date(2026, 1, 31)

LINES = "order_id,line_no,account_id,order_date,product_id,quantity,net_revenue\n"


class Desk:
    """A workbench with somebody who imports into it: `desk.take(table, text)`."""

    def __init__(self, store: Store, who: Actor, folder: Path) -> None:
        self.store, self.who, self.folder = store, who, folder

    def file(self, content: str | bytes, name: str = "file.csv", *, encoding: str = "utf-8") -> Path:
        """Write a file; each has a folder of its own, so names may repeat."""
        path = Path(tempfile.mkdtemp(prefix="upload-", dir=self.folder)) / name
        data = content.encode(encoding) if isinstance(content, str) else content
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    def take(
        self,
        table: str,
        content: str | bytes | Path,
        name: str = "file.csv",
        *,
        encoding: str = "utf-8",
        mapping: str | None = None,
        read: dict | None = None,
        **said,
    ) -> ledgers.ImportResult:
        """Import a text, bytes or a file as the front ends do."""
        path = content if isinstance(content, Path) else self.file(content, name, encoding=encoding)
        return ledgers.import_files(
            self.store,
            table,
            path,
            mapping=ledgers.mapping_from(mapping) if mapping else None,
            options=ledgers.read_options(**(read or {})),
            who=self.who,
            today=TODAY,
            **said,
        )

    def accounts(self, *names: str) -> None:
        """Accounts by their ids."""
        self.take("accounts", "account_id,name\n" + "".join(f"{name},{name}\n" for name in names))

    def rows(self, table: str, *columns: str) -> list[tuple]:
        """The rows of a fact table, ordered by the columns asked for."""
        found = self.store.read(f"ledgers.{table}", columns=columns, order_by=[(c, False) for c in columns])
        return found.rows


def reasons(result: ledgers.ImportResult) -> list[tuple]:
    """(line, column, text, reason) of every problem."""
    return [(p.line, p.column, p.text, p.reason) for p in result.problems]
