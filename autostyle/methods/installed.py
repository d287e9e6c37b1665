"""Methods of other packages, which name them under the entry points ``autostyle.methods``."""

from __future__ import annotations

from autostyle.installed import NAME, TARGET, Installed
from autostyle.methods.aids import AidSpec
from autostyle.methods.params import ASPECTS, Params, check
from autostyle.methods.spec import MethodSpec
from autostyle.sentences import Sentence
from autostyle.vision.registry import REGISTER


def _unfit(spec: MethodSpec, name: str) -> str:
    """What keeps a spec from being the method ``name``; empty if nothing does. May raise what its presets raise."""
    if spec.name != name or not NAME.fullmatch(name):
        return Sentence("its spec is called {name!r}; both names are the same, of a-z, 0-9 and _", name=spec.name)
    if not NAME.fullmatch(spec.medium):  # which media there are is known above
        return Sentence("medium={name!r} is no name of a medium", name=spec.medium)
    if not (isinstance(spec.params, type) and issubclass(spec.params, Params)):
        return Sentence("it declares no Params")
    if not TARGET.fullmatch(spec.run or ""):
        return Sentence("run={target!r} is not module:Class", target=spec.run)
    unknown = {id for ids in (*spec.weights, spec.embedded) for id in ids} - REGISTER.keys()
    if unknown:
        return Sentence("no weights are called {names}", names=", ".join(sorted(unknown)))
    infos = spec.params.info()
    if spec.ratio not in infos:
        return Sentence("ratio={name!r} names no parameter", name=spec.ratio)
    for aid in spec.aids:
        if not isinstance(aid, AidSpec) or not NAME.fullmatch(aid.name) or aid.name in infos:
            called = getattr(aid, "name", aid)
            return Sentence("aids: {name!r} is no name of one, or a parameter's, too", name=called)
    for preset in (*spec.presets, spec.words_alone or {}):
        spec.params.parse(dict(preset))
    for info in infos.values():
        if not {*info.moves, *info.holds} <= ASPECTS:
            known = ", ".join(sorted(ASPECTS))
            return Sentence("{name} moves or holds other things than {known}", name=info.name, known=known)
        for ends in info.holds.values():
            for value in ends:
                check(info, value)
    for alias in (*spec.aliases, *(alias for info in infos.values() for alias in info.aliases)):
        if not alias or alias != alias.lower().strip():
            return Sentence("the alias {alias!r} is not in lower case", alias=alias)
    return ""


INSTALLED = Installed("autostyle.methods", "method", MethodSpec, _unfit)
