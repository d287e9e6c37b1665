"""What tells what a run has finished so far from that of another run, so that only the same one goes on from there."""

from __future__ import annotations

import json
from hashlib import sha256

import numpy as np

from autostyle import __version__
from autostyle.fingerprints import digest
from autostyle.mediums.contract import Order
from autostyle.methods.contract import AnyMethod, Inputs


def run_identity(method: AnyMethod, order: Order, *of: str | int) -> str:
    """Everything that decides how a work looks, as one text; another version of autostyle may paint otherwise.

    Args:
        of: what tells the content from others, and how it is divided.
    """
    style = order.style
    shown = [part for pair in style.seen for part in pair if part is not None]
    styles = [sha256(np.ascontiguousarray(part).data).hexdigest() for part in shown]
    aids = {name: [digest(file) for file in files] for name, files in order.aids.items()}
    weights = method.weights_of(Inputs(None, style, aids=order.aids))
    what = [__version__, *of, method.spec.name, weights, order.params.model_dump(), styles, aids]
    return json.dumps([*what, order.path, style.weights, style.prompt, order.seed, order.size])
