"""What a medium at work is, and what is asked of it; see spec.py for what is known of it without its implementation."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from autostyle.atomic import atomic_copy
from autostyle.codecs import Pixels, Visibility
from autostyle.fingerprints import digest
from autostyle.mediums.spec import MediumSpec
from autostyle.methods import registry
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import AnyMethod, Inputs, OnIterate, Style, ignore
from autostyle.methods.params import Params
from autostyle.scoring.scores import ProfileName, ScorerId, Scores

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


class Loaded(Protocol):
    """A content file, or a folder that is one content, known; it need not have been read as a whole.

    Attributes:
        notes: what a person should know about it.
    """

    @property
    def notes(self) -> tuple[str, ...]: ...


Content = TypeVar("Content", bound=Loaded)
Exemplar = TypeVar("Exemplar")
Made = TypeVar("Made")


@dataclass(frozen=True)
class LoadedStyle(Generic[Exemplar]):
    """A style file, known.

    Args:
        exemplar: what a method is given of it.
        notes: as in :class:`Loaded`.
        sha256: of the file's bytes.
        visible: how far each place of the exemplar counts, as in :class:`autostyle.methods.contract.Style`.
    """

    exemplar: Exemplar
    notes: tuple[str, ...]
    sha256: str
    visible: Visibility | None = None


def style_of(
    loaded: Sequence[LoadedStyle[Exemplar]], weights: tuple[float, ...] = (), prompt: str | None = None
) -> Style[Exemplar]:
    """The style that ``loaded`` files show together."""
    visible = tuple(one.visible for one in loaded)
    hides = any(one is not None for one in visible)
    return Style(tuple(one.exemplar for one in loaded), weights, prompt, visible if hides else ())


class Scorer(Protocol):
    """Scores what is made of one content and style; see autostyle.scoring."""

    @property
    def identity(self) -> ScorerId: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    def score(self, made: Any) -> Scores: ...


@dataclass(frozen=True)
class Order:
    """All that a drawing is made from, but its content.

    Args:
        style: what it is to look like.
        params: of the method.
        size: in the unit of the medium's scale.
        aids: the files that were given under the names of aids.
        path: values of the method's ratio that the run paints on its way to ``params``.
    """

    style: Style[Any]
    params: Params
    seed: int
    size: int
    aids: Aids = field(default_factory=dict)
    path: tuple[float, ...] = ()


class Drawn(Protocol):
    """Something drawn at its full length.

    Attributes:
        sample: what a scorer sees of it; None where it was stopped before there was anything to score.
        stopped: ``on_iterate`` ended it early.
        finished: there is a whole to be saved: a picture always is one; what is painted of a clip that was stopped
            waits where it would have been saved, for the same order.
        notes: what the run wants said.
        shape: its measures, the first two width and height where it has them.
    """

    @property
    def sample(self) -> Any: ...

    @property
    def stopped(self) -> bool: ...

    @property
    def finished(self) -> bool: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def shape(self) -> tuple[int, ...]: ...

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        """Write it whole or not at all; returns what the format could not carry."""

    def companions(self) -> Mapping[str, bytes]:
        """What is written beside it, by ending: of those that the medium's spec names; autostyle.mediums.writing does
        it."""


@dataclass(frozen=True)
class Exhibit:
    """How a file is shown in a page that opens offline: one element, where a picture alone would say too little.

    Args:
        tag: of the element: ``video``, ``audio`` or ``pre``.
        text: inside it; the page escapes it.
        source: its ``src``, as a data URI; empty where it has none.
        attributes: more of it; True is one without a value.
        poster: its ``poster`` is the picture that stands for the file.
        needs: directives that the page's content security policy must have for it, each with what it allows:
            ``{"media-src": "data:"}`` or ``{"font-src": "data:"}``.
        font: what its text is set in, as a data URI (``data:font/woff2;base64,...``); empty: the page's own.
    """

    tag: str
    text: str = ""
    source: str = ""
    attributes: Mapping[str, str | bool] = field(default_factory=dict)
    poster: bool = False
    needs: Mapping[str, str] = field(default_factory=dict)
    font: str = ""

    @property
    def size(self) -> int:
        """Characters of the page that it takes."""
        return len(self.text) + len(self.source) + len(self.font)

    @property
    def family(self) -> str:
        """What the page calls :attr:`font`, as a family and as a class; empty where it has none."""
        return f"set-{sha256(self.font.encode()).hexdigest()[:12]}" if self.font else ""


class Medium(ABC, Generic[Content, Exemplar, Made]):
    """One medium at work on contents of one medium.

    ``Content`` is a loaded content file, ``Exemplar`` what a method is given of a style file, ``Made`` what a trial
    works on and makes.
    """

    spec: ClassVar[MediumSpec]

    # In

    @abstractmethod
    def load(self, path: Path) -> Content:
        """Read a content file, or a folder that the spec recognises, a large one only as far as is needed to know it;
        raises BadInput."""

    @abstractmethod
    def load_style(self, path: Path) -> LoadedStyle[Exemplar]:
        """Read a style file, which may be of another medium; raises BadInput."""

    @abstractmethod
    def pack_style(self, style: LoadedStyle[Exemplar], most: int) -> bytes | None:
        """A copy of a style file's exemplar of at most ``most`` bytes, which recipes carry; None where it cannot be so
        small."""

    @abstractmethod
    def unpack_style(self, data: bytes) -> LoadedStyle[Exemplar]:
        """What :meth:`pack_style` packed, perhaps by somebody else; its note says what copy it is.

        Raises:
            BadInput: it is damaged or too large.
        """

    @abstractmethod
    def size(self, content: Content) -> int:
        """Of a content, in the unit of the medium's scale."""

    def size_of(self, path: Path) -> int:
        """:meth:`size` of the content file at ``path``, without reading more of it than that takes."""
        return self.size(self.load(path))

    def longer(self, path: Path, searched: int, final: int) -> float:
        """How many times as long as a trial at ``searched`` all of the content file takes at ``final``, beyond what a
        method's time says of sizes; 1 where a trial works on all of it."""
        return 1.0

    @abstractmethod
    def describe(self, content: Content) -> dict[str, Any]:
        """What an agent is told of a content file, as JSON data: ``told`` in words, ``notes``, and figures."""

    @abstractmethod
    def preview(self, content: Content) -> Pixels:
        """The picture that stands for a content file."""

    def settled(self, path: Path, on_iterate: OnIterate = ignore) -> Path:
        """The file that stands for a content wherever it is worked on: itself, unless something has to be made of it
        first (a field of photographs), which is kept and made once. The rest is asked of that file.

        Raises:
            BadInput: nothing can be made of it.
            Refused: ``on_iterate`` stopped it; what there is so far is kept.
        """
        return path

    def digest(self, path: Path, on_iterate: OnIterate = ignore) -> str:
        """What tells a content file, with whatever files it names, from all others: 64 hex digits.

        Raises:
            BadInput, OSError: something cannot be read.
            Refused: ``on_iterate`` stopped it.
        """
        return digest(path)

    # At work

    @abstractmethod
    def inputs(self, content: Content, style: Style[Exemplar], aids: Aids = NONE) -> Inputs[Made, Exemplar]:
        """What a trial works on: the content or an excerpt of it, the style and the aids."""

    def adapt(self, method: AnyMethod) -> AnyMethod:
        """``method`` as it works on this medium; one of another medium that this one borrows is wrapped."""
        return method

    def method(self, name: str) -> AnyMethod:
        """A fresh, unloaded method for this medium."""
        return self.adapt(registry.create(name))

    @abstractmethod
    def draw(
        self, method: AnyMethod, content: Content, order: Order, place: Path, on_iterate: OnIterate = ignore
    ) -> Drawn:
        """Stylize all of ``content``; what has to be kept on the way lies beside ``place``, where it will be saved."""

    @abstractmethod
    def scorer(
        self, inputs: Inputs[Made, Exemplar], *, weights: Weights, device: str, model: str, profile: ProfileName
    ) -> Scorer:
        """What scores the trials on ``inputs``: ``model`` as in a plan, ``profile`` where the medium has several. It
        imports torch where it needs that.

        Raises:
            BadInput: content and style are too alike to measure anything between them.
            Missing: ``model`` is not on this machine.
        """

    # Out

    @abstractmethod
    def keep(self, path: Path, made: Made) -> None:
        """Write what a trial made, replacing what is there; ``path`` has the ending that the spec keeps.

        Where that is no picture, one to look at is written beside it: ``autostyle.mediums.files.shown(path)``.
        """

    def copy(self, source: Path, target: Path) -> None:
        """Write a work of ours once more, in the format of ``target``'s ending, which must not exist."""
        atomic_copy(source, target)

    @abstractmethod
    def still(self, made: Made) -> Pixels:
        """The picture that stands for what a trial made."""

    def exhibit(self, path: Path, most: int) -> Exhibit | None:
        """How a page shows the file at ``path``, in at most ``most`` characters; None where the picture that stands for
        it has to do. A damaged file is None, too."""
        return None
