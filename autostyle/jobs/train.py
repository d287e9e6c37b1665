"""Training as a job."""

from __future__ import annotations

from typing import Any

from autostyle.diffusion.families import FAMILIES
from autostyle.filenames import legible
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import TrainFastRequest, TrainLoraRequest
from autostyle.train.lora import pictures
from autostyle.vision.weights import Weights


def lora(request: TrainLoraRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle train lora --json`` prints."""
    weights = Weights.open(request.offline)
    base = weights.base(request.base)
    weights.path(base)
    size = request.size or FAMILIES[base].native
    examples = pictures.read(request.images, request.caption, legible(request.out.name))
    pictures.check(examples, request.settings.blocks, size)

    from autostyle.methods.devices import resolve
    from autostyle.train.lora.course import train

    return train(
        examples,
        request.settings,
        size=size,
        base=base,
        weights=weights,
        device=resolve(request.device),
        out=request.out,
        force=request.force,
        watcher=reporter,
    )


def fast(request: TrainFastRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle train fast --json`` prints."""
    from autostyle.methods.devices import resolve
    from autostyle.train.fast.course import train
    from autostyle.train.fast.pictures import photographs, taught

    styles = taught(request.styles)
    return train(
        styles,
        photographs(request.photos, styles),
        request.settings,
        weights=Weights.open(request.offline),
        device=resolve(request.device),
        out=request.out,
        force=request.force,
        watcher=reporter,
    )
