"""Which picture gets the look and which one has it, whatever the order they are named in."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.agent.understanding.read import understand

FILES = ("photo.jpg", "b.jpg", "c.jpg", "style.png", "ref.png", "clip.mp4")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "make photo.jpg look like style.png",
        "photo.jpg style.png",
        "in the style of style.png, paint photo.jpg",
        "apply style.png's brush work to photo.jpg",
        "style.png onto photo.jpg",
        "use style.png as the style for photo.jpg",
        "take the strokes from style.png and put them on photo.jpg",
        "give photo.jpg the style.png treatment",
        "let style.png inspire photo.jpg",
        "content=photo.jpg, style=style.png",
        "style: style.png / content: photo.jpg",
        "style.png -> style, photo.jpg -> content",
        "do the gatys thing with photo.jpg and style.png",
        "neural style photo.jpg style.png",
        "don't let the moon from style.png creep into photo.jpg",
        "photo.jpg를 style.png처럼",
        "style.png 화풍으로 photo.jpg를",
        "photo.jpg에 style.png를 입혀줘",
        "style.png 스타일을 photo.jpg에 적용",
        "사진은 photo.jpg, 스타일은 style.png",
        "style.png로 photo.jpg 칠해줘",
        "style.png에 있는 별이 photo.jpg에 나오지 않게",
        "I need photo.jpg to pick up the colour grading of style.png",
        "go heavy on style.png for photo.jpg",
        "just a touch of style.png in photo.jpg",
        "our brand: style.png. product shot: photo.jpg",
        "photo.jpg 사진처럼 보여야 해요 style.png 톤만 가져와줘",
        "style.png 이 그림처럼 photo.jpg 이 사진을",
        "style.png 수채화풍인데 photo.jpg",
        "색은 style.png 거 쓰고 photo.jpg를 style.png처럼",
        "photo.jpg to style.png",
        "convert photo.jpg to style.png",
        "apply style.png to photo.jpg",
        "transfer the look from style.png to photo.jpg",
        "make photo.jpg look like the garden in style.png",
        "photo.jpg like style.png, not ref.png",
        "photo.jpg in the style of style.png instead of ref.png",
        "photo.jpg like style.png then export the report to out/",
        "photo.jpg style.png, save it to out/",
        "photo.jpg를 ref.png 말고 style.png처럼",
        "photo.jpg에 ref.png 대신 style.png 화풍으로",
    ],
)
def test_content_and_style_are_told_apart(here: Path, text: str) -> None:
    said = understand(text, here)

    assert said.content == (Path("photo.jpg"),)
    assert said.styles == (Path("style.png"),)


@pytest.mark.parametrize(
    ("text", "content", "styles"),
    [
        ("photo.jpg, b.jpg and c.jpg like style.png", ["photo.jpg", "b.jpg", "c.jpg"], ["style.png"]),
        ("blend style.png and ref.png and put them on photo.jpg", ["photo.jpg"], ["style.png", "ref.png"]),
        ("style.png ref.png c.jpg as brand look, on photo.jpg", ["photo.jpg"], ["style.png", "ref.png", "c.jpg"]),
        ("브랜드 톤 style.png ref.png c.jpg 참고해서 photo.jpg를", ["photo.jpg"], ["style.png", "ref.png", "c.jpg"]),
        ("style.png ref.png 두개 스타일로 photo.jpg", ["photo.jpg"], ["style.png", "ref.png"]),
        ("photo.jpg style.png처럼, ref.png도 참고", ["photo.jpg"], ["style.png", "ref.png"]),
        ("style.png랑 ref.png 섞어서 photo.jpg에", ["photo.jpg"], ["style.png", "ref.png"]),
    ],
)
def test_lists_share_a_role(here: Path, text: str, content: list[str], styles: list[str]) -> None:
    said = understand(text, here)

    assert [str(path) for path in said.content] == content
    assert [str(path) for path in said.styles] == styles


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("photo.jpg like style.png", "image"),
        ("clip.mp4 like style.png", "video"),
        ("turn my video into a painting", "video"),
        ("내 목소리를 첼로처럼", "audio"),
        ("photo.jpg, from a video i shot, like style.png", "image"),
        ("hello", None),
    ],
)
def test_the_medium_is_the_contents(here: Path, text: str, medium: str | None) -> None:
    assert understand(text, here).medium == medium


@pytest.mark.parametrize(
    "text",
    [
        "only the first frame of clip.mp4 as a picture, like style.png",
        "clip.mp4 in the style of style.png, just the first frame",
        "make a still from clip.mp4 look like style.png",
        "clip.mp4를 style.png처럼, 첫 프레임만",
        "clip.mp4의 첫 번째 프레임만 style.png 화풍으로 해줘",
    ],
)
def test_of_a_clip_the_first_frame_alone_may_be_meant(here: Path, text: str) -> None:
    found = understand(text, here)
    assert (found.content, found.styles) == ((Path("clip.mp4"),), (Path("style.png"),))
    assert found.first_frame and found.medium == "image" and not (found.parts or found.unheard or found.problems)


@pytest.mark.parametrize("text", ["clip.mp4 like style.png", "clip.mp4 like style.png, not just the first frame"])
def test_a_clip_is_a_clip_otherwise(here: Path, text: str) -> None:
    found = understand(text, here)
    assert found.medium == "video" and not found.first_frame
