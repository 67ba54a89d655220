"""The programme: who is a key account, since when, how many there may be, and who carries it.

Relations: programme.roster(as_of), programme.memberships, programme.sizes_from(from_on),
programme.account_list(as_of, level), programme.unmatched_members, programme.champion_terms(as_of),
programme.agenda_list(as_of), programme.roadshow_reach(as_of).
"""

from kam.programme.champion import LEVELS, Term, amend_champion, appoint_champion
from kam.programme.champion import champion as champion_on
from kam.programme.champion_log import log_roadshow, put_on_agenda, write_outcome
from kam.programme.champion_warnings import ChampionWarning, champion_warnings
from kam.programme.decisions import Decision, admit, decisions, release
from kam.programme.limits import Limits, limits, size
from kam.programme.verdict import CATEGORIES, SeenVerdict

__all__ = [
    "CATEGORIES",
    "LEVELS",
    "ChampionWarning",
    "Decision",
    "Limits",
    "SeenVerdict",
    "Term",
    "admit",
    "amend_champion",
    "appoint_champion",
    "champion_on",
    "champion_warnings",
    "decisions",
    "limits",
    "log_roadshow",
    "put_on_agenda",
    "release",
    "size",
    "write_outcome",
]
