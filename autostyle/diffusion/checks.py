"""Whether weights are of the kind that their place needs, from their headers and configuration files alone.

Everything that is loaded comes by here first, a study before it begins, and ``autostyle weights use`` before it takes a
file. Importing this module imports no torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autostyle.diffusion import headers, kinds, lora_layout, networks
from autostyle.diffusion.families import ENCODER, ESTIMATOR, FAMILIES, Family
from autostyle.diffusion.networks import Base, refused
from autostyle.errors import BadInput, Missing
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

_PICKLES = {".bin", ".ckpt", ".pt", ".pth"}


def base(path: Path, family: Family) -> Base:
    """The base model at ``path``; raises BadInput where it is none, or one of another family, Missing where it is
    unreadable."""
    refuse_pickles(path)
    found = networks.base_of(path)
    if found.family != family.name:
        raise BadInput(
            "{path} is a model of the family {found}, not {other}",
            "put it under the name {name}",
            path=path,
            found=found.family,
            other=family.name,
            name=found.family,
        )
    return found


def adapter(path: Path, family: Family, encoder: Path | None = None, on: Base | None = None) -> None:
    """Raises BadInput where ``path`` is not the plain IP-Adapter of ``family``, its words are not as wide as those of
    the base model ``on``, or it was made for another image encoder than the one in the folder ``encoder``."""
    refuse_pickles(path)
    wanted = _wanted(
        Sentence("the plain IP-Adapter for {model} and CLIP ViT-H/14, one file", model=kinds.TITLES[family.name]),
        family.adapter,
    )
    if path.is_dir():
        raise refused(path, Sentence("a folder, and an IP-Adapter is one file"), wanted)
    header = headers.read(path)
    what = kinds.of(header)
    if what != "an IP-Adapter":
        raise refused(path, what, wanted)
    _listens(path, what, kinds.context(header.shapes), family, on, wanted)
    sees = header.shapes["image_proj.proj.weight"][-1]
    if encoder is not None:
        says = headers.config(encoder / "config.json").get("projection_dim")
        if says and says != sees:
            made = kinds.ENCODERS.get(sees, Sentence("another one"))
            raise refused(
                path,
                Sentence(
                    "{what} for the image encoder {encoder}: {sees} numbers a picture, not {says}",
                    what=what,
                    encoder=made,
                    sees=sees,
                    says=says,
                ),
                wanted,
            )


def encoder(path: Path) -> None:
    """Raises BadInput where the folder ``path`` is not an image encoder with its projection."""
    _folder(
        path,
        "CLIPVisionModelWithProjection|CLIPModel",
        _wanted(Sentence("a CLIP image encoder with its projection, in a folder"), ENCODER),
    )


def controlnet(path: Path, family: Family, on: Base | None = None) -> None:
    """Raises BadInput where ``path``, a folder or a file, is no ControlNet for ``family`` and the model ``on``."""
    wanted = _wanted(Sentence("a ControlNet for {model}", model=kinds.TITLES[family.name]), family.canny)
    refuse_pickles(path)
    if path.is_dir():
        said = _folder(path, "ControlNetModel", wanted)
        if said.get("conditioning_channels", 3) != 3:
            raise refused(
                path,
                Sentence("a ControlNet that looks at {channels} channels", channels=said["conditioning_channels"]),
                wanted,
            )
        width = said.get("cross_attention_dim")
        _listens(path, "a ControlNet", width if isinstance(width, int) else None, family, on, wanted)
        return
    header = headers.read(path)
    if (what := kinds.of(header)) != "a ControlNet":
        raise refused(path, what, wanted)
    _listens(path, what, kinds.context(header.shapes), family, on, wanted)


def motion(path: Path, on: Base | None = None) -> None:
    """Raises BadInput where the folder ``path`` is not a motion adapter for the base model ``on``."""
    wanted = _wanted(
        Sentence("a motion adapter for {model}, in diffusers' layout", model=kinds.TITLES["sd15"]),
        FAMILIES["sd15"].motion,
    )
    said = _folder(path, "MotionAdapter", wanted)
    if said.get("conv_in_channels"):
        raise refused(
            path,
            Sentence("a motion adapter with {channels} input channels of its own", channels=said["conv_in_channels"]),
            wanted,
        )
    given = said.get("block_out_channels")
    widths = tuple(given) if isinstance(given, list) else ()
    # Of a base model in one file the widths are not known, but the number of blocks is.
    if (on is not None and on.widths and widths != on.widths) or len(widths) != 4:
        raise refused(path, Sentence("a motion adapter for a model with other blocks"), wanted)


def estimator(path: Path) -> None:
    """Raises BadInput where the folder ``path`` does not estimate depth."""
    _folder(
        path, r"\w+ForDepthEstimation", _wanted("a depth estimator that transformers reads, in a folder", ESTIMATOR)
    )


def lora(path: Path, on: Base) -> dict[str, lora_layout.Factors]:
    """The factors of the LoRA ``path``, by the layers of the base model ``on``.

    Raises:
        BadInput: it is no LoRA for that model, or numbers in it are infinite or none.
        Missing: it cannot be read.
    """
    refuse_pickles(path)
    found = lora_layout.resolve(headers.read(path), on.layers, on.family)
    headers.refuse_broken(path)
    return found


def loras(files: Iterable[Path], weights: Weights, id: str) -> None:
    """:func:`lora` of each of ``files``, beside the base model ``id``."""
    if (path := _here(id, weights)) is not None:
        on = base(path, FAMILIES[id])
        for file in files:
            lora(file, on)


def part(id: str, path: Path, weights: Weights) -> None:
    """Check what is, or is to be, the weights ``id`` of the register, beside what else is on this machine.

    Raises:
        BadInput, Missing: it is of another kind, for another base model, or unreadable.
    """
    family = next((one for one in FAMILIES.values() if id.removesuffix("_config").endswith(one.name)), None)
    if id in FAMILIES:
        base(path, FAMILIES[id])
    elif id == ENCODER:
        encoder(path)
    elif id == ESTIMATOR:
        estimator(path)
    elif id.endswith("_config"):
        if not (path / "model_index.json").is_file():
            raise refused(
                path,
                Sentence("no folder of configuration files"),
                Sentence("the folder that has model_index.json in it"),
            )
    elif family is not None:
        on = _here(family.name, weights)
        found = networks.base_of(on) if on is not None else None
        if id == family.adapter:
            adapter(path, family, _here(ENCODER, weights), found)
        elif id == family.motion:
            motion(path, found)
        else:
            controlnet(path, family, found)


def own(id: str, path: Path, weights: Weights) -> None:
    """:func:`part` for a file or folder of the person's own, which is also looked through for broken numbers."""
    part(id, path, weights)
    headers.refuse_broken(path)


def whole(ids: Iterable[str], weights: Weights) -> None:
    """:func:`part` for each of ``ids`` that is on this machine."""
    for id in ids:
        if (path := _here(id, weights)) is not None:
            part(id, path, weights)


def _here(id: str, weights: Weights) -> Path | None:
    try:
        return weights.path(id)
    except Missing:
        return None


def _wanted(what: str, id: str) -> str:
    return Sentence("{what} (autostyle weights get {id})", what=what, id=id)


def _folder(path: Path, kind: str, wanted: str) -> dict[str, Any]:
    """The configuration of the network in a folder; raises BadInput where its class is not of the pattern ``kind``."""
    refuse_pickles(path)
    if not path.is_dir():
        raise refused(path, Sentence("one file, {what}", what=kinds.of(headers.read(path))), wanted)
    said = headers.config(path / "config.json")
    name = kinds.model_class(said)
    if not name and (path / "model_index.json").is_file():
        name = f"{kinds.model_class(headers.config(path / 'model_index.json'))} as a whole"
    if not re.fullmatch(kind, name):
        raise refused(
            path,
            Sentence("a folder with {what}", what=headers.shown(name) or Sentence("no configuration of a network")),
            wanted,
        )
    if not headers.files(path):
        raise Missing("{path} has no .safetensors file", "fetch it again, or give another folder", path=path)
    return said


def _listens(path: Path, what: str, width: int | None, family: Family, on: Base | None, wanted: str) -> None:
    """Raises BadInput where something listens to words of another width than the base model does."""
    other = kinds.CONTEXTS.get(width or 0)
    if width is not None and (width != on.context if on is not None else other not in (None, family.name)):
        whose = kinds.TITLES[other] if other else Sentence("another base model")
        raise refused(
            path,
            Sentence("{what} for {other}, not for {model}", what=what, other=whose, model=kinds.TITLES[family.name]),
            wanted,
        )


def refuse_pickles(path: Path) -> None:
    """Raises BadInput where ``path`` is a pickle, or a folder whose weights are pickles only."""
    files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    pickles = {file for file in files if file.suffix in _PICKLES}
    safe = {file.parent for file in files if file.suffix == ".safetensors"}
    for file in sorted(pickles):
        if file.parent not in safe:
            raise BadInput(
                "{file} is a pickle, which can run any code when it is opened",
                "take the .safetensors edition of the same weights",
                file=file,
            )
