"""What is drawn of a font, in files of some glyphs each, so that an interrupted run goes on where it was.

They lie in a hidden folder beside the place of the finished font, named after everything that decides how glyphs look;
parts of another order are swept away when a new one begins.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from autostyle.atomic import atomic_write_bytes
from autostyle.mediums.parts_folder import parts_folder
from autostyle.typography.outlines import Drawings, InkColor, InkLayer


@dataclass(frozen=True)
class GlyphParts:
    """Finished glyphs of one order."""

    folder: Path

    @classmethod
    def beside(cls, place: Path, order: str) -> GlyphParts:
        """The parts of ``order`` for the font at ``place``; the folder is made, and other orders' are removed."""
        return cls(parts_folder(place, "glyphs", order))

    def read(self, number: int) -> Drawings | None:
        """A part; None where it is not there, or damaged: it is drawn again."""
        try:
            with np.load(BytesIO(self._file(number).read_bytes()), allow_pickle=False) as data:
                return _unpacked(data["names"], data["layers"], data["lengths"], data["points"], data["palette"])
        except (OSError, ValueError, LookupError, EOFError, RuntimeError, BadZipFile, zlib.error):
            return None

    def keep(self, number: int, drawings: Drawings) -> None:
        """Write a part whole."""
        layers = [
            (at, layer.color, len(layer.contours))
            for at, every in enumerate(drawings.glyphs.values())
            for layer in every
        ]
        contours = [contour for every in drawings.glyphs.values() for layer in every for contour in layer.contours]
        file = BytesIO()
        np.savez_compressed(
            file,
            names=np.array(list(drawings.glyphs)),
            layers=np.array(layers, np.int32).reshape(-1, 3),
            lengths=np.array([len(contour) for contour in contours], np.int32),
            points=np.concatenate(contours) if contours else np.zeros((0, 3), np.int16),
            palette=np.array(drawings.palette, np.float64).reshape(-1, 3),
        )
        atomic_write_bytes(self._file(number), file.getvalue())

    def remove(self) -> None:
        """When the font is written."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _file(self, number: int) -> Path:
        return self.folder / f"{number:05}.npz"


def _unpacked(
    names: np.ndarray, layers: np.ndarray, lengths: np.ndarray, points: np.ndarray, palette: np.ndarray
) -> Drawings:
    contours = iter(np.split(points.astype(np.int16), np.cumsum(lengths)[:-1]) if len(lengths) else [])
    glyphs: dict[str, tuple[InkLayer, ...]] = {}
    called = [str(name) for name in names]
    for at, color, count in layers.tolist():
        layer = InkLayer(color, tuple(next(contours) for _ in range(count)))
        glyphs[called[at]] = (*glyphs.get(called[at], ()), layer)
    return Drawings(glyphs, tuple(colors_of(palette.tolist())))


def colors_of(rows: Sequence[Sequence[float]]) -> list[InkColor]:
    """Rows of three numbers as colours."""
    return [(float(r), float(g), float(b)) for r, g, b in rows]
