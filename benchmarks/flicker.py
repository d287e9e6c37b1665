"""How much a clip flickers: each frame for itself against held together along the motion, in one run.

    python -m benchmarks.flicker [CLIP STYLE] [--frames 8] [--size 160] [--painters NAME …]

On clips whose motion is known (benchmarks/known_motion.py: a pan, a zoom, a turn, a thing that crosses) the warp error,
the mean absolute difference of a frame to the one before, carried along, 0..1, is that of the true motion; on CLIP that
of the flow. ``sharpness`` is the mean step from pixel to pixel over that of the same painter with nothing held, for
``temporal_net`` that of the net that is not for clips. What is asked of ``gatys_video`` and ``temporal_net``: at most
half of the warp error of frame by frame at 0.9 of its sharpness, and its style. The style is one that nets have learnt.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autostyle.codecs.clip import Clip
from autostyle.codecs.clip_reader import clip, lively, probe
from autostyle.codecs.image import load_image, resize, save_image
from autostyle.methods.contract import AnyMethod, ClipInputs, Pixels, Style
from autostyle.methods.flow_microast.run import FlowMicroAST
from autostyle.methods.flow_microast.spec import FlowMicroASTParams
from autostyle.methods.gatys.run import Gatys
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.gatys_video.run import GatysVideo
from autostyle.methods.gatys_video.spec import GatysVideoParams
from autostyle.methods.params import Params
from autostyle.methods.steady import Steady
from autostyle.methods.temporal_net.run import TemporalNet
from autostyle.methods.temporal_net.spec import TemporalNetParams
from autostyle.scoring.temporal import motions, warp_error
from autostyle.scoring.video_scorer import VideoScorer
from autostyle.vision.net_files import EMBEDDED_NET
from autostyle.vision.weights import Weights
from benchmarks.common import pictures, report
from benchmarks.known_motion import KnownClip, pan, render, turn, zoom


class Loose(Steady[GatysParams]):
    """Every frame for itself."""

    def hold(self, params: GatysParams) -> float:
        return 0.0


BESIDE = ("of_the_warp_error", "sharpness", "style_more")
"""Figures beside those of the same with nothing held."""
ASKED = ("gatys_video", "temporal_net")
"""Of whom half of the warp error is asked."""
NETS = {"fast_net": EMBEDDED_NET}
"""Of those that do not find theirs."""
Painters = dict[str, tuple[AnyMethod, Params, str]]
PAINTERS: Painters = {
    "microast": (FlowMicroAST(), FlowMicroASTParams(hold=0.0), "microast"),
    "flow_microast": (FlowMicroAST(), FlowMicroASTParams(), "microast"),
    "fast_net": (TemporalNet(), TemporalNetParams(hold=0.0), "fast_net"),
    "temporal_net, nothing held": (TemporalNet(), TemporalNetParams(hold=0.0), "fast_net"),
    "temporal_net": (TemporalNet(), TemporalNetParams(), "fast_net"),
    "gatys": (Loose(Gatys()), GatysParams(), "gatys"),
    "gatys, held 0.8": (Steady(Gatys()), GatysParams(), "gatys"),
    "gatys_video": (GatysVideo(), GatysVideoParams(), "gatys"),
}
"""How each is painted, and which one is the same with nothing held."""


def figures(
    name: str, known: KnownClip, style: Pixels, size: int, strips: Path | None, painters: Painters
) -> dict[str, Any]:
    """Of every one of ``painters`` on one clip."""
    weights = Weights.open(offline=True)
    judge = VideoScorer.open(known.clip, (style,), (1.0,), weights=weights, device="cpu", model="embedded")
    rows: dict[str, dict[str, float]] = {}
    shown = {"content": known.clip}
    for way, (method, params, _) in painters.items():
        method.load(weights, "cpu")
        given = {"net": (NETS[way],)} if way in NETS else {}
        prepared = method.prepare(ClipInputs(known.clip, Style((style,)), aids=given), size)
        began = time.process_time()
        made: Clip = method.run(prepared, params, seed=0).clip
        seconds = time.process_time() - began
        scores, shown[way] = judge.score(made), made
        rows[way] = {
            "warp_error": warp_error(made, known.motions),
            "style": scores.objectives["style"],
            "content_of_frames": scores.raw["frames"],
            "softness": scores.raw["softness"],
            "steps": mean_step(made),
            "seconds_a_frame": seconds / len(made),
        }
    for way, (_, _, alone) in painters.items():
        rows[way]["of_the_warp_error"] = rows[way]["warp_error"] / rows[alone]["warp_error"]
        rows[way]["sharpness"] = rows[way]["steps"] / rows[alone]["steps"]
        rows[way]["style_more"] = rows[way]["style"] - rows[alone]["style"]
    if strips is not None:
        strips.mkdir(parents=True, exist_ok=True)
        save_image(strips / f"{name}-frames.png", _side_by_side(shown), overwrite=True)
        save_image(strips / f"{name}-line.png", _line_over_time(shown), overwrite=True)
    return rows


def mean_step(made: Clip) -> float:
    """Mean difference from a pixel to the next, over the second half: the blend has settled by then."""
    late = made.frames[len(made) // 2 :].astype(np.float32)
    return float(np.abs(np.diff(late, axis=2)).mean())


def _mean(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {key: statistics.mean(row[key] for row in rows) for key in BESIDE}


def _side_by_side(shown: dict[str, Clip]) -> Pixels:
    """A row for each: its first, middle and last frame."""
    rows = [np.concatenate([made[t] for t in (0, len(made) // 2, len(made) - 1)], axis=1) for made in shown.values()]
    return np.concatenate(rows).astype(np.float32)


def _line_over_time(shown: dict[str, Clip]) -> Pixels:
    """For each the middle line of all frames, one under the other: what flickers is torn."""
    lines = [np.repeat(made.frames[:, made.frames.shape[1] // 2], 8, axis=0) for made in shown.values()]
    return (np.concatenate([np.pad(line, ((0, 6), (0, 0), (0, 0))) for line in lines]) / 255).astype(np.float32)


def clips(picture: Pixels, other: Pixels, size: int, frames: int) -> dict[str, KnownClip]:
    """A clip of each kind of motion."""
    shape = (size, size * 3 // 4)
    large, thing = (resize(one, round(size * 1.5)) for one in (picture, other))
    still = pan(0.5)
    return {
        "pan": render(large, shape, pan(), frames),
        "zoom": render(large, shape, zoom(shape), frames),
        "turn": render(large, shape, turn(shape), frames),
        "crossing": render(large, shape, still, frames, crossing=thing),
    }


def main(argv: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="CLIP STYLE")
    parser.add_argument("--frames", type=int, default=8)
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--painters", nargs="+", choices=PAINTERS, default=list(PAINTERS), metavar="NAME")
    parser.add_argument("--strips", type=Path, help="folder for frames side by side, and a line over time")
    args = parser.parse_args(list(argv))
    (picture, style), (other, _) = pictures()[:2]
    found = clips(picture, other, args.size, args.frames)
    if args.files:
        file, style = probe(args.files[0]), load_image(args.files[1]).pixels
        given = clip(file, lively(file, args.frames)).resized(args.size)
        found = {args.files[0].stem: KnownClip(given, motions(given))} | found
    painters = {way: PAINTERS[way] for way in args.painters}
    rows = {name: figures(name, known, style, args.size, args.strips, painters) for name, known in found.items()}
    report(
        "flicker",
        {
            "frames": args.frames, "size": args.size,
            "wanted": "of_the_warp_error <= 0.5, sharpness >= 0.9, style_more >= 0",
            "mean": {way: _mean([row[way] for row in rows.values()]) for way in ASKED if way in painters},
            "clips": rows,
        },
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
