"""Sound texture at work: gradients on a logarithmic spectrogram, then phases for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from autostyle.acoustics.drawing import spectrogram
from autostyle.acoustics.loudness import SILENCE, gained, loudness
from autostyle.acoustics.spectra import istft, stft
from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput
from autostyle.methods.contract import AudioMethod, AudioResult, Inputs, Iterate, OnIterate, Stop, ignore
from autostyle.methods.devices import out_of_memory
from autostyle.methods.sound_texture.spec import SPEC, SoundTextureParams

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

WINDOW = 0.046
"""Seconds of a frame; four of them overlap."""
LOUD = -23.0
"""LUFS at which everything is compared."""
SCALE = 100.0
"""Of magnitudes before the logarithm, where a full sine has one."""
RATE = 0.06
"""Step of the optimiser."""
PHASES, MOMENTUM = 40, 0.99
AT_ONCE = 1400
"""Frames that are optimised together: 16 s."""


@dataclass(frozen=True)
class TextureSounds:
    """Content and styles at the rate of a run, each as loud as the others."""

    content: Recording
    own: float
    styles: tuple[Recording, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class _Statistics:
    """Of a logarithmic spectrogram: Gram matrix of the filters, mean and spread of each frequency."""

    gram: Tensor
    mean: Tensor
    spread: Tensor


class SoundTexture(AudioMethod[SoundTextureParams, TextureSounds]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        self._device = device

    def weights_used(self) -> dict[str, str]:
        return {"filters": "random"}

    def prepare(self, inputs: Inputs[Recording, Recording], size: int) -> TextureSounds:
        content = inputs.content.at(size)
        styles = tuple(style.at(size) for style in inputs.style.exemplars)
        loud = [loudness(style) for style in styles]
        if min(loud) <= SILENCE:
            raise BadInput("the style is silent", "name another recording")
        own = loudness(content)
        even = tuple(gained(style, LOUD - level) for style, level in zip(styles, loud, strict=True))
        return TextureSounds(gained(content, LOUD - own) if own > SILENCE else content, own, even, inputs.style.shares)

    @out_of_memory()
    def run(
        self, prepared: TextureSounds, params: SoundTextureParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> AudioResult:
        content = prepared.content
        window = 4 * round(WINDOW * content.rate / 4)
        hop = window // 4
        frames = max(1, round(params.reach / 1000 * content.rate / hop))
        filters = self._filters(window // 2 + 1, frames, params.filters, seed)
        wanted = self._wanted(prepared, filters, window, hop)
        whole = self._logarithmic(content.mono, window, hop)
        parts = whole.split(AT_ONCE, dim=1)
        made, stopped, steps = list(parts), False, params.steps * len(parts)

        def heard(phases: int = 4) -> Recording:
            return _sounded(prepared, torch.cat(made, dim=1).cpu().numpy(), window, hop, phases)

        for number, part in enumerate(parts):
            now = part.clone().requires_grad_(True)
            optimizer = torch.optim.Adam([now], lr=RATE)
            size = float(part.square().mean()) + 1e-6
            for step in range(params.steps):
                optimizer.zero_grad(set_to_none=True)
                kept = (now - part).square().mean() / size
                style = sum(
                    share * _distance(_statistics(now, filters), one, params.levels)
                    for share, one in zip(prepared.shares, wanted, strict=True)
                )
                loss = (kept + params.style_weight * style) / (1 + params.style_weight)
                loss.backward()
                optimizer.step()
                with torch.no_grad():
                    now.clamp_(min=0)
                made[number] = now.detach()
                done = number * params.steps + step + 1
                try:
                    on_iterate(Iterate(done, steps, lambda: spectrogram(heard()), float(loss.detach())))
                except Stop:
                    return AudioResult(heard(PHASES), steps=done, stopped=True)
        return AudioResult(heard(PHASES), steps=steps, stopped=stopped)

    def _filters(self, bins: int, frames: int, count: int, seed: int) -> Tensor:
        generator = torch.Generator().manual_seed(seed)
        made: Tensor = torch.randn(count, bins, frames, generator=generator) * (2 / (bins * frames)) ** 0.5
        return made.to(self._device)

    def _logarithmic(self, mono: NDArray[np.float32], window: int, hop: int) -> Tensor:
        """Shape (bins, frames), 0 where nothing is."""
        magnitudes = np.abs(stft(mono, window, hop)) / (window / 4)
        seen: Tensor = torch.from_numpy(np.log1p(SCALE * magnitudes)).to(self._device)
        return seen

    def _wanted(self, prepared: TextureSounds, filters: Tensor, window: int, hop: int) -> list[_Statistics]:
        with torch.no_grad():
            seen = (self._logarithmic(style.mono, window, hop) for style in prepared.styles)
            return [_statistics(one, filters) for one in seen]


def _statistics(seen: Tensor, filters: Tensor) -> _Statistics:
    width = filters.shape[-1]
    padded = F.pad(seen[None], (width // 2, width // 2), mode="replicate")
    found = F.relu(F.conv1d(padded, filters))[0]
    return _Statistics(found @ found.T / found.shape[1], seen.mean(dim=1), seen.std(dim=1))


def _distance(now: _Statistics, wanted: _Statistics, levels: float) -> Tensor:
    """0 where the statistics are those that are wanted, about 1 where they have nothing in common."""
    gram = (now.gram - wanted.gram).square().sum() / wanted.gram.square().sum()
    mean = (now.mean - wanted.mean).square().sum() / wanted.mean.square().sum()
    spread = (now.spread - wanted.spread).square().sum() / wanted.spread.square().sum()
    return (1 - levels) * gram + levels * (mean + spread) / 2


def _sounded(
    prepared: TextureSounds, logarithmic: NDArray[np.float32], window: int, hop: int, phases: int
) -> Recording:
    """What has this spectrogram, with phases that begin as the content's; in stereo each channel as loud as it was."""
    content = prepared.content
    count = content.samples.shape[1]
    magnitudes = (np.expm1(logarithmic) * (window / 4) / SCALE).astype(np.float32)
    own = stft(content.mono, window, hop)
    angles, before = np.exp(1j * np.angle(own)).astype(np.complex64), np.zeros_like(own)
    for _ in range(phases):
        found = stft(istft(magnitudes * angles, window, hop, count), window, hop)
        moved = found + MOMENTUM * (found - before)
        angles, before = (moved / np.maximum(np.abs(moved), 1e-9)).astype(np.complex64), found
    mono = Recording(istft(magnitudes * angles, window, hop, count)[None], content.rate)
    made = gained(mono, float(np.clip(prepared.own - loudness(mono), -60, 60)) if prepared.own > SILENCE else -120.0)
    samples = made.samples
    if content.channels == 2:
        levels = np.sqrt(np.square(content.samples).mean(axis=1, keepdims=True))
        samples = samples * levels / max(float(np.sqrt(np.square(levels).mean())), 1e-9)
    peak = float(np.abs(samples).max(initial=0.0))
    return Recording((samples / max(1.0, peak / 0.98)).astype(np.float32), content.rate)
