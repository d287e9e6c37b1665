"""Voices: studies of voice_match against its defaults, and what other ears say of its results.

Voices are those of flite, in ffmpeg (``slt``, ``rms``, ``awb``: three people's recordings), each saying two texts; a
content says the first, a style the second, and what the style's own voice makes of the first text is the truth. Judges
that autostyle has nothing to do with: Resemblyzer's network for speakers (its ``pretrained.pt`` alone is read: the
package would bring numba), and pocketsphinx for words. ``pip install --no-deps resemblyzer pocketsphinx`` brings both.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import optuna
import torch
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from torch import nn

from autostyle.acoustics.spectra import magnitudes
from autostyle.acoustics.voice import VoiceFrames, shapes
from autostyle.codecs.recording import Recording
from autostyle.codecs.recording_file import read_recording
from autostyle.plan import MethodPlan
from autostyle.scoring.audio.voices import VoiceScorer
from benchmarks.common import report
from benchmarks.sound import RATE, TRIALS, opened
from benchmarks.studies import of_method

TEXTS = (
    "The north wind and the sun were disputing which was the stronger, when a traveler came along wrapped in a warm "
    "cloak. They agreed that the one who first succeeded in making the traveler take his cloak off should be "
    "considered stronger.",
    "Please call Stella. Ask her to bring these things with her from the store, six spoons of fresh snow peas, five "
    "thick slabs of blue cheese, and maybe a snack for her brother Bob. We also need a small plastic snake and a big "
    "toy frog for the kids.",
)
PAIRS = (("slt", "rms"), ("rms", "slt"), ("awb", "slt"), ("slt", "awb"), ("rms", "awb"))
SETTINGS: dict[str, dict[str, Any]] = {
    "untouched": {"strength": 0.0},
    "defaults": {},
    "half the strength": {"strength": 0.5},
    "pitch alone": {"formants": 0.0, "envelope": 0.0},
    "an equalizer alone": {"pitch": 0.0, "formants": 0.0, "classes": 1},
    "all the way": {"formants": 1.0, "envelope": 1.2, "intonation": 1.0},
}
PLAN = MethodPlan(name="voice_match")
EAR_RATE = 16_000


@cache
def spoken(voice: str, text: int) -> Recording:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "said.wav"
        said = re.sub(r"[:']", "", TEXTS[text])
        command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", f"flite=text='{said}':voice={voice}", str(out)]
        subprocess.run(command, check=True)
        return read_recording(out).recording


class Speakers(nn.Module):
    """Resemblyzer's: three layers of LSTM, the last state through a linear layer, of unit length."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(40, 256, 3, batch_first=True)
        self.linear = nn.Linear(256, 256)
        found = importlib.util.find_spec("resemblyzer")
        if found is None or found.origin is None:
            raise SystemExit("resemblyzer is not here: pip install --no-deps resemblyzer")
        state = torch.load(Path(found.origin).with_name("pretrained.pt"), map_location="cpu", weights_only=True)
        self.load_state_dict(state["model_state"], strict=False)

    @torch.inference_mode()
    def embed(self, recording: Recording) -> NDArray[np.float32]:
        """Of all parts of 1.6 s, half overlapping, as Resemblyzer has it; there are no long pauses to leave out."""
        sound = recording.at(EAR_RATE).mono
        level = float(np.sqrt(np.square(sound).mean()))
        sound = sound * max(1.0, 10 ** (-30 / 20) / max(level, 1e-9))
        seen = (_slaney() @ np.square(magnitudes(sound.astype(np.float32), 400, 160))).T.astype(np.float32)
        parts = [torch.from_numpy(seen[start : start + 160]) for start in range(0, max(1, len(seen) - 160), 80)]
        states = self.lstm(torch.stack(parts))[1][0][-1]
        found = nn.functional.normalize(torch.relu(self.linear(states)), dim=1).mean(dim=0)
        return np.asarray((found / found.norm()).numpy())


@cache
def _slaney() -> NDArray[np.float64]:
    """Mel bands as librosa makes them."""

    def hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.where(mels < 15, 200 / 3 * mels, 1000 * np.exp(np.log(6.4) / 27 * (mels - 15))))

    edges = hertz(np.linspace(0, 15 + np.log(8.0) / (np.log(6.4) / 27), 42))
    bins = np.fft.rfftfreq(400, 1 / EAR_RATE)
    rise = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.asarray(np.maximum(0, np.minimum(rise, fall)) * (2 / (edges[2:] - edges[:-2]))[:, None])


@cache
def _decoder() -> Any:
    import pocketsphinx

    return pocketsphinx.Decoder(samprate=EAR_RATE, loglevel="FATAL")


def words_wrong(recording: Recording, text: int) -> float:
    """Word error rate, as pocketsphinx hears it with its own model of English."""
    sound = recording.at(EAR_RATE).mono
    pcm = (0.7 * sound / max(float(np.abs(sound).max()), 1e-9) * 32767).astype(np.int16).tobytes()
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    heard = decoder.hyp().hypstr.split() if decoder.hyp() else []
    wanted = re.sub(r"[^a-z ]", "", TEXTS[text].lower()).split()
    row = list(range(len(heard) + 1))
    for number, word in enumerate(wanted, 1):
        before, row = row, [number]
        for place, other in enumerate(heard, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (word != other)))
    return row[-1] / len(wanted)


def apart(made: Recording, truth: Recording) -> float:
    """Mel-cepstral distortion in dB along the best alignment (dynamic time warping) of two sayings of one text."""
    first, second = (
        shapes(VoiceFrames.of(each.at(EAR_RATE), 7600.0).envelope) * (np.log(10) / 20) for each in (made, truth)
    )
    costs = 10 / np.log(10) * np.sqrt(2) * cdist(first, second) / np.sqrt(24)
    total, steps = np.full((len(first), len(second)), np.inf), np.zeros((len(first), len(second)))
    for row in range(len(first)):
        for column in range(len(second)):
            if row == column == 0:
                total[0, 0], steps[0, 0] = costs[0, 0], 1
                continue
            ways = [(a, b) for a, b in ((row - 1, column - 1), (row - 1, column), (row, column - 1)) if min(a, b) >= 0]
            best = min(ways, key=lambda way: total[way])
            total[row, column], steps[row, column] = total[best] + costs[row, column], steps[best] + 1
    return float(total[-1, -1] / steps[-1, -1])


def judged() -> dict[str, Any]:
    """Each setting on each pair, by the score, by Resemblyzer, by pocketsphinx and against the truth."""
    speakers, rows = Speakers().eval(), []
    for content, style in PAIRS:
        sound, truth = spoken(content, 0), spoken(style, 0)
        bench = opened(PLAN, sound, spoken(style, 1), VoiceScorer)
        goal = speakers.embed(spoken(style, 1))
        made = {
            name: bench.method.run(bench.prepared, bench.space.model.parse(settings), seed=0).made
            for name, settings in SETTINGS.items()
        }
        for name, one in (made | {"the truth": truth}).items():
            found = bench.scorer.score(one)
            figures = {
                **found.objectives,
                "held out": found.held_out["style"],
                "speaker": float(speakers.embed(one) @ goal),
                "words wrong": words_wrong(one, 0),
                "from the truth": apart(one.part(0, 5), truth.part(0, 5)),
            }
            figures = {key: round(value, 3) for key, value in figures.items()}
            rows.append({"pair": f"{content}-{style}", "setting": name, **figures})
    means = {
        name: {
            key: round(float(np.mean([row[key] for row in rows if row["setting"] == name])), 3)
            for key in ("style", "content", "held out", "speaker", "words wrong", "from the truth")
        }
        for name in (*SETTINGS, "the truth")
    }
    ranks = [
        np.argsort(np.argsort([row[key] for row in rows if row["setting"] != "the truth"]))
        for key in ("style", "speaker")
    ]
    return {"means": means, "style ranks as Resemblyzer": round(float(np.corrcoef(*ranks)[0, 1]), 3), "rows": rows}


def main() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    pairs = [
        (
            f"{a}-{b}",
            lambda a=a, b=b: opened(PLAN, spoken(a, 0).part(0, 8), spoken(b, 1), VoiceScorer),
        )
        for a, b in PAIRS
    ]
    report("voice", {"trials": TRIALS, "rate": RATE, "voice_match": of_method(pairs, TRIALS), "judged": judged()})


if __name__ == "__main__":
    main()
