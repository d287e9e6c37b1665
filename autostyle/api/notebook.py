"""How results show themselves in a notebook: HTML without scripts, everything inside it, every word escaped."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import Markup, escape

from autostyle.report.text import one_line

if TYPE_CHECKING:
    import numpy as np
    import PIL.Image
    from numpy.typing import NDArray

    from autostyle.use_cases.listing import MethodInfo

SIDE = 512
"""Most pixels of a picture alone; notebooks keep what they show."""
SMALL = 192
"""The same, of one among others."""
SHOWN = 11_000_000
"""Most characters of a notebook that a clip may take to play in it; of a larger one a frame is shown."""
_FIGURE = 'style="display:inline-block;vertical-align:top;margin:0 12px 8px 0"'


class ShownResult(Protocol):
    """What a result shows of itself; ``image`` has the shape (H, W, 3), 0..255."""

    @property
    def path(self) -> Path: ...
    @property
    def image(self) -> NDArray[np.uint8]: ...
    @property
    def method(self) -> str: ...
    @property
    def scores(self) -> Mapping[str, float]: ...
    @property
    def trial(self) -> int | None: ...


def told(scores: Mapping[str, float]) -> str:
    """Scores in a line."""
    return ", ".join(f"{name} {value:.2f}" for name, value in scores.items()) or "not scored"


def png(image: NDArray[np.uint8]) -> bytes:
    """A picture of at most :data:`SIDE` pixels as a PNG file."""
    return _encoded(_drawn(image), SIDE, "PNG")


def figure(result: ShownResult, side: int = SIDE) -> str:
    """A result with its scores below."""
    number = "" if result.trial is None else f"trial {result.trial}, "
    said = f"{number}{result.method}: {told(result.scores)}" if result.scores else result.path.name
    caption = escape(one_line(said))
    return f"<figure {_FIGURE}>{_shown(result, side)}<figcaption>{caption}</figcaption></figure>"


def row(results: Iterable[ShownResult]) -> str:
    """Results side by side."""
    return f"<div>{''.join(figure(result, SMALL) for result in results)}</div>"


def line(text: str) -> str:
    """A paragraph of plain words."""
    return f"<p>{escape(one_line(text))}</p>"


def picture(path: Path, caption: str) -> str:
    """A picture file, small, with a name below; nothing where it cannot be read."""
    from autostyle.codecs.preview import preview
    from autostyle.errors import AutostyleError

    try:
        image = preview(path, SMALL)
    except AutostyleError:
        return ""
    return f"<figure {_FIGURE}>{_img(image, SMALL)}<figcaption>{escape(one_line(caption))}</figcaption></figure>"


def methods(entries: Iterable[MethodInfo]) -> str:
    """Methods as a table."""
    rows = [(entry.name, entry.status, entry.medium, entry.title) for entry in entries]
    return table(("method", "status", "medium", "what it is"), rows)


def table(headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Rows of plain words."""
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(one_line(cell))}</td>" for cell in cells) + "</tr>" for cells in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _shown(result: ShownResult, side: int) -> str:
    from autostyle.report.html import element, font_rules
    from autostyle.report.pictures import Album

    exhibit = Album(result.path.parent, SHOWN).exhibit(Path(result.path.name), SHOWN)
    if exhibit is None:
        return _img(_drawn(result.image), side)
    style = Markup("<style>{}</style>").format(Markup(rules)) if (rules := font_rules(exhibit)) else Markup("")
    return style + element(replace(exhibit, attributes={**exhibit.attributes, "style": f"max-width:{side}px"}), None)


def _img(image: PIL.Image.Image, side: int) -> Markup:
    data = base64.b64encode(_encoded(image, side, "WEBP")).decode("ascii")
    return Markup('<img alt="" style="display:block;max-width:100%" src="data:image/webp;base64,{}">').format(data)


def _drawn(image: NDArray[np.uint8]) -> PIL.Image.Image:
    from PIL import Image

    return Image.fromarray(image)


def _encoded(image: PIL.Image.Image, side: int, kind: str) -> bytes:
    small, file = image.copy(), io.BytesIO()
    small.thumbnail((side, side))
    small.save(file, kind, **({"quality": 90} if kind == "WEBP" else {}))
    return file.getvalue()
