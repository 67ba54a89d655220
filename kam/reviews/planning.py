"""Planning reviews: when, with whom; moving and cancelling them. A held review is never changed."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.words import _

LONGEST_TEXT = 20_000


def plan(
    store: Store,
    account_id: str,
    planned_on: date,
    *,
    participants: str = "",
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Plan a review of a key account; returns its id (None where op_id was done already).

    Raises NotFound for an unknown account, and RuleBroken for one that is no key account, a day before its
    admission, and a second review of the account planned for the same day.
    """
    participants = short(participants, _("Participants"))

    def change(tx: Transaction) -> int:
        name = _key_account(tx, account_id, planned_on)
        _check_day_is_free(tx, account_id, name, planned_on)
        review_id = tx.next_number("reviews.reviews", "review_id")
        tx.insert(
            "reviews.reviews",
            review_id=review_id,
            account_id=account_id,
            planned_on=planned_on,
            state="planned",
            participants=participants,
        )
        return review_id

    return store.write(
        change,
        who=who,
        action="plan review",
        subject=("account", account_id),
        op_id=op_id,
        details={"planned_on": planned_on, "participants": participants},
    )


def move(
    store: Store,
    review_id: int,
    *,
    planned_on: date,
    participants: str,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Change the day and the participants of a planned review.

    Raises NotFound, RuleBroken for a review that was held or cancelled or a day that is taken, StaleWrite where
    someone else changed it since expected_version.
    """
    participants = short(participants, _("Participants"))

    def change(tx: Transaction) -> None:
        review = planned_review(tx, review_id)
        if planned_on != review["planned_on"]:
            name = _key_account(tx, review["account_id"], planned_on)
            _check_day_is_free(tx, review["account_id"], name, planned_on)
        tx.update(
            "reviews.reviews",
            {"review_id": review_id},
            {"planned_on": planned_on, "participants": participants},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action="move review",
        subject=("review", str(review_id)),
        op_id=op_id,
        details={"planned_on": planned_on, "participants": participants},
    )


def cancel(
    store: Store, review_id: int, *, reason: str, expected_version: int, who: Person, op_id: str | None = None
) -> None:
    """Cancel a planned review; the reason is kept as its note. Raises as `move`, and BadInput for no reason."""
    reason = short(reason, _("The reason"))
    if not reason:
        raise BadInput(_("Say why the review is cancelled: the reason is kept."), reason="missing", field="reason")

    def change(tx: Transaction) -> None:
        planned_review(tx, review_id)
        tx.update(
            "reviews.reviews",
            {"review_id": review_id},
            {"state": "cancelled", "notes": reason, "closed_by": who.name, "closed_at": tx.now},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action="cancel review",
        subject=("review", str(review_id)),
        op_id=op_id,
        details={"reason": reason},
    )


def planned_review(tx: Transaction, review_id: int) -> dict:
    """The review as it stands. Raises NotFound, or RuleBroken where it was held or cancelled."""
    review = tx.one("reviews.reviews", {"review_id": review_id})
    if review is None:
        raise NotFound(_("There is no review {number}: reload the page.").format(number=review_id))
    if review["state"] == "held":
        raise RuleBroken(
            _("Review {number} was held on {day} and is closed: plan a new one for what comes next.").format(
                number=review_id, day=units.day(review["held_on"])
            ),
            reason="review_closed",
        )
    if review["state"] == "cancelled":
        raise RuleBroken(
            _("Review {number} was cancelled: plan a new one.").format(number=review_id), reason="review_closed"
        )
    return review


def short(text: str, what: str) -> str:
    """The text without surrounding space. Raises BadInput where it is endless; what: its name, for the sentence."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            _("{what}: longer than {most} characters, shorten it.").format(what=what, most=LONGEST_TEXT),
            reason="too_long",
        )
    return text


def _key_account(tx: Transaction, account_id: str, planned_on: date) -> str:
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    member = tx.one("programme.members", {"account_id": account_id})
    if member is None:
        raise RuleBroken(
            _("{account} is not a key account: only key accounts are reviewed. Admit it first.").format(
                account=account["name"]
            ),
            reason="not_key_account",
            field="account_id",
        )
    if planned_on < member["admitted_on"]:
        raise RuleBroken(
            _("{account} is a key account since {day}: plan the review on or after that day.").format(
                account=account["name"], day=units.day(member["admitted_on"])
            ),
            reason="before_admission",
            field="planned_on",
        )
    return account["name"]


def _check_day_is_free(tx: Transaction, account_id: str, name: str, planned_on: date) -> None:
    same_day = tx.read(
        "reviews.reviews",
        where=[
            Condition("account_id", "=", account_id),
            Condition("planned_on", "=", planned_on),
            Condition("state", "=", "planned"),
        ],
    )
    if len(same_day):
        raise RuleBroken(
            _("A review of {account} is planned for {day} already: hold that one, or choose another day.").format(
                account=name, day=units.day(planned_on)
            ),
            reason="same_day",
            field="planned_on",
        )
