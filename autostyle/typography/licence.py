"""What the maker of a font allows, as far as the font says it, and the names that a font made of it goes by."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from autostyle.errors import BadInput
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from fontTools.ttLib import TTFont

RESTRICTED, NO_SUBSET, BITMAPS_ONLY = 0x0002, 0x0100, 0x0200
"""Of fsType in the OS/2 table: https://learn.microsoft.com/typography/opentype/spec/os2#fstype"""
_EDITABLE = 0x0008 | 0x0004
PREFIX = "Restyled"
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, DESCRIPTION = 1, 2, 3, 4, 6, 10
TYPOGRAPHIC_FAMILY, WWS_FAMILY, WWS_STYLE, POSTSCRIPT_PREFIX, COMPATIBLE, CID = 16, 21, 22, 25, 18, 20
COPYRIGHT, TRADEMARK, LICENCE = 0, 7, 13
_RESERVED = re.compile(r"reserved font names?", re.IGNORECASE)


def embedding(font: TTFont) -> int:
    """The embedding bits of a font; 0, all is allowed, where it has none."""
    return int(font["OS/2"].fsType) if "OS/2" in font else 0


def refuse_restricted(font: TTFont, path: Path) -> None:
    """Raises BadInput where a font says that it is not to be changed or embedded."""
    bits = embedding(font)
    restricted = bits & RESTRICTED and not bits & _EDITABLE
    if restricted or bits & BITMAPS_ONLY:
        raise BadInput(
            "{path} says that it may not be embedded in documents or changed (fsType {bits})",
            "ask its maker for a licence and a font that says so, or name another font",
            path=path,
            bits=bits,
        )


def may_be_shown(font: TTFont) -> bool:
    """Whether a part of the font may be embedded in a page."""
    return not embedding(font) & (RESTRICTED | NO_SUBSET | BITMAPS_ONLY)


def told(font: TTFont) -> tuple[Sentence, ...]:
    """What a person should know of it."""
    names = font["name"]
    texts = [str(names.getDebugName(number) or "") for number in (COPYRIGHT, LICENCE, TRADEMARK)]
    notes = [Sentence("the result is named {name}: a changed font may not go by the name of the first", name=new(font))]
    if any(_RESERVED.search(text) for text in texts):
        notes.append(Sentence("its licence reserves its name"))
    if not texts[1]:
        notes.append(Sentence("it holds no licence text: whether it may be changed is for you to know"))
    return tuple(notes)


def new(font: TTFont) -> str:
    """A family name that shares no word with the old one, the same for fonts of one family."""
    names = font["name"]
    old = str(names.getDebugName(TYPOGRAPHIC_FAMILY) or names.getDebugName(FAMILY) or "font")
    return f"{PREFIX} {sha256(old.encode()).hexdigest()[:4].upper()}"


def rename(font: TTFont) -> None:
    """Give a font its new names in place; copyright, licence, makers and all that features refer to stay."""
    names, family = font["name"], new(font)
    style = str(names.getDebugName(17) or names.getDebugName(STYLE) or "Regular")
    old = str(names.getDebugName(FULL) or names.getDebugName(FAMILY) or "")
    full = family if style == "Regular" else f"{family} {style}"
    given = {
        FAMILY: family,
        UNIQUE: f"{full}; autostyle",
        FULL: full,
        POSTSCRIPT: re.sub(r"[^A-Za-z0-9-]", "", f"{family}-{style}".replace(" ", ""))[:63],
        TYPOGRAPHIC_FAMILY: family,
    }
    dropped = {WWS_FAMILY, WWS_STYLE, POSTSCRIPT_PREFIX, COMPATIBLE, CID}
    kept: list[Any] = []
    for record in names.names:
        if record.nameID in dropped:
            continue
        if record.nameID in given:
            if (
                record.platformID == 1 and not given[record.nameID].isascii()
            ):  # of the old Mac, in an encoding of its own
                continue
            record.string = given[record.nameID]
        kept.append(record)
    names.names = kept
    for number in (FAMILY, FULL, POSTSCRIPT, UNIQUE):
        if names.getName(number, 3, 1, 0x409) is None:
            names.setName(given[number], number, 3, 1, 0x409)
    if names.getName(STYLE, 3, 1, 0x409) is None:
        names.setName(style, STYLE, 3, 1, 0x409)
    names.setName(f"Made by autostyle of {old}." if old else "Made by autostyle.", DESCRIPTION, 3, 1, 0x409)
