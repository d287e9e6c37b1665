"""What is learnt from: captions, bad pictures, and which are kept out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.image import save_image
from autostyle.errors import BadInput
from autostyle.train.lora.pictures import check, read, split


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Three noisy red pictures."""
    for number in range(3):
        noise = np.random.default_rng(number).random((64, 96, 3), dtype=np.float32)
        save_image(tmp_path / f"{number}.png", noise * np.array([1, 0.2, 0.2], np.float32))
    return sorted(tmp_path.glob("*.png"))


def test_captions_are_the_files_own_or_shared(pictures: list[Path]) -> None:
    pictures[1].with_suffix(".txt").write_text("a red\nthing ")
    found = read(pictures, None, "brand")

    assert found[1].caption == "a red thing"
    assert found[0].caption == found[2].caption
    assert found[0].caption.startswith("in brand style, ") and "short broken marks" in found[0].caption
    assert [one.caption for one in read(pictures, "say this", "brand")] == ["say this", "a red thing", "say this"]


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_an_empty_or_endless_caption_is_bad_input(pictures: list[Path], text: str) -> None:
    pictures[0].with_suffix(".txt").write_text(text)
    with pytest.raises(BadInput, match="characters"):
        read(pictures, None, "brand")


def test_a_picture_given_twice_is_bad_input(pictures: list[Path]) -> None:
    with pytest.raises(BadInput, match="the same picture"):
        read([*pictures, pictures[0]], None, "brand")


def test_too_few_and_too_small(pictures: list[Path]) -> None:
    found = read(pictures, None, "brand")
    check(found, "all", 128)
    check(found[:1], "style", 128)
    with pytest.raises(BadInput, match="2 pictures are too few") as caught:
        check(found[:2], "all", 128)
    assert "--blocks style" in caught.value.hint
    with pytest.raises(BadInput, match="96 x 64 pixels, for squares of 192"):
        check(found, "all", 192)


def test_a_fifth_is_kept_out_by_content_not_by_order(pictures: list[Path], tmp_path: Path) -> None:
    found = read(pictures, None, "brand")
    assert split(found, 0) == (found, ())
    for number in range(3, 10):
        save_image(tmp_path / f"{number}.png", np.full((64, 64, 3), number / 10, np.float32))
    ten = read(sorted(tmp_path.glob("*.png")), "words", "brand")
    learnt, kept = split(ten, 0)

    assert len(learnt) == 8 and len(kept) == 2
    assert split(ten[::-1], 0) == (learnt, kept)
    assert split(ten, 1)[1] != kept
