"""A recipe: what it takes to make a picture again, or to give another picture the same look.

It travels as ``recipe.json`` and inside every PNG that autostyle writes. A recipe may come from anybody, so it is
small, checked field by field, and gives no picture's path: one is found again by its SHA-256 in the ``inputs/`` folder
beside the recipe. Where the original of a style is not there, the copy inside the recipe serves (WebP, at most 1024 px
in the file and 512 px in a PNG). The content is not embedded: a recipe does not carry a person's photograph away. A
parameter that names a file (``lora``) is kept as it was given.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from PIL import Image
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from autostyle import json_text, safe_files
from autostyle.errors import AutostyleError, BadInput, wrong
from autostyle.fingerprints import sha256
from autostyle.media import Pixels
from autostyle.media.image import webp_thumbnail
from autostyle.media.png import SIGNATURE
from autostyle.media.recipe import MAX_BYTES as PNG_BYTES
from autostyle.media.recipe import read_recipe
from autostyle.methods import registry
from autostyle.methods.params import Params, Value
from autostyle.report.text import one_line

FILE_BYTES = 4 * 2**20
FILE_SIDE = 1024
PROMPT = 4000
"""Characters; no text encoder reads as many."""
PNG_SIDES = ((512, 80), (512, 60), (384, 60), (256, 60), (192, 50))
"""(side, quality) of the styles inside a PNG, the first that fits is taken."""


def _plain_name(name: str) -> str:
    if name != one_line(name) or re.search(r"[/\\]", name) or name.strip(".") == "":
        raise ValueError("a plain file name is needed")
    return name


def _webp(data: str) -> str:
    try:
        raw = base64.b64decode(data, validate=True)
        with Image.open(BytesIO(raw), formats=["WEBP"]) as picture:
            if max(picture.size) > FILE_SIDE:
                raise ValueError(f"the picture is larger than {FILE_SIDE} px")
    except (binascii.Error, OSError, Image.DecompressionBombError) as error:
        raise ValueError("no WebP picture") from error
    return data


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_plain_name)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._@+-]{0,99}$")]
WEIGHTS = r"^[A-Za-z0-9][A-Za-z0-9:._@+(), -]{0,99}$"
WeightsId = Annotated[str, StringConstraints(pattern=WEIGHTS)]
Figures = Annotated[dict[Id, Annotated[float, Field(allow_inf_nan=False)]], Field(max_length=40)]
Side = Annotated[int, Field(ge=1, le=16384)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True)


class Original(_Model):
    """A picture by its file name, for people, and by the SHA-256 of its bytes; None if it was gone."""

    name: Name
    sha256: Sha256 | None = None


class Style(Original):
    """A style picture, its share before normalisation, and a small copy of it in base64."""

    weight: Annotated[float, Field(gt=0, le=1e6)] = 1.0
    webp: Annotated[str, StringConstraints(max_length=FILE_BYTES), AfterValidator(_webp)] | None = None


class Recipe(_Model):
    """What made one picture.

    Args:
        version: of autostyle.
        params: the full parameter set of ``method``.
        size: the long side at which the scores were taken, in pixels.
        final_size: the long side of the picture that carries the recipe.
        weights: ids of the weights by role, as in a study's JSON.
        scores, held_out: what the picture reached at ``size``; empty where it was not scored.
        study, trial: where it comes from.
    """

    schema_version: Literal[1] = Field(default=1, alias="schema")
    version: Id = Field(default_factory=lambda: version("autostyle"))
    method: Id
    params: dict[Id, Value]
    seed: Annotated[int, Field(ge=0, lt=2**64)] = 0
    size: Side
    final_size: Side | None = None
    prompt: Annotated[str, StringConstraints(max_length=PROMPT)] | None = None
    content: Original
    styles: Annotated[tuple[Style, ...], Field(min_length=1, max_length=16)]
    weights: Annotated[dict[Id, WeightsId], Field(max_length=20)] = {}
    scores: Figures = {}
    held_out: Figures = {}
    study: Id | None = None
    trial: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _known(self) -> Recipe:
        try:
            self.parsed()
        except AutostyleError as error:
            raise ValueError(error.message) from error
        return self

    def parsed(self) -> Params:
        """The parameters as the method's own model; raises BadInput or NotBuilt where they do not fit."""
        return registry.params(self.method).parse(dict(self.params))

    def data(self) -> dict[str, Any]:
        """The recipe as JSON data."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def to_json(self) -> str:
        """The text of recipe.json."""
        return json.dumps(self.data(), ensure_ascii=False, allow_nan=False, indent=1) + "\n"

    def for_png(self) -> dict[str, Any]:
        """The recipe as JSON data that fits into a PNG: its styles are made smaller until it does, or left out."""
        for side, quality in PNG_SIDES:
            smaller = tuple(
                style.model_copy(update={"webp": style.webp and _smaller(style.webp, side, quality)})
                for style in self.styles
            )
            data = self.model_copy(update={"styles": smaller}).data()
            if len(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")) <= PNG_BYTES:
                return data
        return self.model_copy(
            update={"styles": tuple(s.model_copy(update={"webp": None}) for s in self.styles)}
        ).data()


def load(path: Path) -> Recipe:
    """Read and check the recipe at ``path``: a recipe.json of at most 4 MiB, or a PNG that autostyle wrote.

    Raises:
        BadInput: no recipe there, too large, or a field that is wrong.
    """
    try:
        with os.fdopen(safe_files.open_file(path, follow=True), "rb") as file:
            is_png = file.read(len(SIGNATURE)) == SIGNATURE
            file.seek(0)
            text = b"" if is_png else file.read(FILE_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be read: {error.strerror}", "give a recipe.json, or a PNG autostyle wrote"
        ) from error
    if len(text) > FILE_BYTES:
        raise BadInput(f"{path} is too large for a recipe", f"recipes are at most {FILE_BYTES // 2**20} MiB")
    return parse(read_recipe(path) if is_png else text, str(path))


def parse(data: bytes | dict[str, Any], name: str = "this recipe") -> Recipe:
    """Check ``data`` (JSON, or read from it) as a recipe; raises BadInput with the field that is wrong."""
    try:
        found = data if isinstance(data, dict) else json_text.loads(data)
        return Recipe.model_validate(found)
    except ValidationError as error:
        raise BadInput(
            f"{name} is no valid recipe: {one_line(wrong(error), 280)}", "give a recipe that autostyle wrote"
        ) from error
    except ValueError as error:
        raise BadInput(f"{name} is no recipe: no JSON", "give a recipe.json, or a PNG autostyle wrote") from error


def original(picture: Original, recipe: Path) -> Path | None:
    """The file in ``inputs/`` beside ``recipe`` (or one folder up, for a PNG of ``front/``) with these very bytes."""
    if picture.sha256 is None:
        return None
    for folder in (recipe.parent / "inputs", recipe.parent.parent / "inputs"):
        for file in sorted(folder.glob("*"))[:64]:
            if file.is_file() and not file.is_symlink() and not folder.is_symlink() and sha256(file) == picture.sha256:
                return file
    return None


def check_styles(recipe: Recipe, file: Path) -> None:
    """Raises BadInput where a style of ``recipe`` is neither beside ``file`` nor inside it."""
    for style in recipe.styles:
        if style.webp is None and original(style, file) is None:
            copied(style)


def copied(picture: Style) -> tuple[Pixels, str]:
    """The small copy of a style picture inside a recipe, shape (H, W, 3), 0..1, and a note that it is one.

    Raises:
        BadInput: there is none.
    """
    if picture.webp is None:
        raise BadInput(
            f"the style picture {picture.name} is neither in this recipe nor beside it",
            "use the study's recipe.json, or put the picture into a folder inputs/ beside the recipe",
        )
    pixels = _pixels(picture.webp)
    return pixels, f"{picture.name} is not beside the recipe: its {max(pixels.shape[:2])} px copy is used"


def _pixels(webp: str) -> Pixels:
    try:
        with Image.open(BytesIO(base64.b64decode(webp)), formats=["WEBP"]) as picture:
            return np.asarray(picture.convert("RGB"), dtype=np.float32) / np.float32(255)
    except (OSError, ValueError) as error:
        raise BadInput("the style picture inside this recipe is damaged", "use the study's recipe.json") from error


@lru_cache(maxsize=64)
def _smaller(webp: str, side: int, quality: int) -> str:
    """``webp`` at most ``side`` pixels large; the recipes of a study's front all ask for the same."""
    return base64.b64encode(webp_thumbnail(_pixels(webp), side, quality)).decode("ascii")
