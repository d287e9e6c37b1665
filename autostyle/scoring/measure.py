"""What a metric is given, and what it is: one class in the file that computes it, listed in scorer.py."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, TypeVar, cast

from torch import Tensor

from autostyle.codecs import Pixels, Visibility
from autostyle.errors import BadInput
from autostyle.scoring.scores import Metric
from autostyle.sentences import Sentence
from autostyle.vision.encoder import Encoder
from autostyle.vision.tensors import to_pixels
from autostyle.vision.weights import StyleModel


@dataclass(frozen=True)
class Anchors:
    """The raw values that count as 0 and as 1. A lower raw value may be the better one.

    Args:
        zero: the raw value of the worse end.
        one: the raw value of the better end.
    """

    zero: float
    one: float

    def place(self, raw: float) -> float:
        """``raw`` between the ends, unclamped: past either end it leaves 0..1."""
        return (raw - self.zero) / (self.one - self.zero)


def apart(zero: float, one: float, least: float, what: str) -> Anchors:
    """Anchors at least ``least`` apart in the right direction; raises BadInput where they nearly meet."""
    if one - zero < least:
        raise BadInput(
            "content and style are too alike to score {what}",
            "choose a style picture that looks unlike the content",
            what=Sentence(what),
        )
    return Anchors(zero, one)


T = TypeVar("T")


@dataclass(frozen=True)
class _Shared:
    _known: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, what: Hashable, compute: Callable[[], T]) -> T:
        """``compute()``, which several metrics need, worked out for the first of them."""
        if what not in self._known:
            self._known[what] = compute()
        return cast("T", self._known[what])


@dataclass(frozen=True)
class Sample(_Shared):
    """What is seen of a result, which has the content's size, or of what it is held against.

    Args:
        image: shape (1, 3, H, W), values 0..1.
        visible: how far each place is to be seen, shape (1, 1, H, W), 0..1, and counts; None: all alike.
    """

    image: Tensor
    visible: Tensor | None = None

    @cached_property
    def pixels(self) -> Pixels:
        return to_pixels(self.image)

    @cached_property
    def shown(self) -> Visibility | None:
        """``visible`` as (H, W)."""
        return None if self.visible is None else self.visible[0, 0].cpu().numpy()


@dataclass(frozen=True)
class References(_Shared):
    """What results are held against.

    Args:
        content: at the size at which everything is scored.
        styles: each at the size at which it would be scored itself.
        fitted: the styles at the content's size; of each is seen what is to be seen of the content, too.
        shares: of the styles, summing to 1.
        encoder: the embedded one, whatever else is on the machine.
    """

    content: Sample
    styles: tuple[Sample, ...]
    fitted: tuple[Sample, ...]
    shares: tuple[float, ...]
    model: StyleModel
    encoder: Encoder

    def blended(self, values: Iterable[float]) -> float:
        """The mean of a value for each style, by their shares."""
        return sum(share * value for share, value in zip(self.shares, values, strict=True))


class Measure(ABC):
    """One figure of every result, with all prepared that does not depend on the result."""

    metric: ClassVar[Metric]

    @abstractmethod
    def __init__(self, references: References) -> None:
        """Raises BadInput where content and style are too alike to measure anything between them."""

    @abstractmethod
    def __call__(self, result: Sample) -> float: ...


class Objective(Measure):
    """A figure that is searched for: anchored, more is better.

    Attributes:
        anchors: by name, as they are frozen in a study.
    """

    anchors: Mapping[str, Anchors]
