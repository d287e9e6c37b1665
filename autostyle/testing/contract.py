"""What the contracts of methods share, whatever their medium: which methods, loaded how, with which settings."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from autostyle.installed import create
from autostyle.methods.aids import Aids
from autostyle.methods.contract import AnyMethod, Inputs
from autostyle.methods.params import ParamInfo, Params, Value
from autostyle.methods.spec import MethodSpec
from autostyle.vision.weights import Weights

Load = Callable[[MethodSpec, str], AnyMethod]


def parameters_of(spec: MethodSpec) -> type[Params]:
    """The parameter model of a built method."""
    assert spec.params is not None, f"{spec.name} has no params"
    return spec.params


class Contract:
    """What a method promises. Subclass it, name the ``spec``, and pytest does the rest.

    Attributes:
        spec: the method.
        settings: that keep a run short; the rest keeps its default.
        context: parameter -> settings without which it cannot act.
        devices: where it is tried; ``cuda`` is skipped on a machine that has none.
        reads_style: False for a method whose style does not come from the style pictures.
    """

    spec: ClassVar[MethodSpec]
    settings: ClassVar[Mapping[str, Value]] = {}
    context: ClassVar[Mapping[str, Mapping[str, Value]]] = {}
    devices: ClassVar[Sequence[str]] = ("cpu",)
    reads_style: ClassVar[bool] = True

    @pytest.fixture(scope="class")
    @classmethod
    def weights(cls) -> Weights:
        """The weights that methods are loaded with: those of this machine; nothing is fetched."""
        return Weights.open(offline=True)

    @pytest.fixture(scope="class")
    @classmethod
    def load(cls, weights: Weights) -> Load:
        """Methods by spec and device, each loaded once."""

        loaded: dict[tuple[str, str], AnyMethod] = {}

        def load(spec: MethodSpec, device: str) -> AnyMethod:
            if (spec.name, device) not in loaded:
                loaded[spec.name, device] = method = create(str(spec.run))
                method.load(weights, device)
            return loaded[spec.name, device]

        return load

    @pytest.fixture
    def method(self, request: pytest.FixtureRequest, load: Load) -> AnyMethod:
        """The loaded method under test."""
        spec, device = request.param
        if device.startswith("cuda"):
            import torch

            if not torch.cuda.is_available():
                pytest.skip("this machine has no CUDA device")
        return load(spec, device)

    def specs(self) -> Sequence[MethodSpec]:
        """The methods under test: ``spec``, unless a subclass holds several to this at once."""
        return (self.spec,)

    def marks(self, spec: MethodSpec, device: str) -> Sequence[pytest.MarkDecorator]:
        """Marks of the tests that run ``spec``."""
        return ()

    def parameter_marks(self, spec: MethodSpec) -> Sequence[pytest.MarkDecorator]:
        """Marks of the tests that try every parameter of ``spec``, which are many."""
        return self.marks(spec, "cpu")

    def settings_of(self, method: AnyMethod) -> Mapping[str, Value]:
        """``settings``, for a subclass that needs the loaded method to tell them."""
        return self.settings

    def aids_of(self, method: AnyMethod) -> Aids:
        """The files that the loaded method is given, by the names of its aids."""
        return {}

    def prepared(self, method: AnyMethod, inputs: Inputs[Any, Any], size: int) -> Any:
        """``inputs`` with the method's aids, prepared."""
        return method.prepare(replace(inputs, aids=self.aids_of(method)), size)

    def acts(self, spec: MethodSpec, parameter: str) -> bool:
        """False for a parameter that says nothing where these tests look."""
        return True

    def changed(self, method: AnyMethod, info: ParamInfo) -> Value:
        """A valid value of a parameter whose effect is to be seen, well away from what the tests run with."""
        usual = self.settings_of(method).get(info.name, info.default)
        if info.choices is not None:
            return next(choice for choice in info.choices if choice != usual)
        assert info.low is not None and info.high is not None
        if info.type == "int":
            return int(usual) + 3 if int(usual) + 3 <= info.high else int(usual) - 3
        return info.high if info.high - float(usual) >= float(usual) - info.low else info.low

    def params(self, method: AnyMethod, changes: Mapping[str, Value] = MappingProxyType({})) -> Params:
        """Parameters of a short run, with ``changes``."""
        return parameters_of(method.spec).parse({**self.settings_of(method), **changes})

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Every test runs for every method and device, and those of a parameter for each that is declared."""
        if "parameter" in metafunc.fixturenames:
            every = [
                pytest.param((spec, "cpu"), name, marks=self.parameter_marks(spec), id=f"{spec.name}-{name}")
                for spec in self.specs()
                for name in parameters_of(spec).info()
                if self.acts(spec, name)
            ]
            metafunc.parametrize(("method", "parameter"), every, indirect=["method"])
        elif "method" in metafunc.fixturenames:
            cases = [
                pytest.param((spec, device), marks=self.marks(spec, device), id=f"{spec.name}-{device}")
                for spec in self.specs()
                for device in self.devices
            ]
            metafunc.parametrize("method", cases, indirect=True)
        elif "declared" in metafunc.fixturenames:
            metafunc.parametrize("declared", [pytest.param(spec, id=spec.name) for spec in self.specs()])

    def test_presets_are_valid_and_start_from_known_good_settings(self, declared: MethodSpec) -> None:
        assert len(declared.presets) >= 3
        for preset in declared.presets:
            parameters_of(declared).parse(dict(preset))

    def test_the_ratio_of_style_to_content_is_a_parameter(self, declared: MethodSpec) -> None:
        assert declared.ratio in parameters_of(declared).info()

    def test_importing_the_spec_loads_no_torch(self, declared: MethodSpec) -> None:
        """Specs are read wherever methods are listed, by a command line and an app that start without torch."""
        module = parameters_of(declared).__module__
        script = f"import sys; sys.path[:0] = {sys.path!r}; import {module}; sys.exit('torch' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0

    def test_the_weights_are_named_for_reports(self, method: AnyMethod) -> None:
        assert all(role and isinstance(origin, str) and origin for role, origin in method.weights_used().items())


def difference(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Mean absolute difference."""
    return float(np.abs(first.astype(float) - second.astype(float)).mean())
