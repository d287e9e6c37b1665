"""A method that is planned: of ours none is, and the next one changes no test. The fixture ``planned`` registers it."""

from __future__ import annotations

from autostyle.methods.spec import MethodSpec

SPEC = MethodSpec("weaving", "Weaving: pictures as cloth", "image", needs=("a loom",), aliases=("woven cloth", "직조"))
PLANNED = SPEC.name
