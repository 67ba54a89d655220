"""What leaves the workbench as a file for people: presentations, printed pages, calendar entries, workbooks.

presentation.Deck is the kernel for every deck (python-pptx, native charts); page.Page for what is printed; calendar and
workbook write their formats. The rest puts one capability's readings into them. Nothing here reads the store.
"""

from kam.documents.calendar import CALENDAR_MIME, Entry, calendar
from kam.documents.date_entries import date_entries
from kam.documents.page import PAGE_MIME, Page, page_style
from kam.documents.presentation import PRESENTATION_MIME, Deck
from kam.documents.sponsor_brief import brief_page, visit_entries
from kam.documents.sponsorship_overview import overview_deck, overview_workbook
from kam.documents.workbook import WORKBOOK_MIME, Sheet, workbook

__all__ = [
    "CALENDAR_MIME",
    "PAGE_MIME",
    "PRESENTATION_MIME",
    "WORKBOOK_MIME",
    "Deck",
    "Entry",
    "Page",
    "Sheet",
    "brief_page",
    "calendar",
    "date_entries",
    "overview_deck",
    "overview_workbook",
    "page_style",
    "visit_entries",
    "workbook",
]
