"""Our methods of recordings keep what every such method promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod
from autostyle.methods.params import Value
from autostyle.methods.spec import MethodSpec
from autostyle.testing import AudioMethodContract
from autostyle.testing.inputs import speaking


class TestOurs(AudioMethodContract):
    spec = registry.find("sound_mosaic")

    def settings_of(self, method: AnyMethod) -> Mapping[str, Value]:
        return {"steps": 4, "filters": 64, "style_weight": 20.0} if method.spec.name == "sound_texture" else {}

    def specs(self) -> Sequence[MethodSpec]:
        return [
            spec for spec in registry.OURS.values() if spec.medium == "audio" and spec.built and spec.profile != "voice"
        ]


class TestVoices(AudioMethodContract):
    spec = registry.find("voice_match")
    sounds = speaking(1.6), speaking(1.2, seed=1, pitch=190, tract=1.2), speaking(1.0, seed=2, pitch=160, tract=0.9)
