"""Which encoding a text file is in, where it does not say so itself."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

# Byte-order marks, longest first.
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

_COPIED_AT_ONCE = 4 * 1024 * 1024

# Where text is not in Latin letters: what may be meant.
_OF_OTHER_SCRIPTS = ["cp1251", "koi8_r", "cp1253", "cp949", "euc_jp"]
# £ ³ ¹ ¿ between letters, £ ¯ before one: Polish letters, read in the Western way.
_CENTRAL_EUROPEAN = re.compile(rb"[A-Za-z][\xa3\xb3\xb9\xbf][a-z]|(?:^|[\s,;\"])[\xa3\xaf][a-z\xf3]")
# ą ś ź (and capitals) as ISO 8859-2 has them, which Windows has elsewhere.
_OF_THE_STANDARD = re.compile(rb"[A-Za-z][\xb1\xb6\xbc]|[\xa6\xac\xb6\xbc][A-Za-z\xb1]")


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
    if wide := _wide_without_mark(head):
        return wide
    if is_utf8:
        return "utf-8"
    if neighbour := _japanese_or_korean(beyond_ascii):
        return neighbour
    chinese = {name: _chinese_share(beyond_ascii, name) for name in ("gb18030", "big5")}
    best = max(chinese, key=chinese.get)
    if chinese[best] > 0.6:
        return best
    return _western_or_else(beyond_ascii)


def _wide_without_mark(sample: bytes) -> str | None:
    """UTF-32 or UTF-16 by where the zero bytes of its ASCII characters stand."""
    zeros = [sample[at::4].count(0) / max(len(sample) // 4, 1) for at in range(4)]
    # The highest byte of a character is always zero, the next one nearly always.
    if min(zeros[2], zeros[3]) > 0.95 and zeros[0] < 0.05:
        return "utf-32-le"
    if min(zeros[0], zeros[1]) > 0.95 and zeros[3] < 0.05:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return None


def _chinese_share(sample: bytes, encoding: str) -> float:
    """Of the high bytes, the share that makes frequent Chinese characters in this encoding; 0 where it is invalid."""
    high = len(re.findall(rb"[\x80-\xff]", sample))
    if not _decodes(sample, encoding):
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


def _japanese_or_korean(sample: bytes) -> str | None:
    """Shift-JIS by its kana, which are no letters of any other; EUC-JP or EUC-KR, which share the byte range of GB18030, by
    what Chinese text lacks; None where it may be Chinese or Western.

    Japanese shows itself by its kana (rows 4 and 5); Korean by syllables only (rows 16 to 40), where Chinese characters
    would lie in rows 16 to 87: of a dozen, all in those by chance one time in 300.
    """
    high = len(re.findall(rb"[\x80-\xff]", sample))
    narrow = len(re.findall(rb"\x83[\x40-\x96]|\x82[\x9f-\xf1]", sample))
    if narrow >= 2 and narrow > 0.15 * high and _decodes(sample, "cp932"):
        return "cp932"
    pairs = re.findall(rb"[\xa1-\xfe][\xa1-\xfe]", sample)
    kana = sum(1 for pair in pairs if pair[0] in (0xA4, 0xA5))
    if pairs and kana > 0.15 * len(pairs) and _decodes(sample, "euc_jp"):
        return "euc_jp"
    written = [pair for pair in pairs if pair[0] >= 0xB0]
    if len(written) >= 12 and all(pair[0] <= 0xC8 for pair in written) and _decodes(sample, "cp949"):
        return "cp949"
    return None


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError as error:
        # A sample may end inside a character.
        return error.start >= len(sample) - 4
    return True


def _western_or_else(sample: bytes) -> str:
    """CP1252, unless the bytes are none of it; then what the library takes them for.

    Western text has its high bytes singly between ASCII letters, Greek, Cyrillic or Japanese text has them in runs.
    """
    high = len(re.findall(rb"[\x80-\xff]", sample))
    in_runs = sum(len(run) for run in re.findall(rb"[\x80-\xff]{3,}", sample))
    is_western = _decodes(sample, "cp1252")
    # Shift-JIS takes any Cyrillic capitals for its narrow kana; its other signs are none of CP1252.
    others = _OF_OTHER_SCRIPTS if is_western else [*_OF_OTHER_SCRIPTS, "cp932"]
    if high and in_runs > 0.6 * high and (found := _by_library(sample, others)):
        return found
    if _CENTRAL_EUROPEAN.search(sample) and _decodes(sample, "cp1250"):
        # The two differ in ą, ś and ź; Windows has letters among the bytes that the standard keeps free.
        is_standard = _OF_THE_STANDARD.search(sample) and not re.search(rb"[\x80-\x9f]", sample)
        return "iso8859_2" if is_standard else "cp1250"
    if is_western:
        return "cp1252"
    return _by_library(sample, None) or "cp1252"


def _by_library(sample: bytes, among: list[str] | None) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=among).best()
    return best.encoding if best is not None else None


def copied_as_utf_8(path: Path, encoding: str, folder: Path) -> Path | None:
    """A copy of a file in UTF-8, its line ends as they are; None where some of its bytes are no text in its encoding."""
    target = folder / f"utf-8-{len(list(folder.iterdir()))}.csv"
    try:
        with (
            path.open(encoding=encoding, newline="") as read,
            target.open("w", encoding="utf-8", newline="") as written,
        ):
            shutil.copyfileobj(read, written, _COPIED_AT_ONCE)
    except UnicodeError:
        target.unlink()
        return None
    return target
