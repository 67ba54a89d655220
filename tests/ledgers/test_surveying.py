"""What the bytes of a file tell before it is read, and single lines of it fetched by their numbers."""

from __future__ import annotations

import itertools
import random

import pytest

from kam.ledgers.reading import survey
from kam.store import excerpts

_PIECES = [
    b"a",
    b"7",
    b" ",
    b"\t",
    b",",
    b";",
    b"\n",
    b"\r\n",
    b'"',
    b"'",
    b"#",
    b"E+",
    b"+",
    b"\xc2\xa0",
    b"\xe3\x80\x80",
    b"\xe4",
]


def _slowly(data: bytes, delimiter: str) -> set[str]:
    """The marks by looking at every pair of bytes."""
    edges, found = {delimiter.encode(), b"\n", b"\r", b'"'}, set()
    blanks = {b" ", b"\t"} - {delimiter.encode()}
    for left, right in itertools.pairwise(data):
        pair = {bytes([left]), bytes([right])}
        if pair & blanks and pair & edges:
            found.add("padding")
    if any(sign.encode() in data for sign in "\u00a0\u3000\ufeff"):
        found.add("padding")
    found |= {mark for mark, sign in (("apostrophe", b"'"), ("number sign", b"#")) if sign in data}
    return found | ({"exponent"} if b"E+" in data or b"e+" in data else set())


@pytest.mark.parametrize("chunk", [8, 64])
def test_the_marks_are_those_of_the_bytes_wherever_a_chunk_ends(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr(survey, "_CHUNK", chunk)
    drawn, path = random.Random(chunk), tmp_path / "bytes"
    seen = set()
    for _each in range(1_500):
        weights = [drawn.choice((0.02, 1)) for _piece in _PIECES]
        data = b"".join(drawn.choices(_PIECES, weights, k=drawn.randint(0, 40)))
        path.write_bytes(data)
        for delimiter in (",", ";", "\t"):
            marks = survey.surveyed(path, delimiter).marks
            assert marks == _slowly(data, delimiter), (data, delimiter)
            seen.add(marks)
    assert len(seen) == 16


@pytest.mark.parametrize("chunk", [1, 7, 64])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [b"", b"the last"])
def test_lines_are_fetched_by_their_numbers(tmp_path, monkeypatch, chunk, end, last):
    monkeypatch.setattr(excerpts, "_CHUNK", chunk)
    source, target = tmp_path / "all", tmp_path / "some"
    lines = [b"", b"a", b"bb" * 20, b"c,d", b"", b"e"]
    source.write_bytes(b"".join(line + end for line in lines) + last)
    held = [line + end for line in lines] + ([last + b"\n"] if last else [])
    drawn = random.Random(1)
    for _each in range(60):
        wanted = sorted(drawn.sample(range(1, len(held) + 1), drawn.randint(0, len(held))))
        excerpts.copy_lines(source, wanted, target)
        assert target.read_bytes() == b"".join(held[number - 1] for number in wanted)
