"""What can be chosen about a training. Importing this module imports no torch."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

RUNNING = frozenset({"steps", "every", "patience"})
"""What may change when a training goes on: it says how long and how often, not what is learnt."""


class Settings(BaseModel):
    """Of one training; the defaults suit ten pictures."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    blocks: Literal["all", "style"] = "all"
    "Which attention layers learn: all, or only those of the blocks that carry style (B-LoRA's style block)."
    rank: Annotated[int, Field(ge=1, le=256)] = 16
    "Of the two matrices beside each layer."
    dora: bool = False
    "Learn the length of each weight vector beside its direction; better at low ranks, slower."
    steps: Annotated[int, Field(ge=1)] = 800
    "In total, those of earlier sessions included."
    batch: Annotated[int, Field(ge=1, le=64)] = 1
    "Squares a step."
    rate: Annotated[float, Field(gt=0, le=0.1)] = 1e-4
    "Learning rate of AdamW."
    every: Annotated[int, Field(ge=1)] = 100
    "Steps between two checkpoints, each with a preview picture and a score."
    patience: Annotated[int, Field(ge=0)] = 4
    "Scores in a row that may fail to be a new best before the training ends; 0 never ends it early."
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    "Of everything random."

    def lasting(self) -> dict[str, Any]:
        """What must be the same for a training to go on."""
        return self.model_dump(exclude=set(RUNNING))
