"""A recipe's own result once more, compared."""

from __future__ import annotations

from collections.abc import Container
from itertools import chain
from pathlib import Path
from typing import Any

from autostyle.errors import BadInput
from autostyle.fingerprints import digest
from autostyle.jobs.recipes import linked_beside, look_through, recipe_order, recipe_studio, recipe_style, say_stand_in
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import ReproduceRequest
from autostyle.jobs.studio import SCHEMA, companions_of, load_content, make_room, settled, write_finished
from autostyle.mediums.files import is_still
from autostyle.mediums.files import medium as medium_of
from autostyle.mediums.registry import create, find
from autostyle.report import recipe as recipes


def reproduce(request: ReproduceRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``: run at the recipe's own size, score, compare; the result at its final size if wanted."""
    recipe = recipes.load(request.recipe)
    its_own = {one.sha256 for one in (recipe.content, *recipe.styles, *chain.from_iterable(recipe.aids.values()))}
    named = {digest(path): path for path in (_settled(path, its_own, reporter) for path in request.pictures)}
    if strangers := named.keys() - its_own:
        raise BadInput(
            "{path} is none of the pictures of this recipe",
            "its content is {name}, unchanged",
            path=named[min(strangers)].name,
            name=recipe.content.name,
        )
    given = {**linked_beside(request.recipe), **named}
    content_file = recipes.original(recipe.content, request.recipe) or given.get(recipe.content.sha256 or "")
    if content_file is None:
        raise BadInput(
            "the content picture {name} is not beside this recipe",
            "name it too, unchanged: autostyle reproduce {recipe} {name}",
            name=recipe.content.name,
            recipe=request.recipe.name,
        )
    aids = recipes.aids(recipe, request.recipe, request.aids, given)
    if other := next(recipes.describe_replaced(recipe, aids), None):
        raise BadInput(other, "name the very file that the recipe was made with")
    # What a picture carries is how that picture was made, be its content an animated one.
    still = is_still(request.recipe)
    medium, content = load_content(content_file, reporter, recipe.method, still=still)
    style = recipe_style(recipe, request.recipe, given, medium, reporter)
    look_through(recipe, aids)
    if request.out is not None:
        make_room(request.out)
    inputs = medium.inputs(content, style, aids)
    studio = recipe_studio(recipe, medium, request, reporter, scores=True)
    prepared = studio.method.prepare(inputs, recipe.size)
    result = studio.method.run_to(
        prepared, recipe.parsed(), recipe.path, seed=recipe.seed, on_iterate=reporter.watching()
    )
    scores, weights, _ = studio.score(inputs, result.made)
    assert scores is not None
    say_stand_in(recipe, "style", weights["style"], reporter)
    found = scores.objectives
    if request.out is not None and not result.stopped:
        order = recipe_order(recipe, style, recipe.final_size or recipe.size, aids)
        drawn = medium.draw(studio.method, content, order, request.out, reporter.watching())
        lost = write_finished(drawn, request.out, recipe.for_png(medium), request.force)
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
        "companions": companions_of(None if reporter.stopped else request.out),
        "stopped": reporter.stopped,
    }


def _settled(path: Path, its_own: Container[str | None], reporter: Reporter) -> Path:
    """A file that a person named, or what stands for it: a study's content is a field where photographs were named."""
    kind = medium_of(path)
    if digest(path) in its_own or not find(kind).built:
        return path
    return settled(create(kind, kind), path, reporter)
