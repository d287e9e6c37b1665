"""What a model says it has done although it called no tool: small models answer "Done! Saved as x.png" to anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autostyle.agent.brain import Request
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolMessage, UserMessage

_FILE = re.compile(
    r"[^\s`'\"()\[\]<>*]*\w\.(?:png|jpe?g|webp|tiff?|gif|bmp|avif|heic|mp4|mov|webm|mkv|html?|json|csv|safetensors|pdf|zip)\b",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:saved|exported|written|wrote|created|generated|rendered|stored|produced|placed|downloaded|output|result(?:ing)?"
    r"|find (?:it|them|your|the)|available (?:at|as|in|here)|is (?:at|in|here)|here(?:'s| is| are))\b"
    r"|저장|내보냈|만들었|만들어|생성|완성|결과|출력|여기",
    re.IGNORECASE,
)
"""Words by which a file is said to be a result."""
_WORK = (
    r"(?:saved|exported|styli[sz]ed|styled|applied|generated|rendered|transformed|converted|painted|started|launched"
    r"|begun|began|trained|processed|created|completed|finished|edited|changed|combined|blended|transferred)"
)
_THING = (
    r"(?:image|picture|photo\w*|result|transfer|search|stud(?:y|ies)|report|file|clip|video|style|training|portrait|it"
    r"|they|everything)s?"
)
_DID = re.compile(
    "|".join(
        (
            rf"\bI(?:['’]ve| have)?(?: (?:just|now|already|also|successfully))* (?:{_WORK}|made)\b",
            rf"\b{_THING}\b[^.!?\n]{{0,60}}\b(?:has|have|was|were) (?:been )?(?:\w+ly |now )?{_WORK}\b",
            rf"\b{_THING} (?:is|are) (?:now )?(?:ready|done|complete|saved|finished)\b",
            r"^\W*(?:all )?done\b|^\W*(?:finished|completed|success(?:fully)?)\b",
            r"저장(?:했|하였|됐|되었|해 ?두|해 ?놨|을? ?완료)",
            r"(?:변환|적용|생성|합성|처리|렌더링|학습|시작|완성|완료)(?:했|하였|됐|되었|을 마쳤)",
            r"(?:만들|바꾸|바꿔|입혔|입혀|그려)(?:었습|었어|놓았|뒀|드렸|냈)",
            r"만들었|바꿨|입혔|^\W*(?:완료|다 됐|끝났|됐)",
        )
    ),
    re.IGNORECASE,
)
"""Words by which work is said to be done."""
_FINDABLE = re.compile(r"\b(?:can|may|should) (?=(?:now )?(?:find|see|view|open|download)\b)", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no|nothing|never|neither|will|would|can|could|may|might|cannot|once|after|when|if|shall|should|until|before"
    r"|to be|please|let me|plan(?:s|ned)?|going to|want)\b|n['’]t\b|['’]ll\b|\?\s*$"
    r"|않|못|없|안 |아직|계획|할게|할까|드릴까|할 수|하려면|하면|되면|겠",
    re.IGNORECASE,
)
"""Words by which it is not."""


def unfounded(said: str, request: Request) -> bool:
    """Whether ``said``, a reply to ``request`` that calls no tool, claims work or a file of which nothing knows."""
    before = request.messages
    acts = {tool.name for tool in request.tools if tool.cost != "free"}
    done = request.study is not None or any(
        isinstance(message, Notice) or (isinstance(message, ToolMessage) and message.ok and message.name in acts)
        for message in before
    )
    tried = any(isinstance(message, ToolMessage) and message.ok for message in _turn(before))
    for sentence in re.split(r"(?<=[.!?。])\s+|\n+", _FINDABLE.sub("", said)):
        if _NOT.search(sentence):
            continue
        if _KEPT.search(sentence) and any(_is_news(name, before) for name in _FILE.findall(sentence)):
            return True
        if not done and not tried and _DID.search(sentence.strip()):
            return True
    return False


class Verdicts:
    """What was found of each reply as it came: a file that is there later makes no earlier claim of it true."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], bool] = {}

    def unfounded(self, said: str, request: Request) -> bool:
        """:func:`unfounded` of a reply to ``request``, asked once."""
        place = (len(request.messages), said)
        if place not in self._known:
            self._known[place] = unfounded(said, request)
        return self._known[place]


def corrected(request: Request, verdicts: Verdicts) -> Iterator[tuple[Message, bool]]:
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
