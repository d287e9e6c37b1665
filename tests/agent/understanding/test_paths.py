"""Names of files in running text, as people type them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from autostyle import filenames
from autostyle.agent.understanding import clauses
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
        (r"make my\ cat\ \(1\).jpg like a.png", ["my cat (1).jpg", "a.png"]),
        (r"'photo.jpg' 'my cat (1).jpg' ", ["photo.jpg", "my cat (1).jpg"]),
        (r"'it'\''s me.jpg' like a.png", ["it's me.jpg", "a.png"]),
        (r"$'it\'s me.jpg'를 a.png처럼", ["it's me.jpg", "a.png"]),
        ('"starry night.png"   ', ["starry night.png"]),
        (r"sub\ dir/x.webp", ["sub dir/x.webp"]),
        (r"my\ best\ shots/ please", ["my best shots/"]),
        (r"holiday\one.jpg", ["holiday/one.jpg"]),
        ("make file://HERE/my%20cat%20(1).jpg like file:///nowhere/x.png", ["my cat (1).jpg", "/nowhere/x.png"]),
        ("file://HERE/%EB%B0%94%EB%8B%A4.jpg처럼.", ["바다.jpg"]),
        ("file://HERE/photo.jpg\nfile://HERE/a.png\n", ["photo.jpg", "a.png"]),
        ("$HOME/pics/me.jpg", ["home/pics/me.jpg"]),
        ("~/pics/me.jpg  ", ["home/pics/me.jpg"]),
        ("PHOTO.JPG like A.png", ["photo.jpg", "a.png"]),
        ("make Starry Night.PNG like a.png", ["starry night.png", "a.png"]),
    ],
)
def test_what_exists_is_found_whole(here: Path, text: str, names: list[str]) -> None:
    found = find(text.replace("HERE", str(here)), here)

    assert [here / named.path for named in found] == [here / name for name in names]
    assert all(named.exists for named in found if "nowhere" not in str(named.path))


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
        (r"my\ dog.jpg", ["my dog.jpg"]),
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
    assert [(named.exists, named.folder) for named in find(text, here)] == [(False, True)]

    (here / "home" / "Desktop").mkdir()

    (named,) = find(text, here)
    assert named.folder
    assert named.path == here / "home" / "Desktop"


@pytest.mark.parametrize("text", ["for the wall on my desktop pc", "in my desktop background", "바탕화면으로 쓸 거야"])
def test_a_wallpaper_is_no_place(here: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("platformdirs.unix.Unix.user_desktop_dir", str(here))

    assert find(text, here) == ()


ODD = {
    "-rf.jpg": "paint -rf.jpg please",
    "a\nb.jpg": "paint $'a\\nb.jpg' please",
    "two  spaces.jpg": "paint two spaces.jpg please",
    "narrow\u202fPM.jpg": "paint narrow PM.jpg please",
    "cat\u202egpj.jpg": "paint catgpj.jpg please",
    "👨‍👩‍👧 family.jpg": "paint 👨‍👩‍👧 family.jpg please",
    'say "hi".jpg': """paint 'say "hi".jpg' please""",
    "it’s us.jpg": "paint it's us.jpg please",
    "trailing.jpg ": r"paint trailing.jpg\  please",
    "comma, and.jpg": "paint comma, and.jpg please",
    "é.jpg": "paint e\u0301.jpg please",
    "서울.jpg": unicodedata.normalize("NFD", "서울.jpg") + "를 그려줘",
    unicodedata.normalize("NFD", "부산.jpg"): "부산.jpg를 그려줘",
    os.fsdecode("대구.jpg".encode("cp949")): "대구.jpg를 그려줘",
    os.fsdecode("광주.jpg".encode("cp949")): os.fsdecode("광주.jpg".encode("cp949")) + "를 그려줘",
    unicodedata.normalize("NFD", "폴더/산.jpg"): "폴더/산.jpg 처럼",
}


@pytest.mark.parametrize("name", ODD)
def test_a_file_is_found_whatever_its_name_is_made_of(here: Path, name: str) -> None:
    (here / name).parent.mkdir(exist_ok=True)
    (here / name).touch()

    (named,) = find(clauses.normal(ODD[name]), here)

    assert named.exists
    assert os.fsencode(here / named.path) == os.fsencode(here / name)


@pytest.mark.parametrize("dropped", [r"'it'\''s me.jpg'", """'it'"'"'s me.jpg'""", r"it\'s\ me.jpg"])
@pytest.mark.parametrize("behind", ["", " ", "를 수채화 느낌으로", "처럼", "."])
def test_a_dropped_file_is_found_with_a_particle_right_behind_it(here: Path, dropped: str, behind: str) -> None:
    (here / "it's me.jpg").touch()
    named = find(clauses.normal(f"{dropped}{behind}"), here)[0]
    assert named.exists and named.path == Path("it's me.jpg")


def test_of_two_that_are_spelt_alike_none_is_guessed(here: Path) -> None:
    for form in ("NFC", "NFD"):
        (here / unicodedata.normalize(form, "강.jpg")).touch()
    (named,) = find("강.jpg", here)
    assert named.exists and str(named.path) == unicodedata.normalize("NFC", "강.jpg")
    (here / named.path).unlink()
    (here / unicodedata.normalize("NFD", "강.jpg")).rename(here / "강  .jpg")
    (here / "강   .jpg").touch()
    assert not any(named.exists for named in find("강 .jpg", here))


def test_windows_paths_are_found_from_its_linux(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = filenames.find
    drive = here / "drive"
    (drive / "Users").mkdir(parents=True)
    (drive / "Users" / "my pic.jpg").touch()

    def mounted(path: Path, *, fold: bool = False) -> Path | None:
        return real(Path(str(path).replace("/mnt/c", str(drive))), fold=fold)

    monkeypatch.setattr("autostyle.agent.understanding.on_disk.find_file", mounted)
    for text in (
        r"C:\Users\my pic.jpg like a.png",
        r"'c:\Users\my pic.jpg' like a.png",
        "C:/Users/my pic.jpg like a.png",
    ):
        assert [named.path.name for named in find(text, here) if named.exists] == ["my pic.jpg", "a.png"]
    share = str(here).replace("/", "\\")
    (named,) = find(rf"\\wsl.localhost\Ubuntu{share}\photo.jpg", here)
    assert here / named.path == here / "photo.jpg"
