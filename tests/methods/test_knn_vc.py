"""kNN-VC on networks of the published layout, small and with random numbers: what it sounds like cannot be tested."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from autostyle.codecs.recording import Recording
from autostyle.decision import available
from autostyle.errors import BadInput, Missing
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, Inputs, Style
from autostyle.testing import AudioMethodContract
from autostyle.testing.inputs import speaking
from autostyle.vision import local_models, torchvision_cpu
from autostyle.vision.vocoder import load_vocoder
from autostyle.vision.weights import Weights

WIDTH, LAYERS = 16, 12
KERNELS = (20, 16, 4, 4)
"""Of kNN-VC's vocoder: strides of 10, 8, 2 and 2."""


class Generator(nn.Module):
    """The names that kNN-VC's vocoder is published under."""

    def __init__(self) -> None:
        super().__init__()
        self.lin_pre = nn.Linear(WIDTH, 8)
        self.conv_pre = nn.Conv1d(8, 32, 7)
        sizes = [32 // 2**n for n in range(5)]
        self.ups = nn.ModuleList(nn.ConvTranspose1d(sizes[n], sizes[n + 1], k) for n, k in enumerate(KERNELS))
        self.resblocks = nn.ModuleList()
        for size in sizes[1:]:
            for kernel in (3, 7, 11):
                block = nn.Module()
                block.convs1 = nn.ModuleList(nn.Conv1d(size, size, kernel) for _ in range(3))
                block.convs2 = nn.ModuleList(nn.Conv1d(size, size, kernel) for _ in range(3))
                self.resblocks.append(block)
        self.conv_post = nn.Conv1d(sizes[-1], 1, 7)


def published(generator: Generator) -> dict[str, Tensor]:
    """Its tensors as weight normalisation keeps them: length and direction of each kernel, but of the linear layer."""
    found = {}
    for name, value in generator.state_dict().items():
        if value.ndim == 3:
            found[f"{name}_g"] = value.flatten(1).norm(dim=1).view(-1, 1, 1)
            found[f"{name}_v"] = 2 * value
        else:
            found[name] = value
    return found


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of weights with a small WavLM and a vocoder of its features."""
    torchvision_cpu.prepare()
    import transformers

    folder = tmp_path_factory.mktemp("networks")
    torch.manual_seed(0)
    config = transformers.WavLMConfig(
        hidden_size=WIDTH, num_hidden_layers=LAYERS, num_attention_heads=2, intermediate_size=32,
        conv_dim=(8,) * 7, num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=2, do_stable_layer_norm=True,
        feat_extract_norm="layer",
    )  # fmt: skip
    transformers.WavLMModel(config).save_pretrained(folder / "wavlm")
    generator = Generator()
    for value in generator.parameters():
        value.data.mul_(3)
    save_file(published(generator), folder / "wavlm_vocoder.safetensors")
    save_file(generator.state_dict(), folder / "plain.safetensors")
    return folder


@pytest.fixture(scope="module")
def knn_vc(networks: Path) -> AnyMethod:
    method = registry.create("knn_vc")
    method.load(Weights(offline=True, yours=networks), "cpu")
    return method


@pytest.mark.slow
class TestKnnVc(AudioMethodContract):
    spec = registry.find("knn_vc")
    sounds = speaking(1.0), speaking(1.2, seed=1, pitch=190, tract=1.2), speaking(1.0, seed=2, pitch=160, tract=0.9)

    @pytest.fixture(scope="class")
    @classmethod
    def weights(cls, networks: Path) -> Weights:
        return Weights(offline=True, yours=networks)


@pytest.mark.slow
def test_the_vocoder_unfolds_its_weights_and_makes_320_samples_of_a_frame(networks: Path) -> None:
    vocoder = load_vocoder(networks / "wavlm_vocoder.safetensors")
    assert (vocoder.features, vocoder.hop) == (WIDTH, 320)
    assert vocoder(torch.randn(1, 9, WIDTH)).shape == (1, 9 * 320)
    plain = load_vocoder(networks / "plain.safetensors").state_dict()
    assert all(torch.allclose(value, plain[name], atol=1e-6) for name, value in vocoder.state_dict().items())


@pytest.mark.slow
def test_a_voice_made_of_its_own_frames_is_what_the_vocoder_makes_of_it(knn_vc: AnyMethod) -> None:
    voice = speaking(1.0, 16_000)
    prepared = knn_vc.prepare(Inputs(voice, Style((voice,))), 16_000)
    itself, untouched, other = (
        knn_vc.run(prepared, registry.params("knn_vc").parse(params), seed=0).recording.samples
        for params in ({"neighbours": 1}, {"strength": 0.0}, {"neighbours": 30})
    )
    assert np.allclose(itself, untouched, atol=1e-4) and not np.allclose(itself, other, atol=1e-3)
    with pytest.raises(BadInput, match="12 layers"):
        knn_vc.run(prepared, registry.params("knn_vc").parse({"layer": 13}), seed=0)


@pytest.mark.slow
def test_parts_of_a_long_recording_meet_without_a_seam(knn_vc: AnyMethod, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = speaking(1.0, 16_000)
    prepared = knn_vc.prepare(Inputs(voice, Style((speaking(1.0, 16_000, 3),))), 16_000)
    made: list[Recording] = []
    for part in (1000, 20):
        monkeypatch.setattr("autostyle.methods.knn_vc.run.PART", part)
        made.append(knn_vc.run(prepared, registry.params("knn_vc").parse({"strength": 0.0}), seed=0).recording)
    apart = np.square(made[0].samples - made[1].samples).mean() / np.square(made[0].samples).mean()
    assert apart < 0.05


def test_a_model_that_hears_nothing_is_no_speech_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    words = SimpleNamespace(model=SimpleNamespace(config=SimpleNamespace(hidden_size=16)))
    monkeypatch.setattr(local_models, "read_model", lambda *_: words)
    with pytest.raises(Missing, match="no speech encoder can be read from bert"):
        local_models.read_speech_encoder("bert", "cpu")


def test_what_is_missing_is_told_with_how_to_bring_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOSTYLE_WEIGHTS", str(tmp_path / "yours"))
    assert "weights use wavlm" in available(registry.find("knn_vc")).missing
    with pytest.raises(Missing) as caught:
        Weights.open(offline=True).path("wavlm_vocoder")
    assert "weights use wavlm_vocoder FILE" in caught.value.hint
    (tmp_path / "wavlm-large").mkdir()
    Weights.open(offline=True).use("wavlm", str(tmp_path / "wavlm-large"))
    save_file(Generator().state_dict(), tmp_path / "g.safetensors")
    Weights.open(offline=True).use("wavlm_vocoder", str(tmp_path / "g.safetensors"))
    assert available(registry.find("knn_vc"))
    save_file({"a": torch.zeros(1)}, tmp_path / "other.safetensors")
    with pytest.raises(Missing, match="no vocoder"):
        load_vocoder(tmp_path / "other.safetensors")
