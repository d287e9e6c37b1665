"""What every method of clips promises."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pytest

from autostyle.codecs.clip import Clip
from autostyle.errors import BadInput
from autostyle.methods.contract import AnyMethod, ClipInputs, Iterate, Pixels, Stop, Style
from autostyle.methods.params import Value
from autostyle.methods.spec import MethodSpec
from autostyle.testing.contract import Contract, difference, parameters_of
from autostyle.testing.inputs import FPS, panning

SIZE = 64
CONTENT = panning(frames=3, height=60, width=80)
STYLE, OTHER = (panning(frames=1, height=70, width=60, seed=seed)[0] for seed in (1, 2))
OF_STILLS = {"frames", "fps"}
"""Parameters of a clip that is made of one picture; a clip has its own."""
Make = Callable[[AnyMethod], Clip]


class ClipMethodContract(Contract):
    """What a method of clips promises; how to use it: :mod:`autostyle.testing`."""

    def acts(self, spec: MethodSpec, parameter: str) -> bool:
        return parameter not in OF_STILLS

    def content(self, parameter: str) -> Clip:
        """A clip on which ``parameter`` can act."""
        return CONTENT

    def run(
        self,
        method: AnyMethod,
        content: Clip = CONTENT,
        styles: tuple[Pixels, ...] = (STYLE,),
        shares: tuple[float, ...] = (),
        changes: Mapping[str, Value] = MappingProxyType({}),
    ) -> Clip:
        """What a short run makes, with ``changes`` to its settings; a clip smaller than usual keeps its size."""
        size = min(SIZE, max(content.frames.shape[1:3]))
        prepared = self.prepared(method, ClipInputs(content, Style(styles, shares)), size)
        clip: Clip = method.run(prepared, self.params(method, changes), seed=0).clip
        return clip

    @pytest.fixture(scope="class")
    @classmethod
    def made(cls) -> Make:
        """What a method makes of the usual clip by the usual settings, once."""
        found: dict[int, tuple[AnyMethod, Clip]] = {}

        def make(method: AnyMethod) -> Clip:
            if id(method) not in found:
                found[id(method)] = method, cls().run(method)
                found[id(method)][1].frames.flags.writeable = False
            return found[id(method)][1]

        return make

    def test_the_result_has_all_frames_the_rate_the_long_side_and_the_aspect(
        self, method: AnyMethod, made: Make
    ) -> None:
        clip = made(method)
        assert clip.frames.shape == (3, 48, 64, 3)
        assert clip.frames.dtype == np.uint8 and clip.fps == FPS

    def test_tall_and_odd_clips_come_out_at_their_size(self, method: AnyMethod) -> None:
        assert self.run(method, panning(frames=2, height=83, width=51)).frames.shape == (2, 64, 39, 3)

    def test_a_clip_of_one_frame_is_a_clip(self, method: AnyMethod) -> None:
        assert len(self.run(method, panning(frames=1))) == 1

    def test_the_same_seed_gives_the_same_clip(self, method: AnyMethod) -> None:
        assert np.array_equal(self.run(method).frames, self.run(method).frames)

    def test_inputs_are_never_changed(self, method: AnyMethod) -> None:
        content, style = CONTENT.frames.copy(), STYLE.copy()
        self.run(method)
        assert np.array_equal(CONTENT.frames, content) and np.array_equal(STYLE, style)

    def test_several_styles_are_blended_by_their_shares(self, method: AnyMethod, made: Make) -> None:
        if method.spec.styles == 1:
            pytest.skip("takes one style")
        first, second = made(method).frames, self.run(method, styles=(OTHER,)).frames
        mostly_first = self.run(method, styles=(STYLE, OTHER), shares=(0.9, 0.1)).frames
        assert 0 < difference(mostly_first, first) < difference(mostly_first, second)

    def test_steps_rise_and_show_a_picture(self, method: AnyMethod) -> None:
        seen: list[Iterate] = []
        prepared = self.prepared(method, ClipInputs(CONTENT, Style((STYLE,))), SIZE)
        method.run(prepared, self.params(method), seed=0, on_iterate=seen.append)
        steps = [frame.step for frame in seen]
        assert steps == sorted(set(steps)) and steps[-1] == seen[-1].steps
        assert seen[-1].image().shape == (48, 64, 3)

    def test_stop_is_honoured_within_one_step(self, method: AnyMethod) -> None:
        seen: list[int] = []

        def stop(iterate: Iterate) -> None:
            seen.append(iterate.step)
            raise Stop

        prepared = self.prepared(method, ClipInputs(CONTENT, Style((STYLE,))), SIZE)
        result = method.run(prepared, self.params(method), seed=0, on_iterate=stop)
        assert result.stopped and len(seen) == 1 and len(result.clip) >= 1

    def test_too_short_a_side_is_refused(self, method: AnyMethod) -> None:
        with pytest.raises(BadInput) as caught:
            self.run(method, panning(frames=2, height=40, width=200))
        assert "--size" in caught.value.hint

    def test_every_declared_parameter_has_an_effect(self, method: AnyMethod, parameter: str, made: Make) -> None:
        content = self.content(parameter)
        changed = self.changed(method, parameters_of(method.spec).info()[parameter])
        base = made(method) if content is CONTENT else self.run(method, content)
        other = self.run(method, content, changes={parameter: changed})
        assert difference(base.frames, other.frames) > 0.05
