"""Facts: what the company's records say, and the account-month roll-up that every reading starts from."""

from kam.ledgers.as_of import check_as_of, default_as_of, extent
from kam.ledgers.contract import TABLES
from kam.ledgers.exporting import export
from kam.ledgers.importing import import_files
from kam.ledgers.mapping import Mapping, mapping_from, read_mapping, read_options
from kam.ledgers.options import ReadOptions
from kam.ledgers.rejects import write_rejects
from kam.ledgers.results import ImportResult
from kam.ledgers.rollup import bring_up_to_date, refresh
from kam.ledgers.undoing import import_number, imports, undo_import

__all__ = [
    "TABLES",
    "ImportResult",
    "Mapping",
    "ReadOptions",
    "bring_up_to_date",
    "check_as_of",
    "default_as_of",
    "export",
    "extent",
    "import_files",
    "import_number",
    "imports",
    "mapping_from",
    "read_mapping",
    "read_options",
    "refresh",
    "undo_import",
    "write_rejects",
]
