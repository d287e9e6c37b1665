"""A font as data: read from TTF, OTF, TTC, WOFF and WOFF2, checked, cut to some characters."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError
from fontTools.varLib import instancer

from autostyle.errors import BadInput
from autostyle.safe_files import read_named
from autostyle.sentences import Sentence
from autostyle.typography import characters, licence
from autostyle.typography.cubic import Endless, refuse_endless, to_truetype
from autostyle.typography.packed import unpacks_within

MOST_BYTES, MOST_UNPACKED = 2**27, 2**28
EMS = range(16, 16_385)
"""Units that an em may have: https://learn.microsoft.com/typography/opentype/spec/head"""
MOST_GLYPHS = 65_535
DEEPEST, MOST_PARTS = 16, 1024
"""Glyphs within each other, and how many a glyph is made of in all."""
STALE = (
    *("DSIG", "fpgm", "prep", "cvt ", "cvar", "hdmx", "LTSH", "VDMX", "FFTM", "gasp"),
    *("COLR", "CPAL", "SVG ", "CBDT", "CBLC", "EBDT", "EBLC", "EBSC", "sbix", "bdat", "bloc"),
    *("TSI0", "TSI1", "TSI2", "TSI3", "TSI5", "TSIV", "TSIP", "TSIS", "VTTS"),
)
"""Tables that say nothing true of changed outlines: signatures, hints, bitmaps, colours, what programs left."""
COLORS = frozenset(("COLR", "CPAL", "SVG "))
LAYERS = COLORS - {"SVG "}
"""Those that are cut with a font: an SVG table says the same."""
logging.getLogger("fontTools").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Font:
    """A font with TrueType outlines, never modified.

    Args:
        data: an sfnt file.
        sample: the characters that stand for it.
    """

    data: bytes
    sample: str

    def open(self) -> TTFont:
        """Its tables, to be changed by whoever asked."""
        return TTFont(BytesIO(self.data), lazy=True, recalcTimestamp=False)

    @cached_property
    def tables(self) -> TTFont:
        """The same, to be read only."""
        return self.open()

    @cached_property
    def seen(self) -> bytes:
        """The file as it is shown: FreeType prefers an SVG table to layers, and shows nothing without a renderer."""
        if "SVG " not in self.tables or "COLR" not in self.tables:
            return self.data
        font = self.open()
        del font["SVG "]
        return written(font)

    @cached_property
    def characters(self) -> dict[int, str]:
        """Code point -> name of its glyph."""
        found: dict[int, str] = self.tables.getBestCmap() or {}
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its glyphs that have an outline, without those that are layers of others."""
        layers = set[str]()
        if "COLR" in self.tables:
            colored = self.tables["COLR"].ColorLayers
            layers = {layer.name for every in colored.values() for layer in every} - set(colored)
        return tuple(name for name in names_with_outline(self.tables) if name not in layers)

    @cached_property
    def points(self) -> int:
        """How many points its outlines have, those of layers among them."""
        glyf = self.tables["glyf"]
        found = (glyf[name] for name in self.tables.getGlyphOrder())
        return sum(len(glyph.coordinates) for glyph in found if glyph.numberOfContours > 0)

    @property
    def lines(self) -> tuple[str, ...]:
        """What it is shown in."""
        return characters.specimen(self.characters)

    def cut(self, text: str, *, colored: bool = False) -> Font:
        """The font with the glyphs of these characters alone, and how they are kerned; with their colours on demand."""
        dropped = set(STALE) - LAYERS if colored else set(STALE)
        options = subset.Options(
            layout_features=["kern"], name_IDs=["*"], name_languages=["*"], notdef_outline=True, hinting=False,
            recalc_timestamp=False, glyph_names=False,
            drop_tables=[*(table.strip() for table in dropped), "MATH", "BASE", "JSTF"],
        )  # fmt: skip
        font = self.open()
        cutter = subset.Subsetter(options)
        cutter.populate(text=text + " ")
        cutter.subset(font)
        return Font(written(font), "".join(one for one in dict.fromkeys(text) if ord(one) in self.characters))


@dataclass(frozen=True)
class FontFile:
    """A font file, read.

    Args:
        sha256: of the file's bytes.
        notes: what a person should know.
    """

    font: Font
    sha256: str
    notes: tuple[Sentence, ...] = ()

    @property
    def full_name(self) -> str:
        """Family and style, as it says."""
        return str(self.font.tables["name"].getDebugName(licence.FULL) or "?")

    @cached_property
    def excerpt(self) -> Font:
        """What a search looks at."""
        return self.font.cut(self.font.sample)


def names_with_outline(font: TTFont) -> list[str]:
    """The glyphs that have an outline, by their places in the file, so that none has to be read."""
    order = font.getGlyphOrder()
    glyf = font["glyf"]
    places = getattr(font["loca"], "locations", ())
    if len(places) != len(order) + 1:  # made, and not yet written
        return [name for name in order if glyf[name].numberOfContours != 0]
    return [name for name, begin, end in zip(order, places, places[1:], strict=False) if end > begin]


def written(font: TTFont, flavor: str | None = None) -> bytes:
    """A font as a file: ``flavor`` None, ``woff`` or ``woff2``."""
    font.flavor = flavor
    file = BytesIO()
    font.save(file, reorderTables=None if flavor is None else False)
    return file.getvalue()


def read_font(path: Path, *, colored: bool = False) -> FontFile:
    """Read a font; ``colored``: with the colours it has.

    Raises:
        BadInput: missing, no font, damaged, without outlines, or not to be changed by what it says.
    """
    try:
        data = read_named(path, MOST_BYTES)
    except ValueError as error:
        raise BadInput("{path} is too large for a font", "name a font of less than 128 MB", path=path) from error
    return decode(data, path, colored=colored)


def decode(data: bytes, path: Path, *, colored: bool = False) -> FontFile:
    """:func:`read_font` of the bytes of a file; ``path`` is what it is called in errors."""
    try:
        return _decoded(data, path, colored)
    except BadInput:
        raise
    except Endless as error:
        raise BadInput(
            "the outlines of {path} take too long to draw: they call each other again and again",
            "name another font",
            path=path,
        ) from error
    except ImportError as error:
        raise BadInput(
            "{path} is packed in a way that cannot be read here", "save it as TTF or OTF", path=path
        ) from error
    except Exception as error:  # fontTools raises whatever a damaged table leads it to
        raise BadInput(
            "{path} is no font that can be read, or is damaged", "name a TTF, OTF or WOFF2", path=path
        ) from error


def _decoded(data: bytes, path: Path, colored: bool) -> FontFile:
    notes: list[Sentence] = []
    if not unpacks_within(data, MOST_UNPACKED):
        raise BadInput("{path} is too large for a font", "name a font of less than 128 MB", path=path)
    options: dict[str, Any] = {"lazy": True, "recalcTimestamp": False}
    try:
        font = TTFont(BytesIO(data), **options)
    except TTLibError:
        font = TTFont(BytesIO(data), fontNumber=0, **options)  # a collection
        count, name = font.reader.numFonts, str(font["name"].getDebugName(licence.FULL) or "?")
        said = Sentence("it is a collection of {count} fonts: the first is taken, {name}", count=count, name=name)
        notes.append(said)
    licence.refuse_restricted(font, path)
    if not {"head", "hmtx", "cmap", "name"} <= set(font.keys()):
        raise TTLibError("tables are missing")
    if font["head"].unitsPerEm not in EMS:
        raise TTLibError("an em of no size")
    if not ({"glyf", "CFF ", "CFF2"} & set(font.keys())):
        raise BadInput("{path} has no outlines, bitmaps only", "name a font of outlines", path=path)
    if "glyf" in font:
        _refuse_boundless(font)
    if "fvar" in font:
        if "CFF2" in font:
            refuse_endless(font)
        default = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        font = instancer.instantiateVariableFont(font, default)
        place = ", ".join(f"{axis} {value:g}" for axis, value in default.items())
        notes.append(Sentence("it is variable: its default is taken, {place}", place=place))
    if not colored and {"COLR", "SVG ", "sbix", "CBDT"} & set(font.keys()):
        notes.append(Sentence("its own colours are taken off"))
    if "glyf" not in font:
        to_truetype(font)
        notes.append(Sentence("its outlines become TrueType's, which are as good as the same"))
    for table in set(STALE) - (COLORS if colored else set()):
        if table in font:
            del font[table]
    outlined, known = set(names_with_outline(font)), font.getBestCmap() or {}
    sample = characters.excerpt({code for code, name in known.items() if name in outlined})
    if not sample:
        raise BadInput("{path} has no characters with outlines", "name another font", path=path)
    found = Font(written(font), sample)
    file = FontFile(found, sha256(data).hexdigest(), (*notes, *licence.told(found.tables)))
    if not file.excerpt.names:  # cut now: what is damaged is found before anything is painted
        raise TTLibError("no glyph is left of those that are looked at")
    return file


def _refuse_boundless(font: TTFont) -> None:
    """Raises TTLibError where a glyph is made of others that are made of others and so on: few bytes say billions."""
    glyf, known = font["glyf"], dict[str, int]()

    def parts(name: str, depth: int) -> int:
        if name not in known:
            if depth > DEEPEST:
                raise TTLibError("glyphs are too deep within each other")
            own = 1 + sum(parts(inner, depth + 1) for inner in glyf[name].getComponentNames(glyf))
            if own > MOST_PARTS:
                raise TTLibError("a glyph has too many parts")
            known[name] = own
        return known[name]

    for name in font.getGlyphOrder():
        parts(name, 0)
