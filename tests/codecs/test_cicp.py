import numpy as np
import pytest

from autostyle.codecs.cicp import HLG, PQ, Cicp, from_chromaticities, to_srgb, to_srgb_primaries

WHITE, RED = (1.0, 1.0, 1.0), (1.0, 0.0, 0.0)


def _levels(rgb: tuple[float, ...], cicp: Cicp) -> list[int]:
    return [round(255 * float(v)) for v in to_srgb(np.array([[rgb]], np.float32), cicp)[0, 0]]


@pytest.mark.parametrize(("transfer", "signal"), [(PQ, 0.5807), (HLG, 0.75)])
def test_diffuse_white_is_white_and_what_is_brighter_keeps_its_hue(transfer: int, signal: float) -> None:
    cicp = Cicp(9, transfer)
    assert _levels((signal,) * 3, cicp) == [255, 255, 255]
    assert _levels((1.0, 1.0, 1.0), cicp) == [255, 255, 255]
    red, green, blue = _levels((0.9, 0.75, 0.6), cicp)
    assert red == 255 > green > blue


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_the_grey_card_is_where_the_recommendation_puts_it(transfer: int) -> None:
    # BT.2408, table 1: 26 cd/m2, a signal of 38 % in either system.
    card = 255 * (1.055 * (26 / 203) ** (1 / 2.4) - 0.055)
    assert _levels((0.38,) * 3, Cicp(9, transfer)) == pytest.approx([card] * 3, abs=2)


@pytest.mark.parametrize(
    ("rgb", "cicp"),
    [
        ((0.6556, 0.2345, 0.1132), Cicp(9, HLG)),  # lit as the white beside it
        ((0.5328, 0.3275, 0.2199), Cicp(9, PQ)),
        ((234 / 255, 51 / 255, 35 / 255), Cicp(12, 13)),
        ((0.8235, 0.3284, 0.1804), Cicp(9, 14)),  # graded on a screen
        (RED, Cicp(1, 13)),
        (RED, Cicp(2, 2)),
    ],
)
def test_the_red_of_srgb_is_that_red_however_it_is_told(rgb: tuple[float, ...], cicp: Cicp) -> None:
    assert _levels(rgb, cicp) == pytest.approx([255, 0, 0], abs=2)


def test_red_by_a_camera_s_curve_is_near_that_red() -> None:
    """Files of wide gamut follow the camera's curve or a screen's, and do not say which."""
    assert _levels((0.7923, 0.2315, 0.0742), Cicp(9, 14)) == pytest.approx([255, 0, 0], abs=8)


@pytest.mark.parametrize("primaries", [1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22])
def test_white_stays_white_in_all_primaries(primaries: int) -> None:
    assert to_srgb_primaries(primaries).sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert _levels(WHITE, Cicp(primaries, 8)) == [255, 255, 255]


def test_curves_of_television_are_taken_for_srgb_and_unknown_numbers_are_said() -> None:
    assert all(Cicp(1, transfer).is_srgb for transfer in (1, 2, 6, 13, 14, 15))
    assert not Cicp(1, 8).is_srgb and not Cicp(9, 1).is_srgb
    assert Cicp(12, 13).known and not Cicp(77, 13).known and not Cicp(1, 99).known


def test_chromaticities_without_a_triangle_are_refused() -> None:
    with pytest.raises(ValueError, match="triangle"):
        from_chromaticities(0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3127, 0.329)
