"""A search as a person watches it: why this method, how far it is, what it found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autostyle.cli.context import Invocation
from autostyle.cli.progress import Bar
from autostyle.cli.working import Interrupts
from autostyle.errors import Refused, StudyFailed
from autostyle.plan import Plan
from autostyle.tuning import events
from autostyle.tuning.following import Following
from autostyle.tuning.record import SHORT, falls_short


def search(session: Invocation, plan: Plan, storage: str | None) -> tuple[dict[str, Any], int]:
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

    def __init__(self, session: Invocation, bar: Bar | None = None) -> None:
        self.bar = bar
        self._console = session.console
        self._known = Following(total=1)

    def on_event(self, event: events.StudyEvent) -> None:
        """Show one event."""
        known = self._known
        known.follow(event)
        match event:
            case events.Opened():
                went = f", {event.done}/{event.total} trials done" if event.resumed else ""
                self._console.say(f"study {event.study} in {Path(event.folder)}{went}")
            case events.Note():
                self._console.say(event.text)
            case events.TrialFinished() if event.error:
                self._console.say(f"trial {event.number} ({event.method}) {event.state}: {event.error}")
        if self.bar is not None:
            best = ", ".join(f"{name} {value:.2f}" for name, value in known.best_scores.items())
            note = ", ".join(filter(None, [f"best {best}" if best else "", known.at_work]))
            if (render := known.render) is not None:
                note = f"final render at {render.size} {render.unit}, {render.step}/{render.steps}"
            self.bar.update(known.done, known.total, note, known.left, part=sum(known.under_way.values()))
