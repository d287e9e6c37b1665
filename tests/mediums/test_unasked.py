"""How large a result gets where nobody said so."""

from __future__ import annotations

import pytest

from autostyle.errors import BadInput
from autostyle.mediums.sides import read_size
from autostyle.mediums.unasked import BYTES, SECONDS, said_size, smaller_than_own, unasked_size
from autostyle.methods import registry


def test_a_result_is_as_large_as_its_content_unless_that_takes_long() -> None:
    assert [unasked_size("image", "gatys", own) for own in (100, 1200)] == [100, 1200]
    large, quick = unasked_size("image", "gatys", 6000), unasked_size("image", "adain", 6000)
    assert large > 1024
    assert quick == 1024, "its marks have a size in pixels"
    assert unasked_size("image", "photo_wct", 6000) > quick, "of what draws no marks that is no reason"
    time, memory = registry.find_built("gatys").time, registry.find_built("gatys").memory
    assert time is not None and time.at(large) <= SECONDS
    assert memory is not None and memory.at(large**2) <= BYTES


def test_what_was_not_measured_and_other_media_stay_as_small_as_ever() -> None:
    assert unasked_size("image", "instant_style", 6000) == 1024
    assert unasked_size("video", "gatys", 6000) == unasked_size("video", "flow_microast", 6000) == 1024


def test_what_is_smaller_than_its_content_is_said_with_what_more_would_take() -> None:
    assert smaller_than_own("image", "gatys", 1000, 1000) is None
    said = smaller_than_own("image", "gatys", 1680, 6000, study="night")
    assert said == ("made at 1680 px of 6000 px: `autostyle save night --size own` takes about 63 minutes on two cores")


@pytest.mark.parametrize("text", ["0", "-3", "big", "1.5", ""])
def test_a_size_is_a_number_or_the_contents_own(text: str) -> None:
    assert (read_size("3000"), read_size("own"), read_size(None)) == (3000, "own", None)
    assert (said_size("image", "own", 6000), said_size("image", "own", 9000)) == (6000, 8192)
    with pytest.raises(BadInput, match="is no size"):
        read_size(text)
