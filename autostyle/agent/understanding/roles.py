"""Which of the named pictures is the content and which the style: by the words around them, then by their order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from autostyle.agent.understanding.clauses import FILE, FILES, Text
from autostyle.agent.understanding.model import Named

_F = f"[{FILES}]"
_DET = (
    r"(?:(?:the|my|this|that|these|a|an|our|your|both|old|file|picture|painting|image|photo|artwork|pic|of)\s+)*[@(]?$"
)

# Weight, what stands just before or just after a file; positive speaks for style, negative for content.
_BEFORE: tuple[tuple[float, str], ...] = (
    (
        -3,
        r"\b(?:up|creep|leak|bleed|sneak|spill|seep|appear|come|carry|carried|copied|move|moved|end|get|slip)\w*\s+"
        rf"(?:up\s+|over\s+|across\s+)?(?:in|into|to|onto|on)\s+{_DET}",
    ),
    (
        2,
        rf"(?:\blike|style\s+of|look\s+of|mood\s+of|vibes?\s+of|feel(?:ing)?\s+of|manner\s+of|way\s+of|spirit\s+of)\s+{_DET}",
    ),
    (
        2,
        rf"(?:inspired\s+by|based\s+on|reminiscent\s+of|à\s+la|a\s+la|painted\s+(?:in|on|by)|something\s+like|match(?:ing)?)\s+{_DET}",
    ),
    (
        2,
        r"\b(?:style|look|painting|reference|ref|artwork|inspiration)s?\s*(?:picture|image|file|photo)?\s*"
        rf"(?:is|are|=|:|from|->|would be|will be|being)\s*{_DET}",
    ),
    (
        2,
        rf"(?:light|colou?rs?|palette|brush\s*\w+|strokes|texture|technique|atmosphere|aesthetics?|tones?)\s+(?:of|from|in)\s+{_DET}",
    ),
    (2, rf"(?:,|\band|\bwith|\bin|\bplus|;|\.)\s*(?:the\s+)?style\s+{_DET}"),
    (1.5, rf"which\s+is\s+{_DET}"),
    (1.5, r"(?:->|→|=>|⇒|~>|>>)\s*$"),
    (1.5, rf"\b(?:into|as|after|by|using|from|through|à)\s+{_DET}"),
    (1, rf"\bwith\s+{_DET}"),
    (1, r"(?<!neural )\bstyle\s*$"),
    (2, r"(?:identity|guidelines?|house\s+style|logo)\s+(?:is|are|says|=|:)\s*$"),
    (-2, r"(?:rest|everything\s+else|all\s+else)\s+(?:of\s+it\s+)?from\s+$"),
    (
        -2,
        r"(?:^|[.;:!?,]|\b(?:please|can you|could you|to|then|and|pls|just|i want|want you to))\s*"
        rf"(?:re)?(?:style|stylize|stylise)\s+{_DET}",
    ),
    (
        -2,
        rf"(?:content|photo(?:graph)?|picture|image|input|subject|pics?|pictures|photos|selfie)\s*(?:is|are|=|:)\s*(?:in\s+)?{_DET}",
    ),
    (
        -2,
        rf"\b(?:onto|on|over|appl(?:y|ied)\s+(?:it|this|that)?\s*(?:to|on)|(?:up|creep|leak|bleed|sneak|spill|seep|appear|come|carry|carried|copied|move|moved|get|end)\s+(?:over\s+)?(?:in|into|to|onto))\s+(?:top\s+of\s+)?{_DET}",
    ),
    (
        -1.5,
        rf"\b(?:make|turn|restyle|stylize|stylise|paint|repaint|transform|convert|redo|render|redraw|give|edit|treat|change|redecorate|rework)\s+{_DET}",
    ),
    (-1, rf"\b(?:to|for|in|take|want|have|get|run|process|do|of)\s+{_DET}"),
    (-1.5, r"\b(?:content|input|base|subject)\s+$"),
    (-1, r"\b(?:my|our|photo|picture|selfie|portrait of \w+)\s+$"),
    (
        2,
        r"(?:스타일|화풍|기준|참고|레퍼런스|느낌|작품|필터)\s*(?:그림|사진|이미지|파일)?\s*(?:은|는|이|가|을|를|으로는|로는|:|=)?\s*[@(]?$",
    ),
    (1, r"(?:그림|명화|화가|회화)\s*(?:은|는|이|가|:|=)?\s*[@(]?$"),
    (
        -2,
        r"(?:콘텐츠|컨텐츠|원본|대상|내용|바꿀\s*(?:거|것|사진|그림))\s*(?:사진|이미지|파일)?\s*(?:은|는|이|가|을|를|:|=)?\s*[@(]?$",
    ),
    (-1, r"사진\s*(?:은|는|이|가|을|를|:|=)?\s*[@(]?$"),
)
_POST = r"^[)\]]?\s*(?:\([^)]*\)\s*)?"
_KO_NOUN = r"(?:의|이라는|라는|라고\s*하는)?\s*(?:그림|작품|파일|사진|이미지|명화)?\s*"
_AFTER: tuple[tuple[float, str], ...] = (
    (3, rf"{_POST}(?:->|→|=>|=)\s*(?:the\s+)?(?:style|스타일)"),
    (-3, rf"{_POST}(?:->|→|=>|=)\s*(?:the\s+)?(?:content|photo|콘텐츠|사진)"),
    (2, rf"{_POST}(?:inspires?|influences?|guides?|sets|dictates?|leads?)\b"),
    (
        2,
        rf"{_POST}(?:'?s)?\s*[-]?\s*(?:style(?!\W*$)|brush\w*|palette|colou?rs|mood|vibe|aesthetic|technique|texture|feel\b|(?<=s\s)look\b)",
    ),
    (
        2,
        rf"{_POST}(?:as|is|for|are|=)\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:style|reference|ref\b|painting|inspiration|look)",
    ),
    (-2, rf"{_POST}(?:as|is|are|=)\s+(?:the\s+|a\s+|my\s+|our\s+)?(?:content|photo|picture|base|input|original)"),
    (
        -2,
        rf"{_POST}(?:should|to|must|needs?\s+to|has\s+to|can|could|would)?\s*(?:be\s+)?(?:look|looks|looking|feel|seem)\s+(?:\w+\s+){{0,2}}(?:like|as)",
    ),
    (
        -1.5,
        rf"{_POST}(?:like|in\s+the\s+(?:style|look|manner|way)|in\s+(?=.{{0,20}}style)|into|gets?|styled|painted|repainted|->|→|=>|⇒|with\s+the\s+(?:look|style|light|mood))",
    ),
    (-1, rf"{_POST}(?:as|with|using|through|after)\b"),
    (3, rf"{_POST}{_KO_NOUN}에\s*(?:있는|나오는|나온|그려진|등장하는|보이는|담긴|있던)"),
    (
        3,
        rf"{_POST}{_KO_NOUN}(?:처럼|같이|같은|같게|마냥|풍|화풍|스타일|느낌|분위기|톤으?로|식으로|그림체|붓|기법|삘|필로|감성|버전|비스[무므]리)",
    ),
    (
        2,
        rf"{_POST}{_KO_NOUN}(?:(?:을|를)?\s*(?:참고|기준|따라|흉내|본떠|본따|닮|보고)|속|에서\s*(?:스타일|화풍|색|느낌|붓)|(?:이|가)\s*(?:기준|스타일|레퍼런스))",
    ),
    (1, rf"{_POST}{_KO_NOUN}(?:으로|로)(?![가-힣])"),
    (1, rf"{_POST}(?:색감|색|질감|붓\w*)(?:을|를|으로|로)"),
    (-2, rf"{_POST}(?:이?란|라는)?\s*(?:사진|파일|이미지)?\s*(?:에다가?|에(?![서게])|한테|위에)"),
    (-1, rf"{_POST}(?:이?란|라는)?\s*(?:사진|파일|이미지)?\s*(?:을|를|도|만)(?![가-힣])"),
    (-0.5, rf"{_POST}(?:사진|이미지)?\s*(?:은|는|이|가)(?![가-힣])"),
    (-1, rf"{_POST}(?:->|→|=>)"),
)
_LINK = re.compile(
    r"^(?:'?s)?\s*(?:,?\s*(?:and|&|\+|plus|und|와|과|이?랑|하고|및|그리고|,\s*and)\s*(?:then\s+|also\s+)?)\s*$"
)
_WEAK_LINK = re.compile(r"^\s*[,/]?\s*$")


@dataclass
class _Group:
    files: list[Named]
    score: float


def assign(text: Text) -> tuple[list[Named], list[Named], list[Named]]:
    """The named files as content, styles, and those of which nothing tells what they are."""
    spots = [(i, match.start()) for match in re.finditer(_F, text.whole) for i in [ord(match.group()) - FILE]]
    scored: dict[Path, tuple[Named, float, int]] = {}
    for i, at in spots:  # a file named twice is one, and both places tell its role
        file = text.files[i]
        first, score, place = scored.get(file.path, (file, 0.0, at))
        scored[file.path] = (first, score + _score(text.whole, at), place)
    if not scored:
        return [], [], []
    groups = _joined(text.whole, list(scored.values()))
    if len(groups) == len(scored) == 2 and 0 in (groups[0].score, groups[1].score) and _linked(text.whole, scored):
        groups[0].score = groups[1].score = 0.0  # "with a.jpg and b.png": the word before is about both
    if len(groups) == 1:
        (only,) = groups
        if only.score == 0:
            return [], [], only.files
        return ([], only.files, []) if only.score > 0 else (only.files, [], [])
    styles = [group for group in groups if group.score > 0]
    contents = [group for group in groups if group.score < 0]
    open_ = [group for group in groups if group.score == 0]
    if not contents and groups:
        contents = [open_.pop(0)] if open_ else [styles.pop(styles.index(min(styles, key=lambda group: group.score)))]
    if not styles and groups:
        last = max(reversed(contents), key=lambda group: group.score) if not open_ else None
        styles = [open_.pop()] if last is None else [contents.pop(contents.index(last))]
    for group in open_:
        before = groups[groups.index(group) - 1]
        (styles if any(before is style for style in styles) else contents).append(group)
    return _files(groups, contents), _files(groups, styles), []


def _linked(whole: str, scored: Mapping[Path, tuple[Named, float, int]]) -> bool:
    """Whether "and", and nothing else, stands between two files."""
    (_, _, first), (_, _, second) = scored.values()
    return _LINK.match(whole[first + 1 : second]) is not None


def _files(order: Sequence[_Group], chosen: Sequence[_Group]) -> list[Named]:
    return [file for group in order if any(group is one for one in chosen) for file in group.files]


def _score(whole: str, at: int) -> float:
    """What the words around the file at ``at`` say: the strongest before it and the strongest after it."""
    before = re.split(_F, whole[max(0, at - 60) : at])[-1]
    after = re.split(_F, whole[at + 1 : at + 61])[0]
    heard = [next((weight for weight, cue in _BEFORE if re.search(cue, before)), 0.0)]
    heard.append(next((weight for weight, cue in _AFTER if re.search(cue, after)), 0.0))
    return sum(heard)


def _joined(whole: str, scored: Sequence[tuple[Named, float, int]]) -> list[_Group]:
    """Files of one role: those joined by "and", and in a bare list those that do not contradict each other."""
    groups: list[_Group] = []
    links = ["", *(whole[a[2] + 1 : b[2]] for a, b in pairwise(scored))]
    roles = {score > 0 for _, score, _ in scored if score}
    several = len(scored) > 2
    for (file, score, _), link, following in zip(scored, links, [*links[1:], ""], strict=True):
        agrees = groups and groups[-1].score * score >= 0
        listed = re.fullmatch(r"\s*,\s*", link) and _LINK.match(following)  # a, b and c
        strong = several and bool(link) and bool(_LINK.match(link) or listed)
        weak = bool(_WEAK_LINK.match(link)) and several and len(roles) == 2
        if groups and (strong or (weak and agrees and (groups[-1].score or score))):
            groups[-1].files.append(file)
            groups[-1].score += score
        else:
            groups.append(_Group([file], score))
    return groups
