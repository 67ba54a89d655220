"""The programme: who is a key account, since when, where each account stands, how many there may be, and who carries it.

Relations: programme.roster(as_of), programme.memberships, programme.sizes_from(from_on), programme.states(as_of),
programme.account_list(as_of, level), programme.unmatched_members, programme.unmatched_states,
programme.champion_terms(as_of), programme.agenda_list(as_of), programme.roadshow_reach(as_of).
"""

from kam.programme.champion import LEVELS, Term, amend_champion, appoint_champion
from kam.programme.champion import champion as champion_on
from kam.programme.champion_log import log_roadshow, put_on_agenda, write_outcome
from kam.programme.champion_warnings import ChampionWarning, champion_warnings
from kam.programme.decisions import Decision, admit, decisions, release
from kam.programme.door import settle
from kam.programme.lifecycle import CAUSES, HOLDING_A_PLACE, WAITS_FOR, Membership, Move, Reading, Reviewed, Rules
from kam.programme.lifecycle import review as reviewed
from kam.programme.limits import Limits, limits, size
from kam.programme.membership import (
    Step,
    approve_exit,
    close_step,
    close_transition,
    nominate,
    plan_transition,
    rules,
    transition,
    withdraw,
)
from kam.programme.moving import held, memberships, moves
from kam.programme.verdict import CATEGORIES, SeenVerdict
from kam.programme.worth import Worth, worth

__all__ = [
    "CATEGORIES",
    "CAUSES",
    "HOLDING_A_PLACE",
    "LEVELS",
    "WAITS_FOR",
    "ChampionWarning",
    "Decision",
    "Limits",
    "Membership",
    "Move",
    "Reading",
    "Reviewed",
    "Rules",
    "SeenVerdict",
    "Step",
    "Term",
    "Worth",
    "admit",
    "amend_champion",
    "appoint_champion",
    "approve_exit",
    "champion_on",
    "champion_warnings",
    "close_step",
    "close_transition",
    "decisions",
    "held",
    "limits",
    "log_roadshow",
    "memberships",
    "moves",
    "nominate",
    "plan_transition",
    "put_on_agenda",
    "release",
    "reviewed",
    "rules",
    "settle",
    "size",
    "transition",
    "withdraw",
    "worth",
    "write_outcome",
]
