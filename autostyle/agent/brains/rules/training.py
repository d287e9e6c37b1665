"""A style to be learnt from the person's own pictures, by a LoRA or a fast net, and the search of how to train one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autostyle.agent.brains.replies import minutes, say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.dialogue_state import DialogueState
from autostyle.agent.brains.rules.request import asked, start
from autostyle.agent.brains.rules.script import Script
from autostyle.agent.outputs import TaughtNet, Trained, TrainingPlanned
from autostyle.agent.understanding.model import Act
from autostyle.train.fast.settings import FOR_CLIPS


def train(now: DialogueState, act: Act) -> Script:
    """A LoRA from the pictures that are named, for style_lora to paint with; or a fast net, found by its pictures; or a
    search of how to train one."""
    if now.said.problems:
        yield asked(now.language, now.said.problems[0])
        return
    if not act.files:
        yield say(now.language, "ask:train" if act.about == "lora" else "ask:train:net")
        return
    if act.about == "search":
        yield from _searched(now, act)
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


def _searched(now: DialogueState, act: Act) -> Script:
    """A search of how to train a fast net on a painting, by short trainings."""
    spent = {"trials": act.trials, "minutes": act.minutes}
    plan = yield from call(now, TrainingPlanned, styles=[str(path) for path in act.files], **spent)
    if plan is None:
        return
    known = plan.seconds_estimate
    time = {"time": minutes(now.language, known)} if known else {}
    yield say(now.language, "training:plan:time" if time else "training:plan", trials=plan.trials, **time)
    if plan.resumes:
        yield say(now.language, "resumes")
    if now.said.hold:
        yield say(now.language, "plan:hold")
        return
    yield from start(replace(now, plan=plan))


def _search_of(now: DialogueState, act: Act) -> str | None:
    """The study of this conversation that searched how to train on the painting that is to be learnt."""
    known = now.training
    if known is None or known.study != now.study:
        return None
    pictures = [path.name for path in act.files if path.suffix]  # beside them a folder is of photographs
    return known.study if [Path(style).name for style in known.plan["styles"]] == pictures else None


def _taught(now: DialogueState, act: Act) -> Script:
    styles, out = [str(path) for path in act.files], str(act.out) if act.out else None
    steady = FOR_CLIPS if act.about == "steady" else None
    searched = _search_of(now, act)
    if searched is not None:
        yield say(now.language, "training:found", study=wording.plain(searched))
    made = yield from call(now, TaughtNet, styles=styles, out=out, steady=steady, from_study=searched)
    if made is None:
        return
    if made.net is None:
        yield say(now.language, "untrained")
        return
    yield say(now.language, "trained", path=wording.path(made.net), n=made.steps.done)
    yield say(now.language, "trained:steady" if steady else "trained:net", style=wording.plain(styles[0]))
