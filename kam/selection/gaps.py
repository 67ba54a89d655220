"""What is stale or missing among the accounts that matter to the selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kam.access import Person
from kam.selection.adoption import adopted
from kam.selection.assessed_measures import ASSESSED
from kam.selection.assessed_records import Evidence, evidence_on
from kam.selection.assessment import judging
from kam.store import Condition, Store

# Accounts that are looked at together; key accounts first, then the largest contributions.
MOST = 200


@dataclass(frozen=True)
class AssessedAccount:
    """A key account or candidate with what is known of it. evidence: in the order of the catalogue.

    wanted: the assessed measures that the criteria in force use (all, where they use none).
    """

    account_id: str
    name: str
    owner: str | None
    is_key_account: bool
    evidence: tuple[Evidence, ...]
    wanted: tuple[str, ...]

    def in_state(self, *states: str) -> tuple[str, ...]:
        """The wanted measures in one of these states."""
        return tuple(e.measure for e in self.evidence if e.measure in self.wanted and e.state in states)

    @property
    def is_complete(self) -> bool:
        """Whether everything that is wanted is known."""
        return not self.in_state("stale", "incomplete", "later", "missing")


def assessed_accounts(
    store: Store, as_of: date, *, where: Sequence[Condition] = (), for_whom: Person
) -> tuple[list[AssessedAccount], tuple[str, ...]]:
    """(key accounts, candidates that pass or come near, and whoever was assessed; the measures that are wanted).

    Key accounts first, then by contribution; at most `MOST`. where: as for a `page` of programme.account_list.
    Raises a Refusal for a day before the ledger.
    """
    held = adopted(store, as_of)
    used = [measure for measure in held.criteria.measures if measure in ASSESSED] if held else []
    wanted = tuple(used or ASSESSED)
    states = evidence_on(store, as_of, None, tuple(ASSESSED))
    ids = set(states) | _candidates(store, as_of) if held else set(states)
    order = [("is_key_account", True), ("contribution_12m", True), ("name", False), ("account_id", False)]
    found: dict[str, AssessedAccount] = {}
    for condition in (Condition("is_key_account", "=", True), Condition("account_id", "one_of", sorted(ids))):
        for row in store.page(
            "programme.account_list",
            {"as_of": as_of, "level": "account"},
            columns=("account_id", "name", "owner", "is_key_account"),
            where=[*where, condition],
            order_by=order,
            limit=MOST,
        ):
            evidence = states.get(row["account_id"], {})
            found.setdefault(
                row["account_id"],
                AssessedAccount(**row, evidence=tuple(evidence.get(m, Evidence(m, "missing")) for m in ASSESSED), wanted=wanted),
            )  # fmt: skip
    return list(found.values())[:MOST], wanted


def _candidates(store: Store, as_of: date) -> set[str]:
    bound = judging(store, as_of)
    found: set[str] = set()
    for condition in (Condition("verdict", "=", "pass"), Condition("is_near_miss", "=", True)):
        rows = store.page("selection.verdicts", bound.arguments, columns=("account_id",), where=[condition], limit=MOST)
        found |= set(rows.column("account_id"))
    return found
