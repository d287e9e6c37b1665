"""From a training whose settings are to be searched to a search of its short form; and from that back to settings."""

from __future__ import annotations

import filecmp
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from platformdirs import user_cache_path

from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image, resize, save_image
from autostyle.errors import BadInput
from autostyle.filenames import as_spelled_on_disk
from autostyle.fingerprints import sha256
from autostyle.mediums.image.spec import SCALE
from autostyle.methods.fast_training.spec import PHOTOS, SPEC
from autostyle.named_styles import NAMED_STYLES
from autostyle.report import recipe as recipes
from autostyle.use_cases import files
from autostyle.use_cases.tune import TuneOptions

TRIALS = 12
"""Of a search where nobody says otherwise: each is a training."""
SHOWN, SIDE = (4, 2), 256
"""Photographs that judge, where there are twice as many, and the sides of their squares in pixels."""
SHEET = {1: "one", 2: "two", 4: "four"}
"""What the method calls a sheet of so many."""
SEARCHED = ("style_weight", "rate", "content_layer", "style_layers", "variation")
MOST = 64
"""Photographs that a trial learns on: more than it has steps for."""


def search(asked: TuneOptions, photos: Sequence[Path]) -> TuneOptions:
    """The search for how to train a fast net on the style of ``asked``: no content is named, what is named are styles.

    Some of the photographs are kept out: the content is a sheet of their middles, which a net that learnt on the others
    paints in each trial. The style picture is none of either, wherever it lies.

    Raises:
        BadInput: not one style picture, or too few photographs.
    """
    named = (*(() if asked.content is None else (asked.content,)), *asked.style)
    if not named and asked.study is not None:
        return asked  # it goes on
    if len(named) != 1:
        raise BadInput("{n} style pictures: a search of a training takes one", "what it finds serves any", n=len(named))
    if asked.method not in (None, "auto", SPEC.name):
        raise BadInput("--train and --method do not go together", "leave one out")
    style = files.style(named[0])
    files.only([style], ("image",))
    given = files.expand_folders(photos, ("image",))
    files.only(given, ("image",))
    pictures = sorted(set(given)) or [one.path for one in NAMED_STYLES]
    learnt = [path for path in pictures if not (style.is_file() and filecmp.cmp(path, style, shallow=False))]
    if len(learnt) < 2:
        raise BadInput("one photograph cannot be learnt on and kept out", "give more: --photos names a folder")
    count = next((some for some in SHOWN if len(learnt) >= 2 * some), 1)
    kept = [learnt[at * len(learnt) // count] for at in range(count)]
    rest = [path for path in learnt if path not in kept]
    aids = {PHOTOS: tuple(str(path.absolute()) for path in rest[:: -(-len(rest) // MOST)])}
    return replace(
        asked,
        content=_sheet(kept),
        style=(style,),
        method=SPEC.name,
        aids={**aids, **asked.aids},
        params={"sheet": SHEET[count], **asked.params},
        final_size=asked.final_size or asked.size or SCALE.search,  # a render at another size is a training once more
        trials=asked.trials if asked.trials is not None or asked.minutes is not None else TRIALS,
    )


def _sheet(paths: Sequence[Path]) -> Path:
    """The middles of one, two or four pictures as one, in a file that the same pictures share. It is called as the
    study of a training is to be, which is named after its content and its style."""
    squares = [_square(load_image(path).on_white) for path in paths]
    rows = [np.concatenate(squares[at : at + 2], axis=1) for at in range(0, len(squares), 2)]
    marks = hashlib.sha256("".join(map(sha256, paths)).encode()).hexdigest()[:12]
    place = user_cache_path("autostyle") / "kept-out" / marks / "training.png"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        save_image(place, np.concatenate(rows, axis=0), overwrite=True)
    return place


def _square(pixels: Pixels) -> Pixels:
    side = min(pixels.shape[:2])
    top, left = ((whole - side) // 2 for whole in pixels.shape[:2])
    return resize(pixels[top : top + side, left : left + side], SIDE)


def found(study: str, home: Path) -> dict[str, Any]:
    """The settings of a training that the study's recommended trial was made with.

    Raises:
        BadInput: there is no such study, no trial of it is done, or it searched something else.
    """
    place = as_spelled_on_disk(home / study / "recipe.json")
    if not place.is_file():
        raise BadInput(
            "study {study} has found nothing yet", "autostyle tune --train fast STYLE makes one", study=study
        )
    recipe = recipes.load(place)
    if recipe.method != SPEC.name:
        raise BadInput(
            "study {study} did not search a training", "autostyle tune --train fast STYLE makes one", study=study
        )
    return {name: value for name, value in recipe.params.items() if name in SEARCHED}
