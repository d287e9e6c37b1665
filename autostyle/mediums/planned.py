"""Media that nothing is built for yet: their files are told by name."""

from __future__ import annotations

from autostyle.mediums.spec import MediumSpec

PLANNED: tuple[MediumSpec, ...] = ()
