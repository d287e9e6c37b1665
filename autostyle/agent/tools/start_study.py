"""start_study: run the plan on the table, in a process of its own."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autostyle.agent import asked, estimate, guards, lines
from autostyle.agent.messages import Attachment, Notice
from autostyle.agent.outputs import SearchEnded, SearchFailed, Started
from autostyle.agent.tool import Arguments, Detail, Say, Tool, ToolResult
from autostyle.agent.work import plan_of
from autostyle.agent.workspace import Workspace
from autostyle.errors import AutostyleError, BadInput
from autostyle.jobs import requests
from autostyle.jobs.running_search import RunningSearch
from autostyle.mediums.files import shown
from autostyle.plan import Plan
from autostyle.sentences import Sentence, join_sentences
from autostyle.tuning import events
from autostyle.use_cases import plans, queue


class StartStudy(Arguments):
    """Arguments of :data:`TOOL`."""

    study: str | None = None
    "An earlier study to go on with, by name; leave it out for the plan made last."


async def start(workspace: Workspace, arguments: StartStudy, say: Say) -> ToolResult[Started]:
    """Start the search and come back; its events reach ``workspace.on_study``, its end ``workspace.on_notice``."""
    plan, search = guards.agreed(workspace, _plan(workspace, arguments.study)), workspace.search
    if search is not None and search.running:
        if workspace.queue is None or plan.study == search.study:
            raise BadInput("{study} is being searched", "steer_study changes it, or stops it first", study=search.study)
        return await _queued(workspace, guards.check(workspace, plan), search.study)
    begun = await begin(workspace, guards.check(workspace, plan))
    workspace.asked = []
    return begun


async def _queued(workspace: Workspace, plan: Plan, running: str) -> ToolResult[Started]:
    """Put ``plan`` behind the search that runs; what was spoken of before it was planned is on the table again."""
    home = workspace.config.home
    before = plan_of(workspace, running)
    said = asked.words(workspace, queue.MOST_SAID)

    def put() -> int:
        if workspace.queue is not None and workspace.queue.begin():
            waiting = queue.to_come(home)
            if all(entry.study != running for entry in waiting):  # so that all of it goes on after a crash
                queue.add(home, before, running=True)
        queue.add(home, plan, said)
        return sum(entry.state == "waiting" for entry in queue.to_come(home))

    place = await asyncio.to_thread(put)
    workspace.plan, workspace.asked = before, []
    workspace.speak_of(before)
    output = Started(study=plan.study, folder=str(home / plan.study), total=plan.budget.trials, queued=place)
    text = f"{running} is being searched; {plan.study} is in the queue behind it, place {place}, and starts by itself."
    return ToolResult(text, output)


async def begin(workspace: Workspace, plan: Plan, said: str = "") -> ToolResult[Started]:
    """Start the search of ``plan``, which is on the table from then on.

    Args:
        said: the words it was asked for with, where another conversation may have heard them.
    """
    config = workspace.config
    request = requests.SearchRequest(
        device=config.device, offline=config.offline, home=config.home, storage=config.storage, plan=plan
    )
    opened: list[events.Opened] = []

    def on_event(event: events.StudyEvent) -> None:
        match event:
            case events.Opened():
                opened.append(event)
            case events.TrialFinished(state="complete") if event.run < 0 or event.run_seconds:
                estimate.learn(plan, workspace, event.method, event.run_seconds or event.seconds)
        for listen in tuple(workspace.on_study):
            listen(event)

    search = await RunningSearch.start(request, on_event)
    workspace.search, workspace.plan, workspace.study, workspace.viewed = search, plan, plan.study, None
    search.ended.add_done_callback(lambda ended: _notify(workspace, plan.study, ended, said))
    done = opened[0].done
    output = Started(study=plan.study, folder=str(search.folder), total=plan.budget.trials, done=done)
    went = f", {done} of them done before" if done else ""
    counted = "runs" if plans.pictures_of_run(plan.methods[0]) > 1 else "trials"
    return ToolResult(
        f"{plan.study} is being searched: {plan.budget.trials} {counted}{went}. A notice tells its end.", output
    )


def _notify(workspace: Workspace, study: str, ended: Future[dict[str, Any]], said: str) -> None:
    notice = of_end(study, ended, said)
    for listen in tuple(workspace.on_notice):
        listen(notice)


def of_end(study: str, ended: Future[dict[str, Any]], said: str = "") -> Notice:
    """The notice of a search that is over: ``ended``, with the report's summary, or ``failed``, with the error."""
    error = ended.exception()
    if error is None:
        output = SearchEnded.model_validate({**ended.result(), **({"said": said} if said else {})})
        words = f" It was asked for with these words: {said}" if said else ""
        return Notice("ended", f"The search of {study} has ended. {lines.found(output)}{words}", output, _best(output))
    message, hint = (error.message, error.hint) if isinstance(error, AutostyleError) else (str(error), "")
    code = error.exit_code if isinstance(error, AutostyleError) else 1
    failed = SearchFailed(study=study, error=message, hint=hint, exit_code=code)
    why = Sentence(message) if not message.endswith(".") else message.rstrip(".")
    told = Sentence("The search of {study} has failed: {error}.", study=study, error=why)
    return Notice("failed", join_sentences([told, hint], " ") if hint else told, failed)


def _best(ended: SearchEnded) -> tuple[Attachment, ...]:
    image = shown(Path(ended.best.image)) if ended.best and ended.best.image else None
    return (Attachment.of(image),) if image is not None and image.is_file() else ()


def _plan(workspace: Workspace, study: str | None) -> Plan:
    if study is not None:
        return plan_of(workspace, study)
    if workspace.plan is None:
        raise BadInput("there is no plan yet", "plan_study makes one")
    return workspace.plan


def _seconds(workspace: Workspace, arguments: StartStudy) -> float:
    return estimate.search(_plan(workspace, arguments.study), workspace)


def _details(workspace: Workspace, arguments: StartStudy) -> Iterator[Detail]:
    plan = _plan(workspace, arguments.study)
    folder = (workspace.config.home / plan.study).absolute()
    yield Detail("content", str(plan.content.absolute()))
    yield from (Detail("style", str(style.absolute())) for style in plan.styles)
    yield from (Detail("reads", str(file.absolute())) for files in plan.aids.values() for file in files)
    methods = ", ".join(method.name for method in plan.methods)
    yield Detail("trials", f"{plan.budget.trials}: {methods}, {plan.told(plan.size)}")
    yield Detail("goes_on" if folder.exists() else "writes", str(folder))


TOOL = Tool(
    name="start_study",
    description=(
        "Start the search of the plan on the table, or go on with an earlier study by name. It comes back at once; the "
        "search runs on and a notice arrives when it ends. Call it only when the person wants the search to run."
    ),
    arguments=StartStudy,
    cost="compute",
    run=start,
    title=lambda arguments: (
        Sentence("search {study}", study=arguments.study) if arguments.study else Sentence("start the search")
    ),
    details=_details,
    seconds=_seconds,
)
