"""What can be chosen about the training of a LoRA. Neither torch nor pydantic is imported: ``--help`` shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from autostyle.train.settings import COMMON, SettingBounds, TrainingSettings


@dataclass(frozen=True, kw_only=True)
class LoraSettings(TrainingSettings):
    """The defaults suit ten pictures."""

    bounds: ClassVar[SettingBounds] = {"rank": (1, 256), **COMMON}

    blocks: Literal["all", "style"] = "all"
    "Which attention layers learn: all, or only those of the blocks that carry style (B-LoRA's style block)."
    rank: int = 16
    "Of the two matrices beside each layer."
    dora: bool = False
    "Learn the length of each weight vector beside its direction; better at low ranks, slower."
    steps: int = 800
