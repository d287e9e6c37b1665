"""Sound mosaic at work: which grain sounds when is found by a factorisation whose templates are the style's frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from autostyle.acoustics.drawing import spectrogram
from autostyle.acoustics.loudness import gained, loudness
from autostyle.acoustics.spectra import Magnitudes, Spectrum, istft, stft
from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput
from autostyle.methods.contract import AudioMethod, AudioResult, Inputs, Iterate, OnIterate, Stop, ignore
from autostyle.methods.sound_mosaic.spec import SPEC, SoundMosaicParams

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

HIGH = 11_025.0
"""Hz up to which content and grains are compared."""
MOST = 640
"""Grains that are chosen from, before they are moved in pitch."""
AT_ONCE = 512
"""Frames of the content whose grains are chosen together."""
BESIDE = 12
"""Frames on either side of those that are looked at, too."""
SILENT, SOFT = 0.03, 0.15
"""Of the loudest frame of the style: below the one a frame is no grain, below the other it stays a soft one: what lies
between the sounds would else be the loudest of all."""
FOLLOWED = 0.012
"""Seconds over which loudness is followed."""
MOST_GAIN = 8.0
"""Times that the envelope makes anything louder."""
EPSILON = np.float32(1e-8)

Activations = NDArray[np.float32]
"""How loud each grain is in each frame, shape (grains, frames)."""


@dataclass(frozen=True)
class MosaicSounds:
    """Content and styles at the rate of a run; a style is as loud as its share."""

    content: Recording
    styles: tuple[Recording, ...]


@dataclass(frozen=True)
class _Grains:
    """The frames of the style sounds.

    Args:
        spectra: of each channel, complex, shape (channels, bins, grains).
        templates: magnitudes of both together up to :data:`HIGH`, shape (bins, grains).
        follows: whether a grain follows the one before it in its sound.
    """

    spectra: Spectrum
    templates: Magnitudes
    follows: NDArray[np.bool_]


class SoundMosaic(AudioMethod[SoundMosaicParams, MosaicSounds]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        """Nothing to load."""

    def weights_used(self) -> dict[str, str]:
        return {"grains": "the style's own"}

    def prepare(self, inputs: Inputs[Recording, Recording], size: int) -> MosaicSounds:
        content = inputs.content.at(size)
        styles = tuple(style.at(size).with_channels(content.channels) for style in inputs.style.exemplars)
        if any(not style.samples.any() for style in styles):
            raise BadInput("the style is silent", "name another recording")
        loud = [loudness(style) for style in styles]
        # The louder a style is, the more of its grains are chosen.
        louder = [20 * float(np.log10(share / max(inputs.style.shares))) for share in inputs.style.shares]
        even = [gained(style, max(loud) - own + more) for style, own, more in zip(styles, loud, louder, strict=True)]
        return MosaicSounds(content, tuple(even))

    def run(
        self, prepared: MosaicSounds, params: SoundMosaicParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> AudioResult:
        content = prepared.content
        window = 4 * round(params.grain / 1000 * content.rate / 4)
        hop = window // 2
        grains = _grains(prepared, params, window, hop)
        own = np.abs(stft(content.mono, window, hop))[: len(grains.templates)]
        parts = list(_parts(own.shape[1]))
        steps, step, stopped = params.iterations * len(parts), 0, False
        played = np.zeros((grains.templates.shape[1], own.shape[1]), np.float32)

        def mosaic() -> Recording:
            return _played(prepared, params, grains, played, window, hop)

        for seen, kept in parts:
            rng = np.random.default_rng([seed, seen.start])
            found = rng.uniform(0.1, 1.0, (grains.templates.shape[1], seen.stop - seen.start)).astype(np.float32)
            for number in range(params.iterations):
                found = _mended(found, own[:, seen], grains, params, number)
                played[:, kept] = found[:, kept.start - seen.start : kept.stop - seen.start]
                step += 1
                try:
                    on_iterate(Iterate(step, steps, lambda: spectrogram(mosaic())))
                except Stop:
                    stopped = True
                    break
            if stopped:
                break
        return AudioResult(mosaic(), steps=step, stopped=stopped)


def _grains(prepared: MosaicSounds, params: SoundMosaicParams, window: int, hop: int) -> _Grains:
    rate = prepared.content.rate
    bins = min(window // 2 + 1, int(HIGH * window / rate) + 1)
    seconds = MOST * hop / rate / len(prepared.styles)
    found: list[Spectrum] = []
    follows: list[NDArray[np.bool_]] = []
    for style in prepared.styles:
        for semitones in range(-params.transpose, params.transpose + 1):
            moved = _transposed(style.part(*_middle(style, seconds)), semitones)
            spectra = stft(moved.samples, window, hop)
            found.append(spectra)
            follows.append(np.arange(spectra.shape[-1]) > 0)
    spectra = np.concatenate(found, axis=-1)
    templates = np.abs(spectra.mean(axis=0))[:bins]
    energy = np.linalg.norm(templates, axis=0)
    heard = energy >= SILENT * energy.max()
    # Grains are told apart by what they sound like, not by how loud they are.
    even = np.where(heard, 1 / np.maximum(energy, SOFT * energy.max()), 0).astype(np.float32)
    return _Grains(spectra * even, templates * even, np.concatenate(follows))


def _middle(style: Recording, seconds: float) -> tuple[float, float]:
    """So many ``seconds`` of a style, as loud a part as any."""
    if style.seconds <= seconds:
        return 0.0, style.seconds
    step = 0.25
    block = round(step * style.rate)
    power = np.square(style.mono[: len(style.mono) // block * block]).reshape(-1, block).mean(axis=1)
    width = max(1, min(len(power), int(seconds / step)))
    start = float(np.convolve(np.sqrt(power), np.ones(width), "valid").argmax()) * step
    start = min(start, style.seconds - seconds)
    return start, start + seconds


def _transposed(style: Recording, semitones: int) -> Recording:
    """Played faster, or slower: so many semitones higher."""
    if not semitones:
        return style
    faster = Recording(style.samples, round(style.rate * 2 ** (semitones / 12) / 10) * 10).at(style.rate)
    return Recording(faster.samples, style.rate)


def _parts(frames: int) -> Iterator[tuple[slice, slice]]:
    """What is seen together, and what of it is kept."""
    for start in range(0, frames, AT_ONCE):
        stop = min(frames, start + AT_ONCE)
        yield slice(max(0, start - BESIDE), min(frames, stop + BESIDE)), slice(start, stop)


def _mended(
    found: Activations, wanted: Magnitudes, grains: _Grains, params: SoundMosaicParams, number: int
) -> Activations:
    """One iteration, as in the paper: no repetition, few at once, in their order, then nearer to what is wanted."""
    let = np.float32(1 - (number + 1) / params.iterations)
    if params.repetition:
        most = maximum_filter1d(found, 2 * params.repetition + 1, axis=1, mode="constant")
        found = np.where(found >= most, found, found * let)
    if params.polyphony < len(found):
        least = np.partition(found, -params.polyphony, axis=0)[-params.polyphony]
        found = np.where(found >= least, found, found * let)
    if params.continuity:
        found = _in_order(found, grains.follows, params.continuity)
    now = grains.templates @ found + EPSILON
    weight = grains.templates.sum(axis=0)[:, None] + EPSILON
    return np.asarray(found * (grains.templates.T @ (wanted / now)) / weight, np.float32)


def _in_order(found: Activations, follows: NDArray[np.bool_], reach: int) -> Activations:
    """The sum along the diagonals, so that a grain sounds after the one before it in its sound."""
    total = found.copy()
    before = after = found
    for _ in range(reach):
        before = np.pad(before[:-1, :-1], ((1, 0), (1, 0))) * follows[:, None]
        after = np.pad(after[1:, 1:] * follows[1:, None], ((0, 1), (0, 1)))
        total += before + after
    return total


def _played(
    prepared: MosaicSounds,
    params: SoundMosaicParams,
    grains: _Grains,
    played: Activations,
    window: int,
    hop: int,
) -> Recording:
    content = prepared.content
    spectrum = (grains.spectra @ played).astype(np.complex64)
    mosaic = Recording(istft(spectrum, window, hop, content.samples.shape[1]), content.rate)
    mosaic = _followed(mosaic, content, params.envelope)
    heard = loudness(mosaic)
    mosaic = gained(mosaic, np.clip(loudness(content) - heard, -40, 40))
    mixed = params.strength * mosaic.samples + (1 - params.strength) * content.samples
    peak = float(np.abs(mixed).max(initial=0.0))
    return Recording((mixed / max(1.0, peak / 0.98)).astype(np.float32), content.rate)


def _followed(mosaic: Recording, content: Recording, share: float) -> Recording:
    """As loud as the content at each moment, each channel by itself."""
    if not share:
        return mosaic
    width = FOLLOWED * content.rate / 2
    own, wanted = (
        np.sqrt(gaussian_filter1d(np.square(each.samples, dtype=np.float64), width, axis=1))
        for each in (mosaic, content)
    )
    floor = max(1e-6, 1e-4 * float(wanted.max(initial=0.0)))
    gain = np.clip((wanted + floor) / (own + floor), 0, MOST_GAIN) ** share
    return Recording((mosaic.samples * gain).astype(np.float32), mosaic.rate)
