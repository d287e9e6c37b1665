"""How the result should be, clause by clause; two that cannot both be had are a problem, not a choice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from autostyle.agent.understanding import leakage, lexicon, prompt
from autostyle.agent.understanding.clauses import Clause, Text
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.grammar.patterns import FILE, FILES
from autostyle.agent.understanding.languages import compose_pattern, spoken
from autostyle.agent.understanding.model import Clarification, NamedFile


@compose_pattern
def _percent(said: Grammar) -> str:
    """A strength in numbers, before or behind the word for it."""
    words = said.wishes
    return (
        rf"{words.strength}\s*(?:=|:|{words.is_.source})?\s*(\d{{1,3}})\s*%"
        rf"|(\d{{1,3}})\s*%\s*{words.of}?{words.style_strength}"
    )


@compose_pattern
def _balance(said: Grammar) -> str:
    """Style and photograph as shares of one whole."""
    words = said.wishes
    share, style, content = r"\d{1,3}\s*%?\s*", words.style, words.content
    return (
        rf"(\d{{1,3}})\s*%?\s*{words.part_of}?{style}\W+{words.and_}?{share}{words.part_of}?{content}"
        rf"|{style}\s*(?:=|:)?\s*(\d{{1,3}})\s*%?\W+{words.and_}?{content}\s*(?:=|:)?\s*\d{{1,3}}"
        rf"|{share}{words.part_of}?{content}\W+{words.and_}?(\d{{1,3}})\s*%?\s*{words.part_of}?{style}"
        rf"|{content}\s*(?:=|:)?\s*\d{{1,3}}\s*%?\W+{words.and_}?{style}\s*(?:=|:)?\s*(\d{{1,3}})"
    )


@compose_pattern
def _and(said: Grammar) -> str:
    """What stands between two things of one breath."""
    return rf"^\s*(?:&|,|{said.wishes.joined.source})\s*{said.wishes.determiner}?\s*$"


PLAINLY = 0.7
"Strength without a modifier."
RECOGNISABLE = -0.5
"Strength where somebody must stay recognisable and nothing else was said of it."
FLAGS = ("photorealistic", "realtime", "brand", "arbitrary", "prevent_leakage", "quality", "production", "voice")
LOOK = frozenset(("color", "color-name", "black-and-white", "marks", "structure", "crisp", "loose", "vivid", "bent"))
"""Concepts that only ever say how something should look."""
MEANINGS = (
    *(*FLAGS, "keep_color", "style_color", "strong", "not_strong", "subtle", "not_subtle", "balanced", "painterly"),
    *("recognisable", "not_quality"),
)
"""What a clause can mean to a request."""


def find(
    text: Text, styles: Sequence[NamedFile], *, shared: bool = False
) -> tuple[dict[str, Any], tuple[Clarification, ...]]:
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
    said -= {"quality"} if spoken().wishes.quality_number.search(text.whole) else set()
    said -= {"quality"} if any(clause.says("not_quality") for clause in clauses) else set()
    wishes: dict[str, Any] = dict.fromkeys(sorted(said), True)
    problems: list[Clarification] = []
    owned = _colors_owned(text, styles)
    theirs = [owned is not None and owned.search(clause.text) is not None for clause in clauses]
    kept = [clause.says("keep_color") and not their for clause, their in zip(clauses, theirs, strict=True)]
    taken = [
        their or (clause.says("style_color") and not keep)
        for clause, their, keep in zip(clauses, theirs, kept, strict=True)
    ]
    if any(kept) or any(taken):
        wishes["keep_color"] = any(kept)
        problems += [Clarification("color")] if any(kept) and any(taken) else []
    if "photorealistic" in said and any(clause.says("painterly") for clause in clauses):
        problems.append(Clarification("photo"))
    strengths = [(int(percent) - 50) / 50 for percent in _percents(text.whole) if int(percent) <= 100 and not shared]
    strengths += [
        strength
        for clause in clauses
        for strength in _strengths(clause)
        if not (shared and (clause.files or spoken().wishes.one_of.search(clause.text)))
    ]
    if strengths:
        wishes["strength"] = max(strengths, key=abs)
    if (strengths and min(strengths) <= -PLAINLY and max(strengths) >= PLAINLY) or torn(text.whole):
        problems.append(Clarification("strength"))
    elif not strengths and any(_recognisable(clause) for clause in clauses):
        wishes["strength"] = RECOGNISABLE
    if words := prompt.find(text):
        wishes["prompt"] = words
    return wishes, tuple(problems)


def of_outlines(text: Text, styles: Sequence[NamedFile]) -> bool:
    """Whether letters are to take on other strokes: said so, said without the colours, or the style is a font."""
    if any(file.medium == "font" for file in styles) or any(clause.says("outlines") for clause in text.clauses):
        return True
    strokes = any(clause.says("strokes") and spoken().wishes.strokes.search(clause.text) for clause in text.clauses)
    if strokes and not any({"color", "their-color"} & clause.concepts for clause in text.clauses):
        return True
    uncolored = any(clause.says("keep_color") or clause.says("colorless") for clause in text.clauses)
    return uncolored and any("marks" in clause.concepts for clause in text.clauses)


def of_a_voice(file: NamedFile) -> bool:
    """Whether a file's name says that it is of somebody's voice."""
    stem = re.sub(r"[\W_]+", " ", file.path.stem.lower())
    return any(hit.concept == "voice" for hit in lexicon.load().find(stem))


def past(clause: Clause) -> bool:
    """Whether a clause tells how something was: a complaint, not a wish."""
    return clause.says("past") or spoken().wishes.past.search(clause.text) is not None


def _says(clause: Clause, wish: str) -> bool:
    return clause.says(wish) and not (wish == "photorealistic" and spoken().wishes.photo_like.search(clause.text))


def _shuts_out(text: Text, clause: Clause) -> bool:
    """Whether things must not come over; a part of the photograph that is to be left out is none."""
    return (leakage.found(clause) or clause.says("prevent_leakage")) and not any(left_out(text, clause))


_CAME_OVER = {"appear", "leak", "go", "turn", "keep-out", "omit", "theirs", "its"}


def _spoilt(clause: Clause) -> bool:
    """Whether a clause tells of things that came out badly some time ago, not of things that came over."""
    if not past(clause) or clause.concepts & _CAME_OVER:
        return False
    return bool({"damaged", "bent"} & clause.concepts) or spoken().wishes.spoilt.search(clause.text) is not None


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
    return (
        bool({"damaged", "bent", "overdone"} & clause.concepts)
        or spoken().wishes.spoilt.search(clause.text) is not None
    )


def torn(whole: str) -> bool:
    """Whether more and less of the same is asked for in one breath: "more and less strong"."""
    return spoken().wishes.torn.search(whole) is not None


ADJACENT = 14
"Letters between a part of the picture and the word that says it alone is meant."


def parts(text: Text) -> tuple[str, ...]:
    """The parts of the photograph that alone are to be painted: "in the background only", 배경만."""
    found: list[str] = []
    for clause in text.clauses:
        if clause.says("only_part") or any(_kept(text, clause)):
            found += _alone(text, clause)
    return tuple(dict.fromkeys(found))


def spared(text: Text) -> tuple[str, ...]:
    """The parts that are to be left just as they are: "not her face", 얼굴은 빼고, 강아지는 그대로."""
    found: list[str] = []
    for clause in text.clauses:
        found += left_out(text, clause)
        if not any(hit.concept == "recognise" for hit in clause.hits):
            found += _protected(text, clause)
    return _named(found)


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


def left_out(text: Text, clause: Clause) -> Iterator[str]:
    """Parts that alone are not to be painted: "but not on the face", 얼굴은 빼고."""
    language = spoken().wishes
    for hit in (hit for hit in clause.hits if hit.concept == "part"):
        before, after = text.whole[: hit.start], text.whole[hit.end :]
        if language.except_before.search(before) or language.except_after.match(after):
            yield clause.said(hit)


def regions(text: Text) -> tuple[str, ...]:
    """The parts of the photograph that are to stay as they are, in the person's words."""
    return _named(word for clause in text.clauses for word in _protected(text, clause))


def _protected(text: Text, clause: Clause) -> list[str]:
    """What a clause says is to stay as it is."""
    if not _recognisable(clause):
        return []
    return list(_kept(text, clause)) or [clause.said(hit) for hit in clause.hits if hit.concept == "region"]


def _named(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, without what names nothing that can be looked for: her."""
    return tuple(dict.fromkeys(word for word in words if word not in spoken().wishes.pronouns))


def _recognisable(clause: Clause) -> bool:
    """Whether somebody or something must stay as it is: said alone, or in one breath with the colours."""
    if clause.says("recognisable"):
        return True
    spans = [sorted((hit.start, hit.end) for hit in clause.hits if hit.concept == name) for name in ("region", "color")]
    pairs = [sorted(pair) for pair in itertools.product(*spans)] if clause.says("keep_color") else []
    return any(_and().match(clause.text[first[1] - clause.start : second[0] - clause.start]) for first, second in pairs)


def _percents(whole: str) -> list[str]:
    """The numbers of "strength 80%" and "30% of its style"."""
    if balance := _balance().search(whole):
        return [next(filter(None, balance.groups()))]
    return [before or after for before, after in _percent().compiled.findall(whole)]


def balanced(whole: str) -> list[tuple[int, int]]:
    """Where strength is told in numbers."""
    return [match.span() for match in (*_balance().finditer(whole), *_percent().finditer(whole))]


def _colors_owned(text: Text, styles: Sequence[NamedFile]) -> re.Pattern[str] | None:
    """What finds the colours of one of the style files asked for by its name in a clause."""
    places = {file.start for file in styles}
    signs = "".join(chr(FILE + i) for i, file in enumerate(text.files) if file.start in places)
    if not signs:
        return None
    words = spoken().wishes
    return re.compile(
        rf"{words.colors}\s+{words.colors_of}\s+{words.the}?[{signs}]|[{signs}]{words.colors_before}?\s*{words.colors}"
    )


def _strengths(clause: Clause) -> Iterator[float]:
    """What one clause says of strength, -1..1 each; nothing where it does not speak of it."""
    if {"prefer-style", "prefer-content"} & clause.concepts:
        yield 1.0 if "prefer-style" in clause.concepts else -1.0
        return
    language = spoken().wishes
    size = 1.0 if language.very.search(clause.text) else 0.4 if language.a_bit.search(clause.text) else PLAINLY
    if clause.says("not_strong"):
        yield -0.5
    elif clause.says("not_subtle"):
        yield 0.5
    elif clause.says("strong"):
        yield size
        if clause.says("subtle") and not language.slightly_stronger.search(clause.text):
            yield -max(size, PLAINLY)
    elif clause.says("subtle"):
        yield -max(size, PLAINLY)
    elif clause.says("balanced"):
        yield 0.0
