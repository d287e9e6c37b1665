"""Whose voice it is: nobody's is imitated unless it was said that they agreed to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from autostyle.errors import Unconsented
from autostyle.methods import registry


def imitates(methods: Iterable[str]) -> bool:
    """Whether one of these takes on the voice of a person."""
    return any(registry.find(name).imitates for name in methods)


def refuse_unasked(methods: Iterable[str], styles: Sequence[Path], consent: bool) -> None:
    """Raises Unconsented where a voice is imitated without ``consent``."""
    if not consent and imitates(methods):
        raise Unconsented.of(", ".join(map(str, styles)))
