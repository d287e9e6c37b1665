"""A clip as a medium: excerpt, parts, resuming, and the file in the end."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.clip import ClipFile
from autostyle.codecs.clip_reader import frames, probe
from autostyle.codecs.clip_writer import clip_writer
from autostyle.errors import BadInput
from autostyle.mediums.contract import Order
from autostyle.mediums.serving import open_medium
from autostyle.mediums.video.clips import EXCERPT, VideoMedium
from autostyle.methods.contract import ClipInputs, Iterate, OnIterate, Stop, Style
from autostyle.methods.look.run import LookTransfer
from autostyle.methods.look.spec import LookParams
from autostyle.methods.params import Params
from autostyle.methods.steady import Steady
from autostyle.testing.inputs import panning
from autostyle.vision.weights import Weights
from tests.clips import written
from tests.codecs.test_clip import with_sound
from tests.codecs.test_clip_transparency import clear_clip
from tests.methods.test_steady import STYLE, Nervous

CLIPS = VideoMedium()
MADE = {
    ("a.png", "gatys"): "best.png",
    ("b.MOV", "gatys"): "best.mp4",
    ("a.png", "animatediff"): "best.mp4",
    ("b.MOV", "animatediff"): "best.mp4",
}
ORDER = Order(Style((STYLE,)), Params(), 0, 64)


class Short(Steady[Params]):
    """Takes 5 frames at once, so that a small clip has several parts."""

    span = 5


@pytest.fixture
def content(tmp_path: Path) -> ClipFile:
    return written(tmp_path / "in.mp4", panning(frames=18))


def stop_at(step: int) -> OnIterate:
    def on_iterate(iterate: Iterate) -> None:
        if iterate.step >= step:
            raise Stop

    return on_iterate


def test_a_name_tells_the_medium() -> None:
    made = {(path, method): open_medium(Path(path), method).spec.best for path, method in MADE}
    assert made == MADE
    with pytest.raises(BadInput, match=r"tone_match takes recordings, and room\.ply is scene"):
        open_medium(Path("room.ply"), "tone_match")


def test_methods_of_pictures_work_on_clips_and_not_the_other_way_round() -> None:
    pytest.importorskip("torch")
    assert isinstance(CLIPS.method("adain"), Steady)
    with pytest.raises(BadInput, match=r"flow_microast takes clips, and a\.png is image"):
        open_medium(Path("a.png"), "flow_microast")


def test_a_trial_works_on_an_excerpt(content: ClipFile) -> None:
    inputs = CLIPS.inputs(content, Style((STYLE,)))
    assert isinstance(inputs, ClipInputs) and len(inputs.content) == EXCERPT


def test_the_whole_clip_is_drawn_in_parts_and_saved_with_its_frames_rate_and_sound(tmp_path: Path) -> None:
    with_sound(tmp_path / "phone.mp4", panning(frames=18))
    content = probe(tmp_path / "phone.mp4")
    place = tmp_path / "out.mp4"
    drawn = CLIPS.draw(Short(Nervous()), content, ORDER, place)
    assert drawn.finished and drawn.shape == (64, 48)
    assert drawn.sample is not None and len(drawn.sample) == EXCERPT
    assert drawn.save(place) == ()
    made = probe(place)
    assert (made.frames, made.fps, made.sounds) == (18, content.fps, ("aac",))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.mp4", "phone.mp4"]  # nothing else is left


def test_sound_that_a_gif_cannot_carry_is_said_to_be_left_out(tmp_path: Path) -> None:
    with_sound(tmp_path / "phone.mp4", panning(frames=6))
    place = tmp_path / "out.gif"
    drawn = CLIPS.draw(Short(Nervous()), probe(tmp_path / "phone.mp4"), ORDER, place)
    assert drawn.save(place) == ("GIF has no sound: aac left out",)


def test_a_transparent_clip_is_laid_on_white_and_that_is_said(tmp_path: Path) -> None:
    content = probe(clear_clip(tmp_path / "in.mov", "qtrle", "argb", (0, 255, 0)))
    place = tmp_path / "out.mp4"
    drawn = CLIPS.draw(Short(Nervous(0)), content, ORDER, place)
    assert drawn.save(place) == ("MP4 is written without transparency: laid on white",)
    found = list(frames(place))
    assert len(found) == 4 and found[0].min() > 250 and found[3][4:, 50:].min() > 240
    assert found[2][24, 24].astype(int) == pytest.approx([55, 195, 235], abs=6)  # the negative of what is seen


@pytest.mark.parametrize("at", [2, 7, 12])
def test_an_interrupted_clip_goes_on_and_is_the_same_in_the_end(tmp_path: Path, content: ClipFile, at: int) -> None:
    whole = CLIPS.draw(Short(Nervous()), content, ORDER, tmp_path / "whole.mp4")
    place, painter = tmp_path / "out.mp4", Nervous()
    first = CLIPS.draw(Short(painter), content, ORDER, place, stop_at(at))
    assert first.stopped and not first.finished and not place.exists()
    assert f"{first.painted} of 18 frames are painted" in first.notes[-1]
    painter.painted = 0
    second = CLIPS.draw(Short(painter), content, ORDER, place)
    assert painter.painted == 18 - first.painted
    assert np.array_equal(list(second.parts.frames()), list(whole.parts.frames()))


def test_a_clip_whose_frames_were_all_painted_before_has_its_table_of_colours(tmp_path: Path) -> None:
    made = LookTransfer()
    made.load(Weights.open(offline=True), "cpu")
    order, few = Order(Style((STYLE,)), LookParams(), 0, 64), written(tmp_path / "few.mp4", panning(frames=3))
    first, again = (CLIPS.draw(CLIPS.adapt(made), few, order, tmp_path / "out.mp4") for _ in range(2))
    assert first.table is not None and again.table is not None and np.array_equal(first.table, again.table)


def test_parts_of_another_order_are_not_taken_over(tmp_path: Path, content: ClipFile) -> None:
    place, painter = tmp_path / "out.mp4", Nervous()
    CLIPS.draw(Short(painter), content, ORDER, place, stop_at(12))
    painter.painted = 0
    other = Order(Style((STYLE,)), Params(), 1, 64)
    drawn = CLIPS.draw(Short(painter), content, other, place)
    assert painter.painted == 18
    drawn.save(place)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.mp4", "out.mp4"]


def damaged(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:200])


@pytest.mark.parametrize("harm", [damaged, Path.unlink])
def test_a_part_that_is_gone_or_broken_is_painted_again(
    tmp_path: Path, content: ClipFile, harm: Callable[[Path], None]
) -> None:
    place, painter = tmp_path / "out.mp4", Nervous()
    first = CLIPS.draw(Short(painter), content, ORDER, place, stop_at(17))
    before = list(first.parts.frames())
    harm(sorted(first.parts.folder.iterdir())[1])
    painter.painted = 0
    second = CLIPS.draw(Short(painter), content, ORDER, place)
    assert painter.painted == 13
    assert np.array_equal(list(second.parts.frames())[:15], before)


def test_progress_counts_the_frames_of_the_whole_clip(tmp_path: Path, content: ClipFile) -> None:
    seen: list[Iterate] = []
    CLIPS.draw(Short(Nervous()), content, ORDER, tmp_path / "out.mp4", seen.append)
    assert seen[-1].step == seen[-1].steps == 18
    assert [frame.step for frame in seen] == sorted(frame.step for frame in seen)


def test_parts_are_lossless(tmp_path: Path) -> None:
    clip = panning(frames=3, height=49, width=65)
    with clip_writer(tmp_path / "part.mov", clip.fps) as writer:
        for frame in clip.frames:
            writer.add(frame)
    assert np.array_equal(list(frames(tmp_path / "part.mov")), clip.frames)


def test_what_a_trial_made_is_kept_with_a_picture_beside_it(tmp_path: Path) -> None:
    CLIPS.keep(tmp_path / "0003.mp4", panning())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0003.mp4", "0003.preview.png"]


def test_a_page_plays_a_small_clip_that_browsers_know(tmp_path: Path, content: ClipFile) -> None:
    shown = CLIPS.exhibit(content.path, 1_000_000)
    assert shown is not None and shown.tag == "video" and shown.needs == {"media-src": "data:"}
    assert base64.b64decode(shown.source.partition(",")[2]) == content.path.read_bytes()
    assert CLIPS.exhibit(content.path, shown.size // 2) is None, "too large"
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content.path.read_bytes()[:200])
    other = written(tmp_path / "other.gif", panning(frames=3))
    assert CLIPS.exhibit(broken, 1_000_000) is None and CLIPS.exhibit(other.path, 1_000_000) is None
