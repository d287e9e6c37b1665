"""Who has to say yes, and to what.

A free call runs. Anything else runs unasked only where it computes for a moment, or where the person has said yes for
longer. Once a picture has entered a model's context that longer yes no longer holds: what the model asks for then may
be what the picture's text asked for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from autostyle.agent import grants
from autostyle.agent.events import AnswerInWords, ApprovalAnswer, ApprovalAsked
from autostyle.agent.grants import PICTURES_TO
from autostyle.agent.messages import Attachment
from autostyle.agent.tool import Arguments, Detail, Tool
from autostyle.agent.workspace import Workspace
from autostyle.errors import Refused
from autostyle.sentences import Sentence, join_sentences

MOMENT = 60.0
"""Seconds of compute that need no question."""

NOBODY = Sentence("nobody is here to allow this")
"""How the refusal of a call begins that would have had to be asked about."""
CONSENT_HINT = Sentence("--consent says beforehand that the owner of the voice agreed")
Approve = Callable[[ApprovalAsked], Awaitable[ApprovalAnswer | AnswerInWords]]
"""Puts a question to the person."""
EmitAsked = Callable[[ApprovalAsked], None]
Scope = Literal["session", "always", "no"]
"""How far an answer reaches: this conversation, all to come; or pictures are kept back in this conversation."""
# ㅛ and ㅜ are what the keys of y and n give while the keyboard writes Hangul.
YES = frozenset({"y", "yes", "ㅛ", "네", "예"})
NO = frozenset({"", "n", "no", "ㅜ", "아니", "아니요", "아니오"})


class Policy:
    """Decides what runs unasked, and remembers what the person said.

    Args:
        approve: asks the person.
        plan_only: nothing that computes, writes or uses the network is even offered to the brain.
        moment: seconds of compute that need no question.
    """

    def __init__(self, approve: Approve, *, plan_only: bool = False, moment: float = MOMENT) -> None:
        self._approve = approve
        self._plan_only = plan_only
        self._moment = moment
        self._granted: set[str] = set()
        self._withheld: set[str] = set()
        self._words = ""

    @property
    def granted(self) -> dict[str, Scope]:
        """What is not asked about any more, by the name of a tool or ``pictures to HOST``, and how far that reaches."""
        kept_back: dict[str, Scope] = {_of_host(key): "no" for key in self._withheld}
        here: dict[str, Scope] = {_of_host(key): "session" for key in self._granted}
        return dict(sorted((kept_back | here | dict.fromkeys(grants.always(), "always")).items()))

    def take_back(self, key: str) -> None:
        """Ask about it again from now on, pictures that were spoken of already included.

        Raises:
            AutostyleError, OSError: the file of what was allowed for good cannot be written; then it still holds.
        """
        grants.forget(key)
        for answers in (self._granted, self._withheld):
            answers -= {other for other in answers if _of_host(other) == key}

    def take_words(self) -> str:
        """What the person answered in their own words since this was last called; empty where they did not."""
        words, self._words = self._words, ""
        return words

    def offers(self, tool: Tool[Any]) -> bool:
        """Whether a brain may know of ``tool``."""
        return tool.cost == "free" or not self._plan_only

    async def allows(
        self, tool: Tool[Any], arguments: Arguments, workspace: Workspace, call: str, *, wary: bool, emit: EmitAsked
    ) -> bool:
        """Whether a call may run, asking if need be.

        Args:
            call: its id.
            wary: whether a picture has entered the model's context.

        Raises:
            Exception: what the tool's own estimate raises; then nothing runs.
        """
        if tool.cost == "free":
            return True
        seconds = tool.seconds(workspace, arguments) if tool.cost == "compute" else math.inf
        if seconds == 0 or (seconds <= self._moment and not wary):
            return True
        title = Sentence(tool.title(arguments))
        what = join_sentences([title, duration(seconds)]) if tool.cost == "compute" else title
        details = tuple(tool.details(workspace, arguments))
        if tool.cost == "compute":
            details += (Detail("time", duration(seconds)),)
        asked = ApprovalAsked(
            call, tool.name, tool.cost, what, details=details, overwrites=tool.overwrites(workspace, arguments)
        )
        if wary or asked.overwrites:
            asked = replace(asked, answers=("once", "no"))
        return await self._asked(asked, tool.name, emit)

    async def trusts(self, study: str, tool: str, call: str, emit: EmitAsked) -> bool:
        """Whether the person takes a study as their own that was not made here; a yes of earlier never counts."""
        what = Sentence("go on with {study}, which was not made here", study=study)
        risk = Sentence("what it brings is read, and runs, on this machine: say yes only to whom you trust")
        details = (Detail("risk", risk),)
        asked = ApprovalAsked(call, tool, "trust", what, answers=("once", "no"), details=details)
        return await self._asked(asked, "", emit)

    async def consents(self, voices: str, tool: str, call: str, emit: EmitAsked) -> bool:
        """Whether the person says that the owner of the voice in these files agreed that it is imitated; asked each
        time."""
        what = Sentence("imitate the voice in {voices}", voices=voices)
        risk = Sentence("only with the consent of the person whose voice it is: did they agree, or is it your own?")
        details = (Detail("risk", risk),)
        asked = ApprovalAsked(call, tool, "consent", what, answers=("once", "no"), details=details)
        return await self._asked(asked, "", emit)

    async def shows(self, pictures: Sequence[Attachment], host: str, emit: EmitAsked) -> frozenset[str]:
        """The SHA-256 of those ``pictures`` that may go to ``host``, asking about the ones not spoken of yet."""
        all_of_them = frozenset(picture.sha256 for picture in pictures)
        if not host:
            return all_of_them
        new = [p for p in pictures if f"{p.sha256} {host}" not in self._granted | self._withheld]
        if new:
            names = ", ".join(dict.fromkeys(picture.path.name for picture in new))
            paths = dict.fromkeys(str(picture.path.absolute()) for picture in new)
            details = (*(Detail("sends", path) for path in paths), Detail("to", host))
            asked = ApprovalAsked(
                "", "", "network", Sentence("send {names} to {host}", names=names, host=host), details=details
            )
            yes = await self._asked(asked, PICTURES_TO + host, emit)
            (self._granted if yes else self._withheld).update(f"{picture.sha256} {host}" for picture in new)
        return frozenset(sha for sha in all_of_them if f"{sha} {host}" in self._granted)

    async def _asked(self, asked: ApprovalAsked, key: str, emit: EmitAsked) -> bool:
        if "session" in asked.answers and key in self._granted | grants.always():
            return True
        emit(asked)
        answer = await self._approve(asked)
        if isinstance(answer, AnswerInWords):
            self._words = answer.text
            return False
        if answer not in asked.answers:
            return False
        if answer in ("session", "always"):
            self._granted.add(key)
        if answer == "always":
            grants.remember(key)
        return answer != "no"


def plainly(text: str) -> ApprovalAnswer | AnswerInWords:
    """What a person means who answers by typing: a bare yes or no, and anything else their own words."""
    bare = text.strip().strip(".!~").lower()
    return "once" if bare in YES else "no" if bare in NO else AnswerInWords(text.strip())


def by_flags(*, compute: bool, rest: bool, overwrite: bool = False, consent: bool = False) -> Approve:
    """The answers of somebody who is not there but has said beforehand what may be done.

    A call that they did not speak of is refused with the flag that allows it; none allows their files to be replaced.
    """

    async def approve(asked: ApprovalAsked) -> ApprovalAnswer:
        if asked.cost == "trust":
            raise Refused(
                "{nobody}: {what}",
                "`autostyle studies trust NAME` allows it beforehand",
                nobody=NOBODY,
                what=asked.what,
            )
        if asked.cost == "consent":
            if consent:
                return "once"
            raise Refused("{nobody}: {what}", CONSENT_HINT, nobody=NOBODY, what=asked.what)
        if asked.overwrites and not overwrite:
            taken = next((detail.text for detail in asked.details if detail.kind == "replaces"), "")
            raise Refused("{nobody}: {path} exists", "name another file", nobody=NOBODY, path=taken)
        if compute if asked.cost == "compute" else rest:
            return "once"
        if asked.call:
            flag = "--yes" if asked.cost == "compute" else "--allow-network"
            raise Refused("{nobody}: {what}", "{flag} allows it beforehand", nobody=NOBODY, what=asked.what, flag=flag)
        return "no"

    return approve


def _of_host(key: str) -> str:
    """``key``, or for one of a single picture, its SHA-256 and the host, that of all pictures to there."""
    return re.sub("^[0-9a-f]{64} ", PICTURES_TO, key)


def duration(seconds: float) -> str:
    """How long, for people: ``about 40 s``, ``about 12 min``, ``about 5 h``, ``nobody knows how long``."""
    if seconds == math.inf:
        return Sentence("nobody knows how long")
    if seconds < 90:
        return Sentence("about {count:.0f} s", count=seconds)
    if seconds < 120 * 60:
        return Sentence("about {count:.0f} min", count=seconds / 60)
    return Sentence("about {count:.0f} h", count=seconds / 3600)
