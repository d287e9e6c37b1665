"""The recipe inside a PNG: it comes back as it was, and a hostile one costs nothing."""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs import png
from autostyle.codecs.image import load_image, save_image
from autostyle.codecs.recipe import MAX_BYTES, read_recipe
from autostyle.errors import BadInput

GREY = np.full((40, 40, 3), 0.5, np.float32)
SMALL = {"schema": 1, "method": "gatys", "params": {"style_weight": 1.5}, "words": "물결 — «ondes» \N{WATER WAVE}"}
LARGE = {"schema": 1, "list": list(range(9000))}  # 43 kB of JSON: stored compressed


@pytest.mark.parametrize("bit_depth", [8, 16])
@pytest.mark.parametrize("recipe", [SMALL, LARGE, {}], ids=["small", "large", "empty"])
def test_a_recipe_comes_back(tmp_path: Path, recipe: dict[str, Any], bit_depth: int) -> None:
    path = tmp_path / "a.png"
    assert save_image(path, GREY, bit_depth=bit_depth, recipe=recipe) == ()
    assert read_recipe(path) == recipe
    assert load_image(path).bit_depth == bit_depth


def test_other_programs_see_the_text_too(tmp_path: Path) -> None:
    save_image(tmp_path / "a.png", GREY, recipe=LARGE)
    assert json.loads(Image.open(tmp_path / "a.png").text["autostyle"]) == LARGE  # type: ignore[attr-defined]
    assert (tmp_path / "a.png").stat().st_size < 30_000, "a large recipe is compressed"


def test_a_text_after_the_samples_is_found(tmp_path: Path) -> None:
    save_image(tmp_path / "a.png", GREY)
    plain = (tmp_path / "a.png").read_bytes()
    moved = plain[:-12] + png.encode(png.text_chunk("autostyle", '{"a": 1}')) + plain[-12:]
    (tmp_path / "a.png").write_bytes(moved)
    assert read_recipe(tmp_path / "a.png") == {"a": 1}


def test_a_recipe_file_is_read_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "recipe.json").write_text(json.dumps(SMALL), encoding="utf-8")
    assert read_recipe(tmp_path / "recipe.json") == SMALL


def test_a_recipe_too_large_to_read_back_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="too large"):
        save_image(tmp_path / "a.png", GREY, recipe={"a": "x" * MAX_BYTES})
    assert not list(tmp_path.iterdir())


def with_text(*extra: png.Chunk) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 40)).save(file, "PNG")
    return png.with_chunks(file.getvalue(), list(extra))


def packed(data: bytes) -> png.Chunk:
    return png.Chunk(b"iTXt", b"autostyle\0\1\0\0\0" + zlib.compress(data, 9))


def json_of(size: int) -> bytes:
    """A valid recipe of ``size`` bytes."""
    return b'{"a":"' + b"x" * (size - 8) + b'"}'


def damaged_crc() -> bytes:
    good = with_text(png.text_chunk("autostyle", '{"a": 1}'))
    return good.replace(b'{"a": 1}', b'{"a": 2}')


HOSTILE = {
    "no recipe": with_text(),
    "another program's text": with_text(png.text_chunk("parameters", '{"a": 1}')),
    "no JSON": with_text(png.text_chunk("autostyle", "rm -rf")),
    "a list": with_text(png.text_chunk("autostyle", "[1]")),
    "a number": with_text(png.text_chunk("autostyle", "1")),
    "nested too deeply": with_text(png.text_chunk("autostyle", "[" * 60_000)),
    "a number of 60,000 digits": with_text(png.text_chunk("autostyle", '{"a": ' + "1" * 60_000 + "}")),
    "too large": with_text(png.Chunk(b"iTXt", b"autostyle\0\0\0\0\0" + json_of(70_000))),
    "just over the limit": with_text(png.Chunk(b"iTXt", b"autostyle\0\0\0\0\0" + json_of(MAX_BYTES + 1))),
    "just over the limit once unpacked": with_text(packed(json_of(MAX_BYTES + 1))),
    "not compressed as it says": with_text(png.Chunk(b"iTXt", b"autostyle\0\1\0\0\0plain")),
    "no UTF-8": with_text(png.Chunk(b"iTXt", b"autostyle\0\0\0\0\0\xff\xfe")),
    "fields missing": with_text(png.Chunk(b"iTXt", b"autostyle\0")),
    "damaged": damaged_crc(),
    "cut short": with_text(png.text_chunk("autostyle", '{"a": 1}'))[:60],
    "a length beyond the file": png.SIGNATURE + struct.pack(">I4s", 2**31, b"iTXt") + b"autostyle",
    "only a signature": png.SIGNATURE,
    "a JPEG": b"\xff\xd8\xff\xe0 and so on",
    "a large text file": json_of(MAX_BYTES + 1),
    "empty": b"",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_recipe_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(BadInput, match="holds no recipe") as caught:
        read_recipe(tmp_path / "a.png")
    assert "recipe.json" in caught.value.hint
    assert len(caught.value.message) < 300


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(with_text(packed(json_of(MAX_BYTES))))
    assert len(read_recipe(tmp_path / "a.png")["a"]) == MAX_BYTES - 8


def test_a_zip_bomb_is_never_unpacked(tmp_path: Path) -> None:
    """50 MB of JSON in 50 kB; what is allocated stays near the limit."""
    (tmp_path / "a.png").write_bytes(with_text(packed(json_of(50_000_000))))
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="too large"):
            read_recipe(tmp_path / "a.png")
        assert tracemalloc.get_traced_memory()[1] < 20 * MAX_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["none.png", "."])
def test_a_missing_recipe(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="there is no recipe"):
        read_recipe(tmp_path / name)
