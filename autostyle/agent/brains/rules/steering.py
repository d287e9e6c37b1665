"""Changes of a search in the person's words: where it leans, more trials or time, another method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autostyle.agent.brains.replies import join_words, say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.dialogue_state import DialogueState
from autostyle.agent.brains.rules.request import asked, cannot, start
from autostyle.agent.brains.rules.script import Script
from autostyle.agent.brains.rules.study import ratio_line, render_best, trial_line
from autostyle.agent.outputs import StatusOutput, Steered
from autostyle.agent.understanding import methods
from autostyle.agent.understanding.model import Act, Language
from autostyle.methods import registry
from autostyle.methods.params import Aspect
from autostyle.plan import Within
from autostyle.use_cases.aspects import PREFER

STEERING = ("steer", "more", "method")
"""Intents that are one change of the search together."""


def steer(now: DialogueState, acts: Sequence[Act]) -> Script:
    """Every change that was asked for as one. What is over goes on only if more trials, time or a method were named."""
    change = Change.of(acts)
    if not change:
        if unknown := next((act.about for act in acts if act.intent == "method" and act.about), None):
            yield asked(now.language, methods.which(unknown))
        elif any(act.intent == "method" for act in acts):
            yield say(now.language, "which_method", methods=wording.titles(now.language, wording.runs_here()))
        else:
            yield from go_on(now)
        return
    if change.method and not registry.find(change.method).built:
        yield cannot(now.language, "image", change.method)
        return
    done = yield from call(now, Steered, **change.arguments())
    if done is None:
        return
    yield from _outlook(now, done, change)
    if change.regions:
        yield say(now.language, "regions", regions=wording.plain(", ".join(change.regions)))
    if now.running if done.running is None else done.running:
        return
    if change.computes:
        yield from start(now, now.study)
        return
    if done.pending:
        yield from render_best(now)


def go_on(now: DialogueState) -> Script:
    """The rest of a search that was cut short; what there is to say where nothing is left, or it runs."""
    found = yield from call(now, StatusOutput)
    if found is None:
        return
    if found.running:
        key = "running:elsewhere" if found.elsewhere else "running"
        yield say(now.language, key, done=found.done, total=found.total)
        if not found.elsewhere:
            yield say(now.language, "how_much_more")
    elif found.unfinished or (found.final and found.final.pending):
        yield from start(now, found.study)
    else:
        yield say(now.language, "finished" if found.done >= found.total else "finished:time")
        yield say(now.language, "how_much_more")


def _outlook(now: DialogueState, done: Steered, change: Change) -> Script:
    """What the change will really do: first which of the pictures that there are is meant by it."""
    what = join_words(now.language, change.said(now.language))
    values = {"what": what, "left": done.left, "number": done.rendering}
    running = now.running if done.running is None else done.running
    if done.picked is not None:
        yield from _picked(now, done, change)
    if done.rendering is not None and done.left != 0:
        yield say(now.language, "steered:after_render", **values)
    elif done.rendering is not None:
        yield say(now.language, "steered:rendering", **values)
        if done.recommended not in (None, done.rendering):
            yield say(now.language, "steered:next_render", number=done.recommended)
    elif running or change.computes:
        yield say(now.language, "steered", **values)
    elif done.left:
        yield say(now.language, "steered:waits", **values)
    elif not change.chooses or done.picked is None:
        yield say(now.language, "steered:stopped", **values)
    elif not (done.fits and (done.moved or change.within)):
        yield say(now.language, "steered:search_on")


def _picked(now: DialogueState, done: Steered, change: Change) -> Script:
    """The trial that is recommended of those painted already, or that none fits."""
    best = done.picked
    if best is None or not change.chooses:
        return
    what = join_words(now.language, change.said(now.language))
    key = (
        "picked:none" if not done.fits else "picked" if done.moved else "picked:same" if change.within else "picked:end"
    )
    yield say(now.language, key, what=what, number=best.number)
    yield f"{trial_line(now.language, best)} {ratio_line(now.language, best)}".strip()
    if best.image:
        yield wording.work_line(now.language, best.image)


@dataclass(frozen=True)
class Change:
    """What the acts of one message want changed in a search."""

    direction: Mapping[Aspect, float]
    within: Mapping[str, Within]
    fixed: Mapping[str, float]
    trials: int | None
    total: int | None
    minutes: float | None
    method: str | None
    regions: tuple[str, ...]

    @classmethod
    def of(cls, acts: Sequence[Act]) -> Change:
        return cls(
            {name: step for act in acts for name, step in act.direction.items()},
            {name: ends for act in acts for name, ends in act.within.items()},
            {name: value for act in acts for name, value in act.fixed.items()},
            next((act.trials for act in acts if act.trials), None),
            next((act.total for act in acts if act.total), None),
            next((act.minutes for act in acts if act.minutes), None),
            next((act.method for act in acts if act.method), None),
            tuple(region for act in acts for region in act.regions),
        )

    def __bool__(self) -> bool:
        return bool(self.direction or self.within or self.fixed) or self.computes

    @property
    def chooses(self) -> bool:
        """Whether it asks for another one of the pictures that there are."""
        return bool(self.within) or any(aspect in PREFER for aspect in self.direction)

    @property
    def computes(self) -> bool:
        """Whether it asks for trials to be run."""
        return bool(self.trials or self.total or self.minutes or self.method)

    def arguments(self) -> dict[str, Any]:
        return {
            "direction": dict(self.direction) or None,
            "within": {name: list(ends) for name, ends in self.within.items()} or None,
            "fixed": dict(self.fixed) or None,
            "add_trials": self.trials,
            "total_trials": self.total,
            "add_minutes": self.minutes,
            "method": self.method,
            "why": f"The person asked for {join_words('en', self.said('en'))}.",
        }

    def said(self, language: Language) -> list[str]:
        """The change in words."""
        what = [
            say(language, "color:style" if step > 0 else "color:keep")
            if name == "color"
            else say(language, _way(step), what=say(language, f"aspect:{name}"))
            for name, step in self.direction.items()
        ]
        what += wording.bounded(language, self.within)
        what += [f"{name} = {value:.3g}" for name, value in self.fixed.items()]
        what += [say(language, "more:trials", n=self.trials)] if self.trials else []
        what += [say(language, "more:total", n=self.total)] if self.total else []
        what += [say(language, "more:minutes", n=f"{self.minutes:g}")] if self.minutes else []
        return what + ([wording.title(language, self.method)] if self.method else [])


def _way(step: float) -> str:
    way = "up" if step > 0 else "down"
    return f"{way}:bit" if abs(step) < 1 else f"{way}:much" if abs(step) > 1 else way
