"""Base models whole: pipelines in the layout of ``from_pretrained``, and all that goes with them.

Classes, folders, configuration files, tokenizers and key names are those of Stable Diffusion XL, 1.5 and 2.1 and of
what goes with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers.pre_tokenizers import ByteLevel
from torch import nn

from autostyle.diffusion.families import ENCODER, ESTIMATOR, FAMILIES, FamilyName
from autostyle.diffusion.library import diffusers, transformers
from autostyle.diffusion.names import text_name
from autostyle.testing.tiny.ldm import write_lora
from autostyle.testing.tiny.parts import (
    lively,
    vision_config,
    write_adapter,
    write_controlnet,
    write_encoder,
    write_estimator,
    write_motion,
)
from autostyle.testing.tiny.sizes import SHAPES, TINY, V2, XL, Transformer, UNetShape, Widths


def write_all(folder: Path, widths: Widths = TINY, families: Iterable[str] = FAMILIES) -> Path:
    """Write every model into ``folder``, under the names that the register of weights looks for."""
    for family in map(FAMILIES.__getitem__, families):
        base = write_base(folder / family.name, family.name, widths)
        if family.adapter:
            write_adapter(folder / f"{family.adapter}.safetensors", base.unet, widths)
        if family.canny:
            write_controlnet(folder / family.canny, base.unet, widths)
        if family.depth and widths is TINY:
            write_controlnet(folder / family.depth, base.unet, widths, seed=6)
        if family.motion:
            write_motion(folder / family.motion, widths)
        for format in ("kohya", "diffusers"):
            write_lora(folder / f"lora_{family.name}_{format}.safetensors", base, format)
    write_encoder(folder / ENCODER, widths)
    write_estimator(folder / ESTIMATOR)
    return folder


def write_base(folder: Path, family: FamilyName, widths: Widths = TINY) -> Any:
    """Write a whole pipeline in the layout of ``from_pretrained``, and return it."""
    torch.manual_seed(0)
    first, second, open_clip = widths.words
    parts = {
        "vae": vae(widths),
        "unet": unet(SHAPES[family], widths),
        "text_encoder": lively(
            transformers.CLIPTextModel(
                text_config(open_clip, act="gelu") if family == "sd21" else text_config(first, act="quick_gelu")
            )
        ),
        "tokenizer": _tokenizer(folder / "tokenizer", pad="!" if family == "sd21" else "<|endoftext|>"),
    }
    if family == "sdxl":
        pipeline: Any = diffusers.StableDiffusionXLPipeline(
            **parts,
            text_encoder_2=lively(transformers.CLIPTextModelWithProjection(text_config(second, act="gelu"))),
            tokenizer_2=_tokenizer(folder / "tokenizer_2", pad="!"),
            scheduler=_scheduler(family),
        )
    else:
        pipeline = diffusers.StableDiffusionPipeline(
            **parts,
            scheduler=_scheduler(family),
            safety_checker=_safety_checker(widths) if family == "sd15" else None,
            feature_extractor=_feature_extractor(widths),
            requires_safety_checker=family == "sd15",
        )
    tokenizers = {name: _read_folder(folder / name) for name in ("tokenizer", "tokenizer_2")}
    pipeline.save_pretrained(folder, safe_serialization=True)
    _as_published(folder / "text_encoder" / "model.safetensors")
    for name, files in tokenizers.items():  # as they are in the real folders, whatever this version would write
        for file, data in files.items():
            (folder / name / file).write_bytes(data)
        if files:
            (folder / name / "tokenizer.json").unlink(missing_ok=True)
    return pipeline


_TRAINED: dict[str, Any] = {
    "num_train_timesteps": 1000,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "steps_offset": 1,
}


def _scheduler(family: FamilyName) -> Any:
    """The model's own scheduler, whose few numbers are on the CPU whatever device the networks are made on."""
    with torch.device("cpu"):
        if family == "sdxl":
            return diffusers.EulerDiscreteScheduler(**_TRAINED, timestep_spacing="leading", interpolation_type="linear")
        says = "v_prediction" if family == "sd21" else "epsilon"
        return diffusers.DDIMScheduler(**_TRAINED, clip_sample=False, set_alpha_to_one=False, prediction_type=says)


def unet(shape: UNetShape, widths: Widths = TINY) -> Any:
    """A UNet with the blocks of ``shape``."""
    extra: dict[str, Any] = {}
    if shape is XL:
        extra = {
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": widths.moment,
            "projection_class_embeddings_input_dim": 6 * widths.moment + widths.words[1].width,
        }
    return lively(
        diffusers.UNet2DConditionModel(
            sample_size=shape.side,
            use_linear_projection=shape.linear,
            upcast_attention=shape is V2,
            block_out_channels=widths.unet[: len(shape.down)],
            down_block_types=shape.down,
            up_block_types=shape.up,
            layers_per_block=2,
            transformer_layers_per_block=shape.depth,
            attention_head_dim=shape.heads if widths.true_heads else 2,
            norm_num_groups=widths.groups,
            cross_attention_dim=sum(widths.words[number].width for number in shape.words),
            **extra,
        )
    )


def vae(widths: Widths = TINY) -> Any:
    """An autoencoder of four levels: latents at an eighth of the size."""
    return lively(
        diffusers.AutoencoderKL(
            block_out_channels=widths.vae,
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=2,
            norm_num_groups=widths.vae_groups,
            latent_channels=4,
            sample_size=64,
        )
    )


def text_config(sizes: Transformer, act: str) -> Any:
    """The configuration of a text encoder."""
    return transformers.CLIPTextConfig(
        vocab_size=514,
        hidden_size=sizes.width,
        intermediate_size=4 * sizes.width,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        hidden_act=act,
        projection_dim=sizes.width,
        bos_token_id=0,
        eos_token_id=2,  # as in the published files: the last token is found as the one with the highest id
    )


def _tokenizer(folder: Path, pad: str) -> Any:
    """A byte-level vocabulary without merges: every word is spelt."""
    letters = sorted(ByteLevel.alphabet())
    words = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}), "utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", "utf-8")
    special = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}
    special["pad_token"] = pad
    (folder / "special_tokens_map.json").write_text(json.dumps(special), "utf-8")
    config = {**special, "model_max_length": 77, "tokenizer_class": "CLIPTokenizer", "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    return transformers.CLIPTokenizer.from_pretrained(folder)


def _safety_checker(widths: Widths) -> Any:
    """One that never objects: no cosine reaches its thresholds."""
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker as SafetyChecker

    sees = vision_config(widths).to_dict()
    checker = SafetyChecker(transformers.CLIPConfig(vision_config=sees, projection_dim=widths.seen))
    nn.init.constant_(checker.concept_embeds_weights, 2.0)
    nn.init.constant_(checker.special_care_embeds_weights, 2.0)
    return checker


def _feature_extractor(widths: Widths) -> Any:
    side = widths.side
    return transformers.CLIPImageProcessor(size={"shortest_edge": side}, crop_size={"height": side, "width": side})


def _as_published(file: Path) -> None:
    """Give a text encoder's tensors the names that older releases of transformers wrote, and published files have."""
    state = load_file(file)
    save_file({text_name(name): tensor for name, tensor in state.items()}, file, {"format": "pt"})


def _read_folder(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.is_dir() else {}
