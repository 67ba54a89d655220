"""The selection cycles of the story, held like any other: two in force, one on the table, and two requests refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kam import programme, selection, sponsorship
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Store

# Days before the ledger's end.
_FRIEND_ASKED, _NEAR_MISS_ASKED, _PUT_FORWARD = 110, 12, 30
# Days before its cycle at which an account that is let go withdrew; sponsors take over this long after the cycle.
_WITHDREW, _TAKES_OVER = 90, 14


@dataclass(frozen=True)
class Cast:
    """The accounts that the story is about: (account_id, what it says of each)."""

    accounts: tuple[tuple[str, dict], ...]

    @classmethod
    def of(cls, facts: Facts) -> Cast:
        """The cast with the ids that it was drawn with."""
        return cls(tuple(zip(map(str, facts.base.account_id), facts.base.cast, strict=False)))

    def told(self, key: str, value: object = None) -> list[tuple[str, dict]]:
        """Those of whom the story tells this (with this value, where one is given)."""
        return [(a, m) for a, m in self.accounts if (m.get(key) == value if value is not None else m.get(key))]


def hold(store: Store, facts: Facts, day: date, number: int, *, who: Person) -> None:
    """One selection cycle: who leaves, who is judged, who was present, who joins, and who stands behind each.

    Who does not pass stays outside, whatever the story had in mind: in a very small company that can happen.
    """
    cast = Cast.of(facts)
    for account_id, member in cast.told("released", number):
        if account_id in programme.memberships(store, day):
            _let_go(store, account_id, member, day, who)
    story = inputs.cycles()["cycle"][number - 1]
    cycle_id = selection.open_cycle(store, f"Selection {day.year}", as_of=day, who=who)
    selection.assess_cycle(store, cycle_id, expected_version=1, who=who)
    wanted = dict(cast.told("admitted", number))
    decided = {}
    for account in selection.cycle_accounts(store, cycle_id, with_evidence=False, for_whom=who):
        account_id = account["account_id"]
        if account_id in wanted and account["verdict"] == "pass" and not account["is_key_account"]:
            decided[account_id] = selection.Decided("enter", story["admitted_because"])
        elif account["proposal"] == "enter":
            decided[account_id] = selection.Decided("wait", story["waits_because"])
    selection.decide_cycle(
        store,
        cycle_id,
        decided,
        present=story["present"],
        decided_on=day,
        conclusions=story["conclusions"],
        expected_version=selection.cycle_of(store, cycle_id).version,
        who=who,
    )
    version = selection.cycle_of(store, cycle_id).version
    selection.put_in_force(store, cycle_id, on=day, expected_version=version, who=who)
    for account_id, choice in decided.items():
        if choice.decision == "enter":
            sponsorship.assign(
                store,
                account_id,
                wanted[account_id]["sponsor"],
                as_of=day + timedelta(days=_TAKES_OVER),
                reason="Agreed in the executive committee.",
                who=who,
            )


def ask_for_exceptions(store: Store, facts: Facts, until: date, *, who: Person) -> None:
    """The chief executive asks for his golf partner, an account manager for a near miss: both are refused."""
    executives = {entry["executive_id"]: entry["name"] for entry in inputs.people()["executive"]}
    owners = dict(zip(map(str, facts.base.account_id), map(str, facts.base.owner), strict=True))
    words = inputs.cycles()["exception"]
    for account_id, member in Cast.of(facts).told("friend_of"):
        selection.request_exception(
            store,
            account_id,
            "friendship",
            evidence=words["friend"],
            asked_by=executives[member["friend_of"]],
            as_of=until - timedelta(days=_FRIEND_ASKED),
            who=who,
        )
    for account_id, _member in Cast.of(facts).told("near_miss"):
        selection.request_exception(
            store,
            account_id,
            "other_evidence",
            evidence=words["near_miss"],
            asked_by=owners[account_id],
            as_of=until - timedelta(days=_NEAR_MISS_ASKED),
            who=who,
        )


def open_this_year(store: Store, facts: Facts, until: date, *, who: Person) -> None:
    """This year's cycle lies on the table, assessed and undecided; an account that an earlier one did not leave waiting
    was put forward for it."""
    outside = [a for a, _m in Cast.of(facts).told("near_miss") if a not in programme.memberships(store, until)]
    for account_id in outside:
        programme.nominate(
            store,
            account_id,
            as_of=until - timedelta(days=_PUT_FORWARD),
            reason=inputs.cycles()["put_forward"],
            who=who,
        )
    # The day that the pages open with.
    day = store.one("ledgers.extent")["last_order_on"]
    cycle_id = selection.open_cycle(store, f"Selection {until.year}, autumn", as_of=day, who=who)
    selection.assess_cycle(store, cycle_id, expected_version=1, who=who)


def _let_go(store: Store, account_id: str, member: dict, day: date, who: Person) -> None:
    """A key account leaves: one that withdraws by a plan to its end, another by a decision of its own."""
    sponsorship.relieve(store, account_id, as_of=day, reason="The account leaves the programme.", who=who)
    if "plan" not in member:
        programme.release(store, account_id, as_of=day, reason=member["release_reason"], who=who)
        return
    on = day - timedelta(days=_WITHDREW)
    programme.withdraw(store, account_id, as_of=on, reason=member["release_reason"], who=who)
    steps = [
        programme.Step(step["step"], step["owner"], on + timedelta(days=step["days"])) for step in member["plan_steps"]
    ]
    programme.plan_transition(store, account_id, member["plan"], steps, as_of=on, who=who)
    for step in programme.transition(store, account_id, on)["steps"]:
        programme.close_step(store, step["step_id"], done_on=step["due_on"], expected_version=1, who=who)
    programme.close_transition(store, account_id, as_of=day, reason="Served by the distributor from now on.", who=who)
