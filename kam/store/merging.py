"""Renaming an account in every imported table, and back. Runs inside a write's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from kam.store.names import qualified, quoted
from kam.store.soundness import base_tables
from kam.store.store import Store
from kam.store.taking_back import FROZEN
from kam.store.writing import Transaction

NAMED = "named_account_id"


def followers(store: Store) -> list[str]:
    """The tables whose rows follow an account that is merged: those that remember the name a file gave."""
    return [name for name in base_tables(store) if NAMED in store.columns(name)]


def rename(tx: Transaction, relation: str, account_id: str, into_account_id: str) -> int:
    """Give the rows of one account to another, keeping the name they came under; returns how many."""
    return len(
        tx.run(
            f"update {qualified(relation)} set {NAMED} = coalesce({NAMED}, account_id), account_id = $into "
            "where account_id = $account_id returning 1",
            {"account_id": account_id, "into": into_account_id},
            touches=[relation],
        )
    )


def rename_back(tx: Transaction, relation: str, account_ids: Sequence[str]) -> int:
    """Give rows that came under these names to the account that the standing merges now say; returns how many moved."""
    found = tx.run(
        f"update {qualified(relation)} as held set account_id = coalesce(standing.into_account_id, held.{NAMED}), "
        f"{NAMED} = case when standing.into_account_id is null then null else held.{NAMED} end "
        f"from (select named.account_id, merged.into_account_id from (select unnest($names) as account_id) as named "
        "left join ledgers.merged_accounts as merged on merged.account_id = named.account_id) as standing "
        f"where held.{NAMED} = standing.account_id "
        "and held.account_id is distinct from coalesce(standing.into_account_id, held." + NAMED + ") returning 1",
        {"names": list(account_ids)},
        touches=[relation],
    )
    return len(found)


def users(tx: Transaction, account_id: str) -> list[str]:
    """The tables outside the imported ones in which a decision names the account, as `schema.name`."""
    found = []
    for relation in base_tables(tx.store):
        schema = relation.split(".", maxsplit=1)[0]
        columns = [c for c in tx.store.columns(relation) if c == "account_id"]
        if schema in ("ledgers", "store", "quality") or relation in FROZEN or not columns:
            continue
        text = f"select 1 from {qualified(relation)} where {quoted('account_id')} = $account_id limit 1"
        if tx.run(text, {"account_id": account_id}):
            found.append(relation)
    return found
