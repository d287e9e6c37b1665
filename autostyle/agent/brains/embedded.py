"""The brain that needs no model and no network: rules over what was understood, through the same tools."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

from autostyle.agent.brain import BrainRequest, Capabilities, Delta, TextDelta
from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import dialogue_state, notices, steering, study, wording
from autostyle.agent.brains.rules.dialogue_state import DialogueState
from autostyle.agent.brains.rules.request import asked, beyond_line, start, styles, stylize
from autostyle.agent.brains.rules.script import Script, resume
from autostyle.agent.brains.rules.training import train
from autostyle.agent.messages import ToolCall, ToolMessage
from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.understanding.merge import questions
from autostyle.filenames import legible

SAID = ("help", "greet", "thanks", "cost", "dislike", "torn", "size", "fewer")
"""Intents that one sentence answers."""


class EmbeddedBrain:
    """Serves requests and follow-ups in English and Korean.

    Args:
        where: the folder that file names are relative to; None is the working directory.
    """

    name = "embedded"
    capabilities = Capabilities()

    def __init__(self, where: Path | None = None) -> None:
        self._where = where
        self._hear: dialogue_state.Hearing = understand_cached

    async def ready(self) -> None:
        """Nothing needs to be loaded."""

    async def close(self) -> None:
        """Nothing is held."""

    async def stream(self, request: BrainRequest) -> AsyncIterator[Delta]:
        """The next words, and the call they lead to."""
        where = self._where or Path.cwd()
        tools = tuple(tool.name for tool in request.tools)
        if not any(isinstance(message, ToolMessage) for message in request.messages[-1:]):
            # A turn goes on from how its messages were meant when it began: its own tools make and take away files.
            self._hear = cache(understand_cached)
        # In a thread: it reads the last messages anew, and a front end's keys are answered meanwhile.
        now = await asyncio.to_thread(
            dialogue_state.read, request.messages, tools, where, request.study, request.left, self._hear
        )
        text, call = resume(_script(now), now.answers)
        if text:
            yield TextDelta(text)
        if call is not None:
            # A name that is no UTF-8 is no JSON either; tools find the file by what it is spelt like.
            arguments = legible(json.dumps(call.arguments, ensure_ascii=False))
            yield ToolCall(f"rule-{now.calls + 1}", call.tool, arguments)


def _script(now: DialogueState) -> Script:
    """Everything this turn is about, in order; changes of a search are made as one."""
    if now.notice is not None:
        yield from notices.tell_notice(now, now.notice)
        return
    changes = [act for act in now.said.acts if act.intent in steering.STEERING]
    for act in now.said.acts:
        if act.intent == "stylize":
            yield from stylize(now)
        elif act.intent == "train":
            yield from train(now, act)
        elif act.intent in SAID:
            yield wording.say_of(now.language, now.request.medium, act.intent)
        elif act.intent == "beyond":
            yield beyond_line(now.language, act.about)
        elif act.intent == "mixed":
            yield say(now.language, "mixed", what=wording.plain(act.about))
        elif act.intent == "part":
            yield say(now.language, "parts", parts=wording.plain(", ".join(act.regions)))
        elif act.intent == "styles":
            yield from styles(now, act)
        elif act.intent == "methods":
            yield say(now.language, "methods", methods=_methods(now))
        elif act.intent == "start":
            yield from _start(now)
        elif act.intent == "refuse":
            yield say(now.language, "unclear:study" if now.study else "refuse")
        elif act.intent == "unclear":
            yield from _unclear(now)
        elif act.intent == "undo" and now.took_back:
            yield say(now.language, "undone:plan")
            yield from stylize(now)
        elif act.intent == "queue":
            yield from study.queue(now, act)
        elif act.intent in ("list", "explain"):
            yield from study.ABOUT[act.intent](now, act)
        elif now.study is None:
            yield say(now.language, "refuse" if now.plan and act.intent in ("stop", "undo") else "none")
        elif now.asked and act.intent == "show" and set(act.numbers) & set(now.shown):
            yield from study.prefer(now, act)
        elif act.intent not in steering.STEERING:
            yield from study.ABOUT[act.intent](now, act)
        elif act is changes[0]:
            yield from steering.steer(now, changes)


def _methods(now: DialogueState) -> str:
    """Those that run here for what is spoken of."""
    return wording.titles(now.language, wording.runs_here(now.request.medium or "image"))


def _start(now: DialogueState) -> Script:
    if dialogue_state.waits(now):
        yield from start(now)
    elif now.study is not None:
        yield from steering.go_on(now)
    elif open_ := questions(now.request):
        yield asked(now.language, open_[0])
    else:
        yield say(now.language, "nothing_to_start")


def _unclear(now: DialogueState) -> Script:
    """Say so, do nothing, and ask again or say what can be said."""
    if now.study is None and now.request != dialogue_state.NOTHING and (open_ := questions(now.request)):
        yield f"{say(now.language, 'unclear')} {asked(now.language, open_[0])}"
        return
    stage = "study" if now.study else "request" if now.plan else "nothing"
    further = wording.say_of(now.language, now.request.medium, f"unclear:{stage}")
    yield f"{say(now.language, 'unclear')} {further}"
