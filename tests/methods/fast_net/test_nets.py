"""Fast nets: files of ours and of others, the styles that a net has learnt, and who is told that it has not."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor

from autostyle.codecs.image import load_image, resize, save_image
from autostyle.decision import Situation, choose
from autostyle.errors import BadInput
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.fast_net.nets import lacks, of_styles
from autostyle.methods.fast_net.run import FastStyle
from autostyle.named_styles import NAMED_STYLES
from autostyle.report.recipe import WEIGHTS
from autostyle.testing.inputs import scene
from autostyle.use_cases import aids
from autostyle.vision.fast_net import load_net
from autostyle.vision.net_files import (
    EMBEDDED_NET,
    STEADY_NET,
    NetStyle,
    head,
    known_nets,
    named_net,
    nets_folder,
    training_folder,
    write_metadata,
)
from tests.nets import published, tiny_net

LEARNT = [style.path for style in NAMED_STYLES[:2]]
PAINTING = scene(60, 80, 1)


@pytest.fixture
def painting(tmp_path: Path) -> Path:
    """Of a style that no net has learnt."""
    save_image(tmp_path / "painting.png", PAINTING)
    return tmp_path / "painting.png"


def test_a_net_whose_pictures_are_damaged_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path))
    damaged = nets_folder() / "damaged" / "net.safetensors"
    damaged.parent.mkdir(parents=True)
    save_file({"a": torch.zeros(1)}, damaged, write_metadata([NetStyle("x", b"no picture")], {}))
    with pytest.raises(BadInput, match="is no fast net"):
        head(damaged)
    assert [net.path for net in known_nets()] == [EMBEDDED_NET, STEADY_NET]


def test_no_net_of_ones_own_hides_behind_one_that_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOSTYLE_CONFIG", str(tmp_path))
    assert named_net("steady") == STEADY_NET
    with pytest.raises(BadInput, match="ships with autostyle is called steady"):
        training_folder("steady")
    (nets_folder() / "steady").mkdir(parents=True)
    with pytest.raises(BadInput, match="of yours and one that ships") as told:
        named_net("steady")
    assert str(nets_folder() / "steady") in told.value.hint


def reference(state: dict[str, Tensor], image: Tensor) -> Tensor:
    """What pytorch/examples paints of (1, 3, H, W), 0..255, by its published forward pass."""

    def conv(name: str, x: Tensor, stride: int = 1) -> Tensor:
        weight = state[f"{name}.conv2d.weight"]
        return F.conv2d(
            F.pad(x, (weight.shape[-1] // 2,) * 4, mode="reflect"), weight, state[f"{name}.conv2d.bias"], stride
        )

    def norm(name: str, x: Tensor) -> Tensor:
        return F.instance_norm(x, weight=state[f"{name}.weight"], bias=state[f"{name}.bias"])

    def up(x: Tensor) -> Tensor:
        return F.interpolate(x, mode="nearest", scale_factor=2)

    x = F.relu(norm("in1", conv("conv1", image)))
    x = F.relu(norm("in2", conv("conv2", x, 2)))
    x = F.relu(norm("in3", conv("conv3", x, 2)))
    for k in range(1, 6):
        y = F.relu(norm(f"res{k}.in1", conv(f"res{k}.conv1", x)))
        x = norm(f"res{k}.in2", conv(f"res{k}.conv2", y)) + x
    x = F.relu(norm("in4", conv("deconv1", up(x))))
    x = F.relu(norm("in5", conv("deconv2", up(x))))
    return conv("deconv3", x)


@pytest.mark.parametrize("ending", [".safetensors", ".pth"])
@pytest.mark.parametrize("running", [False, True], ids=["as_now", "with_running_statistics"])
def test_a_published_net_paints_as_its_own_program_does(ending: str, running: bool, tmp_path: Path) -> None:
    state = published()
    kept = dict(state)
    if running:
        kept |= {"in1.running_mean": torch.zeros(4), "res1.in2.running_var": torch.ones(16)}
        kept["in1.num_batches_tracked"] = torch.tensor(3)
    file = tmp_path / f"candy{ending}"
    save_file(kept, file) if ending == ".safetensors" else torch.save(kept, file)
    net, known = load_net(file)
    image = torch.from_numpy(scene(36, 52, 0)).permute(2, 0, 1)[None]
    wanted = reference(state, image * 255) / 255
    assert known.published and float(wanted.std()) > 0.05
    assert float((net(image, net.mix({0: 1.0}, 1.0)) - wanted).abs().max()) < 1e-4
    with torch.inference_mode():  # which takes other ways
        assert float((net(image, net.mix({0: 1.0}, 1.0)) - wanted).abs().max()) < 1e-4
    assert net(image[..., :33, :51], net.mix({0: 1.0}, 1.0)).shape == (1, 3, 33, 51)


def test_what_is_no_net_is_refused(tmp_path: Path) -> None:
    save_file({"x": torch.zeros(3)}, tmp_path / "other.safetensors")
    broken = published() | {"conv1.conv2d.weight": torch.full((4, 3, 9, 9), torch.nan)}
    torch.save(broken, tmp_path / "broken.pth")
    torch.save(torch.nn.Linear(2, 2), tmp_path / "code.pth")
    for name in ("other.safetensors", "broken.pth", "code.pth"):
        with pytest.raises(BadInput, match="is no fast net"):
            load_net(tmp_path / name)


def test_the_table_chooses_a_net_for_what_it_has_learnt_alone(painting: Path) -> None:
    for wish in ("realtime", "brand"):
        assert choose(Situation(**{wish: True}), styles=LEARNT).method == "fast_net"
        other = choose(Situation(**{wish: True}), styles=[LEARNT[0], painting])
        assert other.method == "microast" and "fast_net" not in other.alternatives
        assert "has not learnt this style; it paints embedded: swirling-night" in other.reason


def test_a_style_is_known_in_any_size_and_no_other_is_taken_for_it() -> None:
    net = head(EMBEDDED_NET)
    assert [style.name for style in net.styles] == [style.name for style in NAMED_STYLES]
    for number, style in enumerate(net.styles):
        assert net.find(resize(style.pixels, 100)) == number
        assert net.find(style.pixels[:, ::-1]) is None
    assert net.find(PAINTING) is None


def test_a_net_of_ones_own_is_found_by_name_and_by_its_style(painting: Path) -> None:
    with pytest.raises(BadInput, match="no net here has learnt this style") as caught:
        aids.read(["fast_net"], {}, [painting])
    assert "train fast" in caught.value.hint
    file = tiny_net(nets_folder() / "brand" / "net.safetensors", {"painting": PAINTING})
    assert aids.read(["fast_net"], {"net": ["brand"]}, [painting])[0] == {"net": (file,)}
    assert aids.read(["fast_net"], {}, [painting])[0] == {"net": (file,)}
    assert aids.read(["fast_net"], {}, LEARNT)[0] == {"net": (EMBEDDED_NET,)}
    assert lacks([painting]) == "" and choose(Situation(realtime=True), styles=[painting]).method == "fast_net"
    with pytest.raises(BadInput, match="they paint brand: painting"):
        of_styles((file,), LEARNT)
    with pytest.raises(BadInput, match="there is no net 'brond'") as caught:
        aids.read(["fast_net"], {"net": ["brond"]}, [painting])
    assert "brand" in caught.value.hint


def test_strength_fades_to_the_content_and_a_mix_lies_between(tmp_path: Path) -> None:
    net, _ = load_net(tiny_net(tmp_path / "net.safetensors", {"one": PAINTING, "two": scene(60, 80, 2)}))
    image = torch.from_numpy(scene(36, 52, 0)).permute(2, 0, 1)[None]
    assert torch.equal(net(image, net.mix({0: 1.0}, 0.0)), image)
    one, two, both = (net(image, net.mix(mix, 1.0)) for mix in ({0: 1.0}, {1: 1.0}, {0: 0.8, 1: 0.2}))
    assert 0 < float((both - one).abs().mean()) < float((both - two).abs().mean())
    assert np.isclose(float(net.mix({0: 0.8, 1: 0.2}, 0.5).sum()), 1)


def test_reports_name_the_net_that_painted_and_its_bytes(tmp_path: Path) -> None:
    net = tiny_net(tmp_path / "우리 브랜드" / "net.safetensors", {"painting": PAINTING})
    inputs = ImageInputs(scene(48, 48, 0), Style((PAINTING,)), aids={"net": (net,)})
    method = FastStyle()
    named = method.weights_of(inputs)["network"]
    assert named.startswith("net (") and re.fullmatch(WEIGHTS, named)
    named_style = replace(inputs, style=Style((load_image(LEARNT[0]).pixels,)), aids={})
    assert method.weights_of(named_style)["network"].startswith("embedded (")


def test_clips_are_painted_by_the_net_that_has_learnt_to_be_steady() -> None:
    nets = head(EMBEDDED_NET), head(STEADY_NET)
    assert [net.steady for net in nets] == [False, True] and nets[0].names == nets[1].names
    assert aids.read(["fast_net"], {}, LEARNT)[0] == {"net": (EMBEDDED_NET,)}
    assert aids.read(["temporal_net"], {}, LEARNT)[0] == {"net": (STEADY_NET,)}
    assert aids.read(["temporal_net"], {"net": ["embedded"]}, LEARNT)[0] == {"net": (EMBEDDED_NET,)}
