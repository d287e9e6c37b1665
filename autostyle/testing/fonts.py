"""What every method of fonts promises."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pytest

from autostyle.methods.contract import AnyMethod, FontInputs, FontResult, Iterate, Pixels, Stop, Style
from autostyle.methods.params import Value
from autostyle.testing.contract import Contract, difference, parameters_of
from autostyle.testing.letters import small_font
from autostyle.typography.font import Font
from autostyle.typography.specimen import cells

TEXT = "AVO가"
CONTENT = small_font(TEXT)
EM = 40


def _painting(seed: int) -> Pixels:
    """Diagonal strokes of several colours."""
    rng = np.random.default_rng(seed)
    colors, (y, x) = rng.random((5, 3)), np.mgrid[:240, :320]
    return np.asarray(colors[(x + (1 + seed) * y) // 13 % 5], np.float32)


STYLE, OTHER = _painting(0), _painting(1)


class FontMethodContract(Contract):
    """What a method of fonts promises; how to use it: :mod:`autostyle.testing`."""

    def run(
        self,
        method: AnyMethod,
        content: Font = CONTENT,
        styles: tuple[Pixels, ...] = (STYLE,),
        shares: tuple[float, ...] = (),
        changes: Mapping[str, Value] = MappingProxyType({}),
        glyphs: tuple[str, ...] = (),
    ) -> FontResult:
        """What a short run gives, with ``changes`` to its settings."""
        prepared = self.prepared(method, FontInputs(content, Style(styles, shares), glyphs=glyphs), EM)
        found: FontResult = method.run(prepared, self.params(method, changes), seed=0)
        return found

    def seen(self, font: Font) -> Pixels:
        """Its letters, as FreeType draws them."""
        return cells(font, TEXT, EM, EM + 8)

    def test_characters_and_widths_are_those_of_the_content_and_letters_are_seen(self, method: AnyMethod) -> None:
        made = self.run(method).made
        assert made.characters.keys() == CONTENT.characters.keys() and made.sample == CONTENT.sample
        widths = [[font.tables["hmtx"][font.characters[ord(one)]][0] for one in TEXT] for font in (CONTENT, made)]
        assert widths[0] == widths[1]
        assert (self.seen(made).min(axis=(1, 2, 3)) < 0.6).all()

    def test_only_the_glyphs_that_are_asked_for_are_drawn(self, method: AnyMethod) -> None:
        name = CONTENT.characters[ord("V")]
        assert [*self.run(method, glyphs=(name,)).drawings.glyphs] == [name]

    def test_the_same_seed_gives_the_same_font(self, method: AnyMethod) -> None:
        assert self.run(method).made.data == self.run(method).made.data

    def test_inputs_are_never_changed(self, method: AnyMethod) -> None:
        data, style = bytes(CONTENT.data), STYLE.copy()
        self.run(method)
        assert CONTENT.data == data and np.array_equal(STYLE, style)

    def test_several_styles_are_blended_by_their_shares(self, method: AnyMethod) -> None:
        if method.spec.styles == 1:
            pytest.skip("takes one style")
        first, mixed = self.run(method).made, self.run(method, styles=(STYLE, OTHER), shares=(0.5, 0.5)).made
        assert difference(self.seen(first), self.seen(mixed)) > 0

    def test_steps_rise_and_stop_is_honoured_within_one(self, method: AnyMethod) -> None:
        seen: list[Iterate] = []

        def stop(iterate: Iterate) -> None:
            seen.append(iterate)
            raise Stop

        prepared = self.prepared(method, FontInputs(CONTENT, Style((STYLE,))), EM)
        result = method.run(prepared, self.params(method), seed=0, on_iterate=stop)
        assert result.stopped and len(seen) == 1 and 1 <= seen[0].step <= seen[0].steps
        picture = seen[0].image()
        assert picture.ndim == 3 and picture.shape[2] == 3 and 0 <= picture.min() <= picture.max() <= 1

    def test_every_declared_parameter_has_an_effect(self, method: AnyMethod, parameter: str) -> None:
        changed = self.changed(method, parameters_of(method.spec).info()[parameter])
        base, other = self.run(method).made, self.run(method, changes={parameter: changed}).made
        assert base.data != other.data
