"""Texts, and a method of them."""

from __future__ import annotations

from typing import Annotated

from autostyle.mediums.spec import MediumSpec, SizeRange
from autostyle.methods.params import Params, Range
from autostyle.methods.spec import MethodSpec, TrialTime


class SwapParams(Params):
    """Parameters of :data:`SWAP`."""

    ratio: Annotated[float, Range(0.0, 1.0)] = 0.5
    "Share of the content's words that give way to words of the style."

    longest: Annotated[int, Range(2, 12)] = 12
    "Words of more letters stay."


TEXT = MediumSpec(
    name="text",
    one="text",
    many="texts",
    readable=(".txt", ".text"),
    unreadable=(".rtf",),
    unreadable_hint="save it as plain text",
    writable=(".txt",),
    scale=SizeRange("characters", "length", low=20, high=20_000, search=200, final=100_000, own=50_000),
    best="best.txt",
    kept=".txt",
    companions=(".words.json",),
    run={"text": "tests.mediums.toy.medium:Texts"},
    in_folders=True,
)

SWAP = MethodSpec(
    name="swap",
    title="Swap: words of the style in the place of the content's",
    medium="text",
    params=SwapParams,
    run="tests.mediums.toy.method:Swap",
    presets=({"ratio": 0.3}, {"ratio": 0.6}, {"ratio": 1.0}),
    ratio="ratio",
    styles=3,
    time=TrialTime(0.05, 0.0),
)
