"""Memory that was freed: it goes back to the system."""

from __future__ import annotations

import psutil  # type: ignore[import-untyped]
import pytest

from autostyle.vision import heap


def test_what_was_freed_is_given_back() -> None:
    if heap._trim() is None:
        pytest.skip("no malloc_trim in this system's C library")
    kept = [bytes(60_000) for _ in range(4_000)]  # each below what the C library asks the system for by itself
    last = bytes(60_000)  # above them: the end of the heap is not theirs
    del kept
    before = psutil.Process().memory_info().rss
    heap.give_back()
    assert before - psutil.Process().memory_info().rss > 100e6 and last
