"""``python -m training.drawn --out DIR``: write every drawn style, or some, as pictures."""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image

from training.drawn import STYLES, draw


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.drawn", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for NAME-SEED.jpg")
    parser.add_argument("--size", type=int, default=512, help="side in pixels")
    parser.add_argument("--seeds", type=int, default=4, help="draw seeds 0 to N-1 of each style")
    parser.add_argument("--only", nargs="+", metavar="NAME[:SEED]", help="just these styles, or style and seed")
    parser.add_argument("--quality", type=int, default=90, help="of the JPEG files")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for wanted in arguments.only or STYLES:
        name, _, seed = wanted.partition(":")
        for number in [int(seed)] if seed else range(arguments.seeds):
            picture = Image.fromarray(draw(name, number, arguments.size))
            picture.save(arguments.out / f"{name}-{number}.jpg", quality=arguments.quality)


if __name__ == "__main__":
    main()
