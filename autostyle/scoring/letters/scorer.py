"""Scores of what is made of one font and its styles, frozen for a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
import torch

from autostyle.codecs import Pixels
from autostyle.scoring.letters.ink import Ink, inks, overlap
from autostyle.scoring.measure import Anchors, apart
from autostyle.scoring.scorer import ImageScorer
from autostyle.scoring.scores import FONT_CONTENT, FONT_STYLE, STROKE_STYLE, Metric, ScorerId, Scores
from autostyle.typography.font import Font
from autostyle.typography.outlines import Coverage
from autostyle.typography.specimen import cells
from autostyle.typography.strokes import PIXELS, SPAN, Strokes, ink_of
from autostyle.vision.glyph_reader import GlyphReader
from autostyle.vision.weights import Weights

VERSION = 1
"""Raised whenever the same font would score differently."""
LOOK, CELL = 42, 48
ROWS, COLUMNS = 2, 12
"""Of the picture in which the texture of letters is looked at."""
FontProfile = Literal["letters", "strokes"]
_SHARED = (
    Metric(
        "points",
        "Points of a glyph",
        "raw",
        "of the outlines of all its layers, in the mean",
        direction="minimize",
        bounds=(0.0, None),
    ),
    Metric(
        "kilobytes",
        "Kilobytes of a glyph",
        "raw",
        "size of the file by the number of glyphs that are drawn",
        direction="minimize",
        bounds=(0.0, None),
    ),
    Metric(
        "style",
        "Style by filters",
        "held_out",
        "oriented-filter statistics and palettes inside the letters",
        zero="the untouched font",
        one="parts of the style picture against each other",
        of_content=0.0,
    ),
    Metric(
        "content",
        "Outline overlap",
        "held_out",
        "of what is seen of old and new glyphs at 24 px the share that is seen of both, on white and on black",
        zero="nothing is seen",
        one="the untouched font in black and in white",
        of_content=1.0,
    ),
)
METRICS: dict[FontProfile, tuple[Metric, ...]] = {
    "letters": (FONT_STYLE, FONT_CONTENT, *_SHARED),
    "strokes": (STROKE_STYLE, FONT_CONTENT, *_SHARED),
}


class FontScorer:
    """See the module's docstring; made by :meth:`open`, never modified.

    Attributes:
        identity: what is frozen in a study.
        notes: stand-ins, to be said aloud.
    """

    def __init__(
        self, content: Font, texture: ImageScorer, strokes: StrokeLikeness | None, reader: GlyphReader
    ) -> None:
        self._text, self._texture, self._strokes = content.sample, texture, strokes
        self._plain: tuple[Ink, Ink] = inks(content, self._text)
        found = texture.identity
        kept = ("texture", "style", "held") if strokes is None else ("held",)
        anchors = {name: value for name, value in found.anchors.items() if name.startswith(kept)}
        if strokes is not None:
            anchors |= {"strokes.zero": strokes.ends.zero, "strokes.one": strokes.ends.one}
        self._reader = reader
        self._legible = Anchors(0.0, max(self._read(self._plain), 0.05))
        anchors |= {"legibility.zero": 0.0, "legibility.one": self._legible.one}
        profile: FontProfile = "letters" if strokes is None else "strokes"
        hashes = f"{found.weights_hash} {reader.origin}"
        self.identity = ScorerId(found.style, VERSION, hashes, anchors, METRICS[profile], profile=profile)
        self.notes = texture.notes if strokes is None else ()

    @classmethod
    def open(
        cls,
        content: Font,
        styles: Sequence[Pixels],
        shares: Sequence[float],
        *,
        weights: Weights,
        device: str,
        model: str = "auto",
        profile: FontProfile = "letters",
    ) -> FontScorer:
        """Prepare everything that does not depend on the result; the rest as :meth:`ImageScorer.open`."""
        strokes = None
        if profile == "strokes":
            found = [ink_of(style) for style in styles]
            strokes = StrokeLikeness(content, found, shares)
            styles = [np.repeat(1 - ink[..., None], 3, axis=2) for ink in found]
        picture = _grid(content, _looked_at(content.sample))
        visible = np.asarray(1 - picture[..., 0], np.float32)
        texture = ImageScorer.open(
            picture, tuple(styles), tuple(shares), weights=weights, device=device, model=model, visible=visible
        )
        return cls(content, texture, strokes, weights.glyph_reader(device))

    def score(self, made: Font) -> Scores:
        """Score the content's glyphs as ``made`` has them."""
        texture = self._texture.score(_grid(made, _looked_at(self._text)))
        inked = inks(made, self._text)
        kept = float(np.mean([overlap(one, plain) for one, plain in zip(inked, self._plain, strict=True)]))
        style = texture.objectives["style"] if self._strokes is None else self._strokes(made)
        count = max(1, len(made.names))
        return Scores(
            {"style": style, "content": self._legible.place(self._read(inked))},
            {"points": made.points / count, "kilobytes": len(made.data) / 1024 / count},
            {"style": texture.held_out["style"], "content": kept},
        )

    @torch.inference_mode()
    def _read(self, seen: tuple[Ink, Ink]) -> float:
        """How surely letters are read for what they are, in the mean of both grounds."""
        device = next(self._reader.parameters()).device
        plain, *made = (torch.from_numpy(ink)[:, None].to(device) for ink in (self._plain[0], *seen))
        return float(torch.stack([self._reader.sureness(ink, plain).mean() for ink in made]).mean())


class StrokeLikeness:
    """How near strokes are to the style's, anchored."""

    def __init__(self, content: Font, styles: Sequence[Coverage], shares: Sequence[float]) -> None:
        """Raises BadInput where content and style are too alike to measure anything between them."""
        self._shares, self._text = shares, content.sample
        scaled = [_at_scale(style) for style in styles]
        self._styles = [Strokes.of(style) for style in scaled]
        halves = [np.array_split(style, 2, axis=int(style.shape[1] > style.shape[0])) for style in scaled]
        own = self._blended([Strokes.of(a).distance(Strokes.of(b)) for a, b in halves])
        self.ends = apart(-self._distance(content), -own, 0.02, "style")

    def __call__(self, made: Font) -> float:
        return self.ends.place(-self._distance(made))

    def _distance(self, font: Font) -> float:
        ink = 1 - cells(font, self._text, PIXELS, 2 * PIXELS)[..., 0]
        strokes = Strokes.of(np.ascontiguousarray(ink.reshape(-1, 2 * PIXELS)))
        return self._blended([strokes.distance(style) for style in self._styles])

    def _blended(self, values: Sequence[float]) -> float:
        return sum(share * value for share, value in zip(self._shares, values, strict=True))


def _at_scale(ink: Coverage) -> Coverage:
    scale = SPAN * PIXELS / max(ink.shape)
    size = tuple(max(8, round(scale * length)) for length in ink.shape[::-1])
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR))


def _looked_at(text: str) -> str:
    """The characters whose texture is looked at: evenly among all."""
    count = ROWS * COLUMNS
    return "".join(text[number * len(text) // count] for number in range(count))


def _grid(font: Font, text: str) -> Pixels:
    found = cells(font, text, LOOK, CELL).reshape(ROWS, COLUMNS, CELL, CELL, 3)
    return np.ascontiguousarray(found.transpose(0, 2, 1, 3, 4).reshape(ROWS * CELL, COLUMNS * CELL, 3))
