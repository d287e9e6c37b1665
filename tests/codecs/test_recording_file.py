"""Sound files: what was written is read again, whatever the format, and what is none is told in a line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.recording import Recording
from autostyle.codecs.recording_file import WRITABLE, read_recording, write_recording
from autostyle.errors import BadInput
from autostyle.testing.inputs import crackling


def tone(seconds: float = 0.6, rate: int = 22_050, level: float = 0.5) -> Recording:
    """Two tones, one a channel."""
    time = np.arange(round(seconds * rate)) / rate
    return Recording(np.stack([level * np.sin(2 * np.pi * f * time) for f in (440, 660)]).astype(np.float32), rate)


@pytest.mark.parametrize("ending", WRITABLE)
def test_every_format_gives_back_its_length_its_channels_and_no_delay(ending: str, tmp_path: Path) -> None:
    sound = crackling(0.8, 16_000).with_channels(2)
    path = tmp_path / f"a{ending}"
    write_recording(path, sound)
    again = read_recording(path).recording
    assert again.channels == 2 and again.seconds == pytest.approx(sound.seconds, abs=0.001)
    back = again.at(16_000).lasting(sound.samples.shape[1])
    lags = range(-200, 201, 1)
    middle = slice(2000, 10_000)
    fits = [float(np.dot(np.roll(back.samples[0], -lag)[middle], sound.samples[0][middle])) for lag in lags]
    assert lags[int(np.argmax(fits))] == 0


@pytest.mark.parametrize("ending", [".wav", ".flac"])
def test_without_losses_16_bits_are_exact_to_one_step_and_24_are_kept(ending: str, tmp_path: Path) -> None:
    for bits, step in ((16, 2**-15), (24, 2**-22)):
        path = tmp_path / f"{bits}{ending}"
        write_recording(path, tone(), bits=bits)
        file = read_recording(path)
        assert file.bits == bits
        assert np.abs(file.recording.samples - tone().samples).max() <= step


def test_what_is_louder_than_a_file_holds_is_turned_down_and_said(tmp_path: Path) -> None:
    (note,) = write_recording(tmp_path / "a.wav", tone(level=2.0))
    assert "turned down by 6.3 dB" in note
    assert 0.9 < np.abs(read_recording(tmp_path / "a.wav").recording.samples).max() < 1


def test_the_bytes_tell_what_it_is_and_several_channels_become_two(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.flac", tone())
    (tmp_path / "a.flac").rename(tmp_path / "a.mp3")
    assert read_recording(tmp_path / "a.mp3").recording.channels == 2


def test_what_is_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.flac", crackling(3.0))
    data = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "b.flac").write_bytes(data[: len(data) * 2 // 3])
    assert 1.0 < read_recording(tmp_path / "b.flac").recording.seconds < 3.0


@pytest.mark.parametrize(
    ("data", "message"), [(b"", "is empty"), (b"RIFF\0\0\0\0WAVE", "no sound"), (b"text" * 99, "no sound file")]
)
def test_what_is_no_sound_is_told_in_a_line(data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(data)
    with pytest.raises(BadInput, match=message):
        read_recording(tmp_path / "a.wav")


def test_what_is_shorter_than_a_sound_can_be_stylized_is_refused(tmp_path: Path) -> None:
    write_recording(tmp_path / "a.wav", tone(0.2))
    with pytest.raises(BadInput, match=r"too short: 0\.20 s"):
        read_recording(tmp_path / "a.wav")
