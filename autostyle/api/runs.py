"""One run without a search, and a recipe on other pictures."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

from autostyle import config
from autostyle.api.given import (
    AidFiles,
    ImageLike,
    ImagesLike,
    TemporaryFolder,
    hinted,
    read_said,
    several,
    to_file,
    with_aids,
)
from autostyle.api.results import Result, Results
from autostyle.api.studies import Study
from autostyle.errors import BadInput
from autostyle.jobs import warm
from autostyle.jobs.parent import run
from autostyle.jobs.requests import ApplyRequest
from autostyle.mediums import links, registry
from autostyle.mediums.files import is_still
from autostyle.mediums.sides import SaidSize
from autostyle.methods.params import Value
from autostyle.report import recipe as recipes
from autostyle.report.recipe import Recipe
from autostyle.use_cases import aids as planned_aids
from autostyle.use_cases import batch
from autostyle.use_cases.stylize import StylizeOptions, plan

if TYPE_CHECKING:
    from autostyle.processes.protocol import ProtocolMessage

OnProgress: TypeAlias = Callable[[int, int], None]
"""Called with the steps done and those there are, a few times a second."""
LookSource: TypeAlias = Union[Recipe, Result, Study, str, "os.PathLike[str]"]
"""A recipe, what has one, or its file: a ``recipe.json``, or a PNG that autostyle wrote."""


@hinted()
def stylize(
    content: ImageLike,
    style: ImagesLike = (),
    *,
    method: str = "auto",
    params: Mapping[str, Value] | None = None,
    aids: AidFiles | None = None,
    style_weight: Sequence[float] = (),
    prompt: str | None = None,
    size: SaidSize | None = None,
    encoder: str = "auto",
    seed: int = 0,
    consent: bool = False,
    out: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    on_progress: OnProgress | None = None,
    device: str | None = None,
    offline: bool | None = None,
) -> Result:
    """Stylize one picture or clip with one set of parameters, without a search.

    >>> result = stylize("photo.jpg", "painting.jpg", method="adain", params={"alpha": 0.8}, size=64)
    >>> result
    <Result: adain, style 0.56, content 0.29>
    >>> result.image.shape
    (64, 64, 3)
    >>> sorted(result.scores)
    ['content', 'style']
    >>> result.save("out.png")
    PosixPath('out.png')

    Args:
        content: what to stylize.
        style: one or more style pictures; several are blended.
        method: by name (:func:`autostyle.list_methods`), or ``auto`` for the decision table's.
        params: those that differ from the method's defaults.
        aids: files that the method works with, by name: ``{"lora": "brand.safetensors"}``.
        style_weight: share of each style, in order; equal where none is given.
        prompt: words for methods that take a prompt.
        size: long side in pixels, or ``"own"``: the content's, however long that takes. Where none is given, the
            content's as far as it takes minutes.
        encoder: what gatys sees with: ``embedded``, ``vgg16`` or ``vgg19``; ``auto`` is the largest that is here.
        seed: of everything random, from 0.
        consent: that the person whose voice is imitated agreed to it; no voice is without.
        out: where to write the result: its ending names the format. None keeps a temporary file with the result.
        overwrite: whether ``out`` may be replaced.
        on_progress: called with (done, total) steps.
        device: ``auto``, ``cpu``, ``cuda``, ``cuda:N`` or ``mps``; the settings' where none is given.
        offline: open no socket at all.

    Raises:
        BadInput: a picture, parameter or place that cannot be.
        Missing, NotBuilt: the method cannot run here, or is planned.
        OutOfMemory: try a smaller ``size``.
    """
    settings, folder = _settings(device, offline), TemporaryFolder()
    notes: list[str] = []
    if out is not None and not overwrite and Path(out).expanduser().exists():
        raise BadInput("{path} exists", "overwrite=True replaces it", path=out)
    asked = plan(
        StylizeOptions(
            content=to_file(content, "content", folder),
            style=tuple(to_file(picture, f"style-{n}", folder) for n, picture in enumerate(several(style), 1)),
            method=method,
            params=params or {},
            aids=with_aids(aids),
            style_weight=tuple(style_weight),
            prompt=prompt,
            size=read_said(size),
            encoder=encoder,
            seed=seed,
            consent=consent,
            still=out is not None and is_still(Path(out)),
        )
    )
    place = folder.path / f"result{registry.find(asked.medium).writable[0]}" if out is None else Path(out).expanduser()
    request = asked.request(place, force=overwrite, device=settings.device, offline=settings.offline)
    made = warm.run(request, _heard(on_progress, notes))
    return Result(
        path=Path(made["image"]),
        method=made["method"],
        params=made["params"],
        scores=made["scores"],
        held_out=made["held_out"],
        raw=made["raw"],
        weights=made["weights"],
        seed=made["seed"],
        seconds=made["seconds"],
        notes=(*settings.notes, *notes),
        reason=asked.choice.reason,
        _folder=folder,
    )


@hinted()
def apply(
    recipe: LookSource,
    pictures: ImagesLike,
    *,
    aids: AidFiles | None = None,
    out: str | os.PathLike[str] | None = None,
    size: SaidSize | None = None,
    overwrite: bool = False,
    on_progress: OnProgress | None = None,
    device: str | None = None,
    offline: bool | None = None,
) -> Results:
    """Give other pictures, or clips, the look of a recipe.

    What cannot be made is in ``failed`` of what is returned, and the others are made; where there is one picture alone,
    its error is raised. Into a folder ``out`` the same call again makes only what is missing.

    >>> apply("out.png", ["painting.jpg", "photo.jpg"], out="styled")
    <Results: 2>

    Args:
        recipe: a recipe, a result or a study that has one, or the path of one.
        pictures: one or more; a path may be that of a folder of pictures.
        aids: files instead of the recipe's own, by name.
        out: folder for the results, which keep their names. None keeps temporary files with them.
        size: long side in pixels, or ``"own"``: each content's, however long that takes. Where none is given, each
            content's as far as it takes minutes.
        overwrite, on_progress, device, offline: as for :func:`stylize`.

    Raises:
        BadInput: no recipe, or a place that cannot be.
        Missing, NotBuilt: its method cannot run here.
    """
    settings, folder = _settings(device, offline), TemporaryFolder()
    notes: list[str] = []
    file, study = _file(recipe, folder)
    known = recipes.load(file)
    given = several(pictures)
    paths = [to_file(picture, f"picture-{n}", folder) for n, picture in enumerate(given, 1)]
    found = batch.gather_batch(paths, folder.path / "results" if out is None else Path(out).expanduser(), known.method)
    request = ApplyRequest(
        device=settings.device,
        offline=settings.offline,
        recipe=file.resolve(),
        study=study,
        aids=planned_aids.files(known.method, with_aids(aids)),
        inputs=found.inputs,
        outputs=found.outputs,
        size=read_said(size),
        force=overwrite,
    )
    made = run(request, _heard(on_progress, notes))
    failed = [
        *found.left,
        *((Path(entry["input"]), BadInput(entry["error"], entry["hint"])) for entry in made["failed"]),
    ]
    if failed and len(failed) == len(given) == 1 and not made["images"]:
        raise failed[0][1]
    said = (*settings.notes, *found.notes, *notes)
    images = [
        Result(path=Path(entry["image"]), method=made["method"], params=made["params"], notes=said, _folder=folder)
        for entry in made["images"]
    ]
    return Results(images, failed)


def _settings(device: str | None, offline: bool | None) -> config.Config:
    return config.load({"device": device, "offline": offline})


def _heard(on_progress: OnProgress | None, notes: list[str]) -> Callable[[ProtocolMessage], None]:
    def heard(message: ProtocolMessage) -> None:
        if message["type"] == "note":
            notes.append(message["text"])
        elif on_progress is not None:
            items, steps = message["items"], message["steps"]
            on_progress(message["item"] * steps + message["step"], items * steps)

    return heard


def _file(look: LookSource, folder: TemporaryFolder) -> tuple[Path, Path | None]:
    """The file of a recipe, and the folder of its study where that links to what it is made from; a recipe in memory is
    written, with the styles and aids that are known beside it."""
    from autostyle.atomic import atomic_copy, atomic_write_text

    if isinstance(look, str | os.PathLike):
        from autostyle.use_cases import files

        return files.recipe(Path(look).expanduser()), None
    beside: tuple[Path, ...] = ()
    if isinstance(look, Study):
        if look.best is None:
            raise BadInput("{name} has no complete trial yet", "search first", name=look.name)
        look = look.best
    if isinstance(look, Result):
        beside, look = look._beside, look.recipe
    inputs, study = folder.path / "inputs", None
    for path in beside:
        if links.is_link(path):  # which is followed where it lies, by who knows whether the study is trusted
            study = path.parent.parent.absolute()
        else:
            inputs.mkdir(exist_ok=True)
            atomic_copy(path, inputs / path.name)
    atomic_write_text(folder.path / "recipe.json", look.to_json())
    return folder.path / "recipe.json", study
