"""How much a clip flickers: each frame for itself against held together along the motion, in one run.

The clip is a pan over an example picture, unless ``python -m benchmarks.flicker CLIP STYLE`` names others. The warp
error is the mean absolute difference of a frame to the one before, carried along the content's motion, 0..1;
``sharpness`` is the mean step from pixel to pixel over that of the same clip with nothing held: what the blend costs.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from autostyle.codecs.clip import Clip
from autostyle.codecs.clip_reader import clip, lively, probe
from autostyle.codecs.image import load_image
from autostyle.methods.contract import ClipInputs, Pixels, Style
from autostyle.methods.flow_microast.run import FlowMicroAST
from autostyle.methods.flow_microast.spec import FlowMicroASTParams
from autostyle.scoring.temporal import anchors, motions, unsteadiness, warp_error
from autostyle.vision.weights import Weights
from benchmarks.common import pictures, report

SIZE = 256
FRAMES = 16
HOLDS = (0.0, 0.5, 0.8, 0.9)


def figures(content: Clip, style: Pixels) -> dict[str, Any]:
    """Warp error, score and sharpness for every share that is held."""
    method = FlowMicroAST()
    method.load(Weights.open(offline=True), "cpu")
    prepared = method.prepare(ClipInputs(content, Style((style,))), SIZE)
    flows = motions(prepared.content)
    ends = anchors(prepared.content, flows)
    made = {hold: method.run(prepared, FlowMicroASTParams(hold=hold), seed=0).clip for hold in HOLDS}
    flicker, steps = warp_error(made[0.0], flows), _steps(made[0.0])
    held = {
        f"{hold:g}": {
            "warp_error": warp_error(result, flows),
            "times_less_flicker": flicker / warp_error(result, flows),
            "temporal": ends.place(unsteadiness(result, flows)),
            "sharpness": _steps(result) / steps,
        }
        for hold, result in made.items()
    }
    return {"frames": FRAMES, "size": SIZE, "content_warp_error": warp_error(prepared.content, flows), "held": held}


def _steps(made: Clip) -> float:
    """Mean difference from a pixel to the next, over the second half: the blend has settled by then."""
    late = made.frames[len(made) // 2 :].astype(np.float32)
    return float(np.abs(np.diff(late, axis=2)).mean())


def pan(picture: Pixels) -> Clip:
    """A window that slides two pixels a frame over ``picture``."""
    width = picture.shape[1] - 2 * FRAMES
    return Clip.of((picture[:, start : start + width] for start in range(0, 2 * FRAMES, 2)), Fraction(24))


def main(files: list[str] | None = None) -> None:
    if files:
        file = probe(Path(files[0]))
        given = clip(file, lively(file, FRAMES)), load_image(files[1]).pixels
    else:
        picture, style = pictures()[0]
        given = pan(picture), style
    report("flicker", figures(*given))


if __name__ == "__main__":
    main(sys.argv[1:])
