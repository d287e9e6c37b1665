"""A recipe at work again: the studio, the style, the order and the files that it was made with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autostyle.errors import AutostyleError, Refused
from autostyle.jobs import requests
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.studio import Studio
from autostyle.mediums import links
from autostyle.mediums.contract import LoadedStyle, Medium, Order, style_of
from autostyle.mediums.spec import LINK
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.consent import imitates
from autostyle.methods.contract import Style, path_nearby
from autostyle.report import recipe as recipes
from autostyle.report.recipe import Recipe
from autostyle.sentences import Sentence
from autostyle.tuning import trust
from autostyle.tuning.fitting import refuse_unfit
from autostyle.tuning.handle import Handle
from autostyle.tuning.inputs import FOLDER
from autostyle.tuning.storage import explain_errors
from autostyle.vision.weights import BASES, ENCODERS, STYLE_MODELS, Weights


def recipe_studio(
    recipe: Recipe, medium: Medium[Any, Any, Any], job: requests.JobRequest, reporter: Reporter, *, scores: bool
) -> Studio:
    """A studio with the weights that ``recipe`` was made with; where they are not here others stand in, said aloud."""
    known = {"base": dict(zip(BASES, BASES, strict=True)), "encoder": ENCODERS, "style": STYLE_MODELS}
    roles = ["base", *(["encoder"] if "encoder" in recipe.weights else []), *(["style"] if scores else [])]
    chosen = {role: _recorded(recipe, role, known[role]) for role in roles}
    for role, name in chosen.items():
        if name == "auto" and role != "style":  # which may be a medium's own, and is known once it has scored
            say_stand_in(recipe, role, "auto", reporter)
    encoder = chosen.get("encoder", chosen["base"])
    return Studio(recipe.method, medium, job, encoder, chosen.get("style", "auto"), recipe.profile)


def recipe_style(
    recipe: Recipe, beside: Path, given: dict[str, Path], medium: Medium[Any, Any, Any], reporter: Reporter
) -> Style[Any]:
    """The style of ``recipe`` as ``medium`` has it: the files themselves, or the copies inside the recipe."""
    exemplars: list[LoadedStyle[Any]] = []
    for style in recipe.styles:
        file = given.get(style.sha256 or "") or recipes.original(style, beside)
        if file is not None:
            exemplars.append(medium.load_style(file))
            continue
        loaded = recipes.unpack_style(style, medium)
        for note in loaded.notes:
            reporter.note(Sentence("{name} is not beside the recipe: {note}", name=style.name, note=note))
        exemplars.append(loaded)
    return style_of(exemplars, tuple(style.weight for style in recipe.styles), recipe.prompt)


def linked_beside(recipe: Path) -> dict[str, Path]:
    """SHA-256 -> file or folder, for the links in ``inputs/`` beside ``recipe``, or one folder up; those that are lost,
    or that the study did not begin with, are left out, and all where it is not the person's own, or trusted."""
    for folder in (recipe.absolute().parent, recipe.absolute().parent.parent):
        found = sorted((folder / FOLDER).glob(f"*{LINK}"))[: links.MOST_INPUTS]
        try:
            if found:
                with explain_errors():
                    study = Handle.find(folder.parent, folder.name)
                    trust.require(study, None)
                    return dict(filter(None, (_followed(study, file) for file in found)))
        except AutostyleError:
            return {}
    return {}


def _followed(study: Handle, file: Path) -> tuple[str, Path] | None:
    try:
        return links.read(file).sha256, study.input(file.relative_to(study.folder))
    except AutostyleError:
        return None


def recipe_order(recipe: Recipe, style: Style[Any], size: int, aids: Aids) -> Order:
    params = recipe.parsed()
    spec = registry.find_built(recipe.method)
    named = {recipe.final_size: recipe.final_path, recipe.size: recipe.path}.get(size)
    path = path_nearby(spec, params, recipe.path) if named is None else named
    return Order(style, params, recipe.seed, size, aids, path)


def look_through(recipe: Recipe, aids: Aids) -> None:
    """Raises BadInput where weights that ``recipe`` would be painted with are of another kind or damaged, Refused
    where it imitates a voice and says of no consent."""
    if imitates([recipe.method]) and not recipe.consent:
        raise Refused(
            "this recipe imitates a voice, and does not say that its owner agreed: {voices}",
            "`autostyle tune CONTENT STYLE --consent` makes one that does",
            voices=", ".join(style.name for style in recipe.styles),
        )
    base = _recorded(recipe, "base", dict(zip(BASES, BASES, strict=True)))
    refuse_unfit(recipe.method, recipe.params, aids, base=base)


def say_stand_in(recipe: Recipe, role: str, now: str, reporter: Reporter) -> None:
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
