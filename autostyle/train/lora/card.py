"""What goes with a LoRA: the metadata in its file, a summary as data, and the model card."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from safetensors.torch import save
from torch import Tensor

from autostyle.atomic import atomic_write_bytes
from autostyle.diffusion.families import FamilyName
from autostyle.filenames import legible
from autostyle.train.checkpoint import TrainingRecord
from autostyle.train.folder import TrainingFolder
from autostyle.train.lora.pictures import Example, split
from autostyle.train.lora.settings import LoraSettings
from autostyle.vision.weights import Weights

SCHEMA = 1
ARCHITECTURES = {
    "sdxl": "stable-diffusion-xl-v1-base/lora",
    "sd15": "stable-diffusion-v1/lora",
    "sd21": "stable-diffusion-v2-768-v/lora",
}
"""As the metadata standard that trainers and user interfaces share (modelspec) names them."""


PRIVATE = frozenset({"pictures", "captions"})
"""What of a training's identity stays out of the file that is passed on."""


def write_lora(file: Path, tensors: Mapping[str, Tensor], family: FamilyName, identity: Mapping[str, Any]) -> None:
    """Write ``tensors`` with the metadata that other programs look for, and how they were trained under our name."""
    said = {
        "format": "pt",
        "modelspec.sai_model_spec": "1.0.0",
        "modelspec.architecture": ARCHITECTURES[family],
        "modelspec.implementation": "diffusers",
        "modelspec.title": legible(file.parent.name),
        "autostyle": json.dumps({name: said for name, said in identity.items() if name not in PRIVATE}),
    }
    # Not by safetensors' own writer, whose files nobody else may read.
    atomic_write_bytes(file, save(dict(tensors), said))


def summary(
    folder: TrainingFolder,
    record: TrainingRecord,
    examples: Sequence[Example],
    settings: LoraSettings,
    size: int,
    weights: Weights,
    base: str,
) -> dict[str, Any]:
    """Everything there is to say of a training, as JSON data; ``lora`` is null where nothing was learnt yet."""
    entry, origin = weights.entry(base), weights.origin(base)
    _, kept = split(examples, settings.seed)
    best = record.best
    return {
        "schema": SCHEMA,
        "lora": str(folder.model) if folder.model.exists() else None,
        "base": {
            "id": base,
            "origin": origin,
            # A model of one's own stands under the register's name, but not under its licence.
            "repository": entry.repository if origin == base else None,
            "licence": entry.licence if origin == base else "that of the base model, which is your own",
        },
        "steps": {"done": record.step, "total": settings.steps, "kept": best.step if best else record.step},
        "ended_early": record.step < settings.steps and record.overdue(settings.patience),
        "held_out": {"score": best.score if best else None, "pictures": [example.path.name for example in kept]},
        "evaluations": [one.model_dump() for one in record.evaluations],
        "captions": {example.path.name: example.caption for example in examples},
        "settings": {"size": size, **asdict(settings)},
    }


def text(made: Mapping[str, Any], lora: Path) -> str:
    """The model card of the file ``lora``, Markdown with the header that the hub reads; it names no path of this
    machine."""
    name = legible(lora.parent.name)
    base, steps, held_out = made["base"], made["steps"], made["held_out"]
    captions = list(dict.fromkeys(made["captions"].values()))
    header = ["---", "license: other", "library_name: diffusers", "tags: [lora, text-to-image, style]"]
    header += [f"base_model: {base['repository']}"] if base["repository"] else []
    score = "not measured" if held_out["score"] is None else f"{held_out['score']:.3f}"
    lines = [
        *header,
        "---",
        "",
        f"# {name}",
        "",
        f"A style LoRA for {base['origin']}, trained by `autostyle train lora`.",
        "",
        f"- **Licence of the base model:** {base['licence']}. It binds what is made with this file, too; the pictures",
        "  that were learnt from have licences of their own.",
        f"- **Learnt from:** {len(made['captions']) - len(held_out['pictures'])} pictures; "
        f"{len(held_out['pictures'])} were kept out to judge by.",
        f"- **Steps:** {steps['done']} of {steps['total']}; this file is of step {steps['kept']}.",
        f"- **Held-out style:** {score} (0: the base model, 1: the pictures that were learnt from).",
        "",
        "## Words it was trained with",
        "",
        *(f"- {caption}" for caption in captions),
        "",
        "## Use",
        "",
        "```sh",
        f"autostyle stylize photo.jpg style.jpg -o out.png -m style_lora -p {shlex.quote(f'lora={name}/{lora.name}')} "
        f"--prompt {shlex.quote(captions[0])}",
        "```",
        "",
        "```python",
        f"pipeline.load_lora_weights({name!r})",
        "```",
        "",
        "## Settings",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in made["settings"].items()),
        "",
    ]
    return "\n".join(lines)
