"""Recipes written down: of a trial of a study, and of one run without a study."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autostyle.errors import BadInput
from autostyle.fingerprints import digest
from autostyle.mediums import links
from autostyle.mediums.contract import Medium
from autostyle.mediums.files import medium, shown
from autostyle.mediums.registry import create
from autostyle.methods import registry
from autostyle.methods.aids import NONE, Aids, select_aids
from autostyle.methods.contract import path_nearby
from autostyle.methods.params import Value
from autostyle.report.recipe import FILE_BYTES, PROMPT, WEIGHTS, Original, Recipe, RecipeStyle
from autostyle.report.text import one_line
from autostyle.scoring.scores import Scores
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord

COPY_BYTES = FILE_BYTES // 10 * 3 // 4
"""Of a style's copy; in base64 it is a third larger."""


def style(path: Path, medium: Medium[Any, Any, Any], weight: float = 1.0) -> RecipeStyle:
    """A style as recipes of works of ``medium`` carry it; raises BadInput where it cannot be read."""
    link = links.read_link(path)
    loaded = medium.load_style(path if link is None else shown(path))
    named = RecipeStyle(**_original(path).model_dump(), weight=weight)
    return named.carrying(medium.pack_style(loaded, COPY_BYTES))


def of_trial(
    record: StudyRecord,
    trial: TrialRecord,
    *,
    styles: tuple[RecipeStyle, ...],
    final_size: int | None,
    finished: bool = False,
) -> Recipe:
    """The recipe of one trial of a study; ``styles`` as :func:`styles_of` gives them.

    ``finished``: of what the plan's ``finish``, if it has one, makes of it at ``final_size``.
    """
    content = record.folder / record.plan.content
    name = record.plan.finishing(trial.method) if finished and final_size is not None else trial.method
    spec = registry.find_built(name)
    params = registry.params(name).parse(dict(trial.params))
    other = trial.path and final_size not in (None, record.plan.size)
    final_path = path_nearby(spec, params, trial.path) if other else None
    if name == trial.method:
        size, path = record.plan.size, trial.path
        scores, held_out = _figures(trial.scores.items()), _figures(trial.held_out.items())
    else:  # what it is held to is the render, not the trial
        assert final_size is not None
        size, path, final_path = final_size, trial.path if final_path is None else final_path, None
        scores = _figures(record.final_scores.items()) if final_size == record.final_size else {}
        held_out = {}
    return Recipe(
        method=name,
        params=params.model_dump(),
        path=path,
        seed=trial.seed,
        size=size,
        final_size=final_size,
        final_path=final_path,
        prompt=record.plan.described and record.plan.described[:PROMPT],
        content=_original(content),
        styles=styles,
        aids={
            name: tuple(_original(record.folder / file) for file in files)
            for name, files in select_aids(spec.aids, record.plan.aids).items()
        },
        weights={role: _id(name) for role, name in record.weights.items()},
        profile=record.plan.judged_by,
        consent=record.plan.consent if spec.imitates else None,
        scores=scores,
        held_out=held_out,
        study=record.plan.study,
        trial=trial.number,
    )


def of_run(
    content: Path,
    styles: Iterable[tuple[Path, float]],
    medium: Medium[Any, Any, Any],
    *,
    method: str,
    params: dict[str, Value],
    aids: Aids = NONE,
    path: tuple[float, ...] = (),
    seed: int,
    size: int,
    prompt: str | None,
    weights: Mapping[str, str],
    scores: Scores | None,
    consent: bool = False,
) -> Recipe:
    """The recipe of one run without a study; ``styles`` with their shares, ``path`` the values of the ratio on its way,
    ``size`` the long side in pixels; ``consent`` as in a plan."""
    return Recipe(
        method=method,
        params=params,
        path=path,
        seed=seed,
        size=size,
        final_size=size,
        prompt=prompt and prompt[:PROMPT],
        content=_original(content),
        styles=tuple(style(path, medium, share) for path, share in styles),
        aids={name: tuple(map(_original, files)) for name, files in aids.items()},
        weights={role: _id(name) for role, name in weights.items()},
        consent=consent if registry.find_built(method).imitates else None,
        scores={} if scores is None else _figures(scores.objectives.items()),
        held_out={} if scores is None else _figures(scores.held_out.items()),
    )


def styles_of(record: StudyRecord) -> tuple[RecipeStyle, ...]:
    """The study's styles; one that is gone or broken keeps its name only."""
    plan, medium = record.plan, medium_of(record)
    found = []
    for path, weight in zip(plan.styles, plan.style_weights or (1.0,) * len(plan.styles), strict=True):
        try:
            found.append(style(record.folder / path, medium, weight))
        except BadInput:
            known = links.read_link(record.folder / path)
            found.append(RecipeStyle(name=_tame(path.name), sha256=known and known.sha256, weight=weight))
    return tuple(found)


def medium_of(record: StudyRecord) -> Medium[Any, Any, Any]:
    """The medium of a study's works."""
    return create(record.plan.medium, medium(record.folder / record.plan.content))


def _original(file: Path) -> Original:
    if (link := links.read_link(file)) is not None:
        return Original(name=_tame(link.name), sha256=link.sha256)
    return Original(name=_tame(file.name), sha256=digest(file) if file.exists() else None)


def _tame(name: str) -> str:
    """A file name that recipes accept."""
    tame = re.sub(r"[/\\]", "_", one_line(name, 255))
    return tame if tame.strip(".") else "picture"


def _id(name: str) -> str:
    """The id of weights; a person's own file is called ``own``, for a recipe names no path."""
    return name if re.fullmatch(WEIGHTS, name) else "own"


def _figures(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    return {name: float(value) for name, value in pairs if math.isfinite(value)}
