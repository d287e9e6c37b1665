"""Which layer of a base model each tensor of a LoRA file belongs to, in every layout that people share.

    kohya       lora_unet_down_blocks_0_..._to_q.lora_down.weight, .lora_up.weight, .alpha, .dora_scale; lora_te_...
    diffusers   unet.down_blocks.0. ... .to_q.lora_A.weight, .lora_B.weight; older: .lora.down, .processor.to_q_lora.up
    peft        base_model.model.down_blocks.0. ... .to_q.lora_A.weight, its numbers in adapter_config.json; or bare

Nothing is left out in silence: what fits no layer, and what is no plain LoRA, is refused with its name. Importing this
module imports no torch.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autostyle import json_text
from autostyle.diffusion import headers, kinds
from autostyle.diffusion.families import FamilyName
from autostyle.diffusion.headers import Header, TensorShape
from autostyle.diffusion.names import unet_name
from autostyle.diffusion.networks import TEXT, plain, refused
from autostyle.errors import BadInput
from autostyle.sentences import Sentence

_SIDE = re.compile(
    r"(?P<layer>.+?)(?:\.(?:processor\.)?(?P<old>to_(?:q|k|v|out))_lora|\.lora_linear_layer|\.lora)?"
    r"[._](?:lora_)?(?P<side>down|up|A|B)(?:\.\w+)?\.weight"
)
_DORA = re.compile(r"(?P<layer>.+)\.(?:dora_scale|lora_magnitude_vector(?:\.\w+)*)")
_STRANGE = {
    "hada_": Sentence("a LoHa, whose factors are multiplied element by element"),
    "lokr_": Sentence("a LoKr, a Kronecker product"),
    "lora_mid": Sentence("a LoCon in Tucker form, of three factors"),
    "oft_": Sentence("an OFT, which rotates and does not add"),
    "glora": Sentence("a GLoRA"),
    ".diff": Sentence("the difference of whole layers"),
    "lora_embedding_": Sentence("a LoRA that also changes the words themselves"),
}
"""What is kept like a LoRA and is none that can be applied here."""
PLAIN = Sentence("take its plain LoRA edition, or train one")
_PREFIXES = ("base_model.model.", "model.diffusion_model.", "diffusion_model.")
_PARTS = {"lora_unet_": "unet", "lora_te_": TEXT[0], "lora_te1_": TEXT[0], "lora_te2_": TEXT[1]} | {
    f"{part}.": part for part in ("unet", *TEXT)
}


@dataclass
class Factors:
    """The tensors of one layer, by their names in the file.

    Args:
        scale: what the product is multiplied by.
    """

    down: str = ""
    up: str = ""
    alpha: str = ""
    magnitude: str = ""
    scale: float = 1.0


def resolve(header: Header, layers: Mapping[str, TensorShape], family: FamilyName) -> dict[str, Factors]:
    """The layers of a base model of ``family`` that the LoRA in ``header`` acts on, with its factors for each.

    Args:
        layers: ``PART.NAME`` -> shape, as of autostyle.diffusion.networks.Base.

    Raises:
        BadInput: it is no LoRA, one for another model, or of a kind that cannot be applied here.
    """
    path, title = header.path, kinds.TITLES[family]
    wanted = Sentence("a LoRA trained on {model}", model=title)
    taken, strange = _taken_apart(header)
    if strange and (why := next((words for mark, words in _STRANGE.items() if mark in strange), "")):
        raise BadInput("{path} cannot be applied: it is {what}", PLAIN, path=path, what=why)
    if not taken:
        raise refused(path, kinds.of(header), wanted)
    index = _index(layers)
    found: dict[str, Factors] = {}
    for name, factors in taken.items():
        layer = _layer(name, index)
        if layer is not None and _fits(factors, header.shapes, layers[layer]):
            found[layer] = factors
    if len(found) < len(taken):
        how_many = (
            Sentence("only {some} of its {all} layers fit", some=len(found), all=len(taken))
            if found
            else Sentence("none of its layers fits")
        )
        raise BadInput(
            "{path} does not fit {title}: it is {what}, and {how}",
            "wanted: {wanted}; a plan may name another base model (encoder: sd15)",
            path=path,
            title=title,
            what=kinds.of(header),
            how=how_many,
            wanted=wanted,
        )
    if strange:
        raise BadInput(
            "{path} cannot be applied: it has a part that is no LoRA, {name}",
            PLAIN,
            path=path,
            name=headers.shown(strange),
        )
    _scaled(header, found, layers)
    return found


def _taken_apart(header: Header) -> tuple[dict[str, Factors], str]:
    """Name of a layer as the file has it -> its factors; and the first tensor that belongs to none."""
    found: dict[str, Factors] = {}
    strange = ""
    for name in header.shapes:
        if match := _SIDE.fullmatch(name):
            layer = f"{match['layer']}.{match['old']}" if match["old"] else match["layer"]
            side = "down" if match["side"] in ("down", "A") else "up"
            setattr(found.setdefault(layer, Factors()), side, name)
        elif name.endswith(".alpha"):
            found.setdefault(name.removesuffix(".alpha"), Factors()).alpha = name
        elif match := _DORA.fullmatch(name):
            found.setdefault(match["layer"], Factors()).magnitude = name
        else:
            strange = strange or name
    return ({} if not any(factors.down or factors.up for factors in found.values()) else found), strange


def _index(layers: Mapping[str, TensorShape]) -> dict[str, str]:
    """Every way to write a layer, with nothing but underscores -> the layer."""
    found: dict[str, str] = {}
    bare = "unet.up_blocks.0.attentions.0.proj_in" not in layers
    for layer in layers:
        part, _, name = layer.partition(".")
        ways = [name]
        if part == "unet":
            ways.append(unet_name(f"{name}.", bare).rstrip(".") if _has_old_name(name) else name)
            ways.append(name.replace("to_out.0", "to_out"))
        else:
            ways += [re.sub(r"([qkv])_proj$", r"to_\1", name), re.sub(r"out_proj$", "to_out", name)]
        for way in ways:
            found.setdefault(f"{part} {_flat(way)}", layer)
    return found


def _has_old_name(name: str) -> bool:
    return bool(re.match(r"conv_in|conv_out|time_emb|add_emb|(?:down|up|mid)_block(?:s\.\d+)?\.\w+\.\d+\.", name))


def _layer(name: str, index: Mapping[str, str]) -> str | None:
    """The layer that a file calls ``name``."""
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    part = next((part for prefix, part in _PARTS.items() if name.startswith(prefix)), "")
    rest = name.removeprefix(next((prefix for prefix in _PARTS if name.startswith(prefix)), ""))
    for prefix in _PREFIXES:
        rest = rest.removeprefix(prefix)
    parts = [part] if part else ["unet", *TEXT]
    return next((index[key] for one in parts if (key := f"{one} {_flat(plain(rest))}") in index), None)


def _flat(name: str) -> str:
    return name.replace(".", "_").removeprefix("text_model_")


def _fits(factors: Factors, shapes: Mapping[str, TensorShape], layer: TensorShape) -> bool:
    """Whether the product of the factors has the shape of the layer's weight."""
    down, up = shapes.get(factors.down), shapes.get(factors.up)
    if down is None or up is None or len(down) < 2 or len(up) < 2:
        return False
    kernel, given = layer[2:] or (1, 1), down[2:] or (1, 1)
    right = (up[0], down[1], up[1]) == (layer[0], layer[1], down[0]) and given == kernel
    magnitude = shapes.get(factors.magnitude, (layer[0],))
    return right and math.prod(up[2:]) == 1 and math.prod(magnitude) in (layer[0], layer[1])


def _scaled(header: Header, found: Mapping[str, Factors], layers: Mapping[str, TensorShape]) -> None:
    """Write into ``found`` what each product is multiplied by, from the numbers beside the tensors.

    Raises:
        BadInput: those say that it is another kind of adapter, or a DoRA that is normed by its inputs.
    """
    settings = _settings(header)
    for layer, factors in found.items():
        rank = header.shapes[factors.down][0]
        part, _, name = layer.partition(".")
        said = settings.get(part, {})
        if said.get("peft_type", "LORA") not in ("LORA", None):
            kind = headers.shown(str(said["peft_type"]))
            raise BadInput("{path} cannot be applied: it is of peft's kind {kind}", PLAIN, path=header.path, kind=kind)
        alpha = _pattern(said.get("alpha_pattern"), name, said.get("lora_alpha"))
        if isinstance(alpha, int | float) and not factors.alpha:
            factors.scale = alpha / (math.sqrt(rank) if said.get("use_rslora") else rank)
        if factors.magnitude and not _by_outputs(header.shapes[factors.magnitude], layers[layer]):
            what = Sentence("a DoRA whose magnitudes belong to the inputs of its layers, not to their outputs")
            raise BadInput("{path} cannot be applied: it is {what}", PLAIN, path=header.path, what=what)


def _by_outputs(magnitude: TensorShape, layer: TensorShape) -> bool:
    """Kohya's trainers keep (out, 1) or (1, in), peft (out,) and for convolutions (1, out, 1, 1)."""
    sides = [side for side in magnitude if side != 1] or [1]
    if sides != [layer[0]]:
        return False
    return len(magnitude) != 2 or magnitude[0] == layer[0]


def _settings(header: Header) -> dict[str, dict[str, Any]]:
    """By part of the base model, what peft says of the file: beside it, or in its metadata as diffusers writes it."""
    native = any(name.startswith("base_model.model.") for name in header.shapes)
    if native or header.path.name == "adapter_model.safetensors":
        return dict.fromkeys(("unet", *TEXT), headers.config(header.path.parent / "adapter_config.json"))
    try:
        said = json_text.loads(header.metadata.get("lora_adapter_metadata", "{}"))
    except ValueError:
        return {}
    found: dict[str, dict[str, Any]] = {}
    for name, value in said.items() if isinstance(said, dict) else ():
        part, _, setting = name.partition(".")
        found.setdefault(part, {})[setting] = value
    return found


def _pattern(said: object, name: str, otherwise: object) -> object:
    """The value for a layer, of peft's patterns the first that its name ends with."""
    for pattern, value in said.items() if isinstance(said, dict) else ():
        key = str(pattern).removeprefix("^").removesuffix("$")
        if name == key or name.endswith(f".{key}"):
            return value
    return otherwise
