"""Actions by segment: plays say who, what and when not to; a run makes the list, and what was done is written down.

Relations: plays.play_list, held_back, run_list, run_rows, addressed, reason_counts, acts.
"""

from kam.plays.marking import OUTCOMES, mark
from kam.plays.play import (
    AUDIENCES,
    CHANNELS,
    KINDS,
    MOST_DAYS,
    Play,
    change_play,
    make_play,
    play_named,
    retire_play,
)
from kam.plays.running import REASONS, Look, Reason, look, play_told, rules_told, run_play

__all__ = [
    "AUDIENCES",
    "CHANNELS",
    "KINDS",
    "MOST_DAYS",
    "OUTCOMES",
    "REASONS",
    "Look",
    "Play",
    "Reason",
    "change_play",
    "look",
    "make_play",
    "mark",
    "play_named",
    "play_told",
    "retire_play",
    "rules_told",
    "run_play",
]
