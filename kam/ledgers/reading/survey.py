"""One pass over the bytes of a text file: what decides how it can be read without losing a line."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 4 * 1024 * 1024
# Control characters but tab, line feed and carriage return.
_CONTROL = bytes(c for c in range(32) if c not in (9, 10, 13)) + b"\x7f"
_ORDINARY = bytes(set(range(256)) - set(_CONTROL))
# What a cell may hold that has to be looked at: blanks around it, an apostrophe, a number sign, an exponent.
MARKS = frozenset({"padding", "apostrophe", "number sign", "exponent"})
_LONGEST_MARK = 8
# Blanks beyond ASCII, and the mark that some programs put before a text.
_WIDE = tuple(sign.encode() for sign in "\u00a0\u3000\ufeff")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_MOST_SAMPLED = 128 * 1024


@dataclass(frozen=True)
class Survey:
    """What stands in the bytes. line_count: physical lines as an editor counts them, where line ends are uniform.

    is_utf8: valid UTF-8 (ASCII included). has_uniform_ends: every line ends in LF, or every line in CR LF.
    beyond_ascii: the first lines with bytes beyond ASCII, which tell the encoding. marks: which of MARKS may occur
    in a cell; what no cell holds need not be looked for in each.
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
    marks: frozenset[str]


def surveyed(path: Path, delimiter: str = ",") -> Survey:
    """The survey of a file. delimiter: between its cells, as far as is known."""
    # The hash is worked out beside: it leaves the interpreter free meanwhile.
    with ThreadPoolExecutor(1) as beside:
        return _looked_through(path, delimiter, beside)


def _looked_through(path: Path, delimiter: str, beside: ThreadPoolExecutor) -> Survey:
    wanted = _tests(delimiter)
    digest, hashing = hashlib.sha256(), None
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = feeds = returns = pairs = 0
    is_utf8 = is_ascii = True
    has_control = has_quotes = False
    last = beyond = tail = b""
    marks: set[str] = set()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if hashing is not None:
                hashing.result()
            hashing = beside.submit(digest.update, chunk)
            size += len(chunk)
            feeds += chunk.count(b"\n")
            if b"\r" in chunk or last == b"\r":
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
            has_quotes = has_quotes or b'"' in chunk
            # A mark across the border of two chunks is seen with the last bytes of the first.
            seam = tail + chunk[:_LONGEST_MARK] if tail else b""
            looked_at = chunk[3:] if size == len(chunk) and chunk.startswith(b"\xef\xbb\xbf") else chunk
            for mark in [m for m, is_held in wanted.items() if is_held(looked_at) or is_held(seam)]:
                marks.add(mark)
                del wanted[mark]
            tail = chunk[-_LONGEST_MARK:]
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
    if hashing is not None:
        hashing.result()
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
        marks=frozenset(marks),
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


def _tests(delimiter: str) -> dict[str, Callable[[bytes], bool]]:
    """mark -> whether a cell that stands in these bytes may hold it."""
    return {
        "padding": _padding(delimiter),
        "apostrophe": lambda chunk: b"'" in chunk,
        "number sign": lambda chunk: b"#" in chunk,
        "exponent": lambda chunk: b"+" in chunk and (b"E+" in chunk or b"e+" in chunk),
    }


def _padding(delimiter: str) -> Callable[[bytes], bool]:
    blanks, edges = b" " if delimiter == "\t" else b" \t", delimiter.encode() + b'\n\r"'

    def is_padded(chunk: bytes) -> bool:
        if not chunk.isascii() and any(sign in chunk for sign in _WIDE):
            return True
        return any(_stands_beside(blank, edges, chunk) for blank in blanks if blank in chunk)

    return is_padded


def _stands_beside(blank: int, edges: bytes, chunk: bytes) -> bool:
    # Here: the command line does not wait for it. A search for each pair of bytes takes ten times as long where blanks are many.
    import numpy as np

    codes, is_edge = np.frombuffer(chunk, np.uint8), np.zeros(256, bool)
    is_edge[list(edges)] = True
    at = np.flatnonzero(codes == blank)
    beside = codes[np.concatenate([at[at > 0] - 1, at[at < len(codes) - 1] + 1])]
    return bool(is_edge[beside].any())
