"""Print size: the memory that a picture takes that is painted tile by tile, and the time, estimated from its tiles.

    python -m benchmarks.print [--content photo.jpg --style painting.jpg] [--width 6000 --height 4000] [--tiles 2]
    python -m benchmarks.print --whole microast [--params alpha=0.8 ...]

Everything is held as in a whole run at its largest size (the picture, its gradient, the moments, the content), and the
file is read and written; of the tiles of each size only ``--tiles`` are seen, for they come one after the other and
each takes as much as the next. Memory is the process's peak of resident memory by the kernel's count (Linux).

With ``--whole`` a method paints all of it by ``autostyle stylize``, from the file to the scores and the file: the peak
of the processes together (by their shares of what they have in common), and how steep the result is across the borders
of its tiles, where 1 is as steep as across those of the places of eight pixels beside; the same across all places of
eight pixels that are no border stands beside. ``--keep FILE`` keeps the picture.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import psutil  # type: ignore[import-untyped]
import torch

from autostyle.codecs.image import load_image, save_image
from autostyle.mediums.contract import style_of
from autostyle.mediums.image.medium import ImageMedium
from autostyle.methods import registry
from autostyle.methods.gatys import collected, run
from autostyle.methods.gatys.levels import PreparedGatys
from autostyle.methods.gatys.run import Gatys
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.gatys.tiled import SIDE
from autostyle.methods.one_pass.tiled import OwnSpreads, OwnStatistics
from autostyle.vision.tensors import resize
from autostyle.vision.weights import Weights
from benchmarks.common import EXAMPLES, report

SIDES = {
    "gatys": SIDE,
    "nnst": SIDE,
    "deep_photo": SIDE,
    "adain": OwnStatistics.side,
    "microast": OwnStatistics.side,
    "photo_wct": OwnSpreads.side,
}
"""Of the tiles of the methods, in pixels."""


def peak() -> float:
    """MiB of memory, the most since :func:`forget`."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def forget() -> None:
    """Begin anew with the peak."""
    Path("/proc/self/clear_refs").write_text("5")


class Stages:
    """Peak memory and processor seconds by what was done."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, float]] = {}
        self._began = time.process_time()

    def end(self, name: str) -> None:
        now = time.process_time()
        self.found[name] = {"peak_mib": round(peak()), "cpu_seconds": round(now - self._began, 1)}
        self._began = now
        forget()


@contextmanager
def few_tiles(count: int) -> Iterator[dict[str, int]]:
    """Of every size ``count`` tiles in the middle are seen; how many there are, by the picture's height."""
    real, numbers = collected.Sight.__init__, dict[str, int]()

    def some(self: collected.Sight, *args: Any, **kwargs: Any) -> None:
        real(self, *args, **kwargs)
        numbers[str(self.tiles[-1].rows.end)] = len(self.tiles)
        middle = max(0, (len(self.tiles) - count) // 2)
        self.tiles = self.tiles[middle : middle + count]

    with patch.object(collected.Sight, "__init__", some):
        yield numbers


def content_file(args: argparse.Namespace, folder: Path) -> Path:
    """The content at the size of the print, 16 bits a channel, with a little grain so that no tile is a flat one."""
    pixels = torch.from_numpy(load_image(args.content).pixels).permute(2, 0, 1)[None]
    large = resize(pixels, (args.height, args.width))[0].permute(1, 2, 0).numpy()
    large += np.random.default_rng(0).normal(0, 0.01, large.shape).astype(np.float32)
    file = folder / "content.tif"
    save_image(file, np.clip(large, 0, 1), bit_depth=16)
    return file


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--content", type=Path, default=next(iter(sorted((EXAMPLES / "content").glob("*.jpg")))))
    parser.add_argument("--style", type=Path, default=next(iter(sorted((EXAMPLES / "styles").glob("*.jpg")))))
    parser.add_argument("--width", type=int, default=6000)
    parser.add_argument("--height", type=int, default=4000)
    parser.add_argument("--tiles", type=int, default=2)
    parser.add_argument("--whole", help="a method that paints all of it")
    parser.add_argument("--params", nargs="*", default=[])
    parser.add_argument("--keep", type=Path, help="where the whole print is kept")
    parser.add_argument("--side", type=int, help="of its tiles, where it is no method that this knows")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = content_file(args, Path(folder))
        if args.whole:
            report("print_whole", {"size": [args.width, args.height], "method": args.whole, **whole(args, file)})
            return
        report("print", {"size": [args.width, args.height], "tiles_seen": args.tiles, **gatys(args, file)})


def whole(args: argparse.Namespace, file: Path) -> dict[str, Any]:
    """A whole print: memory, seconds, seams."""
    made = args.keep or file.with_name("whole.tif")
    command = [sys.executable, "-m", "autostyle", "stylize", str(file), str(args.style), "-m", args.whole]
    command += [word for param in args.params for word in ("-p", param)]
    began, most = time.monotonic(), 0
    with subprocess.Popen([*command, "--size", "own", "--offline", "-o", str(made)]) as process:
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            with suppress(psutil.Error):
                tree = [parent, *parent.children(recursive=True)]
                most = max(most, sum(one.memory_full_info().pss for one in tree))
            time.sleep(0.5)
    seconds = time.monotonic() - began
    picture = load_image(made)
    return {
        "peak_mib": round(most / 2**20),
        "seconds": round(seconds),
        "bit_depth": picture.bit_depth,
        **seams(picture.pixels.mean(axis=2), args.side or SIDES[args.whole]),
    }


def seams(plane: np.ndarray, side: int) -> dict[str, Any]:
    """Of the borders between the columns of tiles, the mean step across each over the median of those at the borders of
    places of eight pixels beside it; and the least, the 5th and the 95th of a hundred, and the most of what the other
    places of eight pixels have."""
    width, count = plane.shape[1], round(plane.shape[1] / side)
    steps = np.abs(np.diff(plane, axis=1)).mean(axis=0)[7::8]
    borders = [round(width * number / count / 8) - 1 for number in range(1, count)]
    beside = {
        place: float(steps[place] / np.median(np.delete(steps[place - 6 : place + 7], 6)))
        for place in range(6, len(steps) - 6)
    }
    elsewhere = [value for place, value in beside.items() if place not in borders]
    return {
        "seams": [round(beside[place], 3) for place in borders],
        "elsewhere": [round(float(value), 3) for value in np.percentile(elsewhere, [0, 5, 95, 100])],
    }


def gatys(args: argparse.Namespace, file: Path) -> dict[str, Any]:
    """One step of the largest size as a run of ``gatys`` takes it."""
    forget()
    stages, medium, method, params = Stages(), ImageMedium(), registry.create("gatys"), GatysParams()
    assert isinstance(method, Gatys)
    method.load(Weights.open(offline=True), "cpu")
    stages.end("load")
    content = medium.load(file)
    stages.end("read")
    style = style_of([medium.load_style(args.style)])
    prepared = method.prepare(medium.inputs(content, style), max(args.width, args.height))
    assert isinstance(prepared, PreparedGatys)
    one = run._Run(method, prepared, params, 0, lambda iterate: None)
    painted_on = one._recolored(1.0)
    stages.end("recolor")
    with few_tiles(args.tiles) as numbers:
        levels = [one._levels.at(size, painted_on) for size in prepared.tiled[-2:]]
        stages.end("levels")
        image = resize(painted_on, prepared.shape(prepared.sizes[0]))
        image = resize(image, prepared.shape(prepared.sizes[-1])).contiguous()
        canvas = run._Canvas(params, image, painted_on, 1.0, levels)
        del image
        canvas.descend(1, lambda step, picture, loss: None)
        stages.end("step")
    levels.clear()
    canvas.levels = []
    made = one.result(canvas)
    stages.end("result")
    save_image(file.with_name("made.tif"), made.image, bit_depth=16)
    stages.end("write")
    del made, canvas
    most = max(stage["peak_mib"] for stage in stages.found.values())
    return {"stages": stages.found, "peak_mib": most, "tiles": numbers}


if __name__ == "__main__":
    main()
