"""How the result should be, clause by clause; two that cannot both be had are a problem, not a choice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from autostyle.agent.understanding import leakage, prompt, sizes
from autostyle.agent.understanding.clauses import FILE, FILES, Clause, Text
from autostyle.agent.understanding.model import Named, Question

_VERY = re.compile(
    r"\b(?:very|really|extremely|super|as \w+ as possible|so|totally|completely|max\w*|all)\b"
    r"|아주|매우|엄청|겁나|정말|완전|최대한|진짜|확"
)
_A_BIT = re.compile(r"\b(?:a bit|a little|slightly|somewhat|a touch|a tad|rather|fairly)\b|조금|약간|살짝|좀")
_SLIGHTLY_STRONGER = re.compile(
    r"(?:bit|little|slightly|touch|tad|somewhat|살짝|약간만?|조금만?)\s+(?:more\s+|더\s*)?[\w가-힣]+"
)
_PERCENT = re.compile(
    r"(?:strength|intensity|세기|강도|스타일)\s*(?:of|at|is|=|:|를|을|은|는)?\s*(\d{1,3})\s*%"
    r"|(\d{1,3})\s*%\s*(?:of\s+\S+\s+|의\s*)?(?:style|strength|스타일|세기|강도)"
)
_COLORS = r"(?:colou?rs?|palette|hues?|색감|색상|색깔|색|팔레트)"
_ONE_OF = re.compile(r"\b(?:first|second|third|former|latter)\b|번째|앞에|뒤에")
"""One of several styles is spoken of, not how strong all of it is."""
_STYLE_WORD = r"(?:style|painting|스타일|화풍)"
_CONTENT_WORD = r"(?:content|photo|original|picture|원본|사진|콘텐츠)"
_BALANCE = re.compile(
    rf"(\d{{1,3}})\s*%?\s*(?:of\s+)?{_STYLE_WORD}\W+(?:and\s+|to\s+)?\d{{1,3}}\s*%?\s*(?:of\s+)?{_CONTENT_WORD}"
    rf"|{_STYLE_WORD}\s*(?:=|:)?\s*(\d{{1,3}})\s*%?\W+(?:and\s+|to\s+)?{_CONTENT_WORD}\s*(?:=|:)?\s*\d{{1,3}}"
    rf"|\d{{1,3}}\s*%?\s*(?:of\s+)?{_CONTENT_WORD}\W+(?:and\s+|to\s+)?(\d{{1,3}})\s*%?\s*(?:of\s+)?{_STYLE_WORD}"
    rf"|{_CONTENT_WORD}\s*(?:=|:)?\s*\d{{1,3}}\s*%?\W+(?:and\s+|to\s+)?{_STYLE_WORD}\s*(?:=|:)?\s*(\d{{1,3}})"
)
"""Style and photograph as shares of one whole."""
PLAINLY = 0.7
"Strength without a modifier."
RECOGNISABLE = -0.5
"Strength where somebody must stay recognisable and nothing else was said of it."
_A_PHOTO_LIKE_IT = re.compile(
    r"\b(?:photos?|photographs?|pictures?|snapshots?|shots?)\b[^,.;]*\blike\b(?!.*\b(?:photo|camera|real))"
)
"""A photograph that is to look like something does not have to stay one."""
FLAGS = ("photorealistic", "realtime", "brand", "arbitrary", "prevent_leakage", "quality", "production")
LOOK = frozenset(("color", "color-name", "black-and-white", "marks", "structure", "crisp", "loose", "vivid", "bent"))
"""Concepts that only ever say how something should look."""
MEANINGS = (
    *(*FLAGS, "keep_color", "style_color", "strong", "not_strong", "subtle", "not_subtle", "balanced", "painterly"),
    *("recognisable", "not_quality"),
)
"""What a clause can mean to a request."""
_AND = re.compile(r"^\s*(?:and|&|,|이?랑|하고|[와과은는]|및)\s*(?:the|her|his|its|my|their)?\s*$")
PRONOUNS = {"her", "him"}


def find(text: Text, styles: Sequence[Named], *, shared: bool = False) -> tuple[dict[str, Any], tuple[Question, ...]]:
    """The wishes that are spoken of, and contradictions among them. What somebody complains of in the past is no wish
    for it; only what came over from a style picture then should not do so now.

    Args:
        shared: whether the styles' shares were told, so that "a hint of" and "30%" are no strength.
    """
    clauses = tuple(clause for clause in text.clauses if clause.files or not past(clause))
    said = {name for name in FLAGS if any(_says(clause, name) for clause in clauses)}
    said -= {"prevent_leakage"}
    if any(_came_over(text, clause) for clause in text.clauses):
        said |= {"prevent_leakage"}
    said -= {"quality"} if re.search(r"quality\s*(?:of|=|:)?\s*\d|품질\s*\d", text.whole) else set()
    said -= {"quality"} if any(clause.says("not_quality") for clause in clauses) else set()
    wishes: dict[str, Any] = dict.fromkeys(sorted(said), True)
    problems: list[Question] = []
    theirs = [_colors_of(clause, text, styles) for clause in clauses]
    kept = [clause.says("keep_color") and not their for clause, their in zip(clauses, theirs, strict=True)]
    taken = [
        their or (clause.says("style_color") and not keep)
        for clause, their, keep in zip(clauses, theirs, kept, strict=True)
    ]
    if any(kept) or any(taken):
        wishes["keep_color"] = any(kept)
        problems += [Question("color")] if any(kept) and any(taken) else []
    if "photorealistic" in said and any(clause.says("painterly") for clause in clauses):
        problems.append(Question("photo"))
    strengths = [(int(percent) - 50) / 50 for percent in _percents(text.whole) if int(percent) <= 100 and not shared]
    strengths += [
        strength
        for clause in clauses
        for strength in _strengths(clause)
        if not (shared and (clause.files or _ONE_OF.search(clause.text)))
    ]
    if strengths:
        wishes["strength"] = max(strengths, key=abs)
    if (strengths and min(strengths) <= -PLAINLY and max(strengths) >= PLAINLY) or torn(text.whole):
        problems.append(Question("strength"))
    elif not strengths and any(_recognisable(clause) for clause in clauses):
        wishes["strength"] = RECOGNISABLE
    if words := prompt.find(text):
        wishes["prompt"] = words
    return wishes, tuple(problems)


_PAST = re.compile(
    r"\b(?:came|turned|ended)\s+(?:out|up)\b|\b(?:was|were|looked|felt)\s+(?:so|too|way|really|all|just|kinda|super|much|a\s+bit|very|overly)\b"
    r"|\b(?:old|last|previous|earlier|first)\s+(?:one|version|try|attempt|result|picture)s?\s+(?:was|were|had|looked|came|is)\b"
    r"|\b(?:i|we|they|he|she)\s+(?:tried|used|made|hated|got|had)\b(?!\s+(?:to|this|it|that)\s+(?:be|look))|\bused\s+to\s+(?:be|look|have)\b|\bhad\s+been\b"
)


def past(clause: Clause) -> bool:
    """Whether a clause tells how something was: a complaint, not a wish."""
    return clause.says("past") or _PAST.search(clause.text) is not None


def _says(clause: Clause, wish: str) -> bool:
    return clause.says(wish) and not (wish == "photorealistic" and _A_PHOTO_LIKE_IT.search(clause.text))


_MORE = r"(?:more|stronger|bolder|heavier)"
_LESS = r"(?:less|weaker|subtler|lighter|softer)"
_BOTH = r"\s+(?:\w+\s+)?(?:and|but|yet|&|as\s+well\s+as)\s+(?:also\s+|a\s+(?:little\s+)?(?:bit\s+)?)*"
_KO_MORE, _KO_LESS = r"(?:세게|강하게|진하게|많이|강렬하게)", r"(?:약하게|은은하게|연하게|조금만|적게)"
_KO_BOTH = r"\s*(?:하면서|면서|그리고|근데|그런데|하지만|동시에|하고|고)\s*"
_TORN = re.compile(
    rf"\b{_MORE}{_BOTH}{_LESS}\b|\b{_LESS}{_BOTH}{_MORE}\b(?=\s+(?:strong|style|intense|strength|effect)|\W*$)"
    rf"|\bmore\s+(\w+){_BOTH}less\s+\1\b|\bless\s+(\w+){_BOTH}more\s+\2\b"
    rf"|더\s*{_KO_MORE}{_KO_BOTH}(?:더\s*|덜\s*)?{_KO_LESS}|더\s*{_KO_LESS}{_KO_BOTH}(?:더\s*)?{_KO_MORE}"
    rf"|더\s*(\S+){_KO_BOTH}덜\s*\3|덜\s*(\S+){_KO_BOTH}더\s*\4"
)


def _shuts_out(text: Text, clause: Clause) -> bool:
    """Whether things must not come over; a part of the photograph that is to be left out is none."""
    return (leakage.found(clause) or clause.says("prevent_leakage")) and not any(left_out(text, clause))


_CAME_OVER = {"appear", "leak", "go", "turn", "keep-out", "omit", "theirs", "its"}
_SPOILT = re.compile(
    r"\b(?:wreck\w*|ruin\w*|spoil\w*|destroy\w*|mess\w*|mangl\w*|garbl\w*|butcher\w*|mutilat\w*|unrecogni\w*|muddy|murky|dull|blotchy"
    r"|blurry|blurred|melted|smear\w*|smudg\w*|distort\w*|awful|terrible|horrible|horribly|ugly|washed\s+out|off)\b"
    r"|탁하|탁했|뭉개|망가|망쳐|망쳤|이상하|이상했|흐릿|흐렸|별로|엉망|지저분|못생|일그러|깨졌|칙칙"
)
"""What is told of something that came out badly."""


def _spoilt(clause: Clause) -> bool:
    """Whether a clause tells of things that came out badly some time ago, not of things that came over."""
    if not past(clause) or clause.concepts & _CAME_OVER:
        return False
    return bool({"damaged", "bent"} & clause.concepts) or _SPOILT.search(clause.text) is not None


def complaints(text: Text) -> tuple[str, ...]:
    """What was said of a result of the past that came out badly, in the person's words."""
    return tuple(
        text.as_typed[clause.start : clause.end].strip(" ,.;!?…~ㅠㅜ\n")
        for clause in text.clauses
        if not clause.files and past(clause) and not _came_over(text, clause) and _bad(clause)
    )


def _came_over(text: Text, clause: Clause) -> bool:
    return _shuts_out(text, clause) and not _spoilt(clause)


def _bad(clause: Clause) -> bool:
    return bool({"damaged", "bent", "overdone"} & clause.concepts) or _SPOILT.search(clause.text) is not None


def torn(whole: str) -> bool:
    """Whether more and less of the same is asked for in one breath: "more and less strong"."""
    return _TORN.search(whole) is not None


ADJACENT = 14
"Letters between a part of the picture and the word that says it alone is meant."


def parts(text: Text) -> tuple[str, ...]:
    """The parts of the photograph that alone are to be painted: "in the background only", 배경만."""
    found: list[str] = []
    for clause in text.clauses:
        found += left_out(text, clause)
        if clause.says("only_part") or any(_kept(text, clause)):
            found += _alone(text, clause)
    return tuple(dict.fromkeys(found))


def _alone(text: Text, clause: Clause) -> Iterator[str]:
    """Parts next to a word that says they alone are meant."""
    only = [hit for hit in clause.hits if hit.concept == "only"]
    for hit in (hit for hit in clause.hits if hit.concept == "part"):
        for word in only:
            before, after = sorted((word, hit), key=lambda one: one.start)
            between = text.whole[before.end : after.start]
            if len(between) <= ADJACENT and not re.search(f"[{FILES},]", between):
                yield clause.said(hit)


def _kept(text: Text, clause: Clause) -> Iterator[str]:
    """What is to stay as it is, where a clause says of something else that it alone is to be painted: 배경만 칠하고
    강아지는 그대로."""
    alone = set(_alone(text, clause))
    if alone and _recognisable(clause):
        regions = (clause.said(hit) for hit in clause.hits if hit.concept == "region")
        yield from (word for word in regions if word not in alone)


_NOT_ON = re.compile(
    r"\b(?:not|except|n't\s+touch|leave\s+out|skip)\s+(?:for\s+)?(?:on|in|over)?\s*(?:(?:the|my|his|her|their)\s+)?$"
)
_EXCEPT = re.compile(r"^(?:은|는|만)?\s*(?:빼고|빼줘|제외|말고|건드리지)")


def left_out(text: Text, clause: Clause) -> Iterator[str]:
    """Parts that alone are not to be painted: "but not on the face", 얼굴은 빼고."""
    for hit in (hit for hit in clause.hits if hit.concept == "part"):
        before, after = text.whole[: hit.start], text.whole[hit.end :]
        if _NOT_ON.search(before) or _EXCEPT.match(after):
            yield clause.said(hit)


def regions(text: Text) -> tuple[str, ...]:
    """The parts of the photograph that are to stay as they are, in the person's words."""
    kept = [clause for clause in text.clauses if _recognisable(clause)]
    words = (
        word
        for clause in kept
        for word in (list(_kept(text, clause)) or [clause.said(hit) for hit in clause.hits if hit.concept == "region"])
    )
    return tuple(dict.fromkeys(word for word in words if word not in PRONOUNS))


def _recognisable(clause: Clause) -> bool:
    """Whether somebody or something must stay as it is: said alone, or in one breath with the colours."""
    if clause.says("recognisable"):
        return True
    spans = [sorted((hit.start, hit.end) for hit in clause.hits if hit.concept == name) for name in ("region", "color")]
    pairs = [sorted(pair) for pair in itertools.product(*spans)] if clause.says("keep_color") else []
    return any(_AND.match(clause.text[first[1] - clause.start : second[0] - clause.start]) for first, second in pairs)


def unheard(text: Text) -> tuple[str, ...]:
    """What was said of the look and means nothing here, in the person's words: "mind the skin tones"."""
    sized = sizes.find(text.whole).spans
    return tuple(
        text.as_typed[clause.start : clause.end].strip(" ,.;!?…")
        for clause in text.clauses
        if clause.concepts & LOOK
        and not clause.files
        and not any(clause.says(meaning) for meaning in MEANINGS)
        and not past(clause)
        and not leakage.found(clause)
        and not any(start < clause.end and clause.start < end for start, end in sized)
    )


def _percents(whole: str) -> list[str]:
    """The numbers of "strength 80%" and "30% of its style"."""
    if balance := _BALANCE.search(whole):
        return [next(filter(None, balance.groups()))]
    return [before or after for before, after in _PERCENT.findall(whole)]


def balanced(whole: str) -> list[tuple[int, int]]:
    """Where strength is told in numbers."""
    return [match.span() for match in (*_BALANCE.finditer(whole), *_PERCENT.finditer(whole))]


def _colors_of(clause: Clause, text: Text, styles: Sequence[Named]) -> bool:
    """Whether a clause asks for the colours of one of the style files by its name."""
    signs = "".join(chr(FILE + i) for i, file in enumerate(text.files) if file in styles)
    if not signs:
        return False
    owned = rf"{_COLORS}\s+(?:of|from|in)\s+(?:the\s+)?[{signs}]|[{signs}](?:'s|의)?\s*{_COLORS}"
    return re.search(owned, clause.text) is not None


def _strengths(clause: Clause) -> Iterator[float]:
    """What one clause says of strength, -1..1 each; nothing where it does not speak of it."""
    if {"prefer-style", "prefer-content"} & clause.concepts:
        yield 1.0 if "prefer-style" in clause.concepts else -1.0
        return
    size = 1.0 if _VERY.search(clause.text) else 0.4 if _A_BIT.search(clause.text) else PLAINLY
    if clause.says("not_strong"):
        yield -0.5
    elif clause.says("not_subtle"):
        yield 0.5
    elif clause.says("strong"):
        yield size
        if clause.says("subtle") and not _SLIGHTLY_STRONGER.search(clause.text):
            yield -max(size, PLAINLY)
    elif clause.says("subtle"):
        yield -max(size, PLAINLY)
    elif clause.says("balanced"):
        yield 0.0
