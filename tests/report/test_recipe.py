import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs.image import load_image
from autostyle.codecs.recipe import MAX_BYTES
from autostyle.errors import BadInput
from autostyle.fingerprints import digest
from autostyle.mediums.image.medium import ImageMedium
from autostyle.report import recipe, recording
from autostyle.report.export import export
from autostyle.scoring.scores import Scores
from autostyle.tuning.record import StudyRecord
from tests.planned import PLANNED
from tests.report.study import study

pytestmark = pytest.mark.usefixtures("planned")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> StudyRecord:
    """A study with its report."""
    made = study(tmp_path_factory.mktemp("study"))
    export(made)
    return made


@pytest.fixture
def data(record: StudyRecord) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((record.folder / "recipe.json").read_text())
    return loaded


def test_the_recipe_says_what_made_the_best(record: StudyRecord) -> None:
    found = recipe.load(record.folder / "recipe.json")
    best = record.trial(9)
    assert (found.method, found.params, found.seed) == (best.method, best.params, best.seed)
    assert (found.size, found.final_size) == (record.plan.size, 240), "240 px is the long side of best.png"
    assert found.scores == best.scores and found.held_out == best.held_out
    assert found.weights == {"encoder": "embedded", "style": "embedded"}
    assert found.content.sha256 == load_image(record.folder / record.plan.content).sha256


def test_the_best_picture_carries_the_same_recipe(record: StudyRecord) -> None:
    in_file, in_png = (recipe.load(record.folder / name) for name in ("recipe.json", "best.png"))
    assert in_png.model_copy(update={"styles": ()}) == in_file.model_copy(update={"styles": ()})
    assert in_png.styles[0].sha256 == in_file.styles[0].sha256


def test_stamping_leaves_the_samples_alone(tmp_path: Path) -> None:
    made = study(tmp_path)
    before = load_image(tmp_path / "best.png").pixels
    export(made)
    assert np.array_equal(load_image(tmp_path / "best.png").pixels, before)


def test_the_original_style_is_found_by_its_bytes_beside_the_recipe(record: StudyRecord) -> None:
    path = record.folder / "recipe.json"
    assert recipe.original(recipe.load(path).styles[0], path) == record.folder / record.plan.styles[0]


@pytest.mark.parametrize("name", ["recipe.json", "best.png"])
def test_far_from_the_study_the_copy_inside_serves_and_says_so(record: StudyRecord, tmp_path: Path, name: str) -> None:
    moved = tmp_path / "a" / "b" / name
    moved.parent.mkdir(parents=True)
    moved.write_bytes((record.folder / name).read_bytes())
    style = recipe.load(moved).styles[0]
    assert recipe.original(style, moved) is None
    loaded = recipe.unpack_style(style, ImageMedium())
    pixels = loaded.exemplar
    original = load_image(record.folder / record.plan.styles[0]).pixels
    assert pixels.shape == original.shape and pixels.dtype == np.float32
    assert float(np.abs(pixels - original).mean()) < 0.05, "WebP, not another picture"
    assert "240 px copy" in loaded.notes[0]


def test_the_very_style_beside_a_picture_that_went_elsewhere_is_found_by_its_name(
    record: StudyRecord, tmp_path: Path
) -> None:
    moved = tmp_path / "best.png"
    moved.write_bytes((record.folder / "best.png").read_bytes())
    style = recipe.load(moved).styles[0]
    beside = tmp_path / style.name
    beside.write_bytes((record.folder / record.plan.styles[0]).read_bytes())
    assert recipe.original(style, moved) == beside
    beside.write_bytes(b"another picture of this name")
    assert recipe.original(style, moved) is None


def test_among_many_files_the_one_that_is_meant_is_found(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for number in range(200):
        (inputs / f"aid-camera-{number}.json").write_text(str(number))
    (inputs / "content.txt").write_text("content")
    meant = recipe.Original(name="x", sha256=digest(inputs / "content.txt"))
    assert recipe.original(meant, tmp_path / "recipe.json") == inputs / "content.txt"


def test_the_content_is_not_embedded(data: dict[str, Any]) -> None:
    assert data["content"].keys() == {"name", "sha256"}


def test_many_noisy_styles_still_fit_into_a_png(tmp_path: Path, data: dict[str, Any]) -> None:
    rng = np.random.default_rng(0)
    styles = []
    for number in range(4):
        path = tmp_path / f"{number}.png"
        Image.fromarray(rng.integers(0, 255, (600, 800, 3), dtype=np.uint8)).save(path)
        styles.append(recording.style(path, ImageMedium()))
    full = recipe.parse(data).model_copy(update={"styles": tuple(styles)})
    assert len(full.to_json().encode()) <= recipe.FILE_BYTES
    assert len(json.dumps(full.for_png(ImageMedium()), separators=(",", ":")).encode()) <= MAX_BYTES
    assert recipe.parse(full.for_png(ImageMedium())).styles[0].sha256 == styles[0].sha256


def test_without_copy_and_original_it_says_what_to_do(data: dict[str, Any], tmp_path: Path) -> None:
    del data["styles"][0]["webp"]
    with pytest.raises(BadInput, match="neither in this recipe nor beside it"):
        recipe.check_styles(recipe.parse(data), tmp_path / "recipe.json")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"method": PLANNED}, "planned"),
        ({"method": "nonsense"}, "unknown method"),
        ({"params": {"style_weight": 1e9}}, "out of range"),
        ({"params": {"no_such": 1}}, "unknown parameter"),
        ({"url": "https://example.org"}, "url"),
        ({"size": 10**9}, "size"),
        ({"seed": -1}, "seed"),
        ({"styles": []}, "styles"),
        ({"schema": 2}, "schema"),
        ({"weights": {"encoder": "../../etc/passwd"}}, "weights"),
        ({"content": {"name": "../../etc/passwd"}}, "content.name"),
        ({"content": {"name": "C:\\secret"}}, "content.name"),
        ({"content": {"name": ".."}}, "content.name"),
        ({"content": {"name": "a.png", "path": "/etc/passwd"}}, "content.path"),
        ({"styles": [{"name": "a.png", "webp": "bm8gcGljdHVyZQ=="}]}, "webp"),
        ({"styles": [{"name": "a.png", "webp": "%%%"}]}, "webp"),
        ({"scores": {"style": float("nan")}}, "scores"),
        ({"prompt": "x" * 5000}, "prompt"),
    ],
)
def test_a_recipe_from_anybody_is_checked_field_by_field(
    data: dict[str, Any], change: dict[str, Any], told: str
) -> None:
    with pytest.raises(BadInput, match="no valid recipe") as error:
        recipe.parse({**data, **change})
    assert told in error.value.message


def test_a_large_picture_inside_a_recipe_is_refused(data: dict[str, Any], tmp_path: Path) -> None:
    Image.new("RGB", (4000, 10)).save(tmp_path / "wide.webp")
    data["styles"][0]["webp"] = base64.b64encode((tmp_path / "wide.webp").read_bytes()).decode()
    with pytest.raises(BadInput, match="larger than 1024 px"):
        recipe.parse(data)


@pytest.mark.parametrize("text", [b"", b"[1, 2]", b"{", b"[" * 100_000, b"\xff\xfe", b"null"])
def test_what_is_no_recipe_is_refused(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "recipe.json").write_bytes(text)
    with pytest.raises(BadInput, match="recipe"):
        recipe.load(tmp_path / "recipe.json")


def test_a_recipe_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "recipe.json").write_bytes(b" " * (recipe.FILE_BYTES + 1))
    with pytest.raises(BadInput, match="too large"):
        recipe.load(tmp_path / "recipe.json")


def test_a_missing_recipe_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        recipe.load(tmp_path / "none.json")


def test_own_weights_are_named_without_their_path(record: StudyRecord) -> None:
    own = replace(record, weights={"encoder": "/home/me/vgg.pth", "style": "clip:ViT-B-32 (yours, 3f2a9c01)"})
    found = recording.of_trial(own, own.trial(9), styles=recording.styles_of(own), final_size=None)
    assert found.weights == {"encoder": "own", "style": "clip:ViT-B-32 (yours, 3f2a9c01)"}


def test_a_run_without_a_study_has_a_recipe_too(record: StudyRecord) -> None:
    content, style = record.folder / record.plan.content, record.folder / record.plan.styles[0]
    params = dict(record.trial(9).params)
    scores = Scores({"style": 0.5, "content": 0.6}, held_out={"style": 0.4, "content": float("nan")})
    made = recording.of_run(
        content,
        [(style, 0.7)],
        ImageMedium(),
        method="gatys",
        params=params,
        seed=3,
        size=512,
        prompt=None,
        weights={},
        scores=scores,
    )
    assert (made.size, made.styles[0].weight, made.study) == (512, 0.7, None)
    assert made.scores == {"style": 0.5, "content": 0.6} and made.held_out == {"style": 0.4}
    assert recipe.parse(made.for_png(ImageMedium())).params == params


def test_a_recipe_whose_picture_unpacks_to_too_much_is_refused(data: dict[str, Any]) -> None:
    # Only the header of a WebP says how large it is: 16383 x 16383 pixels in 30 bytes.
    frame = b"VP8L" + (12).to_bytes(4, "little") + b"\x2f" + (16382 | 16382 << 14).to_bytes(4, "little") + bytes(7)
    webp = b"RIFF" + (len(frame) + 4).to_bytes(4, "little") + b"WEBP" + frame
    styles = [{"name": "a.png", "webp": base64.b64encode(webp).decode()}]
    with pytest.raises(BadInput, match="webp"):
        recipe.parse(data | {"styles": styles})
