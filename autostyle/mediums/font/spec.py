"""Fonts."""

from __future__ import annotations

from autostyle.mediums.spec import MediumSpec, SizeRange
from autostyle.scoring.scores import FONT_CONTENT, FONT_STYLE
from autostyle.sentences import Sentence

SPEC = MediumSpec(
    name="font",
    one="font",
    many="fonts",
    readable=(".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2"),
    writable=(".ttf", ".woff2", ".woff"),
    scale=SizeRange("px", "em", low=32, high=192, search=64, final=256, own=96),
    best="best.ttf",
    kept=".ttf",
    objectives=(FONT_STYLE, FONT_CONTENT),
    run={"font": "autostyle.mediums.font.medium:FontMedium"},
    styles=("image", "font"),
    alike=True,
    borrows={"image": Sentence("It paints the glyphs on a sheet, and what it paints becomes layers of outlines.")},
)
