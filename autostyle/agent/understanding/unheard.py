"""What a request says that means nothing here, in the person's words: it is named, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autostyle.agent.understanding import (
    budget,
    leakage,
    lexicon,
    looks,
    methods,
    prompt,
    settings,
    shares,
    sizes,
    wishes,
)
from autostyle.agent.understanding.clauses import FILES, QUOTES, Clause, Text

MEANT = (
    *wishes.MEANINGS,
    "hold",
    "swapped",
    "prevent_leakage",
    "only_part",
    "asks_about",
    "which_better",
    "export",
)
"""Frames of the lexicon that a request takes in, or answers."""
_MEANING = frozenset((
    "hello", "thanks", "agree", "quality", "video", "font", "audio", "scene", "no-hurry", "brand", "consistent", "many",
    "any", "live", "lag", "production", "earlier", "style-word", "theirs", "prefer-style", "prefer-content", "original",
    "need-not", "described",
))  # fmt: skip
"""Concepts that are part of what was taken in, or of small talk."""
_ORDINARY_KO = re.compile(
    r"^(?:이|그|저|이거|그거|저거|이건|그건|이걸|그걸|좀|한번|한번만|다시|제발|부탁\S*|해\S*|하\S*|할\S*|했\S*|줘\S*|주\S*|주세요|싶\S*|되\S*|돼\S*"
    r"|바꿔\S*|바꾸\S*|만들\S*|그려\S*|그리\S*|입혀\S*|입히\S*|칠해\S*|보여\S*|보이\S*|사진\S*|그림\S*|파일\S*|이미지\S*|스타일\S*|느낌\S*|화풍\S*"
    r"|처럼|같이|같은|같게|걸로|거로|것\S*|거\S*|그리고|그런데|근데|그럼|일단|그냥|혹시|내|제|우리|나|저는|나는|있\S*|없\S*|이렇게|요|네|응|아|음|건|수|좋\S*|섞\S*"
    r"|감사\S*|고마\S*|안녕\S*|입니다|이에요|예요|이야|인데|인데요|으로|로|를|을|에|의|와|과|은|는|도|만|랑|이랑|하고|반|씩|정도|쯤)$"
)
_EXTRA = re.compile(
    rf"[{FILES}][^{FILES}]*?(?P<more>\b(?:and|then|plus|with|but|also)\s+(?!(?:it|the|my)?\s*(?:style|look)\b)[^{FILES}]+)$"
)
_TOLD = re.compile(
    r"^[\W_]*(?:(?:and|but|cause|cuz|because|since|so|anyway|well|btw|fyi)\s+)*"
    r"(?:(?:i|we|he|she|they|it|this|that|these|those|who|which)(?:'s|'re|'m|'ve)?|(?:my|our|his|her|their|the|a|an)\s+(?:[\w']+\s+){0,2}?[\w']+)\s+"
    r"(?:(?:really|just|never|always|also|already)\s+)*"
    r"(?:will|'ll|took|was|were|is|are|am|has|have|had|hates?|loves?|likes?|liked|got|made|went|came|lives?|died|said|says|think|thinks|thought|knows?|saw|gave"
    r"|bought|sent|\w{2,}ed)\b"
    r"|^[\W_]*its\s+(?:for|a|my|the)\b"
    r"|^[\W_]*(?:i|we|it|that|this|he|she|they)'(?:m|s|re|ve|d)\b(?!\s+(?:like|love|want|prefer|rather))"
    r"|(?:거든요?|라서|이에요|예요|입니다|습니다|잖아요?|대요|더라고요?|이야|에요|니까요?|해서요?|(?:선물|추억|기념)\S*)[\s.!?~ㅎㅋ]*$"
)
"""Somebody tells of something and wants nothing by it: "my dad took it"."""
_ITS = re.compile(r"(?:and|with|plus|but|also)\s+(?:its|the|their|his|her|all|that|those|similar)\b")
"""What follows is the style picture's own: "with its brushwork"."""
_EXTRA_KO = re.compile(
    rf"(?:처럼|같이|스타일로|느낌으로|풍으로|화풍으로)\s*(?:해서|해주고|하고서|바꿔서|만들어서|바꾼\s*다음|그려서)\s+(?P<more>[^{FILES}]+)$"
)
_A_NUMBER = re.compile(
    rf"(?:(?<![\w{FILES}])[a-z가-힣_]+\s*[:=]?\s*)?(?<![\w.:/#])(?P<n>\d+(?:\.\d+)?)(?![\w.:/%]*\d|st|nd|rd|th)[a-z%]*(?:\s+(?!and\b|or\b)[a-z가-힣]+)?"
)
_AND_MORE = re.compile(
    r"\b(?:and|then|plus)\s+(?!(?:the|my|a|an|its|his|her|their|it|that|this|very|so|more|less|not|no|in|on|with)\b)"
    r"[a-z]{3,}\s+\S[^,;]*$"
)
"""A further demand at the end of a clause; it begins with a verb."""


def find(text: Text) -> tuple[str, ...]:
    """The clauses, and the ends of clauses behind a file, that say something which was not taken in."""
    known = _known(text)
    found = dict.fromkeys(words for clause in text.clauses for words in _of(text, clause, known))
    return tuple(dict.fromkeys((*wishes.unheard(text), *found)))


def _of(text: Text, clause: Clause, known: list[tuple[int, int]]) -> Iterator[str]:
    yield from _numbers(text, clause, known)
    if clause.files:
        extra = _EXTRA.search(clause.text) or _EXTRA_KO.search(clause.text)
        if extra is not None:
            yield from _named(text, clause, clause.start + extra.start("more"), clause.end, known)
        return
    if not _heard(text, clause, known):
        yield from _named(text, clause, clause.start, clause.end, known)
        return
    for more in _AND_MORE.finditer(clause.text):  # "only the sky and sprinkle glitter"
        yield from _named(text, clause, clause.start + more.start(), clause.start + more.end(), known)


def _numbers(text: Text, clause: Clause, known: list[tuple[int, int]]) -> Iterator[str]:
    """A number nobody took in, with the words beside it."""
    if _TOLD.search(clause.text) or wishes.past(clause):
        return
    for match in _A_NUMBER.finditer(clause.text):
        start, end = clause.start + match.start("n"), clause.start + match.end("n")
        whole = range(clause.start + match.start(), clause.start + match.end())
        beside = any(hit.start < whole.stop and whole.start < hit.end for hit in clause.hits)
        if not beside and not any(a <= start and end <= b for a, b in known):
            yield text.as_typed[clause.start + match.start() : clause.start + match.end()].strip(" ,.;:!?…\n")


def _named(text: Text, clause: Clause, start: int, end: int, known: list[tuple[int, int]]) -> Iterator[str]:
    """The stretch in the person's words, if it says something that was not heard."""
    hits = tuple(hit for hit in clause.hits if start <= hit.start and hit.end <= end)
    if not _heard(text, Clause(start, end, text.whole[start:end], hits), known) and _own_words(text.whole[start:end]):
        said = text.as_typed[start:end].strip(" ,.;:!?…\n-–—&")
        yield re.sub(r"^(?:and|then|plus|also|but|그리고)\s+", "", said)


def _heard(text: Text, part: Clause, known: list[tuple[int, int]]) -> bool:
    """Whether something in a stretch was taken in, or nothing was meant by it."""
    concepts = part.concepts
    return (
        any(start < part.end and part.start < end for start, end in known)
        or re.search(f"[{QUOTES}]", part.text) is not None
        or _TOLD.search(part.text) is not None
        or wishes.past(part)
        or any(wishes.left_out(text, part))
        or bool(concepts & _MEANING)
        or leakage.found(part)
        or any(part.says(meaning) for meaning in MEANT)
        or (_ITS.match(part.text) is not None and bool(concepts & wishes.LOOK))
    )


def _own_words(words: str) -> int:
    """How many words there are beside those that every request has."""
    english = [word for word in re.findall(r"[a-z']{2,}", words) if word not in lexicon.load().ordinary]
    korean = [word for word in re.findall(r"[가-힣]+", words) if not _ORDINARY_KO.match(word)]
    return len(english) + len(korean)


def _known(text: Text) -> list[tuple[int, int]]:
    """Where numbers, sizes, parameters, methods and places stand."""
    whole = text.whole
    spans = [(amount.start, amount.end) for amount in budget.find(whole)]
    spans += sizes.find(whole).spans
    spans += wishes.balanced(whole) + shares.spans(whole)
    spans += settings.spans(whole)
    spans += looks.painters(whole)
    if words := prompt.find(text):
        spans += [match.span() for match in re.finditer(re.escape(words), text.as_typed)]
    spans += [(start, end) for _, _, start, end in methods.named(whole)]
    return spans
