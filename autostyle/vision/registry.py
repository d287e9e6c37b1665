"""The register of weights: what there is, where it comes from, under which licence, and what stands in for it.

Importing this module imports no torch. Files are looked for in this order: the person's own folder (*yours*), the
package (*embedded*), and the caches where autostyle, torch.hub and the Hugging Face hub keep downloads (*pretrained*).
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

from autostyle.vision.diffusion_weights import DIFFUSION
from autostyle.vision.entry import WeightsEntry as WeightsEntry

EMBEDDED = Path(__file__).with_name("embedded")

CLIP_REPOSITORY = "laion/CLIP-ViT-B-32-laion2B-s34B-b79K"
CLIP_REVISION = "1a25a446712ba5ee05982a381eed697ef9b435cf"
_OURS = "trained from its own initialisation by training/ in our repository"

REGISTER: dict[str, WeightsEntry] = {
    entry.id: entry
    for entry in (
        WeightsEntry(
            id="encoder",
            purpose="features that gatys optimises",
            file="encoder.safetensors",
            licence="CC BY 4.0",
            source="VGG-16 of Simonyan & Zisserman (Oxford), made smaller by training/ in our repository",
            tier="embedded",
        ),
        WeightsEntry(
            "adain_encoder", "features of adain's pictures", "adain_encoder.safetensors", "MIT", _OURS, "embedded"
        ),
        WeightsEntry(
            "adain_decoder", "features back to a picture", "adain_decoder.safetensors", "MIT", _OURS, "embedded"
        ),
        WeightsEntry(
            "microast", "pictures in one pass, of any style", "microast.safetensors", "MIT", _OURS, "embedded"
        ),
        WeightsEntry(
            "fast_net", "pictures in one pass, of ten styles", "fast_net.safetensors", "MIT", _OURS, "embedded"
        ),
        WeightsEntry(
            "temporal_net",
            "clips in one pass a frame, of ten styles",
            "temporal_net.safetensors",
            "MIT",
            _OURS,
            "embedded",
        ),
        WeightsEntry("look", "grades told from photographs", "look.safetensors", "MIT", _OURS, "embedded"),
        WeightsEntry(
            "photo_wct", "photo_wct's features back to a picture", "photo_wct.safetensors", "MIT", _OURS, "embedded"
        ),
        WeightsEntry("glyph_reader", "legibility of fonts", "glyph_reader.safetensors", "MIT", _OURS, "embedded"),
        WeightsEntry("style_embedding", "style score", "style_embedding.safetensors", "MIT", _OURS, "embedded"),
        WeightsEntry(
            id="vgg19",
            purpose="features that gatys optimises, as in the paper",
            file="vgg19-dcbb9e9d.pth",
            licence="BSD-3-Clause",
            source="torchvision, VGG19_Weights.IMAGENET1K_V1",
            tier="pretrained",
            revision="dcbb9e9d",
            size=574_673_361,
            sha256="dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44",
            url="https://download.pytorch.org/models/vgg19-dcbb9e9d.pth",
            stand_in="encoder",
        ),
        WeightsEntry(
            id="vgg16",
            purpose="features that gatys optimises",
            file="vgg16-397923af.pth",
            licence="BSD-3-Clause; Oxford's own numbers CC BY 4.0, Simonyan & Zisserman",
            source="torchvision, VGG16_Weights.IMAGENET1K_V1",
            tier="pretrained",
            revision="397923af",
            size=553_433_881,
            sha256="397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0",
            url="https://download.pytorch.org/models/vgg16-397923af.pth",
            stand_in="encoder",
        ),
        WeightsEntry(
            id="raft_small",
            purpose="motion in clips for gatys_video",
            file="raft_small_C_T_V2-01064c6d.pth",
            licence="BSD-3-Clause",
            source="torchvision, Raft_Small_Weights.C_T_V2",
            tier="pretrained",
            revision="01064c6d",
            size=4_006_609,
            sha256="01064c6dba73b0fc9fc8edf772248560a00a3acfd62ac6677e9eeebad9680e27",
            url="https://download.pytorch.org/models/raft_small_C_T_V2-01064c6d.pth",
        ),
        WeightsEntry(
            id="clip",
            purpose="style score",
            file="open_clip_model.safetensors",
            licence="MIT",
            source=f"open_clip ViT-B-32, laion2b_s34b_b79k ({CLIP_REPOSITORY})",
            tier="pretrained",
            revision=CLIP_REVISION,
            size=605_143_316,
            sha256="ac4f8c4b88af6d963118cbf40ad93176d092abbedfcb752601ae1866352656e6",
            url=f"https://huggingface.co/{CLIP_REPOSITORY}/resolve/{CLIP_REVISION}/open_clip_model.safetensors",
            stand_in="style_embedding",
        ),
        *DIFFUSION,
        WeightsEntry(
            id="wavlm",
            purpose="features of speech for knn_vc",
            file="wavlm",
            licence="of what you bring (microsoft/wavlm-large: MIT)",
            source="WavLM in transformers' layout, with safetensors",
            tier="pretrained",
            brought="FOLDER|OWNER/NAME",
        ),
        WeightsEntry(
            id="wavlm_vocoder",
            purpose="speech of WavLM's features for knn_vc",
            file="wavlm_vocoder.safetensors",
            licence="of what you bring (kNN-VC's: MIT)",
            source="the generator of kNN-VC's HiFi-GAN, as safetensors",
            tier="pretrained",
            brought="FILE.safetensors",
        ),
    )
}


def own_cache() -> Path:
    """autostyle's folder for what it fetches, where no other program has a place for it."""
    return user_cache_path("autostyle") / "weights"


def torch_checkpoints() -> Path:
    """Where torch.hub keeps checkpoints, by its documented rules."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "torch"
    return Path(os.environ.get("TORCH_HOME", cache)).expanduser() / "hub" / "checkpoints"


def hub_snapshot(repository: str, revision: str) -> Path:
    """Where the Hugging Face hub's clients keep one revision of a repository, by their documented rules."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "huggingface"
    home = Path(os.environ.get("HF_HOME", cache)).expanduser()
    hub = Path(os.environ.get("HF_HUB_CACHE", home / "hub")).expanduser()
    return hub / f"models--{repository.replace('/', '--')}" / "snapshots" / revision


def destination(entry: WeightsEntry) -> Path:
    """Where a download of ``entry`` is put: torchvision's files where it keeps them, so that both share them."""
    return (torch_checkpoints() if entry.source.startswith("torchvision") else own_cache()) / entry.file


def locate(entry: WeightsEntry, yours: Path | None) -> Path | None:
    """The file or folder of ``entry`` on this machine, the person's own first; None where there is none."""
    if yours is not None:
        for place in (yours / entry.file, *(yours / f"{entry.id}{ending}" for ending in entry.endings)):
            if place.exists():
                return place
    if entry.repository is not None:
        return _in_hub(entry)
    places = [EMBEDDED / entry.file] if entry.tier == "embedded" else [destination(entry)]
    if entry.id == "clip":
        places.append(hub_snapshot(CLIP_REPOSITORY, CLIP_REVISION) / entry.file)
    return next((place for place in places if place.is_file()), None)


def _in_hub(entry: WeightsEntry) -> Path | None:
    assert entry.repository is not None
    folder = hub_snapshot(entry.repository, entry.revision) / entry.folder
    files = [folder / file for file in entry.files]
    if not all(file.is_file() for file in files):
        return None
    return files[0] if len(files) == 1 else folder
