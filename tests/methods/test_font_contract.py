"""Our methods of fonts keep what every such method promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod
from autostyle.methods.params import Value
from autostyle.methods.spec import MethodSpec
from autostyle.testing import FontMethodContract


class TestOurs(FontMethodContract):
    spec = registry.find("font_color")

    def settings_of(self, method: AnyMethod) -> Mapping[str, Value]:
        return {"steps": 5, "style_weight": 50.0} if method.spec.name == "font_shape" else {}

    def specs(self) -> Sequence[MethodSpec]:
        return [spec for spec in registry.OURS.values() if spec.medium == "font" and spec.built]
