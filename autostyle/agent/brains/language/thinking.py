"""Reasoning that a model writes into its answer, told apart from the answer as both come in pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autostyle.agent.brain import TextDelta, ThoughtDelta
from autostyle.report.text import clean

OPEN = re.compile(
    r"(?<![`'\"“‘])(?:<(?:seed:)?(?:think|thinking|thought|reasoning)\s*>|\[THINK\]|<\|START_THINKING\|>|◁think▷"
    r"|<\|begin_of_thought\|>|(?:<\|start\|>assistant)?<\|channel\|>analysis<\|message\|>)",
    re.IGNORECASE,
)
"""DeepSeek, Qwen and most others; Mistral; Cohere; Kimi; OpenThinker; OpenAI's harmony."""
CLOSE = re.compile(
    r"(?<![`'\"“‘])(?:</(?:seed:)?(?:think|thinking|thought|reasoning)\s*>|\[/THINK\]|<\|END_THINKING\|>|◁/think▷"
    r"|<\|end_of_thought\|>)",
    re.IGNORECASE,
)
END = re.compile(rf"{CLOSE.pattern}|<\|end\|>", re.IGNORECASE)
"""What ends a thought that was opened."""
FRAME = re.compile(
    r"(?:<\|start\|>assistant)?<\|channel\|>final<\|message\|>|<\|(?:return|end|im_end|eot_id|eom_id|endoftext)\|>"
    r"|</?tool_response>|<\|(?:begin|end)_of_solution\|>|<\|(?:START|END)_RESPONSE\|>"
)
"""What stands around an answer where a server leaves the model's own marks in it."""
_BEGUN = re.compile(
    r"(?:(?:<\|(?:start|channel)\|>\w{0,12})*(?:<[^<>\s]{0,24})?|\[/?[A-Z]{0,5}|◁[^▷]{0,7}"
    r"|\r|\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b\n]{0,256}\x1b?)?)$"
)
"""The end of a piece that may go on as a mark, or as a terminal's sequence, which is cleaned away as a whole."""


class Sorter:
    """Takes the text of one reply in pieces.

    Args:
        wary: nobody knows yet whether the model's template opens the reasoning itself, so that the reply may begin
            with it unmarked: nothing is an answer before its end is seen, or the end of the reply.
    """

    def __init__(self, *, wary: bool = False) -> None:
        self._wary = wary
        self._told_apart = False
        self._orphaned = False
        self._thinking = False
        self._begun: set[type[TextDelta | ThoughtDelta]] = set()
        self._given = ""
        self._rest = ""

    def feed(self, piece: str) -> Iterator[TextDelta | ThoughtDelta]:
        """Take a piece; gives what is certain by now."""
        self._rest += piece
        while (mark := self._mark()) is not None:
            pattern, start, end = mark
            closes = pattern is CLOSE or pattern is END
            self._orphaned = self._orphaned or pattern is CLOSE
            self._told_apart = self._told_apart or pattern is OPEN
            yield from self._give(start, thought=closes)
            self._rest, self._given = self._rest[end - start :], ""
            self._thinking, self._wary = pattern is OPEN, False
            self._begun.discard(ThoughtDelta)
        if not self._wary:
            begun = _BEGUN.search(self._rest)
            yield from self._give(begun.start() if begun else len(self._rest), thought=self._thinking)

    def trust(self) -> None:
        """The server tells reasoning apart itself: an unmarked beginning is the answer."""
        self._wary = False
        self._told_apart = True

    @property
    def wary_of_the_next(self) -> bool:
        """Whether the model's next reply may begin with reasoning that nothing opens: not once it has marked some, or
        given an answer without."""
        return self._orphaned or not (self._told_apart or TextDelta in self._begun)

    def end(self) -> Iterator[TextDelta | ThoughtDelta]:
        """Nothing more comes; gives the rest."""
        yield from self._give(len(self._rest), thought=self._thinking)

    def _mark(self) -> tuple[re.Pattern[str], int, int] | None:
        """The next mark in what is not given yet; what stands before it may quote it."""
        before = len(self._given)
        found = [
            (mark.start() - before, mark.end() - before, pattern)
            for pattern in ((END,) if self._thinking else (OPEN, CLOSE, FRAME))
            if (mark := pattern.search(self._given + self._rest, before))
        ]
        if not found:
            return None
        start, end, pattern = min(found, key=lambda mark: mark[0])
        return pattern, start, end

    def _give(self, count: int, *, thought: bool) -> Iterator[TextDelta | ThoughtDelta]:
        """Hand out the next ``count`` characters; the white space before the first word of each is left out."""
        text, self._rest = self._rest[:count], self._rest[count:]
        self._given = (self._given + text)[-1:]
        text = clean(text)
        kind = ThoughtDelta if thought else TextDelta
        if kind not in self._begun:
            text = text.lstrip()
        if text:
            self._begun.add(kind)
            yield kind(text)
