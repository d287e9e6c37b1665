"""A training between two steps, in one file: weights, optimizer, the best so far, and what has happened.

There is no state of a random generator in it: every step draws from one seeded with its own number.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from pydantic import BaseModel
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from autostyle import json_text
from autostyle.atomic import replacing
from autostyle.errors import BadInput

MOMENTS = ("exp_avg", "exp_avg_sq")


class Evaluation(BaseModel):
    """A look at a training: the mean loss since the last one, the score if there are judges, the preview's name."""

    step: int
    loss: float
    score: float | None
    preview: str


class TrainingRecord(BaseModel):
    """What has happened.

    Args:
        losses: of the steps since the last evaluation.
    """

    step: int = 0
    losses: list[float] = []
    evaluations: list[Evaluation] = []

    @property
    def best(self) -> Evaluation | None:
        """The evaluation with the highest score, the first of equals; None without any score."""
        scored = [one for one in self.evaluations if one.score is not None]
        return max(scored, key=lambda one: (one.score, -one.step), default=None)

    def overdue(self, patience: int) -> bool:
        """Whether the last ``patience`` scores brought no new best; never for 0."""
        best = self.best
        return bool(patience and best and len([e for e in self.evaluations if e.step > best.step]) >= patience)


def save(
    file: Path,
    record: TrainingRecord,
    identity: Mapping[str, Any],
    weights: Mapping[str, nn.Parameter],
    optimizer: torch.optim.Optimizer,
    best: Mapping[str, Tensor],
    further: Mapping[str, Tensor],
) -> None:
    """Write everything; ``identity`` tells one training from another. Raises as :func:`replacing`."""
    tensors = {f"weights/{name}": parameter.detach() for name, parameter in weights.items()}
    tensors |= {f"best/{name}": tensor for name, tensor in best.items()}
    tensors |= {f"further/{name}": tensor for name, tensor in further.items()}
    for name, parameter in weights.items():
        tensors |= {f"{moment}/{name}": optimizer.state[parameter][moment] for moment in MOMENTS}
    with replacing(file) as part:
        save_file(
            {name: tensor.cpu().contiguous() for name, tensor in tensors.items()},
            part,
            {"format": "pt", "identity": json.dumps(identity), "record": record.model_dump_json()},
        )


def head(file: Path) -> tuple[dict[str, Any], TrainingRecord]:
    """The identity and the record of a checkpoint; raises BadInput if it is none."""
    try:
        with safe_open(file, "pt") as opened:
            said = opened.metadata() or {}
        return json_text.loads(said["identity"]), TrainingRecord.model_validate_json(said["record"])
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise BadInput("{file} is no checkpoint of a training", "--force begins anew", file=file) from error


def restore(
    file: Path, step: int, weights: Mapping[str, nn.Parameter], optimizer: torch.optim.Optimizer
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Fill ``weights`` and ``optimizer`` from a checkpoint after ``step`` steps; returns the best so far, and what
    further there was."""
    with safe_open(file, "pt") as opened:
        state: dict[int, Any] = {}
        for number, (name, parameter) in enumerate(weights.items()):
            parameter.data.copy_(opened.get_tensor(f"weights/{name}"))
            state[number] = {moment: opened.get_tensor(f"{moment}/{name}") for moment in MOMENTS}
            state[number]["step"] = torch.tensor(float(step))
        optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
        names = list(opened.keys())

        def under(part: str) -> dict[str, Tensor]:
            return {name.removeprefix(part): opened.get_tensor(name) for name in names if name.startswith(part)}

        return under("best/"), under("further/")
