"""What goes with a fast net: a summary as data, and the model card."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autostyle.filenames import legible
from autostyle.train.checkpoint import TrainingRecord
from autostyle.train.fast.settings import FastSettings
from autostyle.train.folder import TrainingFolder

SCHEMA = 1
PRIVATE = frozenset({"photos", "styles", "names"})
"""What of a training's identity stays out of the file that is passed on; the styles are shown in it anyhow."""


def summary(
    folder: TrainingFolder,
    record: TrainingRecord,
    styles: Sequence[str],
    photos: int,
    own: bool,
    settings: FastSettings,
) -> dict[str, Any]:
    """Everything there is to say of a training, as JSON data; ``net`` is null where nothing was learnt yet."""
    best = record.best
    return {
        "schema": SCHEMA,
        "net": str(folder.model) if folder.model.exists() else None,
        "name": folder.path.name,
        "styles": list(styles),
        "photos": {"count": photos, "own": own},
        "steps": {"done": record.step, "total": settings.steps, "kept": best.step if best else record.step},
        "ended_early": record.step < settings.steps and record.overdue(settings.patience),
        "held_out": {"score": best.score if best else None},
        "evaluations": [one.model_dump() for one in record.evaluations],
        "settings": asdict(settings),
    }


def text(made: Mapping[str, Any], folder: Path) -> str:
    """The model card, Markdown with the header that the hub reads; it names no path of this machine."""
    name, steps, score = legible(folder.name), made["steps"], made["held_out"]["score"]
    judged = "not measured" if score is None else f"{score:.3f}"
    whose = "of the person who trained it" if made["photos"]["own"] else "that ship with autostyle, and drawings"
    lines = [
        *("---", "license: other", "tags: [style-transfer, image-to-image]", "---", ""),
        f"# {name}",
        "",
        "A fast net (Johnson et al. 2016, conditional instance norm of Dumoulin et al. 2017), trained by",
        "`autostyle train fast`.",
        "",
        f"- **Styles:** {', '.join(made['styles'])}. The style pictures have licences of their own; small copies of",
        "  them are in the file.",
        f"- **Learnt on:** {made['photos']['count']} pictures {whose}.",
        f"- **Steps:** {steps['done']} of {steps['total']}; this file is of step {steps['kept']}.",
        f"- **Held-out style:** {judged} (0: the photographs, 1: the style pictures), on pictures that were kept out.",
        "",
        "## Use",
        "",
        "```sh",
        f"autostyle stylize photo.jpg style.jpg -o out.png -m fast_net --with {shlex.quote(f'net={name}')}",
        "```",
        "",
        "`style.jpg` is one of the pictures it has learnt, at any size.",
        "",
        "## Settings",
        "",
        "| | |",
        "|---|---|",
        *(f"| {key} | {value} |" for key, value in made["settings"].items()),
        "",
    ]
    return "\n".join(lines)
