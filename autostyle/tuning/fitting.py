"""Whether the weights that methods will paint with fit together, looked at before anything is begun.

It reads headers and configuration files, no tensors but those of a LoRA, and imports no torch.
"""

from __future__ import annotations

from collections.abc import Mapping

from autostyle.diffusion import checks
from autostyle.methods import registry
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.params import Value
from autostyle.vision.weights import BASES, Weights


def refuse_unfit(method: str, given: Mapping[str, Value], aids: Aids = NONE, *, base: str = "auto") -> None:
    """Look through what ``method`` would load for the parameters ``given`` and the aids of its own among ``aids``.

    Args:
        base: of the base models, as in Plan.encoder.

    Raises:
        BadInput: a file is gone, of another kind, or for another base model, or damaged.
        Missing: one cannot be read.
    """
    spec, infos = registry.find_built(method), registry.params(method).info()
    own = [(aid, aids[aid.name]) for aid in spec.aids if aid.name in aids]
    for aid, files in own:
        aid.refuse_unfit(files)
    if not spec.weights:
        return
    weights = Weights.open()
    id = weights.base(base if base in BASES else "auto", spec.weights)
    checks.whole(next((ids for ids in spec.weights if ids[0] == id), spec.weights[0]), weights)
    for name, value in given.items():
        if (fits := infos[name].fits) is not None:
            fits(str(value), weights, id)
    for aid, files in own:
        if aid.fits is not None:
            aid.fits(files, given, weights, id)
