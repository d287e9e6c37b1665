"""The job process, ``python -m autostyle.jobs.child``: one request from stdin, its result to stdout, and gone.

Pictures are read before torch is loaded, so that a bad one is refused at once.
"""

from __future__ import annotations

import sys
import traceback
from typing import Any

from autostyle.errors import Missing
from autostyle.jobs import requests
from autostyle.jobs.reporter import Reporter
from autostyle.processes.protocol import Channel


def main() -> None:
    """Serve one request and end. An error becomes a message; a bug leaves its traceback on stderr, the job's log."""
    channel = Channel.take_over()
    message = channel.receive()
    assert message is not None
    try:
        channel.send("done", result=carry_out(requests.parse(message["request"]), Reporter(channel)))
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        channel.fail(error)


def carry_out(request: requests.Request, reporter: Reporter) -> dict[str, Any]:
    """The result of ``request``, as JSON data; raises what went wrong."""
    if isinstance(request, requests.Describe):
        return describe(request)
    from autostyle.jobs import render

    if isinstance(request, requests.Stylize):
        return render.stylize(request, reporter)
    if isinstance(request, requests.Apply):
        return render.apply(request, reporter)
    return render.reproduce(request, reporter)


def describe(request: requests.Describe) -> dict[str, Any]:
    """Which torch there is, and the device that ``request`` would run on; ``missing`` tells why there is none."""
    import torch

    from autostyle.methods.devices import resolve

    try:
        return {"torch": torch.__version__, "device": resolve(request.device)}
    except Missing as error:
        return {"torch": torch.__version__, "device": None, "missing": {"what": error.message, "fix": error.hint}}


if __name__ == "__main__":
    main()
