"""Recordings at work: a search listens to the liveliest seconds; the whole is made in one go."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from autostyle.acoustics.drawing import spectrogram
from autostyle.acoustics.loudness import SILENCE, block_levels, loudness
from autostyle.atomic import atomic_copy
from autostyle.codecs import Pixels
from autostyle.codecs.image import save_image
from autostyle.codecs.recording import Recording
from autostyle.codecs.recording_file import RecordingFile, decode, encode, read_recording, write_recording
from autostyle.errors import BadInput
from autostyle.mediums.audio.spec import SPEC
from autostyle.mediums.contract import Exhibit, LoadedStyle, Medium, Order, Scorer
from autostyle.mediums.files import shown
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.contract import AnyMethod, Inputs, OnIterate, Style, ignore
from autostyle.scoring.scores import ProfileName
from autostyle.sentences import Sentence

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

EXCERPT = 8.0
"""Seconds that a trial works on and is scored on."""
HEARD = 60.0
"""Seconds of a style sound that count: its liveliest."""
LENGTHS = (60.0, 20.0, 10.0, 5.0, 2.5)
"""Seconds of a copy that has to be small, the longest that fits is taken."""


def lively(recording: Recording, seconds: float) -> tuple[float, float]:
    """From when to when it is loudest and moves most, for so many ``seconds``; all of it where it is shorter."""
    if recording.seconds <= seconds:
        return 0.0, recording.seconds
    levels = np.maximum(block_levels(recording), SILENCE)
    power = 10 ** (levels / 20)
    moving = power + np.abs(np.diff(power, prepend=power[:1]))
    width = min(len(moving), round(seconds / 0.1))
    sums = np.convolve(moving, np.ones(width), "valid")
    start = min(float(sums.argmax()) * 0.1, recording.seconds - seconds)
    return start, start + seconds


@dataclass(frozen=True)
class DrawnRecording:
    """A whole recording, and what of it a search listens to."""

    recording: Recording
    part: tuple[float, float]
    bits: int
    stopped: bool
    notes: tuple[str, ...]

    finished = True

    @property
    def sample(self) -> Recording:
        return self.recording.part(*self.part)

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.recording.samples.shape[1], self.recording.channels)

    def save(self, path: Path, *, recipe: dict[str, Any] | None = None, overwrite: bool = False) -> tuple[str, ...]:
        return write_recording(path, self.recording, bits=self.bits, overwrite=overwrite)

    def companions(self) -> dict[str, bytes]:
        return {}


class AudioMedium(Medium[RecordingFile, Recording, Recording]):
    """See the module's docstring."""

    spec = SPEC

    def load(self, path: Path) -> RecordingFile:
        return read_recording(path)

    def load_style(self, path: Path) -> LoadedStyle[Recording]:
        loaded = read_recording(path)
        recording, notes = loaded.recording, loaded.notes
        if loudness(recording) <= SILENCE:
            raise BadInput("{path} is silent", "name another recording", path=path)
        if recording.seconds > HEARD:
            start, stop = lively(recording, HEARD)
            recording = recording.part(start, stop)
            heard = Sentence("the style is heard from {start:.0f} to {stop:.0f} s", start=start, stop=stop)
            notes = (*notes, heard)
        return LoadedStyle(recording, notes, loaded.sha256)

    def pack_style(self, style: LoadedStyle[Recording], most: int) -> bytes | None:
        """As Opus, its liveliest seconds: as many as there is room for."""
        recording = style.exemplar.with_channels(1)
        for seconds in LENGTHS:
            packed = encode(recording.part(*lively(recording, seconds)), ".opus")
            if len(packed) <= most:
                return packed
        return None

    def unpack_style(self, data: bytes) -> LoadedStyle[Recording]:
        try:
            recording = decode(data, Path("style.opus")).recording
        except BadInput as error:
            raise BadInput("the style sound inside this recipe is damaged", "use the study's recipe.json") from error
        note = Sentence("its copy of {seconds:.0f} s is used", seconds=recording.seconds)
        return LoadedStyle(recording, (note,), sha256(data).hexdigest())

    def size(self, content: RecordingFile) -> int:
        return max(SPEC.scale.low, content.recording.rate) if SPEC.scale else content.recording.rate

    def longer(self, path: Path, searched: int, final: int) -> float:
        """Work grows with the seconds, and with the samples of each."""
        return max(1.0, self.load(path).recording.seconds / EXCERPT) * max(1.0, final / searched)

    def describe(self, content: RecordingFile) -> dict[str, Any]:
        recording = content.recording
        channels = "mono" if recording.channels == 1 else "stereo"
        return {
            "seconds": round(recording.seconds, 2),
            "rate": recording.rate,
            "channels": recording.channels,
            "loudness": round(loudness(recording), 1),
            "told": f"{recording.seconds:.1f} s, {recording.rate} Hz, {channels}",
            "notes": list(content.notes),
        }

    def preview(self, content: RecordingFile) -> Pixels:
        return spectrogram(content.recording)

    def inputs(
        self, content: RecordingFile, style: Style[Recording], aids: Aids = NONE
    ) -> Inputs[Recording, Recording]:
        recording = content.recording
        return Inputs(recording.part(*lively(recording, EXCERPT)), style, aids=aids)

    def draw(
        self, method: AnyMethod, content: RecordingFile, order: Order, place: Path, on_iterate: OnIterate = ignore
    ) -> DrawnRecording:
        prepared = method.prepare(Inputs(content.recording, order.style, aids=order.aids), order.size)
        result = method.run_to(prepared, order.params, order.path, seed=order.seed, on_iterate=on_iterate)
        part = lively(content.recording, EXCERPT)
        return DrawnRecording(result.made, part, content.bits, result.stopped, result.notes)

    def scorer(
        self,
        inputs: Inputs[Recording, Recording],
        *,
        weights: Weights,
        device: str,
        model: str,
        profile: ProfileName,
    ) -> Scorer:
        """Voices are judged as voices, all else as sound, whatever is asked for."""
        from autostyle.scoring.audio.scorer import AudioScorer
        from autostyle.scoring.audio.voices import VoiceScorer

        scorer = VoiceScorer if profile == "voice" else AudioScorer
        return scorer(inputs.content, inputs.style.exemplars, inputs.style.shares)

    def keep(self, path: Path, made: Recording) -> None:
        write_recording(path, made, overwrite=True)
        save_image(shown(path), spectrogram(made), overwrite=True)

    def copy(self, source: Path, target: Path) -> None:
        if source.suffix.lower() == target.suffix.lower():
            atomic_copy(source, target)
            return
        file = read_recording(source)
        write_recording(target, file.recording, bits=file.bits)

    def still(self, made: Recording) -> Pixels:
        return spectrogram(made)

    def exhibit(self, path: Path, most: int) -> Exhibit | None:
        """As MP3, which every browser plays; where there is no room for the whole, its liveliest part."""
        try:
            file = read_recording(path)
        except BadInput:
            return None
        recording = file.recording
        room = most * 3 // 4
        lengths = (recording.seconds, *(seconds for seconds in LENGTHS if seconds < recording.seconds))
        copies = (encode(recording.part(*lively(recording, seconds)), ".mp3") for seconds in lengths)
        data = next((copy for copy in copies if len(copy) <= room), None)
        if data is None:
            return None
        source = "data:audio/mpeg;base64," + base64.b64encode(data).decode("ascii")
        return Exhibit("audio", source=source, attributes={"controls": True}, needs={"media-src": "data:"})
