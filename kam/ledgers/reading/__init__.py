"""Files as tables of text: what a file is (format, encoding, delimiter, header row), and its rows with their lines.

Nothing here knows the tables of the workbench; a caller says which row looks like a header.
"""

from kam.ledgers.reading.opened import Opened, open_file

__all__ = ["Opened", "open_file"]
