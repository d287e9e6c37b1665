"""Every medium by name, built and planned. Importing this module imports no reader of any."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from autostyle.errors import BadInput, NotBuilt
from autostyle.mediums.image.spec import SPEC as IMAGE
from autostyle.mediums.planned import PLANNED
from autostyle.mediums.spec import MediumSpec, Scale
from autostyle.mediums.video.spec import SPEC as VIDEO

if TYPE_CHECKING:
    from autostyle.mediums.contract import Medium

MEDIUMS: dict[str, MediumSpec] = {spec.name: spec for spec in (IMAGE, VIDEO, *PLANNED)}


def find(name: str) -> MediumSpec:
    """The medium called ``name``, built or planned; raises BadInput if there is none."""
    if name not in MEDIUMS:
        raise BadInput(f"unknown medium {name!r}", f"media: {', '.join(MEDIUMS)}")
    return MEDIUMS[name]


def scale(name: str) -> Scale:
    """What the size of a built medium is counted in."""
    found = find(name).scale
    if found is None:
        raise NotBuilt(f"cannot yet: nothing is built for {find(name).many}", built_hint())
    return found


def built_hint() -> str:
    """The media that can be stylized, in a sentence."""
    return f"{_listed(list(_built()))} can be stylized"


def _built() -> list[str]:
    return [spec.many for spec in MEDIUMS.values() if spec.built]


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@cache
def create(name: str, content: str) -> Medium[Any, Any, Any]:
    """The medium called ``name`` at work on contents of the medium ``content``; this imports its implementation.

    Raises:
        NotBuilt: nothing makes the one of the other.
    """
    target = find(name).run.get(content)
    if target is None:
        raise NotBuilt(f"cannot yet: nothing makes {find(name).many} of {find(content).many}", built_hint())
    module, _, cls = target.partition(":")
    made: Medium[Any, Any, Any] = getattr(import_module(module), cls)()
    return made
