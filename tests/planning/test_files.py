"""Where results go: under their sources' names, with an ending that fits what is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autostyle.errors import BadInput
from autostyle.planning import files


@pytest.mark.parametrize(
    ("source", "method", "made"),
    [
        ("a.jpg", "gatys", "a.jpg"),
        ("a.bmp", "gatys", "a.bmp.png"),
        ("b.mp4", "gatys", "b.mp4"),
        ("b.webm", "flow_adain", "b.webm.mp4"),
        ("a.jpg", "animatediff", "a.jpg.mp4"),
        ("b.mp4", "animatediff", "b.mp4"),
    ],
)
def test_a_result_has_its_source_s_name_and_an_ending_of_its_medium(
    tmp_path: Path, source: str, method: str, made: str
) -> None:
    assert files.outputs([tmp_path / source], tmp_path / "out", False, method) == (tmp_path / "out" / made,)


def test_results_go_into_a_folder_and_over_nothing(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    with pytest.raises(BadInput, match="letter is a file"):
        files.outputs([tmp_path / "a.png"], tmp_path / "letter", False, "gatys")
    (tmp_path / "b").mkdir()
    for name in ("a.png", "b/a.png"):
        (tmp_path / name).touch()
    with pytest.raises(BadInput, match=r"a\.png exists"):
        files.outputs([tmp_path / "b" / "a.png"], tmp_path, False, "gatys")
    with pytest.raises(BadInput, match="would both become"):
        files.outputs([tmp_path / "b" / "c.png", tmp_path / "d" / "c.png"], tmp_path, False, "gatys")
