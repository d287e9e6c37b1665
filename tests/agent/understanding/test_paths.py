"""Names of files in running text, as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.paths import find

FILES = (
    "photo.jpg",
    "starry night.png",
    "a.png",
    "b.jpg",
    "my cat (1).jpg",
    "바다.jpg",
    "별이 빛나는 밤.png",
    "holiday/one.jpg",
    "sub dir/x.webp",
    "my best shots/two.jpg",
    "Über.tif",
    "it's me.jpg",
    "clip.mp4",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    home = tmp_path / "home"
    (home / "pics").mkdir(parents=True)
    (home / "pics" / "me.jpg").touch()
    monkeypatch.setenv("HOME", str(home))
    return tmp_path


def test_files_without_an_ending_are_found_by_their_bytes(here: Path) -> None:
    (here / "IMG_0042").write_bytes(b"\xff\xd8\xff\xe0")
    (here / "MOV-7").write_bytes(b"\0\0\0\x18ftypqt  ")
    (here / "like").write_bytes(b"words")
    found = find("make MOV-7 look like IMG_0042", here)
    assert [(str(named.path), named.medium) for named in found] == [("MOV-7", "video"), ("IMG_0042", "image")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("make photo.jpg look like a.png", ["photo.jpg", "a.png"]),
        ("make photo.jpg look like a.png.", ["photo.jpg", "a.png"]),
        ("make photo.jpg look like starry night.png please", ["photo.jpg", "starry night.png"]),
        ("b.jpg+a.png", ["b.jpg", "a.png"]),
        ("b.jpg->a.png", ["b.jpg", "a.png"]),
        ("b.jpg,a.png", ["b.jpg", "a.png"]),
        ("(b.jpg)", ["b.jpg"]),
        ("@b.jpg in the style of @a.png", ["b.jpg", "a.png"]),
        ("'starry night.png' on \"b.jpg\"", ["starry night.png", "b.jpg"]),
        ("“starry night.png” 화풍으로", ["starry night.png"]),
        ("style my cat (1).jpg now", ["my cat (1).jpg"]),
        ("starry\\ night.png", ["starry night.png"]),
        ("photo.jpg를 a.png처럼", ["photo.jpg", "a.png"]),
        ("바다.jpg를 별이 빛나는 밤.png 느낌으로", ["바다.jpg", "별이 빛나는 밤.png"]),
        ("사진은photo.jpg이고 그림은a.png", ["photo.jpg", "a.png"]),
        ("~/pics/me.jpg처럼", ["home/pics/me.jpg"]),
        ("holiday/one.jpg and sub dir/x.webp", ["holiday/one.jpg", "sub dir/x.webp"]),
        ("everything in holiday/ please", ["holiday/"]),
        ("holiday/에 있는 거", ["holiday/"]),
        ("the holiday folder", ["holiday"]),
        ("holiday 폴더", ["holiday"]),
        ("Über.tif's mood", ["Über.tif"]),
        ("don't use it's me.jpg", ["it's me.jpg"]),
        ("clip.mp4", ["clip.mp4"]),
        ("all of my best shots/ like a.png", ["my best shots/", "a.png"]),
        ("./my best shots/ and a.png", ["my best shots/", "a.png"]),
        ("the photos in holiday", ["holiday"]),
    ],
)
def test_what_exists_is_found_whole(here: Path, text: str, names: list[str]) -> None:
    found = find(text, here)

    assert [here / named.path for named in found] == [here / name for name in names]
    assert all(named.exists for named in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("make holiday.jpg prettier", ["holiday.jpg"]),
        ("phto.jpg like a.png", ["phto.jpg"]),
        ("photo.jgp", ["photo.jgp"]),
        ("C:\\Users\\me\\x.jpg", ["C:\\Users\\me\\x.jpg"]),
        ("~/nowhere/x.png를", ["home/nowhere/x.png"]),
        ("see 'no such file.png'", ["no such file.png"]),
        ("없는그림.png처럼", ["없는그림.png"]),
        ("img.heic", ["img.heic"]),
    ],
)
def test_what_is_not_there_is_still_a_name(here: Path, text: str, names: list[str]) -> None:
    found = find(text, here)

    assert [here / named.path for named in found if not named.exists] == [here / name for name in names]


@pytest.mark.parametrize(
    "text",
    ["make it 50/50", "and/or", "don't, it's fine", "3.5 minutes", "with 'snow falling'", "w/o sky"],
)
def test_other_text_names_nothing(here: Path, text: str) -> None:
    assert find(text, here) == ()


def test_the_medium_is_the_endings(here: Path) -> None:
    assert [named.medium for named in find("clip.mp4 with x.ttf and a.png", here)] == ["video", "font", "image"]


def test_an_address_is_told_apart_and_never_a_file(here: Path) -> None:
    (address,) = find("like https://example.org/art/a.png please", here)

    assert address.url and not address.exists


def test_a_name_remembers_its_place(here: Path) -> None:
    text = "make @b.jpg bold"
    (named,) = find(text, here)

    assert text[named.start : named.end] == "@b.jpg"


@pytest.mark.parametrize("text", ["x" * 5000 + ".jpg", "a\0b.jpg", "'" * 99, ".jpg", "@", "~nobody/x.png"])
def test_hostile_text_is_survived(here: Path, text: str) -> None:
    find(text, here)


@pytest.mark.parametrize("text", ["export it to my desktop", "바탕화면에 저장해줘", "바탕 화면으로 내보내줘"])
def test_the_desktop_is_a_folder_where_there_is_one(here: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("platformdirs.unix.Unix.user_desktop_dir", str(here / "home" / "Desktop"))
    assert find(text, here) == ()

    (here / "home" / "Desktop").mkdir()

    (named,) = find(text, here)
    assert named.folder
    assert named.path == here / "home" / "Desktop"


@pytest.mark.parametrize("text", ["for the wall on my desktop pc", "in my desktop background", "바탕화면으로 쓸 거야"])
def test_a_wallpaper_is_no_place(here: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("platformdirs.unix.Unix.user_desktop_dir", str(here))

    assert find(text, here) == ()
