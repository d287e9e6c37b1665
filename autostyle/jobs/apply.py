"""A recipe on many pictures or clips."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

from autostyle import crash_reports
from autostyle.errors import AutostyleError, BadInput, NotBuilt, OutOfMemory, Refused
from autostyle.jobs import applied
from autostyle.jobs.failures import Failure, failure
from autostyle.jobs.recipes import linked_beside, look_through, recipe_order, recipe_studio, recipe_style
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import ApplyRequest
from autostyle.jobs.studio import SCHEMA, Studio, companions_of, make_room, read_content, size_of
from autostyle.mediums import registry as mediums
from autostyle.mediums.contract import Medium
from autostyle.mediums.files import medium as medium_of
from autostyle.mediums.memory import refuse_beyond_memory
from autostyle.mediums.serving import open_medium
from autostyle.mediums.writing import refuse_taken_by, write
from autostyle.methods.contract import Style
from autostyle.report import recipe as recipes
from autostyle.sentences import Sentence


def apply(request: ApplyRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``. Whatever goes wrong with one input is told of it, and the others go on.

    The same request again makes what is missing and keeps what it made before, unless ``force``.
    """
    recipe = recipes.load(request.recipe)
    recipes.check_styles(recipe, request.recipe)
    known = linked_beside(request.recipe if request.study is None else request.study / request.recipe.name)
    aids = recipes.aids(recipe, request.recipe, request.aids, known)
    for note in recipes.describe_replaced(recipe, aids):
        reporter.note(note)
    look_through(recipe, aids)
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
            studio = recipe_studio(recipe, medium, request, reporter, scores=False)
            studios[medium] = studio, recipe_style(recipe, request.recipe, known, medium, reporter)
        studio, style = studios[medium]
        try:
            watching = reporter.watching(item, len(request.inputs))
            made_by = applied.key(recipe, source, request.size, aids, partial(medium.digest, on_iterate=watching))
            kept = not request.force and _is_there(target, made_by, reporter)
            if not kept:
                content = read_content(medium, source, reporter)
                size = size_of(medium, content, request.size, recipe.method, reporter)
                refuse_beyond_memory(recipe.method, medium.preview(content).shape, size, request.device, aids)
                make_room(target)
                replaces = os.path.lexists(target)
                if not replaces and not request.force:
                    refuse_taken_by(recipe.method, target)
                applied.note(target, "" if replaces else made_by)
                order = recipe_order(recipe, style, size, aids)
                drawn = medium.draw(studio.method, content, order, target, watching)
                foreign = recipes.describe_foreign(recipe, source, request.aids)
                notes = (*foreign, *drawn.notes, *(() if drawn.stopped else write(drawn, target, overwrite=True)))
                for note in notes:
                    reporter.note(Sentence("{name}: {note}", name=target.name, note=note))
                if drawn.stopped:
                    break
                if replaces:
                    applied.note(target, made_by)
            made = {"input": str(source), "image": str(target), "companions": companions_of(target), "kept": kept}
            images.append(made)
        except AutostyleError as error:
            if reporter.stopped and isinstance(error, Refused):  # before there was anything to be painted
                reporter.note(Sentence("{name}: {note}", name=source.name, note=error.message))
                break
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


def _is_there(target: Path, made_by: str, reporter: Reporter) -> bool:
    """Whether ``target`` was made of the same before, and is there to the end; what was cut short is made anew.

    Raises:
        BadInput: something else is there.
    """
    if not os.path.lexists(target):
        return False
    if applied.read_note(target) != made_by:
        raise BadInput("{path} exists", "--force overwrites it", path=target)
    try:
        kind = medium_of(target)
        mediums.create(kind, kind).load(target)
    except BadInput:
        reporter.note(Sentence("{name} is there, but damaged or cut short: it is made anew", name=target.name))
        return False
    return True
