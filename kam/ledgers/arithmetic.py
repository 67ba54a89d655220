"""The arithmetic of a mapping: products, sums and differences of columns and numbers, with parentheses.

A recursive-descent parser over that whitelist; nothing is ever evaluated as code.

    sum     = product { ("+" | "-") product }
    product = factor { "*" factor }
    factor  = number | word | "quoted name" | "-" factor | "(" sum ")"
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kam.errors import BadInput
from kam.words import _

_TOKEN = re.compile(
    r'\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)(?![\w.])|"(?P<quoted>(?:[^"]|"")+)"|(?P<word>[^\W\d]\w*)|(?P<mark>[-+*()]))'
)
_DEEPEST = 50


@dataclass(frozen=True)
class Name:
    """A column of the file."""

    name: str


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: Decimal


@dataclass(frozen=True)
class Operation:
    """left operator right; operator: one of + - *."""

    operator: str
    left: Term
    right: Term


Term = Name | Number | Operation


def parsed(text: str) -> Term:
    """The tree of an arithmetic text. Raises BadInput for anything but the grammar above."""
    return _Parser(text).whole()


def names(term: Term) -> list[str]:
    """The columns a term reads, in order."""
    if isinstance(term, Name):
        return [term.name]
    if isinstance(term, Operation):
        return names(term.left) + names(term.right)
    return []


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens()
        self.at = 0

    def _tokens(self) -> list[tuple[str, str]]:
        found, position = [], 0
        while self.text[position:].strip():
            match = _TOKEN.match(self.text, position)
            if not match:
                raise self._wrong(self.text[position:].strip()[:20])
            found.append((match.lastgroup, match[match.lastgroup]))
            position = match.end()
        return found

    def whole(self) -> Term:
        term = self._sum(0)
        if self.at < len(self.tokens):
            raise self._wrong(self.tokens[self.at][1])
        return term

    def _sum(self, depth: int) -> Term:
        left = self._product(depth)
        while self._next_is("+", "-"):
            operator = self._take()[1]
            left = Operation(operator, left, self._product(depth))
        return left

    def _product(self, depth: int) -> Term:
        left = self._factor(depth)
        while self._next_is("*"):
            self._take()
            left = Operation("*", left, self._factor(depth))
        return left

    def _factor(self, depth: int) -> Term:
        if self.at >= len(self.tokens) or depth > _DEEPEST:
            raise self._wrong(_("the end"))
        kind, value = self._take()
        if kind == "number":
            return Number(Decimal(value))
        if kind == "word":
            return Name(value)
        if kind == "quoted":
            return Name(value.replace('""', '"'))
        if value == "-":
            return Operation("-", Number(Decimal(0)), self._factor(depth + 1))
        if value == "(":
            inner = self._sum(depth + 1)
            if not self._next_is(")"):
                raise self._wrong(_("a missing )"))
            self._take()
            return inner
        raise self._wrong(value)

    def _next_is(self, *marks: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][0] == "mark" and self.tokens[self.at][1] in marks

    def _take(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def _wrong(self, found: str) -> BadInput:
        return BadInput(
            _("{text} cannot be worked out at {found}: write columns and numbers with + - * and parentheses.").format(
                text=repr(self.text), found=found
            ),
            reason="bad_mapping",
        )
