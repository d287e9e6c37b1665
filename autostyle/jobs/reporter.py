"""What a job says while it works, and how it hears that it should stop."""

from __future__ import annotations

from dataclasses import dataclass

from autostyle.methods.contract import Iterate, OnIterate, Stop
from autostyle.processes.protocol import Channel


@dataclass(frozen=True)
class Reporter:
    """A job's side of the line: notes always, progress at most four times a second."""

    channel: Channel

    @property
    def stopped(self) -> bool:
        return self.channel.stop.is_set()

    def note(self, text: str) -> None:
        """Something to be said aloud: a stand-in used, what a format could not carry."""
        self.channel.send("note", text=text)

    def step(self, step: int, steps: int, said: str = "", item: int = 0, items: int = 1) -> None:
        """How far the work is, and what is ``said`` of it."""
        if self.channel.progress_due():
            self.channel.send("progress", step=step, steps=steps, item=item, items=items, said=said)

    def watching(self, item: int = 0, items: int = 1) -> OnIterate:
        """An ``on_iterate`` for the run of picture ``item`` of ``items``: tells the step, raises Stop when asked to."""

        def on_iterate(iterate: Iterate) -> None:
            self.step(iterate.step, iterate.steps, iterate.doing, item, items)
            if self.stopped:
                raise Stop

        return on_iterate
