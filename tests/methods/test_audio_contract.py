"""Our methods of recordings keep what every such method promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod
from autostyle.methods.params import Value
from autostyle.methods.spec import MethodSpec
from autostyle.testing import AudioMethodContract


class TestOurs(AudioMethodContract):
    spec = registry.find("sound_mosaic")

    def settings_of(self, method: AnyMethod) -> Mapping[str, Value]:
        return {"steps": 4, "filters": 64, "style_weight": 20.0} if method.spec.name == "sound_texture" else {}

    def specs(self) -> Sequence[MethodSpec]:
        return [spec for spec in registry.OURS.values() if spec.medium == "audio" and spec.built]
