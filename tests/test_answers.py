"""JSON in what a model says."""

from __future__ import annotations

from autostyle.answers import objects


def test_objects_are_found_outer_ones_first() -> None:
    assert list(objects('a {"b": {"c": 1}} {d} {"e": 2}')) == [{"b": {"c": 1}}, {"c": 1}, {"e": 2}]
