"""Where things are in a picture: found, guessed, or said not to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.errors import Missing
from autostyle.vision import segmenter, torchvision_cpu
from autostyle.vision.faces import yunet
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


def test_faces_are_found_by_yunet_where_its_file_is_given(tmp_path: Path) -> None:
    """By a network that takes red for a face, with YuNet's inputs and outputs."""
    picture = np.zeros((160, 320, 3), np.float32)
    picture[32:48, 96:112, 0] = picture[96:112, 256:272, 0] = 1
    faces = yunet(red_faces(tmp_path / "yunet.onnx"))
    assert len(faces(picture)) == 2
    left = find_region(picture, "face", which="left", faces=faces)
    assert (left.by, left.things) == ("faces", 2)
    assert left.places[34:46, 99:109].min() > 0.95
    assert left.places[:, 200:].max() == 0
    (tmp_path / "none.onnx").write_bytes(b"no network")
    with pytest.raises(Missing, match="no detector of faces can be read from"):
        yunet(tmp_path / "none.onnx")


def red_faces(path: Path) -> Path:
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    boxes: tuple[float, ...] = (0.5, 0.5, 0.69, 0.69)  # from a place's middle on, two places wide and high
    nodes, numbers, outputs = [], [], []

    def number(name: str, value: object) -> str:
        numbers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def node(kind: str, *given: str, to: str, **how: Any) -> str:
        nodes.append(helper.make_node(kind, given, [to], **how))
        return to

    for stride in (8, 16, 32):
        red = np.zeros((1, 3, stride, stride), np.float32)
        red[0] = np.array([-1, -1, 1])[:, None, None] / (255 * stride**2) * (stride == 32)  # blue, green, red
        seen = node("Conv", "input", number(f"red{stride}", red), to=f"seen{stride}", strides=[stride, stride])
        ends = number(f"low{stride}", np.float32(0)), number(f"high{stride}", np.float32(1))
        sure = node("Clip", seen, *ends, to=f"sure{stride}")
        for kind, values in {"cls": None, "obj": None, "bbox": boxes, "kps": (0.0,) * 10}.items():
            name, count, what = f"{kind}_{stride}", 1, sure
            if values is not None:
                count = len(values)
                none = number(f"none_{name}", np.zeros((count, 1, 1, 1), np.float32))
                what = node(
                    "Conv", sure, none, number(f"values_{name}", np.asarray(values, np.float32)), to=f"made_{name}"
                )
            last = node("Transpose", what, to=f"last_{name}", perm=[0, 2, 3, 1])
            node("Reshape", last, number(f"shape_{name}", np.array([1, -1, count])), to=name)
            shape = [1, (640 // stride) ** 2, count]
            outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    given = [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, 640, 640])]
    graph = helper.make_graph(nodes, "yunet", given, outputs, numbers)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=6), path)
    return path


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


LABELS = {0: "sky", 1: "person, individual, someone", 2: "wall"}


@pytest.fixture(scope="module", params=["segformer", "mask2former"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A segmenter as small as its layout allows, in the files that transformers keeps."""
    torchvision_cpu.prepare()
    import torch
    import transformers

    torch.manual_seed(0)
    where = tmp_path_factory.mktemp("models") / f"tiny-{request.param}"
    size = {"height": 64, "width": 64}
    if request.param == "segformer":
        config = transformers.SegformerConfig(
            num_encoder_blocks=2, depths=[1, 1], sr_ratios=[2, 1], hidden_sizes=[8, 8], patch_sizes=[7, 3],
            strides=[4, 2], num_attention_heads=[1, 1], mlp_ratios=[1, 1], decoder_hidden_size=8, num_labels=3,
            id2label=LABELS,
        )  # fmt: skip
        transformers.SegformerForSemanticSegmentation(config).save_pretrained(where)
        transformers.SegformerImageProcessor(size=size).save_pretrained(where)
        return where
    eye = transformers.SwinConfig(
        embed_dim=8, depths=[1, 1, 1, 1], num_heads=[1, 1, 1, 1], window_size=2,
        out_features=["stage1", "stage2", "stage3", "stage4"],
    )  # fmt: skip
    queries = transformers.Mask2FormerConfig(
        backbone_config=eye, feature_size=32, mask_feature_size=32, hidden_dim=32, encoder_feedforward_dim=16,
        dim_feedforward=16, encoder_layers=1, decoder_layers=2, num_attention_heads=2, num_queries=5, id2label=LABELS,
    )  # fmt: skip
    transformers.Mask2FormerForUniversalSegmentation(queries).save_pretrained(where)
    transformers.Mask2FormerImageProcessor(size=size).save_pretrained(where)
    return where


def test_a_segmenter_of_ones_own_says_what_its_labels_name(folder: Path, landscape: Pixels) -> None:
    model = segmenter.load(str(folder))
    assert model.name == folder.name
    sky, people, wall = (model.segment(landscape, what) for what in ("sky", "person", "wall"))
    assert sky is not None and people is not None and wall is not None
    assert sky.shape == landscape.shape[:2]
    assert np.allclose(sky + people + wall, 1, atol=1e-4), "probabilities of all its classes"
    assert model.segment(landscape, "giraffe") is None


def test_what_is_no_segmenter_is_missing_and_nothing_is_fetched(tmp_path: Path) -> None:
    for name in (str(tmp_path), "nobody/nothing"):
        with pytest.raises(Missing, match="no segmenter can be read"):
            segmenter.load(name)
