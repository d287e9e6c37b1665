"""Recipes written down: of a trial of a study, and of one run without a study."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from autostyle.errors import BadInput
from autostyle.fingerprints import sha256
from autostyle.media.image import load_image, webp_thumbnail
from autostyle.methods.params import Value
from autostyle.report.recipe import FILE_BYTES, FILE_SIDE, PROMPT, WEIGHTS, Original, Recipe, Style
from autostyle.report.text import one_line
from autostyle.scoring.scores import Scores
from autostyle.tuning.record import StudyRecord, TrialRecord


def style(path: Path, weight: float = 1.0) -> Style:
    """A style picture as recipes carry it; raises BadInput where it cannot be read."""
    picture = load_image(path)
    copy = base64.b64encode(webp_thumbnail(picture.as_style, FILE_SIDE, 85)).decode("ascii")
    if len(copy) > FILE_BYTES // 10:
        copy = base64.b64encode(webp_thumbnail(picture.as_style, FILE_SIDE // 2, 80)).decode("ascii")
    return Style(name=_tame(path.name), sha256=picture.sha256, weight=weight, webp=copy)


def of_trial(record: StudyRecord, trial: TrialRecord, *, styles: tuple[Style, ...], final_size: int | None) -> Recipe:
    """The recipe of one trial of a study; ``styles`` as :func:`styles_of` gives them."""
    content = record.folder / record.plan.content
    return Recipe(
        method=trial.method,
        params=trial.params,
        seed=trial.seed,
        size=record.plan.size,
        final_size=final_size,
        prompt=record.plan.described and record.plan.described[:PROMPT],
        content=Original(name=_tame(content.name), sha256=sha256(content) if content.is_file() else None),
        styles=styles,
        weights={role: _id(name) for role, name in record.weights.items()},
        scores=_figures(trial.scores.items()),
        held_out=_figures(trial.held_out.items()),
        study=record.plan.study,
        trial=trial.number,
    )


def of_run(
    content: Path,
    styles: Iterable[tuple[Path, float]],
    *,
    method: str,
    params: dict[str, Value],
    seed: int,
    size: int,
    prompt: str | None,
    weights: Mapping[str, str],
    scores: Scores | None,
) -> Recipe:
    """The recipe of one run without a study; ``styles`` with their shares, ``size`` the long side in pixels."""
    return Recipe(
        method=method,
        params=params,
        seed=seed,
        size=size,
        final_size=size,
        prompt=prompt and prompt[:PROMPT],
        content=Original(name=_tame(content.name), sha256=sha256(content)),
        styles=tuple(style(path, share) for path, share in styles),
        weights={role: _id(name) for role, name in weights.items()},
        scores={} if scores is None else _figures([("style", scores.style), ("content", scores.content)]),
        held_out={} if scores is None else _figures(scores.held_out.items()),
    )


def styles_of(record: StudyRecord) -> tuple[Style, ...]:
    """The study's style pictures; one that is gone or broken keeps its name only."""
    plan = record.plan
    found = []
    for path, weight in zip(plan.styles, plan.style_weights or (1.0,) * len(plan.styles), strict=True):
        try:
            found.append(style(record.folder / path, weight))
        except BadInput:
            found.append(Style(name=_tame(path.name), weight=weight))
    return tuple(found)


def _tame(name: str) -> str:
    """A file name that recipes accept."""
    tame = re.sub(r"[/\\]", "_", one_line(name, 255))
    return tame if tame.strip(".") else "picture"


def _id(name: str) -> str:
    """The id of weights; a person's own file is called ``own``, for a recipe names no path."""
    return name if re.fullmatch(WEIGHTS, name) else "own"


def _figures(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {name: float(value) for name, value in pairs if math.isfinite(value)}
