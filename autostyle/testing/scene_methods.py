"""What every method of scenes promises."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pytest

from autostyle.codecs.scene import Scene
from autostyle.methods.contract import AnyMethod, Inputs, Iterate, Pixels, Stop, Style
from autostyle.methods.params import Value
from autostyle.testing.contract import Contract, difference, parameters_of
from autostyle.testing.inputs import scene as picture
from autostyle.testing.scenes import room

SIZE = 64
CONTENT = room(150, harmonics=3)
STYLE, OTHER = picture(70, 90, 4), picture(80, 80, 2)


class SceneMethodContract(Contract):
    """What a method of scenes promises; how to use it: :mod:`autostyle.testing`."""

    contents: ClassVar[Mapping[str, Scene]] = MappingProxyType({})
    """What a method is tried on that does not take splats, by its name."""
    _known: ClassVar[dict[str, Scene]] = {}

    def content(self, method: AnyMethod) -> Scene:
        """What ``method`` is tried on."""
        return self.contents.get(method.spec.name, CONTENT)

    def base(self, method: AnyMethod) -> Scene:
        """What a short run makes without changes, run once."""
        if method.spec.name not in self._known:
            self._known[method.spec.name] = self.run(method)
        return self._known[method.spec.name]

    def run(
        self,
        method: AnyMethod,
        styles: tuple[Pixels, ...] = (STYLE,),
        shares: tuple[float, ...] = (),
        changes: Mapping[str, Value] = MappingProxyType({}),
    ) -> Scene:
        """What a short run makes, with ``changes`` to its settings."""
        prepared = self.prepared(method, Inputs(self.content(method), Style(styles, shares)), SIZE)
        made: Scene = method.run(prepared, self.params(method, changes), seed=0).scene
        return made

    def test_splats_stay_where_they_are_and_are_painted_the_same_from_the_same_seed(self, method: AnyMethod) -> None:
        content = self.content(method)
        before = content.colors.copy()
        made = self.base(method)
        for name in ("positions", "scales", "rotations", "opacities"):
            assert np.array_equal(getattr(made, name), getattr(content, name)), name
        assert made.colors.shape == content.colors.shape and np.isfinite(made.colors).all()
        assert difference(made.colors, content.colors) > 0.01
        assert np.array_equal(self.run(method).colors, made.colors) and np.array_equal(content.colors, before)

    def test_several_styles_are_blended_by_their_shares(self, method: AnyMethod) -> None:
        if method.spec.styles == 1:
            pytest.skip("takes one style")
        first, second = self.base(method), self.run(method, (OTHER,))
        mostly_first = self.run(method, (STYLE, OTHER), (0.95, 0.05))
        away = [difference(mostly_first.colors, one.colors) for one in (first, second)]
        assert away[0] < away[1]

    def test_steps_rise_and_show_a_picture_and_stop_is_honoured(self, method: AnyMethod) -> None:
        seen: list[Iterate] = []
        prepared = self.prepared(method, Inputs(self.content(method), Style((STYLE,))), SIZE)
        method.run(prepared, self.params(method), seed=0, on_iterate=seen.append)
        steps = [iterate.step for iterate in seen]
        assert steps == sorted(set(steps)) and steps[-1] == seen[-1].steps
        assert seen[-1].image().shape == (SIZE, SIZE, 3)

        def stop(iterate: Iterate) -> None:
            raise Stop

        result = method.run(prepared, self.params(method), seed=0, on_iterate=stop)
        assert result.stopped and len(result.scene) == len(self.content(method))

    def test_a_path_begins_as_a_run(self, method: AnyMethod) -> None:
        params, ratio = self.params(method), method.spec.ratio
        most = parameters_of(method.spec).info()[ratio].high
        assert most is not None
        prepared = self.prepared(method, Inputs(self.content(method), Style((STYLE,))), SIZE)
        first, second = method.run_path(prepared, params, [getattr(params, ratio), most], seed=0)
        assert np.array_equal(first.scene.colors, self.base(method).colors)
        assert difference(first.scene.colors, second.scene.colors) > 0

    def test_every_declared_parameter_has_an_effect(self, method: AnyMethod, parameter: str) -> None:
        changed = self.changed(method, parameters_of(method.spec).info()[parameter])
        base, other = self.base(method), self.run(method, changes={parameter: changed})
        same = len(base) == len(other) and np.array_equal(base.harmonics, other.harmonics)
        assert not same or difference(base.colors, other.colors) > 1e-4
