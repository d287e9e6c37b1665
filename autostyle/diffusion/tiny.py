"""Diffusion models small enough for a test, on disk as the real ones: ``python -m autostyle.diffusion.tiny DIR``.

Classes, folders, configuration files, tokenizers and key names are those of Stable Diffusion XL, 1.5 and 2.1 and of
what goes with them; only the networks are narrow, and their numbers random; at the true
widths they serve to measure time and memory. The folder they are written to is one that
``AUTOSTYLE_WEIGHTS`` can name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors.torch import load_file, save_file
from tokenizers.pre_tokenizers import ByteLevel
from torch import Tensor, nn

from autostyle.diffusion.families import ENCODER, ESTIMATOR, FAMILIES, Name
from autostyle.diffusion.library import diffusers, transformers
from autostyle.diffusion.tiny_ldm import text_name, write_lora

M = TypeVar("M", bound=nn.Module)
TOKENS = 4
"""Tokens that an IP-Adapter makes of a picture."""


@dataclass(frozen=True)
class Shape:
    """What tells the UNets apart; widths aside these are the real values.

    Args:
        down, up: the blocks.
        depth: transformer layers of each block.
        heads: attention heads of each block at the true widths, counted under diffusers' misnomer.
        words: which text encoders of :class:`Widths` it listens to.
        linear: what leads into and out of its transformers is linear, not a convolution.
        side: of the latents it was trained on.
    """

    down: tuple[str, ...]
    up: tuple[str, ...]
    depth: tuple[int, ...]
    heads: int | tuple[int, ...]
    words: tuple[int, ...]
    linear: bool
    side: int


@dataclass(frozen=True)
class Transformer:
    """Width, layers and heads of an encoder of words or pictures."""

    width: int
    layers: int
    heads: int


@dataclass(frozen=True)
class Widths:
    """How wide everything is.

    Args:
        unet: of its blocks; ``true_heads`` takes the shape's own number of heads, else there are two.
        groups, vae_groups: of the normalisations.
        moment: of the embedding of a number that SDXL is told.
        words: the text encoders: SD 1.5's, which is also the first of SDXL, the second of SDXL, and SD 2.1's. They
            differ, because readers of single files tell them by their widths.
        seen: the width of what the image encoder says of a picture.
    """

    unet: tuple[int, ...]
    groups: int
    vae: tuple[int, ...]
    vae_groups: int
    moment: int
    words: tuple[Transformer, Transformer, Transformer]
    picture: Transformer
    side: int
    patch: int
    seen: int
    true_heads: bool = False


TINY = Widths(
    unet=(16, 32, 32, 32),
    groups=8,
    vae=(8, 8, 16, 16),
    vae_groups=4,
    moment=8,
    words=(Transformer(32, 2, 2), Transformer(40, 2, 2), Transformer(48, 2, 2)),
    picture=Transformer(32, 2, 2),
    side=32,
    patch=8,
    seen=24,
)
TRUE = Widths(
    unet=(320, 640, 1280, 1280),
    groups=32,
    vae=(128, 256, 512, 512),
    vae_groups=32,
    moment=256,
    words=(Transformer(768, 12, 12), Transformer(1280, 32, 20), Transformer(1024, 23, 16)),
    picture=Transformer(1280, 32, 16),
    side=224,
    patch=14,
    seen=1024,
    true_heads=True,
)
"""The published widths: with random numbers they take the time and the memory of the real models."""
XL = Shape(
    down=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    up=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    depth=(1, 2, 10),
    heads=(5, 10, 20),
    words=(0, 1),
    linear=True,
    side=128,
)
V1 = Shape(
    down=("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    up=("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
    depth=(1, 1, 1, 1),
    heads=8,
    words=(0,),
    linear=False,
    side=64,
)
V2 = replace(V1, heads=(5, 10, 20, 20), words=(2,), linear=True, side=96)
SHAPES = {"sdxl": XL, "sd15": V1, "sd21": V2}


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


def write_base(folder: Path, family: Name, widths: Widths = TINY) -> Any:
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


def _scheduler(family: Name) -> Any:
    """The model's own scheduler, whose few numbers are on the CPU whatever device the networks are made on."""
    with torch.device("cpu"):
        if family == "sdxl":
            return diffusers.EulerDiscreteScheduler(**_TRAINED, timestep_spacing="leading", interpolation_type="linear")
        says = "v_prediction" if family == "sd21" else "epsilon"
        return diffusers.DDIMScheduler(**_TRAINED, clip_sample=False, set_alpha_to_one=False, prediction_type=says)


def unet(shape: Shape, widths: Widths = TINY) -> Any:
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


_HINT = {False: (8, 8, 16, 16), True: (16, 32, 96, 256)}
"""Widths of what looks at the control picture, tiny and true."""


def write_controlnet(folder: Path, base: Any, widths: Widths = TINY, seed: int = 1) -> None:
    """Write a ControlNet for ``base``. A real one begins at zero; here it already says something."""
    torch.manual_seed(seed)
    net = diffusers.ControlNetModel.from_unet(base, conditioning_embedding_out_channels=_HINT[widths.true_heads])
    net.to(base.device, base.dtype)
    lively(net.controlnet_cond_embedding)
    for module in (*net.controlnet_down_blocks, net.controlnet_mid_block, net.controlnet_cond_embedding.conv_out):
        nn.init.normal_(module.weight, std=0.2)
    net.save_pretrained(folder, safe_serialization=True)


def write_motion(folder: Path, widths: Widths = TINY) -> None:
    """Write a motion adapter with the parts of AnimateDiff v1-5-2. A real one begins at zero, and this one mixes."""
    torch.manual_seed(4)
    adapter = diffusers.MotionAdapter(
        block_out_channels=widths.unet,
        motion_num_attention_heads=8 if widths.true_heads else 2,
        motion_norm_num_groups=widths.groups,
        motion_max_seq_length=32,
        use_motion_mid_block=True,
    )
    lively(adapter).save_pretrained(folder, safe_serialization=True)


def write_adapter(file: Path, base: Any, widths: Widths = TINY) -> None:
    """Write an IP-Adapter for ``base`` with the keys of the published files: odd numbers count the cross-attentions."""
    torch.manual_seed(2)
    context = int(base.config.cross_attention_dim)
    state: dict[str, Tensor] = {
        "image_proj.proj.weight": torch.randn(TOKENS * context, widths.seen),
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


def write_encoder(folder: Path, widths: Widths = TINY) -> None:
    """Write the image encoder of the IP-Adapters."""
    torch.manual_seed(3)
    lively(transformers.CLIPVisionModelWithProjection(_vision(widths))).save_pretrained(folder, safe_serialization=True)


def write_estimator(folder: Path) -> None:
    """Write a tiny depth estimator in the layout of Depth Anything V2."""
    torch.manual_seed(7)
    backbone = transformers.Dinov2Config(
        hidden_size=32,
        num_hidden_layers=4,
        num_attention_heads=2,
        image_size=56,
        patch_size=14,
        out_indices=[1, 2, 3, 4],
        reshape_hidden_states=False,
        apply_layernorm=True,
    )
    config = transformers.DepthAnythingConfig(
        backbone_config=backbone,
        reassemble_hidden_size=32,
        neck_hidden_sizes=[8, 16, 32, 32],
        fusion_hidden_size=16,
        head_hidden_size=8,
        patch_size=14,
    )
    lively(transformers.DepthAnythingForDepthEstimation(config)).save_pretrained(folder, safe_serialization=True)
    transformers.DPTImageProcessor(
        size={"height": 56, "width": 56}, keep_aspect_ratio=True, ensure_multiple_of=14
    ).save_pretrained(folder)


def lively(model: M) -> M:
    """Random numbers through which what goes in can still be seen at the far end."""
    for module in model.modules():
        if isinstance(module, nn.Linear | nn.Conv2d):
            fan_in = module.weight[0].numel()
            nn.init.normal_(module.weight, std=fan_in**-0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    return model.eval()


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


def _vision(widths: Widths) -> Any:
    return transformers.CLIPVisionConfig(
        hidden_size=widths.picture.width,
        intermediate_size=4 * widths.picture.width,
        num_hidden_layers=widths.picture.layers,
        num_attention_heads=widths.picture.heads,
        image_size=widths.side,
        patch_size=widths.patch,
        projection_dim=widths.seen,
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

    sees = _vision(widths).to_dict()
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


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
