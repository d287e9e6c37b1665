"""The networks of a base model as its files describe them: family, inputs, and every layer that a LoRA can act on.

Importing this module imports no torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from autostyle.diffusion import headers, kinds
from autostyle.diffusion.families import FamilyName
from autostyle.diffusion.headers import Header, TensorShape
from autostyle.diffusion.names import from_ldm
from autostyle.errors import BadInput, Missing
from autostyle.sentences import Sentence

TEXT = ("text_encoder", "text_encoder_2")
WANTED = "a whole text-to-image model: Stable Diffusion XL, 1.5 or 2.1, or one trained further from these"
_OPEN_CLIP = {"attn.out_proj": "self_attn.out_proj", "mlp.c_fc": "mlp.fc1", "mlp.c_proj": "mlp.fc2"}


@dataclass(frozen=True)
class Base:
    """One base model.

    Args:
        family: which.
        context: width of the words that its UNet listens to.
        widths: of its blocks; empty where only its configuration would say them.
        layers: ``PART.NAME`` -> shape of the weight, of every matrix and convolution of ``unet``, ``text_encoder`` and
            ``text_encoder_2``, by diffusers' names without ``text_model``.
    """

    family: FamilyName
    context: int
    widths: tuple[int, ...]
    layers: Mapping[str, TensorShape]


def base_of(path: Path) -> Base:
    """The base model in a folder or a single file.

    Raises:
        BadInput: it is none that paints from words and a picture alone.
        Missing: it cannot be read.
    """
    return _of_folder(path) if path.is_dir() else _of_file(headers.read(path))


def refused(path: Path, what: str, wanted: str = WANTED) -> BadInput:
    """The error for weights of the wrong kind."""
    hint = Sentence("wanted: {what}", what=wanted)
    if what.startswith("a LoRA"):
        hint = Sentence("wanted: {what}; a LoRA is for style_lora: -p lora=FILE", what=wanted)
    return BadInput("{path} is of the wrong kind: {what}", hint, path=path, what=what)


def _of_folder(folder: Path) -> Base:
    parts = headers.config(folder / "model_index.json")
    if not parts:
        if alone := kinds.model_class(headers.config(folder / "config.json")):
            raise refused(folder, Sentence("the part {what} alone", what=headers.shown(alone)))
        raise Missing(
            "{folder} is no diffusers folder: it has no model_index.json",
            "give the folder that holds it",
            folder=folder,
        )
    name = str(parts.get("_class_name", ""))
    said = headers.config(folder / "unet" / "config.json")
    if kinds.model_class(said) != "UNet2DConditionModel":
        raise refused(folder, Sentence("a model of the kind {what}", what=headers.shown(name)))
    if said.get("in_channels") != kinds.LATENT:
        raise refused(folder, kinds.task(said.get("in_channels")))
    if said.get("class_embed_type") or said.get("num_class_embeds"):
        raise refused(folder, Sentence("a model of the kind {what}", what=headers.shown(name)))
    family: FamilyName = "sdxl" if said.get("addition_embed_type") == "text_time" else "sd15"
    if family == "sd15" and said.get("use_linear_projection"):
        family = "sd21"
    needed = ("tokenizer", "text_encoder", "vae", "unet", *(("tokenizer_2", TEXT[1]) if family == "sdxl" else ()))
    if lacking := [part for part in needed if not _has(parts, part)]:
        refines = family == "sdxl" and TEXT[0] in lacking and TEXT[1] not in lacking
        raise refused(
            folder,
            Sentence("the refiner of {model}", model=kinds.TITLES[family])
            if refines
            else Sentence("without {names}", names=", ".join(lacking)),
        )
    for part in ("unet", "vae", TEXT[0]):
        if not headers.files(folder / part):
            raise Missing(
                "{folder} has no .safetensors file in {part}",
                "fetch it again, or give another folder",
                folder=folder,
                part=part,
            )
    layers: dict[str, TensorShape] = {}
    for part in ("unet", *(text for text in TEXT if _has(parts, text))):
        layers |= _named(part, headers.read(folder / part).shapes)
    width, widths = said.get("cross_attention_dim"), said.get("block_out_channels")
    return Base(
        family, width if isinstance(width, int) else 0, tuple(widths) if isinstance(widths, list) else (), layers
    )


def _has(parts: Mapping[str, object], part: str) -> bool:
    said = parts.get(part)
    return isinstance(said, list) and bool(said) and said[0] is not None


def _of_file(header: Header) -> Base:
    what, family = kinds.of(header), kinds.family(header.shapes)
    if what != f"a {kinds.TITLES[family]} model":
        raise refused(header.path, what)
    if not any(name.startswith("first_stage_model.") for name in header.shapes):
        raise refused(header.path, Sentence("{what} without its VAE", what=what))
    inside = header.under("model.diffusion_model.")
    if family != "sdxl" and any(name.startswith("label_emb.") for name in inside):
        raise refused(header.path, Sentence("a model that varies pictures (unCLIP)"))
    layers = {f"unet.{ours}": shape for name, shape in _weights(inside) if (ours := from_ldm(name))}
    layers = {name.removesuffix(".weight"): shape for name, shape in layers.items()}
    clip, open_clip = {
        "sd15": ("cond_stage_model.transformer.", ""),
        "sd21": ("", "cond_stage_model.model."),
        "sdxl": ("conditioner.embedders.0.transformer.", "conditioner.embedders.1.model."),
    }[family]
    if clip:
        layers |= _named(TEXT[0], header.under(clip))
    if open_clip:
        layers |= _of_open_clip(TEXT[1 if clip else 0], header.under(open_clip))
    return Base(family, kinds.context(inside) or 0, (), layers)


def _weights(shapes: Mapping[str, TensorShape]) -> Iterator[tuple[str, TensorShape]]:
    return ((name, shape) for name, shape in shapes.items() if name.endswith(".weight") and len(shape) in (2, 4))


def _named(part: str, shapes: Mapping[str, TensorShape]) -> dict[str, TensorShape]:
    return {f"{part}.{plain(name).removesuffix('.weight')}": shape for name, shape in _weights(shapes)}


def plain(name: str) -> str:
    """The name of a layer of a text encoder in every release of transformers."""
    return name.removeprefix("text_model.")


def _of_open_clip(part: str, shapes: Mapping[str, TensorShape]) -> dict[str, TensorShape]:
    """The layers of a text encoder under open_clip's names, where queries, keys and values are one matrix."""
    found: dict[str, TensorShape] = {}
    if "text_projection" in shapes:
        found[f"{part}.text_projection"] = shapes["text_projection"]
    for name, shape in shapes.items():
        match = re.fullmatch(r"transformer\.resblocks\.(\d+)\.(attn\.in_proj_weight|(.+)\.weight)", name)
        if match is None or len(shape) != 2:
            continue
        layer = f"{part}.encoder.layers.{match[1]}"
        if match[3] is None:
            found |= {f"{layer}.self_attn.{one}_proj": (shape[0] // 3, shape[1]) for one in "qkv"}
        elif match[3] in _OPEN_CLIP:
            found[f"{layer}.{_OPEN_CLIP[match[3]]}"] = shape
    return found
