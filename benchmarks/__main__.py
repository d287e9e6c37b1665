"""Run the benchmarks named on the command line, or all of them, one after the other."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = (
    "speed",
    "overhead",
    "sizes",
    "search",
    "flicker",
    "advice",
    "diffusion",
    "app",
    "print",
    "sound",
    "fonts",
    "scenes",
    "fields",
)


def main() -> int:
    names = sys.argv[1:] or list(NAMES)
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"error: no benchmark is called {unknown[0]!r}\nhint: there are {', '.join(NAMES)}\n")
        return 2
    for name in names:
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
