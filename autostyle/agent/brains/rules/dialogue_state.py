"""The history boiled down to what the scripts ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from autostyle.agent.brain import StudyNow
from autostyle.agent.calls import SAID_NO
from autostyle.agent.messages import AssistantMessage, Message, Notice, ToolMessage, UserMessage
from autostyle.agent.outputs import (
    Chosen,
    Compared,
    Looked,
    Pair,
    Planned,
    Preferred,
    Round,
    SearchEnded,
    SearchFailed,
    Started,
    StatusOutput,
    ToolFailure,
    ToolOutput,
    Trained,
    TrainingPlanned,
)
from autostyle.agent.understanding.cached import understand_cached
from autostyle.agent.understanding.followups import neither, only_a_number
from autostyle.agent.understanding.merge import merge_answer, merge_requests, questions, take_only_picture
from autostyle.agent.understanding.model import Act, Language, Understood
from autostyle.plan import Choice

Hearing = Callable[..., Understood]
"""What understands one message: :func:`understand_cached`, or one that asks no disk again."""
NOTHING = Understood()
RECENT = 12
"""Messages that are read anew in every turn, for a file they name may be there by now; what older ones say is kept."""


@dataclass(frozen=True)
class StudyRequest:
    """What was asked for, the pictures it is for, and the choice that was made for it."""

    request: Understood
    contents: tuple[str, ...]
    choice: Choice | None


@dataclass(frozen=True)
class DialogueState:
    """Where things stood when the turn began, and what was answered in it.

    Args:
        said: the person's last message.
        request: everything said about the study to come or under way, put together.
        before: what the request was before each thing that was said of it, oldest first.
        took_back: whether the last of these was just taken back.
        took_only: whether the content was just taken for there is no other picture here.
        notice: what began this turn, if it was no person.
        answers: to the calls of this turn.
        choice: what the last choose_method answered, ``plan`` the last plan_study, ``trained`` the last train_lora,
            ``training`` the last plan_training.
        study: name of the study on the table.
        running: whether it runs.
        left: name of the plan that an earlier conversation made and nobody started.
        contents: the pictures that were last looked at to be styled, in their order.
        delivered: the studies of which it was tried to save the result, or to give it to other pictures.
        orders: what was asked for, by the study that came of it.
        shown: trials that were last shown, in their order.
        viewed: the one trial that is being looked at, where that is one.
        asked: whether the brain has asked which of the two shown is better, and nothing but a number, or that neither
            is, was said since.
        declined: whether the person has just said no to starting the plan.
        calls: how many calls there were, for fresh ids.
        tools: names of those that may be called.
    """

    said: Understood = NOTHING
    request: Understood = NOTHING
    before: tuple[Understood, ...] = ()
    took_back: bool = False
    took_only: bool = False
    notice: Notice | None = None
    answers: tuple[ToolMessage, ...] = ()
    choice: Choice | None = None
    plan: Planned | None = None
    trained: Trained | None = None
    training: TrainingPlanned | None = None
    study: str | None = None
    running: bool = False
    left: str | None = None
    contents: tuple[str, ...] = ()
    delivered: frozenset[str] = frozenset()
    orders: Mapping[str, StudyRequest] = field(default_factory=dict)
    shown: tuple[int, ...] = ()
    viewed: int | None = None
    asked: bool = False
    declined: bool = False
    calls: int = 0
    tools: frozenset[str] = frozenset()

    @property
    def language(self) -> Language:
        return self.said.language

    def about(self, study: str) -> DialogueState:
        """This, with what was asked for when ``study`` was begun: another request may have followed."""
        order = self.orders.get(study)
        if order is None:
            return self
        return replace(self, request=order.request, contents=order.contents, choice=order.choice)


def read(
    messages: Sequence[Message],
    tools: Iterable[str],
    where: Path,
    study: StudyNow | None = None,
    left: str | None = None,
    hear: Hearing = understand_cached,
) -> DialogueState:
    """The conversation in ``messages``; file names in it are relative to ``where``.

    Args:
        study: the one on the table as this turn began; what the messages say of one may be long past.
        left: the plan on the table that an earlier conversation made and nobody started.
        hear: understands the last messages.
    """
    now = DialogueState(tools=frozenset(tools), left=left)
    said = sum(isinstance(message, UserMessage) for message in messages)
    begins = max((n for n, message in enumerate(messages) if isinstance(message, UserMessage | Notice)), default=-1)
    for number, message in enumerate(messages):
        if number == begins:
            here = study or StudyNow("")
            now = _settled(now)
            shown = now.shown if here.name == (now.study or "") else ()  # numbers of another study are none of this
            now = replace(now, study=here.name or None, running=here.running, viewed=here.viewed, shown=shown)
        match message:
            case UserMessage():
                now = _heard(_settled(now), message.text, where, hear if said <= RECENT else _remembered)
                said -= 1
            case Notice():
                now = _asked_before(_settled(now), message, where, hear)
                now = replace(now, notice=message, study=_of(message) or now.study)
            case AssistantMessage():
                now = replace(now, calls=now.calls + len(message.calls))
            case ToolMessage():
                now = replace(now, answers=(*now.answers, message))
    return now


def _asked_before(now: DialogueState, notice: Notice, where: Path, hear: Hearing) -> DialogueState:
    """With the request of a study that another conversation has put into the queue."""
    ended = notice.output
    if not (isinstance(ended, SearchEnded) and ended.said) or ended.study in now.orders:
        return now
    request = NOTHING
    for line in ended.said.splitlines():
        said = hear(line, where, study=False, before=now.language)
        request = said if _anew(request, said) else merge_answer(request, said) or merge_requests(request, said)
    order = StudyRequest(request, tuple(map(str, request.content)), None)
    return replace(now, orders={**now.orders, ended.study: order})


def _of(notice: Notice) -> str:
    """The study that a notice is of, where that is known."""
    return notice.output.study if isinstance(notice.output, Round | SearchEnded | SearchFailed) else ""


_remembered = lru_cache(maxsize=4096)(understand_cached)


def _heard(now: DialogueState, text: str, where: Path, hear: Hearing) -> DialogueState:
    said = hear(text, where, study=now.study is not None, before=now.language)
    if now.study is not None and now.declined and now.plan and waits(now):
        # "no, make it 3 min" to the question whether a plan may run is about that plan, not about an earlier study.
        of_the_plan = hear(text, where, study=False, before=now.language)
        said = of_the_plan if of_the_plan.acts[0].intent == "stylize" else said
    if now.study is None and now.left is not None and waits(now) and not (said.content or said.styles):
        # "go on" is no request of its own where a plan waits.
        acts = hear(text, where, study=True, before=now.language).acts
        said = replace(said, acts=(Act("start"),)) if all(act == Act("more") for act in acts) else said
    request, before, took_back = now.request, now.before, False
    if said.acts == (Act("undo"),) and before and (now.study is None or waits(now)):
        *rest, request = before
        before, took_back = tuple(rest), True
    elif (answer := merge_answer(request, said)) is not None:
        request, said, before = answer, replace(said, acts=(Act("stylize"),)), (*before, request)
    elif said.acts[0].intent == "stylize":
        before = () if request == NOTHING else (*before, request)
        request = said if _anew(request, said) else merge_requests(request, said)
    only = take_only_picture(request) if said.acts[0].intent == "stylize" else None
    request = only or request
    asked = now.asked and (neither(text) or only_a_number(text))
    if asked and neither(text):
        said = replace(said, acts=(Act("prefer", about="neither"),))
    now = replace(now, before=before, took_back=took_back, took_only=only is not None)
    return replace(now, said=said, request=request, asked=asked, declined=False, notice=None)


def _anew(request: Understood, said: Understood) -> bool:
    """Whether a message begins another request: it is complete and nothing was asked, or of another medium."""
    if request == NOTHING or (said.medium is not None and request.medium not in (None, said.medium)):
        return True
    return bool(said.content and said.styles) and not questions(request)


def _settled(now: DialogueState) -> DialogueState:
    """The conversation with the answers of the last turn taken in."""
    for answer in now.answers:
        if answer.name in ("save_best", "apply_best"):
            # Also where the person said no: once is enough.
            now = replace(now, delivered=now.delivered | {now.study or ""})
        if answer.ok and answer.output is not None:
            now = _taken_in(now, answer.output)
    declined = any(answer.name == "start_study" and refused(answer) for answer in now.answers)
    return replace(now, answers=(), declined=declined if now.answers else now.declined)


def _taken_in(now: DialogueState, output: ToolOutput) -> DialogueState:
    match output:
        case Looked():
            contents = tuple(file.path for file in output.content)
            return replace(now, contents=contents or tuple(map(str, now.request.content)))
        case Chosen():
            return replace(now, choice=Choice.model_validate(output.data))
        case TrainingPlanned():
            return replace(now, plan=output, training=output)
        case Planned():
            return replace(now, plan=output)
        case Trained():
            return replace(now, trained=output)
        case Started():
            # A search of a training is none of the request before it: nothing is saved or given to others for that.
            searched = isinstance(now.plan, TrainingPlanned) and now.plan.study == output.study
            order = StudyRequest(NOTHING, (), None) if searched else StudyRequest(now.request, now.contents, now.choice)
            orders = {**now.orders, output.study: order}
            if output.queued is None:
                now = replace(now, study=output.study, orders=orders, delivered=now.delivered - {output.study})
                return replace(now, request=order.request, contents=order.contents, choice=order.choice)
            before = now.orders.get(now.study or "", order)  # what is spoken of again
            return replace(
                now,
                plan=None,
                orders=orders,
                request=before.request,
                contents=before.contents,
                choice=before.choice,
            )
        case StatusOutput():
            return replace(now, shown=tuple(trial.number for trial in output.front) or now.shown)
        case Compared():
            return replace(now, shown=tuple(trial.number for trial in output.trials))
        case Pair():
            return replace(now, shown=output.pair, asked=True)
        case Preferred():
            return replace(now, shown=output.pair, asked=False)
        case _:
            return now


def refused(answer: ToolMessage) -> bool:
    """Whether a call failed because the person said no."""
    return isinstance(answer.output, ToolFailure) and answer.output.error == SAID_NO


def waits(now: DialogueState) -> bool:
    """Whether a plan is on the table that was not started."""
    if now.plan is None:
        return now.left is not None and now.request == NOTHING
    asked = questions(now.request) and not (isinstance(now.plan, TrainingPlanned) and now.request == NOTHING)
    return not asked and now.plan.study != now.study
