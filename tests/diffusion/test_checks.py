"""Weights of another kind are called what they are before anything is loaded, by their headers alone."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from autostyle.diffusion import checks, headers, lora_files
from autostyle.diffusion.families import FAMILIES
from autostyle.diffusion.networks import base_of
from autostyle.errors import AutostyleError, BadInput, Missing
from autostyle.methods import registry
from autostyle.testing.tiny import ldm
from autostyle.tuning.fitting import refuse_unfit
from autostyle.vision.weights import Weights

Shapes = dict[str, tuple[int, ...]]
UNET = "model.diffusion_model."
SD15: Shapes = {
    f"{UNET}input_blocks.0.0.weight": (8, 4, 3, 3),
    f"{UNET}input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": (8, 32),
    "first_stage_model.encoder.conv_in.weight": (8, 3, 3, 3),
    "cond_stage_model.transformer.text_model.final_layer_norm.weight": (32,),
}
XL: Shapes = {name: shape for name, shape in SD15.items() if "cond" not in name} | {
    "conditioner.embedders.0.transformer.text_model.final_layer_norm.weight": (32,),
    "conditioner.embedders.1.model.ln_final.weight": (40,),
}
ADAPTER: Shapes = {"image_proj.proj.weight": (128, 24), "ip_adapter.1.to_k_ip.weight": (16, 32)}


def write(file: Path, shapes: Shapes) -> Path:
    save_file({name: np.zeros(shape, np.float16) for name, shape in shapes.items()}, file)
    return file


def without(shapes: Shapes, start: str) -> Shapes:
    return {name: shape for name, shape in shapes.items() if not name.startswith(start)}


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        (SD15 | {f"{UNET}input_blocks.0.0.weight": (8, 9, 3, 3)}, "an inpainting model"),
        (SD15 | {f"{UNET}input_blocks.0.0.weight": (8, 8, 3, 3)}, "an InstructPix2Pix model"),
        (SD15 | {f"{UNET}input_blocks.0.0.weight": (8, 5, 3, 3)}, "a depth-to-image model"),
        (without(XL, "conditioner.embedders.1"), "the refiner of Stable Diffusion XL"),
        ({f"{UNET}joint_blocks.0.x_block.attn.qkv.weight": (8, 8)}, "a Stable Diffusion 3 model"),
        ({f"{UNET}double_blocks.0.img_attn.qkv.weight": (8, 8)}, "a FLUX model"),
        ({"double_blocks.0.img_attn.qkv.weight": (8, 8)}, "a FLUX model"),
        ({"blocks.0.self_attn.q.weight": (8, 8)}, "a Wan model"),
        (without(SD15, "cond_stage_model."), "a UNet alone"),
        (without(SD15, "first_stage_model."), "without its VAE"),
        ({"down_blocks.0.resnets.0.conv1.weight": (8, 8, 3, 3)}, "a UNet alone"),
        ({"first_stage_model.decoder.conv_in.weight": (8, 4, 3, 3)}, "a VAE"),
        ({"decoder.mid_block.attentions.0.to_q.weight": (8, 8)}, "a VAE"),
        ({"emb_params": (4, 768)}, "a textual inversion embedding"),
        ({"clip_g": (4, 1280), "clip_l": (4, 768)}, "a textual inversion embedding"),
        ({"control_model.input_hint_block.0.weight": (8, 3, 3, 3)}, "a ControlNet"),
        ({"adapter.body.0.resnets.0.block1.weight": (8, 8, 3, 3)}, "a T2I-Adapter"),
        ({"down_blocks.0.motion_modules.0.temporal_transformer.norm.weight": (8,)}, "an AnimateDiff motion module"),
        ({"vision_model.post_layernorm.weight": (8,)}, "an image encoder"),
        (ADAPTER, "an IP-Adapter"),
        ({"lora_unet_mid_block_attentions_0_proj_in.lora_up.weight": (8, 2)}, "a LoRA"),
        (XL, "is a model of the family sdxl, not sd15"),
        ({"anything": (3, 3, 3)}, "a file of no kind known here"),
        ({}, "a file of no kind known here"),
    ],
)
def test_a_file_that_is_no_base_model_is_called_what_it_is(tmp_path: Path, shapes: Shapes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        checks.base(write(tmp_path / "x.safetensors", shapes), FAMILIES["sd15"])
    assert caught.value.hint


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unet": {"in_channels": 9}}, "an inpainting model"),
        ({"unet": {"in_channels": "many"}}, "a model of another task"),
        ({"unet": {"class_embed_type": "projection"}}, "a model of the kind"),
        ({"unet": {"_class_name": "FluxTransformer2DModel"}}, "a model of the kind"),
        ({"index": {"text_encoder": [None, None], "tokenizer": [None, None]}}, "the refiner of"),
        ({"index": {"vae": [None, None]}}, "without vae"),
    ],
)
def test_a_folder_that_is_no_base_model_is_called_what_it_is(
    tiny_models: Path, tmp_path: Path, change: dict[str, dict[str, object]], words: str
) -> None:
    folder = tmp_path / "sdxl"
    shutil.copytree(tiny_models / "sdxl", folder, copy_function=os.symlink)
    for name, values in change.items():
        file = folder / ("model_index.json" if name == "index" else f"{name}/config.json")
        said = json.loads(file.read_text("utf-8")) | values
        file.unlink()
        file.write_text(json.dumps(said), "utf-8")
    with pytest.raises(BadInput, match=words):
        checks.base(folder, FAMILIES["sdxl"])


def test_a_single_part_is_no_base_model(tiny_models: Path) -> None:
    with pytest.raises(BadInput, match="the part AutoencoderKL alone"):
        checks.base(tiny_models / "sd15" / "vae", FAMILIES["sd15"])


@pytest.mark.parametrize("family", list(FAMILIES))
def test_a_file_and_a_folder_of_one_model_have_the_same_layers(family: str, tiny_models: Path, tmp_path: Path) -> None:
    """So that a LoRA is judged alike beside either."""
    from autostyle.diffusion.library import diffusers

    pipeline = diffusers.DiffusionPipeline.from_pretrained(tiny_models / family, safety_checker=None)
    ldm.write_checkpoint(tmp_path / "model.safetensors", pipeline)
    folder, file = base_of(tiny_models / family), base_of(tmp_path / "model.safetensors")

    def kept(layers: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        return {name: shape for name, shape in layers.items() if "embedding" not in name or name.startswith("unet")}

    assert kept(dict(file.layers)) == kept(dict(folder.layers))
    assert (file.family, file.context) == (folder.family, folder.context)
    for layout in ("kohya", "diffusers"):
        assert len(checks.lora(tiny_models / f"lora_{family}_{layout}.safetensors", file)) > 100
    with pytest.raises(BadInput, match="does not fit"):
        checks.lora(tiny_models / f"lora_{'sd21' if family == 'sdxl' else 'sdxl'}_kohya.safetensors", file)


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ({"image_proj.latents": (1, 16, 768)}, "an IP-Adapter Plus"),
        ({"image_proj.proj.0.weight": (8, 8), "image_proj.proj.3.weight": (8,)}, "an IP-Adapter Full Face"),
        ({"image_proj.proj.0.weight": (8, 512), "image_proj.norm.weight": (8,)}, "an IP-Adapter FaceID"),
        (ADAPTER | {"ip_adapter.0.to_k_lora.down.weight": (8, 8)}, "an IP-Adapter FaceID"),
        ({"image_proj.perceiver_resampler.proj_in.weight": (8, 8)}, "an IP-Adapter FaceID"),
        (ADAPTER | {"ip_adapter.1.to_k_ip.weight": (16, 2048)}, "for Stable Diffusion XL, not for"),
        (ADAPTER | {"ip_adapter.1.to_k_ip.weight": (16, 40)}, "for another base model, not for"),
        (ADAPTER | {"image_proj.proj.weight": (128, 1280)}, "for the image encoder CLIP ViT-bigG/14: 1280 numbers"),
        ({"vision_model.post_layernorm.weight": (8,)}, "an image encoder"),
    ],
)
def test_an_adapter_of_another_kind_is_called_what_it_is(
    tiny_models: Path, tmp_path: Path, shapes: Shapes, words: str
) -> None:
    weights = Weights(yours=tiny_models)
    file = write(tmp_path / "x.safetensors", shapes)
    with pytest.raises(BadInput, match=words) as caught:
        checks.part("ip_adapter_sd15", file, weights)
    assert "autostyle weights get ip_adapter_sd15" in caught.value.hint


def test_without_a_base_model_beside_it_the_published_widths_tell(tmp_path: Path) -> None:
    file = write(tmp_path / "x.safetensors", ADAPTER | {"ip_adapter.1.to_k_ip.weight": (16, 2048)})
    with pytest.raises(BadInput, match="for Stable Diffusion XL, not for"):
        checks.part("ip_adapter_sd15", file, Weights(yours=tmp_path))


@pytest.mark.parametrize(
    ("id", "given", "words"),
    [
        ("controlnet_canny_sd15", "controlnet_canny_sdxl", "a ControlNet for another base model"),
        ("controlnet_canny_sd15", "image_encoder", "CLIPVisionModelWithProjection"),
        ("controlnet_depth_sdxl", "ip_adapter_sdxl.safetensors", "an IP-Adapter"),
        ("motion_adapter_sd15", "controlnet_canny_sd15", "a folder with ControlNetModel"),
        ("motion_adapter_sd15", "lora_sd15_kohya.safetensors", "one file, a LoRA"),
        ("image_encoder", "sd15/text_encoder", "a folder with CLIPTextModel"),
        ("image_encoder", "sd15", "StableDiffusionPipeline as a whole"),
        ("depth_estimator", "image_encoder", "a folder with CLIPVisionModelWithProjection"),
        ("ip_adapter_sdxl", "sdxl", "a folder, and an IP-Adapter is one file"),
        ("sd15_config", "sd15/vae", "no folder of configuration files"),
        ("sd21", "sd15", "the family sd15, not sd21"),
    ],
)
def test_each_place_takes_its_own_kind(tiny_models: Path, id: str, given: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        checks.part(id, tiny_models / given, Weights(yours=tiny_models))


@pytest.mark.parametrize("name", ["FluxControlNetModel", "SD3ControlNetModel", "ControlNetUnionModel", "T2IAdapter"])
def test_a_controlnet_of_another_kind_of_model_is_refused(tiny_models: Path, tmp_path: Path, name: str) -> None:
    write(tmp_path / "diffusion_pytorch_model.safetensors", ADAPTER)
    (tmp_path / "config.json").write_text(json.dumps({"_class_name": name}))
    with pytest.raises(BadInput, match=f"a folder with {name}"):
        checks.part("controlnet_canny_sd15", tmp_path, Weights(yours=tiny_models))


def test_an_image_encoder_may_be_half_of_a_whole_clip(tiny_models: Path, tmp_path: Path) -> None:
    write(tmp_path / "model.safetensors", ADAPTER)
    (tmp_path / "config.json").write_text(json.dumps({"architectures": ["CLIPModel"], "projection_dim": 24}))
    checks.part("image_encoder", tmp_path, Weights(yours=tiny_models))


def test_a_motion_adapter_for_other_blocks_is_refused(tiny_models: Path, tmp_path: Path) -> None:
    for change in ({"block_out_channels": [16, 32, 32]}, {"conv_in_channels": 9}):
        folder = tmp_path / next(iter(change))
        shutil.copytree(tiny_models / "motion_adapter_sd15", folder)
        said = json.loads((folder / "config.json").read_text("utf-8")) | change
        (folder / "config.json").write_text(json.dumps(said), "utf-8")
        with pytest.raises(BadInput, match="a motion adapter"):
            checks.part("motion_adapter_sd15", folder, Weights(yours=tiny_models))


def test_what_belongs_there_passes(tiny_models: Path) -> None:
    weights = Weights(yours=tiny_models)
    here = [id for id, status in weights.status().items() if weights.register[id].repository and status == "present"]
    assert len(here) > 8
    checks.whole(here, weights)


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_a_number_that_is_none_is_found_wherever_it_is(tmp_path: Path, value: float, dtype: type) -> None:
    numbers = np.ones((7, 5), dtype)
    file = tmp_path / "x.safetensors"
    save_file({"a": numbers, "b": np.array(np.finfo(dtype).max), "c": np.zeros(3, np.int64)}, file)
    headers.refuse_broken(file)
    numbers[6, 4] = value
    save_file({"a": np.ones(3, dtype), "b": numbers}, file)
    with pytest.raises(BadInput, match="damaged: in b there are numbers"):
        headers.refuse_broken(tmp_path)


def test_a_bfloat16_that_is_none_is_found(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file as save

    save({"a": torch.tensor([1.0, float("nan")], dtype=torch.bfloat16)}, tmp_path / "x.safetensors")
    with pytest.raises(BadInput, match="damaged"):
        headers.refuse_broken(tmp_path / "x.safetensors")


@pytest.fixture
def mine(tiny_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """The tiny models as one's own, with something else in one place."""
    yours = tmp_path / "yours"
    yours.mkdir()
    for path in tiny_models.iterdir():
        if "sdxl" not in path.name and "sd21" not in path.name:
            (yours / path.name).symlink_to(path)
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(yours))

    def put(place: str, other: str) -> Path:
        (yours / place).unlink()
        (yours / place).symlink_to(tiny_models / other)
        return yours

    return put


def test_what_a_method_would_load_is_looked_at_before_it_begins(
    mine: Callable[[str, str], Path], tiny_models: Path
) -> None:
    refuse_unfit("controlnet", {"control": "depth"})
    mine("controlnet_depth_sd15", "controlnet_depth_sdxl")
    refuse_unfit("controlnet", {"control": "canny"})
    with pytest.raises(BadInput, match="ControlNet for another base model"):
        refuse_unfit("controlnet", {"control": "depth"})

    lora = tiny_models / "lora_sd15_kohya.safetensors"
    refuse_unfit("style_lora", {"lora_weights": "0.5"}, {"lora": (lora,)})
    with pytest.raises(BadInput, match="2 weights for 1 LoRA"):
        refuse_unfit("style_lora", {"lora_weights": "0.5,1"}, {"lora": (lora,)})
    with pytest.raises(BadInput, match="only 60 of its 572 layers fit"):
        refuse_unfit("style_lora", {}, {"lora": (tiny_models / "lora_sdxl_kohya.safetensors",)})

    mine("ip_adapter_sd15.safetensors", "ip_adapter_sdxl.safetensors")
    for method in ("ip_adapter", "animatediff"):
        with pytest.raises(BadInput, match="IP-Adapter for another base model"):
            refuse_unfit(method, {})
    refuse_unfit("style_id", {})
    refuse_unfit("gatys", {})


def test_every_method_with_weights_of_its_own_passes_with_the_right_ones(mine: Callable[[str, str], Path]) -> None:
    for spec in registry.OURS.values():
        if spec.built and spec.weights:
            refuse_unfit(spec.name, {})


def test_broken_numbers_in_a_lora_are_found_before_a_study(
    mine: Callable[[str, str], Path], tiny_models: Path, tmp_path: Path
) -> None:
    state = load_file(tiny_models / "lora_sd15_kohya.safetensors")
    next(tensor for tensor in state.values() if tensor.ndim == 2)[0, 0] = np.nan
    save_file(state, tmp_path / "x.safetensors")
    with pytest.raises(BadInput, match="is damaged"):
        refuse_unfit("style_lora", {}, {"lora": (tmp_path / "x.safetensors",)})


def test_a_wrong_file_is_not_taken_in_use_and_the_right_one_stays(
    mine: Callable[[str, str], Path], tiny_models: Path
) -> None:
    yours = mine("ip_adapter_sd15.safetensors", "ip_adapter_sd15.safetensors")
    weights = Weights(yours=yours)
    before = weights.path("ip_adapter_sd15").resolve()
    with pytest.raises(AutostyleError, match="for another base model"):
        weights.use("ip_adapter_sd15", str(tiny_models / "ip_adapter_sdxl.safetensors"), checks.own)
    assert weights.path("ip_adapter_sd15").resolve() == before


def test_half_a_file_is_unreadable_and_no_kind_of_anything(tmp_path: Path) -> None:
    whole = write(tmp_path / "x.safetensors", SD15).read_bytes()
    (tmp_path / "x.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Missing, match="cannot be loaded"):
        checks.base(tmp_path / "x.safetensors", FAMILIES["sd15"])


NO_FILES: dict[str, Callable[[Path], None]] = {
    "pipe": lambda path: os.mkfifo(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "loop": lambda path: path.symlink_to(path.name),
    "nowhere": lambda path: path.symlink_to("gone"),
}


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES.keys())
def test_what_is_no_file_is_refused_and_never_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    """As weights of any kind, by a path or by one that could be a name on the hub, and inside of a folder."""
    (tmp_path / "a").mkdir()
    monkeypatch.chdir(tmp_path)
    path = Path("a/b.safetensors")
    make(path)
    weights = Weights(yours=tmp_path / "models", offline=True)
    for id in ("sd15", "ip_adapter_sd15", checks.ENCODER):
        with pytest.raises(BadInput, match="is no file"):
            weights.use(id, str(path), checks.own)
    with pytest.raises(BadInput, match="is no file"):
        lora_files.parse(str(path))
    with pytest.raises(BadInput, match="is no file"):
        headers.read(Path("a"))


def test_a_configuration_that_is_a_pipe_says_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "model_index.json")
    os.mkfifo(tmp_path / "config.json")
    with pytest.raises(Missing):
        checks.base(tmp_path, FAMILIES["sd15"])


def test_a_lora_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.safetensors").mkdir()
    with pytest.raises(BadInput, match="is no file"):
        lora_files.parse(str(tmp_path / "x.safetensors"))
