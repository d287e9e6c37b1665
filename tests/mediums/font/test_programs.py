"""Fonts of ours in programs of others: FreeType (tests/mediums/font/test_font.py), HarfBuzz, Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import uharfbuzz
from PIL import Image

from autostyle.mediums.registry import create
from autostyle.report import html
from autostyle.testing.letters import made_font
from autostyle.typography.building import drawn
from autostyle.typography.font import Font, decode
from autostyle.typography.outlines import Drawings, InkLayer
from tests.chromium import Browser

TEXTS = ("AVATAR", "Sphinx", "다람쥐 헌")


@pytest.fixture(scope="module")
def pair() -> tuple[Font, Font]:
    """A font, and the same in two colours."""
    plain = decode(made_font(), Path("a.ttf")).font
    square = np.array([[200, 300, 1], [400, 300, 1], [400, 200, 1], [200, 200, 1]], np.int16)
    layers = (InkLayer(0), InkLayer(1, (square,)))
    return plain, drawn(plain, Drawings(dict.fromkeys(plain.names, layers), ((0.8, 0.1, 0.1), (0.1, 0.1, 0.8))))


def test_harfbuzz_gives_the_advances_of_the_first_font_and_finds_the_colours(pair: tuple[Font, Font]) -> None:
    def advances(font: uharfbuzz.Font, text: str) -> list[int]:
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        return [position.x_advance for position in buffer.glyph_positions]

    faces = [uharfbuzz.Face(font.data) for font in pair]
    fonts = [uharfbuzz.Font(face) for face in faces]
    assert all(advances(fonts[0], text) == advances(fonts[1], text) for text in TEXTS)
    assert len({*advances(fonts[0], "AVA")}) == 2, "the pair is kerned"
    assert [face.has_color_layers for face in faces] == [False, True] and len(faces[1].color_palettes[0].colors) == 2


@pytest.fixture
def browser(chromium: str, tmp_path: Path) -> Iterator[Browser]:
    browser = Browser(chromium, tmp_path / "profile")
    yield browser
    browser.close()


@pytest.mark.slow
@pytest.mark.chromium
def test_chromium_sets_a_specimen_in_colour_under_the_policy_of_the_page(
    pair: tuple[Font, Font], browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "a.ttf").write_bytes(pair[1].data)
    shown = create("font", "font").exhibit(tmp_path / "a.ttf", 10**6)
    assert shown is not None
    rules = html.font_rules(shown)
    policy = f"default-src 'none'; font-src data:; style-src '{html.csp_hash(rules)}'"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><style>{rules}</style>'
    (tmp_path / "page.html").write_text(f"<!doctype html>{head}{html.element(shown, None)}", encoding="utf-8")
    browser.open((tmp_path / "page.html").as_uri())
    assert browser.run(f"document.fonts.load('32px {shown.family}').then(found => found.length)") == 1
    picture = np.asarray(Image.open(BytesIO(browser.screenshot())).convert("RGB")).astype(int)
    red, blue = picture[..., 0] - picture[..., 2] > 100, picture[..., 2] - picture[..., 0] > 100
    assert red.sum() > 300 and blue.sum() > 20 and browser.complaints() == []
