"""Diffusion models small enough for a test, on disk as the real ones: ``python -m autostyle.diffusion.tiny DIR``.

Classes, folders, configuration files, tokenizers and key names are those of Stable Diffusion XL and 1.5 and of what
goes with them; only the networks are narrow, and their numbers random. The folder they are written to is one that
``AUTOSTYLE_WEIGHTS`` can name.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file, save_file
from tokenizers.pre_tokenizers import ByteLevel
from torch import Tensor, nn

from autostyle.diffusion.families import ENCODER, FAMILIES, Name
from autostyle.diffusion.library import diffusers, transformers
from autostyle.diffusion.tiny_ldm import text_name, write_lora

M = TypeVar("M", bound=nn.Module)
WORD, WORD_2 = 32, 40
"""Widths of the tiny text encoders. They differ, because readers of single files tell the two by their widths."""
PICTURE = 24
"""Width of what the tiny image encoder says of a picture."""
TOKENS = 4
"""Tokens that an IP-Adapter makes of a picture."""


@dataclass(frozen=True)
class Shape:
    """What tells the two UNets apart; widths aside these are the real values."""

    down: tuple[str, ...]
    up: tuple[str, ...]
    depth: tuple[int, ...]
    context: int


XL = Shape(
    down=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    up=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    depth=(1, 2, 10),
    context=WORD + WORD_2,
)
V1 = Shape(
    down=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    up=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
    depth=(1, 1, 1, 1),
    context=WORD,
)


def write_all(folder: Path) -> Path:
    """Write every tiny model into ``folder``, under the names that the register of weights looks for."""
    for name, family in FAMILIES.items():
        base = write_base(folder / name, family.name)
        write_adapter(folder / f"{family.adapter}.safetensors", base.unet)
        write_controlnet(folder / family.canny, base.unet)
        write_lora(folder / f"lora_{name}_kohya.safetensors", base, "kohya")
        write_lora(folder / f"lora_{name}_diffusers.safetensors", base, "diffusers")
    write_encoder(folder / ENCODER)
    return folder


def write_base(folder: Path, family: Name) -> Any:
    """Write a whole pipeline in the layout of ``from_pretrained``, and return it."""
    torch.manual_seed(0)
    parts = {
        "vae": vae(),
        "unet": unet(XL if family == "sdxl" else V1),
        "text_encoder": lively(transformers.CLIPTextModel(_words(WORD, act="quick_gelu"))),
        "tokenizer": _tokenizer(folder / "tokenizer"),
    }
    if family == "sdxl":
        pipeline: Any = diffusers.StableDiffusionXLPipeline(
            **parts,
            text_encoder_2=lively(transformers.CLIPTextModelWithProjection(_words(WORD_2, act="gelu"))),
            tokenizer_2=_tokenizer(folder / "tokenizer_2"),
            scheduler=diffusers.EulerDiscreteScheduler(
                **_TRAINED, timestep_spacing="leading", interpolation_type="linear"
            ),
        )
    else:
        pipeline = diffusers.StableDiffusionPipeline(
            **parts,
            scheduler=diffusers.DDIMScheduler(**_TRAINED, clip_sample=False, set_alpha_to_one=False),
            safety_checker=_safety_checker(),
            feature_extractor=_feature_extractor(),
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


def unet(shape: Shape) -> Any:
    """A narrow UNet with the blocks of ``shape``."""
    extra: dict[str, Any] = {}
    if shape is XL:
        extra = {
            "addition_embed_type": "text_time",
            "addition_time_embed_dim": 8,
            "projection_class_embeddings_input_dim": 6 * 8 + WORD_2,
            "use_linear_projection": True,
        }
    return lively(
        diffusers.UNet2DConditionModel(
            sample_size=16,
            block_out_channels=(16, 32, 32, 32)[: len(shape.down)],
            down_block_types=shape.down,
            up_block_types=shape.up,
            layers_per_block=2,
            transformer_layers_per_block=shape.depth[: len(shape.down)],
            attention_head_dim=2,
            norm_num_groups=8,
            cross_attention_dim=shape.context,
            **extra,
        )
    )


def vae() -> Any:
    """A narrow autoencoder of four levels: latents at an eighth of the size."""
    return lively(
        diffusers.AutoencoderKL(
            block_out_channels=(8, 8, 16, 16),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=2,
            norm_num_groups=4,
            latent_channels=4,
            sample_size=64,
        )
    )


def write_controlnet(folder: Path, base: Any) -> None:
    """Write an edge ControlNet for ``base``. A real one begins at zero; here it already says something."""
    torch.manual_seed(1)
    net = diffusers.ControlNetModel.from_unet(base, conditioning_embedding_out_channels=(8, 8, 16, 16))
    lively(net.controlnet_cond_embedding)
    for module in (*net.controlnet_down_blocks, net.controlnet_mid_block, net.controlnet_cond_embedding.conv_out):
        nn.init.normal_(module.weight, std=0.2)
    net.save_pretrained(folder, safe_serialization=True)


def write_adapter(file: Path, base: Any) -> None:
    """Write an IP-Adapter for ``base`` with the keys of the published files: odd numbers count the cross-attentions."""
    torch.manual_seed(2)
    context = int(base.config.cross_attention_dim)
    state: dict[str, Tensor] = {
        "image_proj.proj.weight": torch.randn(TOKENS * context, PICTURE),
        "image_proj.proj.bias": torch.zeros(TOKENS * context),
        "image_proj.norm.weight": torch.ones(context),
        "image_proj.norm.bias": torch.zeros(context),
    }
    crossing = [name for name in base.attn_processors if name.endswith("attn2.processor")]
    for number, name in enumerate(crossing):
        attention = base.get_submodule(name.removesuffix(".processor"))
        for part in ("k", "v"):
            shape = getattr(attention, f"to_{part}").weight.shape
            state[f"ip_adapter.{2 * number + 1}.to_{part}_ip.weight"] = torch.randn(shape) / 4
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(state, file)


def write_encoder(folder: Path) -> None:
    """Write the image encoder of the IP-Adapters."""
    torch.manual_seed(3)
    lively(transformers.CLIPVisionModelWithProjection(_vision())).save_pretrained(folder, safe_serialization=True)


def lively(model: M) -> M:
    """Random numbers through which what goes in can still be seen at the far end."""
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            fan_in = module.weight[0].numel()
            nn.init.normal_(module.weight, std=fan_in**-0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return model.eval()


def _words(width: int, act: str) -> Any:
    return transformers.CLIPTextConfig(
        vocab_size=514,
        hidden_size=width,
        intermediate_size=2 * width,
        num_hidden_layers=2,
        num_attention_heads=2,
        hidden_act=act,
        projection_dim=width,
        bos_token_id=0,
        eos_token_id=2,  # as in the published files: the last token is found as the one with the highest id
    )


def _vision() -> Any:
    return transformers.CLIPVisionConfig(
        hidden_size=WORD,
        intermediate_size=2 * WORD,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=32,
        patch_size=8,
        projection_dim=PICTURE,
    )


def _tokenizer(folder: Path) -> Any:
    """A byte-level vocabulary without merges: every word is spelt."""
    letters = sorted(ByteLevel.alphabet())
    words = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({word: number for number, word in enumerate(words)}), "utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", "utf-8")
    special = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}
    special["pad_token"] = "!" if folder.name == "tokenizer_2" else "<|endoftext|>"
    (folder / "special_tokens_map.json").write_text(json.dumps(special), "utf-8")
    config = {**special, "model_max_length": 77, "tokenizer_class": "CLIPTokenizer", "do_lower_case": True}
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    return transformers.CLIPTokenizer.from_pretrained(folder)


def _safety_checker() -> Any:
    """One that never objects: no cosine reaches its thresholds."""
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker as SafetyChecker

    checker = SafetyChecker(transformers.CLIPConfig(vision_config=_vision().to_dict(), projection_dim=PICTURE))
    nn.init.constant_(checker.concept_embeds_weights, 2.0)
    nn.init.constant_(checker.special_care_embeds_weights, 2.0)
    return checker


def _feature_extractor() -> Any:
    return transformers.CLIPImageProcessor(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})


def _as_published(file: Path) -> None:
    """Give a text encoder's tensors the names that older releases of transformers wrote, and published files have."""
    state = load_file(file)
    save_file({text_name(name): tensor for name, tensor in state.items()}, file, {"format": "pt"})


def _read_folder(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.is_dir() else {}


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
