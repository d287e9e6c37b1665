"""Scenes as a medium: known, drawn, kept, shown."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from autostyle.brief import Brief
from autostyle.codecs.image import load_image
from autostyle.codecs.scene import orbit
from autostyle.codecs.scene_file import read_scene, write_scene
from autostyle.errors import BadInput
from autostyle.mediums import files, writing
from autostyle.mediums.contract import Order, style_of
from autostyle.mediums.registry import create
from autostyle.mediums.scene import medium as module
from autostyle.methods import registry
from autostyle.methods.contract import Iterate, SceneResult, Stop
from autostyle.methods.nerf_style import fitting
from autostyle.named_styles import NAMED_STYLES
from autostyle.plan import Choice
from autostyle.testing.photographs import photographed
from autostyle.testing.scenes import room, room_field
from autostyle.tuning import inputs
from autostyle.use_cases import methods, plans
from autostyle.vision.weights import Weights

SCENE = create("scene", "scene")


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in (("STILL", 64), ("FRAMES", 4), ("SHOWN", 3)):
        monkeypatch.setattr(module, name, value)
    write_scene(tmp_path / "room.ply", room(150))
    return tmp_path / "room.ply"


def test_it_is_told_by_its_bytes_and_described(scene: Path) -> None:
    assert files.recognize(scene.rename(scene.with_name("download"))) == "scene"
    write_scene(scene, room(150, harmonics=3))
    told = SCENE.describe(SCENE.load(scene))
    assert told["told"] == "150 splats, SH 1"
    assert SCENE.preview(SCENE.load(scene)).shape == (64, 64, 3)


def test_it_is_drawn_in_its_own_format_with_a_clip_that_goes_around_it(scene: Path, tmp_path: Path) -> None:
    method = SCENE.method("splat_style")
    method.load(Weights.open(offline=True), "cpu")
    params = registry.complete("splat_style", {"steps": 12, "views": 4})
    order = Order(style_of([SCENE.load_style(NAMED_STYLES[0].path)]), params, seed=0, size=64)
    drawn = SCENE.draw(method, SCENE.load(scene), order, tmp_path / "out.ply")
    writing.write(drawn, tmp_path / "out.ply")
    made, before = read_scene(tmp_path / "out.ply").scene, read_scene(scene).scene
    assert np.array_equal(made.positions, before.positions) and np.abs(made.colors - before.colors).mean() > 0.02
    assert files.recognize(tmp_path / "out.turntable.mp4") == "video"
    assert load_image(tmp_path / "out.views.jpg").pixels.shape == (2 * 64, 3 * 64, 3)
    assert files.to_open(tmp_path / "out.ply") == tmp_path / "out.turntable.mp4" and files.to_open(scene) == scene
    writing.copy(tmp_path / "out.ply", tmp_path / "other.splat")
    assert (tmp_path / "other.turntable.mp4").is_file() and len(read_scene(tmp_path / "other.splat").scene) == 150


def test_what_lies_beside_it_is_told_and_can_be_stopped(scene: Path) -> None:
    made = read_scene(scene).scene
    told: list[Iterate] = []

    def stop(iterate: Iterate) -> None:
        told.append(iterate)
        if iterate.step == 8:
            raise Stop

    class Painting:
        """A method that paints nothing."""

        def prepare(self, *given: object) -> None: ...

        def run_to(self, *given: object, **more: object) -> SceneResult:
            return SceneResult(made, 1, stopped=False)

    order = Order(style_of([SCENE.load_style(NAMED_STYLES[0].path)]), registry.complete("splat_style", {}), 0, 64)
    drawn = SCENE.draw(Painting(), SCENE.load(scene), order, scene, stop)
    assert [one.step for one in told] == list(range(1, 9)) and told[0].steps == 6 + 4
    assert drawn.stopped and not drawn.companions() and "turntable" in drawn.notes[0]


def test_a_page_shows_it_turning(scene: Path) -> None:
    exhibit = SCENE.exhibit(scene, 10**6)
    assert exhibit is not None and exhibit.tag == "video" and exhibit.attributes["loop"]
    assert SCENE.exhibit(scene, 1000) is None and SCENE.exhibit(scene.with_name("gone.ply"), 10**6) is None


def test_a_page_holds_no_file_that_a_link_leads_to(scene: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.write_bytes(b"nobody's business")
    scene.with_suffix(".turntable.mp4").symlink_to(private)
    assert SCENE.exhibit(scene, 10**6) is None


def test_what_a_trial_made_has_a_picture_beside_it(
    scene: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SCENE.keep(tmp_path / "a.ply", SCENE.load(scene).scene)
    assert (tmp_path / "a.preview.png").is_file() and (tmp_path / "a.ply").read_bytes() == scene.read_bytes()
    monkeypatch.setattr(module, "LARGEST_COPY", 1000)
    SCENE.keep(tmp_path / "b.ply", SCENE.load(scene).scene)
    assert (tmp_path / "b.preview.png").is_file() and not (tmp_path / "b.ply").exists()


def test_views_from_given_cameras_have_their_shape_however_long(scene: Path, tmp_path: Path) -> None:
    seen = orbit(read_scene(scene).scene, [n / 9 for n in range(9)], [20.0] * 9)
    lens = {"width": 300, "height": 200, "fx": 300, "fy": 300}
    said = [{**lens, "position": one.place.tolist(), "rotation": one.turn.T.tolist()} for one in seen]
    (tmp_path / "cameras.json").write_text(json.dumps(said))
    method = SCENE.method("splat_style")
    method.load(Weights.open(offline=True), "cpu")
    style = style_of([SCENE.load_style(NAMED_STYLES[0].path)])
    inputs = SCENE.inputs(SCENE.load(scene), style, {"cameras": (tmp_path / "cameras.json",)})
    shown: list[Iterate] = []
    params = registry.complete("splat_style", {"steps": 4, "views": 4})
    method.run(method.prepare(inputs, 72), params, seed=0, on_iterate=shown.append)
    assert shown[-1].image().shape == (48, 72, 3)
    assert module.sheet(inputs.content, inputs.aids, 72).shape == (2 * 48, 3 * 72, 3)
    with pytest.raises(BadInput, match="at this size the picture is only 45 x 30"):
        method.prepare(inputs, 45)


def test_photographs_are_told_and_get_the_method_of_fields(scene: Path, tmp_path: Path) -> None:
    path = photographed(tmp_path / "posed", room(150), 8, 32)
    assert SCENE.describe(SCENE.load(path))["told"] == "8 photographs with their cameras"
    assert SCENE.preview(SCENE.load(path)).shape == (32, 32, 3)
    write_scene(tmp_path / "field.ply", room_field(8))
    assert "8 along each side" in SCENE.describe(SCENE.load(tmp_path / "field.ply"))["told"]
    for content, own, other in (
        (path, "nerf_style", "splat_style"),
        (tmp_path / "field.ply", "nerf_style", "splat_style"),
        (scene, "splat_style", "nerf_style"),
    ):
        brief = Brief(content=(content,), medium="scene")
        choice = methods.choose(brief)
        assert (choice.method, choice.alternatives) == (own, ())
        with pytest.raises(BadInput, match=f"{other} takes"):
            methods.choose(brief, other)


def test_a_study_keeps_the_field_of_photographs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = photographed(tmp_path / "posed", room(150), 8, 32)
    write_scene(tmp_path / "kept.ply", room_field(8))
    monkeypatch.setattr(fitting, "fitted", lambda posed, on_iterate: tmp_path / "kept.ply")
    plan = plans.new(path, [NAMED_STYLES[0].path], Choice(method="nerf_style", preferred=("nerf_style",)), tmp_path)
    content, _ = inputs.examine(plan, tmp_path / "study", lambda: True)
    inputs.keep([content], {}, tmp_path / "study")
    assert content.source == path and content.copy == Path("inputs/content.ply")
    assert (tmp_path / "study/inputs/content.ply").read_bytes() == (tmp_path / "kept.ply").read_bytes()
    assert (tmp_path / "study/inputs/content.preview.png").is_file()
