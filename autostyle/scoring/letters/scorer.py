"""Scores of what is made of one font and its styles, frozen for a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import torch

from autostyle.codecs import Pixels
from autostyle.scoring.letters.ink import Ink, inks, overlap
from autostyle.scoring.letters.strokes import FilteredStrokes, StrokeLikeness
from autostyle.scoring.measure import Anchors
from autostyle.scoring.scorer import ImageScorer
from autostyle.scoring.scores import FONT_CONTENT, FONT_STYLE, STROKE_STYLE, Metric, ScorerId, Scores
from autostyle.typography.font import Font
from autostyle.typography.specimen import cells
from autostyle.typography.strokes import Strokes, ink_of
from autostyle.vision.glyph_reader import GlyphReader
from autostyle.vision.weights import Weights

VERSION = 2
"""Raised whenever the same font would score differently."""
LOOK, CELL = 42, 48
ROWS, COLUMNS = 2, 12
"""Of the picture in which the texture of letters is looked at."""
FontProfile = Literal["letters", "strokes"]
StrokeScores = tuple[StrokeLikeness[Strokes], StrokeLikeness[FilteredStrokes]]
"""What is searched for, and what is held out."""
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
        "content",
        "Outline overlap",
        "held_out",
        "of what is seen of old and new glyphs at 24 px the share that is seen of both, on white and on black",
        zero="nothing is seen",
        one="the untouched font in black and in white",
        of_content=1.0,
    ),
)
_HELD_OUT = Metric(
    "style",
    "Style by filters",
    "held_out",
    "oriented-filter statistics and palettes inside the letters",
    zero="the untouched font",
    one="parts of the style picture against each other",
    of_content=0.0,
)
_HELD_OUT_STROKES = replace(_HELD_OUT, how="what oriented filters of three sizes see of the strokes, by their shares")
METRICS: dict[FontProfile, tuple[Metric, ...]] = {
    "letters": (FONT_STYLE, FONT_CONTENT, *_SHARED, _HELD_OUT),
    "strokes": (STROKE_STYLE, FONT_CONTENT, *_SHARED, _HELD_OUT_STROKES),
}


class FontScorer:
    """See the module's docstring; made by :meth:`open`, never modified.

    Attributes:
        identity: what is frozen in a study.
        notes: stand-ins, to be said aloud.
    """

    def __init__(
        self, content: Font, texture: ImageScorer | None, strokes: StrokeScores | None, reader: GlyphReader
    ) -> None:
        """One of ``texture`` and ``strokes`` is what style is judged by."""
        self._text, self._texture, self._strokes = content.sample, texture, strokes
        self._plain: tuple[Ink, Ink] = inks(content, self._text)
        self._reader = reader
        self._legible = Anchors(0.0, max(self._read(self._plain), 0.05))
        ends = {"legibility": self._legible}
        if strokes is not None:
            ends |= {"strokes": strokes[0].ends, "held_out.style": strokes[1].ends}
        anchors = {f"{name}.{end}": getattr(each, end) for name, each in ends.items() for end in ("zero", "one")}
        style, hashes = "embedded", reader.origin
        if texture is not None:
            found = texture.identity
            style, hashes = found.style, f"{found.weights_hash} {reader.origin}"
            kept = ("texture", "style", "held")
            anchors |= {name: value for name, value in found.anchors.items() if name.startswith(kept)}
        profile: FontProfile = "letters" if strokes is None else "strokes"
        self.identity = ScorerId(style, VERSION, hashes, anchors, METRICS[profile], profile=profile)
        self.notes = () if texture is None else texture.notes

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
        reader = weights.glyph_reader(device)
        if profile == "strokes":
            found = [ink_of(style) for style in styles]
            objective = StrokeLikeness(content, found, shares, Strokes.of, strict=True)
            held_out = StrokeLikeness(content, found, shares, FilteredStrokes, strict=False)
            return cls(content, None, (objective, held_out), reader)
        picture = _grid(content, _looked_at(content.sample))
        visible = np.asarray(1 - picture[..., 0], np.float32)
        texture = ImageScorer.open(
            picture, tuple(styles), tuple(shares), weights=weights, device=device, model=model, visible=visible
        )
        return cls(content, texture, None, reader)

    def score(self, made: Font) -> Scores:
        """Score the content's glyphs as ``made`` has them."""
        inked = inks(made, self._text)
        kept = float(np.mean([overlap(one, plain) for one, plain in zip(inked, self._plain, strict=True)]))
        style, held_out = self._style(made)
        count = max(1, len(made.names))
        return Scores(
            {"style": style, "content": self._legible.place(self._read(inked))},
            {"points": made.points / count, "kilobytes": len(made.data) / 1024 / count},
            {"style": held_out, "content": kept},
        )

    def _style(self, made: Font) -> tuple[float, float]:
        """What is searched for, and what is held out."""
        if self._strokes is not None:
            objective, held_out = self._strokes
            return objective(made), held_out(made)
        assert self._texture is not None
        texture = self._texture.score(_grid(made, _looked_at(self._text)))
        return texture.objectives["style"], texture.held_out["style"]

    @torch.inference_mode()
    def _read(self, seen: tuple[Ink, Ink]) -> float:
        """How surely letters are read for what they are, in the mean of both grounds."""
        device = next(self._reader.parameters()).device
        plain, *made = (torch.from_numpy(ink)[:, None].to(device) for ink in (self._plain[0], *seen))
        return float(torch.stack([self._reader.sureness(ink, plain).mean() for ink in made]).mean())


def _looked_at(text: str) -> str:
    """The characters whose texture is looked at: evenly among all."""
    count = ROWS * COLUMNS
    return "".join(text[number * len(text) // count] for number in range(count))


def _grid(font: Font, text: str) -> Pixels:
    found = cells(font, text, LOOK, CELL).reshape(ROWS, COLUMNS, CELL, CELL, 3)
    return np.ascontiguousarray(found.transpose(0, 2, 1, 3, 4).reshape(ROWS * CELL, COLUMNS * CELL, 3))
