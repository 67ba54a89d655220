"""How large a file may be. Beyond these the file is refused with a sentence; nothing was read into the database."""

from __future__ import annotations

# Bytes on disk, bytes once unpacked (gz, XLSX), and how far a packed file may expand.
LARGEST_FILE = 8 * 1024**3
LARGEST_UNPACKED = 16 * 1024**3
LARGEST_WORKBOOK_UNPACKED = 1024**3
STEEPEST_PACKING = 1000
# Columns of a file, characters of a cell that is kept to be shown, physical lines of one quoted record.
MOST_COLUMNS = 1000
LONGEST_CELL = 100_000
LONGEST_RECORD_LINES = 1000
