"""Methods that are planned and not built: naming one gets a plain "cannot yet", never another method in silence."""

from __future__ import annotations

from autostyle.methods.spec import MethodSpec

PLANNED: tuple[MethodSpec, ...] = ()
"""None at present."""
