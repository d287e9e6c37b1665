"""A method of pictures at work on what another medium is made of: frames, views, glyphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic

from autostyle.methods.contract import ImageResult, Inputs, Method, OnIterate, P
from autostyle.methods.spec import MethodSpec

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


class ByPainter(Generic[P]):
    """What such a method has of its painter.

    Args:
        painter: the method of pictures; everything but the medium is its own.
    """

    spec: MethodSpec

    def __init__(self, painter: Method[P, Any]) -> None:
        self.painter = painter
        self.spec = painter.spec

    def load(self, weights: Weights, device: str) -> None:
        self.painter.load(weights, device)

    def weights_used(self) -> dict[str, str]:
        return self.painter.weights_used()

    def weights_of(self, inputs: Inputs[Any, Any]) -> dict[str, str]:
        return self.painter.weights_of(inputs)


class PicturePaths(Generic[P]):
    """Runs of several pictures along the values of one path, each picture going on from itself at the value before.

    Args:
        ready: tells what the painter prepared of a picture, by its number.
    """

    def __init__(self, painter: Method[P, Any], params: P, seed: int, ready: Callable[[int], Any]) -> None:
        self._painter, self._params, self._seed, self._ready = painter, params, seed, ready
        self._runs: dict[int, Iterator[ImageResult]] = {}
        self.value = 0.0

    def paint(self, number: int, on_iterate: OnIterate) -> ImageResult:
        """The picture of this number at :attr:`value`."""
        if number not in self._runs:
            ready, asked = self._ready(number), self._asked()
            run = self._painter.run_path(ready, self._params, asked, seed=self._seed, on_iterate=on_iterate)
            self._runs[number] = run
        return next(self._runs[number])

    def _asked(self) -> Iterator[float]:
        while True:
            yield self.value
