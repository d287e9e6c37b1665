"""Our methods of scenes keep what every such method promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from autostyle.methods import registry
from autostyle.methods.spec import MethodSpec
from autostyle.testing import SceneMethodContract
from autostyle.testing.scenes import room_field


class TestOurs(SceneMethodContract):
    spec = registry.find("splat_style")
    settings = {"steps": 4, "views": 4}
    contents = {"nerf_style": replace(room_field(), harmonics=np.full((len(room_field()), 3, 3), 0.05, np.float32))}

    def specs(self) -> Sequence[MethodSpec]:
        return [spec for spec in registry.OURS.values() if spec.medium == "scene" and spec.built]

    def parameter_marks(self, spec: MethodSpec) -> Sequence[pytest.MarkDecorator]:
        """Each value is a run of its own."""
        return [pytest.mark.slow]
