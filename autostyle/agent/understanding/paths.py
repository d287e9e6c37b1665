"""Files and folders named in a text. What exists decides where a name begins; what does not is still reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from autostyle.agent.understanding.model import Named
from autostyle.endings import OTHER_MEDIA, READABLE, UNREADABLE, medium
from autostyle.signatures import medium_of

ENDINGS = (*READABLE, *OTHER_MEDIA, *UNREADABLE)
MISTYPED = ("jgp", "jpgg", "jpge", "jepg", "jpe", "pgn", "pnj", "pg", "wepb", "wbep")
MAX_WORDS = 6
"A name without quotes is looked for over at most so many words."

_QUOTES = {'"': '"', "“": "”", "‘": "’", "「": "」", "『": "』", "`": "`", "'": "'", "«": "»", "<": ">"}
_ENDING = re.compile(
    rf"\.(?:{'|'.join(re.escape(e[1:]) for e in ENDINGS)}|{'|'.join(MISTYPED)})(?![A-Za-z0-9_])", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>가-힣]+", re.IGNORECASE)
_SLASHED = re.compile(r"@?(?:~|\.{1,2})?[^\s\"'“”‘’「」]*/[^\s\"'“”‘’「」,;]*|@[^\s\"'“”‘’「」,;@]+")
_WORD = re.compile(r"[\w-]{3,}")
_GLUED = " \t\n\"'“”‘’「」『』`<>,;:()[]{}|+=*"
_NAME = r"(?:[^\s\"'/,.]+(?:\s+[^\s\"'/,.]+){0,3})"
_FOLDER_WORD = re.compile(
    rf"(?=(?:^|(?<=[\s,.;:!?]))({_NAME})\s+(?:folder|directory|폴더))|(?:folder|directory)\s+(?:called\s+|named\s+)?({_NAME})"
    rf"|(?:photos|pictures|images|pics|shots|everything|all|ones)\s+(?:in|from|inside)\s+(?:the\s+|my\s+)?({_NAME})",
    re.IGNORECASE,
)
"""What is named next to one of these words is a folder if there is one; its name may have spaces."""


_PLACES = {
    "desktop": platformdirs.user_desktop_path,
    "downloads": platformdirs.user_downloads_path,
    "바탕화면": platformdirs.user_desktop_path,
    "다운로드": platformdirs.user_downloads_path,
}
_PLACE = re.compile(
    r"\b(?:to|on|onto|in|into|at|from)\s+(?:my|the)\s+(desktop|downloads)\b(?!\s+(?:wall|back|pc|computer|picture))"
    r"|(바탕\s?화면|다운로드)(?=\s*(?:폴더)?\s*(?:에|으로|로)(?!\s*(?:쓸|쓰|할|하)))",
    re.IGNORECASE,
)


def find(text: str, where: Path) -> tuple[Named, ...]:
    """Everything in ``text`` that names a file or folder, in its order; ``where`` is the folder the person is in."""
    found: list[Named] = []
    for reader in (_addresses, _quoted, _with_ending, _slashed, _folders, _places, _without_ending):
        for named in reader(text, where, tuple(found)):
            if not any(named.start < other.end and other.start < named.end for other in found):
                found.append(named)
    return tuple(sorted(found, key=lambda named: named.start))


def quotes(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between quotation marks, marks included; an apostrophe inside a word is none."""
    position = 0
    while position < len(text):
        closing = _QUOTES.get(text[position])
        if closing is None or (text[position] in "'<" and position and text[position - 1].isalnum()):
            position += 1
            continue
        end = _closing(text, position, closing)
        if end < 0:
            position += 1
            continue
        yield position, end + 1
        position = end + 1


def _closing(text: str, opening: int, mark: str) -> int:
    end = text.find(mark, opening + 1)
    while mark == "'" and end > 0 and end + 1 < len(text) and text[end + 1].isascii() and text[end + 1].isalnum():
        end = text.find(mark, end + 1)
    return end


def _addresses(text: str, where: Path, found: tuple[Named, ...]) -> Iterator[Named]:
    for match in _ADDRESS.finditer(text):
        yield Named(Path(match.group().rstrip(".,)")), match.start(), match.end(), exists=False, url=True)


def _quoted(text: str, where: Path, found: tuple[Named, ...]) -> Iterator[Named]:
    for start, end in quotes(text):
        inner = text[start + 1 : end - 1].strip().removeprefix("@")
        endings = list(_ENDING.finditer(inner))
        a_file = len(endings) == 1 and endings[0].end() == len(inner)
        if a_file or _is_there(inner, where) or re.match(r"(~|\.{0,2})/\S", inner):
            yield _named(inner, start, end, where)


def _with_ending(text: str, where: Path, found: tuple[Named, ...]) -> Iterator[Named]:
    floor = 0
    for match in _ENDING.finditer(text):
        if any(named.start < match.end() and match.start() < named.end for named in found):
            continue
        floor = max([floor, *(named.end for named in found if named.end <= match.start())])
        start = _beginning(text, floor, match.end(), where)
        if start < match.start():
            name = text[start : match.end()].removeprefix("@").removeprefix("file://").replace("\\ ", " ")
            yield _named(name, start, match.end(), where)
            floor = match.end()


def _beginning(text: str, floor: int, end: int, where: Path) -> int:
    """Where the name that ends at ``end`` begins: the longest that exists, else the last run without a space."""
    words = [match.start() for match in re.finditer(r"(?<!\\)(?<=\s)\S|^\S", text[floor:end])] or [0]
    starts = [floor + position for position in words][-MAX_WORDS:]
    for start in starts:
        if _exists(text[start:end].removeprefix("@").removeprefix("file://").replace("\\ ", " "), where):
            return start
    run = starts[-1]
    for start in range(run, end):
        name = text[start:end]
        at_seam = start == run or not text[start - 1].isalnum() or _seam(text[start - 1], text[start])
        if at_seam and _exists(name, where):
            return start
    cut = max((position for position in range(run, end) if text[position] in _GLUED), default=run - 1)
    after_colon_of_a_drive = text[run + 1 : run + 3] in (":\\", ":/")
    start = run if after_colon_of_a_drive else cut + 1
    while text[start : start + 1] in ("-", "→", "&", "@") and text[start] != "@":
        start += 1
    return start


def _seam(left: str, right: str) -> bool:
    """Between Hangul and Latin letters a name may begin without a space."""
    return ("가" <= left <= "힣") != ("가" <= right <= "힣")


def _slashed(text: str, where: Path, found: tuple[Named, ...]) -> Iterator[Named]:
    for match in _SLASHED.finditer(text):
        name = match.group()
        bare = name.removeprefix("@").rstrip(".,!?")
        while bare and not _exists(bare, where) and "가" <= bare[-1] <= "힣":
            bare = bare[:-1]
        if not bare.strip("/"):
            continue
        explicit = name[0] in "@~/." and (name[0] != "@" or "." in bare) and re.search(r"\w/\w|^[~.]", bare)
        if spaced := _spaced(text, match.start(), match.start() + len(name), where):
            yield _named(text[slice(*spaced)].removeprefix("@"), *spaced, where)
        elif _exists(bare, where) or explicit or re.fullmatch(r"[^/]{3,}/", bare):
            offset = len(name) - len(name.removeprefix("@"))
            yield _named(bare, match.start(), match.start() + offset + len(bare), where)


def _spaced(text: str, start: int, end: int, where: Path) -> tuple[int, int] | None:
    """The longest stretch of words around ``start`` and ``end`` that exists as it stands, if it has spaces in it."""
    starts = [match.start() for match in re.finditer(r"(?<=\s)\S|^\S", text[:start])][-MAX_WORDS:]
    ends = [end + match.end() for match in re.finditer(r"\s+\S+", text[end:])][:MAX_WORDS]
    stretches = [(a, b) for a in (*starts, start) for b in (end, *ends) if b - a > end - start]
    for a, b in sorted(stretches, key=lambda stretch: stretch[0] - stretch[1]):
        if "/" in text[start:b] and _exists(text[a:b].removeprefix("@"), where):
            return a, b
    return None


def _folders(text: str, where: Path, found: tuple[Named, ...]) -> Iterator[Named]:
    for match in _FOLDER_WORD.finditer(text):
        group = match.lastindex or 1
        start, words = match.start(group), match.group(group)
        ends = [found.end() for found in re.finditer(r"\S+", words)]
        for end in reversed(ends if group > 1 else ends[-1:]):
            if _is_folder(words[:end], where):
                yield _named(words[:end], start, start + end, where)
                break


def _places(text: str, where: Path, found: tuple[Named, ...]) -> Iterator[Named]:
    """Folders that everybody has: the desktop, the downloads."""
    for match in _PLACE.finditer(text):
        group = match.lastindex or 1
        folder = _PLACES[match.group(group).replace(" ", "").lower()]()
        if folder.is_dir():
            yield Named(folder, match.start(group), match.end(group), exists=True, folder=True)


def _without_ending(text: str, where: Path, found: tuple[Named, ...]) -> Iterator[Named]:
    """Files whose names have no ending at all, where their bytes say that they are a picture or a clip."""
    for match in _WORD.finditer(text):
        if _is_there(match.group(), where) and medium_of(where / match.group()) in ("image", "video"):
            yield _named(match.group(), match.start(), match.end(), where)


def _named(name: str, start: int, end: int, where: Path) -> Named:
    real = _real(name, where)
    path = _expanded(real)
    return Named(path, start, end, _is_there(real, where), medium(where / path), _is_folder(real, where))


def _real(name: str, where: Path) -> str:
    """The name as it exists: perhaps with other slashes, perhaps in other capitals; unchanged if nothing does."""
    for way in (name, name.replace("\\", "/")):
        if _is_there(way, where):
            return way
        path = _expanded(way)
        alike = [p.name for p in _inside(where / path.parent) if p.name.casefold() == path.name.casefold()]
        if len(alike) == 1:
            return str(path.with_name(alike[0]))
    return name


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (OSError, ValueError):
        return []


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # ~nobody
        return Path(name)


def _exists(name: str, where: Path) -> bool:
    return _is_there(name, where) or ("\\" in name and _is_there(name.replace("\\", "/"), where))


def _is_there(name: str, where: Path) -> bool:
    try:
        return bool(name.strip()) and (where / _expanded(name)).exists()
    except (OSError, ValueError):  # too long, or a NUL
        return False


def _is_folder(name: str, where: Path) -> bool:
    try:
        return bool(name.strip()) and (where / _expanded(name)).is_dir()
    except (OSError, ValueError):
        return False
