"""A channel without a process behind it."""

from __future__ import annotations

import threading
from typing import Any


class Line:
    """Keeps what is sent; ``stop`` is what a parent would set."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.sent: list[dict[str, Any]] = []

    def send(self, type: str, /, **fields: Any) -> None:
        self.sent.append({"type": type, **fields})

    def progress_due(self) -> bool:
        return True
