"""Facts: what the company's records say, and the account-month roll-up that every reading starts from."""

from kam.ledgers.as_of import check_as_of, default_as_of, extent
from kam.ledgers.contract import TABLES
from kam.ledgers.exporting import export
from kam.ledgers.importing import import_files
from kam.ledgers.looking import (
    Look,
    Question,
    fitting_mappings,
    look_at,
    preview,
    rejects_to_come,
    shipped_mappings,
)
from kam.ledgers.mapping import Mapping, mapping_from, mapping_of, read_mapping, read_options
from kam.ledgers.merging import Merged, merge_accounts, merges, undo_merge
from kam.ledgers.options import ReadOptions
from kam.ledgers.rejects import rejects_file, write_rejects
from kam.ledgers.results import ImportResult
from kam.ledgers.rollup import bring_up_to_date, refresh
from kam.ledgers.undoing import import_number, import_record, imports, undo_import

__all__ = [
    "TABLES",
    "ImportResult",
    "Look",
    "Mapping",
    "Merged",
    "Question",
    "ReadOptions",
    "bring_up_to_date",
    "check_as_of",
    "default_as_of",
    "export",
    "extent",
    "fitting_mappings",
    "import_files",
    "import_number",
    "import_record",
    "imports",
    "look_at",
    "mapping_from",
    "mapping_of",
    "merge_accounts",
    "merges",
    "preview",
    "read_mapping",
    "read_options",
    "refresh",
    "rejects_file",
    "rejects_to_come",
    "shipped_mappings",
    "undo_import",
    "undo_merge",
    "write_rejects",
]
