"""From what live frames were asked for to what is read, which styles of which net are painted, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autostyle.codecs.capture import CaptureDevice, device_of, is_video_device
from autostyle.codecs.frame_outputs import PixelFormat
from autostyle.codecs.image import load_image
from autostyle.errors import BadInput
from autostyle.methods.fast_net.nets import style_number
from autostyle.methods.fast_net.spec import SPEC
from autostyle.use_cases import files, methods
from autostyle.vision.net_files import NetHead, head, named_net

PIPE = "-"


@dataclass(frozen=True)
class LiveOptions:
    """One session.

    Args:
        source: as :func:`autostyle.codecs.capture.device_of` reads it, or a clip.
        net: its name or file.
        style: names of its styles, or pictures of them; a net of one style needs none.
        style_weight: one for each, in order; none: equal shares.
        strength: of the styles, 0..1.
        size: long side in pixels of what is painted.
        out: a file, a virtual camera, or ``-`` for raw frames; None: nothing but a preview.
        pixel_format: of raw frames.
        every_frame: of a clip, none is dropped, and it is painted as fast as it goes.
        seconds: after which it ends.
        force: replace a file that is there.
    """

    source: str = "camera"
    net: str = "steady"
    style: tuple[str, ...] = ()
    style_weight: tuple[float, ...] = ()
    strength: float = 0.85
    size: int = 512
    out: str | None = None
    pixel_format: PixelFormat = "rgb24"
    every_frame: bool = False
    seconds: float | None = None
    force: bool = False


@dataclass(frozen=True)
class LivePlan:
    """What was asked for, checked: ``shares`` are of styles by their number, sum 1; ``out`` is None for the pipe, and
    for nothing."""

    source: CaptureDevice | Path
    net: Path
    shares: dict[int, float]
    names: tuple[str, ...]
    out: Path | None
    asked: LiveOptions


def plan(asked: LiveOptions) -> LivePlan:
    """What ``asked`` comes to.

    Raises:
        BadInput, NotBuilt: a file, a net or a style that is not there, or cannot be.
    """
    source = _source(asked.source)
    if asked.every_frame and not isinstance(source, Path):
        raise BadInput("a camera waits for nobody", "--every-frame is for clips")
    net = named_net(asked.net)
    known = head(net)
    rows = _rows(known, asked.style)
    weights = methods.blend(SPEC.name, len(rows), asked.style_weight) or (1.0,) * len(rows)
    shares: dict[int, float] = {}
    for row, weight in zip(rows, weights, strict=True):
        shares[row] = shares.get(row, 0.0) + weight / sum(weights)
    names = tuple(known.styles[row].name or known.name for row in shares)
    return LivePlan(source, net, shares, names, _out(asked, source), asked)


def _source(text: str) -> CaptureDevice | Path:
    device = device_of(text)
    if device is not None:
        return device
    (path,) = files.contents([Path(text)])
    files.only([path], ("video",))
    return path


def _rows(net: NetHead, styles: tuple[str, ...]) -> list[int]:
    if not styles:
        if len(net.styles) > 1:
            raise BadInput("which style of the net?", "--style, one or several: {names}", names=net.names)
        return [0]
    names = {one.name or net.name for one in net.styles}
    return [
        net.row(text)
        if text in names or not Path(text).is_file()
        else style_number(net, load_image(Path(text)).as_style.pixels)
        for text in styles
    ]


def _out(asked: LiveOptions, source: CaptureDevice | Path) -> Path | None:
    if asked.out is None or asked.out == PIPE:
        return None
    path = Path(asked.out)
    if is_video_device(path):
        return path
    return files.output(path, [source] if isinstance(source, Path) else [], asked.force, "video")
