"""What leaves the workbench as a file for people: presentations, printed pages, calendar entries, workbooks.

presentation.Deck is the kernel for every deck (python-pptx, native charts); page.Page for what is printed; calendar and
workbook write their formats. The rest puts one capability's readings into them. Nothing here reads the store.
"""

from kam.documents.calendar import Entry, calendar
from kam.documents.page import Page
from kam.documents.presentation import Deck
from kam.documents.sponsor_brief import brief_page, visit_entries
from kam.documents.sponsorship_overview import overview_deck, overview_workbook
from kam.documents.workbook import Sheet, workbook

__all__ = [
    "Deck",
    "Entry",
    "Page",
    "Sheet",
    "brief_page",
    "calendar",
    "overview_deck",
    "overview_workbook",
    "visit_entries",
    "workbook",
]
