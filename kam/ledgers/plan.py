"""From a mapping to expressions: how each column of a table follows from the cells of one file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from kam.ledgers import arithmetic
from kam.ledgers.contract import ACCOUNT_TEXTS, LONGEST_ID, LONGEST_TEXT, NUMERIC, Field
from kam.ledgers.file_plan import Check, FilePlan
from kam.ledgers.mapping import RowTest
from kam.ledgers.resolving import Resolved, Source, as_cell
from kam.ledgers.styles import Styles
from kam.store.expressions import Bound, Column, Expression, any_of, call
from kam.store.scans import native

# The kinds whose cells are read as text with nothing to decide.
_TEXTUAL = frozenset({"id", "text"})
# The kinds that take what a Parquet column carries as it is.
_TAKEN = {
    "money": "exact",
    "quantity": "exact",
    "factor": "exact",
    "integer": "exact",
    "date": "day",
    "boolean": "truth",
}
_BAD = {
    "money": "bad_number",
    "quantity": "bad_number",
    "factor": "bad_number",
    "number": "bad_number",
    "share": "bad_number",
    "integer": "bad_integer",
    "boolean": "bad_value",
    "currency": "bad_currency",
    "choice": "bad_value",
    "list": "bad_value",
}
_TOTALS_LOOKED_AT = 6
# What turns its sign on a credit note.
_SIGNED = ("quantity", "net_revenue", "list_revenue", "cogs")
# Columns whose suspicion looks at columns that stand after them in the contract.
_WORKED_OUT_LAST = frozenset({"net_revenue"})


def planned(wanted: Resolved, source: Source, styles: Styles, *, today: date | None, makes_accounts: bool) -> FilePlan:
    """The expressions of one file. today: dates of what has happened may not lie after it (None: any may)."""
    return _Planner(wanted, source, styles, today).plan(makes_accounts=makes_accounts)


class _Planner:
    def __init__(self, wanted: Resolved, source: Source, styles: Styles, today: date | None) -> None:
        self.wanted, self.source, self.styles, self.today = wanted, source, styles, today
        self.made = FilePlan(styles=styles)

    def plan(self, *, makes_accounts: bool) -> FilePlan:
        made, table = self.made, self.wanted.table
        made.left_out = any_of([self._meets(test) for test in self.wanted.leave_out])
        self._look_for_headings_and_totals()
        for entry in sorted(table.fields, key=lambda entry: entry.name in _WORKED_OUT_LAST):
            made.values[entry.name] = (self._value(entry), entry.sql_type)
        if "unit_price" in self.wanted.terms or "unit_price" in self.wanted.constants:
            self._net_revenue_of_price()
        if self.wanted.negate:
            self._less_where_credited()
        if self.wanted.classify:
            self._name_kinds()
        if "scale_points" in made.column_of:
            self._hold_to_scale()
        if makes_accounts and table.has_account:
            for name in ACCOUNT_TEXTS:
                heading = self.wanted.account.get(name)
                made.values[f"made_{name}"] = (self._text(heading) if heading else None, "varchar")
        made.mapped = [f.name for f in table.stored if made.values[f.name][0] is not None]
        made.required = tuple(f.name for f in table.fields if f.is_required)
        made.values["left_out"] = (made.left_out, "boolean")
        made.values["suspect"] = (any_of(made.suspects), "boolean")
        return made

    # -- cells --------------------------------------------------------------------------------------

    def _kept(self, layer: int, name: str, expression: Expression) -> Expression:
        """A helper for an expression that is more than a column."""
        if isinstance(expression, Column):
            return expression
        self.made.helpers[layer][name] = expression
        return Column(name)

    def _cell(self, heading: str) -> Expression:
        """The trimmed cell, typed cells of a workbook with their mark."""
        column = Column(self.source.columns[heading])
        return call("cell", column) if "padding" in self.source.marks else column

    def _raw(self, heading: str) -> Expression:
        """The same, worked out once."""
        return self._kept(0, f"{self.source.columns[heading]}_cell", self._cell(heading))

    def _number(self, heading: str) -> Expression:
        """A cell as the plain text of a number."""
        raw = self._raw(heading)
        return self._kept(1, f"{self.source.columns[heading]}_number", self.styles.number(heading, raw))

    def _day(self, heading: str) -> Expression:
        """A cell as a day."""
        day = self.styles.day(heading, self._raw(heading))
        if self.styles.is_quick_day(heading):
            return day
        return self._kept(1, f"{self.source.columns[heading]}_day", day)

    def _is_plain(self, heading: str) -> Expression | None:
        """Whether a cell is text that needs no second look, nor trimming: nearly all are, and that is told at once.

        None where the file's survey has told that for the whole file already, and for cells of a workbook.
        """
        column = self.source.columns[heading]
        if self.source.is_sheet or "padding" not in self.source.marks:
            return None
        return self._kept(0, f"{column}_is_plain", call("is_plain_text", Column(column)))

    def _unless_plain(self, heading: str, otherwise: Expression, plain: Expression | Any) -> Expression:
        is_plain = self._is_plain(heading)
        return otherwise if is_plain is None else call("chosen_if", is_plain, plain, otherwise)

    def _text(self, heading: str) -> Expression:
        cell = call("untyped", Column(self.source.columns[heading])) if self.source.is_sheet else self._cell(heading)
        is_guarded = self.source.is_guarded and "apostrophe" in self.source.marks
        return call("unguarded", cell) if is_guarded else cell

    def _shown(self, heading: str) -> Expression:
        return call("untyped", Column(self.source.columns[heading]))

    def _meets(self, test: RowTest) -> Expression:
        text = self._text(self.source.heading(test.column))
        if test.missing:
            return call("is_absent", text)
        if test.starts_with is not None:
            return call("begins_with", text, test.starts_with)
        words = [test.equals] if test.equals is not None else test.one_of
        return call("is_one_of", text, [as_cell(word) for word in words])

    def _look_for_headings_and_totals(self) -> None:
        direct = [
            (term.name, self.wanted.table.field(target))
            for target, term in self.wanted.terms.items()
            if isinstance(term, arithmetic.Name)
        ]
        required = [heading for heading, entry in direct if entry.is_required]
        if required:
            # Not as helpers: where text is plain, they are not looked at.
            repeated = [call("equals", self._cell(heading), heading.strip()) for heading in required[:2]]
            test = repeated[0] if len(repeated) == 1 else call("each", *repeated)
            column = Column(self.source.columns[required[0]])
            self.made.suspects.append(
                self._unless_plain(required[0], test, call("equals", column, required[0].strip()))
            )
            self.made.checks.append(Check(required[0], self._shown(required[0]), call("reason_if", test, "header_row")))
        lacking = any_of([call("is_absent", self._raw(heading)) for heading in required])
        begins: Expression | None = None
        for heading in list(self.source.columns)[:_TOTALS_LOOKED_AT]:
            begins = self._raw(heading) if begins is None else call("first_known", begins, self._raw(heading))
        if begins is not None and required:
            first = next(iter(self.source.columns))
            is_total = call("each", lacking, call("opens_with_total", begins))
            self.made.checks.append(Check(first, begins, call("reason_if", is_total, "total_row")))

    # -- values -------------------------------------------------------------------------------------

    def _value(self, entry: Field) -> Expression | None:
        if entry.name in self.wanted.constants:
            return self._constant(entry, self.wanted.constants[entry.name])
        term = self.wanted.terms.get(entry.name)
        if term is None:
            return None
        if isinstance(term, arithmetic.Name):
            self.made.column_of[entry.name] = term.name
            return self._direct(entry, term.name)
        return self._worked_out(entry, term)

    def _constant(self, entry: Field, text: str) -> Expression:
        self.made.column_of[entry.name] = entry.name
        cell = self._kept(0, f"{entry.name}_said", call("cell", text))
        number = day = cell
        if entry.kind in NUMERIC:
            number = self._kept(1, f"{entry.name}_number", call("number_text", cell, "."))
        elif entry.kind == "date":
            day = self._kept(1, f"{entry.name}_day", call("day_of", cell, "", ""))
        value = self._read(entry, cell, number=number, day=day)
        self._look_again(entry, entry.name, cell, cell, value, number)
        return value

    def _direct(self, entry: Field, heading: str) -> Expression:
        raw = self._raw(heading)
        if entry.kind in _TEXTUAL:
            return self._direct_text(entry, heading)
        column = self.source.columns[heading]
        carried = self.source.carried.get(column)
        if carried is not None and carried == _TAKEN.get(entry.kind):
            return self._carried(entry, heading, raw)
        cell, number, day = raw, raw, raw
        if entry.kind == "date":
            day = self._day(heading)
        elif entry.kind in NUMERIC:
            number = self._number(heading)
        else:
            cell = self._kept(0, f"{self.source.columns[heading]}_text", self._text(heading))
        value = self._read(entry, cell, number=number, day=day, heading=heading)
        self._look_again(entry, heading, self._shown(heading), raw, value, number)
        if entry.kind in NUMERIC and (odd := self.styles.odd_number(heading, raw)) is not None:
            self.made.suspects.append(odd)
        return value

    def _carried(self, entry: Field, heading: str, raw: Expression) -> Expression:
        """What the file carries as a value of the kind: taken as it is, its text made for the rows looked at again only."""
        held = Column(native(self.source.columns[heading]))
        value = call(f"as_{entry.kind}", held)
        self._look_again(entry, heading, self._shown(heading), held, value, raw, shown_raw=raw)
        return value

    def _direct_text(self, entry: Field, heading: str) -> Expression:
        raw, text = self._cell(heading), self._text(heading)
        column = Column(self.source.columns[heading])
        longest = LONGEST_ID if entry.kind == "id" else LONGEST_TEXT
        reason = "id_reason" if entry.kind == "id" else "text_reason"
        seldom: list[Expression] = []
        if "number sign" in self.source.marks:
            seldom.append(call("begins_with", raw, "#"))
        if self.source.is_sheet:
            seldom.append(call("is_typed", raw))
        if self.source.has_control:
            seldom.append(call("holds_control", raw))
        if entry.kind == "id":
            if "exponent" in self.source.marks or self.source.is_sheet:
                seldom.append(call("has_exponent", raw))
            self.made.suspects.append(
                self._unless_plain(heading, call("ends_like_float", raw), call("ends_like_float", column))
            )
        if seldom:
            self.made.suspects.append(self._unless_plain(heading, any_of(seldom), False))
        self.made.suspects.append(call("longer_than", column, longest))
        if entry.is_required:
            self.made.suspects.append(call("absent", Column(entry.name)))
        value = self._unless_plain(heading, text, column)
        if entry.kind == "id":
            if self.styles.is_float_id(heading):
                value = call("whole_id", value)
            if entry.name == "account_id" and self.wanted.takes_first_id:
                value = call("first_of_several", value)
        self.made.checks.append(Check(heading, self._shown(heading), call(reason, raw, entry.is_required, longest)))
        return value

    def _worked_out(self, entry: Field, term: arithmetic.Term) -> Expression:
        operands = list(dict.fromkeys(arithmetic.names(term)))
        self.made.column_of[entry.name] = ", ".join(operands)
        shown: Expression = Bound(None)
        for number, heading in enumerate(operands):
            raw = self._raw(heading)
            text = self._number(heading)
            shown = self._shown(heading) if number == 0 else call("joined_text", shown, self._shown(heading))
            reason = call("number_reason", raw, call("factor_of", text), text, entry.is_required, "bad_number")
            self.made.checks.append(Check(heading, self._shown(heading), reason))
            if (odd := self.styles.odd_number(heading, raw)) is not None:
                self.made.suspects.append(odd)
            if not entry.is_required:
                self.made.suspects.append(call("unread", raw, call("factor_of", text)))
        value = call(f"as_{entry.kind}", self._term_value(term))
        if entry.is_required:
            self.made.suspects.append(call("absent", Column(entry.name)))
            read = [call("factor_of", self._number(heading)) for heading in operands]
            complete = call("opposite", any_of([call("is_absent", operand) for operand in read]))
            overflow = call("reason_if", call("each", complete, call("is_absent", value)), "out_of_range")
            self.made.checks.append(Check(self.made.column_of[entry.name], shown, overflow))
        self._look_at_range(entry, self.made.column_of[entry.name], shown, value)
        return value

    def _term_value(self, term: arithmetic.Term) -> Expression:
        if isinstance(term, arithmetic.Name):
            return call("factor_of", self._number(term.name))
        if isinstance(term, arithmetic.Number):
            return call("as_factor", str(term.value))
        function = {"*": "times", "+": "plus", "-": "minus"}[term.operator]
        return call(function, self._term_value(term.left), self._term_value(term.right))

    def _net_revenue_of_price(self) -> None:
        """net_revenue = round(quantity × unit_price, 2) where the file has no amount of its own."""
        product = call("as_money", call("times", Column("quantity"), Column("unit_price")))
        own = self.made.values["net_revenue"][0]
        kind = self.made.values["net_revenue"][1]
        self.made.values["net_revenue"] = (product if own is None else call("first_known", own, product), kind)
        if own is None:
            price = self.made.column_of["unit_price"]
            self.made.column_of["net_revenue"] = price
            self.made.suspects.append(call("absent", Column("net_revenue")))

    def _less_where_credited(self) -> None:
        """Quantity and amounts of credit notes, which the file writes without their sign."""
        is_credit = any_of([self._meets(test) for test in self.wanted.negate])
        for name in _SIGNED:
            value, kind = self.made.values[name]
            if value is not None:
                self.made.values[name] = (call("less_if", is_credit, value), kind)

    def _name_kinds(self) -> None:
        """What kind a line is and whether it is revenue: by the first rule it meets, else as the file says."""
        kind, kind_type = self.made.values["line_kind"]
        counts, counts_type = self.made.values["is_revenue"]
        kind, counts = kind or Bound(None), counts or Bound(None)
        for rule in reversed(self.wanted.classify):
            test = self._meets(rule)
            kind = call("chosen_if", test, rule.kind.strip(), kind)
            counts = call("chosen_if", test, rule.in_revenue, counts)
        self.made.values["line_kind"] = (kind, kind_type)
        self.made.values["is_revenue"] = (counts, counts_type)

    def _hold_to_scale(self) -> None:
        """Answers lie on the scale that the file or the mapping names."""
        scale = self.made.values["scale_points"][0]
        for name in ("importance", "performance"):
            answer, column = self.made.values[name][0], self.made.column_of.get(name)
            if column is not None:
                self.made.suspects.append(call("exceeds", Column(name), Column("scale_points")))
                beyond = call("reason_if", call("exceeds", answer, scale), "out_of_range")
                self.made.checks.append(Check(column, call("as_text", answer), beyond))

    def _read(
        self, entry: Field, cell: Expression, *, number: Expression, day: Expression, heading: str = ""
    ) -> Expression:
        """A cell as a value of the column's kind; null where it is missing or cannot be read."""
        readers: dict[str, Callable[[], Expression]] = {
            "id": lambda: cell,
            "text": lambda: cell,
            "date": lambda: day,
            "currency": lambda: call("currency_of", cell),
            "choice": lambda: call("choice_of", cell, list(entry.choices)),
            "list": lambda: call("words_of", cell),
            "boolean": lambda: call("yes_or_no", cell),
            "share": lambda: call("share_of", cell, self.styles.mark(heading), "%" in heading),
        }
        return readers.get(entry.kind, lambda: call(f"{entry.kind}_of", number))()

    def _look_again(
        self,
        entry: Field,
        column: str,
        shown: Expression,
        raw: Expression,
        value: Expression,
        number: Expression,
        *,
        shown_raw: Expression | None = None,
    ) -> None:
        """Suspect the rows whose cell is missing where it is required, unreadable or out of range; say why.

        shown_raw: the cell as text, where raw is not.
        """
        held = Column(entry.name)
        self.made.suspects.append(call("absent", held) if entry.is_required else call("unread", raw, held))
        raw = raw if shown_raw is None else shown_raw
        if entry.kind == "currency":
            self.made.suspects.append(call("equals", held, "???"))
        is_price_only = entry.name == "net_revenue" and "unit_price" in self.wanted.terms
        is_required = entry.is_required and not is_price_only
        if entry.kind == "date":
            reason = call("date_reason", raw, value, is_required)
        elif entry.kind == "share":
            reason = call("number_reason", raw, value, raw, is_required, "bad_number")
        elif entry.kind in NUMERIC:
            reason = call("number_reason", raw, value, number, is_required, _BAD[entry.kind])
        elif entry.kind == "list":
            reason = call("text_reason", raw, is_required, LONGEST_TEXT)
        else:
            text = call("yes_or_no", raw) if entry.kind == "boolean" else value
            reason = call("word_reason", raw, call("as_text", text), is_required, _BAD[entry.kind])
        self.made.checks.append(Check(column, shown, reason))
        self._look_at_range(entry, column, shown, value)
        if entry.is_past and self.today is not None:
            self.made.suspects.append(call("later_than", held, self.today))
            self.made.checks.append(Check(column, shown, call("future_reason", value, self.today)))
        if entry.kind == "date":
            self.made.suspects.append(call("later_than", date(1800, 1, 1), held))

    def _look_at_range(self, entry: Field, column: str, shown: Expression, value: Expression) -> None:
        if entry.lowest is None and entry.highest is None:
            return
        lowest = entry.lowest if entry.lowest is not None else -1e300
        highest = entry.highest if entry.highest is not None else 1e300
        self.made.suspects.append(call("beyond", call("as_number", Column(entry.name)), lowest, highest))
        reason = call("range_reason", call("as_number", value), lowest, highest)
        self.made.checks.append(Check(column, shown, reason))
