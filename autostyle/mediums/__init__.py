"""What differs between pictures and clips outside of the methods: loading, sampling for a search, drawing, saving.

    medium = mediums.of(path)
    content = medium.load(path)
    drawn = medium.draw(method, content, order, place)

contract.py   Medium, Order, Drawn: what a medium is
picture.py    Pictures
clip.py       Clips; parts.py keeps what of a long clip is painted
moving.py     MovingPictures: a picture goes in, a clip comes out
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from autostyle.endings import medium
from autostyle.errors import NotBuilt
from autostyle.mediums.clip import Clips
from autostyle.mediums.contract import Medium
from autostyle.mediums.moving import MovingPictures
from autostyle.mediums.picture import Pictures
from autostyle.methods import registry

MEDIUMS: dict[str, Medium[Any, Any]] = {"image": Pictures(), "video": Clips()}
MOVING = MovingPictures()


def of(path: PurePath, method: str = "") -> Medium[Any, Any]:
    """The medium a content file's name promises, and ``method`` makes of it; raises NotBuilt for one that nothing is
    built for."""
    kind = medium(path)
    if kind == "image" and method and registry.find(method).stills:
        return MOVING
    if kind not in MEDIUMS:
        raise NotBuilt(f"cannot yet: {path.name} is {kind}", "pictures and clips can be stylized")
    return MEDIUMS[kind]
