"""The second front end: `python -m kam [--db PATH] COMMAND`.

Every module beside this file registers its commands with `register(commands)`; each of them sets
`run=function`, called as `run(arguments, store) -> int`, or with `opens_store=False` as
`run(arguments, None)`. Exit status: 0 done; 1 done, but rows were rejected or a check failed;
2 refused, nothing changed; 3 our own mistake, logged.

Each command takes `--json` (one document on standard output and nothing else there), `--db` and `--as`.
"""

from kam.command_line.frame import main
from kam.command_line.options import acting_person, add_as_of, as_of_date, day, today
from kam.command_line.output import report, save_csv

__all__ = ["acting_person", "add_as_of", "as_of_date", "day", "main", "report", "save_csv", "today"]
