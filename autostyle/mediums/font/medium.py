"""Fonts at work: a search looks at sixty glyphs; the whole font is drawn sheet by sheet and put together."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autostyle.atomic import atomic_copy, atomic_write_bytes
from autostyle.codecs import Pixels
from autostyle.codecs.image import save_image
from autostyle.errors import BadInput
from autostyle.mediums.contract import Exhibit, LoadedStyle, Medium, Order, Scorer
from autostyle.mediums.files import recognize, shown
from autostyle.mediums.font.parts import GlyphParts
from autostyle.mediums.font.spec import SPEC
from autostyle.mediums.identity import run_identity
from autostyle.mediums.image.styles import PictureStyles
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import AnyMethod, FontInputs, FontMethod, Inputs, Iterate, OnIterate, Style, ignore
from autostyle.methods.inked import Inked
from autostyle.safe_files import reading
from autostyle.scoring.scores import ProfileName
from autostyle.sentences import Sentence
from autostyle.typography import characters, licence
from autostyle.typography.building import drawn, layers_within_limit
from autostyle.typography.font import Font, FontFile, read_font, written
from autostyle.typography.outlines import Drawings, InkLayer
from autostyle.typography.specimen import both_grounds, set_lines

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

SHEET = 64
"""Glyphs that are drawn at once."""
LEAST_LAYERS, MOST_LAYERS = 3, 7
"""Layers of its own that each glyph is to have at least, where all cannot have as many as are asked for."""
STYLE_PIXELS = 96
"""Pixels an em of the picture that stands for a font as a style."""


@dataclass(frozen=True)
class DrawnFont:
    """A whole font, and the glyphs of it that a search looks at."""

    font: Font | None
    drawn: int
    stopped: bool
    notes: tuple[str, ...]
    parts: GlyphParts

    @property
    def finished(self) -> bool:
        return self.font is not None

    @property
    def sample(self) -> Font | None:
        return None if self.font is None else self.font.cut(self.font.sample, colored=True)

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.drawn,)

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        assert self.font is not None
        if path.exists() and not overwrite:
            raise BadInput("{path} exists", "--force overwrites it", path=path)
        _write(path, self.font)
        self.parts.remove()
        return ()

    def companions(self) -> dict[str, bytes]:
        return {}


class FontMedium(PictureStyles, Medium[FontFile, Pixels, Font]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, path: Path) -> FontFile:
        return read_font(path)

    def load_style(self, path: Path) -> LoadedStyle[Pixels]:
        """Of a font the picture that it is shown in."""
        if recognize(path) != "font":
            return super().load_style(path)
        file = read_font(path)
        pixels = set_lines(file.excerpt, file.font.lines, STYLE_PIXELS)
        return LoadedStyle(pixels, (Sentence("its letters are taken as a picture"),), file.sha256)

    def size(self, content: FontFile) -> int:
        """Outlines have no pixels of their own: what a final render takes."""
        return 96

    def describe(self, content: FontFile) -> dict[str, Any]:
        font = content.font
        syllables = sum(code in characters.SYLLABLES for code in font.characters)
        said = {"name": content.full_name, "glyphs": len(font.names), "syllables": syllables}
        told = (
            Sentence("{name}: {glyphs} glyphs, {syllables} of them Korean syllables", **said)
            if syllables
            else Sentence("{name}: {glyphs} glyphs", **said)
        )
        return {**said, "told": told, "notes": list(content.notes)}

    def preview(self, content: FontFile) -> Pixels:
        return both_grounds(content.excerpt)

    def inputs(self, content: FontFile, style: Style[Pixels], aids: Aids = NONE) -> FontInputs:
        return FontInputs(content.excerpt, style, aids=aids)

    def adapt(self, method: AnyMethod) -> AnyMethod:
        """A method of pictures paints sheets of glyphs."""
        return Inked(method) if method.spec.medium == "image" else method

    def draw(
        self, method: AnyMethod, content: FontFile, order: Order, place: Path, on_iterate: OnIterate = ignore
    ) -> DrawnFont:
        assert isinstance(method, FontMethod)
        parts = GlyphParts.beside(place, run_identity(method, order, content.sha256, SHEET))
        font = content.font
        names, layers, notes = _to_draw(font) if method.layered else (font.names, MOST_LAYERS, [])
        batches = [names[begin : begin + SHEET] for begin in range(0, len(names), SHEET)]
        known = {number: part for number in range(len(batches)) if (part := parts.read(number)) is not None}
        done = sum(len(batches[number]) for number in known)

        def stopped(drawn: int) -> DrawnFont:
            said = Sentence(
                "{drawn} of {glyphs} glyphs are drawn: the same command goes on from here",
                drawn=drawn,
                glyphs=len(names),
            )
            return DrawnFont(None, drawn, True, (*notes, said), parts)

        def beginning(iterate: Iterate) -> None:
            on_iterate(Iterate(max(1, done), len(names), iterate.image, iterate.loss))

        # As many colours as there are layers for: those of the excerpt are those of the whole font.
        excerpt = replace(self.inputs(content, order.style, order.aids), most_layers=layers)
        first = method.prepare(excerpt, order.size)
        found = method.run_to(first, order.params, order.path, seed=order.seed, on_iterate=beginning)
        if found.stopped:
            return stopped(done)
        notes += [note for note in found.notes if note not in notes]
        glyphs: dict[str, tuple[InkLayer, ...]] = {}
        palette = found.drawings.palette
        for number, batch in enumerate(batches):
            part = known.get(number)
            if part is None:
                inputs = replace(
                    self.inputs(content, order.style, order.aids),
                    content=font, glyphs=batch, palette=found.palette, most_layers=layers,
                )  # fmt: skip

                def onward(iterate: Iterate, begun: int = number * SHEET, share: int = len(batch)) -> None:
                    """Steps are counted in glyphs of the whole font."""
                    drawn = begun + share * iterate.step // iterate.steps
                    on_iterate(Iterate(drawn, len(names), iterate.image, iterate.loss))

                try:
                    prepared = method.prepare(inputs, order.size)
                except BadInput:  # glyphs too small to be seen
                    continue
                result = method.run_to(prepared, order.params, order.path, seed=order.seed, on_iterate=onward)
                if result.stopped:
                    return stopped(number * SHEET)
                part = result.drawings
                parts.keep(number, part)
            glyphs |= part.glyphs
            palette = part.palette or palette
        made = drawn(font, Drawings(glyphs, palette), svg=found.svg)
        return DrawnFont(made, len(glyphs), False, tuple(notes), parts)

    def scorer(
        self, inputs: Inputs[Font, Pixels], *, weights: Weights, device: str, model: str, profile: ProfileName
    ) -> Scorer:
        from autostyle.scoring.letters.scorer import FontScorer

        return FontScorer.open(
            inputs.content,
            inputs.style.exemplars,
            inputs.style.shares,
            weights=weights,
            device=device,
            model=model,
            profile="strokes" if profile == "strokes" else "letters",
        )

    def keep(self, path: Path, made: Font) -> None:
        _write(path, made)
        save_image(shown(path), self.still(made), overwrite=True)

    def copy(self, source: Path, target: Path) -> None:
        if source.suffix.lower() == target.suffix.lower():
            atomic_copy(source, target)
            return
        with reading(source) as file:
            data = file.read()
        _write(target, Font(written(Font(data, "").open()), ""))

    def still(self, made: Font) -> Pixels:
        return both_grounds(made)

    def exhibit(self, path: Path, most: int) -> Exhibit | None:
        """Lines of text set in the font itself, of which the page gets the glyphs they take; a picture has to do where
        its embedding bits forbid that."""
        try:
            font = read_font(path, colored=True).font
        except BadInput:
            return None
        if not licence.may_be_shown(font.tables):
            return None
        lines = font.lines
        packed = written(font.cut("".join(lines), colored=True).open(), "woff2")
        uri = "data:font/woff2;base64," + base64.b64encode(packed).decode("ascii")
        found = Exhibit("pre", "\n".join(lines), needs={"font-src": "data:"}, font=uri)
        return found if found.size <= most else None


def _write(path: Path, font: Font) -> None:
    flavor = {".woff2": "woff2", ".woff": "woff"}.get(path.suffix.lower())
    atomic_write_bytes(path, font.data if flavor is None else written(font.open(), flavor))


def _to_draw(font: Font) -> tuple[tuple[str, ...], int, list[str]]:
    """The glyphs to draw, how many layers of its own each may have, and what is to be said of that."""
    every = font.names
    layers = layers_within_limit(font, len(every), MOST_LAYERS)
    if layers >= LEAST_LAYERS:
        return every, layers, []
    known = font.characters
    first = {*range(0x20, 0x2100), *characters.SYLLABLES}
    drawable = set(every)
    names = tuple(dict.fromkeys(name for code, name in known.items() if code in first and name in drawable))
    layers = layers_within_limit(font, len(names), MOST_LAYERS)
    if layers < 1:
        common = {*range(0x20, 0x2100), *map(ord, characters.common_syllables())}
        names = tuple(dict.fromkeys(name for code, name in known.items() if code in common and name in drawable))
        layers = layers_within_limit(font, len(names), MOST_LAYERS)
    note = Sentence(
        "{drawn} of {glyphs} glyphs are drawn, letters and syllables first, the others stay as they are: a font has "
        "65,535 glyphs at most, layers among them",
        drawn=len(names),
        glyphs=len(every),
    )
    return names, layers, [note]
