"""Where the result is to be saved, under which name and in which format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from autostyle.agent.understanding.clauses import FILE, FILES, Text
from autostyle.agent.understanding.model import Named, Save

FORMATS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "webp": "webp", "tif": "tif", "tiff": "tif"}
OTHER_FORMATS = ("pdf", "svg", "gif", "bmp", "heic", "avif", "psd", "jxl", "raw")
"""Formats that people ask for and that no result is written in."""

_NAME_WORD = r"(?:name|file\s?name|filename|title)"
_RESULT = r"(?:output|result|outcome|final|end result|finished one|finished picture)"
_BEFORE = re.compile(
    r"\b(?:(?:re)?sav(?:e|ed|ing)|store|writ(?:e|ten)|export|output|drop)\b[^.;!?\n]{0,48}?"
    r"\b(?:as|to|into|in|under|at|on|onto|inside)\s+(?:(?:the|my|a|file|folder|it)\s+)*[@\"'(]?$"
    rf"|\b(?:call|name)\s+(?:it|this|that|the\s+{_RESULT}|the\s+file)\s+[@\"'(]?$"
    rf"|\b{_RESULT}\s*(?:file|picture|image|folder)?\s*{_NAME_WORD}?\s*"
    r"(?:is|=|:|to|in|should be|called|named|->|→)?\s*[@\"'(]?$"
    rf"|\b(?:save[\s-]?as|saved? under|out(?:file)?|dest(?:ination)?|{_NAME_WORD})\s*"
    r"(?:is|=|:|should be|->|→)?\s*[@\"'(]?$"
    r"|(?:결과|출력|저장|완성|최종)(?:물|본)?\s*(?:할\s*)?(?:파일|그림|이미지|사진|폴더|위치|경로)?\s*"
    r"(?:이름|명)?\s*(?:은|는|을|를|이|가|:|=)?\s*[@\"'(]?$"
    r"|(?:파일\s*이름|파일명|이름)\s*(?:은|는|을|를|:|=)?\s*[@\"'(]?$"
)
_IN = r"(?:in|into|on|onto|to|under|inside|at)"
_PUT_BEFORE = re.compile(
    r"\b(?:put|place|leave|drop|send|want|need)\s+"
    rf"(?:(?:it|them|this|that|everything|all)|(?:the\s+)?(?:\w+\s+)?(?:{_RESULT}|picture|image|file|one)s?)\s+"
    rf"(?:\w+\s+){{0,3}}?{_IN}\s+(?:(?:the|my|a|file|folder)\s+)*[@\"'(]?$"
)
"""What is put on a picture that is there is the style."""
_CALLED = re.compile(r"\b(?:called|named|titled)\s+[@\"'(]?$")
_NO_STYLE_AFTER = re.compile(
    r"^\s*(?:처럼|같|스타일|느낌|화풍|풍|style|look|as\s+the\s+(?:style|reference)|is\s+the\s+style)"
)
_SAVED = r"(?:저장|넣어|넣기|내보내|내보낼|출력|놔\s*[줘두둬]|놓아|담아|빼\s*줘|보내\s*줘|복사해)"
_AFTER = re.compile(
    r"^[\"')\s]*(?:폴더|파일)?\s*(?:안)?\s*(?:에|에다가?|으로|로|이?라고|이?라는\s*이름으로|이?란\s*이름으로)\s*"
    rf"(?:(?:[a-z]{{3,4}}|[{FILES}])\s*(?:파일|형식|포맷)?\s*(?:으?로|이?라고)\s*)?"
    rf"(?:다가?\s*)?(?:좀\s*)?(?:결과(?:물|를|는)?\s*)?{_SAVED}"
    r"|^[\"')\s]*(?:이?라고|이?라는\s*이름으로)\s*(?:해|이름|부탁|만들)"
)
_LENGTHENED = re.compile(
    rf"(?:\b(?:as|called|named|(?:call|name)\s+(?:it|this)|{_NAME_WORD}(?:\s+is)?|{_RESULT}(?:\s+file)?(?:\s+name)?(?:\s+is)?)\s*[:=]?"
    r"|(?:이름|파일명|파일|결과)\s*(?:은|는|을|를|:|=))\s+(?P<more>(?:(?!(?:to|in|into|as|on|under|is|be|should|picture|image|file|folder|called|named)\s)[^\s,;:.!?\"'/]+\s+){1,4})$",
    re.IGNORECASE,
)
_IN_FOLDER = re.compile(
    r"\b(?:sav|stor|writ|export|put)\w*\b[^.;!?\n]{0,30}?\b(?:as|under|to|in|into|at)\s+"
    r"(?P<more>[^\s,;\"']*/[^\s,;\"']*\s+(?:[^\s,;/\"']+\s+){0,3})$",
    re.IGNORECASE,
)
_IN_PLACE = re.compile(r"^\s*(?:폴더)?에다?가?\s+(?P<more>(?:[^\s,;/\"']+\s+){1,3})$")
_SAVED_AS = re.compile(rf"\s*(?:으?로|이?라고)\s*{_SAVED}")
_ARTICLES = re.compile(
    r"^(?:(?:the|this|that)\s+(?:file|result|picture|image|output)\s+|it\s+)?(?:as\s+)?", re.IGNORECASE
)
_FORMAT = re.compile(
    rf"(?<![\w./])\.?(?P<kind>{'|'.join((*FORMATS, *OTHER_FORMATS))})(?![a-z0-9])"
    r"(?P<ko>\s*(?:파일|형식|포맷|이미지|그림)?\s*(?:으?로(?![가-힣])|이어야|여야|이면))?"
    r"(?P<en>\s+(?:file|format|image|picture|version))?"
)
_FORMAT_BEFORE = re.compile(
    r"\b(?:as|in|into|to|want|need|get|give|send|output|save|export|format|be|prefer)\s*(?:is|=|:|it|me)?\s+"
    r"(?:(?:as|in|an?|the|of|my)\s+)*(?:high\s+quality\s+)?$"
    r"|(?:결과|포맷|형식|저장)\S*\s*$"
)

NEAR = 200
"""Characters before and behind a name that tell what it is for."""


def lengthened(said: str, found: Sequence[Named]) -> tuple[Named, ...]:
    """``found``, where a name that is still to be given may have spaces: "save it as my dog.png"."""
    files: list[Named] = []
    for file in found:
        start = files[-1].end if files else 0
        before = said[start : file.start]
        longer = None if file.exists or file.url else _IN_FOLDER.search(before) or _LENGTHENED.search(before)
        if longer is None and not file.exists and files and files[-1].folder and _SAVED_AS.match(said[file.end :]):
            longer = _IN_PLACE.search(before)
        if longer and said[file.start : file.end] == str(file.path):
            more = longer.start("more") + len(longer["more"]) - len(_ARTICLES.sub("", longer["more"]))
            file = replace(file, start=start + more, path=Path(said[start + more : file.end]))
        files.append(file)
    return tuple(files)


@lru_cache(maxsize=8)  # every clause of one message asks for it
def find(text: Text) -> Save | None:
    """Where the result goes; None where nothing is said of it."""
    named = places(text)
    kind = _format(text)
    absent = next((file.path for file in text.files if file.folder and not file.exists), None)
    if not named and kind is None and absent is None:
        return None
    folder = next((file for file in named if file.folder and file.exists), None)
    name = next((file for file in named if not file.folder), None)
    ending = name.path.suffix.lower().removeprefix(".") if name else ""
    path = name.path if name else folder.path if folder else None
    if folder and name and not name.path.is_absolute():
        path = folder.path / name.path
    by_name = ending if ending in OTHER_FORMATS else FORMATS.get(ending)
    return Save(path, kind or by_name, folder is not None and name is None, None if folder else absent)


def writable(save: Save) -> Save | None:
    """``save`` as far as it can be had: without a format that no result is written in; None where the name says that
    format, too, or nothing else was said."""
    if save.format not in OTHER_FORMATS:
        return save
    if save.path is None or (save.path.suffix and not save.folder):
        return None
    return replace(save, format=None)


_BESIDE = re.compile(
    r"\bsav\w*\b[^.;!?\n]{0,30}\b(?:next\s+to|beside|alongside|in\s+the\s+same\s+(?:folder|place)\s+as)\s+(?:the\s+|my\s+)?(?:original|photo|picture)"
    r"|(?:원본|사진)(?:이?랑|과|하고)?\s*(?:옆에|같은\s*(?:폴더|곳)에)[^.!?\n]{0,12}저장"
)


def beside(whole: str) -> bool:
    """Whether the result goes where the photograph is."""
    return _BESIDE.search(whole) is not None


def places(text: Text) -> tuple[Named, ...]:
    """The files and folders that the result is to be written to; they need not be there."""
    return tuple(_places(text))


def _places(text: Text) -> Iterator[Named]:
    for match in re.finditer(f"[{FILES}]", text.whole):
        before, after = text.whole[max(0, match.start() - NEAR) : match.start()], text.whole[match.end() :][:NEAR]
        file = text.files[ord(match.group()) - FILE]
        put = (file.folder or not file.exists) and (_PUT_BEFORE.search(before) or _CALLED.search(before))
        if (put or _BEFORE.search(before) or _AFTER.match(after)) and not _NO_STYLE_AFTER.match(after):
            yield file


def _format(text: Text) -> str | None:
    """The format by its name, one of ``FORMATS`` or ``OTHER_FORMATS``."""
    for match in _FORMAT.finditer(text.whole):
        if (
            match["ko"]
            or match["en"]
            or _FORMAT_BEFORE.search(text.whole[max(0, match.start() - NEAR) : match.start()])
        ):
            return FORMATS.get(match["kind"], match["kind"])
    return None
