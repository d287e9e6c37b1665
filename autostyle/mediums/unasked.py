"""How large a result gets where nobody said so: as the content is, unless that takes long."""

from __future__ import annotations

from typing import Any

from autostyle.mediums import registry as mediums
from autostyle.mediums.sides import SaidSize
from autostyle.methods import registry
from autostyle.sentences import Sentence

SECONDS = 300.0
"""The most that a result takes by itself, on two CPU cores."""
BYTES = 3 * 2**30
"""The most memory that it takes by itself."""


def unasked_size(medium: str, method: str, own: int) -> int:
    """The size of a result where nobody said one: the content's ``own``, or the most that ``method`` paints in
    :data:`SECONDS` and :data:`BYTES`.

    By what was measured of the method, not by what the machine has to do now: the same request gives the same size.
    """
    return max(min(own, mediums.scale(medium).own), min(own, _most(medium, method)))


def said_size(medium: str, said: SaidSize, own: int) -> int:
    """What a person said, of a content whose own size is ``own``; raises BadInput where it is out of range."""
    scale = mediums.scale(medium)
    if said == "own":
        return min(own, scale.final)
    scale.check(said, scale.final)
    return said


def smaller_than_own(medium: str, method: str, size: int, own: int, study: str | None = None) -> Sentence | None:
    """What is said of a result that is smaller than its content though nobody asked for that; of a ``study``'s, too."""
    if size >= own:
        return None
    told, time = mediums.scale(medium).told, registry.find_built(method).time
    minutes = "?" if time is None else max(1, round(time.at(own) / 60))
    said: dict[str, Any] = {"size": told(size), "own": told(own), "minutes": minutes}
    if study is None:
        return Sentence("made at {size} of {own}: --size own takes about {minutes} minutes on two cores", **said)
    return Sentence(
        "made at {size} of {own}: `autostyle save {study} --size own` takes about {minutes} minutes on two cores",
        study=study,
        **said,
    )


def _most(medium: str, name: str) -> int:
    """The largest size that a method makes by itself."""
    spec, scale = registry.find_built(name), mediums.scale(medium)
    if not (spec.medium == medium or spec.table) or spec.time is None or spec.memory is None:
        return scale.own
    if spec.memory.whole is not None and not spec.memory.grows and spec.profile != "photo":
        return scale.own  # one pass: its marks have a size in pixels, and in a print are hardly to be seen
    side = spec.time.most(SECONDS)
    held = spec.memory.most(BYTES, scale.final**2) ** 0.5  # of a square, which needs the most
    return int(min(side, held, scale.final)) // 10 * 10
