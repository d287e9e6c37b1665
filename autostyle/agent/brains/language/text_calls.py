"""Calls in the text of a reply, taken out of it while it comes: what may become one is held back until it is certain.

Written calls are carried out like real ones, with the same questions to the person, if they end the reply, name offered
tools and fit their arguments. Anything else is prose: what somebody said before, an example, a call among other words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from autostyle import json_text
from autostyle.agent.brain import Aside, BrainRequest, TextDelta
from autostyle.agent.brains.language import dialects
from autostyle.agent.brains.language.arguments import fit_arguments
from autostyle.agent.messages import AssistantMessage, ToolCall
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.languages import compose_pattern
from autostyle.sentences import Sentence

LONGEST = 20000
"""Characters held back at most; no call is longer."""
USUAL, FARTHEST = 4000, 8
"""Characters in which the calls of a reply end, and places behind them that are tried, too: each takes a reading."""
_AFTER = re.compile(r"\n|<tool_response|<\|(?:im_|eot|tool_response)|</s>")
"""Where what follows a marked call may begin: an answer that the model makes up."""
_CALL = re.compile(
    r"[\"']?(?:tool_)?name[\"']?\s*[:=]\s*[\"']([\w.-]+)[\"'].{0,400}?(?:arguments|parameters)", re.DOTALL
)


@compose_pattern
def _example(said: Grammar) -> str:
    """The end of words that announce an example."""
    return rf"(?i:{said.claims.example}\W*[^.!?\n]{{0,60}}$)"


_CLOSED = re.compile(r"\A(?:[\s,;}\]]|</tool_calls?>)+")
"""What may stand behind a call: a template that begins the call for the model has its opening mark."""
_CLOSES = re.compile(r"</?[a-z_]{0,10}")
"""The beginning of such a mark, as far as it has come."""
_LEFT = re.compile(r"<[^<>\s]{0,40}$|<\|[^<>]{0,40}$|\[[A-Z_]{0,12}$")
_REACTS = ("Action:", "Action :", "**Action:", "**Action**:")


class TextCalls:
    """Takes the text of one reply in pieces.

    Args:
        request: what the reply is to: its tools, and what was said before.
        model: its name, for people.
    """

    def __init__(self, request: BrainRequest, model: str) -> None:
        self._tools = {tool.name: tool for tool in request.tools}
        self._request = request
        self._model = model
        self._said = ""
        self._held = ""
        self._prose: list[str] = []
        names = "|".join(map(re.escape, self._tools))
        begins = rf"```|\{{|\[|\**Action\**[ \t]*:|(?:{names})[ \t]*\(|print\("
        self._start = re.compile(rf"^[ \t]*(?:{begins})", re.MULTILINE)

    def feed(self, piece: str) -> Iterator[TextDelta]:
        """Take a piece; gives what is certainly no call."""
        self._held += piece
        if not self._tools:
            yield from self._release(len(self._held))
        while self._held:
            start = self._candidate()
            yield from self._release(self._certain() if start is None else start)
            if start is None or not (over := self._refuted()):
                return
            self._prose += self._named(self._held[:over])
            yield from self._release(over)

    def end(self) -> Iterator[TextDelta | ToolCall | Aside]:
        """Nothing more comes; gives the calls, or the rest as text."""
        held, self._held = self._held, ""
        calls = self._calls(held)
        if calls:
            yield from calls
            return
        if held:
            yield TextDelta(held)
        if names := [*self._prose, *self._named(held)]:
            yield Aside(
                Sentence(
                    "{model} writes calls of tools as text that cannot be carried out: {names}. "
                    "Its server may need its template for tools (llama-server --jinja, vLLM --enable-auto-tool-choice)",
                    model=self._model,
                    names=", ".join(dict.fromkeys(names)),
                )
            )

    def flush(self) -> Iterator[TextDelta]:
        """The reply calls tools as it should: its text holds no calls."""
        yield from self._release(len(self._held))

    def _candidate(self) -> int | None:
        """Where in what is held a call may begin."""
        text = self._line + self._held
        starts = (pattern.search(text, 0) for pattern in (self._start, dialects.MARK))
        found = [max(start.start() - len(self._line), 0) for start in starts if start and start.end() > len(self._line)]
        return min(found, default=None)

    @property
    def _line(self) -> str:
        """The line that was begun and given already."""
        return self._said.rpartition("\n")[2]

    def _certain(self) -> int:
        """How much of what is held can no longer turn out to begin a call."""
        if left := _LEFT.search(self._held):
            return left.start()
        head, newline, line = self._held.rpartition("\n")
        line = line if newline else self._line + line
        begun = line.strip(" \t")
        if any(word.startswith(begun) for word in (*self._tools, "```", "print(", *_REACTS)) and (
            newline or not self._line.strip()
        ):
            return len(head) + len(newline)
        return len(self._held)

    def _refuted(self) -> int:
        """How much of what is held, which may begin a call, is none after all; 0 while it may be one."""
        held = self._held
        if len(held) > LONGEST:
            return len(held)
        if dialects.MARK.search(held):
            return 0
        text = held.lstrip(" \t")
        if dialects.REACT.match(text):
            return 0 if dialects.may_be_react(text, tuple(self._tools)) else len(held)
        if text.startswith("```"):
            closed = re.search(r"\n[ \t]*```[ \t]*\n?", held)
            rest = held[closed.end() :].strip() if closed else ""
            return closed.end() if closed and rest and not "```".startswith(rest[:3]) else 0
        if text[0] in "{[":
            inside = text[1:].lstrip()[:1]
            if inside and inside not in "{\"'}]" and not (text[0] == "[" and self._may_be_named(text[1:].lstrip())):
                return len(held) - len(text) + 1
            try:
                _, end = json_text.raw_decode(text)
            except ValueError:
                return 0
            rest = _CLOSED.sub("", text[end:])
            return len(held) - len(text) + end if rest and rest[0] not in "{[" and not _CLOSES.fullmatch(rest) else 0
        line, newline, rest = held.partition(")\n")
        return len(line) + 2 if newline and rest.strip() and not self._start.match(rest) else 0

    def _may_be_named(self, text: str) -> bool:
        return any(name.startswith(text[: len(name)]) for name in (*self._tools, "TOOL_CALLS"))

    def _calls(self, held: str) -> list[ToolCall]:
        """The calls that ``held`` consists of; none where it is an example, or repeats what others said."""
        if not held.strip() or _example().search(self._said[-400:].rstrip(" \t\n`:")) or self._quoted(held):
            return []
        found = self._read(held)
        calls = []
        for name, arguments in found or ():
            text = fit_arguments(self._tools[name], arguments)
            if text is None:
                return []
            calls.append(ToolCall("", name, text))
        return calls

    def _read(self, held: str) -> list[dialects.Found] | None:
        """The calls in ``held``; behind marked ones, lines that go on as if they were answered are left out."""
        names = tuple(self._tools)
        if found := dialects.calls(held, names):
            return found
        if dialects.MARK.search(held):
            breaks = [match.start() for match in _AFTER.finditer(held)][:200]
            near = bisect_right(breaks, USUAL)
            for at in reversed((*breaks[:near], *breaks[near:][-FARTHEST:])):
                if found := dialects.calls(held[:at], names):
                    return found
        return None

    def _quoted(self, held: str) -> bool:
        """Whether somebody else wrote this before: then it is a quotation, and no wish of the model's."""
        plain = _plain(held)
        others = (m.text for m in self._request.messages if not isinstance(m, AssistantMessage))
        return len(plain) > 12 and any(plain in _plain(text) for text in others)

    def _named(self, text: str) -> list[str]:
        """The tools that calls in ``text`` name, for people; none where it is a quotation or an example."""
        if not text.strip() or self._quoted(text):
            return []
        found = self._read(text.strip())
        if found is None and dialects.MARK.search(text):
            found = [(name, {}) for name in self._tools if re.search(rf"\b{re.escape(name)}\b", text)]
        return [name for name, _ in found or ()] or [call[1] for call in _CALL.finditer(text)]

    def _release(self, count: int) -> Iterator[TextDelta]:
        text, self._held = self._held[:count], self._held[count:]
        self._said += text
        if text:
            yield TextDelta(text)


def _plain(text: str) -> str:
    """Letters and digits alone: quotations change white space, quotes and marks."""
    return re.sub(r"[\W_]|json|tool_?call|function", "", text.lower())
