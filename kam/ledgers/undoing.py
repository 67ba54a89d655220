"""Taking an import back as a whole, as long as no later import has changed the same rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kam import relations
from kam.errors import BadInput, NotFound, RuleBroken
from kam.ledgers import rollup
from kam.ledgers.contract import TABLES, stored_columns
from kam.ledgers.conversion import reconvert
from kam.store import Condition, Rows, Store, Transaction
from kam.store.taking_back import remove_rows, return_rows, user_of_a_vanishing_account
from kam.store.writing import Actor
from kam.words import _, several


@dataclass(frozen=True)
class Undone:
    """An import that was taken back: how many rows went, how many got their earlier values back."""

    import_id: int
    table: str
    removed: int
    restored: int
    accounts_removed: int

    @property
    def message(self) -> str:
        said = _("Import {number} of {table} is undone: {removed} rows removed, {restored} set back.").format(
            number=self.import_id, table=self.table, removed=f"{self.removed:,}", restored=f"{self.restored:,}"
        )
        if self.accounts_removed:
            said += " " + several("{count} account removed.", "{count} accounts removed.", self.accounts_removed)
        return said

    def document(self) -> dict[str, Any]:
        return {
            "import_id": self.import_id,
            "table": self.table,
            "removed": self.removed,
            "restored": self.restored,
            "accounts_removed": self.accounts_removed,
            "message": self.message,
        }


def imports(store: Store, *, limit: int | None = None, offset: int = 0) -> Rows:
    """The imports, newest first, with their counts and control totals (JSON)."""
    return store.read("ledgers.imports", order_by=[("import_id", True)], limit=limit, offset=offset)


def import_record(store: Store, import_id: int) -> dict[str, Any] | None:
    """One import's record, or None."""
    return store.one("ledgers.imports", where=[Condition("import_id", "=", import_id)])


def import_number(text: str) -> int:
    """An import's number as typed. Raises BadInput for anything else."""
    try:
        return int(text)
    except ValueError:
        raise BadInput(
            _("{text} is not the number of an import: see the list of imports.").format(text=text), reason="usage"
        ) from None


def undo_import(store: Store, import_id: int, *, who: Actor, op_id: str | None = None) -> Undone:
    """Take an import back as a whole.

    Raises NotFound for an unknown import, RuleBroken (nothing changed) where it is undone already, where a later
    import changed the same rows, or where something else has come to rest on what it brought.
    """

    def change(tx: Transaction) -> Undone:
        record = tx.one("ledgers.imports", {"import_id": import_id})
        if record is None:
            raise NotFound(_("There is no import {number}: see the list of imports.").format(number=import_id))
        if record["undone_at"] is not None:
            raise RuleBroken(_("Import {number} is undone already.").format(number=import_id), reason="undone")
        _refuse_where_built_upon(tx, import_id)
        undone = _take_back(tx, record)
        tx.update("ledgers.imports", {"import_id": import_id}, {"undone_at": tx.now, "undone_by": who.person_id})
        tx.note(table=undone.table, removed=undone.removed, restored=undone.restored)
        return undone

    done = store.write(change, who=who, action="undo import", subject=("import", str(import_id)), op_id=op_id)
    if done is None:
        raise RuleBroken(_("Import {number} is undone already.").format(number=import_id), reason="undone")
    return done


def _refuse_where_built_upon(tx: Transaction, import_id: int) -> None:
    later = tx.run(relations.step("ledgers.find_later_import"), {"import_id": import_id})
    if later:
        raise RuleBroken(
            _("Import {later} changed rows of import {number} after it: undo import {later} first.").format(
                later=later[0][0], number=import_id
            ),
            reason="later_import",
        )
    standing = [Condition("import_id", "=", import_id), Condition("undone_at", "is_missing")]
    for merge in tx.read("ledgers.account_merges", where=standing, limit=1):
        raise RuleBroken(
            _(
                "Account {account} came with import {number} and is merged into {other}: undo merge {merge} first."
            ).format(
                account=merge["account_id"],
                number=import_id,
                other=merge["into_account_id"],
                merge=merge["merge_id"],
            ),
            reason="in_use",
        )
    user = user_of_a_vanishing_account(tx, import_id)
    if user is not None:
        account, relation = user
        raise RuleBroken(
            _("Account {account} came with import {number} and is in use in {table}: remove that first.").format(
                account=account, number=import_id, table=relation.split(".")[1].replace("_", " ")
            ),
            reason="in_use",
        )


def _take_back(tx: Transaction, record: dict[str, Any]) -> Undone:
    import_id, table = record["import_id"], TABLES[record["table_name"]]
    _touch(tx, table.name, import_id)
    changed = remove_rows(tx, table.relation, import_id)
    restored = return_rows(tx, table.relation, stored_columns(table), import_id)
    accounts = 0 if table.name == "accounts" else remove_rows(tx, "ledgers.accounts", import_id)
    _touch(tx, table.name, import_id)
    if table.name == "exchange_rates":
        _convert_again(tx)
    tx.delete("ledgers.before_images", {"import_id": import_id})
    if table.name in ("order_lines", "products", "exchange_rates"):
        rollup.bring_up_to_date(tx)
    return Undone(import_id, table.name, changed - restored, restored, accounts)


def _touch(tx: Transaction, table: str, import_id: int) -> None:
    """Mark the account months that change: called before and after the rows are exchanged."""
    steps = {"order_lines": "touch_lines_of_import", "products": "touch_products_of_import"}
    if table in steps:
        tx.run(relations.step(f"ledgers.{steps[table]}"), {"import_id": import_id}, touches=["ledgers.touched_months"])


def _convert_again(tx: Transaction) -> None:
    reporting = tx.store.setting("currency") or "EUR"
    without = tx.run(relations.step("ledgers.find_lines_without_rate"), {"reporting": reporting})
    if without:
        currency, day, count = without[0]
        raise RuleBroken(
            _(
                "{count} order lines or payments in {currency} from {day} on would have no exchange rate: "
                "undo their import first."
            ).format(count=f"{count:,}", currency=currency, day=day),
            reason="in_use",
        )
    reconvert(tx, reporting)
