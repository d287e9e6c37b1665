"""What every stylization method promises, and the data that goes in and comes out.

Nothing here imports torch: a picture is a float32 NumPy array of shape (H, W, 3), sRGB, values 0..1. What goes in and
comes out belongs to the medium: pictures, clips, recordings, scenes, or fonts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol

from typing_extensions import TypeVar

from autostyle.codecs import ColorTable, Visibility
from autostyle.codecs import Pixels as Pixels
from autostyle.codecs.color import ColorSpread
from autostyle.methods.aids import Aids
from autostyle.methods.params import Params
from autostyle.methods.spec import MethodSpec

if TYPE_CHECKING:
    from autostyle.codecs.clip import Clip, Frames
    from autostyle.codecs.recording import Recording
    from autostyle.codecs.scene import Scene
    from autostyle.typography.font import Font
    from autostyle.typography.outlines import Drawings, InkColor
    from autostyle.vision.weights import Weights


class Stop(Exception):
    """Raised by ``on_iterate`` to end a run early; the best iterate so far is returned."""


@dataclass(frozen=True)
class Iterate:
    """Progress of a run.

    Args:
        step, steps: 1-based step and the number planned.
        image: the current picture, computed only when called.
        loss: the method's own loss, if it has one.
        doing: what the steps are of, in words, where that is not the painting itself.
    """

    step: int
    steps: int
    image: Callable[[], Pixels]
    loss: float | None = None
    doing: str = ""

    @classmethod
    def of(cls, step: int, steps: int, image: Pixels) -> Iterate:
        """Of a picture that is made already."""
        return cls(step, steps, lambda: image)


OnIterate = Callable[[Iterate], None]


def ignore(iterate: Iterate) -> None:
    """An ``on_iterate`` for callers that do not watch."""


C = TypeVar("C")
S = TypeVar("S", default=Pixels)


@dataclass(frozen=True)
class Style(Generic[S]):
    """The style to take on, never modified.

    Args:
        exemplars: one or more works that show it: pictures, unless the medium has others.
        weights: of the exemplars, positive. Empty means equal weights.
        prompt: words for methods that take them.
        visible: how far each place of each exemplar counts, for media that have places; None, and where there is no
            entry: all of it. What is hidden is filled with the colours around it.
    """

    exemplars: tuple[S, ...]
    weights: tuple[float, ...] = ()
    prompt: str | None = None
    visible: tuple[Visibility | None, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """The weights, normalised to sum 1."""
        weights = self.weights or (1.0,) * len(self.exemplars)
        return tuple(w / sum(weights) for w in weights)

    @property
    def seen(self) -> tuple[tuple[S, Visibility | None], ...]:
        """The exemplars, each with how far its places count."""
        visible = self.visible or (None,) * len(self.exemplars)
        return tuple(zip(self.exemplars, visible, strict=True))

    @cached_property
    def colors(self: Style) -> tuple[ColorSpread, ...]:
        """Of pictures; a file as a camera makes it takes longer than a run of a quick method, so that is done once."""
        return tuple(ColorSpread.of(*one) for one in self.seen)


@dataclass(frozen=True)
class Inputs(Generic[C, S]):
    """What a method is given, at full size, never modified.

    Args:
        content: what to stylize.
        style: what it is to look like.
        aids: the files that were given under the names of aids, those of other methods among them.
    """

    content: C
    style: Style[S]
    aids: Aids = field(default_factory=dict, kw_only=True)


class Unfinished(Protocol):
    """Where a run that takes long keeps what it has, and finds what the same run had before something ended it."""

    def read(self) -> tuple[int, Pixels] | None:
        """How many steps were taken, and what they came to; None where nothing was kept."""

    def keep(self, steps: int, picture: Pixels) -> None:
        """Take the place of what was kept before; any array will do for a picture."""


@dataclass(frozen=True)
class ImageInputs(Inputs[Pixels, Pixels]):
    """A picture to stylize.

    Args:
        unfinished: for a run that takes long, by ``run_to``; None: nothing is kept.
        visible: how far each place of the content is to be seen, and counts; None: all of it. What is hidden is filled
            with the colours around it, and what is painted there is shown to nobody.
        frame: its number in the clip that it is a frame of; None: it is a picture.
    """

    visible: Visibility | None = field(default=None, kw_only=True)
    frame: int | None = field(default=None, kw_only=True)
    unfinished: Unfinished | None = field(default=None, kw_only=True, compare=False)


@dataclass(frozen=True)
class ClipInputs(Inputs["Clip", Pixels]):
    """Consecutive frames to stylize.

    Args:
        whole: frames that stand for all of a longer clip, for a method that asks for them; None: these do.
        before: the content's last frame before these and what it became, shape (2, H, W, 3) at the size of the run,
            where a longer clip is painted in parts; None at the beginning.
        first: the number of the first of them in the longer clip.
        still: the content is one picture that a clip is to be made of, as long and as fast as the parameters say.
    """

    before: Frames | None = None
    first: int = 0
    still: bool = False
    whole: Clip | None = None


@dataclass(frozen=True)
class FontInputs(Inputs["Font", Pixels]):
    """Glyphs to stylize; styles are pictures, and of another font one it is shown in.

    Args:
        glyphs: the names of those to draw; empty: all that have an outline.
        palette: colours found for the whole font, where this is a part of it.
        most_layers: as many layers of its own as a glyph may have; None: any number.
    """

    glyphs: tuple[str, ...] = field(default=(), kw_only=True)
    palette: tuple[InkColor, ...] = field(default=(), kw_only=True)
    most_layers: int | None = field(default=None, kw_only=True)


class AnyResult(Protocol):
    """What a run returns, whatever its medium; see :class:`ImageResult`."""

    @property
    def made(self) -> Any: ...

    @property
    def stopped(self) -> bool: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def seconds(self) -> Mapping[str, float]: ...


@dataclass(frozen=True)
class ImageResult:
    """What a run on a picture returns.

    Args:
        image: the best finite iterate, shape (H, W, 3), values 0..1.
        steps: steps really taken.
        stopped: True if ``on_iterate`` ended the run.
        notes: what the run wants said (a fallback taken, a divergence rolled back).
        seconds: by part of the run, for those who ask where the time goes.
        table: of colours, where the content through it is all that was done.
    """

    image: Pixels
    steps: int
    stopped: bool = False
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    table: ColorTable | None = None

    @property
    def made(self) -> Pixels:
        """The picture: what is scored and kept, whatever the medium."""
        return self.image


@dataclass(frozen=True)
class ClipResult:
    """What a run on a clip returns; the rest as in :class:`ImageResult`.

    Args:
        clip: as many frames as went in, or were asked for of a still; fewer, but at least one, where the run was
            stopped.
    """

    clip: Clip
    steps: int
    stopped: bool = False
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    table: ColorTable | None = None

    @property
    def made(self) -> Clip:
        """The clip: what is scored and kept, whatever the medium."""
        return self.clip


@dataclass(frozen=True)
class AudioResult:
    """What a run on a recording returns; the rest as in :class:`ImageResult`.

    Args:
        recording: as long as the content, with its channels, at the rate that was prepared for.
    """

    recording: Recording
    steps: int
    stopped: bool = False
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def made(self) -> Recording:
        """The recording: what is scored and kept, whatever the medium."""
        return self.recording


@dataclass(frozen=True)
class SceneResult:
    """What a run on a scene returns; the rest as in :class:`ImageResult`.

    Args:
        scene: the content's splats where they were, in other colours; some may be divided.
    """

    scene: Scene
    steps: int
    stopped: bool = False
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def made(self) -> Scene:
        """The scene: what is scored and kept, whatever the medium."""
        return self.scene


@dataclass(frozen=True)
class FontResult:
    """What a run on glyphs returns; the rest as in :class:`ImageResult`.

    Args:
        font: the content.
        drawings: what became of its glyphs.
        palette: the colours that were found, for the other parts of the font; none of outlines alone.
        svg: the font is to have an SVG table, too.
    """

    font: Font
    drawings: Drawings
    steps: int
    palette: tuple[InkColor, ...] = ()
    svg: bool = False
    stopped: bool = False
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def made(self) -> Font:
        """The content with these drawings: what is scored and kept."""
        from autostyle.typography.building import drawn

        return drawn(self.font, self.drawings, svg=self.svg)


P = TypeVar("P", bound=Params, contravariant=True)
"""Of a method, which takes parameters that add to its own as well."""
Prepared = TypeVar("Prepared")
Given = TypeVar("Given", bound="Inputs[Any, Any]", default=ImageInputs)
Made = TypeVar("Made", bound=AnyResult, default=ImageResult)


class Method(ABC, Generic[P, Prepared, Given, Made]):
    """One stylization method, of pictures unless it says otherwise.

    ``load`` once a process, ``prepare`` once per inputs and size, ``run`` or ``run_path`` once a run.

    Attributes:
        independent: what a run makes at a value of its path owes nothing to those before it.
    """

    spec: MethodSpec
    independent: ClassVar[bool] = False

    @abstractmethod
    def load(self, weights: Weights, device: str) -> None:
        """Put the networks on ``device`` (``cpu``, ``cuda:0``, ``mps``). Raises Missing if weights are not here."""

    @abstractmethod
    def weights_used(self) -> dict[str, str]:
        """The weights that make a loaded method's pictures, by role, for reports: ``{"encoder": "vgg19"}``."""

    def weights_of(self, inputs: Inputs[Any, Any]) -> dict[str, str]:
        """The weights that make the works of these inputs, where those say which."""
        return self.weights_used()

    @abstractmethod
    def prepare(self, inputs: Given, size: int) -> Prepared:
        """Everything that does not depend on the parameters; immutable; ``size`` is the long side in pixels.

        Several prepared inputs and sizes live side by side. Raises BadInput for inputs the method cannot take.
        """

    @abstractmethod
    def run(self, prepared: Prepared, params: P, *, seed: int, on_iterate: OnIterate = ignore) -> Made:
        """Stylize. Deterministic under ``seed`` on one machine; ``on_iterate`` may raise :class:`Stop`, honoured
        within one step. Raises OutOfMemory where the device runs out of memory."""

    def run_path(
        self, prepared: Prepared, params: P, values: Iterable[float], *, seed: int, on_iterate: OnIterate = ignore
    ) -> Iterator[Made]:
        """One run along the parameter that weighs style against content: what it makes at each of ``values``.

        A method whose spec has a ``path`` goes on from one value to the next. A result owes nothing to the values after
        it, and the first is what :meth:`run` makes there; so the values up to one, in order, make its result again.
        Here each value is a run of its own.

        Args:
            params: of the run; what they say of the ratio itself is not looked at.
            values: of the ratio, ascending; each is asked for when the result before it was taken.
            on_iterate: is told the steps to the next result; a run that it stops ends with the result so far.
        """
        for value in values:
            made = self.run(prepared, at_ratio(self.spec, params, value), seed=seed, on_iterate=on_iterate)
            yield made
            if made.stopped:
                return

    def run_to(
        self, prepared: Prepared, params: P, path: Sequence[float] = (), *, seed: int, on_iterate: OnIterate = ignore
    ) -> Made:
        """What a run makes at ``params`` that painted the values of ``path`` on its way there; :meth:`run` without."""
        if self.independent or not path:
            return self.run(prepared, params, seed=seed, on_iterate=on_iterate)
        values = (*path, float(getattr(params, self.spec.ratio)))
        reached = -1

        def asked() -> Iterator[float]:
            nonlocal reached
            for value in values:
                reached += 1
                yield value

        def onward(iterate: Iterate) -> None:
            step, steps = reached * iterate.steps + iterate.step, len(values) * iterate.steps
            on_iterate(Iterate(step, steps, iterate.image, iterate.loss))

        for made in self.run_path(prepared, params, asked(), seed=seed, on_iterate=onward):
            last = made
        return last


NEAR = 1 / 32
"""Least share of a run's own ratio that a value of its path has to be for the picture to show it. Measured (``gatys``,
192 px, three pairs): without the smaller ones content 0.41, 0.33 and 0.55 became 0.39, 0.32 and 0.55, in two thirds of
the time; without those below a tenth 0.36, 0.30 and 0.51."""


STRIDE = 1.9
"""How many times the one before a value of such a path is at least; a search looks closer, for its pictures are
results, too. Measured (``gatys``, 224 px, weight 2, three pairs): 5 values in place of 12 take half of the time,
content at equal style is 0.003, 0.029 and 0.003 less, and the pictures look alike."""


def path_nearby(spec: MethodSpec, params: Params, path: Sequence[float]) -> tuple[float, ...]:
    """What a run to ``params`` has need of from a ``path`` that led there, where it paints another size or picture."""
    own = after = float(getattr(params, spec.ratio))
    kept: list[float] = []
    for value in reversed(path):
        if value >= NEAR * own and value * STRIDE <= after:
            kept.insert(0, value)
            after = value
    return tuple(kept)


def path_towards(spec: MethodSpec, params: Params) -> tuple[float, ...]:
    """What a single run to ``params`` paints on its way: the shares of its ratio that ``spec`` names, as far as they
    are values of it; nothing where it names none."""
    info = type(params).info().get(spec.ratio)
    value = getattr(params, spec.ratio, None)
    if not spec.towards or info is None or info.low is None or not isinstance(value, int | float):
        return ()
    return tuple(share * value for share in spec.towards if share * value >= info.low)


Own = TypeVar("Own", bound=Params)


def at_ratio(spec: MethodSpec, params: Own, value: float) -> Own:
    """``params`` with the parameter that weighs style against content at ``value``."""
    return params.model_copy(update={spec.ratio: value})


class TableMethod(Method[P, Prepared]):
    """A method of pictures whose work is a table of colours: applied at any size, and to whole clips."""

    @abstractmethod
    def table(self, prepared: Prepared, params: P) -> ColorTable:
        """What becomes of each colour."""


class ClipMethod(Method[P, Prepared, ClipInputs, ClipResult]):
    """A method of clips. A long clip is painted in runs of ``span`` frames, each told how the one before ended, and
    what the ``whole`` clip is like where it asks for that."""

    span: ClassVar[int] = 24
    whole: ClassVar[bool] = False


class AudioMethod(Method[P, Prepared, "Inputs[Recording, Recording]", AudioResult]):
    """A method of recordings: content and style sounds of any rate and length; the size of a run is its rate in Hz."""


class SceneMethod(Method[P, Prepared, "Inputs[Scene, Pixels]", SceneResult]):
    """A method of scenes; the size of a run is the long side in pixels of the views that it works on."""


class FontMethod(Method[P, Prepared, FontInputs, FontResult]):
    """A method of fonts; the size of a run is how many pixels an em has where it works on pictures of glyphs.

    Attributes:
        layered: whether glyphs become layers, of which a font has no room for any number.
    """

    layered: ClassVar[bool] = True


AnyMethod = Method[Any, Any, Any, Any]
"""A method of whatever medium."""
