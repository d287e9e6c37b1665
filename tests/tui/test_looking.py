"""Where one looks in a picture, and what of it is seen."""

from __future__ import annotations

import pytest
from PIL import Image

from autostyle.tui.looking import MOST, Viewpoint, composed, place


def test_all_of_a_picture_is_in_the_middle_as_large_as_fits() -> None:
    placed = place((200, 100), 80, 40, Viewpoint())
    assert (placed.left, placed.top, placed.columns, placed.rows) == (0, 10, 80, 20)
    assert placed.box == (0, 0, 1, 1)


def test_near_it_takes_all_the_room_and_the_place_that_is_looked_at_is_its_middle() -> None:
    placed = place((200, 100), 80, 40, Viewpoint(0.5, 0.5, 2))
    assert (placed.columns, placed.rows) == (80, 40)
    assert placed.box == (0.25, 0, 0.75, 1)


def test_nothing_beyond_the_edge_is_seen() -> None:
    left, upper, right, lower = place((100, 100), 40, 20, Viewpoint(0, 1, 4)).box
    assert (left, upper, right, lower) == (0, 0.75, 0.25, 1)


def test_what_is_zoomed_at_stays_where_it_is() -> None:
    before, after = Viewpoint(0.5, 0.5, 2), Viewpoint(0.5, 0.5, 2).enlarged(1.5, 0.4, 0.6)
    for one in (before, after):
        placed = place((100, 100), 40, 20, one)
        left, upper, right, lower = placed.box
        where = (0.4 - left) / (right - left), (0.6 - upper) / (lower - upper)
        assert where == pytest.approx((0.3, 0.7))


def test_zooming_ends_at_both_ends() -> None:
    assert Viewpoint(0.2, 0.2, 2).enlarged(0.1) == Viewpoint()
    assert Viewpoint().enlarged(1000).zoom == MOST


def test_one_picture_up_to_the_line_and_the_other_from_there() -> None:
    red, blue = Image.new("RGB", (50, 50), "red"), Image.new("RGB", (99, 99), "blue")
    placed = place(red.size, 40, 20, Viewpoint())
    frame = composed((400, 400), [(red, placed), (blue, placed)], (40, 20), "black", 0.25)
    assert frame.getpixel((90, 200)) == (255, 0, 0)
    assert frame.getpixel((100, 200)) == (255, 255, 255)
    assert frame.getpixel((110, 200)) == (0, 0, 255)
