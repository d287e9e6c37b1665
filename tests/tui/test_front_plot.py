"""The front as text."""

from __future__ import annotations

from autostyle.tui.front_plot import draw, pick

POINTS = {0: (0.1, 0.9), 1: (0.5, 0.5), 2: (0.9, 0.1), 3: (0.2, 0.2)}


def lines(best: int | None = 1, width: int = 40, height: int = 13) -> list[str]:
    return draw(POINTS, (0, 1, 2), best, width, height).plain.splitlines()


def test_it_fills_its_place_exactly() -> None:
    drawn = lines(width=40, height=13)
    assert len(drawn) == 13
    assert max(map(len, drawn)) <= 40


def test_style_grows_to_the_right_and_content_upwards() -> None:
    drawn = lines()
    rows = [(row, line.index("●")) for row, line in enumerate(drawn) if "●" in line]
    (top, left), (bottom, right) = rows[0], rows[-1]
    assert top < bottom and left < right


def test_the_recommended_trial_has_its_own_mark_and_dominated_ones_are_dots() -> None:
    text = "\n".join(lines()[1:])
    assert (text.count("◆"), text.count("●"), text.count("·")) == (1, 2, 1)


def test_stairs_lead_from_one_trial_of_the_front_to_the_next() -> None:
    row = next(line for line in lines()[1:] if "◆" in line)
    assert "╰" in row and "─◆" in row


def test_the_scales_hold_every_point() -> None:
    drawn = lines()
    assert drawn[1].startswith("0.90") and any(line.startswith("0.10") for line in drawn)
    assert drawn[-1].split() == ["0.10", "style", "0.90"]


def test_the_recommended_trial_is_named_with_its_scores_where_there_is_room() -> None:
    assert lines(width=40)[0] == "content    ◆ 1  style 0.50  content 0.50"
    assert lines(width=30)[0] == "content"
    assert lines(best=None)[0] == "content"


def test_scores_below_zero_and_above_one_have_a_place() -> None:
    drawn = draw({0: (-0.2, 1.1)}, (0,), 0, 40, 10).plain
    assert "◆" in drawn and "-0.20" in drawn


def test_without_points_or_without_room_nothing_is_drawn() -> None:
    assert draw({}, (), None, 40, 10).plain == ""
    assert draw(POINTS, (0, 1, 2), 1, 10, 4).plain == ""


def test_a_click_means_the_mark_that_is_next_to_it() -> None:
    drawn = lines()
    row = next(number for number, line in enumerate(drawn) if number and "◆" in line)
    column = drawn[row].index("◆")
    assert [pick(POINTS, (0, 1, 2), 40, 13, column + away, row) for away in (0, 2, 9)] == [1, 1, None]
    assert pick(POINTS, (0, 1, 2), 10, 4, 1, 1) is None and pick({}, (), 40, 13, 1, 1) is None
