"""A recipe: what it takes to make a picture again, or to give another picture the same look.

It travels as ``recipe.json`` and inside every PNG that autostyle writes. A recipe may come from anybody, so it is
small, checked field by field, and gives no picture's path: one is found again by its SHA-256 in the ``inputs/`` folder
beside the recipe. Where the original of a style is not there, the copy inside the recipe serves (WebP, at most 1024 px
in the file and 512 px in a PNG). The content is not embedded: a recipe does not carry a person's photograph away. Nor
are aids: they are looked for as pictures are, else a person names them.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from PIL import Image
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from autostyle import formats, json_text, safe_files
from autostyle.codecs.png import SIGNATURE
from autostyle.codecs.recipe import MAX_BYTES as PNG_BYTES
from autostyle.codecs.recipe import read_recipe
from autostyle.errors import AutostyleError, BadInput, wrong
from autostyle.fingerprints import digest
from autostyle.mediums import registry as mediums
from autostyle.mediums.contract import LoadedStyle, Medium
from autostyle.mediums.links import MOST_INPUTS
from autostyle.methods import registry
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.params import Params, Value
from autostyle.report.text import one_line
from autostyle.scoring.scores import ProfileName
from autostyle.sentences import Sentence, reason

FILE_BYTES = 4 * 2**20
FILE_SIDE = 1024
NOTHING: Mapping[str, Path] = {}
PROMPT = 4000
"""Characters; no text encoder reads as many."""


def _plain_name(name: str) -> str:
    if name != one_line(name) or re.search(r"[/\\]", name) or name.strip(".") == "":
        raise ValueError(Sentence("a plain file name is needed"))
    return name


def _webp(data: str) -> str:
    try:
        raw = base64.b64decode(data, validate=True)
        with Image.open(BytesIO(raw), formats=["WEBP"]) as picture:
            if max(picture.size) > FILE_SIDE:
                raise ValueError(Sentence("the picture is larger than {side} px", side=FILE_SIDE))
    except (binascii.Error, OSError, Image.DecompressionBombError) as error:
        raise ValueError(Sentence("no WebP picture")) from error
    return data


def _base64(data: str) -> str:
    try:
        base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise ValueError(Sentence("no base64")) from error
    return data


Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_plain_name)]
RecipeId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._@+-]{0,99}$")]
WEIGHTS = r"^[A-Za-z0-9][A-Za-z0-9:._@+(), -]{0,99}$"
WeightsId = Annotated[str, StringConstraints(pattern=WEIGHTS)]
Figures = Annotated[dict[RecipeId, Annotated[float, Field(allow_inf_nan=False)]], Field(max_length=40)]
RecipeSize = Annotated[int, Field(ge=1)]


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, validate_by_alias=True, defer_build=True
    )


class Original(_Model):
    """A picture by its file name, for people, and by the SHA-256 of its bytes; None if it was gone."""

    name: FileName
    sha256: Sha256 | None = None


def _aid(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,63}", name):
        raise ValueError(Sentence("no name of an aid"))
    return name


AidName = Annotated[str, AfterValidator(_aid)]


class RecipeStyle(Original):
    """A style by its file, its share before normalisation, and a small copy of it in base64: ``webp`` of a picture,
    ``copy`` of any other medium, as that medium packs its styles."""

    weight: Annotated[float, Field(gt=0, le=1e6)] = 1.0
    webp: Annotated[str, StringConstraints(max_length=FILE_BYTES), AfterValidator(_webp)] | None = None
    packed: Annotated[str, StringConstraints(max_length=FILE_BYTES), AfterValidator(_base64)] | None = Field(
        default=None, alias="copy"
    )

    @property
    def copied(self) -> bytes | None:
        """The small copy."""
        data = self.webp or self.packed
        return None if data is None else base64.b64decode(data)

    def carrying(self, data: bytes | None) -> RecipeStyle:
        """This style with ``data`` as its copy, or without one."""
        text = None if data is None else base64.b64encode(data).decode("ascii")
        picture = data is not None and formats.of(data) is formats.WEBP
        return self.model_copy(update={"webp": text if picture else None, "packed": None if picture else text})


RecipePath = Annotated[tuple[Annotated[float, Field(allow_inf_nan=False)], ...], Field(max_length=100)]
"""Values of a method's ratio, ascending."""


class Recipe(_Model):
    """What made one picture.

    Args:
        version: of autostyle.
        params: the full parameter set of ``method``.
        path: values of the method's ratio that were painted before, ascending: the run went on from there.
        size: at which the scores were taken, in the unit of the medium's scale: a picture's long side in pixels.
        final_size: of the result that carries the recipe.
        final_path: values that were painted before at ``final_size``, where that is another size; None: as is due now.
        aids: the files that ``method`` works with, by the names it gives them.
        weights: ids of the weights by role, as in a study's JSON.
        profile: of the scorer that its scores are of; None: what works of ``method`` are judged by.
        scores, held_out: what the picture reached at ``size``; empty where it was not scored.
        consent: that it was said that the person whose voice is imitated agreed to it; None where none is.
        study, trial: where it comes from.
    """

    schema_version: Literal[1] = Field(default=1, alias="schema")
    version: RecipeId = Field(default_factory=lambda: version("autostyle"))
    method: RecipeId
    params: dict[RecipeId, Value]
    path: RecipePath = ()
    seed: Annotated[int, Field(ge=0, lt=2**64)] = 0
    size: RecipeSize
    final_size: RecipeSize | None = None
    final_path: RecipePath | None = None
    prompt: Annotated[str, StringConstraints(max_length=PROMPT)] | None = None
    content: Original
    styles: Annotated[tuple[RecipeStyle, ...], Field(min_length=1, max_length=16)]
    aids: Annotated[dict[AidName, Annotated[tuple[Original, ...], Field(max_length=64)]], Field(max_length=16)] = {}
    weights: Annotated[dict[RecipeId, WeightsId], Field(max_length=20)] = {}
    profile: ProfileName | None = None
    consent: bool | None = None
    scores: Figures = {}
    held_out: Figures = {}
    study: RecipeId | None = None
    trial: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _known(self) -> Recipe:
        try:
            self._ascends(self.parsed())
            scale = mediums.scale(registry.find(self.method).medium)
            for size in filter(None, (self.size, self.final_size)):
                scale.check(max(size, scale.low), scale.final)
        except AutostyleError as error:
            raise ValueError(error.message) from error
        return self

    def _ascends(self, params: Params) -> None:
        ratio = registry.find_built(self.method).ratio
        for path in (self.path, self.final_path or ()):
            values = [getattr(registry.params(self.method).parse({**self.params, ratio: v}), ratio) for v in path]
            if any(one >= other for one, other in pairwise([*values, getattr(params, ratio)] if values else [])):
                raise ValueError(Sentence("a path ascends to the value that was painted last"))

    def parsed(self) -> Params:
        """The parameters as the method's own model; raises BadInput or NotBuilt where they do not fit."""
        return registry.params(self.method).parse(dict(self.params))

    def data(self) -> dict[str, Any]:
        """The recipe as JSON data."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    def to_json(self) -> str:
        """The text of recipe.json."""
        return json.dumps(self.data(), ensure_ascii=False, allow_nan=False, indent=1) + "\n"

    def for_png(self, medium: Medium[Any, Any, Any]) -> dict[str, Any]:
        """The recipe as JSON data that fits into a PNG: ``medium`` makes its styles smaller, as far as is needed, and
        those that cannot be so small are left out."""
        bare = self.model_copy(update={"styles": tuple(style.carrying(None) for style in self.styles)})
        text = json.dumps(bare.data(), ensure_ascii=False, separators=(",", ":"))
        room = (PNG_BYTES - len(text.encode("utf-8", "replace"))) // len(self.styles) - len('"webp":"",')
        most = room * 3 // 4 // _STEP * _STEP
        smaller = (style.carrying(style.copied and _smaller(medium, style.copied, most)) for style in self.styles)
        return self.model_copy(update={"styles": tuple(smaller)}).data()


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
            "{path} cannot be read: {why}", "give a recipe.json, or a PNG autostyle wrote", path=path, why=reason(error)
        ) from error
    if len(text) > FILE_BYTES:
        raise BadInput(
            "{path} is too large for a recipe",
            "recipes are at most {most} MiB",
            path=path,
            most=FILE_BYTES // 2**20,
        )
    return parse(read_recipe(path) if is_png else text, str(path))


def parse(data: bytes | dict[str, Any], name: str = "this recipe") -> Recipe:
    """Check ``data`` (JSON, or read from it) as a recipe; raises BadInput with the field that is wrong."""
    try:
        found = data if isinstance(data, dict) else json_text.loads(data)
        return Recipe.model_validate(found)
    except ValidationError as error:
        raise BadInput(
            "{name} is no valid recipe: {error}",
            "give a recipe that autostyle wrote",
            name=name,
            error=one_line(wrong(error), 280),
        ) from error
    except ValueError as error:
        raise BadInput(
            "{name} is no recipe: no JSON", "give a recipe.json, or a PNG autostyle wrote", name=name
        ) from error


def original(picture: Original, recipe: Path) -> Path | None:
    """The file with these very bytes: one in ``inputs/`` beside ``recipe`` (or one folder up, for a PNG of ``front/``),
    else that of its name beside ``recipe``."""
    if picture.sha256 is None:
        return None
    for folder in (recipe.parent / "inputs", recipe.parent.parent / "inputs"):
        for file in () if folder.is_symlink() else sorted(folder.glob("*"))[:MOST_INPUTS]:
            if _is(picture, file):
                return file
    beside = recipe.with_name(picture.name)  # there may be any number of others
    return beside if _is(picture, beside) else None


def _is(picture: Original, file: Path) -> bool:
    try:
        return file.is_file() and not file.is_symlink() and digest(file) == picture.sha256
    except OSError:  # not everybody's to read
        return False


def aids(
    recipe: Recipe, file: Path, given: Aids = NONE, known: Mapping[str, Path] = NOTHING
) -> dict[str, tuple[Path, ...]]:
    """The files of the aids of ``recipe``: those ``given`` under a name, else what lies in ``inputs/`` beside ``file``,
    else what is ``known`` by its SHA-256.

    Raises:
        BadInput: one is neither given nor there, or the method knows none of that name.
    """
    declared = {aid.name: aid for aid in registry.find_built(recipe.method).aids}
    if undeclared := {*recipe.aids, *given} - declared.keys():
        raise BadInput(
            "unknown aid {name!r}",
            "aids of {method}: {what}",
            name=sorted(undeclared)[0],
            method=recipe.method,
            what=", ".join(declared) or "none",
        )
    found = dict(given)
    for name, originals in recipe.aids.items():
        if name not in found:
            found[name] = tuple(_found(name, one, file, known) for one in originals)
    registry.complete(recipe.method, recipe.params, found)
    return found


def describe_replaced(recipe: Recipe, aids: Aids) -> Iterator[str]:
    """A line for each name under which ``aids`` has other files than ``recipe`` was made with."""
    for name, files in aids.items():
        if [digest(file) for file in files] != [one.sha256 for one in recipe.aids.get(name, ())]:
            yield Sentence("{aid} is another file than this recipe was made with", aid=name)


def describe_foreign(recipe: Recipe, content: Path, given: Aids) -> Iterator[str]:
    """A line for each aid that was made for the recipe's content and is used on ``content``, which is another, without
    having been ``given`` for it."""
    if recipe.content.sha256 == digest(content):
        return
    for aid in registry.find_built(recipe.method).aids:
        if aid.of_content and aid.name in recipe.aids and aid.name not in given:
            yield Sentence(
                "{aid} was made for {name} and is laid over this as it is: --with {aid}=FILE takes another",
                aid=aid.name,
                name=recipe.content.name,
            )


def _found(name: str, one: Original, recipe: Path, known: Mapping[str, Path]) -> Path:
    found = original(one, recipe) or known.get(one.sha256 or "")
    if found is None:
        raise BadInput(
            "{aid} ({name}) is not beside this recipe", "name the file: --with {aid}=FILE", aid=name, name=one.name
        )
    return found


def check_styles(recipe: Recipe, file: Path) -> None:
    """Raises BadInput where a style of ``recipe`` is neither beside ``file`` nor inside it."""
    for style in recipe.styles:
        if style.copied is None and original(style, file) is None:
            raise _lost(style)


def unpack_style(style: RecipeStyle, medium: Medium[Any, Any, Any]) -> LoadedStyle[Any]:
    """The small copy of a style inside a recipe; raises BadInput where there is none."""
    if style.copied is None:
        raise _lost(style)
    return medium.unpack_style(style.copied)


def _lost(style: RecipeStyle) -> BadInput:
    return BadInput(
        "the style picture {name} is neither in this recipe nor beside it",
        "use the study's recipe.json, or put the picture beside the recipe",
        name=style.name,
    )


_STEP = 512
"""Bytes; recipes of one front, which differ by a few, ask for the same copies."""


@lru_cache(maxsize=64)
def _smaller(medium: Medium[Any, Any, Any], data: bytes, most: int) -> bytes | None:
    return medium.pack_style(medium.unpack_style(data), most)
