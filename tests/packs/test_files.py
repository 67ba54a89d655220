"""Packs as files, opened by independent readers: the account page's numbers are in each, text stays text, nothing overflows."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kam import documents, packs, plans, relationships, reviews, units, value
from kam.errors import BadInput, NotFound
from tests.drawn import given
from tests.key_accounts import key_accounts

DAY = date(2025, 6, 30)
HOSTILE = '=HYPERLINK("http://192.0.2.1","x") <script>alert(1)</script>'
CJK = "北京化工有限公司 株式会社 Łódź Ünal"


@pytest.fixture
def programme(store, champion):
    """Key accounts A and B with orders and costs; A with contacts of hostile and East Asian names, and a held review."""
    key_accounts(store, champion, "A", "B")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        R1       | A          | 2024-05-31 | 700.00      | 450.00
        R2       | A          | 2025-03-31 | 1234567.00  | 550000.00
        R3       | A          | 2025-06-02 | 77.00       | 7.00
        R4       | B          | 2025-06-02 | 500.00      | 900.00
        """,
    )
    given(
        store,
        champion,
        "contacts",
        f"""
        contact_id | account_id | name      | title   | influence | attitude
        C1         | A          | {HOSTILE} | +cmd    | 5         | 2
        C2         | A          | {CJK}     | @buyer  | 4         | -2
        """,
    )
    relationships.capture(
        store, "A", occurred_on=date(2025, 5, 2), kind="call", summary="-2+3", next_step=HOSTILE,
        next_step_due=date(2025, 5, 20), who=champion,
    )  # fmt: skip
    held = reviews.plan(store, "A", date(2025, 5, 31), who=champion)
    reviews.hold(
        store, held, held_on=date(2025, 5, 31), notes="", rating="at_risk", expected_version=1, who=champion,
        actions=[reviews.Action(CJK, "Bo", date(2025, 6, 15))],
    )  # fmt: skip
    return store


@pytest.fixture
def pack(programme, champion):
    return packs.account_pack(programme, "A", DAY, for_whom=champion)


def deck_words(content: bytes) -> list[str]:
    """Every text of a deck, tables and chart categories among them, as python-pptx reads it."""
    from pptx import Presentation

    words = []
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                words.append(shape.text_frame.text)
            if shape.has_table:
                words += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart and shape.chart.plots[0].categories:
                words += [str(category) for category in shape.chart.plots[0].categories]
    return words


def sheets(content: bytes) -> dict[str, list[tuple]]:
    from openpyxl import load_workbook

    return {s.title: [tuple(c for c in row) for row in s.iter_rows()] for s in load_workbook(io.BytesIO(content))}


class Words(HTMLParser):
    """Texts and tags of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.texts, self.tags, self.addresses = [], [], []
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data):
        if self.tags[-1:] not in (["style"], ["script"]):
            self.texts.append(data)


def test_every_section_is_made(pack):
    assert [section.key for section in pack.sections if section.failed] == []
    assert len(pack.sections) == 12


def test_the_numbers_of_the_account_page_stand_in_each_file(programme, champion, pack):
    worth = value.account_value(programme, DAY, "A", for_whom=champion).measures
    revenue = units.short_money(worth["revenue_12m"], "EUR")
    assert worth["revenue_12m"] == 1234644
    assert revenue in deck_words(packs.pack_file(pack, "pptx"))
    assert revenue in Words(packs.pack_file(pack, "html")).texts
    figures = {row[0].value: row[2].value for row in sheets(packs.pack_file(pack, "xlsx"))["Figures"][1:]}
    for name in ("revenue_12m", "revenue_24m", "margin_12m"):
        assert figures[name] == pytest.approx(float(worth[name]))
    assert figures["contribution_12m"] is None  # no cost model: unknown, not 0


def test_charts_stay_charts_with_their_numbers(programme, champion, pack):
    from pptx import Presentation

    statement = value.profit_and_loss(programme, DAY, "A", for_whom=champion)
    charts = [
        shape.chart
        for slide in Presentation(io.BytesIO(packs.pack_file(pack, "pptx"))).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    waterfall = next(c for c in charts if any(s.name == "Taken away" for s in c.plots[0].series))
    totals = next(s for s in waterfall.plots[0].series if s.name == "Total")
    drawn = [v for v in totals.values if v]
    assert drawn == [float(line.amount) for line in statement.known if line.kind == "total" and line.amount > 0]


def test_the_same_day_and_ledger_give_the_same_content(programme, champion, pack):
    again = packs.account_pack(programme, "A", DAY, for_whom=champion)
    assert again == pack
    assert packs.pack_file(again, "html") == packs.pack_file(pack, "html")
    for kind in ("pptx", "xlsx"):
        assert packs.pack_file(again, kind) == packs.pack_file(pack, kind)


@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_an_office_file_is_of_its_day_and_of_nobody_but_us(pack, kind):
    """A second run a second later would differ by any stamp of the clock: in the file, and in the books of its charts."""
    books, makers = [packs.pack_file(pack, kind)], []
    for content in books:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            assert {entry.date_time[:2] for entry in file.infolist()} == {(1980, 1)}
            said = file.read("docProps/core.xml").decode()
            books += [file.read(name) for name in file.namelist() if name.endswith(".xlsx")]
        stamps = re.findall(r"<dcterms:(created|modified)[^>]*>([^<]*)<", said)
        assert stamps == [("created", "2025-06-30T00:00:00Z"), ("modified", "2025-06-30T00:00:00Z")]
        assert not re.search("python-pptx|Canny", said)
        makers.append(set(re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", said)))
    assert makers[0] == {"KAM Workbench"}
    assert (len(books) > 1) is (kind == "pptx")


def test_the_first_page_says_what_changed_since_the_last_review(pack):
    tables = {table.name: table for table in pack.sections[0].tables}
    moved = {row[0]: row[2:] for row in tables["What moved"].rows}
    assert moved["revenue_12m"][2] == f"+{units.money(77 - 0, 'EUR')}"


def test_text_is_never_a_formula_nor_markup(pack):
    for rows in sheets(packs.pack_file(pack, "xlsx")).values():
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in rows for cell in row)
    page = Words(packs.pack_file(pack, "html"))
    # One script, ours, and a policy that lets no other one run.
    html = packs.pack_file(pack, "html").decode()
    ours = (Path(documents.__file__).parent / "page.js").read_text(encoding="utf-8")
    seal = base64.b64encode(hashlib.sha256(ours.encode()).digest()).decode()
    assert page.tags.count("script") == 1 and f"<script>{ours}</script>" in html
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{seal}'" in html
    assert page.addresses == [] and "img" not in page.tags
    assert HOSTILE in page.texts
    assert HOSTILE in [text for text in deck_words(packs.pack_file(pack, "pptx")) if text.startswith("=")]


def test_a_workbook_has_filters_frozen_headings_formats_and_ids(pack):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(packs.pack_file(pack, "xlsx")))
    contacts = book["Contacts"]
    assert contacts["A1"].value == "contact_id" and {contacts["A2"].value, contacts["A3"].value} == {"C1", "C2"}
    assert contacts.freeze_panes == "B2" and contacts.auto_filter.ref
    assert book["Profit and loss"]["B2"].number_format == "#,##0.00"
    assert len({name.lower() for name in book.sheetnames}) == len(book.sheetnames)


def test_a_chart_that_cannot_be_drawn_says_so_and_stops_nothing(pack, monkeypatch):
    from kam.documents import presentation

    def broken(*_given, **_named):
        raise RuntimeError("no")

    monkeypatch.setattr(presentation, "stacked_waterfall", broken)
    words = deck_words(packs.pack_file(pack, "pptx"))
    assert any("it could not be drawn" in text for text in words)
    assert any("late" in text for text in words)


def test_nor_does_it_on_the_page_where_it_is_not_taken_for_one_without_numbers(pack, monkeypatch, caplog):
    from kam.packs import page

    def broken(*_given, **_named):
        raise RuntimeError("no")

    monkeypatch.setattr(page, "waterfall_svg", broken)
    text = packs.pack_file(pack, "html").decode()
    assert "This chart could not be drawn; its numbers stand in the table." in text
    assert "a chart of the section" in caplog.text


def test_a_section_that_fails_says_so_in_its_place(programme, champion, monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError("no")

    monkeypatch.setattr(plans, "grid", broken)
    made = packs.account_pack(programme, "A", DAY, for_whom=champion)
    failed = [section.key for section in made.sections if section.failed]
    assert failed == ["whitespace"] and len(made.sections) == 12
    assert "This section could not be made; the log says why." in Words(packs.pack_file(made, "html")).texts


def test_an_unknown_account_and_an_unknown_format_are_refused(programme, champion, pack):
    with pytest.raises(NotFound, match="There is no account nobody"):
        packs.account_pack(programme, "nobody", DAY, for_whom=champion)
    with pytest.raises(BadInput, match="pdf is no format of a pack"):
        packs.pack_file(pack, "pdf")


def test_the_whole_programme_is_a_zip_of_packs_and_an_overview(programme, champion):
    told, out = [], io.BytesIO()
    files = packs.all_packs(
        programme, DAY, kind="html", for_whom=champion, tell=lambda done, total, name: told.append((done, total))
    )
    assert packs.write_zip(out, files) == 3
    names = zipfile.ZipFile(out).namelist()
    assert names[-1] == "programme-overview-2025-06-30.pptx"
    assert [name.split("-")[0] for name in names[:2]] == ["A", "B"]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def many(rows: int) -> packs.Pack:
    """A pack whose table is longer than a slide, with words longer than a cell."""
    columns = [("id", "text"), ("What", "text"), ("Who", "text"), ("Amount", "reporting currency")]
    table = packs.Table(
        "Long", "A long table", columns,
        [(str(n), f"{CJK} {'word ' * (n % 40)}{'x' * (n % 90)}", CJK, n * 1234567.5) for n in range(rows)],
        "", ids=1, widths=[3, 1, 1],
    )  # fmt: skip
    lines = [f"{n} {CJK} " + "long words of a line " * (n % 12) for n in range(30)]
    section = packs.Section("long", "Long", f"{CJK} " + "a finding that is long " * 9, lines=lines, tables=[table])
    return packs.Pack("A", CJK, CJK, DAY, "EUR", [section])


def test_a_long_table_breaks_over_slides_and_every_shape_stays_on_its_slide():
    from pptx import Presentation

    deck = Presentation(io.BytesIO(packs.pack_file(many(60), "pptx")))
    seen = []
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                assert sum(row.height for row in shape.table.rows) <= shape.height + 12_700
                seen += [row.cells[2].text_frame.text for row in list(shape.table.rows)[1:]]
    assert seen == [units.money(n * 1234567.5, "").strip() for n in range(60)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: decks are not drawn here.")
def test_drawn_slides_keep_their_margins_white(tmp_path, pack):
    """LibreOffice grows a row whose text does not fit; then the table would reach into the foot or below the slide."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler-utils is not installed: slides cannot be looked at.")
    from PIL import Image

    for name, content in (("pack", packs.pack_file(pack, "pptx")), ("long", packs.pack_file(many(40), "pptx"))):
        (tmp_path / f"{name}.pptx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / f"{name}.pptx"],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        subprocess.run(["pdftoppm", "-r", "50", "-png", tmp_path / f"{name}.pdf", tmp_path / name], check=True)
        pictures = sorted(tmp_path.glob(f"{name}-*.png"))
        assert len(pictures) > 3
        for picture in pictures[1:]:
            with Image.open(picture) as drawn:
                grey = drawn.convert("L")
                wide, tall = grey.size
                # Between the content's end (6.75 in) and the foot (7.0 in), at both sides, and beneath the foot.
                strips = [
                    (0, int(tall * 6.8 / 7.5), wide, int(tall * 6.98 / 7.5)),
                    (0, 0, int(wide * 0.5 / 13.333), tall),
                    (int(wide * 12.9 / 13.333), 0, wide, tall),
                    (0, int(tall * 7.4 / 7.5), wide, tall),
                ]
                for strip in strips:
                    assert grey.crop(strip).getextrema()[0] > 200, f"{picture.name} has ink in {strip}"
