"""Write the report of a study: page, Markdown, JSON, table, recipe, plan and manifest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

from autostyle import safe_files
from autostyle.atomic import atomic_write_bytes, atomic_write_text
from autostyle.codecs import icc, png
from autostyle.codecs.recipe import read_recipe, recipe_chunk
from autostyle.errors import BadInput
from autostyle.mediums import links
from autostyle.mediums.files import beside, shown
from autostyle.report import html, markdown, payload, recording
from autostyle.report.manifest import NAME as MANIFEST
from autostyle.report.manifest import manifest
from autostyle.report.pictures import inside
from autostyle.report.provenance import without_secrets
from autostyle.report.table import trials_csv
from autostyle.report.view import build
from autostyle.sentences import reason
from autostyle.tuning.record import StudyRecord
from autostyle.tuning.trial_record import TrialRecord

MOST = 2**31
"""Bytes of a picture or clip that goes along with a report."""


def export(record: StudyRecord, out: Path | None = None, *, overwrite: bool = False) -> dict[str, Any]:
    """Write the report of ``record`` into its folder, or into ``out`` together with the pictures it links to.

    A study that runs, that failed or that has not begun has a report too; it has no recipe before a trial completed.
    The PNGs of the front are given their recipes. Every file is replaced atomically; an older report in the study's own
    folder is overwritten.

    Args:
        overwrite: whether ``out`` may hold something already.

    Returns:
        The object of CONTRACT's ``report --json`` (schema 1).

    Raises:
        BadInput: the folder cannot be written, or holds something.
        Missing: no space left.
    """
    record = without_secrets(record)
    view = build(record)
    folder = record.folder if out is None else out
    own = folder.resolve() == record.folder.resolve()
    if not own and not overwrite and folder.is_dir() and any(folder.iterdir()):
        raise BadInput("{folder} exists and is not empty", "--force writes into it", folder=folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            "{folder} cannot be written: {why}", "choose another folder", folder=folder, why=reason(error)
        ) from error
    safe_files.confine(folder)
    if not own:
        _bring(record, folder)
    texts = {
        "plan.yaml": record.plan.to_yaml(),
        "trials.csv": trials_csv(record),
        "report.json": _json(payload.full(record)),
        "report.md": markdown.page(view),
        "report.html": html.page(view),
    }
    if view.best is not None:
        texts["recipe.json"] = _recipes(record, view.best, folder)
    for name, text in texts.items():
        atomic_write_text(folder / name, text)
    atomic_write_text(folder / MANIFEST, _json(manifest(record, folder)))
    return payload.summary(record, folder / "report.html", base=record.folder)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _linked(record: StudyRecord) -> Iterable[Path | None]:
    """The pictures that report.md and report.html link to."""
    yield from (record.plan.content, *record.plan.styles, record.final_image)
    best = () if record.best is None else (record.best,)
    for trial in map(record.trial, dict.fromkeys((*record.front, *best))):
        yield from (trial.image, trial.full_image)


def _bring(record: StudyRecord, folder: Path) -> None:
    linked = [path for path in _linked(record) if path is not None]
    for path in dict.fromkeys([*linked, *(path for file in linked for path in beside(file))]):
        source = None if links.is_link(path) else inside(record.folder, path)
        if source is not None:
            target = folder / source.relative_to(record.folder.resolve())
            target.parent.mkdir(parents=True, exist_ok=True)
            atomic_write_bytes(target, safe_files.read(source, MOST))


def _recipes(record: StudyRecord, best: TrialRecord, folder: Path) -> str:
    """Put the recipes of the front and of the best into their PNGs in ``folder``; the text of the best's recipe."""
    styles = recording.styles_of(record)
    chosen = recording.of_trial(record, best, styles=styles, final_size=None)
    pictures = [(number, record.trial(number).full_image) for number in record.front]
    pictures.append((best.number, record.final_image))
    for number, path in pictures:
        file = inside(folder, None if path is None else shown(path))
        if file is None or file.suffix.lower() != ".png":
            continue
        size = _size_of(record, path, file)
        finished = path == record.final_image and not record.final_pending
        found = recording.of_trial(record, record.trial(number), styles=styles, final_size=size, finished=finished)
        _stamp(file, found.for_png(recording.medium_of(record)))
        if number == best.number:
            chosen = found
    return chosen.to_json()


def _size_of(record: StudyRecord, path: Path | None, file: Path) -> int | None:
    """The size of the work that the picture ``file`` stands for, as it is counted in its medium: for works that are
    pictures, or are seen in one of their own size, its long side."""
    if record.plan.medium in ("font", "audio", "scene"):
        return record.final_size if path == record.final_image else record.plan.size
    with safe_files.reading(file) as data, Image.open(data) as picture:
        return max(picture.size)


def _stamp(file: Path, data: dict[str, Any]) -> None:
    """Put a recipe into a PNG that autostyle wrote, unless it has just that one; the samples stay as they are."""
    try:
        if read_recipe(file) == data:
            return
    except BadInput:
        pass  # no recipe yet, or one that is no longer readable
    chunks = [png.profile_chunk(icc.srgb()), recipe_chunk(data)]
    atomic_write_bytes(file, png.with_chunks(png.bare(safe_files.read(file, MOST)), chunks))
