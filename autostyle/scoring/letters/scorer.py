"""Scores of what is made of one font and its styles, frozen for a study."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autostyle.codecs import Pixels
from autostyle.scoring.letters.ink import Ink, inks, overlap
from autostyle.scoring.measure import Anchors
from autostyle.scoring.scorer import ImageScorer
from autostyle.scoring.scores import FONT_CONTENT, FONT_STYLE, Metric, ScorerId, Scores
from autostyle.typography.font import Font
from autostyle.typography.specimen import cells
from autostyle.vision.weights import Weights

VERSION = 1
"""Raised whenever the same font would score differently."""
PIXELS, CELL = 42, 48
ROWS, COLUMNS = 2, 12
"""Of the picture in which the texture of letters is looked at."""
METRICS = (
    FONT_STYLE,
    FONT_CONTENT,
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
        "Style",
        "held_out",
        "oriented-filter statistics and palettes inside the letters",
        zero="the untouched font, black",
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


class FontScorer:
    """See the module's docstring; made by :meth:`open`, never modified.

    Attributes:
        identity: what is frozen in a study.
        notes: stand-ins, to be said aloud.
    """

    def __init__(self, content: Font, texture: ImageScorer) -> None:
        self._text, self._texture = content.sample, texture
        self._plain: tuple[Ink, Ink] = inks(content, self._text)
        found = texture.identity
        anchors = {
            name: value for name, value in found.anchors.items() if name.startswith(("texture", "style", "held"))
        }
        self.identity = ScorerId(found.style, VERSION, found.weights_hash, anchors, METRICS, profile="letters")
        self.notes = texture.notes
        self._legible = Anchors(0.0, 1.0)

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
    ) -> FontScorer:
        """Prepare everything that does not depend on the result; the rest as :meth:`ImageScorer.open`."""
        picture = _grid(content, _looked_at(content.sample))
        visible = np.asarray(1 - picture[..., 0], np.float32)
        texture = ImageScorer.open(
            picture, tuple(styles), tuple(shares), weights=weights, device=device, model=model, visible=visible
        )
        return cls(content, texture)

    def score(self, made: Font) -> Scores:
        """Score the content's glyphs as ``made`` has them."""
        texture = self._texture.score(_grid(made, _looked_at(self._text)))
        inked = inks(made, self._text)
        kept = float(np.mean([overlap(one, plain) for one, plain in zip(inked, self._plain, strict=True)]))
        count = max(1, len(made.names))
        return Scores(
            {"style": texture.objectives["style"], "content": self._legible.place(kept)},
            {"points": made.points / count, "kilobytes": len(made.data) / 1024 / count},
            {"style": texture.held_out["style"], "content": kept},
        )


def _looked_at(text: str) -> str:
    """The characters whose texture is looked at: evenly among all."""
    count = ROWS * COLUMNS
    return "".join(text[number * len(text) // count] for number in range(count))


def _grid(font: Font, text: str) -> Pixels:
    found = cells(font, text, PIXELS, CELL).reshape(ROWS, COLUMNS, CELL, CELL, 3)
    return np.ascontiguousarray(found.transpose(0, 2, 1, 3, 4).reshape(ROWS * CELL, COLUMNS * CELL, 3))
