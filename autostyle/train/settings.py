"""What can be chosen about any training. Neither torch nor pydantic is imported: ``--help`` shows it."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from autostyle.sentences import Sentence

RUNNING = frozenset({"steps", "every", "patience"})
"""What may change when a training goes on: it says how long and how often, not what is learnt."""

SettingBounds = dict[str, tuple[float, float]]
COMMON: SettingBounds = {
    "steps": (1, math.inf),
    "batch": (1, 64),
    "rate": (1e-9, 0.1),
    "every": (1, math.inf),
    "patience": (0, math.inf),
    "seed": (0, 2**31 - 1),
}


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """Of one training. pydantic checks the types of values from outside.

    Raises:
        ValueError: a number outside of its :attr:`bounds`.
    """

    __pydantic_config__ = {"extra": "forbid"}
    bounds: ClassVar[SettingBounds] = COMMON
    """The least and the largest value of each number."""

    steps: int = 1000
    "In total, those of earlier sessions included."
    batch: int = 1
    "Squares a step."
    rate: float = 1e-4
    "Learning rate."
    every: int = 100
    "Steps between two checkpoints, each with a preview picture and a score."
    patience: int = 4
    "Scores in a row that may fail to be a new best before the training ends; 0 never ends it early."
    seed: int = 0
    "Of everything random."

    def __post_init__(self) -> None:
        for name, (least, most) in self.bounds.items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(
                    Sentence("{name} is {least:g} to {most:g}", name=name, least=least, most=most)
                    if most < math.inf
                    else Sentence("{name} is at least {least:g}", name=name, least=least)
                )

    def lasting(self) -> dict[str, Any]:
        """What must be the same for a training to go on."""
        return {name: value for name, value in asdict(self).items() if name not in RUNNING}
