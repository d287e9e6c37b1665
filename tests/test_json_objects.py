"""JSON in what a model says."""

from __future__ import annotations

from autostyle.json_text import objects


def test_objects_are_found_outer_ones_first() -> None:
    assert list(objects('a {"b": {"c": 1}} {d} {"e": 2}')) == [{"b": {"c": 1}}, {"c": 1}, {"e": 2}]


def test_what_nests_without_end_is_passed_over() -> None:
    assert list(objects('{"a":' * 5000 + ' and {"b": 1}')) == [{"b": 1}]
