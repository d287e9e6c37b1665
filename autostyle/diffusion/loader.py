"""From files to pipelines: a folder as the hub keeps it, or a single-file checkpoint; safetensors only, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError, safe_open
from torch import nn

from autostyle.diffusion.families import Family, Name
from autostyle.diffusion.library import diffusers, transformers
from autostyle.errors import BadInput, Missing

PICKLES = {".bin", ".ckpt", ".pt", ".pth"}
_OFFLINE: dict[str, Any] = {"local_files_only": True}
_SAFE: dict[str, Any] = {**_OFFLINE, "use_safetensors": True}


def precision(device: str) -> torch.dtype:
    """Half precision on an accelerator, single on a CPU, where half is slower."""
    return torch.float32 if torch.device(device).type == "cpu" else torch.float16


def load_base(path: Path, family: Family, dtype: torch.dtype, config: Path | None = None) -> Any:
    """The image-to-image pipeline of ``family``, on the CPU.

    Args:
        path: a folder with ``model_index.json``, or a ``.safetensors`` checkpoint.
        config: the folder whose configuration files describe a checkpoint.

    Raises:
        BadInput: it holds pickles, or a model of another family.
        Missing: it cannot be read, or ``config`` is needed.
    """
    xl = family.name == "sdxl"
    kind = diffusers.StableDiffusionXLImg2ImgPipeline if xl else diffusers.StableDiffusionImg2ImgPipeline
    refuse_pickles(path)
    try:
        if path.is_dir():
            _same_family(path, _family_of_folder(path), family)
            pipeline = kind.from_pretrained(path, dtype=dtype, variant=_variant(path / "unet"), **_SAFE)
        else:
            _same_family(path, _family_of_file(path), family)
            if config is None:
                raise Missing(
                    f"the configuration files of {family.name} are not on this machine",
                    f"autostyle weights get {family.name}_config",
                )
            pipeline = kind.from_single_file(str(path), config=str(config), dtype=dtype, **_OFFLINE)
    except (OSError, ValueError, SafetensorError) as error:
        raise unreadable(path, error) from error
    if pipeline.vae.config.force_upcast:
        pipeline.vae.to(torch.float32)  # the VAE of SDXL overflows in half precision
    return frozen(pipeline)


def load_adapter(pipeline: Any, adapter: Path, encoder: Path) -> None:
    """Put an IP-Adapter and the image encoder that it sees with into ``pipeline``."""
    refuse_pickles(adapter)
    refuse_pickles(encoder)
    dtype = pipeline.unet.dtype
    try:
        model = transformers.CLIPVisionModelWithProjection.from_pretrained(encoder, dtype=dtype, **_SAFE)
        size = model.config.image_size
        pipeline.register_modules(
            image_encoder=model.to(pipeline.device),
            feature_extractor=transformers.CLIPImageProcessor(
                size={"shortest_edge": size}, crop_size={"height": size, "width": size}
            ),
        )
        pipeline.load_ip_adapter(
            str(adapter.parent), subfolder="", weight_name=adapter.name, image_encoder_folder=None, **_OFFLINE
        )
    except (OSError, ValueError, RuntimeError, SafetensorError) as error:
        raise unreadable(adapter, error) from error
    frozen(pipeline)


def load_controlnet(path: Path, dtype: torch.dtype) -> Any:
    """A frozen ControlNet on the CPU, from its folder or its single file."""
    refuse_pickles(path)
    kind = diffusers.ControlNetModel
    try:
        if path.is_dir():
            net = kind.from_pretrained(path, dtype=dtype, variant=_variant(path), **_SAFE)
        else:
            net = kind.from_single_file(str(path), dtype=dtype, **_OFFLINE)
    except (OSError, ValueError, SafetensorError) as error:
        raise unreadable(path, error) from error
    return net.eval().requires_grad_(False)


def with_controlnet(pipeline: Any, net: Any, family: Family) -> Any:
    """A pipeline of the same networks as ``pipeline`` that also listens to ``net``."""
    xl = family.name == "sdxl"
    kind = (
        diffusers.StableDiffusionXLControlNetImg2ImgPipeline
        if xl
        else diffusers.StableDiffusionControlNetImg2ImgPipeline
    )
    return frozen(kind(**pipeline.components, controlnet=net))


def load_motion(path: Path, dtype: torch.dtype) -> Any:
    """A frozen motion adapter on the CPU, from its folder."""
    refuse_pickles(path)
    try:
        adapter = diffusers.MotionAdapter.from_pretrained(path, dtype=dtype, variant=_variant(path), **_SAFE)
    except (OSError, ValueError, SafetensorError) as error:
        raise unreadable(path, error) from error
    return adapter.eval().requires_grad_(False)


def keys(file: Path) -> list[str]:
    """The names of the tensors in a safetensors file; raises Missing if it is none."""
    try:
        with safe_open(file, "pt") as opened:
            return list(opened.keys())
    except (OSError, SafetensorError) as error:
        raise unreadable(file, error) from error


def refuse_pickles(path: Path) -> None:
    """Raises BadInput where ``path`` is a pickle, or a folder whose weights are pickles only."""
    files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else [path]
    pickles = {file for file in files if file.suffix in PICKLES}
    safe = {file.parent for file in files if file.suffix == ".safetensors"}
    for file in sorted(pickles):
        if file.parent not in safe:
            raise BadInput(
                f"{file} is a pickle, which can run any code when it is opened",
                "take the .safetensors edition of the same weights",
            )


def frozen(pipeline: Any) -> Any:
    """``pipeline`` with every network in evaluation mode and without gradients, and no bar of its own."""
    for part in pipeline.components.values():
        if isinstance(part, nn.Module):
            part.eval().requires_grad_(False)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _class_name(folder: Path) -> str:
    if not (folder / "model_index.json").is_file():
        raise Missing(f"{folder} is no diffusers folder: it has no model_index.json", "give the folder that holds it")
    name: str = diffusers.DiffusionPipeline.load_config(folder, **_OFFLINE)["_class_name"]
    return name


def _family_of_folder(folder: Path) -> Name:
    if "XL" in _class_name(folder):
        return "sdxl"
    unet = diffusers.UNet2DConditionModel.load_config(folder / "unet", **_OFFLINE)
    return "sd21" if unet.get("use_linear_projection") else "sd15"


def _family_of_file(file: Path) -> Name:
    """By where its text encoders stand: SD 2.1 has the one that only OpenCLIP had, under OpenCLIP's names."""
    ends = {"conditioner.": "sdxl", "cond_stage_model.model.": "sd21", "cond_stage_model.transformer.": "sd15"}
    names = keys(file)
    found = next((name for start, name in ends.items() if any(key.startswith(start) for key in names)), "sd15")
    return cast("Name", found)


def _same_family(path: Path, found: Name, family: Family) -> None:
    if found != family.name:
        raise BadInput(f"{path} is a model of the family {found}, not {family.name}", f"put it under the name {found}")


def _variant(folder: Path) -> str | None:
    """``fp16`` where a folder holds half-precision weights under that name, as the hub's do."""
    return "fp16" if any(folder.glob("*.fp16.safetensors")) else None


def unreadable(path: Path, error: Exception) -> Missing:
    """The error for weights that are there and cannot be read."""
    reason = " ".join(str(error).split())[:300]
    return Missing(f"{path} cannot be loaded: {reason}", "fetch it again, or give another file")
