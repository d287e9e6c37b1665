"""Another pitch at the same length: periods of the voice are cut out and set down nearer or farther from each other.

Source: Moulines & Charpentier, "Pitch-synchronous waveform processing techniques for text-to-speech synthesis using
diphones", 1990 (TD-PSOLA). Resonances stay where they are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from autostyle.acoustics.pitch import STEP
from autostyle.codecs.recording import Recording

_UNVOICED = 0.005
"""Seconds between the marks where there is no pitch."""
_SEARCHED = 0.2
"""Of a period, about where the next mark is thought to be, in which the highest sample is looked for."""

Marks = NDArray[np.int64]
"""Samples, ascending, one in each period."""


def marks(mono: NDArray[np.float32], rate: int, pitch: NDArray[np.float64]) -> Marks:
    """Where each period has its middle: at its highest sample, near to one period after the one before."""
    signed = mono if float((mono.astype(np.float64) ** 3).sum()) >= 0 else -mono
    found = [0]
    last = len(mono) - 1
    # While there is no pitch, marks are evenly spaced.
    steps = np.where(pitch > 0, 1 / np.maximum(pitch, 1), _UNVOICED) * rate
    voiced = pitch > 0
    frame = STEP * rate
    while found[-1] < last:
        here = min(int(found[-1] / frame + 0.5), len(steps) - 1)
        step = steps[here]
        goal = found[-1] + step
        there = min(int(goal / frame + 0.5), len(steps) - 1)
        if voiced[there]:
            reach = max(1, int(_SEARCHED * step)) if voiced[here] else max(1, int(0.5 * steps[there]))
            start = max(found[-1] + int(0.5 * step), int(goal) - reach)
            seen = signed[start : int(goal) + reach + 1]
            goal = start + int(seen.argmax()) if len(seen) else goal
        found.append(min(max(round(goal), found[-1] + 1), last))
    return np.array(found)


def moved(recording: Recording, at: Marks, ratio: NDArray[np.float64]) -> Recording:
    """With periods ``ratio`` times as many a second, a value for each of the marks; where all are 1, as it was."""
    count = recording.samples.shape[1]
    if len(at) < 3 or np.allclose(ratio, 1, atol=1e-4):
        return recording
    made = np.zeros_like(recording.samples)
    weight = np.zeros(count, np.float32)
    before = np.diff(at, prepend=at[0] - (at[1] - at[0]))
    after = np.diff(at, append=at[-1] + (at[-1] - at[-2]))
    shapes: dict[tuple[int, int], NDArray[np.float32]] = {}
    time, mark = float(at[0]), 0
    while time <= at[-1]:
        while mark < len(at) - 1 and at[mark + 1] - time < time - at[mark]:
            mark += 1
        left, right = int(before[mark]), int(after[mark])
        shape = shapes.get((left, right))
        if shape is None:
            rise = 0.5 - 0.5 * np.cos(np.pi * np.arange(left) / left)
            fall = 0.5 + 0.5 * np.cos(np.pi * np.arange(right) / right)
            shape = shapes[left, right] = np.concatenate([rise, fall]).astype(np.float32)
        place = round(time)
        low = max(0, left - place, left - int(at[mark]))
        high = min(left + right, count - place + left, count - int(at[mark]) + left)
        if high > low:
            source = slice(at[mark] - left + low, at[mark] - left + high)
            target = slice(place - left + low, place - left + high)
            made[:, target] += recording.samples[:, source] * shape[low:high]
            weight[target] += shape[low:high]
        time += float(after[mark]) / float(ratio[mark])
    return Recording((made / np.maximum(weight, 1.0)).astype(np.float32), recording.rate)
