"""What a study says by itself: a round is over, the search has ended or failed."""

from __future__ import annotations

from collections.abc import Iterator

from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.conversation import Conversation, Data
from autostyle.agent.brains.rules.script import Script
from autostyle.agent.brains.rules.study import best_lines, deliver
from autostyle.agent.messages import Notice
from autostyle.agent.understanding.model import Language


def heard(now: Conversation, notice: Notice) -> Script:
    """Tell the person what happened."""
    language, data = now.language, notice.data
    if notice.kind == "failed":
        yield wording.trouble(language, "trouble", data.get("error") or notice.text, data.get("hint"))
    elif notice.kind == "ended":
        yield "\n".join(_ended(language, data))
        if data["best"] and not now.delivered:
            yield from deliver(now)
    else:
        yield from _round(now, data)


def _round(now: Conversation, data: Data) -> Script:
    """How far the search is; what the rules of advice would change is changed, and said with its reason."""
    far = say(now.language, "round", done=data["done"], total=data["total"])
    yield " ".join([far, *best_lines(now.language, data)])
    if data["advice"] and (yield from call(now, "steer_study", **data["advice"])) is not None:
        yield "\n".join(_reason(now.language, reason) for reason in data["reasons"])


def _reason(language: Language, reason: Data) -> str:
    """Why the search is changed, with methods by their titles."""
    about = {name: wording.title(value) if name in ("method", "other") else value for name, value in reason.items()}
    if "value" in about:
        about["value"] = wording.value(about["value"])
    return say(language, f"advice:{about.pop('kind')}", **about)


def _ended(language: Language, data: Data) -> Iterator[str]:
    """The answer to the request: which trial, why, its scores, the held-out metric, where the report is."""
    counts, front = data["trials"], data["front"]
    said = [say(language, "ended")]
    said.append(say(language, "counts", complete=counts["complete"], total=counts["total"], front=len(front)))
    if counts["failed"]:
        said.append(say(language, "failures", failed=counts["failed"]))
    yield " ".join(said)
    yield from best_lines(language, data)
    if data["best"]:
        yield say(language, "rule", rule=say(language, "why:front"))
        held_out = {name: value for name, value in data["held_out"].items() if isinstance(value, int | float)}
        if held_out:
            yield say(language, "held_out", what=wording.scores(language, held_out))
        if image := data["best"].get("image"):
            yield say(language, "picture", path=wording.path(image))
    if data.get("report"):
        yield say(language, "report", path=wording.path(data["report"]))
    numbers = [trial["number"] for trial in front]
    if len(numbers) > 1:
        yield say(language, "next", a=numbers[0], b=numbers[-1])
        if len(numbers) > 2:
            yield say(language, "next:choose")
    elif numbers:
        yield say(language, "next:one")
