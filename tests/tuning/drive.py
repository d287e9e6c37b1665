"""A program that runs a study and can be interrupted: ``python drive.py PLAN.yaml HOME``. Events go to stdout."""

from __future__ import annotations

import json
import signal
import sys
import threading
from pathlib import Path

from autostyle.errors import AutostyleError
from autostyle.plan import Plan
from autostyle.tuning.runner import tune

stop = threading.Event()
codes: list[int] = []
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda received, _: (codes.append(128 + received), stop.set()))


def say(**event: object) -> None:
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


try:
    tune(
        Plan.from_yaml(Path(sys.argv[1]).read_text()),
        Path(sys.argv[2]),
        offline=True,
        device="cpu",
        on_event=lambda event: say(**event.as_json()),
        stop=stop,
        runtime="fake_runtime:make",
    )
except AutostyleError as error:
    say(event="error", message=error.message)
    sys.exit(error.exit_code)
sys.exit(codes[0] if codes else 0)
