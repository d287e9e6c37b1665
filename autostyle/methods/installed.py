"""Methods of other packages, which name them under the entry points ``autostyle.methods``."""

from __future__ import annotations

from autostyle.installed import NAME, TARGET, Installed
from autostyle.methods.aids import AidSpec
from autostyle.methods.contract import MethodSpec
from autostyle.methods.params import ASPECTS, Params, check
from autostyle.vision.registry import REGISTER


def _unfit(spec: MethodSpec, name: str) -> str:
    """What keeps a spec from being the method ``name``; empty if nothing does. May raise what its presets raise."""
    if spec.name != name or not NAME.fullmatch(name):
        return f"its spec is called {spec.name!r}; both names are the same, of a-z, 0-9 and _"
    if not NAME.fullmatch(spec.medium):  # which media there are is known above
        return f"medium={spec.medium!r} is no name of a medium"
    if not (isinstance(spec.params, type) and issubclass(spec.params, Params)):
        return "it declares no Params"
    if not TARGET.fullmatch(spec.run or ""):
        return f"run={spec.run!r} is not module:Class"
    unknown = {id for ids in (*spec.weights, spec.embedded) for id in ids} - REGISTER.keys()
    if unknown:
        return f"no weights are called {', '.join(sorted(unknown))}"
    infos = spec.params.info()
    if spec.ratio not in infos:
        return f"ratio={spec.ratio!r} names no parameter"
    for aid in spec.aids:
        if not isinstance(aid, AidSpec) or not NAME.fullmatch(aid.name) or aid.name in infos:
            return f"aids: {getattr(aid, 'name', aid)!r} is no name of one, or a parameter's, too"
    for preset in (*spec.presets, spec.words_alone or {}):
        spec.params.parse(dict(preset))
    for info in infos.values():
        if not {*info.moves, *info.holds} <= ASPECTS:
            return f"{info.name} moves or holds other things than {', '.join(sorted(ASPECTS))}"
        for ends in info.holds.values():
            for value in ends:
                check(info, value)
    for alias in (*spec.aliases, *(alias for info in infos.values() for alias in info.aliases)):
        if not alias or alias != alias.lower().strip():
            return f"the alias {alias!r} is not in lower case"
    return ""


INSTALLED = Installed("autostyle.methods", "method", MethodSpec, _unfit)
