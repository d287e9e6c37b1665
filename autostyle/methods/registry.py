"""Every method by name: ours, built and planned, and other packages'. Importing this module imports no torch."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from autostyle.errors import BadInput, NotBuilt
from autostyle.installed import Known
from autostyle.methods.adain.spec import SPEC as ADAIN
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.animatediff.spec import SPEC as ANIMATEDIFF
from autostyle.methods.contract import AnyMethod, MethodSpec
from autostyle.methods.controlnet.spec import SPEC as CONTROLNET
from autostyle.methods.flow_adain.spec import SPEC as FLOW_ADAIN
from autostyle.methods.gatys.spec import SPEC as GATYS
from autostyle.methods.installed import INSTALLED
from autostyle.methods.instant_style.spec import SPEC as INSTANT_STYLE
from autostyle.methods.ip_adapter.spec import SPEC as IP_ADAPTER
from autostyle.methods.params import Params
from autostyle.methods.planned import PLANNED
from autostyle.methods.style_id.spec import SPEC as STYLE_ID
from autostyle.methods.style_lora.spec import SPEC as STYLE_LORA
from autostyle.sentences import Sentence

OURS: dict[str, MethodSpec] = {
    spec.name: spec
    for spec in (
        GATYS,
        ADAIN,
        IP_ADAPTER,
        INSTANT_STYLE,
        CONTROLNET,
        STYLE_LORA,
        STYLE_ID,
        FLOW_ADAIN,
        ANIMATEDIFF,
        *PLANNED,
    )
}
"""The methods of this package."""


def names() -> tuple[str, ...]:
    """Every name of a method, ours first, also of those that do not load; nothing of other packages is imported."""
    return tuple(dict.fromkeys([*OURS, *INSTALLED.names()]))


METHODS: Mapping[str, MethodSpec] = Known(OURS, INSTALLED)
"""Every method that is to be had here."""


def notes() -> tuple[str, ...]:
    """A line for each method of another package that is not to be had, and why."""
    return tuple(INSTALLED.notes(OURS))


def find(name: str) -> MethodSpec:
    """The spec called ``name``, built or planned.

    Raises:
        BadInput: there is none.
        Missing: another package has it, and it does not load.
    """
    if name in OURS:
        return OURS[name]
    try:
        return INSTALLED.load(name)
    except KeyError:
        built = ", ".join(spec.name for spec in METHODS.values() if spec.built)
        raise BadInput(
            "unknown method {name!r}", "built methods: {names}; `autostyle methods` lists all", name=name, names=built
        ) from None


def built(name: str) -> MethodSpec:
    """Like :func:`find`, but raises NotBuilt for a planned method."""
    spec = find(name)
    if not spec.built:
        ready = ", ".join(s.name for s in METHODS.values() if s.built and s.medium == spec.medium)
        hint = (
            Sentence("for {medium}s these run today: {names}", medium=Sentence(spec.medium), names=ready)
            if ready
            else Sentence("no method for this medium is built yet")
        )
        raise NotBuilt("cannot yet: {title} is planned and not built", hint, title=spec.title)
    return spec


def params(name: str) -> type[Params]:
    """The parameter model of a built method."""
    found = built(name).params
    assert found is not None
    return found


def complete(name: str, given: Mapping[str, Any], aids: Aids = NONE) -> Params:
    """The parameters of a built method, ``given`` or at their defaults, to be run with ``aids``.

    Raises:
        BadInput: one is unknown or out of range, or an aid is missing, or there are too many files of one.
    """
    for aid in built(name).aids:
        if aid.name in aids:
            aid.refuse_number(aids[aid.name])
        elif aid.required:
            raise BadInput("{name} needs --with {aid}=FILE", aid.help, name=name, aid=aid.name)
    return params(name).parse(dict(given))


def create(name: str) -> AnyMethod:
    """A fresh, unloaded method; this imports its implementation and with it torch."""
    spec = built(name)
    if name in OURS:
        return implementation(spec)
    try:
        return implementation(spec)
    except Exception as error:  # whatever another package's code does
        raise INSTALLED.broken(name, error) from error


def implementation(spec: MethodSpec) -> AnyMethod:
    """A fresh, unloaded method of a built spec, registered or not."""
    module, _, cls = str(spec.run).partition(":")
    method: AnyMethod = getattr(import_module(module), cls)()
    return method
