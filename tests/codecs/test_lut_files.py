"""Tables of colours, and whether other programs read our files of them as we do."""

from __future__ import annotations

import itertools
from pathlib import Path

import av
import av.filter
import cv2
import numpy as np
import pytest

from autostyle.codecs import ColorTable, Pixels
from autostyle.codecs.lut_files import SIDE, cube, hald, identity, inside, rising, smoothed
from autostyle.vision.color_table import apply_table


def warm() -> ColorTable:
    """A smooth look: warm lights, blue shadows, less contrast."""
    colors = identity()
    light = colors.mean(-1, keepdims=True)
    return inside(colors * 0.85 + 0.08 + light * np.array([0.1, 0.02, -0.1], np.float32) * (1 - light))


def ffmpeg(pixels: Pixels, name: str, options: str) -> Pixels:
    """``pixels`` through one of ffmpeg's filters, at 16 bits a channel."""
    graph = av.filter.Graph()
    source = graph.add_buffer(
        width=pixels.shape[1], height=pixels.shape[0], format=av.VideoFormat("rgb48le"), time_base=1
    )
    nodes = [source, graph.add(name, options), graph.add("format", "pix_fmts=rgb48le"), graph.add("buffersink")]
    for one, other in itertools.pairwise(nodes):
        one.link_to(other)
    graph.configure()
    frame = av.VideoFrame.from_ndarray((pixels * 65535 + 0.5).astype(np.uint16), format="rgb48le")
    frame.pts = 0
    source.push(frame)
    made: Pixels = nodes[-1].pull().to_ndarray().astype(np.float32) / 65535
    return made


@pytest.mark.parametrize("interpolation", ["tetrahedral", "trilinear"])
def test_ffmpeg_makes_of_a_cube_file_what_we_make_of_the_table(tmp_path: Path, interpolation: str) -> None:
    colors = np.random.default_rng(0).random((64, 64, 3), np.float32)
    (tmp_path / "look.cube").write_bytes(cube(warm(), 'a "look" 색'))
    theirs = ffmpeg(colors, "lut3d", f"file={tmp_path / 'look.cube'}:interp={interpolation}")
    assert np.abs(theirs - apply_table(warm(), colors)).max() <= 1 / 255
    assert np.abs(theirs - colors).max() > 0.05


def test_a_cube_file_is_33_nodes_red_fastest_of_the_whole_range() -> None:
    lines = cube(identity(), 'a "look" 색').decode("ascii").splitlines()
    assert lines[:4] == ['TITLE "a look "', "LUT_3D_SIZE 33", "DOMAIN_MIN 0.0 0.0 0.0", "DOMAIN_MAX 1.0 1.0 1.0"]
    assert len(lines) == 4 + SIDE**3
    assert lines[5] == "0.031250 0.000000 0.000000"


def test_a_hald_picture_holds_the_same_table() -> None:
    picture = cv2.imdecode(np.frombuffer(hald(warm()), np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture.shape == (512, 512, 3) and picture.dtype == np.uint16
    values = picture[..., ::-1].reshape(-1, 3) / 65535
    place = 10 + 64 * (30 + 64 * 50)  # red fastest
    color = np.array([[[10, 30, 50]]], np.float32) / 63
    assert np.abs(values[place] - apply_table(warm(), color)[0, 0]).max() < 1e-4


def test_the_identity_changes_nothing_at_any_depth() -> None:
    pixels = np.random.default_rng(1).random((33, 40, 3), np.float32)
    assert np.abs(apply_table(identity(), pixels) - pixels).max() < 1e-5


def test_greys_that_fall_are_made_to_rise_and_no_other_table_is_touched() -> None:
    colors = identity()
    falling = colors + 0.4 * np.sin(2 * np.pi * colors.mean(-1, keepdims=True))
    assert (np.diff(rising(falling.astype(np.float32))[(np.arange(SIDE),) * 3].mean(-1)) > -1e-3).all()
    assert rising(warm()) is not None and np.array_equal(rising(warm()), warm())


def test_what_lies_beyond_keeps_its_hue_and_does_not_go_flat() -> None:
    beyond = np.array([[[[1.3, 0.6, 0.2], [0.5, 0.5, 0.5], [-0.2, 0.3, 0.4]]]], np.float32)
    held = inside(beyond)
    assert held.min() >= 0 and held.max() <= 1
    assert np.array_equal(held[0, 0, 1], beyond[0, 0, 1])
    assert held[0, 0, 0, 0] > held[0, 0, 0, 1] > held[0, 0, 0, 2]


def test_smoothing_takes_a_step_out_of_a_ramp() -> None:
    step = (identity() > 0.5).astype(np.float32) * 0.2
    bend = np.abs(np.diff(smoothed(step, 0.1)[(np.arange(SIDE),) * 3], 2, axis=0)).max()
    assert bend < 0.1 * np.abs(np.diff(step[(np.arange(SIDE),) * 3], 2, axis=0)).max()
