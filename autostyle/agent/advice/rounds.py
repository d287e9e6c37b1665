"""The rounds of a search: when the brain is shown its state, and as what."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autostyle.agent import lines
from autostyle.agent.advice.rules import advise
from autostyle.agent.advice.state import AdviceState
from autostyle.agent.messages import Attachment, Notice
from autostyle.agent.outputs import RangeEnd, Round, TrialOutput
from autostyle.agent.work import record
from autostyle.agent.workspace import Workspace
from autostyle.errors import AutostyleError
from autostyle.plan import MethodPlan
from autostyle.report.payload import summary, trial_data
from autostyle.tuning import events
from autostyle.tuning.record import StudyRecord
from autostyle.use_cases.bounds import find_touched_bounds, search_bounds

EVERY = 8
"""Trials between two rounds."""
SECONDS = 30.0
"""Least time between two rounds: a fast method would be interrupted all the time."""
THUMBNAILS = 4


@dataclass
class Rounds:
    """Counts the trials of one running search, of which ``done`` were there before."""

    done: int = 0
    clock: Callable[[], float] = time.monotonic
    _at: float = float("-inf")

    def due(self, event: events.TrialFinished) -> bool:
        """Whether a round ends with this trial."""
        if event.done < self.done + EVERY or event.done >= event.total or self.clock() < self._at + SECONDS:
            return False
        self.done, self._at = event.done, self.clock()
        return True


def attend(workspace: Workspace) -> None:
    """Send a notice to ``workspace.on_notice`` at the end of every round of every search from now on."""
    rounds = Rounds()
    telling: set[asyncio.Task[None]] = set()

    async def tell() -> None:
        # A study whose state cannot be read just now has a round less; its search says what is wrong.
        with contextlib.suppress(AutostyleError):
            found = notice(await record(workspace, None, lambda text: None))
            if workspace.search is not None and workspace.search.running:
                for listen in tuple(workspace.on_notice):
                    listen(found)

    def on_study(event: events.StudyEvent) -> None:
        nonlocal rounds
        if isinstance(event, events.Opened):
            rounds = Rounds(done=event.done)
        elif isinstance(event, events.TrialFinished) and rounds.due(event):
            task = asyncio.get_running_loop().create_task(tell())
            telling.add(task)
            task.add_done_callback(telling.discard)

    workspace.on_study.append(on_study)


def notice(record: StudyRecord) -> Notice:
    """What a brain hears at the end of a round.

    Returns:
        A notice whose output holds ``advice``, the rules' arguments for ``steer_study`` (empty where they would change
        nothing), and ``reasons``, each with its ``kind`` and what it speaks of.
    """
    state = AdviceState.of(record)
    advice = advise(state)
    front = tuple(_front(record))
    output = Round(
        study=record.plan.study,
        done=state.done,
        total=record.total,
        best=summary(record)["best"],
        front=front,
        advice=advice.arguments() if advice else {},
        reasons=tuple({"kind": reason.kind, **reason.about} for reason in advice.reasons),
    )
    return Notice("round", "\n".join(_told(state, record)), output, tuple(_thumbnails(front)))


def _told(state: AdviceState, record: StudyRecord) -> Iterator[str]:
    """The sampler's state in words."""
    yield f"{record.plan.study}: a round is over, {state.done} of {record.total} trials done."
    if best := summary(record)["best"]:
        yield f"{lines.recommended(TrialOutput.model_validate(best))}."
    front = [record.trial(number) for number in state.front]
    plans = {plan.name: plan for plan in state.plan.methods}
    for trial in front:
        # A method that was switched away from has no plan any more.
        plan = plans.get(trial.method, MethodPlan(name=trial.method))
        ranged = {name: trial.params[name] for name in search_bounds(plan)}
        yield f"On the front: {lines.trial(TrialOutput.model_validate(trial_data(trial)))}; {lines.params(ranged)}."
    for plan in plans.values():
        ranges = (f"{name} {low:g} to {high:g}" for name, (_, low, high) in search_bounds(plan).items())
        yield f"{plan.name} searches {', '.join(ranges)}."
    yield from lines.moving(state.importances)
    yield from lines.leaning([RangeEnd.model_validate(end) for end in find_touched_bounds(state.plan, front)])
    if len(state.history) > EVERY:
        gain = state.history[-1] - state.history[-1 - EVERY]
        yield f"Hypervolume {state.history[-1]:.3f}, {gain:+.3f} in the last {EVERY} complete trials."
    for method, lost in state.failed.items():
        yield f"{lost} trials of {method} failed."
    advice = advise(state)
    yield f"Rules would: {advice.why}" if advice else "Rules would change nothing."


def _front(record: StudyRecord) -> Iterator[TrialOutput]:
    """The front by rising style, with scores and the paths of its small pictures."""
    for trial in map(record.trial, record.front):
        image = str(record.folder / trial.image) if trial.image else None
        scores = trial_data(trial)["scores"]
        yield TrialOutput(number=trial.number, method=trial.method, scores=scores, over=trial.over, image=image)


def _thumbnails(front: Sequence[TrialOutput]) -> Iterator[Attachment]:
    """Pictures of the front, spread over it, ends first to last."""
    step = max(1, -(-len(front) // THUMBNAILS))
    for trial in front[::step]:
        if trial.image and Path(trial.image).is_file():
            yield Attachment.of(Path(trial.image))
