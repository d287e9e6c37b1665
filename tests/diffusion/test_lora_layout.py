"""What a LoRA file acts on is told from its header; what is no plain LoRA for the model is refused by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.diffusion import lora_layout
from autostyle.diffusion.families import FamilyName
from autostyle.diffusion.headers import Header, TensorShape
from autostyle.errors import BadInput

Q = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_q"
K = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"
LAYERS: dict[str, TensorShape] = {
    f"unet.{Q}": (320, 320),
    f"unet.{K}": (320, 768),
    "unet.down_blocks.0.resnets.0.conv1": (320, 320, 3, 3),
    "text_encoder.encoder.layers.0.self_attn.q_proj": (768, 768),
}
KOHYA = f"lora_unet_{Q.replace('.', '_')}"


def resolve(shapes: dict[str, TensorShape], family: FamilyName = "sd15", **metadata: str) -> list[str]:
    return sorted(lora_layout.resolve(Header(Path("x.safetensors"), shapes, metadata), LAYERS, family))


def pair(name: str, out: int, into: int, down: str = "lora_down", up: str = "lora_up") -> dict[str, TensorShape]:
    return {f"{name}.{down}.weight": (4, into), f"{name}.{up}.weight": (out, 4)}


@pytest.mark.parametrize(
    ("shapes", "layer"),
    [
        (pair(KOHYA, 320, 320) | {f"{KOHYA}.alpha": ()}, f"unet.{Q}"),
        (pair("lora_unet_input_blocks_1_1_transformer_blocks_0_attn2_to_q", 320, 320), f"unet.{Q}"),
        (pair(f"unet.{Q}", 320, 320, "lora_A", "lora_B"), f"unet.{Q}"),
        (pair(f"unet.{Q}", 320, 320, "lora_A.default", "lora_B.default"), f"unet.{Q}"),
        (pair(f"base_model.model.{Q}", 320, 320, "lora_A", "lora_B"), f"unet.{Q}"),
        (pair(Q, 320, 320, "lora_A", "lora_B"), f"unet.{Q}"),
        (pair(f"unet.{Q}", 320, 320, "lora.down", "lora.up"), f"unet.{Q}"),
        (pair(Q.replace(".to_q", ".processor.to_q_lora"), 320, 320, "down", "up"), f"unet.{Q}"),
        (pair("diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_q", 320, 320), f"unet.{Q}"),
        (
            {
                "lora_unet_down_blocks_0_resnets_0_conv1.lora_down.weight": (4, 320, 3, 3),
                "lora_unet_down_blocks_0_resnets_0_conv1.lora_up.weight": (320, 4, 1, 1),
            },
            "unet.down_blocks.0.resnets.0.conv1",
        ),
        (
            pair("lora_te_text_model_encoder_layers_0_self_attn_q_proj", 768, 768),
            "text_encoder.encoder.layers.0.self_attn.q_proj",
        ),
        (
            pair("text_encoder.text_model.encoder.layers.0.self_attn.to_q_lora", 768, 768, "down", "up"),
            "text_encoder.encoder.layers.0.self_attn.q_proj",
        ),
        (
            pair("base_model.model.text_model.encoder.layers.0.self_attn.q_proj", 768, 768, "lora_A", "lora_B"),
            "text_encoder.encoder.layers.0.self_attn.q_proj",
        ),
    ],
)
def test_every_layout_finds_its_layer(shapes: dict[str, TensorShape], layer: str) -> None:
    assert resolve(shapes) == [layer]


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        (pair("transformer.single_transformer_blocks.0.attn.to_q", 64, 64), "a LoRA for FLUX, and none of its layers"),
        (pair("lora_unet_double_blocks_0_img_attn_qkv", 64, 64), "a LoRA for FLUX"),
        (pair("diffusion_model.blocks.0.self_attn.q", 64, 64, "lora_A", "lora_B"), "a LoRA for Wan"),
        (pair("transformer.transformer_blocks.0.attn.add_q_proj", 64, 64), "a LoRA for Stable Diffusion 3"),
        (pair(f"lora_unet_{K.replace('.', '_')}", 320, 2048), "a LoRA for Stable Diffusion XL, and none"),
        (pair(f"lora_unet_{K.replace('.', '_')}", 320, 1024), "a LoRA for Stable Diffusion 2.1, and none"),
        (pair("down_blocks.0.motion_modules.0.transformer_blocks.0.attention_blocks.0.to_q", 8, 8), "AnimateDiff"),
        (pair(KOHYA, 320, 320) | pair(KOHYA.replace("0_attn2", "9_attn2"), 320, 320), "only 1 of its 2 layers"),
        (pair(KOHYA, 640, 320), "none of its layers"),
        ({f"{KOHYA}.lora_down.weight": (4, 320)}, "none of its layers"),
        (pair(KOHYA, 320, 320) | {f"{KOHYA}.alpha": (), "x.alpha": ()}, "only 1 of its 2"),
        ({f"{KOHYA}.hada_w1_a": (320, 4), f"{KOHYA}.hada_w1_b": (4, 320)}, "a LoHa"),
        ({f"{KOHYA}.lokr_w1": (8, 8), f"{KOHYA}.lokr_w2": (40, 40), f"{KOHYA}.alpha": ()}, "a LoKr"),
        (pair(KOHYA, 320, 320) | {f"{KOHYA}.lora_mid.weight": (4, 4, 3, 3)}, "a LoCon in Tucker form"),
        (pair(KOHYA, 320, 320) | {f"{KOHYA}.diff_b": (320,)}, "the difference of whole layers"),
        (pair(KOHYA, 320, 320) | {f"{KOHYA}.lora_B.bias": (320,)}, "a part that is no LoRA"),
        (pair(KOHYA, 320, 320) | {f"{KOHYA}.dora_scale": (1, 320)}, "a DoRA whose magnitudes"),
        ({"emb_params": (4, 768)}, "a textual inversion embedding"),
        ({"decoder.conv_in.weight": (512, 4, 3, 3), "encoder.conv_in.weight": (128, 3, 3, 3)}, "a VAE"),
        ({}, "no kind known here"),
    ],
)
def test_what_is_no_lora_for_the_model_is_called_what_it_is(shapes: dict[str, TensorShape], words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        resolve(shapes)
    assert caught.value.hint


def test_a_name_out_of_a_file_cannot_write_to_the_terminal() -> None:
    with pytest.raises(BadInput) as caught:
        resolve(pair(KOHYA, 320, 320) | {f"\x1b]0;owned\x07{'x' * 500}": (1,)})
    assert "\x1b" not in caught.value.message and len(caught.value.message) < 200


def test_a_trainers_word_for_its_base_model_is_taken() -> None:
    with pytest.raises(BadInput, match="a LoRA for Stable Diffusion XL"):
        resolve(pair("lora_unet_mid_block_x", 8, 8), ss_base_model_version="sdxl_base_v1-0")
