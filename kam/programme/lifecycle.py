"""How an account enters, stays in and leaves the programme, from one review to the next.

outside → nominated → member → at risk → exiting → outside (METHOD 1.7). Entering is easier than leaving: the entry
line lies above the exit line, one review promotes, two consecutive ones demote, and between the lines nothing
happens. All functions here are pure: memberships and readings in, memberships and moves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kam.errors import BadInput, RuleBroken
from kam.words import _

OUTSIDE, NOMINATED, MEMBER, AT_RISK, EXITING = "outside", "nominated", "member", "at_risk", "exiting"
STATES = (OUTSIDE, NOMINATED, MEMBER, AT_RISK, EXITING)
# An account holds its place until it is outside again: the transition takes hours too.
HOLDING_A_PLACE = (MEMBER, AT_RISK, EXITING)

CAUSES = {
    "put_forward": _("put forward by a person"),
    "qualified": _("above the entry line with every gate passed"),
    "admitted": _("admitted with every gate passed"),
    "no_free_place": _("qualified, but no place is free"),
    "no_longer_qualified": _("no longer above the exit line with every gate passed"),
    "below_exit_line": _("below the exit line"),
    "gate_failed": _("a gate fails"),
    "suspended": _("a legal or credit gate fails: suspended at once"),
    "recovered": _("above the exit line again"),
    "demoted": _("below in consecutive reviews"),
    "customer_withdrew": _("the customer does not want to work this way"),
    "transition_closed": _("the transition is complete"),
    "released": _("released by a decision of its own"),
    "counted": _("below in another review"),
    "cleared": _("nothing stands against it any more"),
    "kept": _("kept by the meeting, though it could leave"),
}
WAITS_FOR = {
    "minimum_stay": _("the minimum stay"),
    "transition_plan": _("a transition plan"),
    "sponsor_approval": _("the sponsor's approval"),
}


@dataclass(frozen=True)
class Rules:
    """The programme's lines and limits.

    entry_line, exit_line: scores 0..10, exit below entry. places: most key accounts. reviews_to_demote: consecutive
    reviews below that it takes to leave. minimum_stay_months: counted from becoming a member. months_apart: two
    reviews closer than this count once towards leaving, so that reviewing again does not hasten it.
    Defaults: METHOD 1.7, except months_apart (judgement: half a year, for reviews meant to be yearly).
    """

    entry_line: float
    exit_line: float
    places: int
    reviews_to_demote: int = 2
    minimum_stay_months: int = 24
    months_apart: int = 6

    def __post_init__(self) -> None:
        if not 0 <= self.exit_line < self.entry_line <= 10:
            raise BadInput(
                _("The exit line ({exit_:g}) must lie below the entry line ({entry:g}), both within 0 and 10.").format(
                    exit_=self.exit_line, entry=self.entry_line
                ),
                reason="bad_lines",
            )
        if self.places < 0 or self.reviews_to_demote < 1 or self.minimum_stay_months < 0 or self.months_apart < 0:
            raise BadInput(
                _("Places and months are 0 or more, and leaving takes at least one review."), reason="bad_lines"
            )


@dataclass(frozen=True)
class Membership:
    """Where an account stands. The default is an account that nobody has looked at.

    since: the day of its last change of state. member_since: the day it became a member, None outside.
    times_below: consecutive counted reviews below; last_below: the last of them. is_suspended: no key-account
    treatment until the legal or credit gate passes again. waits_for: what still keeps it from leaving (codes of
    WAITS_FOR).
    """

    state: str = OUTSIDE
    since: date | None = None
    member_since: date | None = None
    times_below: int = 0
    last_below: date | None = None
    is_suspended: bool = False
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a review finds of an account.

    lowest_score, highest_score: 0..10, equal where every point is known, None where nothing is. gates: `pass`,
    `fail` or `unknown`. fails_legal_or_credit: a gate that suspends. withdraws: the customer refuses.
    has_transition_plan, is_exit_approved: what a leaver needs.
    """

    lowest_score: float | None
    highest_score: float | None
    gates: str = "pass"
    fails_legal_or_credit: bool = False
    withdraws: bool = False
    has_transition_plan: bool = False
    is_exit_approved: bool = False


@dataclass(frozen=True)
class Move:
    """A change of state, with its cause (a code of CAUSES)."""

    account_id: str
    before: str
    after: str
    on: date
    cause: str


@dataclass(frozen=True)
class Reviewed:
    """The outcome of a review: every account's membership, and the moves that led to it in order."""

    memberships: dict[str, Membership]
    moves: tuple[Move, ...]


def review(
    memberships: Mapping[str, Membership], readings: Mapping[str, Reading], rules: Rules, *, on: date
) -> Reviewed:
    """One review of the whole programme. Accounts without a reading stay as they are.

    Leaving first. A member counts as below when the highest score it may have is under the exit line, or a gate
    fails; an unknown gate or score never counts against a member, and never clears one at risk. The first review below puts it at risk;
    after `reviews_to_demote` consecutive ones it exits, once the minimum stay is over, a transition plan is written
    and the sponsor approves. A failed legal or credit gate suspends at once, and no minimum stay then applies; a
    customer that withdraws exits at once. An account in transition finishes it. Then entering, best score first, ties by account_id: a candidate whose
    lowest possible score reaches the entry line with every gate passed becomes a member where a place is free and
    is nominated where none is. Between the lines nobody moves.
    A review repeated on the same day with the same readings changes nothing.
    Raises BadInput for a reading that contradicts itself and for a review before an account's last change.
    """
    after: dict[str, Membership] = dict(memberships)
    moves: list[Move] = []

    def move(account_id: str, membership: Membership, cause: str) -> None:
        before = after.get(account_id, Membership())
        after[account_id] = replace(membership, since=on)
        moves.append(Move(account_id, before.state, membership.state, on, cause))

    for account_id, reading in sorted(readings.items()):
        held = after.setdefault(account_id, Membership())
        _check(account_id, held, reading, on)
        if held.state in (MEMBER, AT_RISK):
            found, cause = _kept_or_leaving(held, reading, rules, on)
            if found.state == held.state:
                after[account_id] = found
            else:
                move(account_id, found, cause)
        elif held.state == NOMINATED and _is_below(reading, rules):
            move(account_id, Membership(), "no_longer_qualified")

    free = rules.places - count_of_places(after.values())
    entering = [
        (-(reading.lowest_score or 0.0), account_id)
        for account_id, reading in readings.items()
        if after[account_id].state in (OUTSIDE, NOMINATED) and _qualifies(reading, rules)
    ]
    for _score, account_id in sorted(entering):
        if after[account_id].state == OUTSIDE:
            move(account_id, Membership(NOMINATED), "qualified" if free > 0 else "no_free_place")
        if free > 0:
            move(account_id, Membership(MEMBER, member_since=on), "qualified")
            free -= 1
    return Reviewed(after, tuple(moves))


def nominate(account_id: str, membership: Membership, *, on: date) -> tuple[Membership, Move]:
    """Outside → nominated: a person puts the account forward; only a review can make it a member.

    Raises RuleBroken for an account that is not outside.
    """
    if membership.state != OUTSIDE:
        raise RuleBroken(
            _("{account_id} is not outside the programme; only an account outside can be put forward.").format(
                account_id=account_id
            ),
            reason="not_outside",
        )
    return Membership(NOMINATED, since=on), Move(account_id, OUTSIDE, NOMINATED, on, "put_forward")


def close_transition(account_id: str, membership: Membership, *, on: date) -> tuple[Membership, Move]:
    """Exiting → outside: the transition is complete and the place is free.

    Raises RuleBroken for an account that is not exiting.
    """
    if membership.state != EXITING:
        raise RuleBroken(
            _("{account_id} is not exiting; only an account in transition can be closed.").format(
                account_id=account_id
            ),
            reason="not_exiting",
        )
    return Membership(OUTSIDE, since=on), Move(account_id, EXITING, OUTSIDE, on, "transition_closed")


def count_of_places(memberships: Iterable[Membership]) -> int:
    """Places taken: members, accounts at risk and accounts in transition."""
    return sum(membership.state in HOLDING_A_PLACE for membership in memberships)


def _qualifies(reading: Reading, rules: Rules) -> bool:
    return (
        reading.gates == "pass"
        and not reading.fails_legal_or_credit
        and not reading.withdraws
        and reading.lowest_score is not None
        and reading.lowest_score >= rules.entry_line
    )


def _is_below(reading: Reading, rules: Rules) -> bool:
    return (
        reading.gates == "fail"
        or reading.fails_legal_or_credit
        or reading.withdraws
        or (reading.highest_score is not None and reading.highest_score < rules.exit_line)
    )


def _is_clear(reading: Reading, rules: Rules) -> bool:
    """Known to be on or above the exit line with every gate passed; what is unknown clears nobody."""
    return reading.gates == "pass" and reading.lowest_score is not None and reading.lowest_score >= rules.exit_line


def _kept_or_leaving(held: Membership, reading: Reading, rules: Rules, on: date) -> tuple[Membership, str]:
    """The membership of a member or an account at risk after a reading, and the cause if its state changes."""
    if reading.withdraws:
        return replace(held, state=EXITING, waits_for=()), "customer_withdrew"
    if not _is_below(reading, rules):
        if held.state == AT_RISK and not _is_clear(reading, rules):
            return held, ""
        kept = replace(held, state=MEMBER, times_below=0, last_below=None, is_suspended=False, waits_for=())
        return kept, "recovered"
    suspended = reading.fails_legal_or_credit
    if held.last_below is None or (on > held.last_below and on >= _months_later(held.last_below, rules.months_apart)):
        held = replace(held, times_below=held.times_below + 1, last_below=on)
    below = replace(held, state=AT_RISK, is_suspended=suspended, waits_for=())
    if held.times_below >= rules.reviews_to_demote:
        waits = _waits(below, reading, rules, on)
        if not waits:
            return replace(below, state=EXITING), "demoted"
        below = replace(below, waits_for=waits)
    cause = "suspended" if suspended else "gate_failed" if reading.gates == "fail" else "below_exit_line"
    return below, cause


def _waits(held: Membership, reading: Reading, rules: Rules, on: date) -> tuple[str, ...]:
    waits = []
    is_bound = held.member_since is not None and on < _months_later(held.member_since, rules.minimum_stay_months)
    if is_bound and not reading.fails_legal_or_credit:
        waits.append("minimum_stay")
    if not reading.has_transition_plan:
        waits.append("transition_plan")
    if not reading.is_exit_approved:
        waits.append("sponsor_approval")
    return tuple(waits)


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _check(account_id: str, held: Membership, reading: Reading, on: date) -> None:
    if held.state not in STATES or reading.gates not in ("pass", "fail", "unknown"):
        raise BadInput(
            _("The reading of {account_id} names a state or a verdict that does not exist.").format(
                account_id=account_id
            ),
            reason="bad_value",
        )
    lowest, highest = reading.lowest_score, reading.highest_score
    if (lowest is None) != (highest is None) or (lowest is not None and not 0 <= lowest <= highest <= 10):
        raise BadInput(
            _("The score of {account_id} needs a lowest and a highest within 0 and 10, or neither.").format(
                account_id=account_id
            ),
            reason="out_of_range",
        )
    latest = max(filter(None, (held.since, held.last_below)), default=on)
    if on < latest:
        raise BadInput(
            _("{account_id} was last judged on {latest}, after this review of {on}; review a later day.").format(
                account_id=account_id, latest=latest, on=on
            ),
            reason="bad_date",
        )
