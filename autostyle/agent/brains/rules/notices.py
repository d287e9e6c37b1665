"""What a study says by itself: a round is over, the search has ended or failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from autostyle import decision
from autostyle.agent.brains.replies import say
from autostyle.agent.brains.rules import wording
from autostyle.agent.brains.rules.calling import call
from autostyle.agent.brains.rules.dialogue_state import DialogueState
from autostyle.agent.brains.rules.script import Script
from autostyle.agent.brains.rules.study import best_lines, deliver
from autostyle.agent.messages import Notice
from autostyle.agent.outputs import Round, SearchEnded, SearchFailed, Steered, Stopped
from autostyle.agent.understanding.model import Language
from autostyle.brief import MediumName
from autostyle.methods.params import Value


def tell_notice(now: DialogueState, notice: Notice) -> Script:
    """Tell the person what happened."""
    match notice.output:
        case SearchFailed() as failed:
            yield wording.trouble(now.language, "trouble", failed.error or notice.text, failed.hint)
        case SearchEnded() as ended:
            now = now.about(ended.study)
            yield "\n".join(_ended(now.language, now.request.medium, ended))
            yield from _finer(now, ended)
            if ended.best and now.training is not None and now.training.study == ended.study:
                style = wording.plain(Path(now.training.plan["styles"][0]).name)
                yield say(now.language, "training:next", style=style, study=wording.plain(ended.study))
            if ended.best and ended.study not in now.delivered:
                yield from deliver(now)
        case Round() as told:
            yield from _round(now, told)
        case _:
            yield wording.plain(notice.text)


def _finer(now: DialogueState, ended: SearchEnded) -> Script:
    """What there is beyond a draft, where one was asked for."""
    finest = next(iter(decision.load().row(decision.Situation()).methods), None)
    if now.request.wishes.get("realtime") and ended.best and finest not in (None, ended.best.method):
        yield say(now.language, "ended:draft", title=wording.title(now.language, str(finest)), method=finest)


def _round(now: DialogueState, told: Round) -> Script:
    """How far the search is; what the rules of advice would change is changed, and said with its reason."""
    far = say(now.language, "round", done=told.done, total=told.total)
    yield " ".join([far, *best_lines(now.language, told)])
    if not told.advice:
        return
    steered = yield from call(now, Stopped if told.advice.get("stop") else Steered, **told.advice)
    if steered is not None:
        yield "\n".join(_reason(now.language, reason) for reason in told.reasons)


def _reason(language: Language, reason: Mapping[str, Value]) -> str:
    """Why the search is changed, with methods by their titles."""
    about: dict[str, Value] = dict(reason)
    about |= {n: wording.title(language, str(reason[n])) for n in ("method", "other") if n in reason}
    if "value" in about:
        about["value"] = wording.value(about["value"])
    return say(language, f"advice:{about.pop('kind')}", **about)


def _ended(language: Language, medium: MediumName | None, ended: SearchEnded) -> Iterator[str]:
    """The answer to the request: which trial, why, its scores, the held-out metric, where the report is."""
    counts, front, best = ended.trials, ended.front, ended.best
    said = [say(language, "ended")]
    told = {"complete": counts.complete, "total": counts.total, "front": len(front)}
    along = counts.pictures > counts.complete  # a run makes several pictures, of which the front is
    pictures = wording.say_of(language, medium, "plan:count", n=counts.pictures)
    said.append(say(language, "counts:runs" if along else "counts", **told, pictures=pictures))
    if counts.failed:
        said.append(say(language, "failures", failed=counts.failed))
    yield " ".join(said)
    yield from best_lines(language, ended)
    if best and ended.profile == "photo":
        yield say(language, "judged:photo")
    if best:
        yield say(language, "rule", rule=say(language, "why:front"))
        held_out = {name: value for name, value in ended.held_out.items() if isinstance(value, int | float)}
        if held_out:
            yield say(language, "held_out", what=wording.scores(language, held_out))
        if best.image:
            yield wording.work_line(language, best.image)
        if ended.final is not None and ended.final.companions:
            yield say(language, "beside", paths=wording.paths(ended.final.companions))
    if ended.report:
        yield say(language, "report", path=wording.path(ended.report))
    numbers = [trial.number for trial in front]
    if len(numbers) > 1:
        yield wording.say_of(language, medium, "next", a=numbers[0], b=numbers[-1])
        if len(numbers) > 2:
            yield say(language, "next:choose")
    elif numbers:
        yield wording.say_of(language, medium, "next:one")
