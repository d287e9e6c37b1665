"""Fonts as a medium: known, cut to an excerpt, drawn whole sheet by sheet, kept, shown."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError
from PIL import Image, ImageDraw, ImageFont

from autostyle.codecs.image import save_image
from autostyle.errors import BadInput
from autostyle.mediums import files, writing
from autostyle.mediums.contract import Order, style_of
from autostyle.mediums.font import medium
from autostyle.mediums.font.parts import GlyphParts
from autostyle.mediums.registry import create
from autostyle.methods import registry
from autostyle.methods.contract import Iterate, Stop
from autostyle.report import html
from autostyle.testing.letters import made_font, small_font
from autostyle.typography import cubic, licence
from autostyle.typography import font as font_files
from autostyle.typography.building import drawn
from autostyle.typography.font import written
from autostyle.typography.outlines import Drawings, InkLayer, masks
from autostyle.typography.specimen import cells
from autostyle.vision.weights import Weights

FONT = create("font", "font")


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    (tmp_path / "letters.ttf").write_bytes(made_font("AVO가각힣xy", name="Old Name"))
    return tmp_path / "letters.ttf"


@pytest.fixture
def paint(tmp_path: Path) -> Path:
    stripes = np.random.default_rng(0).random((64, 96, 3)).astype(np.float32)
    save_image(tmp_path / "paint.png", stripes.repeat(2, axis=0))
    return tmp_path / "paint.png"


def order(paint: Path, **params: Any) -> Order:
    return Order(style_of([FONT.load_style(paint)]), registry.complete("font_color", params), seed=0, size=32)


@pytest.fixture
def method() -> Any:
    found = FONT.method("font_color")
    found.load(Weights.open(offline=True), "cpu")
    return found


def shown_in(path: Path, text: str, ground: str) -> np.ndarray:
    face = ImageFont.truetype(str(path), 48)
    picture = Image.new("RGB", (200, 70), ground)
    ImageDraw.Draw(picture).text((5, 55), text, "black", face, anchor="ls", embedded_color=True)
    return np.asarray(picture)


def test_it_is_told_by_its_bytes_and_described_with_its_new_name(letters: Path) -> None:
    letters.rename(odd := letters.with_name("download"))
    assert files.recognize(odd) == "font"
    told = FONT.describe(FONT.load(odd))
    assert told["told"] == "Old Name: 9 glyphs, 3 of them Korean syllables"
    assert "named Restyled" in told["notes"][0] and FONT.preview(FONT.load(odd)).shape[2] == 3


def test_a_whole_font_is_drawn_in_colour_and_stays_a_font(
    letters: Path, paint: Path, tmp_path: Path, method: Any
) -> None:
    content = FONT.load(letters)
    drawn = FONT.draw(method, content, order(paint, layers=3), tmp_path / "out.ttf")
    writing.write(drawn, tmp_path / "out.ttf")
    assert drawn.sample is not None and [*tmp_path.glob(".*")] == []
    old, new = TTFont(letters), TTFont(tmp_path / "out.ttf")
    assert new.getBestCmap().keys() == old.getBestCmap().keys()
    assert [new["hmtx"][name][0] for name in new.getGlyphOrder()[:8]] == [
        old["hmtx"][name][0] for name in old.getGlyphOrder()[:8]
    ]
    assert new["GPOS"].compile(new) == old["GPOS"].compile(old)  # kerning
    names = {record.nameID: str(record) for record in new["name"].names}
    assert names[13] == "Free for any use." and names[0] == "Drawn by a script of autostyle"
    assert all("Old" not in names[number] for number in (1, 3, 4, 6)) and new["CPAL"].numPaletteEntries == 3
    assert all(
        len({*map(tuple, shown_in(tmp_path / "out.ttf", "AV가", on).reshape(-1, 3))}) > 20 for on in ("#fff", "#000")
    )


@pytest.mark.parametrize("ending", [".woff2", ".woff"])
def test_it_is_written_packed_and_read_again(letters: Path, tmp_path: Path, ending: str) -> None:
    writing.copy(letters, tmp_path / f"out{ending}")
    again = FONT.load(tmp_path / f"out{ending}")
    assert again.font.characters.keys() == FONT.load(letters).font.characters.keys()
    writing.copy(tmp_path / f"out{ending}", tmp_path / "back.ttf")
    assert (tmp_path / "back.ttf").read_bytes()[:4] == b"\0\1\0\0"


def test_what_was_stopped_goes_on_where_it_was(
    letters: Path, paint: Path, tmp_path: Path, method: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(medium, "SHEET", 4)
    content, wanted = FONT.load(letters), order(paint)
    steps: list[int] = []

    def stop(iterate: Iterate) -> None:
        if iterate.step > 4:
            raise Stop

    halted = FONT.draw(method, content, wanted, tmp_path / "out.ttf", stop)
    assert halted.stopped and not halted.finished and "4 of 9 glyphs" in halted.notes[-1]
    whole = FONT.draw(method, content, wanted, tmp_path / "out.ttf", lambda iterate: steps.append(iterate.step))
    assert min(steps) >= 4 and steps[1] > 4  # what is looked at first counts as what was there
    whole.save(tmp_path / "out.ttf")
    fresh = FONT.draw(method, content, wanted, tmp_path / "other.ttf")
    fresh.save(tmp_path / "other.ttf")
    assert (tmp_path / "out.ttf").read_bytes() == (tmp_path / "other.ttf").read_bytes()


def changed(cmap: dict[int, str] | None = None, without: str = "", **head: int) -> bytes:
    font, file = TTFont(BytesIO(made_font("AVO"))), BytesIO()
    for name, value in head.items():
        setattr(font["head"], name, value)
    if cmap:
        for table in font["cmap"].tables:
            table.cmap = cmap
    if without:
        del font[without]
    font.save(file)
    return file.getvalue()


def test_icons_are_characters_and_names_of_glyphs_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(changed({0xE000: "u0041", 0xE001: "u0056"}, "post"))
    content = FONT.load(tmp_path / "a.ttf")
    assert content.font.sample == "\ue000\ue001" and FONT.preview(content).min() < 0.5
    made = drawn(content.font, Drawings({name: (InkLayer(0),) for name in content.font.names}, ((0.0, 0.0, 0.0),)))
    assert "COLR" in made.tables


def test_with_an_svg_table_letters_are_seen_and_can_be_cut_out() -> None:
    font = small_font("AVO")
    made = drawn(font, Drawings(dict.fromkeys(font.names, (InkLayer(0),)), ((0.8, 0.1, 0.1),)), svg=True)
    part = made.cut("A", colored=True)
    assert "SVG " in made.tables and "COLR" in part.tables
    assert [cells(each, "A", 24, 36)[..., 1].min() < 0.5 for each in (made, part)] == [True, True]


def test_a_glyph_of_glyphs_of_glyphs_is_refused_before_it_is_drawn() -> None:
    builder, order = FontBuilder(1000, isTTF=True), [f"g{n}" for n in range(15)]
    pens = {name: TTGlyphPen(dict.fromkeys(order)) for name in order}
    for inner, name in pairwise(order):
        for shift in (0, 9):
            pens[name].addComponent(inner, (1, 0, 0, 1, shift, 0))
    builder.setupGlyphOrder(order)
    builder.setupGlyf({name: pen.glyph() for name, pen in pens.items()}, calcGlyphBounds=False)
    with pytest.raises(TTLibError, match="too many parts"):
        font_files._refuse_boundless(builder.font)


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
def test_what_unpacks_to_more_than_a_font_has_is_refused(
    flavor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(written(TTFont(BytesIO(made_font("AB"))), flavor))
    assert FONT.load(tmp_path / "a").font.sample == "AB"
    monkeypatch.setattr(font_files, "MOST_UNPACKED", 1000)
    with pytest.raises(BadInput, match="too large"):
        FONT.load(tmp_path / "a")


def test_damage_is_found_before_anything_is_painted(tmp_path: Path) -> None:
    data = bytearray(made_font("AVO"))
    place = TTFont(BytesIO(data)).reader.tables["GPOS"]
    data[place.offset + 4 : place.offset + place.length] = b"\xff" * (place.length - 4)
    (tmp_path / "a.ttf").write_bytes(data)
    with pytest.raises(BadInput, match="damaged"):
        FONT.load(tmp_path / "a.ttf")


def test_a_name_in_an_old_encoding_gives_way_to_the_new_one() -> None:
    font = TTFont(BytesIO(made_font("AVO")))
    font["name"].removeNames(nameID=2)
    font["name"].setName("굵게", 2, 3, 1, 0x412)
    font["name"].setName("Stroke Bold", 4, 1, 0, 0)
    name = f"{licence.new(font)} 굵게"
    licence.rename(font)
    assert TTFont(BytesIO(written(font)))["name"].getDebugName(4) == name


def test_a_part_that_is_damaged_is_drawn_again(tmp_path: Path) -> None:
    parts = GlyphParts(tmp_path)
    (tmp_path / "00000.npz").write_bytes(b"PK\3\4" + bytes(40))
    assert parts.read(0) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"OTTO" + bytes(40), "no font that can be read"),
        (b"", "is empty"),
        (changed(unitsPerEm=0), "no font that can be read"),
        (made_font("AB", embedding=2), "may not be embedded"),
        (made_font("AB", embedding=0x200), "may not be embedded"),
    ],
    ids=["damaged", "empty", "an em of nothing", "restricted", "bitmaps only"],
)
def test_what_is_no_font_or_not_to_be_changed_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / "a.ttf").write_bytes(data)
    with pytest.raises(BadInput, match=said):
        FONT.load(tmp_path / "a.ttf")


def test_a_font_as_a_style_is_the_picture_it_is_set_in(letters: Path) -> None:
    style = FONT.load_style(letters)
    assert style.exemplar.min() == 0 and style.exemplar.max() == 1 and "as a picture" in style.notes[0]


def test_all_syllables_keep_within_the_limit_of_a_font(monkeypatch: pytest.MonkeyPatch, letters: Path) -> None:
    font = FONT.load(letters).font
    monkeypatch.setattr(medium, "layers_within_limit", lambda font, count, most: min(most, 12 // count))
    names, layers, notes = medium._to_draw(font)
    assert len(names) == 8 and layers == 1 and "8 of 9 glyphs" in notes[0]  # all but .notdef
    monkeypatch.undo()
    assert medium._to_draw(replace(font)) == (font.names, medium.MOST_LAYERS, [])
    assert BytesIO(font.data).read(4) == b"\0\1\0\0"


def test_a_large_font_is_drawn_in_as_many_layers_as_it_has_room_for(
    letters: Path, paint: Path, tmp_path: Path, method: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = FONT.load(letters)
    glyphs = len(content.font.tables.getGlyphOrder())
    monkeypatch.setattr("autostyle.typography.building.MOST_GLYPHS", 4 * glyphs)
    made = FONT.draw(method, content, order(paint, layers=6), tmp_path / "out.ttf").font
    assert made is not None and glyphs < len(made.tables.getGlyphOrder()) <= 4 * glyphs


def test_a_page_sets_lines_in_the_font_itself_and_asks_for_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(made_font())
    shown = FONT.exhibit(tmp_path / "a.ttf", 10**6)
    assert shown is not None and (shown.tag, shown.needs) == ("pre", {"font-src": "data:"})
    assert shown.text.splitlines()[:2] == ["Sphinx of black quartz, judge my vow", "다람쥐 헌 쳇바퀴에 타고파"]
    assert f'class="specimen {shown.family}"' in html.element(shown, None)
    assert html.font_rules(shown).startswith(
        f'@font-face{{font-family:"{shown.family}";src:url("data:font/woff2;base64,'
    )
    with pytest.raises(ValueError, match="page"):
        html.font_rules(replace(shown, font='data:font/woff2;base64,A")}body{color:red}'))
    assert FONT.exhibit(tmp_path / "a.ttf", 1000) is None and FONT.exhibit(tmp_path / "gone.ttf", 10**6) is None
    (tmp_path / "a.ttf").write_bytes(made_font("AB", embedding=0x100))
    assert FONT.exhibit(tmp_path / "a.ttf", 10**6) is None


def test_cubic_outlines_become_quadratic_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builder = FontBuilder(1000, isTTF=False)
    pen = T2CharStringPen(500, None)
    pen.moveTo((100, 0))
    pen.curveTo((100, 400), (400, 400), (400, 0))
    pen.closePath()
    empty = T2CharStringPen(500, None).getCharString()
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupCFF("Cubic", {}, {".notdef": empty, "A": pen.getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (500, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Cubic", "styleName": "Regular"})
    builder.setupOS2(fsType=0)
    builder.setupPost()
    builder.font.save(tmp_path / "a.otf")
    loaded = FONT.load(tmp_path / "a.otf")
    assert "become TrueType's" in loaded.notes[0] and loaded.font.sample == "A" and "glyf" in loaded.font.tables
    shape = masks(loaded.font.tables, loaded.font.names, 100)["A"].mask
    assert shape.sum() == pytest.approx(720, rel=0.05)
    for bound, most in (("MOST_STEPS", cubic.MOST_STEPS), ("MOST_OF_GLYPH", cubic.MOST_OF_GLYPH)):
        monkeypatch.setattr(cubic, bound, 5)
        with pytest.raises(BadInput, match="take too long"):
            FONT.load(tmp_path / "a.otf")
        monkeypatch.setattr(cubic, bound, most)
