"""One method at work on one medium, and what all that paint with it share: reading, sizes, room, writing."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from autostyle.atomic import explain_write_errors
from autostyle.jobs import requests
from autostyle.jobs.reporter import Reporter
from autostyle.mediums.contract import Drawn, Medium
from autostyle.mediums.files import companions
from autostyle.mediums.serving import open_medium
from autostyle.mediums.sides import SaidSize
from autostyle.mediums.unasked import said_size, smaller_than_own, unasked_size
from autostyle.mediums.writing import write
from autostyle.methods.contract import AnyMethod, Inputs
from autostyle.methods.registry import find_built
from autostyle.scoring.scores import ProfileName, Scores
from autostyle.sentences import Sentence
from autostyle.tuning.runtime import Runtime, real

SCHEMA = 1
LEAST_ROOM = 2**20
"""Free bytes on a disk below which nothing is painted for it."""


class _Noted(Protocol):
    @property
    def notes(self) -> tuple[str, ...]: ...


L = TypeVar("L", bound=_Noted)


class Scored(NamedTuple):
    """Scores of a picture, the weights by role that made it and them, and what is to be said about them."""

    scores: Scores | None
    weights: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Studio:
    """One method at work on one medium on one device, loaded when first used: torch comes with it.

    Args:
        name: of the method.
        medium: of the content.
        job: whose device and ``offline`` hold.
        encoder, scorer: which weights, as in a plan.
        profile: of the scorer; None: what works of the method are judged by.
    """

    name: str
    medium: Medium[Any, Any, Any]
    job: requests.JobRequest
    encoder: str = "auto"
    scorer: str = "auto"
    profile: ProfileName | None = None

    @cached_property
    def runtime(self) -> Runtime:
        return real(offline=self.job.offline, device=self.job.device, encoder=self.encoder, worker=0)

    @cached_property
    def method(self) -> AnyMethod:
        return self.runtime.method(self.name, self.medium)

    def score(self, inputs: Inputs[Any, Any], made: Any) -> Scored:
        """Score ``made``; raises BadInput where content and style are too alike for that."""
        profile = self.profile or find_built(self.name).profile
        scorer = self.runtime.scorer(inputs, self.medium, self.scorer, profile)
        weights = {**self.method.weights_of(inputs), "style": scorer.identity.style}
        return Scored(scorer.score(made), weights, scorer.notes)


def load_content(
    path: Path, reporter: Reporter, method: str, *, still: bool = False
) -> tuple[Medium[Any, Any, Any], Any]:
    """The medium of a content for ``method``, and what is read of it.

    ``still``: of an animated picture its first frame is meant.
    """
    medium = open_medium(path, method, still=still)
    return medium, read_content(medium, path, reporter)


def read_content(medium: Medium[Any, Any, Any], path: Path, reporter: Reporter) -> Any:
    """What is read of a content, after what has to be made of it first was made, and what is to be said was said."""
    return report_notes(medium.load(settled(medium, path, reporter)), path, reporter)


def settled(medium: Medium[Any, Any, Any], path: Path, reporter: Reporter) -> Path:
    """The file that stands for a content: :meth:`Medium.settled`, told and stopped as a job is."""
    return medium.settled(path, reporter.watching())


def report_notes(file: L, path: Path, reporter: Reporter) -> L:
    """``file``, after what is to be said about it was said."""
    for note in file.notes:
        reporter.note(Sentence("{name}: {note}", name=path.name, note=note))
    return file


def size_of(
    medium: Medium[Any, Any, Any], content: Any, asked: SaidSize | None, method: str, reporter: Reporter
) -> int:
    """The size of a result: what was asked for, else what ``method`` paints by itself; that it is not the content's own
    is said."""
    own = medium.size(content)
    if asked is not None:
        return said_size(medium.spec.name, asked, own)
    size = unasked_size(medium.spec.name, method, own)
    if note := smaller_than_own(medium.spec.name, method, size, own):
        reporter.note(note)
    return size


def make_room(target: Path) -> None:
    """Make the folder of ``target``, before anything is painted for it.

    Raises:
        Missing: its disk is full.
        BadInput: there can be no such folder, or it may not be made.
    """
    with explain_write_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < LEAST_ROOM:
            raise OSError(errno.ENOSPC, "no space left")


def write_finished(drawn: Drawn, out: Path, recipe: dict[str, Any], overwrite: bool) -> tuple[str, ...]:
    """Write what is whole, and nothing else; what is to be said about it."""
    return write(drawn, out, recipe=recipe, overwrite=overwrite) if drawn.finished else ()


def companions_of(out: Path | None) -> list[str]:
    """What belongs to a result that was written there."""
    return [] if out is None else [str(path) for path in companions(out)]
