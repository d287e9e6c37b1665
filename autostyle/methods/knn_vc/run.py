"""kNN-VC at work: features of a voice, the mean of their nearest ones in another, and a waveform of those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from autostyle.acoustics.drawing import spectrogram
from autostyle.acoustics.limiter import limited
from autostyle.acoustics.loudness import SILENCE, gained, loudness
from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput, Missing
from autostyle.methods.contract import AudioMethod, AudioResult, Inputs, Iterate, OnIterate, Stop, ignore
from autostyle.methods.devices import out_of_memory
from autostyle.methods.knn_vc.spec import SPEC, KnnVcParams
from autostyle.sentences import Sentence
from autostyle.vision.local_models import read_speech_encoder
from autostyle.vision.vocoder import load_vocoder

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

RATE = 16_000
"""Hz, of WavLM and of the vocoder."""
PART, BESIDE = 1000, 50
"""Frames that are seen together, and on either side of those that are kept."""


@dataclass(frozen=True)
class VoiceSounds:
    """Content at the rate of a run, and everything mono as the networks hear it, of the styles with their shares."""

    content: Recording
    own: Recording
    voices: tuple[Recording, ...]
    shares: tuple[float, ...]


class KnnVc(AudioMethod[KnnVcParams, VoiceSounds]):
    """See the module's docstring. Departures: pauses of the style are not cut off, styles are blended by the share of
    each in the mean, and ``strength`` is ours."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        self._device = device

        name = str(weights.path("wavlm"))
        read = weights.kept(("wavlm", device), lambda: read_speech_encoder(name, device))
        self._wavlm: Any = read.model
        file = weights.path("wavlm_vocoder")
        self._vocoder = weights.kept(
            ("wavlm_vocoder", device), lambda: load_vocoder(file).eval().requires_grad_(False).to(device)
        )
        self._origins = {name: weights.origin(id) for name, id in (("encoder", "wavlm"), ("vocoder", "wavlm_vocoder"))}
        config = self._wavlm.config
        strides = int(np.prod(config.conv_stride))
        if (strides, config.hidden_size) != (self._vocoder.hop, self._vocoder.features):
            raise Missing(
                "this vocoder makes no sound of this encoder's features: {vocoder} against {encoder}",
                "the two belong together: kNN-VC's vocoder is for WavLM large",
                vocoder=f"{self._vocoder.features} x {self._vocoder.hop}",
                encoder=f"{config.hidden_size} x {strides}",
            )

    def weights_used(self) -> dict[str, str]:
        return dict(self._origins)

    def prepare(self, inputs: Inputs[Recording, Recording], size: int) -> VoiceSounds:
        content, styles = inputs.content, inputs.style.exemplars
        if min(loudness(style) for style in styles) <= SILENCE:
            raise BadInput("the style is silent", "name another recording")

        def heard(recording: Recording) -> Recording:
            return recording.with_channels(1).at(RATE)

        return VoiceSounds(content.at(size), heard(content), tuple(map(heard, styles)), inputs.style.shares)

    @out_of_memory()
    @torch.inference_mode()
    def run(
        self, prepared: VoiceSounds, params: KnnVcParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> AudioResult:
        layers = self._wavlm.config.num_hidden_layers
        if params.layer > layers:
            raise BadInput("this encoder has {layers} layers", "-p layer=N takes one of them", layers=layers)
        content, hop = prepared.content, self._vocoder.hop
        pools = [torch.cat(list(self._features(voice, params.layer))) for voice in prepared.voices]
        own = list(self._features(prepared.own, params.layer))
        moved, made = [_moved(part, pools, prepared.shares, params) for part in own], list[Tensor]()
        whole, steps = torch.cat(moved), len(moved)

        def sounded() -> Recording:
            samples = torch.cat(made).cpu().numpy()[None].astype(np.float32)
            found = Recording(samples, RATE).lasting(prepared.own.samples.shape[1]).at(content.rate)
            found = found.lasting(content.samples.shape[1]).with_channels(content.channels)
            level = loudness(content)
            change = float(np.clip(level - loudness(found), -60, 60)) if level > SILENCE else -120.0
            return limited(gained(found, change))

        notes = (Sentence("the networks hear nothing above {most} Hz, and make nothing there", most=RATE // 2),)
        for step in range(steps):
            start, stop = step * PART, min(len(whole), (step + 1) * PART)
            first = max(0, start - BESIDE)
            heard = self._vocoder(whole[first : stop + BESIDE][None])[0]
            made.append(heard[(start - first) * hop :][: (stop - start) * hop])
            try:
                on_iterate(Iterate(step + 1, steps, lambda: spectrogram(sounded())))
            except Stop:
                return AudioResult(sounded(), steps=step + 1, stopped=True, notes=notes)
        return AudioResult(sounded(), steps=steps, notes=notes)

    def _features(self, recording: Recording, layer: int) -> Iterator[Tensor]:
        """Of :data:`PART` frames at a time, shape (frames, features)."""
        hop = self._vocoder.hop
        samples = torch.from_numpy(recording.samples[0])
        count = -(-len(samples) // hop)
        padded = torch.nn.functional.pad(samples, (0, count * hop - len(samples) + hop)).to(self._device)
        for start in range(0, count, PART):
            first, stop = max(0, start - BESIDE), min(count, start + PART)
            # A frame is made of a quarter more samples than it has.
            heard = padded[first * hop : (min(count, stop + BESIDE) + 1) * hop][None]
            states = self._wavlm(heard, output_hidden_states=True).hidden_states
            yield states[layer][0, start - first :][: stop - start]


def _moved(own: Tensor, pools: list[Tensor], shares: tuple[float, ...], params: KnnVcParams) -> Tensor:
    """Each frame towards the mean of those of the styles that are nearest by their angle."""
    found = torch.zeros_like(own)
    for pool, share in zip(pools, shares, strict=True):
        alike = torch.nn.functional.normalize(own, dim=1) @ torch.nn.functional.normalize(pool, dim=1).T
        best = alike.topk(min(params.neighbours, len(pool)), dim=1).indices
        found += share * pool[best].mean(dim=1)
    return own + params.strength * (found - own)
