"""What jobs make, on the tuner's fake runtime: red is the strength that was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import load_image, save_image
from autostyle.errors import BadInput, Missing, OutOfMemory
from autostyle.jobs import requests, studio
from autostyle.jobs.apply import apply
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.reproduce import reproduce
from autostyle.jobs.stylize import stylize
from autostyle.methods.contract import ImageInputs
from autostyle.methods.gatys.spec import SPEC as GATYS
from autostyle.report import recipe as recipes
from tests.jobs.line import Line
from tests.tuning import fake_runtime


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio, "real", fake_runtime.make)


def asked(folder: Path, out: str = "out.png", **fields: object) -> requests.StylizeRequest:
    data = {"content": folder / "photo.png", "styles": [folder / "paint.png"], "method": "adain", "out": folder / out}
    return requests.StylizeRequest.model_validate({**data, "params": {"alpha": 0.6}, "size": 64, **fields})


def test_stylize_says_what_it_made(folder: Path, reporter: Reporter, line: Line) -> None:
    made = stylize(asked(folder), reporter)
    assert (made["method"], made["size"], made["stopped"]) == ("adain", [64, 48], False)
    assert made["params"]["alpha"] == 0.6 and "detail" in made["params"]
    assert made["weights"] == {"encoder": "none", "style": "fake"}
    assert made["scores"]["style"] == pytest.approx(0.6)
    assert {"type": "note", "text": "scored by a stand-in"} in line.sent
    assert [message["step"] for message in line.sent if message["type"] == "progress"] == [1]


def test_alpha_and_16_bits_are_carried(folder: Path, reporter: Reporter) -> None:
    stylize(asked(folder), reporter)
    before, after = load_image(folder / "photo.png"), load_image(folder / "out.png")
    assert after.bit_depth == 16
    assert before.alpha is not None and after.alpha is not None
    assert abs(after.alpha - before.alpha).max() < 1e-4


def test_without_a_size_the_picture_s_own_is_taken(folder: Path, reporter: Reporter) -> None:
    assert stylize(asked(folder, size=None), reporter)["size"] == [64, 48]


def test_the_recipe_travels_in_the_png(folder: Path, reporter: Reporter) -> None:
    stylize(asked(folder), reporter)
    recipe = recipes.load(folder / "out.png")
    assert (recipe.method, recipe.params["alpha"], recipe.size) == ("adain", 0.6, 64)
    assert recipe.scores["style"] == pytest.approx(0.6)


def test_a_run_goes_along_the_way_that_its_method_names_and_the_recipe_has_it(folder: Path, reporter: Reporter) -> None:
    stylize(asked(folder, method="gatys", params={"style_weight": 0.8}), reporter)
    recipe = recipes.load(folder / "out.png")
    assert recipe.path == tuple(share * 0.8 for share in GATYS.towards) and recipe.params["style_weight"] == 0.8


def test_a_stop_keeps_the_best_so_far(folder: Path, reporter: Reporter, line: Line) -> None:
    line.stop.set()
    assert stylize(asked(folder), reporter)["stopped"]
    assert (folder / "out.png").is_file()


def test_a_picture_that_cannot_be_scored_is_still_written(
    folder: Path, reporter: Reporter, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_alike(*_: object) -> None:
        raise BadInput("content and style are too alike", "choose another")

    monkeypatch.setattr(fake_runtime.FakeRuntime, "scorer", too_alike)
    assert stylize(asked(folder), reporter)["scores"] == {}
    assert (folder / "out.png").is_file()
    assert {"type": "note", "text": "not scored: content and style are too alike"} in line.sent


@pytest.fixture
def made(folder: Path, reporter: Reporter) -> Path:
    """A PNG with a recipe."""
    stylize(asked(folder), reporter)
    return folder / "out.png"


def test_apply_goes_on_past_a_bad_picture(made: Path, folder: Path, reporter: Reporter) -> None:
    (folder / "bad.jpg").write_bytes(b"no picture")
    sources = (folder / "bad.jpg", folder / "other.png")
    targets = (folder / "styled" / "bad.jpg", folder / "styled" / "other.png")
    done = apply(requests.ApplyRequest(recipe=made, inputs=sources, outputs=targets), reporter)
    assert [image["image"] for image in done["images"]] == [str(targets[1])]
    assert [failure["input"] for failure in done["failed"]] == [str(sources[0])]
    assert load_image(targets[1]).pixels[..., 0].mean() == pytest.approx(0.6, abs=0.01)


def batch(made: Path, folder: Path, *names: str, **fields: object) -> requests.ApplyRequest:
    inputs, outputs = [folder / name for name in names], [folder / "styled" / name for name in names]
    return requests.ApplyRequest.model_validate({"recipe": made, "inputs": inputs, "outputs": outputs, **fields})


def seen(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name[0] != ".")


def test_what_another_recipe_or_somebody_else_made_is_not_taken_for_done(
    made: Path, folder: Path, reporter: Reporter
) -> None:
    shutil.copy(folder / "other.png", folder / "a.png")
    request = batch(made, folder, "a.png", "other.png")
    request.outputs[0].parent.mkdir()
    shutil.copy(folder / "paint.png", request.outputs[0])
    done = apply(request, reporter)
    assert [left["error"] for left in done["failed"]] == [f"{request.outputs[0]} exists"]
    assert request.outputs[0].read_bytes() == (folder / "paint.png").read_bytes()

    stylize(asked(folder, "bolder.png", params={"alpha": 0.9}), reporter)
    for changed in ({"recipe": folder / "bolder.png"}, {"size": 48}):
        done = apply(request.model_copy(update=changed), reporter)
        assert len(done["failed"]) == 2 and done["images"] == []
    shutil.copy(folder / "photo.png", folder / "other.png")
    assert len(apply(request, reporter)["failed"]) == 2, "the picture is another one now"


def test_what_was_to_be_replaced_when_the_power_went_is_not_taken_for_done(
    made: Path, folder: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(batch(made, folder, "other.png"), reporter)
    stylize(asked(folder, "bolder.png", params={"alpha": 0.9}), reporter)
    bolder = batch(folder / "bolder.png", folder, "other.png")

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(fake_runtime.FakeMethod, "run", cut)
        apply(bolder.model_copy(update={"force": True}), reporter)
    assert "exists" in apply(bolder, reporter)["failed"][0]["error"]
    done = apply(bolder.model_copy(update={"force": True}), reporter)
    assert done["images"][0]["kept"] is False
    assert apply(bolder, reporter)["images"][0]["kept"] is True


@pytest.mark.parametrize(
    ("error", "words", "code"),
    [
        (BadInput("at this size the picture is only 96 x 8 pixels", "larger"), "at this size", 2),
        (OutOfMemory("the device ran out of memory", "smaller"), "ran out of memory", 1),
        (MemoryError(), "out of memory", 1),
        (Missing("no space left to write it", "free some"), "no space left", 3),
        (ZeroDivisionError("division by zero"), "autostyle failed: ZeroDivisionError", 1),
    ],
)
def test_a_fault_while_painting_one_leaves_the_others(
    made: Path,
    folder: Path,
    reporter: Reporter,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    words: str,
    code: int,
) -> None:
    monkeypatch.setattr("autostyle.crash_reports.write_log", lambda text: "the log is elsewhere")
    real, calls = fake_runtime.FakeMethod.run, []

    def run(self: object, *given: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 2:
            raise error
        return real(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(fake_runtime.FakeMethod, "run", run)
    for name in ("a.png", "b.png", "c.png"):
        shutil.copy(folder / "other.png", folder / name)
    request = batch(made, folder, "a.png", "b.png", "c.png")
    done = apply(request, reporter)

    assert [Path(image["image"]).name for image in done["images"]] == ["a.png", "c.png"]
    (left,) = done["failed"]
    assert Path(left["input"]).name == "b.png" and words in left["error"] and left["exit_code"] == code
    assert seen(folder / "styled") == ["a.png", "c.png"]

    again = apply(request, reporter)
    assert [image["kept"] for image in again["images"]] == [True, False, True]
    assert len(calls) == 4 and again["failed"] == []


def test_what_was_cut_short_is_made_anew_and_what_is_whole_is_kept(
    made: Path, folder: Path, reporter: Reporter, line: Line
) -> None:
    shutil.copy(folder / "other.png", folder / "a.png")
    request = batch(made, folder, "a.png", "other.png")
    apply(request, reporter)
    first, second = request.outputs
    whole = first.read_bytes()
    first.write_bytes(whole[: len(whole) // 2])
    stamp = second.stat().st_mtime_ns

    done = apply(request, reporter)
    assert [image["kept"] for image in done["images"]] == [False, True]
    assert (first.read_bytes(), second.stat().st_mtime_ns) == (whole, stamp)
    assert any("made anew" in message.get("text", "") for message in line.sent)

    done = apply(request.model_copy(update={"force": True}), reporter)
    assert [image["kept"] for image in done["images"]] == [False, False]


def test_on_a_full_disk_nothing_is_painted_for_it(
    made: Path, folder: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake_runtime.FakeMethod, "run", lambda *_, **__: pytest.fail("it was painted"))
    monkeypatch.setattr(studio, "LEAST_ROOM", float("inf"))
    (left,) = apply(batch(made, folder, "other.png"), reporter)["failed"]
    assert "no space left to write" in left["error"] and left["exit_code"] == 3
    again = requests.ReproduceRequest(recipe=made, pictures=(folder / "photo.png",), out=folder / "again.png")
    for one in (lambda: stylize(asked(folder), reporter), lambda: reproduce(again, reporter)):
        with pytest.raises(Missing, match="no space left to write"):
            one()


@pytest.mark.parametrize("place", ["paint.png/out.png", "paint.png/new/out.png"])
def test_a_place_that_cannot_be_is_told_before_anything_is_painted(
    made: Path, folder: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(fake_runtime.FakeMethod, "run", lambda *_, **__: pytest.fail("it was painted"))
    again = requests.ReproduceRequest(recipe=made, pictures=(folder / "photo.png",), out=folder / place)
    for one in (lambda: stylize(asked(folder, place), reporter), lambda: reproduce(again, reporter)):
        with pytest.raises(BadInput, match="there is no folder"):
            one()


def test_reproduce_makes_the_folder_of_its_picture(made: Path, folder: Path, reporter: Reporter) -> None:
    out = folder / "new" / "again.png"
    reproduce(requests.ReproduceRequest(recipe=made, pictures=(folder / "photo.png",), out=out), reporter)
    assert out.is_file()


def test_a_picture_that_is_gone_by_then_is_no_bug(made: Path, folder: Path, reporter: Reporter) -> None:
    (left,) = apply(batch(made, folder, "gone.png"), reporter)["failed"]
    assert "gone.png" in left["error"] and left["exit_code"] == 2


def test_a_stop_keeps_what_is_made(made: Path, folder: Path, reporter: Reporter, line: Line) -> None:
    real = line.send

    def send(type: str, /, **fields: object) -> None:
        real(type, **fields)
        if fields.get("item") == 1:
            line.stop.set()

    line.send = send  # type: ignore[method-assign]
    for name in ("a.png", "b.png", "c.png"):
        shutil.copy(folder / "other.png", folder / name)
    done = apply(batch(made, folder, "a.png", "b.png", "c.png"), reporter)
    assert done["stopped"] and [Path(image["image"]).name for image in done["images"]] == ["a.png"]
    assert seen(folder / "styled") == ["a.png"]


def test_reproduce_wants_the_recipe_s_own_content(made: Path, folder: Path, reporter: Reporter) -> None:
    with pytest.raises(BadInput, match=r"other\.png is none of the pictures of this recipe"):
        reproduce(requests.ReproduceRequest(recipe=made, pictures=(folder / "other.png",)), reporter)
    (folder / "photo.png").rename(folder / "renamed.png")
    with pytest.raises(BadInput, match=r"photo\.png is not beside"):
        reproduce(requests.ReproduceRequest(recipe=made), reporter)


def test_reproduce_knows_the_pictures_by_their_bytes(made: Path, folder: Path, reporter: Reporter) -> None:
    renamed = folder / "renamed.png"
    shutil.copy(folder / "photo.png", renamed)
    request = requests.ReproduceRequest(recipe=made, pictures=(folder / "paint.png", renamed), out=folder / "again.png")
    done = reproduce(request, reporter)
    assert done["difference"] == {"style": pytest.approx(0), "content": pytest.approx(0)}
    assert (load_image(folder / "again.png").pixels == load_image(made).pixels).all()


def test_reproduce_finds_pictures_beside_the_recipe(made: Path, folder: Path, reporter: Reporter, line: Line) -> None:
    (folder / "inputs").mkdir()
    for name in ("photo.png", "paint.png"):
        shutil.copy(folder / name, folder / "inputs" / name)
    line.sent.clear()
    assert reproduce(requests.ReproduceRequest(recipe=made), reporter)["recorded"]["style"] == pytest.approx(0.6)
    assert not [message for message in line.sent if "copy" in message.get("text", "")]


def test_reproduce_scores_by_the_profile_of_the_recipe(
    made: Path, folder: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[str] = []

    def scorer(self: object, inputs: object, medium: object, model: str, profile: str) -> fake_runtime.FakeScorer:
        asked_for.append(profile)
        return fake_runtime.FakeScorer()

    monkeypatch.setattr(fake_runtime.FakeRuntime, "scorer", scorer)
    judged = folder / "recipe.json"
    judged.write_text(recipes.load(made).model_copy(update={"profile": "photo"}).to_json())
    for recipe in (judged, made):
        reproduce(requests.ReproduceRequest(recipe=recipe, pictures=(folder / "photo.png",)), reporter)
    assert asked_for == ["photo", "art"]


def test_weights_that_are_not_here_are_told(made: Path, folder: Path, reporter: Reporter, line: Line) -> None:
    request = requests.ApplyRequest(recipe=made, inputs=(folder / "other.png",), outputs=(folder / "styled.png",))
    apply(request, reporter)
    assert any("encoder weights none, which are not here" in message.get("text", "") for message in line.sent)


def test_what_transparent_places_hide_reaches_neither_method_nor_scorer(
    folder: Path, reporter: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ImageInputs] = []
    monkeypatch.setattr(fake_runtime.FakeMethod, "prepare", lambda _, inputs, size: seen.append(inputs) or (48, 64))
    score = fake_runtime.FakeScorer()
    monkeypatch.setattr(fake_runtime.FakeRuntime, "scorer", lambda _, inputs, *judged: seen.append(inputs) or score)
    left = np.arange(64)[None].repeat(48, axis=0) < 30
    for hidden in (0.0, 1.0):
        for name in ("photo.png", "paint.png"):
            pixels = load_image(folder / "other.png").pixels.copy()
            pixels[left] = hidden
            save_image(folder / name, pixels, alpha=1 - left.astype(np.float32), overwrite=True)
        stylize(asked(folder, force=True), reporter)
    first, *others = seen
    assert len(others) == 3
    assert first.content.shape == (48, 64, 3) and first.style.exemplars[0].shape == (48, 34, 3)
    assert np.array_equal(first.visible, ~left) and first.style.visible == ()
    for inputs in others:
        assert np.array_equal(inputs.content, first.content)
        assert np.array_equal(inputs.style.exemplars[0], first.style.exemplars[0])
