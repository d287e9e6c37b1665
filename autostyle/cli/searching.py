"""A search as a person watches it: why this method, how far it is, what it found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autostyle.cli.interrupt import Interrupts
from autostyle.cli.progress import Bar
from autostyle.cli.session import Session
from autostyle.errors import Refused, StudyFailed
from autostyle.plan import Plan
from autostyle.tuning import events
from autostyle.tuning.record import SHORT, falls_short

MOST_AT_WORK = 2
"""Running trials that the bar names."""


def search(session: Session, plan: Plan, storage: str | None) -> tuple[dict[str, Any], int]:
    """Run ``plan`` and write its report: the report's summary, and the exit code (130, 143 if interrupted).

    A study that failed or ran out of time has a report too, before its error goes on.
    """
    from autostyle.jobs.search import searched

    config, say = session.config, session.console.say
    say(f"{plan.choice.method}: {plan.choice.reason}")
    for method in plan.methods[1:]:
        say(f"{method.name}: searched beside it, as the table's first alternative")
    with Interrupts() as interrupts, Bar(session.console, "trials") as bar:
        try:
            result = searched(
                plan,
                config.home,
                storage,
                offline=config.offline,
                device=config.device,
                on_event=Watch(session, bar).on_event,
                stop=interrupts.stop,
            )
        except (StudyFailed, Refused):
            say(f"report: {config.home / plan.study / 'report.html'}")
            raise
    if interrupts.exit_code:
        say(f"stopped after {result['trials']['complete']} complete trials; the same command goes on from here")
    if best := result["best"]:
        scores = ", ".join(f"{name} {value:.3f}" for name, value in best["scores"].items())
        say(f"best: trial {best['number']} by {best['method']} ({scores})")
        if falls_short(best["scores"]):
            say(SHORT)
    return result, interrupts.exit_code


class Watch:
    """Draws the events of a search.

    Args:
        session: whose console it speaks on.
        bar: the bar, of trials; None while none is drawn.
    """

    def __init__(self, session: Session, bar: Bar | None = None) -> None:
        self.bar = bar
        self._console = session.console
        self._done = 0
        self._total = 1
        self._note = ""
        self._left: float | None = None
        self._running: dict[int, float] = {}
        self._rendering = False

    def on_event(self, event: events.Event) -> None:
        """Show one event."""
        match event:
            case events.Opened():
                self._done, self._total = event.done, event.total
                went = f", {event.done}/{event.total} trials done" if event.resumed else ""
                self._console.say(f"study {event.study} in {Path(event.folder)}{went}")
            case events.Note():
                self._console.say(event.text)
            case events.TrialStarted():
                self._running[event.number] = 0.0
            case events.Progress():
                self._running[event.number] = event.step / max(event.steps, 1)
                self._left = event.left if event.left is not None else self._left
            case events.TrialFinished():
                self._running.pop(event.number, None)
                self._done, self._total, self._left = event.done, event.total, event.left
                if event.best_scores:
                    self._note = "best " + ", ".join(f"{k} {v:.2f}" for k, v in event.best_scores.items())
                if event.error:
                    self._console.say(f"trial {event.number} ({event.method}) {event.state}: {event.error}")
            case events.Rendering():
                self._rendering = True
                self._running = {event.number: 0.0}
                self._note = f"final render at {event.size} {event.unit}, {event.step}/{event.steps}"
                self._left = None
        if self.bar is not None:
            at_work = [] if self._rendering else [f"trial {n}, {share:.0%}" for n, share in self._running.items()]
            note = ", ".join(filter(None, [self._note, *at_work[:MOST_AT_WORK]]))
            self.bar.update(self._done, self._total, note, self._left, part=sum(self._running.values()))
