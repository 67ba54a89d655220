"""Which encoding a text file is in, where it does not say so itself."""

from __future__ import annotations

import re

# Byte-order marks, longest first.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def from_mark(head: bytes) -> str | None:
    """The encoding a byte-order mark names, or None."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def detected(head: bytes, beyond_ascii: bytes, *, is_utf8: bool) -> str:
    """The most probable encoding of a file by its first bytes and its first lines with bytes beyond ASCII.

    is_utf8: whether the whole file is valid UTF-8.

    Chinese encodings share their byte range; the right one is that whose characters are the frequent ones
    (both standards order the frequent characters first), and Western text shows single high bytes between letters.
    """
    if marked := from_mark(head):
        return marked
    if sideways := _utf_16_without_mark(head):
        return sideways
    if is_utf8:
        return "utf-8"
    chinese = {name: _chinese_share(beyond_ascii, name) for name in ("gb18030", "big5")}
    best = max(chinese, key=chinese.get)
    if chinese[best] > 0.6:
        return best
    return _western_or_else(beyond_ascii)


def _utf_16_without_mark(sample: bytes) -> str | None:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(len(sample) // 2, 1)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _chinese_share(sample: bytes, encoding: str) -> float:
    """Of the high bytes, the share that makes frequent Chinese characters in this encoding; 0 where it is invalid."""
    high = len(re.findall(rb"[\x80-\xff]", sample))
    try:
        sample.decode(encoding)
    except UnicodeDecodeError as error:
        # A sample may end inside a character.
        if error.start < len(sample) - 4:
            return 0.0
    frequent = rb"[\xb0-\xd7][\xa1-\xfe]" if encoding == "gb18030" else rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]"
    signs = rb"[\xa1-\xa3][\x40-\x7e\xa1-\xfe]"
    pairs = re.findall(rb"[\x81-\xfe][\x30-\x7e\x80-\xfe]", sample)
    good = sum(1 for pair in pairs if re.fullmatch(frequent, pair) or re.fullmatch(signs, pair))
    # In Western text the second byte is mostly an ASCII letter: é followed by t.
    with_letters = sum(1 for pair in pairs if pair[1] < 0x80)
    if encoding == "gb18030" and with_letters > 0.3 * max(len(pairs), 1):
        return 0.0
    whole = sum(1 for pair in pairs if pair[1] >= 0x80)
    if encoding == "big5" and pairs and whole == 0:
        return 0.0
    return 2 * good / max(high + with_letters, 1) if high else 0.0


def _western_or_else(sample: bytes) -> str:
    """CP1252, unless the bytes are none of it; then what the library takes them for."""
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        return best.encoding if best is not None else "cp1252"
    return "cp1252"
