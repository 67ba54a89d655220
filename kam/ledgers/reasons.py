"""Why a row is rejected, in a sentence: what is wrong and what would be right."""

from __future__ import annotations

from kam.words import _

MESSAGES = {
    "missing": _("A required value is missing: fill it in."),
    "bad_number": _("This is not a number: write it with digits and one decimal mark."),
    "not_finite": _("This is not a finite number: fill in the value."),
    "out_of_range": _("The value lies outside the range of this column: check it."),
    "bad_date": _("This is not a date in the file's way of writing dates: write it as 2026-01-31."),
    "future_date": _("The date lies in the future: check it."),
    "ambiguous": _("The value can be read in two ways: say which."),
    "duplicate_key": _("An earlier row of the file has the same key: keep one of them."),
    "unknown_account": _("The account master lacks this account: import it first, or make accounts from the ledger."),
    "unknown_parent": _("The row above it in the hierarchy is not there: import it first, or with this file."),
    "cycle": _("The hierarchy would go in a circle: correct the parent."),
    "bad_currency": _("This is not a currency code: write three letters such as EUR."),
    "missing_rate": _("There is no exchange rate for this currency on or before this day: import the rate first."),
    "ragged": _("The row has more or fewer cells than the header: check its delimiters and quotes."),
    "header_row": _("This is the header again, not a row: delete it."),
    "total_row": _("This is a total, not a row: delete it."),
    "control_char": _("The cell holds a control character: type it again."),
    "too_long": _("The cell is longer than this column may hold: shorten it."),
    "formula": _("The cell is a formula without a stored value: open the workbook, calculate, and save it."),
    "excel_error": _("The cell is a spreadsheet error: correct it in the workbook."),
    "mangled_id": _("A spreadsheet turned this id into a number or date: write the id as text."),
    "bad_integer": _("This is not a whole number."),
    "encoding": _("The row does not fit the file's encoding: name the right encoding."),
    "quote": _("A quote opens here and does not close properly: close it, or double it inside text."),
    "erased": _("This person's data were erased on request: remove the row from the file."),
    "unreadable": _("The row cannot be read."),
    "bad_value": _("The word is not one that this column may hold: see the data contract."),
}
