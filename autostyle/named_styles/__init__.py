"""Ten style pictures that come with autostyle, each by its name, so that one can begin without a painting of one's own.

They were drawn by this project's own code, 512 px wide: ``training/drawn``, the name and the seed below.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autostyle.sentences import Sentence

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class NamedStyle:
    """A style picture that is always there.

    Args:
        name: of its file, without the ending: ``stained-glass``.
        title: what people call it.
        about: how it looks, in a few words.
        seed: that it was drawn with.
    """

    name: str
    title: str
    about: str
    seed: int

    @property
    def path(self) -> Path:
        """Its picture."""
        return FOLDER / f"{self.name}.webp"


NAMED_STYLES = (
    NamedStyle("swirling-night", Sentence("swirling night"), Sentence("thick paint in whirls, blue and yellow"), 12),
    NamedStyle("rainy-city", Sentence("rainy city"), Sentence("lamps in the rain, short strokes of a knife"), 5),
    NamedStyle("autumn-wood", Sentence("autumn wood"), Sentence("dabs of orange and gold"), 0),
    NamedStyle("watercolor-lake", Sentence("watercolour lake"), Sentence("wet washes that run into each other"), 2),
    NamedStyle("ink-mountains", Sentence("ink mountains"), Sentence("black ink on paper, much left white"), 2),
    NamedStyle("woodcut-wave", Sentence("woodcut wave"), Sentence("carved lines, few flat colours"), 0),
    NamedStyle("stained-glass", Sentence("stained glass"), Sentence("glowing panes between lead lines"), 0),
    NamedStyle("mosaic-wave", Sentence("mosaic wave"), Sentence("small stones in rows"), 1),
    NamedStyle("comic-night", Sentence("comic night"), Sentence("bold outlines, dots of print"), 0),
    NamedStyle("golden-tree", Sentence("golden tree"), Sentence("gold leaf and ornament"), 0),
)
"""In the order in which they are shown; the tenth is chosen by the key 0."""


def named(name: str) -> NamedStyle | None:
    """The style of this name, words apart by spaces or hyphens, in any capitals; None where there is none."""
    spelt = "-".join(name.lower().replace("-", " ").split()).replace("watercolour", "watercolor")
    return next((style for style in NAMED_STYLES if style.name == spelt), None)


def at(path: Path) -> NamedStyle | None:
    """The style whose picture ``path`` is; None where it is none of these."""
    return next((style for style in NAMED_STYLES if style.path == path), None)
