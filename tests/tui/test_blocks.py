"""Pictures as block characters."""

from __future__ import annotations

import pytest
from PIL import Image
from rich.color import ColorSystem
from rich.segment import Segment

from autostyle.tui.blocks import BlockStyle, fitted, strips


def test_a_cell_holds_two_pixels_one_above_the_other() -> None:
    image = Image.new("RGB", (1, 2), (255, 0, 0))
    image.putpixel((0, 1), (0, 0, 255))

    ((segment,),) = ([*strip] for strip in strips(image, 1, 1))

    assert segment.text == "▀"
    assert segment.style is not None and segment.style.color is not None and segment.style.bgcolor is not None
    assert segment.style.color.get_truecolor() == (255, 0, 0)
    assert segment.style.bgcolor.get_truecolor() == (0, 0, 255)


def test_the_aspect_is_kept() -> None:
    assert fitted(200, 100, 40, 40) == (40, 10)  # twice as wide as high, cells half as wide
    assert fitted(100, 200, 40, 10) == (10, 10)


def test_the_thinnest_picture_still_has_a_cell() -> None:
    assert fitted(1000, 1, 20, 10) == (20, 1)


def test_as_many_strips_as_rows_each_as_wide_as_asked() -> None:
    drawn = strips(Image.new("RGB", (64, 64)), 12, 5)
    assert [strip.cell_length for strip in drawn] == [12] * 5


def painted(*rows: str) -> Image.Image:
    """A picture of light (``#``) and dark (``.``) pixels."""
    image = Image.new("RGB", (len(rows[0]), len(rows)))
    image.putdata([(250, 250, 250) if pixel == "#" else (10, 10, 10) for row in rows for pixel in row])
    return image


def read_back(segment: Segment, light: str) -> str:
    """The character, or its opposite where the light colour is behind it."""
    assert segment.style is not None and segment.style.color is not None
    in_front = segment.style.color.get_truecolor()[0] > 128
    return segment.text if in_front else light


@pytest.mark.parametrize(
    ("kind", "rows", "light", "dark"),
    [
        ("quadrant", ("#.", ".."), "▘", "▟"),
        ("quadrant", ("#.", ".#"), "▚", "▞"),
        ("quadrant", ("#.", "#."), "▌", "▐"),
        ("quadrant", ("##", ".."), "▀", "▄"),
        ("sextant", ("#.", "..", ".."), "\U0001fb00", "\U0001fb3b"),
        ("sextant", ("#.", "#.", "#."), "▌", "▐"),
        ("sextant", ("##", "..", "##"), "\U0001fb30", "\U0001fb0b"),  # 1256 and 34
        ("sextant", ("#.", "##", "##"), "\U0001fb3a", "\U0001fb01"),  # 13456 and 2
    ],
)
def test_a_cell_is_split_as_its_pixels_are(kind: str, rows: tuple[str, ...], light: str, dark: str) -> None:
    style = BlockStyle(kind)  # type: ignore[arg-type]
    ((segment,),) = ([*strip] for strip in strips(painted(*rows), 1, 1, style))
    assert segment.text in (light, dark)
    assert read_back(segment, light) == light


@pytest.mark.parametrize("kind", ["half", "quadrant", "sextant"])
def test_a_whole_picture_keeps_its_colours(kind: str) -> None:
    style = BlockStyle(kind)  # type: ignore[arg-type]
    for strip in strips(Image.new("RGB", (30, 30), (200, 100, 50)), 10, 5, style):
        for _, seen, _ in strip:
            assert seen is not None and seen.color is not None and seen.color.get_truecolor() == (200, 100, 50)


@pytest.mark.parametrize(("depth", "system"), [("256", ColorSystem.EIGHT_BIT), ("16", ColorSystem.STANDARD)])
def test_few_colours_mix_what_is_between_them(depth: str, system: ColorSystem) -> None:
    wanted = (120, 110, 100)
    style = BlockStyle("quadrant", depth)  # type: ignore[arg-type]
    seen = []
    for strip in strips(Image.new("RGB", (40, 40), wanted), 20, 10, style):
        for text, drawn, _ in strip:
            assert set(text) == {"▀"} and drawn is not None and drawn.color is not None and drawn.bgcolor is not None
            for color in (drawn.color, drawn.bgcolor):
                told = color.downgrade(system)  # as it reaches the terminal
                assert told.get_truecolor() == color.get_truecolor() or system is ColorSystem.STANDARD
                seen += [color.get_truecolor()] * len(text)
    assert len(set(seen)) > 1
    for channel in range(3):
        assert sum(color[channel] for color in seen) / len(seen) == pytest.approx(wanted[channel], abs=12)


def test_without_colours_there_are_few_shades() -> None:
    noise = Image.effect_noise((80, 80), 90).convert("RGB")
    shades = {
        seen.color.get_truecolor()
        for strip in strips(noise, 40, 20, BlockStyle("half", "grey"))
        for _, seen, _ in strip
        if seen and seen.color
    }
    assert all(red == green == blue for red, green, blue in shades) and len(shades) <= 32


def test_a_part_fills_the_place_of_the_whole() -> None:
    image = Image.new("RGB", (40, 40), "red")
    image.paste("blue", (20, 0, 40, 40))
    for strip in strips(image, 8, 4, BlockStyle("quadrant"), (30, 0, 40, 40)):
        assert {seen.color.get_truecolor() for _, seen, _ in strip if seen and seen.color} == {(0, 0, 255)}
