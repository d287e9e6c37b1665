"""What job processes make: one stylized picture, a recipe on many pictures, a recipe's own picture again."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from autostyle.errors import BadInput
from autostyle.jobs import requests
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import Apply, Reproduce, Stylize
from autostyle.media import Pixels
from autostyle.media.image import Picture, load_image, save_image
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Method, OnFrame, Result
from autostyle.methods.params import Params
from autostyle.report import recipe as recipes
from autostyle.report.recipe import Recipe
from autostyle.scoring.scores import Scores
from autostyle.tuning.runtime import Runtime, real
from autostyle.vision.weights import BASES, ENCODERS, STYLE_MODELS, Weights

SCHEMA = 1
LONGEST = 1024
"""Long side of a result, in pixels, where nobody asked for another and the content is larger."""


class Scored(NamedTuple):
    """Scores of a picture, the weights by role that made it and them, and what is to be said about them."""

    scores: Scores | None
    weights: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Studio:
    """One method on one device, loaded when first used: torch comes with it.

    Args:
        name: of the method.
        job: whose device and ``offline`` hold.
        encoder, scorer: which weights, as in a plan.
    """

    name: str
    job: requests.Job
    encoder: str = "auto"
    scorer: str = "auto"

    @cached_property
    def runtime(self) -> Runtime:
        return real(offline=self.job.offline, device=self.job.device, encoder=self.encoder, worker=0)

    @cached_property
    def method(self) -> Method[Any, Any]:
        return self.runtime.method(self.name)

    def paint(self, inputs: ImageInputs, size: int, params: Params, seed: int, on_frame: OnFrame) -> Result:
        """One run, from pictures to picture."""
        return self.method.run(self.method.prepare(inputs, size), params, seed=seed, on_frame=on_frame)

    def score(self, inputs: ImageInputs, image: Pixels) -> Scored:
        """Score ``image``; raises BadInput where content and style are too alike for that."""
        scorer = self.runtime.scorer(inputs, self.scorer)
        weights = {**self.method.named(), "style": scorer.identity.style}
        return Scored(scorer.score(image), weights, scorer.notes)


def stylize(request: Stylize, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle stylize --json`` prints, less the method's choice."""
    began = time.perf_counter()
    content, *styles = _read((request.content, *request.styles), reporter)
    params = registry.params(request.method).parse(dict(request.params))
    size = request.size or min(LONGEST, max(content.pixels.shape[:2]))
    inputs = ImageInputs(content.pixels, tuple(s.pixels for s in styles), request.style_weights, request.prompt)
    studio = Studio(request.method, request)
    result = studio.paint(inputs, size, params, request.seed, reporter.watching())
    scores, weights, said = _scored(studio, inputs, result.image)
    recipe = recipes.of_run(
        request.content,
        zip(request.styles, inputs.shares(), strict=True),
        method=request.method,
        params=params.model_dump(),
        seed=request.seed,
        size=size,
        prompt=request.prompt,
        weights=weights,
        scores=scores,
    )
    notes = _save(request.out, result.image, content, recipe, request.force)
    for note in (*result.notes, *said, *notes):
        reporter.note(note)
    return {
        "schema": SCHEMA,
        "method": request.method,
        "weights": weights,
        "params": params.model_dump(),
        "seed": request.seed,
        "scores": {} if scores is None else {"style": scores.style, "content": scores.content},
        "raw": {} if scores is None else scores.raw,
        "held_out": {} if scores is None else scores.held_out,
        "image": str(request.out),
        "size": [result.image.shape[1], result.image.shape[0]],
        "stopped": result.stopped,
        "seconds": time.perf_counter() - began,
    }


def apply(request: Apply, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``. A picture that cannot be read is set aside and the others go on."""
    recipe = recipes.load(request.recipe)
    styles = _styles(recipe, request.recipe, {}, reporter)
    studio = _studio(recipe, request, reporter, scores=False)
    images: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for item, (source, target) in enumerate(zip(request.inputs, request.outputs, strict=True)):
        if reporter.stopped:
            break
        try:
            (content,) = _read([source], reporter)
        except BadInput as error:
            failed.append({"input": str(source), "error": error.message, "hint": error.hint})
            continue
        size = request.size or min(LONGEST, max(content.pixels.shape[:2]))
        inputs = ImageInputs(content.pixels, styles, _weights(recipe), recipe.prompt)
        result = studio.paint(inputs, size, recipe.parsed(), recipe.seed, reporter.watching(item, len(request.inputs)))
        if result.stopped:
            break
        for note in _save(target, result.image, content, None, request.force):
            reporter.note(f"{target.name}: {note}")
        images.append({"input": str(source), "image": str(target)})
    return {
        "schema": SCHEMA,
        "method": recipe.method,
        "params": dict(recipe.params),
        "images": images,
        "failed": failed,
        "stopped": reporter.stopped,
    }


def reproduce(request: Reproduce, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``: run at the recipe's own size, score, compare; the picture at its final size if wanted."""
    recipe = recipes.load(request.recipe)
    given = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in request.pictures}
    content_file = recipes.original(recipe.content, request.recipe) or given.get(recipe.content.sha256 or "")
    if content_file is None:
        raise BadInput(
            f"the content picture {recipe.content.name} is not beside this recipe",
            f"name it too, unchanged: autostyle reproduce {request.recipe.name} {recipe.content.name}",
        )
    (content,) = _read([content_file], reporter)
    styles = _styles(recipe, request.recipe, given, reporter)
    inputs = ImageInputs(content.pixels, styles, _weights(recipe), recipe.prompt)
    studio = _studio(recipe, request, reporter, scores=True)
    result = studio.paint(inputs, recipe.size, recipe.parsed(), recipe.seed, reporter.watching())
    scores, weights, _ = studio.score(inputs, result.image)
    assert scores is not None
    found = {"style": scores.style, "content": scores.content}
    image = result.image
    if request.out is not None and recipe.final_size not in (None, recipe.size) and not result.stopped:
        image = studio.paint(inputs, recipe.final_size or 0, recipe.parsed(), recipe.seed, reporter.watching()).image
    if request.out is not None:
        _save(request.out, image, content, recipe, request.force)
    return {
        "schema": SCHEMA,
        "method": recipe.method,
        "weights": weights,
        "recorded": {name: recipe.scores[name] for name in found if name in recipe.scores},
        "scores": found,
        "difference": {name: value - recipe.scores[name] for name, value in found.items() if name in recipe.scores},
        "image": None if request.out is None else str(request.out),
        "stopped": reporter.stopped,
    }


def _scored(studio: Studio, inputs: ImageInputs, image: Pixels) -> Scored:
    """Scores for a person's information: a picture that cannot be scored is still a picture."""
    try:
        return studio.score(inputs, image)
    except BadInput as error:
        return Scored(None, studio.method.named(), (f"not scored: {error.message}",))


def _studio(recipe: Recipe, job: requests.Job, reporter: Reporter, *, scores: bool) -> Studio:
    """A studio with the weights that ``recipe`` was made with; where they are not here others stand in, said aloud."""
    status = Weights.open().status()

    def recorded(role: str, known: Mapping[str, str]) -> str:
        name = recipe.weights.get(role, "auto")
        short = re.split("[: ]", name)[0]
        if short in known and status[known[short]] != "absent":
            return short
        if name != "auto":
            reporter.note(f"this recipe was made with the {role} weights {name}, which are not here: others stand in")
        return "auto"

    encoder = recorded("base", {base: base for base in BASES})
    if "encoder" in recipe.weights:
        encoder = recorded("encoder", ENCODERS)
    return Studio(recipe.method, job, encoder, recorded("style", STYLE_MODELS) if scores else "auto")


def _read(paths: Iterable[Path], reporter: Reporter) -> list[Picture]:
    pictures = []
    for path in paths:
        picture = load_image(path)
        for note in picture.notes:
            reporter.note(f"{path.name}: {note}")
        pictures.append(picture)
    return pictures


def _styles(recipe: Recipe, beside: Path, given: dict[str, Path], reporter: Reporter) -> tuple[Pixels, ...]:
    found = []
    for style in recipe.styles:
        if style.sha256 in given:
            found.append(load_image(given[style.sha256]).pixels)
            continue
        pixels, note = recipes.style_pixels(style, beside)
        if note:
            reporter.note(note)
        found.append(pixels)
    return tuple(found)


def _weights(recipe: Recipe) -> tuple[float, ...]:
    return tuple(style.weight for style in recipe.styles)


def _save(path: Path, image: Pixels, content: Picture, recipe: Recipe | None, force: bool) -> tuple[str, ...]:
    """Write ``image`` with the content's alpha and bit depth; returns what the format could not carry."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = recipe.for_png() if recipe is not None and path.suffix.lower() == ".png" else None
    return save_image(path, image, alpha=content.alpha, bit_depth=content.bit_depth, recipe=data, overwrite=force)
