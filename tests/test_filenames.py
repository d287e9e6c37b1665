"""One file, many spellings: names that are no UTF-8, normal forms, what terminals make of a dropped file."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from autostyle.filenames import as_spelled_on_disk, find, key, legible, shell_word


def bytes_of(name: str, encoding: str = "cp949") -> str:
    return os.fsdecode(name.encode(encoding))


@pytest.mark.parametrize("name", ["바다.png", "별이 빛나는 밤.jpg", "대구.jpg", "대구", "사진_01(최종).jpeg", "뷁.gif"])
def test_korean_names_of_windows_are_read(name: str) -> None:
    assert legible(bytes_of(name)) == name
    assert legible(f"{bytes_of(name)}는 없어요") == f"{name}는 없어요"
    assert legible(f"there is no file /tmp/{bytes_of(name)} here") == f"there is no file /tmp/{name} here"


@pytest.mark.parametrize("name", ["café.png", "Übergröße.jpg"])
def test_so_are_western_ones(name: str) -> None:
    assert legible(bytes_of(name, "cp1252")) == name


@pytest.mark.parametrize("data", [b"\xff\xfe.png", b"\x81.png", b"a\x80\x81\xff"])
def test_what_cannot_be_read_can_still_be_written(data: bytes) -> None:
    legible(os.fsdecode(data)).encode("utf-8")
    legible("\ud800 half").encode("utf-8")
    assert legible("사진.png는 plain") == "사진.png는 plain"


def test_spellings_of_one_name_have_one_key() -> None:
    forms = ["가 나é.JPG", "가\u202f나é.jpg", "가  나é.jpg\u202e", "가\n나é.jpg"]
    forms.append(unicodedata.normalize("NFD", forms[0]))
    assert len({key(form) for form in forms}) == 1
    assert key("A.jpg", fold=False) != key("a.jpg", fold=False)


def test_what_is_there_is_found_by_any_of_them_and_two_alike_by_none(tmp_path: Path) -> None:
    real = tmp_path / unicodedata.normalize("NFD", "여름") / bytes_of("바다.png")
    real.parent.mkdir()
    real.touch()
    assert find(tmp_path / "여름" / "바다.png") == real
    assert as_spelled_on_disk(tmp_path / "여름" / "바다.png") == real
    assert as_spelled_on_disk(Path(f"file://{tmp_path}/%EC%97%AC%EB%A6%84/%B9%D9%B4%D9.png")) == real
    assert find(tmp_path / "여름" / "BADA.png") is None
    assert find(tmp_path / "겨울" / "x.png") is None and find(tmp_path / ("x" * 300)) is None
    (real.parent / "바다.png ").touch()
    assert find(real.parent / " 바다.png") is None
    assert as_spelled_on_disk(Path("none.png")) == Path("none.png")


def test_what_is_no_path_of_anybodys_is_not_there() -> None:
    assert find(Path("/a" * 1000)) is None
    assert find(Path("1/" * 1000)) is None


def test_a_name_that_is_there_as_it_is_comes_first(tmp_path: Path) -> None:
    for form in ("NFC", "NFD"):
        (tmp_path / unicodedata.normalize(form, "강.jpg")).touch()
    for form in ("NFC", "NFD"):
        path = tmp_path / unicodedata.normalize(form, "강.jpg")
        assert find(path) == path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (r"my\ dog\ \(final\).jpg", "my dog (final).jpg"),
        ("'a b.jpg'", "a b.jpg"),
        (r"'it'\''s.jpg'", "it's.jpg"),
        (r"$'a\nb\'c.jpg'", "a\nb'c.jpg"),
        (r"$'\271\331\xb4\xd9.jpg'", bytes_of("바다.jpg")),
        (r"$'\uac00.jpg'", "가.jpg"),
        ("a b", None),
        ("'open", None),
    ],
)
def test_a_shells_word_is_what_it_stands_for(typed: str, meant: str | None) -> None:
    assert shell_word(typed) == meant
