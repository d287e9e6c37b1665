"""Animated pictures are clips, and clips become animated pictures, with their times and how often they are shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs.clip_reader import clip, probe, read_frames
from autostyle.mediums.files import is_still, medium
from autostyle.mediums.serving import open_medium
from autostyle.testing.inputs import panning
from autostyle.use_cases.files import styles
from autostyle.use_cases.stylize import StylizeOptions, plan
from tests.mediums.test_clips import CLIPS, ORDER, Short
from tests.methods.test_steady import Nervous

FRAMES = panning(frames=4).frames
STAYS = (100, 250, 50, 300)
"""Milliseconds."""
KINDS = ("gif", "webp", "apng")


def animated(path: Path, plays: int = 3, count: int = 4, clear: bool = False) -> Path:
    """Of :data:`FRAMES`; the left half of them seen through where ``clear``."""
    pictures = [Image.fromarray(frame) for frame in FRAMES[:count]]
    if clear:
        for picture in pictures:
            alpha = Image.new("L", picture.size, 255)
            alpha.paste(0, (0, 0, picture.width // 2, picture.height))
            picture.putalpha(alpha)
    kind = "PNG" if path.suffix == ".apng" else path.suffix[1:].upper()
    loop = {} if kind == "GIF" and plays == 1 else {"loop": plays - 1 if kind == "GIF" and plays else plays}
    lossless = {"lossless": True} if kind == "WEBP" else {}
    pictures[0].save(
        path, kind, save_all=True, append_images=pictures[1:], duration=list(STAYS[:count]), **loop, **lossless
    )
    return path


def milliseconds(path: Path) -> list[int]:
    return [round(float(frame.lasts) * 1000) for frame in read_frames(path)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_animated_picture_is_a_clip_and_a_still_one_a_picture(tmp_path: Path, kind: str) -> None:
    path = animated(tmp_path / f"a.{kind}")
    found = probe(path)
    assert medium(path) == "video" and medium(animated(tmp_path / f"b.{kind}", count=1)) == "image"
    assert (found.width, found.height, found.frames, found.plays) == (64, 48, 4, 3)
    assert float(found.fps) == pytest.approx(4 / 0.7, rel=0.01) and not found.transparent
    assert milliseconds(path) == list(STAYS)
    read = np.stack([frame.pixels for frame in read_frames(path, 1, 3)]).astype(float)
    assert np.abs(read - FRAMES[1:3]).mean() < 12  # 256 colours


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("plays", [0, 1, 3])
def test_times_and_loops_are_kept(tmp_path: Path, kind: str, plays: int) -> None:
    place = tmp_path / f"out.{kind}"
    drawn = CLIPS.draw(Short(Nervous(0)), probe(animated(tmp_path / "in.apng", plays)), ORDER, place)
    assert drawn.save(place) == ()
    made = probe(place)
    assert (made.frames, made.plays, milliseconds(place)) == (4, plays, list(STAYS))
    assert np.abs(next(read_frames(place)).pixels.astype(float) - (255 - FRAMES[0])).mean() < 12


def test_what_is_seen_through_is_told_and_hurried_frames_stay_as_in_browsers(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    pictures = [Image.fromarray(frame) for frame in FRAMES]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=0)
    assert milliseconds(path) == [100] * 4
    clear = clip(probe(animated(tmp_path / "c.webp", clear=True)), range(4))
    assert probe(tmp_path / "c.webp").transparent and clear.visible is not None
    assert clear.visible[:, :, :32].max() == 0 and clear.visible[:, :, 32:].min() == 255


def test_what_is_cut_off_ends_where_it_is_and_nonsense_is_no_clip(tmp_path: Path) -> None:
    path = animated(tmp_path / "a.gif")
    path.write_bytes(path.read_bytes()[: -path.stat().st_size // 3])
    assert 1 <= len(list(read_frames(path))) < 4


def test_a_still_of_it_is_its_first_frame(tmp_path: Path) -> None:
    path, style = animated(tmp_path / "a.gif"), animated(tmp_path / "style.webp")
    assert styles([style], path) == (style,), "the first frame of it"
    assert [is_still(Path(name)) for name in ("o.png", "o.jpg", "o.gif", "o.webp", "o.mp4")] == [True, True] + [
        False
    ] * 3
    moving, still = (plan(StylizeOptions(path, (style,), still=wanted)) for wanted in (False, True))
    assert (moving.medium, still.medium) == ("video", "image")
    assert open_medium(path, "gatys", still=True).size(open_medium(path, "gatys", still=True).load(path)) == 64
