"""What a model says it has done although it called no tool: small models answer "Done! Saved as x.png" to anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autostyle.agent.brain import BrainRequest
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolMessage, UserMessage
from autostyle.agent.understanding.grammar.language import Grammar
from autostyle.agent.understanding.languages import compose_pattern

_FILE = re.compile(
    r"[^\s`'\"()\[\]<>*]*\w\.(?:png|jpe?g|webp|tiff?|gif|bmp|avif|heic|mp4|mov|webm|mkv|html?|json|csv|safetensors|pdf|zip)\b",
    re.IGNORECASE,
)


@compose_pattern
def _kept(said: Grammar) -> str:
    return f"(?i:{said.claims.kept.source})"


@compose_pattern
def _did(said: Grammar) -> str:
    return f"(?i:{said.claims.did.source})"


@compose_pattern
def _denied(said: Grammar) -> str:
    return rf"(?i:\?\s*$|{said.claims.denied.source})"


@compose_pattern
def _findable(said: Grammar) -> str:
    return f"(?i:{said.claims.findable.source})"


def unfounded(said: str, request: BrainRequest) -> bool:
    """Whether ``said``, a reply to ``request`` that calls no tool, claims work or a file of which nothing knows."""
    before = request.messages
    acts = {tool.name for tool in request.tools if tool.cost != "free"}
    done = request.study is not None or any(
        isinstance(message, Notice) or (isinstance(message, ToolMessage) and message.ok and message.name in acts)
        for message in before
    )
    tried = any(isinstance(message, ToolMessage) and message.ok for message in _turn(before))
    for sentence in re.split(r"(?<=[.!?。])\s+|\n+", _findable().sub("", said)):
        if _denied().search(sentence):
            continue
        if _kept().search(sentence) and any(_is_news(name, before) for name in _FILE.findall(sentence)):
            return True
        if not done and not tried and _did().search(sentence.strip()):
            return True
    return False


class Verdicts:
    """What was found of each reply as it came: a file that is there later makes no earlier claim of it true."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], bool] = {}

    def unfounded(self, said: str, request: BrainRequest) -> bool:
        """:func:`unfounded` of a reply to ``request``, asked once."""
        place = (len(request.messages), said)
        if place not in self._known:
            self._known[place] = unfounded(said, request)
        return self._known[place]


def correct_claims(request: BrainRequest, verdicts: Verdicts) -> Iterator[tuple[Message, bool]]:
    """The messages, and of each whether it claims what is not so."""
    history = request.messages
    for at, message in enumerate(history):
        wrong = isinstance(message, AssistantMessage) and not message.calls
        yield message, wrong and verdicts.unfounded(message.text, replace(request, messages=history[:at]))


def _turn(before: Sequence[Message]) -> Sequence[Message]:
    """What came since the person spoke last."""
    last = max((at for at, message in enumerate(before) if isinstance(message, UserMessage)), default=-1)
    return before[last + 1 :]


def _is_news(name: str, before: Sequence[Message]) -> bool:
    """Whether nobody spoke of a file of this name, and there is none as the reply comes."""
    bare = Path(name).name
    said = (m.text + (str(m.data) if isinstance(m, ToolMessage | Notice) else "") for m in before)
    return not any(bare in text for text in said) and not _exists(name)


def _exists(name: str) -> bool:
    try:
        return Path(name).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False
