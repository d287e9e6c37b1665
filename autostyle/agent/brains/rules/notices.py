"""What a study says by itself: a round is over, the search has ended or failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.conversation import Conversation
from autostyle.agent.brains.rules.script import Script
from autostyle.agent.brains.rules.study import best_lines
from autostyle.agent.messages import Notice
from autostyle.agent.understanding.model import Language


def heard(now: Conversation, notice: Notice) -> Script:
    """Tell the person what happened."""
    language, data = now.language, notice.data
    if notice.kind == "failed":
        error = wording.plain(" ".join(filter(None, [data.get("error") or notice.text, data.get("hint")])))
        yield say(language, "trouble", error=error)
    elif notice.kind == "ended":
        yield "\n".join(_ended(language, data))
    else:
        found = yield from call(now, "study_status")
        if found is not None:
            yield say(language, "round", done=found["done"], total=found["total"])
            yield "\n".join(best_lines(language, found))


def _ended(language: Language, data: Mapping[str, Any]) -> Iterator[str]:
    """The answer to the request: which trial, why, its scores, the held-out metric, where the report is."""
    counts, front = data["trials"], data["front"]
    yield (
        say(language, "ended")
        + " "
        + say(language, "counts", **{name: counts[name] for name in ("complete", "total", "failed")}, front=len(front))
    )
    yield from best_lines(language, data)
    if data["best"]:
        yield say(language, "rule", rule=say(language, "why:front"))
        held_out = {name: value for name, value in data["held_out"].items() if isinstance(value, int | float)}
        if held_out:
            yield say(language, "held_out", what=wording.scores(language, held_out))
        if image := data["best"].get("image"):
            yield say(language, "picture", path=wording.plain(image))
    if data.get("report"):
        yield say(language, "report", path=wording.plain(data["report"]))
    numbers = [trial["number"] for trial in front]
    if len(numbers) > 1:
        yield say(language, "next", a=numbers[0], b=numbers[-1])
    elif numbers:
        yield say(language, "next:one")
