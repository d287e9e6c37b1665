"""From a request to a search that runs: pictures looked at, parts found, a method, a plan, a start, styles."""

from __future__ import annotations

from typing import Any

from autostyle.agent.outputs.base import OutputPart, SentenceText, ToolOutput, Work


class Looked(ToolOutput):
    """The files of the request, and the style in words: by whom, in which languages, and as it was measured."""

    tool = "look_at_images"
    content: tuple[Work, ...] = ()
    styles: tuple[Work, ...] = ()
    keywords: tuple[str, ...] = ()
    keywords_ko: tuple[str, ...] = ()
    by: str = ""
    description: dict[str, Any] = {}


class RegionPart(OutputPart):
    """A part of a picture that was found: by ``segmenter``, ``faces``, ``guess``, ``place`` or ``box``; how large a
    share of the picture it is, and of how many it is one."""

    what: str
    by: str
    share: float = 0.0
    things: int = 1


class RegionFound(ToolOutput):
    """A mask of what alone is to be painted and what is to be left as it is, and the picture that shows it."""

    tool = "find_region"
    only: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    mask: str
    preview: str
    found: tuple[RegionPart, ...] = ()
    share: float = 1.0


class Chosen(ToolOutput):
    """The decision table's answer, an :class:`autostyle.plan.Choice`."""

    tool = "choose_method"
    method: str
    preferred: tuple[str, ...]
    row: str
    reason: str
    alternatives: tuple[str, ...]
    finish: str | None = None


class Planned(ToolOutput):
    """What is going to be searched: the whole plan, and what a person reads of it; of its ``trials``, which are runs,
    each paints about so many ``pictures``."""

    tool = "plan_study"
    plan: dict[str, Any]
    study: str
    methods: tuple[str, ...]
    trials: int
    pictures: int = 1
    minutes: float | None
    size: str = ""
    seconds_estimate: float | None = None
    resumes: bool = False


class TrainingPlanned(Planned):
    """The same of a search of how to train."""

    tool = "plan_training"


class Started(ToolOutput):
    """A search that has begun, or is ``queued`` at a place behind the one that runs: trials there are to be, and those
    that were done before."""

    tool = "start_study"
    queued: int | None = None
    study: str
    folder: str = ""
    total: int
    done: int = 0


class StyleAtHand(OutputPart):
    """A style that comes with autostyle, as :class:`autostyle.named_styles.NamedStyle` tells of it."""

    name: str
    title: SentenceText
    about: SentenceText = ""
    path: str


class StylesAtHand(ToolOutput):
    """The styles that come with autostyle, in the order in which they are shown, and the picture that one is for."""

    tool = "list_styles"
    styles: tuple[StyleAtHand, ...]
    content: str | None = None


class QueuedRequest(OutputPart):
    """A request that waits for its turn, or runs."""

    id: str
    study: str
    state: str
    said: str = ""
    content: str = ""
    style: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    trials: int = 0
    minutes: float | None = None
    added: str = ""
    ended: str = ""


class QueueListed(ToolOutput):
    """What is to come, in its order: the one that runs, then those that wait."""

    tool = "manage_queue"
    entries: tuple[QueuedRequest, ...] = ()
