"""From files to pipelines: a folder as the hub keeps it, or a single-file checkpoint; safetensors only, no network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch import nn

from autostyle.diffusion import checks
from autostyle.diffusion.checks import refuse_pickles
from autostyle.diffusion.families import Family
from autostyle.diffusion.headers import unreadable
from autostyle.diffusion.library import diffusers, transformers
from autostyle.errors import Missing

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
        BadInput: it holds pickles, a model of another family, or none that paints from words and a picture.
        Missing: it cannot be read, or ``config`` is needed.
    """
    xl = family.name == "sdxl"
    kind = diffusers.StableDiffusionXLImg2ImgPipeline if xl else diffusers.StableDiffusionImg2ImgPipeline
    checks.base(path, family)
    try:
        if path.is_dir():
            pipeline = kind.from_pretrained(path, dtype=dtype, variant=_variant(path / "unet"), **_SAFE)
        else:
            if config is None:
                raise Missing(
                    "the configuration files of {name} are not on this machine",
                    "autostyle weights get {name}_config",
                    name=family.name,
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


def frozen(pipeline: Any) -> Any:
    """``pipeline`` with every network in evaluation mode and without gradients, and no bar of its own."""
    for part in pipeline.components.values():
        if isinstance(part, nn.Module):
            part.eval().requires_grad_(False)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _variant(folder: Path) -> str | None:
    """``fp16`` where a folder holds half-precision weights under that name, as the hub's do."""
    return "fp16" if any(folder.glob("*.fp16.safetensors")) else None
