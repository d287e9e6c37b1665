"""What a message says, as data: nothing guessed, nothing filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from autostyle.brief import MediumName
from autostyle.mediums.sides import SaidSize, Side
from autostyle.methods.params import Aspect
from autostyle.plan import Within

Language = str
"""A language by its name in ``languages.LANGUAGES``: ``en``."""
Intent = Literal[
    "stylize",  # a request, a part of one, or a change to one
    "start",  # yes, go on
    "refuse",  # no, not like that
    "explain",
    "show",
    "look",  # at one picture, as large as it can be shown
    "open",  # it in the viewer of the desktop
    "compare",
    "export",
    "stop",
    "steer",
    "more",  # trials or minutes
    "method",  # another method
    "prefer",
    "apply",
    "train",  # about = ``lora``, ``net``, a fast one, ``steady``, one for clips, or ``search``: how to train one
    "status",
    "list",
    "undo",
    "help",
    "methods",  # which there are
    "where",  # the files are
    "dislike",  # not this, but what instead was not said
    "cost",
    "beyond",  # work on a picture that is none of ours: crop, delete
    "styles",  # which there are
    "queue",  # what waits; about = ``out``, ``first``, ``clear``
    "mixed",  # one trial with something of another; about = what
    "fewer",  # trials, without a number
    "torn",  # more and less of the same
    "part",  # only of the picture
    "size",  # of a study's result, which is settled
    "greet",
    "thanks",
    "unclear",
]
Role = Literal["content", "styles"]


@dataclass(frozen=True)
class NamedFile:
    """A file or folder named in a text.

    Args:
        path: as written, ``~`` expanded; relative paths are relative to where the person is.
        start, end: the stretch of the text it was read from, quotes and a leading ``@`` included.
        exists: whether there is such a file or folder.
        medium: what the ending promises.
        folder: it is a folder.
        url: it is an address on the network, which is never fetched.
    """

    path: Path
    start: int
    end: int
    exists: bool
    medium: MediumName = "image"
    folder: bool = False
    url: bool = False


ClarificationKind = Literal[
    "pictures",  # neither content nor style
    "content",
    "style",
    "role",  # a picture was named, but not as what
    "which",  # two pictures were named, and neither words nor looks tell which is which
    "painter",  # a name is no picture; about = the name, and pictures at hand
    "missing",  # a file that is not there; about = name, and perhaps a near name
    "address",  # on the network
    "method",  # a name that is no method
    "empty",  # a folder without pictures
    "other",  # what cannot be a style of this: a picture, of a recording
    "color",  # keep the colours and take the style's
    "strength",  # subtle and strong
    "photo",  # must stay a photograph and must not look like one
    "budget",  # no trials, or no time
]


@dataclass(frozen=True)
class Clarification:
    """What must be answered first; ``about`` are the names it is about."""

    kind: ClarificationKind
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Save:
    """Where the result is to be saved.

    Args:
        path: a file or a folder; None where none was named.
        format: ``png``, ``mp4``, ``flac``; ``cube``, the table of colours; another one that was asked for; None where
            none was named.
        folder: whether ``path`` is a folder that is there.
        absent: a folder that was named and is not there, so that the result goes where the person is.
        size: pixels of ``side``, or the content's own, where that was said of what is saved.
    """

    path: Path | None = None
    format: str | None = None
    folder: bool = False
    absent: Path | None = None
    size: SaidSize | None = None
    side: Side = "long"


@dataclass(frozen=True)
class Act:
    """One thing a person wants to happen.

    Args:
        intent: which.
        numbers: the trials it is about.
        rank: the place of one in what was just shown, from 1; -1 is the last, 0 the middle.
        direction: where a search should lean, -1..1 each.
        within: scores and parameters that what is recommended is to have, by name, and ``fixed``: parameters that are
            to be held.
        regions: parts of the picture that were named (sky, face).
        trials, minutes: how much more.
        total: how many trials in all.
        method: by its name in the registry.
        files, out: to apply a result to, or to learn from, and the folder the person named for it.
        save: where the picture itself goes, of an export.
        about: what is beyond: ``blink``, ``nude``, ``face``, ``enlarge``, ``remove``, ``camera``, ``speech``,
            ``singing``, ``onnx``; of a method, a name that is none; of what is liked better, ``neither``; of what is
            saved, ``best`` where the recommended one is named; of what a result is given to, ``folder``: all in the
            folder of the photograph; of what is opened, ``around``: a scene from other sides.
    """

    intent: Intent
    numbers: tuple[int, ...] = ()
    rank: int | None = None
    direction: Mapping[Aspect, float] = field(default_factory=dict)
    within: Mapping[str, Within] = field(default_factory=dict)
    fixed: Mapping[str, float] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    trials: int | None = None
    minutes: float | None = None
    total: int | None = None
    method: str | None = None
    files: tuple[Path, ...] = ()
    out: Path | None = None
    save: Save | None = None
    about: str | None = None


Merge = Literal["last", "both"]
_LAST: Mapping[str, Merge] = {"merge": "last"}
"""Of two messages what was said last of it."""
_BOTH: Mapping[str, Merge] = {"merge": "both"}
"""Of two messages what either says of it; of a table the last word for each name."""


@dataclass(frozen=True)
class Understood:
    """What one message says, or several put together (merge.py): a field tells how it is put together, or its last
    word stands for itself.

    Args:
        language: of the message.
        acts: what the person wants to happen, in order; never empty.
        content, styles: pictures by their role.
        loose: pictures named without a role.
        medium: of what is to be styled; None where nothing tells.
        wishes: the fields of Wishes that were spoken of, and no others.
        trials, minutes, size: numbers that were said; the size is that of the search.
        final_size: pixels of ``side`` of the result, and ``shape``: whether a width and a height were said for it.
        separate: each of several styles was asked for by itself.
        portions: shares that were said without the styles, which were named before.
        shares: of the styles, in their order, sum 1; empty where they weigh the same.
        equal: whether it was said that they do.
        settings: parameters of methods by name, each a value or what it should be near, as [low, high].
        scores: what scores the result is to have, by name, an open end None.
        save: where the result goes.
        by_looks: the roles were told by the pictures or their names, not by words.
        only: the one picture of the folder the person is in, those that are named aside, where no content is named.
        painter: whose name stands for a style, and ``offers``: pictures at hand that may be one.
        method: named by the person, by its name in the registry; ``avoided`` are those that they do not want.
        regions: parts of the photograph that must stay recognisable (her face).
        beyond: what else was asked for that is no change of style, as in an act.
        parts: parts of it that alone are to be painted.
        spared: parts of it that are to be left exactly as they are.
        aids: files that a method works with beside content and style, by the name of the aid.
        mask: how a mask that was shown is to be changed: ``grow``, ``which``, ``box``, as find_region has them.
        complaints: what was told of an earlier result that came out badly, as it was said; no wish by itself.
        unheard: what was said of the look and not understood, as it was said.
        role: of a picture named before, in a few words: "the photo".
        rank: which of several that were named before it is, from 1; -1 is the last.
        first_frame: of a clip its first frame is meant, as a picture.
        swapped: content and style the other way round.
        hold: plan it, and start nothing.
        agreed: it begins with a yes, and says more.
        problems: contradictions, files that are not there.
    """

    language: Language = "en"
    acts: tuple[Act, ...] = (Act("unclear"),)
    content: tuple[Path, ...] = ()
    styles: tuple[Path, ...] = ()
    loose: tuple[Path, ...] = ()
    medium: MediumName | None = field(default=None, metadata=_LAST)
    wishes: Mapping[str, Any] = field(default_factory=dict, metadata=_BOTH)
    trials: int | None = field(default=None, metadata=_LAST)
    minutes: float | None = field(default=None, metadata=_LAST)
    size: int | None = field(default=None, metadata=_LAST)
    final_size: int | None = field(default=None, metadata=_LAST)
    side: Side = "long"
    shape: bool = False
    separate: bool = field(default=False, metadata=_LAST)
    portions: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    equal: bool = False
    settings: Mapping[str, tuple[float, float]] = field(default_factory=dict, metadata=_BOTH)
    scores: Mapping[str, Within] = field(default_factory=dict, metadata=_BOTH)
    save: Save | None = None
    by_looks: bool = False
    only: Path | None = None
    painter: str | None = field(default=None, metadata=_LAST)
    offers: tuple[Path, ...] = field(default=(), metadata=_LAST)
    method: str | None = field(default=None, metadata=_LAST)
    avoided: tuple[str, ...] = field(default=(), metadata=_BOTH)
    regions: tuple[str, ...] = field(default=(), metadata=_BOTH)
    parts: tuple[str, ...] = field(default=(), metadata=_BOTH)
    spared: tuple[str, ...] = field(default=(), metadata=_BOTH)
    aids: Mapping[str, tuple[Path, ...]] = field(default_factory=dict, metadata=_BOTH)
    mask: Mapping[str, Any] = field(default_factory=dict, metadata=_BOTH)
    beyond: str | None = field(default=None, metadata=_LAST)
    complaints: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    role: Role | None = None
    rank: int | None = None
    first_frame: bool = field(default=False, metadata=_LAST)
    swapped: bool = False
    hold: bool = field(default=False, metadata=_LAST)
    agreed: bool = False
    problems: tuple[Clarification, ...] = ()
