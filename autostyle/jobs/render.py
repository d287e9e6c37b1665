"""What job processes make: one stylized picture or clip, a recipe on many of them, a recipe's own result again."""

from __future__ import annotations

import errno
import os
import re
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from autostyle import crash_reports
from autostyle.atomic import explained
from autostyle.errors import AutostyleError, BadInput, NotBuilt, OutOfMemory
from autostyle.fingerprints import digest
from autostyle.jobs import applied, requests
from autostyle.jobs.failures import Failure, failure
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import ApplyRequest, ReproduceRequest, StylizeRequest
from autostyle.mediums import registry as mediums
from autostyle.mediums.contract import Drawn, LoadedStyle, Medium, Order, style_of
from autostyle.mediums.files import companions
from autostyle.mediums.files import medium as medium_of
from autostyle.mediums.serving import open_medium
from autostyle.mediums.writing import refuse_taken, write
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.contract import AnyMethod, Inputs, Style
from autostyle.report import recipe as recipes
from autostyle.report import recording
from autostyle.report.recipe import Recipe
from autostyle.scoring.scores import Scores
from autostyle.sentences import Sentence
from autostyle.tuning import linked
from autostyle.tuning.fitting import refuse_unfit
from autostyle.tuning.runtime import Runtime, real
from autostyle.vision.weights import BASES, ENCODERS, STYLE_MODELS, Weights

SCHEMA = 1
LEAST_ROOM = 2**20
"""Free bytes on a disk below which nothing is painted for it."""


class _Noted(Protocol):
    @property
    def notes(self) -> tuple[str, ...]: ...


L = TypeVar("L", bound=_Noted)


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
    medium: Medium[Any, Any, Any]
    job: requests.JobRequest
    encoder: str = "auto"
    scorer: str = "auto"

    @cached_property
    def runtime(self) -> Runtime:
        return real(offline=self.job.offline, device=self.job.device, encoder=self.encoder, worker=0)

    @cached_property
    def method(self) -> AnyMethod:
        return self.runtime.method(self.name, self.medium)

    def score(self, inputs: Inputs[Any, Any], made: Any) -> Scored:
        """Score ``made``; raises BadInput where content and style are too alike for that."""
        scorer = self.runtime.scorer(inputs, self.medium, self.scorer)
        weights = {**self.method.named(), "style": scorer.identity.style}
        return Scored(scorer.score(made), weights, scorer.notes)


def stylize(request: StylizeRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle stylize --json`` prints, less the method's choice."""
    began = time.perf_counter()
    medium, content = _content(request.content, reporter, request.method)
    exemplars = [_noted(medium.load_style(path), path, reporter) for path in request.styles]
    style = style_of(exemplars, request.style_weights, request.prompt)
    params = registry.complete(request.method, request.params, request.aids)
    refuse_unfit(request.method, request.params, request.aids)
    size = _size(medium, content, request.size)
    inputs = medium.inputs(content, style, request.aids)
    studio = Studio(request.method, medium, request, request.encoder)
    order = Order(style, params, request.seed, size, request.aids)
    _roomy(request.out)
    drawn = medium.draw(studio.method, content, order, request.out, reporter.watching())
    scores, weights, said = _scored(studio, inputs, drawn.sample)
    recipe = recording.of_run(
        request.content,
        zip(request.styles, style.shares, strict=True),
        medium,
        method=request.method,
        params=params.model_dump(),
        aids=request.aids,
        seed=request.seed,
        size=size,
        prompt=request.prompt,
        weights=weights,
        scores=scores,
    )
    shape = drawn.shape
    lost = _write(drawn, request.out, recipe.for_png(medium), request.force)
    for note in (*drawn.notes, *said, *lost):
        reporter.note(note)
    return {
        "schema": SCHEMA,
        "method": request.method,
        "weights": weights,
        "params": params.model_dump(),
        "seed": request.seed,
        "scores": {} if scores is None else scores.objectives,
        "raw": {} if scores is None else scores.raw,
        "held_out": {} if scores is None else scores.held_out,
        "image": str(request.out) if drawn.finished else None,
        "companions": _beside(request.out if drawn.finished else None),
        "size": list(shape),
        "stopped": drawn.stopped,
        "seconds": time.perf_counter() - began,
    }


def apply(request: ApplyRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``. Whatever goes wrong with one input is told of it, and the others go on.

    The same request again makes what is missing and keeps what it made before, unless ``force``.
    """
    recipe = recipes.load(request.recipe)
    recipes.check_styles(recipe, request.recipe)
    known = linked.beside(request.recipe if request.study is None else request.study / request.recipe.name)
    aids = recipes.aids(recipe, request.recipe, request.aids, known)
    for note in recipes.replaced(recipe, aids):
        reporter.note(note)
    _look_through(recipe, aids)
    studios: dict[Medium[Any, Any, Any], tuple[Studio, Style[Any]]] = {}
    images: list[dict[str, Any]] = []
    failed: list[Failure] = []

    for item, (source, target) in enumerate(zip(request.inputs, request.outputs, strict=True)):
        if reporter.stopped:
            break
        try:
            medium = open_medium(source, recipe.method)
        except (BadInput, NotBuilt) as error:
            failed.append(failure(source, error))
            continue
        if medium not in studios:  # what is missing for one is missing for all, and ends the run
            studio = _studio(recipe, medium, request, reporter, scores=False)
            studios[medium] = studio, _style(recipe, request.recipe, known, medium, reporter)
        studio, style = studios[medium]
        try:
            made_by = applied.key(recipe, source, request.size, aids)
            kept = not request.force and _is_there(target, made_by, reporter)
            if not kept:
                content = _noted(medium.load(source), source, reporter)
                _roomy(target)
                replaces = os.path.lexists(target)
                if not replaces and not request.force:
                    refuse_taken(target)
                applied.note(target, "" if replaces else made_by)
                order = _order(recipe, style, _size(medium, content, request.size), aids)
                drawn = medium.draw(studio.method, content, order, target, reporter.watching(item, len(request.inputs)))
                notes = (*drawn.notes, *(() if drawn.stopped else write(drawn, target, overwrite=True)))
                for note in notes:
                    reporter.note(Sentence("{name}: {note}", name=target.name, note=note))
                if drawn.stopped:
                    break
                if replaces:
                    applied.note(target, made_by)
            made = {"input": str(source), "image": str(target), "companions": _beside(target), "kept": kept}
            images.append(made)
        except AutostyleError as error:
            failed.append(failure(source, error))
        except MemoryError:
            failed.append(failure(source, OutOfMemory("out of memory", "try a smaller --size")))
        except Exception as error:
            failed.append(failure(source, crash_reports.report(error)))
    return {
        "schema": SCHEMA,
        "method": recipe.method,
        "params": dict(recipe.params),
        "images": images,
        "failed": failed,
        "stopped": reporter.stopped,
    }


def _write(drawn: Drawn, out: Path, recipe: dict[str, Any], overwrite: bool) -> tuple[str, ...]:
    """Write what is whole, and nothing else; what is to be said about it."""
    return write(drawn, out, recipe=recipe, overwrite=overwrite) if drawn.finished else ()


def _is_there(target: Path, made_by: str, reporter: Reporter) -> bool:
    """Whether ``target`` was made of the same before, and is there to the end; what was cut short is made anew.

    Raises:
        BadInput: something else is there.
    """
    if not os.path.lexists(target):
        return False
    if applied.noted(target) != made_by:
        raise BadInput("{path} exists", "--force overwrites it", path=target)
    try:
        kind = medium_of(target)
        mediums.create(kind, kind).load(target)
    except BadInput:
        reporter.note(Sentence("{name} is there, but damaged or cut short: it is made anew", name=target.name))
        return False
    return True


def _roomy(target: Path) -> None:
    """Make the folder of ``target``, before anything is painted for it.

    Raises:
        Missing: its disk is full.
        BadInput: there can be no such folder, or it may not be made.
    """
    with explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < LEAST_ROOM:
            raise OSError(errno.ENOSPC, "no space left")


def reproduce(request: ReproduceRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``: run at the recipe's own size, score, compare; the result at its final size if wanted."""
    recipe = recipes.load(request.recipe)
    given = {**linked.beside(request.recipe), **{digest(path): path for path in request.pictures}}
    content_file = recipes.original(recipe.content, request.recipe) or given.get(recipe.content.sha256 or "")
    if content_file is None:
        raise BadInput(
            "the content picture {name} is not beside this recipe",
            "name it too, unchanged: autostyle reproduce {recipe} {name}",
            name=recipe.content.name,
            recipe=request.recipe.name,
        )
    aids = recipes.aids(recipe, request.recipe, request.aids, given)
    if other := next(recipes.replaced(recipe, aids), None):
        raise BadInput(other, "name the very file that the recipe was made with")
    medium, content = _content(content_file, reporter, recipe.method)
    style = _style(recipe, request.recipe, given, medium, reporter)
    _look_through(recipe, aids)
    if request.out is not None:
        _roomy(request.out)
    inputs = medium.inputs(content, style, aids)
    studio = _studio(recipe, medium, request, reporter, scores=True)
    prepared = studio.method.prepare(inputs, recipe.size)
    result = studio.method.run(prepared, recipe.parsed(), seed=recipe.seed, on_iterate=reporter.watching())
    scores, weights, _ = studio.score(inputs, result.made)
    assert scores is not None
    _say_stand_in(recipe, "style", weights["style"], reporter)
    found = scores.objectives
    if request.out is not None and not result.stopped:
        order = _order(recipe, style, recipe.final_size or recipe.size, aids)
        drawn = medium.draw(studio.method, content, order, request.out, reporter.watching())
        lost = _write(drawn, request.out, recipe.for_png(medium), request.force)
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
        "companions": _beside(None if reporter.stopped else request.out),
        "stopped": reporter.stopped,
    }


def _beside(out: Path | None) -> list[str]:
    """What belongs to a result that was written there."""
    return [] if out is None else [str(path) for path in companions(out)]


def _scored(studio: Studio, inputs: Inputs[Any, Any], made: Any) -> Scored:
    """Scores for a person's information: a result that cannot be scored is still a result."""
    if made is None:
        return Scored(None, studio.method.named(), ())
    try:
        return studio.score(inputs, made)
    except BadInput as error:
        return Scored(None, studio.method.named(), (Sentence("not scored: {error}", error=error.message),))


def _studio(
    recipe: Recipe, medium: Medium[Any, Any, Any], job: requests.JobRequest, reporter: Reporter, *, scores: bool
) -> Studio:
    """A studio with the weights that ``recipe`` was made with; where they are not here others stand in, said aloud."""
    known = {"base": dict(zip(BASES, BASES, strict=True)), "encoder": ENCODERS, "style": STYLE_MODELS}
    roles = ["base", *(["encoder"] if "encoder" in recipe.weights else []), *(["style"] if scores else [])]
    chosen = {role: _recorded(recipe, role, known[role]) for role in roles}
    for role, name in chosen.items():
        if name == "auto" and role != "style":  # which may be a medium's own, and is known once it has scored
            _say_stand_in(recipe, role, "auto", reporter)
    encoder = chosen.get("encoder", chosen["base"])
    return Studio(recipe.method, medium, job, encoder, chosen.get("style", "auto"))


def _say_stand_in(recipe: Recipe, role: str, now: str, reporter: Reporter) -> None:
    """Say that other weights than those of ``recipe`` play a role."""
    if (before := recipe.weights.get(role, now)) != now:
        reporter.note(
            Sentence(
                "this recipe was made with the {role} weights {before}, which are not here: others stand in",
                role=role,
                before=before,
            )
        )


def _recorded(recipe: Recipe, role: str, known: Mapping[str, str]) -> str:
    """The weights that played ``role`` when ``recipe`` was made, where they are on this machine; else ``auto``."""
    name = re.split("[: ]", recipe.weights.get(role, "auto"))[0]
    return name if name in known and Weights.open().status()[known[name]] != "absent" else "auto"


def _look_through(recipe: Recipe, aids: Aids) -> None:
    """Raises BadInput where weights that ``recipe`` would be painted with are of another kind or damaged."""
    base = _recorded(recipe, "base", dict(zip(BASES, BASES, strict=True)))
    refuse_unfit(recipe.method, recipe.params, aids, base=base)


def _content(path: Path, reporter: Reporter, method: str) -> tuple[Medium[Any, Any, Any], Any]:
    medium = open_medium(path, method)
    return medium, _noted(medium.load(path), path, reporter)


def _noted(file: L, path: Path, reporter: Reporter) -> L:
    """``file``, after what is to be said about it was said."""
    for note in file.notes:
        reporter.note(Sentence("{name}: {note}", name=path.name, note=note))
    return file


def _size(medium: Medium[Any, Any, Any], content: Any, asked: int | None) -> int:
    """The size of a result: what was asked for, else the content's own, as far as the scale goes by itself."""
    scale = mediums.scale(medium.spec.name)
    if asked is None:
        return min(scale.own, medium.size(content))
    scale.check(asked, scale.final)
    return asked


def _order(recipe: Recipe, style: Style[Any], size: int, aids: Aids) -> Order:
    return Order(style, recipe.parsed(), recipe.seed, size, aids)


def _style(
    recipe: Recipe, beside: Path, given: dict[str, Path], medium: Medium[Any, Any, Any], reporter: Reporter
) -> Style[Any]:
    """The style of ``recipe`` as ``medium`` has it: the files themselves, or the copies inside the recipe."""
    exemplars: list[LoadedStyle[Any]] = []
    for style in recipe.styles:
        file = given.get(style.sha256 or "") or recipes.original(style, beside)
        if file is not None:
            exemplars.append(medium.load_style(file))
            continue
        loaded = recipes.unpacked(style, medium)
        for note in loaded.notes:
            reporter.note(Sentence("{name} is not beside the recipe: {note}", name=style.name, note=note))
        exemplars.append(loaded)
    return style_of(exemplars, tuple(style.weight for style in recipe.styles), recipe.prompt)
