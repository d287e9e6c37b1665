"""The job process, ``python -m autostyle.jobs.child IDLE``: one request from stdin, its result to stdout, and gone, or
ready for the next one for IDLE seconds.

Pictures are read before torch is loaded, so that a bad one is refused at once.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from importlib import import_module
from typing import Any

from autostyle.jobs import requests
from autostyle.jobs.reporter import Reporter
from autostyle.processes.protocol import Channel

NICE = 5
"""How far jobs and their workers step back for whoever types in front of them."""
WORK: dict[type[requests.JobRequest], str] = {
    requests.DescribeRequest: "describe:describe",
    requests.StylizeRequest: "stylize:stylize",
    requests.ApplyRequest: "apply:apply",
    requests.ReproduceRequest: "reproduce:reproduce",
    requests.KeywordsRequest: "keywords:keywords",
    requests.FindRegionRequest: "find_region:find",
    requests.TrainLoraRequest: "train:lora",
    requests.TrainFastRequest: "train:fast",
    requests.ExportNetRequest: "export_net:export",
    requests.SearchRequest: "search:search",
    requests.ReviseRequest: "studies:revise",
    requests.RecordRequest: "studies:record",
    requests.PreferRequest: "studies:prefer",
    requests.RenderRequest: "studies:render",
    requests.SaveRequest: "save:save",
    requests.ExportRequest: "studies:export",
    requests.TrustRequest: "studies:trust_study",
    requests.StudiesRequest: "studies:studies",
}
"""Request -> ``module:function`` of this package; only the one that is asked for is imported."""


def main() -> None:
    """Serve requests until none comes. An error becomes a message; a bug leaves its traceback on stderr, the log."""
    os.nice(NICE)
    idle = float(sys.argv[1])
    channel = Channel.take_over()
    message = channel.receive()
    while message is not None:
        try:
            channel.send("done", result=carry_out(requests.parse(message["request"]), Reporter(channel)))
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            channel.fail(error)
        if not idle or channel.stop.is_set():
            return
        _hand_back()
        message = channel.receive(idle)


def _hand_back() -> None:
    """Give the device's memory back that torch keeps for a next run."""
    gc.collect()
    if (torch := sys.modules.get("torch")) is not None and torch.cuda.is_initialized():
        torch.cuda.empty_cache()


def carry_out(request: requests.AnyRequest, reporter: Reporter) -> dict[str, Any]:
    """The result of ``request``, as JSON data; raises what went wrong."""
    module, _, function = WORK[type(request)].partition(":")
    result: dict[str, Any] = getattr(import_module(f"autostyle.jobs.{module}"), function)(request, reporter)
    return result


if __name__ == "__main__":
    main()
