"""A method that is planned, whichever that is: one that is built meanwhile changes no test."""

from __future__ import annotations

from autostyle.methods import registry

PLANNED = next(spec.name for spec in registry.OURS.values() if not spec.built and spec.medium == "image")
"""Of pictures."""
