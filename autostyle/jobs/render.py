"""What job processes make: one stylized picture or clip, a recipe on many of them, a recipe's own result again."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from autostyle import mediums
from autostyle.errors import BadInput
from autostyle.fingerprints import sha256
from autostyle.jobs import requests
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import Apply, Reproduce, Stylize
from autostyle.media import Pixels
from autostyle.media.image import load_image
from autostyle.mediums.contract import Loaded, Medium, Order
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, Inputs
from autostyle.report import recipe as recipes
from autostyle.report import recording
from autostyle.report.recipe import Recipe
from autostyle.scoring.scores import Scores
from autostyle.tuning.fitting import refuse_unfit
from autostyle.tuning.runtime import Runtime, real
from autostyle.vision.weights import BASES, ENCODERS, STYLE_MODELS, Weights

SCHEMA = 1
LONGEST = 1024
"""Long side of a result, in pixels, where nobody asked for another and the content is larger."""


L = TypeVar("L", bound=Loaded)


class Scored(NamedTuple):
    """Scores of a picture, the weights by role that made it and them, and what is to be said about them."""

    scores: Scores | None
    weights: dict[str, str]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Studio:
    """One method at work on one medium on one device, loaded when first used: torch comes with it.

    Args:
        name: of the method.
        medium: of the content.
        job: whose device and ``offline`` hold.
        encoder, scorer: which weights, as in a plan.
    """

    name: str
    medium: Medium[Any, Any]
    job: requests.Job
    encoder: str = "auto"
    scorer: str = "auto"

    @cached_property
    def runtime(self) -> Runtime:
        return real(offline=self.job.offline, device=self.job.device, encoder=self.encoder, worker=0)

    @cached_property
    def method(self) -> AnyMethod:
        return self.runtime.method(self.name, self.medium)

    def score(self, inputs: Inputs[Any], made: Any) -> Scored:
        """Score ``made``; raises BadInput where content and style are too alike for that."""
        scorer = self.runtime.scorer(inputs, self.scorer)
        weights = {**self.method.named(), "style": scorer.identity.style}
        return Scored(scorer.score(made), weights, scorer.notes)


def stylize(request: Stylize, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle stylize --json`` prints, less the method's choice."""
    began = time.perf_counter()
    medium, content = _content(request.content, reporter, request.method)
    styles = tuple(_noted(load_image(path), path, reporter).as_style for path in request.styles)
    params = registry.complete(request.method, request.params)
    refuse_unfit(request.method, request.params)
    size = request.size or min(LONGEST, medium.long_side(content))
    inputs = medium.inputs(content, styles, request.style_weights, request.prompt)
    studio = Studio(request.method, medium, request)
    order = Order(styles, request.style_weights, request.prompt, params, request.seed, size)
    request.out.parent.mkdir(parents=True, exist_ok=True)
    drawn = medium.draw(studio.method, content, order, request.out, reporter.watching())
    scores, weights, said = _scored(studio, inputs, drawn.sample)
    recipe = recording.of_run(
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
    shape = drawn.shape
    lost = drawn.save(request.out, recipe=recipe.for_png(), overwrite=request.force) if drawn.finished else ()
    for note in (*drawn.notes, *said, *lost):
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
        "image": str(request.out) if drawn.finished else None,
        "size": list(shape),
        "stopped": drawn.stopped,
        "seconds": time.perf_counter() - began,
    }


def apply(request: Apply, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``. A file that cannot be read, or of a kind that the method does not take, is set aside
    and the others go on."""
    recipe = recipes.load(request.recipe)
    styles = _styles(recipe, request.recipe, {}, reporter)
    studios: dict[Medium[Any, Any], Studio] = {}
    images: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for item, (source, target) in enumerate(zip(request.inputs, request.outputs, strict=True)):
        if reporter.stopped:
            break
        try:
            medium, content = _content(source, reporter, recipe.method)
            if medium not in studios:
                studios[medium] = _studio(recipe, medium, request, reporter, scores=False)
            method = _able(studios[medium], source)
        except BadInput as error:
            failed.append({"input": str(source), "error": error.message, "hint": error.hint})
            continue
        order = _order(recipe, styles, request.size or min(LONGEST, medium.long_side(content)))
        target.parent.mkdir(parents=True, exist_ok=True)
        drawn = medium.draw(method, content, order, target, reporter.watching(item, len(request.inputs)))
        notes = (*drawn.notes, *(() if drawn.stopped else drawn.save(target, overwrite=request.force)))
        for note in notes:
            reporter.note(f"{target.name}: {note}")
        if drawn.stopped:
            break
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
    """Carry out ``request``: run at the recipe's own size, score, compare; the result at its final size if wanted."""
    recipe = recipes.load(request.recipe)
    given = {sha256(path): path for path in request.pictures}
    content_file = recipes.original(recipe.content, request.recipe) or given.get(recipe.content.sha256 or "")
    if content_file is None:
        raise BadInput(
            f"the content picture {recipe.content.name} is not beside this recipe",
            f"name it too, unchanged: autostyle reproduce {request.recipe.name} {recipe.content.name}",
        )
    medium, content = _content(content_file, reporter, recipe.method)
    styles = _styles(recipe, request.recipe, given, reporter)
    inputs = medium.inputs(content, styles, _weights(recipe), recipe.prompt)
    studio = _studio(recipe, medium, request, reporter, scores=True)
    prepared = studio.method.prepare(inputs, recipe.size)
    result = studio.method.run(prepared, recipe.parsed(), seed=recipe.seed, on_frame=reporter.watching())
    scores, weights, _ = studio.score(inputs, result.made)
    assert scores is not None
    found = {"style": scores.style, "content": scores.content}
    if request.out is not None and not result.stopped:
        order = _order(recipe, styles, recipe.final_size or recipe.size)
        drawn = medium.draw(studio.method, content, order, request.out, reporter.watching())
        lost = drawn.save(request.out, recipe=recipe.for_png(), overwrite=request.force) if drawn.finished else ()
        for note in (*drawn.notes, *lost):
            reporter.note(note)
    return {
        "schema": SCHEMA,
        "method": recipe.method,
        "weights": weights,
        "recorded": {name: recipe.scores[name] for name in found if name in recipe.scores},
        "scores": found,
        "difference": {name: value - recipe.scores[name] for name, value in found.items() if name in recipe.scores},
        "image": None if request.out is None or reporter.stopped else str(request.out),
        "stopped": reporter.stopped,
    }


def _scored(studio: Studio, inputs: Inputs[Any], made: Any) -> Scored:
    """Scores for a person's information: a result that cannot be scored is still a result."""
    if made is None:
        return Scored(None, studio.method.named(), ())
    try:
        return studio.score(inputs, made)
    except BadInput as error:
        return Scored(None, studio.method.named(), (f"not scored: {error.message}",))


def _studio(recipe: Recipe, medium: Medium[Any, Any], job: requests.Job, reporter: Reporter, *, scores: bool) -> Studio:
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
    refuse_unfit(recipe.method, recipe.params, encoder)
    if "encoder" in recipe.weights:
        encoder = recorded("encoder", ENCODERS)
    return Studio(recipe.method, medium, job, encoder, recorded("style", STYLE_MODELS) if scores else "auto")


def _able(studio: Studio, source: Path) -> AnyMethod:
    """The studio's method; raises BadInput naming ``source`` where it does not take such."""
    try:
        return studio.method
    except BadInput as error:
        raise BadInput(f"{source.name}: {error.message}", error.hint) from error


def _content(path: Path, reporter: Reporter, method: str = "") -> tuple[Medium[Any, Any], Any]:
    medium = mediums.of(path, method)
    return medium, _noted(medium.load(path), path, reporter)


def _noted(file: L, path: Path, reporter: Reporter) -> L:
    """``file``, after what is to be said about it was said."""
    for note in file.notes:
        reporter.note(f"{path.name}: {note}")
    return file


def _order(recipe: Recipe, styles: tuple[Pixels, ...], size: int) -> Order:
    return Order(styles, _weights(recipe), recipe.prompt, recipe.parsed(), recipe.seed, size)


def _styles(recipe: Recipe, beside: Path, given: dict[str, Path], reporter: Reporter) -> tuple[Pixels, ...]:
    found = []
    for style in recipe.styles:
        if style.sha256 in given:
            found.append(load_image(given[style.sha256]).as_style)
            continue
        pixels, note = recipes.style_pixels(style, beside)
        if note:
            reporter.note(note)
        found.append(pixels)
    return tuple(found)


def _weights(recipe: Recipe) -> tuple[float, ...]:
    return tuple(style.weight for style in recipe.styles)
