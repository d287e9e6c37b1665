"""Photograph or artwork: by the name of a file, then by the picture; and which pictures are offered as styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding import looks
from autostyle.agent.understanding.merge import merge_requests
from autostyle.agent.understanding.read import understand
from tests.agent.requests.drawn import draw


@pytest.mark.parametrize(
    "name",
    [
        "IMG_2041.jpg", "IMG-20240101-WA0003.jpg", "DSC00412.JPG", "DSCF1002.jpg", "PXL_20230506_101010.jpg",
        "20230506_101010.jpg",
        "스크린샷 2024-01-01.png", "Screenshot 2024.png", "KakaoTalk_2024.jpg", "our selfie.jpg", "가족사진.jpg",
    ],
)  # fmt: skip
def test_cameras_and_phones_name_photographs(name: str) -> None:
    assert looks.odds_by_name(Path(name)) < 0


@pytest.mark.parametrize(
    "name",
    [
        "woodcut.png", "painting.jpg", "my_watercolour.jpg", "van-gogh.jpg", "starry_night.jpg", "Klimt-Kiss.png",
        "수채화.jpg",
        "목판화.png", "김홍도 씨름.jpg", "style_ref.png",
    ],
)  # fmt: skip
def test_media_and_painters_name_artworks(name: str) -> None:
    assert looks.odds_by_name(Path(name)) > 0


@pytest.mark.parametrize("name", ["cat.jpg", "beach.png", "1.jpg", "drawing photo.jpg", "바다.jpg"])
def test_other_names_tell_nothing(name: str) -> None:
    assert looks.odds_by_name(Path(name)) == 0


def test_pictures_decide_where_words_and_names_are_silent(tmp_path: Path) -> None:
    draw(tmp_path / "a.jpg", "artwork")
    draw(tmp_path / "b.jpg", "photograph")
    silent = understand("a.jpg b.jpg", tmp_path)
    told = understand("make a.jpg look like b.jpg", tmp_path)

    assert (silent.content, silent.styles, silent.by_looks) == ((Path("b.jpg"),), (Path("a.jpg"),), True)
    assert (told.content, told.styles, told.by_looks) == ((Path("a.jpg"),), (Path("b.jpg"),), False)


def test_roles_that_pictures_told_are_said_until_words_tell_them(tmp_path: Path) -> None:
    draw(tmp_path / "a.jpg", "artwork")
    draw(tmp_path / "b.jpg", "photograph")
    silent = understand("a.jpg b.jpg", tmp_path)

    assert merge_requests(silent, understand("20 trials", tmp_path)).by_looks
    assert not merge_requests(silent, understand("the other way round", tmp_path)).by_looks
    assert not merge_requests(silent, understand("make a.jpg look like b.jpg", tmp_path)).by_looks


def test_two_of_a_kind_are_asked_about(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        draw(tmp_path / name, "photograph")

    assert understand("a.jpg and b.jpg", tmp_path).loose == (Path("a.jpg"), Path("b.jpg"))


def test_what_is_offered_as_a_style_is_no_photograph(tmp_path: Path) -> None:
    for name in ("IMG_1.jpg", "cat.jpg", "klimt.jpg", "monet garden.jpg"):
        (tmp_path / name).touch()
    found = looks.offers(sorted(tmp_path.iterdir()), "monet")

    assert [path.name for path in found] == ["monet garden.jpg", "klimt.jpg", "cat.jpg"]


def test_a_painting_under_any_name_is_offered_before_a_photograph_under_a_painters(tmp_path: Path) -> None:
    for name in ("그림 3.jpg", "4.jpg"):
        draw(tmp_path / name, "artwork")
    draw(tmp_path / "klimt.jpg", "photograph")
    found = [path.name for path in looks.offers(sorted(tmp_path.iterdir()))]

    assert sorted(found[:2]) == ["4.jpg", "그림 3.jpg"]


def test_what_is_joined_has_one_role_whatever_each_looks_like(tmp_path: Path) -> None:
    for name, what in (("m1.jpg", "artwork"), ("m2.jpg", "photograph"), ("k.jpg", "artwork")):
        draw(tmp_path / name, what)  # type: ignore[arg-type]
    found = understand("try m1.jpg and m2.jpg, k.jpg", tmp_path)

    assert (found.content, found.styles) == ((Path("m1.jpg"), Path("m2.jpg")), (Path("k.jpg"),))
