"""Where the result goes, under which name and as what; a picture that is there is never taken for a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.model import Save
from autostyle.agent.understanding.read import understand


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("p.jpg", "s.png"):
        (tmp_path / name).touch()
    (tmp_path / "Desktop").mkdir()
    (tmp_path / "done").mkdir()
    monkeypatch.setattr("platformdirs.unix.Unix.user_desktop_dir", str(tmp_path / "Desktop"))
    return tmp_path


@pytest.mark.parametrize(
    ("said", "path", "format", "folder"),
    [
        ("save it as my dog.png", "my dog.png", "png", False),
        ("output file: out.webp", "out.webp", "webp", False),
        ("call it dog v2.jpg", "dog v2.jpg", "jpg", False),
        ("save it under final/my art.png", "final/my art.png", "png", False),
        ("save the result in done/", "done", None, True),
        ("put the result on my desktop", "Desktop", None, True),
        ("save it to my desktop as dog.jpg", "Desktop/dog.jpg", "jpg", False),
        ("put it on my desktop as a jpeg", "Desktop", "jpg", True),
        ("as a tiff file", None, "tif", False),
        ("결과 파일 이름은 내 강아지.png", "내 강아지.png", "png", False),
        ("바탕화면에 저장해줘", "Desktop", None, True),
        ("바탕화면에 내 강아지.jpg로 저장해줘", "Desktop/내 강아지.jpg", "jpg", False),
        ("webp로 줘", None, "webp", False),
        ("i need it as svg", None, "svg", False),
    ],
)
def test_places_and_formats_are_read(here: Path, said: str, path: str | None, format: str | None, folder: bool) -> None:
    understood = understand(f"p.jpg like s.png, {said}", here)
    place = here / path if path and path.startswith("Desktop") else Path(path) if path else None

    assert understood.save == Save(place, format, folder)
    assert (understood.content, understood.styles) == ((Path("p.jpg"),), (Path("s.png"),))
    assert not understood.problems


@pytest.mark.parametrize(
    ("said", "path", "size", "side"),
    [
        ("Save this one as dog-final.tiff, 3000 pixels wide, on my desktop", "Desktop/dog-final.tiff", 3000, "width"),
        ("이걸 바탕화면에 dog-final.tiff로 3000픽셀 너비로 저장해줘", "Desktop/dog-final.tiff", 3000, "width"),
        ("save it to done/ at 4k", "done", 3840, "long"),
        ("save number 3 as a.png, 2000 px tall", "a.png", 2000, "height"),
        ("세로 2000픽셀로 a.png로 저장해줘", "a.png", 2000, "height"),
        ("keep it: save to ../a.jpg, 12000 px on the long side", "../a.jpg", 12000, "long"),
        ("save a high quality copy as a.png, 1500 px", "a.png", 1500, "long"),
    ],
)
def test_how_large_a_copy_is_to_be_is_read_of_the_side_that_was_named(
    here: Path, said: str, path: str, size: int, side: str
) -> None:
    (act,) = understand(said, here, study=True).acts
    place = here / path if path.startswith("Desktop") else Path(path)
    assert act.save is not None
    assert (act.intent, act.save.path, act.save.size, act.save.side) == ("export", place, size, side)


def test_next_to_the_original_is_where_it_is(here: Path) -> None:
    (here / "done" / "q.jpg").touch()

    assert understand("p.jpg like s.png, save the result next to the original", here).save == Save()
    assert understand("done/q.jpg s.png처럼, 원본 옆에 저장해줘", here).save == Save(Path("done"), None, True)


@pytest.mark.parametrize(
    "said",
    [
        "take the strokes from s.png and put them on p.jpg",
        "a picture called p.jpg in the style of s.png",
        "the result should look like s.png, photo p.jpg",
        "p.jpg를 s.png로",
    ],
)
def test_pictures_that_are_there_are_no_places(here: Path, said: str) -> None:
    understood = understand(said, here)

    assert understood.save is None
    assert (understood.content, understood.styles) == ((Path("p.jpg"),), (Path("s.png"),))


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("turn p.jpg into s.png and save it as dog.png on my desktop", Path("dog.png")),
        ("p.jpg를 s.png처럼 해서 바탕화면에 dog.png로 저장해줘", Path("dog.png")),
        ("p.jpg like s.png, put it on my desktop", None),
    ],
)
def test_a_desktop_that_is_not_there_is_known_as_such(here: Path, said: str, path: Path | None) -> None:
    (here / "Desktop").rmdir()
    found = understand(said, here)

    assert (found.content, found.styles, found.problems) == ((Path("p.jpg"),), (Path("s.png"),), ())
    assert found.save is not None
    assert (found.save.path, found.save.folder, found.save.absent) == (path, False, here / "Desktop")


def test_what_is_turned_into_a_picture_keeps_it_as_the_style_when_saved_on_the_desktop(here: Path) -> None:
    found = understand("turn p.jpg into s.png and save it as dog.png on my desktop", here)

    assert (found.styles, found.save) == ((Path("s.png"),), Save(here / "Desktop" / "dog.png", "png"))


def test_a_photo_on_a_desktop_that_is_not_there_is_not_asked_about(here: Path) -> None:
    (here / "Desktop").rmdir()
    found = understand("the photo on my desktop is p.jpg, make it like s.png", here)

    assert (found.content, found.save, found.problems) == ((Path("p.jpg"),), None, ())
