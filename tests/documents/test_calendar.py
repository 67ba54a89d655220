"""Calendar files against the rules of RFC 5545, read back by a slow and obvious reader."""

from __future__ import annotations

import random
from datetime import date, datetime, time

from kam.documents import Entry, calendar

STAMP = datetime(2026, 10, 31, 8, 5, 9)


def _read(content: bytes) -> list[tuple[str, str]]:
    """(name with parameters, value) of each content line: unfolded, escapes taken back."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode("utf-8")) <= 75
    unfolded = text.replace("\r\n ", "").split("\r\n")[:-1]
    return [tuple(line.split(":", 1)) for line in unfolded]


def _value(text: str) -> str:
    out, at = "", 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
            out += {"n": "\n", "N": "\n"}.get(text[at], text[at])
        else:
            out += text[at]
        at += 1
    return out


def test_an_entry_without_a_time_lasts_until_the_next_day():
    lines = dict(_read(calendar([Entry("u1", date(2026, 12, 31), "Visit: Kestrel")], stamped_at=STAMP)))

    assert lines["DTSTART;VALUE=DATE"] == "20261231"
    assert lines["DTEND;VALUE=DATE"] == "20270101"
    assert lines["DTSTAMP"] == "20261031T080509Z"
    assert (lines["VERSION"], lines["METHOD"], lines["STATUS"]) == ("2.0", "PUBLISH", "CONFIRMED")


def test_a_time_is_local_and_a_late_one_ends_on_the_next_day():
    entry = Entry("u1", date(2026, 12, 31), "x", begins=time(23, 30), minutes=45, sequence=3, is_cancelled=True)
    lines = dict(_read(calendar([entry], stamped_at=STAMP)))

    assert (lines["DTSTART"], lines["DTEND"]) == ("20261231T233000", "20270101T001500")
    assert (lines["SEQUENCE"], lines["STATUS"]) == ("3", "CANCELLED")


def test_any_text_comes_back_as_it_was_in_lines_of_75_octets():
    draw = random.Random(5545)
    alphabet = 'ab ;,:\\"n\u00e4\u4e2d\U0001f600END'
    for _turn in range(60):
        words = "".join(draw.choice(alphabet) for _c in range(draw.randint(0, 200))).strip()
        words = " ".join(words.split())
        said = f"{words}x\nEND:VEVENT"
        entry = Entry("u", date(2026, 1, 1), f"{words}!", place=f"{words}?", description=said)
        lines = dict(_read(calendar([entry], stamped_at=STAMP)))
        assert _value(lines["SUMMARY"]) == f"{words}!"[:300]
        assert _value(lines["LOCATION"]) == f"{words}?"[:300]
        assert _value(lines["DESCRIPTION"]) == said


def test_a_name_can_put_no_line_of_its_own_into_the_file():
    content = calendar([Entry("u", date(2026, 1, 1), "A\r\nATTENDEE:mailto:x@y\x00")], stamped_at=STAMP)

    assert [name for name, _v in _read(content)].count("ATTENDEE") == 0
    assert dict(_read(content))["SUMMARY"] == "A ATTENDEE:mailto:x@y"


def test_no_entry_makes_an_empty_calendar():
    assert [name for name, _v in _read(calendar([], stamped_at=STAMP))] == [
        "BEGIN", "VERSION", "PRODID", "METHOD", "END",
    ]  # fmt: skip
