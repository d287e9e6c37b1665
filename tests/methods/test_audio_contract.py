"""Our methods of recordings keep what every such method promises."""

from __future__ import annotations

from collections.abc import Sequence

from autostyle.methods import registry
from autostyle.methods.spec import MethodSpec
from autostyle.testing import AudioMethodContract


class TestOurs(AudioMethodContract):
    spec = registry.find("sound_mosaic")

    def specs(self) -> Sequence[MethodSpec]:
        return [spec for spec in registry.OURS.values() if spec.medium == "audio" and spec.built]
