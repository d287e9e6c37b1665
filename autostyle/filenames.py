"""Names of files as disks, terminals and people write them: one file, many spellings.

A name on a Linux disk is bytes, not text. Python keeps what is no UTF-8 in half characters (PEP 383), which no encoder
takes. Hangul and accented letters are one character or several (Unicode's normal forms NFC and NFD): macOS has written
the second, keyboards write the first. Terminals that a file is dropped on quote or escape its path each in its own way.
"""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

_NO_UTF8 = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"[^\s/\\]+")
_LONGEST = 512
"""Characters of a word that may have a name in it; disks take names of 255 bytes."""
_BESIDE = re.compile("([가-힣]*)(.*?)([가-힣]*)", re.DOTALL)
"""A name in a Korean sentence: a particle stands right behind it."""
_OLDER = ("cp949", "cp1252")
"""What names were written in before UTF-8 where the program is used: a ZIP file made on Windows still has it."""
DEEPEST = 128
"""Folders within each other that a spelling is looked for in; what is longer is no path that somebody has typed."""
_URI = re.compile(r"file:(?://[^/\s]*)?(/[^/].*)", re.IGNORECASE | re.DOTALL)
_DRIVE = re.compile(r"([A-Za-z]):[\\/](.*)", re.DOTALL)
_WSL = re.compile(r"[\\/]{2}wsl(?:\.localhost|\$)[\\/][^\\/]+[\\/](.*)", re.IGNORECASE | re.DOTALL)


def legible(text: str) -> str:
    """``text`` with names in it that are not UTF-8 as they were probably meant; what cannot be read is a ``\ufffd``."""
    if text.isascii() or not _NO_UTF8.search(text):
        return text
    return _WORD.sub(lambda word: _read(word.group()) if _NO_UTF8.search(word.group()) else word.group(), text)


def _read(name: str) -> str:
    parts = _BESIDE.fullmatch(name[:_LONGEST])
    assert parts is not None
    for encoding in _OLDER if len(name) <= _LONGEST else ():
        # The longest first: by chance, bytes of an older encoding are Hangul in UTF-8.
        for start in (0, parts.end(1)):
            for end in range(len(name), parts.end(2) - 1, -1):
                if (found := _decoded(name[start:end], encoding)) is not None:
                    return f"{name[:start]}{found}{name[end:]}"
    return _NO_UTF8.sub("\ufffd", name)


def _decoded(name: str, encoding: str) -> str | None:
    """A name whose bytes are in ``encoding``; None where they are not."""
    try:
        found = name.encode("utf-8", "surrogateescape").decode(encoding)
    except UnicodeError:
        return None
    return found if found.isprintable() else None


def key(name: str, *, fold: bool = True) -> str:
    """What two spellings of one name have in common: normal form, kinds of spaces and apostrophes, nothing invisible;
    with ``fold`` capitals, too."""
    plain = unicodedata.normalize("NFC", legible(name)).replace("’", "'")
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    plain = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", plain).split())
    return plain.casefold() if fold else plain


def find(path: Path, *, fold: bool = False) -> Path | None:
    """What is on disk under ``path``, or alone there is spelt like it; None where nothing is, or nobody may look."""
    try:
        if os.path.lexists(path):
            return path
        if path.parent == path or not path.name or len(path.parts) > DEEPEST:
            return None
        folder = find(path.parent, fold=fold)
        if folder is None or not folder.is_dir():
            return None
        alike = _listing(folder, folder.stat().st_mtime_ns, fold).get(key(path.name, fold=fold), ())
        return folder / alike[0] if len(alike) == 1 else None
    except (OSError, ValueError):  # too long, no permission, or a NUL
        return None


def as_spelled_on_disk(path: Path) -> Path:
    """``path`` as the disk has it, where it is spelt otherwise there or is a ``file:`` address; else itself."""
    uri = _URI.fullmatch(str(path))
    named = Path(unquote(uri[1], errors="surrogateescape")) if uri else path
    return find(path) or find(named) or path


@lru_cache(maxsize=16)
def _listing(folder: Path, changed: int, fold: bool) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in folder.iterdir():
        spelt = key(path.name, fold=fold)
        found[spelt] = (*found.get(spelt, ()), path.name)
    return found


def spellings(name: str) -> Iterator[str]:
    """The paths that ``name`` may stand for, as it was typed, dropped on a terminal or copied; itself first."""
    yield name
    if uri := _URI.fullmatch(name):
        yield unquote(uri[1], errors="surrogateescape")
    if wsl := _WSL.fullmatch(name):
        yield f"/{wsl[1]}".replace("\\", "/")
    if drive := _DRIVE.fullmatch(name):
        yield f"/mnt/{drive[1].lower()}/{drive[2]}".replace("\\", "/")
    if name.startswith(("$HOME", "${HOME}")):
        yield os.path.expandvars(name)
    if "\\" in name:
        yield re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL)
        yield name.replace("\\", "/")


_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|([0-7]{1,3})|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r"}


def _unescaped(escape: re.Match[bytes]) -> bytes:
    if escape[1] or escape[3]:
        return bytes([int(escape[1] or escape[3], 16 if escape[1] else 8) & 255])
    if escape[2]:
        return chr(int(escape[2], 16)).encode("utf-8", "replace")
    return _LETTERS.get(escape[4], escape[4])


def shell_word(text: str) -> str | None:
    """What one word in a shell's quotes and escapes stands for; None where it is none, or more than one."""
    if special := re.fullmatch(r"\$'((?:\\.|[^'\\])*)'", text, re.DOTALL):
        return os.fsdecode(_ESCAPE.sub(_unescaped, os.fsencode(special[1])))
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    return words[0] if len(words) == 1 else None
