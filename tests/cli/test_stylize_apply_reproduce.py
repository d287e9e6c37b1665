"""`stylize`, `apply` and `reproduce` on the fake runtime, the job carried out in this process."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autostyle.codecs.image import load_image
from autostyle.codecs.recording_file import write_recording
from autostyle.errors import Missing, Unconsented
from autostyle.jobs import child, parent, studio
from autostyle.jobs.reporter import Reporter
from autostyle.testing.inputs import speaking
from tests.jobs.line import Line
from tests.tuning import fake_runtime

REAL = studio.real
STYLIZE = "stylize photo.png paint.png -o out.png -m adain -p alpha=0.6"


@pytest.fixture(autouse=True)
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(request: Any, on_message: Callable[[Any], None], stop: Any) -> dict[str, Any]:
        line = Line()
        result = child.carry_out(request, Reporter(line))  # type: ignore[arg-type]
        for message in line.sent:
            on_message(message)
        return result

    monkeypatch.setattr(parent, "run", here)
    monkeypatch.setattr(studio, "real", fake_runtime.make)


def test_stylize_prints_one_object(autostyle) -> None:  # type: ignore[no-untyped-def]
    done = autostyle(f"{STYLIZE} --json")
    assert done.code == 0
    assert done.data.keys() >= {"schema", "method", "row", "reason", "weights", "params", "scores", "image", "seconds"}
    assert Path(done.data["image"]).is_file()


def test_stylize_says_why_this_method_and_what_stands_in(autostyle) -> None:  # type: ignore[no-untyped-def]
    done = autostyle("stylize photo.png paint.png -o out.png --prompt rain")
    assert "stands in" in done.err and "scored by a stand-in" in done.err
    assert done.out.startswith(str(Path("out.png").resolve()))


def test_force_overwrites(autostyle) -> None:  # type: ignore[no-untyped-def]
    Path("out.png").write_bytes(b"old")
    assert autostyle(f"{STYLIZE} --force").code == 0
    assert load_image("out.png").pixels.shape == (48, 64, 3)


def test_what_lies_beside_the_picture_is_named(autostyle, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(studio, "real", REAL)
    done = autostyle("stylize photo.png paint.png -o film.cube -m look --size 64")
    files = ["film.png", "film.cube", "film.hald.png"]
    assert [Path(line.split("  ")[0]).name for line in done.out.splitlines()] == files
    assert all(Path(name).is_file() for name in files)


def test_several_styles_are_blended(autostyle) -> None:  # type: ignore[no-untyped-def]
    done = autostyle("stylize photo.png paint.png photo.png -o out.png --style-weight 2 --style-weight 1")
    assert done.code == 0


def test_no_voice_is_imitated_before_it_was_said_that_its_owner_agreed(  # type: ignore[no-untyped-def]
    autostyle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def ends(request: Any, *_: Any) -> dict[str, Any]:
        asked.append(request)
        raise Missing("enough is known")

    monkeypatch.setattr(parent, "run", ends)
    write_recording(Path("mine.wav"), speaking(1.0))
    write_recording(Path("theirs.wav"), speaking(1.0, seed=1, pitch=200, tract=1.2))
    for line in ("stylize mine.wav theirs.wav -o out.wav -m voice_match", "tune mine.wav theirs.wav -m voice_match"):
        done = autostyle(line)
        assert done.code == 4 and "theirs.wav" in done.err and "--consent" in done.err
    assert not asked and not Path("studies").exists()
    autostyle("stylize mine.wav theirs.wav -o out.wav -m voice_match --consent")
    autostyle("stylize mine.wav theirs.wav -o tone.wav -m tone_match")
    assert [request.consent for request in asked] == [True, False]
    with pytest.raises(Unconsented):
        child.carry_out(asked[0].model_copy(update={"consent": False}), Reporter(Line()))  # type: ignore[arg-type]


def test_apply_takes_a_folder_and_keeps_the_names(autostyle) -> None:  # type: ignore[no-untyped-def]
    autostyle(STYLIZE)
    Path("holiday").mkdir()
    for name in ("a.png", "b.png"):
        (Path("holiday") / name).write_bytes(Path("photo.png").read_bytes())
    (Path("holiday") / "notes.txt").write_text("no picture")
    done = autostyle("apply out.png holiday -o styled --json")
    assert done.code == 0
    assert [Path(image["image"]).name for image in done.data["images"]] == ["a.png", "b.png"]


def test_apply_tells_of_a_bad_picture_and_does_the_others(autostyle) -> None:  # type: ignore[no-untyped-def]
    autostyle(STYLIZE)
    Path("bad.png").write_bytes(b"no picture")
    done = autostyle("apply out.png bad.png photo.png -o styled")
    assert done.code == 2
    assert "left out: " in done.err and done.out.splitlines() == [str(Path("styled/photo.png").resolve())]


def test_apply_again_keeps_what_is_there_and_says_so(autostyle) -> None:  # type: ignore[no-untyped-def]
    autostyle(STYLIZE)
    assert autostyle("apply out.png photo.png -o styled").code == 0
    Path("more.dng").write_bytes(b"anything")
    Path("second.png").write_bytes(Path("photo.png").read_bytes())
    done = autostyle("apply out.png photo.png second.png more.dng gone.png -o styled --json")
    assert done.code == 2
    assert [(Path(made["image"]).name, made["kept"]) for made in done.data["images"]] == [
        ("photo.png", True),
        ("second.png", False),
    ]
    assert [Path(left["input"]).name for left in done.data["failed"]] == ["more.dng", "gone.png"]
    assert "1 of 2 were there and are kept" in done.err and "left out: more.dng" in done.err


def test_reproduce_compares(autostyle) -> None:  # type: ignore[no-untyped-def]
    autostyle(STYLIZE)
    done = autostyle("reproduce out.png photo.png paint.png")
    assert done.code == 0
    assert "style: 0.6000 recorded, 0.6000 now" in done.out


def test_names_that_are_no_utf8_are_painted_and_told_legibly(autostyle) -> None:  # type: ignore[no-untyped-def]
    sea, out, gone = (os.fsdecode(f"{name}.png".encode("cp949")) for name in ("바다", "결과", "없다"))
    Path("photo.png").rename(sea)
    done = autostyle(f"stylize {sea} paint.png -o {out} -m adain --json")
    assert done.code == 0 and Path(done.data["image"]).name == out and Path(out).is_file()
    done = autostyle(f"apply {out} {sea} {gone} -o styled --json")
    assert done.code == 2 and [Path(made["image"]).name for made in done.data["images"]] == [sea]
    assert "없다.png" in done.err
    assert autostyle("stylize 바다.png paint.png -o again.png -m adain").code == 0
    assert autostyle(f"reproduce {out} {sea} paint.png").code == 0


def test_a_name_is_found_in_either_normal_form(autostyle) -> None:  # type: ignore[no-untyped-def]
    Path("photo.png").rename(unicodedata.normalize("NFD", "바다é.png"))
    assert autostyle("stylize 바다é.png paint.png -o a.png -m adain").code == 0
    assert autostyle("apply a.png 바다é.png -o styled").code == 0
