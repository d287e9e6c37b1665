"""Where things are in a picture: found, guessed, or said not to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.errors import Missing
from autostyle.vision import segmenter, torchvision_cpu
from autostyle.vision.find_regions import find_region


@pytest.fixture(scope="module")
def landscape() -> Pixels:
    """A sky that pales towards the horizon, over grass."""
    rng = np.random.default_rng(0)
    picture = np.empty((96, 144, 3), np.float32)
    picture[:] = np.linspace((0.35, 0.55, 0.9), (0.8, 0.88, 1.0), 96)[:, None]
    picture[48:] = np.array([0.2, 0.35, 0.1]) + rng.normal(0, 0.12, (48, 144, 1))
    return np.clip(picture, 0, 1).astype(np.float32)


def test_the_sky_is_guessed_and_the_ground_is_the_rest(landscape: Pixels) -> None:
    sky, ground = find_region(landscape, "sky"), find_region(landscape, "ground")
    assert sky.by == ground.by == "guess"
    assert sky.places[:42].min() > 0.9
    assert sky.places[54:].max() < 0.1
    assert np.allclose(ground.places, 1 - sky.places)


def test_what_is_not_there_or_not_known_is_said_with_a_way_out(landscape: Pixels) -> None:
    for what, words in (("face", "no face is found"), ("person", "no person is found"), ("dog", "what a dog looks")):
        with pytest.raises(Missing, match=words) as caught:
            find_region(landscape, what)
        assert "name a box" in str(caught.value.hint)
    with pytest.raises(Missing, match="no sky"):
        find_region(landscape[48:], "sky")


def test_a_face_is_found_where_it_is() -> None:
    from skimage.data import astronaut

    face = find_region((astronaut()[:256, 96:352] / np.float32(255)).astype(np.float32), "face")
    assert (face.by, face.things) == ("faces", 1)
    assert face.places[90:150, 105:150].min() > 0.95, "eyes to mouth"
    assert face.places[:30].max() == face.places[:, :50].max() == 0


def test_a_box_is_just_that_and_grows_and_shrinks(landscape: Pixels) -> None:
    box = find_region(landscape, "her", box=(30, 20, 10, 40))
    assert (box.by, box.places.sum()) == ("box", 20 * 20)
    assert box.places[20:40, 10:30].all()
    sums = [find_region(landscape, "her", box=(10, 20, 30, 40), grow=grow).places.sum() for grow in (-0.03, 0.03)]
    assert sums[0] < 400 < sums[1]
    with pytest.raises(Missing, match="holds nothing of the picture, which is 144 x 96"):
        find_region(landscape, "her", box=(500, 500, 600, 600))


def test_of_several_things_one_can_be_meant(landscape: Pixels) -> None:
    def two(picture: Pixels, what: str) -> Pixels:
        seen = np.zeros(picture.shape[:2], np.float32)
        seen[30:60, 20:40] = seen[10:40, 100:130] = 0.9
        return seen

    whole = find_region(landscape, "dog", segment=two)
    left, upper = (find_region(landscape, "dog", segment=two, which=which) for which in ("left", "upper"))  # type: ignore[arg-type]
    assert (whole.by, whole.things) == ("segmenter", 2)
    assert left.places[:, :60].max() > 0.8 > left.places[:, 90:].max() == 0
    assert upper.places[:, 90:].max() > 0.8 > upper.places[:, :60].max() == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SegFormer as small as its layout allows, in the files that transformers keeps."""
    torchvision_cpu.prepare()
    import torch
    from transformers import SegformerConfig, SegformerForSemanticSegmentation, SegformerImageProcessor

    torch.manual_seed(0)
    config = SegformerConfig(
        num_encoder_blocks=2, depths=[1, 1], sr_ratios=[2, 1], hidden_sizes=[8, 8], patch_sizes=[7, 3], strides=[4, 2],
        num_attention_heads=[1, 1], mlp_ratios=[1, 1], decoder_hidden_size=8, num_labels=3,
        id2label={0: "sky", 1: "person, individual, someone", 2: "wall"},
    )  # fmt: skip
    where = tmp_path_factory.mktemp("models") / "tiny-segformer"
    SegformerForSemanticSegmentation(config).save_pretrained(where)
    SegformerImageProcessor(size={"height": 64, "width": 64}).save_pretrained(where)
    return where


def test_a_segmenter_of_ones_own_says_what_its_labels_name(folder: Path, landscape: Pixels) -> None:
    model = segmenter.load(str(folder))
    assert model.name == "tiny-segformer"
    sky, people, wall = (model.segment(landscape, what) for what in ("sky", "person", "wall"))
    assert sky is not None and people is not None and wall is not None
    assert sky.shape == landscape.shape[:2]
    assert np.allclose(sky + people + wall, 1, atol=1e-4), "probabilities of all its classes"
    assert model.segment(landscape, "giraffe") is None


def test_what_is_no_segmenter_is_missing_and_nothing_is_fetched(tmp_path: Path) -> None:
    for name in (str(tmp_path), "nobody/nothing"):
        with pytest.raises(Missing, match="no segmenter can be read"):
            segmenter.load(name)
