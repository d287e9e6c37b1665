"""Every built method of clips keeps the contract, as methods of other packages do: autostyle.testing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from autostyle.codecs.clip import Clip
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.contract import AnyMethod
from autostyle.methods.fast_net.spec import FastNetParams
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.params import Value
from autostyle.methods.spec import MethodSpec
from autostyle.testing import ClipMethodContract
from autostyle.testing.clips import OTHER, STYLE
from autostyle.testing.inputs import panning
from autostyle.vision.weights import Weights
from tests.nets import tiny_net

BUILT = [spec for spec in registry.OURS.values() if spec.built and spec.medium == "video"]
LONG = panning(frames=18, height=32, width=32)
"""More frames than a motion adapter looks at in one go."""


OF_PICTURES = {"gatys_video": {*GatysParams.info(), "long_term"}, "temporal_net": {*FastNetParams.info()}}
"""What methods have of those of pictures is tried there, long_term where something is hidden: test_gatys_video.py."""


class TestContract(ClipMethodContract):
    net_file: Path

    # tests/test_import_hygiene.py holds this against all of them at once.
    test_importing_the_spec_loads_no_torch = None

    @pytest.fixture(scope="class")
    @classmethod
    def weights(cls, tiny_models: Path) -> Weights:
        return Weights(offline=True, yours=tiny_models)

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def net(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        """A fast net that has learnt the pictures of these tests."""
        cls.net_file = tiny_net(tmp_path_factory.mktemp("net") / "net.safetensors", {"style": STYLE, "other": OTHER})
        return cls.net_file

    def aids_of(self, method: AnyMethod) -> Aids:
        return {"net": (self.net_file,)} if method.spec.name == "temporal_net" else {}

    def specs(self) -> Sequence[MethodSpec]:
        return BUILT

    def settings_of(self, method: AnyMethod) -> Mapping[str, Value]:
        if method.spec.name == "gatys_video":
            return {"steps": 4, "frame_steps": 5}
        return {"steps": 2} if method.spec.weights else {}

    def acts(self, spec: MethodSpec, parameter: str) -> bool:
        return parameter not in OF_PICTURES.get(spec.name, ()) and super().acts(spec, parameter)

    def content(self, parameter: str) -> Clip:
        return LONG if parameter == "stride" else super().content(parameter)

    def parameter_marks(self, spec: MethodSpec) -> Sequence[pytest.MarkDecorator]:
        """Those whose every run takes a second are tried with the slow tests."""
        return [pytest.mark.slow] if spec.weights or spec.name == "gatys_video" else []
