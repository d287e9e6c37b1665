"""What was made: one result, or several, with what there is to know of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from autostyle.api import notebook
from autostyle.api.given import TemporaryFolder, hinted, read_said
from autostyle.atomic import atomic_copy
from autostyle.errors import BadInput
from autostyle.mediums.files import medium
from autostyle.methods.params import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from autostyle.mediums.sides import SaidSize, Side
    from autostyle.report.recipe import Recipe


@dataclass(frozen=True, eq=False)
class Result:
    """A picture or clip that was made; it shows itself in a notebook.

    Args:
        path: its file. Where no place for it was named it is a temporary one, gone with this object.
        method: what made it.
        params: the full parameter set.
        scores: ``style`` and ``content``, anchored (0 and 1 as the README explains); empty where it was not scored.
        held_out: by a metric that no loss or objective shares anything with.
        raw: unanchored figures.
        weights: what painted and what scored: ``encoder``, ``style``.
        seed: of everything random.
        seconds: it took.
        trial: its number, of a trial of a study.
        notes: stand-ins used and anything else to be said.
        reason: why this method.
    """

    path: Path
    method: str
    params: Mapping[str, Value] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    held_out: Mapping[str, float] = field(default_factory=dict)
    raw: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    seconds: float = 0.0
    trial: int | None = None
    notes: tuple[str, ...] = ()
    reason: str = ""
    _recipe: Callable[[], Recipe] | None = None
    _beside: tuple[Path, ...] = ()
    "Files of its styles and aids, for a recipe on its way elsewhere."
    _folder: TemporaryFolder | None = None
    "Lives as long as this."
    _paint: Callable[[Path, SaidSize, Side, bool], Path] | None = None
    "Writes it to a file, with so many pixels of a side; the last says whether one that is there is replaced."

    @cached_property
    def image(self) -> NDArray[np.uint8]:
        """The picture, shape (H, W, 3), or (H, W, 4) where it is transparent; 0..255, sRGB. Of a clip, one frame."""
        import numpy as np

        from autostyle.codecs.image import quantize
        from autostyle.mediums.registry import create

        kind = medium(self.path)
        of_it = create(kind, kind)
        loaded = of_it.load(self.path)
        alpha = getattr(loaded, "alpha", None) if kind == "image" else None
        pixels = of_it.preview(loaded) if alpha is None else np.dstack([loaded.pixels, alpha])
        return quantize(pixels)

    @property
    def recipe(self) -> Recipe:
        """What it takes to make it again, or to give other pictures the same look: :func:`autostyle.apply` takes it.

        Raises:
            BadInput: the file carries none; PNGs do.
        """
        from autostyle.report import recipe as recipes

        with hinted():
            if self._recipe is not None:
                return self._recipe()
            if self.path.suffix.lower() != ".png":
                raise BadInput("{name} carries no recipe", "only PNGs do", name=self.path.name)
            return recipes.load(self.path)

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        size: SaidSize | None = None,
        width: int | None = None,
        height: int | None = None,
        overwrite: bool = False,
    ) -> Path:
        """Write it to ``path``, in the format of its ending; the recipe travels inside a PNG. Returns the path.

        Args:
            size, width, height: pixels of the long side, or of that one; a result of a study is painted at any size.
                ``size="own"`` is the content's. Left out, it is the picture that there is.
            overwrite: a file that is there is replaced.

        Raises:
            BadInput: an ending that is not written, a file that is there already, more than one size, a size of what
                is of no study, or one that is too large for this machine.
        """
        sides: dict[Side, SaidSize | None] = {"long": read_said(size), "width": width, "height": height}
        if said := {side: pixels for side, pixels in sides.items() if pixels is not None}:
            return self._painted(Path(path).expanduser(), said, overwrite)
        from autostyle.mediums.writing import copy
        from autostyle.use_cases import files

        target = Path(path).expanduser()
        with hinted():
            if target.is_file() and not overwrite:
                raise BadInput("{path} exists", "overwrite=True replaces it", path=target)
            files.output(target, [self.path], overwrite, medium(self.path))
            if not target.exists():
                copy(self.path, target, overwrite=overwrite)
                return target
            folder = TemporaryFolder()
            copy(self.path, folder.path / target.name)
            for made in folder.path.iterdir():
                atomic_copy(made, target.with_name(made.name))
        return target

    @hinted()
    def _painted(self, target: Path, said: Mapping[Side, SaidSize], overwrite: bool) -> Path:
        """Written with as many pixels of a side as were said."""
        if len(said) > 1:
            raise BadInput("size, width and height do not go together", "the other side follows from the one")
        if self._paint is None:
            raise BadInput(
                "only a result of a study is painted at another size", "stylize(..., size=N) paints at any size"
            )
        ((side, pixels),) = said.items()
        return self._paint(target, pixels, side, overwrite)

    def __repr__(self) -> str:
        number = "" if self.trial is None else f"trial {self.trial}, "
        return f"<Result: {number}{self.method}, {notebook.told(self.scores)}>"

    def _repr_html_(self) -> str:
        return notebook.figure(self)

    def _repr_png_(self) -> bytes:
        return notebook.png(self.image)


class Results(Sequence[Result]):
    """Several results, in order; they show themselves in a notebook side by side.

    Args:
        results: what was made.
        failed: what could not be: (input, error).
    """

    def __init__(self, results: Sequence[Result], failed: Sequence[tuple[Path, Exception]] = ()) -> None:
        self._results = tuple(results)
        self.failed = tuple(failed)

    @overload
    def __getitem__(self, index: int) -> Result: ...

    @overload
    def __getitem__(self, index: slice) -> Results: ...

    def __getitem__(self, index: int | slice) -> Result | Results:
        found: Any = self._results[index]
        return Results(found) if isinstance(index, slice) else found

    def __len__(self) -> int:
        return len(self._results)

    def __repr__(self) -> str:
        failed = f", {len(self.failed)} failed" if self.failed else ""
        return f"<Results: {len(self)}{failed}>"

    def _repr_html_(self) -> str:
        return notebook.row(self) + "".join(notebook.line(f"{path.name}: {error}") for path, error in self.failed)
