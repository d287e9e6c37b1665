"""What a medium is, and what is asked of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from autostyle.media import Pixels
from autostyle.methods.contract import AnyMethod, Inputs, OnFrame, ignore
from autostyle.methods.params import Params


class Loaded(Protocol):
    """A content file, known.

    Attributes:
        notes: what a person should know about it.
        sha256: of its bytes.
    """

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def sha256(self) -> str: ...


Content = TypeVar("Content", bound=Loaded)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Order:
    """All that a drawing is made from, but its content.

    Args:
        styles, style_weights, prompt: as in :class:`autostyle.methods.contract.Inputs`.
        params: of the method.
        size: the long side in pixels.
    """

    styles: tuple[Pixels, ...]
    style_weights: tuple[float, ...]
    prompt: str | None
    params: Params
    seed: int
    size: int


class Drawn(Protocol):
    """Something drawn at its full length.

    Attributes:
        sample: what a scorer sees of it; None where it was stopped before there was anything to score.
        stopped: ``on_frame`` ended it early.
        finished: there is a whole to be saved: a picture always is one; what is painted of a clip that was stopped
            waits where it would have been saved, for the same order.
        notes: what the run wants said.
        shape: width and height in pixels.
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
    def shape(self) -> tuple[int, int]: ...

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        """Write it whole or not at all; returns what the format could not carry."""


class Medium(ABC, Generic[Content, Made]):
    """One medium: ``Content`` is a loaded file of it, ``Made`` what a trial works on and makes.

    Attributes:
        best: file name of a study's final render.
        kept: ending of what a study keeps of its front.
    """

    best: ClassVar[str]
    kept: ClassVar[str]

    @abstractmethod
    def load(self, path: Path) -> Content:
        """Read a content file, a long one only as far as is needed to know it; raises BadInput."""

    @abstractmethod
    def long_side(self, content: Content) -> int:
        """In pixels."""

    @abstractmethod
    def inputs(
        self, content: Content, styles: tuple[Pixels, ...], style_weights: tuple[float, ...], prompt: str | None
    ) -> Inputs[Made]:
        """What a trial works on: all of a picture, an excerpt of a clip."""

    @abstractmethod
    def method(self, name: str) -> AnyMethod:
        """A fresh, unloaded method for this medium; raises BadInput where it can do nothing with it."""

    @abstractmethod
    def draw(self, method: AnyMethod, content: Content, order: Order, place: Path, on_frame: OnFrame = ignore) -> Drawn:
        """Stylize all of ``content``; what has to be kept on the way lies beside ``place``, where it will be saved."""

    @abstractmethod
    def still(self, made: Made) -> Pixels:
        """The picture that stands for it."""

    @abstractmethod
    def keep(self, path: Path, made: Made) -> None:
        """Write what a trial made, replacing what is there; ``path`` ends on ``kept``."""

    @abstractmethod
    def preview(self, content: Content) -> Pixels:
        """The picture that stands for a content file."""
