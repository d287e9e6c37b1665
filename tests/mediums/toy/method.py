"""Swap: words of the content give way to words of the style that are as long."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autostyle.errors import BadInput
from autostyle.methods.contract import Inputs, Iterate, Method, OnIterate, Stop, ignore
from tests.mediums.toy.spec import SWAP, SwapParams
from tests.mediums.toy.still import still

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

WORD = re.compile(r"\w+")
TextInputs = Inputs[str, str]


@dataclass(frozen=True)
class Swapped:
    """What a run returns."""

    made: str
    steps: int
    stopped: bool = False
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


class Swap(Method[SwapParams, TextInputs, TextInputs, Swapped]):
    """See the module's docstring."""

    spec = SWAP

    def load(self, weights: Weights, device: str) -> None:
        """Nothing to load."""

    def weights_used(self) -> dict[str, str]:
        return {"words": "the style's own"}

    def prepare(self, inputs: TextInputs, size: int) -> TextInputs:
        if not any(map(WORD.search, inputs.style.exemplars)):
            raise BadInput("the style has no words", "name another text")
        return Inputs(inputs.content[:size], inputs.style)

    def run(self, prepared: TextInputs, params: SwapParams, *, seed: int, on_iterate: OnIterate = ignore) -> Swapped:
        rng, style = random.Random(seed), prepared.style
        words = [WORD.findall(text) for text in style.exemplars]

        def swap(match: re.Match[str]) -> str:
            word = match.group()
            turn, order = rng.random(), rng.random()
            if turn >= params.ratio or len(word) > params.longest:
                return word
            vocabulary: list[str] = rng.choices(words, style.shares)[0]
            return min(vocabulary, key=lambda other: _fits(word, order, other))

        text = WORD.sub(swap, prepared.content)
        try:
            on_iterate(Iterate(1, 1, lambda: still(text)))
        except Stop:
            return Swapped(text, 1, stopped=True)
        return Swapped(text, 1)


def _fits(word: str, order: float, other: str) -> tuple[int, int]:
    """Words as long as ``word`` first, those among each other in a random order."""
    return abs(len(other) - len(word)), zlib.crc32(f"{other}{order}".encode())
