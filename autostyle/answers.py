"""JSON in what a model says, found among other words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_DECODER = json.JSONDecoder()


def objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects somewhere in ``text``, outer ones before those inside them."""
    for start in (match.start() for match in re.finditer(r"\{", text)):
        try:
            yield _DECODER.raw_decode(text, start)[0]
        except ValueError:
            continue
