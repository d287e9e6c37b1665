"""A fast net is taught a style end to end: what it leaves, how it goes on, that it has learnt something."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from autostyle.codecs.image import load_image, save_image
from autostyle.errors import BadInput
from autostyle.testing.inputs import scene
from autostyle.train.fast.course import train
from autostyle.train.fast.pictures import photographs, taught
from autostyle.train.fast.settings import FastSettings
from autostyle.vision.net_files import head, training_folder
from autostyle.vision.weights import Weights
from tests.train.lora.conftest import Watcher

SHORT = FastSettings(steps=4, every=2, batch=1, size=64, style_size=64)
Teach = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a style, ``waves.png``, and five photographs."""
    folder = tmp_path_factory.mktemp("pictures")
    save_image(folder / "waves.png", scene(64, 80, 9))
    for number in range(5):
        save_image(folder / f"photo{number}.png", scene(80, 96, number))
    return folder


@pytest.fixture(scope="module")
def teach(pictures: Path) -> Teach:
    """Teach a net the style of ``pictures``, in four short steps."""
    styles = taught([pictures / "waves.png"])
    photos = photographs(sorted(pictures.glob("photo*.png")), styles)

    def taught_in(out: Path, watcher: Watcher | None = None, **changes: Any) -> dict[str, Any]:
        return train(
            styles,
            photos,
            replace(SHORT, **changes),
            weights=Weights.open(offline=True),
            device="cpu",
            out=out,
            force=False,
            watcher=watcher or Watcher(),
        )

    return taught_in


@pytest.mark.slow
def test_it_leaves_a_net_that_knows_its_style_and_goes_on_to_the_bit(
    teach: Teach, pictures: Path, tmp_path: Path
) -> None:
    whole = teach(tmp_path / "whole")
    assert whole["net"] == str(tmp_path / "whole" / "net.safetensors") and whole["styles"] == ["waves"]
    assert [one["step"] for one in whole["evaluations"]] == [2, 4] and whole["held_out"]["score"] is not None
    assert head(Path(whole["net"])).find(load_image(pictures / "waves.png").pixels) == 0
    preview = load_image(tmp_path / "whole" / "previews" / "step-00002.png").pixels
    assert preview.shape == (512, 512, 3), "two photographs that were kept out, beside what is painted of them"
    told = (tmp_path / "whole" / "README.md").read_text() + (tmp_path / "whole" / "training.json").read_text()
    assert "--with net=whole" in told and "waves" in told and str(tmp_path) not in told
    with Path(whole["net"]).open("rb") as file:
        said = json.loads(file.read(int.from_bytes(file.read(8), "little")))["__metadata__"]
    assert str(pictures) not in said["autostyle.fast_net"]

    first = teach(tmp_path / "again", Watcher(until=1))
    assert first["steps"]["done"] == 1
    teach(tmp_path / "again")
    for name in ("net", "checkpoint"):
        one, other = (load_file(tmp_path / out / f"{name}.safetensors") for out in ("whole", "again"))
        assert one.keys() == other.keys() and all(torch.equal(one[key], other[key]) for key in one)
    with pytest.raises(BadInput, match="began with other style_weight"):
        teach(tmp_path / "whole", style_weight=3.0)


@pytest.mark.slow
def test_it_comes_nearer_to_its_style(teach: Teach, tmp_path: Path) -> None:
    made = teach(tmp_path / "net", steps=24, every=6, rate=3e-3)
    first, *_, last = (one["loss"] for one in made["evaluations"])
    assert last < 0.8 * first


def test_a_bare_name_is_that_of_a_net_of_ones_own(tmp_path: Path) -> None:
    assert training_folder("brand").parent.name == "nets"
    assert training_folder(str(tmp_path / "brand")) == tmp_path / "brand"


def test_without_photographs_it_paints_what_ships_with_autostyle(pictures: Path) -> None:
    found = photographs([], taught([pictures / "waves.png"]))
    assert not found.own and len(found.learnt) == 8 and len(found.kept) == 2


def test_a_style_among_the_photographs_is_not_painted(pictures: Path) -> None:
    styles = taught([pictures / "waves.png"])
    found = photographs(sorted(pictures.glob("*.png")), styles)
    assert len(found.learnt) + len(found.kept) == 5
    with pytest.raises(BadInput, match="no photographs but"):
        photographs([pictures / "waves.png"], styles)
