"""What every method of recordings promises."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pytest

from autostyle.codecs.recording import Recording
from autostyle.errors import BadInput
from autostyle.methods.contract import AnyMethod, Inputs, Iterate, Stop, Style
from autostyle.methods.params import Value
from autostyle.testing.contract import Contract, difference, parameters_of
from autostyle.testing.inputs import crackling, plucked

RATE = 8000
CONTENT, STYLE, OTHER = plucked(1.6), crackling(1.2, seed=1), crackling(1.0, seed=2, density=20)
LEAST = 0.002
"""Mean change of a sample that a parameter makes."""


class AudioMethodContract(Contract):
    """What a method of recordings promises; how to use it: :mod:`autostyle.testing`.

    Attributes:
        sounds: content and two styles of the tests, at :data:`RATE`, for a method that wants others.
    """

    sounds: tuple[Recording, Recording, Recording] = (CONTENT, STYLE, OTHER)

    def run(
        self,
        method: AnyMethod,
        content: Recording | None = None,
        styles: tuple[Recording, ...] = (),
        shares: tuple[float, ...] = (),
        changes: Mapping[str, Value] = MappingProxyType({}),
        rate: int = RATE,
    ) -> Recording:
        """What a short run makes, with ``changes`` to its settings."""
        prepared = self.prepared(
            method, Inputs(content or self.sounds[0], Style(styles or self.sounds[1:2], shares)), rate
        )
        made: Recording = method.run(prepared, self.params(method, changes), seed=0).recording
        return made

    @pytest.mark.parametrize(("channels", "rate"), [(1, 8000), (2, 8000), (2, 11025)])
    def test_the_result_is_as_long_as_the_content_with_its_channels_at_the_rate(
        self, method: AnyMethod, channels: int, rate: int
    ) -> None:
        content = self.sounds[0]
        made = self.run(method, content.with_channels(channels), rate=rate)
        assert (made.channels, made.rate) == (channels, rate) and made.samples.dtype == np.float32
        assert abs(made.samples.shape[1] - content.seconds * rate) <= 1
        assert np.isfinite(made.samples).all() and np.abs(made.samples).max() <= 1

    def test_style_sounds_of_any_rate_and_channels_are_taken(self, method: AnyMethod) -> None:
        assert np.isfinite(self.run(method, styles=(self.sounds[1].at(11025).with_channels(2),)).samples).all()

    def test_the_same_seed_gives_the_same_sound(self, method: AnyMethod) -> None:
        assert np.array_equal(self.run(method).samples, self.run(method).samples)

    def test_inputs_are_never_changed(self, method: AnyMethod) -> None:
        before = [sound.samples.copy() for sound in self.sounds]
        self.run(method)
        assert all(np.array_equal(sound.samples, was) for sound, was in zip(self.sounds, before, strict=True))

    def test_several_styles_are_blended_by_their_shares(self, method: AnyMethod) -> None:
        if method.spec.styles == 1:
            pytest.skip("takes one style")
        first, second = self.run(method), self.run(method, styles=self.sounds[2:])
        mostly_first = self.run(method, styles=self.sounds[1:], shares=(0.95, 0.05))
        assert difference(first.samples, second.samples) > 0
        assert difference(mostly_first.samples, first.samples) > 0

    def test_steps_rise_and_show_a_picture(self, method: AnyMethod) -> None:
        seen: list[Iterate] = []
        prepared = self.prepared(method, Inputs(self.sounds[0], Style(self.sounds[1:2])), RATE)
        method.run(prepared, self.params(method), seed=0, on_iterate=seen.append)
        steps = [iterate.step for iterate in seen]
        assert steps == sorted(set(steps)) and steps[-1] == seen[-1].steps
        picture = seen[-1].image()
        assert picture.ndim == 3 and picture.shape[2] == 3 and 0 <= picture.min() <= picture.max() <= 1

    def test_stop_is_honoured_within_one_step(self, method: AnyMethod) -> None:
        seen: list[int] = []

        def stop(iterate: Iterate) -> None:
            seen.append(iterate.step)
            raise Stop

        prepared = self.prepared(method, Inputs(self.sounds[0], Style(self.sounds[1:2])), RATE)
        result = method.run(prepared, self.params(method), seed=0, on_iterate=stop)
        assert result.stopped and len(seen) == 1 and np.isfinite(result.recording.samples).all()

    def test_silence_is_refused_as_a_style(self, method: AnyMethod) -> None:
        with pytest.raises(BadInput, match="silent"):
            self.run(method, styles=(Recording(np.zeros((1, RATE), np.float32), RATE),))

    def test_a_silent_content_stays_finite(self, method: AnyMethod) -> None:
        assert np.isfinite(self.run(method, Recording(np.zeros((1, RATE), np.float32), RATE)).samples).all()

    def test_every_declared_parameter_has_an_effect(self, method: AnyMethod, parameter: str) -> None:
        changed = self.changed(method, parameters_of(method.spec).info()[parameter])
        base, other = self.run(method), self.run(method, changes={parameter: changed})
        assert difference(base.samples, other.samples) > LEAST * float(np.abs(base.samples).mean())
