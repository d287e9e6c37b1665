"""What this machine paints with, for the status line."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import Future, InvalidStateError
from threading import Thread
from typing import Any

from autostyle.config import Config
from autostyle.errors import AutostyleError
from autostyle.jobs.parent import run
from autostyle.jobs.requests import DescribeRequest
from autostyle.sentences import Sentence
from autostyle.vision.weights import Weights

EMBEDDED = Sentence("embedded weights")


async def device(config: Config) -> str:
    """The device that trials would run on, asked of a job process; empty if it cannot be told."""
    answer: Future[dict[str, Any]] = Future()

    def ask() -> None:
        with contextlib.suppress(InvalidStateError):  # nobody waits for it any more
            try:
                answer.set_result(run(DescribeRequest(device=config.device, offline=config.offline)))
            except Exception as error:
                answer.set_exception(error)

    # Not by a thread of the event loop, whose end waits for those: the job loads torch, and whoever leaves does not.
    Thread(target=ask, name="device", daemon=True).start()
    try:
        found = await asyncio.wrap_future(answer)
    except AutostyleError:
        return ""
    return found["device"] or ""


def weights(config: Config) -> str:
    """The pretrained weights that are here, by name; else the embedded ones do their job."""
    status = Weights.open(config.offline).status()
    return " + ".join(name for name, state in status.items() if state == "present") or EMBEDDED
