"""The company's own template: placeholders by name, a clear sentence where one is missing, and back to the plain deck."""

from __future__ import annotations

import io

import pytest

from kam import packs
from kam.errors import BadInput
from tests.packs.test_files import many


def template(*, without: str | None = None, tall: float | None = None) -> bytes:
    """python-pptx's own deck of 10 × 7.5 in with its placeholders named; without: this one keeps its name."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    names = {0: ("KAM title", "KAM subtitle"), 3: ("KAM title", "KAM content", "KAM foot")}
    for at, wanted in names.items():
        places = [p for p in deck.slide_layouts[at].placeholders if p.placeholder_format.idx < 10]
        for place, name in zip(places, wanted, strict=False):
            if name != without:
                place.name = name
            if name == "KAM content":
                place.left, place.top, place.width = Inches(0.5), Inches(1.6), Inches(9)
                place.height = Inches(tall or 4.6)
            if name == "KAM foot":
                place.left, place.top, place.width, place.height = Inches(0.5), Inches(6.8), Inches(9), Inches(0.5)
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "An example slide"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def test_a_deck_in_the_companys_template_fills_its_placeholders_and_stays_within_its_content():
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation(io.BytesIO(packs.pack_file(many(40), "pptx", template=template())))
    assert deck.slide_width == Inches(10)
    assert deck.slides[0].shapes.title.text.startswith("北京化工有限公司")
    assert "An example slide" not in [
        s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame
    ]
    for slide in list(deck.slides)[1:]:
        texts = [s.text_frame.text for s in slide.placeholders]
        assert any("as of 30 Jun 2025" in text for text in texts)
        for shape in slide.shapes:
            if not shape.is_placeholder:
                assert shape.top >= Inches(1.6) - 2 and shape.top + shape.height <= Inches(6.2) + 20
                assert shape.left >= Inches(0.5) - 2 and shape.left + shape.width <= Inches(9.5) + 20


@pytest.mark.parametrize("name", ["KAM title", "KAM subtitle", "KAM content", "KAM foot"])
def test_a_missing_placeholder_is_named(name):
    with pytest.raises(BadInput, match=f"the placeholders “{name}” are missing"):
        packs.pack_file(many(1), "pptx", template=template(without=name))


def test_what_is_no_presentation_or_too_small_is_refused():
    with pytest.raises(BadInput, match="is not a presentation"):
        packs.pack_file(many(1), "pptx", template=b"PK nothing")
    with pytest.raises(BadInput, match="“KAM content” is too small"):
        packs.pack_file(many(1), "pptx", template=template(tall=1.0))


def test_the_last_adopted_template_is_in_force_until_the_plain_deck_is_taken_again(store, champion):
    assert packs.template_in_force(store) is None
    house = template()
    packs.adopt_template(store, "house.pptx", house, reason="our look", who=champion)
    held = packs.template_in_force(store)
    assert (held.name, held.content, held.adopted_by) == ("house.pptx", house, "Ines Brandt")
    with pytest.raises(BadInput, match="Say why the template changes"):
        packs.adopt_template(store, "", None, reason=" ", who=champion)
    with pytest.raises(BadInput, match="“KAM foot” are missing"):
        packs.adopt_template(store, "bad.pptx", template(without="KAM foot"), reason="x", who=champion)
    assert packs.template_in_force(store).name == "house.pptx"
    packs.adopt_template(store, "", None, reason="back", who=champion)
    assert packs.template_in_force(store) is None
