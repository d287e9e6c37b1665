"""What an event is, of a study or of a conversation."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Event:
    """Base of all events: something that happened, for whoever draws it or keeps it."""

    kind: ClassVar[str]

    def as_json(self) -> dict[str, Any]:
        return {"event": self.kind, **asdict(self)}
