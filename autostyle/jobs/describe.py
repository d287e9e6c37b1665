"""What this machine computes with."""

from __future__ import annotations

from typing import Any

import torch

from autostyle.errors import Missing
from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import DescribeRequest
from autostyle.methods.devices import resolve


def describe(request: DescribeRequest, reporter: Reporter) -> dict[str, Any]:
    """Which torch there is, and the device that ``request`` would run on; ``missing`` tells why there is none."""
    try:
        return {"torch": torch.__version__, "device": resolve(request.device)}
    except Missing as error:
        return {"torch": torch.__version__, "device": None, "missing": {"what": error.message, "fix": error.hint}}
