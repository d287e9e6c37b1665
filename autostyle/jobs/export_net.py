"""A fast net as ONNX, as a job."""

from __future__ import annotations

from typing import Any

from autostyle.jobs.reporter import Reporter
from autostyle.jobs.requests import ExportNetRequest


def export(request: ExportNetRequest, reporter: Reporter) -> dict[str, Any]:
    """Carry out ``request``; the result is what ``autostyle export-net --json`` prints."""
    from autostyle.vision.export_net import export_net
    from autostyle.vision.fast_net import load_net

    net, head = load_net(request.net)
    names = [style.name or head.name for style in head.styles]
    shares = {head.row(name): 1 / len(request.styles) for name in request.styles}
    if len(names) == 1:
        shares = {0: 1.0}
    off = export_net(net, names, request.out, shares, request.strength)
    return {"schema": 1, "out": str(request.out), "styles": request.styles or names, "difference": off}
