"""How a file is to be read, as far as a person has said it. What is not said is detected, or asked."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

DATE_STYLES = ("ymd", "dmy", "mdy", "yyyymmdd", "excel", "excel1904", "roc")
# What a person may call a delimiter, beside the character itself.
DELIMITER_NAMES = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "\\t": "\t",
    "pipe": "|",
    " ": "whitespace",
    "space": "whitespace",
}
DELIMITERS = (",", ";", "\t", "|", "whitespace", "fixed")


class ReadOptions(BaseModel):
    """The [read] part of a mapping, and the same options of the command line; None: not said.

    encoding: a Python codec name. delimiter: a character, `whitespace` (runs of blanks) or `fixed` (columns by
    position). header_row: the line the column names stand in, 0 for none. date_format: one of DATE_STYLES or a
    strptime pattern. decimal, thousands: the marks in numbers. sheet: a sheet's name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = Field(default=None, ge=0, le=1000)
    date_format: str | None = None
    decimal: Literal[".", ","] | None = None
    thousands: Literal[".", ",", " ", "'"] | None = None
    sheet: str | None = None

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str | None) -> str | None:
        import codecs

        if value is not None:
            try:
                codecs.lookup(value)
            except LookupError:
                raise ValueError(
                    f"{value} is not an encoding: use utf-8, utf-16, cp1252, big5, gb18030 or another that Python knows"
                ) from None
        return value

    @field_validator("delimiter")
    @classmethod
    def _known_delimiter(cls, value: str | None) -> str | None:
        if value is None:
            return None
        value = DELIMITER_NAMES.get(value, value)
        if value not in DELIMITERS:
            raise ValueError(f"{value!r} is not a delimiter: use , ; tab | whitespace or fixed")
        return value

    @field_validator("date_format")
    @classmethod
    def _known_date_format(cls, value: str | None) -> str | None:
        if value is not None and value not in DATE_STYLES and "%" not in value:
            raise ValueError(
                f"{value} is not a date format: use {', '.join(DATE_STYLES)} or a pattern such as %d/%m/%Y"
            )
        return value

    @model_validator(mode="after")
    def _marks_differ(self) -> ReadOptions:
        if self.decimal is not None and self.decimal == self.thousands:
            raise ValueError("the decimal mark and the thousands mark are the same")
        return self

    def over(self, other: ReadOptions) -> ReadOptions:
        """These options; where one is not said, the other's."""
        said = other.model_dump(exclude_none=True) | self.model_dump(exclude_none=True)
        return ReadOptions(**said)

    @property
    def decimal_mark(self) -> str | None:
        """The decimal mark, said or following from the thousands mark."""
        if self.decimal is None and self.thousands in (".", ","):
            return "," if self.thousands == "." else "."
        return self.decimal
