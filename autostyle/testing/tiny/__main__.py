"""``python -m autostyle.testing.tiny DIR``: write every tiny model into a folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from autostyle.testing.tiny.models import write_all


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m autostyle.testing.tiny", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR")
    write_all(parser.parse_args().folder)


if __name__ == "__main__":
    main()
