"""RAFT: read from a file of its true layout, whatever the size of the frames, and only from such a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from autostyle.codecs.clip import Clip
from autostyle.errors import Missing
from autostyle.methods import registry
from autostyle.methods.contract import ClipInputs, Style
from autostyle.methods.gatys_video.run import GatysVideo
from autostyle.methods.gatys_video.spec import GatysVideoParams
from autostyle.testing.inputs import FPS, panning
from autostyle.vision.flow import motion
from autostyle.vision.raft import Raft, empty
from autostyle.vision.weights import Weights

FRAMES = panning(frames=2, height=50, width=66).frames


@pytest.fixture(scope="module")
def yours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of the true layout, whose numbers are random."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("yours")
    torch.save(empty().state_dict(), folder / "raft_small.pth")
    return folder


def test_the_network_of_a_file_is_that_network_at_any_size(yours: Path) -> None:
    found = Weights(offline=True, yours=yours).flow()
    assert isinstance(found, Raft)
    torch.manual_seed(0)
    same = Raft(empty().eval())
    for frames in (FRAMES, FRAMES[:, :31, :29]):
        field = found(frames[0], frames[1])
        assert field.shape == (*frames.shape[1:3], 2) and field.dtype == np.float32
        assert np.array_equal(field, same(frames[0], frames[1]))
    assert motion(FRAMES[0], FRAMES[1], found).back.shape == (50, 66, 2)


def test_a_known_shift_comes_out_in_pixels_of_the_frame() -> None:
    """Frames are enlarged for the network, and its way is told in their own pixels."""

    class Shifted(torch.nn.Module):
        def forward(self, first: torch.Tensor, second: torch.Tensor) -> list[torch.Tensor]:
            assert first.shape[-2:] == (128, 176) and float(first.min()) >= -1 and float(first.max()) <= 1
            return [torch.stack([torch.full(first.shape[-2:], 8.0), torch.full(first.shape[-2:], 16.0)])[None]]

    field = Raft(Shifted())(FRAMES[0], FRAMES[1])
    assert field[25, 30] == pytest.approx([8 * 66 / 176, 16 * 50 / 128])


def test_without_a_file_the_flow_is_opencvs(yours: Path, tmp_path: Path) -> None:
    assert Weights(offline=True, yours=tmp_path).flow() is None
    method = registry.create("gatys_video")
    method.load(Weights(offline=True, yours=tmp_path), "cpu")
    assert method.weights_used()["flow"] == "DIS (OpenCV)"


def test_a_clip_is_carried_along_by_it_where_its_file_is(yours: Path) -> None:
    method = registry.create("gatys_video")
    assert isinstance(method, GatysVideo)
    method.load(Weights(offline=True, yours=yours), "cpu")
    assert "raft_small" in method.weights_used()["flow"]
    content = Clip(FRAMES[:, :48, :64], FPS)
    prepared = method.prepare(ClipInputs(content, Style((content[0],))), 64)
    assert len(method.run(prepared, GatysVideoParams(steps=4, frame_steps=2), seed=0).clip) == 2


def test_another_file_is_refused_in_one_line(tmp_path: Path) -> None:
    save_file({"a": torch.zeros(1)}, tmp_path / "raft_small.safetensors")
    with pytest.raises(Missing, match="is no RAFT"):
        Weights(offline=True, yours=tmp_path).flow()
