"""Every method by name: ours, built and planned, and other packages'. Importing this module imports no torch."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from autostyle.errors import BadInput, NotBuilt
from autostyle.installed import Registry
from autostyle.methods.adain.spec import SPEC as ADAIN
from autostyle.methods.aids import NONE, Aids
from autostyle.methods.animatediff.spec import SPEC as ANIMATEDIFF
from autostyle.methods.contract import AnyMethod
from autostyle.methods.controlnet.spec import SPEC as CONTROLNET
from autostyle.methods.deep_photo.spec import SPEC as DEEP_PHOTO
from autostyle.methods.fast_net.spec import SPEC as FAST_NET
from autostyle.methods.fast_training.spec import SPEC as FAST_TRAINING
from autostyle.methods.flow_microast.spec import SPEC as FLOW_MICROAST
from autostyle.methods.font_color.spec import SPEC as FONT_COLOR
from autostyle.methods.font_shape.spec import SPEC as FONT_SHAPE
from autostyle.methods.gatys.spec import SPEC as GATYS
from autostyle.methods.gatys_video.spec import SPEC as GATYS_VIDEO
from autostyle.methods.installed import INSTALLED
from autostyle.methods.instant_style.spec import SPEC as INSTANT_STYLE
from autostyle.methods.ip_adapter.spec import SPEC as IP_ADAPTER
from autostyle.methods.knn_vc.spec import SPEC as KNN_VC
from autostyle.methods.look.spec import SPEC as LOOK
from autostyle.methods.microast.spec import SPEC as MICROAST
from autostyle.methods.nerf_style.spec import SPEC as NERF_STYLE
from autostyle.methods.nnst.spec import SPEC as NNST
from autostyle.methods.params import Params
from autostyle.methods.photo_wct.spec import SPEC as PHOTO_WCT
from autostyle.methods.planned import PLANNED
from autostyle.methods.sound_mosaic.spec import SPEC as SOUND_MOSAIC
from autostyle.methods.sound_texture.spec import SPEC as SOUND_TEXTURE
from autostyle.methods.spec import MethodSpec
from autostyle.methods.splat_style.spec import SPEC as SPLAT_STYLE
from autostyle.methods.style_id.spec import SPEC as STYLE_ID
from autostyle.methods.style_lora.spec import SPEC as STYLE_LORA
from autostyle.methods.stylegan.spec import SPEC as STYLEGAN
from autostyle.methods.temporal_net.spec import SPEC as TEMPORAL_NET
from autostyle.methods.tone_match.spec import SPEC as TONE_MATCH
from autostyle.methods.voice_match.spec import SPEC as VOICE_MATCH
from autostyle.methods.wct.spec import SPEC as WCT
from autostyle.sentences import Sentence
from autostyle.vision.weights import Weights

OURS: dict[str, MethodSpec] = {
    spec.name: spec
    for spec in (
        GATYS,
        NNST,
        MICROAST,
        FAST_NET,
        ADAIN,
        WCT,
        LOOK,
        DEEP_PHOTO,
        PHOTO_WCT,
        IP_ADAPTER,
        INSTANT_STYLE,
        CONTROLNET,
        STYLE_LORA,
        STYLE_ID,
        FAST_TRAINING,
        STYLEGAN,
        TEMPORAL_NET,
        FLOW_MICROAST,
        GATYS_VIDEO,
        ANIMATEDIFF,
        SOUND_MOSAIC,
        SOUND_TEXTURE,
        TONE_MATCH,
        VOICE_MATCH,
        KNN_VC,
        SPLAT_STYLE,
        NERF_STYLE,
        FONT_COLOR,
        FONT_SHAPE,
        *PLANNED,
    )
}
"""The methods of this package."""


def _unknown(name: str) -> BadInput:
    built = ", ".join(spec.name for spec in METHODS.values() if spec.built)
    hint = Sentence("built methods: {names}; `autostyle methods` lists all", names=built)
    if near := nearest(name):
        hint = Sentence("did you mean {name}? {others}", name=near, others=hint)
    return BadInput("unknown method {name!r}", hint, name=name)


def nearest(name: str) -> str | None:
    """The method that is meant by a misspelt name, or alias; None where none is near."""
    ways = {way: spec.name for spec in METHODS.values() for way in (spec.name, *spec.aliases)}
    close = difflib.get_close_matches(name.lower(), ways, n=1, cutoff=0.7)
    return ways[close[0]] if close else None


METHODS = Registry(OURS, INSTALLED, _unknown)
"""Every method that is to be had here."""
names, notes, find = METHODS.names, METHODS.notes, METHODS.find


def find_built(name: str) -> MethodSpec:
    """Like :func:`find`, but raises NotBuilt for a planned method."""
    spec = find(name)
    if not spec.built:
        ready = ", ".join(s.name for s in METHODS.values() if s.medium == spec.medium and runs_here(s))
        hint = (
            Sentence("for {medium}s these run here: {names}", medium=Sentence(spec.medium), names=ready)
            if ready
            else Sentence("no method for this medium runs here")
        )
        raise NotBuilt("cannot yet: {title} is planned and not built", hint, title=spec.title)
    return spec


def runs_here(spec: MethodSpec) -> bool:
    """Whether it is built, and one of the sets of weights that it asks for is on this machine, or none is needed."""
    weights = Weights.open()
    return spec.built and (not spec.weights or any(not weights.lacking(ids) for ids in spec.weights))


def params(name: str) -> type[Params]:
    """The parameter model of a built method."""
    found = find_built(name).params
    assert found is not None
    return found


def complete(name: str, given: Mapping[str, Any], aids: Aids = NONE) -> Params:
    """The parameters of a built method, ``given`` or at their defaults, to be run with ``aids``.

    Raises:
        BadInput: one is unknown or out of range, or an aid is missing, or there are too many files of one.
    """
    for aid in find_built(name).aids:
        if aid.name in aids:
            aid.refuse_number(aids[aid.name])
        elif aid.required:
            raise BadInput("{name} needs --with {aid}=FILE", aid.help, name=name, aid=aid.name)
    return params(name).parse(dict(given))


def create(name: str) -> AnyMethod:
    """A fresh, unloaded method; this imports its implementation and with it torch."""
    method: AnyMethod = METHODS.create(name, str(find_built(name).run))
    return method
