"""Checks of staged rows as sets: references, keys, hierarchies, exchange rates; and what each row will become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kam import relations
from kam.errors import Problem
from kam.ledgers.contract import CONVERTED, NAMED_ACCOUNT, Table
from kam.ledgers.reasons import MESSAGES
from kam.store.staging import Staging

MOST_PROBLEMS_SHOWN = 10_000


def shown_problems(staging: Staging) -> list[Problem]:
    """What is wrong with the staged rows, in the order of the files; the first of very many."""
    rows = staging.run(relations.step("ledgers.list_problems"), {"most": MOST_PROBLEMS_SHOWN})
    return [
        Problem(line=line, column=column, text=text, reason=reason, message=MESSAGES[reason])
        for _file, line, column, text, reason in rows
    ]


class Checker:
    """Fills temp.ready (rows that can be written) and temp.matched (those whose key is there already).

    columns_of: per file, target -> the heading shown in a problem. columns: what will be written.
    """

    def __init__(
        self,
        staging: Staging,
        table: Table,
        columns_of: Sequence[Mapping[str, str]],
        hashes: Sequence[str],
        reporting: str,
        *,
        makes_accounts: bool,
        by_name: bool = False,
    ) -> None:
        self.staging, self.table, self.columns_of, self.hashes = staging, table, columns_of, hashes
        self.reporting, self.makes_accounts = reporting, makes_accounts
        # Names are looked up in the master, never made into accounts of that number.
        self.by_name = by_name and table.has_account
        self.columns: list[str] = []
        self.has_merges = self.remembers = False

    def check(self, mapped: Sequence[str]) -> None:
        """All checks; may be called again where the database has changed since."""
        table = self.table
        self._run("forget_set_problems")
        if self.by_name:
            self.staging.settle()
            self._run("find_named_accounts")
        self._follow_merges()
        if table.has_account and not self.makes_accounts:
            self._for_each_file("add_unknown_accounts", "account_id")
        if table.name == "contacts":
            self._for_each_file("add_erased_contacts", "contact_id")
        if table.controlled is not None:
            self._run("price_order_lines" if table.name == "order_lines" else "price_payments")
            self._run("find_day_rates", reporting=self.reporting)
            self._for_each_file("add_missing_rates", "currency", reporting=self.reporting)
            self._run("name_reporting_currency", currency=self.reporting)
            self._run("ready_order_lines" if table.name == "order_lines" else "ready_payments")
        else:
            self._run("ready_rows")
        if table.key:
            self.staging.add_duplicates(table.key, counts_within=table.key[-1] == "line_no")
        if table.parent is not None:
            self._check_family()
        self._match(mapped)

    def _follow_merges(self) -> None:
        """Rows that name a merged account go to the one it was merged into."""
        self.has_merges = not self.staging.is_empty("ledgers.merged_accounts")
        if not self.has_merges:
            return
        self.staging.settle()
        if self.table.has_account:
            self.remembers = True
            self._run("remember_names")
            self._run("follow_merges")
        elif self.table.name == "accounts":
            self._run("follow_merged_parents")

    def _check_family(self) -> None:
        key, parent = self.table.key[0], self.table.parent
        column = self.columns_of[0].get(parent, parent)
        self.staging.draw_family(self.table.relation, key, parent)
        self._run("add_cycles", column=column)
        self._run("drop_family_problems")
        while self._run("add_unknown_parents", column=column):
            self._run("drop_family_problems")

    def _match(self, mapped: Sequence[str]) -> None:
        table = self.table
        self.columns = list(mapped)
        self.columns += [name for name in table.key if name not in self.columns]
        if table.controlled is not None:
            self.columns += [] if "currency" in self.columns else ["currency"]
        if table.name == "order_lines":
            self.columns += [f"original_{name}" for name in CONVERTED if name in self.columns]
        if self.remembers:
            self.columns.append(NAMED_ACCOUNT)
        if not table.key:
            self._run("match_nothing")
            for number, file_hash in enumerate(self.hashes):
                self._run("match_by_file", table=table.name, file_hash=file_hash, file_number=number)
            return
        if self.staging.is_empty(table.relation):
            self._run("match_nothing")
            return
        self.staging.match(table.relation, table.key, self.columns)
        if self.has_merges and table.name == "accounts":
            self._run("match_merged_accounts")

    def _for_each_file(self, step: str, target: str, **parameters: object) -> None:
        for number, columns in enumerate(self.columns_of):
            self._run(step, column=columns.get(target, target), file_number=number, **parameters)

    def _run(self, step: str, **parameters: object) -> list[tuple]:
        return self.staging.run(relations.step(f"ledgers.{step}"), parameters)
