"""What a fast net's file says of itself: the styles that it paints, each with a small picture of it.

Importing this module imports no torch.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from safetensors import SafetensorError, safe_open

from autostyle import json_text
from autostyle.codecs import Pixels
from autostyle.codecs.image import webp_thumbnail
from autostyle.errors import BadInput
from autostyle.fingerprints import stamp
from autostyle.resources import config_folder
from autostyle.vision.registry import EMBEDDED

KEY = "autostyle.fast_net"
"""Of what we say, in the file's metadata."""
NET_FILE = "net.safetensors"
"""Name of a net in the folder of its training."""
EMBEDDED_NET = EMBEDDED / "fast_net.safetensors"
"""The net that ships with autostyle."""
STEADY_NET = EMBEDDED / "temporal_net.safetensors"
"""The same for clips: it has learnt to be steady."""
EMBEDDED_NETS = {"embedded": EMBEDDED_NET, "steady": STEADY_NET}
"""By the names that they are asked for by."""
THUMBNAIL, QUALITY = 128, 70
"""Long side in pixels of a style's small picture, and the quality of its WebP."""
MOST_SIDE = 1024
"""In pixels, of a small picture in a file of others."""
SIDE = 24
ALIKE, ASPECT = 0.06, 0.06
"""Root mean squared difference of two small pictures, 0..1, and relative difference of their aspects, up to which they
show the same painting: other sizes and qualities of a file stay below 0.04, other paintings begin at 0.13."""


@dataclass(frozen=True)
class NetStyle:
    """A style of a net: its name, and a WebP of it."""

    name: str
    picture: bytes

    @property
    def pixels(self) -> Pixels:
        """Of the small picture; raises OSError or ValueError where it is none."""
        with Image.open(io.BytesIO(self.picture), formats=["WEBP"]) as opened:
            if max(opened.size) > MOST_SIDE:
                raise ValueError
            return np.asarray(opened.convert("RGB"), np.float32) / np.float32(255)


@dataclass(frozen=True)
class NetHead:
    """What a file says.

    Args:
        styles: by row; one without a name where it is a published net.
        published: by others, in the layout of pytorch/examples: its style is in no picture.
        steady: it has learnt to keep its marks on what moves.
    """

    path: Path
    styles: tuple[NetStyle, ...]
    published: bool
    steady: bool = False

    @property
    def name(self) -> str:
        """Of the file, or of the folder of its training; ``embedded`` and ``steady`` ship with autostyle."""
        for name, path in EMBEDDED_NETS.items():
            if self.path == path:
                return name
        return self.path.parent.name if self.path.name == NET_FILE else self.path.stem

    @property
    def names(self) -> str:
        """Of its styles, for a sentence."""
        return ", ".join(style.name for style in self.styles)

    def row(self, style: str) -> int:
        """That of the style of this name; raises BadInput where there is none."""
        names = [one.name or self.name for one in self.styles]
        if style not in names:
            raise BadInput("the net has no style {name!r}", "its styles: {names}", name=style, names=", ".join(names))
        return names.index(style)

    def find(self, picture: Pixels) -> int | None:
        """The row of the style that ``picture`` (H, W, 3) shows; None where it is none of them. A published net paints
        one, whatever picture stands for it."""
        if self.published:
            return 0
        return _nearest(picture, self.path, stamp(self.path))


def described(name: str, pixels: Pixels) -> NetStyle:
    """A style with a small picture made of ``pixels`` (H, W, 3)."""
    return NetStyle(name, webp_thumbnail(pixels, THUMBNAIL, QUALITY))


def write_metadata(styles: Sequence[NetStyle], said: dict[str, Any]) -> dict[str, str]:
    """Metadata of a file of ours; ``said`` is kept beside the styles."""
    told = [{"name": style.name, "picture": base64.b64encode(style.picture).decode()} for style in styles]
    return {"format": "pt", KEY: json.dumps({**said, "styles": told})}


def head(path: Path) -> NetHead:
    """What the net in ``path`` says; raises BadInput where it is none of ours and cannot be a published one."""
    if path.suffix != ".safetensors":
        return NetHead(path, (NetStyle("", b""),), published=True)
    return _head(path, stamp(path))


@lru_cache(maxsize=64)
def _head(path: Path, version: object) -> NetHead:
    try:
        with safe_open(path, "np") as opened:
            said, names = (opened.metadata() or {}).get(KEY), set(opened.keys())
        if said is None:
            if "deconv3.conv2d.weight" in {name.removeprefix("module.") for name in names}:
                return NetHead(path, (NetStyle("", b""),), published=True)
            raise ValueError
        told = json_text.loads(said)
        styles = tuple(NetStyle(str(one["name"]), base64.b64decode(one["picture"])) for one in told["styles"])
        for style in styles:
            _ = style.pixels  # or it would be found out in the middle of a choice between nets
        steady = float(told.get("steady", 0)) > 0
    except (OSError, SafetensorError, Image.DecompressionBombError, KeyError, TypeError, ValueError) as error:
        raise BadInput(
            "{path} is no fast net",
            "known are those that `autostyle train fast` makes, and the layout of pytorch/examples",
            path=path.name,
        ) from error
    return NetHead(path, styles, published=False, steady=steady)


def nets_folder() -> Path:
    """Where nets of one's own are found by name: a folder each, as ``autostyle train fast -o NAME`` makes it."""
    return config_folder() / "nets"


def training_folder(text: str) -> Path:
    """The folder that is meant by a path, or, of a bare name, that of a net of one's own; raises BadInput where a net
    that ships with autostyle has that name."""
    path = Path(text).expanduser()
    if text in EMBEDDED_NETS and not path.exists():
        raise BadInput(
            "a net that ships with autostyle is called {name}", "give yours another name: -o NAME", name=text
        )
    return nets_folder() / text if path.name == text and not path.exists() else path


def known_nets(*, steady: bool = False) -> tuple[NetHead, ...]:
    """Those that ship with autostyle, then those of a person's own that can be read, by name; first the ones that are
    for clips, ``steady``, or for pictures."""
    return tuple(sorted(_known(), key=lambda net: net.steady != steady))


def _known() -> Iterator[NetHead]:
    yield from map(head, EMBEDDED_NETS.values())
    folder = nets_folder()
    for file in sorted(folder.glob(f"*/{NET_FILE}")) if folder.is_dir() else ():
        try:
            yield head(file)
        except BadInput:
            continue


def named_net(text: str) -> Path:
    """The file that is meant by a path to it or to the folder of its training, or by its name; ``embedded`` is the one
    that ships with autostyle, ``steady`` the one for clips. Raises BadInput where there is none."""
    own = nets_folder() / text
    if text in EMBEDDED_NETS and not own.exists():
        return EMBEDDED_NETS[text]
    if text in EMBEDDED_NETS:
        raise BadInput(
            "a net of yours and one that ships with autostyle are called {name}",
            "rename the folder {path}",
            name=text,
            path=own,
        )
    path = Path(text).expanduser()
    for place in (path, path / NET_FILE, own / NET_FILE):
        if place.is_file():
            return place
    known = ", ".join(net.name for net in known_nets())
    raise BadInput(
        "there is no net {name!r}",
        "name a file, or one of these: {names}; `autostyle train fast` makes one",
        name=text,
        names=known,
    )


def _nearest(picture: Pixels, path: Path, version: object) -> int | None:
    own, aspect = _small(picture), picture.shape[1] / picture.shape[0]
    best: tuple[float, int] | None = None
    for number, (look, its) in enumerate(_looks(path, version)):
        off = float(np.sqrt(np.square(look - own).mean()))
        if off <= ALIKE and abs(aspect / its - 1) <= ASPECT and (best is None or off < best[0]):
            best = off, number
    return None if best is None else best[1]


@lru_cache(maxsize=16)
def _looks(path: Path, version: object) -> list[tuple[NDArray[np.float32], float]]:
    """The small pictures of a file, and their aspects."""
    pictures = [style.pixels for style in head(path).styles]
    return [(_small(picture), picture.shape[1] / picture.shape[0]) for picture in pictures]


def _small(picture: Pixels) -> NDArray[np.float32]:
    return np.asarray(cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.float32)
