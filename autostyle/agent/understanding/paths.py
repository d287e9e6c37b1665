"""Files and folders named in a text. What exists decides where a name begins; what does not is still reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import platformdirs

from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import Pattern
from autostyle.agent.understanding.languages import compose_pattern, spoken
from autostyle.agent.understanding.model import NamedFile
from autostyle.agent.understanding.on_disk import as_found, exists, is_folder, named_at, real_name
from autostyle.filenames import shell_word
from autostyle.formats import medium_of
from autostyle.mediums import registry
from autostyle.named_styles import NAMED_STYLES

MISTYPED = ("jgp", "jpgg", "jpge", "jepg", "jpe", "pgn", "pnj", "pg", "wepb", "wbep")
MAX_WORDS = 6
"A name without quotes is looked for over at most so many words."

_QUOTES = {'"': '"', "“": "”", "‘": "’", "「": "」", "『": "』", "`": "`", "'": "'", "«": "»", "<": ">"}
_ADDRESS = re.compile(r"https?://[^\s\"'<>가-힣]+", re.IGNORECASE)
_SLASHED = re.compile(r"@?(?:~|\.{1,2})?[^\s\"'“”‘’「」]*/[^\s\"'“”‘’「」,;]*|@[^\s\"'“”‘’「」,;@]+")
_JSON = re.compile(r"\.json(?![A-Za-z0-9_])", re.IGNORECASE)
"""The ending of what tells the cameras of photographs, and of much else."""
_WORD = re.compile(r"[\w-]{3,}")
_URI = re.compile(r"file:/[^\s\"'<>]+", re.IGNORECASE)
_SHELL_WORD = re.compile(r"""\$'(?:\\.|[^'\\])*'|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+""", re.DOTALL)
_GLUED = " \t\n\"'“”‘’「」『』`<>,;:()[]{}|+=*"
_LONGEST_STYLE = 20
"A quotation of more letters holds more than the name of a style."
_NAME = r"(?:[^\s\"'/,.]+(?:\s+[^\s\"'/,.]+){0,3})"
_PLACES = {"desktop": platformdirs.user_desktop_path, "downloads": platformdirs.user_downloads_path}


def _ending() -> re.Pattern[str]:
    """The ending of a file's name, of any medium."""
    return _one_of(tuple(e[1:] for spec in registry.MEDIUMS.values() for e in (*spec.readable, *spec.unreadable)))


@cache
def _one_of(endings: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join((*map(re.escape, endings), *MISTYPED))
    return re.compile(rf"\.(?:{known})(?![A-Za-z0-9_])", re.IGNORECASE)


@compose_pattern
def _folder_word(said: Grammar) -> str:
    """What is named next to a word for a folder is one if it is there; its name may have spaces."""
    behind = rf"(?=(?:^|(?<=[\s,.;:!?]))({_NAME})\s+{said.paths.folder})"
    return rf"(?i:{behind}|{said.paths.before_folder}({_NAME}))"


@compose_pattern
def _place(said: Grammar) -> str:
    return f"(?i:{said.paths.place.source})"


@compose_pattern
def _to_save(said: Grammar) -> str:
    return f"(?i:{said.paths.saving_before.source})"


@compose_pattern
def _inside_folder(said: Grammar) -> str:
    return f"(?i:{said.paths.inside_before}({_NAME}))"


@compose_pattern
def _the_folder(said: Grammar) -> str:
    return rf"(?i:^\s*{said.paths.folder}?\s*\)?)"


@compose_pattern
def _glued_end(said: Grammar) -> str:
    return rf"(?:{said.paths.glued.source}|[.,;:!?)])$"


def find(text: str, where: Path) -> tuple[NamedFile, ...]:
    """Everything in ``text`` that names a file or folder, in its order; ``where`` is the folder the person is in."""
    found: list[NamedFile] = []
    for reader in (
        _addresses,
        _uris,
        _shell_words,
        _quoted,
        _with_ending,
        _slashed,
        _folders,
        _places,
        _without_ending,
        _styles_at_hand,
    ):
        for named in reader(text, where, tuple(found)):
            if not any(named.start < other.end and other.start < named.end for other in found):
                found.append(named)
    return _in_folders(text, where, sorted(found, key=lambda named: named.start))


def _in_folders(text: str, where: Path, found: list[NamedFile]) -> tuple[NamedFile, ...]:
    """``found``, where a bare name that is not there lies beside a file that was named with its folder, or in a folder
    that was named: "shots/1.jpg and 2.jpg", "1.jpg and 2.jpg (in shots)"."""
    lost = [named for named in found if not (named.exists or named.url or named.folder) and named.path.parent == Path()]
    if not lost:
        return tuple(found)
    folders = {named.path.parent: None for named in found if named.exists and not named.folder}
    folders = {folder: None for folder in folders if folder != Path()}
    named_ones = {named.path: named for named in found if named.folder and named.exists}
    later = (_inside(text[named.end :], named.end, where) for named in lost)
    spans = {folder: (start, end) for folder, start, end in filter(None, later)}
    moved: dict[NamedFile, NamedFile] = {}
    used: dict[Path, NamedFile] = {}
    for named in lost:
        for folder in dict.fromkeys((*folders, *named_ones, *spans)):
            if (there := as_found(str(folder / named.path), where)) is None:
                continue
            end = spans[folder][1] if folder in spans and spans[folder][0] == named.end else named.end
            moved[named] = replace(named, path=there, exists=True, end=end)
            if folder in named_ones:
                used[folder] = named_ones[folder]
            break
    kept = [moved.get(named, named) for named in found if not any(named is folder for folder in used.values())]
    for place in used.values():  # "the shots folder's 1.jpg": the words go with the file behind them
        for n, named in enumerate(kept):
            if place.end <= named.start and spoken().paths.inside_after.match(text[place.end : named.start]):
                kept[n] = replace(named, start=place.start)
                break
    return tuple(kept)


def _inside(after: str, end: int, where: Path) -> tuple[Path, int, int] | None:
    """The folder that the words behind a name say it is in, and where they stand."""
    match = _inside_folder().match(after)
    if match is None:
        return None
    for word in reversed(list(re.finditer(r"[^\s()]+", match.group(1)))):
        name = match.group(1)[: word.end()]
        if is_folder(name, where):
            last = match.start(1) + word.end()
            closing = _the_folder().match(after[last:])
            return Path(real_name(name, where)), end, end + last + (closing.end() if closing else 0)
    return None


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


def _addresses(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    for match in _ADDRESS.finditer(text):
        yield NamedFile(Path(match.group().rstrip(".,)")), match.start(), match.end(), exists=False, url=True)


def _uris(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    """What a file manager copies; behind it there may be a particle, or the end of a sentence."""
    for match in _URI.finditer(text):
        name = match.group()
        while name and not exists(name, where) and _glued_end().search(name):
            name = name[:-1]
        name = name if exists(name, where) else match.group().rstrip(".,;:!?)")
        yield named_at(name, match.start(), match.start() + len(name), where)


def _shell_words(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    """What a terminal makes of a dropped file: quotes and escapes, as far as they name something that is there."""
    for match in _SHELL_WORD.finditer(text):
        word = match.group()
        if not set(word) & set("'\"\\"):
            continue
        name = shell_word(word)
        while name and not exists(name, where) and word[-1] not in "'\"" and _glued_end().search(word):
            word = word[:-1]  # a particle, or the end of a sentence
            name = shell_word(word)
        if name and exists(name, where) and (_ending().search(name) or "/" in name or is_folder(name, where)):
            yield named_at(name, match.start(), match.start() + len(word), where)


def _quoted(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    for start, end in quotes(text):
        inner = text[start + 1 : end - 1].strip().removeprefix("@")
        endings = list(_ending().finditer(inner))
        a_file = len(endings) == 1 and endings[0].end() == len(inner)
        if a_file or as_found(inner, where) is not None or re.match(r"(~|\.{0,2})/\S", inner):
            yield named_at(inner, start, end, where)


def _with_ending(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    floor = 0
    matches = (*_ending().finditer(text), *_JSON.finditer(text))
    for match in sorted(matches, key=re.Match.start):
        if any(named.start < match.end() and match.start() < named.end for named in found):
            continue
        floor = max([floor, *(named.end for named in found if named.end <= match.start())])
        start = _beginning(text, floor, match.end(), where)
        if start < match.start():
            named = named_at(text[start : match.end()].removeprefix("@"), start, match.end(), where)
            if match.re is _JSON and not (named.exists and named.medium == "scene"):
                continue  # most are no works
            yield named
            floor = match.end()


def _beginning(text: str, floor: int, end: int, where: Path) -> int:
    """Where the name that ends at ``end`` begins: the longest that exists, else the last run without a space."""
    words = [match.start() for match in re.finditer(r"(?<!\\\s)(?<=\s)\S|^\S", text[floor:end])] or [0]
    starts = [floor + position for position in words][-MAX_WORDS:]
    for fold in (False, True):
        for start in starts:
            if exists(text[start:end].removeprefix("@"), where, fold):
                return start
    run = starts[-1]
    for start in range(run, end):
        name = text[start:end]
        joined = text[start - 1] in "_-" and start - 1 > run  # my_cat.jpg is another file than cat.jpg
        at_seam = start == run or not (text[start - 1].isalnum() or joined) or _seam(text[start - 1], text[start])
        if at_seam and exists(name, where):
            return start
    glued = (at for at in range(run, end) if text[at] in _GLUED and (at == run or text[at - 1] != "\\"))
    cut = max(glued, default=run - 1)
    after_colon_of_a_drive = text[run + 1 : run + 3] in (":\\", ":/")
    start = run if after_colon_of_a_drive else cut + 1
    while text[start : start + 1] in ("-", "→", "&", "@") and text[start] != "@":
        start += 1
    return start


def _seam(left: str, right: str) -> bool:
    """Between Hangul, Japanese or Chinese letters and Latin ones a name may begin without a space."""
    return _unspaced(left) != _unspaced(right)


def _unspaced(letter: str) -> bool:
    return "가" <= letter <= "힣" or "\u3040" <= letter <= "\u9fff"


def _slashed(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    for match in _SLASHED.finditer(text):
        name = match.group()
        bare = name.removeprefix("@").rstrip(".,!?")
        while bare and not exists(bare, where) and spoken().paths.glued.match(bare[-1]):
            bare = bare[:-1]
        if not bare.strip("/"):
            continue
        explicit = name[0] in "@~/." and (name[0] != "@" or "." in bare) and re.search(r"\w/\w|^[~.]", bare)
        if spaced := _spaced(text, match.start(), match.start() + len(name), where):
            yield named_at(text[slice(*spaced)].removeprefix("@"), *spaced, where)
        elif exists(bare, where) or explicit or re.fullmatch(r"[^/]{3,}/", bare):
            offset = len(name) - len(name.removeprefix("@"))
            yield named_at(bare, match.start(), match.start() + offset + len(bare), where)


def _spaced(text: str, start: int, end: int, where: Path) -> tuple[int, int] | None:
    """The longest stretch of words around ``start`` and ``end`` that exists as it stands, if it has spaces in it."""
    starts = [match.start() for match in re.finditer(r"(?<=\s)\S|^\S", text[:start])][-MAX_WORDS:]
    starts = [a for a in (*starts, start) if _leads(text[a:end], where)]
    ends = [end + match.end() for match in islice(re.finditer(r"\s+\S+", text[end:]), MAX_WORDS)] if starts else []
    stretches = [(a, b) for a in starts for b in (end, *ends) if b - a > end - start]
    for a, b in sorted(stretches, key=lambda stretch: stretch[0] - stretch[1]):
        if "/" in text[start:b] and exists(text[a:b].removeprefix("@"), where):
            return a, b
    return None


def _leads(name: str, where: Path) -> bool:
    """Whether the first folder of a path is there: where it is not, no stretch that begins with it is looked for."""
    first = re.match(r"@?/?[^/]*", name)
    return first is not None and (first.end() == len(name) or exists(first.group().removeprefix("@"), where))


def _folders(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    for match in _folder_word().finditer(text):
        group = match.lastindex or 1
        start, words = match.start(group), match.group(group)
        ends = [found.end() for found in re.finditer(r"\S+", words)]
        for end in reversed(ends if group > 1 else ends[-1:]):
            if is_folder(words[:end], where):
                yield named_at(words[:end], start, start + end, where)
                break


def _places(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    """Folders that everybody has: the desktop, the downloads."""
    for match in _place().finditer(text):
        group = match.lastindex or 1
        folder = _PLACES[spoken().paths.places[match.group(group).replace(" ", "").lower()]]()
        there = folder.is_dir()
        # One that is not there is of interest only to whoever saves: on the desktop there are other things, too.
        if there or _to_save().search(text[: match.start()]) or spoken().paths.saving_after.match(text[match.end() :]):
            yield NamedFile(folder, match.start(group), match.end(group), exists=there, folder=True)


def _without_ending(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    """Files whose names have no ending at all, where their bytes say that they are a picture or a clip."""
    for match in _WORD.finditer(text):
        there = as_found(match.group(), where)
        if there is not None and medium_of(where / there) in ("image", "video"):
            yield named_at(match.group(), match.start(), match.end(), where)


def _styles_at_hand(text: str, where: Path, found: tuple[NamedFile, ...]) -> Iterator[NamedFile]:
    """The styles that come with autostyle, by their names; by what they are ("the watercolour one") where no two other
    pictures are named."""
    pictures = sum(not (named.folder or named.url) for named in found)
    quoted = [(start, end) for start, end in quotes(text) if end - start > _LONGEST_STYLE]  # words for a method
    said, lower = spoken().paths, text.lower()
    ways = (
        (_style_name, said.style_names, None),
        (_style_kind, said.style_kinds, 1),
        (_style_kind_alone, said.style_kinds, 1),
    )
    for pattern, called, most in ways:
        for style in NAMED_STYLES:
            if most is not None and pictures > most:
                return
            if style.name not in called or not called[style.name].search(lower):
                continue  # in no frame either, of which there are many to compile
            for match in pattern(style.name)().finditer(text):
                taken = (*((other.start, other.end) for other in found), *quoted)
                outside = all(match.end() <= start or end <= match.start() for start, end in taken)
                if outside and not _is_no_style(text, match.start(), match.end()):
                    at = match.start() + len(match.group()) - len(match.group().lstrip())
                    yield NamedFile(style.path, at, match.end(), exists=True)
                    pictures += 1
                    break


def _is_no_style(text: str, start: int, end: int) -> bool:
    said = spoken().paths
    return bool(said.no_style_before.search(text[:start].lower()) or said.no_style_after.match(text[end:].lower()))


@cache
def _style_name(name: str) -> Callable[[], Pattern]:
    return compose_pattern(lambda said: _framed(said.paths.style_around, "NAME", said.paths.style_names[name]))


@cache
def _style_kind(name: str) -> Callable[[], Pattern]:
    return compose_pattern(lambda said: _framed(said.paths.kind_around, "KIND", said.paths.style_kinds[name]))


@cache
def _style_kind_alone(name: str) -> Callable[[], Pattern]:
    return compose_pattern(lambda said: _framed(said.paths.kind_alone, "KIND", said.paths.style_kinds[name]))


def _framed(frames: tuple[str, ...], mark: str, words: Pattern) -> str:
    """The words as they stand in the frames."""
    return "|".join(f"(?i:{frame.replace(mark, str(words))})" for frame in frames)
