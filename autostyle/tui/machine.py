"""What this machine paints with, for the status line."""

from __future__ import annotations

import asyncio

from autostyle.config import Config
from autostyle.errors import AutostyleError
from autostyle.jobs.parent import run
from autostyle.jobs.requests import DescribeRequest
from autostyle.vision.weights import Weights


async def device(config: Config) -> str:
    """The device that trials would run on, asked of a job process; empty if it cannot be told."""
    try:
        found = await asyncio.to_thread(run, DescribeRequest(device=config.device, offline=config.offline))
    except AutostyleError:
        return ""
    return found["device"] or ""


def weights(config: Config) -> str:
    """The pretrained weights that are here, by name; else the embedded ones do their job."""
    status = Weights.open(config.offline).status()
    return " + ".join(name for name, state in status.items() if state == "present") or "embedded weights"
