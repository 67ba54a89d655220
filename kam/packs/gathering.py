"""The pack of an account on a day: every section from the readings that the account's page shows.

Pure: the same day and the same state of the ledger give the same document; no clock, no random order. A section that cannot
be made says so in its place, and the others stand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kam import ledgers, relationships, reviews, units
from kam.access import Person
from kam.errors import NotFound, Refusal
from kam.packs.document import Pack, Section
from kam.packs.words import told
from kam.store import Condition, Store
from kam.words import _

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Given:
    """What every section reads from."""

    store: Store
    account: dict[str, Any]
    as_of: date
    who: Person
    currency: str

    @property
    def account_id(self) -> str:
        """The account."""
        return self.account["account_id"]

    @cached_property
    def key_accounts(self) -> list[str]:
        """The key accounts on the day."""
        return self.store.read(
            "programme.roster", {"as_of": self.as_of}, columns=("account_id",), order_by=[("account_id", False)]
        ).column("account_id")

    @cached_property
    def since_last(self) -> reviews.Difference | None:
        """What changed since the last review; None before the first."""
        return reviews.since_last(self.store, self.account_id, self.as_of, for_whom=self.who)

    @cached_property
    def people(self) -> relationships.Stakeholders:
        """The people there, with what they say of the account."""
        return relationships.stakeholders(self.store, self.account_id, self.as_of)

    def rows(self, relation: str, *where: Condition, is_dear: bool = False, **more: Any) -> list[dict[str, Any]]:
        """Rows of a relation with as_of, of this account. is_dear: kept in memory, for the packs of other accounts."""
        among = [Condition("account_id", "=", self.account_id), *where]
        read = self.store.page if is_dear else self.store.read
        return read(relation, {"as_of": self.as_of}, where=among, **more).records()


Maker = Callable[[Given], Section]


def account_pack(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> Pack:
    """The pack of an account. Raises NotFound for an unknown account, Refusal for a day before the ledger."""
    from kam.packs.sections import SECTIONS

    given = given_of(store, account_id, as_of, for_whom=for_whom)
    account = given.account
    subtitle = [_("Account review pack, as of {day}").format(day=units.day(as_of))]
    subtitle += [told(account["category"])] if account["category"] else []
    subtitle += [_("account manager {name}").format(name=account["owner"])] if account["owner"] else []
    return Pack(
        account_id=account_id,
        title=account["name"],
        subtitle=" · ".join(subtitle),
        as_of=as_of,
        currency=given.currency,
        sections=made(SECTIONS, given),
    )


def given_of(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> Given:
    """What the sections read from. Raises NotFound for an unknown account, Refusal for a day before the ledger."""
    ledgers.check_as_of(store, as_of)
    found = store.page(
        "programme.account_list",
        {"as_of": as_of, "level": "account"},
        where=[Condition("account_id", "=", account_id)],
        limit=1,
    ).records()
    if not found:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account",
        )
    return Given(store, found[0], as_of, for_whom, store.setting("currency") or "")


def made(sections: Sequence[tuple[str, str, Maker]], given: Given) -> list[Section]:
    """The sections of (key, heading, maker); one that fails says why in its place and never stops the rest."""
    found = []
    for key, heading, make in sections:
        try:
            found.append(make(given))
        except Refusal as refusal:
            found.append(Section(key, heading, heading, failed=refusal.message))
        except Exception:
            # Whatever it was, people go into the room with the other sections; the log says what to mend.
            _log.exception("section %s of the pack of %s", key, given.account_id)
            found.append(Section(key, heading, heading, failed=_("This section could not be made; the log says why.")))
    return found
