"""What is computed once and used by every trial."""

from __future__ import annotations

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from numpy.typing import NDArray

T = TypeVar("T")
KEPT = 16
"""Results kept of each kind; a study needs one or two, a folder of pictures ever new ones."""


class Memo:
    """Results by kind and key, the most recent ones.

    Attributes:
        made: kind -> how often something was really computed.
    """

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self._kept: dict[str, OrderedDict[Hashable, Any]] = {}

    def get(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` returned when it was first asked for under ``kind`` and ``key``."""
        kept = self._kept.setdefault(kind, OrderedDict())
        if key not in kept:
            kept[key] = make()
            self.made[kind] += 1
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
        return cast("T", kept[key])


def digest(array: NDArray[Any]) -> str:
    """The content hash of a picture, or of latents."""
    return hashlib.sha256(str(array.shape).encode() + array.tobytes()).hexdigest()
