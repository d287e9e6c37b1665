"""The same call again and again within a turn: a model that goes in circles is stopped, and the person told."""

from __future__ import annotations

import json
from collections import Counter

from autostyle import json_text
from autostyle.agent.messages import ToolCall, ToolMessage

SAME_ANSWER = 3
"""So many calls of a turn that are alike and are answered alike are too many."""
SAME_CALL = 6
"""So many in a row that are alike are, where the answers differ: asking whether something is done by now."""


class Repeats:
    """Counts the calls of one turn."""

    def __init__(self) -> None:
        self._answered: Counter[tuple[str, str, str]] = Counter()
        self._last = ("", "")
        self._row = 0

    def too_many(self, call: ToolCall, answer: ToolMessage) -> bool:
        """Whether ``call``, answered like this, was one too many."""
        key = (call.name, _plain(call.arguments))
        self._row = self._row + 1 if key == self._last else 1
        self._last = key
        self._answered[*key, answer.text] += 1
        return self._answered[*key, answer.text] >= SAME_ANSWER or self._row >= SAME_CALL


def _plain(arguments: str) -> str:
    """Arguments that mean the same, written the same."""
    try:
        return json.dumps(json_text.loads(arguments or "{}"), sort_keys=True)
    except ValueError:
        return arguments
