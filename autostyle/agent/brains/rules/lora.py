"""A style to be learnt from the person's own pictures, by a LoRA or a fast net."""

from __future__ import annotations

from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.dialogue_state import DialogueState
from autostyle.agent.brains.rules.request import asked
from autostyle.agent.brains.rules.script import Script
from autostyle.agent.outputs import TaughtNet, Trained
from autostyle.agent.understanding.model import Act
from autostyle.train.fast.settings import FOR_CLIPS


def train(now: DialogueState, act: Act) -> Script:
    """A LoRA from the pictures that are named, for style_lora to paint with; or a fast net, found by its pictures."""
    if now.said.problems:
        yield asked(now.language, now.said.problems[0])
        return
    if not act.files:
        yield say(now.language, "ask:train" if act.about == "lora" else "ask:train:net")
        return
    if act.about != "lora":
        yield from _taught(now, act)
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


def _taught(now: DialogueState, act: Act) -> Script:
    styles, out = [str(path) for path in act.files], str(act.out) if act.out else None
    steady = FOR_CLIPS if act.about == "steady" else None
    made = yield from call(now, TaughtNet, styles=styles, out=out, steady=steady)
    if made is None:
        return
    if made.net is None:
        yield say(now.language, "untrained")
        return
    yield say(now.language, "trained", path=wording.path(made.net), n=made.steps.done)
    yield say(now.language, "trained:steady" if steady else "trained:net", style=wording.plain(styles[0]))
