"""Recordings as a medium: known, cut to an excerpt, kept, shown, packed."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.recording import Recording
from autostyle.codecs.recording_file import decode, read_recording, write_recording
from autostyle.errors import BadInput, Refused
from autostyle.jobs.recipes import look_through
from autostyle.mediums import files, writing
from autostyle.mediums.audio.medium import EXCERPT, HEARD, lively
from autostyle.mediums.contract import Order, style_of
from autostyle.mediums.registry import create
from autostyle.mediums.showing import picture
from autostyle.methods import registry
from autostyle.report import recording
from autostyle.report.recipe import Recipe
from autostyle.testing.inputs import crackling, plucked

AUDIO = create("audio", "audio")


@pytest.fixture
def rain(tmp_path: Path) -> Path:
    write_recording(tmp_path / "rain.ogg", crackling(3.0))
    return tmp_path / "rain.ogg"


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    write_recording(tmp_path / "tune.wav", plucked(2.0).with_channels(2), bits=24)
    return tmp_path / "tune.wav"


def test_it_is_told_by_its_bytes_and_described(tune: Path) -> None:
    tune.rename(odd := tune.with_name("download"))
    assert files.recognize(odd) == "audio"
    told = AUDIO.describe(AUDIO.load(odd))
    assert told["told"] == "2.0 s, 8000 Hz, stereo" and told["loudness"] < 0
    assert picture(odd, 200).size == (200, 100)


def test_an_excerpt_is_where_something_happens() -> None:
    rate, quiet = 8000, np.zeros((1, 8000 * 10), np.float32)
    sound = Recording(np.concatenate([quiet, plucked(8.0, rate).samples, quiet], axis=1), rate)
    start, stop = lively(sound, EXCERPT)
    assert start == pytest.approx(10, abs=0.5) and stop - start == pytest.approx(EXCERPT)
    assert lively(sound.part(0, 3), EXCERPT) == (0, 3)


def test_of_a_long_style_its_liveliest_minute_counts_and_silence_is_none(tmp_path: Path) -> None:
    write_recording(tmp_path / "long.flac", crackling(70.0, density=5))
    loaded = AUDIO.load_style(tmp_path / "long.flac")
    assert loaded.exemplar.seconds == pytest.approx(HEARD) and "the style is heard from" in loaded.notes[0]
    write_recording(tmp_path / "still.wav", Recording(np.zeros((1, 8000), np.float32), 8000))
    with pytest.raises(BadInput, match="silent"):
        AUDIO.load_style(tmp_path / "still.wav")


def test_a_whole_recording_is_drawn_at_its_length_and_saved_with_its_depth(
    tune: Path, rain: Path, tmp_path: Path
) -> None:
    content, style = AUDIO.load(tune), style_of([AUDIO.load_style(rain)])
    order = Order(style, registry.complete("tone_match", {}), seed=0, size=AUDIO.size(content))
    drawn = AUDIO.draw(AUDIO.method("tone_match"), content, order, tmp_path / "out.wav")
    assert drawn.shape == (16_000, 2) and drawn.sample.seconds == 2
    writing.write(drawn, tmp_path / "out.wav")
    assert read_recording(tmp_path / "out.wav").bits == 24
    writing.copy(tmp_path / "out.wav", tmp_path / "out.mp3")
    assert read_recording(tmp_path / "out.mp3").recording.seconds == pytest.approx(2, abs=0.01)


def test_what_a_trial_made_has_its_spectrogram_beside_it(tmp_path: Path) -> None:
    AUDIO.keep(tmp_path / "a.flac", plucked(1.0))
    assert files.shown(tmp_path / "a.flac") == tmp_path / "a.preview.png" and files.shown(tmp_path / "a.flac").is_file()


def test_a_page_plays_it_as_mp3_and_asks_for_nothing_else(rain: Path) -> None:
    exhibit = AUDIO.exhibit(rain, 10**6)
    assert exhibit is not None and (exhibit.tag, exhibit.needs) == ("audio", {"media-src": "data:"})
    kind, _, data = exhibit.source.partition(",")
    assert kind == "data:audio/mpeg;base64"
    assert decode(base64.b64decode(data), rain).recording.seconds == pytest.approx(3, abs=0.1)
    small = AUDIO.exhibit(rain, 60_000)
    assert small is not None and len(small.source) <= 60_000
    assert AUDIO.exhibit(rain, 1000) is None and AUDIO.exhibit(rain.with_name("gone.wav"), 10**6) is None


def test_a_recipe_says_of_a_voice_that_its_owner_agreed_and_is_of_no_use_without(tune: Path, rain: Path) -> None:
    def recipe(method: str, consent: bool) -> Recipe:
        params = registry.complete(method, {}).model_dump()
        return recording.of_run(
            *(tune, [(rain, 1.0)], AUDIO),
            method=method,
            params=params,
            seed=0,
            size=16_000,
            prompt=None,
            weights={},
            scores=None,
            consent=consent,
        )

    assert recipe("tone_match", True).consent is None and recipe("voice_match", True).consent is True
    look_through(recipe("voice_match", True), {})
    with pytest.raises(Refused, match="does not say that its owner agreed"):
        look_through(recipe("voice_match", False), {})


def test_a_style_travels_with_a_recipe(rain: Path) -> None:
    packed = AUDIO.pack_style(AUDIO.load_style(rain), 64 * 1024)
    assert packed is not None and len(packed) <= 64 * 1024
    assert AUDIO.unpack_style(packed).exemplar.seconds == pytest.approx(3, abs=0.1)
    assert AUDIO.pack_style(AUDIO.load_style(rain), 100) is None
    with pytest.raises(BadInput, match="damaged"):
        AUDIO.unpack_style(b"no sound")
