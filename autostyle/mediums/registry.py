"""Every medium by name: ours, built and planned, and other packages'. Importing this imports no reader of any."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from autostyle.errors import BadInput, NotBuilt
from autostyle.installed import NAME, TARGET, Installed, Registry
from autostyle.mediums.audio.spec import SPEC as AUDIO
from autostyle.mediums.font.spec import SPEC as FONT
from autostyle.mediums.image.spec import SPEC as IMAGE
from autostyle.mediums.planned import PLANNED
from autostyle.mediums.scene.spec import SPEC as SCENE
from autostyle.mediums.spec import MediumSpec, SizeRange
from autostyle.mediums.video.spec import SPEC as VIDEO
from autostyle.sentences import Sentence
from autostyle.sentences import join_sentences as in_a_row

if TYPE_CHECKING:
    from autostyle.mediums.contract import Medium

OURS: dict[str, MediumSpec] = {spec.name: spec for spec in (IMAGE, VIDEO, AUDIO, FONT, SCENE, *PLANNED)}
"""The media of this package."""


def _unfit(spec: MediumSpec, name: str) -> str:
    """What keeps a spec from being the medium ``name``; empty if nothing does."""
    if spec.name != name or not NAME.fullmatch(name):
        return Sentence("its spec is called {name!r}; both names are the same, of a-z, 0-9 and _", name=spec.name)
    if not (spec.scale and spec.writable and spec.best and spec.kept and spec.run):
        return Sentence("it lacks scale, writable, best, kept or run")
    if len(spec.objectives) < 2:
        return Sentence("it searches for fewer than two objectives")
    if wrong := [target for target in spec.run.values() if not TARGET.fullmatch(target)]:
        return Sentence("run={target!r} is not module:Class", target=wrong[0])
    for other in OURS.values():
        if taken := {*spec.readable, *spec.unreadable} & {*other.readable, *other.unreadable}:
            return Sentence("{ending} is an ending of {many}", ending=min(taken), many=Sentence(other.many))
    names = {other.best for other in OURS.values()}
    if taken := names & {spec.best, *spec.beside(spec.best)}:
        return Sentence("{name} is another medium's", name=min(taken))
    return ""


INSTALLED = Installed("autostyle.mediums", "medium", MediumSpec, _unfit)


def _unknown(name: str) -> BadInput:
    return BadInput("unknown medium {name!r}", "media: {names}", name=name, names=", ".join(MEDIUMS))


MEDIUMS = Registry(OURS, INSTALLED, _unknown)
"""Every medium that is to be had here."""
notes, find = MEDIUMS.notes, MEDIUMS.find


def scale(name: str) -> SizeRange:
    """What the size of a built medium is counted in."""
    found = find(name).scale
    if found is None:
        raise NotBuilt("cannot yet: nothing is built for {many}", built_hint(), many=Sentence(find(name).many))
    return found


def built_hint() -> Sentence:
    """The media that can be stylized, in a sentence."""
    return Sentence("{many} can be stylized", many=listed([spec.many for spec in built()]))


def built() -> list[MediumSpec]:
    """The media whose works can be stylized."""
    return [spec for spec in MEDIUMS.values() if spec.built]


def listed(names: Sequence[str], *, either: bool = False) -> Sentence:
    """``names`` in a sentence: all of them, or ``either``."""
    *others, last = map(Sentence, names)
    if not others:
        return last
    values = {"others": in_a_row(others), "last": last}
    return Sentence("{others} or {last}", **values) if either else Sentence("{others} and {last}", **values)


@cache
def create(name: str, content: str) -> Medium[Any, Any, Any]:
    """The medium called ``name`` at work on contents of the medium ``content``; this imports its implementation.

    Raises:
        NotBuilt: nothing makes the one of the other.
        Missing: another package's does not load.
    """
    target = find(name).run.get(content)
    if target is None:
        raise NotBuilt(
            "cannot yet: nothing makes {many} of {contents}",
            built_hint(),
            many=Sentence(find(name).many),
            contents=Sentence(find(content).many),
        )
    made: Medium[Any, Any, Any] = MEDIUMS.create(name, target)
    return made
