"""A style to be learnt from the person's own pictures."""

from __future__ import annotations

from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.dialogue_state import DialogueState
from autostyle.agent.brains.rules.request import asked
from autostyle.agent.brains.rules.script import Script
from autostyle.agent.outputs import Trained
from autostyle.agent.understanding.model import Act


def train(now: DialogueState, act: Act) -> Script:
    """A LoRA from the pictures that are named; a later request for style_lora paints with it."""
    if now.said.problems:
        yield asked(now.language, now.said.problems[0])
        return
    if not act.files:
        yield say(now.language, "ask:train")
        return
    images, out = [str(path) for path in act.files], str(act.out) if act.out else None
    made = yield from call(now, Trained, images=images, out=out)
    if made is None:
        return
    if made.lora is None:
        yield say(now.language, "untrained")
        return
    yield say(now.language, "trained", path=wording.path(made.lora), n=made.steps.done)
    yield say(now.language, "trained:next", words=wording.plain(made.words[0]))
