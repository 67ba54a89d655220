"""Facts: what the company's records say, and the account-month roll-up that every reading starts from."""

from kam.ledgers.as_of import check_as_of, default_as_of, extent
from kam.ledgers.contract import TABLES
from kam.ledgers.exporting import export, exported
from kam.ledgers.headers import similar as similar_headings
from kam.ledgers.hierarchy import link_parent
from kam.ledgers.importing import import_files
from kam.ledgers.inbox import (
    Taken,
    add_inbox_rule,
    end_inbox_rule,
    inbox_folder,
    inbox_rules,
    take_in,
    taken_files,
    waiting_files,
)
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
from kam.ledgers.parties import parties
from kam.ledgers.rejects import rejects_file, write_rejects
from kam.ledgers.results import ImportResult
from kam.ledgers.rollup import bring_up_to_date, refresh
from kam.ledgers.saved_mappings import SavedMapping, forget_mapping, save_mapping, saved_mapping, saved_mappings
from kam.ledgers.templates import template, template_notes, write_template
from kam.ledgers.undoing import import_number, import_record, imports, undo_import
from kam.ledgers.watching import Watcher

__all__ = [
    "TABLES",
    "ImportResult",
    "Look",
    "Mapping",
    "Merged",
    "Question",
    "ReadOptions",
    "SavedMapping",
    "Taken",
    "Watcher",
    "add_inbox_rule",
    "bring_up_to_date",
    "check_as_of",
    "default_as_of",
    "end_inbox_rule",
    "export",
    "exported",
    "extent",
    "fitting_mappings",
    "forget_mapping",
    "import_files",
    "import_number",
    "import_record",
    "imports",
    "inbox_folder",
    "inbox_rules",
    "link_parent",
    "look_at",
    "mapping_from",
    "mapping_of",
    "merge_accounts",
    "merges",
    "parties",
    "preview",
    "read_mapping",
    "read_options",
    "refresh",
    "rejects_file",
    "rejects_to_come",
    "save_mapping",
    "saved_mapping",
    "saved_mappings",
    "shipped_mappings",
    "similar_headings",
    "take_in",
    "taken_files",
    "template",
    "template_notes",
    "undo_import",
    "undo_merge",
    "waiting_files",
    "write_rejects",
    "write_template",
]
