"""Tags of accounts, in dimensions that people make; many per account; put on and taken off, never edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

LONGEST_NAME = 80


def make_tag(
    store: Store, dimension: str, tag: str, *, as_of: date, who: Person, op_id: str | None = None
) -> tuple[str, str] | None:
    """Make a tag in a dimension, which may be new; returns both as kept (None where op_id was done already).

    Raises BadInput for an empty or endless name, RuleBroken for a tag that is there already.
    """
    dimension = name_of(dimension, _("Name the dimension of the tag, for example Industry focus."), field="dimension")
    tag = name_of(tag, _("Name the tag."), field="tag")

    def change(tx: Transaction) -> tuple[str, str]:
        made = tx.read("portfolio.tags").records()
        # A dimension is the same however it is written.
        kept = next((r["dimension"] for r in made if r["dimension"].casefold() == dimension.casefold()), dimension)
        if any(r["dimension"] == kept and r["tag"].casefold() == tag.casefold() for r in made):
            raise RuleBroken(
                _("There is a tag {tag} in {dimension} already: use that one.").format(tag=tag, dimension=kept),
                reason="exists",
                field="tag",
            )
        tx.insert("portfolio.tags", dimension=kept, tag=tag, made_on=as_of, made_by=who.name, made_at=tx.now)
        return kept, tag

    return store.write(
        change,
        who=who,
        action="make tag",
        subject=("tag", f"{dimension}: {tag}"),
        op_id=op_id,
        details={"as_of": as_of},
    )


def tag_accounts(
    store: Store,
    account_ids: Sequence[str],
    dimension: str,
    tag: str,
    *,
    is_withdrawn: bool = False,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Put a tag on accounts from as_of on, or take it off (is_withdrawn); returns how many changed.

    Accounts that carry it already (or do not) are left as they are. None where op_id was done already. Raises BadInput
    without an account, NotFound for an unknown account, dimension or tag.
    """
    chosen = accounts_given(account_ids)

    def change(tx: Transaction) -> int:
        _check_tag(tx, dimension, tag)
        check_accounts(tx, chosen)
        carried = set(
            tx.read(
                "portfolio.tags_held",
                arguments={"as_of": as_of},
                columns=("account_id",),
                where=[Condition("dimension", "=", dimension), Condition("tag", "=", tag)],
            ).column("account_id")
        )
        changed = [account for account in chosen if (account in carried) == is_withdrawn]
        first = tx.next_number("portfolio.tag_events", "event_id")
        tx.insert_many(
            "portfolio.tag_events",
            ["event_id", "account_id", "dimension", "tag", "is_withdrawn", "tagged_on", "tagged_by", "tagged_at"],
            [
                (number, account, dimension, tag, is_withdrawn, as_of, who.name, tx.now)
                for number, account in enumerate(changed, first)
            ],
        )
        tx.note(accounts=changed)
        return len(changed)

    return store.write(
        change,
        who=who,
        action="take tag off" if is_withdrawn else "put tag on",
        subject=("tag", f"{dimension}: {tag}"),
        op_id=op_id,
        details={"as_of": as_of},
    )


def _check_tag(tx: Transaction, dimension: str, tag: str) -> None:
    made = tx.read("portfolio.tags").records()
    dimensions = sorted({row["dimension"] for row in made})
    if dimension not in dimensions:
        raise NotFound(
            _("There is no tag dimension {dimension}: it is one of {known}, or make it first.").format(
                dimension=dimension, known=", ".join(dimensions) or _("none so far")
            ),
            reason="unknown_dimension",
            field="dimension",
        )
    known = sorted(row["tag"] for row in made if row["dimension"] == dimension)
    if tag not in known:
        raise NotFound(
            _("There is no tag {tag} in {dimension}: it is one of {known}, or make it first.").format(
                tag=tag, dimension=dimension, known=", ".join(known)
            ),
            reason="unknown_tag",
            field="tag",
        )


def name_of(text: str, sentence: str, *, field: str) -> str:
    """A name in one line. Raises BadInput with the sentence where it is empty, or one where it is endless."""
    name = " ".join((text or "").split())
    if not name:
        raise BadInput(sentence, reason="missing", field=field)
    if len(name) > LONGEST_NAME:
        raise BadInput(
            _("This name is longer than {most} characters: shorten it.").format(most=LONGEST_NAME),
            reason="too_long",
            field=field,
        )
    return name


def accounts_given(account_ids: Sequence[str]) -> list[str]:
    """The accounts, each once. Raises BadInput where there is none."""
    chosen = list(dict.fromkeys(account_ids))
    if not chosen:
        raise BadInput(_("Choose at least one account."), reason="missing", field="account_ids")
    return chosen


def check_accounts(tx: Transaction, account_ids: Sequence[str]) -> None:
    """Raise NotFound for the first account that the master does not have."""
    if len(account_ids) == 1:
        rules.account_name(tx, account_ids[0])
        return
    known = set(tx.read("ledgers.accounts", columns=("account_id",)).column("account_id"))
    for account_id in account_ids:
        if account_id not in known:
            rules.account_name(tx, account_id)
