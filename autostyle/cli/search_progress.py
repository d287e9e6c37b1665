"""A search as a person watches it: how far it is, what it found."""

from __future__ import annotations

from pathlib import Path

from autostyle.cli.context import Invocation
from autostyle.cli.progress import Bar
from autostyle.tuning import events
from autostyle.tuning.following import Following


class SearchProgress:
    """Draws the events of a search.

    Args:
        invocation: whose console it speaks on.
        bar: the bar, of trials; None while none is drawn.
    """

    def __init__(self, invocation: Invocation, bar: Bar | None = None) -> None:
        self.bar = bar
        self._console = invocation.console
        self._known = Following()

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
        if self.bar is not None and (known.total or known.render):  # before that there are no trials to tell of
            best = ", ".join(f"{name} {value:.2f}" for name, value in known.best_scores.items())
            note = ", ".join(filter(None, [f"best {best}" if best else "", known.at_work]))
            if (render := known.render) is not None:
                note = f"final render at {render.size} {render.unit}, {render.step}/{render.steps}"
            if isinstance(event, events.Ended):  # which draws what turns, too
                note = "writing the report"
            self.bar.update(known.done, known.total, note, known.left, part=sum(known.under_way.values()))
