"""Scores of texts: which words are the style's, and which are still where they were."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from autostyle.errors import BadInput
from autostyle.scoring.measure import Anchors, apart
from autostyle.scoring.scores import Metric, ScorerId, Scores
from tests.mediums.toy.method import WORD

METRICS = (
    Metric(
        "style",
        "Style",
        "objective",
        "share of the words that are in the style's vocabulary",
        zero="the untouched text",
        one="a text of the style's words alone",
        of_content=0.0,
        of_style=1.0,
    ),
    Metric(
        "content",
        "Content",
        "objective",
        "share of the words that are where the content has them",
        zero="no word is where it was",
        one="the untouched text",
        bounds=(0.0, 1.0),
        of_content=1.0,
    ),
    Metric("vocabulary", "Vocabulary", "raw", "the style's share of the words, unanchored", bounds=(0.0, 1.0)),
)


class WordScorer:
    """Scores of what is made of one content and its styles."""

    notes: tuple[str, ...] = ()

    def __init__(self, content: str, styles: Sequence[str]) -> None:
        self._words = _words(content)
        self._vocabulary = {word for style in styles for word in _words(style)}
        if not self._words:
            raise BadInput("the content has no words", "name another text")
        self._style: Anchors = apart(self._of_the_style(self._words), 1.0, 0.05, "style")
        anchors = {"style.zero": self._style.zero, "style.one": self._style.one}
        vocabulary = sha256(" ".join(sorted(self._vocabulary)).encode()).hexdigest()
        self.identity = ScorerId("words", version=1, weights_hash=vocabulary, anchors=anchors, metrics=METRICS)

    def score(self, made: str) -> Scores:
        words = _words(made)
        pairs = list(zip(words, self._words, strict=False))
        kept = sum(now == before for now, before in pairs) / max(1, len(pairs))
        of_style = self._of_the_style(words)
        return Scores({"style": self._style.place(of_style), "content": kept}, raw={"vocabulary": of_style})

    def _of_the_style(self, words: Sequence[str]) -> float:
        return sum(word in self._vocabulary for word in words) / max(1, len(words))


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]
