"""Train the embedded fast net on the named styles, as ``autostyle train fast`` trains one.

    python -m training.fast_net --photos DIR [DIR ...] --out DIR --begin nothing --steps 1700
    python -m training.fast_net --photos DIR [DIR ...] --out DIR --steady 0.25 --rate 7e-4

The first, from random numbers, learns to paint; the second, from the net that the first has made, in the place of the
one that ships, to keep its marks on things that move. The same again goes on from the last checkpoint; previews are of
kept-out photographs.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from autostyle.named_styles import NAMED_STYLES
from autostyle.train.fast.course import train
from autostyle.train.fast.lessons import read
from autostyle.train.fast.pictures import Photos, taught
from autostyle.train.fast.settings import FastSettings
from autostyle.vision.weights import Weights
from training.data import files

JUDGES = 3


class Aloud:
    """Says everything; only an interrupt stops it."""

    stopped = False

    def note(self, text: str) -> None:
        print(text, flush=True)

    def step(self, step: int, steps: int, said: str) -> None:
        """Notes are enough."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--photos", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--begin", choices=("embedded", "nothing"), default="embedded")
    parser.add_argument("--steady", type=float, default=FastSettings().steady)
    parser.add_argument("--rate", type=float, default=FastSettings().rate)
    parser.add_argument("--steps", type=int, default=800)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    learnt, held = ([p for folder in args.photos for p in files(folder, held=side)] for side in (False, True))
    names = "\n".join(path.name for path in (*learnt, *held))
    train(
        taught([style.path for style in NAMED_STYLES]),
        Photos(read(learnt), read(held[: 8 * JUDGES : 8]), names, own=True),
        FastSettings(
            begin=args.begin,
            steady=args.steady,
            rate=args.rate,
            steps=args.steps,
            every=100,
            patience=0,
            seed=args.seed,
        ),
        weights=Weights.open(offline=True),
        device="cpu",
        out=args.out,
        force=False,
        watcher=Aloud(),
    )


if __name__ == "__main__":
    main()
