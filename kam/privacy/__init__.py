"""A customer's people and their data: handed to them, erased on request, and how long they are kept.

Relations: privacy.people(as_of, months).
"""

from kam.privacy.erasing import Erased, Trace, confirmed, decide_trace, erase_person, open_traces
from kam.privacy.handing_out import export_person, exported_person, person_data

__all__ = [
    "Erased",
    "Trace",
    "confirmed",
    "decide_trace",
    "erase_person",
    "export_person",
    "exported_person",
    "open_traces",
    "person_data",
]
