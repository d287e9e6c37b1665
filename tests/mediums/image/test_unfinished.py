"""What there is of a large picture while it is painted, beside its place."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from autostyle.mediums.image.unfinished import UnfinishedPicture


def test_a_run_finds_its_own_state_and_no_others(tmp_path: Path) -> None:
    place, picture = tmp_path / "best[1].png", np.random.default_rng(0).random((4, 5, 3)).astype(np.float32)
    one, other = (UnfinishedPicture(place, name.__str__) for name in ("one", "other"))
    assert one.read() is None
    one.keep(3, picture)
    found = UnfinishedPicture(place, "one".__str__).read()
    assert found is not None and found[0] == 3 and (found[1] == picture).all()
    assert other.read() is None
    other.keep(1, picture)
    assert one.read() is None and len(list(tmp_path.iterdir())) == 1
    other.remove()
    assert not list(tmp_path.iterdir())


def test_what_is_cut_short_is_painted_again_and_a_full_disk_ends_nothing(tmp_path: Path) -> None:
    unfinished = UnfinishedPicture(tmp_path / "a.png", "run".__str__)
    unfinished.keep(3, np.zeros((4, 5, 3), np.float32))
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:-9])
    assert unfinished.read() is None
    UnfinishedPicture(tmp_path / "none" / "a.png", "run".__str__).keep(3, np.zeros((4, 5, 3), np.float32))
