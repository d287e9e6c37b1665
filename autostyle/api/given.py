"""Pictures as a program gives them: by path, as arrays, as PIL pictures, or as results of ours."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, Union

import numpy as np

from autostyle.errors import AutostyleError, BadInput
from autostyle.mediums.sides import SaidSize, read_size

if TYPE_CHECKING:
    import PIL.Image
    from numpy.typing import NDArray


class InFile(Protocol):
    """What lies in a file: a result of ours."""

    @property
    def path(self) -> Path: ...


ImageLike: TypeAlias = Union[str, "os.PathLike[str]", "NDArray[Any]", "PIL.Image.Image", InFile]
"""A path, or a picture in memory: an array of shape (H, W), (H, W, 3) or (H, W, 4), sRGB, of whole numbers 0..255
(``uint8``), 0..65535 (``uint16``) or fractions 0..1; a PIL picture; or a result. A clip, and a style of another kind
than a picture, is given by its path."""
ImagesLike: TypeAlias = ImageLike | Sequence[ImageLike]
"""One, or several."""
AidFiles: TypeAlias = Mapping[str, "str | os.PathLike[str] | Sequence[str | os.PathLike[str]]"]
"""Files that a method works with, by name: ``{"lora": "brand.safetensors"}``."""
VALUES = "uint8 0..255, uint16 0..65535, or fractions 0..1"
SHAPES = f"shape (height, width, 3), or with 1 or 4 channels, or none; {VALUES}"


class TemporaryFolder:
    """A folder for temporary files, made when first asked for, that lives as long as this object."""

    @cached_property
    def path(self) -> Path:
        path = Path(tempfile.mkdtemp(prefix="autostyle-"))
        weakref.finalize(self, shutil.rmtree, path, ignore_errors=True)
        return path


def several(given: ImagesLike) -> list[ImageLike]:
    """``given`` as a list."""
    return list(given) if isinstance(given, list | tuple) else [given]  # type: ignore[list-item]


def to_file(picture: ImageLike, name: str, folder: TemporaryFolder) -> Path:
    """The file of ``picture``; one in memory becomes the PNG ``name`` in ``folder``, the same bytes every time.

    Raises:
        BadInput: it is no picture.
    """
    path = getattr(picture, "path", picture)
    if isinstance(path, str | os.PathLike):
        return Path(path).expanduser()
    from PIL import Image

    target = folder.path / f"{name}.png"
    if isinstance(picture, Image.Image):
        _write_pil(picture, target)
    else:
        _write_array(np.asarray(picture), target)
    return target


def _write_pil(picture: PIL.Image.Image, target: Path) -> None:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in ("L", "LA", "P", "RGB", "RGBA", "I;16"):
        upright = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
        upright.info.pop("icc_profile", None)
    upright.save(target, icc_profile=upright.info.get("icc_profile"))


def _write_array(array: NDArray[Any], target: Path) -> None:
    from autostyle.codecs.image import save_image

    if array.ndim == 2:
        array = array[..., None]
    if array.ndim != 3 or array.shape[2] not in (1, 3, 4) or array.dtype.kind not in "uif":
        hint = SHAPES
        if array.ndim == 3 and array.shape[0] in (1, 3, 4) and array.shape[2] not in (1, 3, 4):
            hint = "channels come last: array.transpose(1, 2, 0)"
        raise BadInput(
            "no picture: an array of shape {shape} and type {type}", hint, shape=array.shape, type=array.dtype
        )
    most = np.iinfo(array.dtype).max if array.dtype.name in ("uint8", "uint16") else 1
    values = array.astype(np.float32) / np.float32(most)
    if not (np.isfinite(values).all() and values.min(initial=0) >= -1e-3 and values.max(initial=0) <= 1 + 1e-3):
        raise BadInput("no picture: an array of type {type} with values out of range", VALUES, type=array.dtype)
    channels = values.shape[2]
    pixels = np.repeat(values, 3, axis=2) if channels == 1 else np.ascontiguousarray(values[..., :3])
    alpha = values[..., 3] if channels == 4 else None
    save_image(target, pixels, alpha=alpha, bit_depth=8 if array.dtype.name == "uint8" else 16, overwrite=True)


def with_aids(aids: AidFiles | None) -> dict[str, tuple[str, ...]]:
    """``aids`` as the use cases have them."""
    return {name: tuple(os.fspath(path) for path in several(files)) for name, files in (aids or {}).items()}  # type: ignore[arg-type]


IN_PYTHON = {"--force": "overwrite=True", "--consent": "consent=True"}
"""What stands for a flag of the command line."""


@contextmanager
def hinted() -> Iterator[None]:
    """An error's hint stands below it in a traceback, too."""
    try:
        yield
    except AutostyleError as error:
        note = f"hint: {error.hint}" + "".join(
            f" (in Python: {argument})" for flag, argument in IN_PYTHON.items() if flag in error.hint
        )
        if error.hint and note not in getattr(error, "__notes__", ()):
            error.add_note(note)
        raise


def read_said(size: SaidSize | str | None) -> SaidSize | None:
    """A size as it was given; raises BadInput where it is a word other than ``own``."""
    return read_size(size) if isinstance(size, str) else size
