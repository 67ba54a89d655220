"""One pass over the bytes of a text file: what decides how it can be read without losing a line."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 4 * 1024 * 1024
# Control characters but tab, line feed and carriage return.
_CONTROL = bytes(c for c in range(32) if c not in (9, 10, 13)) + b"\x7f"
_ORDINARY = bytes(set(range(256)) - set(_CONTROL))
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_MOST_SAMPLED = 128 * 1024


@dataclass(frozen=True)
class Survey:
    """What stands in the bytes. line_count: physical lines as an editor counts them, where line ends are uniform.

    is_utf8: valid UTF-8 (ASCII included). has_uniform_ends: every line ends in LF, or every line in CR LF.
    beyond_ascii: the first lines with bytes beyond ASCII, which tell the encoding.
    """

    hash: str
    size: int
    is_utf8: bool
    is_ascii: bool
    has_control: bool
    has_quotes: bool
    has_uniform_ends: bool
    line_count: int
    beyond_ascii: bytes


def surveyed(path: Path) -> Survey:
    """The survey of a file."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = feeds = returns = pairs = 0
    is_utf8 = is_ascii = True
    has_control = has_quotes = False
    last = beyond = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            feeds += chunk.count(b"\n")
            if b"\r" in chunk or last == b"\r":
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
            has_quotes = has_quotes or b'"' in chunk
            has_control = has_control or bool(chunk.translate(None, _ORDINARY))
            if len(beyond) < _MOST_SAMPLED and not chunk.isascii():
                beyond += _lines_beyond_ascii(chunk)
            if is_utf8 and not (is_ascii and chunk.isascii()):
                is_ascii = False
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
            last = chunk[-1:]
    if is_utf8 and not is_ascii:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    return Survey(
        hash=digest.hexdigest(),
        size=size,
        is_utf8=is_utf8,
        is_ascii=is_ascii,
        has_control=has_control,
        has_quotes=has_quotes,
        has_uniform_ends=returns == pairs and pairs in (0, feeds),
        line_count=feeds + (size > 0 and last != b"\n"),
        beyond_ascii=beyond,
    )


def _lines_beyond_ascii(chunk: bytes) -> bytes:
    """The lines of a chunk that hold a byte beyond ASCII, up to a sample's size."""
    found, position = b"", 0
    while len(found) < _MOST_SAMPLED and (high := _BEYOND_ASCII.search(chunk, position)):
        start = chunk.rfind(b"\n", 0, high.start()) + 1
        end = chunk.find(b"\n", high.start()) + 1 or len(chunk)
        found += chunk[start : min(end, start + 2000)]
        position = end
    return found
