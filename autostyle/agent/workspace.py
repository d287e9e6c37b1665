"""What a conversation is about: the settings, the request as understood so far, the study on the table.

Tools read and replace these fields; nothing else does. It imports neither torch nor Optuna.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from autostyle.agent.messages import Notice
from autostyle.brief import Brief
from autostyle.config import Config
from autostyle.jobs.running_search import RunningSearch
from autostyle.plan import Choice, Plan
from autostyle.tuning import events
from autostyle.use_cases.queue import QueueLock

M = TypeVar("M", bound=BaseModel)
OnNotice = Callable[[Notice], None]


class VisionModel(Protocol):
    """The chat model asked about pictures, outside the conversation, for an answer as data."""

    name: str

    async def look(self, pictures: Sequence[Path], question: str, answer: type[M]) -> M | None:
        """The validated answer; None where the model sees nothing or the person does not want these pictures sent.

        Raises:
            Missing: the server cannot be reached, or what it says is no such answer even after a second try.
            Refused: a limit of the provider.
        """


@dataclass(frozen=True)
class Before:
    """What a change can be taken back to.

    Args:
        plan: the one in force before.
        answer: that the change was: which trial was liked better than which; None for any other change.
        neither: whether that answer was that none of the two is better.
    """

    plan: Plan
    answer: tuple[int, int] | None = None
    neither: bool = False


MOST_EARLIER = 8
"""Changes that can be taken back, the last ones: each keeps a plan in the conversation's file."""


@dataclass
class Workspace:
    """One conversation's state.

    Args:
        config: the settings in force.
        brief: what the person asked for, as far as understood.
        trials, minutes: of every study, where the command line says so; the conversation does not overrule them.
        language: of the person, ``en``, ``ko`` or another ISO 639-1 code.
        keywords: of the style pictures, and ``keywords_by``: who said so, as in a plan.
        choice: the decision table's answer.
        plan: what is going to be searched, or the latest revision of what is.
        earlier: what the changes made here can be taken back to, oldest first.
        left: name of the plan that an earlier conversation made and nobody started, where :attr:`plan` is that one.
        study: name of the study on the table.
        viewed: the trial of it that the person is looking at, the last one that was shown alone; None where that is
            the recommended one.
        search: the running one.
        queue: the right to work through the queue of the home, of a front end that does; None where it does not.
        vision_model: of the chat, where there is one.
        said: what the person said, in their own words, oldest first.
        asked: of these what was said of the request that is being made; see autostyle.agent.asked.
        consented: the files of voices whose owners agreed that they are imitated, as :class:`Unconsented` names them.
        named_files: the files and folders they named, resolved; see autostyle.agent.allowed_files.
        pace: how long trials took in this conversation; autostyle.agent.estimate reads and writes it.
        look: fills the screen with a picture, of a front end that has one, and says whether it did.
        on_study: called on the event loop with everything that happens in the running study.
        on_notice: called on the event loop with what a study has to say to the brain; the front end takes a turn on it.
    """

    config: Config
    brief: Brief = field(default_factory=Brief)
    trials: int | None = None
    minutes: float | None = None
    language: str = "en"
    keywords: tuple[str, ...] = ()
    keywords_by: str = ""
    choice: Choice | None = None
    plan: Plan | None = None
    earlier: list[Before] = field(default_factory=list)
    left: str | None = None
    study: str | None = None
    viewed: int | None = None
    search: RunningSearch | None = None
    queue: QueueLock | None = None
    vision_model: VisionModel | None = None
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    consented: set[str] = field(default_factory=set)
    named_files: set[Path] = field(default_factory=set)
    pace: dict[str, dict[str, tuple[float, int]]] = field(default_factory=dict)
    look: Callable[[Path], bool] | None = None
    on_study: list[events.OnEvent] = field(default_factory=list)
    on_notice: list[OnNotice] = field(default_factory=list)

    def remember(self, before: Before) -> None:
        """Let a change be taken back to what was ``before``."""
        self.earlier = [*self.earlier, before][-MOST_EARLIER:]

    def speak_of(self, plan: Plan) -> None:
        """Let the brief be about the works of ``plan`` and its budget."""
        given = {"content": (plan.content,), "styles": plan.styles, "budget": plan.budget, "medium": plan.medium}
        self.brief = self.brief.model_copy(update=given)
