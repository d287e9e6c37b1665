"""Pictures as half blocks."""

from __future__ import annotations

from PIL import Image

from autostyle.tui.half_cells import fitted, strips


def test_a_cell_holds_two_pixels_one_above_the_other() -> None:
    image = Image.new("RGB", (1, 2), (255, 0, 0))
    image.putpixel((0, 1), (0, 0, 255))

    ((segment,),) = ([*strip] for strip in strips(image, 1, 1))

    assert segment.text == "▀"
    assert segment.style is not None and segment.style.color is not None and segment.style.bgcolor is not None
    assert segment.style.color.get_truecolor() == (255, 0, 0)
    assert segment.style.bgcolor.get_truecolor() == (0, 0, 255)


def test_the_aspect_is_kept() -> None:
    assert fitted(Image.new("RGB", (200, 100)), 40, 40) == (40, 10)  # twice as wide as high, cells half as wide
    assert fitted(Image.new("RGB", (100, 200)), 40, 10) == (10, 10)


def test_the_thinnest_picture_still_has_a_cell() -> None:
    assert fitted(Image.new("RGB", (1000, 1)), 20, 10) == (20, 1)


def test_as_many_strips_as_rows_each_as_wide_as_asked() -> None:
    drawn = strips(Image.new("RGB", (64, 64)), 12, 5)
    assert [strip.cell_length for strip in drawn] == [12] * 5
