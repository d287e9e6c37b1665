"""`live`: a clip through a tiny net, into a file and a pipe; and what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from autostyle.cli.app import run
from autostyle.codecs.clip_reader import frames, probe
from autostyle.codecs.image import save_image
from autostyle.jobs.live import FramePixels
from autostyle.methods.fast_net.frames import LivePainter
from autostyle.testing.inputs import scene
from tests.cli.running import Done
from tests.clips import recorded
from tests.nets import tiny_net

Autostyle = Callable[[str], Done]
BLUE, RED = scene(40, 40, 1), scene(40, 60, 2)


def off(one: FramePixels, other: FramePixels) -> float:
    """How far two frames are from each other but for their grain, which a clip does not keep."""
    coarse = (cv2.resize(frame, (8, 6), interpolation=cv2.INTER_AREA).astype(float) for frame in (one, other))
    return float(np.abs(next(coarse) - next(coarse)).mean())


@pytest.fixture
def net(alone: Path) -> Path:
    """One of two styles, with a clip of four frames beside it, and a picture of the second style."""
    recorded(Path("clip.mp4"), [0, 0.05, 0.1, 0.15])
    save_image(Path("red.png"), RED)
    return tiny_net(Path("two.safetensors"), {"blue": BLUE, "red": RED})


def test_a_clip_becomes_a_clip_in_the_styles_that_were_named(autostyle: Autostyle, net: Path) -> None:
    mixed = "--style blue --style red.png --style-weight 1 --style-weight 3"
    done = autostyle(f"live clip.mp4 --net two.safetensors {mixed} -o out.mp4 --every-frame --json")
    assert done.code == 0, done.err
    assert done.data | {"frames": 4, "dropped": 0, "styles": ["blue", "red"], "size": [64, 48]} == done.data
    assert probe(Path("out.mp4")).frames == 4
    content, made = next(frames("clip.mp4")), next(frames("out.mp4"))
    as_asked, other = (LivePainter(net, {0: blue, 1: 1 - blue}, 0.85, "cpu")(content) for blue in (0.25, 0.75))
    assert off(made, as_asked) < 6 < off(made, other)


def test_raw_frames_are_all_that_stdout_has(net: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["live", "clip.mp4", "--net", "two.safetensors", "--style", "red", "-o", "-", "--every-frame"]) == 0
    out, err = capfdbinary.readouterr()
    assert len(out) == 4 * 48 * 64 * 3
    first = LivePainter(net, {1: 1.0}, 0.85, "cpu")(next(frames("clip.mp4")))
    assert np.array_equal(np.frombuffer(out, np.uint8)[: first.size], first.ravel())
    assert b"rgb24, 64x48" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("clip.mp4 --net two.safetensors -o out.mp4", "which style of the net?"),
        ("clip.mp4 --net two.safetensors --style green -o out.mp4", "the net has no style 'green'"),
        ("clip.mp4 --net clip.mp4 -o out.mp4", "clip.mp4 is no fast net"),
        ("clip.mp4 --net three --style blue -o out.mp4", "there is no net 'three'"),
        ("red.png --net two.safetensors --style blue -o out.mp4", "cannot yet: red.png is image"),
        ("none.mp4 --net two.safetensors --style blue -o out.mp4", "there is no file none.mp4"),
        ("camera:video973 --net two.safetensors --style blue -o out.mp4", "there is no camera /dev/video973"),
        ("camera --net two.safetensors --style blue -o out.mp4 --every-frame", "a camera waits for nobody"),
        ("clip.mp4 --net two.safetensors --style blue -o clip.mp4 --force", "clip.mp4 is one of the inputs"),
        ("clip.mp4 --net two.safetensors --style blue", "there is no terminal to show it on"),
    ],
)
def test_what_cannot_be_is_told_in_two_lines_and_changes_nothing(
    words: str, said: str, autostyle: Autostyle, net: Path
) -> None:
    before = {path.name for path in Path().iterdir()}
    done = autostyle(f"live {words}")
    assert done.code == (3 if said.startswith("cannot yet") else 2)
    assert done.err.splitlines()[-2].startswith(f"error: {said}")
    assert done.err.splitlines()[-1].startswith("hint: ")
    assert {path.name for path in Path().iterdir()} == before
