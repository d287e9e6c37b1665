"""Whether a named file is a photograph or an artwork: by its name, then by the picture in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from autostyle import named_styles
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import said
from autostyle.agent.understanding.languages import compose_pattern, spoken
from autostyle.agent.understanding.model import NamedFile

NAMED = 4.0
"""Log-odds of a name that tells."""
BY_NAME = 0.25
"""What a name weighs against the looks of a picture that can be seen."""
MOST_LOOKS = 24
"""Pictures of a folder that are opened to find a style to offer."""

CAMERAS = (
    r"^(?:img|dsc[fn]?|dscn|pxl|mvimg|dji|gopr|sam|cimg|p\d{7}|_?mg|kakaotalk|signal|whatsapp|vid)[\s_-]?\d"
    r"|^(?:img|dsc|pxl|kakaotalk|whatsapp)(?:[\s_-]|$)|^(?:19|20)\d{6}[_-]\d{4,6}"
)
"""What cameras and telephones call their files, in any language."""
OTHER_SCRIPTS = (
    "ван гог", "пикассо", "клод моне", "моне", "мане", "климт", "мунк", "хокусай", "кандинск", "дали", "рембрандт",
    "вермеер", "матисс", "сезанн", "ренуар", "шагал", "ゴッホ", "ピカソ", "モネ", "マネ", "クリムト", "ムンク", "北斎",
    "広重", "カンディンスキー", "ダリ", "レンブラント", "フェルメール", "マティス", "セザンヌ", "ルノワール",
    "シャガール", "梵高", "毕加索", "莫奈", "马奈", "克里姆特", "蒙克", "葛饰北斋", "康定斯基", "达利", "伦勃朗",
    "维米尔", "马蒂斯", "塞尚", "雷诺阿", "夏加尔",
)  # fmt: skip
"""Painters in scripts of which no language here is."""


@compose_pattern
def _camera(said: Grammar) -> str:
    return f"{CAMERAS}|{said.looks.camera}"


@compose_pattern
def _painter(said: Grammar) -> str:
    """Names people say for a style. Words are no style here: a picture of it is needed."""
    others = rf"(?<![а-яёァ-ヴー])({'|'.join(OTHER_SCRIPTS)})(?:а|у|е|ом|ым|ого|ий|ому)?(?![а-яёァ-ヴー])"
    return f"{said.looks.painter.source}|{others}"


def painter(words: str) -> str | None:
    """The painter that is named in ``words`` (lower case, files cut out), as it is written there."""
    found = _painter().search(words)
    return said(found) if found else None


def painters(words: str) -> list[tuple[int, int]]:
    """Where painters are named."""
    return [match.span() for match in _painter().finditer(words)]


def look(file: NamedFile, where: Path) -> float | None:
    """Log-odds that a named file is an artwork, by its name or else by the picture; None where nobody can tell."""
    if named_styles.at(file.path):
        return NAMED
    if by_name := odds_by_name(file.path):
        return by_name
    if file.folder or file.url or not file.exists or file.medium != "image":
        return None
    # Imported here: it brings numpy and Pillow, which a talk need not wait for.
    from autostyle.keywords.artwork import odds

    return odds((where / file.path).absolute())


def odds_by_name(path: Path) -> float:
    """What a name tells: above 0 an artwork, below a photograph, 0 nothing."""
    stem = unicodedata.normalize("NFC", path.stem).lower()
    spaced = re.sub(r"[_-]+", " ", stem)
    camera = bool(_camera().search(stem) or _camera().search(spaced))
    artwork = bool(spoken().looks.artwork.search(spaced) or _painter().search(spaced))
    return 0.0 if camera == artwork else -NAMED if camera else NAMED


def offers(pictures: Sequence[Path], wanted: str | None = None) -> tuple[Path, ...]:
    """Of the ``pictures`` of a folder those that may be a style: with the ``wanted`` painter's name first, then by how
    much they look like an artwork, whatever they are called; those that are plainly photographs are left out."""
    from autostyle.keywords.artwork import SURE, odds

    looked = {path: odds_by_name(path) for path in pictures}
    # Those whose names say nothing are looked at first; a name is believed where there are too many to look at.
    for path in sorted(pictures, key=lambda path: abs(looked[path]))[:MOST_LOOKS]:
        seen = odds(path.absolute())
        looked[path] = looked[path] if seen is None else seen + looked[path] * BY_NAME

    def rank(path: Path) -> float:
        mine = wanted is not None and wanted.split()[-1] in unicodedata.normalize("NFC", path.stem).lower()
        return -looked[path] - (100 if mine else 0)

    return tuple(sorted((path for path in pictures if looked[path] > -SURE), key=rank))
