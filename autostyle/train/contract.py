"""What is trained, and who is told of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn


class Watcher(Protocol):
    """Who is told of the training, and may stop it."""

    @property
    def stopped(self) -> bool: ...

    def note(self, text: str) -> None: ...

    def step(self, step: int, steps: int, said: str) -> None: ...


class TrainingCourse(ABC):
    """A model that learns, what it learns from, and who judges it. Every step draws from a generator seeded with its
    own number: there is no other state than what is declared here.

    Attributes:
        weights: what the optimizer changes, by name.
        optimizer: of the Adam family.
    """

    weights: Mapping[str, nn.Parameter]
    optimizer: torch.optim.Optimizer

    @abstractmethod
    def loss(self, step: int) -> Tensor:
        """Of ``step``, from 1, to be led back to the weights."""

    @abstractmethod
    def stepped(self, step: int) -> None:
        """Called when the weights have changed, after ``step``."""

    @abstractmethod
    def model(self) -> dict[str, Tensor]:
        """What would be kept if this were the end, apart from what goes on learning."""

    @abstractmethod
    def state(self) -> dict[str, Tensor]:
        """What a checkpoint has to hold beside weights and optimizer."""

    @abstractmethod
    def restore(self, state: Mapping[str, Tensor]) -> None:
        """Take up :meth:`state`."""

    @abstractmethod
    def paint(self) -> list[Tensor]:
        """Pictures to judge by, each (1, 3, H, W)."""

    def preview(self, painted: Sequence[Tensor]) -> Tensor:
        """One picture of what was painted, (1, 3, H, W)."""
        return torch.cat(list(painted), dim=-1)

    @abstractmethod
    def score(self, painted: Sequence[Tensor]) -> float | None:
        """How much has been learnt, more is better; None where nobody judges."""

    @abstractmethod
    def write(self, file: Path, tensors: Mapping[str, Tensor], identity: Mapping[str, Any]) -> None:
        """``tensors`` of :meth:`model`, as the file that is passed on."""
