"""Ways to run the command line in tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FAKE_FOLDER = Path(__file__).parents[1] / "tuning"
FAKE_RUNTIME = "fake_runtime:make"
PROGRAM = f"""
import functools, sys
from autostyle.tuning import runner
runner.tune = functools.partial(runner.tune, runtime="{FAKE_RUNTIME}")
from autostyle.jobs import requests
requests.SearchRequest = functools.partial(requests.SearchRequest, runtime="{FAKE_RUNTIME}")
from autostyle.cli import main
try:
    main(sys.argv[1:])
finally:
    if "torch" in sys.modules:
        sys.exit(99)
"""
"""The command line on the tuner's fake runtime, for a process of its own; 99 if it has loaded torch."""


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and its words."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)
