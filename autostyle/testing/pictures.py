"""What every method of pictures promises."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
import pytest

from autostyle.errors import BadInput, OutOfMemory
from autostyle.methods.contract import AnyMethod, ImageInputs, Iterate, Pixels, Stop, Style
from autostyle.methods.params import Value
from autostyle.testing.contract import Contract, difference, parameters_of
from autostyle.testing.inputs import scene

SIZE = 96
CONTENT, STYLE, OTHER = scene(90, 120, 0), scene(110, 100, 1), scene(80, 80, 2)
INPUTS = ImageInputs(CONTENT, Style((STYLE,)))
Paint = Callable[[AnyMethod, int, Mapping[str, Value]], Pixels]


class MethodContract(Contract):
    """What a method of pictures promises; how to use it: :mod:`autostyle.testing`.

    Attributes:
        sizes: parameter -> long side at which it can act, where the usual one is too small.
    """

    sizes: ClassVar[Mapping[str, int]] = {}

    def network(self, method: AnyMethod) -> Any:
        """The torch module that does the work of a run; None where there is none that can be made to fail."""
        return None

    def run(
        self,
        method: AnyMethod,
        inputs: ImageInputs = INPUTS,
        *,
        seed: int = 0,
        size: int = SIZE,
        changes: Mapping[str, Value] = MappingProxyType({}),
    ) -> Pixels:
        """What a short run paints, with ``changes`` to its settings."""
        image: Pixels = method.run(self.prepared(method, inputs, size), self.params(method, changes), seed=seed).image
        return image

    @pytest.fixture(scope="class")
    @classmethod
    def painted(cls) -> Paint:
        """What a method paints at a size with some settings, each painted once."""
        return cls().painting_once()

    def painting_once(self) -> Paint:
        """What paints, and remembers what it has painted."""
        found: dict[tuple[Any, ...], tuple[AnyMethod, Pixels]] = {}

        def paint(method: AnyMethod, size: int, settings: Mapping[str, Value]) -> Pixels:
            key = (id(method), size, *settings.items())
            if key not in found:
                found[key] = method, self.run(method, size=size, changes=settings)
                found[key][1].flags.writeable = False
            return found[key][1]

        return paint

    def test_result_has_the_asked_long_side_and_the_contents_aspect(self, method: AnyMethod, painted: Paint) -> None:
        image = painted(method, SIZE, {})
        assert image.shape == (72, 96, 3)
        assert image.dtype == np.float32
        assert 0 <= image.min() <= image.max() <= 1

    def test_odd_sizes_and_tall_pictures_come_out_at_their_size(self, method: AnyMethod) -> None:
        image = self.run(method, ImageInputs(scene(131, 67, 3), Style((STYLE,))), size=101)
        assert image.shape == (101, round(67 * 101 / 131), 3)

    def test_the_result_is_neither_the_content_nor_the_style(self, method: AnyMethod, painted: Paint) -> None:
        if not self.reads_style or method.spec.asks:
            pytest.skip("its style is not in the style picture")
        prepared_content = self.run(method, ImageInputs(CONTENT, Style((CONTENT,))))
        assert difference(painted(method, SIZE, {}), prepared_content) > 0.02

    def test_the_same_seed_gives_the_same_picture(self, method: AnyMethod) -> None:
        # Both anew: what ran out of memory in between works in smaller pieces, and rounds otherwise.
        assert np.array_equal(self.run(method, seed=7), self.run(method, seed=7))

    def test_inputs_are_never_changed(self, method: AnyMethod) -> None:
        content, style = CONTENT.copy(), STYLE.copy()
        self.run(method)
        assert np.array_equal(CONTENT, content)
        assert np.array_equal(STYLE, style)

    def test_prepared_inputs_of_several_sizes_live_side_by_side(self, method: AnyMethod) -> None:
        small, large = self.prepared(method, INPUTS, 64), self.prepared(method, INPUTS, SIZE)
        before = method.run(large, self.params(method), seed=0).image
        method.run(small, self.params(method), seed=0)
        assert np.array_equal(method.run(large, self.params(method), seed=0).image, before)

    def test_several_styles_are_blended_by_their_shares(self, method: AnyMethod, painted: Paint) -> None:
        if method.spec.styles == 1:
            pytest.skip("takes one style")
        first, second = painted(method, SIZE, {}), self.run(method, ImageInputs(CONTENT, Style((OTHER,))))
        mostly_first = self.run(method, ImageInputs(CONTENT, Style((STYLE, OTHER), (0.9, 0.1))))
        assert 0 < difference(mostly_first, first) < difference(mostly_first, second)

    def test_iterates_report_rising_steps_and_a_picture(self, method: AnyMethod) -> None:
        iterates: list[Iterate] = []
        method.run(self.prepared(method, INPUTS, SIZE), self.params(method), seed=0, on_iterate=iterates.append)
        steps = [iterate.step for iterate in iterates]
        assert steps == sorted(set(steps))
        assert iterates[-1].step <= iterates[-1].steps
        assert iterates[-1].image().shape == (72, 96, 3)

    def test_stop_is_honoured_within_one_step(self, method: AnyMethod) -> None:
        seen: list[int] = []

        def stop(iterate: Iterate) -> None:
            seen.append(iterate.step)
            raise Stop

        result = method.run(self.prepared(method, INPUTS, SIZE), self.params(method), seed=0, on_iterate=stop)
        assert len(seen) == 1
        assert result.stopped
        assert np.isfinite(result.image).all()

    def test_a_path_begins_as_a_run_and_owes_nothing_to_the_values_to_come(self, method: AnyMethod) -> None:
        if not method.spec.path:
            pytest.skip("a run is one value")
        info = parameters_of(method.spec).info()[method.spec.ratio]
        assert info.low is not None and info.high is not None
        low, high = info.default, info.high
        assert isinstance(low, int | float)
        if low == high:
            low = (info.low + info.high) / 2
        asked: list[float] = []

        def values(*wanted: float) -> Iterator[float]:
            for value in wanted:
                asked.append(value)
                yield value

        prepared, params = self.prepared(method, INPUTS, SIZE), self.params(method)
        path = method.run_path(prepared, params, values(low, high), seed=0)
        first = next(path)
        assert asked == [low], "a value is asked for when the result before it was taken"
        second = next(path)
        assert next(path, None) is None
        assert np.array_equal(first.image, self.run(method, changes={method.spec.ratio: low}))
        assert difference(second.image, first.image) > 1e-4
        there = self.params(method, {method.spec.ratio: high})
        assert np.array_equal(method.run_to(prepared, there, (low,), seed=0).image, second.image)

    def test_a_path_that_is_stopped_ends(self, method: AnyMethod) -> None:
        if not method.spec.path:
            pytest.skip("a run is one value")
        results = 0

        def stop_the_second(iterate: Iterate) -> None:
            if results:
                raise Stop

        prepared = self.prepared(method, INPUTS, SIZE)
        stopped = []
        for made in method.run_path(prepared, self.params(method), [0.2, 0.5, 0.9], seed=0, on_iterate=stop_the_second):
            results += 1
            stopped.append(made.stopped)
        assert stopped == [False, True]

    def test_memory_is_freed_between_runs(self, method: AnyMethod) -> None:
        import torch

        def living() -> int:
            gc.collect()
            return sum(issubclass(type(thing), torch.Tensor) for thing in gc.get_objects())

        self.run(method)
        before = living()
        for _ in range(2):
            self.run(method)
        assert living() <= before

    def test_out_of_memory_on_the_device_is_told_as_such(
        self, method: AnyMethod, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        network = self.network(method)
        if network is None:
            pytest.skip("no network to make fail: see MethodContract.network")
        import torch

        prepared = self.prepared(method, INPUTS, SIZE)

        def full(*args: object, **kwargs: object) -> None:
            # What the allocator does on a CPU; on CUDA the same request overflows the card's real memory.
            torch.empty(1 << 46, device=next(network.parameters()).device)

        monkeypatch.setattr(network, "forward", full)
        with pytest.raises(OutOfMemory) as caught:
            method.run(prepared, self.params(method), seed=0)
        assert "size" in caught.value.hint

    def test_every_declared_parameter_has_an_effect(self, method: AnyMethod, parameter: str, painted: Paint) -> None:
        info = parameters_of(method.spec).info()[parameter]
        settings = dict(self.context.get(parameter, {}))
        size = self.sizes.get(parameter, SIZE)
        changes = settings | {parameter: self.changed(method, info)}
        assert difference(self.run(method, size=size, changes=changes), painted(method, size, settings)) > 1e-4

    def test_a_size_that_leaves_too_short_a_side_is_refused(self, method: AnyMethod) -> None:
        with pytest.raises(BadInput, match="only 96 x 19 pixels") as caught:
            self.prepared(method, ImageInputs(scene(40, 200, 5), Style((STYLE,))), SIZE)
        assert "--size" in caught.value.hint

    def test_very_long_style_pictures_and_panoramas_are_taken(self, method: AnyMethod) -> None:
        infos = parameters_of(method.spec).info().values()
        marks: dict[str, Value] = {i.name: i.low for i in infos if i.moves.get("marks", 0) > 0 and i.low is not None}
        image = self.run(method, ImageInputs(scene(70, 200, 5), Style((scene(40, 400, 6),))), changes=marks)
        assert image.shape == (34, 96, 3)
