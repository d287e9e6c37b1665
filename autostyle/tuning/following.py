"""A search as its events tell it: how far it is, for whoever shows or asks that while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autostyle.sentences import Sentence, join_sentences
from autostyle.tuning import events

MOST_AT_WORK = 2
"""Running trials that are named."""


@dataclass(eq=False)
class Following:
    """What is known so far; :meth:`follow` takes in what happens.

    Args:
        done, total: runs; a run along its ratio makes several trials.
        pictures: complete trials.
        left: seconds to the end, estimated; None while unknown.
        best: the recommended trial's number, and its scores.
        standing: numbers of the front's trials, by rising first score, as the study tells them.
        hypervolume: of the front.
        under_way: number of each running trial -> how far its run is, 0..1.
        render: the last step of the final render, while it is under way.
    """

    done: int = 0
    total: int = 0
    pictures: int = 0
    left: float | None = None
    best: int | None = None
    best_scores: Mapping[str, float] = field(default_factory=dict)
    standing: tuple[int, ...] = ()
    hypervolume: float = 0.0
    under_way: dict[int, float] = field(default_factory=dict)
    render: events.Rendering | None = None

    def follow(self, event: events.StudyEvent) -> None:
        """Take in ``event``."""
        match event:
            case events.Opened():
                self.done, self.total, self.pictures = event.done, event.total, event.pictures
            case events.Revised():
                self.total = event.total
                self.best = self.best if event.best is None else event.best
            case events.TrialStarted():
                self.under_way.setdefault(event.number, 0.0)
                self.render = None
            case events.Progress():
                self.under_way[event.number] = event.far
                self.left = event.left if event.left is not None else self.left
            case events.TrialFinished():
                self.under_way.pop(event.number, None)
                self.done, self.total, self.left = event.done, event.total, event.left
                self.pictures = event.pictures
                self.standing, self.hypervolume = tuple(event.front), event.hypervolume
                if event.best is not None:
                    self.best, self.best_scores = event.best, event.best_scores
            case events.Rendering():
                self.render, self.left = event, None
            case events.Ended():
                self.under_way.clear()
                self.render, self.left = None, None

    @property
    def rendering(self) -> int | None:
        """The trial whose final render is under way."""
        return None if self.render is None else self.render.number

    @property
    def at_work(self) -> str:
        """The trials that run: ``trial 3, 40%``."""
        some = list(self.under_way.items())[:MOST_AT_WORK]
        few = join_sentences(
            (Sentence("trial {number}, {share:.0%}", number=n, share=share) for n, share in some), "; "
        )
        return Sentence("{few} …", few=few) if len(self.under_way) > MOST_AT_WORK else few
