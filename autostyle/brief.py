"""What a person asked for, as data: the words' meaning, the pictures, the budget."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MediumName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""The name of a medium; autostyle.mediums knows which there are."""


class Wishes(BaseModel):
    """How the result should be. Every field has a neutral default: an unspoken wish changes nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True)

    strength: float = Field(default=0.0, ge=-1, le=1)
    "-1 subtle, 0 balanced, 1 strong."
    keep_color: bool = False
    "Keep the content's colours."
    photorealistic: bool = False
    "The result must stay a photograph."
    realtime: bool = False
    "It must be fast: for live use, or because a quick draft is enough."
    prevent_leakage: bool = False
    "Things shown in the style picture must not appear in the result."
    brand: bool = False
    "One consistent style over many pictures."
    arbitrary: bool = False
    "Many different styles, none trained for."
    production: bool = False
    "Production use: prefers SDXL + IP-Adapter where the request names no other situation."
    quality: bool = False
    "One result at the highest quality."
    voice: bool = False
    "A person's voice is to become another's."
    outlines: bool = False
    "Of a font the outlines of its letters are to change, not their colours."
    prompt: str | None = None
    "Words that describe the result, for methods that take a prompt."


class Budget(BaseModel):
    """Where a study ends: at ``trials`` or after ``minutes``, whichever comes first."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    trials: int = Field(default=32, ge=1, le=100_000)
    minutes: float | None = Field(default=None, gt=0)

    def total(self, done: int) -> int:
        """Trials there are to be, never fewer than are done."""
        return max(self.trials, done)


class Brief(BaseModel):
    """One request: pictures by path, wishes, budget."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    content: tuple[Path, ...] = ()
    styles: tuple[Path, ...] = ()
    medium: MediumName = "image"
    wishes: Wishes = Wishes()
    budget: Budget = Budget()
